"""What a draft becomes in the ledger: the stored values of its rows, with what was published beside them."""

import contextlib
import json
import uuid
from collections.abc import Iterable, Mapping

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields, region, units
from laoxiao_desktop.models.dictionary import BUILD_KINDS, SECTORS, TABLES, field_of
from laoxiao_desktop.models.money import Money
from laoxiao_desktop.models.plan_draft import (
    AnnexDraft,
    GoalDraft,
    IndicatorDraft,
    ItemDraft,
    Lines,
    PlanFacts,
    ProjectDraft,
    TotalDraft,
)
from laoxiao_desktop.models.span import Span
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

_SPACE = uuid.UUID("6f1d3c1e-2f0b-5b0e-9d56-2b1f4b0a7c11")
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<", "=": "", "text": ""}
_PROJECT_FIELDS = frozenset(field.name for field in TABLES["project"])
Values = dict[str, Stored]


def plan_key(facts: PlanFacts) -> str:
    """What tells one published plan from another: its title and the day it was issued."""
    return f"{facts.title}|{facts.issued_on or ''}"


def plan_of(facts: PlanFacts) -> Values:
    """The head of a plan."""
    return {
        "title": facts.title,
        "doc_no": facts.doc_no,
        "issuer": facts.issuer,
        "issued_on": facts.issued_on,
        "region": facts.region,
        "start_year": facts.start_year,
        "end_year": facts.end_year,
        "key": plan_key(facts),
    }


def total_of(draft: TotalDraft) -> Values:
    """A printed total."""
    return {
        "label": draft.label,
        "scope": draft.scope,
        "row_count": draft.count,
        "total_investment": _fen(draft.total_investment),
        "central_request": _fen(draft.central_request),
        "published": _published({}, draft.where),
    }


def annex_of(draft: AnnexDraft) -> Values:
    """An annex that a plan names."""
    return {
        "no": draft.no,
        "title": draft.title,
        "is_present": 1 if draft.is_present else None,
        "published": _published({}, draft.where),
    }


def project_of(draft: ProjectDraft, prefecture: str) -> Values:
    """A project; what cannot be read stays in `published` alone."""
    kind = draft.project_type
    is_build_kind = kind in BUILD_KINDS
    texts = {
        "list_no": str(draft.list_no) if draft.list_no is not None else None,
        "sector": draft.category,
        "name": draft.name,
        "build_kind" if is_build_kind else "facility_type": kind,
        "span": draft.period,
        "place": draft.place,
        "content": draft.content,
        "total_investment": draft.total_investment,
        "central_request": draft.central_request,
        "responsible_unit": draft.unit_text,
    }
    aliases = {"span": "period", "responsible_unit": "unit_text"}
    if kind:
        aliases["build_kind" if is_build_kind else "facility_type"] = "project_type"
    further = further_of(draft)
    texts |= {name: text for name, text in further_texts(draft).items() if not field_of("project", name).is_personal}
    cells: dict[str, object] = {}
    for name, text in texts.items():
        lines = draft.where.get(aliases.get(name, name)) or draft.where.get(name)
        if text is not None or lines:
            cells[name] = {"text": text or "", "lines": list(lines) if lines else None}
    return {
        "list_no": draft.list_no,
        "sector": draft.sector if draft.sector in SECTORS else None,
        "name": draft.name,
        "build_kind": kind if is_build_kind else None,
        "facility_type": None if is_build_kind else kind,
        "span": _span(draft.period),
        "county": county_in((draft.place, draft.name, draft.unit_text), prefecture),
        "place": draft.place or (None if further.get("county") else draft.more.get("county")),
        "content": draft.content,
        "total_investment": _fen(draft.total_investment),
        "central_request": _fen(draft.central_request),
        "responsible_unit": units.join_units(draft.responsible_units) or None,
        "list_title": draft.list_title or None,
        **further,
        "published": json.dumps(cells, ensure_ascii=False),
    }


def further_texts(draft: ProjectDraft) -> dict[str, str]:
    """The fields of a project that only some lists have, as printed: code, beds, contact …"""
    code = {"project_code": draft.project_code} if draft.project_code else {}
    return {**code, **{name: text for name, text in draft.more.items() if text and name in _PROJECT_FIELDS}}


