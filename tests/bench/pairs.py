"""A measurement: ours and the reference run in turns, so that a noisy machine slows both alike."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line of the table: what was measured, both medians, their ratio, the goal."""

    what: str
    reference: str
    ours: str
    theirs: str
    ratio: float | None
    goal: str

    @classmethod
    def of(
        cls, what: str, reference: str, ours: list[float], theirs: list[float], goal: str, unit: str = "ms"
    ) -> "Line":
        """From paired samples; the ratio is the median of the pairs' ratios."""
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        return cls(
            what, reference, shown(statistics.median(ours), unit), shown(statistics.median(theirs), unit), ratio, goal
        )

    @property
    def is_reached(self) -> bool | None:
        """Whether the goal is reached; None where there is none in figures."""
        number = self.goal.removeprefix("≤ ")
        return None if self.ratio is None or number == self.goal else self.ratio <= float(number)


def shown(value: float, unit: str) -> str:
    """A figure with its unit, three digits at most."""
    return f"{value:.0f} {unit}" if value >= 100 else f"{value:.1f} {unit}" if value >= 1 else f"{value:.2f} {unit}"


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def paired(ours: Callable[[], float], theirs: Callable[[], float], runs: int) -> tuple[list[float], list[float]]:
    """Both in turns, the first pair thrown away, the order swapped each time."""
    a, b = list[float](), list[float]()
    for run in range(runs + 1):
        first, second = (ours, theirs) if run % 2 else (theirs, ours)
        x, y = first(), second()
        mine, other = (x, y) if run % 2 else (y, x)
        if run:
            a.append(mine)
            b.append(other)
    return a, b


def p95(values: list[float]) -> float:
    """The value that 95 of 100 samples do not exceed."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]
