"""Above the table of milestones: how the project stands in words, the names of the columns, or what to do first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.models import milestone as rules
from laoxiao_desktop.models.dates import show_date
from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.record_step import DATE, RAIL, SLIP
from laoxiao_desktop.ui.record_text import wrapped
from laoxiao_desktop.ui.theme import Theme

_TONES = {"红": "red", "黄": "yellow"}


def standing(steps: Sequence[Milestone]) -> tuple[str, str, str]:
    """(headline, token, what it rests on): how the milestones of a project stand today."""
    today = clock.today()
    text, light = rules.headline(steps, today)
    late = [step for step in steps if rules.state(step, today) == "late"]
    if not any(step.actual or step.forecast for step in steps):
        past = f"计划日期已过的有 {len(late)} 项；" if late else ""
        return "尚未填报", "text", f"{past}在“实际/预计”里填日期，今天以前的记为实际。"
    told = text.partition("，")[2] or ("全部完成" if all(step.actual for step in steps) else text)
    return told, f"{_TONES[light]}t" if light in _TONES else "text", _reason(steps, late)


def _reason(steps: Sequence[Milestone], late: Sequence[Milestone]) -> str:
    today = clock.today()
    if not late:
        waiting = [step for step in steps if not step.actual and (step.forecast or step.planned)]
        behind = [step for step in waiting if rules.slip_days(step, today) > 0]
        return f"{len(behind)} 项预计晚于计划。" if behind else "都在计划之内。"
    worst = max(late, key=lambda step: rules.slip_days(step, today))
    told = f"计划 {show_date(worst.planned)}" if worst.planned else ""
    if worst.forecast:
        told += f"，预计 {show_date(worst.forecast)}"
    after = steps[list(steps).index(worst) + 1 :]
    slips = [days for step in after if not step.actual and step.forecast and (days := rules.slip_days(step, today)) > 0]
    if slips:
        span = f"{min(slips)}" if min(slips) == max(slips) else f"{min(slips)}—{max(slips)}"
        told += f"；其后各项顺延 {span} 天"
    return f"{told}。" if told else ""


class Headline(QWidget):
    """The sentence above the line: what is late or next, how many are done, what it rests on."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told = ("", "text", "")
        self._count = ""
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self._measure()

    def show_standing(self, steps: Sequence[Milestone]) -> None:
        """Say how these stand."""
        self._told = standing(steps)
        self._count = f"{sum(1 for step in steps if step.actual)} / {len(steps)} 完成"
        share = rules.done_share(steps)
        self.setToolTip(f"按权重完成 {share} %" if share is not None else "")
        self.setAccessibleName(f"{self._told[0]}，{self._count}。{self._told[2]}")
        self._measure()
        self.update()

    @property
    def words(self) -> str:
        """The headline."""
        return self._told[0]

    def _lines(self, words: str, px: float, room: int, *, medium: bool = False) -> list[str]:
        return wrapped(words, self._theme.font(px, medium), room)

    def _measure(self) -> None:
        room = self.width() - 2 * self._theme.px(16)
        beside = room - int(paint.text_width(self._theme, self._count)) - self._theme.px(12)
        heads = len(self._lines(self._told[0], 14, beside, medium=True))
        reasons = len(self._lines(self._told[2], 12, room)) if self._told[2] else 0
        self.setFixedHeight(
            self._theme.px(14) + self._theme.px(4) + heads * self._theme.px(22) + reasons * self._theme.px(19)
        )

    @override
    def resizeEvent(self, event: object) -> None:
        self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, side = self._theme, self._theme.px(16)
        area = self.rect().adjusted(side, theme.px(14), -side, 0)
        head, token, reason = self._told
        count = area.adjusted(0, 0, 0, 0)
        count.setHeight(theme.px(22))
        took = paint.text(painter, theme, count, self._count, "text2", align=paint.RIGHT)
        y = area.top()
        for line in self._lines(head, 14, int(area.width() - took) - theme.px(12), medium=True):
            row = area.adjusted(0, y - area.top(), 0, 0)
            row.setHeight(theme.px(22))
            paint.text(painter, theme, row, line, token, px=14, medium=True, elide=Qt.TextElideMode.ElideNone)
            y += theme.px(22)
        for line in self._lines(reason, 12, area.width()) if reason else ():
            row = area.adjusted(0, y - area.top(), 0, 0)
            row.setHeight(theme.px(19))
            paint.text(painter, theme, row, line, "text2", px=12, elide=Qt.TextElideMode.ElideNone)
            y += theme.px(19)
        painter.end()


class TableHead(QWidget):
    """The names of the columns."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedHeight(self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        paint.head_ground(painter, theme, self.rect())
        right = self.width() - theme.px(16)
        slip, reached, planned = (right - theme.px(width) for width in (SLIP, SLIP + DATE, SLIP + 2 * DATE))
        for words, left, width in (
            ("里程碑", theme.px(RAIL), planned - theme.px(RAIL)),
            ("计划", planned + theme.px(4), theme.px(DATE - 4)),
            ("实际/预计", reached + theme.px(4), theme.px(DATE - 4)),
        ):
            area = self.rect().adjusted(left, 0, 0, 0)
            area.setWidth(width)
            paint.text(painter, theme, area, words, "text2", px=12, medium=True)
        area = self.rect().adjusted(slip, 0, -theme.px(16), 0)
        took = paint.text(painter, theme, area, "天", "text3", px=11, align=paint.RIGHT)
        area.adjust(0, 0, -int(took) - theme.px(3), 0)
        paint.text(painter, theme, area, "偏差", "text2", px=12, medium=True, align=paint.RIGHT)
        painter.end()


class EmptyMilestones(QWidget):
    """What stands here before there are any: one sentence and one button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = prose_label("", self)
        self.button = QPushButton(self)
        style.set_kind(self.button, "primary")
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        side = self._theme.px(16)
        box = self.layout()
        if box is not None:
            box.setContentsMargins(side, self._theme.px(24), side, side)
            box.setSpacing(self._theme.px(12))
        self.words.setFont(self._theme.font(13))

    def show_for(self, build_kind: str | None, *, is_editable: bool) -> None:
        """Say what the button would do for a project of this build kind."""
        count = len(rules.template_for(build_kind))
        self.words.setText(
            f"这个项目还没有里程碑。按{build_kind or '新建'}项目的模板可以建立 {count} 项，计划日期按建设期限铺开，之后都能改。"
            if is_editable
            else "这个项目还没有里程碑。"
        )
        self.button.setText(f"按模板建立里程碑（{count} 项）")
        self.button.setVisible(is_editable)


def prose_label(words: str, parent: QWidget) -> QLabel:
    """A wrapping label of plain text."""
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", "text2")
    return label