def further_of(draft: ProjectDraft) -> Values:
    """Those fields as values; one that cannot be read is left out."""
    values: Values = {}
    for name, text in further_texts(draft).items():
        with contextlib.suppress(UserError):
            values[name] = fields.parse(field_of("project", name), text, clock.today())
    return values


def county_in(texts: Iterable[str | None], prefecture: str) -> str | None:
    """The county that the first telling text names: place, then name, then unit."""
    found = (region.find_county(text, prefecture) for text in texts if text)
    return next((code for code in found if code), None)


def indicator_of(draft: IndicatorDraft, restated: str | None) -> Values:
    """An indicator; `restated` is the uid of the table row that it repeats."""
    texts = {
        "name": draft.name,
        "base": draft.base,
        "property": draft.property,
        "responsible_unit": draft.unit_text,
    }
    return {
        "sector": draft.sector,
        "seq": draft.seq,
        "name": draft.name,
        "unit": draft.unit,
        "property": draft.property,
        "base_year": draft.base_year,
        "base": draft.base,
        "responsible_unit": units.join_units(draft.responsible_units) or None,
        "source": draft.source,
        "restates": restated,
        "quote": draft.quote,
        "list_title": draft.list_title or None,
        "published": _published({**texts, **{y: t.text for y, t in draft.targets.items()}}, draft.where),
    }


def goal_of(draft: GoalDraft) -> Values:
    """A goal for one year."""
    text = _SIGNS[draft.op] + draft.value
    return {
        "year": draft.year,
        "name": draft.name,
        "target": text,
        "unit": draft.unit,
        "quote": draft.quote,
        "published": _published({"target": text}, draft.where),
    }


def item_of(draft: ItemDraft) -> Values:
    """A row of a list."""
    texts = {
        "name": draft.name,
        "group": draft.group,
        "measure": draft.measure,
        "expected": draft.expected,
        "responsible_unit": draft.unit_text,
    }
    return {
        "kind": draft.kind,
        "no": draft.no,
        "group": draft.group,
        "name": draft.name,
        "measure": draft.measure,
        "expected": draft.expected,
        "responsible_unit": units.join_units(draft.responsible_units) or None,
        "lead_units": units.join_units(draft.lead_units) or None,
        "support_units": units.join_units(draft.support_units) or None,
        "list_title": draft.list_title or None,
        "published": _published(texts, draft.where),
    }


def _published(texts: Mapping[str, str | None], lines: Lines | None) -> str:
    place = list(lines) if lines else None
    return json.dumps(
        {name: {"text": text, "lines": place} for name, text in texts.items() if text}, ensure_ascii=False
    )


def _fen(text: str | None) -> int | None:
    """The amount of a printed cell; None when it is blank or cannot be read: then only the published text is kept."""
    try:
        return Money.parse(text).fen if text else None
    except UserError:
        return None


def _span(text: str | None) -> str | None:
    try:
        return Span.parse(text).stored if text else None
    except UserError:
        return None


def project_name(draft: ProjectDraft) -> str:
    """What a project is called for its uid."""
    return f"{draft.list_title}|{draft.sector}|{draft.list_no}"


def indicator_name(draft: IndicatorDraft) -> str:
    """What an indicator is called for its uid."""
    return f"{draft.source}|{draft.sector}|{draft.seq}|{draft.name}"


def goal_name(draft: GoalDraft) -> str:
    """What a goal is called for its uid."""
    return f"{draft.year}|{draft.name}"


def item_name(draft: ItemDraft) -> str:
    """What a row of a list is called for its uid."""
    return f"{draft.kind}|{draft.no}|{draft.name}"


class Uids:
    """Uids made from what a row is called, so that two offices that take in the same plan mean the same rows."""

    def __init__(self, ledger: Ledger, key: str) -> None:
        self._ledger = ledger
        self._key = key
        self._seen: dict[str, int] = {}

    def next(self, table: str, name: str = "") -> str:
        """The uid for the next row of this name."""
        line = f"{self._key}|{table}|{name}"
        count = self._seen[line] = self._seen.get(line, 0) + 1
        uid = uuid.uuid5(_SPACE, f"{line}|{count}").hex
        # taken in before and undone: its old uid lies with the deleted row
        sql = f'SELECT 1 FROM "{table}" WHERE uid = ?'  # noqa: S608 - the name is one of ours
        if self._ledger.connection.execute(sql, (uid,)).fetchone():
            return uuid.uuid4().hex
        return uid
