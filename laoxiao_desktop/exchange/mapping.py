"""What the columns of a sheet hold: proposed by the wording of their headers and by what stands below them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, get_args

from laoxiao_desktop.exchange.amounts import decimal_text
from laoxiao_desktop.exchange.columns import MONEY_ROLES, UNIT_FACTORS, Column, Role, Subject, column_of, money_factor
from laoxiao_desktop.exchange.reading_values import Factor
from laoxiao_desktop.exchange.table import amount, settle
from laoxiao_desktop.exchange.text_lines import tidy
from laoxiao_desktop.models.plain_text import half_width
from laoxiao_desktop.models.region import REGIONS

FURTHER: Final = {
    "beds": r"(?:新增|建设|设置|规划|养老)?(?:养老)?床\s*位(?:数|总数|规模)?",
    "nursing_beds": r"(?:其中[：:]?)?护理型?床位(?:数)?",
    "places": r"(?:新增|建设|设置|规划|托育)?托\s*位(?:数|总数|规模)?",
    "inclusive_places": r"(?:其中[：:]?)?(?:新增)?普惠性?托位(?:数)?",
    "floor_area_m2": r"(?:总|规划)?(?:建筑|建设|改造|装修|使用)?面\s*积",
    "sites": r"(?:建设)?点位(?:数|个数)?",
    "households": r"(?:改造|覆盖|惠及|受益)?户\s*数",
    "county": r"(?:所在|所属|项目)?(?:县|县区|县市|县市区|县（市、区）|县\(市、区\)|县（市）|县（区）|区县)(?:名称)?",
    "leader": r"包保领导|挂[钩联]领导|联系领导|责任领导|分管领导",
    "contact": r"(?:项目)?(?:联系人|负责人|经办人|填报人)(?:姓名)?",
    "phone": r"(?:联系|手机|办公|固定)?(?:电\s*话|手机|方式)(?:号码)?|手机号码?|联系方式",
    "status": r"(?:项目|建设|当前|目前)?(?:状\s*态|阶段)",
}
CAPACITIES: Final = ("beds", "nursing_beds", "places", "inclusive_places", "floor_area_m2", "sites", "households")
ROLES: Final = frozenset({*get_args(Role), *FURTHER}) - {"other"}
FACTORS: Final[dict[Factor, Decimal]] = {
    "元": Decimal("0.0001"),
    "千元": Decimal("0.1"),
    "万元": Decimal(1),
    "亿元": Decimal(10_000),
}
_FURTHER: Final = {name: re.compile(pattern) for name, pattern in FURTHER.items()}
_UNIT_BEHIND: Final = re.compile(r"[（(/／](?:单位[：:])?(?P<unit>[^（）()/／]{1,6})[）)]?$")
_PERIOD: Final = re.compile(r"(?:19|20)\d\d[年./]?.{0,4}?[-—–~～至到/].{0,3}?(?:(?:19|20)\d\d.{0,5})?|(?:19|20)\d\d年?")
_BUILD_KINDS: Final = frozenset({"新建", "改建", "扩建", "改扩建", "迁建", "续建", "设备购置", "改造", "装修改造"})
_UNIT_NAME: Final = re.compile(
    r".{2,}(?:局|委|委员会|政府|公司|集团|医院|中心|院|办|处|站|园|社区|村委会|管委会)(?:、.*)?"
)
_PHONE: Final = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}")
_CODE: Final = re.compile(r"\d{4}-\d{6}-\d{2}-\d{2}-?\d{6}")
_PLACES: Final = frozenset(name for region in REGIONS for name in (region.name, region.short_name, region.stem))
_WHOLE: Final = frozenset({"合计", "小计", "总计", "总额", "总数", "金额", "数额", "额度"})
_SHARE: Final = 0.6
_MANY: Final = 3


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column with its proposed meaning: `column` as the draft readers know it, or the name of a further field."""

    column: Column
    further: str | None = None

    @property
    def role(self) -> str | None:
        """The role shown to a person; None: not read."""
        return self.further or (None if self.column.role == "other" else self.column.role)


def meaning_of(labels: Sequence[str]) -> Mapped:
    """What a header of one to three cells above each other names; the lowest cell counts most."""
    parts = [tidy(label) for label in labels if label.strip()]
    if not parts:
        return Mapped(Column("other", ""))
    shown = "/".join(dict.fromkeys(parts))
    last = parts[-1]
    tries = [last, "".join(dict.fromkeys(parts))]
    if _is_unit(last) and len(parts) > 1:
        tries = [f"{''.join(parts[:-1])}（{last.strip('（）()')}）", "".join(parts[:-1])]
    tries += parts[-2::-1]
    for text in tries:
        found = _known(text)
        if found is not None and text == parts[0] and found.column.role in MONEY_ROLES and not _is_whole(last, text):
            continue  # 资金来源 / 自筹 is no 总投资
        if found is not None:
            column = found.column
            if column.role in MONEY_ROLES and column.factor is None:
                column = replace(column, factor=next(filter(None, map(money_factor, reversed(parts))), None))
            return Mapped(replace(column, label=shown), found.further)
    return Mapped(Column("other", shown))


def is_known(text: str) -> bool:
    """The cell names a column."""
    return _known(tidy(text)) is not None


