"""How the month is drawn: figures that fall, states as tags, rates with the mark of time, and the row of a mistake."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter

from laoxiao_desktop.models.lights import Light
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.monthly import APPROVED, DRAFT, LOCKED, MONEY, RETURNED
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.grid_columns import FROZEN, Column
from laoxiao_desktop.ui.grid_paint import PADDING, GridPainter
from laoxiao_desktop.ui.grid_parts import Scene, SheetLine, Span
from laoxiao_desktop.ui.monthly_columns import COLUMNS, INDEX
from laoxiao_desktop.ui.monthly_lines import MINUS, NOT_REPORTED, MonthLine
from laoxiao_desktop.ui.monthly_table import MonthGroup, MonthTable, Said
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.glances import light_words

_TAGS: Final = {
    NOT_REPORTED: ("yellowbg", "yellowt"),
    DRAFT: ("select", "accent2"),
    RETURNED: ("redbg", "redt"),
    APPROVED: (None, "greent"),
    LOCKED: (None, "text3"),
}
_LIGHTS: Final = {"红": "red", "黄": "yellow", "绿": "green"}
_LINK_GAP: Final = 18


@dataclass(frozen=True, slots=True)
class WayOut:
    """One thing a person can do about a mistake."""

    key: str
    words: str


def ways_out(said: Said) -> tuple[WayOut, ...]:
    """What can be done about what is said: go back to what stood before, explain it, register the start."""
    field, line = said.problem.field, said.line
    now, before = line.row.now, line.row.before
    if field == "stage":
        return (WayOut("start", "登记开工日期"), WayOut("restore", "清空形象进度"))
    if field not in MONEY or now is None:
        return ()
    amount, stood = now.money(field), before.money(field) if before else None
    if amount is not None and stood is not None and amount < stood:
        return (WayOut("restore", f"恢复 {show_money(stood)}"), WayOut("explain", "写更正说明"))
    if stood is not None:
        return (WayOut("restore", f"恢复 {show_money(stood)}"),)
    return (WayOut("restore", "清空这一格"),)


class MonthPainter:
    """The strokes of the month, made with those of the project grid."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.base = GridPainter(theme, COLUMNS)
        self.who: Callable[[str], str] = lambda uid: ""  # who brought a report to its state, and when
        self.typed: tuple[str, str] | None = None  # the cell that is typed into: uid and column

    @property
    def columns(self) -> Sequence[Column]:
        """All columns, shown or not."""
        return COLUMNS

    def color(self, token: str) -> QColor:
        """A token's colour."""
        return self.base.color(token)

    def seek(self, search: str) -> None:
        """Mark these words where they stand."""
        self.base.seek(search)

    def text_width(self, words: str, px: float = 13, medium: bool = False) -> float:
        """The width of one line."""
        return self.base.text_width(words, px, medium)

    def explain(self, number: int, line: SheetLine, width: float) -> str:
        """What a rule says of the cell, why the light stands so, who gave it back why, or the text that is cut."""
        if not isinstance(line, MonthLine):
            return ""
        name = COLUMNS[number].name
        problem = line.problem_of(name)
        if problem is not None:
            return problem.message
        light = line.values.get("light")
        if name == "light" and isinstance(light, Light):
            return "\n".join(light_words(light)) or f"{light.rule}：{light.why}"
        now = line.row.now
        if name == "state" and now is not None:
            returned = f"退回理由：{now.return_reason}" if now.return_reason else ""
            return "　".join(part for part in (self.who(line.uid), returned) if part)
        words = line.text(number)
        return words if self.base.is_cut(number, words, width) else ""

    # --- cells ---------------------------------------------------------------------------------------------------

    def cell(self, painter: QPainter, rect: QRectF, number: int, line: MonthLine) -> None:
        """The content of one cell of a project."""
        column, words = COLUMNS[number], line.text(number)
        problem = line.problem_of(column.name) if column.field is not None else None
        if problem is not None and problem.severity == "error":
            painter.fillRect(rect, self.color("redbg"))
        if words:
            token = "redt" if problem is not None and problem.severity == "error" else None
            self._words(painter, rect, number, line, words, token)
        if problem is not None and problem.severity == "warning":
            self._mark(painter, rect)

    def _words(
        self, painter: QPainter, rect: QRectF, number: int, line: MonthLine, words: str, token: str | None
    ) -> None:
        column, pad = COLUMNS[number], self._theme.px(PADDING)
        inner = rect.adjusted(pad, 0, -pad, 0)
        if column.style == "light":
            paint.light(painter, self._theme, rect, _LIGHTS[words])  # type: ignore[arg-type]
        elif column.style == "ratio":
            share, due = line.share(column.name)
            tick = min(1.0, float(due)) if due is not None else None
            self.base.bar(painter, rect, words, float(share or 0), "text", tick)
        elif column.style == "state":
            self._tag(painter, rect, words)
        elif column.style == "change":
            is_typed = self.typed == (line.uid, "cum_completed") and column.name == "month_completed"
            tone = "redt" if words.startswith(MINUS) else "accent2" if is_typed else "text2"
            self.base.right(painter, inner, words, tone)
        elif column.style == "number":
            is_new = column.field is not None
            self.base.right(painter, inner, words, token or ("text" if is_new else "text2"))
        elif token is not None:
            self.base.draw(
                painter, inner.left(), inner.center().y(), self.base.elided(words, inner.width()), token, 13, False
            )
        else:
            self.base.words(painter, rect, column, words)

    def _tag(self, painter: QPainter, rect: QRectF, words: str) -> None:
        ground, token = _TAGS.get(words, (None, "text2"))
        theme = self._theme
        width = self.text_width(words, 12) + theme.px(12)
        tag = QRectF(0, 0, width, theme.px(20))
        tag.moveCenter(rect.center())
        if ground is not None:
            paint.box(painter, theme, tag, ground, radius=3)
        self.base.draw(painter, tag.left() + theme.px(6), rect.center().y(), words, token, 12, False)

    def _mark(self, painter: QPainter, rect: QRectF) -> None:
        """A small corner that says: something to look at."""
        side = self._theme.px(6)
        painter.fillRect(QRectF(rect.left(), rect.top(), self._theme.px(2), rect.height()), self.color("yellow"))
        painter.fillRect(QRectF(rect.left(), rect.top(), side, self._theme.px(2)), self.color("yellow"))

    def refused(self, painter: QPainter, rect: QRectF, words: str, *, is_right: bool) -> None:
        """A text that does not read and was kept in its cell."""
        self.base.refused(painter, rect, words, is_right=is_right)

    # --- headings and mistakes -----------------------------------------------------------------------------------

    def heading(
        self, painter: QPainter, rect: QRectF, group: MonthGroup, table: MonthTable, scene: Scene, is_closed: bool
    ) -> None:
        """A heading: chevron, title, how many have reported, and the sums in their columns."""
        theme, pad = self._theme, self._theme.px(PADDING)
        painter.save()
        painter.setClipRect(QRectF(scene.frozen, rect.top(), rect.width(), rect.height()))
        for span in scene.spans:
            words = table.sum_text(group, span.number)
            if words:
                cell = QRectF(span.left + pad, rect.top(), span.width - 2 * pad, rect.height())
                tone = "text2" if COLUMNS[span.number].field is None else "text"
                self.base.right(painter, cell, words, tone, medium=True)
        painter.restore()
        size, middle = theme.px(16), rect.center().y()
        icon = "chevron_right" if is_closed else "chevron_down"
        paint.icon(painter, theme, QPointF(theme.px(14), round(middle - size / 2)), icon, "text2")
        left, count = float(theme.px(38)), group.reported
        room = scene.frozen - left - self.text_width(count, 12) - 2 * pad
        title = self.base.elided(group.title or "未填写", room, medium=True)
        self.base.draw(painter, left, middle, title, "text", 13, True)
        self.base.draw(painter, left + self.text_width(title, 13, True) + pad, middle, count, "text3", 12, False)

    def said(self, painter: QPainter, rect: QRectF, said: Said, left: float, way: int, *, has_ways: bool) -> None:
        """The row under a project: the mistake, and the ways out as links; `way` is the link in hand, -1 for none."""
        theme, middle = self._theme, rect.center().y()
        painter.fillRect(rect, self.color("redbg"))
        size = theme.px(16)
        paint.icon(painter, theme, QPointF(left, round(middle - size / 2)), "warning", "redt", 16)
        places = self.places(rect, said, left) if has_ways else ()
        start = left + theme.px(22)
        end = places[0][1].left() - theme.px(12) if places else rect.right() - theme.px(12)
        words = self.base.elided(said.problem.message, max(0.0, end - start))
        self.base.draw(painter, start, middle, words, "redt", 13, False)
        for number, (found, area) in enumerate(places):
            self.base.draw(painter, area.left(), middle, found.words, "accent2", 13, True)
            if number == way:
                line = QRectF(area.left(), middle + theme.px(9), area.width(), max(1, theme.px(1)))
                painter.fillRect(line, self.color("accent2"))

    def places(self, rect: QRectF, said: Said, left: float) -> tuple[tuple[WayOut, QRectF], ...]:
        """Where the links of a mistake stand: after its words, or at the right edge when the words are long."""
        theme, ways = self._theme, ways_out(said)
        widths = [self.text_width(way.words, 13, True) for way in ways]
        gap = theme.px(_LINK_GAP)
        room = sum(widths) + gap * len(widths)
        at = min(left + theme.px(22) + self.text_width(said.problem.message) + gap, rect.right() - room)
        found: list[tuple[WayOut, QRectF]] = []
        for way, width in zip(ways, widths, strict=True):
            found.append((way, QRectF(at, rect.top(), width, rect.height())))
            at += width + gap
        return tuple(found)


