"""What figures and charts of 总览 mean, told to a mouse that rests on them; those that lead nowhere tell it too."""

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip
from typing_extensions import override

from laoxiao_desktop.ui import meaning_tip
from laoxiao_desktop.ui.overview_sheet import OverviewSheet

CHARTS = {"capacity": "figure.capacity", "county": "figure.pace", "sector": "figure.pace"}


class FigureTips(QObject):
    """Answers where no spot of the page does."""

    def __init__(self, sheet: OverviewSheet) -> None:
        super().__init__(sheet)
        self._sheet = sheet
        sheet.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.words_at(event.pos()), self._sheet)
            return True
        return False

    def words_at(self, point: QPoint) -> str:
        """What is told at a point of the page."""
        layout = self._sheet.layout_now
        for placed in layout.figures:
            if placed.area.contains(point):
                return meaning_tip.tip(f"figure.{placed.figure.key}", placed.figure.says)
        for chart in layout.charts:
            if chart.head.contains(point):
                return meaning_tip.tip(CHARTS.get(chart.chart.key, ""))
        return ""
