"""The findings of one project as notes under its fields, with what can be done about them there."""

from collections.abc import Sequence

from laoxiao_desktop.models.finding import Finding, Severity
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.ui.findings_watch import FindingsWatch
from laoxiao_desktop.ui.record_notes import Note
from laoxiao_desktop.ui.record_notes import Severity as NoteSeverity
from laoxiao_desktop.ui.session import Session

TAKE, KEEP = "finding-take:", "finding-keep:"
_SEVERITIES: dict[Severity, NoteSeverity] = {"error": "error", "warning": "warning", "note": "hint"}


def watch_of(session: Session) -> FindingsWatch | None:
    """The check-up beside the window, where one runs."""
    return session.findChild(FindingsWatch)


def findings_on(session: Session, uid: str, name: str) -> list[Finding]:
    """All findings about a field of a project, accepted ones too; not those that gather many rows."""
    watch = watch_of(session)
    if watch is None:
        return []
    return [
        finding
        for finding in watch.newest.findings
        if finding.subject.uid == uid and finding.field_name == name and not _is_gathered(finding)
    ]


def notes_on(
    session: Session, uid: str, name: str, problems: Sequence[FieldProblem], *, is_editable: bool
) -> list[Note]:
    """The notes of a field: its open findings, and the problems that no finding tells already."""
    found = findings_on(session, uid, name)
    watch = watch_of(session)
    told = [finding for finding in found if watch is not None and not watch.newest.is_accepted(finding)]
    severities = {_SEVERITIES[finding.severity] for finding in found}
    kept = [
        Note(problem.severity, problem.message)
        for problem in problems
        if problem.field == name and not (found and (problem.severity == "warning" or problem.severity in severities))
    ]
    return [*kept, *(_note(finding, is_editable) for finding in told)]


def _note(finding: Finding, is_editable: bool) -> Note:
    links: list[tuple[str, str]] = []
    if is_editable:
        if finding.suggested is not None:
            links.append((TAKE + finding.key, words_of(finding)))
        links.append((KEEP + finding.key, "保留并说明"))
    return Note(_SEVERITIES[finding.severity], finding.message, tuple(links), finding.title)


def words_of(finding: Finding, most: int = 18) -> str:
    """What taking the proposal is called: 改为 1600, 删去重复的州财政局."""
    words = " ".join(finding.suggestion.split())
    words = words if words.startswith(("改正", "删去")) else f"改为 {words}"
    return words if len(words) <= most else words[: most - 1] + "…"


def finding_of(session: Session, link: str) -> Finding | None:
    """The finding a link belongs to; None for another link or one that is gone."""
    watch = watch_of(session)
    for start in (TAKE, KEEP):
        if watch is not None and link.startswith(start):
            key = link.removeprefix(start)
            return next((finding for finding in watch.newest.findings if finding.key == key), None)
    return None


def follow(session: Session, finding: Finding, link: str) -> None:
    """Do what a link under a field says: take the proposal, or go to the finding to keep the value with a reason."""
    from laoxiao_desktop.workspace import findings  # noqa: PLC0415 - the rules are loaded after the first paint

    watch = watch_of(session)
    if watch is None:
        return
    if link.startswith(KEEP):
        watch.wanted.emit(finding.key)
    elif session.run(findings.correct, finding, finding.suggested, findings.BY_PROPOSAL) is not None:
        watch.settle(finding)


def _is_gathered(finding: Finding) -> bool:
    return bool(finding.others) and finding.severity == "note" and finding.suggested is None
