"""What a person does with the milestones of a project: lay them out, plan, forecast, report as reached."""

from collections.abc import Mapping

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import fields, milestone
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.milestone import Milestone
from laoxiao_desktop.models.span import Span
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger


def of(ledger: Ledger, project_uid: str) -> tuple[Milestone, ...]:
    """The milestones of a project in their order."""
    found = rows.select(ledger.connection, "milestone", "project = ? AND deleted = 0", (project_uid,), "ord, id")
    return tuple(_milestone(row) for row in found)


def has_any(ledger: Ledger) -> bool:
    """Whether any project has milestones yet."""
    return ledger.connection.execute("SELECT 1 FROM milestone WHERE deleted = 0 LIMIT 1").fetchone() is not None


def start_from_template(ledger: Ledger, project_uid: str) -> Change | None:
    """Lays out the milestones that fit the project's build kind, planned over its span. Those already there are kept."""
    with ledger.change("按模板建立里程碑") as writing:
        made = _lay_out(ledger, project_uid)
        writing.created = made[0] if made else None
    return writing.written


def edit(ledger: Ledger, milestone_uid: str, values: Mapping[str, Stored], reason: str = "") -> Change | None:
    """Changes fields of one milestone. A reached milestone cannot lie in the future."""
    before = ledger.row("milestone", milestone_uid)
    with ledger.change(_label(str(before["name"]), values), reason) as writing:
        rows.update(ledger.connection, "milestone", milestone_uid, values)
    return writing.written


def edit_by_code(
    ledger: Ledger, project_uid: str, code: str, values: Mapping[str, Stored], reason: str = ""
) -> Change | None:
    """Changes fields of the milestone with this code; a project without milestones gets those of its template first."""
    project = ledger.row("project", project_uid)
    there = of(ledger, project_uid)
    names = {one.code: one.name for one in there or milestone.template_for(_text(project["build_kind"]))}
    if code.upper() not in names:
        raise UserError(f"这个项目没有编号为 {code} 的里程碑。", f"可用的编号：{'、'.join(filter(None, names))}。")
    with ledger.change(_label(names[code.upper()], values), reason) as writing:
        if not there:
            _lay_out(ledger, project_uid)
        rows.update(ledger.connection, "milestone", by_code(ledger, project_uid, code).uid, values)
    return writing.written


def add(ledger: Ledger, project_uid: str, name: str) -> Change | None:
    """One more milestone at the end."""
    with ledger.change(f"新增里程碑“{name[:24]}”") as writing:
        last = ledger.connection.execute(
            "SELECT coalesce(max(ord), 0) FROM milestone WHERE project = ? AND deleted = 0", (project_uid,)
        ).fetchone()[0]
        writing.created = rows.insert(
            ledger.connection, "milestone", {"project": project_uid, "name": name, "ord": last + 1}
        )
    return writing.written


def delete(ledger: Ledger, milestone_uid: str) -> Change | None:
    """Takes a milestone out of the line; undo brings it back."""
    row = rows.one(ledger.connection, "milestone", milestone_uid)
    with ledger.change(f"删除里程碑“{row['name'] if row else ''}”") as writing:
        rows.update(ledger.connection, "milestone", milestone_uid, {"deleted": 1})
    return writing.written


def by_code(ledger: Ledger, project_uid: str, code: str) -> Milestone:
    """The milestone of a project with this code, such as M09; UserError when there is none."""
    for one in of(ledger, project_uid):
        if one.code == code.upper():
            return one
    raise UserError(f"这个项目没有编号为 {code} 的里程碑。", "请先按模板建立里程碑。")


def _lay_out(ledger: Ledger, project_uid: str) -> list[str]:
    """Inserts the steps of the template that are missing; their uids."""
    project = ledger.row("project", project_uid)
    template = milestone.template_for(_text(project["build_kind"]))
    span = Span.from_stored(str(project["span"])) if project["span"] else None
    planned = milestone.spread(span, template)
    there = {one.code for one in of(ledger, project_uid)}
    return [
        rows.insert(
            ledger.connection,
            "milestone",
            {
                "project": project_uid,
                "code": step.code,
                "name": step.name,
                "weight": step.weight,
                "planned": planned.get(step.code),
                "ord": place,
            },
        )
        for place, step in enumerate(template, start=1)
        if step.code not in there
    ]


def _label(step: str, values: Mapping[str, Stored]) -> str:
    """What the change is called; FieldError for an actual date that has not come yet."""
    actual = values.get("actual")
    if isinstance(actual, str) and actual > clock.today().isoformat()[: len(actual)]:
        raise FieldError("actual", "实际日期还没有到。", "还没有发生的，请写在“预计”里。")
    name, value = next(iter(values.items()))
    field = field_of("milestone", name)
    shown = fields.show(field, value)
    what = f"“{step}”{field.label}"
    return f"{what}改为 {shown[:24]}" if shown else f"清空{what}"


def _milestone(row: Mapping[str, Stored]) -> Milestone:
    weight = row["weight"]
    return Milestone(
        uid=str(row["uid"]),
        code=str(row["code"] or ""),
        name=str(row["name"]),
        planned=_text(row["planned"]),
        forecast=_text(row["forecast"]),
        actual=_text(row["actual"]),
        note=_text(row["note"]),
        weight=int(weight) if weight is not None else 0,
        evidence=_text(row["evidence"]),
    )


def _text(value: Stored) -> str | None:
    return None if value is None else str(value)
