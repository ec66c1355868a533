"""总览: what an official asks of the month on one screen; every figure leads to exactly its rows."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.ui import scroll, style
from laoxiao_desktop.ui.background import Job
from laoxiao_desktop.ui.findings_watch import FindingsWatch, Told
from laoxiao_desktop.ui.overview_lists import findings_section
from laoxiao_desktop.ui.overview_page import Page
from laoxiao_desktop.ui.overview_sheet import OverviewSheet
from laoxiao_desktop.ui.overview_words import page_of
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import briefing
from laoxiao_desktop.workspace.briefing import Briefing
from laoxiao_desktop.workspace.ledger import Ledger

_AT_ONCE = 400  # projects up to which the page is read without a thread
_RANK = {"error": 0, "warning": 1, "note": 2}


class OverviewPlace(QWidget):
    """The place. `way_wanted` carries where a figure leads, `figures_changed` (label, value) for the status line.

    `search_wanted` says that the search field is being typed into.
    """

    title = "总览"
    icon = "data_pie"
    key = "overview"
    KEYS = (
        ("总览", "Tab / 方向键", "到下一个数字"),
        ("总览", "Enter", "看这个数字后面的项目"),
        ("总览", "F5", "重新读取"),
    )

    figures_changed = Signal(object)
    way_wanted = Signal(object)
    search_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._is_stale = True
        self._search: str | None = None  # what stood in the search field; None when the place was just entered
        self._page = Page()
        self._job: Job | None = None
        self._figures: tuple[tuple[str, str], ...] = ()
        self._watch = FindingsWatch.of(session)
        self.sheet = OverviewSheet(theme, self)
        self.sheet.way_wanted.connect(self.way_wanted)
        self.area: QScrollArea = scroll.column(self.sheet)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.button = QPushButton(self.sheet)
        style.set_kind(self.button, "primary")
        self.button.clicked.connect(self._press)
        self.button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.ask)
        self._watch.told.connect(self._count_findings)
        session.ledger_opened.connect(self._renew)
        session.ledger_closing.connect(self._stop)
        session.ledger_closed.connect(self._empty)
        session.scope_changed.connect(self._renew)
        session.touched.connect(self._on_touched)
        theme.changed.connect(self._place_button)
        QShortcut(QKeySequence("F5"), self, self.ask, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ── the place protocol ───────────────────────────────────────────────────────────────────────────────────

    def set_search(self, text: str) -> None:
        """What is typed here is looked for among the projects; what already stands in the field stays there."""
        is_typed = self._search is not None and text != self._search
        self._search = text
        if is_typed and text.strip():
            self.search_wanted.emit()

    def activate(self) -> None:
        """The place comes to the front."""
        self._search = None
        if self._is_stale and self._session.has_ledger:
            self.ask()
        self.figures_changed.emit(self._figures)
        self._take_focus()

    def _take_focus(self) -> None:
        heart: QWidget = self.button if not self.button.isHidden() else next(iter(self.sheet.spots()), self.sheet)
        self.heart: QWidget = heart  # the keyboard goes here; a focus proxy would take the bar from Tab
        heart.setFocus()

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────

    def ask(self) -> None:
        """Read everything again; a large ledger is read in a thread, and the old page stays until then."""
        if not self._session.has_ledger:
            return
        self._is_stale = False
        self._stop()
        scope = Scope(self._session.scope.plan, self._session.scope.county)
        if self._session.ledger.summary().projects <= _AT_ONCE:
            self._show(self._session.read(briefing.briefing, scope))
            return
        ledger = self._session.ledger
        job = Job(lambda _progress: _read(ledger, scope))
        job.done.connect(lambda told: self._take(job, told))
        job.failed.connect(self._tell)
        job.ended.connect(lambda: self._session.busy.emit(""))
        self._job = job
        self._session.busy.emit("正在汇总……")
        job.start()

    def _take(self, job: Job, told: object) -> None:
        if job is self._job and isinstance(told, Briefing):
            self._job = None
            self._show(told)

    def _tell(self, problem: object) -> None:
        if isinstance(problem, UserError):
            self._session.refused.emit(problem)
        elif isinstance(problem, BaseException):
            raise problem

    def _show(self, told: Briefing) -> None:
        self._page = page_of(told, can_open_month=not self._session.ledger.is_read_only)
        self._count_findings(self._watch.newest)
        figures = told.overview.figures
        self._figures = (
            ("", f"{figures.projects} 项"),
            ("总投资", show_money(figures.total_investment) or "0"),
            ("申请中央", show_money(figures.central_request) or "0"),
        )
        self.figures_changed.emit(self._figures)

    def _count_findings(self, told: Told) -> None:
        plan = self._session.scope.plan
        counted: dict[tuple[int, str, str], int] = {}
        for finding in told.open:
            if plan in (None, finding.plan):
                key = (_RANK.get(finding.severity, 9), finding.title, finding.severity)
                counted[key] = counted.get(key, 0) + 1
        ordered = sorted(counted.items(), key=lambda pair: (pair[0][0], -pair[1], pair[0][1]))
        listed = [(title, severity, count) for (_, title, severity), count in ordered]
        is_waiting = not told.is_known
        section = findings_section(None if is_waiting else listed, is_running=self._watch.is_busy)
        self.sheet.show_page(replace(self._page, sections=(*self._page.sections, section)))
        self._place_button()

    def _renew(self, _what: object = None) -> None:
        if self.isVisible():
            self._soon.start()
        else:
            self._is_stale = True

    def _on_touched(self, _change: Change) -> None:
        self._renew()

    def _stop(self) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            job.wait()
            self._session.busy.emit("")

    def _empty(self) -> None:
        self._is_stale = True
        self._page = Page()
        self.sheet.show_page(self._page)
        self.button.hide()

    # ── the button ───────────────────────────────────────────────────────────────────────────────────────────

    def _place_button(self) -> None:
        page, theme = self.sheet.page, self._theme
        self.button.setVisible(bool(page.button))
        if page.button:
            self.button.setText(page.button)
            notice = self.sheet.layout_now.notice
            size = self.button.sizeHint()
            self.button.resize(size)
            self.button.move(
                round(notice.right() - size.width() - theme.px(6)),
                round(notice.center().y() - size.height() / 2),
            )

    def _press(self) -> None:
        if self.sheet.page.button_way is not None:
            self.way_wanted.emit(self.sheet.page.button_way)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.fit(QSize(self.width(), self.height()))
        self._place_button()


def _read(ledger: Ledger, scope: Scope) -> Briefing:
    with ledger.reader() as reader:
        return briefing.briefing(reader, scope)
