"""Twelve months over the 84 published projects, made up for the test: what happens, and an independent count of it.

The count knows nothing of the program: it adds up the script in plain integers (分), dates as text, one project at a time.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

MONTHS = tuple(f"2024-{number:02d}" for number in range(1, 13))
CENTRAL = "中央预算内投资"
WORDS = (
    "基础开挖完成",
    "正负零完成",
    "二层主体浇筑完成",
    "主体封顶",
    "外墙抹灰完成",
    "水电管线敷设完成",
    "设备安装完成",
)
STAGES = ("基础开挖", "正负零", "主体施工", "主体封顶", "内部装修", "设备安装", "试运行")


@dataclass(frozen=True)
class Entry:
    """What one project reports in one month; None is left empty (carried forward)."""

    completed: int | None
    arrived: int | None
    paid: int | None
    central: int | None
    stage: str | None
    text: str
    problem: str
    correction: str
    is_sent: bool


@dataclass
class Life:
    """One project's year."""

    uid: str
    plan: str
    county: str
    sector: str
    total: int
    request: int
    begins: str | None = None  # actual dates, if it comes so far
    ends: str | None = None
    opens: str | None = None
    allocations: list[tuple[str, int]] = field(default_factory=list)  # (day, amount)
    entries: dict[str, Entry | None] = field(default_factory=dict)


def write(projects: Iterable[tuple[str, str, str, str, int, int]], seed: int = 2024) -> list[Life]:
    """The script: deterministic, with late starters, silent units, corrections, empty months and finished projects."""
    chance = random.Random(seed)
    lives = []
    for number, (uid, plan, county, sector, total, request) in enumerate(projects):
        life = Life(uid, plan, county, sector, total, request)
        start = chance.randrange(12) if number % 7 else None
        if start is not None:
            life.begins = f"{MONTHS[start]}-{chance.randrange(1, 29):02d}"
            if start < 4 and number % 3 == 0:
                life.ends = f"{MONTHS[start + 7]}-20"
                life.opens = f"{MONTHS[start + 8]}-15" if number % 2 else None
        first = request * chance.randrange(20, 60) // 100
        life.allocations.append((f"{MONTHS[chance.randrange(3)]}-11", first))
        if number % 4 == 0:
            life.allocations.append((f"{MONTHS[6 + chance.randrange(3)]}-23", (request - first) // 3))
        completed = arrived = paid = central = 0
        for place, month in enumerate(MONTHS):
            if chance.random() < 0.08:
                life.entries[month] = None  # nothing came
                continue
            is_building = start is not None and place >= start
            if is_building:
                completed = min(completed + total * chance.randrange(0, 17) // 100 + chance.randrange(10_000), total)
                arrived = max(arrived, completed + chance.randrange(total // 20 + 1))
                paid = min(arrived, max(paid, completed * chance.randrange(60, 100) // 100))
                central = max(central, min(completed, request) * chance.randrange(50, 90) // 100)
                central = min(central, completed)
            correction = ""
            if is_building and chance.random() < 0.03 and completed > 1_000_000:
                completed -= 500_000  # half a 万元 was counted twice
                central, correction = min(central, completed), "上月验工计价重复计入0.5万元，已冲回"
                paid = min(paid, arrived)
            step = min(completed * len(STAGES) // (total + 1), len(STAGES) - 1)
            life.entries[month] = Entry(
                completed=completed if chance.random() > 0.06 else None,
                arrived=arrived if chance.random() > 0.06 else None,
                paid=paid if chance.random() > 0.06 or correction else None,
                central=central if is_building else None,
                stage=STAGES[step] if is_building else None,
                text=f"{WORDS[step]}，累计 {completed // 1_000_000} 万元工程量" if is_building else "",
                problem="施工许可未办结" if is_building and number % 11 == place else "",
                correction=correction,
                is_sent=chance.random() > 0.05,
            )
        lives.append(life)
    return lives


def legal(lives: list[Life]) -> list[Life]:
    """The script made lawful where a left-out figure makes a later one fall: the fall is explained, as a person would."""
    names = ("completed", "arrived", "paid", "central")
    for life in lives:
        known = dict.fromkeys(names, -1)
        for month in MONTHS:
            entry = life.entries[month]
            if entry is None:
                continue
            falls = any((value := getattr(entry, name)) is not None and value < known[name] for name in names)
            if falls and not entry.correction:
                life.entries[month] = entry = Entry(**{**entry.__dict__, "correction": "按审计结果调减"})
            if entry.completed is None and entry.central is not None:  # a part without its whole
                life.entries[month] = entry = Entry(**{**entry.__dict__, "central": None})
            for name in names:
                value = getattr(entry, name)
                if value is not None:
                    known[name] = value
    return lives


@dataclass
class Count:
    """The independent figures of some projects at a month."""

    projects: int = 0
    total: int = 0
    request: int = 0
    allocated: int = 0
    arrived: int = 0
    completed: int = 0
    paid: int = 0
    central_completed: int = 0
    year_completed: int = 0
    month_completed: int = 0
    started: int = 0
    finished: int = 0
    opened: int = 0
    missing: int = 0
    reported: int = 0


def count(lives: Iterable[Life], month: str) -> Count:
    """Adds up the script up to a month."""
    found = Count()
    end = f"{month}-31"
    for life in lives:
        found.projects += 1
        found.total += life.total
        found.request += life.request
        found.allocated += sum(amount for day, amount in life.allocations if day <= end)
        completed = last(life, month, "completed")
        found.completed += completed
        found.arrived += last(life, month, "arrived")
        found.paid += last(life, month, "paid")
        found.central_completed += last(life, month, "central")
        found.year_completed += completed
        found.month_completed += completed - (last(life, before(month), "completed") if month != MONTHS[0] else 0)
        found.started += bool(life.begins and life.begins <= end) or bool(life.ends and life.ends <= end)
        found.finished += bool((life.ends and life.ends <= end) or (life.opens and life.opens <= end))
        found.opened += bool(life.opens and life.opens <= end)
        entry = life.entries[month]
        is_reported = entry is not None and entry.is_sent and has_figures(entry)
        found.reported += is_reported
        found.missing += not is_reported
    return found


def last(life: Life, month: str, name: str) -> int:
    """The last figure a project gave up to a month; nothing counts as zero."""
    for earlier in reversed(MONTHS[: MONTHS.index(month) + 1]):
        entry = life.entries[earlier]
        value = getattr(entry, name) if entry is not None else None
        if value is not None:
            return int(value)
    return 0


def before(month: str) -> str:
    """The month before, within the year."""
    return MONTHS[MONTHS.index(month) - 1]


def has_figures(entry: Entry) -> bool:
    """Whether a report can be sent."""
    return any(value is not None for value in (entry.completed, entry.arrived, entry.paid))


def share(part: int, whole: int) -> str | None:
    """A rate with 4 places, halves up; None over zero."""
    if not whole:
        return None
    units = (Fraction(part, whole) * 10_000 * 2 + 1) // 2
    return f"{units // 10_000}.{units % 10_000:04d}"


def wan(fen: int) -> str:
    """万元 as printed."""
    text = f"{fen // 1_000_000}.{fen % 1_000_000:06d}".rstrip("0").rstrip(".")
    return text or "0"
