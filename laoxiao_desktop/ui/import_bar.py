"""The line over the grid: which plan, how many rows are new, changed, the same, open; and whether the totals tie out."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from laoxiao_desktop.exchange.reading_values import ReadFile
from laoxiao_desktop.models.imports import Comparison
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.plan_draft import TotalDraft
from laoxiao_desktop.models.region import PREFECTURES
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.import_state import ImportState
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import plans

_COUNTS = (("new", "新增", "greent"), ("changed", "有变", "yellowt"), ("same", "相同", "text2"))


class ImportBar(QWidget):
    """`only_news`: show only what changes. `open_asked`: to the next row that needs a person. `hidden_asked`: read it too."""

    only_news = Signal(bool)
    hidden_asked = Signal()
    open_asked = Signal()

    def __init__(self, session: Session, theme: Theme, state: ImportState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._state = state
        self.plan = Combo()
        self.plan.setAccessibleName("读到哪个方案")
        self.plan.setMaximumWidth(theme.px(230))
        self.plan.setMinimumWidth(theme.px(190))
        self.plan.activated.connect(self._choose)
        self.title = QLineEdit()
        self.title.setAccessibleName("新方案名称")
        self.title.setPlaceholderText("新方案名称")
        self.title.setMinimumWidth(theme.px(220))
        self.region = Combo()
        self.region.setAccessibleName("新方案所属州市")
        self.region.setEditable(True)
        self.region.addItems([each.short_name for each in PREFECTURES])
        self.region.setMinimumWidth(theme.px(120))
        self.title.editingFinished.connect(self._name)
        self.region.editTextChanged.connect(lambda _: self._name())
        self.figures = _Figures(theme)
        self.open = QPushButton()
        style.set_kind(self.open, "quiet")
        self.open.setToolTip("到下一处（F8）")
        self.open.clicked.connect(self.open_asked)
        self.hidden = QPushButton("连同隐藏的一起读")
        self.hidden.clicked.connect(self.hidden_asked)
        self.news = QCheckBox("只看有变化的")
        self.news.toggled.connect(self.only_news)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(20), 0, theme.px(20), 0)
        row.setSpacing(theme.px(10))
        for widget in (self.plan, self.title, self.region):
            row.addWidget(widget)
        row.addWidget(self.figures, 1)
        row.addWidget(self.hidden)
        row.addWidget(self.open)
        row.addWidget(self.news)
        self.setFixedHeight(theme.px(48))
        theme.changed.connect(self.update)

    def refresh(self, *, is_checking: bool) -> None:
        """Says how things stand now."""
        state = self._state
        known = self._session.read(plans.all_of)
        self.plan.clear()
        if state.plan is None and not state.is_new_plan:
            self.plan.addItem("选择读到哪个方案…", "?")
        for each in known:
            self.plan.addItem(each.title, each.uid)
        if not state.is_returned:
            self.plan.addItem("新方案…", None)
        wanted = state.plan if state.plan is not None else (None if state.is_new_plan else "?")
        places = [n for n in range(self.plan.count()) if self.plan.itemData(n) == wanted]
        self.plan.setCurrentIndex(places[0] if places else 0)
        tells = f"各行按标识找到自己的方案；新增的行写进：{self.plan.currentText()}"
        self.plan.setToolTip(tells if state.is_returned else self.plan.currentText())
        style.set_bad(self.plan, wanted == "?")
        for widget in (self.title, self.region):
            widget.setVisible(state.is_new_plan)
        if self.title.text() != state.new_title:
            self.title.setText(state.new_title)
            self.title.setCursorPosition(0)
        style.set_bad(self.title, state.is_new_plan and not state.new_title.strip())
        if self.region.currentText() != state.new_region:
            self.region.blockSignals(True)
            self.region.setEditText(state.new_region)
            self.region.blockSignals(False)
        self.news.setVisible(is_checking)
        self.hidden.setVisible(not is_checking and state.file is not None and bool(state.file.hidden))
        self.open.setVisible(is_checking and state.open_questions > 0)
        self.open.setText(f"{state.open_questions} 处要看")
        if is_checking and state.comparison is not None and state.file is not None:
            line = next((each for each in known if each.uid == state.plan), None)
            unread = sum(each.key is None for sheet in state.sheets.sheets for each in sheet.lines)
            words = told_of_return(state.file) if state.is_returned else totals_line(state.file.draft.totals, line)
            self.figures.show_counts(state.comparison, unread, *words)
        else:
            self.figures.show_questions(state.asks, state.file.hidden if state.file is not None else ())

    def _choose(self, number: int) -> None:
        wanted = self.plan.itemData(number)
        if wanted != "?":
            self._state.choose_plan(wanted)

    def _name(self) -> None:
        if self._state.is_new_plan:
            self._state.name_plan(self.title.text().strip(), self.region.currentText().strip())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "surface")
        paint.hairline(painter, self._theme, QPointF(0, self.height() - 1), self.width())
        painter.end()


def totals_line(totals: tuple[TotalDraft, ...], plan: plans.PlanLine | None) -> tuple[str, bool]:
    """What the printed totals say beside the sum of the rows and the ledger, and whether they tie out."""
    odd = [total for total in totals if not total.agrees]
    if odd:
        total = odd[0]
        name = total.label if total.scope == "全部" else f"{total.scope}{total.label}"
        printed = f"{total.total_investment or '—'} / {total.central_request or '—'}"
        summed = f"{total.sum_total_investment} / {total.sum_central_request}"
        return f"表内{name} {printed}，逐项相加 {summed}，不一致", False
    if not totals:
        return "", True
    whole = [total for total in totals if total.scope == "全部"] or list(totals)
    parts = [
        f"{'合计' if total.scope == '全部' else total.scope} {total.total_investment or '—'} / {total.central_request or '—'}"
        for total in whole[:2]
    ]
    words = f"表内{'，'.join(parts)}，与逐项相加一致"
    if plan is not None and plan.projects:
        words += f"；台账现为 {show_money(plan.total_investment)} / {show_money(plan.central_request)}"
    return words, True


def told_of_return(file: ReadFile) -> tuple[str, bool]:
    """What is to be known of a workbook that came back, and whether nothing of it is odd."""
    if not file.problems:
        return "台账导出的表，各行按隐藏标识对上", True
    is_right = all(problem.severity == "note" for problem in file.problems)
    return "；".join(problem.message.rstrip("。") for problem in file.problems), is_right


class _Figures(QWidget):
    """Painted words and counts."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: tuple[tuple[str, int, str], ...] = ()
        self._words, self._is_right = "", True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    @property
    def words(self) -> str:
        """All that is said."""
        counts = " ".join(f"{word} {count}" for word, count, _ in self._counts)
        return f"{counts} {self._words}".strip()

    def show_counts(self, comparison: Comparison, unread: int, words: str, is_right: bool) -> None:
        """The states of the rows, and the totals."""
        counts = [(word, comparison.count(state), token) for state, word, token in _COUNTS]  # type: ignore[arg-type]  # states
        doubts, gone = comparison.count("doubt"), comparison.count("gone")
        counts += [("待定", doubts, "yellowt")] if doubts else []
        counts += [("已无", gone, "text2")] if gone else []
        counts.append(("不读", unread + comparison.count("skipped"), "text2"))
        self._show(tuple(counts), words, is_right)

    def show_questions(self, asks: tuple[str, ...], hidden: tuple[str, ...]) -> None:
        """What has to be answered about the columns, else what is hidden in the file."""
        words = "；".join((*asks[:1], *hidden))
        self._show((), words or "列已认出，可以核对", not words)

    def _show(self, counts: tuple[tuple[str, int, str], ...], words: str, is_right: bool) -> None:
        self._counts, self._words, self._is_right = counts, words, is_right
        self.setAccessibleName(self.words)
        self.setToolTip(words)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(320), self._theme.px(28))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        left, high = 0.0, float(self.height())
        none = Qt.TextElideMode.ElideNone
        for word, count, token in self._counts:
            left += paint.text(painter, theme, QRectF(left, 0, px(60), high), word, "text2", elide=none) + px(5)
            ink = token if count else "text3"
            is_loud = bool(count) and token.endswith("t")
            left += paint.text(
                painter, theme, QRectF(left, 0, px(60), high), str(count), ink, medium=is_loud, elide=none
            )
            left += px(16)
        if self._words:
            if self._counts:
                paint.hairline(painter, theme, QPointF(left - px(4), high / 2 - px(8)), px(16), "line2", upright=True)
                left += px(10)
            icon, ink = ("checkmark_circle", "green") if self._is_right else ("warning", "yellow")
            paint.icon(painter, theme, QPointF(left, high / 2 - px(8)), icon, ink, 16)
            left += px(24)
            room = QRectF(left, 0, self.width() - left, high)
            paint.text(painter, theme, room, self._words, "text2" if self._is_right else "yellowt")
        painter.end()
