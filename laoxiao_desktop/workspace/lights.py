"""What a person does with the lights: see them with their reasons, set the thresholds, override one for a time."""

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dates import show_date
from laoxiao_desktop.models.lights import COLOURS, PRESET_TITLES, Light, Override, Thresholds
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.store import months, rows
from laoxiao_desktop.workspace import month_facts
from laoxiao_desktop.workspace.ledger import Ledger, save_setting

_ALL = Scope()


def of(ledger: Ledger, month: str | None = None, scope: Scope = _ALL) -> dict[str, Light]:
    """The light of each project by uid at a month (None: the newest one opened, else today).

    A locked month shows the lights that were written when it was locked. A project without anything to judge it by, or
    taken off (取消), has none.
    """
    facts = month_facts.read(ledger, scope, month or month_facts.latest_month(ledger))
    found = ((project.uid, facts.light(project)) for project in facts.facts)
    return {uid: light for uid, light in found if light is not None}


def history(ledger: Ledger, project: str) -> list[tuple[str, Light]]:
    """The lights of a project in the locked months, the oldest first."""
    found = rows.select(ledger.connection, "month_light", "project = ? AND deleted = 0", (project,), "month, id")
    return [
        (
            str(row["month"]),
            month_facts.light_of_kept(
                str(row["light"]), str(row["rule"] or ""), str(row["why"] or ""), 1 if row["is_override"] else None
            ),
        )
        for row in found
    ]


def thresholds(ledger: Ledger) -> Thresholds:
    """The thresholds that hold here."""
    return month_facts.thresholds_of(ledger)


def set_thresholds(ledger: Ledger, wanted: Thresholds) -> Change | None:
    """Judges by other figures from now on; locked months keep their lights."""
    label = f"红黄绿灯规则改为“{PRESET_TITLES[wanted.preset]}”"
    if wanted.preset == thresholds(ledger).preset:
        label = "修改红黄绿灯的界线"
    return save_setting(ledger, month_facts.THRESHOLDS, wanted.stored, label)


def override(ledger: Ledger, project: str, light: str, reason: str, expires_on: str) -> Change | None:
    """Sets a light by hand until a day; it needs a reason and a day that has not passed."""
    if light not in COLOURS:
        raise FieldError("light", f"“{light}”不是灯的颜色。", "请写 红、黄 或 绿。")
    if not reason.strip():
        raise FieldError("reason", "改灯还没有写理由。", "请写明依据，例如哪次会议或哪份批复。")
    if len(expires_on) != 10 or expires_on < clock.today().isoformat():
        raise FieldError("expires_on", "改灯要有一个还没有过去的有效期。", "请写到哪一天为止，例如 2024.8.31。")
    name = _name(ledger, project)
    with ledger.change(f"“{name}”改为{light}灯，至 {show_date(expires_on)}", reason.strip()) as writing:
        _clear(ledger, project)
        values = {"project": project, "light": light, "reason": reason.strip(), "expires_on": expires_on}
        writing.created = rows.insert(ledger.connection, "light_override", values)
    return writing.written


def clear_override(ledger: Ledger, project: str) -> Change | None:
    """Lets the rules speak again."""
    with ledger.change(f"“{_name(ledger, project)}”取消人工改灯") as writing:
        _clear(ledger, project)
    return writing.written


def override_of(ledger: Ledger, project: str) -> Override | None:
    """The light set by hand that still holds; None when there is none."""
    found = month_facts.overrides_of(ledger).get(project)
    return found if found and found.expires_on >= clock.today().isoformat() else None


def overrides(ledger: Ledger) -> list[Override]:
    """All lights set by hand that still hold, the first to expire first."""
    today = clock.today().isoformat()
    there = {facts.uid for facts in months.projects(ledger.connection, months.bound(None, None))}
    found = [one for one in month_facts.overrides_of(ledger).values() if one.expires_on >= today]
    return sorted((one for one in found if one.project in there), key=lambda one: one.expires_on)


def _clear(ledger: Ledger, project: str) -> None:
    for row in list(rows.select(ledger.connection, "light_override", "project = ? AND deleted = 0", (project,))):
        rows.update(ledger.connection, "light_override", str(row["uid"]), {"deleted": 1})


def _name(ledger: Ledger, project: str) -> str:
    return shortened(str(ledger.row("project", project)["name"]))
