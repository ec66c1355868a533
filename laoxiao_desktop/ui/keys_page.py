"""The list of keys: what each does and where, for the help panel."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

KeyLine = tuple[str, str, str]  # (where, keys, what they do)

KEYS: tuple[KeyLine, ...] = (
    ("随处", "F1", "这一页的手册和全部按键"),
    ("随处", "Ctrl+1 … 9", "去第 1 … 9 个页面"),
    ("随处", "Ctrl+F", "搜索"),
    ("随处", "Ctrl+Z", "撤销"),
    ("随处", "Ctrl+Y", "重做"),
    ("随处", "Ctrl+C", "复制选中的内容；别处复制键盘所在的那一处"),
    ("随处", "Ctrl+B", "收起或展开侧栏"),
    ("随处", "F6", "在搜索、侧栏、内容之间移动"),
    ("随处", "Ctrl+O", "打开另一本台账"),
    ("随处", "Ctrl+W", "关闭台账，回到开始页"),
    ("随处", "Tab / Shift+Tab", "下一个、上一个控件"),
    ("帮助", "Alt+←", "手册里刚才那一页"),
    ("搜索", "↓ / Enter", "从搜索框到结果"),
    ("搜索", "Esc", "清空"),
)


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
