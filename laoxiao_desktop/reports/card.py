"""单项目卡片: one page that tells everything of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laoxiao_desktop.models.funding import FundingLine, total_of
from laoxiao_desktop.models.lights import SHAPES
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.rates import show
from laoxiao_desktop.models.report_card import Card, Cards
from laoxiao_desktop.reports.boxes import Box, Form
from laoxiao_desktop.reports.card_drawings import curve, milestone_line
from laoxiao_desktop.reports.document import stamp
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import FontChoice
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import BODY_WIDTH, BOTTOM, LEFT, MM, PAPER_HEIGHT, Paper, Sheet
from laoxiao_desktop.reports.paragraph import break_lines, clean

TOP_MARGIN = 22 * MM  # a card is no letter: it begins higher
LOW = BOTTOM
RIGHT = LEFT + BODY_WIDTH
SUBTITLE, HEAD, BODY = 10.5, 10.5, 9.0
_LEAST_PHOTO, _MOST_PHOTO, _LEAST_CURVE = 80.0, 128.0, 60.0
_SOURCES = 6  # of money; the rest stands in one line


def set_pages(cards: Cards, fonts: FontChoice) -> Paper:
    """One page a project; a plain sentence when there is none."""
    paper = Paper(FontBook(fonts), stamp(cards.as_of.isoformat(), cards.stamp))
    for card in cards.cards:
        sheet = paper.add()
        paper.mark(clean(card.name))
        for density in DENSITIES:
            drawn = Sheet(paper.book)
            page = _Page(drawn, card, cards, density)
            page.draw()
            if page.fits:
                break
        sheet.operators, sheet.pictures = drawn.operators, drawn.pictures
    if not cards.cards:
        sheet = paper.add()
        paper.mark("单项目卡片")
        sheet.aligned("fang", 15.75, LEFT, RIGHT, PAPER_HEIGHT - 60 * MM, "这个范围内没有项目。", "center")
    return paper


@dataclass(frozen=True, slots=True)
class _Density:
    """How close everything stands: sizes, and how many lines a text may take before it is cut."""

    size: float
    leading: float
    pad: float
    narrow: int
    wide: int
    content: int


DENSITIES = (
    _Density(9.0, 12.5, 3.0, 2, 2, 6),
    _Density(9.0, 11.5, 2.0, 1, 2, 4),
    _Density(8.0, 10.0, 1.5, 1, 1, 3),
)


class _Page:
    """One card while it is drawn, from the top down."""

    def __init__(self, sheet: Sheet, card: Card, cards: Cards, density: _Density) -> None:
        self._sheet, self._card, self._cards, self._density = sheet, card, cards, density
        self._y = self._kept = PAPER_HEIGHT - TOP_MARGIN

    def draw(self) -> None:
        """Everything; what has no room at the foot gives way in this order: approvals, problems, photos."""
        self._title()
        self._facts()
        self._money()
        self._steps()
        self._kept = self._y
        self._curve()
        told = [("存在问题和下一步", self._card.problems), ("批复文件", self._card.approvals)]
        needed = sum(22 + 14.0 * min(len(texts), 4) for _, texts in told if texts)
        self._photos(self._y - LOW - needed)
        for head, texts in told:
            self._list(head, texts)

    @property
    def fits(self) -> bool:
        """Whether everything that may not give way stands above the foot."""
        return self._kept >= LOW

    def _form(self) -> Form:
        density = self._density
        return Form(self._sheet, LEFT, self._y, BODY_WIDTH, density.size, density.leading, pad_x=3.0, pad_y=density.pad)

    def _title(self) -> None:
        card, sheet = self._card, self._sheet
        letters = sheet.book.letters("title")
        for size in (18.0, 15.0, 12.0, 9.0):  # a long name in smaller letters, never cut
            lines = break_lines(letters, clean(card.name), BODY_WIDTH / size * EM, is_justified=False)
            if len(lines) <= 2:
                break
        for line in lines:
            self._y -= size * 1.33
            spare = BODY_WIDTH - line.width * size / EM
            sheet.line("title", size, LEFT + spare / 2, self._y, line)
        self._y -= 18
        sheet.text("kai", SUBTITLE, LEFT, self._y, clean(card.subtitle))
        month = f"{self._cards.month.replace('-', '.')} 调度　" if self._cards.month else ""
        day = self._cards.as_of
        sheet.aligned(
            "kai", SUBTITLE, LEFT, RIGHT, self._y, f"{month}截至{day.year}年{day.month}月{day.day}日", "right"
        )
        self._y -= 6

    def _facts(self) -> None:
        form = self._form()
        facts = list(self._card.facts)
        if self._card.light is not None:
            light = self._card.light
            facts.insert(0, ("当前灯", f"{SHAPES[light.colour]} {light.colour}灯"))
        for pair in zip(facts[::2], facts[1::2], strict=False):
            form.row(
                [
                    box
                    for label, words in pair
                    for box in (Box(label, 15, is_label=True), Box(words, 35, most=self._density.narrow))
                ]
            )
        if len(facts) % 2:
            form.row([Box(facts[-1][0], 15, is_label=True), Box(facts[-1][1], 85, most=self._density.narrow)])
        for label, words in self._card.wide_facts:
            form.row(
                [
                    Box(label, 15, is_label=True),
                    Box(words, 85, most=self._density.content if label == "建设内容" else self._density.wide),
                ]
            )
        if self._card.light is not None and self._card.light.colour != "绿":
            form.row([Box("亮灯原因", 15, is_label=True), Box(self._card.light.why, 85, most=2)])
        self._y = form.y

    def _head(self, words: str, note: str = "") -> None:
        self._y -= 22
        self._sheet.text("hei", HEAD, LEFT, self._y + 3, words)
        if note:
            self._sheet.aligned("song", 8, LEFT, RIGHT, self._y + 3, note, "right")

    def _money(self) -> None:
        if not self._card.funding:
            return
        self._head("资金", "单位：万元")
        form = self._form()
        shares = (28, 14, 14, 14, 14, 14, 12, 12)
        heads = ("资金来源", "计划", "下达", "到位", "完成", "支付", "到位率%", "支付率%")
        form.row([Box(words, share, is_label=True) for words, share in zip(heads, shares, strict=True)])
        total = [self._card.funding_total] if self._card.funding_total and len(self._card.funding) > 1 else []
        for line in (*_gathered(self._card.funding), *total):
            amounts = (line.planned, line.allocated, line.arrived, line.completed, line.paid)
            cells = [line.source, *map(show_money, amounts), show(line.arrived_rate), show(line.paid_rate)]
            role = "hei" if line in total else "song"
            form.row(
                [
                    Box(words, share, role, "left" if number == 0 else "right", most=2)  # type: ignore[arg-type]
                    for number, (words, share) in enumerate(zip(cells, shares, strict=True))
                ]
            )
        self._y = form.y

    def _steps(self) -> None:
        self._head(
            "里程碑",
            "● 已完成　○ 未到期　▲ 逾期；上为名称，下为实际（括号为计划）年月" if self._card.milestones else "",
        )
        if not self._card.milestones:
            self._say("尚未设置里程碑。")
            return
        self._y = milestone_line(self._sheet, self._card.milestones, LEFT, self._y, BODY_WIDTH, self._cards.as_of)

    def _curve(self) -> None:
        room = self._y - LOW - 22
        if room < _LEAST_CURVE:
            return
        self._head("月度进度", "—— 累计完成　- - 累计支付　…… 序时进度；单位：万元" if self._card.curve else "")
        if not self._card.curve:
            self._say("尚未填报月报。")
            return
        self._y = curve(
            self._sheet, self._card.curve, self._card.total_investment, LEFT, self._y, BODY_WIDTH, min(92.0, room)
        )

    def _say(self, words: str) -> None:
        self._y -= 13
        self._sheet.text("song", BODY, LEFT, self._y + 3, words)

    def _photos(self, room: float) -> None:
        photos = self._card.photos
        if not photos or room < _LEAST_PHOTO + 38:
            return
        self._head("现场照片")
        height = min(_MOST_PHOTO, room - 38)
        width = (BODY_WIDTH - 10) / 2
        for number, photo in enumerate(photos[:2]):
            left = LEFT + number * (width + 10)
            self._sheet.picture(photo.content, left, self._y - height, width, height)
            self._sheet.frame(left, self._y - height, width, height)
            letters = self._sheet.book.letters("song")
            caption = clean(photo.caption)
            while letters.width(caption) * 8 / EM > width:
                caption = caption[:-2] + "…"
            self._sheet.aligned("song", 8, left, left + width, self._y - height - 10, caption, "center")
        self._y -= height + 13

    def _list(self, head: str, texts: Sequence[str]) -> None:
        if not texts or self._y - LOW < 32:
            return
        self._head(head)
        letters = self._sheet.book.letters("song")
        for number, text in enumerate(texts, 1):
            lead = f"{number}."
            lines = break_lines(letters, clean(f"{lead}{text}"), BODY_WIDTH / BODY * EM, hanging=letters.width(lead))
            for place, line in enumerate(lines[:3]):
                if self._y - 13 < LOW:
                    return
                self._y -= 13
                cut = place == 2 and len(lines) > 3
                shown = line if not cut else break_lines(letters, line.text[:-2] + "…", 10**9)[0]
                self._sheet.line(
                    "song", BODY, LEFT + (letters.width(lead) * BODY / EM if cut else 0), self._y + 3, shown
                )


def _gathered(lines: Sequence[FundingLine]) -> list[FundingLine]:
    """The sources that have room, the rest as one line, so that nothing is lost."""
    if len(lines) <= _SOURCES:
        return list(lines)
    rest = lines[_SOURCES - 1 :]
    return [*lines[: _SOURCES - 1], total_of(rest, f"其余 {len(rest)} 个来源")]
