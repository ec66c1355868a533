"""The official meaning of everything that is shown: definition, unit, rule and source, found by a key.

Keys: `table.field` of the dictionary, `figure.…`, `column.…`, `light.…`, `option.…`, `setting.…`.
"""

from dataclasses import dataclass
from typing import Final

from laoxiao_desktop.models import monthly
from laoxiao_desktop.models.dictionary import TABLES
from laoxiao_desktop.models.meaning_fields import FIELDS, MONTHLY_REST, MONTHLY_RULES, SOURCES
from laoxiao_desktop.models.meaning_figures import FIGURES, OPTIONS
from laoxiao_desktop.models.table_labels import TABLE_LABELS

UNSEEN_TABLES: Final = frozenset(  # of the machine, or shown by their own places without fields
    {"change", "region", "org", "org_alias", "month_light", "finding_decision", "kept_report", "report_edit",
     "saved_view", "setting"}
)  # fmt: skip
UNSEEN: Final = frozenset({"ord", "published", "sha256", "planned_dates", "opened_by", "locked_by", "is_locked"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What something officially means: its name and unit, the definition, the rule it keeps, where both come from."""

    key: str
    name: str
    unit: str
    definition: str
    rule: str
    source: str

    @property
    def title(self) -> str:
        """The name with its unit."""
        return f"{self.name}（{self.unit}）" if self.unit else self.name

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, a line for each part."""
        return self.title, self.definition, f"规则：{self.rule}", f"来源：{self.source}"


def shown_fields() -> tuple[str, ...]:
    """The keys of all fields that people see."""
    return tuple(
        f"{table}.{field.name}"
        for table, fields in TABLES.items()
        if table not in UNSEEN_TABLES
        for field in fields
        if field.name not in UNSEEN and (field.kind not in ("link", "json"))
    )


def of(key: str) -> Meaning | None:
    """The meaning of a key; None where nothing is told."""
    if key in FIGURES or key in OPTIONS:
        return Meaning(key, *(FIGURES.get(key) or OPTIONS[key]))
    table, _, name = key.partition(".")
    field = next((one for one in TABLES.get(table, ()) if one.name == name), None)
    if field is None:
        return None
    if table == "monthly_report":
        definition = monthly.DEFINITIONS.get(name, MONTHLY_REST.get(name, ""))
        rule, source = MONTHLY_RULES.get(name, ""), SOURCES[table]
    else:
        told = FIELDS.get(table, {}).get(name)
        if told is None:
            return None
        definition, rule = told[0], told[1]
        source = told[2] if len(told) == 3 else SOURCES[table]
    return Meaning(key, field.label, field.unit, definition, rule, source)


def page() -> str:
    """All meanings as the page of the manual that lists them."""
    parts = ["# 名词和口径", "", _INTRO]
    for title, keys in _sections():
        found = [meaning for key in keys if (meaning := of(key)) is not None]
        if found:
            parts += ["", f"## {title}", "", "| 名称 | 含义 | 规则 | 来源 |", "|---|---|---|---|"]
            parts += [f"| {one.title} | {one.definition} | {one.rule} | {one.source} |" for one in found]
    return "\n".join(parts) + "\n"


def _sections() -> list[tuple[str, list[str]]]:
    def some(start: str) -> list[str]:
        return [key for key in (*FIGURES, *OPTIONS) if key.startswith(start)]

    tables: dict[str, list[str]] = {}
    for key in shown_fields():
        tables.setdefault(key.partition(".")[0], []).append(key)
    return [
        ("总览的数字", some("figure.")),
        ("红黄绿灯的规则", some("light.")),
        *((TABLE_LABELS[table], keys) for table, keys in tables.items()),
        ("由程序算出的列", some("column.")),
        ("报告的选项", some("option.")),
        ("设置", some("setting.")),
    ]


_INTRO: Final = (
    "鼠标停在一项上，或者键盘在这一项时按 F1，看到的就是这里的解释。“本程序约定”是程序自己的规定，其余的照所写的来源。"
)
