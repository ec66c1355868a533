"""The quiet strip under the month: what the field in hand means, what stood before, and what a rule says of the row."""

from collections import Counter
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.monthly import APPROVED, DEFINITIONS, DRAFT, LOCKED, RETURNED, SENT, MonthReport
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.monthly_columns import BEFORE, COLUMNS
from laoxiao_desktop.ui.monthly_lines import NOT_REPORTED, MonthLine
from laoxiao_desktop.ui.monthly_table import MonthGroup
from laoxiao_desktop.ui.theme import Theme

HEIGHT = 30
_STATES: Final = {
    NOT_REPORTED: "未报",
    DRAFT: "草稿",
    RETURNED: "退回",
    SENT: "待审",
    APPROVED: "已审",
    LOCKED: "已锁定",
}
_BY_COLUMN = {shown: name for name, shown in BEFORE.items()}


class HelpStrip(QWidget):
    """Says at the left what the field means and what a rule finds in the row, at the right what stood last month."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = ""
        self.warning = ""
        self.before = ""
        self.setAccessibleName("说明")
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_cell(self, line: MonthLine | None, column: int, who: str = "", *, is_said: bool = False) -> None:
        """Speak of a cell, `who` brought it there; None: of nothing. What stands under the row is not said twice."""
        self.words, self.before, self.warning = "", "", ""
        if line is not None:
            name = COLUMNS[column].name
            problem = line.problem_of(name)
            self.words = "" if problem is not None else who or _meaning(name)
            others = (one for one in line.problems if one.severity == "warning" or not is_said)
            self.warning = _warning(line, problem or next(others, None))
            self.before = _before(line.row.before)
        said = "　".join(part for part in (self.words, self.warning) if part)
        self.setToolTip(said)
        self.setAccessibleDescription(f"{said} {self.before}".strip())
        self.update()

    def show_group(self, group: MonthGroup) -> None:
        """Speak of a heading: how its projects stand, and what the keyboard can do with it."""
        states = Counter(line.row.state or NOT_REPORTED for line in group.lines if not line.row.is_exempt)
        told = "，".join(f"{word} {states[state]}" for state, word in _STATES.items() if states[state])
        self._say_all(
            f"{group.title or '未填写'} {len(group.lines)} 项{f'：{told}' if told else ''}。按 Enter 收起或展开。"
        )

    def _say_all(self, words: str) -> None:
        self.words, self.before, self.warning = words, "", ""
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(HEIGHT))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        paint.box(painter, theme, self.rect(), "head")
        paint.hairline(painter, theme, QPointF(0, 0), self.width())
        left, right = float(theme.px(12)), float(self.width() - theme.px(12))
        width = paint.text_width(theme, self.before, px=12) if self.before else 0.0
        if width and width < self.width() * 0.5:
            paint.text(painter, theme, QRectF(right - width, 0, width + 1, self.height()), self.before, "text2", px=12)
            right -= width + theme.px(24)
        if self.warning:
            wanted = paint.text_width(theme, self.words, px=12) + theme.px(46)
            if wanted + paint.text_width(theme, self.warning, px=12) > right - left:
                left = self._say(painter, left, right, "warning", self.warning, "yellowt")
                return
        if self.words:
            left = self._say(painter, left, right, "info", self.words, "text2") + theme.px(20)
        if self.warning:
            self._say(painter, left, right, "warning", self.warning, "yellowt")

    def _say(self, painter: QPainter, left: float, right: float, icon: str, words: str, tone: str) -> float:
        theme = self._theme
        at = QPointF(left, round((self.height() - theme.px(16)) / 2))
        paint.icon(painter, theme, at, icon, tone if icon == "warning" else "text3", 16)
        area = QRectF(left + theme.px(22), 0, max(0.0, right - left - theme.px(22)), self.height())
        return area.left() + paint.text(painter, theme, area, words, tone, px=12, elide=Qt.TextElideMode.ElideRight)


def _warning(line: MonthLine, problem: FieldProblem | None) -> str:
    """Why the report was given back, else what a rule says, with the field it means."""
    now = line.row.now
    if now is not None and now.return_reason and line.row.state == RETURNED:
        return f"退回理由：{now.return_reason}"
    if problem is None:
        return ""
    title = next((column.title for column in COLUMNS if column.name == problem.field), "")
    return f"{title}：{problem.message}" if title and title not in problem.message else problem.message


def _meaning(name: str) -> str:
    """The official meaning of a column, of the field behind it where it only shows what stood before."""
    found = DEFINITIONS.get(_BY_COLUMN.get(name, name), "")
    return found or next((column.help for column in COLUMNS if column.name == name), "")


def _before(before: MonthReport | None) -> str:
    """What stood last month in one line, the central part in brackets."""
    if before is None:
        return "上月没有填报"
    parts = []
    for word, whole, part in (("完成", before.cum_completed, before.central_completed),
                              ("到位", before.cum_arrived, before.central_arrived),
                              ("支付", before.cum_paid, before.central_paid)):  # fmt: skip
        if whole is not None:
            central = f"（中央 {show_money(part)}）" if part is not None else ""
            parts.append(f"{word} {show_money(whole)}{central}")
    figures = "　".join(parts)
    return f"{int(before.month[5:7])}月累计：{figures}" if figures else ""
