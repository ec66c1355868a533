"""The panel left of the preview: which report, what of it, and the ways out."""

from PySide6.QtCore import QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.models.report_request import KINDS, Kind
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.report_day import DayField
from laoxiao_desktop.ui.report_kinds import KindList
from laoxiao_desktop.ui.report_making import Wish
from laoxiao_desktop.ui.report_options import Choice, Offer, ReportOptions
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.ui.style import set_kind
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.report_batch import EACH

WIDTH = 264
__all__ = ["Choice", "Offer", "ReportPanel"]


class ReportPanel(QWidget):
    """`changed`: something differs, make the report again. `kind_chosen`: another kind. `scope_asked`: another scope."""

    changed = Signal()
    kind_chosen = Signal(object)
    scope_asked = Signal(object)
    print_asked = Signal()
    save_asked = Signal()
    workbook_asked = Signal()
    batch_asked = Signal(str, str)  # each of what, ending of the files
    text_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kinds = KindList(theme, KINDS, self)
        self.kinds.chosen.connect(self._choose)
        self.options = ReportOptions(theme, self.kinds.kind, self)
        self.options.changed.connect(self.changed)
        self.options.scope_asked.connect(self.scope_asked)
        self.options.text_asked.connect(self.text_asked)
        self.options.day.problem.connect(lambda _problem: QTimer.singleShot(0, self, self._show_problem))
        self._notice = QLabel(self)
        self._notice.setTextFormat(Qt.TextFormat.PlainText)
        self._notice.setWordWrap(True)
        self._notice.setProperty("tone", "yellow")
        self._notice.hide()
        self.print_button = QPushButton("打印…", self)
        self.print_button.setShortcut(QKeySequence("Ctrl+P"))
        self.print_button.setToolTip("打印（Ctrl+P）")
        set_kind(self.print_button, "primary")
        self.print_button.clicked.connect(self.print_asked)
        self.batch_button = QPushButton("分批…", self)
        self.batch_button.setToolTip("每个县市区、单位或项目各存一份到文件夹")
        menu = QMenu(self.batch_button)
        self._workbook_batches: list[QAction] = []
        for ending, kind in (("pdf", "PDF"), ("xlsx", "Excel")):
            for each, words in EACH:
                action = menu.addAction(f"{words} {kind}")
                action.triggered.connect(
                    lambda _is_on=False, each=each, ending=ending: self.batch_asked.emit(each, ending)
                )
                if ending == "xlsx":
                    self._workbook_batches.append(action)
            if ending == "pdf":
                self._workbook_batches.append(menu.addSeparator())
        self.batch_button.setMenu(menu)
        self.save_button = QPushButton("导出 PDF", self)
        self.save_button.setShortcut(QKeySequence("Ctrl+S"))
        self.save_button.setToolTip("导出 PDF（Ctrl+S）")
        self.save_button.clicked.connect(self.save_asked)
        self.workbook_button = QPushButton("导出 Excel", self)
        self.workbook_button.setShortcut(QKeySequence("Ctrl+E"))
        self.workbook_button.setToolTip("导出 Excel（Ctrl+E）")
        self.workbook_button.clicked.connect(self.workbook_asked)
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.set_ready(False)
        self.show_ways()

    def _build(self) -> None:
        self._scroll = QScrollArea(self)
        self._scroll.setWidget(self.options)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.viewport().setAutoFillBackground(False)
        self.options.setAutoFillBackground(False)
        self._buttons = QVBoxLayout()
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.print_button, 1)
        first.addWidget(self.batch_button)
        second.addWidget(self.save_button, 1)
        second.addWidget(self.workbook_button, 1)
        self._buttons.addLayout(first)
        self._buttons.addLayout(second)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.kinds)
        box.addWidget(self._scroll, 1)
        box.addWidget(self._notice)
        box.addLayout(self._buttons)

    def _restyle(self) -> None:
        theme, px = self._theme, self._theme.px
        self.setFixedWidth(px(WIDTH))
        self._notice.setContentsMargins(px(16), px(6), px(16), px(10))
        self._buttons.setContentsMargins(px(16), px(12), px(16), px(16))
        self._buttons.setSpacing(px(8))
        self._notice.setFont(theme.font(12))
        for button in (self.print_button, self.save_button, self.workbook_button, self.batch_button):
            button.setMinimumHeight(px(32))
        set_drawing(self.print_button, theme, "print", "onaccent", 16)
        set_drawing(self.save_button, theme, "document_pdf", "text2", 16)
        set_drawing(self.workbook_button, theme, "table_simple", "text2", 16)
        self.update()

    def _show_problem(self) -> None:
        """Why a day was not taken stands under it: it comes into sight."""
        if self.options.day_says.isVisible():
            self._scroll.ensureWidgetVisible(self.options.day_says, 0, 4)

    # ── what is wished for ───────────────────────────────────────────────────────────────────────────────────

    @property
    def kind(self) -> Kind:
        """The kind chosen."""
        return self.kinds.kind

    @property
    def kind_title(self) -> str:
        """The title of the report chosen."""
        return self.kind.title

    def wish(self) -> Wish:
        """What was asked for."""
        return Wish(self.options.request(), self.options.own_fonts.isChecked())

    def offer(self, offer: Offer, scope: Scope) -> None:
        """Shows what can be chosen and what is chosen."""
        self.options.offer(offer, scope)

    def _choose(self, kind: Kind) -> None:
        self.options.show_kind(kind)
        self.show_ways()
        self.kind_chosen.emit(kind)

    def show_ways(self) -> None:
        """Shows the ways out that the kind has."""
        kind = self.kind
        self.workbook_button.setVisible(kind.is_table)
        what = "附表的 Excel" if kind.kind == "monthly" else " Excel"
        self.workbook_button.setToolTip(f"导出{what}（Ctrl+E）")
        for action in self._workbook_batches:
            action.setVisible(kind.is_table)
        self.batch_button.setVisible("county" in kind.options)

    # the controls that the place and its tests reach for

    @property
    def county(self) -> QComboBox:
        return self.options.county

    @property
    def plan(self) -> QComboBox:
        return self.options.plan

    @property
    def day(self) -> DayField:
        return self.options.day

    @property
    def office(self) -> QLineEdit:
        return self.options.office

    @property
    def own_fonts(self) -> QCheckBox:
        return self.options.own_fonts

    # ── what is said ─────────────────────────────────────────────────────────────────────────────────────────

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
        return self.options.day_says.text()

    def set_ready(self, is_ready: bool) -> None:
        """Whether there are pages to print and save."""
        ways = (self.print_button, self.save_button, self.workbook_button, self.batch_button, self.options.text)
        for button in ways:
            button.setEnabled(is_ready)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        side = self._theme.px(16)
        for height in (self.kinds.geometry().bottom(), self._buttons.geometry().top()):
            full = height == self._buttons.geometry().top()
            left = 0 if full else side
            paint.hairline(painter, self._theme, QPointF(left, height), self.width() - 2 * left)
        paint.hairline(painter, self._theme, QPointF(self.width() - 1, 0), self.height(), upright=True)
        painter.end()
