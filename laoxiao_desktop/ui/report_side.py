"""The pane beside the pages: all pages small, or the outline of the report; folded away with F4."""

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.background import Job
from laoxiao_desktop.ui.page_outline import Section, outline_of, section_at
from laoxiao_desktop.ui.page_reading import ReadingView
from laoxiao_desktop.ui.record_tabs import RecordTabs
from laoxiao_desktop.ui.report_making import Made
from laoxiao_desktop.ui.report_outline import OutlineList
from laoxiao_desktop.ui.report_thumbs import WIDTH, PageThumbs
from laoxiao_desktop.ui.theme import Theme

PAGES, OUTLINE = range(2)
WIDE = 236  # with the outline


class ReportSide(QWidget):
    """页面 and 目录; a report without an outline shows its pages alone. `turned` carries the tab that was chosen."""

    turned = Signal(int)

    def __init__(self, theme: Theme, view: ReadingView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._view = theme, view
        self._made: Made | None = None
        self._job: Job | None = None
        self._wanted = PAGES
        self._held: Section | None = None  # the section that was gone to, marked while it is in sight
        self.thumbs = PageThumbs(theme, self)
        self.outline = OutlineList(theme, self)
        self.tabs = RecordTabs(theme, self)
        self.tabs.setAccessibleName("页面或目录")
        self.tabs.addTab("页面")
        self.tabs.addTab("目录")
        self.tabs.hide()
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.thumbs)
        self._stack.addWidget(self.outline)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 1, 0)
        self._column.setSpacing(0)
        self._row = QHBoxLayout()
        self._row.addWidget(self.tabs)
        self._column.addLayout(self._row)
        self._column.addWidget(self._stack, 1)
        self.tabs.tabBarClicked.connect(self._turn)
        self.tabs.currentChanged.connect(self._show_tab)
        self.thumbs.chosen.connect(view.go_to_page)
        self.outline.chosen.connect(self._go)
        view.shown_changed.connect(self.thumbs.show_here)
        view.verticalScrollBar().valueChanged.connect(lambda _at: self._follow())
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_tab(self, tab: int) -> None:
        """Shows a tab where the report has it."""
        self._wanted = tab
        has_outline = bool(self.outline.sections)
        self.tabs.setCurrentIndex(tab if has_outline else PAGES)

    def show_report(self, made: Made) -> None:
        """Takes the pages that are shown; does nothing while the pane is folded away."""
        self._made = made
        if self.isHidden():
            return
        self.thumbs.show_document(made.content, made.sizes)
        self._read(made)

    def unfold(self, is_shown: bool) -> None:
        """Folds the pane away, or shows it with what is in hand."""
        self.setVisible(is_shown)
        if is_shown and self._made is not None:
            self.show_report(self._made)

    def forget(self) -> None:
        """No report is shown."""
        self._made = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        self.thumbs.clear()
        self._list(())

    # ── the outline ──────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, made: Made) -> None:
        if self._job is not None:
            self._job.cancel()
        content = made.content
        job = Job(lambda progress: outline_of(content, progress))
        job.done.connect(self._take)
        self._job = job
        job.start()

    def _take(self, sections: object) -> None:
        if self.sender() is self._job and isinstance(sections, tuple):
            self._job = None
            self._list(sections)

    def _list(self, sections: tuple[Section, ...]) -> None:
        if sections != self.outline.sections:
            self._held = None
            self.outline.show_sections(sections)
        self.tabs.setVisible(bool(sections))
        self.show_tab(self._wanted)
        self._follow()

    def _go(self, section: Section) -> None:
        self._held = section
        self._view.go_to_spot(section.page, section.top)
        self._follow()

    def _follow(self) -> None:
        """Marks the section that is being read; the one that was gone to stays marked while it is in sight."""
        held, sections = self._held, self.outline.sections
        if not sections:
            return
        if held is not None and held in sections and self._view.is_in_sight(held.page, held.top):
            self.outline.mark(sections.index(held))
            return
        self._held = None
        self.outline.mark(max(0, section_at(sections, *self._view.spot_in_hand())))

    # ── the tabs ─────────────────────────────────────────────────────────────────────────────────────────────

    def _turn(self, tab: int) -> None:
        if tab >= 0:
            self._wanted = tab
            self.turned.emit(tab)

    def _show_tab(self, tab: int) -> None:
        if self.tabs.hasFocus() and tab != self._wanted:  # by the arrow keys
            self._turn(tab)
        self._stack.setCurrentIndex(tab)
        self.setFixedWidth(self._theme.px(WIDE if tab == OUTLINE else WIDTH + 1))

    def _restyle(self) -> None:
        px = self._theme.px
        self.tabs.restyle()
        self._row.setContentsMargins(px(12), 0, px(8), 0)
        self.setFixedWidth(px(WIDE if self.tabs.currentIndex() == OUTLINE else WIDTH + 1))
        self.outline.setStyleSheet(f"QListWidget {{ background: {self._theme.tokens.surface}; border: none; }}")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        if self.tabs.isVisible():
            paint.hairline(painter, self._theme, QPointF(0, self.tabs.height() - 1), self.width())
        paint.hairline(painter, self._theme, QPointF(self.width() - 1, 0), self.height(), upright=True)
        painter.end()
