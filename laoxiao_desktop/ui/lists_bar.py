"""The line above a list: whose rows, how gathered, a new row, the pane at the right."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget
from typing_extensions import override

from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.filter_chip import Chip, shortened
from laoxiao_desktop.ui.lists_rows import Grouping
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import lists

HEIGHT = 44
GROUPINGS: tuple[tuple[Grouping, str], ...] = (("table", "方案和表"), ("sector", "类别"), ("none", "不分组"))


class ListBar(QWidget):
    """`units_chosen` carries the units asked for, `grouping_chosen` how rows are gathered."""

    units_chosen = Signal(object)
    grouping_chosen = Signal(str)
    add_asked = Signal()
    detail_asked = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.units: tuple[str, ...] = ()
        self.chip = Chip(theme, "责任单位", parent=self)
        self.chip.clicked.connect(self.open_units)
        self.chip.cleared.connect(lambda: self.set_units(()))
        self._told = QLabel(self)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setProperty("tone", "text3")
        self.group = Chip(theme, "分组", icon_name="group_list", is_quiet=True, parent=self)
        self.group.clicked.connect(self._offer_groupings)
        self.add = QPushButton("新增", self)
        self.add.setAccessibleName("新增一行（Ctrl+N）")
        self.add.setToolTip("新增一行（Ctrl+N）")
        self.add.clicked.connect(self.add_asked)
        self._detail = QToolButton(self)
        self._detail.setAccessibleName("显示或收起详情（F4）")
        self._detail.setToolTip("显示或收起详情（F4）")
        self._detail.clicked.connect(self.detail_asked)
        line = QHBoxLayout(self)
        line.addWidget(self.chip)
        line.addWidget(self._told, 1)
        line.addWidget(self.group)
        line.addWidget(self.add)
        line.addWidget(self._detail)
        self._line = line
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(HEIGHT))
        self._line.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        self._line.setSpacing(theme.px(8))
        self._told.setFont(theme.font(12))
        set_drawing(self.add, theme, "add", "text2", 16)
        set_drawing(self._detail, theme, "panel_right", "text2", 20)

    def set_units(self, units: Sequence[str]) -> None:
        """Asks for the rows of some units; none for all."""
        chosen = tuple(units)
        if chosen == self.units:
            return
        self.units = chosen
        self.chip.set_value(shortened(chosen), "、".join(chosen))
        self.units_chosen.emit(chosen)

    def show_grouping(self, grouping: Grouping) -> None:
        """Says how rows are gathered now."""
        self.group.set_value(dict(GROUPINGS)[grouping])

    def tell(self, words: str) -> None:
        """A quiet sentence beside the chip."""
        self._told.setText(words)
        self._told.setToolTip("")

    @property
    def told(self) -> str:
        """The quiet sentence."""
        return self._told.text()

    def open_units(self) -> QWidget:
        """Opens the list of units with what each bears."""
        from laoxiao_desktop.ui.filter_popup import FilterPopup, Value  # noqa: PLC0415  (loads pinyin)

        counted = self._session.read(lists.units_of, self._session.scope.plan)
        values = [Value(unit, unit, count) for unit, count in counted]
        popup = FilterPopup(self._theme, "责任单位", values, self.units, self)
        popup.changed.connect(self.set_units)
        popup.open_below(self.chip)
        return popup

    def _offer_groupings(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for grouping, words in GROUPINGS:
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(words == self.group.value)
            action.triggered.connect(lambda _=False, grouping=grouping: self.grouping_chosen.emit(grouping))
        menu.popup(self.group.mapToGlobal(QPoint(0, self.group.height() + 2)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.end()
