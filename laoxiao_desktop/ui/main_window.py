"""The window: start page or places, with the bars around them, the keys that work everywhere, and a safe way out."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui import focus, icons, ledger_menu, paint
from laoxiao_desktop.ui.background import Job, Progress, end_jobs
from laoxiao_desktop.ui.backup_timer import BackupTimer
from laoxiao_desktop.ui.copying import Copying
from laoxiao_desktop.ui.exchange_ways import is_package
from laoxiao_desktop.ui.findings_guide import FindingsGuide
from laoxiao_desktop.ui.frame import Frame
from laoxiao_desktop.ui.help_door import HelpDoor
from laoxiao_desktop.ui.help_panel import HelpPanel
from laoxiao_desktop.ui.import_door import ImportDoor
from laoxiao_desktop.ui.leaving import Leaving
from laoxiao_desktop.ui.messages import Messages
from laoxiao_desktop.ui.opening import Opening
from laoxiao_desktop.ui.package_door import PackageDoor
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.places import ENTRIES
from laoxiao_desktop.ui.places_bar import PlacesBar
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.round_guide import RoundGuide
from laoxiao_desktop.ui.round_steps import Scene
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.start_page import StartPage
from laoxiao_desktop.ui.status_bar import StatusBar
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.top_bar import TopBar
from laoxiao_desktop.ui.ways import Ways

PROGRAM = "一老一小项目台账"
NARROW_BELOW = 1200  # logical pixels: the bar at the left shows drawings alone
FIRST_SIZE = QSize(1440, 900)
ROOMY = 1600  # on a narrower screen the first window fills it
LEAST_SIZE = QSize(640, 440)


class MainWindow(QMainWindow):
    """Everything a person sees. `painted` comes once, when the first picture is on the screen."""

    painted = Signal()

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__()
        self.session = session
        self.theme = theme
        self._settings = session.settings
        self._has_painted = False
        self._was_tight: bool | None = None
        self.top = TopBar(theme)
        self.messages = Messages(theme)
        self.status = StatusBar(theme)
        self._factor = theme.factor
        self.start = StartPage(theme, self._settings)
        self.bar = PlacesBar(ENTRIES, theme)
        self.places = PlaceStack(ENTRIES, session, theme)
        self.ways = Ways(self.places, self)
        self.door = ImportDoor(session, self.places, self.ways, self)
        self._backup_progress = ProgressStrip(theme)
        self.help = HelpPanel(theme, self)
        self.help_door = HelpDoor(self.help, session, self.places, theme, self._room)
        self.opening = Opening(session, self._settings, self)
        self.backups = BackupTimer(session, self)
        self.copying = Copying(session, self)
        self.frame = Frame(session, self.top, self.messages, self.status, self)
        self.round = RoundGuide(Scene(session, self.top, self.bar, self.places), self, theme, self._begin_example)
        self._stack = QStackedWidget()
        still = (self._stack, self.top, self.status)
        self.leaving = Leaving(self.backups, self._backup_progress, self.messages, still, self)
        parts = (self.opening, self.leaving, self.bar, self.places, self.ways)
        self.packages = PackageDoor(session, *parts, window=self, start=lambda: self.start)
        self.setWindowIcon(icons.of_program(theme.tokens.accent))
        self._lay_out()
        self._connect()
        self.findings = FindingsGuide(session, self.bar, self.places, self.go_to, self)
        self._connect_start()
        self._add_keys()
        self._recall()
        self._show_start()

    def load_plans(self) -> None:
        """Read the bundled plans for the start page, once; not beside a ledger that is being opened."""
        if self.session.has_ledger or self.start.plans:
            return

        def work(progress: Progress) -> object:
            from laoxiao_desktop.ui import making  # noqa: PLC0415 - readers are loaded after the first paint

            return making.bundled_plans(progress)

        job = Job(work)
        job.done.connect(self.start.show_plans)
        job.failed.connect(self._tell)
        job.start()

    def open_named(self, path: Path) -> None:
        """Open the ledger, or look at the data package, that was named when the program was started."""
        if is_package(path):
            self.packages.open(path)
        else:
            self.start.begin(lambda: self._open(path))

    def go_to(self, key: str) -> None:
        """Show a place."""
        self.bar.choose(key)
        self.places.go_to(key)
        self.top.search.setEnabled(self.places.is_searchable)
        self.places.search(self.top.search.text())
        self._settings.put("window.place", key)

    def leave_ledger(self) -> None:
        """Back to the start page, with a backup when something changed."""
        if self.session.has_ledger:
            self.leaving.then(self.session.close)

    # ---- building

    def _lay_out(self) -> None:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.bar)
        row.addWidget(self.places, 1)
        self._stack.addWidget(self.start)
        self._stack.addWidget(body)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.messages)
        column.addWidget(self.round.offer)
        column.addWidget(self._stack, 1)
        column.addWidget(self._backup_progress)
        column.addWidget(self.status)
        self.setCentralWidget(whole)
        self.setMinimumSize(LEAST_SIZE)
        QWidget.setTabOrder(self.top.person, self.bar)

    def _connect(self) -> None:
        self.session.ledger_opened.connect(self._show_ledger)
        self.session.ledger_closed.connect(self._show_start)
        self.theme.changed.connect(self._refit)
        self.opening.refused.connect(self.messages.refuse)
        self.backups.refused.connect(self.messages.refuse)
        self.messages.banner_pressed.connect(self.opening.reopen)
        self.help.round_asked.connect(self._begin_round)
        self.bar.chosen.connect(self.go_to)
        self.bar.narrowed.connect(self._fold)
        self.places.figures_changed.connect(self.status.show_figures)
        self.places.built.connect(self._welcome)
        self.top.searched.connect(self.places.search)
        self.top.search_left.connect(self._enter_place)
        self.top.ledger_menu_asked.connect(self._open_ledger_menu)
        self.top.person_asked.connect(lambda: self.go_to("settings"))

    def _connect_start(self) -> None:
        self.start.create_asked.connect(self.opening.create)
        self.start.demo_asked.connect(self.opening.demo)
        self.start.open_asked.connect(self._open)
        self.start.package_asked.connect(self.opening.start_from)
        self.opening.started.connect(self.start.follow)

    def _add_keys(self) -> None:
        for keys, answer in (
            ("F1", self.help_door.toggle),
            ("Ctrl+F", self._find),
            ("Ctrl+Z", self.frame.undo),
            ("Ctrl+Y", self.frame.redo),
            ("Ctrl+Shift+Z", self.frame.redo),
            ("Ctrl+B", lambda: self._fold(not self.bar.is_narrow)),
            ("Ctrl+O", lambda: self.start.begin(lambda: self._open(None))),
            ("Ctrl+W", self.leave_ledger),
            ("F6", self._next_region),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(answer)
        for number, entry in enumerate(ENTRIES, start=1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda key=entry.key: self._go_by_key(key))

    # ---- start page and ledger

    def _show_start(self) -> None:
        for part in (self.top, self.status):
            part.hide()
        self.messages.banner(None)
        self.setWindowTitle(PROGRAM)
        self.start.refresh()
        self._stack.setCurrentIndex(0)
        self.start.show_home()
        if self._has_painted:
            self.load_plans()

    def _show_ledger(self) -> None:
        ledger = self.session.ledger
        tag = "（只读）" if ledger.is_read_only else ""
        program = f" — {PROGRAM}" if ledger.name != PROGRAM else ""
        self.setWindowTitle(f"{ledger.name}{tag}{program}")
        for part in (self.top, self.status):
            part.show()
        self._stack.setCurrentIndex(1)
        last = self._settings.text("window.place")
        known = [entry.key for entry in ENTRIES]
        self.go_to(last if last in known and last != "settings" else known[0])
        self._enter_place()

    def _open(self, path: Path | None) -> None:
        if path is None:
            self.opening.choose()
        elif self.session.has_ledger:
            self.leaving.then(lambda: self.opening.open(path))
        else:
            self.opening.open(path)

    def _open_ledger_menu(self) -> None:
        menu = ledger_menu.build(
            self,
            self._settings.recents,
            self.session.ledger.path,
            open_path=self._open,
            choose=lambda: self._open(None),
            begin=self._begin_new,
            leave=self.leave_ledger,
        )
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.top.ledger.mapToGlobal(self.top.ledger.rect().bottomLeft()))

    def _begin_new(self) -> None:
        self.leaving.then(self._show_new)

    def _show_new(self) -> None:
        self.session.close()
        self.start.open_new(None)

    def _welcome(self, place: QWidget) -> None:
        """Answer what a place asks of the window."""
        restore_asked = getattr(place, "restore_asked", None)
        if restore_asked is not None:
            restore_asked.connect(self.opening.restore)
        person_changed = getattr(place, "person_changed", None)
        if person_changed is not None:
            person_changed.connect(self._take_person)
        search_cleared = getattr(place, "search_cleared", None)
        if search_cleared is not None:
            search_cleared.connect(self.top.search.clear)

    def _take_person(self, person: Person) -> None:
        self.session.ledger.person = person
        self.frame.show_person(person)

    # ---- keys

    def _go_by_key(self, key: str) -> None:
        if self.session.has_ledger:
            self.go_to(key)
            self._enter_place()

    def _room(self) -> QRect:
        """The area between the bars."""
        top = self.top.height() if self.top.isVisible() else 0
        foot = self.status.height() if self.status.isVisible() else 0
        return QRect(0, top, self.width(), self.height() - top - foot)

    def _begin_round(self) -> None:
        self.help_door.close()
        self.round.begin()

    def _begin_example(self) -> None:
        self.start.begin(self.opening.demo)

    def _find(self) -> None:
        if self.top.isVisible() and self.top.search.isEnabled():
            self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.top.search.selectAll()

    def _enter_place(self) -> None:
        focus.enter(self.places.place)

    def _next_region(self) -> None:
        """F6: search → bar at the left → place → search."""
        focused = QApplication.focusWidget()
        if not self.session.has_ledger:
            return
        if focused is not None and self.places.isAncestorOf(focused):
            self._find()
        elif focused is not None and self.bar.isAncestorOf(focused):
            self._enter_place()
        else:
            self.bar.take_focus()

    # ---- size and memory

    def _recall(self) -> None:
        geometry = self._settings.state("window.geometry")
        if not geometry.isEmpty() and self.restoreGeometry(QByteArray(geometry)):
            return
        room = self.screen().availableSize()
        self.resize(FIRST_SIZE.boundedTo(room))
        if room.width() < ROOMY or room.height() < ROOMY * 9 // 16:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _fold(self, is_narrow: bool) -> None:
        self._settings.put("window.narrow", is_narrow)
        self.bar.be_narrow(is_narrow)

    def _fit(self) -> None:
        """A narrow window shows the bar at the left as drawings."""
        is_tight = self.width() < self.theme.px(NARROW_BELOW)
        if is_tight != self._was_tight:
            self._was_tight = is_tight
            self.top.be_tight(is_tight)
            self.bar.be_narrow(is_tight or self._settings.flag("window.narrow"))
        self.help_door.follow()

    def _refit(self) -> None:
        """At a new size of type, the pages that are laid out in fixed measures are built again."""
        if self.theme.factor == self._factor:
            return
        self._factor = self.theme.factor
        self._fit()
        self.opening.started.disconnect(self.start.follow)
        old, self.start = self.start, StartPage(self.theme, self._settings)
        self._stack.insertWidget(0, self.start)
        self._connect_start()
        self.start.show_plans(old.plans)
        self._stack.removeWidget(old)
        old.deleteLater()
        self.places.renew("settings")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        hand = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(hand, QAbstractButton):
            if not event.isAutoRepeat():
                hand.click()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint.box(QPainter(self), self.theme, self.rect(), "surface")
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self.painted.emit)

    # ---- the way out

    def _tell(self, problem: object) -> None:
        if isinstance(problem, UserError):
            self.messages.refuse(problem)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._settings.put_state("window.geometry", self.saveGeometry())
        if self.session.has_ledger and not self.leaving.is_free:
            event.ignore()
            self.leaving.then(self.close)
            return
        end_jobs()
        self.session.close()
        super().closeEvent(event)
