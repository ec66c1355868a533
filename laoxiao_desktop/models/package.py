"""Packages between copies of a ledger: what is given, what would come, and the receipt of what was taken."""

import json
from dataclasses import asdict, dataclass, field

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.conflict import Conflict, Side

SUFFIX = ".lxp"
Added = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a give-out is narrowed to: one county by its code, one plan by its uid; None is all of it."""

    county: str | None = None
    plan: str | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether something is held back."""
        return self.county is not None or self.plan is not None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who made a package: name and unit of the person, the copy (site) and the name of its ledger."""

    name: str
    unit: str
    site: str
    ledger: str

    def __str__(self) -> str:
        return f"{self.unit} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Ahead:
    """What giving out would write: ops that the receiver lacks, ops that are held back, whether it is the first time."""

    ops: int
    held_back: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Given:
    """A package that was written. `held_back` counts the ops outside the scope; `is_first`: it begins at the beginning."""

    path: str
    to: str
    ops: int
    size: int
    sha256: str
    made_at: str
    contacts: bool
    scope: Scope = field(default_factory=Scope)
    attachments: int = 0
    held_back: int = 0
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class TakenLine:
    """One field that a package changed, of a row that stood here before; values as people read them."""

    subject: str
    field_title: str
    before: str
    after: str
    author: str
    at: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The receipt: what taking one package did. It can be read again later and printed.

    `conflicts` are those that this package brought; `head_before` and `head_after` are the ends of the log (8 hex).
    `touched` names the rows for the window to read again; it is not kept with the receipt.
    """

    uid: str
    taken_at: str
    taken_by: str
    file: str
    sha256: str
    sender: Sender
    to: str
    made_at: str
    new_ops: int
    known_ops: int
    lines: tuple[TakenLine, ...]
    added: Added
    conflicts: tuple[Conflict, ...]
    unknown_ops: int
    attachments: int
    head_before: str
    head_after: str
    touched: frozenset[tuple[str, str]] = frozenset()

    @property
    def change(self) -> Change:
        """What the window hears of it: which rows to read again, and the words of the status line."""
        told = f"收入“{self.file}”：{self.new_ops} 条新记录" if self.new_ops else f"“{self.file}”里没有新内容"
        clash = f"，{len(self.conflicts)} 处冲突待定" if self.conflicts else ""
        return Change(self.uid, told + clash, self.touched)

    def to_json(self) -> str:
        """The receipt as it is kept."""
        kept = asdict(self)
        del kept["touched"]
        return json.dumps(kept, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class PackageLook:
    """What a package holds and would do, before it is taken.

    `refusal` is None or the sentence why it cannot be taken; then only what could be read is filled in.
    """

    file: str
    sender: Sender | None
    to: str
    made_at: str
    scope: Scope
    contacts: bool
    new_ops: int = 0
    known_ops: int = 0
    unknown_ops: int = 0
    attachments: int = 0
    lines: tuple[TakenLine, ...] = ()
    added: Added = ()
    conflicts: tuple[Conflict, ...] = ()
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class PackageHead:
    """What a package says of itself, without a ledger: who made it and when, of which ledger (the site that began it).

    A whole one goes from the very beginning, so that a new ledger can begin with it.
    """

    file: str
    sender: Sender
    made_at: str
    origin: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One receipt in the list of receipts."""

    uid: str
    taken_at: str
    file: str
    sender: str
    new_ops: int
    conflicts: int


@dataclass(frozen=True, slots=True)
class Peer:
    """Another copy of this ledger: its site ("" when it never answered), who is there, when it was last given and taken from."""

    site: str
    name: str
    last_given: str | None
    last_taken: str | None
    scope: Scope = field(default_factory=Scope)


def taken_from_json(text: str) -> Taken:
    """A receipt as it was kept."""
    kept = json.loads(text)
    kept["sender"] = Sender(**kept["sender"])
    kept["lines"] = tuple(TakenLine(**line) for line in kept["lines"])
    kept["added"] = tuple((str(label), int(count)) for label, count in kept["added"])
    kept["conflicts"] = tuple(
        Conflict(**{**one, "sides": tuple(Side(**side) for side in one["sides"])}) for one in kept["conflicts"]
    )
    return Taken(**kept)
