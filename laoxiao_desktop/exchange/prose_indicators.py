"""Indicators that stand in prose."""

from laoxiao_desktop.exchange.paragraphs import Outline
from laoxiao_desktop.models.plan_draft import GoalDraft, IndicatorDraft, PlanFacts


def prose_indicators_of(
    outline: Outline, in_tables: tuple[IndicatorDraft, ...], goals: tuple[GoalDraft, ...], plan: PlanFacts
) -> tuple[IndicatorDraft, ...]:
    return ()
