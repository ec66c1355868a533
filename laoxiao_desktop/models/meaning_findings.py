"""Why each finding of the check-up matters, and how it is put right."""

from typing import Final

_SUMS: Final = (
    "合计与各项不符，汇总表和上报数就对不上，审核时会被退回。",
    "核对每一项和合计，改错的那个；原文就是这样的，保留公布值并写明依据。",
)
_SHARE: Final = (
    "申请的资金会按总投资和同类项目审核，比例不合常理的容易被核减或退回。",
    "找批复或资金申请报告核对总投资和申请数，改错的那个；确属如此的写明依据。",
)
_TWINS: Final = (
    "内容相同的项目应当投资相近，相差大的多半是数字抄错。",
    "对照旁边列出的同类项目和原始表，核实后改正或写明原因。",
)
_PLACES: Final = (
    "地点和单位决定项目算在哪个县，错了，县里的数、灯和催报都会错。",
    "向责任单位核实实际建设地点，改正地点、县市区或名称。",
)
_UNITS: Final = (
    "单位写法不一，催报、督办和按单位分组时会当成几个单位。",
    "改成单位的规范全称；几个单位用顿号隔开。",
)
_NO_UNIT: Final = ("没有责任单位，就没有人报送，也无从催办。", "按分工补上责任单位；确无单位的写明由谁负责。")
_NAMES: Final = ("名称分不清时，容易填错项目、重复上报。", "核实是不是同一个项目；不是的，按序号区分，名称可加地点。")
_PERIODS: Final = (
    "建设期限决定序时进度和灯，写错了，灯也会错。",
    "对照批复改正期限；期限确实如此的写明依据。",
)
_CONTENTS: Final = (
    "建设内容是床位、托位的依据，与项目不符时，建成后的数也不可信。",
    "对照可研批复改正内容；内容无误的，保留并写明依据。",
)
_MISSING: Final = ("缺了这一项，合计、进度和完成情况就算不全。", "向责任单位要到后补上；确实没有的写明原因。")
_TARGETS: Final = (
    "目标写得前后不一，年底考核时不知道按哪个数。",
    "对照正式印发的文本，定下一个数；确属如此的写明依据。",
)
_INDICATORS: Final = (
    "同一指标几种叫法、几个数值，汇总时会重复或漏掉。",
    "定下一种叫法和一个数，其余的写明是复述。",
)
_CODES: Final = (
    "项目代码是审批和资金下达的依据，错一位就查不到项目。",
    "到投资项目在线审批监管平台核对 24 位代码后改正。",
)
_WORDS: Final = ("印在报告里的错字会一直传下去。", "核对原文，改成正确的字；原文如此的保留并写明。")
_ANNEX: Final = ("缺的附件里可能有项目和任务，台账就不全。", "向印发机关要来附件，在“数据交换”里读入。")
_COSTS: Final = (
    "单位造价与同类相差太大，常是总投资、数量或面积抄错。",
    "核对总投资和数量，改错的那个；标准不同的写明原因。",
)

REASONS: Final[dict[str, tuple[str, str]]] = {
    **dict.fromkeys(("total_count", "growth", "yearly_sum", "parts_sum", "goal_sum"), _SUMS),
    **dict.fromkeys(
        ("total_not_positive", "request_negative", "request_over_total", "request_over_share", "request_per_place"),
        _SHARE,
    ),
    **dict.fromkeys(("request_unlike_twin", "investment_unlike_twin"), _TWINS),
    **dict.fromkeys(
        ("place_unlike_name", "county_unlike_place", "unit_unlike_county", "place_without_county", "name_unlike_unit"),
        _PLACES,
    ),
    **dict.fromkeys(
        ("unit_variant", "unit_twice", "unit_is_place", "unit_unknown", "unit_shorthand", "unit_without_seat"), _UNITS
    ),
    "unit_is_operator": (
        "责任单位应当是负责监督落实的部门，由经营单位自己负责，就没有人监督。",
        "改成主管部门，经营单位写在“业主单位”。",
    ),
    **dict.fromkeys(("unit_missing", "task_without_unit", "indicator_without_unit"), _NO_UNIT),
    **dict.fromkeys(("duplicate_name", "name_variant", "goal_name", "group_name"), _NAMES),
    **dict.fromkeys(
        ("span_reversed", "span_over", "span_after_plan", "span_before_issue", "goal_before_issue"), _PERIODS
    ),
    **dict.fromkeys(("kind_unlike_content", "content_copied", "content_same"), _CONTENTS),
    **dict.fromkeys(
        ("span_missing", "place_missing", "quantity_missing"),
        _MISSING,
    ),
    **dict.fromkeys(
        ("target_below_base", "target_falls", "target_equals_base", "goal_falls", "table_unlike_prose",
         "table_prose_sign", "share_contradiction", "coverage_contradiction", "county_below_each"),
        _TARGETS,
    ),
    **dict.fromkeys(("indicator_names", "table_and_prose", "indicator_values"), _INDICATORS),
    "target_in_words": ("文字目标算不出完成没有。", "写明按什么判断，如“不低于上年”；原文如此的保留。"),
    "indicator_unit": ("没有单位，数值就没有意义。", "补上单位，如 %、张、个。"),
    "capacity_below_goal": (
        "清单里的项目全部建成，也达不到方案的目标。",
        "核对各项目的床位、托位是否漏填；确实不够的，补充项目或写明其他来源。",
    ),
    "county_uncovered": ("有的县没有这一类项目，覆盖目标就落空。", "核实是否漏列；由别的渠道建设的写明。"),
    **dict.fromkeys(("project_code", "project_code_form", "project_code_twice"), _CODES),
    **dict.fromkeys(("text_slip", "level_word"), _WORDS),
    "annex_missing": _ANNEX,
    **dict.fromkeys(("nursing_beds_over", "inclusive_places_over"), (
        "其中数不能大于总数，占比会超过 100 %。", "核对两个数，改错的那个。"
    )),
    "cost_spread": _COSTS,
}  # fmt: skip


def reason_of(code: str) -> tuple[str, str]:
    """(why it matters, how to put it right) of a finding's code; ("", "") for one that is not known."""
    known = REASONS.get(code)
    if known is None:
        kinds = (
            (code.startswith("cost_"), _COSTS),
            (code.startswith("total_"), _SUMS),
            (code.endswith("_missing"), _MISSING),
        )
        known = next((told for is_so, told in kinds if is_so), ("", ""))
    return known
