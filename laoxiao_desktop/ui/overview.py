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
from laoxiao_desktop.ui.overview_meanings import FigureTips
from laoxiao_desktop.ui.overview_months import OverviewMonths
from laoxiao_desktop.ui.overview_page import Page
from laoxiao_desktop.ui.overview_sheet import OverviewSheet
from laoxiao_desktop.ui.overview_text import text_of
from laoxiao_desktop.ui.overview_words import page_of
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import briefing, months
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
        ("总览", "Alt+← / Alt+→", "看上一个月、下一个月"),
        ("总览", "Ctrl+C", "复制这一处；右键复制整页"),
        ("总览", "F5", "重新读取"),
    )

    figures_changed = Signal(object)
    way_wanted = Signal(object)
    search_wanted = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._is_stale = True
        self._month: str | None = None  # an earlier month that is looked at; None for the newest
        self._search: str | None = None  # what stood in the search field; None when the place was just entered
        self._page = Page()
        self._job: Job | None = None
        self._figures: tuple[tuple[str, str], ...] = ()
        self._watch = FindingsWatch.of(session)
        self.sheet = OverviewSheet(theme, self)
        FigureTips(self.sheet)
        self.sheet.way_wanted.connect(self.way_wanted)
        self.area: QScrollArea = scroll.column(self.sheet)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.button = QPushButton(self.sheet)
        style.set_kind(self.button, "primary")
        self.button.clicked.connect(self._press)
        self.button.hide()
        self.months = OverviewMonths(theme, self.sheet)
        self.months.chosen.connect(self._look_at)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.ask)
        self._watch.told.connect(self._count_findings)
        session.ledger_opened.connect(lambda: self._look_at(None))
        session.ledger_closing.connect(self._stop)
        session.ledger_closed.connect(self._empty)
        session.scope_changed.connect(self._renew)
        session.touched.connect(self._on_touched)
        theme.changed.connect(self._place_button)
        theme.changed.connect(self._place_months)
        for keys, do in (
            ("F5", self.ask),
            ("Alt+Left", lambda: self.months.step(-1)),
            ("Alt+Right", lambda: self.months.step(1)),
        ):
            QShortcut(QKeySequence(keys), self, do, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # ── the place protocol ───────────────────────────────────────────────────────────────────────────────────

    def set_search(self, text: str) -> None:
        """What is typed here is looked for among the projects; what already stands in the field stays there."""
        is_typed = self._search is not None and text != self._search
        self._search = text
        if is_typed and text.strip():
            self.search_wanted.emit()

    def page_text(self) -> str:
        """The page as text."""
        return text_of(self.sheet.page)

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
        month = self._month = self._month if self._month in self._opened() else None
        if self._session.ledger.summary().projects <= _AT_ONCE:
            self._show(self._session.read(briefing.briefing, scope, month))
            return
        ledger = self._session.ledger
        job = Job(lambda _progress: _read(ledger, scope, month))
        job.done.connect(lambda told: self._take(job, told))
        job.failed.connect(self._tell)
        job.ended.connect(lambda: self._session.busy.emit(""))
        self._job = job
        self._session.busy.emit("正在汇总……")
        job.start()

    def _opened(self) -> tuple[str, ...]:
        return tuple(line.month for line in self._session.read(months.months))

    def _look_at(self, month: str | None) -> None:
        """Tell of another month; None for the newest."""
        self._month = month
        self._renew()

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
        self.months.show_month(self._page.month, self._session.read(months.months))
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
        section = findings_section(None if is_waiting else listed, is_running=not self._watch.is_put_off)
        now = (section,) if self._month is None else ()  # findings are of today
        self._place_months()
        self.sheet.show_page(replace(self._page, sections=(*self._page.sections, *now)))
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
        self.months.show_month("", ())
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

    def _place_months(self) -> None:
        """The month in the place of the title, the way back to the newest at the other end."""
        theme, area = self._theme, self.sheet.layout_now.title
        size, back = self.months.sizeHint(), self.months.newest.sizeHint()
        top = round(area.center().y())
        self.months.setGeometry(round(area.left()) - theme.px(8), top - size.height() // 2, size.width(), size.height())
        self.months.newest.setGeometry(
            round(area.right()) - back.width(), top - back.height() // 2, back.width(), back.height()
        )
        self.sheet.title_width = 0 if self.months.isHidden() else size.width() - theme.px(16)

    def _press(self) -> None:
        if self.sheet.page.button_way is not None:
            self.way_wanted.emit(self.sheet.page.button_way)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheet.fit(QSize(self.width(), self.height()))
        self._place_months()
        self._place_button()


def _read(ledger: Ledger, scope: Scope, month: str | None) -> Briefing:
    with ledger.reader() as reader:
        return briefing.briefing(reader, scope, month)
