"""A 合计 or 小计 row as printed, and beside it what the rows sum up to for which it speaks."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from laoxiao_desktop.exchange.amounts import total_of
from laoxiao_desktop.exchange.columns import Role
from laoxiao_desktop.models.plan_draft import Lines, TotalDraft

_COUNT: Final = re.compile(r"(\d+)[个项所家]")
_END_OF_LABEL: Final = re.compile(r"[（(：:]")


def printed_total(words: str, amounts: Mapping[Role, str | None], where: Lines | None) -> TotalDraft:
    """What the row says of itself: its words, a count in them, its amounts (万元); nothing is summed yet."""
    count = _COUNT.search(words)
    return TotalDraft(
        label=_END_OF_LABEL.split(words)[0],
        scope="",
        count=int(count[1]) if count else None,
        total_investment=amounts.get("total_investment"),
        central_request=amounts.get("central_request"),
        sum_count=0,
        sum_total_investment="0",
        sum_central_request="0",
        agrees=False,
        where=where,
    )


def summed(printed: TotalDraft, scope: str, count: int, investment: str, request: str) -> TotalDraft:
    """The printed total beside the sums of some rows (万元, as `decimal_text` writes them), and whether they agree."""
    return replace(
        printed,
        scope=scope,
        sum_count=count,
        sum_total_investment=investment,
        sum_central_request=request,
        agrees=(
            printed.count in (None, count)
            and (printed.total_investment is None or total_of([printed.total_investment]) == investment)
            and (printed.central_request is None or total_of([printed.central_request]) == request)
        ),
    )
