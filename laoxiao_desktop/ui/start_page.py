"""The first page: begin a ledger, open one, go on with a recent one, or look at the example."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui import labels, paint, scroll, style
from laoxiao_desktop.ui.background import Job
from laoxiao_desktop.ui.new_ledger_panel import NewLedger, NewLedgerPanel
from laoxiao_desktop.ui.package_start import PackageStartPanel
from laoxiao_desktop.ui.person_panel import PersonPanel
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.start_rows import ActionCard, BundledPlan, PlanHead, PlanRow, RecentRow
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings

INTRO = "整体解决方案里的每个项目：投资、中央资金、里程碑和报告，都在这台电脑上，不用联网。"
NO_LIST = "没有数字的方案，项目清单未随文公布。"


class StartPage(QWidget):
    """What a person sees without a ledger. The first time, name and unit are asked before the chosen action goes on."""

    create_asked = Signal(object)  # NewLedger
    open_asked = Signal(object)  # Path, or None to choose a file
    demo_asked = Signal()
    package_asked = Signal(object)  # PackageStart

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self.plans: tuple[BundledPlan, ...] = ()
        self._pending: Callable[[], None] | None = None
        self.create_card = ActionCard(theme, "add", "新建台账", "从已收录的方案或空白开始", is_primary=True)
        self.open_card = ActionCard(theme, "folder_open", "打开台账", ".laoxiao 文件")
        self.demo_card = ActionCard(theme, "lightbulb", "试用示例", "五个方案的真实项目，可随意改动")
        self.package_card = ActionCard(theme, "arrow_swap", "从数据包开始…", "别人发来的 .lxp 文件")
        self.person_panel = PersonPanel(theme)
        self.progress = ProgressStrip(theme)
        self.new_panel = NewLedgerPanel(theme)
        self.package_panel = PackageStartPanel(theme)
        self._back = QPushButton("返回")
        style.set_kind(self._back, "quiet")
        self._back.clicked.connect(self._leave_person)
        self._recents = _Section(theme, "最近的台账")
        self._plans = _Section(theme, "从已收录的方案开始", "按公布文本逐字读出")
        for part in (*self._cards, self.person_panel, self._back):
            part.setParent(self)  # a part without a parent that is shown is a window for a moment
        self._side = self._build_side()
        self._right = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        row.addWidget(self._build_right(), 1)
        self._connect()
        self.refresh()

    @property
    def _cards(self) -> tuple[ActionCard, ...]:
        return self.create_card, self.open_card, self.package_card, self.demo_card

    def refresh(self) -> None:
        """Read the recent ledgers again."""
        rows: list[QWidget] = []
        self.shown_recents = self._settings.recents
        for recent in self.shown_recents:
            row = RecentRow(self._theme, recent, is_first=not rows)
            row.clicked.connect(lambda _checked=False, path=recent.path: self.begin(lambda: self.open_asked.emit(path)))
            row.forgotten.connect(lambda path=recent.path: self._forget(path))
            rows.append(row)
        self._recents.fill(rows)
        self._recents.setVisible(bool(rows))

    def show_plans(self, plans: Sequence[BundledPlan]) -> None:
        """Show the bundled plans, when their files have been read."""
        rows: list[QWidget] = [PlanHead(self._theme)]
        for plan in plans:
            row = PlanRow(self._theme, plan)
            row.clicked.connect(lambda _checked=False, plan=plan: self.begin(lambda: self.open_new(plan)))
            rows.append(row)
        if any(plan.projects == 0 for plan in plans):
            note = labels.hint(NO_LIST)
            note.setContentsMargins(self._theme.px(8), self._theme.px(8), 0, 0)
            rows.append(note)
        self.plans = tuple(plans)
        self._plans.fill(rows)
        self._plans.setVisible(bool(plans))
        self.new_panel.offer(plans)

    def show_home(self) -> None:
        """Back to recent ledgers and plans."""
        self._turn_to(0)
        self.create_card.be_primary(True)
        first = self._recents.first
        (first or self.create_card).setFocus()

    def follow(self, job: Job, words: str) -> None:
        """Show a ledger being made; meanwhile nothing else can be begun."""
        self.progress.follow(job, words)
        self._set_busy(True)
        job.ended.connect(lambda: self._set_busy(False))

    def _set_busy(self, is_busy: bool) -> None:
        for widget in (*self._cards, self._right):
            widget.setEnabled(not is_busy)

    def begin(self, action: Callable[[], None]) -> None:
        """Do something with a ledger, after the person is known."""
        if self._settings.person is None:
            self._pending = action
            self._ask_person(True)
            self.person_panel.name.setFocus()
        else:
            action()

    def _take_person(self, person: Person) -> None:
        self._settings.person = person
        self._ask_person(False)
        pending, self._pending = self._pending, None
        if pending is not None:
            pending()

    def _ask_person(self, is_asking: bool) -> None:
        """The two fields stand where the actions were."""
        self.person_panel.setVisible(is_asking)
        self._back.setVisible(is_asking)
        for card in self._cards:
            card.setVisible(not is_asking)

    def _leave_person(self) -> None:
        self._ask_person(False)
        self.create_card.setFocus()

    def open_new(self, plan: BundledPlan | None) -> None:
        """Ask for a new ledger, with one plan ticked or none."""
        self._turn_to(1)
        self.create_card.be_primary(False)
        self.new_panel.begin(plan)

    def open_package(self, package: Path | None) -> None:
        """Ask for a ledger that begins with a data package; without one for the package first."""
        if package is None:
            self.package_panel.choose()
        else:
            self._turn_to(2)
            self.create_card.be_primary(False)
            self.package_panel.begin(package)

    def _turn_to(self, page: int) -> None:
        """Show a page of the right side; only the one in view asks for room."""
        for index in range(self._right.count()):
            widget = self._right.widget(index)
            policy = QSizePolicy.Policy.Preferred if index == page else QSizePolicy.Policy.Ignored
            widget.setSizePolicy(policy, policy)
        self._right.setCurrentIndex(page)

    def _forget(self, path: Path) -> None:
        self._settings.forget(path)
        self.refresh()

    def _ask_new(self, wanted: NewLedger) -> None:
        self.create_asked.emit(wanted)

    def _connect(self) -> None:
        self.create_card.clicked.connect(lambda: self.begin(lambda: self.open_new(None)))
        self.open_card.clicked.connect(lambda: self.begin(lambda: self.open_asked.emit(None)))
        self.demo_card.clicked.connect(lambda: self.begin(self.demo_asked.emit))
        self.person_panel.named.connect(self._take_person)
        self.new_panel.asked.connect(self._ask_new)
        self.new_panel.form.left.connect(self.show_home)
        self.package_card.clicked.connect(lambda: self.begin(lambda: self.open_package(None)))
        self.package_panel.chosen.connect(self.open_package)
        self.package_panel.asked.connect(self.package_asked)
        self.package_panel.form.left.connect(self.show_home)

    def _build_side(self) -> QWidget:
        px = self._theme.px
        side = _Side(self._theme)
        title = QHBoxLayout()
        title.setSpacing(px(12))
        title.addWidget(_Mark(self._theme))
        title.addWidget(labels.heading(self._theme, "一老一小项目台账", 20), 1)
        column = QVBoxLayout(side)
        column.setContentsMargins(px(56), px(92), px(56), px(28))
        column.setSpacing(px(8))
        column.addLayout(title)
        column.addWidget(labels.sentence(INTRO, "text2"))
        column.addSpacing(px(16))
        column.addWidget(self.person_panel)
        column.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        self._ask_person(False)
        for card in self._cards:
            column.addWidget(card)
        column.addSpacing(px(8))
        column.addWidget(self.progress)
        column.addStretch(1)
        column.addWidget(labels.hint("按 F1 看手册和按键"))
        return side

    def _build_right(self) -> QWidget:
        px = self._theme.px
        home = QWidget()
        column = QVBoxLayout(home)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(32))
        column.addWidget(self._recents)
        column.addWidget(self._plans)
        column.addStretch(1)
        self._plans.hide()
        self._right.addWidget(home)
        self._right.addWidget(self.new_panel)
        self._right.addWidget(self.package_panel)
        sheet = QWidget()
        around = QHBoxLayout(sheet)
        around.setContentsMargins(px(56), px(92), px(56), px(28))
        self._right.setMaximumWidth(px(900))
        around.addWidget(self._right, 1)
        self._around = around
        return scroll.column(sheet)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.person_panel.isVisible():
            self._leave_person()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow or low windows take smaller margins, so that nothing needs to scroll."""
        px = self._theme.px
        is_tight = self.width() < px(1200) or self.height() < px(660)
        side, top = (px(28), px(40)) if is_tight else (px(56), px(92))
        self._side.setFixedWidth(min(px(330) if is_tight else px(430), self.width() * 2 // 5))
        layout = self._side.layout()
        if layout is not None:
            layout.setContentsMargins(side, top, side, px(24))
        self._around.setContentsMargins(side, top, side, px(24))
        super().resizeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self._theme, self.rect(), "surface")


class _Mark(QWidget):
    """The drawing beside the title."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(theme.px(20), theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint.icon(QPainter(self), self._theme, QPointF(0, self._theme.px(4)), "book", "accent", 20)


class _Side(QWidget):
    """The quiet ground at the left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "frame")
        paint.hairline(painter, self._theme, QPointF(self.width() - 1, 0), self.height(), upright=True)


class _Section(QWidget):
    """A heading with rows below it."""

    def __init__(self, theme: Theme, title: str, aside: str = "") -> None:
        super().__init__()
        words = labels.hint(aside)
        words.setWordWrap(False)
        top = QHBoxLayout()
        top.addWidget(labels.heading(theme, title), 1)
        top.addWidget(words)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        column.addLayout(top)
        column.addLayout(self._rows)

    @property
    def first(self) -> QWidget | None:
        """The first row, if there is one."""
        item = self._rows.itemAt(0)
        return item.widget() if item is not None else None

    def fill(self, rows: Sequence[QWidget]) -> None:
        """Replace the rows."""
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for row in rows:
            self._rows.addWidget(row)
