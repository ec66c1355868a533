"""What the check-up reads: the rows of one plan, its projects looked at once, and how a finding about them is made."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.capacity import Capacity, plain, read_capacities
from laoxiao_desktop.models.finding import Finding, Severity, Subject
from laoxiao_desktop.models.money import FEN_PER_WAN
from laoxiao_desktop.models.plain_text import compact, half_width
from laoxiao_desktop.models.stored import text_in, whole_in
from laoxiao_desktop.models.units import split_units

Stored = str | int | None
Row = Mapping[str, Stored]

CAPACITY_FIELDS: Final = ("beds", "nursing_beds", "places", "inclusive_places", "floor_area_m2", "sites", "households")
_FIGURES: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MOST_NUMBERS: Final = 20
_OPENING: Final = re.compile(r"^(?:规划)?(?:拟|新|改|扩|改扩|迁)?建设?")


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project as the rules see it; money in 分, capacities as entered or else as the content states them."""

    uid: str
    sector: str
    no: int | None
    name: str
    build_kind: str
    facility_type: str
    span: str
    county: str
    place: str
    content: str  # without blanks
    skeleton: str  # content with every figure replaced and the word for building left out
    total: int | None
    request: int | None
    unit_text: str
    units: tuple[str, ...]
    capacities: Mapping[str, Capacity]
    row: Row

    @property
    def subject(self) -> Subject:
        """Itself as the subject of a finding."""
        return Subject("project", self.uid, self.sector or None, self.no, self.name)

    @property
    def label(self) -> str:
        """养老第 9 项."""
        return f"{self.sector}第 {self.no} 项" if self.no is not None else f"“{self.name}”"

    @property
    def group(self) -> tuple[str, str]:
        """The list it stands in: rows of one list are alike."""
        return self.sector, str(self.row.get("list_title") or "")


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator with its printed targets by year."""

    uid: str
    sector: str
    seq: int | None
    name: str
    unit: str
    base_year: int | None
    base: str
    targets: Mapping[int, str]
    is_table: bool
    restates: str | None
    unit_text: str
    line: int | None
    row: Row

    @property
    def subject(self) -> Subject:
        """Itself as the subject of a finding."""
        return Subject("indicator", self.uid, self.sector or None, self.seq, self.name)

    @property
    def label(self) -> str:
        """养老指标第 7 项; a sentence of the text is named by its indicator."""
        return f"{self.sector}指标第 {self.seq} 项" if self.seq is not None else f"正文“{self.name}”"

    @property
    def last_target(self) -> str:
        """The target of the last year."""
        return self.targets[max(self.targets)] if self.targets else ""


@dataclass(frozen=True, slots=True)
class PlanRows:
    """All rows of one plan."""

    uid: str
    title: str
    region: str
    issued_on: str
    start_year: int | None
    end_year: int | None
    projects: tuple[ProjectRow, ...] = ()
    totals: tuple[Row, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    goals: tuple[Row, ...] = ()
    items: tuple[Row, ...] = ()
    annexes: tuple[Row, ...] = ()
    peers: tuple[ProjectRow, ...] = field(default=(), repr=False)  # projects of all plans, to compare with

    @property
    def subject(self) -> Subject:
        """The plan itself as the subject of a finding."""
        return Subject("plan", self.uid, None, None, self.title)


def project_row(row: Row) -> ProjectRow:
    """A stored project, looked at once for all rules."""
    content = compact(text_in(row, "content"))
    return ProjectRow(
        uid=text_in(row, "uid"),
        sector=text_in(row, "sector"),
        no=whole_in(row, "list_no"),
        name=compact(text_in(row, "name")),
        build_kind=text_in(row, "build_kind"),
        facility_type=text_in(row, "facility_type"),
        span=text_in(row, "span"),
        county=text_in(row, "county"),
        place=compact(text_in(row, "place")),
        content=content,
        skeleton=_OPENING.sub("", _FIGURES.sub("#", half_width(content))),
        total=whole_in(row, "total_investment"),
        request=whole_in(row, "central_request"),
        unit_text=text_in(row, "responsible_unit"),
        units=split_units(text_in(row, "responsible_unit")),
        capacities=_capacities(row, content),
        row=row,
    )


def indicator_row(row: Row, targets: Mapping[int, str]) -> IndicatorRow:
    """A stored indicator with its targets."""
    first = (lines_of(row, "name") or (None, None))[0]
    return IndicatorRow(
        uid=text_in(row, "uid"),
        sector=text_in(row, "sector"),
        seq=whole_in(row, "seq"),
        name=compact(text_in(row, "name")),
        unit=text_in(row, "unit"),
        base_year=whole_in(row, "base_year"),
        base=text_in(row, "base"),
        targets=targets,
        is_table=row.get("source") != "prose",
        restates=text_in(row, "restates") or None,
        unit_text=text_in(row, "responsible_unit"),
        line=first,
        row=row,
    )


def lines_of(row: Row, name: str) -> tuple[int, int] | None:
    """The lines of the published text in which a value of a row stands."""
    entry = published_of(row).get(name)
    lines = entry.get("lines") if isinstance(entry, dict) else None
    return (int(lines[0]), int(lines[1])) if isinstance(lines, list) and len(lines) == 2 else None


def published_of(row: Row) -> dict[str, object]:
    """The published values of a row: field → {text, lines}."""
    text = row.get("published")
    found = json.loads(text) if isinstance(text, str) and text else {}
    return found if isinstance(found, dict) else {}


def item_subject(row: Row) -> Subject:
    """A row of a list as the subject of a finding."""
    name = compact(text_in(row, "name"))
    return Subject("list_item", text_in(row, "uid"), text_in(row, "kind") or None, whole_in(row, "no"), name)


def row_subject(kind: str, row: Row, name: str) -> Subject:
    """Any other row as the subject of a finding."""
    return Subject(kind, text_in(row, "uid"), text_in(row, "scope") or None, whole_in(row, "no"), name)


def found(
    plan: PlanRows,
    code: str,
    severity: Severity,
    subject: Subject,
    title: str,
    message: str,
    *,
    figures: Mapping[str, str] | None = None,
    cause: Iterable[object] = (),
    suggestion: str = "",
    field_name: str | None = None,
    suggested: Stored = None,
    others: Iterable[Subject] = (),
    row: Row | None = None,
) -> Finding:
    """A finding whose key depends on its rule, its row and what caused it (`cause`, else its figures) and nothing else."""
    figures = dict(figures or {})
    digest = hashlib.sha256(repr(tuple(cause) or tuple(sorted(figures.items()))).encode()).hexdigest()[:10]
    return Finding(
        key="|".join((code, subject.kind, subject.uid or plan.uid, field_name or "", digest)),
        code=code,
        severity=severity,
        plan=plan.uid,
        plan_title=plan.title,
        subject=subject,
        title=title,
        message=message,
        figures=figures,
        suggestion=suggestion,
        field_name=field_name,
        suggested=suggested,
        others=tuple(others),
        lines=(lines_of(row, field_name or "name") or lines_of(row, "name")) if row is not None else None,
    )


def wan(fen: int | Decimal) -> str:
    """分 as printed 万元, a computed amount rounded to 0.01."""
    value = Decimal(fen) / FEN_PER_WAN
    return plain(value if isinstance(fen, int) else round(value, 2))


def percent(part: int, whole: int) -> str:
    """80 %, 83.33 %."""
    return f"{plain(round(Decimal(part * 100) / whole, 2))} %"


def listed(names: Iterable[object], most: int = 6) -> str:
    """Names with 、, the rest counted: 1、2、3 等 9."""
    texts = [str(name) for name in names]
    shown = "、".join(texts[:most])
    return f"{shown} 等 {len(texts)} 个" if len(texts) > most else shown


def numbers(projects: Iterable[ProjectRow]) -> str:
    """The list numbers of projects: 第 3、5 项."""
    texts = [str(project.no) if project.no is not None else f"“{project.name}”" for project in projects]
    rest = f" 等 {len(texts)}" if len(texts) > _MOST_NUMBERS else ""
    return f"第 {'、'.join(texts[:_MOST_NUMBERS])}{rest} 项"


def together(labels: Iterable[str], most: int = 12) -> str:
    """Labels of rows said together: 养老第 6、12 项，重大政策清单第 5 项."""
    gathered: dict[str, list[str]] = {}
    for label in list(labels)[:most]:
        head, _, tail = label.rpartition("第 ")
        number = tail.removesuffix(" 项")
        gathered.setdefault(head if head and number.isdigit() else label, []).append(number)
    return "，".join(
        f"{head}第 {'、'.join(tails)} 项" if all(tail.isdigit() for tail in tails) else head
        for head, tails in gathered.items()
    )


def text_of(row: Row, name: str) -> str:
    """A text of a row without blanks; empty when absent."""
    return compact(text_in(row, name))


def _capacities(row: Row, content: str) -> dict[str, Capacity]:
    stated = dict(_read(content)) if content else {}
    for name in CAPACITY_FIELDS:
        stored = text_in(row, name)
        if not stored:
            continue
        try:
            stated[name] = Capacity.from_stored(stored)
        except UserError:
            stated.pop(name, None)
    return stated


@lru_cache(maxsize=20_000)
def _read(content: str) -> tuple[tuple[str, Capacity], ...]:
    """What a content states; many rows of a list share one, and a check-up is run again after every change."""
    return tuple((name, capacity) for name, (capacity, _) in read_capacities(content).items())
