"""The ledgers that are measured on: many made-up projects with the words of real ones."""

import hashlib
import random
import shutil
from pathlib import Path

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.region import REGIONS
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import projects

HOUSE = Path(__file__).parents[2]
CLERK = Person("测量", "测量")
PLACES = (
    "江北街道",
    "嘎洒街道",
    "勐罕镇",
    "格朗和乡",
    "易武镇",
    "玉带街道",
    "研和街道",
    "龙泉街道",
    "九溪镇",
    "雄关乡",
)
KINDS = (
    "综合养老服务中心",
    "社区居家养老服务中心",
    "公办托育中心",
    "普惠托育园",
    "医养结合养护院",
    "敬老院改造提升项目",
)


def big_ledger(size: int, folder: Path) -> Path:
    """A copy in `folder` of a ledger with `size` projects; made once and kept in build/ until the archive's code changes."""
    code = b"".join(path.read_bytes() for path in sorted((HOUSE / "laoxiao_desktop/store").glob("*.py")))
    kept = (
        HOUSE
        / "build"
        / "bench"
        / f"{size}-{hashlib.sha256(code + Path(__file__).read_bytes()).hexdigest()[:12]}.laoxiao"
    )
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part.laoxiao")
        part.unlink(missing_ok=True)
        with ledgers.create(part, f"{size} 个项目", CLERK) as ledger:
            for start in range(0, size, 20_000):
                block = [(None, made_up(number)) for number in range(start, min(start + 20_000, size))]
                projects.paste(ledger, block, "plan")
            ledger.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        part.rename(kept)
    copy = folder / kept.name
    shutil.copy(kept, copy)
    return copy


def made_up(number: int) -> dict[str, str | int]:
    """The values of one project, the same for the same number."""
    chance = random.Random(number)
    counties = [region for region in REGIONS if region.level == "县市区"] or list(REGIONS)
    county, place, kind = chance.choice(counties), chance.choice(PLACES), chance.choice(KINDS)
    total = chance.randrange(50, 9000) * 1_000_000
    first = chance.randrange(2021, 2025)
    return {
        "list_no": number + 1,
        "sector": "托育" if "托" in kind else "养老",
        "name": f"{county.short_name}{place}{kind}（{number + 1}）",
        "county": county.code,
        "place": f"{county.name}{place}",
        "content": f"新建床位设置{chance.randrange(20, 300)}张以上，建筑面积{chance.randrange(500, 9000)}平方米，配套相关设施设备。",
        "build_kind": chance.choice(("新建", "改扩建", "改建")),
        "facility_type": chance.choice(("养老服务设施", "养老服务机构", "公办托育机构")),
        "status": chance.choice(("谋划", "前期", "在建", "完工")),
        "span": f"{first}/{first + chance.randrange(0, 3)}",
        "total_investment": total,
        "central_request": total * 4 // 5,
        "responsible_unit": f"{county.short_name}民政局",
    }
