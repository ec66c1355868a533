"""`set` and `milestone`: one edit, journalled."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import click

from laoxiao_desktop import clock
from laoxiao_desktop.cli import row_json
from laoxiao_desktop.cli.frame import change_json, change_text, for_writing, say, table, verb
from laoxiao_desktop.cli.listing import project_rows
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.dictionary import TABLES, Field, field_of
from laoxiao_desktop.models.plain_text import one_line, quoted
from laoxiao_desktop.workspace import lists, milestones, projects
from laoxiao_desktop.workspace.ledger import Ledger

_TABLES: Final = {"project": "project", "indicator": "indicator", "goal": "goal", "item": "list_item"}
_NOT_SET: Final = frozenset({"plan", "published", "carried_from", "restates", "source", "ord", "list_title"})
_OTHER_NAMES: Final = {
    "responsible_units": "responsible_unit",
    "class": "group",
    "supervising_units": "supervising_unit",
}


@verb("set", "修改一行：set project 标识 字段=值…", "ledger", "person", "reason")
@click.argument("what", metavar="project|indicator|goal|item")
@click.argument("uid", metavar="标识")
@click.argument("assignments", metavar="字段=值…", nargs=-1, required=True)
def set_command(
    what: str,
    uid: str,
    assignments: Sequence[str],
    path: Path | None,
    person: Person | None,
    reason: str,
    as_json: bool,
) -> None:
    """All assignments as one change; a field is named by its identifier or its Chinese label, an empty value clears it."""
    if what not in _TABLES:
        raise click.UsageError(f"要改什么请写 {'、'.join(_TABLES)} 之一。")
    table_name, uid = _TABLES[what], one_line(uid)
    values = _values(table_name, assignments)
    with for_writing(path, person) as ledger:
        _refuse_unknown(ledger, table_name, uid)
        if table_name == "project":
            change = projects.edit(ledger, uid, values, one_line(reason))
        else:
            change = lists.edit(ledger, table_name, uid, values, one_line(reason))
        row = _project(ledger, uid) if table_name == "project" else {"uid": uid, **values}
    say({"change": change_json(change), what: row}, change_text(change), as_json=as_json)


@verb("milestone", "登记里程碑：milestone 标识 M09 --actual 2023.6", "ledger", "person", "reason")
@click.argument("uid", metavar="标识")
@click.argument("code", metavar="[编号]", required=False)
@click.option("--planned", metavar="日期", help="计划日期")
@click.option("--forecast", metavar="日期", help="预计日期")
@click.option("--actual", metavar="日期", help="实际日期；写 --actual= 清空")
@click.option("--evidence", metavar="文字", help="依据，如批复文号")
@click.option("--note", metavar="文字", help="说明")
def milestone_command(
    uid: str,
    code: str | None,
    path: Path | None,
    person: Person | None,
    reason: str,
    as_json: bool,
    **typed: str | None,
) -> None:
    """Sets fields of one milestone; without a code the milestones of the template are laid out."""
    today = clock.today()
    given = {name: text for name, text in typed.items() if text is not None}
    if bool(code) != bool(given):
        raise click.UsageError("编号和日期要一起写；都不写则按模板建立里程碑。")
    values = {name: fields.parse(field_of("milestone", name), text, today) for name, text in given.items()}
    uid = one_line(uid)
    with for_writing(path, person) as ledger:
        _refuse_unknown(ledger, "project", uid)
        if code:
            change = milestones.edit_by_code(ledger, uid, one_line(code), values, one_line(reason))
        else:
            change = milestones.start_from_template(ledger, uid)
        owner = _project(ledger, uid)
        steps = milestones.of(ledger, uid)
    rows = [row_json.milestone(step, {**owner, "plan_title": owner["plan"]}, today) for step in steps]
    text = table(
        ("编号", "里程碑", "计划", "预计", "实际"),
        [[str(row[name] or "") for name in ("code", "name", "planned", "forecast", "actual")] for row in rows],
    )
    say(
        {"change": change_json(change), "milestones": rows},
        f"{change_text(change)}\n{text}",
        as_json=as_json,
    )


def _values(table_name: str, assignments: Sequence[str]) -> dict[str, fields.Stored]:
    values: dict[str, fields.Stored] = {}
    for assignment in assignments:
        name, equals, text = assignment.partition("=")
        if not equals:
            raise click.UsageError(f"{quoted(assignment)}不是 字段=值。")
        field = _field(table_name, one_line(name))
        if field.name in values:
            raise click.UsageError(f"字段 {field.name} 写了两次。")
        values[field.name] = fields.parse(field, text, clock.today())
    return values


def _field(table_name: str, name: str) -> Field:
    settable = [
        field for field in TABLES[table_name] if field.name not in _NOT_SET and field.kind not in ("json", "link")
    ]
    for field in settable:
        if name in (field.name, field.label) or _OTHER_NAMES.get(name) == field.name:
            return field
    names = "、".join(f"{field.name}（{field.label}）" for field in settable)
    raise UserError(f"没有字段{quoted(name)}。", f"可以改的字段：{names}。")


def _refuse_unknown(ledger: Ledger, table_name: str, uid: str) -> None:
    if table_name == "project":
        is_there = projects.id_of(ledger, uid) is not None
    else:
        is_there = any(row["uid"] == uid for row in ledger.rows_as_of(table_name))
    if not is_there:
        raise UserError(f"没有标识为{quoted(uid)}的行。", "请用 list 查标识；已删除的行可以用 undo 找回。")


def _project(ledger: Ledger, uid: str) -> dict[str, object]:
    number = projects.id_of(ledger, uid)
    return project_rows(ledger, [number])[0] if number is not None else {}
