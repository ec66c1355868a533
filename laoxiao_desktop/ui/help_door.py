"""F1: opens the help at the page of what is in hand, lays it at the right of the window, and gives the keyboard back."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject, QRect, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from laoxiao_desktop.ui import focus, meaning_tip
from laoxiao_desktop.ui.help_dialog import HelpDialog
from laoxiao_desktop.ui.help_panel import HelpPanel
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme

_ANSWERED = "answers_help"  # a property of dialogs
WIDTH, MOST = 560, 0.6  # of the panel; at most this part of the window


class HelpDoor(QObject):
    """`room` gives the area of the window between its bars."""

    def __init__(
        self, panel: HelpPanel, session: Session, places: PlaceStack, theme: Theme, room: Callable[[], QRect]
    ) -> None:
        super().__init__(panel)
        self._panel, self._session, self._places, self._theme, self._room = panel, session, places, theme, room
        self._before: QWidget | None = None
        panel.closed.connect(self.close)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._welcome)

    def toggle(self) -> None:
        """Open the help, or close it."""
        if self._panel.isVisible():
            self.close()
        else:
            self._before = QApplication.focusWidget()
            self.place()
            has_ledger = self._session.has_ledger
            self._panel.open_at(self._page(), self._places.keys if has_ledger else (), meaning_tip.key_at(self._before))

    def close(self) -> None:
        """Put the help away; the keyboard goes back to where it was."""
        self._panel.hide()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():  # an editor closes meanwhile
            before.setFocus()
        else:
            focus.enter(self._places.place)

    def place(self) -> None:
        """Lay the panel at the right side of its room."""
        room = self._room()
        width = min(self._theme.px(WIDTH), round(room.width() * MOST))
        self._panel.setGeometry(room.right() + 1 - width, room.top(), width, room.height())

    def follow(self) -> None:
        """Stay in place when the window changes its size."""
        if self._panel.isVisible():
            self.place()

    def _welcome(self, _window: QObject | None) -> None:
        """A dialog came up: F1 answers in it too."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog) and not isinstance(dialog, HelpDialog) and not dialog.property(_ANSWERED):
            dialog.setProperty(_ANSWERED, True)
            QShortcut(QKeySequence("F1"), dialog).activated.connect(self._open_over)

    def _open_over(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        page = self._places.key if self._session.has_ledger else "start"
        shown = HelpDialog(self._theme, page, meaning_tip.key_at(QApplication.focusWidget()), dialog)
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        shown.open()

    def _page(self) -> str:
        """The page of the part that holds the keyboard, else of the place in view."""
        if not self._session.has_ledger:
            return "start"
        part = self._before
        while part is not None:
            key = getattr(part, "manual_page", "")
            if isinstance(key, str) and key:
                return key
            part = part.parentWidget()
        return self._places.key
