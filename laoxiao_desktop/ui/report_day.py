"""The day a report is made for: typed as clerks type days, or picked from a calendar; never after today."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.dates import last_day, parse_date, show_date_in_words
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.style import set_bad, set_kind
from laoxiao_desktop.ui.theme import Theme


def read_day(text: str, today: date) -> date:
    """The day that was typed; a month means its last day. UserError for no day, and for one after today."""
    typed = text.strip()
    if not typed:
        return today
    day = last_day(parse_date(typed, today))
    if day > today and parse_date(typed, today) == today.isoformat()[:7]:
        return today  # this month is not over: as far as it has come
    if day > today:
        raise UserError(f"{show_date_in_words(day.isoformat())}还没有到。", "请写今天或以前的日子。")
    return day


def day_choices(today: date) -> tuple[tuple[str, date], ...]:
    """The days reports are mostly made for."""
    month_end = today.replace(day=1) - timedelta(days=1)
    quarter_end = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - timedelta(days=1)
    year_end = date(today.year - 1, 12, 31)
    return ("今天", today), ("上月末", month_end), ("上季末", quarter_end), ("上年末", year_end)


class DayField(QWidget):
    """A line and a calendar. `changed` carries the day; a wrong text stays, is marked, and `problem` says why."""

    changed = Signal(object)
    problem = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._day = clock.today()
        self.line = QLineEdit(self)
        self.line.setAccessibleName("截至日期")
        self.line.setToolTip("可写 2026.6.30、6月、上月、昨天；↓ 打开日历")
        self.line.editingFinished.connect(self._take)
        self.button = QToolButton(self)
        self.button.setAccessibleName("打开日历")
        self.button.setToolTip("打开日历")
        self.button.clicked.connect(self.open_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self.button)
        self.line.installEventFilter(self)
        theme.changed.connect(self._restyle)
        self._restyle()
        self._show()

    @property
    def day(self) -> date:
        """The day in force."""
        return self._day

    def set_day(self, day: date) -> None:
        """Takes a day."""
        is_other = day != self._day
        self._day = day
        self._show()
        set_bad(self.line, False)
        self.problem.emit("")
        if is_other:
            self.changed.emit(day)

    def open_calendar(self) -> "Calendar":
        """Opens the calendar under the line."""
        calendar = Calendar(self._theme, self._day, self)
        calendar.chosen.connect(self.set_day)
        calendar.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.show()
        calendar.setFocus()
        return calendar

    def _take(self) -> None:
        if self.line.text() == _shown(self._day):
            set_bad(self.line, False)
            self.problem.emit("")
            return
        try:
            day = read_day(self.line.text(), clock.today())
        except UserError as error:
            set_bad(self.line, True)
            self.problem.emit(str(error))
            return
        self.set_day(day)

    def _show(self) -> None:
        self.line.setText(_shown(self._day))

    def _restyle(self) -> None:
        set_drawing(self.button, self._theme, "calendar", "text2", 16)

    @override
    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self.open_calendar()
                return True
            if event.key() == Qt.Key.Key_Escape and self.line.text() != _shown(self._day):
                self._show()
                self._take()
                return True
        return False


class Calendar(QFrame):
    """A month at a time, and the days reports are mostly made for."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, day: date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("calendar")
        self.setAccessibleName("日历")
        t = theme.tokens
        self.setStyleSheet(
            f"#calendar {{ background: {t.surface}; border: 1px solid {t.line2}; }}"
            f"#qt_calendar_navigationbar {{ background: {t.surface}; }}"
            f"QCalendarWidget QToolButton {{ color: {t.text}; background: transparent; }}"
            f"QCalendarWidget QAbstractItemView {{ background: {t.surface}; color: {t.text};"
            f" selection-background-color: {t.accent}; selection-color: {t.onaccent}; }}"
            f"QCalendarWidget QAbstractItemView:disabled {{ color: {t.ghost}; }}"
        )
        self.month = QCalendarWidget(self)
        self._dress(theme)
        self.month.setMaximumDate(_qdate(clock.today()))
        self.month.setSelectedDate(_qdate(day))
        self.month.clicked.connect(self._choose)
        self.month.activated.connect(self._choose)
        self.setFocusProxy(self.month)
        quick = QHBoxLayout()
        quick.setSpacing(theme.px(4))
        for words, at in day_choices(clock.today()):
            button = QPushButton(words, self)
            set_kind(button, "quiet")
            button.setToolTip(show_date_in_words(at.isoformat()))
            button.clicked.connect(lambda _=False, at=at: self._choose(_qdate(at)))
            quick.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(theme.px(6), theme.px(6), theme.px(6), theme.px(6))
        box.setSpacing(theme.px(4))
        box.addWidget(self.month)
        box.addLayout(quick)
        self.setFixedWidth(theme.px(300))

    def _dress(self, theme: Theme) -> None:
        month = self.month
        month.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        month.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        plain, quiet = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(theme.color("text"))
        quiet.setForeground(theme.color("text3"))
        quiet.setBackground(theme.color("surface"))
        month.setHeaderTextFormat(quiet)
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            month.setWeekdayTextFormat(weekday, plain)
        for name, icon in (("qt_calendar_prevmonth", "chevron_left"), ("qt_calendar_nextmonth", "chevron_right")):
            button = month.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(theme.icon(icon, "text2", 16))
        view = month.findChild(QTableView, "qt_calendar_calendarview")
        if view is not None:
            view.setAccessibleName("日期")

    def _choose(self, day: QDate) -> None:
        self.chosen.emit(date(day.year(), day.month(), day.day()))
        self.close()


def label_for(words: str, parent: QWidget) -> QLabel:
    """A plain label of a form, in its quiet tone."""
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", "text2")
    return label


def _shown(day: date) -> str:
    return show_date_in_words(day.isoformat())


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
