"""催报名单 on paper: a sentence with the day, then one table with every project that has not reported, by unit."""

from pathlib import Path

from laoxiao_desktop.models.chase import NO_UNIT, Chase
from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.reports.flow import Flow
from laoxiao_desktop.reports.font_files import FontChoice, fonts_of_this_machine
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.monthly import Written
from laoxiao_desktop.reports.page import Heading, Paper, save
from laoxiao_desktop.reports.table import Column, Row

_COLUMNS = (
    Column("序号", 12, "center"),
    Column("项目名称", 71),
    Column("县市区", 20, "center"),
    Column("情况", 42),
)


def write(
    chase: Chase, path: Path, fonts: FontChoice | None = None, *, office: str = "", has_contacts: bool = False
) -> Written:
    """Prints the list to `path`, whole or not at all; names and phones of people only when asked for."""
    paper = Paper(FontBook(fonts or fonts_of_this_machine()), "")
    flow = Flow(paper)
    title = f"{show_month(chase.month)}项目调度催报名单"
    flow.title([show_month(chase.month), "项目调度", "催报名单"], "")
    due = f"{int(chase.due_on[5:7])}月{int(chase.due_on[8:10])}日"
    today = f"{chase.today.year}年{chase.today.month}月{chase.today.day}日"
    if not chase.units:
        flow.paragraph(f"{show_month(chase.month)}项目调度表应于{due}前报齐，截至{today}已全部报齐。")
    else:
        flow.paragraph(
            f"{show_month(chase.month)}项目调度表应于{due}前报齐。截至{today}，"
            f"还有{len(chase.units)}个单位的{chase.count}个项目未报。请尽快核实累计完成、到位、支付和形象进度后上报。"
        )
        flow.table("未报项目", list(_COLUMNS), _rows(chase, has_contacts=has_contacts))
    flow.finish()
    save(paper.finish(Heading(title, office, "催报名单")), path)
    return Written(path, len(paper.sheets), tuple(sorted(paper.book.missing)))


def _rows(chase: Chase, *, has_contacts: bool) -> list[Row]:
    rows: list[Row] = []
    for unit in chase.units:
        people = f"，{'、'.join(unit.contacts)}" if has_contacts and unit.contacts else ""
        label = f"{unit.unit or NO_UNIT}（{len(unit.projects)}个{people}）"
        rows.append(Row([label, "", "", ""], "group", len(_COLUMNS)))
        rows.extend(Row([str(n), one.name, one.county, one.why]) for n, one in enumerate(unit.projects, start=1))
    return rows
