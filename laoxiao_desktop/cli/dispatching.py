"""`month`: 月度调度, from opening a month to locking it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

import click

from laoxiao_desktop.cli import printing
from laoxiao_desktop.cli.assignments import values_of
from laoxiao_desktop.cli.frame import Json, change_json, change_text, for_reading, for_writing, say, table, verb
from laoxiao_desktop.cli.row_json import money
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import monthly
from laoxiao_desktop.models.change import Change, Person
from laoxiao_desktop.models.monthly import MonthRow
from laoxiao_desktop.models.plain_text import one_line, quoted
from laoxiao_desktop.models.rates import show
from laoxiao_desktop.workspace import chase, months
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.months import MonthLine

_USAGE: Final = {
    "open": "month open 2024-06",
    "lock": "month lock 2024-06",
    "unlock": "month unlock 2024-06 --reason 理由",
    "set": "month set 标识 2024-06 字段=值…",
    "submit": "month submit 标识 2024-06",
    "approve": "month approve 标识 2024-06",
    "return": "month return 标识 2024-06 --reason 理由",
    "status": "month status 2024-06",
}


@verb(
    "month",
    "月度调度：month open|lock|unlock|status 月份，month set|submit|approve|return 标识 月份",
    "ledger",
    "person",
    "reason",
)
@click.argument("action", metavar="|".join(_USAGE))
@click.argument("words", metavar="[标识] 月份 [字段=值…]", nargs=-1)
def month_command(
    action: str, words: Sequence[str], path: Path | None, person: Person | None, reason: str, as_json: bool
) -> None:
    """One step of the month; `标识` may be `all`: every project whose report is at that step."""
    if action not in _USAGE:
        raise click.UsageError(f"要做什么请写 {'、'.join(_USAGE)} 之一。")
    if action == "status":
        (month,) = _words(action, words, 1)
        with for_reading(path, person) as ledger:
            document, text = status(ledger, _month(month))
        say(document, text, as_json=as_json)
    elif action in _OF_MONTH:
        (month,) = _words(action, words, 1)
        with for_writing(path, person) as ledger:
            change = _OF_MONTH[action](ledger, _month(month), one_line(reason))
            if action in ("open", "lock"):
                printing.keep_reports(ledger)
            line = _line(ledger, _month(month))
        say({"change": change_json(change), "month": line_json(line)}, change_text(change), as_json=as_json)
    else:
        _of_project(action, words, path, person, one_line(reason), as_json)


def _of_project(
    action: str, words: Sequence[str], path: Path | None, person: Person | None, reason: str, as_json: bool
) -> None:
    uid, month, *assignments = _words(action, words, 2 if action != "set" else None)
    month, uid = _month(month), one_line(uid)
    values = values_of("monthly_report", monthly.FIELDS, assignments) if action == "set" else {}
    with for_writing(path, person) as ledger:
        uids = _uids(ledger, action, uid, month)
        if action == "set":
            change = months.set_block(ledger, month, [(one, values) for one in uids])
        elif action == "submit":
            change = months.submit(ledger, month, uids)
        elif action == "approve":
            change = months.approve(ledger, month, uids)
        else:
            change = months.send_back(ledger, month, uids, reason)
        chosen = set(uids)
        rows = [row_json(row) for row in months.grid(ledger, month) if row.uid in chosen]
    say({"change": change_json(change), "reports": rows}, change_text(change), as_json=as_json)


def status(ledger: Ledger, month: str) -> tuple[Json, str]:
    """A month: its line, who is missing, and every project's report."""
    line = _line(ledger, month)
    rows = months.grid(ledger, month)
    missing = chase.chase(ledger, month)
    document: Json = {
        **line_json(line),
        "missing": [
            {
                "unit": unit.unit or None,
                "projects": [{"uid": one.uid, "name": one.name, "state": one.state or None} for one in unit.projects],
            }
            for unit in missing.units
        ],
        "projects": [row_json(row) for row in rows],
    }
    head = ("项目", "状态", "累计完成", "本月", "完成率%", "到位", "支付", "灯")
    cells = [
        [
            row.name,
            row.state or "未报",
            money(row.standing("cum_completed")) or "",
            money(row.month_completed) or "",
            show(row.rate),
            money(row.standing("cum_arrived")) or "",
            money(row.standing("cum_paid")) or "",
            row.light.colour if row.light else "",
        ]
        for row in rows
    ]
    lock = "已锁定" if line.is_locked else f"截止 {line.due_on}"
    return (
        document,
        f"{table(head, cells)}\n{monthly.show_month(month)}（{lock}）：{len(rows)} 个项目，未报 {missing.count} 个。",
    )


