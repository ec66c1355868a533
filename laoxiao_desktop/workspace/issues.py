"""What a person does with problems: register, assign, clear; and with 督办单: send, take the reply, clear."""

from collections.abc import Mapping

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.issue import CLOSED, OPEN, STATES, WORKING, Issue, Supervision, next_number
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.models.stored import text_in
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

Values = Mapping[str, Stored]


def of(ledger: Ledger, project: str | None = None, *, only_open: bool = False) -> list[Issue]:
    """The problems of a project, or of all, the open and soonest due first."""
    names = _names(ledger)
    found = [
        Issue(
            uid=str(row["uid"]),
            project=str(row["project"]),
            text=str(row["text"] or ""),
            kind=str(row["kind"] or ""),
            owner=str(row["owner"] or ""),
            due_on=text_in(row, "due_on") or None,
            state=str(row["state"] or OPEN),
            raised_on=text_in(row, "raised_on") or None,
            closed_on=text_in(row, "closed_on") or None,
            project_name=names[str(row["project"])],
        )
        for row in rows.select(
            ledger.connection, "issue", "deleted = 0 AND (?1 IS NULL OR project = ?1)", (project,), "id"
        )
        if row["project"] in names
    ]
    kept = [issue for issue in found if issue.is_open or not only_open]
    return sorted(kept, key=lambda issue: (not issue.is_open, issue.due_on or "9999"))


def add(ledger: Ledger, project: str, values: Values) -> Change | None:
    """One more problem of a project, raised today unless said otherwise."""
    text = str(values.get("text") or "").strip()
    if not text:
        raise FieldError("text", "问题还没有写。", "请写清卡在哪个环节、需要谁做什么。")
    filled = {"state": OPEN, "raised_on": clock.today().isoformat(), **values, "text": text}
    _refuse_state(filled)
    ledger.row("project", project)
    with ledger.change(f"登记问题“{shortened(text)}”") as writing:
        writing.created = rows.insert(ledger.connection, "issue", {"project": project, **filled})
    return writing.written


def edit(ledger: Ledger, uid: str, values: Values, reason: str = "") -> Change | None:
    """Changes fields of a problem; clearing it or opening it again keeps its date in step."""
    row = ledger.row("issue", uid)
    _refuse_state(values)
    filled = dict(values)
    if filled.get("state") == CLOSED and not (filled.get("closed_on") or row["closed_on"]):
        filled["closed_on"] = clock.today().isoformat()
    elif "state" in filled and filled["state"] != CLOSED:
        filled["closed_on"] = None
    with ledger.change(_label("issue", "问题", str(row["text"]), values), reason) as writing:
        rows.update(ledger.connection, "issue", uid, filled)
    return writing.written


def close(ledger: Ledger, uid: str, closed_on: str | None = None) -> Change | None:
    """销号."""
    row = ledger.row("issue", uid)
    with ledger.change(f"销号“{shortened(str(row['text']))}”") as writing:
        values: Values = {"state": CLOSED, "closed_on": closed_on or clock.today().isoformat()}
        rows.update(ledger.connection, "issue", uid, values)
    return writing.written


def delete(ledger: Ledger, uid: str) -> Change | None:
    """Takes a problem away; undo brings it back."""
    row = ledger.row("issue", uid)
    with ledger.change(f"删除问题“{shortened(str(row['text']))}”") as writing:
        rows.update(ledger.connection, "issue", uid, {"deleted": 1})
    return writing.written


