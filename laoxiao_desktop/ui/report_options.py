"""What can be chosen for a report: only what its kind knows stands here; the rest is remembered for the other kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.models.dictionary import SECTORS
from laoxiao_desktop.models.report_request import GROUPS, NUMBERINGS, PAPERS, Kind, Request
from laoxiao_desktop.ui import meaning_tip
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.labels import set_tone
from laoxiao_desktop.ui.report_columns import ColumnsButton
from laoxiao_desktop.ui.report_day import DayField, label_for
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Plain

_MEANT = {"范围": "plan", "页码": "numbering", "字体": "own_fonts"}  # rows that stand for every kind
PAUSE_MS = 120  # after the last letter of the office


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list: stored value (None: all) and words."""

    value: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What the lists hold."""

    plans: Sequence[Choice]
    counties: Sequence[Choice]
    units: Sequence[Choice] = ()
    months: Sequence[Choice] = ()
    projects: Sequence[Choice] = ()
    receipts: Sequence[Choice] = ()


class ReportOptions(QWidget):
    """`changed`: something differs. `scope_asked`: another plan or county was chosen."""

    changed = Signal()
    scope_asked = Signal(object)
    text_asked = Signal()

    def __init__(self, theme: Theme, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._kind, self._scope = theme, kind, Scope()
        self.plan, self.county = self._combo("方案"), self._combo("县市区")
        for combo in (self.plan, self.county):
            combo.activated.connect(lambda _index: self._ask_scope())
        self.sector, self.unit, self.project = self._combo("类别"), self._combo("责任单位"), self._combo("项目")
        self.month, self.group, self.paper = self._combo("月份"), self._combo("分组"), self._combo("纸张")
        self.numbering, self.receipt = self._combo("页码位置"), self._combo("回执")
        for combo in (
            *(self.sector, self.unit, self.project, self.month),
            *(self.group, self.paper, self.numbering, self.receipt),
        ):
            combo.activated.connect(lambda _index: self._renew())
        fill(self.sector, [Choice(None, "养老和托育"), *(Choice(one, one) for one in SECTORS)], None)
        for combo, pairs in ((self.group, GROUPS), (self.paper, PAPERS), (self.numbering, NUMBERINGS)):
            fill(combo, [Choice(value, words) for value, words in pairs], pairs[0][0])
        self.day = DayField(theme, self)
        self.day.changed.connect(lambda _day: self._renew())
        self.day.problem.connect(self._say_day)
        self.day_says = QLabel(self)
        self.day_says.setTextFormat(Qt.TextFormat.PlainText)
        self.day_says.setWordWrap(True)
        self.columns = ColumnsButton(theme, self)
        self.columns.changed.connect(self._renew)
        self.text = QPushButton("改文字…", self)
        self.text.setAccessibleName("改报告文字")
        self.text.clicked.connect(self.text_asked)
        self.office = QLineEdit(self)
        self.office.setAccessibleName("落款单位")
        self.office.setMaxLength(60)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.office.textEdited.connect(lambda _text: self._pause.start())
        self.contacts = QCheckBox("印联系人和电话", self)
        self.contacts.setToolTip("联系人和电话是个人信息，平时不印")
        self.own_fonts = QCheckBox("只用随程序字体", self)
        self.own_fonts.setToolTip(
            "本机装有方正小标宋、仿宋、黑体、楷体、宋体时优先用它们；勾选后各台电脑印出的页面完全一样"
        )
        for box in (self.contacts, self.own_fonts):
            box.toggled.connect(lambda _is_on: self._renew())
        self._build()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.show_kind(kind)

    def _build(self) -> None:
        self._rows: list[tuple[str, QLabel, QWidget]] = []
        grid = QGridLayout(self)
        for option, words, control in (
            ("plan", "范围", self.plan),
            ("receipt", "回执", self.receipt),
            ("county", "县市区", self.county),
            ("project", "项目", self.project),
            ("sector", "类别", self.sector),
            ("unit", "责任单位", self.unit),
            ("month", "月份", self.month),
            ("day", "截至", self.day),
            ("says", "", self.day_says),
            ("group", "分组", self.group),
            ("columns", "列", self.columns),
            ("paper", "纸张", self.paper),
            ("text", "文字", self.text),
            ("office", "落款", self.office),
            ("", "页码", self.numbering),
            ("contacts", "个人信息", self.contacts),
            ("", "字体", self.own_fonts),
        ):
            label = label_for(words, self)
            key = f"option.{_MEANT.get(words, option)}"
            label.setToolTip(meaning_tip.tip(key))
            held = control.currentText() if isinstance(control, QComboBox) else control.toolTip()
            meaning_tip.explain(control, key, held)
            number = len(self._rows)
            grid.addWidget(label, number, 0)
            grid.addWidget(control, number, 1)
            self._rows.append((option, label, control))
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(self._rows), 1)
        self._grid = grid

    def _restyle(self) -> None:
        px = self._theme.px
        self._grid.setContentsMargins(px(16), px(10), px(12), px(8))
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnMinimumWidth(0, px(56))
        self.day_says.setFont(self._theme.font(12))

    def _combo(self, name: str) -> QComboBox:
        combo = Combo(self)
        combo.setAccessibleName(name)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        combo.setMaxVisibleItems(20)
        return combo

    # ── which kind ───────────────────────────────────────────────────────────────────────────────────────────

    def show_kind(self, kind: Kind) -> None:
        """Shows what can be chosen for a kind."""
        self._kind = kind
        self._lay()

    def _lay(self) -> None:
        is_receipt = "receipt" in self._kind.options  # it tells of one package, not of a scope or a day
        has_month = self.month.currentData() is not None and "month" in self._kind.options
        for option, label, control in self._rows:
            is_there = option == "" or option in self._kind.options
            if option in ("day", "says", "plan") and is_receipt:
                is_there = False
            elif option == "plan":
                is_there = True
            elif option == "day":
                is_there = not has_month
            elif option == "says":
                is_there = not has_month and bool(self.day_says.text())
            label.setVisible(is_there)
            control.setVisible(is_there)

    def held(self) -> dict[str, Plain]:
        """What is remembered of this kind."""
        columns: list[Plain] = list(self.columns.chosen)
        return {
            "sector": self.sector.currentData(),
            "group": self.group.currentData(),
            "paper": self.paper.currentData(),
            "numbering": self.numbering.currentData(),
            "columns": columns,
            "contacts": self.contacts.isChecked(),
            "own_fonts": self.own_fonts.isChecked(),
        }

    def restore(self, held: Mapping[str, Plain]) -> None:
        """Shows what was remembered, silently."""
        for combo, key in (
            (self.sector, "sector"),
            (self.group, "group"),
            (self.paper, "paper"),
            (self.numbering, "numbering"),
        ):
            combo.setCurrentIndex(max(0, combo.findData(held.get(key))) if held.get(key) is not None else 0)
        columns = held.get("columns")
        self.columns.show_chosen([str(key) for key in columns] if isinstance(columns, list) else [])
        for box, key in ((self.contacts, "contacts"), (self.own_fonts, "own_fonts")):
            box.blockSignals(True)
            box.setChecked(held.get(key) is True)
            box.blockSignals(False)

    # ── what is wished for ───────────────────────────────────────────────────────────────────────────────────

    def request(self) -> Request:
        """What was asked for."""
        has = self._kind.options.__contains__
        return Request(
            kind=self._kind.kind,
            as_of=self.day.day,
            plan=self._scope.plan,
            county=self._scope.county if has("county") else None,
            sector=self.sector.currentData() if has("sector") else None,
            unit=self.unit.currentData() if has("unit") else None,
            month=self.month.currentData() if has("month") else None,
            project=self.project.currentData() if has("project") else None,
            group=self.group.currentData(),
            columns=self.columns.chosen if has("columns") else (),
            paper=self.paper.currentData() if has("paper") else "A4",
            numbering=self.numbering.currentData(),
            has_contacts=has("contacts") and self.contacts.isChecked(),
            office=self.office.text().strip(),
            receipt=self.receipt.currentData() if has("receipt") else None,
        )

    def offer(self, offer: Offer, scope: Scope) -> None:
        """Shows what can be chosen; what was chosen stays where it still can be."""
        self._scope = scope
        fill(self.plan, offer.plans, scope.plan)
        fill(self.county, offer.counties, scope.county)
        for combo, choices, nothing in (
            (self.unit, offer.units, "全部单位"),
            (self.month, offer.months, "按截至日"),
            (self.project, offer.projects, "全部项目"),
        ):
            held = combo.currentData()
            is_far = combo is self.project and held is not None and all(each.value != held for each in choices)
            far = [Choice(held, combo.currentText())] if is_far else []  # one that another place led to stays
            fill(combo, [Choice(None, nothing), *far, *choices], held)
        fill(self.receipt, offer.receipts or [Choice(None, "还没有")], self.receipt.currentData())
        self._lay()

    def choose_project(self, uid: str, words: str) -> None:
        """Takes one project, also one that the list does not reach."""
        if self.project.findData(uid) < 0:
            self.project.insertItem(1, words, uid)
        self.project.setCurrentIndex(self.project.findData(uid))
        self._renew()

    def choose_receipt(self, uid: str) -> None:
        """Takes one receipt where the list has it."""
        place = self.receipt.findData(uid)
        if place >= 0:
            self.receipt.setCurrentIndex(place)
            self._renew()

    def _ask_scope(self) -> None:
        plan = self.plan.currentData()
        county = self.county.currentData() if plan == self._scope.plan else None
        self.scope_asked.emit(Scope(plan, county))

    def _renew(self) -> None:
        self._say_day("")
        self.changed.emit()

    def _say_day(self, problem: str) -> None:
        past = "按这一天的台账重算" if self.day.day < clock.today() else ""
        set_tone(self.day_says, "red" if problem else "text3")
        self.day_says.setText(problem or past)
        self._lay()


def fill(combo: QComboBox, choices: Sequence[Choice], value: str | None) -> None:
    """Fills a list silently and shows a value, the first entry where it is not there."""
    combo.blockSignals(True)
    combo.clear()
    for choice in choices:
        combo.addItem(choice.words, choice.value)
    values = [choice.value for choice in choices]
    combo.setCurrentIndex(values.index(value) if value in values else 0)
    key = combo.property(meaning_tip.PROPERTY)
    combo.setToolTip(meaning_tip.tip(key if isinstance(key, str) else "", combo.currentText()))
    combo.blockSignals(False)
