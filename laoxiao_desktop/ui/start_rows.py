"""The painted rows of the start page: an action, a recent ledger, a bundled plan."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Recent

FIGURE_COLUMNS = (
    ("issued", "印发", 92),
    ("projects", "项目", 68),
    ("indicators", "指标", 68),
    ("money", "总投资 万元", 108),
)

NARROW, KEPT_WHEN_NARROW = 520, ("projects", "money")


@dataclass(frozen=True, slots=True)
class BundledPlan:
    """What the start page tells of a plan that ships with the program; money in 分, None: no list was published."""

    key: str
    title: str
    issued_on: str
    projects: int
    indicators: int
    total_investment: int | None


class Row(QAbstractButton):
    """A clickable line: hover tint, focus ring, Enter."""

    def __init__(self, theme: Theme, height: int) -> None:
        super().__init__()
        self._theme = theme
        self._height = height
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(self._height))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _ground(self, painter: QPainter) -> None:
        if self.underMouse():
            paint.box(painter, self._theme, self.rect(), "hover")
        if self.hasFocus():
            paint.focus(painter, self._theme, self.rect())

    def _line(self, painter: QPainter) -> None:
        paint.hairline(painter, self._theme, QPointF(0, self.height() - 1), self.width())

    def _at(self, left: float, top: float, width: float, height: float) -> QRectF:
        px = self._theme.px
        return QRectF(px(left), px(top), width, px(height))


class ActionCard(Row):
    """One of the big buttons at the left: drawing, verb, and a line that says what happens."""

    def __init__(self, theme: Theme, drawing: str, verb: str, hint: str, is_primary: bool = False) -> None:
        super().__init__(theme, 54)
        self._drawing, self._hint, self._is_primary = drawing, hint, is_primary
        self.setText(verb)
        self.setAccessibleName(verb)
        self.setAccessibleDescription(hint)

    def be_primary(self, is_primary: bool) -> None:
        """Stand out, or step back while its own page is open."""
        self._is_primary = is_primary
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        ground = QRectF(self.rect())
        if self._is_primary:
            paint.box(painter, theme, ground, "accent2" if self.underMouse() else "accent", radius=4)
        else:
            fill = "select" if self.underMouse() else "surface"
            paint.box(painter, theme, ground, fill, border="line2", radius=4)
        if self.hasFocus() and self._is_primary:
            paint.box(painter, theme, ground.adjusted(3, 3, -3, -3), None, border="onaccent", radius=3)
        elif self.hasFocus():
            paint.focus(painter, theme, ground)
        mark, words, hint = ("onaccent", "onaccent", "onaccent") if self._is_primary else ("accent", "text", "text3")
        paint.icon(painter, theme, QPointF(theme.px(15), theme.px(17)), self._drawing, mark, 20)
        width = self.width() - theme.px(62)
        paint.text(painter, theme, self._at(50, 8, width, 20), self.text(), words, px=14, medium=True)
        paint.text(painter, theme, self._at(50, 29, width, 18), self._hint, hint, px=12)


class RecentRow(Row):
    """A ledger that was opened here; Delete or the menu takes it out of the list."""

    forgotten = Signal()

    def __init__(self, theme: Theme, recent: Recent, is_first: bool) -> None:
        super().__init__(theme, 57)
        self._is_first = is_first
        self._recent = recent
        self._is_there = recent.path.is_file()
        self._when = when(recent.opened_at)
        self.setAccessibleName(f"打开 {recent.name}")
        self.setAccessibleDescription(f"{recent.path}，{self._when}")
        self.setToolTip(str(recent.path))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.forgotten.emit()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        forget = QAction("从列表移去（文件不动）", menu)
        forget.triggered.connect(self.forgotten)
        menu.addAction(forget)
        menu.popup(event.globalPos())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        self._ground(painter)
        self._line(painter)
        if self._is_first:
            paint.hairline(painter, theme, QPointF(0, 0), self.width())
        paint.icon(
            painter, theme, QPointF(theme.px(8), theme.px(18)), "book", "text2" if self._is_there else "ghost", 20
        )
        right = QRectF(0, 0, self.width() - theme.px(8), 0)
        aside = theme.px(150)
        width = self.width() - theme.px(44) - aside
        token = "text" if self._is_there else "text3"
        used = paint.text(painter, theme, self._at(40, 9, width, 21), self._recent.name, token, px=14, medium=True)
        if self._recent.is_demo:
            tag = QRectF(theme.px(40) + used + theme.px(8), theme.px(11), theme.px(34), theme.px(18))
            paint.box(painter, theme, tag, "yellowbg", radius=3)
            paint.text(painter, theme, tag, "示例", "yellowt", px=11, align=paint.CENTER)
        place = short_place(self._recent.path) if self._is_there else f"找不到文件：{self._recent.path}"
        middle = Qt.TextElideMode.ElideMiddle
        paint.text(painter, theme, self._at(40, 31, width, 18), place, "text3", px=12, elide=middle)
        for top, height, words, each, px in (
            (9, 21, self._when, "text2", 13),
            (31, 18, f"{self._recent.projects} 项", "text3", 12),
        ):
            area = QRectF(right.right() - aside, theme.px(top), aside, theme.px(height))
            paint.text(painter, theme, area, words, each, px=px, align=paint.RIGHT)


class PlanRow(Row):
    """A bundled plan with its figures; a click begins a ledger with it."""

    def __init__(self, theme: Theme, plan: BundledPlan) -> None:
        super().__init__(theme, 34)
        self._plan = plan
        self.setAccessibleName(f"从{plan.title}新建台账")
        self.setToolTip("从这个方案新建台账")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, plan = QPainter(self), self._theme, self._plan
        self._ground(painter)
        self._line(painter)
        figures = {
            "issued": plan.issued_on[:7] or "—",
            "projects": str(plan.projects) if plan.projects else "—",
            "indicators": str(plan.indicators) if plan.indicators else "—",
            "money": show_money(plan.total_investment) or "—",
        }
        left = paint_figures(painter, theme, self, figures, "text", 13, medium=False)
        area = QRectF(theme.px(8), 0, left - theme.px(12), self.height())
        paint.text(painter, theme, area, plan.title, elide=Qt.TextElideMode.ElideMiddle)


class PlanHead(QWidget):
    """The header of the table of bundled plans."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(theme.px(31))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        titles = {key: title for key, title, _ in FIGURE_COLUMNS}
        paint_figures(painter, theme, self, titles, "text2", 12, medium=True)
        area = QRectF(theme.px(8), 0, theme.px(200), self.height())
        paint.text(painter, theme, area, "方案", "text2", px=12, medium=True)
        for top in (0, self.height() - 1):
            paint.hairline(painter, theme, QPointF(0, top), self.width())


