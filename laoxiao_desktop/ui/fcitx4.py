"""Chinese through fcitx 4: keys are shown to it before any widget sees them, its text goes to the widget in hand.

Qt's own platform input context is not used, so `QInputMethod.commit()` and `reset()` do not reach what is being
composed: a field must not be overwritten while somebody types in it.
"""

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QInputMethodEvent,
    QInputMethodQueryEvent,
    QKeyEvent,
    QTextCharFormat,
    QWindow,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication
from typing_extensions import override

from laoxiao_desktop.ui.fcitx4_context import Fcitx4Context

# keysyms of keys that fcitx may give back, with the text a key event carries
KEYS: dict[int, tuple[Qt.Key, str]] = {
    0xFF0D: (Qt.Key.Key_Return, "\r"),
    0xFF8D: (Qt.Key.Key_Enter, "\r"),
    0xFF08: (Qt.Key.Key_Backspace, "\b"),
    0xFFFF: (Qt.Key.Key_Delete, "\x7f"),
    0xFF09: (Qt.Key.Key_Tab, "\t"),
    0xFF1B: (Qt.Key.Key_Escape, "\x1b"),
    0xFF50: (Qt.Key.Key_Home, ""),
    0xFF57: (Qt.Key.Key_End, ""),
    0xFF51: (Qt.Key.Key_Left, ""),
    0xFF52: (Qt.Key.Key_Up, ""),
    0xFF53: (Qt.Key.Key_Right, ""),
    0xFF54: (Qt.Key.Key_Down, ""),
    0xFF55: (Qt.Key.Key_PageUp, ""),
    0xFF56: (Qt.Key.Key_PageDown, ""),
}
MODIFIERS = (
    (1, Qt.KeyboardModifier.ShiftModifier),
    (4, Qt.KeyboardModifier.ControlModifier),
    (8, Qt.KeyboardModifier.AltModifier),
)


