"""Check-up: names of offices that no government has, one character away from one that all have."""

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from laoxiao_desktop.models.check_rows import PlanRows, Row, found, item_subject
from laoxiao_desktop.models.finding import Finding, Subject
from laoxiao_desktop.models.region import COUNTIES, PREFECTURES
from laoxiao_desktop.models.units import join_units, split_units

# what stands before 局 or 委 in the names of offices of a prefecture or county
_NAMES: Final = """
民政 财政 教育 教育体育 体育 卫生健康 发展改革 发展和改革 人力资源社会保障
人力资源和社会保障 住房城乡建设 住房和城乡建设 自然资源 自然资源规划 自然资源和规划 市场监管
市场监督管理 商务 税务 统计 审计 公安 司法 应急 应急管理 医保 医疗保障 科技 科学技术
工业和信息化 工业信息化 文化和旅游 文化旅游 退役军人 退役军人事务 林草 林业和草原 林业
生态环境 农业农村 交通运输 交通 水务 水利 机关事务 投资促进 政务服务 政务服务管理 国资
国有资产监督管理 乡村振兴 老干 老干部 信访 民族宗教 民族宗教事务 广播电视 能源 粮食
粮食和物资储备 城市管理 城管 档案 地震 气象 邮政 银保监分 消防救援 烟草专卖 团 州 市 县
"""
_KNOWN: Final = frozenset(_NAMES.split())
_LEVELS: Final = ("州委", "市委", "县委", "州", "市", "县", "区", "省")
_SOUND_ALIKE: Final = frozenset(
    {"政正", "政证", "政整", "政症", "财才", "财材", "育肓", "务物", "康慷", "障章", "督都"}
)


def check(plan: PlanRows) -> Iterator[Finding]:
    """Each unknown office that is one slip of the pen away from exactly one known."""
    gathered: dict[str, list[tuple[Subject, str, Row]]] = defaultdict(list)
    for project in plan.projects:
        gathered[project.unit_text].append((project.subject, "responsible_unit", project.row))
    for indicator in plan.indicators:
        gathered[indicator.unit_text].append((indicator.subject, "responsible_unit", indicator.row))
    for item in plan.items:
        for name in ("responsible_unit", "lead_units", "support_units"):
            if item.get("kind") != "member" and item.get(name):
                gathered[str(item[name])].append((item_subject(item), name, item))
    for text, rows in gathered.items():
        units = split_units(text) if text else ()
        mended = [right_name(unit) for unit in units]
        for unit, right in zip(units, mended, strict=True):
            if right is None:
                continue
            whole = join_units(new or old for old, new in zip(units, mended, strict=True))
            for subject, name, row in rows:
                yield found(
                    plan, "unit_unknown", "error", subject, "责任单位名称有误",
                    f"没有“{unit}”这样的部门，应是“{right}”。", figures={"公布单位": unit, "规范名称": right},
                    suggestion=right, field_name=name, suggested=whole, row=row,
                )  # fmt: skip


@lru_cache(maxsize=20_000)
def right_name(unit: str) -> str | None:
    """The name that was meant; None for a name that is known, or too far from any."""
    where = _where(unit)
    rest = unit[len(where) :]
    if not where or rest[-1:] not in ("局", "委") or not 3 <= len(rest) <= 13:
        return None
    what = rest[:-1]
    if what in _KNOWN:
        return None
    near = {known for known in _KNOWN if len(known) > 1 and _is_near(what, known)}
    return f"{where}{near.pop()}{rest[-1]}" if len(near) == 1 else None


def _where(unit: str) -> str:
    """The place or level a unit's name begins with."""
    names = (name for region in (*COUNTIES, *PREFECTURES) for name in (region.name, region.short_name))
    for name in (*names, *_LEVELS):
        if unit.startswith(name):
            return name
    return ""


def _is_near(what: str, known: str) -> bool:
    """One character written wrong, left out, doubled, or two swapped; in short names only what sounds alike."""
    if len(what) == len(known):
        wrong = [place for place, (one, two) in enumerate(zip(what, known, strict=True)) if one != two]
        if len(wrong) == 2 and wrong[1] == wrong[0] + 1:
            return what[wrong[0]] == known[wrong[1]] and what[wrong[1]] == known[wrong[0]]
        if len(wrong) != 1:
            return False
        pair = known[wrong[0]] + what[wrong[0]]
        return len(known) > 3 or pair in _SOUND_ALIKE
    longer, shorter = (what, known) if len(what) > len(known) else (known, what)
    if len(longer) != len(shorter) + 1 or len(shorter) < 3:
        return False
    return any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer)))
