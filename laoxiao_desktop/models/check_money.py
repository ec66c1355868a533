"""Check-up: requests against totals, against the usual share, and against rows of the same content."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from laoxiao_desktop.models.capacity import plain
from laoxiao_desktop.models.check_rows import PlanRows, ProjectRow, found, numbers, percent, together, wan
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.money import FEN_PER_WAN
from laoxiao_desktop.models.project import USUAL_SHARE

_CENT_OF_WAN: Final = FEN_PER_WAN // 100  # 0.01 万元, the last digit that is printed
_MOST_OTHERS: Final = 12  # rows named beside a finding
_LEAST_ALIKE: Final = 3  # so many rows must agree before they are a rule for the others


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on the money of the projects of a plan."""
    for project in plan.projects:
        yield from _amounts(plan, project)
    yield from _twins(plan)
    yield from _per_place(plan)
    yield from _missing(plan)


def _amounts(plan: PlanRows, project: ProjectRow) -> Iterator[Finding]:
    total, request = project.total, project.request
    if total is not None and total <= 0:
        yield found(
            plan, "total_not_positive", "error", project.subject, "总投资不大于零",
            f"总投资写 {wan(total)} 万元，应当大于零。", figures={"总投资": wan(total)},
            field_name="total_investment", row=project.row,
        )  # fmt: skip
    if request is not None and request < 0:
        yield found(
            plan, "request_negative", "error", project.subject, "申请中央资金小于零",
            f"申请中央资金写 {wan(request)} 万元。", figures={"申请中央": wan(request)},
            field_name="central_request", row=project.row,
        )  # fmt: skip
    if total is None or request is None or total <= 0:
        return
    figures = {"总投资": wan(total), "申请中央": wan(request), "占比": percent(request, total)}
    most = total * USUAL_SHARE // 100
    if request > total:
        message = f"申请中央资金 {wan(request)} 万元高于总投资 {wan(total)} 万元，多 {wan(request - total)} 万元。"
        yield found(
            plan, "request_over_total", "error", project.subject, "申请中央资金高于总投资", message,
            figures=figures, suggestion=f"≤ {wan(most)}", field_name="central_request", row=project.row,
        )  # fmt: skip
    elif request > _rounded_up(most, request):
        message = (
            f"申请 {wan(request)} 万元，占总投资 {wan(total)} 万元的 {percent(request, total)}；"
            f"通常不超过 {USUAL_SHARE} %（{wan(most)} 万元），多 {wan(request - most)} 万元。"
        )
        yield found(
            plan, "request_over_share", "warning", project.subject, f"申请中央超过总投资 {USUAL_SHARE} %", message,
            figures=figures, suggestion=f"≤ {wan(most)}", field_name="central_request", row=project.row,
        )  # fmt: skip


