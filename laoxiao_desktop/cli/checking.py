"""`check`: the data check-up, each finding with its figures, its suggestion and what was decided about it."""

from collections import Counter
from pathlib import Path
from typing import Final

import click

from laoxiao_desktop.cli.frame import Json, for_reading, say, table, verb
from laoxiao_desktop.cli.scope import Scope, scope_of
from laoxiao_desktop.models.check import SEVERITIES
from laoxiao_desktop.models.finding import Finding, Subject
from laoxiao_desktop.workspace import findings
from laoxiao_desktop.workspace.findings import Decision
from laoxiao_desktop.workspace.ledger import Ledger

# names of tables as `list` calls their rows
_KINDS: Final = {"list_item": "item", "plan_total": "total"}


@verb("check", "校核：找出方案和台账里的差错、可疑和缺漏", "ledger")
@click.option("--plan", metavar="文字", help="方案名称或地区的一部分，如 玉溪")
def check_command(path: Path | None, plan: str | None, as_json: bool) -> None:
    """`{"findings": [...]}`, the gravest first; nothing is written."""
    with for_reading(path) as ledger:
        rows = finding_rows(ledger, scope_of(ledger, plan, None))
    said = table(HEAD, [cells(row) for row in rows]) if rows else "没有发现问题。"
    say({"findings": rows}, f"{said}\n{summary(rows)}" if rows else said, as_json=as_json)


HEAD: Final = ("级别", "方案", "所在", "结果", "说明", "建议", "处理")


def cells(row: Json) -> list[str]:
    """A finding as a line of the table for people."""
    decision, where = row["decision"], row["where"]
    decided = str(decision["decision"]) if isinstance(decision, dict) else ""
    texts = (row["title"], row["message"], row["suggestion"], decided)
    return [SEVERITIES[row["severity"]], str(row["plan"]), str(where), *(str(text or "") for text in texts)]  # type: ignore[index]


def summary(rows: list[Json]) -> str:
    """How many of each severity, and how many are decided."""
    counted = Counter(str(row["severity"]) for row in rows)
    said = "，".join(f"{word} {counted[severity]}" for severity, word in SEVERITIES.items())
    return f"共 {len(rows)} 条：{said}；已核实 {sum(row['decision'] is not None for row in rows)} 条。"


def finding_rows(ledger: Ledger, scope: Scope) -> list[Json]:
    """The findings of the chosen plans as JSON, accepted ones with their decision."""
    decided = findings.decisions(ledger)
    found = [each for plan in scope.plans_or_all for each in findings.check(ledger, plan)]
    return [
        _json(each, decided.get(each.key) if findings.is_decided(each, decided) else None)
        for each in found
        if scope.sector is None or each.subject.sector == scope.sector
    ]


def _json(finding: Finding, decision: Decision | None) -> Json:
    return {
        "key": finding.key,
        "code": finding.code,
        "severity": finding.severity,
        "plan": finding.plan_title,
        "subject": _subject(finding.subject),
        "where": finding.where,
        "title": finding.title,
        "message": finding.message,
        "figures": dict(finding.figures),
        "suggestion": finding.suggestion or None,
        "field": finding.field_name,
        "others": [_subject(other) for other in finding.others],
        "lines": list(finding.lines) if finding.lines else None,
        "decision": {"decision": decision.decision, "reason": decision.reason} if decision else None,
    }


def _subject(subject: Subject) -> Json:
    is_item = subject.kind == "list_item"
    return {
        "kind": _KINDS.get(subject.kind, subject.kind),
        "sector": None if is_item else subject.sector,
        "no": subject.no,
        "name": subject.name,
        "uid": subject.uid,
    }
