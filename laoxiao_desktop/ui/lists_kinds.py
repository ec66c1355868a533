"""The kinds of list of a plan: their titles, tables and columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from laoxiao_desktop.models.dictionary import ITEM_KINDS, TABLES, Field, field_of

TARGET = "target:"  # a column of an indicator's target: "target:2025"
SOURCES = {"table": "表", "prose": "文"}
SOURCES_IN_FULL = {"table": "指标表", "prose": "正文"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list. `rank` says how soon it gives way when room runs out (0: never); `weight` shares spare room."""

    name: str
    label: str
    width: int
    rank: int = 0
    weight: int = 0
    is_right: bool = False
    is_quiet: bool = True
    is_editable: bool = True

    @property
    def year(self) -> int | None:
        """The year of a target column."""
        return int(self.name.removeprefix(TARGET)) if self.name.startswith(TARGET) else None


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of list: what the tab is called, where its rows are kept, what is shown of them."""

    key: str
    title: str
    table: str
    columns: tuple[Column, ...]
    annex_word: str = ""  # how a plan names the annex that holds such a list
    measure_word: str = "项"

    @property
    def fields(self) -> tuple[Field, ...]:
        """The dictionary fields of a row."""
        return TABLES[self.table]

    def meaning_key(self, column: Column) -> str:
        """The key under which a column is explained."""
        return "indicator_target.target" if column.year is not None else f"{self.table}.{column.name}"

    def field(self, column: Column) -> Field:
        """The dictionary field behind a column."""
        if column.year is not None:
            return replace(field_of("indicator_target", "target"), label=column.label)
        return field_of(self.table, column.name)


_C = Column
_UNIT = _C("responsible_unit", "责任单位", 150, 2, 3)
_STATE = _C("state", "状态", 76, 6)
_NO = _C("no", "序号", 52, is_right=True)

_INDICATOR = Kind(
    "indicator",
    "指标",
    "indicator",
    (
        _C("seq", "序号", 52, is_right=True),
        _C("sector", "类别", 56, 7),
        _C("name", "指标", 220, 0, 5, is_quiet=False),
        _C("unit", "单位", 56, 1),
        _C("property", "属性", 68, 4),
        _C("base", "基期", 74, 2, is_right=True),
        _C("responsible_unit", "责任单位", 140, 3, 3),
        _C("source", "出处", 50, 8, is_editable=False),
    ),
    "指标",
)
_GOAL = Kind(
    "goal",
    "年度目标",
    "goal",
    (
        _C("year", "年度", 62, is_right=True),
        _C("name", "目标", 200, 0, 2, is_quiet=False),
        _C("target", "目标值", 100, is_right=True, is_quiet=False),
        _C("unit", "单位", 60),
        _C("quote", "原文", 240, 1, 5, is_editable=False),
    ),
)


def _items(key: str, name_label: str, *columns: Column, annex_word: str = "") -> Kind:
    name = _C("name", name_label, 240, 0, 5, is_quiet=False)
    return Kind(
        key, ITEM_KINDS[key], "list_item", (_NO, *columns[:1], name, *columns[1:]), annex_word or ITEM_KINDS[key]
    )


_GROUP = _C("group", "分类", 110, 7, 1)
_MEASURE = _C("measure", "主要措施", 240, 5, 5)
_EXPECTED = _C("expected", "预期成效", 180, 8, 3)
_LEAD = _C("lead_units", "牵头单位", 130, 3, 2)
_SUPPORT = _C("support_units", "配合单位", 150, 9, 3)

KINDS: tuple[Kind, ...] = (
    _INDICATOR,
    _GOAL,
    _items("task", "任务", _GROUP, _MEASURE, _UNIT, _LEAD, _SUPPORT, _STATE),
    _items("policy", "政策", _GROUP, _MEASURE, _EXPECTED, _UNIT, _STATE),
    _items("element", "要素", _GROUP, _MEASURE, _EXPECTED, _UNIT, _STATE),
    _items("platform", "平台", _GROUP, _MEASURE, _EXPECTED, _UNIT, _STATE),
    _items("industry", "产业", _GROUP, _MEASURE, _EXPECTED, _UNIT, _STATE),
    _items("reform", "改革", _GROUP, _MEASURE, _EXPECTED, _UNIT, _STATE),
    _items("pilot", "试点", _GROUP, _MEASURE, _EXPECTED, _UNIT, _STATE),
    _items("member", "职务", replace(_GROUP, label="组内角色", rank=0, weight=0), annex_word="领导小组"),
)
ALWAYS = frozenset({"name", "target", "year", "state"})


def columns_for(kind: Kind, rows: Sequence[Mapping[str, object]], years: Iterable[int]) -> tuple[Column, ...]:
    """The columns worth showing: those with something in them, and for indicators one for each year with a target."""
    shown = [
        column
        for column in kind.columns
        if column.name in ALWAYS or any(row.get(column.name) not in (None, "") for row in rows)
    ]
    if _are_all_led(rows):
        shown = [column for column in shown if column.name != "responsible_unit"]
    if kind.key == "indicator":
        after = ("responsible_unit", "source")
        at = next((place for place, column in enumerate(shown) if column.name in after), len(shown))
        shown[at:at] = [_C(f"{TARGET}{year}", str(year), 74, is_right=True, is_quiet=False) for year in sorted(years)]
    return tuple(_widened(column, rows) for column in shown)


def _widened(column: Column, rows: Sequence[Mapping[str, object]]) -> Column:
    """A column of targets or units wide enough for most of its words, within reason."""
    if column.year is None and column.name not in ("base", "unit", "target"):
        return column
    longest = 0
    for row in rows:
        targets = row.get("targets")
        cell = (
            row.get(column.name)
            if column.year is None
            else targets.get(column.year)
            if isinstance(targets, Mapping)
            else ""
        )
        longest = max(longest, sum(13 if ord(letter) > 0x2E7F else 8 for letter in str(cell or "")))
    most = 80 if column.name == "unit" else 110
    return replace(column, width=max(column.width, min(longest + 18, most)))


def _are_all_led(rows: Sequence[Mapping[str, object]]) -> bool:
    """Whether every unit named is told apart as leading or supporting, so that 责任单位 would only repeat them."""
    borne = [row for row in rows if row.get("responsible_unit")]
    return bool(borne) and all(row.get("lead_units") for row in borne)


def fitting(columns: Sequence[Column], room: int) -> tuple[list[Column], list[int]]:
    """The columns that find room (at 100 %), and their widths; those of the highest rank give way first."""
    kept = list(columns)
    while sum(column.width for column in kept) > room:
        loose = max(kept, key=lambda column: column.rank)
        if loose.rank == 0:
            break
        kept.remove(loose)
    spare = max(0, room - sum(column.width for column in kept))
    shares = sum(column.weight for column in kept)
    widths = [column.width + (spare * column.weight // shares if shares else 0) for column in kept]
    if shares == 0 and kept:
        widths[-1] += spare
    return kept, widths
