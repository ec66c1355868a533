"""Anything in the window as text: Ctrl+C copies what has the keyboard, the right button offers what lies under it."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from typing_extensions import override

from laoxiao_desktop.ui.session import Session

_NEAR = 2  # a widget and its parent: what is further out is a page, not what is meant
_LONG = 24  # characters of what is copied that stand in the menu


def text_of(widget: QWidget | None, window: QWidget) -> str:
    """What a widget says, or what it is a part of; "" where neither says anything.

    A widget that is told in other words than it is read aloud has them under `copy_text`.
    """
    for _ in range(_NEAR):
        if widget is None or widget is window:
            break
        copied = getattr(widget, "copy_text", None)
        if callable(copied):
            return str(copied())
        if isinstance(widget, QLabel) and widget.text() and widget.textFormat() == Qt.TextFormat.PlainText:
            return widget.text()
        said = "，".join(part for part in (widget.accessibleName(), widget.accessibleDescription()) if part)
        if said:
            return said
        widget = widget.parentWidget()
    return ""


class Copying(QObject):
    """Belongs to the window; hears only what no widget below it has answered."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Copy):
                return self._copy(text_of(QApplication.focusWidget(), self._window))
        elif isinstance(event, QContextMenuEvent):
            below = self._window.childAt(self._window.mapFromGlobal(event.globalPos()))
            return self._offer(below, event.globalPos())
        return super().eventFilter(watched, event)

    def _copy(self, words: str) -> bool:
        if words:
            QGuiApplication.clipboard().setText(words)
            self._session.said.emit(f"已复制“{_short(words)}”", False)
        return bool(words)

    def _offer(self, below: QWidget | None, at: QPoint) -> bool:
        words, page = text_of(below, self._window), self._page_of(below)
        if not words and not page:
            return False
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if words:
            menu.addAction(f"复制“{_short(words)}”").triggered.connect(lambda: self._copy(words))
        if page:
            menu.addAction("复制整页").triggered.connect(lambda: self._copy(page))
        menu.popup(at)
        return True

    def _page_of(self, widget: QWidget | None) -> str:
        """The whole page around a widget as lines, where it has one."""
        while widget is not None and widget is not self._window:
            page = getattr(widget, "page_text", None)
            if callable(page):
                return str(page())
            widget = widget.parentWidget()
        return ""


def _short(words: str) -> str:
    line = words.split("\n", maxsplit=1)[0].replace("\t", " ").strip()
    return line if len(line) <= _LONG else f"{line[:_LONG]}…"