def supervise(ledger: Ledger, project: str, unit: str, text: str, due_on: str, no: str | None = None) -> Change | None:
    """Sends a 督办单 for a project: numbered by itself, with a day by which the unit replies."""
    if not unit.strip():
        raise FieldError("unit", "督办单位还没有写。", "请写明由谁办理。")
    if not text.strip():
        raise FieldError("text", "督办事项还没有写。", "请写清要做什么、做到什么程度。")
    if not due_on or due_on < clock.today().isoformat()[: len(due_on)]:
        raise FieldError("due_on", "督办时限要在今天或以后。", "请写到哪一天回复。")
    known = [str(row["no"] or "") for row in rows.select(ledger.connection, "supervision")]
    number = no or next_number(known, clock.today().year)
    ledger.row("project", project)
    with ledger.change(f"{number}：督办{shortened(unit)}") as writing:
        values: Values = {
            "project": project,
            "no": number,
            "unit": unit.strip(),
            "text": text.strip(),
            "due_on": due_on,
            "state": OPEN,
        }
        writing.created = rows.insert(ledger.connection, "supervision", values)
    return writing.written


def supervisions(ledger: Ledger, project: str | None = None, *, only_open: bool = False) -> list[Supervision]:
    """The 督办单 of a project, or all, the newest first."""
    names = _names(ledger)
    found = [
        Supervision(
            uid=str(row["uid"]),
            project=str(row["project"]),
            no=str(row["no"] or ""),
            unit=str(row["unit"] or ""),
            text=str(row["text"] or ""),
            due_on=text_in(row, "due_on") or None,
            reply=str(row["reply"] or ""),
            replied_on=text_in(row, "replied_on") or None,
            state=str(row["state"] or OPEN),
            project_name=names[str(row["project"])],
        )
        for row in rows.select(
            ledger.connection, "supervision", "deleted = 0 AND (?1 IS NULL OR project = ?1)", (project,), "id DESC"
        )
        if row["project"] in names
    ]
    return [one for one in found if one.is_open or not only_open]


def edit_supervision(ledger: Ledger, uid: str, values: Values, reason: str = "") -> Change | None:
    """Changes fields of a 督办单."""
    row = ledger.row("supervision", uid)
    _refuse_state(values)
    with ledger.change(_label("supervision", str(row["no"] or "督办单"), "", values), reason) as writing:
        rows.update(ledger.connection, "supervision", uid, values)
    return writing.written


def reply(ledger: Ledger, uid: str, text: str, replied_on: str | None = None) -> Change | None:
    """Takes the unit's reply; the order stays open until it is cleared."""
    row = ledger.row("supervision", uid)
    if not text.strip():
        raise FieldError("reply", "回复还没有写。", "请写明办理结果。")
    state = WORKING if row["state"] == OPEN else row["state"]
    with ledger.change(f"{row['no'] or '督办单'}回复") as writing:
        values: Values = {
            "reply": text.strip(),
            "replied_on": replied_on or clock.today().isoformat(),
            "state": state,
        }
        rows.update(ledger.connection, "supervision", uid, values)
    return writing.written


def close_supervision(ledger: Ledger, uid: str) -> Change | None:
    """销号 of a 督办单; it needs a reply first."""
    row = ledger.row("supervision", uid)
    if not row["reply"]:
        raise UserError("这张督办单还没有回复，不能销号。", "请先登记办理结果。")
    with ledger.change(f"{row['no'] or '督办单'}销号") as writing:
        rows.update(ledger.connection, "supervision", uid, {"state": CLOSED})
    return writing.written


def _names(ledger: Ledger) -> dict[str, str]:
    return dict(ledger.connection.execute("SELECT uid, coalesce(name, '') FROM project WHERE deleted = 0").fetchall())


def _refuse_state(values: Values) -> None:
    state = values.get("state")
    if state is not None and state not in STATES:
        raise FieldError("state", f"“{state}”不是问题的状态。", f"可选：{'、'.join(STATES)}。")


def _label(table: str, what: str, about: str, values: Values) -> str:
    quoted = f"“{shortened(about)}”" if about else ""
    if len(values) != 1:
        return f"{what}{quoted}修改 {len(values)} 处"
    ((key, value),) = values.items()
    field = field_of(table, key)
    shown = shortened(fields.show(field, value))
    return f"{what}{quoted}{field.label}改为 {shown}" if shown else f"{what}{quoted}清空{field.label}"
