"""Check-up: project codes: form, check digit, county."""

from collections.abc import Iterator

from laoxiao_desktop.models.check_rows import PlanRows, ProjectRow, found, together
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.project_code import check_code


def check(plan: PlanRows) -> Iterator[Finding]:
    """A code that breaks its own rules, and one that two projects share; a missing code is nothing to say."""
    coded: dict[str, list[ProjectRow]] = {}
    for project in plan.projects:
        code = str(project.row.get("project_code") or "")
        if not code:
            continue
        normal, warnings = check_code(code, project.county or None)
        coded.setdefault(normal, []).append(project)
        for warning in warnings:
            yield found(
                plan, "project_code", "warning", project.subject, "项目代码有疑问", warning,
                figures={"项目代码": code, "问题": warning}, field_name="project_code", row=project.row,
            )  # fmt: skip
        if normal != code and not warnings:
            yield found(
                plan, "project_code_form", "note", project.subject, "项目代码写法不规范",
                f"项目代码写“{code}”，规范写法是“{normal}”。", figures={"项目代码": code}, suggestion=normal,
                field_name="project_code", suggested=normal, row=project.row,
            )  # fmt: skip
    for code, rows in coded.items():
        if len(rows) > 1:
            yield found(
                plan, "project_code_twice", "error", rows[0].subject, "项目代码重复",
                f"“{code}”用在 {len(rows)} 个项目上：{together(row.label for row in rows)}。",
                figures={"项目代码": code}, field_name="project_code", others=[row.subject for row in rows[1:]],
                row=rows[0].row,
            )  # fmt: skip
