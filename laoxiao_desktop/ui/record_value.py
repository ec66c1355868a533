"""A value that is text until touched, then its editor in the same place; saved at once, a wrong one kept and marked."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QHideEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget
from typing_extensions import override

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui import record_checks as checks
from laoxiao_desktop.ui import record_drawn as drawing
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_drawn import Drawn
from laoxiao_desktop.ui.record_editors import Editor, LineEditor, LongEditor, editor_for
from laoxiao_desktop.ui.record_notes import Note
from laoxiao_desktop.ui.record_text import wrapped
from laoxiao_desktop.ui.theme import Theme

_TICK_MS = 1600
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
_CONTROL = Qt.KeyboardModifier.ControlModifier  # with it the form around is meant


class FieldValue(QWidget):
    """The value of one field.

    `noted` says that `notes` differ; `left` that the person moved on from editing (next or previous);
    `stepped` that ↑ or ↓ was pressed outside editing; `began` and `ended` frame the editing.
    """

    noted = Signal()
    left = Signal(str)
    stepped = Signal(int)
    began = Signal()
    ended = Signal()

    def __init__(self, field: Field, theme: Theme, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field, self._theme, self._desk = field, theme, desk
        self._shown, self._is_editable = Shown(), True
        self._editor: Editor | None = None
        self._started = ""  # what the editor started with
        self._draft: str | None = None  # a text that could not be saved
        self._notes: tuple[Note, ...] = ()
        self._grown = 1
        self._ticks = QTimer(self, singleShot=True, interval=_TICK_MS)
        self._ticks.timeout.connect(self.update)
        self.companion: LineEditor | None = None  # the line for the reason, part of the same editing
        self.has_pencil = True
        self.line_height = 28
        self.side = 8  # between the box and the text
        self.is_shy = False  # what to fill in is said only under the mouse or with the keyboard here
        self.is_right = False  # a figure in a column of figures
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(field.label)

    # What it shows

    @property
    def field(self) -> Field:
        """The field of the dictionary."""
        return self._field

    @property
    def shown(self) -> Shown:
        """What stands there while nobody edits it."""
        return self._shown

    @property
    def editor(self) -> Editor | None:
        """The editor while one is open."""
        return self._editor

    @property
    def is_wrong(self) -> bool:
        """Whether a text that could not be saved is kept here."""
        return self._draft is not None

    @property
    def draft(self) -> str | None:
        """The text that could not be saved, None without."""
        return self._draft

    @property
    def has_tick(self) -> bool:
        """Whether the quiet tick of a save is still there."""
        return self._ticks.isActive()

    @property
    def notes(self) -> tuple[Note, ...]:
        """What is to be said about the text in the editor or the text kept."""
        return self._notes

    def show_value(self, shown: Shown, *, is_editable: bool = True) -> None:
        """Show a value read from the ledger; an open editor and a kept wrong text stay as they are."""
        self._is_editable = is_editable
        if shown != self._shown:
            self._shown = shown
            self.updateGeometry()
        self.setCursor(Qt.CursorShape.IBeamCursor if is_editable else Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription(f"{shown.text}{shown.unit}" if shown.text else "未填写")
        self.update()

    def forget(self, draft: str | None = None) -> None:
        """Another record comes into hand: close the editor, drop the tick, keep only `draft`."""
        self._close()
        self._ticks.stop()
        self._draft = draft
        self._note(self._notes_on(draft) if draft is not None else ())
        self._resized()

    def restyle(self) -> None:
        """The theme changed."""
        if self._editor is not None:
            self._editor.setFont(self._theme.font(13))
        self._resized()

    # Editing

    def edit(self, at: QPoint | None = None) -> None:
        """Open the editor where the text stands; `at` is where the mouse pressed."""
        if not self._is_editable or self._editor is not None:
            return
        is_long = self._field.kind == "long" or (self._field.kind == "text" and len(self._lines(self.width())) > 1)
        editor = editor_for(self._field, self._theme, self, is_long=is_long)
        self._editor = editor
        self._started = self._shown.text
        if isinstance(editor, LongEditor):
            editor.grown.connect(self._grow)
        elif self.is_right:
            editor.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._place()
        text = self._draft if self._draft is not None else self._shown.text
        editor.begin(text, None if at is None else at - editor.pos())
        editor.typed.connect(self._on_typed)
        editor.left.connect(self._on_left)
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        options = self._desk.options(self._field)
        if options and isinstance(editor, LineEditor):
            is_list = self._field.kind in ("choice", "county")
            editor.offer(options, is_open=self._field.is_open or not is_list, has_parts=not is_list)
        self._ticks.stop()
        self._note(self._notes_on(editor.value_text()) if self._draft is not None else checks.hint(self._field))
        self.updateGeometry()
        self.update()
        self.began.emit()

    def commit(self) -> bool:
        """Save what stands in the editor and close it; False when it could not be saved (the text is kept)."""
        editor = self._editor
        if editor is None:
            return True
        text = editor.value_text()
        if text == self._started:
            self._draft = None
            self._end()
            return True
        message = self._save(text)
        if message is not None:
            self._draft = text
            self._note(message)
            self.update()
            return False
        if self._editor is not editor:  # saving brought another record into the pane
            return True
        self._draft = None
        self._ticks.start()
        self._end()
        return True

    def restore(self) -> None:
        """Back to the value in the ledger; what was typed is gone."""
        self._draft = None
        self._end()

    def _save(self, text: str) -> tuple[Note, ...] | None:
        """Save a text; None when that was done (or nothing differs), else the notes that say why not."""
        stored, refusal = checks.read(self._field, text)
        if refusal is not None:
            return (refusal,)
        if stored == self._shown.stored:
            return None
        notes = tuple(self._desk.look(self._field, stored))
        if any(note.severity == "error" for note in notes):
            return notes
        reason = self.companion.text().strip() if self.companion is not None else ""
        message = self._desk.save(self._field, stored, reason)
        return (Note("error", message),) if message else None

    def _end(self) -> None:
        self._note(())
        self._close_wrong()

    def _close(self) -> None:
        editor, self._editor = self._editor, None
        if editor is None:
            return
        self._grown = 1
        had_focus = editor.hasFocus() or (self.companion is not None and self.companion.hasFocus())
        editor.blockSignals(True)
        editor.close_list()
        if had_focus:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.hide()
        editor.deleteLater()

    def leave(self, how: str) -> None:
        """The editor or its companion was left: stay, next, previous, away or escape."""
        if self._editor is None:
            return
        companion = self.companion
        if how == "away" and (self._editor.hasFocus() or (companion is not None and companion.hasFocus())):
            return
        if how == "escape":
            self.restore()
            return
        is_saved = self.commit()
        if how in ("next", "previous"):
            if not is_saved:
                self._close_wrong()
            self.left.emit(how)
        elif how == "away" and not is_saved:
            self._close_wrong()

    def _on_left(self, how: str) -> None:
        companion = self.companion
        if how == "next" and companion is not None and companion.isVisible():
            companion.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.leave(how)

    def _close_wrong(self) -> None:
        self._close()
        self._resized()
        self.ended.emit()

    def _resized(self) -> None:
        self.updateGeometry()
        self.update()

    def _on_typed(self, text: str) -> None:
        self._note(self._notes_on(text) if text != self._started else checks.hint(self._field))
        self.update()

    def _notes_on(self, text: str) -> tuple[Note, ...]:
        return checks.notes_on(self._field, text, self._desk.look)

    def _note(self, notes: tuple[Note, ...]) -> None:
        if notes != self._notes:
            self._notes = notes
            self.noted.emit()

    def _grow(self, lines: int) -> None:
        self._grown = lines
        self.updateGeometry()

    @property
    def _text_now(self) -> str:
        return self._draft if self._draft is not None else self._shown.text

    def _lines(self, width: int) -> list[str]:
        if self._field.kind not in ("long", "text", "units") or not self._text_now:
            return [self._text_now]
        return wrapped(self._text_now, self._theme.font(13), width - 2 * self._theme.px(self.side))

    @override
    def heightForWidth(self, width: int) -> int:
        rows = max(1, self._grown) if isinstance(self._editor, LongEditor) else len(self._lines(width))
        return self._theme.px(self.line_height - 20) + rows * self._theme.px(20)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(60), self._theme.px(self.line_height))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(30), self.sizeHint().height())

    def _box(self) -> QRect:
        inset = self._theme.px((self.line_height - 24) / 2)
        return self.rect().adjusted(0, inset, 0, -inset)

    def _place(self) -> None:
        if self._editor is None:
            return
        side = self._theme.px(self.side)
        if isinstance(self._editor, LongEditor):
            top = self._theme.px((self.line_height - 20) / 2)
            self._editor.place(QRect(side, top, self.width() - 2 * side, self.height() - 2 * top))
        else:
            self._editor.place(self._box().adjusted(side, 0, -side, 0))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        drawing.box(
            painter,
            self._theme,
            self._box(),
            is_wrong=any(note.severity == "error" for note in self._notes),
            is_edited=self._editor is not None,
            is_under=self._is_editable and self.underMouse(),
            has_focus=self.hasFocus(),
        )
        if self._editor is None:
            self._paint_value(painter)
        painter.end()

    def _paint_value(self, painter: QPainter) -> None:
        theme, side = self._theme, self._theme.px(self.side)
        area = self.rect().adjusted(side, 0, -side, 0)
        top = theme.px((self.line_height - drawing.ROW) / 2)
        end = drawing.value(painter, theme, area, self._drawn(), top)
        name, token = ("checkmark", "green") if self.has_tick else ("edit", "text3")
        if self.has_tick or (self._is_editable and self.underMouse() and self.has_pencil):
            drawing.mark(painter, theme, self.width(), end, name, token)

    def _drawn(self) -> Drawn:
        if not self._text_now:
            if not self._is_editable:
                return Drawn(("—",), "ghost", is_right=self.is_right)
            is_silent = self.is_shy and not (self.underMouse() or self.hasFocus())
            return Drawn(("" if is_silent else self._shown.empty,), "text3", is_right=self.is_right)
        lines = self._lines(self.width())
        if self._draft is not None:
            return Drawn(lines, "redt", is_right=self.is_right)
        return Drawn(lines, self._shown.token, self._shown.unit, self._shown.suffix, self.is_right)

    # Mouse and keyboard

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._is_editable:
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.edit(event.position().toPoint())

    @override
    def event(self, event: QEvent) -> bool:
        key = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride else None
        is_opening = key is not None and key.key() in _OPENING and not key.modifiers() & _CONTROL
        if is_opening or (key is not None and key.matches(QKeySequence.StandardKey.Copy)):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING:
            self.edit()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_Escape and self.is_wrong:
            self.restore()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self._text_now)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("复制", self.copy)
        if self._is_editable:
            menu.addAction(f"修改{self._field.label}", lambda: self.edit())
        menu.popup(event.globalPos())

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous() and self._editor is not None and not self.commit():
            self._close_wrong()
        super().hideEvent(event)
