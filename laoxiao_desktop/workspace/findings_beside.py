"""What stands beside a finding: its own row as published, and the rows it was compared with or stands between."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.capacity import read_capacities
from laoxiao_desktop.models.check_rows import CAPACITY_FIELDS
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.finding import Finding, Subject
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

MOST = 40
_MONEY = ("total_investment", "central_request")
_READ = frozenset({"project", "indicator", "goal", "list_item", "plan_total", "annex"})


@dataclass(frozen=True, slots=True)
class Beside:
    """One row: its number, its name, the published text in question, and whether the finding is about it."""

    subject: Subject
    number: str
    name: str
    text: str
    is_in_question: bool


def beside(ledger: Ledger, finding: Finding) -> list[Beside]:
    """The rows of a finding in their order; of one project alone, its neighbours in the list."""
    subjects = [finding.subject, *finding.others][:MOST]
    found = [(subject, row) for subject in subjects if (row := _row(ledger, subject)) is not None]
    if len(found) == 1 and finding.subject.kind == "project":
        found = _with_neighbours(ledger, finding.subject, found[0][1])
    is_grouped = len(finding.others) > 0 and finding.severity == "note"
    told = [
        Beside(
            subject,
            "" if subject.no is None else str(subject.no),
            subject.name,
            _text(ledger, subject.kind, row, finding.field_name),
            subject.uid == finding.subject.uid or is_grouped,
        )
        for subject, row in found
    ]
    kinds = {each.subject.kind for each in told}
    return sorted(told, key=lambda each: each.subject.no or 0) if kinds == {"project"} else told


def value_of(ledger: Ledger, finding: Finding) -> Stored:
    """What the ledger holds now in the field of a finding; None when there is no such field or row."""
    row = _row(ledger, finding.subject)
    return row.get(finding.field_name) if row is not None and finding.field_name else None


def _row(ledger: Ledger, subject: Subject) -> dict[str, Stored] | None:
    if subject.uid is None or subject.kind not in _READ:
        return None
    return rows.one(ledger.connection, subject.kind, subject.uid)


def _with_neighbours(
    ledger: Ledger, subject: Subject, row: dict[str, Stored]
) -> list[tuple[Subject, dict[str, Stored]]]:
    number = row["list_no"]
    if not isinstance(number, int):
        return [(subject, row)]
    near = rows.select(
        ledger.connection,
        "project",
        "deleted = 0 AND plan = ? AND sector = ? AND list_no BETWEEN ? AND ?",
        (row["plan"], row["sector"], number - 1, number + 1),
        "list_no, id",
    )
    return [
        (
            subject
            if each["uid"] == subject.uid
            else Subject("project", str(each["uid"]), subject.sector, _number(each), str(each["name"])),
            each,
        )
        for each in near
    ]


def _number(row: Mapping[str, Stored]) -> int | None:
    value = row["list_no"]
    return value if isinstance(value, int) else None


def _text(ledger: Ledger, kind: str, row: dict[str, Stored], name: str | None) -> str:
    if kind == "project" and name in _MONEY:
        return " / ".join(_published(kind, row, each) or "—" for each in _MONEY)
    if kind == "indicator" and name is None:
        return _targets(ledger, row)
    if kind == "plan_total":
        return " / ".join(show_money(_fen(row, each)) or "—" for each in _MONEY)
    if kind == "goal" and name is None:
        return f"{row['target'] or ''}{row['unit'] or ''}"
    if name is None or name == "name" or name not in rows.names(kind):
        return ""
    if kind == "project" and name in CAPACITY_FIELDS and not row.get(name):
        stated = read_capacities(str(row["content"] or "")).get(name)
        return stated[0].show(field_of(kind, name).unit) if stated else ""
    return _published(kind, row, name)


def _published(kind: str, row: dict[str, Stored], name: str) -> str:
    cells = json.loads(str(row.get("published") or "{}"))
    entry = cells.get(name) if isinstance(cells, dict) else None
    if isinstance(entry, dict) and entry.get("text"):
        return str(entry["text"])
    return fields.show(field_of(kind, name), row.get(name))


def _targets(ledger: Ledger, row: dict[str, Stored]) -> str:
    found = rows.select(
        ledger.connection, "indicator_target", "deleted = 0 AND indicator = ?", (str(row["uid"]),), "year"
    )
    texts = [str(target["target"]) for target in found]
    return " → ".join([str(row["base"])] * bool(row["base"]) + texts)


def _fen(row: Mapping[str, Stored], name: str) -> int | None:
    value = row[name]
    return value if isinstance(value, int) else None
