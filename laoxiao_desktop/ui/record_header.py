"""The head of the record pane: name, status and position, a menu and ×."""

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QToolTip, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.lights import Light
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.record_light import LightPill
from laoxiao_desktop.ui.record_text import balanced
from laoxiao_desktop.ui.theme import Theme


class Title(QWidget):
    """A name on one line, or balanced over two; a longer one is shown whole in the tooltip."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_words(self, words: str) -> None:
        """Show a name."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _lines(self, width: int) -> list[str]:
        return balanced(self._words, self._theme.font(15, medium=True), width)

    @override
    def heightForWidth(self, width: int) -> int:
        return len(self._lines(width)) * self._theme.px(22)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(22))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        row = self._theme.px(22)
        for place, line in enumerate(self._lines(self.width())):
            area = QRect(0, place * row, self.width(), row)
            paint.text(painter, self._theme, area, line, px=15, medium=True)
        painter.end()

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            is_cut = "".join(self._lines(self.width())).endswith("…")
            QToolTip.showText(event.globalPos(), self._words if is_cut else "", self)
            return True
        return super().event(event)


class Place(QWidget):
    """Status and position, with a thin rule between; for a ledger that cannot be changed, a lock and why."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._status = self._position = self._read_only = ""
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedHeight(self._theme.px(44 if self._read_only else 22))

    def show_place(self, status: str, position: str, read_only: str) -> None:
        """Show where the project stands; `read_only` is why nothing can be changed, else empty."""
        self._status, self._position, self._read_only = status, position, read_only
        self.setAccessibleName("，".join(words for words in (status, position, read_only) if words))
        self.setToolTip(read_only)
        self.restyle()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        area = QRect(0, 0, self.width(), theme.px(22))
        took = paint.text(painter, theme, area, self._status, "text2", px=12) if self._status else -theme.px(9)
        if self._status and self._position:
            top = (area.height() - theme.px(11)) / 2
            at = QPointF(took + theme.px(8), top)
            paint.hairline(painter, theme, at, theme.px(11), "line2", upright=True)
        rest = area.adjusted(int(took) + theme.px(17 if self._status else 9), 0, 0, 0)
        paint.text(painter, theme, rest, self._position, "text2", px=12)
        if self._read_only:
            below = area.translated(0, theme.px(22))
            at = QPointF(0, below.top() + theme.px(3))
            paint.icon(painter, theme, at, "lock_closed", "text3")
            paint.text(
                painter, theme, below.adjusted(theme.px(20), 0, 0, 0), f"只读：{self._read_only}", "text3", px=12
            )
        painter.end()


class RecordHeader(QWidget):
    """Name, light, place, menu, close. `asked` says that the person asks why the light stands so (or no longer)."""

    asked = Signal(bool)
    closed = Signal()
    copied = Signal()
    duplicated = Signal()
    card_asked = Signal()
    deleted = Signal()
    erased = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = Title(theme, self)
        self.place = Place(theme, self)
        self.pill = LightPill(theme, self)
        self.pill.toggled.connect(self.asked)
        self.pill.hide()
        self.more = self._button("更多", "复制、打印卡片、删除")
        self.close_button = self._button("关闭记录", "关闭（F4）")
        self.close_button.clicked.connect(self.closed)
        self.menu = QMenu(self)
        self._copy = self.menu.addAction("复制", self.copied.emit)
        self._duplicate = self.menu.addAction("复制为新项目", self.duplicated.emit)
        self.menu.addAction("打印单项目卡片", self.card_asked.emit)
        self.menu.addSeparator()
        self._erase = self.menu.addAction("抹去联系人和电话…", self.erased.emit)
        self._delete = self.menu.addAction("删除…", self.deleted.emit)
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._build()

    def _button(self, name: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _build(self) -> None:
        self._top = QHBoxLayout()
        self._top.setSpacing(0)
        self._top.addWidget(self.title, 1, Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self._layout = QVBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addLayout(self._top)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.place, 1)
        self._layout.addLayout(below)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        theme = self._theme
        self._layout.setContentsMargins(theme.px(16), theme.px(12), theme.px(8), theme.px(8))
        self.more.setIcon(theme.icon("more_horizontal"))
        self.close_button.setIcon(theme.icon("dismiss"))
        for button in (self.more, self.close_button):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
            button.setFixedSize(theme.px(26), theme.px(26))
        self.place.restyle()
        self.pill.restyle()
        self.title.updateGeometry()
        self.update()

    def show_record(self, name: str, status: str, position: str, *, read_only: str) -> None:
        """Show whose record this is; `read_only` is why nothing can be changed, else empty."""
        self.title.show_words(name)
        self.place.show_place(status, position, read_only)
        self._duplicate.setVisible(not read_only)
        self._erase.setVisible(not read_only)
        self._delete.setVisible(not read_only)

    def show_light(self, light: Light | None) -> None:
        """Show how the project stands; None is nothing to judge it by."""
        self.pill.show_light(light)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self.title.updateGeometry()


class RecordFooter(QWidget):
    """第 5 项，共 48 项, or a word about the page shown; ↑ ↓ to the rows beside."""

    step = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self.up = self._button("上一项", "arrow_up", -1)
        self.down = self._button("下一项", "arrow_down", 1)
        self._layout = QHBoxLayout(self)
        self._layout.setSpacing(0)
        self._layout.addStretch(1)
        self._layout.addWidget(self.up)
        self._layout.addWidget(self.down)
        self.restyle()

    def _button(self, name: str, drawing: str, way: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(drawing)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(f"{name}（Alt+{'↑' if way < 0 else '↓'}）")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.step.emit(way))
        return button

    def restyle(self) -> None:
        """The theme changed."""
        theme = self._theme
        self.setFixedHeight(theme.px(36))
        self._layout.setContentsMargins(theme.px(16), 0, theme.px(12), 0)
        for button in (self.up, self.down):
            button.setIcon(theme.icon(button.objectName()))
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
            button.setFixedSize(theme.px(26), theme.px(26))
        self.update()

    def say(self, words: str) -> None:
        """Show these words at the left."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    @property
    def words(self) -> str:
        """What it says."""
        return self._words

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.hairline(painter, self._theme, QPointF(0, 0), self.width())
        area = self.rect().adjusted(self._theme.px(16), 0, -self._theme.px(72), 0)
        paint.text(painter, self._theme, area, self._words, "text3", px=12)
        painter.end()
