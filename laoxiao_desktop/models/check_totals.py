"""Check-up: printed totals against the sums of the rows."""

from collections.abc import Iterator
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.check_rows import PlanRows, ProjectRow, found, published_of, row_subject, wan
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.money import Money
from laoxiao_desktop.models.stored import whole_in

_MONEY: Final = (("total_investment", "总投资"), ("central_request", "申请中央资金"))


def check(plan: PlanRows) -> Iterator[Finding]:
    """Each printed 合计 or 小计 beside the published rows it covers: what a person corrected later is no slip of the total."""
    published = [project for project in plan.projects if published_of(project.row)] if plan.totals else []
    for total in plan.totals:
        scope = str(total.get("scope") or "")
        rows = [project for project in published if scope in ("", "全部") or project.sector == scope]
        label = str(total.get("label") or "合计")
        subject = row_subject("plan_total", total, label)
        count = whole_in(total, "row_count")
        if count is not None and count != len(rows):
            message = f"{scope}清单“{label}”写 {count} 项，清单里有 {len(rows)} 项，相差 {abs(count - len(rows))} 项。"
            figures = {"公布项数": str(count), "清单项数": str(len(rows))}
            yield found(
                plan, "total_count", "error", subject, "合计项数与清单不符", message,
                figures=figures, suggestion=f"{len(rows)} 项",
            )  # fmt: skip
        for name, words in _MONEY:
            stated = whole_in(total, name)
            amounts = [_published_amount(project, name) for project in rows]
            summed = sum(amount for amount in amounts if amount is not None)
            if stated is None or stated == summed or not rows:
                continue
            message = (
                f"{scope}清单“{label}”的{words}写 {wan(stated)} 万元，各项相加是 {wan(summed)} 万元，"
                f"相差 {wan(abs(stated - summed))} 万元。"
            )
            figures = {"公布合计": wan(stated), "各项之和": wan(summed), "相差": wan(abs(stated - summed))}
            yield found(
                plan, f"total_{name}", "error", subject, f"{words}合计与各项之和不符", message,
                figures=figures, suggestion=wan(summed),
            )  # fmt: skip


def _published_amount(project: ProjectRow, name: str) -> int | None:
    entry = published_of(project.row).get(name)
    text = entry.get("text") if isinstance(entry, dict) else None
    try:
        return Money.parse(str(text)).fen if text else whole_in(project.row, name)
    except UserError:
        return whole_in(project.row, name)
