"""What a person does with the sites 点位 of a bundled project; their figures roll up to the project."""

from collections.abc import Mapping, Sequence

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import fields, sites
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.lights import Colour
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.models.sites import RolledUp, Site
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

Values = Mapping[str, Stored]


def of(ledger: Ledger, project: str) -> list[Site]:
    """The sites of a project in their order."""
    found = rows.select(ledger.connection, "site", "project = ? AND deleted = 0", (project,), "ord, id")
    return [sites.site_of(row) for row in found]


def rolled_up(ledger: Ledger, project: str) -> RolledUp:
    """What the sites come to today."""
    return sites.roll_up(of(ledger, project), clock.today())


def lights(ledger: Ledger, project: str) -> dict[str, tuple[Colour, str]]:
    """The light of each site by uid, with its sentence."""
    row = ledger.row("project", project)
    span = str(row["span"]) if row["span"] else None
    return {site.uid: sites.light_of(site, span, clock.today()) for site in of(ledger, project)}


def add(ledger: Ledger, project: str, values: Values) -> Change | None:
    """One more site at the end."""
    return add_many(ledger, project, [values])


def add_many(ledger: Ledger, project: str, block: Sequence[Values]) -> Change | None:
    """Sites at the end, as one change: a pasted list."""
    names = [str(values.get("name") or "").strip() for values in block]
    if not names or not all(names):
        raise FieldError("name", "点位还没有名称。", "请写点位名称，例如村（社区）名。")
    ledger.row("project", project)
    label = f"新增点位“{shortened(names[0])}”" if len(block) == 1 else f"新增 {len(block)} 个点位"
    with ledger.change(label) as writing:
        last = ledger.connection.execute(
            "SELECT coalesce(max(ord), 0) FROM site WHERE project = ? AND deleted = 0", (project,)
        ).fetchone()[0]
        for place, (name, values) in enumerate(zip(names, block, strict=True), start=last + 1):
            made = rows.insert(ledger.connection, "site", {**values, "name": name, "project": project, "ord": place})
            writing.created = writing.created or made
    return writing.written


def edit(ledger: Ledger, uid: str, values: Values, reason: str = "") -> Change | None:
    """Changes fields of a site; what has been reached cannot lie in the future, nor before what comes first."""
    row = ledger.row("site", uid)
    _refuse_dates({**row, **values}, values)
    with ledger.change(_label(str(row["name"]), values), reason) as writing:
        rows.update(ledger.connection, "site", uid, values)
    return writing.written


def delete(ledger: Ledger, uid: str) -> Change | None:
    """Takes a site away; undo brings it back."""
    row = ledger.row("site", uid)
    with ledger.change(f"删除点位“{shortened(str(row['name']))}”") as writing:
        rows.update(ledger.connection, "site", uid, {"deleted": 1})
    return writing.written


def adopt(ledger: Ledger, project: str) -> Change | None:
    """Puts the sums of the sites into the project's own fields: 点位, 床位, 托位."""
    rolled = rolled_up(ledger, project)
    if not rolled.count:
        raise UserError("这个项目还没有点位。", "请先登记点位。")
    values: dict[str, Stored] = {"sites": str(rolled.count)}
    if rolled.beds is not None:
        values["beds"] = rolled.beds.stored
    if rolled.places is not None:
        values["places"] = rolled.places.stored
    with ledger.change(f"按 {rolled.count} 个点位汇总项目规模") as writing:
        rows.update(ledger.connection, "project", project, values)
    return writing.written


def _refuse_dates(then: Values, changed: Values) -> None:
    today = clock.today().isoformat()
    order = (("started_on", "开工"), ("finished_on", "完工"), ("opened_on", "投用"))
    before: tuple[str, str] | None = None
    for name, label in order:
        date = then.get(name)
        if not isinstance(date, str) or not date:
            continue
        if name in changed and date > today[: len(date)]:
            raise FieldError(name, f"{label}日期还没有到。", "点位日期写实际发生的日子。")
        if before and date[:7] < before[0][:7]:
            raise FieldError(
                name if name in changed else next(iter(changed)), f"{label}早于{before[1]}。", "请核对日期。"
            )
        before = (date, label)


def _label(name: str, values: Values) -> str:
    if len(values) != 1:
        return f"点位“{shortened(name)}”修改 {len(values)} 处"
    ((key, value),) = values.items()
    field = field_of("site", key)
    shown = shortened(fields.show(field, value))
    return f"点位“{shortened(name)}”{field.label}改为 {shown}" if shown else f"点位“{shortened(name)}”清空{field.label}"
