"""Whether an indicator in prose repeats a row of a table under other words."""

from collections.abc import Sequence
from decimal import Decimal

from laoxiao_desktop.models.plan_draft import IndicatorDraft, TargetDraft

_LIKE = 0.57
_LIKE_WITH_VALUE = 0.5
_LIKE_WITH_OTHER_SHARE = 0.85
_LIKE_WITH_COUNT = 0.35
_LIKE_WITH_LARGE_COUNT = 0.1  # a large count that is the same says more than one of many shares of 100 %


def restated_row(prose: IndicatorDraft, rows: Sequence[IndicatorDraft]) -> int | None:
    """The number of the table row that is most alike in name, and in value where names differ more.

    Only rows of the same sector and of the same kind of unit, a share or a count, are compared.
    """
    best: tuple[float, int] | None = None
    for row in rows:
        is_other_sector = row.sector != prose.sector and prose.sector in ("养老", "托育")
        if row.seq is None or is_other_sector or (prose.unit == "%") != (row.unit == "%"):
            continue
        likeness = _likeness(prose.name, row.name)
        same = _same_value(prose, row)
        enough = _enough(prose, same)
        score = likeness + (0.2 if same else 0.0)
        if likeness >= enough and (best is None or score > best[0]):
            best = (score, row.seq)
    return best[1] if best else None


def _enough(prose: IndicatorDraft, is_same_value: bool) -> float:
    """How alike the names must be."""
    if not is_same_value:
        return _LIKE_WITH_OTHER_SHARE if prose.unit == "%" else _LIKE
    if prose.unit == "%":
        return _LIKE_WITH_VALUE
    large = any((_scaled(target, prose.unit) or 0) >= 100 for target in prose.targets.values())
    return _LIKE_WITH_LARGE_COUNT if large else _LIKE_WITH_COUNT


def _likeness(one: str, other: str) -> float:
    """The share of pairs of characters that the shorter name has in common with the longer."""
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return 0.0
    common = len(first & second)
    return 0.5 * common / min(len(first), len(second)) + common / (len(first) + len(second))


def _pairs(name: str) -> set[str]:
    plain = name.replace("老年人", "老人").replace("普惠型", "普惠性").replace("数量", "数")
    return {plain[at : at + 2] for at in range(len(plain) - 1)}


def _same_value(prose: IndicatorDraft, row: IndicatorDraft) -> bool:
    return any(
        _scaled(target, prose.unit) == _scaled(row.targets[year], row.unit) is not None
        for year, target in prose.targets.items()
        if year in row.targets
    )


def _scaled(target: TargetDraft, unit: str | None) -> Decimal | None:
    if target.value is None:
        return None
    return Decimal(target.value) * (10_000 if unit and unit.startswith("万") else 1)
