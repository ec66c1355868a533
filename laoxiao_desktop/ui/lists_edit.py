"""Editing one cell of a list in place: the editor over the cell, and what is wrong said under it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from laoxiao_desktop.ui.record_editors import Editor

IN_PLACE = (
    "QLineEdit#in_place, QTextEdit#in_place {border: none; background: transparent; padding: 0; min-height: 0;"
    " border-radius: 0}"
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What was understood: the stored value, or what is wrong with the text."""

    value: object = None
    error: FieldError | None = None


Options = Callable[[Field], Sequence[str]]


class CellEdit(QWidget):
    """A frame over a cell that holds the editor of its field. `finished`: how it was left, what was understood (None: unchanged).

    A wrong value keeps the text, turns the frame red and says below what is wrong; Esc restores.
    """

    finished = Signal(str, object)

    def __init__(self, theme: Theme, field: Field, text: str, parent: QWidget, *, is_wrapped: bool = False) -> None:
        from laoxiao_desktop.ui.record_editors import LongEditor, editor_for  # noqa: PLC0415  (loads pinyin)

        super().__init__(parent)
        self._ground = parent
        self._theme = theme
        self._field = field
        self._before = text
        self._room = QRect()
        self._is_bad = False
        self._is_over = False
        self.options: Options = lambda field: field.choices
        self.check: Callable[[str], Checked] = lambda _text: Checked()
        self.setStyleSheet(IN_PLACE)
        self._editor: Editor = editor_for(
            field, theme, self, is_long=field.kind == "long" or (field.kind == "text" and is_wrapped)
        )
        if isinstance(self._editor, LongEditor):
            self._editor.grown.connect(lambda _lines: self._arrange())
        self._editor.left.connect(self._leave)
        self._editor.typed.connect(self._look)
        self._message = QLabel(parent)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._message.setFont(theme.font(12))
        self._message.setProperty("tone", "red")
        self._message.setAutoFillBackground(True)
        self._message.setContentsMargins(theme.px(8), theme.px(3), theme.px(8), theme.px(3))
        self._message.hide()

    @property
    def editor(self) -> "Editor":
        """The editor itself."""
        return self._editor

    @property
    def message(self) -> str:
        """What is said to be wrong, if anything."""
        return self._message.text() if self._is_bad else ""

    def place(self, room: QRect) -> None:
        """Stands over a cell."""
        self._room = room
        self._arrange()

    def open(self) -> None:
        """Starts editing with the keyboard in the editor."""
        from laoxiao_desktop.ui.record_choices import Option  # noqa: PLC0415  (loads pinyin)
        from laoxiao_desktop.ui.record_editors import LineEditor  # noqa: PLC0415

        self.show()
        self.raise_()
        self._editor.begin(self._before)
        self._editor.show()
        self._editor.setFocus()
        options = [Option(text) for text in self.options(self._field)]
        if options and isinstance(self._editor, LineEditor):
            self._editor.offer(options, is_open=self._field.is_open, has_parts=self._field.kind == "units")
        self._arrange()

    def replace(self, text: str) -> None:
        """Starts from what was typed instead of what stood there."""
        from laoxiao_desktop.ui.record_editors import LineEditor  # noqa: PLC0415  (loads pinyin)

        if isinstance(self._editor, LineEditor):
            self._editor.clear()
            self._editor.insert(text)
        else:
            self._editor.selectAll()
            self._editor.insertPlainText(text)

    def close_editor(self) -> None:
        """Goes away."""
        self._is_over = True
        self._editor.close_list()
        self._message.hide()
        self._message.deleteLater()
        self.hide()
        self.deleteLater()

    def _arrange(self) -> None:
        from laoxiao_desktop.ui.record_editors import LongEditor  # noqa: PLC0415  (loads pinyin)

        px = self._theme.px
        room = QRect(self._room)
        if isinstance(self._editor, LongEditor):
            room.setWidth(max(room.width(), px(280)))
            tall = round(self._editor.document().size().height()) + px(14)
            limit = max(px(60), self._ground.height())
            room.setHeight(min(max(room.height(), tall), limit))
            if room.bottom() > self._ground.height():
                room.moveBottom(max(room.height(), self._ground.height()) - 1)
        room.setWidth(max(room.width(), px(96)))
        if room.right() > self._ground.width():
            room.moveRight(self._ground.width() - 1)
        self.setGeometry(room)
        inner = QRect(px(8), px(5), room.width() - px(16), room.height() - px(10))
        if self._editor.geometry() != inner:
            self._editor.place(inner)
        self._arrange_message()

    def _arrange_message(self) -> None:
        room = self.geometry()
        width = max(room.width(), self._theme.px(260))
        left = min(room.left(), self._ground.width() - width)
        tall = self._message.heightForWidth(width)
        top = room.bottom() + 1
        if top + tall > self._ground.height():
            top = room.top() - tall
        self._message.setGeometry(max(0, left), top, width, tall)

    def _look(self) -> None:
        """While typing a mark that was set goes as soon as the value fits."""
        if self._is_bad:
            self._tell(self.check(self._editor.value_text()).error)

    def _leave(self, how: str) -> None:
        if self._is_over:
            return
        text = self._editor.value_text()
        if how == "escape" or text == self._before:
            self._is_over = True
            self.finished.emit(how, None)
            return
        checked = self.check(text)
        self._tell(checked.error)
        if checked.error is not None:
            return
        self._is_over = True
        self.finished.emit(how, checked)

    def _tell(self, error: FieldError | None) -> None:
        self._is_bad = error is not None
        self._message.setText(str(error) if error is not None else "")
        self._message.setVisible(self._is_bad)
        self._arrange_message()
        self._message.raise_()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(
            painter,
            self._theme,
            self.rect(),
            "redbg" if self._is_bad else "surface",
            border="red" if self._is_bad else "accent",
            radius=3,
            width=2,
        )
        painter.end()
