"""The list of keys, shown by F1: a quiet panel at the right that can be searched."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import labels, paint, scroll
from laoxiao_desktop.ui.theme import Theme

KeyLine = tuple[str, str, str]  # (where, keys, what they do)

KEYS: tuple[KeyLine, ...] = (
    ("随处", "F1", "看全部按键"),
    ("随处", "Ctrl+1 … 9", "去第 1 … 9 个页面"),
    ("随处", "Ctrl+F", "搜索"),
    ("随处", "Ctrl+Z", "撤销"),
    ("随处", "Ctrl+Y", "重做"),
    ("随处", "Ctrl+B", "收起或展开侧栏"),
    ("随处", "F6", "在搜索、侧栏、内容之间移动"),
    ("随处", "Ctrl+O", "打开另一本台账"),
    ("随处", "Ctrl+W", "关闭台账，回到起始页"),
    ("随处", "Tab / Shift+Tab", "下一个、上一个控件"),
    ("搜索", "↓ / Enter", "从搜索框到结果"),
    ("搜索", "Esc", "清空"),
)


class KeysPanel(QFrame):
    """All keys, grouped by where they work; typing narrows the list, Esc closes it."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys: tuple[KeyLine, ...] = KEYS
        self.setAccessibleName("全部按键")
        self.search = QLineEdit()
        self.search.setPlaceholderText("找一个按键，例如：撤销")
        self.search.setAccessibleName("找一个按键")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self._list = KeyList(theme)
        self._close = QToolButton()
        self._close.setAccessibleName("关闭")
        self._close.clicked.connect(self.closed)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def shown(self) -> tuple[KeyLine, ...]:
        """The lines that match what was typed."""
        return self._list.lines

    def open_with(self, more: Sequence[KeyLine]) -> None:
        """Show the panel with the keys of the place in hand added."""
        self._keys = (*KEYS, *more)
        self.search.clear()
        self._fill()
        self.show()
        self.raise_()
        self.search.setFocus()

    def _fill(self) -> None:
        words = self.search.text().strip().lower()
        self._list.show_lines([line for line in self._keys if words in " ".join(line).lower()])

    def _lay_out(self) -> None:
        px = self._theme.px
        top = QHBoxLayout()
        top.addWidget(labels.heading(self._theme, "全部按键", 16), 1)
        top.addWidget(self._close)
        self._scroll = scroll.column(self._list)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(8), px(8))
        column.setSpacing(px(8))
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self._scroll, 1)

    def _dress(self) -> None:
        self._close.setIcon(self._theme.icon("dismiss", "text2", 20))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.closed.emit()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "surface")
        paint.hairline(painter, self._theme, QPointF(0, 0), self.height(), "line2", upright=True)


class KeyList(QWidget):
    """The painted lines: a heading where the place changes, keys at the left, words at the right."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.lines: tuple[KeyLine, ...] = ()

    def show_lines(self, lines: Sequence[KeyLine]) -> None:
        """Replace the lines."""
        self.lines = tuple(lines)
        self.setAccessibleDescription("；".join(f"{keys} {words}" for _, keys, words in self.lines))
        self.updateGeometry()
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    @override
    def sizeHint(self) -> QSize:
        headings = len({where for where, _, _ in self.lines})
        return QSize(self._theme.px(320), self._theme.px(headings * 36 + len(self.lines) * 28 + 36))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        if not self.lines:
            paint.text(painter, theme, QRectF(0, 0, self.width(), px(32)), "没有这样的按键。", "text3")
        top, last = 0.0, ""
        for where, keys, words in self.lines:
            if where != last:
                paint.text(
                    painter, theme, QRectF(0, top + px(8), self.width(), px(24)), where, "text3", px=12, medium=True
                )
                top, last = top + px(36), where
            width = paint.text_width(theme, keys, px=12) + px(14)
            cap = QRectF(0, top + px(3), width, px(22))
            paint.box(painter, theme, cap, "head", border="line2", radius=3)
            paint.text(painter, theme, cap, keys, "text2", px=12, align=paint.CENTER)
            paint.text(painter, theme, QRectF(px(148), top, self.width() - px(148), px(28)), words)
            top += px(28)
