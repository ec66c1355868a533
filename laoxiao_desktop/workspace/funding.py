"""What a person does with the money of a project: by source, by allocation, by year."""

from collections.abc import Mapping

from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import fields, funding
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dictionary import FUNDING_SOURCES, field_of
from laoxiao_desktop.models.funding import AMOUNTS, CENTRAL, Allocation, FundingLine, YearPlan
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.models.project import FieldProblem
from laoxiao_desktop.models.stored import whole_in
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

Values = Mapping[str, Stored]


def of(ledger: Ledger, project: str) -> list[FundingLine]:
    """The sources of a project that hold anything, in the order of the list; allocations are summed into 下达."""
    stored = [
        FundingLine(
            str(row["uid"]),
            str(row["source"] or ""),
            whole_in(row, "planned"),
            whole_in(row, "allocated"),
            whole_in(row, "arrived"),
            whole_in(row, "completed"),
            whole_in(row, "paid"),
        )
        for row in rows.select(ledger.connection, "funding", "project = ? AND deleted = 0", (project,))
    ]
    return funding.lines_of(stored, allocations(ledger, project))


def sums(ledger: Ledger, project: str) -> tuple[FundingLine, FundingLine]:
    """All sources together, and 中央预算内投资 apart."""
    lines = of(ledger, project)
    return funding.total_of(lines), funding.total_of((line for line in lines if line.is_central), CENTRAL)


def check(ledger: Ledger, project: str) -> list[FieldProblem]:
    """What does not fit in the money of a project."""
    return funding.check(of(ledger, project), whole_in(ledger.row("project", project), "total_investment"))


def set_line(ledger: Ledger, project: str, source: str, values: Values, reason: str = "") -> Change | None:
    """Fills amounts of one source. 下达 cannot be typed where allocations are recorded: it is their sum."""
    _refuse_source(source)
    name = _name(ledger, project)
    line = next((line for line in of(ledger, project) if line.source == source), None)
    if line and line.has_allocations and "allocated" in values and values["allocated"] != line.allocated:
        raise FieldError(
            "allocated", f"{source}的下达额是下达记录的合计 {show_money(line.allocated)} 万元。", "请在下达记录里修改。"
        )
    _refuse_negative(values)
    kept = {key: value for key, value in values.items() if not (key == "allocated" and line and line.has_allocations)}
    found = ledger.connection.execute(
        "SELECT uid, deleted FROM funding WHERE project = ? AND source = ? ORDER BY deleted, id LIMIT 1",
        (project, source),
    ).fetchone()
    with ledger.change(_label(name, source, "funding", values), reason) as writing:
        if found is None:
            if any(value is not None for value in kept.values()):
                fresh: Values = {"project": project, "source": source, **kept}
                writing.created = rows.insert(ledger.connection, "funding", fresh)
        elif found[1]:
            rows.update(ledger.connection, "funding", found[0], {**dict.fromkeys(AMOUNTS), **kept, "deleted": 0})
        else:
            rows.update(ledger.connection, "funding", found[0], kept)
    return writing.written


def delete_line(ledger: Ledger, project: str, source: str) -> Change | None:
    """Takes a source away; its allocations stay."""
    with ledger.change(f"“{_name(ledger, project)}”删除资金来源“{source}”") as writing:
        found = list(
            rows.select(ledger.connection, "funding", "project = ? AND source = ? AND deleted = 0", (project, source))
        )
        for row in found:
            rows.update(ledger.connection, "funding", str(row["uid"]), {"deleted": 1})
    return writing.written


def allocations(ledger: Ledger, project: str) -> list[Allocation]:
    """The allocations of a project, the oldest first."""
    found = rows.select(
        ledger.connection, "allocation", "project = ? AND deleted = 0", (project,), "year, allocated_on, id"
    )
    return [
        Allocation(
            str(row["uid"]),
            str(row["source"] or ""),
            whole_in(row, "year"),
            str(row["batch"] or ""),
            str(row["doc_no"] or ""),
            whole_in(row, "amount"),
            str(row["allocated_on"]) if row["allocated_on"] else None,
        )
        for row in found
    ]


