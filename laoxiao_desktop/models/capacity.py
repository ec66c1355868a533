"""Capacity: beds, places, floor area or households as stated: exact, at least, or a range; and what prose says of them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.plain_text import compact, figures, half_width, quoted

HINT: Final = "可写 30、30以上、5-10。"
LARGEST: Final = Decimal(10**9)

_NUMBER: Final = r"[0-9]{1,10}(?:\.[0-9]{1,4})?"
_UNIT: Final = r"(?:张|个|床|户|处|所|家|间|平方米|平米|平方|㎡|m2|m²|托位|床位|点位)?"
_STORED: Final = re.compile(rf"({_NUMBER})(?:(\+)|-({_NUMBER}))?")
_TYPED: Final = re.compile(
    rf"(?P<least>≥|>=|不少于|不低于|至少)?(?P<most>≤|<=|不超过|不多于)?(?P<low>{_NUMBER}|[0-9]{{1,3}}(?:,[0-9]{{3}})+){_UNIT}"
    rf"(?:(?:[-—–―−~〜至到])(?P<high>{_NUMBER}){_UNIT}|(?P<more>\+|及?以上)|(?P<less>及?以内|及?以下))?{_UNIT}"
)


@dataclass(frozen=True, slots=True)
class Capacity:
    """At least `minimum`, at most `maximum` (None: open). Exact when both are equal."""

    minimum: Decimal
    maximum: Decimal | None

    def __post_init__(self) -> None:
        for number in (self.minimum, self.maximum):
            if number is not None and not (number.is_finite() and 0 <= number <= LARGEST):
                raise UserError("数量不在 0 到 10 亿之间。", HINT)
        if self.maximum is not None and self.minimum > self.maximum:
            raise UserError(f"范围起点 {plain(self.minimum)} 大于终点 {plain(self.maximum)}。", HINT)

    @classmethod
    def exactly(cls, number: Decimal) -> "Capacity":
        """A capacity stated as one figure."""
        return cls(number, number)

    @classmethod
    def parse(cls, text: str) -> "Capacity":
        """Reads `30`, `30张以上`, `≥30`, `5-10张`, `5090.75平方米`; UserError for anything else."""
        typed = figures(text)
        match = _TYPED.fullmatch(typed) if len(typed) <= 40 else None
        if match is None:
            raise UserError(f"{quoted(text)}不是数量。", HINT)
        low = Decimal(match["low"].replace(",", ""))
        is_least, is_most = bool(match["least"] or match["more"]), bool(match["most"] or match["less"])
        if is_least + is_most + bool(match["high"]) > 1:
            raise UserError(f"{quoted(text)}说法不一。", HINT)
        if match["high"]:
            return cls(low, Decimal(match["high"]))
        if is_most:
            return cls(Decimal(0), low)
        return cls(low, None if is_least else low)

    @classmethod
    def from_stored(cls, stored: str) -> "Capacity":
        """Reads the stored form: "30", "30+", "5-10"."""
        match = _STORED.fullmatch(stored)
        if match is None:
            raise UserError(f"{quoted(stored)}不是数量。", HINT)
        low = Decimal(match[1])
        return cls(low, None if match[2] else Decimal(match[3]) if match[3] else low)

    @property
    def stored(self) -> str:
        """The form kept in the ledger."""
        if self.maximum is None:
            return f"{plain(self.minimum)}+"
        return plain(self.minimum) if self.is_exact else f"{plain(self.minimum)}-{plain(self.maximum)}"

    @property
    def is_exact(self) -> bool:
        """One figure, neither open nor a range."""
        return self.minimum == self.maximum

    @property
    def is_whole(self) -> bool:
        """Without decimals, as beds and places must be."""
        return all(number is None or number == number.to_integral_value() for number in (self.minimum, self.maximum))

    def show(self, unit: str = "") -> str:
        """As printed: 30张以上, 5—10张, 118张."""
        if self.maximum is None:
            return f"{plain(self.minimum)}{unit}以上"
        if self.is_exact:
            return f"{plain(self.minimum)}{unit}"
        if not self.minimum:
            return f"{plain(self.maximum)}{unit}以内"
        return f"{plain(self.minimum)}—{plain(self.maximum)}{unit}"

    def __add__(self, other: "Capacity") -> "Capacity":
        is_open = self.maximum is None or other.maximum is None
        return Capacity(
            self.minimum + other.minimum,
            None if is_open else (self.maximum or Decimal(0)) + (other.maximum or Decimal(0)),
        )

    def times(self, count: int) -> "Capacity":
        """The capacity of `count` sites that have this capacity each."""
        return Capacity(self.minimum * count, None if self.maximum is None else self.maximum * count)

    def __str__(self) -> str:
        return self.show()


def plain(number: Decimal) -> str:
    """A decimal without exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def show_capacity(stored: str | None, unit: str = "") -> str:
    """A stored capacity as printed; empty when absent."""
    return Capacity.from_stored(stored).show(unit) if stored else ""


