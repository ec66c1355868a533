"""Making a ledger beside the window: the bundled plans read, a file created, the plans taken in."""

from collections.abc import Sequence
from pathlib import Path

from laoxiao_desktop.errors import Cancelled, UserError
from laoxiao_desktop.exchange import bundled
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.money import Money
from laoxiao_desktop.models.plan_draft import PlanDraft
from laoxiao_desktop.ui.background import Progress
from laoxiao_desktop.ui.new_ledger_panel import NewLedger
from laoxiao_desktop.ui.start_rows import BundledPlan
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import plans


def bundled_plans(progress: Progress) -> tuple[BundledPlan, ...]:
    """What the start page tells of the bundled plans, counted from their files."""
    progress.check()
    return tuple(_line(draft) for draft in bundled.plans())


def new_ledger(wanted: NewLedger, person: Person, progress: Progress) -> Path:
    """A new ledger with the wanted plans; when it is stopped or refused, no file is left."""
    drafts = [draft for draft in bundled.plans() if _key(draft) in wanted.plans]
    try:
        with ledgers.create(wanted.path, wanted.name, person) as ledger:
            for done, draft in enumerate(drafts):
                progress.step(done, len(drafts), f"收入{draft.plan.title}")
                plans.take_in(ledger, draft)
            if wanted.own_region is not None:
                plans.add(ledger, f"{wanted.own_region}“一老一小”整体解决方案", wanted.own_region)
            progress.check()
    except (Cancelled, UserError):
        _remove(wanted.path)
        raise
    return wanted.path


def demo(path: Path, person: Person, progress: Progress) -> Path:
    """The example with all bundled plans; when it is stopped or refused, no file is left."""
    try:
        with plans.start_demo(path, _told(bundled.plans(), progress), person):
            progress.check()
    except (Cancelled, UserError):
        _remove(path)
        raise
    return path


def _told(drafts: Sequence[PlanDraft], progress: Progress) -> Sequence[PlanDraft]:
    progress.step(0, len(drafts), "收入五个方案")
    return drafts


def _line(draft: PlanDraft) -> BundledPlan:
    amounts = [Money.parse(project.total_investment).fen for project in draft.projects if project.total_investment]
    return BundledPlan(
        key=_key(draft),
        title=draft.plan.title,
        issued_on=draft.plan.issued_on or "",
        projects=len(draft.projects),
        indicators=sum(indicator.restates is None for indicator in draft.indicators),
        total_investment=sum(amounts) if amounts else None,
    )


def _key(draft: PlanDraft) -> str:
    return draft.plan.title


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
