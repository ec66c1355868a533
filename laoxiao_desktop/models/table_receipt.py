"""合并回执 as table values: who gave and who took, what changed, what was in conflict and how it was decided, who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.models.package import Taken, TakenLine
from laoxiao_desktop.models.report_table import ReportTable, TableColumn, TableRow
from laoxiao_desktop.models.report_text import Text

FACTS = (TableColumn("fact", "事项", 22, is_centred=True), TableColumn("value", "内容", 120))
CHANGES = (
    TableColumn("number", "序号", 10, "whole", is_centred=True),
    TableColumn("field", "字段", 26),
    TableColumn("before", "原来", 30),
    TableColumn("after", "改为", 30),
    TableColumn("who", "谁", 34),
    TableColumn("at", "什么时候", 34, is_centred=True),
)
CONFLICTS = (
    TableColumn("value", "改为", 44),
    TableColumn("who", "谁", 40),
    TableColumn("at", "什么时候", 34, is_centred=True),
    TableColumn("decision", "处理", 40),
)
REFUSED = (
    TableColumn("number", "序号", 10, "whole", is_centred=True),
    TableColumn("name", "没有写入的内容", 56),
    TableColumn("value", "值", 36),
    TableColumn("why", "原因", 54),
)
SIGNATURES = (TableColumn("giver", "发出方", 70), TableColumn("taker", "收取方", 70))
_EMPTY = "（空）"
_GROUP = 8  # a SHA-256 is read in groups


@dataclass(frozen=True, slots=True)
class Decision:
    """A conflict of the package and what became of it: open yet, or the value that was chosen, by whom and when."""

    conflict: Conflict
    is_open: bool
    value: str = ""
    by: str = ""
    at: str = ""


def lead(taken: Taken, decisions: Sequence[Decision]) -> tuple[Text, ...]:
    """What was done, in a sentence."""
    count = len([one for one in decisions if one.conflict.kind != "locked"])
    left = sum(one.is_open for one in decisions if one.conflict.kind != "locked")
    rows = sum(count for _, count in taken.added)
    words = f"收入改动{len(taken.lines)}处" + (f"、新增{rows}行" if rows else "") + "，已逐项合并。"
    if not count:
        return (Text(f"{words}两边没有冲突。"),)
    state = "尚待处理" if left == count else f"已处理{count - left}处，待定{left}处" if left else "均已处理"
    return (Text(f"{words}其中两边都改过的{count}处，{state}。"),)


def facts(taken: Taken, ledger: str) -> ReportTable:
    """Where the package came from, and what it held."""
    added = "、".join(f"{label}{count}行" for label, count in taken.added)
    counts = f"新记录{taken.new_ops}条" + (f"，此前已有{taken.known_ops}条" if taken.known_ops else "")
    rows = [
        ("发出", _by(str(taken.sender), taken.made_at)),
        ("收取", _by(taken.taken_by, taken.taken_at)),
        ("数据包", taken.file),
        ("SHA-256", " ".join(taken.sha256[at : at + _GROUP] for at in range(0, len(taken.sha256), _GROUP))),
        ("条数", counts + (f"，附件{taken.attachments}个" if taken.attachments else "")),
        ("新增内容", added),
        ("台账", f"{ledger}，收取前校验 {taken.head_before or '—'}，收取后校验 {taken.head_after}"),
    ]
    made = tuple(TableRow((fact, value)) for fact, value in rows if value)
    return ReportTable("基本情况", FACTS, made, subject="fact")


def changes(taken: Taken) -> ReportTable:
    """Every field that was changed, under what it belongs to."""
    rows: list[TableRow] = []
    subject = ""
    for number, line in enumerate(sorted(taken.lines, key=_order(taken)), 1):
        if line.subject != subject:
            subject = line.subject
            rows.append(TableRow((subject, None, None, None, None, None), "group", len(CHANGES)))
        values = (line.before or _EMPTY, line.after or _EMPTY)
        rows.append(TableRow((number, line.field_title, *values, line.author, _moment(line.at))))
    return ReportTable("收入的改动", CHANGES, tuple(rows), subject="change")


def conflicts(decisions: Sequence[Decision]) -> ReportTable:
    """What both sides changed: under each field the values to choose from, and which one was taken."""
    rows: list[TableRow] = []
    for number, one in enumerate((one for one in decisions if one.conflict.kind != "locked"), 1):
        clash = one.conflict
        label = f"{number}. {clash.subject}，{clash.field_title}，改动以前：{clash.base or _EMPTY}"
        rows.append(TableRow((label, None, None, None), "group", len(CONFLICTS)))
        values = [side.shown for side in clash.sides]
        chosen = values.index(one.value) if not one.is_open and one.value in values else -1
        for place, side in enumerate(clash.sides):
            state = "待定" if one.is_open else _decided(one) if place == chosen else ""
            rows.append(TableRow((side.shown or _EMPTY, side.author, _moment(side.at), state)))
        if not one.is_open and chosen < 0:
            rows.append(TableRow((one.value or _EMPTY, one.by, _moment(one.at), "另定")))
    return ReportTable("冲突及处理", CONFLICTS, tuple(rows), subject="conflict")


def refused(taken: Taken, decisions: Sequence[Decision]) -> ReportTable:
    """What came but was not written."""
    rows = []
    for one in decisions:
        if one.conflict.kind == "locked":
            late = one.conflict.sides[-1]
            why = "所在月份已锁定，存着没有写入" if one.is_open else f"月份解锁后已写入：{one.value or _EMPTY}"
            value = f"{late.shown or _EMPTY}（{_by(late.author, late.at)}）"
            rows.append((f"{one.conflict.subject}　{one.conflict.field_title}", value, why))
    if taken.unknown_ops:
        rows.append((f"新版程序的内容{taken.unknown_ops}条", "", "本版不认识，存着，升级后显示"))
    made = tuple(TableRow((number, *row)) for number, row in enumerate(rows, 1))
    return ReportTable("没有写入的内容", REFUSED, made, subject="refused")


def signatures(taken: Taken) -> ReportTable:
    """Two columns to be signed."""
    giver = taken.sender.unit or taken.sender.name
    rows = (
        TableRow((f"单位：{giver}", f"单位：{taken.taken_by.rpartition(' ')[0]}")),
        TableRow(("经办人（签字）：", "经办人（签字）：")),
        TableRow(("日期：　　　　年　　月　　日", "日期：　　　　年　　月　　日")),
    )
    return ReportTable("双方确认", SIGNATURES, rows, subject="signature", is_form=True)


def _order(taken: Taken) -> Callable[[TakenLine], int]:
    """Lines of one subject stand together, where its first one stood."""
    places = {subject: place for place, subject in enumerate(dict.fromkeys(line.subject for line in taken.lines))}
    return lambda line: places[line.subject]


def _decided(one: Decision) -> str:
    by = _by(one.by, one.at)
    return f"取用（{by}）" if by else "取用"


def _by(author: str, at: str) -> str:
    return " ".join(part for part in (author, _moment(at)) if part)


def _moment(at: str) -> str:
    """2024-07-03 09:05."""
    try:
        return f"{dt.datetime.fromisoformat(at):%Y-%m-%d %H:%M}"
    except ValueError:
        return at
