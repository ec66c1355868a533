"""The line above the findings: what is shown, by what is asked for, and the check-up once more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget
from typing_extensions import override

from laoxiao_desktop.ui.filter_chip import Chip, shortened
from laoxiao_desktop.ui.theme import Theme

HEIGHT = 44
CHIPS = (("states", "处理"), ("severities", "级别"), ("plans", "方案"), ("rules", "规则"))


@dataclass(frozen=True, slots=True)
class Offered:
    """One value a chip offers, with how many findings have it."""

    value: str
    title: str
    count: int


class FindingsBar(QWidget):
    """`chosen` carries the name of a choice and its values, `check_asked` that the check-up should run now."""

    chosen = Signal(str, object)
    opening = Signal(str)  # the list of a choice is about to open: its values are wanted by `offer`
    check_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._line = QHBoxLayout(self)
        self.chips: dict[str, Chip] = {}
        for name, label in CHIPS:
            chip = Chip(theme, label, parent=self)
            chip.clicked.connect(lambda _=False, name=name: self.opening.emit(name))
            chip.cleared.connect(lambda name=name: self.chosen.emit(name, ()))
            self.chips[name] = chip
            self._line.addWidget(chip)
        self._line.addStretch(1)
        self.again = QPushButton("重新校核", self)
        self.again.setAccessibleName("重新校核（F5）")
        self.again.setToolTip("重新校核（F5）；每次改动后会自动校核")
        self.again.clicked.connect(self.check_asked)
        self._line.addWidget(self.again)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(HEIGHT))
        self._line.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self._line.setSpacing(theme.px(6))

    def show_choice(self, name: str, titles: Sequence[str], count: int | None = None) -> None:
        """Says what a choice accepts now; nothing for all."""
        words = shortened(titles)
        if words and count is not None:
            words += f" {count}"
        self.chips[name].set_value(words, "、".join(titles) if len(titles) > 1 else "")

    def offer(self, name: str, values: Sequence[Offered], chosen: Sequence[str]) -> QWidget:
        """Opens the list of a choice."""
        from laoxiao_desktop.ui.filter_popup import FilterPopup, Value  # noqa: PLC0415 - loads pinyin

        shown = [Value(each.value, each.title, each.count) for each in values]
        popup = FilterPopup(self._theme, self.chips[name].label, shown, tuple(chosen), self)
        popup.changed.connect(lambda picked: self.chosen.emit(name, tuple(picked)))
        popup.open_below(self.chips[name])
        return popup

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(240), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.end()


def counted(values: Sequence[tuple[str, str]], order: Mapping[str, str] | None = None) -> list[Offered]:
    """Values with their titles, counted: in the order of `order` when given, else the most frequent first."""
    counts: dict[str, int] = {}
    titles: dict[str, str] = dict(order or {})
    for value, title in values:
        counts[value] = counts.get(value, 0) + 1
        titles.setdefault(value, title)
    if order is not None:
        return [Offered(value, title, counts.get(value, 0)) for value, title in titles.items()]
    return [Offered(value, titles[value], counts[value]) for value in sorted(counts, key=lambda each: -counts[each])]
