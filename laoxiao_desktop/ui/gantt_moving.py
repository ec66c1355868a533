"""A milestone on its way to another date: by the mouse or by keys, written once when the hand rests."""

from PySide6.QtCore import QObject, QPointF, QTimer

from laoxiao_desktop.models.dates import add_months, show_date
from laoxiao_desktop.models.gantt import Mark
from laoxiao_desktop.ui.gantt_parts import Chart
from laoxiao_desktop.ui.gantt_words import drag_hint, snapped

_REST = 700  # ms after the last Alt+arrow until the date is written
_TO_DAYS = 0.8  # pixels of a day from which a drag tells days, not months
_START = 3  # pixels before a press becomes a drag
_EDGE = 24  # pixels the years move while a mark is held beyond them


class Moving(QObject):
    """The date that the mark in hand is coming to. Nothing is written until `settle`."""

    def __init__(self, chart: Chart, parent: QObject) -> None:
        super().__init__(parent)
        self._chart = chart
        self.press: QPointF | None = None
        self.target: int | None = None  # the day it stands at now
        self.pending = ""  # the same as a stored date
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self.settle)

    @property
    def hint(self) -> str:
        """What is said beside it; empty when nothing moves."""
        mark = self._chart.mark
        return drag_hint(mark, self.pending, self._chart.painter_of_bars.calendar) if mark and self.pending else ""

    def drag(self, at: QPointF) -> None:
        """The mouse went on with the button down."""
        chart, mark = self._chart, self._chart.mark
        if self.press is None or (self.target is None and abs(at.x() - self.press.x()) <= _START):
            return
        if mark is None or not self.may_move(mark):
            self.press = None
            return
        frame = chart.frame
        if at.x() > frame.right or at.x() < frame.left:  # beyond the edge the years come along
            across = chart.horizontalScrollBar()
            across.setValue(across.value() + (_EDGE if at.x() > frame.right else -_EDGE))
        self.target = chart.frame.day(at.x())
        self.pending = snapped(self.target, to_days=self._tells_days)
        self._tell()

    def let_go(self) -> None:
        """The button was released."""
        self.press = None
        if self.target is not None:
            self.settle()

    def nudge(self, by: int) -> None:
        """A month earlier or later, or a day where the chart tells days."""
        chart, mark = self._chart, self._chart.mark
        if mark is None or not self.may_move(mark):
            return
        calendar = chart.painter_of_bars.calendar
        stored = self.pending or mark.at or ""
        if self._tells_days:
            self.pending = snapped(calendar.days(stored)[1] + by, to_days=True)
        else:
            self.pending = add_months(stored, by)
        self.target = calendar.days(self.pending)[1]
        self._rest.start()
        self._tell()

    def settle(self) -> None:
        """Write the date it has come to."""
        self._rest.stop()
        mark, stored = self._chart.mark, self.pending
        self.target, self.pending = None, ""
        if mark is not None and stored and stored != mark.forecast:
            self._chart.moved.emit(mark.uid, stored)
        self._tell()

    def give_up(self) -> None:
        """Forget the date that was not written yet."""
        self._rest.stop()
        self.press = self.target = None
        self.pending = ""
        self._tell()

    def may_move(self, mark: Mark) -> bool:
        """Whether a mark can be given another expected date; if not, why is told."""
        if mark.actual:
            self._chart.refused.emit(f"“{mark.name}”已在 {show_date(mark.actual)} 完成，不再有预计日期。")
            return False
        if not self._chart.is_editable:
            self._chart.refused.emit("台账是只读打开的，不能改预计日期。")
        return self._chart.is_editable

    @property
    def _tells_days(self) -> bool:
        axis = self._chart.axis
        return axis.day_width >= _TO_DAYS * axis.factor

    def _tell(self) -> None:
        self._chart.describe()
        self._chart.viewport().update()
