"""`report` and `export`: a report as PDF or as a workbook, one for each county or project, and which ones there are."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from laoxiao_desktop import clock
from laoxiao_desktop.cli import figures
from laoxiao_desktop.cli.frame import Json, for_reading, one_of, say, verb
from laoxiao_desktop.cli.scope import only_plan, scope_of
from laoxiao_desktop.cli.words import plain
from laoxiao_desktop.errors import UserError, reason_of
from laoxiao_desktop.models import table_projects
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.dates import last_day, parse_date
from laoxiao_desktop.models.dictionary import SECTORS
from laoxiao_desktop.models.plain_text import one_line, quoted
from laoxiao_desktop.models.report_request import GROUPS, KINDS, NUMBERINGS, PAPERS, TITLES, Request
from laoxiao_desktop.models.report_table import Document
from laoxiao_desktop.workspace import kept_reports, past, projects, report_batch, report_values
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.report_values import Value

_Verb = TypeVar("_Verb", bound=Callable[..., Any])
_OPTIONS = (
    click.option("--plan", metavar="文字", help="方案名称或地区的一部分，如 玉溪；不写为全部方案"),
    click.option("--county", metavar="县市区", help="只报这个县市区"),
    click.option("--sector", metavar="类别", callback=one_of(SECTORS), help="只报养老或托育"),
    click.option("--unit", metavar="单位", help="只报这个责任单位"),
    click.option("--project", metavar="标识", help="只报这个项目"),
    click.option("--as-of", "day", metavar="日期", help="截至哪一天，默认今天；写到月则为月末"),
    click.option("--month", metavar="月份", help="哪个月，如 2024-06；锁定的月份按锁定时的数据打印"),
    click.option(
        "--group", default="sector", metavar="分组", callback=one_of([key for key, _ in GROUPS]), help="项目怎样分组"
    ),
    click.option("--columns", metavar="列", help="要哪些列，按次序用逗号隔开"),
    click.option("--receipt", metavar="标识", help="哪一份合并回执，默认最近一份"),
    click.option("--contacts", "has_contacts", is_flag=True, help="带联系人和电话"),
    click.option("--office", default="", metavar="单位", help="落款单位，默认自己的单位"),
    click.option(
        "--each",
        metavar="什么",
        callback=one_of([key for key, _ in report_batch.EACH]),
        help="每个县、单位或项目一份，--out 写文件夹",
    ),
)


def _asking(function: _Verb) -> _Verb:
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@verb("report", "打印报告：report monthly --out 文件.pdf", "ledger", "person")
@click.argument("kind", metavar="[种类]", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="文件.pdf", help="写到哪个 PDF 文件")
@click.option(
    "--paper", default="A4", metavar="纸", callback=one_of([key for key, _ in PAPERS]), help="横道图的纸：A4、A3 或 A0"
)
@click.option(
    "--numbering", default="outer", metavar="页码", callback=one_of([key for key, _ in NUMBERINGS]), help="页码位置"
)
@click.option("--kinds", "is_asking", is_flag=True, help="列出能打印的报告")
@_asking
def report_command(
    kind: str | None,
    out: Path | None,
    is_asking: bool,
    path: Path | None,
    person: Person | None,
    as_json: bool,
    each: str | None,
    **asked: Any,
) -> None:
    """Prints a report of a plan, a county or all, as of a day or a month."""
    if is_asking:
        text = "\n".join(f"{one.kind}  {one.title}" for one in KINDS)
        say({"kinds": [{"kind": one.kind, "title": one.title} for one in KINDS]}, text, as_json=as_json)
        return
    if kind not in TITLES:
        raise click.UsageError(f"报告种类请写 {'、'.join(TITLES)} 之一。")
    _write(kind, out, "pdf", path, person, each, asked, as_json=as_json)


@verb("export", "导出 Excel：export projects --out 文件.xlsx", "ledger", "person")
@click.argument("kind", metavar="[种类]", required=False)
@click.option("--out", type=click.Path(path_type=Path), metavar="文件.xlsx", help="写到哪个 Excel 文件")
@click.option("--kinds", "is_asking", is_flag=True, help="列出能导出的表")
@_asking
def export_command(
    kind: str | None,
    out: Path | None,
    is_asking: bool,
    path: Path | None,
    person: Person | None,
    as_json: bool,
    each: str | None,
    **asked: Any,
) -> None:
    """Writes a table report as a workbook."""
    tables = {one.kind: one.title for one in KINDS if one.is_table}
    if is_asking:
        text = "\n".join(f"{name}  {title}" for name, title in tables.items())
        say({"kinds": [{"kind": name, "title": title} for name, title in tables.items()]}, text, as_json=as_json)
        return
    if kind not in tables:
        raise click.UsageError(f"能导出的表请写 {'、'.join(tables)} 之一。")
    _write(kind, out, "xlsx", path, person, each, asked, as_json=as_json)


def _write(
    kind: str,
    out: Path | None,
    ending: str,
    path: Path | None,
    person: Person | None,
    each: str | None,
    asked: dict[str, Any],
    *,
    as_json: bool,
) -> None:
    if out is None:
        raise click.UsageError(f"缺少 --out：写到哪个 {'PDF' if ending == 'pdf' else 'Excel'} 文件。")
    with for_reading(path, person) as ledger:
        request = _request(ledger, kind, asked)
        if each is None:
            document = _one(ledger, request, out, ending)
            missing = document.get("missing_glyphs")
            told = f"，共 {document['pages']} 页。" if ending == "pdf" else "。"
            text = f"已{'打印' if ending == 'pdf' else '导出'}{TITLES[kind]}“{plain(out)}”{told}"
            if isinstance(missing, list) and missing:
                text += f"有 {len(missing)} 个字没有字形：{''.join(missing)}。"
        else:
            _make_folder(out)
            wanted = report_batch.requests(ledger, request, each)  # type: ignore[arg-type]  # checked by one_of
            if not wanted:
                raise UserError("这个范围内没有项目。", "请放宽范围。")
            files = [_one(ledger, one, out / f"{stem}.{ending}", ending) for stem, one in wanted]
            document = {"report": kind, "folder": plain(out), "files": files}
            text = f"已写出 {len(files)} 份{TITLES[kind]}到“{plain(out)}”。"
    say(document, text, as_json=as_json)


def _one(ledger: Ledger, request: Request, out: Path, ending: str) -> Json:
    value = report_values.value_of(ledger, request)
    document: Json = {
        "report": request.kind,
        "file": plain(out),
        "as_of": _as_of(value).isoformat(),
        "month": report_values.month_of(value),
        "projects": report_values.count_of(value),
    }
    if request.kind == "chase" and isinstance(value, Document):
        document["units"] = sum(row.kind == "group" for table in value.tables for row in table.rows)
    if ending == "xlsx":
        from laoxiao_desktop.exchange import workbook_out  # noqa: PLC0415 - openpyxl comes with the first workbook

        workbook_out.write(report_values.workbook_of(ledger, request), out)
        return document
    from laoxiao_desktop.reports import page, printing  # noqa: PLC0415 - reportlab comes with the first page

    kept = kept_reports.content(ledger, replace(request, office=request.office or ledger.person.unit))
    if kept is not None:  # as it was printed when the month was locked
        page.save(kept, out)
        return {**document, "pages": page.count(kept), "missing_glyphs": [], "kept": True}
    printed = printing.pages_of(value, numbering=request.numbering)
    page.save(printed.content, out)
    return {**document, "pages": printed.pages, "missing_glyphs": list(printed.missing_glyphs)}


def keep_reports(ledger: Ledger) -> None:
    """Prints and keeps the reports of the month that was just locked."""
    wanted = kept_reports.missing(ledger)
    if wanted:
        from laoxiao_desktop.reports import printing  # noqa: PLC0415 - as above

        made = [(one, printing.pages_of(report_values.value_of(ledger, one)).content) for one in wanted]
        kept_reports.keep(ledger, made)


def _as_of(value: Value) -> dt.date:
    return value.as_of


def _request(ledger: Ledger, kind: str, asked: dict[str, Any]) -> Request:
    scope = scope_of(ledger, asked["plan"], asked["county"])
    project = one_line(asked["project"]) if asked["project"] else None
    if project is not None and projects.id_of(ledger, project) is None:
        raise UserError(f"没有标识为“{project}”的项目。", "请用 list projects --json 查标识。")
    month, day = figures.opened_month(ledger, asked["month"]), _day(asked["day"])
    if month is not None and day < clock.today():
        _make_sure_it_tells(ledger, day, month)
        month = None
    return Request(
        kind=kind,
        as_of=day,
        plan=only_plan(scope),
        county=scope.county,
        sector=asked["sector"],
        unit=one_line(asked["unit"]) if asked["unit"] else None,
        month=month,
        project=project,
        group=asked["group"],
        columns=_columns(asked["columns"] or ""),
        paper=asked.get("paper") or "A4",
        numbering=asked.get("numbering") or "outer",
        has_contacts=asked["has_contacts"],
        office=one_line(asked["office"]),
        receipt=one_line(asked["receipt"]) if asked["receipt"] else None,
    )


def _columns(text: str) -> tuple[str, ...]:
    """The keys of the columns that are named, by key or as they are printed; UserError for one that there is not."""
    titles = {column.key: column.title.replace("\n", "") for column in table_projects.COLUMNS}
    keys = {name: key for key, title in titles.items() for name in (key, title, title.partition("（")[0])}
    named = [part.strip() for part in re.split("[,，、]", text) if part.strip()]
    for name in named:
        if name not in keys:
            known = "、".join(f"{key}（{title.partition('（')[0]}）" for key, title in titles.items())
            raise UserError(f"没有{quoted(name)}这一列。", f"可选：{known}。")
    return tuple(dict.fromkeys(keys[name] for name in named))


def _make_sure_it_tells(ledger: Ledger, day: dt.date, month: str) -> None:
    """UserError where a report as of a day gone by tells another month than the one that was asked for."""
    with past.standing(ledger, day) as stand:
        if stand.month != month:
            newest = f"最近开启的月份是 {stand.month}" if stand.month else "还没有开启过月份"
            raise UserError(f"截至 {day.isoformat()}，{newest}。", "--as-of 请写开启了那个月以后的日子，或只写一个。")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise UserError(f"“{plain(folder)}”不能当文件夹用：{reason_of(problem)}。", "请换一个位置。") from problem


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
