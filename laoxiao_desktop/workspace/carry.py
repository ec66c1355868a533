"""Carrying unfinished projects over to a successor plan: copied with what they stand at, the old ones say where they went."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.money import Money
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace import glances, plans
from laoxiao_desktop.workspace.ledger import Ledger

DONE: Final = frozenset({"完工", "投用", "决算", "取消"})
_NOT_CARRIED: Final = frozenset({"uid", "published", "list_title", "carried_from", "plan", "list_no"})
_BELONGING: Final = ("milestone", "site", "funding", "allocation")
_OPEN_ONLY: Final = ("issue", "supervision")


@dataclass(frozen=True, slots=True)
class Successor:
    """A plan that projects can be carried to, and how many of those asked about would go."""

    uid: str
    title: str
    count: int


def successors(ledger: Ledger, uids: Sequence[str]) -> list[Successor]:
    """The plans that some of these projects could be carried to: every plan but their own."""
    projects = _unfinished(ledger, uids)
    found = []
    for plan in plans.all_of(ledger):
        going = [
            project for project in projects if project["plan"] != plan.uid and not _is_there(ledger, project, plan.uid)
        ]
        if going:
            found.append(Successor(plan.uid, plan.title, len(going)))
    return found


def carry(ledger: Ledger, uids: Sequence[str], plan: str) -> Change | None:
    """结转: the unfinished ones of these projects stand in another plan too, as one change.

    Each gets a new row with its figures, milestones, sites, money and open problems, and 结转自 names the row it came
    from; the monthly reports and attachments stay with the old one. Finished projects and those already there are left
    out; UserError when none remains.
    """
    target = rows.one(ledger.connection, "plan", plan)
    if target is None:
        raise UserError("没有这个方案。", "请先新建接续方案。")
    going = [one for one in _unfinished(ledger, uids) if one["plan"] != plan and not _is_there(ledger, one, plan)]
    if not going:
        raise UserError("没有可以结转的项目。", "已完工、取消的，和已经在那个方案里的，不再结转。")
    title = str(target["title"])
    short = title if len(title) <= 20 else title[:19] + "…"
    label = (
        f"结转 {len(going)} 个项目到“{short}”"
        if len(going) > 1
        else f"“{shortened(str(going[0]['name']))}”结转到“{short}”"
    )
    standing = glances.of(ledger, [str(one["uid"]) for one in going])
    with ledger.change(label) as writing:
        for project in going:
            uid = str(project["uid"])
            glance = standing.get(uid)
            completed = glance.completed if glance else None
            made = _carry_one(ledger, project, plan, completed)
            writing.created = writing.created or made
        for old in {str(one["plan"]) for one in going}:
            rows.update(ledger.connection, "plan", old, {"successor": plan})
    return writing.written


def _carry_one(ledger: Ledger, project: Mapping[str, Stored], plan: str, completed: int | None) -> str:
    connection = ledger.connection
    uid = str(project["uid"])
    kept = {name: value for name, value in project.items() if name not in _NOT_CARRIED}
    number = connection.execute(
        "SELECT coalesce(max(list_no), 0) + 1 FROM project WHERE plan = ? AND sector IS ? AND deleted = 0",
        (plan, project["sector"]),
    ).fetchone()[0]
    day = clock.today().isoformat().replace("-", ".")
    done = f"，结转时累计完成 {Money(completed)} 万元" if completed is not None else ""
    remark = "\n".join(part for part in (str(project["remark"] or ""), f"{day} 结转{done}。") if part)
    made = rows.insert(
        connection, "project", {**kept, "plan": plan, "list_no": number, "carried_from": uid, "remark": remark}
    )
    for table in (*_BELONGING, *_OPEN_ONLY):
        for row in list(rows.select(connection, table, "project = ? AND deleted = 0", (uid,))):
            if table in _OPEN_ONLY and row.get("state") == "已销号":
                continue
            copied = {name: value for name, value in row.items() if name != "uid"}
            rows.insert(connection, table, {**copied, "project": made})
    return made


def _unfinished(ledger: Ledger, uids: Sequence[str]) -> list[dict[str, Stored]]:
    found = (rows.one(ledger.connection, "project", uid) for uid in uids)
    return [project for project in found if project is not None and project["status"] not in DONE]


def _is_there(ledger: Ledger, project: Mapping[str, Stored], plan: str) -> bool:
    found = ledger.connection.execute(
        "SELECT 1 FROM project WHERE carried_from = ? AND plan = ? AND deleted = 0", (project["uid"], plan)
    ).fetchone()
    return found is not None