def _rounded_up(most: int, request: int) -> int:
    """The usual share rounded as the request is printed: 52.54 of 65.67 and 1144 of 1429 are 80 %."""
    step = FEN_PER_WAN if request % FEN_PER_WAN == 0 else _CENT_OF_WAN
    return -(-most // step) * step


def _twins(plan: PlanRows) -> Iterator[Finding]:
    """Rows of one list with the same content and building kind: same total, so same request; and mostly the same total."""
    alike: dict[tuple[object, ...], list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        if len(project.content) >= 12 and project.total and project.request is not None:
            alike[project.group, project.content, project.build_kind, project.facility_type].append(project)
    usual = _usual_shares(plan)
    for rows in alike.values():
        if len(rows) < 2:
            continue
        by_total: dict[int, list[ProjectRow]] = defaultdict(list)
        for project in rows:
            by_total[project.total or 0].append(project)
        for total, same in by_total.items():
            yield from _odd_requests(plan, total, same, usual.get(same[0].group))
        yield from _odd_totals(plan, rows, by_total)


def _usual_shares(plan: PlanRows) -> dict[tuple[str, str], int]:
    """The share in ‰ that most rows of a list ask for, where most do."""
    counted: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for project in plan.projects:
        if project.total and project.request is not None:
            counted[project.group][round(project.request * 1000 / project.total)] += 1
    usual = {}
    for group, shares in counted.items():
        share, count = shares.most_common(1)[0]
        if count >= _LEAST_ALIKE and count * 2 > shares.total():
            usual[group] = share
    return usual


def _odd_requests(plan: PlanRows, total: int, rows: Sequence[ProjectRow], usual: int | None) -> Iterator[Finding]:
    requests = Counter(project.request or 0 for project in rows)
    if len(requests) < 2:
        return
    (first, count), (_, second) = requests.most_common(2)
    right = first if count > second else None
    if right is None and usual is not None:
        right = next((request for request in requests if round(request * 1000 / total) == usual), None)
    if right is None:
        return
    twins = [project for project in rows if project.request == right]
    said = numbers(twins)
    for project in rows:
        request = project.request or 0
        if request == right:
            continue
        way = "低于" if request < right else "高于"
        message = (
            f"同类的{said}建设内容相同、总投资同为 {wan(total)} 万元，申请中央都是 {wan(right)} 万元；"
            f"这一项申请 {wan(request)} 万元，占 {percent(request, total)}，{way}同类 {wan(abs(right - request))} 万元。"
        )
        if len(twins) == 1:
            message = message.replace("都是", "是")
        figures = {"总投资": wan(total), "申请中央": wan(request), "占比": percent(request, total), "同类": wan(right)}
        much = "明显" if abs(right - request) * 4 > right else ""
        yield found(
            plan, "request_unlike_twin", "warning", project.subject, f"申请中央占比{much}{way}同类", message,
            figures=figures, suggestion=wan(right), field_name="central_request", suggested=right,
            others=[twin.subject for twin in twins[:_MOST_OTHERS]], row=project.row,
        )  # fmt: skip


def _odd_totals(plan: PlanRows, rows: Sequence[ProjectRow], by_total: dict[int, list[ProjectRow]]) -> Iterator[Finding]:
    """One total among several equal ones; two equal groups are left to the cost rules."""
    right = max(by_total, key=lambda total: len(by_total[total]))
    twins = by_total[right]
    odd = [project for project in rows if project.total != right]
    if len(twins) < 2 or len(odd) != 1:
        return
    project = odd[0]
    total = project.total or 0
    if abs(total - right) * 10 < right:
        return
    way = "低于" if total < right else "高于"
    message = (
        f"建设内容相同的{numbers(twins)}总投资都是 {wan(right)} 万元，这一项 {wan(total)} 万元，"
        f"{way}同类 {wan(abs(total - right))} 万元。"
    )
    beds = project.capacities.get("beds")
    if beds is not None and beds.minimum:
        message += (
            f"按 {beds.show('张')}计，每床 {_each(total, beds.minimum)} 万元，同类 {_each(right, beds.minimum)} 万元。"
        )
    yield found(
        plan, "investment_unlike_twin", "warning", project.subject, f"同样内容总投资{way}同类", message,
        figures={"总投资": wan(total), "同类": wan(right)}, suggestion=wan(right), field_name="total_investment",
        others=[twin.subject for twin in twins[:_MOST_OTHERS]], row=project.row,
    )  # fmt: skip


def _each(total: int, count: Decimal) -> str:
    return wan(Decimal(total) / count)


def _per_place(plan: PlanRows) -> Iterator[Finding]:
    """Childcare: where a list asks for the same amount per place in most rows, the others stand out."""
    by_list: dict[tuple[str, str], list[tuple[ProjectRow, Decimal, Decimal]]] = defaultdict(list)
    for project in plan.projects:
        places = project.capacities.get("inclusive_places") or project.capacities.get("places")
        if project.sector == "托育" and project.request and places is not None and places.minimum > 0:
            each = Decimal(project.request) / FEN_PER_WAN / places.minimum
            by_list[project.group].append((project, places.minimum, each))
    for rows in by_list.values():
        usual, count = Counter(each for _, _, each in rows).most_common(1)[0]
        if count < _LEAST_ALIKE or count * 2 <= len(rows):
            continue
        alike = [project for project, _, each in rows if each == usual]
        said = numbers(alike)
        for project, count_of, each in rows:
            if each == usual:
                continue
            request = project.request or 0
            most = int(count_of * usual * FEN_PER_WAN)
            shown = plain(round(each, 3))
            message = (
                f"申请 {wan(request)} 万元，{plain(count_of)} 个托位，每个 {shown} 万元；"
                f"同一清单{said}都是每个 {plain(usual)} 万元。"
            )
            if each > usual:
                message += f"按此应为 {wan(most)} 万元。"
            yield found(
                plan, "request_per_place", "warning" if each > usual else "note", project.subject,
                f"每个托位申请{'高于' if each > usual else '低于'}同类", message,
                figures={"申请中央": wan(request), "托位": plain(count_of), "每个托位": shown, "同类": f"{plain(usual)}"},
                suggestion=wan(most), field_name="central_request", suggested=most if each > usual else None,
                others=[other.subject for other in alike[:_MOST_OTHERS]], row=project.row,
            )  # fmt: skip


def _missing(plan: PlanRows) -> Iterator[Finding]:
    for name, words in (("total_investment", "总投资"), ("central_request", "申请中央资金")):
        empty: dict[str, list[ProjectRow]] = defaultdict(list)
        for project in plan.projects:
            if project.row.get(name) is None:
                empty[project.sector].append(project)
        for rows in empty.values():
            yield found(
                plan, f"{name}_missing", "note", rows[0].subject, f"没有{words}",
                f"{len(rows)} 项没有填{words}：{together(row.label for row in rows)}。",
                figures={"项数": str(len(rows))}, cause=[row.uid for row in rows], field_name=name,
                others=[row.subject for row in rows[1:]], row=rows[0].row,
            )  # fmt: skip
