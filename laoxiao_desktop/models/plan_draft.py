"""A published plan as it was read: every value as printed, with the lines of the document where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from laoxiao_desktop.models.returned import ReturnedBook

Lines = tuple[int, int]  # first and last line of the document, counted from 1
ItemKind = Literal["task", "policy", "element", "platform", "industry", "reform", "pilot", "member"]
Operator = Literal[">=", ">", "=", "<=", "<", "text"]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The head of the document."""

    title: str
    region: str
    doc_no: str | None = None
    issued_on: str | None = None  # ISO date
    issuer: str | None = None
    start_year: int | None = None
    end_year: int | None = None
    where: Mapping[str, Lines] = field(default_factory=dict)  # field → lines


@dataclass(frozen=True, slots=True)
class Amount:
    """A capacity as stated in text: at least `minimum`, at most `maximum` (None: open). Numbers as decimal strings."""

    minimum: str | None
    maximum: str | None


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """One row of a project list. Text as printed with layout breaks removed; money as printed decimals in 万元."""

    sector: str  # 养老 or 托育
    list_no: int | None
    name: str
    list_title: str = ""
    category: str | None = None  # 类别 as printed in the row's own column, where the list has one
    project_type: str | None = None  # 项目类型 as printed: 新建 … or 养老服务设施 …
    period: str | None = None  # as printed: 2022年-2023年
    start: str | None = None  # "2022" or "2022-03"
    end: str | None = None
    place: str | None = None
    content: str | None = None
    total_investment: str | None = None
    central_request: str | None = None
    unit_text: str | None = None
    responsible_units: tuple[str, ...] = ()
    beds: Amount | None = None  # proposals read from the content
    nursing_beds: Amount | None = None
    places: Amount | None = None
    inclusive_places: Amount | None = None
    floor_area_m2: Amount | None = None
    sites: Amount | None = None
    households: Amount | None = None
    where: Mapping[str, Lines] = field(default_factory=dict)  # field → lines
    project_code: str | None = None  # 项目代码 as printed, where the list has one
    more: Mapping[str, str] = field(default_factory=dict)  # other fields of the dictionary as shown: county, contact …


@dataclass(frozen=True, slots=True)
class TotalDraft:
    """A printed 合计/小计 row beside the sum of its rows."""

    label: str
    scope: str  # 养老, 托育 or 全部
    count: int | None
    total_investment: str | None
    central_request: str | None
    sum_count: int
    sum_total_investment: str
    sum_central_request: str
    agrees: bool
    where: Lines | None = None


@dataclass(frozen=True, slots=True)
class TargetDraft:
    """A target as printed, with what was understood; `value` is a decimal string, None for words."""

    op: Operator
    value: str | None
    text: str


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """One indicator, from a table or from prose; `restates` is the seq of the table row that prose repeats."""

    sector: str
    seq: int | None
    name: str
    unit: str | None
    targets: Mapping[str, TargetDraft]  # year → target
    base_year: int | None = None
    base: str | None = None
    property: str | None = None  # 约束性 or 预期性
    responsible_units: tuple[str, ...] = ()
    unit_text: str | None = None
    source: Literal["table", "prose"] = "table"
    list_title: str = ""
    quote: str | None = None
    restates: int | None = None
    where: Lines | None = None
    unit_where: Lines | None = None  # where another table names the units


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal for one year."""

    year: int
    name: str
    op: Operator
    value: str
    unit: str | None
    quote: str | None = None
    where: Lines | None = None


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """One row of a list of tasks, policies, elements, platforms, industries, reforms, pilots or members.

    A block of 牵头单位/配合单位 under a section is a task: `group` its section, `name` its heading.
    A member of the leading group has its role (组长, 副组长, 成员) in `group` and the position in `name`.
    """

    kind: ItemKind
    no: int | None
    group: str | None  # “class” in JSON
    name: str
    measure: str | None = None
    expected: str | None = None
    unit_text: str | None = None
    responsible_units: tuple[str, ...] = ()
    lead_units: tuple[str, ...] = ()
    support_units: tuple[str, ...] = ()
    list_title: str = ""
    where: Lines | None = None


@dataclass(frozen=True, slots=True)
class AnnexDraft:
    """An annex that the document names; `is_present` says whether its text follows."""

    no: int | None
    title: str
    is_present: bool
    where: Lines | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the reader wants a person to look at."""

    severity: Literal["error", "warning", "note"]
    code: str
    where: str  # 第 437 行, or 表 Sheet1!C5
    message: str


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """All that was found in one document."""

    plan: PlanFacts
    projects: tuple[ProjectDraft, ...] = ()
    totals: tuple[TotalDraft, ...] = ()
    indicators: tuple[IndicatorDraft, ...] = ()
    goals: tuple[GoalDraft, ...] = ()
    items: tuple[ItemDraft, ...] = ()
    annexes: tuple[AnnexDraft, ...] = ()
    problems: tuple[Problem, ...] = ()
    returned: ReturnedBook | None = None  # rows of a workbook that the ledger itself exported; then there are no others