_FIGURE: Final = re.compile(
    rf"(?P<least>不少于|不低于|至少|≥|>=)?(?P<most>不超过|不多于|≤|<=)?(?P<low>{_NUMBER})(?P<wan>万)?"
    rf"(?:[-—–―~〜至](?P<high>{_NUMBER}))?(?P<odd>余|多)?(?P<unit>张|床|个|户|平方米|平米|平方|㎡|m2)"
    r"(?P<more>\+|及?以上)?(?P<less>及?以内|及?以下)?"
)
_AREA_UNITS: Final = ("平方米", "平米", "平方", "㎡", "m2")
_CLAUSE: Final = re.compile(r"[^，。；;、,：:（）()\n]+")
_EXISTING: Final = re.compile(r"原有|原面积|原设|现有|已有|已建成|拆除|减少|撤销")
_NOT_STATED: Final = re.compile(r"约|近(?=[0-9])|缺口|均|单处|千人|千名|百户|每年|每月")
_EACH: Final = re.compile(
    r"每(?:个|家|所|处|座)(?P<noun>[㐀-鿿]{0,6}?)(?=床|设|托|配|建|新|不|[0-9])|各(?:设|建|配|新)"
)
_NOT_FLOOR: Final = re.compile(r"占地|用地|绿化|室外|场地|广场|道路|停车")
_PLACES_BEFORE: Final = re.compile(
    r"(?:托位|托育位|托育床位|托儿床位|新增托)(?:数|总数)?(?:设置|设|共计|共|达到?|为)?$"
)
_PLACES_AFTER: Final = re.compile(r"的?(?:普惠性?)?(?:托位|托育位|托育床位|托儿床位)")
_BEDS_BEFORE: Final = re.compile(r"床位(?:数|总数)?(?:设置|设|共计|共|达到?|为)?$")
_BEDS_AFTER: Final = re.compile(r"的?(?:养老|护理型|普惠性?)*床位")
_SITES: Final = re.compile(
    r"(?:新建|改建|扩建|改扩建|建设|建成|改造|设置|新增|完善|提升)(?P<count>[0-9]{1,5})(?:个|所|处|座|家)(?P<noun>[㐀-鿿()、]{0,20}?(?:中心|养老院|敬老院|福利院|养护院|服务站|站点|站|托育点|点|机构|园))"
)


@dataclass(frozen=True, slots=True)
class _Statement:
    field: str
    capacity: Capacity
    quote: str
    is_total: bool


def read_capacities(content: str) -> dict[str, tuple[Capacity, str]]:
    """Proposals per field (beds, nursing_beds, places, inclusive_places, floor_area_m2, sites, households) with the quote.

    Several statements of one field are added up. What existed before, averages and rates are left out. A figure per
    site (每个中心床位设置5-10张) counts only where the text states the number of sites, and is multiplied by it.
    """
    text = compact(content)
    sites = tuple(_sites(text))
    found: dict[str, tuple[Capacity, str]] = {}
    by_field: dict[str, list[_Statement]] = {}
    for statement in (*_statements(text, sites), *sites):
        by_field.setdefault(statement.field, []).append(statement)
    for field, statements in by_field.items():
        if kept := _without_restated(statements):
            quote = "；".join(dict.fromkeys(statement.quote for statement in kept))
            found[field] = (_sum(statement.capacity for statement in kept), quote)
    if "sites" in found and found["sites"][0].minimum < 2:
        del found["sites"]  # one building is a project, not a bundle of sites
    return found


def _sites(text: str) -> Iterator[_Statement]:
    for match in _SITES.finditer(half_width(text)):
        quote = text[match.start() : match.end()]
        yield _Statement("sites", Capacity.exactly(Decimal(match["count"])), quote, is_total=False)


def _statements(text: str, sites: tuple[_Statement, ...]) -> Iterator[_Statement]:
    for clause in _CLAUSE.finditer(text):
        words = half_width(clause[0])
        if _EXISTING.search(words) or _NOT_STATED.search(words):
            continue
        for match in _FIGURE.finditer(words):
            field = _field(words, match)
            if field is None:
                continue
            capacity, quote = _capacity(match), clause[0]
            if each := _EACH.search(words):
                one = _only_site(sites, each["noun"] or "")
                if one is None:
                    continue
                capacity, quote = capacity.times(int(one.capacity.minimum)), f"{one.quote}；{quote}"
            yield _Statement(field, capacity, quote, is_total=bool(re.search(r"总|合计|共", words)))


def _field(words: str, match: re.Match[str]) -> str | None:
    """Which field the figure belongs to, judged by its measure word and the words around it in its clause."""
    unit, before, after = match["unit"], words[: match.start()], words[match.end() :]
    if unit == "户":
        return "households"
    if unit in _AREA_UNITS:
        return None if _NOT_FLOOR.search(before) else "floor_area_m2"
    if _PLACES_BEFORE.search(before) or _PLACES_AFTER.match(after):
        return "inclusive_places" if "普惠" in words else "places"
    if unit in ("张", "床") or _BEDS_BEFORE.search(before) or _BEDS_AFTER.match(after):
        return "nursing_beds" if re.search(r"护理型|护理床", words) else "beds"
    return None


def _capacity(match: re.Match[str]) -> Capacity:
    scale = 10_000 if match["wan"] else 1
    low = Decimal(match["low"]) * scale
    if match["high"]:
        high = Decimal(match["high"]) * scale
        return Capacity(min(low, high), max(low, high))
    if match["most"] or match["less"]:
        return Capacity(Decimal(0), low)
    return Capacity(low, None if match["least"] or match["more"] or match["odd"] else low)


def _only_site(sites: tuple[_Statement, ...], noun: str) -> _Statement | None:
    """The one statement of how many sites there are, if its kind is the one that “每个…” speaks of."""
    fitting = [site for site in sites if site.quote.endswith(noun)]
    return fitting[0] if len(fitting) == 1 else None


def _without_restated(statements: list[_Statement]) -> list[_Statement]:
    """Drops the parts where one statement is the printed total of the others."""
    for statement in statements:
        others = [other for other in statements if other is not statement]
        if statement.is_total and others and _sum(other.capacity for other in others) == statement.capacity:
            return [statement]
    return statements


def _sum(capacities: Iterable[Capacity]) -> Capacity:
    first, *others = capacities
    for other in others:
        first = first + other
    return first