def add_allocation(ledger: Ledger, project: str, values: Values) -> Change | None:
    """One more allocation; without a source it is of 中央预算内投资. It needs an amount, and a year or a day."""
    filled = {"source": CENTRAL, **{key: value for key, value in values.items() if value is not None}}
    _refuse_source(str(filled["source"]))
    amount = filled.get("amount")
    if not isinstance(amount, int) or amount <= 0:
        raise FieldError("amount", "下达金额还没有填。", "请填写大于零的金额。")
    if not filled.get("year") and filled.get("allocated_on"):
        filled["year"] = int(str(filled["allocated_on"])[:4])
    if not filled.get("year"):
        raise FieldError("year", "下达年度还没有填。", "请填写哪一年的计划。")
    _refuse_double(ledger, project, filled)
    with ledger.change(
        f"“{_name(ledger, project)}”登记{filled['year']}年下达 {show_money(amount)} 万元（{filled['source']}）"
    ) as writing:
        writing.created = rows.insert(ledger.connection, "allocation", {"project": project, **filled})
    return writing.written


def edit_allocation(ledger: Ledger, uid: str, values: Values, reason: str = "") -> Change | None:
    """Changes fields of an allocation."""
    row = ledger.row("allocation", uid)
    if "source" in values:
        _refuse_source(str(values["source"]))
    _refuse_negative(values)
    with ledger.change(_label(_name(ledger, str(row["project"])), "下达记录", "allocation", values), reason) as writing:
        rows.update(ledger.connection, "allocation", uid, values)
    return writing.written


def delete_allocation(ledger: Ledger, uid: str) -> Change | None:
    """Takes an allocation away; undo brings it back."""
    row = ledger.row("allocation", uid)
    name = _name(ledger, str(row["project"]))
    with ledger.change(f"“{name}”删除下达记录 {show_money(whole_in(row, 'amount'))} 万元") as writing:
        rows.update(ledger.connection, "allocation", uid, {"deleted": 1})
    return writing.written


def year_plans(ledger: Ledger, project: str) -> list[YearPlan]:
    """年度计划 by year."""
    found = rows.select(ledger.connection, "year_plan", "project = ? AND deleted = 0", (project,), "year, id")
    return [YearPlan(str(row["uid"]), whole_in(row, "year") or 0, whole_in(row, "amount")) for row in found]


def set_year_plan(ledger: Ledger, project: str, year: int, amount: int | None) -> Change | None:
    """The plan of a year; None takes it away."""
    if amount is not None and amount < 0:
        raise FieldError("amount", "年度计划不能小于零。", "请填零或正数。")
    name = _name(ledger, project)
    found = ledger.connection.execute(
        "SELECT uid FROM year_plan WHERE project = ? AND year = ? ORDER BY deleted, id LIMIT 1", (project, year)
    ).fetchone()
    what = f"改为 {show_money(amount)} 万元" if amount is not None else "清空"
    with ledger.change(f"“{name}”{year}年度计划{what}") as writing:
        if found:
            values: Values = {"deleted": 1} if amount is None else {"amount": amount, "deleted": 0}
            rows.update(ledger.connection, "year_plan", found[0], values)
        elif amount is not None:
            fresh: Values = {"project": project, "year": year, "amount": amount}
            writing.created = rows.insert(ledger.connection, "year_plan", fresh)
    return writing.written


def _refuse_source(source: str) -> None:
    if source not in FUNDING_SOURCES:
        raise FieldError("source", f"没有资金来源“{source}”。", f"可选：{'、'.join(FUNDING_SOURCES)}。")


def _refuse_negative(values: Values) -> None:
    for name, value in values.items():
        if isinstance(value, int) and value < 0:
            raise FieldError(name, "金额不能小于零。", "请填零或正数。")


def _refuse_double(ledger: Ledger, project: str, values: Values) -> None:
    """The same document with the same amount twice is a slip."""
    if not values.get("doc_no"):
        return
    for one in allocations(ledger, project):
        same = (one.source, one.doc_no, one.batch) == (values["source"], values["doc_no"], values.get("batch") or "")
        if same and one.amount == values["amount"]:
            raise UserError(f"{one.doc_no} 下达 {show_money(one.amount)} 万元已经登记过。", "请核对，不要重复登记。")


def _label(name: str, source: str, table: str, values: Values) -> str:
    if len(values) != 1:
        return f"“{name}”{source}填写 {len(values)} 处"
    ((key, value),) = values.items()
    field = field_of(table, key)
    shown = fields.show(field, value)[:24]
    return f"“{name}”{source}{field.label}改为 {shown}" if shown else f"“{name}”{source}清空{field.label}"


def _name(ledger: Ledger, uid: str) -> str:
    return shortened(str(ledger.row("project", uid)["name"]))
