"""校核报告 as a value: what the check-up found, by severity, with what a person decided about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from laoxiao_desktop.models.finding import Finding
from laoxiao_desktop.models.narrative_words import tight
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow, numeral
from laoxiao_desktop.models.report_text import Text

COLUMNS = (
    TableColumn("number", "序号", 9, "whole", is_centred=True),
    TableColumn("where", "位置", 22, is_centred=True),
    TableColumn("subject", "对象", 48),
    TableColumn("title", "问题", 40),
    TableColumn("message", "说明", 82),
    TableColumn("suggestion", "建议", 46),
    TableColumn("decision", "处理情况", 30),
)
SEVERITIES = {"error": "应当更正", "warning": "需要核实", "note": "提示"}


def table(findings: Sequence[Finding], decided: Mapping[str, str]) -> ReportTable:
    """All findings by severity and plan; `decided` tells what was decided by the key of a finding."""
    return ReportTable("校核报告", COLUMNS, tuple(_rows(findings, decided)), subject="finding")


def lead(findings: Sequence[Finding], decided: Mapping[str, str]) -> tuple[Text, ...]:
    """How many there are of each, and how many are settled."""
    if not findings:
        return (Text("按全部校核规则检查，没有发现问题。"),)
    counts = "、".join(
        f"{title}{number}条"
        for severity, title in SEVERITIES.items()
        if (number := sum(one.severity == severity for one in findings))
    )
    done = sum(one.key in decided for one in findings)
    count = len(findings)
    if done in (0, count):
        told = f"{'均' if count > 1 else ''}{'已' if done else '待'}处理。"
    else:
        told = f"其中已处理{done}条，待处理{count - done}条。"
    return (Text(f"共发现{count}条：{counts}。{told}"),)


def _rows(findings: Sequence[Finding], decided: Mapping[str, str]) -> Iterator[TableRow]:
    number = section = 0
    plans = len({one.plan for one in findings})
    for severity, title in SEVERITIES.items():
        there = [one for one in findings if one.severity == severity]
        if not there:
            continue
        section += 1
        label = f"{numeral(section)}、{title}（{len(there)}条）"
        yield TableRow((label, *[None] * (len(COLUMNS) - 1)), "group", len(COLUMNS))
        plan = ""
        for one in there:
            if plans > 1 and one.plan != plan:
                plan = one.plan
                yield TableRow((one.plan_title, *[None] * (len(COLUMNS) - 1)), "group", len(COLUMNS))
            number += 1
            cells = (
                number,
                one.where,
                one.subject.name or one.plan_title,
                one.title,
                f"{tight(one.message)}。" if one.message else "",
                tight(one.suggestion),
                decided.get(one.key) or "待处理",
            )
            yield TableRow(cells, uid=one.subject.uid or "")
