"""The panel left of the preview: which report, about what, as of when, signed by whom, and the two ways out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.models.report_request import KINDS
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.labels import set_tone
from laoxiao_desktop.ui.report_day import DayField, label_for
from laoxiao_desktop.ui.report_making import Wish
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.ui.style import set_kind
from laoxiao_desktop.ui.theme import Theme

WIDTH = 264
PAUSE_MS = 350  # after the last letter of the office


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list: stored value (None: all) and words."""

    value: str | None
    words: str


class ReportPanel(QWidget):
    """`changed`: something differs, make the report again. `scope_asked`: another plan or county was chosen."""

    changed = Signal()
    scope_asked = Signal(object)
    print_asked = Signal()
    save_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._scope = Scope()
        self._kinds = [_KindRow(theme, title, self) for title in (KINDS[0].title,)]
        self._kinds[0].setChecked(True)
        self.plan, self.county = QComboBox(self), QComboBox(self)
        self.plan.setAccessibleName("方案")
        self.county.setAccessibleName("县市区")
        for combo in (self.plan, self.county):
            combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(6)
            combo.activated.connect(lambda _index: self._ask_scope())
        self.day = DayField(theme, self)
        self.day.changed.connect(lambda _day: self._renew())
        self.day.problem.connect(self._say_day)
        self.office = QLineEdit(self)
        self.office.setAccessibleName("落款单位")
        self.office.setMaxLength(60)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.office.textEdited.connect(lambda _text: self._pause.start())
        self.own_fonts = QCheckBox("只用随程序字体", self)
        self.own_fonts.setToolTip(
            "本机装有方正小标宋、仿宋、黑体、楷体、宋体时优先用它们；勾选后各台电脑印出的页面完全一样"
        )
        self.own_fonts.toggled.connect(lambda _is_on: self.changed.emit())
        self._day_says, self._notice = _wrapped("text3", self), _wrapped("yellow", self)
        self.print_button = QPushButton("打印…", self)
        self.print_button.setShortcut(QKeySequence("Ctrl+P"))
        self.print_button.setToolTip("打印（Ctrl+P）")
        set_kind(self.print_button, "primary")
        self.print_button.clicked.connect(self.print_asked)
        self.save_button = QPushButton("导出 PDF", self)
        self.save_button.setShortcut(QKeySequence("Ctrl+S"))
        self.save_button.setToolTip("导出 PDF（Ctrl+S）")
        self.save_button.clicked.connect(self.save_asked)
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_ready(False)
        self._say_day("")

    def _build(self) -> None:
        self._labels = [label_for(words, self) for words in ("范围", "县市区", "截至", "落款", "字体")]
        grid = QGridLayout()
        controls = (self.plan, self.county, self.day, self.office, self.own_fonts)
        rows = (0, 1, 2, 4, 5)
        for row, label, control in zip(rows, self._labels, controls, strict=True):
            grid.addWidget(label, row, 0)
            grid.addWidget(control, row, 1)
        grid.addWidget(self._day_says, 3, 1)
        grid.setColumnStretch(1, 1)
        self._grid = grid
        kinds = QVBoxLayout()
        kinds.setSpacing(0)
        for kind in self._kinds:
            kinds.addWidget(kind)
        self._kind_box = kinds
        self._buttons = QVBoxLayout()
        self._buttons.addWidget(self.print_button)
        self._buttons.addWidget(self.save_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(kinds)
        box.addLayout(grid)
        box.addStretch(1)
        box.addWidget(self._notice)
        box.addLayout(self._buttons)

    def _restyle(self) -> None:
        theme, px = self._theme, self._theme.px
        self.setFixedWidth(px(WIDTH))
        self._kind_box.setContentsMargins(px(8), px(12), px(8), px(10))
        self._grid.setContentsMargins(px(16), px(14), px(16), px(8))
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnMinimumWidth(0, px(52))
        self._notice.setContentsMargins(px(16), px(6), px(16), px(10))
        self._buttons.setContentsMargins(px(16), px(12), px(16), px(16))
        self._buttons.setSpacing(px(8))
        for label in (self._day_says, self._notice):
            label.setFont(theme.font(12))
        for button in (self.print_button, self.save_button):
            button.setMinimumHeight(px(32))
        set_drawing(self.print_button, theme, "print", "onaccent", 16)
        set_drawing(self.save_button, theme, "document_pdf", "text2", 16)
        for kind in self._kinds:
            kind.setFixedHeight(px(30))
        self.update()

    # ── what is wished for ───────────────────────────────────────────────────────────────────────────────────

    @property
    def kind_title(self) -> str:
        """The title of the report chosen."""
        return next(kind.text() for kind in self._kinds if kind.isChecked())

    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(
            self._scope.plan, self._scope.county, self.day.day, self.office.text().strip(), self.own_fonts.isChecked()
        )

    def offer(self, plans: Sequence[Choice], counties: Sequence[Choice], scope: Scope) -> None:
        """Shows what can be chosen and what is chosen."""
        self._scope = scope
        for combo, choices, value in ((self.plan, plans, scope.plan), (self.county, counties, scope.county)):
            combo.blockSignals(True)
            combo.clear()
            for choice in choices:
                combo.addItem(choice.words, choice.value)
            values = [choice.value for choice in choices]
            combo.setCurrentIndex(values.index(value) if value in values else 0)
            combo.blockSignals(False)
        for combo in (self.plan, self.county):
            combo.setToolTip(combo.currentText())

    def _ask_scope(self) -> None:
        plan = self.plan.currentData()
        county = self.county.currentData() if plan == self._scope.plan else None
        self.scope_asked.emit(Scope(plan, county))

    def _renew(self) -> None:
        self.changed.emit()

    # ── what is said ─────────────────────────────────────────────────────────────────────────────────────────

    def _say_day(self, problem: str) -> None:
        past = "按这一天的台账重算" if self.day.day < clock.today() else ""
        set_tone(self._day_says, "red" if problem else "text3")
        self._day_says.setText(problem or past)
        self._day_says.setVisible(bool(problem or past))

    def tell(self, notice: str) -> None:
        """What should be known before printing; nothing hides it."""
        self._notice.setText(notice)
        self._notice.setVisible(bool(notice))

    @property
    def notice(self) -> str:
        """What is said above the buttons."""
        return self._notice.text()

    @property
    def day_says(self) -> str:
        """What is said under the day."""
        return self._day_says.text()

    def set_ready(self, is_ready: bool) -> None:
        """Whether there are pages to print and save."""
        self.print_button.setEnabled(is_ready)
        self.save_button.setEnabled(is_ready)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        side = self._theme.px(16)
        for height in (self._kind_box.geometry().bottom(), self._buttons.geometry().top()):
            full = height == self._buttons.geometry().top()
            left = 0 if full else side
            paint.hairline(painter, self._theme, QPointF(left, height), self.width() - 2 * left)
        paint.hairline(painter, self._theme, QPointF(self.width() - 1, 0), self.height(), upright=True)
        painter.end()


class _KindRow(QAbstractButton):
    """One kind of report in the list at the top."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(30))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, rect = self._theme, QPainter(self), QRectF(self.rect())
        if self.isChecked():
            paint.box(painter, theme, rect, "select", radius=4)
        elif self.underMouse():
            paint.box(painter, theme, rect, "hover", radius=4)
        token = "accent2" if self.isChecked() else "text2"
        top = rect.center().y() - theme.px(8)
        paint.icon(painter, theme, QPointF(theme.px(10), round(top)), "document_text", token, 16)
        room = rect.adjusted(theme.px(34), 0, -theme.px(8), 0)
        paint.text(painter, theme, room, self.text(), "accent2" if self.isChecked() else "text")
        if self.hasFocus():
            paint.focus(painter, theme, rect)
        painter.end()


def _wrapped(tone: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    label.hide()
    return label
