"""Below the fields of a list row: what an indicator has reached against its targets, or how an item is getting on."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.region import COUNTIES, short_name_of
from laoxiao_desktop.ui.lists_rows import Row, targets_of
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.record_desk import Desk, Shown
from laoxiao_desktop.ui.record_fold import Entry
from laoxiao_desktop.ui.record_fold_list import FoldList
from laoxiao_desktop.ui.record_form import Form
from laoxiao_desktop.ui.record_notes import Note, NoteList
from laoxiao_desktop.ui.record_row import FieldRow
from laoxiao_desktop.ui.record_sheet import SIDE, Heading, write
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import lists, reached
from laoxiao_desktop.workspace.reached import Reached

_VALUE = replace(
    field_of("indicator_value", "value"),
    label="完成",
    hint="填数；定性目标写“达到”“未达到”或实际情况",
    meaning="indicator_value.value",
)
_NEW = (
    Field("period", "年度或月份", "text", hint="如 2024、2024.6", meaning="indicator_value.period"),
    replace(field_of("indicator_value", "county"), label="县市区"),
    _VALUE,
    field_of("indicator_value", "note"),
)
_SHOWN = (field_of("indicator_value", "value"), field_of("indicator_value", "note"))
_NOTE = (field_of("progress_note", "text"), field_of("progress_note", "noted_on"))


class ReachedPart(QWidget):
    """完成情况 of an indicator: a value for each year with a target, others by county or month, and a proposal."""

    opened = Signal(QWidget)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._row: Row | None = None
        self._proposal: reached.Proposal | None = None
        self.head = Heading("完成情况", theme, self, (("add", "按县市或月份登记"),))
        self.head.chosen.connect(lambda _: self.form.start({"period": str(clock.today().year)}, edit="county"))
        self.notes = NoteList(theme, self)
        self.notes.chosen.connect(lambda _: self._adopt())
        self.years: dict[int, FieldRow] = {}
        self._desk = Desk(look=self._look, save=self._save_year, options=lambda _: ())
        self.form: Form = Form(_NEW, "登记", theme, self, _offered)
        self.form.submitted.connect(self._add)
        self.form.opened.connect(self.opened)
        self.list = FoldList(_SHOWN, theme, self._save, self)
        self.list.linked.connect(lambda uid, _: session.run(lists.delete, "indicator_value", [uid]))
        self.list.turned.connect(self.opened)
        self._years, self._notes_box = QVBoxLayout(), QHBoxLayout()
        self._years.setSpacing(0)
        self._notes_box.addWidget(self.notes)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.head)
        layout.addLayout(self._years)
        layout.addLayout(self._notes_box)
        layout.addWidget(self.form)
        layout.addWidget(self.list)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        side = self._theme.px(SIDE)
        self._years.setContentsMargins(side, 0, self._theme.px(8), 0)
        self._notes_box.setContentsMargins(side, self._theme.px(4), side, 0)
        self.head.restyle()
        self.form.restyle()
        self.list.restyle()
        for row in self.years.values():
            row.restyle()

    def show_row(self, row: Row | None) -> None:
        """Show the values of an indicator; what is being typed for the same one stays."""
        before, self._row = self._row, row
        if row is None:
            return
        if before is None or before["uid"] != row["uid"]:
            self.form.hide()
            self.list.forget()
            for year_row in self.years.values():
                year_row.value.forget()
        uid, targets = str(row["uid"]), targets_of(row)
        values = self._session.read(reached.values_of, uid)
        is_editable = not self._session.ledger.is_read_only
        whole = {one.period: one for one in values if not one.county}
        years = sorted({*targets, *(int(period) for period in whole if len(period) == 4)})
        self._show_years(years, targets, whole, is_editable)
        rest = [one for one in values if one.county or len(one.period) != 4]
        self.list.show_entries([_told(one, targets) for one in rest], is_editable=is_editable)
        self.head.link("add").setVisible(is_editable)
        self._proposal = self._session.read(reached.proposal, uid)
        year = str(clock.today().year)
        known = whole.get(year)
        is_news = self._proposal is not None and is_editable and (known is None or known.value != self._proposal.value)
        words = f"{self._proposal.why}，可作 {year} 年完成数。" if self._proposal and is_news else ""
        self.notes.show_notes((Note("hint", words, (("adopt", "采用"),)),) if words else ())

    def _show_years(
        self, years: Sequence[int], targets: Mapping[int, str], whole: Mapping[str, Reached], is_editable: bool
    ) -> None:
        for year in [year for year in self.years if year not in years]:
            gone = self.years.pop(year)
            gone.hide()
            gone.deleteLater()
        for place, year in enumerate(years):
            row = self.years.get(year)
            if row is None:
                field = replace(_VALUE, name=str(year), label=f"{year} 年完成")
                row = self.years[year] = FieldRow(field, self._theme, self._desk, self)
                row.explain("indicator_value.value")
                row.value.left.connect(lambda how, year=year: self._move(year, 1 if how == "next" else -1, True))
                row.value.stepped.connect(lambda way, year=year: self._move(year, way, False))
                self._years.insertWidget(place, row)
            one, target = whole.get(str(year)), targets.get(year, "")
            text = one.value if one else ""
            suffix = verdict(target, text)
            token = {"已达到": "greent", "未达到": "redt"}.get(suffix, "text")
            quiet = f"目标 {target}" + (f"，{suffix}" if suffix else "") if target else ""
            shown = Shown(text or None, text, suffix=quiet, token=token if text else "text", empty=_asks(target))
            row.show_value(shown, (), is_editable=is_editable)
        self.years = {year: self.years[year] for year in years}

    def _look(self, field: Field, stored: Stored) -> Sequence[Note]:
        """Whether what is typed reaches the target of the year."""
        target = targets_of(self._row or {}).get(int(field.name), "")
        said = verdict(target, str(stored or "")) if stored else ""
        return (Note("hint", f"目标 {target}，{said}"),) if said else ()

    def _save_year(self, field: Field, stored: Stored, _: str) -> str:
        if self._row is None:
            return ""
        value = str(stored) if stored else None
        return write(self._session, reached.set_value, str(self._row["uid"]), field.name, value)[1]

    def _save(self, uid: str, field: Field, stored: Stored) -> str:
        return write(self._session, lists.edit, "indicator_value", uid, {field.name: stored})[1]

    def _add(self, values: dict[str, Stored]) -> None:
        if self._row is None:
            return
        period, value, county, note = (str(values.get(name) or "") for name in ("period", "value", "county", "note"))
        stored = _period(period)
        if not stored or not value:
            self.form.refuse("请写年份或月份（如 2024、2024.6），并填完成数。")
            return
        _, refusal = write(
            self._session, reached.set_value, str(self._row["uid"]), stored, value, county=county, note=note
        )
        if refusal:
            self.form.refuse(refusal)
        else:
            self.form.close_form()

    def _adopt(self) -> None:
        if self._row is not None and self._proposal is not None:
            year, uid = str(clock.today().year), str(self._row["uid"])
            self._session.run(reached.set_value, uid, year, self._proposal.value, note=self._proposal.why)

    def _move(self, year: int, way: int, edit: bool) -> None:
        years = sorted(self.years)
        place = years.index(year) + way if year in years else -1
        if 0 <= place < len(years):
            value = self.years[years[place]].value
            value.setFocus()
            if edit:
                value.edit()


class ProgressPart(QWidget):
    """进展 of an item: dated notes, the newest first."""

    opened = Signal(QWidget)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._item = ""
        self.head = Heading("进展", theme, self, (("add", "记进展"),))
        self.head.chosen.connect(lambda _: self.form.start({"noted_on": clock.today().isoformat()}))
        self.form: Form = Form(_NOTE, "记下", theme, self)
        self.form.submitted.connect(self._add)
        self.form.opened.connect(self.opened)
        self.list = FoldList(_NOTE, theme, self._save, self)
        self.list.linked.connect(lambda uid, _: session.run(lists.delete, "progress_note", [uid]))
        self.list.turned.connect(self.opened)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.head, self.form, self.list):
            layout.addWidget(part)

    def restyle(self) -> None:
        """The theme changed."""
        self.head.restyle()
        self.form.restyle()
        self.list.restyle()

    def show_row(self, row: Row | None) -> None:
        """Show the notes of an item."""
        uid = str(row["uid"]) if row else ""
        if uid != self._item:
            self.form.hide()
            self.list.forget()
        self._item = uid
        if not uid:
            return
        is_editable = not self._session.ledger.is_read_only
        found = self._session.read(reached.notes_of, uid)
        entries = [
            Entry(
                one.uid,
                one.text,
                one.noted_on.replace("-", ".") if one.noted_on else "没有日期",
                mark="document_text",
                values={"text": one.text, "noted_on": one.noted_on},
                links=(("delete", "删除这条进展"),),
            )
            for one in found
        ]
        self.list.show_entries(entries, is_editable=is_editable)
        self.head.say("进展", f"{len(found)} 条" if found else "还没有记过")
        self.head.link("add").setVisible(is_editable)

    def _add(self, values: dict[str, Stored]) -> None:
        day = str(values["noted_on"]) if values.get("noted_on") else None
        _, refusal = write(self._session, reached.add_note, self._item, str(values.get("text") or ""), day)
        if refusal:
            self.form.refuse(refusal)
        else:
            self.form.close_form()

    def _save(self, uid: str, field: Field, stored: Stored) -> str:
        return write(self._session, lists.edit, "progress_note", uid, {field.name: stored})[1]


def verdict(target: str, value: str) -> str:
    """已达到, 未达到, or nothing where it cannot be told."""
    found = reached.is_met(target, value) if target and value else None
    return "" if found is None else "已达到" if found else "未达到"


def _asks(target: str) -> str:
    return "填写完成数" if target else "填写"


def _period(typed: str) -> str:
    """A year or a month as it is stored; "" for anything else."""
    digits = typed.strip().replace("年", ".").replace("月", "").replace("-", ".").strip(".")
    year, _, month = digits.partition(".")
    if not (len(year) == 4 and year.isdigit()):
        return ""
    if not month:
        return year
    return f"{year}-{int(month):02d}" if month.isdigit() and 1 <= int(month) <= 12 else ""


def _told(one: Reached, targets: Mapping[int, str]) -> Entry:
    said = "" if one.county else verdict(targets.get(int(one.period[:4]), ""), one.value)
    where = short_name_of(one.county) if one.county else "全部"
    return Entry(
        one.uid,
        f"{one.period.replace('-', '.')}　{where}",
        one.note,
        f"{one.value}　{said}".strip(),
        "text",
        values={"value": one.value, "note": one.note or None},
        links=(("delete", "删除这个数"),),
    )


def _offered(field: Field) -> Sequence[Option]:
    if field.kind == "county":
        return [Option(county.short_name, short_name_of(county.parent)) for county in COUNTIES]
    return ()
