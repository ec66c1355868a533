"""The leading group by position: names of persons are left out, the ledger keeps offices."""

import re
from collections.abc import Sequence

from laoxiao_desktop.exchange.paragraphs import Outline
from laoxiao_desktop.exchange.text_lines import Line, tidy
from laoxiao_desktop.models.plan_draft import ItemDraft, Lines
from laoxiao_desktop.models.region import REGIONS

_TITLE = re.compile(r".{0,60}(?:领导小组|专班|委员会|指挥部)(?:组成人员|成员|人员)?(?:名单)?")
_ROLE = re.compile(r"(?P<role>第一组长|常务副组长|副组长|组长|成员(?:单位)?|办公室主任|召集人)[：:](?P<rest>.*)")
_REGION_NAMES = sorted(
    {name for region in REGIONS for name in (region.name, region.short_name, region.stem)}, key=len, reverse=True
)
_OFFICE = re.compile(
    "(?:"
    + "|".join(_REGION_NAMES)
    + r")|中共|[州市县区省]|团[州市县区]委|副?(?:书记|主任|局长|主席|秘书长|[州市县区省]长)|党|人民银行|国家|武警"
)
_OFFICE_ELSEWHERE = re.compile(r"[一-龥]{1,4}[州市县区](?=委|人|政|[州市县区]长|[^州市县区]{1,8}(?:局|委|办))")
_SURNAMES = ("党", "区")
_SHORTEST_NAME, _LONGEST_NAME = 2, 4
_PROSE = re.compile(
    r"成立(?:以|由)?(?P<head>[^，。；]{2,24}?)(?:任|为|担任)组长(?:，(?P<deputy>[^，。；]{2,24}?)(?:任|为|担任)副组长)?"
    r"(?:，(?P<members>[^，。；]{2,40}?)为成员(?:单位)?)?(?:，)?的?[^，。；]{0,40}?领导小组"
)


def members_of(lines: Sequence[Line], outline: Outline) -> tuple[ItemDraft, ...]:
    """The members that a list names; without a list, those that the text names."""
    return _listed(lines) or _in_prose(outline)


def _listed(lines: Sequence[Line]) -> tuple[ItemDraft, ...]:
    members: list[ItemDraft] = []
    role: str | None = None
    title = ""
    before = ""
    for line in lines:
        text = tidy(line.text)
        if not text:
            continue
        found = _ROLE.fullmatch(text)
        if found:
            if role is None:
                title = before
            role, text = found["role"].removesuffix("单位"), found["rest"]
            if not text:
                continue
        elif role is None:
            before = before + text if _TITLE.fullmatch(before + text) and len(before) > 4 else text
            continue
        elif text.endswith(("。", "；")) or len(text) > 60 or re.match(r"附\s*件", text):
            break
        position = _position(line.text, text if not found else found["rest"])
        members.append(_member(len(members) + 1, role, position, title, (line.no, line.no)))
    return tuple(members)


def _position(raw: str, text: str) -> str:
    """The office behind a person's name, which the layout sets apart by a space or not at all."""
    after_role = re.split(r"[：:]", raw, maxsplit=1)[-1] if "：" in raw or ":" in raw else raw
    words = after_role.split()
    if len(words) >= 2 and _SHORTEST_NAME <= len("".join(words[:-1])) <= _LONGEST_NAME:
        return tidy(words[-1])
    if _OFFICE.match(text) and not text.startswith(_SURNAMES):
        return text  # the list names offices only
    for office, lengths in ((_OFFICE, (2, 3, 4)), (_OFFICE_ELSEWHERE, (3, 2, 4))):
        for length in lengths:
            if office.match(text, length):
                return text[length:]
    return text


def _in_prose(outline: Outline) -> tuple[ItemDraft, ...]:
    for paragraph in outline.paragraphs:
        found = _PROSE.search(paragraph.text)
        if not found:
            continue
        members: list[ItemDraft] = []
        for role, named in (("组长", found["head"]), ("副组长", found["deputy"]), ("成员", found["members"])):
            for position in _several(named, role) if named else ():
                members.append(_member(len(members) + 1, role, position, "", paragraph.where))
        return tuple(members)
    return ()


def _several(named: str, role: str) -> tuple[str, ...]:
    """Several heads stand side by side (州委书记、州长); members are one phrase."""
    return tuple(named.split("、")) if role != "成员" else (named,)


def _member(no: int, role: str, position: str, title: str, where: Lines) -> ItemDraft:
    return ItemDraft(kind="member", no=no, group=role, name=position, list_title=title, where=where)
