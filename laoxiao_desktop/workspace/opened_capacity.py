"""Beds and places that opened projects bring, beside what the plans want."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.capacity import Capacity, read_capacities
from laoxiao_desktop.models.overview import CapacityLine, GoalLine
from laoxiao_desktop.models.sites import roll_up
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.models.target import Target
from laoxiao_desktop.workspace.ledger import Ledger
from laoxiao_desktop.workspace.month_facts import MonthFacts

_KINDS = (("床位", "张", "beds", ("beds", "nursing_beds")), ("托位", "个", "places", ("places", "inclusive_places")))
_read = lru_cache(maxsize=16_384)(read_capacities)  # a text says the same every time the overview is opened
_Stated = tuple[Capacity, bool]  # the figure, and whether a person has confirmed it


def lines(ledger: Ledger, scope: Scope, facts: MonthFacts) -> tuple[CapacityLine, ...]:
    """One line for beds and one for places."""
    stated = _stated(ledger, scope)
    opened_uids = {project.uid for project in facts.facts if facts.standing(project).is_opened}
    found = []
    for what, unit, field, _ in _KINDS:
        planned = [stated[project.uid][field] for project in facts.facts if field in stated.get(project.uid, {})]
        opened = list(_opened(facts, stated, opened_uids, field))
        whole = _sum(capacity for capacity, _ in opened)
        found.append(
            CapacityLine(
                what=what,
                unit=unit,
                opened=whole,
                opened_projects=len(opened_uids),
                proposed=sum(not is_confirmed for _, is_confirmed in opened),
                planned=_sum(capacity for capacity, _ in planned),
                goals=tuple(_goals(ledger, scope, what, facts.day.year, whole)),
            )
        )
    return tuple(found)


def _opened(
    facts: MonthFacts,
    stated: dict[str, dict[str, _Stated]],
    opened_uids: set[str],
    field: str,
) -> Iterator[_Stated]:
    """What each opened project brings; a bundled one that is not open as a whole brings its opened sites."""
    for project in facts.facts:
        if project.uid in opened_uids and field in stated.get(project.uid, {}):
            yield stated[project.uid][field]
        elif sites := facts.sites.get(project.uid):
            rolled = roll_up(sites, facts.day)
            of_sites = rolled.opened_beds if field == "beds" else rolled.opened_places
            if of_sites is not None:
                yield of_sites, True


def _stated(ledger: Ledger, scope: Scope) -> dict[str, dict[str, _Stated]]:
    """Beds and places of each project: as confirmed, else as its text says."""
    found: dict[str, dict[str, _Stated]] = {}
    for uid, beds, nursing, places, inclusive, content in ledger.connection.execute(
        "SELECT uid, beds, nursing_beds, places, inclusive_places, coalesce(content, '') FROM project"
        " WHERE deleted = 0 AND (?1 IS NULL OR plan = ?1) AND (?2 IS NULL OR county = ?2)",
        (scope.plan, scope.county),
    ):
        read = _read(content) if "床" in content or "托" in content else {}
        of_project: dict[str, _Stated] = {}
        for field, stored in (("beds", beds or nursing), ("places", places or inclusive)):
            proposed = read.get(field) or read.get("nursing_beds" if field == "beds" else "inclusive_places")
            if stored:
                try:
                    of_project[field] = (Capacity.from_stored(stored), True)
                except UserError:
                    continue
            elif proposed:
                of_project[field] = (proposed[0], False)
        if of_project:
            found[uid] = of_project
    return found


def _goals(ledger: Ledger, scope: Scope, what: str, year: int, opened: Capacity | None) -> Iterator[GoalLine]:
    """What the plans want of beds or places up to a year: year goals, and the targets of indicators."""
    found: Iterable[tuple[str, int, str, str, str]] = ledger.connection.execute(
        """
        SELECT coalesce(nullif(p.region, ''), p.title), g.year, g.name, coalesce(g.unit, ''), coalesce(g.target, '')
        FROM goal g JOIN plan p ON p.uid = g.plan AND p.deleted = 0
        WHERE g.deleted = 0 AND (?1 IS NULL OR g.plan = ?1) AND instr(g.name, ?2) > 0
        UNION ALL
        SELECT coalesce(nullif(p.region, ''), p.title), t.year, i.name, coalesce(i.unit, ''), coalesce(t.target, '')
        FROM indicator i JOIN plan p ON p.uid = i.plan AND p.deleted = 0
        JOIN indicator_target t ON t.indicator = i.uid AND t.deleted = 0
        WHERE i.deleted = 0 AND i.restates IS NULL AND (?1 IS NULL OR i.plan = ?1) AND instr(i.name, ?2) > 0
        ORDER BY 1, 2
        """,
        (scope.plan, what),
    )
    for plan, target_year, name, unit, text in found:
        if not text or "补助" in name or "奖补" in name:
            continue
        target = Target.parse(text)
        is_added = name.startswith("新增") and target_year <= year
        met = target.is_met_by(opened.minimum) if is_added and opened is not None else None
        yield GoalLine(plan, target_year, name, unit, target, met)


def _sum(capacities: Iterable[Capacity]) -> Capacity | None:
    whole: Capacity | None = None
    for one in capacities:
        whole = one if whole is None else whole + one
    return whole
