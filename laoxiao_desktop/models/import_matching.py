"""Which row of a file means which row of the ledger: by code, by name and place, by number and like name; else a person says.

A pairing is made only where one row of each side answers; near names are proposed, never taken. Only rows
that nothing tells apart are paired by the order in which they stand.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from laoxiao_desktop.models.plain_text import figures

NEAR = 0.6  # every one of 840 retyped names of published projects stays above; 95 of 100 unlike pairs stay below
MOST_CANDIDATES = 5
NEW, SKIP = "new", "skip"

_SIGNS = re.compile(r"[“”\"'‘’（）()〔〕\[\]【】《》<>、，,。.．；;：:·\-—－_/\\]+")
_TOWN = re.compile(r"[一-鿿]{2}(?:街道|镇|乡|社区|村)")
_TOO_COMMON = 200  # rows of the ledger that share a pair of characters


@dataclass(frozen=True, slots=True)
class Entry:
    """One row as far as it can be recognised; `marks` are figures that tell rows of one name apart."""

    key: str
    group: str  # the list it stands in: 养老, task, 2025
    number: int | None
    name: str
    place: str = ""
    code: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """A row of the ledger that may be meant."""

    key: str
    ratio: float
    is_same_number: bool


@dataclass(frozen=True, slots=True)
class Match:
    """The row of the ledger that a row of the file means; without one it is new, or in doubt where `likely` has some."""

    found: str | None = None
    likely: tuple[Likeness, ...] = ()
    is_skipped: bool = False


def match(rows: Sequence[Entry], known: Sequence[Entry], decisions: Mapping[str, str]) -> dict[str, Match]:
    """For each row of the file, by key, what it means; `decisions` of a person (key → uid, "new", "skip") come first."""
    pairing = _Pairing(rows, known)
    fixed = pairing.decide(decisions)
    pairing.pair(lambda entry: entry.code)
    pairing.pair_named()
    pairing.pair(lambda entry: entry.place and (plain_name(entry.name), plain_name(entry.place)))
    pairing.pair(lambda entry: entry.number is not None and (entry.group, entry.number), _is_alike)
    return {**fixed, **pairing.answers()}


def likeness(one: str, other: str) -> float:
    """How like two names are, 0 to 1, whatever their signs and widths."""
    return SequenceMatcher(None, plain_name(one), plain_name(other), autojunk=False).ratio()


@lru_cache(maxsize=200_000)
def plain_name(name: str) -> str:
    """A name without blanks, signs and differences of width: what a retyped name keeps."""
    return _SIGNS.sub("", figures(name)).lower()


class _Pairing:
    """The rows that are still free on both sides, and the pairs made so far."""

    def __init__(self, rows: Sequence[Entry], known: Sequence[Entry]) -> None:
        self._all = (tuple(rows), tuple(known))
        self.rows = {entry.key: entry for entry in rows}
        self.known = {entry.key: entry for entry in known}
        self.pairs: dict[str, str] = {}

    def decide(self, decisions: Mapping[str, str]) -> dict[str, Match]:
        """What a person decided; a row of the ledger is given away once."""
        fixed: dict[str, Match] = {}
        for key, decision in decisions.items():
            if key not in self.rows:
                continue
            if decision == SKIP:
                fixed[key] = Match(is_skipped=True)
                del self.rows[key]
            elif decision == NEW:
                fixed[key] = Match()
                del self.rows[key]
            elif decision in self.known:
                self._take(key, decision)
        return fixed

    def pair(
        self, mark: Callable[[Entry], Hashable], accepts: Callable[[Entry, Entry], bool] = lambda row, known: True
    ) -> None:
        """Pairs rows of one mark where each side has exactly one, paired ones counted too.

        So a mark that two rows share stays in doubt when one of them has found its own. A mark that says nothing
        pairs nothing.
        """
        there = _by(mark, self._all[1])
        for value, rows in _by(mark, self._all[0]).items():
            known = there.get(value, [])
            if not value or len(rows) != 1 or len(known) != 1:
                continue
            row, same = rows[0], known[0]
            if row.key in self.rows and same.key in self.known and accepts(row, same):
                self._take(row.key, same.key)

    def pair_named(self) -> None:
        """Pairs rows of one name within a list; several of one name are told apart by figures, then by number."""
        for rows, known in self._shared(lambda entry: (entry.group, plain_name(entry.name))):
            if len(rows) == len(known) == 1:
                if _is_here(rows[0], known[0]):
                    self._take(rows[0].key, known[0].key)
                continue
            made = -1
            while made != len(self.pairs):  # what is paired may leave the others with one answer only
                made = len(self.pairs)
                for mark in _TELLING:
                    self._settle(rows, known, mark)
            left = [row for row in rows if row.key in self.rows]
            free = [row for row in known if row.key in self.known]
            if len(left) == len(free):  # one line of a list stands after the other, and so they stay
                for row, same in zip(sorted(left, key=_place_of), sorted(free, key=_place_of), strict=True):
                    self._take(row.key, same.key)

    def _settle(self, rows: Iterable[Entry], known: Iterable[Entry], mark: Callable[[Entry], Hashable]) -> None:
        left = _by(mark, (row for row in rows if row.key in self.rows))
        free = _by(mark, (row for row in known if row.key in self.known))
        for value, ones in left.items():
            if value and len(ones) == len(free.get(value, ())) == 1:
                self._take(ones[0].key, free[value][0].key)

    def _shared(self, mark: Callable[[Entry], Hashable]) -> Iterator[tuple[list[Entry], list[Entry]]]:
        known = _by(mark, self.known.values())
        for value, rows in _by(mark, self.rows.values()).items():
            if value and value in known:
                yield rows, known[value]

    def _take(self, key: str, found: str) -> None:
        self.pairs[key] = found
        del self.rows[key], self.known[found]

    def answers(self) -> dict[str, Match]:
        """The pairs, and for what is left the rows of the ledger that may be meant."""
        near = _Near(self.known.values())
        paired = {key: Match(found) for key, found in self.pairs.items()}
        return paired | {key: Match(likely=near.to(row)) for key, row in self.rows.items()}


class _Near:
    """Free rows of the ledger, found by the pairs of characters of their names."""

    def __init__(self, known: Iterable[Entry]) -> None:
        self._known = {entry.key: entry for entry in known}
        self._holding: dict[str, list[str]] = defaultdict(list)
        for entry in self._known.values():
            for pair in set(_pairs(plain_name(entry.name))):
                self._holding[pair].append(entry.key)

    def to(self, row: Entry) -> tuple[Likeness, ...]:
        """The rows that may be meant, the likest first."""
        shared: Counter[str] = Counter()
        pairs = set(_pairs(plain_name(row.name)))
        rare = [pair for pair in pairs if len(self._holding.get(pair, ())) <= _TOO_COMMON]
        for pair in rare or pairs:
            shared.update(self._holding.get(pair, ()))
        found = []
        for key, _ in shared.most_common(4 * MOST_CANDIDATES):
            known = self._known[key]
            ratio = likeness(row.name, known.name)
            is_same_number = known.group == row.group and row.number is not None and known.number == row.number
            if ratio >= NEAR and (is_same_number or ratio == 1 or _is_here(row, known)):
                found.append(Likeness(key, ratio, is_same_number))
        found.sort(key=lambda likely: (-likely.ratio, not likely.is_same_number, likely.key))
        return tuple(found[:MOST_CANDIDATES])


def _is_alike(row: Entry, known: Entry) -> bool:
    return likeness(row.name, known.name) >= NEAR and _is_here(row, known)


def _is_here(row: Entry, known: Entry) -> bool:
    """Whether two rows may stand in one place: same place or none told, and no other town in the name."""
    one, other = plain_name(row.place), plain_name(known.place)
    if one and other and one not in other and other not in one and likeness(one, other) < NEAR:
        return False
    towns, others = set(_TOWN.findall(row.place + "，" + row.name)), set(_TOWN.findall(known.place + "，" + known.name))
    return not towns or not others or bool(towns & others)


def _place_of(entry: Entry) -> tuple[bool, int]:
    return entry.number is None, entry.number or 0


# the sharpest first: all figures and the number, all figures, the first figure, the number
_TELLING: tuple[Callable[[Entry], Hashable], ...] = (
    lambda entry: any(entry.marks) and (entry.marks, entry.number),
    lambda entry: any(entry.marks) and entry.marks,
    lambda entry: plain_name(entry.place) if entry.place else "",
    lambda entry: entry.marks[0] if entry.marks else "",
    lambda entry: entry.number or 0,
)


def _by(mark: Callable[[Entry], Hashable], entries: Iterable[Entry]) -> dict[Hashable, list[Entry]]:
    found: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[mark(entry)].append(entry)
    return found


def _pairs(name: str) -> list[str]:
    return [name[at : at + 2] for at in range(len(name) - 1)] or [name]
