"""Baseline 计划版次: the planned dates of a project as they were approved, and how far it has slipped against them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from laoxiao_desktop.models.milestone import Milestone, slip_days


@dataclass(frozen=True, slots=True)
class Baseline:
    """An immutable copy of the planned dates (by milestone uid) with the reason and the document that approved it."""

    uid: str
    project: str
    no: int
    planned: Mapping[str, str]
    reason: str
    doc_no: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One milestone beside a baseline: days behind (negative: ahead); None where the baseline has no date for it."""

    milestone: str
    name: str
    planned: str | None  # in the baseline
    days: int | None


def slips(baseline: Baseline, milestones: Sequence[Milestone], today: dt.date) -> list[Slip]:
    """How far each milestone has slipped against the baseline."""
    found = []
    for step in milestones:
        planned = baseline.planned.get(step.uid)
        days = None if planned is None else slip_days(_against(step, planned), today)
        found.append(Slip(step.uid, step.name, planned, days))
    return found


def _against(step: Milestone, planned: str) -> Milestone:
    """The step judged by the baseline: a plan that was changed since is what the unit expects now."""
    forecast = step.forecast or (step.planned if step.planned != planned else None)
    return replace(step, planned=planned, forecast=forecast)
