"""`report`: a report as PDF, and which ones there are."""

import datetime as dt
from pathlib import Path

import click

from laoxiao_desktop import clock
from laoxiao_desktop.cli.frame import for_reading, say, verb
from laoxiao_desktop.cli.scope import only_plan, scope_of
from laoxiao_desktop.cli.words import plain
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.dates import last_day, parse_date
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.reports import catalogue, monthly
from laoxiao_desktop.workspace import report_facts


@verb("report", "打印报告：report monthly --out 文件.pdf", "ledger", "person")
@click.argument("kind", metavar="[种类]", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="文件.pdf", help="写到哪个 PDF 文件")
@click.option("--plan", metavar="文字", help="方案名称或地区的一部分，如 玉溪；不写为全部方案")
@click.option("--county", metavar="县市区", help="只报这个县市区")
@click.option("--as-of", "day", metavar="日期", help="截至哪一天，默认今天；写到月则为月末")
@click.option("--kinds", "is_asking", is_flag=True, help="列出能打印的报告")
def report_command(
    kind: str | None,
    out: Path | None,
    plan: str | None,
    county: str | None,
    day: str | None,
    is_asking: bool,
    path: Path | None,
    person: Person | None,
    as_json: bool,
) -> None:
    """Prints the report of a plan, a county or all, as of a day."""
    kinds = dict(catalogue.KINDS)
    if is_asking:
        text = "\n".join(f"{name}  {title}" for name, title in kinds.items())
        say({"kinds": [{"kind": name, "title": title} for name, title in kinds.items()]}, text, as_json=as_json)
        return
    if kind not in kinds:
        raise click.UsageError(f"报告种类请写 {'、'.join(kinds)} 之一。")
    if out is None:
        raise click.UsageError("缺少 --out：写到哪个 PDF 文件。")
    as_of = _day(day)
    with for_reading(path, person) as ledger:
        scope = scope_of(ledger, plan, county)
        summary = report_facts.monthly(ledger, Scope(only_plan(scope), scope.county), as_of)
    written = monthly.write(summary, out)
    document = {
        "report": kind,
        "file": plain(written.path),
        "pages": written.pages,
        "as_of": as_of.isoformat(),
        "projects": summary.total.count,
        "missing_glyphs": list(written.missing_glyphs),
    }
    missing = f"有 {len(written.missing_glyphs)} 个字没有字形：{''.join(written.missing_glyphs)}。"
    text = f"已打印{kinds[kind]}“{plain(written.path)}”，共 {written.pages} 页。"
    say({**document}, text + (missing if written.missing_glyphs else ""), as_json=as_json)


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
