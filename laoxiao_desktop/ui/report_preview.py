"""The preview of a report: the line above its pages, the pane beside them, the pages, and finding words in them."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laoxiao_desktop.ui.page_reading import ReadingView
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.report_find import PageFinder
from laoxiao_desktop.ui.report_head import ReportHead
from laoxiao_desktop.ui.report_making import Made
from laoxiao_desktop.ui.report_side import ReportSide
from laoxiao_desktop.ui.report_strip import ReportStrip
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings

SIDE, TAB, FIT = "reports.thumbs", "reports.tab", "reports.fit"


class ReportPreview(QWidget):
    """Everything right of the panel; how the pages are fitted and which pane stands there is remembered."""

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self.head = ReportHead(theme, self)
        self.strip = ReportStrip(theme, self)
        self.progress = ProgressStrip(theme, self)
        self.pages = ReadingView(theme, self)
        self.side = ReportSide(theme, self.pages, self)
        self.finder = PageFinder(self.pages, self)
        sheets = QHBoxLayout()
        sheets.setSpacing(0)
        sheets.addWidget(self.side)
        sheets.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.strip)
        aside = QHBoxLayout()
        aside.setContentsMargins(theme.px(16), 0, theme.px(12), 0)
        aside.addWidget(self.progress)
        column.addLayout(aside)
        column.addLayout(sheets, 1)
        self._connect()
        self.side.show_tab(1 if settings.text(TAB) == "1" else 0)
        self.head.side.setChecked(settings.text(SIDE) == "1")
        self.side.setVisible(self.head.side.isChecked())
        if settings.text(FIT) == "width":
            self.pages.set_fit("width")

    def _connect(self) -> None:
        head, pages = self.head, self.pages
        pages.shown_changed.connect(head.show_place)
        pages.fit_changed.connect(head.show_fit)
        pages.fit_changed.connect(self._keep_fit)
        head.step.connect(lambda by: pages.next_row() if by > 0 else pages.previous_row())
        head.page_asked.connect(self._go_to_page)
        head.fit_chosen.connect(pages.set_fit)
        head.find_step.connect(self.finder.step)
        head.side_asked.connect(self._fold)
        self.finder.told.connect(head.show_found)
        self.side.turned.connect(lambda tab: self._settings.put(TAB, "1" if tab else ""))
        for keys, answer in (
            ("F3", lambda: self.finder.step(1)),
            ("Shift+F3", lambda: self.finder.step(-1)),
            ("F4", head.side.toggle),
            ("Ctrl+G", head.ask_page),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(answer)

    def show_made(self, made: Made) -> None:
        """Shows other pages; the place where one reads stays."""
        self.pages.show_document(made.content, made.sizes)
        self.side.show_report(made)
        self.finder.take(made.content)

    def clear(self) -> None:
        """Shows the bare ground."""
        self.pages.clear()
        self.side.forget()
        self.finder.take(b"")

    def _go_to_page(self, page: int) -> None:
        self.pages.go_to_page(page)
        self.pages.setFocus()

    def _fold(self, is_shown: bool) -> None:
        self._settings.put(SIDE, "1" if is_shown else "")
        self.side.unfold(is_shown)

    def _keep_fit(self, fit: object) -> None:
        self._settings.put(FIT, "width" if fit == "width" else "")
