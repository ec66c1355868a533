"""The reports of a month in hand while a block of figures is checked and written."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from laoxiao_desktop.errors import FieldError, UserError
from laoxiao_desktop.models import fields, monthly
from laoxiao_desktop.models.dates import add_months
from laoxiao_desktop.models.dictionary import STAGES, field_of
from laoxiao_desktop.models.monthly import APPROVED, DRAFT, MONEY, RETURNED, MonthReport, show_month
from laoxiao_desktop.models.plain_text import shortened
from laoxiao_desktop.store import months as store
from laoxiao_desktop.store import rows
from laoxiao_desktop.store.rows import Stored
from laoxiao_desktop.workspace.ledger import Ledger

Values = Mapping[str, Stored]


class Desk:
    """The reports of a month in hand while a block is checked and written: of one project, if it is named."""

    def __init__(self, ledger: Ledger, month: str, project: str | None = None) -> None:
        connection = ledger.connection
        everything = store.bound(None, None, project=project)
        self._ledger, self._month = ledger, month
        self.facts = {facts.uid: facts for facts in store.projects(connection, everything)}
        self.reports = store.reports(connection, month, project)
        self.before = store.standing(connection, {**everything, "month": add_months(month, -1)})
        self._after = store.reports(connection, add_months(month, 1), project)
        self._rows = store.report_uids(connection, month, list(self.facts))

    def accept(self, project: str, values: Values) -> None:
        """Refuses what is never accepted; keeps the merged report for the next values of the same project."""
        if project not in self.facts:
            raise UserError("这个项目已被删除。", "可以用“撤销”找回它。")
        for name, value in values.items():
            if name not in monthly.FIELDS:
                raise KeyError(name)
            if name == "stage" and value and value not in STAGES:
                raise FieldError(name, f"“{value}”不在形象进度的选项里。", f"可选：{'、'.join(STAGES)}。")
        now = self.reports.get(project) or MonthReport(None, project, self._month)
        if now.state == APPROVED:
            what = f"“{shortened(self.facts[project].name)}”{show_month(self._month)}月报已审核。"
            raise UserError(what, "要修改，请先退回并写明理由。")
        given = {name: value if value is not None or name in MONEY else "" for name, value in values.items()}
        merged = replace(now, **given)  # type: ignore[arg-type]
        for problem in monthly.never(merged, self.before.get(project), self._after.get(project)):
            raise FieldError(problem.field, f"“{shortened(self.facts[project].name)}”：{problem.message}")
        self.reports[project] = merged

    def write(self, project: str, values: Values) -> None:
        """Puts the values into the row of the project, made or brought back where need be."""
        stored: dict[str, Stored] = {name: value if value != "" else None for name, value in values.items()}
        uid, deleted = self._rows.get(project, (None, 0))
        report = self.reports.get(project)
        if uid is None:
            if all(value is None for value in stored.values()):
                return
            fresh: Values = {"project": project, "month": self._month, "state": DRAFT, **stored}
            self._rows[project] = (rows.insert(self._ledger.connection, "monthly_report", fresh), 0)
            return
        if deleted:
            stored = {**dict.fromkeys(monthly.FIELDS), **stored, "deleted": 0, "state": DRAFT, "return_reason": None}
        elif report is not None and report.state == RETURNED:
            stored["state"] = DRAFT
        rows.update(self._ledger.connection, "monthly_report", uid, stored)

    def label(self, block: Sequence[tuple[str, Values]]) -> str:
        """What filling this block is called."""
        if len(block) != 1:
            return f"填写{show_month(self._month)}月报 {len(block)} 行"
        uid, values = block[0]
        name = shortened(self.facts[uid].name)
        if len(values) != 1:
            return f"“{name}”{show_month(self._month)}月报填写 {len(values)} 处"
        ((key, value),) = values.items()
        field = field_of("monthly_report", key)
        if field.is_personal:
            return f"“{name}”{show_month(self._month)}修改“{field.label}”"
        shown = shortened(fields.show(field, value))
        what = f"“{field.label}”改为 {shown}" if shown else f"清空“{field.label}”"
        return f"“{name}”{show_month(self._month)}{what}"