def paint_figures(
    painter: QPainter, theme: Theme, row: QWidget, words: dict[str, str], token: str, px: float, *, medium: bool
) -> float:
    """The figure columns from the right edge inwards; gives where they begin."""
    right = float(row.width() - theme.px(8))
    is_narrow = row.width() < theme.px(NARROW)
    shown_columns = [column for column in FIGURE_COLUMNS if not is_narrow or column[0] in KEPT_WHEN_NARROW]
    for key, _, width in reversed(shown_columns):
        area = QRectF(right - theme.px(width), 0, theme.px(width), row.height())
        shown = "ghost" if words[key] == "—" else token
        paint.text(painter, theme, area, words[key], shown, px=px, medium=medium, align=paint.RIGHT)
        right -= theme.px(width)
    return right


def when(opened_at: str) -> str:
    """今天 10:58, 昨天 17:40, 7月3日, 2024年7月3日."""
    try:
        moment = dt.datetime.fromisoformat(opened_at)
    except ValueError:
        return ""
    today = clock.today()
    days = (today - moment.date()).days
    if days in (0, 1):
        return f"{('今天', '昨天')[days]} {moment:%H:%M}"
    year = "" if moment.year == today.year else f"{moment.year}年"
    return f"{year}{moment.month}月{moment.day}日"


def short_place(path: Path) -> str:
    """Where a file lies, as people say it: 主文件夹 › 文档 › 台账.laoxiao."""
    home = Path.home()
    if path.is_relative_to(home):
        return " › ".join(("主文件夹", *path.relative_to(home).parts))
    return str(path)
