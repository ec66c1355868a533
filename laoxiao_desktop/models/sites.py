"""Sites 点位 of a bundled project: how many, their beds and places, and how many have begun, are finished, are open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.capacity import Capacity
from laoxiao_desktop.models.lights import Colour
from laoxiao_desktop.models.span import Span
from laoxiao_desktop.models.stored import text_in


@dataclass(frozen=True, slots=True)
class Site:
    """One site. Capacities and dates are stored forms; a date means that it has happened."""

    uid: str
    project: str
    name: str
    town: str = ""
    beds: str | None = None
    places: str | None = None
    started_on: str | None = None
    finished_on: str | None = None
    opened_on: str | None = None
    status: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RolledUp:
    """What the sites of a project come to."""

    count: int = 0
    started: int = 0
    finished: int = 0
    opened: int = 0
    beds: Capacity | None = None
    places: Capacity | None = None
    opened_beds: Capacity | None = None
    opened_places: Capacity | None = None

    @property
    def is_finished(self) -> bool:
        """Whether there are sites and all of them are finished."""
        return 0 < self.count == self.finished

    @property
    def is_opened(self) -> bool:
        """Whether there are sites and all of them are open."""
        return 0 < self.count == self.opened


def roll_up(sites: Iterable[Site], day: dt.date) -> RolledUp:
    """The figures of these sites on a day; what happened later does not count."""
    listed = list(sites)
    opened = [site for site in listed if is_opened(site, day)]
    return RolledUp(
        count=len(listed),
        started=sum(is_started(site, day) for site in listed),
        finished=sum(is_finished(site, day) for site in listed),
        opened=len(opened),
        beds=total(site.beds for site in listed),
        places=total(site.places for site in listed),
        opened_beds=total(site.beds for site in opened),
        opened_places=total(site.places for site in opened),
    )


def is_opened(site: Site, day: dt.date) -> bool:
    """投用."""
    return _has(site.opened_on, day) or (not site.opened_on and site.status in ("投用", "决算"))


def is_finished(site: Site, day: dt.date) -> bool:
    """完工, or already open."""
    return _has(site.finished_on, day) or is_opened(site, day) or (not site.finished_on and site.status == "完工")


def is_started(site: Site, day: dt.date) -> bool:
    """开工, or further."""
    has_begun = not site.started_on and site.status in ("在建", "停工")
    return _has(site.started_on, day) or has_begun or is_finished(site, day)


def light_of(site: Site, span: str | None, day: dt.date) -> tuple[Colour, str]:
    """The light of a site: red when the span of its project is over and it is not finished, yellow when not begun by its
    half; the sentence gives the dates."""
    if is_finished(site, day):
        return "绿", "已投用" if is_opened(site, day) else "已完工"
    try:
        known = Span.from_stored(span) if span else None
    except UserError:
        known = None
    if known is None or known.last_day is None:
        return "绿", "没有建设期限，不作判断"
    if day > known.last_day:
        return (
            "红",
            f"建设期限到 {known.last_day.year}.{known.last_day.month:02d}，已过 {(day - known.last_day).days} 天未完工",
        )
    part = known.elapsed(day)
    if not is_started(site, day) and part * 2 >= 1:
        return "黄", f"建设期限已过 {int(part * 100)}%，尚未开工"
    return "绿", "在期限内"


def site_of(row: Mapping[str, object]) -> Site:
    """From a stored row."""
    return Site(
        str(row["uid"]),
        str(row["project"]),
        str(row["name"] or ""),
        text_in(row, "town"),
        text_in(row, "beds") or None,
        text_in(row, "places") or None,
        text_in(row, "started_on") or None,
        text_in(row, "finished_on") or None,
        text_in(row, "opened_on") or None,
        text_in(row, "status"),
        text_in(row, "remark"),
    )


def total(stored: Iterable[str | None]) -> Capacity | None:
    """The sum of stored capacities; None when none is filled in."""
    whole: Capacity | None = None
    for text in stored:
        if text:
            one = Capacity.from_stored(text)
            whole = one if whole is None else whole + one
    return whole


def _has(date: str | None, day: dt.date) -> bool:
    """A month without a day has happened once it has begun."""
    return date is not None and date <= day.isoformat()
