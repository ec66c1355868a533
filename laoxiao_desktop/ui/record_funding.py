"""资金: where the money of a project comes from and how far it has come, what was allocated, what each year is to do."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models import funding as rules
from laoxiao_desktop.models.dictionary import FUNDING_SOURCES, Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.funding import CENTRAL, Allocation, FundingLine
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.rates import Rate, show
from laoxiao_desktop.models.span import Span
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_fold import Entry
from laoxiao_desktop.ui.record_fold_list import FoldList
from laoxiao_desktop.ui.record_form import Form
from laoxiao_desktop.ui.record_notes import Note, NoteList
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.record_sheet import SIDE, Figure, Figures, Heading, bring_into_view, sheet_in, write
from laoxiao_desktop.ui.record_source import AmountsHead, SourceRow, SumRow
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import funding, glances

_ALLOCATION = tuple(
    field_of("allocation", name) for name in ("source", "year", "batch", "amount", "doc_no", "allocated_on")
)
_AMOUNT = field_of("year_plan", "amount")
_MOST_YEARS = 8


class FundingPage(QScrollArea):
    """The money of the project in hand."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._project = ""
        self._values: Mapping[str, Stored] = {}
        self._added: list[str] = []  # sources just added, without an amount yet
        self.sources: dict[str, SourceRow] = {}
        self.years: dict[int, FieldRow] = {}
        self._build()

    def _build(self) -> None:
        theme = self._theme
        self._sheet, layout = sheet_in(self, "资金")
        self.figures = Figures(theme, self._sheet)
        self._head = AmountsHead(theme, self._sheet)
        self.sum = SumRow(theme, self._sheet)
        self._table = QVBoxLayout()
        self._table.setSpacing(0)
        self.notes = NoteList(theme, self._sheet)
        self.notes.chosen.connect(self._adopt)
        self._notes_box = QHBoxLayout()
        self._notes_box.addWidget(self.notes)
        self.source_head = Heading("资金来源", theme, self._sheet, (("add", "添加来源"),))
        self.source_head.chosen.connect(lambda _: self._offer_sources())
        self.given_head = Heading("下达", theme, self._sheet, (("add", "登记下达"),))
        self.given_head.chosen.connect(lambda _: self._begin_allocation())
        self.given = FoldList(_ALLOCATION, theme, self._save_allocation, self._sheet)
        self.given.linked.connect(lambda uid, _: self._session.run(funding.delete_allocation, uid))
        self.given.turned.connect(lambda row: bring_into_view(self, row, theme))
        self.form = Form(_ALLOCATION, "登记下达", theme, self._sheet)
        self.form.submitted.connect(self._add_allocation)
        self.form.opened.connect(lambda form: bring_into_view(self, form, theme))
        self.form.left.connect(lambda: self.given_head.link("add").setFocus())
        self.year_head = Heading("年度计划", theme, self._sheet)
        self._years = QVBoxLayout()
        self._years.setSpacing(0)
        for part in (self.figures, self.source_head, self._head, self.sum):
            layout.addWidget(part)
        layout.addLayout(self._table)
        layout.addLayout(self._notes_box)
        layout.addWidget(self.given_head)
        layout.addWidget(self.form)
        layout.addWidget(self.given)
        layout.addWidget(self.year_head)
        layout.addLayout(self._years)
        layout.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        theme, side = self._theme, self._theme.px(SIDE)
        self._notes_box.setContentsMargins(side, theme.px(8), side, 0)
        self._years.setContentsMargins(side, 0, theme.px(8), side)
        for restyle in (
            self.figures.restyle,
            self._head.restyle,
            self.sum.restyle,
            self.given.restyle,
            self.form.restyle,
        ):
            restyle()
        for head in (self.source_head, self.given_head, self.year_head):
            head.restyle()
        for source in self.sources.values():
            source.restyle()
        for year in self.years.values():
            year.restyle()

    def focus_first(self) -> None:
        """Give the keyboard to the first thing on the page."""
        first = next(iter(self.sources.values()), None)
        target = first.values["planned"] if first is not None else self.source_head.link("add")
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_project(self, uid: str, values: Mapping[str, Stored]) -> None:
        """Read and show the money of a project; open editors of the same project stay."""
        if uid != self._project:
            self._added = []
            self.form.hide()
            self.given.forget()
            self._clear_rows()
            self.verticalScrollBar().setValue(0)
        self._project, self._values = uid, values
        is_editable = not self._session.ledger.is_read_only
        lines = self._session.read(funding.of, uid)
        self._show_sources(lines, is_editable)
        self._show_sums(lines, is_editable)
        given = self._session.read(funding.allocations, uid)
        self.given.show_entries([_told(one) for one in given], is_editable=is_editable)
        self.given_head.say("下达", "" if given else "还没有登记；登记后“下达”按它合计")
        self.given_head.link("add").setVisible(is_editable)
        self.source_head.link("add").setVisible(is_editable)
        self._show_years(is_editable)

    def _clear_rows(self) -> None:
        for row in (*self.sources.values(), *self.years.values()):
            row.hide()
            row.deleteLater()
        self.sources, self.years = {}, {}

    # Sources

    def _show_sources(self, lines: list[FundingLine], is_editable: bool) -> None:
        by_source = {line.source: line for line in lines}
        if not lines and not self._added and self._values.get("central_request"):
            by_source[CENTRAL] = FundingLine(None, CENTRAL)
        for source in self._added:
            by_source.setdefault(source, FundingLine(None, source))
        wanted = sorted(by_source, key=FUNDING_SOURCES.index) if by_source else []
        for source in [source for source in self.sources if source not in by_source]:
            gone = self.sources.pop(source)
            gone.hide()
            gone.deleteLater()
        for place, source in enumerate(wanted):
            row = self.sources.get(source)
            if row is None:
                row = self.sources[source] = SourceRow(source, self._theme, self._save_amount, self._sheet)
                row.moved.connect(self._move)
                row.removed.connect(self._remove)
                self._table.insertWidget(place, row)
            row.show_line(by_source[source], is_editable=is_editable)
        self.sources = {source: self.sources[source] for source in wanted}

    def _show_sums(self, lines: list[FundingLine], is_editable: bool) -> None:
        whole = rules.total_of(lines)
        central = rules.total_of((line for line in lines if line.is_central), CENTRAL)
        self.sum.show_line(whole)
        self.sum.setVisible(bool(lines))
        self.figures.show_figures(
            [
                Figure("到位率", show(whole.arrived_rate), "%" if whole.arrived_rate.value is not None else ""),
                Figure("支付率", show(whole.paid_rate), "%" if whole.paid_rate.value is not None else ""),
                Figure("中央到位", show(central.arrived_rate), "%" if central.arrived_rate.value is not None else ""),
                Figure("中央支付", show(central.paid_rate), "%" if central.paid_rate.value is not None else ""),
            ]
        )
        self.figures.setToolTip("到位率 = 到位 ÷ 下达；支付率 = 支付 ÷ 完成。中央指中央预算内投资。")
        self.figures.setVisible(bool(lines))
        total, request = self._values.get("total_investment"), self._values.get("central_request")
        notes = [
            Note(problem.severity, problem.message)
            for problem in rules.check(lines, total if isinstance(total, int) else None)
        ]
        stated = next((line.planned for line in lines if line.is_central), None)
        if isinstance(request, int) and stated is None and is_editable:
            words = f"方案申请中央资金 {show_money(request)} 万元，可作中央预算内投资的计划数。"
            notes.append(Note("hint", words, (("central", "采用"),)))
        self.notes.show_notes(notes)
        self.source_head.say("资金来源", f"万元，总投资 {show_money(total)}" if isinstance(total, int) else "万元")

    def _adopt(self, _: str) -> None:
        request = self._values.get("central_request")
        if isinstance(request, int):
            self._session.run(funding.set_line, self._project, CENTRAL, {"planned": request}, "按方案申请中央资金")

    def _save_amount(self, source: str, column: str, stored: Stored) -> str:
        return write(self._session, funding.set_line, self._project, source, {column: stored})[1]

    def _offer_sources(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for source in FUNDING_SOURCES:
            if source not in self.sources:
                menu.addAction(source, lambda source=source: self.add_source(source))
        link = self.source_head.link("add")
        menu.popup(link.mapToGlobal(QPoint(0, link.height() + 2)))

    def add_source(self, source: str) -> None:
        """A new row for a source, its first amount being typed."""
        self._added.append(source)
        self.show_project(self._project, self._values)
        self.sources[source].values["planned"].edit()
        bring_into_view(self, self.sources[source], self._theme)

    def _remove(self, source: str) -> None:
        self._added = [name for name in self._added if name != source]
        change, _ = write(self._session, funding.delete_line, self._project, source)
        if change is None:
            self.show_project(self._project, self._values)

    def _move(self, source: str, column: str, rows: int, edit: bool) -> None:
        names = list(self.sources)
        place = names.index(source) + rows
        if not 0 <= place < len(names):
            (self.given_head.link("add") if rows > 0 else self.source_head.link("add")).setFocus()
            return
        row = self.sources[names[place]]
        value = row.values[column]
        value.setFocus(Qt.FocusReason.TabFocusReason)
        if edit:
            value.edit()
        bring_into_view(self, row, self._theme)

    # Allocations

    def _begin_allocation(self) -> None:
        self.form.start({"source": CENTRAL, "year": clock.today().year}, edit="amount")

    def _add_allocation(self, values: dict[str, Stored]) -> None:
        change, refusal = write(self._session, funding.add_allocation, self._project, values)
        if refusal:
            self.form.refuse(refusal)
        elif change is not None:
            self.form.close_form()

    def _save_allocation(self, uid: str, field: Field, stored: Stored) -> str:
        return write(self._session, funding.edit_allocation, uid, {field.name: stored})[1]

    # Years

    def _show_years(self, is_editable: bool) -> None:
        planned = {plan.year: plan.amount for plan in self._session.read(funding.year_plans, self._project)}
        done: dict[int, int | None] = {}
        for row in self._session.read(glances.month_rows, self._project):
            done.setdefault(int(row.month[:4]), row.year_completed)
        years = sorted({*planned, *done, *_years_of(self._values.get("span"))})
        for year in [year for year in self.years if year not in years]:
            gone = self.years.pop(year)
            gone.hide()
            gone.deleteLater()
        for place, year in enumerate(years):
            field = replace(_AMOUNT, name=str(year), label=f"{year} 年")
            shown_row = self.years.get(year)
            if shown_row is None:
                desk = Desk(look=lambda *_: (), save=self._save_year, options=lambda _: ())
                shown_row = self.years[year] = FieldRow(field, self._theme, desk, self._sheet)
                shown_row.explain("year_plan.amount")
                shown_row.value.left.connect(lambda how, year=year: self._move_year(year, 1 if how == "next" else -1))
                shown_row.value.stepped.connect(lambda way, year=year: self._move_year(year, way))
                self._years.insertWidget(place, shown_row)
            amount, finished = planned.get(year), done.get(year)
            suffix = ""
            if finished is not None:
                rate = Rate(finished, amount or 0)
                share = f"，年度完成率 {show(rate)} %" if rate.value is not None else ""
                suffix = f"已完成 {show_money(finished)}{share}"
            text = fields.show(field, amount)
            shown = Shown(amount, text, field.unit if text else "", suffix, empty="填写年度计划")
            shown_row.show_value(shown, (), is_editable=is_editable)
        self.year_head.setVisible(bool(years))

    def _save_year(self, field: Field, stored: Stored, _: str) -> str:
        amount = stored if isinstance(stored, int) else None
        return write(self._session, funding.set_year_plan, self._project, int(field.name), amount)[1]

    def _move_year(self, year: int, way: int) -> None:
        years = sorted(self.years)
        place = years.index(year) + way
        if 0 <= place < len(years):
            self.years[years[place]].value.setFocus(Qt.FocusReason.TabFocusReason)


def _told(one: Allocation) -> Entry:
    detail = "　".join(part for part in (one.doc_no, one.allocated_on and one.allocated_on.replace("-", ".")) if part)
    values: dict[str, Stored] = {
        "source": one.source,
        "year": one.year,
        "batch": one.batch,
        "amount": one.amount,
        "doc_no": one.doc_no,
        "allocated_on": one.allocated_on,
    }
    return Entry(
        one.uid,
        f"{one.year or ''}年{one.batch}　{one.source}",
        detail or "没有文号",
        f"{show_money(one.amount)} 万元",
        "text",
        values=values,
        links=(("delete", "删除这条下达记录"),),
    )


def _years_of(stored: Stored) -> range:
    """The years of a span, as far as they are worth a row."""
    try:
        span = Span.from_stored(str(stored)) if stored else None
    except UserError:
        span = None
    if span is None or span.last_day is None:
        return range(0)
    return range(span.first_day.year, min(span.last_day.year, span.first_day.year + _MOST_YEARS - 1) + 1)