def line_json(line: MonthLine) -> Json:
    """A month as `list months` gives it."""
    return {
        "month": line.month,
        "is_locked": line.is_locked,
        "due_on": line.due_on,
        "counts": dict(line.counts),
        "opened_by": line.opened_by or None,
        "locked_by": line.locked_by or None,
        "unlock_reason": line.unlock_reason or None,
    }


def row_json(row: MonthRow) -> Json:
    """One project's month; amounts as decimal strings in 万元, the standing ones including what was carried forward."""
    report = row.now
    return {
        "uid": row.uid,
        "name": row.name,
        "month": row.month,
        "state": row.state or None,
        **{name: money(report.money(name)) if report else None for name in monthly.MONEY},
        **{name: (getattr(report, name) or None) if report else None for name in monthly.TEXTS},
        "return_reason": (report.return_reason or None) if report else None,
        "before": {name: money(row.before.money(name)) if row.before else None for name in monthly.MONEY},
        "standing": {name: money(row.standing(name)) for name in monthly.MONEY},
        "month_completed": money(row.month_completed),
        "month_arrived": money(row.month_arrived),
        "month_paid": money(row.month_paid),
        "year_completed": money(row.year_completed),
        "year_arrived": money(row.year_arrived),
        "year_paid": money(row.year_paid),
        "completed_rate": row.rate.as_json,
        "year_rate": row.year_rate.as_json,
        "light": row.light.colour if row.light else None,
        "problems": [{"field": one.field, "severity": one.severity, "message": one.message} for one in row.problems],
    }


def month_rows(ledger: Ledger) -> list[Json]:
    """`list months`."""
    return [line_json(line) for line in months.months(ledger)]


def _words(action: str, words: Sequence[str], count: int | None) -> list[str]:
    if len(words) != count if count is not None else len(words) < 3:
        raise click.UsageError(f"请写成：{_USAGE[action]}。")
    return list(words)


def _month(text: str) -> str:
    return one_line(text).replace(".", "-").replace("年", "-").removesuffix("月")


def _line(ledger: Ledger, month: str) -> MonthLine:
    for line in months.months(ledger):
        if line.month == month:
            return line
    raise UserError(f"{quoted(month)}还没有开启。", "请先用 month open 开启这个月。")


def _uids(ledger: Ledger, action: str, uid: str, month: str) -> list[str]:
    known = {row.uid: row for row in months.grid(ledger, month)}
    if uid != "all":
        if uid not in known:
            raise UserError(f"没有标识为{quoted(uid)}的项目。", "请用 list projects 查标识。")
        return [uid]
    wanted = _STEPS.get(action)
    found = [one for one, row in known.items() if wanted is None or row.state in wanted]
    if not found:
        raise UserError("没有处在这一步的月报。", "用 month status 看各项目的状态。")
    return found


def _open(ledger: Ledger, month: str, _: str) -> Change | None:
    return months.open_month(ledger, month)


def _lock(ledger: Ledger, month: str, _: str) -> Change | None:
    return months.lock(ledger, month)


_OF_MONTH: Final[Mapping[str, Callable[[Ledger, str, str], Change | None]]] = {
    "open": _open,
    "lock": _lock,
    "unlock": months.unlock,
}
_STEPS: Final = {
    "submit": (monthly.DRAFT, monthly.RETURNED),
    "approve": (monthly.SENT,),
    "return": (monthly.SENT, monthly.APPROVED),
}
