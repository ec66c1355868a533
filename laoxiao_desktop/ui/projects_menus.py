"""The menus of the project grid: saved views, grouping, and the one of a column title."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.filter_bar import FilterBar
from laoxiao_desktop.ui.grid_columns import COLUMNS, FROZEN, INDEX
from laoxiao_desktop.ui.grid_header import GridHeader
from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.projects_state import BUILT_IN, GROUP_TITLES, ViewState, from_settings
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import views

PLACE = "projects"


class NamePopup(QFrame):
    """Asks for a name under a button; Enter takes it, Esc leaves everything as it was."""

    named = Signal(str)

    def __init__(self, theme: Theme, words: str, verb: str, name: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("name_popup")
        t = theme.tokens
        self.setStyleSheet(f"#name_popup {{ background: {t.surface}; border: 1px solid {t.line2}; }}")
        column = QVBoxLayout(self)
        side = theme.px(12)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(theme.px(8))
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("tone", "text2")
        self.field = QLineEdit(name)
        self.field.setMaxLength(40)
        self.field.setMinimumWidth(theme.px(220))
        self.field.setAccessibleName(words)
        button = QPushButton(verb)
        style.set_kind(button, "primary")
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        row.addWidget(self.field)
        row.addWidget(button)
        column.addWidget(label)
        column.addLayout(row)
        button.clicked.connect(self._take)
        self.field.returnPressed.connect(self._take)
        self.field.selectAll()

    def _take(self) -> None:
        name = self.field.text().strip()
        if name:
            self.close()
            self.named.emit(name)

    def open_below(self, anchor: QWidget) -> None:
        """Show under a button."""
        self.adjustSize()
        self.move(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))
        self.show()
        self.field.setFocus()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class Views(QObject):
    """Saved and built-in views. `chosen` gives (name, state); `named` that the state now bears a name."""

    chosen = Signal(str, object)
    named = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._owner = parent

    def known(self) -> list[tuple[str, ViewState, str | None]]:
        """(name, state, uid) of every view; uid None for the built-in ones."""
        saved = self._session.read(views.of, PLACE) if self._session.has_ledger else []
        built_in = [(name, state, None) for name, state in BUILT_IN]
        return [*built_in, *((view.name, from_settings(view.settings), view.uid) for view in saved)]

    def open_menu(self, name: str, state: ViewState, anchor: QWidget) -> QMenu:
        """Offer the views and what can be done with the one in hand."""
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        current: str | None = None
        for number, (title, kept, uid) in enumerate(self.known()):
            if number == len(BUILT_IN):
                menu.addSeparator()
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(title == name)
            action.triggered.connect(lambda _=False, title=title, kept=kept: self.chosen.emit(title, kept))
            current = uid if title == name else current
        menu.addSeparator()
        can_write = not self._session.ledger.is_read_only
        actions: list[tuple[str, Callable[[], object]]] = [("另存为新视图…", lambda: self._save_as(state, anchor))]
        if current is not None:
            uid = current
            actions += [
                (f"更新“{name}”", lambda: self._session.run(views.save, PLACE, name, state.to_settings())),
                ("改名…", lambda: self._rename(uid, name, anchor)),
                (f"删除“{name}”", lambda: self._delete(uid)),
            ]
        for words, do in actions:
            action = menu.addAction(words)
            action.setEnabled(can_write)
            action.triggered.connect(lambda _=False, do=do: do())
        menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
        return menu

    def _save_as(self, state: ViewState, anchor: QWidget) -> None:
        popup = NamePopup(self._theme, "视图名称", "保存视图", "", self._owner)
        popup.named.connect(lambda name: self.save(name, state))
        popup.open_below(anchor)

    def save(self, name: str, state: ViewState) -> None:
        """Keep a state under a name."""
        if name in dict(BUILT_IN):
            name = f"{name}（我的）"
        self._session.run(views.save, PLACE, name, state.to_settings())
        self.named.emit(name)

    def _rename(self, uid: str, name: str, anchor: QWidget) -> None:
        popup = NamePopup(self._theme, "新的名称", "改名", name, self._owner)
        popup.named.connect(lambda new: self._renamed(uid, new))
        popup.open_below(anchor)

    def _renamed(self, uid: str, name: str) -> None:
        if self._session.run(views.rename, uid, name) is not None:
            self.named.emit(name)

    def _delete(self, uid: str) -> None:
        if self._session.run(views.delete, uid) is not None:
            self.chosen.emit(*BUILT_IN[0])


def group_menu(
    state: ViewState, choose: Callable[[object], None], turn_all: Callable[[bool], None], anchor: QWidget
) -> QMenu:
    """Offer what the rows can be gathered by; `turn_all` closes (True) or opens every group."""
    menu = QMenu(anchor)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    group = QActionGroup(menu)
    for key, title in GROUP_TITLES.items():
        action = menu.addAction(title)
        action.setCheckable(True)
        action.setChecked(key == state.group)
        action.setActionGroup(group)
        action.triggered.connect(lambda _=False, key=key: choose(key))
    if state.group is not None:
        menu.addSeparator()
        menu.addAction("全部收起").triggered.connect(lambda: turn_all(True))
        menu.addAction("全部展开").triggered.connect(lambda: turn_all(False))
    menu.popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))
    return menu


def title_menu(
    name: str,
    header: GridHeader,
    at: QPoint,
    *,
    filter_column: Callable[[], object] | None,
    hide: Callable[[], object],
    fit: Callable[[], object],
    fit_all: Callable[[], object],
) -> QMenu:
    """What can be done with one column."""
    menu = QMenu(header)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    key = COLUMNS[INDEX[name]].order or name
    orders = (("升序", ((key, False),)), ("降序", ((key, True),)), ("不排序", ()))
    for words, order in orders:
        menu.addAction(words).triggered.connect(lambda _=False, order=order: header.order_asked.emit(order))
    menu.addSeparator()
    if filter_column is not None:
        do = filter_column
        menu.addAction("筛选这一列…").triggered.connect(lambda _=False: do())
    hiding = menu.addAction("隐藏这一列")
    hiding.setEnabled(INDEX[name] >= FROZEN)
    hiding.triggered.connect(lambda _=False: hide())
    menu.addAction("列宽适合内容").triggered.connect(lambda _=False: fit())
    menu.addAction("全部列宽适合内容").triggered.connect(lambda _=False: fit_all())
    menu.popup(at)
    return menu


def only_action(view: GridView, bar: FilterBar, narrow: Callable[[str, str], None]) -> QAction | None:
    """只看…: narrows to the value of the cell in hand; None where its column cannot be filtered."""
    index = view.currentIndex()
    line = view.table.line(index.row()) if index.isValid() else None
    field = COLUMNS[index.column()].field_at(line.values) if line else None
    if line is None or field is None or field.name not in bar.chips:
        return None
    name, value = field.name, str(line.values.get(field.name) or "")
    action = QAction(f"只看“{line.text(index.column()) or '未填'}”", view)
    action.triggered.connect(lambda _=False: narrow(name, value))
    return action
