"""Project: the rules that the fields of one project must keep together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.capacity import Capacity, plain
from laoxiao_desktop.models.money import FEN_PER_WAN, Money
from laoxiao_desktop.models.plain_text import compact
from laoxiao_desktop.models.project_code import check_code
from laoxiao_desktop.models.region import COUNTIES, PREFECTURES, find_county, short_name_of
from laoxiao_desktop.models.span import Span
from laoxiao_desktop.models.units import split_units

Stored = str | int | None
Severity = Literal["error", "warning"]

NAME_LIMIT: Final = 200
USUAL_SHARE: Final = 80  # percent of the total that a request usually does not exceed
_ROUNDING: Final = FEN_PER_WAN // 200  # half of the last digit the documents print (0.01 万元)
_CAPACITIES: Final = ("beds", "nursing_beds", "places", "inclusive_places", "floor_area_m2", "sites", "households")
_TOWN: Final = re.compile(r"([㐀-鿿]{1,7}?(?:乡|镇|街道))")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What a rule says about a field; an error must be put right, a warning may be left with a reason."""

    field: str
    severity: Severity
    message: str


def check(values: Mapping[str, Stored]) -> list[FieldProblem]:
    """All problems of a project given by stored values; the same values always give the same list."""
    return [
        *_check_name(values),
        *_check_money(values),
        *_check_capacities(values),
        *_check_span(values),
        *_check_code(values),
        *_check_county(values),
        *_check_town(values),
    ]


def _check_name(values: Mapping[str, Stored]) -> Iterator[FieldProblem]:
    name = _text(values, "name")
    if not name.strip():
        yield FieldProblem("name", "error", "项目名称还没有填写。")
    elif len(name) > NAME_LIMIT:
        yield FieldProblem("name", "error", f"项目名称有 {len(name)} 个字，最多 {NAME_LIMIT} 个。")


def _check_money(values: Mapping[str, Stored]) -> Iterator[FieldProblem]:
    total, request = _fen(values, "total_investment"), _fen(values, "central_request")
    if total is not None and total <= 0:
        yield FieldProblem("total_investment", "error", "总投资应当大于零。")
    if request is not None and request < 0:
        yield FieldProblem("central_request", "error", "申请中央资金不能小于零。")
    if total is None or request is None or total <= 0:
        return
    if request > total:
        excess = Money(request) - Money(total)
        yield FieldProblem("central_request", "error", f"申请中央资金高于总投资 {excess} 万元。")
    elif request - _share(total) > _ROUNDING:
        share = f"{request / total:.2%}"
        most = plain(Decimal(_share(total)).scaleb(-6))
        yield FieldProblem(
            "central_request", "warning", f"申请中央资金占总投资 {share}，超过 {USUAL_SHARE}%（{most} 万元）。"
        )
    yield from _check_request_per_place(values, request)


def _check_request_per_place(values: Mapping[str, Stored], request: int) -> Iterator[FieldProblem]:
    if "普惠" not in _text(values, "facility_type") or "托育" not in _text(values, "facility_type"):
        return
    places = _capacity(values, "inclusive_places") or _capacity(values, "places")
    if places is not None and places.minimum > 0 and request > places.minimum * FEN_PER_WAN:
        each = plain((Decimal(request) / FEN_PER_WAN / places.minimum).quantize(Decimal("0.01"), ROUND_HALF_UP))
        yield FieldProblem("central_request", "warning", f"普惠托育每个新增托位申请 {each} 万元，超过 1 万元。")


def _check_capacities(values: Mapping[str, Stored]) -> Iterator[FieldProblem]:
    for field in _CAPACITIES:
        if _text(values, field) and _capacity(values, field) is None:
            yield FieldProblem(field, "error", f"“{_text(values, field)}”不是数量。")
    for part, whole, message in (
        ("nursing_beds", "beds", "护理型床位 {0} 张，多于床位 {1} 张。"),
        ("inclusive_places", "places", "普惠托位 {0} 个，多于托位 {1} 个。"),
    ):
        few, all_ = _capacity(values, part), _capacity(values, whole)
        if few is not None and all_ is not None and all_.maximum is not None and few.minimum > all_.maximum:
            yield FieldProblem(part, "error", message.format(plain(few.minimum), plain(all_.maximum)))


def _check_span(values: Mapping[str, Stored]) -> Iterator[FieldProblem]:
    if stored := _text(values, "span"):
        try:
            Span.from_stored(stored)
        except UserError as refusal:
            yield FieldProblem("span", "error", refusal.what)


def _check_code(values: Mapping[str, Stored]) -> Iterator[FieldProblem]:
    _, warnings = check_code(_text(values, "project_code"), _text(values, "county") or None)
    for warning in warnings:
        yield FieldProblem("project_code", "warning", warning)


def _check_county(values: Mapping[str, Stored]) -> Iterator[FieldProblem]:
    """County of the unit, of the place and of the field should be one."""
    county, sited = _text(values, "county"), find_county(_text(values, "place"))
    if county and sited and county != sited:
        yield FieldProblem(
            "place", "warning", f"建设地点在{short_name_of(sited)}，县市区填的是{short_name_of(county)}。"
        )
    here = sited or county
    for unit in split_units(_text(values, "responsible_unit")):
        at_home = find_county(unit)
        if here and at_home and at_home != here:
            message = f"责任单位“{unit}”属{short_name_of(at_home)}，项目在{short_name_of(here)}。"
            yield FieldProblem("responsible_unit", "warning", message)


def _check_town(values: Mapping[str, Stored]) -> Iterator[FieldProblem]:
    """A township in the name and another one in the place: one of them is a slip (格朗和乡 sited in 勐往乡)."""
    named, sited = _town(_text(values, "name")), _town(_text(values, "place"))
    if named and sited and named != sited:
        yield FieldProblem("place", "warning", f"项目名称写的是{named}，建设地点写的是{sited}。")


def _town(text: str) -> str | None:
    """The township that follows the county's name at the start of a name or place."""
    words = compact(text)
    for region in (*PREFECTURES, *COUNTIES):
        for name in (region.name, region.short_name):
            if words.startswith(name):
                words = words.removeprefix(name)
                if region.level == "县市区":
                    match = _TOWN.match(words)
                    return match[1] if match else None
    return None


def _share(total: int) -> int:
    return total * USUAL_SHARE // 100


def _text(values: Mapping[str, Stored], field: str) -> str:
    value = values.get(field)
    return value if isinstance(value, str) else ""


def _fen(values: Mapping[str, Stored], field: str) -> int | None:
    value = values.get(field)
    return value if isinstance(value, int) else None


def _capacity(values: Mapping[str, Stored], field: str) -> Capacity | None:
    stored = _text(values, field)
    try:
        return Capacity.from_stored(stored) if stored else None
    except UserError:
        return None
