"""Figures that a clause of prose sets: what is measured, how much, in which unit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from laoxiao_desktop.models.plan_draft import Operator

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"%|‰|万人次|人次|万人|人|万张|万个|万户|户|张|个|家|所|名|处|平方米|亩|亿元|万元|元|套|辆|床|岁"
_LEAST = "不低于|不少于|不得少于|不得低于|不小于|至少|≥|>="
_MORE = "超过|大于|高于|突破|>|＞"
_MOST = "不超过|不高于|不得超过|≤|<="
_FIGURE = re.compile(
    rf"(?P<sign>{_LEAST}|{_MOST}|{_MORE})?(?:达到|达|建成|建有|建立|配备|有)?"
    rf"(?P<text>(?P<low>{_NUMBER}|(?<=[少有成立])一)(?:[—\-－–~～至](?P<high>{_NUMBER}))?(?P<unit>{_UNIT})?"
    r"(?P<ending>及?以上|以内|及?以下|左右)?)"
)
_BRACKETS = re.compile(r"[（(〔《“][^（）()〔〕《》“”]*[）)〕》”]")
_PAIR = re.compile(rf"(?:和|且|以及|、)(?=(?:每[百千万]|{_NUMBER}(?:家|个|所|名|张)|单处|新增))")
_SENTENCE = re.compile(r"[^。；;！？]+")
_LEADING = re.compile(
    r"^(?:[一二三四五六七八九]是|(?:按照?|预计|在)?(?:到|至)?20\d\d年(?:底|末)?前?|(?:到|至)?“十[三四五六]五”(?:期末|期间|末)|力争|确保|争取|实现|其中|并|且|同时|逐步"
    r"|原则上|进一步|预计|达到|应(?!急)|要|需要?|将|全[州市县区省]|我[州市县区省]|累计|[养老托育、]{2,5}服?务?方面|是)+"
)
_VERBS_BEHIND = re.compile(
    r"(?:达到|达|增至|增加到|增加至|提高到|提高至|提升至|提升到|稳定在|保持在|控制在|约?为|需要?|要|将|应|均|也|不|并|至|实现)$"
)
_BUILT = re.compile(r"(?<!各)(?:建成|建有|建立|打造|创建|要有|共)$")
_RISE = re.compile(r"从(?!业|事)[^，]*(?:提升|提高|增加|增长|上升)(?:至|到)?$")
_STANDARD = re.compile(r"^的?(?P<word>标准|要求|目标)")
_PER = re.compile(
    r"(?:按照?)?每(?P<per>百户|100户|千人口?|张床位|个托位)(?:建筑面积|给予(?:一次性)?(?:建设)?补助)?$|床均(?:综合)?建筑面积$"
)
_PER_UNITS = {
    "百户": "百户",
    "100户": "百户",
    "千人": "千人",
    "千人口": "千人",
    "张床位": "床",
    "个托位": "托位",
    None: "床",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure: `name` is what is measured, `quote` the words it stands in.

    `text` is the target as printed, without a verb that stands between its sign and its figure (至少建有1所 → 至少1所).

    `value` is None where the figure is a range. `before` and `after` are the words around it.
    """

    name: str
    op: Operator
    value: str | None
    unit: str | None
    text: str
    quote: str
    before: str
    after: str

    @property
    def is_share(self) -> bool:
        """A percentage."""
        return self.unit in ("%", "‰")


def sentences(text: str) -> Iterator[str]:
    """The sentences of a paragraph; a semicolon ends one too."""
    for found in _SENTENCE.finditer(text):
        yield found[0]


def clauses(sentence: str) -> list[str]:
    """The clauses of a sentence, cut at ， and ： outside brackets and quotes."""
    found: list[str] = []
    piece, depth = "", 0
    for char in sentence:
        depth += (char in "（(〔《“") - (char in "）)〕》”")
        if char in "，,：:" and depth <= 0:
            found.append(piece)
            piece, depth = "", 0
        else:
            piece += char
    found.append(piece)
    return [clause for clause in found if clause]


def statements(clause: str) -> Iterator[Statement]:
    """The figures of a clause; two that stand side by side (5家…和10家…) are told apart."""
    for segment in _segments(clause):
        statement = _statement(segment)
        if statement is not None:
            yield statement


