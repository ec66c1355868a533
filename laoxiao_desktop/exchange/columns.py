"""What a header cell says: the column's role, its year and its unit of money."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

Role = Literal[
    "seq",
    "code",
    "category",
    "name",
    "type",
    "period",
    "start",
    "end",
    "place",
    "content",
    "total_investment",
    "central_request",
    "unit",
    "owner",
    "lead",
    "support",
    "measure_unit",
    "base",
    "target",
    "property",
    "measure",
    "expected",
    "remark",
    "other",
]
Subject = Literal[
    "project", "indicator", "task", "policy", "element", "platform", "industry", "reform", "pilot", "member"
]

MONEY_ROLES: frozenset[Role] = frozenset({"total_investment", "central_request"})
UNIT_ROLES: frozenset[Role] = frozenset({"unit", "owner", "lead", "support"})
_TEN_THOUSAND = Decimal(10_000)
UNIT_FACTORS = {
    "万元": Decimal(1),
    "亿元": _TEN_THOUSAND,
    "元": 1 / _TEN_THOUSAND,
    "千元": Decimal("0.1"),
    "万": Decimal(1),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column as its header names it.

    `subject` is what the table lists, where the header says so (项目名称 → project). `factor` turns a printed amount
    into 万元; None when the header names no unit of money.
    """

    role: Role
    label: str
    subject: Subject | None = None
    year: int | None = None
    factor: Decimal | None = None


_NAMES: tuple[tuple[str, Subject | None], ...] = (
    (r"(?:建设|重大|重点|谋划|储备)?(?:项目|工程)(?:名称|名)?|建设项目(?:名称)?", "project"),
    (r"(?:主要|具体|发展|规划|核心)*指标(?:名称|内容|项目)?|指\s*标", "indicator"),
    (
        r"(?:重点|主要|工作|具体|目标)*任务(?:名称|内容|事项|及保障措施|和保障措施|及措施|及举措|清单)*|(?:工作|重点)?事项(?:名称)?",
        "task",
    ),
    (r"(?:重大|重点)?政策(?:文件|措施)?名称|政策(?:文件)?", "policy"),
    (r"(?:重大|重点|保障)?要素(?:名称)?", "element"),
    (r"(?:重大|重点)?平台名称", "platform"),
    (r"(?:重大|重点)?产业(?:名称)?", "industry"),
    (r"(?:重大|重点)?改革(?:事项|任务)?(?:名称)?", "reform"),
    (r"(?:重大|重点)?试点(?:示范|项目|事项)?(?:名称)?", "pilot"),
    (r"名\s*称", None),
)
_ROLES: tuple[tuple[str, Role], ...] = (
    (r"(?:投资|国家|重大|建设|在线平台|赋码)*项目(?:库|统一|赋码)*(?:代码|编码)|(?:投资|统一)?(?:项目)?代码", "code"),
    (r"(?:项目|任务|指标)?(?:序\s*号|编\s*号)|序|No\.?", "seq"),
    (
        r"(?:项目|指标|任务|所属|要素|政策)?(?:类\s*别|分\s*类|领\s*域)|方\s*面|板\s*块|平\s*台|所属领域|类目",
        "category",
    ),
    (r"(?:项目|建设|机构|设施)?(?:类\s*型|性\s*质)|项目建设性质", "type"),
    (
        r"(?:项目)?(?:建设|实施|计划|规划|项目)?(?:起止)?(?:期\s*限|年\s*限|周\s*期|工\s*期|时\s*间|时\s*限|年\s*度|年\s*份|年\s*月)",
        "period",
    ),
    (r"(?:计划|预计|拟)?(?:开工|开始|起始|启动)(?:建设)?(?:时间|年月|年份|年度|年)?", "start"),
    (r"(?:计划|预计|拟)?(?:完工|竣工|建成|结束|投用)(?:投用)?(?:时间|年月|年份|年度|年)?", "end"),
    (
        r"(?:项目)?(?:建设|实施|项目|所在|所属)?(?:地\s*点|地\s*址|位\s*置|地\s*区|区\s*域|县区|县市区?|县（市、区）|县（市）|县（区）|所在地)",
        "place",
    ),
    (
        r"(?:项目)?(?:主要)?(?:建设|项目|工程)(?:主要)?(?:内\s*容|规\s*模)(?:(?:和|及|与|、)(?:建设)?(?:主要)?(?:内容|规模))?",
        "content",
    ),
    (
        r"(?:项目|计划|估算|预计|概算|工程)?(?:总\s*投\s*资|投资总额|投资额|投资规模|投资估算)(?:额|估算|概算)?|投资",
        "total_investment",
    ),
    (
        r"(?:其中[：:]?)?(?:拟|计划)?(?:申请|争取|申报)?(?:使用)?(?:中央|国家)(?:财政)?(?:预算内)?(?:补助|专项)?(?:投资|资金)(?:额度|额|数)?"
        r"|(?:其中[：:]?)?(?:拟|计划)?(?:申请|争取|申报)?中央(?:财政)?(?:预算内|补助)|(?:其中[：:]?)?(?:申请|争取)中央"
        r"|(?:拟)?(?:申请|争取)(?:中央)?(?:资金|投资|额度)",
        "central_request",
    ),
    (r"(?:项目)?(?:业\s*主|法\s*人)(?:单位)?|项目单位|建设单位|申报单位", "owner"),
    (r"(?:责任)?牵头(?:单位|部门|责任单位)", "lead"),
    (r"(?:配合|协同|参与|协助|参加)(?:责任)?(?:单位|部门)", "support"),
    (
        r"(?:项目)?(?:主要|组织)?(?:责任|实施|组织实施|承担|主管|负责|监管|承办|落实|主体责任)(?:责任)?(?:单位|部门|主体)(?:及部门)?|责任分工",
        "unit",
    ),
    (r"单\s*位|计量单位|指标单位", "measure_unit"),
    (r"(?:指标)?(?:属\s*性|性\s*质)", "property"),
    (
        r"[“\"]?(?:十[三四五六]五)?[”\"]?(?:期间)?(?:重点|主要|具体|工作|政策|支持|保障|试点|改革|推进)*"
        r"(?:举\s*措|措\s*施|内\s*容|做\s*法|事\s*项)(?:和内容|及内容|与内容|及措施)?|具体平台(?:（.*）)?|建设任务",
        "measure",
    ),
    (r"(?:预期|发展|工作|主要|总体|建设|改革|试点|完成)*(?:目\s*标|成\s*效|效\s*果|成\s*果)(?:任务)?", "expected"),
    (r"备\s*注|说\s*明|其他", "remark"),
)
_PLACE_NAME = r"(?:全?[州市县省区]|[一-龥]{2,9}[州市县区省盟])"
_YEAR = re.compile(
    rf"(?:到|至|截至)?{_PLACE_NAME}?(?:到|至)?(?P<year>20\d\d)年?(?:底|末)?{_PLACE_NAME}?"
    r"(?P<word>基础值|基础|基数|基期值|基期|基准值|现状值|现状|实际值|实际|完成值|完成情况|目标值|目标|规划值|规划目标|预期值|预期目标|指标值|值)?"
    r"(?:（.{1,6}）)?"
)
_BASE_WORDS = ("基", "现状", "实际", "完成")
_BARE_TARGET = re.compile(r"(?:规划|预期)?目标值|规划值|目标值（.{1,6}）")
_BARE_BASE = re.compile(r"(?:基期|基础|现状|基准)值|基期|现状|基数")
_SUFFIX = re.compile(r"[（(](?P<unit>[^（）()]{1,12})[）)]$")
_CAPTION_UNIT = re.compile(r"单位.*?(?P<unit>亿元|万元|千元|元)|[（(](?P<bracketed>亿元|万元|千元|元)[）)]$")
_CLEAN = re.compile(r"[\s:：]+")


