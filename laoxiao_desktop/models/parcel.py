"""The content of a package between two copies of a ledger: its manifest, and the stretches of log that it carries."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from laoxiao_desktop.models.package import Scope, Sender

FORMAT: Final = 1  # of the file; a higher number is refused
Stored = str | int | None


@dataclass(frozen=True, slots=True)
class Known:
    """How far the log of a site is known, and the stretches (first, last) before that of which only the chain is."""

    seq: int
    holes: tuple[tuple[int, int], ...] = ()

    def has(self, seq: int) -> bool:
        """Whether the op itself is there."""
        before = bisect_right(self.holes, (seq, self.seq))  # the holes that begin at or before it
        return seq <= self.seq and not (before and seq <= self.holes[before - 1][1])


Knowledge = Mapping[str, Known]  # by site


@dataclass(frozen=True, slots=True)
class Manifest:
    """The head of a package: from whom, to whom, of which ledger, what the sender has, and what is in it.

    `has` is all that the sender knows, so that the answer holds only what it lacks; `since` and `upto` tell from where
    to where each site's log goes on here. `lam` is the sender's Lamport counter, `past_sites` those it wrote under before.
    """

    schema: int
    origin: str
    sender: Sender
    to: str
    made_at: str
    scope: Scope
    has_contacts: bool
    lam: int
    has: Knowledge
    past_sites: tuple[str, ...] = ()
    since: Mapping[str, int] = field(default_factory=dict)
    upto: Mapping[str, int] = field(default_factory=dict)
    count: int = 0
    held_back: int = 0
    format: int = FORMAT


class Run(NamedTuple):
    """A stretch of one site's log begins: its first and last number, the chain before it and at its end."""

    site: str
    first: int
    link: str
    last: int
    end: str


class Gap(NamedTuple):
    """The next `ops` ops are held back; `link` is the chain at the last of them."""

    ops: int
    link: str


class Op(NamedTuple):
    """The next op of the stretch, without what the stretch itself says (site, number, chain)."""

    lam: int
    at: str
    actor: str
    chg: int
    table: str
    row: str
    field: str
    value: Stored
    prev: str
    seen: str | None


Item = Run | Gap | Op
