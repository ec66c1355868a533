"""Editors that stand exactly where a field's text stood: one line, one line with a list, and a box that grows."""

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QLineEdit, QTextEdit, QWidget
from typing_extensions import override

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui.record_choices import ChoiceList, Option, matching
from laoxiao_desktop.ui.theme import Theme

Leave = Literal["stay", "next", "previous", "away", "escape"]

# The field paints the box and the ground; the editor brings only its text.
_BARE = """QLineEdit, QLineEdit:focus, QLineEdit:read-only, QTextEdit, QTextEdit:focus {
    border: none; background: transparent; padding: 0; min-height: 0; border-radius: 0; }"""
_LINE_MARGIN = 2  # QLineEdit keeps its text 2 px inside
_AWAY = (  # a menu, an input method's window or another program is not a decision to leave the field
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


def leave_by(event: QKeyEvent, *, is_long: bool = False) -> Leave | None:
    """How a key leaves an editor, None when it stays: Enter, Tab, Shift+Tab or Esc."""
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        if modifiers == Qt.KeyboardModifier.ControlModifier:  # submits the form around the editor
            return None
        is_break = is_long and modifiers in (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
        return None if is_break else "stay"
    if key == Qt.Key.Key_Backtab:
        return "previous"
    if key == Qt.Key.Key_Tab and modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return "previous" if modifiers else "next"
    if key == Qt.Key.Key_Escape:
        return "escape"
    return None


class LineEditor(QLineEdit):
    """One line without a frame of its own; with options it opens a list under itself.

    `left` says how the person left: stay (Enter), next or previous (Tab), away (focus went), escape.
    With a list, typing filters it (name or pinyin initials), ↑↓ take an option in hand and Enter or Tab accepts it.
    """

    left = Signal(str)
    typed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._options: Sequence[Option] = ()
        self._has_parts = self._is_open = False
        self._list: ChoiceList | None = None
        self.setFrame(False)
        self.setStyleSheet(_BARE)
        self.setFont(theme.font(13))
        self.textEdited.connect(self._on_edited)

    def offer(self, options: Sequence[Option], *, is_open: bool = False, has_parts: bool = False) -> None:
        """Open the list of `options`.

        In an open list typed text stands unless ↓ takes an option; in a closed one the first match is in hand.
        With `has_parts` the list waits for typing and completes what stands after the last 、.
        """
        self._options, self._has_parts, self._is_open = options, has_parts, is_open
        self._list = ChoiceList(self._theme, self.window())
        self._list.chosen.connect(self._choose)
        if not has_parts:
            self._list.offer(options, self._anchor(), self.text())

    def value_text(self) -> str:
        """What stands in the editor."""
        return self.text()

    def begin(self, text: str, at: QPoint | None = None) -> None:
        """Start with `text`: all of it selected, or the cursor where the mouse pressed, in our own coordinates."""
        self.setText(text)
        if at is None or not text:
            self.selectAll()
        else:
            self.setCursorPosition(self.cursorPositionAt(at))

    def place(self, text_rect: QRect) -> None:
        """Stand so that the text stays where it was painted."""
        self.setGeometry(text_rect.adjusted(-_LINE_MARGIN, 0, _LINE_MARGIN, 0))

    def close_list(self) -> None:
        """Take the list away."""
        if self._list is not None:
            self._list.hide()
            self._list.deleteLater()
            self._list = None

    def _anchor(self) -> QWidget:
        return self.parentWidget() or self

    def _on_edited(self, text: str) -> None:
        if self._list is not None:
            if self._has_parts:
                part = _last_part(text)
                found = [option for option in matching(self._options, part) if option.text != part] if part else []
                self._list.offer(found, self._anchor())
            else:
                found = matching(self._options, text)
                is_sure = bool(found and text.strip()) and not self._is_open
                self._list.offer(found, self._anchor(), found[0].text if is_sure else "")
        self.typed.emit(self._meant())

    def _meant(self) -> str:
        """What Enter would save now: the option in hand of a whole-text list, else the text."""
        chosen = self._list.in_hand() if self._list is not None and not self._has_parts else None
        return self.text() if chosen is None else chosen

    def _choose(self, chosen: str) -> None:
        self._take(chosen)
        if not self._has_parts:
            self.left.emit("stay")

    def _take(self, chosen: str) -> None:
        text = self.text()
        kept = text[: len(text) - len(_last_part(text))] if self._has_parts else ""
        self.setText(kept + chosen)
        if self._list is not None:
            self._list.hide()
        self.typed.emit(self.text())

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and leave_by(event) is not None:
                event.accept()  # a shortcut of the window must not take Esc or Enter away
                return True
            if event.type() == QEvent.Type.KeyPress and self._on_key(event):
                return True
        return super().event(event)

    def _on_key(self, event: QKeyEvent) -> bool:
        if self._list is not None and self._steer(event):
            return True
        leave = leave_by(event)
        if leave is None:
            return False
        if self._list is not None and leave in ("stay", "next", "previous"):
            chosen = self._list.in_hand()
            if chosen is not None:
                self._take(chosen)
                if self._has_parts:
                    return True
        self.left.emit(leave)
        return True

    def _steer(self, event: QKeyEvent) -> bool:
        rows = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}.get(
            Qt.Key(event.key())
        )
        if rows is None or self._list is None:
            return False
        if not self._list.isVisible():
            part = _last_part(self.text()) if self._has_parts else ""
            self._list.offer(matching(self._options, part), self._anchor(), self.text())
        else:
            self._list.move_by(rows)
        return True

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            self.left.emit("away")


def _last_part(text: str) -> str:
    return text[max(text.rfind("、"), text.rfind("，"), text.rfind(",")) + 1 :]


class LongEditor(QTextEdit):
    """Several lines of plain text in a box that grows with them; Shift+Enter starts a new line."""

    left = Signal(str)
    typed = Signal(str)
    grown = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines = 1
        self.setStyleSheet(_BARE)
        self.setFont(theme.font(13))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self.textChanged.connect(lambda: self.typed.emit(self.value_text()))
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._measure())

    def value_text(self) -> str:
        """What stands in the editor."""
        return self.toPlainText()

    def begin(self, text: str, at: QPoint | None = None) -> None:
        """Start with `text`, the cursor behind it or where the mouse pressed."""
        self.blockSignals(True)
        self.setPlainText(text)
        block = QTextBlockFormat()
        block.setLineHeight(self._theme.px(20), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(block)
        self.document().clearUndoRedoStacks()
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.blockSignals(False)
        self._measure()
        if at is not None:
            self.setTextCursor(self.cursorForPosition(at))

    def place(self, text_rect: QRect) -> None:
        """Stand so that the text stays where it was painted."""
        self.setGeometry(text_rect)
        self._measure()

    def close_list(self) -> None:
        """Nothing to close: a long text has no list."""

    def _measure(self) -> None:
        lines = max(1, round(self.document().size().height() / self._theme.px(20)))
        if lines != self._lines:
            self._lines = lines
            self.grown.emit(lines)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and leave_by(event):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            leave = leave_by(event, is_long=True)
            if leave is not None:
                self.left.emit(leave)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.textCursor().insertBlock()
                return True
        return super().event(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            self.left.emit("away")


Editor = LineEditor | LongEditor
Options = Callable[[Field], Sequence[Option]]


def editor_for(field: Field, theme: Theme, parent: QWidget, *, is_long: bool) -> Editor:
    """The editor for a field, a box or a line, named for a screen reader."""
    editor: Editor = LongEditor(theme, parent) if is_long else LineEditor(theme, parent)
    editor.setAccessibleName(f"{field.label}（{field.unit}）" if field.unit else field.label)
    return editor
