"""The line above the pages of a report: where one is, what it is, and how it is fitted."""

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QToolButton, QWidget
from typing_extensions import override

from laoxiao_desktop.models.plain_text import half_width
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.report_layout import Fit
from laoxiao_desktop.ui.theme import Theme

ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)


class ReportHead(QWidget):
    """`step` turns pages, `page_asked` carries one (from 0), `fit_chosen` how they are to be fitted.

    `find_step` goes through what was found.
    """

    step = Signal(int)
    page_asked = Signal(int)
    find_step = Signal(int)
    side_asked = Signal(bool)
    fit_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ""
        self._before = QLabel("第", self)
        self._after = QLabel(self)
        self._before.setTextFormat(Qt.TextFormat.PlainText)
        self._after.setTextFormat(Qt.TextFormat.PlainText)
        self._page = PageBox(self)
        self._page.asked.connect(self.page_asked)
        self._busy = QLabel(self)
        self._before.setProperty("tone", "text2")
        self._after.setProperty("tone", "text2")
        self._busy.setTextFormat(Qt.TextFormat.PlainText)
        self._busy.setProperty("tone", "text3")
        self._found = QLabel(self)
        self._found.setTextFormat(Qt.TextFormat.PlainText)
        self._found.setProperty("tone", "text2")
        self.side, self.previous_hit, self.next_hit = QToolButton(self), QToolButton(self), QToolButton(self)
        self.side.setCheckable(True)
        self.side.toggled.connect(self.side_asked)
        self.previous_hit.clicked.connect(lambda: self.find_step.emit(-1))
        self.next_hit.clicked.connect(lambda: self.find_step.emit(1))
        self._back, self._on, self._fit = QToolButton(self), QToolButton(self), QToolButton(self)
        self._back.clicked.connect(lambda: self.step.emit(-1))
        self._on.clicked.connect(lambda: self.step.emit(1))
        for button, words in (
            (self.side, "页面和目录（F4）"),
            (self.previous_hit, "上一处（Shift+F3）"),
            (self.next_hit, "下一处（F3）"),
            (self._back, "上一页（PgUp）"),
            (self._on, "下一页（PgDn）"),
        ):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self._fit.setAccessibleName("显示大小")
        self._fit.setToolTip("显示大小（Ctrl+滚轮）")
        self._fit.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._fit.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._fit.clicked.connect(self._offer_fits)
        row = QHBoxLayout(self)
        row.addWidget(self.side)
        for part in (self._before, self._page, self._after):
            row.addWidget(part)
        row.addWidget(self._busy)
        row.addStretch(1)
        row.addWidget(self._found)
        row.addWidget(self.previous_hit)
        row.addWidget(self.next_hit)
        for button in (self._back, self._on, self._fit):
            row.addWidget(button)
        self._row = row
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_fit("page")
        self.show_found("", False)
        self.show_place(0, 0, 0)

    def _restyle(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(40))
        self._row.setContentsMargins(theme.px(8), 0, theme.px(10), 0)
        self._row.setSpacing(theme.px(6))
        self._busy.setFont(theme.font(12))
        self._found.setFont(theme.font(12))
        self._page.setFixedSize(theme.px(56), theme.px(26))
        set_drawing(self.side, theme, "panel_left", "text2", 20)
        set_drawing(self.previous_hit, theme, "chevron_up", "text2", 16)
        set_drawing(self.next_hit, theme, "chevron_down", "text2", 16)
        set_drawing(self._back, theme, "chevron_left", "text2", 20)
        set_drawing(self._on, theme, "chevron_right", "text2", 20)
        set_drawing(self._fit, theme, "chevron_down", "text3", 12)

    @property
    def place(self) -> str:
        """Which pages are in sight."""
        return f"第 {self._page.shown} {self._after.text()}" if self._page.shown else ""

    def ask_page(self) -> None:
        """The keyboard goes to the number of the page."""
        if self._page.isVisible():
            self._page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_title(self, title: str) -> None:
        """Shows which report it is."""
        self._title = title
        self.update()

    def show_place(self, first: int, last: int, count: int) -> None:
        """Shows which pages are in sight."""
        self._page.show_pages(first, last, count)
        self._after.setText(f"页，共 {count} 页")
        for part in (self._before, self._page, self._after):
            part.setVisible(count > 0)
        self._back.setEnabled(first > 1)
        self._on.setEnabled(last < count)

    def show_fit(self, fit: Fit) -> None:
        """Shows how pages are fitted."""
        self._fit.setText({"page": "整页", "width": "适合宽度"}[fit] if isinstance(fit, str) else f"{fit:.0%}")

    @property
    def found(self) -> str:
        """What is said of the search."""
        return self._found.text()

    def show_found(self, words: str, has_hits: bool) -> None:
        """Says what was found; the two buttons stand there when there is something to step through."""
        self._found.setText(words)
        self._found.setVisible(bool(words))
        self.previous_hit.setVisible(has_hits)
        self.next_hit.setVisible(has_hits)

    def say(self, words: str) -> None:
        """A quiet word on what is going on; nothing for nothing."""
        self._busy.setText(words)

    def _offer_fits(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries: list[tuple[str, Fit]] = [("整页\tCtrl+0", "page"), ("适合宽度", "width")]
        entries += [(f"{zoom:.0%}", zoom) for zoom in ZOOMS]
        for number, (words, fit) in enumerate(entries):
            if number == 2:
                menu.addSeparator()
            menu.addAction(words, lambda fit=fit: self.fit_chosen.emit(fit))
        menu.popup(self._fit.mapToGlobal(QPoint(0, self._fit.height() + 2)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        paint.text(painter, self._theme, self.rect(), self._title, medium=True, align=paint.CENTER)
        paint.hairline(painter, self._theme, QPointF(0, self.height() - 1), self.width())
        painter.end()


class PageBox(QLineEdit):
    """The number of the page in sight; another one typed and Enter goes there. `asked` carries a page from 0."""

    asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.shown = ""
        self._count = 0
        self.setAccessibleName("第几页")
        self.setToolTip("写页号后按 Enter（Ctrl+G）")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setMaxLength(6)
        self.returnPressed.connect(self._go)

    def show_pages(self, first: int, last: int, count: int) -> None:
        """Shows which pages are in sight."""
        self.shown = "" if not count else str(first) if first == last else f"{first}—{last}"
        self._count = count
        if not self.hasFocus():
            self.setText(self.shown)

    def _go(self) -> None:
        typed = half_width(self.text()).strip()
        if typed.isascii() and typed.isdigit() and self._count:
            page = max(1, min(int(typed), self._count))
            self.asked.emit(page - 1)
        self.setText(self.shown)
        self.selectAll()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setText(self.shown)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc forgets what was typed."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self.shown:
            self.setText(self.shown)
            self.selectAll()
            event.accept()
            return
        super().keyPressEvent(event)
