"""Tasks that stand in the text under a heading, with the units that a block in brackets names."""

import re
from collections.abc import Sequence

from laoxiao_desktop.exchange.paragraphs import Heading, Outline, Paragraph
from laoxiao_desktop.models.plan_draft import ItemDraft, Lines
from laoxiao_desktop.models.units import split_units

_ROLE = r"(?:责任)?(?:牵头|责任|配合|参与|协同|实施|主办|协办|参加|承办|负责)(?:责任)?(?:单位|部门)"
_OPENING, _CLOSING = "（〔(【[［", "）〕)】]］"
_BLOCK = re.compile(rf"[{re.escape(_OPENING)}](?P<inside>{_ROLE}[：:].*)[{re.escape(_CLOSING)}]。?$", re.DOTALL)
_BARE_BLOCK = re.compile(rf"(?P<inside>{_ROLE}[：:][^。]*)。?$")
_PART = re.compile(rf"(?P<role>{_ROLE})[：:]\s*(?P<units>.*?)(?=[；;，,。]?\s*{_ROLE}[：:]|$)", re.DOTALL)
_TOGETHER = re.compile(
    r"(?:^|[，。；])(?P<lead>[^，。；]{2,20}?(?:局|委|办|院|部门))要?会同(?P<support>[^，。；]{2,80}(?:局|委|办|部门|政府))"
)
_LED = re.compile(r"[，、](?P<lead>[^，。；]{4,40}?部门)牵头(?:，(?P<support>[^，。；]{2,20}?部门)参与)?")
_CHARGE = re.compile(r"牵头|负责|配合|按职责分工")
_CHARGED_PART = re.compile(
    r"(?P<units>.+?)(?P<charge>牵头|配合|参与|协同|按照?(?:各自)?职责(?:分工)?负责|(?:共同|分别)?负责)"
)
_ORGANISATION = re.compile(r"局|委|办|政府|部门|公司|银行|院|会")
# Units alone, without a word of what they do: every part is a level or ends as an office does.
_OFFICE = r"局|委|委员会|办|办公室|政府|厅|管委会|部门|单位|联合会|残联|妇联|工会"
_WORD = r"(?:[^，。；、：:\d（）()〔〕]|[（(〔][^，。；：:（）()〔〕]{1,9}[）)〕])"
_ONE_UNIT = rf"(?:各?[省州市县区乡镇]|{_WORD}{{1,18}}?(?:{_OFFICE}))"
_ONLY_UNITS = re.compile(rf"(?:{_ONE_UNIT}[、，；])*{_ONE_UNIT}等?")
_TERM = re.compile(r"[；;，,。]?\s*(?:完成|办结|实施)?(?:时限|时间|期限)[：:][^；;。]*")
_LEAD_ROLES = ("牵头", "主办")
_SUPPORT_ROLES = ("配合", "参与", "协同", "协办", "参加")


def split_block(text: str) -> tuple[str, str | None]:
    """The text of a paragraph and the block of units at its end, if there is one."""
    found = _BLOCK.search(text) or _BARE_BLOCK.search(text)
    if found:
        return text[: found.start()].strip(), found["inside"]
    inside = _last_bracket(text)
    if inside is not None and (
        (_CHARGE.search(inside) and _ORGANISATION.search(inside)) or _ONLY_UNITS.fullmatch(inside)
    ):
        return text[: text.rindex(inside) - 1].strip(), inside
    return text, None


def _last_bracket(text: str) -> str | None:
    """What the bracket at the end of a paragraph holds, with the brackets inside it."""
    text = text.rstrip("。")
    if not text.endswith(tuple(_CLOSING)):
        return None
    depth = 0
    for at in range(len(text) - 1, -1, -1):
        depth += (text[at] in _CLOSING) - (text[at] in _OPENING)
        if depth == 0:
            return text[at + 1 : -1]
    return None


