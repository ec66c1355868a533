"""Goals for single years, as sentences set them."""

from laoxiao_desktop.exchange.paragraphs import Outline
from laoxiao_desktop.models.plan_draft import GoalDraft


def goals_of(outline: Outline) -> tuple[GoalDraft, ...]:
    return ()
