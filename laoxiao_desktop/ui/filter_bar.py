"""The bar above the grid: conditions that read as a sentence at the left, 视图, 分组 and 列 at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.filter_chip import Chip, shortened
from laoxiao_desktop.ui.filter_popup import FilterPopup, Value
from laoxiao_desktop.ui.projects_state import Conditions
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import projects

HEIGHT = 44
FIELDS: tuple[tuple[str, str], ...] = (
    ("sector", "类别"),
    ("status", "状态"),
    ("build_kind", "性质"),
    ("facility_type", "类型"),
    ("county", "县市"),
    ("responsible_unit", "责任单位"),
    ("year", "年份"),
    ("plan", "方案"),
    ("light", "灯"),
    ("started", "开工"),
    ("finished", "完工"),
    ("opened", "投用"),
    ("missing", "月报"),
    ("month", "月份"),
    ("uids", "所列"),
)
TITLES = dict(FIELDS)
ANSWERS: dict[str, dict[str, str]] = {  # conditions that are no field: what their values say
    "light": {"红": "红", "黄": "黄", "绿": "绿", "": "无灯"},
    "started": {"1": "已开工", "0": "未开工"},
    "finished": {"1": "已完工", "0": "未完工"},
    "opened": {"1": "已投用", "0": "未投用"},
    "missing": {"1": "未报", "0": "已报"},
}
GIVEN = frozenset({"month", "uids"})  # set by a figure of another place, taken away here, never chosen here
STANDING = ("sector", "status", "build_kind", "facility_type", "county")  # shown while there is room, even when unset


class FilterBar(QWidget):
    """Chips for `FIELDS`. `changed` gives (field, accepted values); the right-hand menus are asked for by name."""

    changed = Signal(str, object)
    menu_asked = Signal(str, object)
    left = Signal()  # Esc: back to the rows

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._conditions: dict[str, tuple[str, ...]] = {}
        self.listed = ""  # what the projects of a plain list are called
        self.setAccessibleName("筛选")
        self.chips = {field: Chip(theme, title, parent=self) for field, title in FIELDS}
        for field, chip in self.chips.items():
            if field not in GIVEN:
                chip.clicked.connect(lambda _=False, field=field: self.open_popup(field))
            chip.cleared.connect(lambda field=field: self.changed.emit(field, ()))
        self.more = Chip(theme, "条件", icon_name="add", is_quiet=True, parent=self)
        self.more.clicked.connect(self._offer_fields)
        self.menus = {
            name: Chip(theme, label, icon_name=icon, is_quiet=True, parent=self)
            for name, label, icon in (
                ("view", "视图", "eye"),
                ("group", "分组", "group_list"),
                ("columns", "列", "column_triple"),
            )
        }
        for name, chip in self.menus.items():
            chip.clicked.connect(lambda _=False, name=name, chip=chip: self.menu_asked.emit(name, chip))
        theme.changed.connect(self._restyle)
        self._restyle()

    def take_focus(self) -> None:
        """Give the keyboard to the first chip in sight."""
        chip = next((chip for chip in self.chips.values() if chip.isVisible()), self.more)
        chip.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_conditions(self, conditions: Conditions) -> None:
        """Show what is filtered now."""
        self._conditions = dict(conditions)
        for field, chip in self.chips.items():
            values = self._conditions.get(field, ())
            titles = self._titles(field, values) if values else []
            shown = shortened(titles)
            chip.set_value(shown, f"{TITLES[field]}：{'、'.join(titles)}" if titles else "")
        self._arrange()

    def relayout(self) -> None:
        """A menu's value changed and needs other room."""
        self._arrange()

    def _titles(self, field: str, values: Sequence[str]) -> list[str]:
        if field == "uids":
            return [f"{self.listed or '项目'} {len(values)} 项"]
        if field == "month":
            return [show_month(value) for value in values]
        if field in ANSWERS:
            return [ANSWERS[field].get(value, value) for value in values]
        if field not in ("county", "plan") and "" not in values:
            return [f"{value} 年" if field == "year" else value for value in values]
        known = {value: title for value, title, _ in self._session.read(projects.choices, field)}
        return [known.get(value, value) or "未填" for value in values]

    def open_popup(self, field: str, anchor: QWidget | None = None) -> FilterPopup:
        """Choose values of a field."""
        if field in ANSWERS:
            values = [Value(stored, title) for stored, title in ANSWERS[field].items()]
        else:
            found = self._session.read(projects.choices, field, self._session.scope.plan)
            values = [Value(stored, title, count) for stored, title, count in found]
        popup = FilterPopup(self._theme, TITLES[field], values, self._conditions.get(field, ()), self)
        popup.changed.connect(lambda chosen: self.changed.emit(field, chosen))
        chip = self.chips[field]
        popup.open_below(anchor or (chip if chip.isVisible() else self.more))
        return popup

    def _offer_fields(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field, title in FIELDS:
            if field not in GIVEN and not self.chips[field].isVisible():
                menu.addAction(title).triggered.connect(lambda _=False, field=field: self.open_popup(field, self.more))
        if any(self._conditions.values()):
            menu.addSeparator()
            menu.addAction("清除全部条件\tEsc").triggered.connect(lambda: self.changed.emit("", ()))
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    # --- layout --------------------------------------------------------------------------------------------------

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        """Place what finds room: set chips first, then the usual ones; the menus shrink to their icons if need be."""
        theme = self._theme
        gap, side = theme.px(8), theme.px(12)
        set_fields = [field for field in self.chips if self._conditions.get(field)]
        for is_compact in (False, True):
            for chip in self.menus.values():
                chip.is_compact = is_compact
            right = sum(chip.sizeHint().width() for chip in self.menus.values()) + 2 * theme.px(4)
            room = self.width() - 2 * side - right - gap - self.more.sizeHint().width()
            if sum(self.chips[field].sizeHint().width() + gap for field in set_fields) <= room:
                break
        shown = set(set_fields)
        used = sum(self.chips[field].sizeHint().width() + gap for field in set_fields)
        for field in STANDING:
            width = self.chips[field].sizeHint().width() + gap
            if field not in shown and used + width <= room:
                shown.add(field)
                used += width
        left = side
        for field, chip in self.chips.items():
            chip.setVisible(field in shown)
            if field in shown:
                left = chip.stand(left, self.height()) + gap
        self.more.stand(left, self.height())
        left = self.width() - side - right
        for chip in self.menus.values():
            left = chip.stand(left, self.height()) + theme.px(4)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, self._theme.px(HEIGHT))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(200, self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.strip(painter, self._theme, self.rect())
        painter.end()
