"""单项目卡片: one page that tells everything of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from laoxiao_desktop.models.funding import FundingLine, total_of
from laoxiao_desktop.models.lights import SHAPES
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.narrative_words import tight
from laoxiao_desktop.models.rates import show
from laoxiao_desktop.models.report_card import Card, Cards
from laoxiao_desktop.reports import photos, widths
from laoxiao_desktop.reports.boxes import Box, Form
from laoxiao_desktop.reports.card_drawings import curve, milestone_line
from laoxiao_desktop.reports.document import stamp
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import FontChoice, Role
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.page import BODY_WIDTH, BOTTOM, LEFT, MM, PAPER_HEIGHT, Paper, Sheet
from laoxiao_desktop.reports.paragraph import Line, break_lines, clean
from laoxiao_desktop.reports.widths import Need

TOP_MARGIN = 22 * MM  # a card is no letter: it begins higher
LOW = BOTTOM
RIGHT = LEFT + BODY_WIDTH
SUBTITLE, HEAD, BODY = 10.5, 10.5, 9.0
_HEAD_ROOM = 22.0
_LEAST_PHOTO, _MOST_PHOTO = 96.0, 150.0  # with the words under it
_LEAST_CURVE, _CURVE, _MOST_CURVE = 60.0, 92.0, 130.0
_LEAST_SIZE = 6.0
_SOURCES = 6  # of money; the rest stands in one line
_LINE = 13.0  # of a list
_ITEM_LINES = 3  # of one text of a list
_LOST_PART, _LOST_WHOLE = 100, 10_000  # how bad it is to leave out a drawing, or to run over the foot


def set_pages(cards: Cards, fonts: FontChoice) -> Paper:
    """One page a project; a plain sentence when there is none."""
    paper = Paper(FontBook(fonts), stamp(cards.as_of.isoformat(), cards.stamp))
    group = ""
    for card in cards.cards:
        sheet = paper.add()
        if len(cards.cards) > 1 and card.group != group:
            group = card.group
            paper.mark(clean(group))
        paper.mark(clean(card.name), 1 if len(cards.cards) > 1 else 0)
        drawn = _best(paper.book, card, cards)
        sheet.operators, sheet.pictures = drawn.operators, drawn.pictures
    if not cards.cards:
        sheet = paper.add()
        paper.mark("单项目卡片")
        sheet.aligned("fang", 15.75, LEFT, RIGHT, PAPER_HEIGHT - 60 * MM, "这个范围内没有项目。", "center")
    return paper


def _best(book: FontBook, card: Card, cards: Cards) -> Sheet:
    """The card at the widest density that loses nothing, else at the one that loses least."""
    best: tuple[int, Sheet] | None = None
    for density in DENSITIES:
        sheet = Sheet(book)
        page = _Page(sheet, card, cards, density)
        page.draw()
        if best is None or page.lost < best[0]:
            best = page.lost, sheet
        if page.lost == 0:
            break
    return best[1] if best else Sheet(book)


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
    _Density(9.0, 12.5, 3.0, 3, 4, 30),
    _Density(9.0, 11.5, 2.0, 2, 2, 14),
    _Density(8.0, 10.0, 1.5, 2, 2, 12),
    _Density(8.0, 10.0, 1.5, 1, 2, 5),
    _Density(7.5, 9.2, 1.2, 1, 1, 3),
)


class _Page:
    """One card while it is drawn, from the top down."""

    def __init__(self, sheet: Sheet, card: Card, cards: Cards, density: _Density) -> None:
        self._sheet, self._card, self._cards, self._density = sheet, card, cards, density
        self._y = PAPER_HEIGHT - TOP_MARGIN
        self.lost = 0  # what was cut or left out: texts one each, drawings more

    def draw(self) -> None:
        """Everything; what has no room at the foot gives way in this order: photos, the curve, approvals, problems."""
        card = self._card
        self._title()
        self._facts()
        self._money()
        self._steps()
        if self._y < LOW:
            self.lost += _LOST_WHOLE
        told = [("存在问题和下一步", card.problems), ("批复文件", card.approvals)]
        lists = [
            (head, [self._item(text, len(texts) == 1, n) for n, text in enumerate(texts, 1)]) for head, texts in told
        ]
        needed = sum(_HEAD_ROOM + _LINE * sum(map(len, items)) for _, items in lists if items)
        pair = _HEAD_ROOM + _LEAST_PHOTO if card.photos else 0.0
        self._curve(self._y - LOW - needed - pair)
        self._photos(self._y - LOW - needed)
        for place, (head, items) in enumerate(lists):
            below = sum(_HEAD_ROOM + _LINE for _, rest in lists[place + 1 :] if rest)
            self._list(head, items, below)

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
            form.row([Box("亮灯原因", 15, is_label=True), Box(tight(self._card.light.why), 85, most=2)])
        self._y = form.y
        self.lost += form.cut

    def _head(self, words: str, note: str = "") -> None:
        self._y -= _HEAD_ROOM
        self._sheet.text("hei", HEAD, LEFT, self._y + 3, words)
        if note:
            self._sheet.aligned("song", 8, LEFT, RIGHT, self._y + 3, note, "right")

    def _money(self) -> None:
        if not self._card.funding:
            return
        self._head("资金", "单位：万元")
        form = self._form()
        heads = ("资金来源", "计划", "下达", "到位", "完成", "支付", "到位率%", "支付率%")
        total = [self._card.funding_total] if self._card.funding_total and len(self._card.funding) > 1 else []
        lines = [*_gathered(self._card.funding), *total]
        rows = [_amounts(line) for line in lines]
        form.size, shares = self._columns(heads, rows, form)
        form.row([Box(words, share, is_label=True) for words, share in zip(heads, shares, strict=True)])
        for line, cells in zip(lines, rows, strict=True):
            role: Role = "hei" if line in total else "song"
            form.row(
                [
                    Box(words, share, role, "right" if number else "left", most=2)
                    for number, (words, share) in enumerate(zip(cells, shares, strict=True))
                ]
            )
        self._y = form.y

    def _columns(self, heads: Sequence[str], rows: Sequence[Sequence[str]], form: Form) -> tuple[float, list[float]]:
        """A size at which no figure breaks, and the widths of the columns at that size."""
        letters = self._sheet.book.letters("hei")  # the wider of both that stand there
        size = form.size
        while True:
            needs = []
            for number, head in enumerate(heads):
                cells = [row[number] for row in rows] if number else []
                longest = max(map(letters.width, [head, *cells])) * size / EM + 2 * form.pad_x + 0.5
                names = max(letters.width(row[number]) for row in rows) * size / EM + 2 * form.pad_x + 0.5
                needs.append(
                    Need(
                        longest,
                        max(longest, names) + (0 if number else 6),
                        2 if number == 0 else 1,
                        longest if number else 30.0,
                    )
                )
            if widths.whole(needs) <= form.width or size <= _LEAST_SIZE:
                return size, widths.spread(needs, form.width)
            size -= 0.5

    def _steps(self) -> None:
        self._head(
            "里程碑",
            "● 已完成　○ 未到期　▲ 逾期；上为名称，下为实际（括号为计划）年月" if self._card.milestones else "",
        )
        if not self._card.milestones:
            self._say("尚未设置里程碑。")
            return
        self._y = milestone_line(self._sheet, self._card.milestones, LEFT, self._y, BODY_WIDTH, self._cards.as_of)

    def _curve(self, spare: float) -> None:
        """The curve, higher where the page has room to spare; a sentence where nothing was reported."""
        if not self._card.curve:
            if self._y - LOW >= _HEAD_ROOM + _LINE:
                self._head("月度进度")
                self._say("尚未填报月报。")
            return
        room = min(self._y - LOW - _HEAD_ROOM, _MOST_CURVE if not self._card.photos else _CURVE)
        height = min(room, max(_CURVE if spare >= _CURVE else _LEAST_CURVE, spare - _HEAD_ROOM))
        if height < _LEAST_CURVE:
            self.lost += _LOST_PART
            return
        self._head("月度进度", "—— 累计完成　- - 累计支付　…… 序时进度；单位：万元")
        self._y = curve(self._sheet, self._card.curve, self._card.total_investment, LEFT, self._y, BODY_WIDTH, height)

    def _say(self, words: str) -> None:
        self._y -= 13
        self._sheet.text("song", BODY, LEFT, self._y + 3, words)

    def _photos(self, room: float) -> None:
        if not self._card.photos:
            return
        if room < _HEAD_ROOM + _LEAST_PHOTO:
            self.lost += _LOST_PART
            return
        self._head("现场照片")
        self._y -= 2
        height = min(_MOST_PHOTO, room - _HEAD_ROOM - 2)
        self._y = photos.draw(self._sheet, self._card.photos[:2], LEFT, self._y, BODY_WIDTH, height)

    def _item(self, text: str, is_single: bool, number: int) -> list[Line]:
        """The lines of one text of a list, the last one cut with … where there are too many."""
        letters = self._sheet.book.letters("song")
        lead = "" if is_single else f"{number}."
        room, hanging = BODY_WIDTH / BODY * EM, letters.width(lead)
        lines = list(break_lines(letters, clean(f"{lead}{text}"), room, hanging=hanging))
        if len(lines) > _ITEM_LINES:
            kept = lines[: _ITEM_LINES - 1]
            last = lines[_ITEM_LINES - 1].text[:-1] + "…"
            lines = [*kept, Line(last, None, letters.width(last), hanging)]
            self.lost += 1
        return lines

    def _list(self, head: str, items: Sequence[Sequence[Line]], below: float) -> None:
        """As many texts as have room above the foot and what stands below; a line tells how many were left out."""
        if not items:
            return
        room = int((self._y - LOW - below - _HEAD_ROOM) // _LINE)
        kept = len(items)
        while kept and sum(map(len, items[:kept])) + (kept < len(items)) > room:
            kept -= 1
        self.lost += len(items) - kept
        if room < 1:
            return
        self._head(head)
        for lines in items[:kept]:
            for line in lines:
                self._y -= _LINE
                self._sheet.line("song", BODY, LEFT, self._y + 3, line)
        if kept < len(items):
            self._say(f"{'另有' if kept else '有'}{len(items) - kept}条，见台账。")


def _amounts(line: FundingLine) -> list[str]:
    """A source with its amounts and rates; no rate of what was not reported."""
    amounts = (line.planned, line.allocated, line.arrived, line.completed, line.paid)
    arrived = show(line.arrived_rate) if line.arrived is not None else "—"
    paid = show(line.paid_rate) if line.paid is not None else "—"
    return [line.source, *map(show_money, amounts), arrived, paid]


def _gathered(lines: Sequence[FundingLine]) -> list[FundingLine]:
    """The sources that have room, the rest as one line, so that nothing is lost."""
    if len(lines) <= _SOURCES:
        return list(lines)
    rest = lines[_SOURCES - 1 :]
    return [*lines[: _SOURCES - 1], total_of(rest, f"其余 {len(rest)} 个来源")]
