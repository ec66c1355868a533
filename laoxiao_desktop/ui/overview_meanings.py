"""What figures and charts of 总览 mean, told to a mouse that rests on them; those that lead nowhere tell it too."""

from PySide6.QtCore import QEvent, QObject
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
            key, says = self._at(event)
            QToolTip.showText(event.globalPos(), meaning_tip.tip(key, says) if key else "", self._sheet)
            return True
        return False

    def _at(self, event: QHelpEvent) -> tuple[str, str]:
        layout = self._sheet.layout_now
        for placed in layout.figures:
            if placed.area.contains(event.pos()):
                return f"figure.{placed.figure.key}", placed.figure.says
        for chart in layout.charts:
            if chart.head.contains(event.pos()):
                return CHARTS.get(chart.chart.key, ""), ""
        return "", ""
