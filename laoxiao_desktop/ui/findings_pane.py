"""The finding in hand: what, where, why, the figures, the published rows beside it, and what to do."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.check import SEVERITIES
from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.meaning_findings import reason_of
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.findings_beside_list import BesideList
from laoxiao_desktop.ui.findings_delegate import mark
from laoxiao_desktop.ui.findings_form import FindingForm
from laoxiao_desktop.ui.labels import heading, hint, sentence
from laoxiao_desktop.ui.scroll import column as scrolled
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.findings_beside import Beside

SIDE = 16
_TONES = {"error": "redt", "warning": "yellowt", "note": "text2"}


class SeverityLine(QWidget):
    """The shape and word of the severity, a rule, and where the finding stands."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._finding: Finding | None = None
        self._where = ""
        theme.changed.connect(self._measure)
        self._measure()

    def show_finding(self, finding: Finding, where: str) -> None:
        """Show the severity of a finding and where it stands."""
        self._finding, self._where = finding, where
        self.setAccessibleName(f"{SEVERITIES[finding.severity]}，{where}")
        self.setToolTip(where)
        self.update()

    def _measure(self) -> None:
        self.setFixedHeight(self._theme.px(22))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._finding is None:
            return
        painter, theme = QPainter(self), self._theme
        severity, middle = self._finding.severity, self.height() / 2
        mark(painter, theme, QPointF(theme.px(6), middle), severity)
        left = float(theme.px(19))

        def room() -> QRectF:
            return QRectF(left, 0, self.width() - left, self.height())

        left += paint.text(painter, theme, room(), SEVERITIES[severity], _TONES[severity], px=12, medium=True)
        left += theme.px(12)
        at = QPointF(left, middle - theme.px(5.5))
        paint.hairline(painter, theme, at, theme.px(11), "line2", upright=True)
        left += theme.px(9)
        paint.text(painter, theme, room(), self._where, "text2", px=12, elide=Qt.TextElideMode.ElideMiddle)
        painter.end()


