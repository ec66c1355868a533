"""催报: who has not reported a month, by unit, and the words that are sent to them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from laoxiao_desktop.models.monthly import RETURNED, show_month

NO_UNIT: Final = "未填责任单位"
STATES: Final = {"": "未填报", "草稿": "已填未上报", RETURNED: "退回待改"}


@dataclass(frozen=True, slots=True)
class ChaseProject:
    """A project that has not reported; `reason` says why it was given back."""

    uid: str
    name: str
    county: str
    state: str
    reason: str = ""

    @property
    def why(self) -> str:
        """未填报, 已填未上报, 退回待改：理由."""
        words = STATES.get(self.state, self.state)
        return f"{words}：{self.reason}" if self.reason and self.state == RETURNED else words


@dataclass(frozen=True, slots=True)
class ChaseUnit:
    """A unit with what it owes; `contacts` are people and phones, personal data that is left out unless asked for."""

    unit: str
    projects: tuple[ChaseProject, ...]
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chase:
    """Everybody who has not reported a month, most projects first."""

    month: str
    due_on: str
    today: dt.date
    units: tuple[ChaseUnit, ...]

    @property
    def count(self) -> int:
        """How many projects are missing."""
        return sum(len(unit.projects) for unit in self.units)


ASKING: Final = "请尽快核实累计完成、到位、支付和形象进度后上报；没有变化的，也请确认本月无变化。"


def opening(chase: Chase) -> str:
    """When it was due and how much is missing: the first words on paper and in a message alike."""
    due = dt.date.fromisoformat(chase.due_on)
    head = f"{show_month(chase.month)}项目调度表应于{due.month}月{due.day}日前报齐"
    today = f"{chase.today.year}年{chase.today.month}月{chase.today.day}日"
    if not chase.units:
        return f"{head}，截至{today}已全部报齐。"
    late = (chase.today - due).days
    over = f"，已超{late}天" if late > 0 else ""
    units = f"{len(chase.units)}个单位的" if len(chase.units) > 1 else ""
    return f"{head}{over}。截至{today}，还有{units}{chase.count}个项目未报。"


def text(chase: Chase, *, units: Sequence[str] | None = None, has_contacts: bool = False) -> str:
    """The words to paste into a message: all units, or one for each that is asked for."""
    chosen = tuple(unit for unit in chase.units if units is None or unit.unit in units)
    lines = [opening(replace(chase, units=chosen))]
    if not chosen:
        return lines[0]
    for unit in chosen:
        people = f"，{'、'.join(unit.contacts)}" if has_contacts and unit.contacts else ""
        lines.append("")
        lines.append(f"{unit.unit or NO_UNIT}（{len(unit.projects)}个{people}）")
        lines.extend(f"{number}. {one.name}（{one.why}）" for number, one in enumerate(unit.projects, start=1))
    return "\n".join([*lines, "", ASKING])