class Fcitx4Bridge(QObject):
    """One input context for the whole program; it follows the window and the widget that have the keyboard."""

    def __init__(self, application: QApplication, service: str) -> None:
        super().__init__(application)
        self._context = Fcitx4Context(service, self)
        self._window: QWindow | None = None
        self._widget: QObject | None = None
        self._preedit = ""
        self._is_focused = False
        self._is_forwarding = False
        self._caret: tuple[int, int, int, int] | None = None
        self._context.connected.connect(self._begin)
        self._context.lost.connect(self._lose)
        self._context.committed.connect(self._commit)
        self._context.preedit_changed.connect(self._compose)
        self._context.forwarded.connect(self._forward)
        application.focusWindowChanged.connect(self._follow_window)
        application.focusObjectChanged.connect(self._follow_widget)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._send_caret)
        self._follow_window(QGuiApplication.focusWindow())
        self._follow_widget(QGuiApplication.focusObject())

    # ---- who has the keyboard

    def _begin(self) -> None:
        self._is_focused, self._caret = False, None
        self._update_focus()

    def _lose(self) -> None:
        self._is_focused = False
        self._finish()

    def _follow_window(self, window: QWindow | None) -> None:
        if self._window is not None and shiboken6.isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _follow_widget(self, widget: QObject | None) -> None:
        if widget is not self._widget:
            if self._widget is not None and shiboken6.isValid(self._widget):
                self._widget.removeEventFilter(self)
            self._finish()
            if self._is_focused:  # what is being composed never follows the keyboard to another field
                self._context.focus_out()
                self._is_focused = False
            self._widget = widget
            if widget is not None:
                widget.installEventFilter(self)
        self._update_focus()

    def _update_focus(self) -> None:
        if not self._context.is_ready:
            return
        takes_text = accepts_text(self._widget)
        if takes_text and not self._is_focused:
            self._context.focus_in()
        elif self._is_focused and not takes_text:
            self._context.focus_out()
        self._is_focused = takes_text
        if takes_text:
            self._send_caret()

    @Slot()
    def _send_caret(self) -> None:
        if self._window is None or not shiboken6.isValid(self._window):
            return
        area = QGuiApplication.inputMethod().cursorRectangle()
        if not area.isValid():
            return
        ratio = self._window.devicePixelRatio()
        origin = self._window.screen().geometry().topLeft()
        at = self._window.mapToGlobal(area.topLeft().toPoint()) - origin
        corner = QPoint(round(at.x() * ratio), round(at.y() * ratio)) + origin
        caret = (corner.x(), corner.y(), round(area.width() * ratio), round(area.height() * ratio))
        if caret != self._caret:
            self._caret = caret
            self._context.put_caret(caret)

    # ---- from fcitx

    def _commit(self, text: str) -> None:
        if not self._preedit and isinstance(self._widget, QAbstractItemView):
            self._compose(text, 0)  # a table opens its editor only for text being composed
        self._preedit = ""
        self._hand(QInputMethodEvent(), text)

    def _compose(self, text: str, caret: int) -> None:
        if not text and not self._preedit:
            return
        self._preedit = text
        underlined = QTextCharFormat()
        underlined.setFontUnderline(True)
        kinds = QInputMethodEvent.AttributeType
        attributes = [
            QInputMethodEvent.Attribute(kinds.TextFormat, 0, utf16_length(text), underlined),
            QInputMethodEvent.Attribute(kinds.Cursor, utf16_caret(text, caret), 1, None),
        ]
        self._hand(QInputMethodEvent(text, attributes), "")

    def _hand(self, event: QInputMethodEvent, commit: str) -> None:
        if commit:
            event.setCommitString(commit)
        if self._widget is not None and shiboken6.isValid(self._widget):
            QCoreApplication.sendEvent(self._widget, event)
            self._send_caret()

    def _finish(self) -> None:
        """Keep what the person sees and forget that it was being composed, as platforms do when a field is left."""
        if self._preedit:
            text, self._preedit = self._preedit, ""
            self._hand(QInputMethodEvent(), text)
            self._context.reset()

    def _forward(self, keysym: int, state: int, kind: int) -> None:
        found = KEYS.get(keysym)
        if found is None and 0x20 <= keysym < 0x7F:
            found = (Qt.Key(ord(chr(keysym).upper())), chr(keysym))
        if found is None or self._window is None:
            return
        modifiers = Qt.KeyboardModifier.NoModifier
        for bit, modifier in MODIFIERS:
            if state & bit:
                modifiers |= modifier
        when = QEvent.Type.KeyRelease if kind else QEvent.Type.KeyPress
        event = QKeyEvent(when, found[0], modifiers, 0, keysym, state, found[1])
        self._is_forwarding = True
        try:
            QCoreApplication.sendEvent(self._window, event)
        finally:
            self._is_forwarding = False

    # ---- to fcitx

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if isinstance(event, QKeyEvent) and kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                return self._key(event, kind == QEvent.Type.KeyRelease)
            if kind == QEvent.Type.MouseButtonPress:
                self._finish()
            elif kind in (QEvent.Type.Move, QEvent.Type.Resize):
                self._send_caret()
        elif watched is self._widget:
            if kind == QEvent.Type.ShortcutOverride and self._preedit:
                event.accept()  # while composing, keys belong to fcitx and not to menus
                return True
            if kind == QEvent.Type.FocusAboutToChange:
                self._finish()
        return False

    def _key(self, event: QKeyEvent, is_release: bool) -> bool:
        if self._is_forwarding or not self._context.is_ready or not event.nativeVirtualKey():
            return False
        popup = QApplication.activePopupWidget()
        takes_text = Qt.WidgetAttribute.WA_InputMethodEnabled
        if popup is not None and not popup.testAttribute(takes_text) and popup.focusProxy() is None:
            return False  # menus and the lists of combo boxes keep their keys
        self._update_focus()
        if not self._is_focused:
            return False
        return self._context.process(
            event.nativeVirtualKey(), event.nativeScanCode(), event.nativeModifiers(), is_release, event.timestamp()
        )


def accepts_text(widget: QObject | None) -> bool:
    """Whether a widget takes composed text; password fields do not."""
    if widget is None or not shiboken6.isValid(widget):
        return False
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled | Qt.InputMethodQuery.ImHints)
    QCoreApplication.sendEvent(widget, query)
    hints = query.value(Qt.InputMethodQuery.ImHints) or 0
    hidden = Qt.InputMethodHint.ImhHiddenText.value
    return bool(query.value(Qt.InputMethodQuery.ImEnabled)) and not getattr(hints, "value", hints) & hidden


def utf16_length(text: str) -> int:
    """The length of a text as Qt counts it."""
    return len(text.encode("utf-16-le")) // 2


def utf16_caret(text: str, caret: int) -> int:
    """fcitx's caret (bytes of UTF-8) as Qt counts it."""
    return utf16_length(text.encode()[: max(caret, 0)].decode(errors="ignore"))
