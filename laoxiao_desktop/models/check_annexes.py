"""Check-up: annexes that are named but missing, and bodies that the document calls by several names."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from laoxiao_desktop.models.check_rows import PlanRows, Row, found, item_subject, row_subject, text_of
from laoxiao_desktop.models.finding import Finding, Subject

_GROUP: Final = re.compile(r"[㐀-鿿“”]{2,30}?领导小组")
_NEAR: Final = 0.8


def check(plan: PlanRows) -> Iterator[Finding]:
    """All rules on what a document names."""
    missing = [annex for annex in plan.annexes if not annex.get("is_present")]
    if missing:
        titles = [text_of(annex, "title").removesuffix(".xlsx") for annex in missing]
        said = "；".join(titles)
        yield found(
            plan, "annex_missing", "note", row_subject("annex", missing[0], titles[0]), "附件没有随文公布",
            f"文中列了 {len(plan.annexes)} 个附件，{len(missing)} 个没有内容：{said}。"
            "拿到附件后可以在“数据交换”里读入。",
            figures={"缺": f"{len(missing)} 个", "附件": said}, cause=titles,
            others=[row_subject("annex", annex, title) for annex, title in zip(missing[1:], titles[1:], strict=True)],
            row=missing[0],
        )  # fmt: skip
    yield from _groups(plan)


def _groups(plan: PlanRows) -> Iterator[Finding]:
    """The leading group under two names that are nearly the same."""
    named: dict[str, tuple[Subject, Row, str | None]] = {}
    for annex in plan.annexes:
        title = text_of(annex, "title")
        if match := _GROUP.search(title):
            named.setdefault(match[0], (row_subject("annex", annex, title), annex, None))
    for item in plan.items:
        if match := _GROUP.fullmatch(text_of(item, "name")):
            named.setdefault(match[0], (item_subject(item), item, "name"))
    names = list(named)
    for place, name in enumerate(names):
        for other in names[:place]:
            if SequenceMatcher(None, name, other).ratio() < _NEAR:
                continue
            subject, row, field_name = named[name]
            yield found(
                plan, "group_name", "error", subject, "领导小组名称不一",
                f"这里写“{name}”，“{named[other][0].name}”里写“{other}”，两处名称不同。",
                figures={"这里": name, "别处": other}, suggestion=other, field_name=field_name,
                suggested=other if field_name else None, others=[named[other][0]], row=row,
            )  # fmt: skip
