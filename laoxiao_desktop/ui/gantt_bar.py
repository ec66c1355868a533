"""The line above 进度图: conditions, 年 季 月, today, and what the strips mean."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QToolButton, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.filter_chip import Chip
from laoxiao_desktop.ui.gantt_axis import ZOOM_TITLES, Zoom
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import projects

HEIGHT = 44
FIELDS = (("sector", "类别"), ("status", "状态"), ("light", "灯"))
Conditions = tuple[tuple[str, tuple[str, ...]], ...]


class Legend(QWidget):
    """What the two strips and the diamond mean, each drawn as it is in the chart."""

    PARTS = (("bar2", "计划"), ("bar", "实际"), ("", "预计"))

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName("图例：上面浅色为计划，下面深色为实际，空心菱形为预计")
        self.setToolTip(
            "上面浅色：计划；下面深色：已完成的节点；虚线和空心菱形：预计。\n黄色、红色：有节点逾期，偏差栏写明天数。"
        )

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        words = sum(paint.text_width(theme, word, px=12) for _, word in self.PARTS)
        return QSize(round(words) + len(self.PARTS) * theme.px(40), theme.px(26))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        left, middle = 0.0, self.height() / 2
        for token, word in self.PARTS:
            if token:
                paint.box(
                    painter, theme, QRectF(left, middle - theme.px(2), theme.px(18), theme.px(5)), token, radius=2
                )
            else:
                half = 4 * theme.factor
                center = QPointF(left + theme.px(9), middle)
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(theme.color("text2"))
                painter.drawPolygon(
                    [center + QPointF(*step) for step in ((0, -half), (half, 0), (0, half), (-half, 0))]
                )
            left += theme.px(24)
            area = QRectF(left, 0, theme.px(60), self.height())
            left += paint.text(painter, theme, area, word, "text2", px=12) + theme.px(16)
        painter.end()


class GanttBar(QWidget):
    """`changed` tells that the conditions are others; the rest are wishes."""

    changed = Signal()
    zoom_asked = Signal(str)
    today_asked = Signal()
    turn_all_asked = Signal()
    baseline_asked = Signal()
    record_asked = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.conditions: dict[str, tuple[str, ...]] = {}
        self.chips = {field: Chip(theme, title, parent=self) for field, title in FIELDS}
        for field, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, field=field: self.open_popup(field))
            chip.cleared.connect(lambda field=field: self.set_condition(field, ()))
        self.zooms = {zoom: self._zoom_button(zoom) for zoom in ZOOM_TITLES}
        self.today = self._quiet("今天", "回到今天（T）", self.today_asked)
        self.turn_all = self._quiet("收起县市", "收起或展开全部县市", self.turn_all_asked)
        self.legend = Legend(theme, self)
        self.baseline = QPushButton("保存计划版次")
        self.baseline.setToolTip("把现在的计划日期原样存为一版，以后的偏差同它比")
        self.baseline.clicked.connect(self.baseline_asked)
        self.record = QToolButton()
        self.record.setAccessibleName("显示或收起记录（F4）")
        self.record.setToolTip("显示或收起记录（F4）")
        self.record.clicked.connect(self.record_asked)
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _lay_out(self) -> None:
        line = self._line = QHBoxLayout(self)
        for chip in self.chips.values():
            line.addWidget(chip)
        line.addSpacing(self._theme.px(12))
        for button in self.zooms.values():
            line.addWidget(button)
        line.addWidget(self.today)
        line.addWidget(self.turn_all)
        line.addStretch(1)
        line.addWidget(self.legend)
        line.addWidget(self.baseline)
        line.addWidget(self.record)

    def _zoom_button(self, zoom: Zoom) -> QToolButton:
        button = QToolButton()
        button.setText(ZOOM_TITLES[zoom])
        button.setCheckable(True)
        button.setAccessibleName(f"按{ZOOM_TITLES[zoom]}看")
        button.setToolTip(f"按{ZOOM_TITLES[zoom]}看（Ctrl+滚轮缩放）")
        button.clicked.connect(lambda: self.zoom_asked.emit(zoom))
        if not hasattr(self, "_group"):
            self._group = QButtonGroup(self)
        self._group.addButton(button)
        return button

    def _quiet(self, word: str, hint: str, signal: object) -> QPushButton:
        button = QPushButton(word)
        button.setProperty("kind", "quiet")
        button.setToolTip(hint)
        button.clicked.connect(signal)
        return button

    def show_zoom(self, zoom: str) -> None:
        """Mark the step that the years show."""
        for name, button in self.zooms.items():
            button.setChecked(name == zoom)

    def set_condition(self, field: str, values: Sequence[str]) -> None:
        """Accept these values of a field; none accepts all."""
        if values:
            self.conditions[field] = tuple(values)
        else:
            self.conditions.pop(field, None)
        self.chips[field].set_value("、".join(value or "未填" for value in values))
        self.changed.emit()

    def clear(self) -> None:
        """Forget all conditions."""
        for field in tuple(self.conditions):
            self.conditions.pop(field)
            self.chips[field].set_value("")
        self.changed.emit()

    def open_popup(self, field: str) -> QWidget:
        """Choose values of a field."""
        from laoxiao_desktop.ui.filter_popup import FilterPopup, Value  # noqa: PLC0415  (loads pinyin)

        if field == "light":
            values = [Value(colour, f"{colour}灯") for colour in ("红", "黄", "绿")]
        else:
            found = self._session.read(projects.choices, field, self._session.scope.plan)
            values = [Value(stored, title, count) for stored, title, count in found]
        popup = FilterPopup(self._theme, dict(FIELDS)[field], values, self.conditions.get(field, ()), self)
        popup.changed.connect(lambda chosen: self.set_condition(field, chosen))
        popup.open_below(self.chips[field])
        return popup

    def _restyle(self) -> None:
        theme = self._theme
        self.setFixedHeight(theme.px(HEIGHT))
        self._line.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        self._line.setSpacing(theme.px(6))
        set_drawing(self.record, theme, "panel_right", "text2", 20)
        self.update()

    def be_tight(self, width: int) -> None:
        """Leave the legend, then the turning button, to a wider window."""
        self.legend.setVisible(width >= self._theme.px(860))
        self.turn_all.setVisible(width >= self._theme.px(640))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.strip(painter, self._theme, self.rect())
        painter.end()
