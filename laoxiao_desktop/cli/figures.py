"""`lights` and `overview`: where the projects stand."""

from pathlib import Path
from typing import Final

import click

from laoxiao_desktop.cli.frame import Json, for_reading, say, table, verb
from laoxiao_desktop.cli.row_json import money
from laoxiao_desktop.cli.scope import only_plan, scope_of
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.lights import Light
from laoxiao_desktop.models.overview import RATES, Figures, MissingReport, Overview
from laoxiao_desktop.models.plain_text import one_line, quoted
from laoxiao_desktop.models.rates import show
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.workspace import lights, months, overview
from laoxiao_desktop.workspace.ledger import Ledger

_AMOUNTS: Final = ("total_investment", "central_request", "allocated", "arrived", "completed", "paid")
_CENTRAL: Final = ("central_allocated", "central_arrived", "central_completed", "central_paid")
_PLAN = click.option("--plan", metavar="文字", help="方案名称或地区的一部分，如 玉溪")
_COUNTY = click.option("--county", metavar="县市区", help="只看这个县市区")
_MONTH = click.option("--month", metavar="月份", help="哪个月，默认最近开启的月份")


@verb("lights", "红黄绿灯：每个项目的灯、规则和数字", "ledger")
@_MONTH
@_PLAN
@_COUNTY
def lights_command(path: Path | None, month: str | None, plan: str | None, county: str | None, as_json: bool) -> None:
    """`{"lights": [{uid, name, light, rule, why, reasons}]}`, red first."""
    with for_reading(path) as ledger:
        month = opened_month(ledger, month)
        scope = scope_of(ledger, plan, county)
        found = lights.of(ledger, month, Scope(only_plan(scope), scope.county))
        names = dict(ledger.connection.execute("SELECT uid, name FROM project WHERE deleted = 0").fetchall())
    order = {"红": 0, "黄": 1, "绿": 2}
    listed = sorted(found.items(), key=lambda pair: order[pair[1].colour])
    rows = [_light(uid, names[uid], light) for uid, light in listed]
    cells = [[light.shape + light.colour, names[uid], light.rule, light.why] for uid, light in listed]
    text = table(("灯", "项目", "规则", "原因"), cells) if rows else "还没有可以评灯的项目。"
    say({"month": month, "lights": rows}, text, as_json=as_json)


@verb("overview", "总览：多少个、多少钱、开工率、完成率、到位率、支付率、红黄绿灯、未报", "ledger")
@_PLAN
@_COUNTY
@_MONTH
def overview_command(path: Path | None, plan: str | None, county: str | None, month: str | None, as_json: bool) -> None:
    """The figures of a month with those of the month before."""
    with for_reading(path) as ledger:
        scope = scope_of(ledger, plan, county)
        found = overview.overview(ledger, Scope(only_plan(scope), scope.county), opened_month(ledger, month))
    say(_document(found), _text(found), as_json=as_json)


def figures_json(figures: Figures) -> Json:
    """The figures of an overview: amounts as decimal strings in 万元, rates with 4 places or null."""
    return {
        "projects": figures.projects,
        **{name: money(getattr(figures, name)) for name in (*_AMOUNTS, *_CENTRAL)},
        "month_completed": money(figures.month_completed),
        "year_completed": money(figures.year_completed),
        "year_planned": money(figures.year_planned),
        "started": figures.started,
        "finished": figures.finished,
        "opened": figures.opened,
        "reported": figures.reported,
        **{name: getattr(figures, name).as_json for name in (*RATES, "year_rate")},
        "lights": figures.lights,
    }


def _document(found: Overview) -> Json:
    return {
        "month": found.month,
        "is_locked": found.is_locked,
        **figures_json(found.figures),
        "missing": [_missing(one) for one in found.missing],
        "previous": None
        if found.previous is None
        else {
            "month": found.previous_month,
            **figures_json(found.previous),
            "missing": [_missing(one) for one in found.previous_missing],
        },
        "by_county": [
            {"county": line.key, "name": line.label, **figures_json(line.figures)} for line in found.by_county
        ],
        "by_sector": [{"sector": line.key, **figures_json(line.figures)} for line in found.by_sector],
        "capacities": [
            {
                "what": line.what,
                "opened": line.opened.stored if line.opened else None,
                "opened_projects": line.opened_projects,
                "proposed": line.proposed,
                "planned": line.planned.stored if line.planned else None,
            }
            for line in found.capacities
        ],
    }


def _missing(one: MissingReport) -> Json:
    return {
        "uid": one.project,
        "name": one.name,
        "county_name": one.county_name or None,
        "unit": one.unit or None,
        "state": one.state or None,
    }


def _light(uid: str, name: str, light: Light) -> Json:
    return {
        "uid": uid,
        "name": name,
        "light": light.colour,
        "rule": light.rule,
        "why": light.why,
        "is_override": light.is_override,
        "reasons": [{"light": one.colour, "rule": one.rule, "why": one.why, "cure": one.cure} for one in light.reasons],
    }


def _text(found: Overview) -> str:
    now, before = found.figures, found.previous

    def change(name: str) -> str:
        return "" if before is None else f"{getattr(now, name) - getattr(before, name):+d}"

    def money_change(name: str) -> str:
        return "" if before is None else money(getattr(now, name) - getattr(before, name)) or ""

    rows = [["项目", str(now.projects), change("projects")]]
    rows += [
        [label, f"{money(getattr(now, name))} 万元", money_change(name)]
        for label, name in (
            ("总投资", "total_investment"),
            ("申请中央", "central_request"),
            ("下达", "allocated"),
            ("到位", "arrived"),
            ("完成", "completed"),
            ("支付", "paid"),
        )
    ]
    rows += [["已开工", str(now.started), change("started")], ["已完工", str(now.finished), change("finished")]]
    rows += [
        [label, f"{show(getattr(now, name))}%", ""]
        for label, name in (
            ("开工率", "started_rate"),
            ("投资完成率", "completed_rate"),
            ("到位率", "arrived_rate"),
            ("支付率", "paid_rate"),
        )
        if getattr(now, name).value is not None
    ]
    rows += [[f"{colour}灯", str(count), ""] for colour, count in now.lights.items()]
    rows += [["未报", str(now.missing), change("missing")]]
    return table(("", found.month or "今天", "较上月"), rows)


def opened_month(ledger: Ledger, text: str | None) -> str | None:
    """The stored month that was asked for; UserError when it was never opened."""
    if text is None:
        return None
    month = one_line(text).replace(".", "-")
    if not any(line.month == month for line in months.months(ledger)):
        raise UserError(f"{quoted(text)}还没有开启。", "用 list months 看开启过的月份。")
    return month