def clean_name(text: str) -> str:
    """What is measured, without the words of time, place and intent before it and the verbs behind it."""
    text = _LEADING.sub("", text)
    while True:
        shorter = _VERBS_BEHIND.sub("", text)
        if shorter == text:
            return text.strip("、，的 ")
        text = shorter


def _segments(clause: str) -> list[str]:
    hidden = _inside_brackets(clause)
    figures = _figures(clause)
    if len(figures) < 2:
        return [clause]
    cuts = {found.start() for found in _PAIR.finditer(clause) if found.start() not in hidden}
    ends, last = {figure.end() for figure in figures}, figures[-1].start()
    # 9家、…占比达60%以上、…: a list whose members each have their figure
    cuts |= {at for at in ends if at < last and clause[at] == "、" and at not in hidden}
    starts = [0, *sorted(cuts)]
    pieces = [clause[start:end] for start, end in pairwise([*starts, len(clause)])]
    return [re.sub(r"^(?:和|且|以及|、)", "", piece) for piece in pieces]


def _inside_brackets(text: str) -> set[int]:
    inside: set[int] = set()
    for found in _BRACKETS.finditer(text):
        inside.update(range(found.start(), found.end()))
    return inside


def _figures(text: str) -> list[re.Match[str]]:
    """Figures that count something: with a unit or a sign, outside brackets, not “per 100”, not an age or a year."""
    hidden = _inside_brackets(text)
    kept = []
    for found in _FIGURE.finditer(text):
        start, end = found.start("text"), found.end("text")
        if start in hidden or found["unit"] == "岁":
            continue
        if found["unit"] is None and not (found["sign"] and end == len(text)):
            continue
        if text[max(0, start - 1) : start] in ("每", "第", "＋", "+") or text[end : end + 1] in ("级", "岁", "年"):
            continue
        kept.append(found)
    return kept


def _statement(segment: str) -> Statement | None:
    figures = _figures(segment)
    if not figures:
        return None
    figure = figures[0]
    if re.search(r"从[^，]*$", segment[: figure.start()]) and len(figures) > 1:
        figure = figures[-1]  # 从 12% 提升至 55%以上
    before, after = segment[: figure.start()], segment[figure.end() :]
    printed = segment[figure.start() : figure.end()]
    verb = re.search(r"(?:建成|建有|建立|配备|有)(?=\d|一)", printed)
    name_before = before + (verb[0] if verb else "")
    value = "1" if figure["low"] == "一" else figure["low"]
    unit = figure["unit"]
    if per := _PER.search(before):
        if unit == "个" and after.startswith("托位"):
            unit, after = "个托位", after.removeprefix("托位")
        unit = f"{unit}/{_PER_UNITS[per['per']]}"
        if per["per"] and not per["per"].startswith(("张", "个")):
            name_before = before[: per.start()] + ("建筑面积" if before.endswith("建筑面积") else "")
    return Statement(
        name=_name(name_before, after),
        op="text" if figure["high"] else _operator(segment, figure, before),
        value=None if figure["high"] else value,
        unit=unit,
        text=(figure["sign"] or "") + figure["text"],
        quote=segment,
        before=before + (verb[0] if verb else ""),
        after=after,
    )


def _operator(segment: str, figure: re.Match[str], before: str) -> Operator:
    sign, ending = figure["sign"] or "", figure["ending"] or ""
    if re.fullmatch(_MOST, sign) or ending.endswith(("以内", "以下")):
        return "<="
    if re.fullmatch(_LEAST, sign) or ending.endswith("以上") or re.search(r"至少[^，\d]{0,4}$", before):
        return ">="
    return ">" if sign else "="


def _name(before: str, after: str) -> str:
    before = clean_name(_RISE.sub("", before))
    before = clean_name(re.sub(r"至少", "", _BUILT.sub("", before)))
    before = re.sub(r"^(?:将|对|按照?|建成|打造|创建)", "", before)
    if standard := _STANDARD.match(after):
        return re.sub(r"按照?", "", before) + after[standard.end() :] + standard["word"]
    return before + re.sub(r"^的", "", "" if _only_brackets(after) else after)


def _only_brackets(text: str) -> bool:
    """Nothing but remarks in brackets: 10个（市级1个和县级9个）."""
    return _BRACKETS.sub("", text) == ""
