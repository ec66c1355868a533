"""The fill-in form of a month: what a unit was asked, what came back, and what of it the ledger takes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.monthly import APPROVED, MONEY, MonthReport, MonthRow, check, show_month
from laoxiao_desktop.models.units import split_units

FILLED: Final = (
    "cum_completed",
    "central_completed",
    "cum_arrived",
    "central_arrived",
    "cum_paid",
    "central_paid",
    "stage",
    "image_progress",
    "problem",
    "help_needed",
    "next_step",
    "correction",
    "reporter",
)  # the fields a unit fills in, in the order of the form
NO_UNIT: Final = "未填责任单位"


@dataclass(frozen=True, slots=True)
class FormIdentity:
    """Whose form it is: the unit, the month, the ledger it came from and the projects it asks for."""

    unit: str
    month: str
    ledger: str
    site: str
    due_on: str = ""
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row as it came back: the project it was made for, the name that stands there, and what was filled in."""

    uid: str
    name: str
    where: str
    texts: Mapping[str, str]
    stamp: str = ""
    before: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What a person must know of a form; an error means that what it speaks of was not taken."""

    is_error: bool
    where: str
    message: str


@dataclass(frozen=True, slots=True)
class FormReading:
    """A form as it came back."""

    file: str
    identity: FormIdentity
    rows: tuple[FormRow, ...]
    problems: tuple[FormProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell that came back with another value: what stands there, what would, or why it is not taken."""

    uid: str
    name: str
    field: str
    old: str
    new: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """What taking forms back would do: the values to write by project, every cell, and what else is to be known."""

    block: tuple[tuple[str, Mapping[str, Stored]], ...] = ()
    cells: tuple[FormCell, ...] = ()
    problems: tuple[FormProblem, ...] = ()

    @property
    def errors(self) -> tuple[FormProblem, ...]:
        """What was not taken."""
        return tuple(problem for problem in self.problems if problem.is_error)


def units_of(rows: Sequence[MonthRow]) -> dict[str, list[MonthRow]]:
    """The projects that have to report by the unit that fills in their form: the first of the responsible ones."""
    found: dict[str, list[MonthRow]] = {}
    for row in rows:
        if not row.is_exempt:
            found.setdefault(next(iter(split_units(row.facts.unit)), NO_UNIT), []).append(row)
    return found


def stamp(month: str, row: MonthRow) -> str:
    """A seal over what a form shows and must not be edited: project, month, last figures."""
    before = [str(row.before.money(name) if row.before else None) for name in MONEY]
    sealed = "\n".join((month, row.uid, "".join(row.name.split()), *before))
    return hashlib.sha256(sealed.encode()).hexdigest()[:16]


def judge(reading: FormReading, month: str, rows: Sequence[MonthRow], today: dt.date) -> FormOutcome:
    """What taking a form into `month` would change; an empty cell changes nothing."""
    whole = _refused_whole(reading, month)
    if whole is not None:
        return FormOutcome(problems=(*reading.problems, whole))
    known = {row.uid: row for row in rows}
    problems = list(reading.problems)
    block: list[tuple[str, Mapping[str, Stored]]] = []
    cells: list[FormCell] = []
    seen: set[str] = set()
    for came in reading.rows:
        row, said = _meant(came, reading.identity, known, seen)
        problems.extend(said)
        if row is None:
            continue
        seen.add(row.uid)
        values = _values(came, row, cells, today)
        if values:
            block.append((row.uid, values))
    gone = [known[uid].name for uid in reading.identity.projects if uid in known and uid not in seen]
    if gone:
        names = "、".join(gone[:3]) + (f" 等 {len(gone)} 项" if len(gone) > 3 else "")
        problems.append(FormProblem(False, reading.file, f"发出的表里有、交回的表里没有：{names}，这些项目不变。"))
    return FormOutcome(tuple(block), tuple(cells), tuple(problems))


def joined(outcomes: Sequence[FormOutcome]) -> FormOutcome:
    """Several forms as one change; a project that comes twice is taken from the first."""
    taken: set[str] = set()
    block: list[tuple[str, Mapping[str, Stored]]] = []
    cells: list[FormCell] = []
    problems: list[FormProblem] = []
    for outcome in outcomes:
        problems.extend(outcome.problems)
        twice = {uid for uid, _ in outcome.block} & taken
        block.extend((uid, values) for uid, values in outcome.block if uid not in twice)
        for cell in outcome.cells:
            is_twice = cell.uid in twice and not cell.refusal
            cells.append(replace(cell, refusal="前面的表里已有这个项目，以先读的为准。") if is_twice else cell)
        taken |= {uid for uid, _ in outcome.block}
    return FormOutcome(tuple(block), tuple(cells), tuple(problems))