class MonthRowPainter:
    """Paints one row of a MonthTable at a time."""

    def __init__(self, table: MonthTable, cells: MonthPainter, theme: Theme) -> None:
        self._table = table
        self._cells = cells
        self._theme = theme
        self.way = 0  # the link in hand in the row of a mistake

    def paint(self, painter: QPainter, row: int, top: int, height: int, scene: Scene, area: QRect) -> None:
        """The row with its ground, cells, hairline and accent."""
        cells, thin = self._cells, 1 / painter.device().devicePixelRatioF()
        whole = QRectF(0, top, scene.width, height)
        is_current = row == scene.row
        ground = "selectrow" if is_current else "hover" if row == scene.hover else "surface"
        painter.fillRect(whole, cells.color(ground))
        if (group := self._table.heading(row)) is not None:
            cells.heading(painter, whole, group, self._table, scene, group.value in self._table.rows.closed)
        elif (said := self._table.said(row)) is not None:
            way = self.way if is_current and scene.has_focus else -1
            cells.said(painter, whole, said, self.said_left(scene.spans), way, has_ways=self._table.is_editable)
        elif (line := self._table.line(row)) is not None:
            inner = QRectF(0, top, scene.width, height - thin)
            painter.save()
            painter.setClipRect(QRectF(scene.frozen, top, scene.width, height))
            self._paint_cells(painter, row, line, scene.spans[FROZEN:], inner, scene, area)
            painter.restore()
            self._paint_cells(painter, row, line, scene.spans[:FROZEN], inner, scene, area)
        painter.fillRect(QRectF(0, top + height - thin, scene.width, thin), cells.color("line"))
        if self._table.said(row) is None:
            painter.fillRect(QRectF(scene.frozen - thin, top, thin, height), cells.color("line"))
        if is_current:
            painter.fillRect(QRectF(0, top, self._theme.px(3), height - thin), cells.color("accent"))

    def said_left(self, spans: Sequence[Span]) -> float:
        """Where the words of a mistake begin: under the name."""
        name = next((span for span in spans if span.number == INDEX["name"]), None)
        return (name.left if name else 0) + self._theme.px(PADDING)

    def _paint_cells(
        self,
        painter: QPainter,
        row: int,
        line: MonthLine,
        spans: Sequence[Span],
        whole: QRectF,
        scene: Scene,
        area: QRect,
    ) -> None:
        cells = self._cells
        for span in spans:
            if span.left > area.right() + 1 or span.left + span.width < area.left():
                continue
            rect = QRectF(span.left, whole.top(), span.width, whole.height())
            if scene.chosen and scene.is_chosen(row, span.number):
                painter.fillRect(rect, cells.color("select"))
            draft = self._table.draft(line.uid, COLUMNS[span.number].name)
            if draft is not None:
                cells.refused(painter, rect, draft[0], is_right=COLUMNS[span.number].is_right)
            else:
                cells.cell(painter, rect, span.number, line)
            if scene.has_focus and scene.row == row and scene.column == span.number:
                paint.cell_focus(painter, rect, cells.color("accent"))
