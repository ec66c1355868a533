"""`form`: the fill-in form of a unit written, and forms that came back taken in."""

from collections.abc import Sequence
from pathlib import Path

import click

from laoxiao_desktop import clock
from laoxiao_desktop.cli.frame import Json, change_json, change_text, for_reading, for_writing, say, table, verb
from laoxiao_desktop.cli.reading import existing
from laoxiao_desktop.cli.scope import only_plan, scope_of
from laoxiao_desktop.cli.words import plain
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import forms, forms_in
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.form import FormOutcome, joined, judge, units_of
from laoxiao_desktop.models.monthly import MonthRow, show_month
from laoxiao_desktop.models.plain_text import one_line, quoted
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.workspace import forms as asking
from laoxiao_desktop.workspace import months
from laoxiao_desktop.workspace.ledger import Ledger

_REMEDY = "请在窗口的“月度调度”里读回，逐格核对；或加 --accept-problems，只写没有问题的格。"


@verb("form", "填报表：form --unit 单位 --out 文件.xlsx；填好后用 import 读回", "ledger", "person")
@click.option("--unit", metavar="单位", help="哪个单位的填报表；不写则列出有哪些单位")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件.xlsx", help="写到哪个文件")
@click.option("--month", metavar="月份", help="哪个月，如 2024-06；默认最近开启的月份")
@click.option("--plan", metavar="文字", help="方案名称或地区的一部分；不写为全部方案")
@click.option("--county", metavar="县市区", help="只要这个县市区的项目")
def form_command(
    unit: str | None,
    out: Path | None,
    month: str | None,
    plan: str | None,
    county: str | None,
    path: Path | None,
    person: Person | None,
    as_json: bool,
) -> None:
    """Writes the form of one unit; without a unit says which there are."""
    with for_reading(path, person) as ledger:
        chosen = _month(ledger, month)
        scope = scope_of(ledger, plan, county)
        units = units_of(months.grid(ledger, chosen, Scope(only_plan(scope), scope.county)))
        if unit is None:
            listed: list[Json] = [{"unit": name, "projects": len(rows)} for name, rows in units.items()]
            text = table(("单位", "项目数"), [[name, str(len(rows))] for name, rows in units.items()])
            say({"month": chosen, "units": listed}, text, as_json=as_json)
            return
        if out is None:
            raise click.UsageError("缺少 --out：写到哪个 Excel 文件。")
        rows = _rows_of(units, one_line(unit))
        forms.write(out, asking.identity(ledger, one_line(unit), chosen, rows), rows)
    document: Json = {"form": plain(out), "unit": one_line(unit), "month": chosen, "projects": len(rows)}
    say(document, f"已写出{show_month(chosen)}填报表“{plain(out)}”，{len(rows)} 个项目。", as_json=as_json)


def take(
    files: Sequence[Path], path: Path | None, person: Person | None, *, accepts_problems: bool, as_json: bool
) -> None:
    """Forms that came back, as one change or nothing; all of them of the same month."""
    readings = [forms_in.read(existing(file)) for file in files]
    months_meant = sorted({reading.identity.month for reading in readings})
    if len(months_meant) > 1:
        raise UserError(f"这些填报表属于不同月份：{'、'.join(months_meant)}。", "请一个月一个月地读。")
    (month,) = months_meant
    with for_writing(path, person) as ledger:
        rows = months.grid(ledger, month)
        outcome = joined([judge(reading, month, rows, clock.today()) for reading in readings])
        if not accepts_problems:
            _refuse(outcome)
        change = months.set_block(ledger, month, outcome.block) if outcome.block else None
    say(
        {"month": month, **_document(outcome), "change": change_json(change)},
        _told(outcome, change_text(change)),
        as_json=as_json,
    )


def _month(ledger: Ledger, asked: str | None) -> str:
    known = months.months(ledger)
    if not known:
        raise UserError("还没有开启任何月份。", "请先用 month open 2024-06 开启。")
    return known[0].month if asked is None else months.opened(ledger, one_line(asked)).month


def _rows_of(units: dict[str, list[MonthRow]], unit: str) -> list[MonthRow]:
    if unit not in units:
        near = [name for name in units if unit in name]
        known = "、".join((near or list(units))[:12])
        raise UserError(f"没有要由{quoted(unit)}填报的项目。", f"单位要写全称，如：{known}。")
    return units[unit]


def _refuse(outcome: FormOutcome) -> None:
    wrong = [f"{plain(one.where)}：{plain(one.message)}" for one in outcome.errors]
    wrong += [f"{plain(one.name)} {one.field}：{plain(one.refusal)}" for one in outcome.cells if one.refusal]
    if wrong:
        more = f" 等 {len(wrong)} 处" if len(wrong) > 2 else ""
        raise UserError(f"填报表有问题，没有写入：{'；'.join(wrong[:2])}{more}", _REMEDY)


def _document(outcome: FormOutcome) -> Json:
    return {
        "cells": [
            {
                "project": one.uid,
                "name": one.name,
                "field": one.field,
                "old": one.old,
                "new": one.new,
                "refusal": one.refusal,
            }
            for one in outcome.cells
        ],
        "problems": [
            {"severity": "error" if one.is_error else "note", "where": one.where, "message": one.message}
            for one in outcome.problems
        ],
    }


def _told(outcome: FormOutcome, done: str) -> str:
    lines = [f"{plain(one.where)}：{plain(one.message)}" for one in outcome.problems]
    lines += [f"{plain(one.name)} {one.field}：没有读入，{plain(one.refusal)}" for one in outcome.cells if one.refusal]
    return "\n".join([*lines, done])
