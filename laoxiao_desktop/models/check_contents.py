"""Check-up: content against name and kind, copied content, missing quantities, and slips of the pen."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from laoxiao_desktop.models.capacity import plain
from laoxiao_desktop.models.check_rows import (
    PlanRows,
    ProjectRow,
    Row,
    found,
    item_subject,
    listed,
    numbers,
    text_of,
    together,
)
from laoxiao_desktop.models.finding import Finding, Subject

_RENEWAL: Final = re.compile(r"改造|修缮|翻新|提质")
_BUILDING: Final = re.compile(r"新建|扩建|建设|迁建|建成|设置|配建")
# what a name or type promises → words one of which the content should have
_PROMISES: Final = (
    (re.compile(r"社区居家|居家养老|居家社区"), re.compile(r"社区|居家|日间|活动|网络|站|助餐|餐")),
    (re.compile(r"托育|托幼|婴幼儿"), re.compile(r"托|幼|婴|儿童|教室|活动")),
    (re.compile(r"医养结合"), re.compile(r"医|康|护|养")),
    (re.compile(r"敬老院|养老院|养护院|养老机构|养老服务中心"), re.compile(r"养|老|床|护|院|餐|房")),
)
_LEAST_COPIED: Final = 16
_SLIPS: Final = (
    (re.compile(r"([㐀-鿿]{2,6})\1"), "词语重复", 1),
    (re.compile(r"([、，。；：])\1+"), "标点重复", 1),
    (re.compile(r"[0-9](?:\.[0-9]+)?平方(?![米公千厘分])"), "“平方”后少“米”", "平方米"),
    (re.compile(r"新增托(?=[0-9])"), "“托”后少“位”", "新增托位"),
    (re.compile(r"育托(?!管)"), "“托育”写倒", "托育"),
    (re.compile(r"实施(?=[0-9]+(?:\.[0-9]+)?平方)"), "“设施”写成“实施”", "设施"),
    (re.compile(r"^《[^《》]+》的(?:通知|意见|决定|函)"), "书名号位置不对", None),
    (re.compile(r"(?:^|[。；])到20[0-9]{2}年达到[0-9.]+%"), "句子缺主语", None),
)  # fmt: skip
_PAIRS: Final = (("（", "）"), ("《", "》"), ("“", "”"), ("〔", "〕"))
_GOOD_DOUBLES: Final = frozenset({"研究研究", "一个一个", "逐步逐步"})
_QUANTITY: Final = {
    "养老": (("beds", "nursing_beds", "sites", "households", "floor_area_m2"), "床位、面积、点位或户数"),
    "托育": (("places", "inclusive_places"), "托位数"),
}


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on the contents of a plan."""
    yield from _kinds(plan)
    yield from _copies(plan)
    yield from _quantities(plan)
    yield from _capacities(plan)
    yield from _slips(plan)
    yield from _levels(plan)


def _kinds(plan: PlanRows) -> Iterator[Finding]:
    for project in plan.projects:
        words = project.name + project.content
        if project.build_kind != "新建" or not _RENEWAL.search(project.name) or _BUILDING.search(project.name):
            continue
        if _BUILDING.search(project.content.replace("环境改善", "")):
            continue
        word = _RENEWAL.search(words)
        yield found(
            plan, "kind_unlike_content", "warning", project.subject, "建设性质与内容不符",
            f"建设性质写“新建”，名称和内容是“{word[0] if word else ''}”，没有新建的内容。",
            figures={"建设性质": "新建", "名称": project.name}, suggestion="改建", field_name="build_kind",
            suggested="改建", row=project.row,
        )  # fmt: skip


