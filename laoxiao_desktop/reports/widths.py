"""How wide the columns of a table are: never narrower than what must stay whole, the rest by their shares.

Figures and the lines of a head are never broken; where they leave too little room, the letters of the whole table
become smaller, and only then do text columns fall under their least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_ROUNDS = 40  # halvings of the search; the widths are then right to a millionth of a point


@dataclass(frozen=True, slots=True)
class Need:
    """What a column needs, in points: `least` so that nothing breaks that must not, `most` so that nothing breaks.

    Under `hard` it never falls as long as that is possible at all: there figures are whole and texts are not.
    """

    least: float
    most: float
    share: float
    hard: float = 0.0


def whole(needs: Sequence[Need]) -> float:
    """The least that all columns need together."""
    return sum(need.least for need in needs)


def spread(needs: Sequence[Need], width: float) -> list[float]:
    """The widths of all columns, `width` together: shares of the room, kept between least and most."""
    least = whole(needs)
    if least >= width:
        hard = sum(need.hard for need in needs)
        if hard >= width:
            return [need.hard * width / hard for need in needs]
        part = (width - hard) / (least - hard) if least > hard else 0.0
        return [need.hard + (need.least - need.hard) * part for need in needs]
    over = width - sum(max(need.most, need.least) for need in needs)
    shares = sum(need.share for need in needs)
    if over >= 0:  # everything stands on one line: the columns share what is left
        return [max(need.most, need.least) + over * need.share / shares for need in needs]
    low, high = 0.0, width / min(need.share for need in needs)
    for _ in range(_ROUNDS):
        unit = (low + high) / 2
        if sum(_clamped(need, unit) for need in needs) > width:
            high = unit
        else:
            low = unit
    widths = [_clamped(need, low) for need in needs]
    rest = width - sum(widths)
    return [one + rest * one / (width - rest) for one in widths]


def _clamped(need: Need, unit: float) -> float:
    return max(need.least, min(need.most, need.share * unit))
