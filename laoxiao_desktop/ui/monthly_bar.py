"""The bar above the month: conditions at the left, what is done with the selected projects and the columns at the right."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.filter_chip import Chip, shortened
from laoxiao_desktop.ui.filter_popup import FilterPopup, Value
from laoxiao_desktop.ui.theme import Theme

HEIGHT: Final = 42
FIELDS: Final = (("state", "状态"), ("trouble", "问题"), ("sector", "类别"), ("unit", "责任单位"))
GROUPS: Final = {"county": "县市", "unit": "单位", "sector": "类别", "plan": "方案", "": "不分组"}


class MonthBar(QWidget):
    """`changed` gives (field, accepted values), `grouped` the field to gather by, `columns_asked` the anchor."""

    changed = Signal(str, object)
    grouped = Signal(str)
    columns_asked = Signal(object)

    def __init__(self, theme: Theme, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._conditions: Mapping[str, tuple[str, ...]] = {}
        self._actions = actions
        self._group = "county"
        self.values: Callable[[str], Sequence[Value]] = lambda field: ()
        self.setAccessibleName("筛选")
        self.chips = {field: Chip(theme, title, parent=self) for field, title in FIELDS}
        for field, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, field=field: self.open_popup(field))
            chip.cleared.connect(lambda field=field: self.changed.emit(field, ()))
        self.work = Chip(theme, "选中 0 项", icon_name="checkmark", is_quiet=True, parent=self)
        self.work.clicked.connect(self._open_work)
        self.menus = {
            "group": Chip(theme, "分组", icon_name="group_list", is_quiet=True, parent=self),
            "columns": Chip(theme, "列", icon_name="column_triple", is_quiet=True, parent=self),
        }
        self.menus["group"].clicked.connect(self._open_group)
        self.menus["columns"].clicked.connect(lambda: self.columns_asked.emit(self.menus["columns"]))
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_state(self, conditions: Mapping[str, tuple[str, ...]], group: str) -> None:
        """Show what is filtered and gathered now."""
        self._conditions, self._group = conditions, group
        for field, chip in self.chips.items():
            chosen = conditions.get(field, ())
            titles = {value.stored: value.title for value in self.values(field)} if chosen else {}
            words = [titles.get(stored, stored) for stored in chosen]
            chip.set_value(shortened(words), "、".join(words))
        self.menus["group"].set_value(GROUPS[group])
        self._arrange()

    def show_selected(self, count: int) -> None:
        """Say how many projects an action would touch."""
        self.work.label = f"选中 {count} 项"
        self.work.setAccessibleName(f"对选中的 {count} 项")
        self.work.setEnabled(count > 0)
        self._arrange()
        self.work.update()

    def open_popup(self, field: str) -> FilterPopup:
        """Choose values of a field."""
        popup = FilterPopup(self._theme, dict(FIELDS)[field], self.values(field), self._conditions.get(field, ()), self)
        popup.changed.connect(lambda chosen: self.changed.emit(field, chosen))
        popup.open_below(self.chips[field])
        return popup

    def _open_work(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in self._actions:
            if action.isSeparator():
                menu.addSeparator()
            else:
                menu.addAction(action)
        menu.popup(self.work.mapToGlobal(self.work.rect().bottomLeft()))
        return menu

    def _open_group(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for key, title in GROUPS.items():
            action = menu.addAction(title)
            action.setCheckable(True)
            action.setChecked(key == self._group)
            action.setActionGroup(group)
            action.triggered.connect(lambda _=False, key=key: self.grouped.emit(key))
        menu.popup(self.menus["group"].mapToGlobal(self.menus["group"].rect().bottomLeft()))
        return menu

    # --- layout --------------------------------------------------------------------------------------------------

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        theme = self._theme
        gap, left = theme.px(8), theme.px(12)
        for chip in self.chips.values():
            left = chip.stand(left, self.height()) + gap
        right = self.width() - theme.px(12)
        for chip in (*reversed(self.menus.values()), self.work):
            right -= chip.sizeHint().width()
            chip.stand(right, self.height())
            right -= theme.px(4)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.strip(painter, self._theme, self.rect())
        painter.end()
