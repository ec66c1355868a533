"""One report for each county or each project of a scope: the requests, and a file name for each."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from laoxiao_desktop.models.region import short_name_of
from laoxiao_desktop.models.report_request import TITLES, Request
from laoxiao_desktop.models.units import split_units
from laoxiao_desktop.store import months
from laoxiao_desktop.workspace import report_projects
from laoxiao_desktop.workspace.ledger import Ledger

Each = Literal["county", "project", "unit"]
EACH: tuple[tuple[Each, str], ...] = (
    ("county", "每个县市区一份"),
    ("unit", "每个责任单位一份"),
    ("project", "每个项目一份"),
)
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_LONGEST = 60  # of the name of a project or unit in the name of its file


def requests(ledger: Ledger, request: Request, each: Each) -> list[tuple[str, Request]]:
    """(file name without its ending, request) for each county, unit or project that has anything, in their order."""
    scope = report_projects.scope_of(request)
    found = months.projects(ledger.connection, months.bound(scope.plan, scope.county))
    chosen = report_projects.wanted(replace(request, project=None), found)
    title = TITLES[request.kind].replace("、", "")
    when = request.month or request.as_of.isoformat()
    made: list[tuple[str, Request]] = []
    if each == "county":
        names = report_projects.county_names(ledger)
        for code in report_projects.county_order(one.county for one in chosen):
            if code:
                made.append((f"{names.get(code) or short_name_of(code)}{title}{when}", replace(request, county=code)))
    elif each == "unit":
        units = dict.fromkeys(unit for one in chosen for unit in split_units(one.unit))
        made = [(f"{unit[:_LONGEST]}{title}{when}", replace(request, unit=unit)) for unit in units]
    else:
        for number, one in enumerate(chosen, 1):
            made.append((f"{number:03d} {one.name[:_LONGEST]} {title}{when}", replace(request, project=one.uid)))
    return _apart(made)


def _apart(made: Iterable[tuple[str, Request]]) -> list[tuple[str, Request]]:
    """File names that every system takes, no two the same."""
    taken: set[str] = set()
    found = []
    for name, request in made:
        stem = _NOT_IN_NAMES.sub("_", name).strip(" .") or "报告"
        unique, number = stem, 2
        while unique.casefold() in taken:
            unique, number = f"{stem}（{number}）", number + 1
        taken.add(unique.casefold())
        found.append((unique, request))
    return found