def block_tasks(outline: Outline) -> tuple[ItemDraft, ...]:
    """One task for each block of units; the text of its heading is the measure."""
    tasks: list[ItemDraft] = []
    body: list[Paragraph] = []
    for paragraph in outline.paragraphs:
        if body and body[-1].heading is not paragraph.heading:
            body = []
        body.append(paragraph)
        _, block = split_block(paragraph.text)
        if block is not None:
            tasks.append(_task(body, block))
            body = []
    return tuple(tasks)


def heading_tasks(outline: Outline) -> tuple[ItemDraft, ...]:
    """Tasks that have no list: the numbered points, or the sections that have none, of the chapters of tasks and means."""
    tasks: list[ItemDraft] = []
    groups: dict[int, list[Paragraph]] = {}
    for paragraph in outline.paragraphs:
        if paragraph.section is not None and paragraph.chapter is not None and is_work(paragraph.chapter.title):
            heading = paragraph.point or paragraph.section
            groups.setdefault(id(heading), []).append(paragraph)
    for body in groups.values():
        tasks.append(_task(body, None))
    return tuple(tasks)


def is_work(chapter: str) -> bool:
    """A chapter of what is to be done, not of what was or what is aimed at."""
    return bool(re.search(r"任务|保障|措施|举措|组织|要素|行动|工程", chapter))


def _task(body: Sequence[Paragraph], block: str | None) -> ItemDraft:
    last = body[-1]
    heading = last.heading
    texts = [split_block(paragraph.text)[0] for paragraph in body]
    text = "".join(texts)
    roles = _units(block) if block else _units_in_prose(text)
    where: Lines = (min(heading.where[0] if heading else body[0].where[0], body[0].where[0]), last.where[1])
    group = _group(last, heading)
    return ItemDraft(
        kind="task",
        no=heading.no if heading else None,
        group=group.title if group else None,
        name=heading.title if heading else text[:40],
        measure=text or None,
        unit_text=block,
        responsible_units=tuple(unit for role in ("lead", "unit", "support") for unit in roles[role]),
        lead_units=roles["lead"],
        support_units=roles["support"] or (roles["unit"] if roles["lead"] else ()),
        where=where,
    )


def _group(paragraph: Paragraph, heading: Heading | None) -> Heading | None:
    """The heading above the one that the task stands under."""
    if heading is paragraph.point:
        return paragraph.section or paragraph.chapter
    return paragraph.chapter if heading is paragraph.section else None


def _units(block: str) -> dict[str, tuple[str, ...]]:
    roles: dict[str, tuple[str, ...]] = {"lead": (), "support": (), "unit": ()}
    block = _TERM.sub("", block)
    if _ONLY_UNITS.fullmatch(block):
        return {**roles, "unit": split_units(block)}
    if not _PART.search(block):
        return _charged(block)
    for part in _PART.finditer(block):
        word = part["role"]
        role = "lead" if word.startswith(_LEAD_ROLES) else "support" if word.startswith(_SUPPORT_ROLES) else "unit"
        roles[role] += split_units(part["units"])
    return roles


def _charged(block: str) -> dict[str, tuple[str, ...]]:
    """Units followed by what they are charged with: 市民政局牵头，市财政局、市发展改革委配合."""
    roles: dict[str, tuple[str, ...]] = {"lead": (), "support": (), "unit": ()}
    for part in _CHARGED_PART.finditer(block):
        word = part["charge"]
        role = "lead" if word in _LEAD_ROLES else "support" if word in _SUPPORT_ROLES else "unit"
        roles[role] += split_units(re.sub(r"^由|等$|按照?职责分工$", "", part["units"].strip("，；、 ")))
    return roles


def _units_in_prose(text: str) -> dict[str, tuple[str, ...]]:
    """Units that a sentence charges: 市发展改革委要会同市民政局… and …部门牵头，相关部门参与."""
    together = _TOGETHER.search(text)
    if together:
        return {"lead": split_units(together["lead"]), "support": split_units(together["support"]), "unit": ()}
    led = _LED.search(text)
    if led:
        support = (led["support"],) if led["support"] else ()
        return {"lead": (led["lead"],), "support": support, "unit": ()}
    return {"lead": (), "support": (), "unit": ()}
