"""Ways of a data package into the window: dropped anywhere, named at the start; and how many conflicts wait, in the bar."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMessageBox, QWidget
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.package import PackageHead
from laoxiao_desktop.ui.exchange_ways import KEY, dropped_packages, way_of
from laoxiao_desktop.ui.leaving import Leaving
from laoxiao_desktop.ui.opening import Opening
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.places_bar import PlacesBar
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.start_page import StartPage
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.ui.ways import Ways
from laoxiao_desktop.ui.window_state import Recent

_QUIET_MS: Final = 400  # after the last change
_LOOKED_AT: Final = 4  # recent ledgers


class PackageDoor(QObject):
    """Belongs to the window. `start` gives the start page in force."""

    def __init__(
        self,
        session: Session,
        opening: Opening,
        leaving: Leaving,
        bar: PlacesBar,
        places: PlaceStack,
        ways: Ways,
        *,
        window: QWidget,
        start: Callable[[], StartPage],
    ) -> None:
        super().__init__(window)
        self._session, self._opening, self._bar, self._ways, self._window = session, opening, bar, ways, window
        self._start, self._leaving = start, leaving
        self._waiting: Path | None = None
        self._later = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._later.timeout.connect(self._count)
        window.installEventFilter(self)
        places.built.connect(self._welcome)
        opening.refused.connect(lambda _: self._forget())
        session.ledger_opened.connect(self._count)
        session.ledger_opened.connect(self._look_at_waiting)
        session.ledger_closed.connect(lambda: bar.show_count(KEY, 0))
        session.touched.connect(lambda _: self._later.start())
        session.ledger_closing.connect(self._later.stop)

    def open(self, *packages: Path) -> None:
        """Show what packages would bring to the open ledger; without one, ask which ledger the first is meant for."""
        if self._session.has_ledger:
            self._ways.go(Place(KEY, way_of(packages)))
        else:
            self._start().begin(lambda: self._ask(packages[0]))

    def _ask(self, package: Path) -> None:
        """Into the last ledger that it belongs to, or a new one; asks only where both can be."""
        from laoxiao_desktop.workspace import packages  # noqa: PLC0415 - SQL is loaded after the first paint

        try:
            head = packages.head(package)
        except UserError as refusal:
            self._opening.refused.emit(refusal)
            return
        last = self._last_of(head)
        if last is None and head.is_whole:
            self._start().open_package(package)
        elif last is None:
            what = f"“{package.name}”只有后来的改动，最近用过的台账里没有它的那一本。"
            self._opening.refused.emit(UserError(what, "请先打开那本台账再收；没有的话，请对方勾上“从头发全部”重发。"))
        elif head.is_whole:
            self._ask_where(package, last)
        else:
            self._put_into(package, last)

    def _last_of(self, head: PackageHead) -> Recent | None:
        from laoxiao_desktop.workspace import ledger as ledgers  # noqa: PLC0415 - as above
        from laoxiao_desktop.workspace import packages  # noqa: PLC0415 - as above

        person = self._session.settings.person
        for recent in self._session.settings.recents[:_LOOKED_AT]:
            if person is not None and recent.path.is_file():
                with suppress(UserError), ledgers.open(recent.path, person, read_only=True) as ledger:
                    if packages.is_of(ledger, head):
                        return recent
        return None

    def _put_into(self, package: Path, last: Recent) -> None:
        self._waiting = package  # until the ledger is open, or refused
        self._opening.open(last.path)

    def _ask_where(self, package: Path, last: Recent) -> None:
        asked = QMessageBox(self._window)
        asked.setTextFormat(asked.textFormat().PlainText)
        asked.setWindowTitle("数据包")
        asked.setText(f"“{package.name}”是一个数据包。")
        asked.setInformativeText("收进最近用的台账以前，会先让您看里面有什么。")
        into = asked.addButton(f"收进“{last.name}”", QMessageBox.ButtonRole.AcceptRole)
        new = asked.addButton("从它开始一本新台账", QMessageBox.ButtonRole.ActionRole)
        asked.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        asked.setDefaultButton(into)

        def answer() -> None:
            if asked.clickedButton() is into:
                self._put_into(package, last)
            elif asked.clickedButton() is new:
                self._start().open_package(package)

        asked.finished.connect(answer)
        asked.finished.connect(asked.deleteLater)
        asked.open()

    def _forget(self) -> None:
        self._waiting = None

    def _look_at_waiting(self) -> None:
        package, self._waiting = self._waiting, None
        if package is not None:
            QTimer.singleShot(0, self, lambda: self.open(package))

    def _welcome(self, place: QWidget) -> None:
        asked = getattr(place, "new_ledger_asked", None)
        if asked is not None:
            asked.connect(lambda path: self._leaving.then(lambda: self._begin_with(path)))

    def _begin_with(self, package: Path) -> None:
        self._session.close()
        self._start().open_package(package)

    def _count(self) -> None:
        """Say in the bar how many conflicts wait for a person."""
        if self._session.has_ledger:
            from laoxiao_desktop.workspace import conflicts  # noqa: PLC0415 - SQL is loaded after the first paint

            self._bar.show_count(KEY, self._session.read(conflicts.count))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if dropped_packages(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            paths = dropped_packages(event.mimeData())
            if paths:
                event.acceptProposedAction()
                self.open(*paths)
                return True
        return super().eventFilter(watched, event)
