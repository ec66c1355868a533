"""数据交换: lists are read in, data packages given out and taken back, conflicts decided, receipts kept."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import conflict_page, import_wizard, paint
from laoxiao_desktop.ui.conflict_page import ConflictPage
from laoxiao_desktop.ui.exchange_ways import GIVE, READ, SETTLE, TAKE, packages_of
from laoxiao_desktop.ui.import_wizard import ImportWizard
from laoxiao_desktop.ui.package_give import GivePage
from laoxiao_desktop.ui.package_take import TakePage
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Place, Way

READING, GIVING, TAKING, SETTLING = range(4)
_TITLES: Final = ("读入清单", "发出数据包", "收回数据包", "冲突与回执")
_PAGES: Final = {READ: READING, GIVE: GIVING, TAKE: TAKING, SETTLE: SETTLING}
_HEIGHT: Final = 40


class ExchangePlace(QWidget):
    """Four pages under tabs. `new_ledger_asked`: a package that begins a ledger of its own."""

    title = "数据交换"
    icon = "arrow_swap"
    key = "exchange"
    KEYS = (
        ("数据交换", "Alt+1 … Alt+4", "读入清单、发出数据包、收回数据包、冲突与回执"),
        *import_wizard.KEYS,
        *conflict_page.KEYS,
    )

    figures_changed = Signal(object)
    way_wanted = Signal(object)
    new_ledger_asked = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self.reading = ImportWizard(session, theme)
        self.giving = GivePage(session, theme)
        self.taking = TakePage(session, theme)
        self.settling = ConflictPage(session, theme)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("数据交换的四页")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self._stack = QStackedWidget()
        for page, words in zip(self._pages, _TITLES, strict=True):
            self.tabs.addTab(words)
            self._stack.addWidget(page)
        self._lay_out()
        self._connect()

    @property
    def _pages(self) -> tuple[ImportWizard, GivePage, TakePage, ConflictPage]:
        return self.reading, self.giving, self.taking, self.settling

    @property
    def heart(self) -> QWidget:
        """Where the keyboard goes."""
        return self._pages[self.tabs.currentIndex()].heart

    def activate(self) -> None:
        """The place comes to the front."""
        self.figures_changed.emit(())
        self.settling.count()
        self._pages[self.tabs.currentIndex()].activate()

    def follow(self, way: Way) -> None:
        """Come here for a page, for a package, or to read a list."""
        what = way.of if isinstance(way, Place) else ""
        if found := packages_of(what):
            self.look_at(*found)
        elif what in _PAGES:
            self.show_page(_PAGES[what])
        elif what:
            self.show_page(READING)
            self.reading.follow(way)

    def show_page(self, page: int) -> None:
        """Shows one of the four and gives it the keyboard."""
        self.tabs.setCurrentIndex(page)
        self.heart.setFocus()

    def look_at(self, *packages: Path) -> None:
        """Shows what packages would bring, one after the other."""
        self.show_page(TAKING)
        self.taking.look_at(*packages)

    def _lay_out(self) -> None:
        px = self._theme.px
        strip = QHBoxLayout()
        strip.setContentsMargins(px(20), 0, px(20), 0)
        strip.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        strip.addStretch(1)
        self._strip = QWidget()
        self._strip.setLayout(strip)
        self._strip.setFixedHeight(px(_HEIGHT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addSpacing(1)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self.reading.way_wanted.connect(self.way_wanted)
        self.reading.package_met.connect(self.look_at)
        self.taking.new_ledger_asked.connect(self.new_ledger_asked)
        self.taking.conflicts_asked.connect(lambda: self.show_page(SETTLING))
        self.taking.receipt_asked.connect(self._show_receipt)
        self.settling.way_wanted.connect(self.way_wanted)
        self.settling.taking_asked.connect(lambda: self.show_page(TAKING))
        self.settling.counted.connect(self._show_count)
        for number in range(len(_TITLES)):
            shortcut = QShortcut(QKeySequence(f"Alt+{number + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda page=number: self.show_page(page))

    def _turn(self, page: int) -> None:
        self._stack.setCurrentIndex(page)
        if self._session.has_ledger:
            self._pages[page].activate()

    def _show_receipt(self, uid: str) -> None:
        self.show_page(SETTLING)
        self.settling.show_receipt(uid)

    def _show_count(self, count: int) -> None:
        self.tabs.setTabText(SETTLING, f"{_TITLES[SETTLING]} {count}" if count else _TITLES[SETTLING])

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "surface")
        paint.hairline(painter, self._theme, QPointF(0, self._strip.height()), self.width())
        painter.end()
