"""The help, shown by F1: the manual's page for the place in hand beside the list of keys, both searched by one field."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollBar,
    QStackedWidget,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.models import meaning
from laoxiao_desktop.ui import manual_text, paint, scroll, style
from laoxiao_desktop.ui.keys_page import KEYS, KeyLine, KeyList
from laoxiao_desktop.ui.manual_paper import ManualPaper
from laoxiao_desktop.ui.manual_view import ManualView
from laoxiao_desktop.ui.meaning_card import MeaningCard
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.manual import CONTENTS

MANUAL, ALL_KEYS = 0, 1  # the two tabs
ROUND = "round:start"


class HelpPanel(QFrame):
    """Typing narrows manual and keys at once, Esc closes. `round_asked` asks for the guided round."""

    closed = Signal()
    round_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys: tuple[KeyLine, ...] = KEYS
        self.setAccessibleName("帮助")
        self.search = QLineEdit()
        self.search.setPlaceholderText("在手册和按键里找，例如：撤销")
        self.search.setAccessibleName("在手册和按键里找")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._take_first)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("帮助的两页")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.manual = ManualView(theme)
        self.manual.turned.connect(self._show_turned)
        self.manual.called.connect(self._call)
        self.hits = QListWidget()
        self.hits.setAccessibleName("手册里找到的")
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.hits.itemActivated.connect(self._open_hit)
        self.hits.itemClicked.connect(self._open_hit)
        self._list = KeyList(theme)
        self._contents, self._back, self._round = QPushButton("目录"), QPushButton("后退"), QPushButton("试用十步")
        self.paper = ManualPaper(theme, self)
        self.card = MeaningCard(theme, self)
        self.card.more_asked.connect(lambda words: self._read("meanings", words))
        self._close = QToolButton()
        self._close.setAccessibleName("关闭")
        self._lay_out()
        self._connect()
        self._dress()
        self.hide()

    @property
    def shown(self) -> tuple[KeyLine, ...]:
        """The keys that match what was typed."""
        return self._list.lines

    def open_at(self, key: str, more: Sequence[KeyLine], meant: str = "") -> None:
        """Show the page of a place, and the keys with those of the place added; above, what `meant` means."""
        self._keys = (*KEYS, *more)
        self.card.show_meaning(meaning.of(meant))
        self.search.clear()
        self.paper.strip.hide()
        self.show()
        self.raise_()
        self.manual.begin(key)
        self._find("")
        self.search.setFocus()

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._turn)
        self._contents.clicked.connect(lambda: self._read(CONTENTS))
        self._back.clicked.connect(self.manual.go_back)
        self._round.clicked.connect(self.round_asked)
        self._close.clicked.connect(self.closed)
        self._theme.changed.connect(self._dress)

    def _lay_out(self) -> None:
        px = self._theme.px
        self.tabs.addTab("手册")
        self.tabs.addTab("按键")
        for button in (self._contents, self._back, self._round):
            style.set_kind(button, "link")
        self._contents.setToolTip("手册的全部页")
        self._back.setToolTip("回到刚才那一页（Alt+←）")
        self._round.setToolTip("在示例台账上跟着走十步")
        top = QHBoxLayout()
        top.setSpacing(px(4))
        top.addWidget(self.tabs)
        top.addStretch(1)
        for button in (self._back, self._contents, self._round, self.paper.button):
            top.addWidget(button)
        top.addWidget(self._close)
        self._scroll = scroll.column(self._list)
        self._stack = QStackedWidget()
        for page in (self.manual, self.hits, self._scroll):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(8), px(8), px(8))
        column.setSpacing(px(8))
        column.addLayout(top)
        column.addWidget(self.search)
        column.addWidget(self.paper.strip)
        column.addWidget(self.card)
        column.addWidget(self._stack, 1)

    def _dress(self) -> None:
        self._close.setIcon(self._theme.icon("dismiss", "text2", 20))

    def _find(self, words: str) -> None:
        low = words.strip().lower()
        self._list.show_lines([line for line in self._keys if low in " ".join(line).lower()])
        self.hits.clear()
        found = manual_text.find(words)
        for hit in found:
            item = QListWidgetItem(f"{hit.title}    {hit.line}")
            item.setToolTip(hit.line)
            item.setSizeHint(QSize(0, self._theme.px(28)))
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.hits.addItem(item)
        for tab, title, count in ((MANUAL, "手册", len(found)), (ALL_KEYS, "按键", len(self.shown))):
            self.tabs.setTabText(tab, f"{title} {count}" if low else title)
        if low and not found and self.shown:
            self.tabs.setCurrentIndex(ALL_KEYS)
        elif low and found and not self.shown:
            self.tabs.setCurrentIndex(MANUAL)
        self._turn(self.tabs.currentIndex())

    def _turn(self, tab: int) -> None:
        is_finding = bool(self.search.text().strip())
        self._stack.setCurrentWidget(self._scroll if tab == ALL_KEYS else self.hits if is_finding else self.manual)
        self._show_turned()

    def _show_turned(self, _key: str = "") -> None:
        is_reading = self._stack.currentWidget() is self.manual
        self._back.setVisible(is_reading and self.manual.can_go_back)
        self.card.setVisible(is_reading and not self.manual.can_go_back and self.card.has_meaning)

    def _read(self, key: str, words: str = "") -> None:
        self.tabs.setCurrentIndex(MANUAL)
        self._stack.setCurrentWidget(self.manual)
        self.manual.show_page(key, words)
        self._show_turned()

    def _open_hit(self, item: QListWidgetItem) -> None:
        hit = item.data(Qt.ItemDataRole.UserRole)
        self._read(hit.key, self.search.text().split()[0])
        self.manual.setFocus()

    def _take_first(self) -> None:
        if self._stack.currentWidget() is self.hits and self.hits.count():
            self._open_hit(self.hits.item(0))

    def _call(self, link: str) -> None:
        if link == ROUND:
            self.round_asked.emit()

    def _bar(self) -> QScrollBar:
        area = self.manual if self._stack.currentWidget() is self.manual else self._scroll
        return area.verticalScrollBar()

    @override
    def event(self, event: QEvent) -> bool:
        """Esc, F1 and Alt+← are the help's own while it has the keyboard."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._bar()
        steps = {
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if _is_ours(event):
            if event.key() == Qt.Key.Key_Left:
                self.manual.go_back()
            else:
                self.closed.emit()
        elif self._stack.currentWidget() is self.hits and event.key() == Qt.Key.Key_Down:
            self.hits.setFocus()
            self.hits.setCurrentRow(0)
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "surface")
        paint.hairline(painter, self._theme, QPointF(0, 0), self.height(), "line2", upright=True)


def _is_ours(event: QKeyEvent) -> bool:
    if event.key() == Qt.Key.Key_Left:
        return event.modifiers() == Qt.KeyboardModifier.AltModifier
    return event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1)