class FigureLine(QWidget):
    """The figures behind a finding, each with its label above, side by side and wrapped."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: tuple[tuple[str, str], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_figures(self, figures: Mapping[str, str]) -> None:
        """Show these figures; long texts are left to the sentence above."""
        self._figures = tuple((name, value) for name, value in figures.items() if value and len(value) <= 14)
        self.setAccessibleName("，".join(f"{name} {value}" for name, value in self._figures))
        self.setVisible(len(self._figures) > 1)
        self.updateGeometry()
        self.update()

    def _laid(self, width: int) -> list[tuple[int, int, str, str]]:
        theme = self._theme
        laid, x, y = [], 0, 0
        for name, value in self._figures:
            wants = round(
                max(paint.text_width(theme, name, px=12), paint.text_width(theme, value, px=14, medium=True))
            ) + theme.px(24)
            if x and x + wants - theme.px(24) > width:
                x, y = 0, y + theme.px(46)
            laid.append((x, y, name, value))
            x += wants
        return laid

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        laid = self._laid(width)
        return laid[-1][1] + self._theme.px(42) if laid else 0

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.heightForWidth(max(self.width(), self._theme.px(200))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        for x, y, name, value in self._laid(self.width()):
            label = QRectF(x, y, self.width() - x, theme.px(18))
            paint.text(painter, theme, label, name, "text3", px=12)
            below = QRectF(x, y + theme.px(18), self.width() - x, theme.px(22))
            paint.text(painter, theme, below, value, "text", px=14, medium=True)
        painter.end()


class FindingsPane(QWidget):
    """Shows one finding; `subject_wanted` carries the Subject whose row should be opened."""

    subject_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._finding: Finding | None = None
        self.setAccessibleName("校核结果详情")
        self.title = heading(theme, "", 15)
        self.title.setWordWrap(True)
        self.severity = SeverityLine(theme, self)
        self.why_title = heading(theme, "为什么", 13)
        self.why = sentence()
        self.advice = sentence(tone="text2")
        self.figures = FigureLine(theme, self)
        self.published_title = heading(theme, "公布文本", 13)
        self.lines = hint("")
        self.lines.setWordWrap(False)
        self.beside = BesideList(theme, self)
        self.beside.opened.connect(self.subject_wanted)
        self.form = FindingForm(theme, self)
        self.position = hint("")
        self.afterwards = hint("处理后自动到下一条")
        self._lay_out()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_nothing()

    def _lay_out(self) -> None:
        sheet = QWidget(self)
        self._column = QVBoxLayout(sheet)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addSpacing(4)
        self._column.addWidget(self.severity)
        self._column.addSpacing(16)
        self._column.addWidget(self.why_title)
        self._column.addSpacing(4)
        self._column.addWidget(self.why)
        self._column.addSpacing(8)
        self._column.addWidget(self.figures)
        self._column.addSpacing(8)
        self._column.addWidget(self.advice)
        self._column.addSpacing(12)
        line = QHBoxLayout()
        line.addWidget(self.published_title)
        line.addStretch(1)
        line.addWidget(self.lines)
        self._column.addLayout(line)
        self._column.addSpacing(6)
        self._column.addWidget(self.beside)
        self._column.addSpacing(20)
        self._column.addWidget(self.form)
        self._column.addStretch(1)
        self.area: QScrollArea = scrolled(sheet)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.position)
        self._foot.addStretch(1)
        self._foot.addWidget(self.afterwards)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(1, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.area, 1)
        self._whole.addLayout(self._foot)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._place_buttons)
        self.form.ways.buttonToggled.connect(lambda _button, _is_on: self._later.start())

    def _restyle(self) -> None:
        theme = self._theme
        side = theme.px(SIDE)
        self.setMinimumWidth(theme.px(320))
        self._column.setContentsMargins(side, theme.px(12), side, side)
        self._foot.setContentsMargins(side, theme.px(9), side, theme.px(9))
        self.title.setFont(theme.font(15, medium=True))
        for words in (self.why_title, self.published_title):
            words.setFont(theme.font(13, medium=True))
        for small in (self.lines, self.position, self.afterwards):
            small.setFont(theme.font(12))
        self.update()

    def _place_buttons(self) -> None:
        """The buttons stand below the reason where all fits, else above the foot, so that they are always in sight."""
        buttons = self.form.buttons
        is_below = buttons.parent() is self
        high = buttons.sizeHint().height()
        wants = self._column.totalHeightForWidth(self.area.viewport().width()) + (high if is_below else 0)
        has_room = wants <= self.area.height() + (high if is_below else 0)
        if has_room and is_below:
            self._whole.removeWidget(buttons)
            self.form.take_buttons()
        elif not has_room and not is_below:
            self._whole.insertWidget(1, self.form.give_buttons(self._theme.px(SIDE)))
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    @property
    def finding(self) -> Finding | None:
        """The finding in hand."""
        return self._finding

    def show_nothing(self) -> None:
        """No finding is in hand."""
        self._finding = None
        self.area.hide()
        self.form.buttons.hide()
        self.position.setText("")
        self.afterwards.hide()
        self.update()

    def show_finding(self, finding: Finding, where: str, beside: Sequence[Beside], lines: str) -> None:
        """Show a finding and the rows beside it; the form is filled by the place."""
        is_other = self._finding is None or self._finding.key != finding.key
        self._finding = finding
        self.area.show()
        self.form.buttons.show()
        self.afterwards.show()
        self._later.start()
        self.title.setText(finding.title)
        self.severity.show_finding(finding, where)
        self.why.setText(finding.message)
        matters, cure = reason_of(finding.code)
        self.advice.setText(f"影响：{matters}\n改法：{cure}" if matters else "")
        self.advice.setVisible(bool(matters))
        self.figures.show_figures(finding.figures)
        for part in (self.published_title, self.lines, self.beside):
            part.setVisible(bool(beside))
        self.lines.setText(lines)
        self.beside.show_rows(beside, finding.severity)
        if is_other:
            self.area.verticalScrollBar().setValue(0)

    def set_position(self, place: int, count: int) -> None:
        """Say in the foot which of the shown findings this is."""
        self.position.setText(f"第 {place} 条，共 {count} 条" if place else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        painter.fillRect(self.rect(), theme.color("surface"))
        paint.hairline(painter, theme, QPointF(0, 0), self.height(), upright=True)
        if self._finding is None:
            area = self.rect().adjusted(theme.px(24), 0, -theme.px(24), 0)
            words = "在左边选一条，这里说明为什么和怎么处理。"
            paint.text(painter, theme, area, words, "text3", align=paint.CENTER)
        else:
            paint.hairline(painter, theme, QPointF(0, self.area.geometry().bottom() + 1), self.width())
            if self.form.buttons.parent() is self:
                y = self.form.buttons.geometry().bottom() + 1
                paint.hairline(painter, theme, QPointF(0, y), self.width())
        painter.end()
