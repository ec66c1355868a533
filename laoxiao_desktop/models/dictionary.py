"""The data dictionary: every user-visible field of every table, with its Chinese label and kind."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "text",  # one line of plain text
    "long",  # several lines of plain text
    "choice",  # one of `choices`; other text is accepted when `is_open`
    "money",  # integer 分; typed and shown in 万元
    "count",  # whole number ≥ 0
    "capacity",  # "30", "30+", "5-10"; decimals allowed
    "span",  # "2022/2023", "2023-03/2025-12"
    "date",  # "2023-05-30" or "2023-05"
    "year",  # 2023
    "units",  # responsible units joined by 、
    "county",  # 6-digit region code, shown by its name
    "target",  # a target as printed: ≥60, 97以上, 持续增加
    "percent",  # whole number 0–100
    "flag",  # 1 or nothing
    "link",  # uid of a row of another table
    "json",  # machine text, not edited by hand
]


@dataclass(frozen=True, slots=True)
class Field:
    """One field: identifier, label, kind and what a form needs to know about it."""

    name: str
    label: str
    kind: Kind = "text"
    unit: str = ""
    choices: tuple[str, ...] = ()
    is_open: bool = False
    is_required: bool = False
    is_personal: bool = False
    limit: int = 20_000
    section: str = ""
    hint: str = ""
    meaning: str = ""  # of a field that a form makes up: the key under which models.meaning explains it


SECTORS = ("养老", "托育")
BUILD_KINDS = ("新建", "改建", "扩建", "改扩建", "迁建", "设备购置", "其他")
FACILITY_TYPES = (
    "养老服务设施",
    "养老服务机构",
    "公办养老服务机构",
    "社区居家养老服务",
    "医养结合",
    "公办托育机构",
    "普惠托育",
)
STATUSES = ("谋划", "前期", "在建", "停工", "完工", "投用", "决算", "取消")
FUNDING_SOURCES = (
    "中央预算内投资",
    "其他中央财政",
    "超长期特别国债",
    "地方政府专项债券",
    "省级财政",
    "市级财政",
    "县级财政",
    "福彩公益金",
    "企业自有",
    "银行贷款",
    "利用外资",
    "其他",
)
ITEM_KINDS = {
    "task": "任务",
    "policy": "政策",
    "element": "要素",
    "platform": "平台",
    "industry": "产业",
    "reform": "改革",
    "pilot": "试点",
    "member": "领导小组",
}
ITEM_STATES = ("未启动", "推进中", "已完成", "长期坚持")
PROPERTIES = ("约束性", "预期性")
REPORT_STATES = ("草稿", "已报", "退回", "已审", "锁定")
STAGES = ("基础开挖", "正负零", "主体施工", "主体封顶", "内部装修", "设备安装", "试运行", "交付使用")
ISSUE_STATES = ("待办", "办理中", "已销号")
ATTACHMENT_KINDS = ("批复", "照片", "凭证", "其他")

_F = Field
_PUBLISHED = _F("published", "公布值", "json")  # {field: {"text": …, "lines": [first, last]}}
_PLAN = _F("plan", "方案", "link", is_required=True)
_PROJECT = _F("project", "项目", "link", is_required=True)
_ORD = _F("ord", "次序", "count")

TABLES: dict[str, tuple[Field, ...]] = {
    "change": (
        _F("label", "操作"),
        _F("reason", "理由", "long"),
        _F("undoes", "撤销的操作", "link"),
        _F("redoes", "重做的操作", "link"),
        _F("is_floor", "撤销到此为止", "flag"),  # 2: written by the program beside a change; undo passes it by
    ),
    "plan": (
        _F("title", "方案名称", is_required=True, limit=200),
        _F("doc_no", "发文字号"),
        _F("issuer", "发文机关"),
        _F("issued_on", "印发日期", "date"),
        _F("region", "地区"),
        _F("start_year", "起始年", "year"),
        _F("end_year", "结束年", "year"),
        _F("successor", "接续方案", "link"),
        _F("key", "来源标识", "json"),
        _ORD,
        _PUBLISHED,
    ),
    "plan_total": (
        _PLAN,
        _F("label", "名目"),
        _F("scope", "范围"),
        _F("row_count", "项目数", "count"),
        _F("total_investment", "总投资", "money", "万元"),
        _F("central_request", "申请中央预算内资金", "money", "万元"),
        _ORD,
        _PUBLISHED,
    ),
    "annex": (
        _PLAN,
        _F("no", "附件号", "count"),
        _F("title", "附件名称"),
        _F("is_present", "随文公布", "flag"),
        _PUBLISHED,
    ),
    "region": (
        _F("code", "代码"),
        _F("name", "名称"),
        _F("short_name", "简称"),
        _F("level", "级别", "choice", choices=("州市", "县市区", "乡镇街道")),
        _F("parent", "上级代码"),
    ),
    "org": (
        _F("name", "单位名称", is_required=True, limit=200),
        _F("short_name", "简称"),
        _F("kind", "性质"),
        _F("region", "地区", "county"),
        _F("contact", "联系人", is_personal=True),
        _F("phone", "电话", is_personal=True),
    ),
    "org_alias": (_F("org", "单位", "link", is_required=True), _F("alias", "别名", is_required=True)),
    "project": (
        _PLAN,
        _F("list_no", "序号", "count", section="项目"),
        _F("sector", "类别", "choice", choices=SECTORS, section="项目"),
        _F("name", "项目名称", is_required=True, limit=200, section="项目"),
        _F("project_code", "项目代码", limit=40, section="项目", hint="24 位，如 2305-532801-04-01-123456"),
        _F("total_investment", "总投资", "money", "万元", section="资金", hint="可写 360、360万、3600000元"),
        _F("central_request", "申请中央资金", "money", "万元", section="资金", hint="申请中央预算内投资，不高于总投资"),
        _F("status", "状态", "choice", choices=STATUSES, section="建设"),
        _F("build_kind", "建设性质", "choice", choices=BUILD_KINDS, section="建设"),
        _F("facility_type", "项目类型", "choice", choices=FACILITY_TYPES, is_open=True, section="建设"),
        _F("span", "建设期限", "span", "年", section="建设", hint="可写 2023—2025、2023.3-2025.12"),
        _F("county", "县市区", "county", section="建设"),
        _F("place", "建设地点", limit=500, section="建设"),
        _F("content", "建设内容", "long", section="建设"),
        _F("beds", "床位", "capacity", "张", section="规模"),
        _F("nursing_beds", "护理型床位", "capacity", "张", section="规模"),
        _F("places", "托位", "capacity", "个", section="规模"),
        _F("inclusive_places", "普惠托位", "capacity", "个", section="规模"),
        _F("floor_area_m2", "建筑面积", "capacity", "㎡", section="规模"),
        _F("sites", "点位", "capacity", "个", section="规模"),
        _F("households", "户数", "capacity", "户", section="规模"),
        _F("responsible_unit", "责任单位", "units", limit=1000, section="责任", hint="几个单位用、隔开"),
        _F("owner", "业主单位", limit=200, section="责任"),
        _F("lead_units", "牵头单位", "units", limit=1000, section="责任"),
        _F("support_units", "配合单位", "units", limit=1000, section="责任"),
        _F("supervising_unit", "监管单位", "units", limit=1000, section="责任"),
        _F("leader", "包保领导", limit=100, section="责任"),
        _F("contact", "联系人", is_personal=True, limit=100, section="责任"),
        _F("phone", "联系电话", is_personal=True, limit=100, section="责任"),
        _F("remark", "备注", "long", section="责任"),
        _F("list_title", "清单"),
        _F("carried_from", "结转自", "link"),
        _PUBLISHED,
    ),
    "site": (
        _PROJECT,
        _F("name", "点位名称", is_required=True),
        _F("town", "乡镇街道"),
        _F("beds", "床位", "capacity", "张"),
        _F("places", "托位", "capacity", "个"),
        _F("started_on", "开工", "date"),
        _F("finished_on", "完工", "date"),
        _F("opened_on", "投用", "date"),
        _F("status", "状态", "choice", choices=STATUSES),
        _F("remark", "备注", "long"),
        _ORD,
    ),
    "funding": (
        _PROJECT,
        _F("source", "资金来源", "choice", choices=FUNDING_SOURCES),
        _F("planned", "计划", "money", "万元"),
        _F("allocated", "下达", "money", "万元"),
        _F("arrived", "到位", "money", "万元"),
        _F("completed", "完成", "money", "万元"),
        _F("paid", "支付", "money", "万元"),
    ),
    "allocation": (
        _PROJECT,
        _F("source", "资金来源", "choice", choices=FUNDING_SOURCES),
        _F("year", "年度", "year"),
        _F("batch", "批次"),
        _F("doc_no", "文号"),
        _F("amount", "下达金额", "money", "万元"),
        _F("allocated_on", "下达日期", "date"),
    ),
    "year_plan": (_PROJECT, _F("year", "年度", "year"), _F("amount", "年度计划", "money", "万元")),
    "milestone": (
        _PROJECT,
        _F("code", "编号"),
        _F("name", "里程碑", is_required=True),
        _F("weight", "权重", "percent", "%"),
        _F("planned", "计划", "date"),
        _F("forecast", "预计", "date"),
        _F("actual", "实际", "date"),
        _F("evidence", "依据"),
        _F("note", "说明", "long"),
        _ORD,
    ),
    "baseline": (
        _PROJECT,
        _F("no", "版次", "count"),
        _F("planned_dates", "计划日期", "json"),
        _F("reason", "调整理由", "long"),
        _F("doc_no", "批准文号"),
    ),
    "month": (
        _F("month", "月份", "date"),
        _F("is_locked", "锁定", "flag"),
        _F("due_on", "截止", "date"),
        _F("opened_by", "开启人"),
        _F("locked_by", "锁定人"),
        _F("unlock_reason", "解锁理由", "long"),
    ),
    "monthly_report": (
        _PROJECT,
        _F("month", "月份", "date"),
        _F("state", "状态", "choice", choices=REPORT_STATES),
        _F("cum_completed", "累计完成投资", "money", "万元"),
        _F("cum_arrived", "累计到位资金", "money", "万元"),
        _F("cum_paid", "累计支付资金", "money", "万元"),
        _F("central_completed", "其中中央完成", "money", "万元"),
        _F("central_arrived", "其中中央到位", "money", "万元"),
        _F("central_paid", "其中中央支付", "money", "万元"),
        _F("stage", "形象进度", "choice", choices=STAGES),
        _F("image_progress", "形象进度说明", "long"),
        _F("problem", "存在问题", "long"),
        _F("problem_kind", "问题类别"),
        _F("help_needed", "需协调事项", "long"),
        _F("next_step", "下一步", "long"),
        _F("reporter", "填报人", is_personal=True),
        _F("correction", "更正说明", "long"),
        _F("return_reason", "退回理由", "long"),
    ),
    "light_override": (
        _PROJECT,
        _F("light", "灯", "choice", choices=("红", "黄", "绿")),
        _F("reason", "理由", "long"),
        _F("expires_on", "有效至", "date"),
    ),
    "indicator": (
        _PLAN,
        _F("sector", "类别", "choice", choices=SECTORS, is_open=True),
        _F("seq", "序号", "count"),
        _F("name", "指标", is_required=True, limit=300),
        _F("unit", "单位", limit=40),
        _F("property", "属性", "choice", choices=PROPERTIES),
        _F("base_year", "基期年", "year"),
        _F("base", "基期值", "target"),
        _F("responsible_unit", "责任单位", "units", limit=1000),
        _F("source", "出处", "choice", choices=("table", "prose")),
        _F("restates", "复述的指标", "link"),
        _F("quote", "原文", "long"),
        _F("list_title", "指标表"),
        _ORD,
        _PUBLISHED,
    ),
    "indicator_target": (
        _F("indicator", "指标", "link", is_required=True),
        _F("year", "年度", "year"),
        _F("target", "目标", "target"),
    ),
    "indicator_value": (
        _F("indicator", "指标", "link", is_required=True),
        _F("period", "时期", "date"),
        _F("county", "县市区", "county"),
        _F("value", "数值"),
        _F("note", "说明", "long"),
    ),
    "goal": (
        _PLAN,
        _F("year", "年度", "year"),
        _F("name", "目标", is_required=True),
        _F("target", "目标值", "target"),
        _F("unit", "单位"),
        _F("quote", "原文", "long"),
        _ORD,
        _PUBLISHED,
    ),
    "list_item": (
        _PLAN,
        _F("kind", "清单", "choice", choices=tuple(ITEM_KINDS)),
        _F("no", "序号", "count"),
        _F("group", "分类", limit=300),
        _F("name", "名称", limit=2000, is_required=True),
        _F("measure", "主要措施", "long"),
        _F("expected", "预期成效", "long"),
        _F("responsible_unit", "责任单位", "units", limit=2000),
        _F("lead_units", "牵头单位", "units", limit=2000),
        _F("support_units", "配合单位", "units", limit=2000),
        _F("state", "状态", "choice", choices=ITEM_STATES),
        _F("list_title", "清单名称"),
        _ORD,
        _PUBLISHED,
    ),
    "progress_note": (
        _F("item", "事项", "link", is_required=True),
        _F("noted_on", "日期", "date"),
        _F("text", "进展", "long", is_required=True),
    ),
    "month_light": (
        _PROJECT,
        _F("month", "月份", "date"),
        _F("light", "灯", "choice", choices=("红", "黄", "绿")),
        _F("rule", "规则"),
        _F("why", "原因", "long"),
        _F("is_override", "人工改灯", "flag"),
    ),
    "issue": (
        _PROJECT,
        _F("text", "问题", "long", is_required=True),
        _F("kind", "类别"),
        _F("owner", "责任人"),
        _F("due_on", "时限", "date"),
        _F("state", "状态", "choice", choices=ISSUE_STATES),
        _F("raised_on", "提出日期", "date"),
        _F("closed_on", "销号日期", "date"),
    ),
    "supervision": (
        _PROJECT,
        _F("no", "编号"),
        _F("unit", "督办单位"),
        _F("text", "督办事项", "long"),
        _F("due_on", "时限", "date"),
        _F("reply", "回复", "long"),
        _F("replied_on", "回复日期", "date"),
        _F("state", "状态", "choice", choices=ISSUE_STATES),
    ),
    "attachment": (
        _F("project", "项目", "link"),
        _F("milestone", "里程碑", "link"),
        _F("kind", "类别", "choice", choices=ATTACHMENT_KINDS),
        _F("file_name", "文件名"),
        _F("sha256", "校验值"),
        _F("size", "字节", "count"),
        _F("taken_at", "日期", "date"),
        _F("caption", "说明"),
    ),
    "finding_decision": (
        _F("finding", "问题标识"),
        _F("decision", "处理", "choice", choices=("已核实", "已更正")),
        _F("reason", "理由", "long"),
    ),
    "kept_report": (
        _F("month", "月份", "date"),
        _F("kind", "报告"),
        _F("wish", "范围和选项", "json"),
        _F("link", "锁定时的校验值"),
        _F("sha256", "校验值"),
        _F("size", "字节", "count"),
    ),
    "report_edit": (
        _F("wish", "报告", "json"),
        _F("place", "段落"),
        _F("text", "文字", "long"),
        _F("basis", "当时的原文", "long"),
    ),
    "saved_view": (_F("place", "页面"), _F("name", "视图名称", is_required=True), _F("settings", "内容", "json"), _ORD),
    "setting": (_F("key", "设置"), _F("value", "值", "json")),
}


def field_of(table: str, name: str) -> Field:
    """The field `name` of `table`; KeyError when there is none."""
    for field in TABLES[table]:
        if field.name == name:
            return field
    raise KeyError(f"{table}.{name}")


def is_personal(table: str, name: str) -> bool:
    """Whether a field holds the contact of a person."""
    return any(field.name == name and field.is_personal for field in TABLES.get(table, ()))
