"""Which month 总览 tells of: a button in the place of the title, with all months that were opened."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.top_bar import FlatButton
from laoxiao_desktop.workspace.months import MonthLine


class OverviewMonths(FlatButton):
    """`chosen` carries the month to be told of, None for the newest. `newest` is a button that leads back to it."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, px=18, medium=True)
        self.setParent(parent)
        self._months: tuple[MonthLine, ...] = ()
        self._shown = ""
        self.newest = QPushButton(parent)
        self.newest.clicked.connect(lambda: self.chosen.emit(None))
        self.clicked.connect(self._open)
        self.setToolTip("换一个月份（Alt+← 上一个月，Alt+→ 下一个月）")
        self.setAccessibleDescription("选择月份")
        self.show_month("", ())

    def show_month(self, month: str, months: Sequence[MonthLine]) -> None:
        """Show a month of those that were opened; "" hides the button."""
        self._shown, self._months = month, tuple(sorted(months, key=lambda line: line.month))
        self.setVisible(bool(month))
        is_earlier = bool(month) and month != self._months[-1].month
        self.newest.setVisible(is_earlier)
        if month:
            self.show_value(f"{show_month(month)}进展", has_arrow=True)
        if is_earlier:
            self.newest.setText(f"看最新的 {show_month(self._months[-1].month)}")

    def step(self, by: int) -> None:
        """To the month before or after."""
        known = [line.month for line in self._months]
        if self._shown in known and 0 <= known.index(self._shown) + by < len(known):
            self._choose(known[known.index(self._shown) + by])

    def _choose(self, month: str) -> None:
        self.chosen.emit(None if month == self._months[-1].month else month)

    def _open(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for line in reversed(self._months):
            action = menu.addAction(show_month(line.month) + ("　已锁定" if line.is_locked else ""))
            action.setCheckable(True)
            action.setChecked(line.month == self._shown)
            action.triggered.connect(lambda _=False, month=line.month: self._choose(month))
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