def _known(label: str) -> Mapped | None:
    if not label or len(label) > 40:
        return None
    bare = _UNIT_BEHIND.sub("", label)
    for name, pattern in _FURTHER.items():
        if pattern.fullmatch(bare) or pattern.fullmatch(label):
            return Mapped(Column("other", label), name)
    column = column_of(label) or (column_of(bare) if bare != label else None)
    return Mapped(column) if column is not None else None


def _is_whole(label: str, group: str) -> bool:
    """What stands under a group of money is the group's own amount."""
    return label == group or _is_unit(label) or label.strip("（）()") in _WHOLE


def _is_unit(label: str) -> bool:
    return label.strip("（）()") in (*UNIT_FACTORS, "张", "个", "户", "平方米", "㎡", "m2", "%", "人", "家", "所")


def settled(columns: Sequence[Mapped]) -> list[Mapped]:
    """The columns with ambiguous headers decided by their neighbours; a role that stands twice is kept once."""
    decided = settle([mapped.column for mapped in columns])
    taken: set[str] = set()
    result: list[Mapped] = []
    for mapped, column in zip(columns, decided, strict=True):
        now = replace(mapped, column=column if mapped.further is None else mapped.column)
        name = now.further or (now.role if now.role in MONEY_ROLES else None)
        if name is not None and name in taken:
            now = Mapped(Column("other", column.label))
        taken.add(name or "")
        result.append(now)
    return result


def by_content(columns: Sequence[Mapped], samples: Sequence[Sequence[str]]) -> list[Mapped]:
    """Columns whose header says nothing, proposed by what stands below them where that is unmistakable."""
    roles = {mapped.role for mapped in columns}
    result: list[Mapped] = []
    for mapped, cells in zip(columns, samples, strict=True):
        filled = [tidy(cell) for cell in cells if cell.strip()]
        if mapped.role is None and len(filled) >= _MANY:
            role = _role_of(filled, mapped.column.label)
            if role is not None and role not in roles:
                roles.add(role)
                mapped = with_role(mapped, role, None)
        result.append(mapped)
    return result


def _role_of(filled: Sequence[str], label: str) -> str | None:
    def mostly(test: object) -> bool:
        return callable(test) and sum(bool(test(text)) for text in filled) >= _SHARE * len(filled)

    if [text for text in filled[:5] if text.isdigit()] == [str(no) for no in range(1, min(len(filled), 5) + 1)]:
        return "seq"
    if mostly(_CODE.fullmatch):
        return "code"
    if mostly(_PLACES.__contains__):
        return "county"
    if mostly(_BUILD_KINDS.__contains__):
        return "type"
    if mostly(lambda text: len(text) >= 7 and _PHONE.fullmatch(text)) and not label:
        return "phone"
    if not label and mostly(_PERIOD.fullmatch):
        return "period"
    if mostly(lambda text: len(text) >= 4 and (text.endswith(("项目", "工程")))) and len(set(filled)) * 2 > len(filled):
        return "name"
    if not label and mostly(_UNIT_NAME.fullmatch):
        return "unit"
    return None


def with_role(mapped: Mapped, role: str | None, factor: Factor | None, subject: Subject | None = None) -> Mapped:
    """The column under a role that a person chose, or that its content speaks for."""
    label = mapped.column.label
    if role in FURTHER:
        return Mapped(Column("other", label), role)
    year = re.search(r"20\d\d", label)
    return Mapped(
        Column(
            role if role is not None else "other",  # type: ignore[arg-type]  # checked against ROLES by the caller
            label,
            mapped.column.subject or (subject if role == "name" else None),
            int(year[0]) if year and role in ("target", "base") else None,
            FACTORS[factor] if factor else (mapped.column.factor if role in MONEY_ROLES else None),
        )
    )


def factor_name(factor: Decimal | None) -> Factor | None:
    """The unit of money that a factor stands for."""
    return next((name for name, value in FACTORS.items() if value == factor), None)


def unit_question(label: str, factor: Factor | None, cells: Sequence[str]) -> str | None:
    """What to ask about the money of a column: no unit named, or one that its figures contradict."""
    figures = sorted(Decimal(found[0]) for cell in cells if (found := amount(half_width(tidy(cell)))) and not found[1])
    if not figures:
        return None
    middle = figures[len(figures) // 2]
    likely = likely_factor(middle)
    if factor is None:
        return f"“{label}”没有写金额单位，数字多在 {decimal_text(middle)} 上下，像是{likely}。请选定单位。"
    least, most = _ORDINARY[factor]
    if not least <= middle <= most and middle != 0:
        return f"“{label}”写的是{factor}，但数字多在 {decimal_text(middle)} 上下，像是{likely}。请核对单位。"
    return None


def likely_factor(middle: Decimal) -> Factor:
    """The unit of money in which a project of this middle size is usually printed."""
    if middle >= 200_000:
        return "元"
    return "亿元" if 0 < middle < Decimal("0.8") else "万元"


_ORDINARY: Final[dict[Factor, tuple[Decimal, Decimal]]] = {
    "元": (Decimal(10_000), Decimal(10) ** 12),
    "千元": (Decimal(10), Decimal(10) ** 8),
    "万元": (Decimal("0.5"), Decimal(500_000)),
    "亿元": (Decimal("0.0001"), Decimal(500)),
}
