"""The head of the month: which month, by when it is due, how many have reported, and what is done with the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QPushButton, QWidget
from typing_extensions import override

from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.top_bar import FlatButton

HEIGHT = 52


@dataclass(frozen=True, slots=True)
class Standing:
    """What the head tells: the month, its due day, what was reported, and which months there are."""

    month: str
    is_locked: bool
    is_last_lock: bool
    is_newest: bool
    due_on: str | None
    due: int = 0
    reported: int = 0
    missing: int = 0
    returned: int = 0
    waiting: int = 0
    wrong: int = 0
    locked_by: str = ""


class Count(QAbstractButton):
    """A label and a number that shows its rows when pressed."""

    def __init__(self, theme: Theme, label: str, tone: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._tone = tone
        self._value = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(f"只看{label}的项目")

    def show_value(self, value: int) -> None:
        """Show a number; nothing to see hides it."""
        self._value = value
        self.setAccessibleName(f"{self._label} {value}")
        self.setVisible(value > 0)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme = self._theme
        width = paint.text_width(theme, self._label) + paint.text_width(theme, str(self._value), medium=True)
        return QSize(round(width) + theme.px(18), theme.px(26))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        if self.underMouse() or self.isDown():
            paint.box(painter, theme, self.rect(), "select", radius=4)
        if self.hasFocus():
            paint.focus(painter, theme, self.rect())
        area = QRectF(self.rect()).adjusted(theme.px(6), 0, 0, 0)
        left = paint.text(painter, theme, area, self._label, "text2")
        area.adjust(left + theme.px(5), 0, 0, 0)
        paint.text(painter, theme, area, str(self._value), self._tone, medium=True, elide=Qt.TextElideMode.ElideNone)


class MonthHead(QWidget):
    """`month_chosen` gives a month to look at, `open_asked` one to open; `count_pressed` names the rows to see."""

    month_chosen = Signal(str)
    open_asked = Signal(str)
    count_pressed = Signal(str)
    forms_asked = Signal()
    intake_asked = Signal()
    chase_asked = Signal()
    lock_asked = Signal()
    unlock_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._standing: Standing | None = None
        self._months: Sequence[tuple[str, bool]] = ()
        self._next = ""
        self._due_words = ""
        self.month = FlatButton(theme, px=16, medium=True)
        self.month.setParent(self)
        self.month.setAccessibleDescription("选择月份")
        self.month.clicked.connect(self._open_menu)
        self.counts = {
            key: Count(theme, label, tone, self)
            for key, label, tone in (
                ("missing", "未报", "yellowt"),
                ("returned", "退回", "redt"),
                ("waiting", "待审", "text"),
                ("wrong", "有错", "redt"),
            )
        }
        for key, count in self.counts.items():
            count.clicked.connect(lambda _=False, key=key: self.count_pressed.emit(key))
        self.forms = self._button("发出填报表", self.forms_asked, "按单位生成填报表，发给单位用 WPS 或 Excel 填写")
        self.intake = self._button("读回填报表", self.intake_asked, "读回单位填好的填报表，先看会改什么")
        self.chase = self._button("催报名单", self.chase_asked, "还没有报的项目，按单位列出，一键复制")
        self.primary = self._button("", self._primary_pressed, "")
        style.set_kind(self.primary, "primary")
        theme.changed.connect(self._restyle)
        self._restyle()

    def _button(self, words: str, answer: object, tip: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setToolTip(tip)
        button.clicked.connect(answer)
        return button

    def show_standing(
        self, standing: Standing, months: Sequence[tuple[str, bool]], following: str, today: date, *, is_editable: bool
    ) -> None:
        """Show a month among all months (month, is locked), the newest first; `following` is the one to open next."""
        self._standing, self._months, self._next = standing, months, following
        self.month.show_value(show_month(standing.month), has_arrow=True)
        self.month.setToolTip("换一个月份，或开启下一个月")
        self._due_words = _due_words(standing, today)
        for key, count in self.counts.items():
            count.show_value(getattr(standing, key))
        # an earlier month that was opened again is locked by the same button
        self.primary.setVisible(is_editable and (standing.is_newest or standing.is_last_lock or not standing.is_locked))
        number = int(standing.month[5:7])
        is_unlocking = standing.is_locked and not standing.is_newest
        style.set_kind(self.primary, "" if is_unlocking else "primary")
        if not standing.is_locked:
            self.primary.setText(f"锁定 {number}月")
            self.primary.setToolTip("锁定后这个月的数不能再改；开启下月时也会自动锁定")
        elif standing.is_newest:
            self.primary.setText(f"开启 {int(following[5:7])}月")
            self.primary.setToolTip(f"开启{show_month(following)}的月度调度")
        else:
            self.primary.setText("解锁…")
            self.primary.setToolTip("只有最近锁定的月份能解锁，要写明理由")
        for button in (self.intake,):
            button.setEnabled(is_editable and not standing.is_locked)
        self._arrange()
        self.update()

    def _primary_pressed(self) -> None:
        standing = self._standing
        if standing is None:
            return
        if not standing.is_locked:
            self.lock_asked.emit()
        elif standing.is_newest:
            self.open_asked.emit(self._next)
        else:
            self.unlock_asked.emit()

    def _open_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        standing = self._standing
        still_open = [f"{int(month[5:7])}月" for month, is_locked in reversed(self._months) if not is_locked]
        if self._next:
            lock = f"，同时锁定{'、'.join(still_open)}" if still_open else ""
            opening = menu.addAction(f"开启{show_month(self._next)}{lock}")
            opening.setEnabled(self.primary.isEnabled())
            opening.triggered.connect(lambda: self.open_asked.emit(self._next))
        if standing is not None and standing.is_locked and standing.is_last_lock:
            menu.addAction(f"解锁{show_month(standing.month)}…").triggered.connect(self.unlock_asked)
        menu.addSeparator()
        for month, is_locked in self._months:
            action = menu.addAction(show_month(month) + ("　已锁定" if is_locked else ""))
            action.setCheckable(True)
            action.setChecked(standing is not None and month == standing.month)
            action.triggered.connect(lambda _=False, month=month: self.month_chosen.emit(month))
        menu.popup(self.month.mapToGlobal(self.month.rect().bottomLeft()))
        return menu

    # --- layout --------------------------------------------------------------------------------------------------

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self._arrange()
        self.update()

    def _arrange(self) -> None:
        """Month and counts from the left, buttons from the right; what finds no room goes: bar first, then the due day."""
        theme, right = self._theme, self.width() - self._theme.px(12)
        for button in (self.primary, self.chase, self.intake, self.forms):
            if button.isHidden():
                continue
            size = button.sizeHint()
            right -= size.width()
            button.setGeometry(right, (self.height() - theme.px(28)) // 2, size.width(), theme.px(28))
            right -= theme.px(8)
        size = self.month.sizeHint()
        self.month.setGeometry(theme.px(8), (self.height() - size.height()) // 2, size.width(), size.height())
        left = self.month.geometry().right() + theme.px(6)
        counts = sum(count.sizeHint().width() for count in self.counts.values() if not count.isHidden())
        reported = round(paint.text_width(theme, self._reported(), medium=True)) + theme.px(10)
        due = round(paint.text_width(theme, self._due_words, px=13)) + theme.px(20) if self._due_words else 0
        spare = right - left - counts - reported
        self._due_at = left if due <= spare else -1
        left += due if self._due_at >= 0 else 0
        spare -= due if self._due_at >= 0 else 0
        bar = min(theme.px(160), spare - theme.px(24))
        self._bar = (
            QRectF(left, (self.height() - theme.px(6)) / 2, bar, theme.px(6)) if bar >= theme.px(60) else QRectF()
        )
        left += round(self._bar.width()) + (theme.px(12) if self._bar.width() else 0)
        self._reported_at = left
        left += reported
        for count in self.counts.values():
            if count.isHidden():
                continue
            wanted = count.sizeHint()
            count.setGeometry(left, (self.height() - wanted.height()) // 2, wanted.width(), wanted.height())
            left += wanted.width()

    def _reported(self) -> str:
        standing = self._standing
        if standing is None:
            return ""
        return f"已报 {standing.reported} / {standing.due}"

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        paint.strip(painter, theme, self.rect())
        standing = self._standing
        if standing is None:
            return
        if self._due_at >= 0:
            area = QRectF(self._due_at, 0, self.width(), self.height())
            paint.text(painter, theme, area, self._due_words, "text2")
        if self._bar.width():
            share = standing.reported / standing.due if standing.due else 0.0
            paint.box(painter, theme, self._bar, "track", radius=3)
            if share:
                done = QRectF(self._bar)
                done.setWidth(max(theme.px(6), self._bar.width() * share))
                paint.box(painter, theme, done, "bar", radius=3)
        area = QRectF(self._reported_at, 0, self.width(), self.height())
        paint.text(painter, theme, area, self._reported(), "text", medium=True)


def _due_words(standing: Standing, today: date) -> str:
    if standing.is_locked:
        return f"{standing.locked_by}已锁定，只能查看" if standing.locked_by else "已锁定，只能查看"
    if standing.due_on is None:
        return ""
    day = date.fromisoformat(standing.due_on)
    left = (day - today).days
    when = f"{day.month}月{day.day}日应报齐"
    if left < 0:
        return f"{when}，已过 {-left} 天"
    return f"{when}，今天截止" if left == 0 else f"{when}，还有 {left} 天"
