"""The rows of the lists as they are shown: read from the ledger, sorted under headings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.units import split_units
from laoxiao_desktop.ui.lists_kinds import SOURCES, Column, Kind
from laoxiao_desktop.ui.session import Scope, Session
from laoxiao_desktop.workspace import lists

Row = Mapping[str, object]
Stored = str | int | None
Grouping = Literal["table", "sector", "none"]
IN_PROSE = "正文"
UNIT_FIELDS = ("responsible_unit", "lead_units", "support_units")


@dataclass(frozen=True, slots=True)
class Heading:
    """A line above the rows of one table: its title and how many there are."""

    key: str
    title: str
    detail: str
    count: int
    word: str = "项"


@dataclass(frozen=True, slots=True)
class Group:
    """A heading (None: no heading) and its rows."""

    heading: Heading | None
    rows: tuple[Row, ...]


def read_all(session: Session, scope: Scope, units: Sequence[str], search: str) -> dict[str, list[Row]]:
    """Every row of every kind in a scope; with units only what one of them bears.

    Words of the search stand in some field; words of Latin letters may also be pinyin initials of a name or a unit.
    """
    ledger = session.ledger
    words = search.lower().split()
    latin = [word for word in words if word.isascii() and word.isalpha()]
    rest = " ".join(word for word in words if word not in latin)
    found: dict[str, list[Row]] = {
        "indicator": _with_restated(lists.indicators(ledger, scope.plan, None, rest)),
        "goal": list(lists.goals(ledger, scope.plan, rest)),
    }
    for row in lists.items(ledger, None, scope.plan, None, rest):
        found.setdefault(str(row["kind"]), []).append(row)
    asked = frozenset(units)
    return {
        key: [row for row in rows if (not asked or asked & units_of_row(row)) and _has_words(row, latin)]
        for key, rows in found.items()
    }


def _has_words(row: Row, latin: Sequence[str]) -> bool:
    if not latin:
        return True
    from laoxiao_desktop.ui.record_choices import initials  # noqa: PLC0415  (loads pinyin)

    texts = [str(row[name]) for name in ("name", "group", *UNIT_FIELDS) if row.get(name)]
    plain, short = " ".join(texts).lower(), " ".join(initials(text) for text in texts)
    return all(word in plain or word in short for word in latin)


def _with_restated(rows: Sequence[Row]) -> list[Row]:
    """Indicators; one of prose that only repeats a row of a table knows the number of that row."""
    numbers = {row["uid"]: row.get("seq") for row in rows}
    return [{**row, "restated_no": numbers.get(row.get("restates"))} for row in rows]


def units_of_row(row: Row) -> frozenset[str]:
    """Everyone who bears a row: responsible, leading and supporting units."""
    return frozenset(unit for name in UNIT_FIELDS if row.get(name) for unit in split_units(str(row[name])))


def years_of(rows: Sequence[Row]) -> list[int]:
    """The years for which some indicator has a target."""
    return sorted({int(year) for row in rows for year in targets_of(row)})


def targets_of(row: Row) -> Mapping[int, str]:
    """The printed targets of an indicator, by year."""
    targets = row.get("targets")
    return {int(year): str(text) for year, text in targets.items()} if isinstance(targets, Mapping) else {}


def shown(kind: Kind, column: Column, row: Row) -> str:
    """The text of a cell."""
    if column.year is not None:
        return targets_of(row).get(column.year, "")
    value = row.get(column.name)
    if column.name == "source":
        return SOURCES.get(str(value or ""), "")
    return fields.show(kind.field(column), value)


def parsed(kind: Kind, column: Column, text: str, today: date) -> Stored:
    """The stored value of what was typed into a cell; FieldError when it does not fit."""
    return fields.parse(kind.field(column), text, today)


def stored_of(row: Row, name: str) -> Stored:
    """The stored value of a field of a row."""
    value = row.get(name)
    return value if isinstance(value, str | int) else None


def quote_of(row: Row) -> str:
    """The sentence of the document from which a prose indicator was read, else nothing."""
    if row.get("source") != "prose":
        return ""
    repeats = f"同表中第 {row['restated_no']} 项：" if row.get("restated_no") else ""
    return f"{repeats}{row.get('quote') or ''}"


def grouped(
    kind: Kind, rows: Sequence[Row], grouping: Grouping, plans: Mapping[str, str], order: tuple[Column, bool] | None
) -> list[Group]:
    """Rows under headings: by plan and table, by class, or as one run; sorted by a column if one is named."""
    gathered: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        gathered.setdefault(_key(kind, row, grouping, len(plans) > 1), []).append(row)
    groups = []
    for (plan, table), members in gathered.items():
        if order is not None:
            column, is_descending = order
            members = sorted(members, key=lambda row: _sort_key(kind, column, row), reverse=is_descending)
        heading = None
        if grouping != "none":
            first, second = (plans.get(plan, ""), table) if plan else (table, "")
            heading = Heading(
                f"{plan}/{table}", first or table, second if first else "", len(members), kind.measure_word
            )
        groups.append(Group(heading, tuple(members)))
    return groups


def _key(kind: Kind, row: Row, grouping: Grouping, with_plan: bool) -> tuple[str, str]:
    if grouping == "none":
        return "", ""
    if grouping == "sector":
        return "", str(row.get("sector" if kind.table == "indicator" else "group") or "未分类")
    plan = str(row.get("plan") or "") if with_plan else ""
    if row.get("source") == "prose":
        return plan, IN_PROSE
    return plan, str(row.get("list_title") or "") or (IN_PROSE if kind.table == "goal" else kind.title)


def _sort_key(kind: Kind, column: Column, row: Row) -> tuple[int, float, str]:
    text = shown(kind, column, row)
    figure = "".join(letter for letter in text if letter.isdigit() or letter in ".-")
    try:
        return 0, float(figure), text
    except ValueError:
        return (1 if text else 2), 0.0, text
