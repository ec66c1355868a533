"""`report`: a report as PDF, and which ones there are."""

import datetime as dt
from pathlib import Path

import click

from laoxiao_desktop import clock
from laoxiao_desktop.cli import figures
from laoxiao_desktop.cli.frame import for_reading, say, verb
from laoxiao_desktop.cli.scope import only_plan, scope_of
from laoxiao_desktop.cli.words import plain
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.dates import last_day, parse_date
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.reports import catalogue, chase, monthly
from laoxiao_desktop.workspace import chase as chasing
from laoxiao_desktop.workspace import months, report_facts


@verb("report", "打印报告：report monthly --out 文件.pdf", "ledger", "person")
@click.argument("kind", metavar="[种类]", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="文件.pdf", help="写到哪个 PDF 文件")
@click.option("--plan", metavar="文字", help="方案名称或地区的一部分，如 玉溪；不写为全部方案")
@click.option("--county", metavar="县市区", help="只报这个县市区")
@click.option("--as-of", "day", metavar="日期", help="截至哪一天，默认今天；写到月则为月末")
@click.option("--month", metavar="月份", help="哪个月，如 2024-06；锁定的月份按锁定时的数据打印")
@click.option("--kinds", "is_asking", is_flag=True, help="列出能打印的报告")
def report_command(
    kind: str | None,
    out: Path | None,
    plan: str | None,
    county: str | None,
    day: str | None,
    month: str | None,
    is_asking: bool,
    path: Path | None,
    person: Person | None,
    as_json: bool,
) -> None:
    """Prints the report of a plan, a county or all, as of a day."""
    kinds = dict((*catalogue.KINDS, *catalogue.OF_THE_MONTH))
    if is_asking:
        text = "\n".join(f"{name}  {title}" for name, title in kinds.items())
        say({"kinds": [{"kind": name, "title": title} for name, title in kinds.items()]}, text, as_json=as_json)
        return
    if kind not in kinds:
        raise click.UsageError(f"报告种类请写 {'、'.join(kinds)} 之一。")
    if out is None:
        raise click.UsageError("缺少 --out：写到哪个 PDF 文件。")
    if kind == "chase":
        _chase(out, plan, county, month, path, person, as_json=as_json)
        return
    if month is not None and day is not None:
        raise click.UsageError("--month 和 --as-of 只写一个。")
    as_of = _day(day)
    with for_reading(path, person) as ledger:
        scope = scope_of(ledger, plan, county)
        chosen = figures.opened_month(ledger, month)
        summary = report_facts.monthly(ledger, Scope(only_plan(scope), scope.county), as_of, chosen)
    written = monthly.write(summary, out)
    document = {
        "report": kind,
        "file": plain(written.path),
        "pages": written.pages,
        "as_of": summary.as_of.isoformat(),
        "month": summary.month.month if summary.month else None,
        "projects": summary.total.count,
        "missing_glyphs": list(written.missing_glyphs),
    }
    missing = f"有 {len(written.missing_glyphs)} 个字没有字形：{''.join(written.missing_glyphs)}。"
    text = f"已打印{kinds[kind]}“{plain(written.path)}”，共 {written.pages} 页。"
    say({**document}, text + (missing if written.missing_glyphs else ""), as_json=as_json)


def _chase(
    out: Path,
    plan: str | None,
    county: str | None,
    month: str | None,
    path: Path | None,
    person: Person | None,
    *,
    as_json: bool,
) -> None:
    """催报名单: who has not reported a month."""
    with for_reading(path, person) as ledger:
        scope = scope_of(ledger, plan, county)
        known = months.months(ledger)
        if not known:
            raise UserError("还没有开启任何月份。", "请先用 month open 2024-06 开启。")
        found = chasing.chase(ledger, month or known[0].month, Scope(only_plan(scope), scope.county))
    written = chase.write(found, out)
    document = {"report": "chase", "file": plain(written.path), "pages": written.pages, "month": found.month,
                "units": len(found.units), "projects": found.count}  # fmt: skip
    text = f"已打印催报名单“{plain(written.path)}”，{len(found.units)} 个单位、{found.count} 个项目未报。"
    say({**document}, text, as_json=as_json)


def _day(text: str | None) -> dt.date:
    """The day of the report; of a month its last day, but never a day to come."""
    today = clock.today()
    if text is None:
        return today
    stored = parse_date(text, today)
    if len(stored) == 7 and stored == today.isoformat()[:7]:
        return today
    day = last_day(stored)
    if day > today:
        raise UserError(f"{day.isoformat()} 还没有到。", "截至日期请写今天或更早。")
    return day
