"""The columns of the project grid: title, width, how a cell is drawn, and which stay when room runs out."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from laoxiao_desktop.models import meaning
from laoxiao_desktop.models.dictionary import TABLES, Field, field_of

Style = Literal["text", "quiet", "number", "count", "ratio", "milestone", "light", "change", "state", "done"]

_SHOWN_AS = {"county_name": "county", "unit": "responsible_unit"}  # of the month: what is called otherwise in a project
FROZEN = 2  # 序号 and 名称 never scroll away sideways
_LEAST_NAME, _GOOD_NAME = 210, 280


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `needs` names what to read for it, `rank` says when it appears by itself (None: only when chosen), `alternatives`
    are fields of which a project has one. `most` is the width where there is room to spare, `help` what the title says
    when asked: the official meaning of the field."""

    name: str
    title: str
    width: int
    style: Style = "quiet"
    unit: str = ""
    rank: int | None = None
    needs: tuple[str, ...] = ()
    order: str = ""
    is_editable: bool = True
    alternatives: tuple[str, ...] = ()
    most: int = 0
    table: str = "project"
    help: str = ""

    @property
    def field(self) -> Field | None:
        """The dictionary field behind the whole column, if any."""
        return field_of(self.table, self.name) if self.is_editable and not self.alternatives else None

    def field_at(self, values: Mapping[str, object]) -> Field | None:
        """The dictionary field behind one cell: of several alternatives the one that is filled, else the last."""
        if not self.alternatives:
            return self.field
        filled = (name for name in self.alternatives if values.get(name))
        return field_of("project", next(filled, self.alternatives[-1]))

    @property
    def meaning_key(self) -> str:
        """The key under which the column is explained: a derived one has its own, else it is a field."""
        if meaning.of(f"column.{self.name}") is not None:
            return f"column.{self.name}"
        table = self.table if any(field.name == self.name for field in TABLES[self.table]) else "project"
        return f"{table}.{_SHOWN_AS.get(self.name, self.name)}"

    @property
    def is_right(self) -> bool:
        """Figures stand at the right edge."""
        return self.style in ("number", "count", "change")


_WIDTHS: dict[str, int] = {
    "money": 100,
    "count": 72,
    "capacity": 84,
    "span": 110,
    "units": 150,
    "long": 260,
    "choice": 88,
}
_C = Column
_FIRST: tuple[Column, ...] = (
    _C("list_no", "序号", 50, "count", rank=0),
    _C("name", "项目名称", 262, "text", rank=0),
    _C("kind", "类型", 96, rank=5, needs=("build_kind", "facility_type"), order="kind",
       alternatives=("build_kind", "facility_type"), most=122),
    _C("status", "状态", 62, rank=6),
    _C("span", "建设期限", 90, rank=4),
    _C("place", "建设地点", 122, rank=8, most=150),
    _C("responsible_unit", "责任单位", 128, rank=9, most=150),
    _C("total_investment", "总投资", 94, "number", "万元", rank=1),
    _C("central_request", "申请中央", 102, "number", "万元", rank=1),
    _C("ratio", "占比", 96, "ratio", "%", rank=5, needs=("ratio",), order="ratio", is_editable=False),
    _C("milestones", "里程碑", 104, "milestone", rank=7, needs=("milestone_done", "milestone_count"),
       order="milestone_done", is_editable=False),
    _C("completed", "投资完成", 98, "done", "%", rank=2, needs=("total_investment",), order="completed_share",
       is_editable=False, help="累计完成投资占总投资的比例；竖线是序时进度"),
    _C("light", "灯", 56, "light", rank=1, needs=("status",), order="light", is_editable=False),
    _C("why", "灯的原因", 132, needs=("status",), order="light", is_editable=False, most=200),
    _C("sector", "类别", 62),
    _C("build_kind", "性质", 80),
    _C("facility_type", "项目类型", 130),
    _C("county", "县市区", 84, needs=("county", "county_name")),
    _C("plan_short", "方案", 130, needs=("plan_short",), order="plan", is_editable=False),
    _C("next_milestone", "下一里程碑", 130, needs=("next_milestone",), order="next_milestone", is_editable=False),
)  # fmt: skip


def _rest() -> tuple[Column, ...]:
    known = {column.name for column in _FIRST} | {"plan", "list_title", "carried_from", "published"}
    return tuple(
        Column(
            field.name,
            field.label,
            _WIDTHS.get(field.kind, 130),
            "number" if field.kind == "money" else "count" if field.kind in ("count", "capacity") else "quiet",
            field.unit if field.kind in ("money", "capacity") else "",
        )
        for field in TABLES["project"]
        if field.name not in known
    )


COLUMNS: tuple[Column, ...] = _FIRST + _rest()
INDEX: Mapping[str, int] = {column.name: number for number, column in enumerate(COLUMNS)}


GLANCED = frozenset(
    {"completed", "light", "why"}
)  # columns told by workspace.glances, read only for rows that are painted


def needed(names: Collection[str]) -> tuple[str, ...]:
    """What must be read to draw the columns `names`, without repeats."""
    fields: dict[str, None] = {}
    for name in names:
        for field in COLUMNS[INDEX[name]].needs or (name,):
            fields[field] = None
    return tuple(fields)


def fit(room: float, widths: Mapping[str, int], without: Collection[str] = ()) -> tuple[str, ...]:
    """The columns that find room in `room` (unscaled px), the important ones first, in their usual order.

    `without` names columns that would be empty in every row.
    """
    ranked = sorted((c for c in COLUMNS if c.rank is not None and c.name not in without), key=lambda c: c.rank or 0)
    shown: list[str] = []
    used = 0
    for column in ranked:
        used += widths.get(column.name, column.width)
        if used > room and len(shown) > FROZEN:
            break
        shown.append(column.name)
    return arrange(shown, ())


def arrange(names: Collection[str], order: Sequence[str]) -> tuple[str, ...]:
    """`names` in the person's `order`, then as usual; the frozen two always first."""
    head = tuple(column.name for column in COLUMNS[:FROZEN])
    first = [name for name in order if name in names and name not in head]
    rest = [column.name for column in COLUMNS if column.name in names and column.name not in (*head, *first)]
    return (*head, *first, *rest)


def spread(names: Sequence[str], widths: Mapping[str, int], room: float) -> dict[str, int]:
    """The width of each column (unscaled px): what the person set, else the usual; the name takes what is left.

    With room to spare the columns with a `most` grow first; without, the name stays readable and the grid scrolls.
    """
    found = {name: widths.get(name, COLUMNS[INDEX[name]].width) for name in names}
    if "name" in widths:
        return found
    usual = found["name"]
    left = int(room) - sum(found.values()) + usual
    for name in names:
        extra = COLUMNS[INDEX[name]].most - found[name]
        if name not in widths and 0 < extra <= left - _GOOD_NAME:
            found[name] += extra
            left -= extra
    found["name"] = left if left >= _LEAST_NAME else usual
    return found
