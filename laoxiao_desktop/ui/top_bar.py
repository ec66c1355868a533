"""The slim bar at the top: which ledger, narrowed to what, search, undo and redo, who."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

SEARCH_HINT = "搜索项目、单位、拼音首字母"
SEARCH_PAUSE_MS = 60
VERY_NARROW = 860
Choice = tuple[str, str]  # (value, words)


class FlatButton(QAbstractButton):
    """A painted button of the bar: a drawing, a quiet label, a value and, with a menu, an arrow."""

    def __init__(
        self, theme: Theme, *, label: str = "", drawing: str = "", px: float = 13, medium: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self._label = label
        self._drawing = drawing
        self._px = px
        self._is_medium = medium
        self._tag = ""
        self._has_arrow = False
        self._is_compact = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_value(self, words: str, tag: str = "", has_arrow: bool = False) -> None:
        """Set the words, a small tag after them and whether an arrow says that there is a list."""
        self.setText(words)
        self._tag, self._has_arrow = tag, has_arrow
        self.setAccessibleName(f"{self._label} {words} {tag}".strip())
        self.updateGeometry()
        self.update()

    def be_compact(self, is_compact: bool) -> None:
        """Leave the label away, or beside a drawing the words."""
        self._is_compact = is_compact
        self.updateGeometry()
        self.update()

    @property
    def _shown_label(self) -> str:
        return "" if self._is_compact else self._label

    @property
    def _shown_words(self) -> str:
        return "" if self._is_compact and self._drawing and not self._has_arrow else self.text()

    @override
    def sizeHint(self) -> QSize:
        return QSize(min(self._width(), self._theme.px(280)), self._theme.px(32))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._width(), self._theme.px(96)), self._theme.px(32))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        if self.underMouse() or self.isDown():
            paint.box(painter, theme, self.rect(), "select", radius=4)
        if self.hasFocus():
            paint.focus(painter, theme, self.rect())
        left = float(theme.px(8))
        if self._drawing:
            top = (self.height() - theme.px(20)) / 2
            paint.icon(painter, theme, QPointF(left, top), self._drawing, "accent" if self._is_medium else "text2", 20)
            left += theme.px(26)
        if self._shown_label:
            left += paint.text(painter, theme, self._at(left), self._shown_label, "text3", px=12) + theme.px(6)
        room = self.width() - left - theme.px(8) - self._tail()
        area = QRectF(left, 0, room + 1, self.height())
        left += paint.text(painter, theme, area, self._shown_words, px=self._px, medium=self._is_medium) + theme.px(6)
        if self._tag:
            width = paint.text_width(theme, self._tag, px=12) + theme.px(12)
            tag = QRectF(left + theme.px(2), (self.height() - theme.px(20)) / 2, width, theme.px(20))
            paint.box(painter, theme, tag, "yellowbg", radius=3)
            paint.text(painter, theme, tag, self._tag, "yellowt", px=12, align=paint.CENTER)
            left += width + theme.px(6)
        if self._has_arrow:
            paint.icon(painter, theme, QPointF(left, (self.height() - theme.px(16)) / 2), "chevron_down", "text2", 16)

    def _tail(self) -> int:
        tag = paint.text_width(self._theme, self._tag, px=12) + self._theme.px(20) if self._tag else 0
        return round(tag) + (self._theme.px(20) if self._has_arrow else 0)

    def _width(self) -> int:
        theme = self._theme
        label = paint.text_width(theme, self._shown_label, px=12) + theme.px(6) if self._shown_label else 0
        value = paint.text_width(theme, self._shown_words, px=self._px, medium=self._is_medium)
        return round(theme.px(17) + (theme.px(26) if self._drawing else 0) + label + value + self._tail() + 1)

    def _at(self, left: float) -> QRectF:
        return QRectF(left, 0, max(0.0, self.width() - left), self.height())


class ScopeButton(FlatButton):
    """One dimension of the scope; its list is read when it is opened. `chosen` carries the value, None for all."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, label: str, everything: str) -> None:
        super().__init__(theme, label=label)
        self._everything = everything
        self._source: Callable[[], Sequence[Choice]] = tuple
        self._value: str | None = None
        self.clicked.connect(self._open)
        self.show_choice(None)

    def draw_from(self, source: Callable[[], Sequence[Choice]]) -> None:
        """Set where the choices are read."""
        self._source = source

    def show_choice(self, value: str | None) -> None:
        """Show what is chosen."""
        self._value = value
        shown = self._everything
        if value is not None:
            shown = next((words for each, words in self._source() if each == value), shown)
        self.show_value(shown, has_arrow=True)
        self.setToolTip(f"{self._label}：{shown}。所有页面都只显示这个范围")

    def menu(self) -> QMenu:
        """The list, with the choice in force ticked."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for value, words in ((None, self._everything), *self._source()):
            action = QAction(words.replace("&", "&&"), menu, checkable=True, checked=value == self._value)
            action.triggered.connect(lambda _checked, value=value: self.chosen.emit(value))
            menu.addAction(action)
        return menu

    def _open(self) -> None:
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))


class SearchField(QLineEdit):
    """The search of the place shown; Esc clears, Down leaves into the place."""

    left_down = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._clear = QToolButton(self)
        self._clear.setAccessibleName("清空搜索")
        self._clear.setToolTip("清空（Esc）")
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        self.setAcceptDrops(False)  # a file that is dropped here is meant for the window
        self.textChanged.connect(lambda words: self._clear.setVisible(bool(words)))
        self.setPlaceholderText(SEARCH_HINT)
        self.setAccessibleName("搜索")
        self.setToolTip("搜索（Ctrl+F），Esc 清空")
        theme.changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        px = self._theme.px
        self.setTextMargins(px(24), 0, px(22), 0)
        self._clear.setIcon(self._theme.icon("dismiss", "text3", 16))
        self._clear.setStyleSheet("padding: 0; min-height: 0;")
        self._clear.setFixedSize(px(22), px(22))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gap = (self.height() - self._clear.height()) // 2
        self._clear.move(self.width() - self._clear.width() - gap, gap)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, theme = QPainter(self), self._theme
        mark = QPointF(theme.px(9), (self.height() - theme.px(16)) / 2)
        paint.icon(painter, theme, mark, "search", "text2" if self.isEnabled() else "ghost", 16)
        if not self.text() and not self.hasFocus() and self.isEnabled() and self.width() > theme.px(260):
            area = QRectF(self.rect()).adjusted(0, 0, -theme.px(9), 0)
            paint.text(painter, theme, area, "Ctrl+F", "text3", px=11, align=paint.RIGHT)


class TopBar(QWidget):
    """The bar; its signals carry what was asked for, the window answers them."""

    ledger_menu_asked = Signal()
    plan_chosen = Signal(object)
    county_chosen = Signal(object)
    searched = Signal(str)
    search_left = Signal()
    undo_asked = Signal()
    redo_asked = Signal()
    person_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.ledger = FlatButton(theme, drawing="book", px=14, medium=True)
        self.plan = ScopeButton(theme, "方案", "全部方案")
        self.county = ScopeButton(theme, "县市", "全部县市")
        self.search = SearchField(theme)
        self.undo = self._tool("撤销")
        self.redo = self._tool("重做")
        self.person = FlatButton(theme, drawing="person")
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._is_tight = False
        self._person = ("", "")
        self._lay_out()
        self._connect()
        theme.changed.connect(self._measure)
        self._measure()

    def show_history(self, undo: str | None, redo: str | None) -> None:
        """Say what 撤销 and 重做 would do; None: nothing to take back."""
        for button, verb, label, keys in (
            (self.undo, "撤销", undo, "Ctrl+Z"),
            (self.redo, "重做", redo, "Ctrl+Y"),
        ):
            button.setEnabled(label is not None)
            button.setToolTip(f"{verb}：{label}（{keys}）" if label else f"没有可以{verb}的改动")
            button.setAccessibleDescription(label or "")

    def be_tight(self, is_tight: bool) -> None:
        """A narrow window names the person without the unit; a very narrow one leaves labels away."""
        self._is_tight = is_tight
        self._name_person()

    def show_person(self, name: str, whole: str) -> None:
        """Name the person at the right."""
        self._person = (name, whole)
        self.person.setToolTip(f"{whole}。在“设置”里改")
        self._name_person()

    def _name_person(self) -> None:
        name, whole = self._person
        self.person.show_value(name if self._is_tight else whole)

    def _tool(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        px = self._theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(8), 0, px(8), 0)
        row.setSpacing(px(4))
        row.addWidget(self.ledger)
        row.addSpacing(px(8))
        row.addWidget(self.plan)
        row.addWidget(self.county)
        row.addStretch(1)
        row.addWidget(self.search, 1000)  # takes what the gap before it does not need, up to its widest
        row.addSpacing(px(8))
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addSpacing(px(8))
        row.addWidget(self.person)

    def _connect(self) -> None:
        self.ledger.clicked.connect(self.ledger_menu_asked)
        self.plan.chosen.connect(self.plan_chosen)
        self.county.chosen.connect(self.county_chosen)
        self.undo.clicked.connect(self.undo_asked)
        self.redo.clicked.connect(self.redo_asked)
        self.person.clicked.connect(self.person_asked)
        self.search.left_down.connect(self.search_left)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(lambda: self.searched.emit(self.search.text()))

    def _measure(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(44))
        self.search.setFixedHeight(px(28))
        self.search.setMinimumWidth(px(120))
        self.search.setMaximumWidth(px(280))
        for button, drawing in ((self.undo, "arrow_undo"), (self.redo, "arrow_redo")):
            button.setIcon(self._theme.icon(drawing, "text2", 20))
            button.setIconSize(QSize(px(20), px(20)))
            button.setFixedSize(px(30), px(30))
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for button in (self.plan, self.county, self.person):
            button.be_compact(self.width() < self._theme.px(VERY_NARROW))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        paint.box(painter, theme, self.rect(), "frame")
        paint.hairline(painter, theme, QPointF(0, self.height() - 1), self.width())
        for after in (self.ledger, self.redo):
            left = after.geometry().right() + theme.px(8)
            paint.hairline(painter, theme, QPointF(left, theme.px(14)), theme.px(16), "line2", upright=True)
