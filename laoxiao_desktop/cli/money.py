"""`funding` and `allocation`: the money of a project by source."""

from collections.abc import Sequence
from pathlib import Path

import click

from laoxiao_desktop import clock
from laoxiao_desktop.cli.assignments import values_of
from laoxiao_desktop.cli.frame import Json, change_json, change_text, for_writing, say, verb
from laoxiao_desktop.cli.row_json import money
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.funding import AMOUNTS, FundingLine
from laoxiao_desktop.models.plain_text import one_line, quoted
from laoxiao_desktop.workspace import funding, projects
from laoxiao_desktop.workspace.ledger import Ledger


@verb("funding", "按来源登记资金：funding set 标识 来源 字段=值…", "ledger", "person", "reason")
@click.argument("action", metavar="set")
@click.argument("uid", metavar="标识")
@click.argument("source", metavar="来源")
@click.argument("assignments", metavar="字段=值…", nargs=-1, required=True)
def funding_command(
    action: str,
    uid: str,
    source: str,
    assignments: Sequence[str],
    path: Path | None,
    person: Person | None,
    reason: str,
    as_json: bool,
) -> None:
    """Fills planned, allocated, arrived, completed, paid of one source."""
    if action != "set":
        raise click.UsageError("要做什么请写 set。")
    values = values_of("funding", AMOUNTS, assignments)
    with for_writing(path, person) as ledger:
        uid = _known(ledger, uid)
        change = funding.set_line(ledger, uid, one_line(source), values, one_line(reason))
        document = funding_json(ledger, uid)
    say({"change": change_json(change), **document}, change_text(change), as_json=as_json)


@verb(
    "allocation",
    "登记下达：allocation add 标识 --year 2024 --batch 第一批 --doc 文号 --amount 金额",
    "ledger",
    "person",
)
@click.argument("action", metavar="add")
@click.argument("uid", metavar="标识")
@click.option("--year", metavar="年度", help="哪一年的计划")
@click.option("--batch", metavar="批次", help="如 第一批")
@click.option("--doc", metavar="文号", help="下达文件的文号")
@click.option("--amount", metavar="金额", help="下达金额，不写单位按万元")
@click.option("--source", metavar="来源", help="资金来源，默认中央预算内投资")
@click.option("--date", "day", metavar="日期", help="下达日期")
def allocation_command(
    action: str,
    uid: str,
    path: Path | None,
    person: Person | None,
    as_json: bool,
    **typed: str | None,
) -> None:
    """Adds one allocation; the allocated amount of its source is the sum of them."""
    if action != "add":
        raise click.UsageError("要做什么请写 add。")
    names = {
        "year": "year",
        "batch": "batch",
        "doc": "doc_no",
        "amount": "amount",
        "source": "source",
        "day": "allocated_on",
    }
    values = {
        names[option]: fields.parse(field_of("allocation", names[option]), text, clock.today())
        for option, text in typed.items()
        if text is not None
    }
    with for_writing(path, person) as ledger:
        uid = _known(ledger, uid)
        change = funding.add_allocation(ledger, uid, values)
        document = funding_json(ledger, uid)
    say({"change": change_json(change), **document}, change_text(change), as_json=as_json)


def funding_json(ledger: Ledger, uid: str) -> Json:
    """The money of a project: its sources, their sum, central money apart, allocations and year plans."""
    whole, central = funding.sums(ledger, uid)
    return {
        "funding": [_line(line) for line in funding.of(ledger, uid)],
        "total": _line(whole),
        "central": _line(central),
        "allocations": [
            {
                "uid": one.uid,
                "source": one.source,
                "year": one.year,
                "batch": one.batch or None,
                "doc_no": one.doc_no or None,
                "amount": money(one.amount),
                "allocated_on": one.allocated_on,
            }
            for one in funding.allocations(ledger, uid)
        ],
    }


def _line(line: FundingLine) -> Json:
    return {
        "source": line.source,
        **{name: money(getattr(line, name)) for name in AMOUNTS},
        "arrived_rate": line.arrived_rate.as_json,
        "paid_rate": line.paid_rate.as_json,
    }


def _known(ledger: Ledger, uid: str) -> str:
    uid = one_line(uid)
    if projects.id_of(ledger, uid) is None:
        raise UserError(f"没有标识为{quoted(uid)}的项目。", "请用 list projects 查标识。")
    return uid
