"""What a list does when rows come and go: the first values of a new row, and which row is in hand after a deletion."""

from collections.abc import Collection, Sequence

from laoxiao_desktop.ui.lists_kinds import Kind
from laoxiao_desktop.ui.lists_rows import Row, Stored, stored_of

KEYS = (  # for the list of keys: where, keys, what they do
    ("指标清单", "Enter / F2", "编辑这一格；直接打字也可以"),
    ("指标清单", "Tab / Shift+Tab", "编辑后到右一格、左一格"),
    ("指标清单", "Ctrl+Tab", "下一种清单"),
    ("指标清单", "Ctrl+N / Insert", "新增一行"),
    ("指标清单", "Ctrl+C / Ctrl+Shift+C", "复制，连同标题复制"),
    ("指标清单", "Shift+Space", "选中整行"),
    ("指标清单", "Delete", "清除内容；选中整行时删除"),
    ("指标清单", "Ctrl+-", "删除所选行"),
    ("指标清单", "← / →", "在组标题上收起、展开"),
    ("指标清单", "F4", "收起或展开右边的详情"),
)


def first_values(kind: Kind, plan: str, beside: Row | None, year: int) -> dict[str, Stored]:
    """The values of a new row of a plan; it joins the table of the row `beside` which it was asked for."""
    values: dict[str, Stored] = {"plan": plan, "name": f"新{kind.title}"}
    if kind.table == "list_item":
        values["kind"] = kind.key
    if kind.table == "goal":
        values["year"] = year
    elif beside is not None and beside["plan"] == plan:
        values["list_title"] = stored_of(beside, "list_title")
    if kind.table == "indicator":
        values["source"] = "table"
        values["sector"] = stored_of(beside, "sector") if beside is not None else None
    return values


def follower(rows: Sequence[Row], leaving: Collection[str]) -> str | None:
    """The row to take in hand when some leave: the next that stays, else the one before."""
    uids = [str(row["uid"]) for row in rows]
    places = [place for place, uid in enumerate(uids) if uid in leaving]
    if not places:
        return None
    after, before = uids[places[-1] + 1 :], uids[: places[0]][::-1]
    return next((uid for uid in [*after, *before] if uid not in leaving), None)
