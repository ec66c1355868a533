"""What indicators have reached, per year or month and county, beside their targets; and how the items of lists are getting on."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.plain_text import figures, one_line
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.models.target import Target
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import month_facts, opened_capacity
from laoxiao_desktop.workspace.ledger import Ledger

_MET: Final = ("达到", "已达到", "达标", "已达标", "完成", "已完成", "实现", "已实现", "是")
_NOT_MET: Final = ("未", "没有", "尚未", "否")
_WHAT: Final = (("床位", "beds"), ("托位", "places"))


@dataclass(frozen=True, slots=True)
class Reached:
    """One value of an indicator; `period` is a year or a month, `county` "" for the whole plan, `value` as typed."""

    uid: str
    period: str
    county: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What opened projects come to, as a value for an indicator, with the words that say where it is from."""

    value: str
    why: str


@dataclass(frozen=True, slots=True)
class ProgressNote:
    """How an item was getting on, on a day (stored)."""

    uid: str
    noted_on: str | None
    text: str


def values_of(ledger: Ledger, indicator: str) -> list[Reached]:
    """The values of an indicator, the newest period first, the whole plan before its counties."""
    found = rows.select(
        ledger.connection,
        "indicator_value",
        "indicator = ? AND deleted = 0",
        (indicator,),
        "period DESC, coalesce(county, ''), id",
    )
    return [
        Reached(
            str(row["uid"]),
            str(row["period"] or ""),
            str(row["county"] or ""),
            str(row["value"] or ""),
            str(row["note"] or ""),
        )
        for row in found
    ]


def set_value(
    ledger: Ledger, indicator: str, period: str, value: str | None, county: str = "", note: str = ""
) -> Change | None:
    """The value of an indicator for a year ("2024") or month and a county; None or "" takes it away."""
    row = ledger.row("indicator", indicator)
    if not period:
        raise FieldError("period", "还没有写哪一年。", "请写年份或月份，如 2024、2024.6。")
    text = one_line(value or "")
    there = ledger.connection.execute(
        "SELECT uid FROM indicator_value WHERE indicator = ? AND period = ? AND coalesce(county, '') = ?"
        " ORDER BY deleted, id LIMIT 1",
        (indicator, period, county),
    ).fetchone()
    what = f"“{str(row['name'])[:20]}”{period.replace('-', '.')}完成"
    with ledger.change(f"{what}改为 {text[:20]}" if text else f"清空{what}") as writing:
        if there and text:
            kept: dict[str, Stored] = {"value": text, "deleted": 0}
            rows.update(ledger.connection, "indicator_value", there[0], {**kept, **({"note": note} if note else {})})
        elif there:
            rows.update(ledger.connection, "indicator_value", there[0], {"deleted": 1})
        elif text:
            fresh: dict[str, Stored] = {"indicator": indicator, "period": period, "county": county or None}
            writing.created = rows.insert(
                ledger.connection, "indicator_value", {**fresh, "value": text, "note": note or None}
            )
    return writing.written


def number_of(value: str) -> Decimal | None:
    """The figure at the start of a typed value, its unit left aside; None for words."""
    digits = figures(value).rstrip("%‰张个人名所家处年岁").replace(",", "")
    try:
        found = Decimal(digits)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def is_met(target: str, value: str) -> bool | None:
    """Whether a value reaches a printed target; a target in words is met by words that say so. None: cannot be told."""
    wanted = Target.parse(target)
    number = number_of(value)
    if wanted.value is not None:
        return wanted.is_met_by(number) if number is not None else None
    words = one_line(value)
    return False if words.startswith(_NOT_MET) else True if words in _MET else None


def proposal(ledger: Ledger, indicator: str) -> Proposal | None:
    """Beds or places of opened projects of the plan, for an indicator that counts new ones; None for any other."""
    row = rows.one(ledger.connection, "indicator", indicator)
    name = str(row["name"] or "") if row else ""
    field = next((field for words, field in _WHAT if words in name), None)
    is_count = "新增" in name and not any(word in name for word in ("占比", "比例", "率", "每千", "补助"))
    if row is None or field is None or not is_count:
        return None
    scope = Scope(str(row["plan"]))
    facts = month_facts.read(ledger, scope, month_facts.latest_month(ledger))
    for line in opened_capacity.lines(ledger, scope, facts):
        if line.opened is not None and line.what in name:
            shown = line.opened.show()
            why = f"已投用 {line.opened_projects} 个项目，{line.what}合计 {shown} {line.unit}"
            unsure = f"，其中 {line.proposed} 个由建设内容读出" if line.proposed else ""
            return Proposal(shown, f"{why}{unsure}")
    return None


def notes_of(ledger: Ledger, item: str) -> list[ProgressNote]:
    """The progress notes of an item, the newest first."""
    found = rows.select(
        ledger.connection, "progress_note", "item = ? AND deleted = 0", (item,), "noted_on DESC, id DESC"
    )
    return [
        ProgressNote(str(row["uid"]), str(row["noted_on"]) if row["noted_on"] else None, str(row["text"] or ""))
        for row in found
    ]


def add_note(ledger: Ledger, item: str, text: str, noted_on: str | None = None) -> Change | None:
    """How an item is getting on, dated today unless said otherwise."""
    if not text.strip():
        raise FieldError("text", "进展还没有写。", "请写做了什么、到什么程度。")
    ledger.row("list_item", item)
    with ledger.change(f"记进展“{' '.join(text.split())[:24]}”") as writing:
        values: dict[str, Stored] = {
            "item": item,
            "noted_on": noted_on or clock.today().isoformat(),
            "text": text.strip(),
        }
        writing.created = rows.insert(ledger.connection, "progress_note", values)
    return writing.written