@lru_cache(maxsize=4096)
def column_of(text: str) -> Column | None:
    """The column that a header cell names; None when the wording is not known."""
    label = _CLEAN.sub("", text)
    if not label or len(label) > 30:
        return None
    year = _YEAR.fullmatch(label)
    if year:
        word = year["word"] or ""
        role: Role = "base" if word.startswith(_BASE_WORDS) else "target"
        return Column(role, label, "indicator", int(year["year"]))
    if _BARE_TARGET.fullmatch(label):
        return Column("target", label, "indicator")
    if _BARE_BASE.fullmatch(label):
        return Column("base", label, "indicator")
    bare, factor = _without_unit(label)
    for pattern, subject in _NAMES:
        if re.fullmatch(pattern, bare):
            return Column("name", label, subject)
    for pattern, role in _ROLES:
        if re.fullmatch(pattern, bare):
            return Column(role, label, factor=factor if role in MONEY_ROLES else None)
    return None


def money_factor(text: str) -> Decimal | None:
    """How many 万元 the unit named in a caption or title stands for: 单位：亿元 → 10000."""
    found = _CAPTION_UNIT.search(_CLEAN.sub("", text))
    return UNIT_FACTORS[found["unit"] or found["bracketed"]] if found else None


def _without_unit(label: str) -> tuple[str, Decimal | None]:
    suffix = _SUFFIX.search(label)
    if not suffix:
        for unit, factor in UNIT_FACTORS.items():
            if label.endswith(("/" + unit, "／" + unit)):
                return label[: -len(unit) - 1], factor
        return label, None
    bare = label[: suffix.start()]
    return (bare or label), UNIT_FACTORS.get(suffix["unit"])