def _refused_whole(reading: FormReading, month: str) -> FormProblem | None:
    if reading.identity.month != month:
        came = show_month(reading.identity.month) if len(reading.identity.month) == 7 else "别的月份"
        message = f"这是{came}的填报表，现在填的是{show_month(month)}；整张表没有读入。请换到{came}再读，或重新发表。"
        return FormProblem(True, reading.file, message)
    return None


def _meant(
    came: FormRow, identity: FormIdentity, known: Mapping[str, MonthRow], seen: set[str]
) -> tuple[MonthRow | None, list[FormProblem]]:
    """The project a row means, and what is to be said of the row."""
    label = f"{came.where} {came.name}".strip()
    if not came.uid:
        has_any = came.name or any(came.texts.values())
        message = "这一行是自己加的，不在发出的表里，没有读入；新项目请先在台账里新增。"
        return None, [FormProblem(True, label, message)] if has_any else []
    row = known.get(came.uid)
    if row is None:
        is_ours = came.uid in identity.projects
        what = "这个项目已不在台账的所选范围里" if is_ours else "这一行的隐藏标识被改动过，认不出是哪个项目"
        return None, [FormProblem(True, label, f"{what}，没有读入。")]
    if row.uid in seen:
        return None, [FormProblem(True, label, f"“{row.name}”在表里出现两次，以前一行为准。")]
    said: list[FormProblem] = []
    units = split_units(row.facts.unit) or (NO_UNIT,)
    if identity.unit not in units:
        return None, [
            FormProblem(True, label, f"这个项目的责任单位是{'、'.join(units)}，不是{identity.unit}，没有读入。")
        ]
    if "".join(came.name.split()) != "".join(row.name.split()):
        if came.stamp != stamp(identity.month, row):
            return None, [FormProblem(True, label, f"项目名称和隐藏标识对不上（标识是“{row.name}”），没有读入。")]
        said.append(FormProblem(False, label, f"项目名称被改过，仍按“{row.name}”读；要改名请在台账里改。"))
    for name, text in came.before.items():
        stood = row.before.money(name) if row.before else None
        if text and text != show_money(stood):
            label_of = field_of("monthly_report", name).label
            now = show_money(stood) or "空"
            said.append(FormProblem(False, label, f"上月{label_of}在表里是 {text}，台账里是 {now}；以台账为准。"))
    return row, said


def _values(came: FormRow, row: MonthRow, cells: list[FormCell], today: dt.date) -> dict[str, Stored]:
    values: dict[str, Stored] = {}
    olds: dict[str, str] = {}
    for name, text in came.texts.items():
        if not text.strip():
            continue
        filled = field_of("monthly_report", name)
        stood = getattr(row.now, name) if row.now is not None else None
        olds[name] = fields.show(filled, stood)
        try:
            stored = fields.parse(filled, text, today)
        except UserError as refusal:
            cells.append(FormCell(row.uid, row.name, filled.label, olds[name], text, str(refusal)))
            continue
        if stored == stood or (not stored and stored != 0 and not stood):
            continue
        if row.state == APPROVED:
            cells.append(FormCell(row.uid, row.name, filled.label, olds[name], text, "已审核，要改先退回。"))
            continue
        values[name] = stored
    for name, why in _refused(row, values):
        text = fields.show(field_of("monthly_report", name), values.pop(name))
        cells.append(FormCell(row.uid, row.name, field_of("monthly_report", name).label, olds[name], text, why))
    for name, stored in values.items():
        filled = field_of("monthly_report", name)
        cells.append(FormCell(row.uid, row.name, filled.label, olds[name], fields.show(filled, stored)))
    return values


def _refused(row: MonthRow, values: Mapping[str, Stored]) -> list[tuple[str, str]]:
    """The amounts that a rule never accepts, with the rule's words."""
    left = dict(values)
    refused: list[tuple[str, str]] = []
    while True:
        now = row.now or MonthReport(None, row.uid, row.month)
        merged = replace(now, **left)  # type: ignore[arg-type]  # fields of the dictionary in their stored forms
        found = check(merged, row.before, row.facts)
        wrong = next((p for p in found if p.severity == "error" and p.field in MONEY and p.field in left), None)
        if wrong is None:
            return refused
        refused.append((wrong.field, wrong.message))
        del left[wrong.field]