def _copies(plan: PlanRows) -> Iterator[Finding]:
    """The same content in rows of another type and county: copied along, and wrong in the row it does not fit."""
    alike: dict[str, list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        if len(project.content) >= _LEAST_COPIED:
            alike[project.content].append(project)
    for rows in alike.values():
        types = {project.facility_type for project in rows}
        names = {_core(project.name) for project in rows}
        if len(rows) < 2:
            continue
        odd = [project for project in rows if _breaks_promise(project)]
        if odd and len(odd) < len(rows):
            for project in odd:
                others = [row for row in rows if row.uid != project.uid]
                yield found(
                    plan, "content_copied", "error", project.subject, "建设内容与项目不符",
                    f"名称是“{project.name}”，建设内容却与{numbers(others)}“{others[0].name}”一字不差，"
                    f"写的是“{project.content[:24]}…”，应是抄错了行。",
                    figures={"相同内容": together(row.label for row in rows)},
                    cause=(project.name, project.content, [row.uid for row in others]), field_name="content",
                    suggestion=f"同{numbers(others)}", others=[row.subject for row in others], row=project.row,
                )  # fmt: skip
        elif len(types) > 1 or (len(names) > 1 and len(rows) < 4 and not _is_list_wording(plan, rows)):
            first, *others = rows
            yield found(
                plan, "content_same", "note", first.subject, "不同项目的建设内容相同",
                f"{together(row.label for row in rows)}名称不同（{listed(row.name for row in rows)}），"
                "建设内容一字不差，请核对是不是照抄。",
                figures={"项目": together(row.label for row in rows)}, cause=sorted(row.uid for row in rows),
                field_name="content", others=[row.subject for row in others], row=first.row,
            )  # fmt: skip


def _breaks_promise(project: ProjectRow) -> bool:
    words = project.name + project.facility_type
    return any(promise.search(words) and not kept.search(project.content) for promise, kept in _PROMISES)


def _core(name: str) -> str:
    """What kind of work a name says, without whose it is."""
    kinds = re.findall(r"养护院|敬老院|福利院|养老院|公寓|托育|托幼|日间照料|养老服务中心|养老服务机构|网络|医养", name)
    return "/".join(kinds)


def _is_list_wording(plan: PlanRows, rows: Sequence[ProjectRow]) -> bool:
    """Whether most of a list says the same words anyway."""
    group = rows[0].group
    whole = [project for project in plan.projects if project.group == group]
    return len(rows) * 3 >= len(whole)


def _quantities(plan: PlanRows) -> Iterator[Finding]:
    """Rows that do not say how much is built, gathered per list."""
    by_list: dict[tuple[str, str], list[ProjectRow]] = defaultdict(list)
    for project in plan.projects:
        by_list[project.group].append(project)
    for (sector, _), rows in by_list.items():
        if sector not in _QUANTITY:
            continue
        fields, words = _QUANTITY[sector]
        bare = [
            project
            for project in rows
            if not any(name in project.capacities for name in fields) and not _is_renewal(project, sector)
        ]
        if not bare:
            continue
        stated = sum(
            (project.capacities[name].minimum for project in rows for name in fields[:2] if name in project.capacities),
            start=Decimal(0),
        )
        measure = "个" if sector == "托育" else "张床位"
        tail = f"写明的 {len(rows) - len(bare)} 项共 {plain(stated)} {measure}。" if len(bare) < len(rows) else ""  # fmt: skip
        yield found(
            plan, "quantity_missing", "note", bare[0].subject, f"没有写{words}",
            f"{sector}清单 {len(rows)} 项中 {len(bare)} 项的建设内容没有{words}：{numbers(bare)}。{tail}",
            figures={"未写": f"{len(bare)} 项", "清单": f"{len(rows)} 项"}, cause=sorted(row.uid for row in bare),
            field_name="places" if sector == "托育" else "beds", others=[row.subject for row in bare[1:]],
            row=bare[0].row,
        )  # fmt: skip


def _is_renewal(project: ProjectRow, sector: str) -> bool:
    """A renewal adds no beds; of childcare every row is to add places."""
    words = project.name + project.content
    return sector == "养老" and bool(_RENEWAL.search(words)) and "新建" not in words


def _capacities(plan: PlanRows) -> Iterator[Finding]:
    for project in plan.projects:
        for part, whole, words, unit in (
            ("nursing_beds", "beds", ("护理型床位", "床位"), "张"),
            ("inclusive_places", "places", ("普惠托位", "托位"), "个"),
        ):
            few, all_ = project.row.get(part), project.row.get(whole)
            if not few or not all_ or part not in project.capacities or whole not in project.capacities:
                continue
            low, most = project.capacities[part], project.capacities[whole]
            if most.maximum is not None and low.minimum > most.maximum:
                yield found(
                    plan, f"{part}_over", "error", project.subject, f"{words[0]}多于{words[1]}",
                    f"{words[0]} {plain(low.minimum)} {unit}，多于{words[1]} {plain(most.maximum)} {unit}。",
                    figures={words[0]: plain(low.minimum), words[1]: plain(most.maximum)}, field_name=part,
                    row=project.row,
                )  # fmt: skip


def _slips(plan: PlanRows) -> Iterator[Finding]:
    for subject, row, name, text in _texts(plan):
        said, mended = [], text
        for pattern, words, remedy in _SLIPS:
            match = pattern.search(text)
            if match is None or match[0] in _GOOD_DOUBLES or _is_sound(match[0]):
                continue
            said.append(f"{words}（“{text[max(0, match.start() - 4) : match.end() + 4]}”）")
            if remedy == 1:
                mended = mended.replace(match[0], match[1])
            elif isinstance(remedy, str):
                mended = re.sub(pattern.pattern, lambda m, r=remedy: _mend(m[0], r), mended)  # type: ignore[misc]
        for left, right in _PAIRS:
            if text.count(left) != text.count(right):
                at = text.rfind(left) if text.count(left) > text.count(right) else text.find(right)
                said.append(f"{left}{right}不成对（“{text[max(0, at - 4) : at + 12]}”）")
        if said:
            yield found(
                plan, "text_slip", "note", subject, "文字笔误", "；".join(said) + "。",
                figures={"笔误": "；".join(said)}, field_name=name,
                suggestion="改正笔误" if mended != text else "",
                suggested=mended if mended != text else None, row=row,
            )  # fmt: skip


def _is_sound(text: str) -> bool:
    return text in ("……", "——")


def _mend(found_text: str, remedy: str) -> str:
    if remedy == "平方米":
        return found_text + "米"
    return remedy


def _texts(plan: PlanRows) -> Iterator[tuple[Subject, Row, str, str]]:
    for project in plan.projects:
        yield project.subject, project.row, "name", project.name
        yield project.subject, project.row, "content", project.content
    for item in plan.items:
        if item.get("kind") == "member":
            continue
        subject = item_subject(item)
        for name in ("name", "measure", "expected"):
            if text := text_of(item, name):
                yield subject, item, name, text


def _levels(plan: PlanRows) -> Iterator[Finding]:
    """Words of another level: 全市 in the plan of a prefecture that is a 州."""
    if not plan.region.endswith("州"):
        return
    for item in plan.items:
        for name in ("measure", "expected"):
            text = text_of(item, name)
            match = re.search(r"全市(?!场)", text)
            if match is not None:
                at = match.start()
                yield found(
                    plan, "level_word", "note", item_subject(item), "用了别的层级的词",
                    f"{plan.region}的方案里写“{text[max(0, at - 6) : at + 10]}”，应是“全州”。",
                    figures={"原文": "全市"}, suggestion="全州", field_name=name,
                    suggested=re.sub(r"全市(?!场)", "全州", text), row=item,
                )  # fmt: skip
                break
