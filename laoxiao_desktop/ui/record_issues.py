"""问题: what stands in the way and who clears it by when; 督办: what was ordered in writing, with the reply."""

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.issue import CLOSED, OPEN, WORKING, Issue, Supervision
from laoxiao_desktop.models.lights import Light
from laoxiao_desktop.models.units import split_units
from laoxiao_desktop.ui.record_choices import Option
from laoxiao_desktop.ui.record_fold import Entry
from laoxiao_desktop.ui.record_fold_list import FoldList, listed_options
from laoxiao_desktop.ui.record_form import Form
from laoxiao_desktop.ui.record_notes import Note
from laoxiao_desktop.ui.record_sheet import EmptyPart, Heading, bring_into_view, sheet_in, write
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.workspace import glances, issues, projects

_ISSUE = tuple(field_of("issue", name) for name in ("text", "kind", "owner", "due_on", "state", "raised_on"))
_NEW = tuple(field_of("issue", name) for name in ("text", "owner", "due_on", "kind"))
_ORDER = tuple(
    field_of("supervision", name) for name in ("unit", "text", "due_on", "reply", "replied_on", "state", "no")
)
_NEW_ORDER = tuple(field_of("supervision", name) for name in ("unit", "text", "due_on"))
REPLY_DAYS = 15  # proposed for a reply; a person sets the day


class IssuesPage(QScrollArea):
    """The problems of the project in hand, and the orders sent for it. `way_wanted` leads to their paper."""

    way_wanted = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._project = ""
        self._values: Mapping[str, Stored] = {}
        self._light: Light | None = None
        self._build()

    def _build(self) -> None:
        theme = self._theme
        self._sheet, layout = sheet_in(self, "问题")
        self.proposal = EmptyPart(theme, self._sheet)
        self.proposal.pressed.connect(self._order_from_light)
        self.head = Heading("问题", theme, self._sheet, (("add", "登记问题"),))
        self.head.chosen.connect(lambda _: self.form.start())
        self.form: Form = Form(_NEW, "登记问题", theme, self._sheet, self._offered)
        self.form.submitted.connect(self._add)
        self.list = FoldList(_ISSUE, theme, self._save, self._sheet, self._offered)
        self.list.linked.connect(self._follow)
        self.order_head = Heading("督办", theme, self._sheet, (("add", "发督办单"),))
        self.order_head.chosen.connect(lambda _: self.begin_order())
        self.order = Form(_NEW_ORDER, "发出督办单", theme, self._sheet, self._offered)
        self.order.submitted.connect(self._supervise)
        self.orders = FoldList(_ORDER, theme, self._save_order, self._sheet, self._offered)
        self.orders.linked.connect(self._follow_order)
        for part in (
            self.proposal,
            self.head,
            self.form,
            self.list,
            self.order_head,
            self.order,
            self.orders,
        ):
            layout.addWidget(part)
        layout.addStretch(1)
        for lists in (self.list, self.orders):
            lists.turned.connect(lambda row: bring_into_view(self, row, theme))
        for form in (self.form, self.order):
            form.opened.connect(lambda opened: bring_into_view(self, opened, theme))
            form.left.connect(self.focus_first)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.proposal.restyle()
        for part in (self.head, self.order_head):
            part.restyle()
        for form in (self.form, self.order):
            form.restyle()
        for listed in (self.list, self.orders):
            listed.restyle()

    def focus_first(self) -> None:
        """Give the keyboard to the first thing on the page."""
        first = next(iter((*self.list.rows, *self.orders.rows)), None)
        target: QWidget = first.head if first is not None else self.head.link("add")
        if not self.proposal.button.isHidden() and not self.proposal.isHidden():
            target = self.proposal.button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_project(self, uid: str, values: Mapping[str, Stored]) -> None:
        """Read and show the problems and orders of a project; open editors of the same project stay."""
        if uid != self._project:
            self.form.hide()
            self.order.hide()
            self.list.forget()
            self.orders.forget()
            self.verticalScrollBar().setValue(0)
        self._project, self._values = uid, values
        is_editable = not self._session.ledger.is_read_only
        glance = self._session.read(glances.of, [uid]).get(uid)
        self._light = glance.light if glance else None
        today = clock.today().isoformat()
        problems = self._session.read(issues.of, uid)
        orders = self._session.read(issues.supervisions, uid)
        self.list.show_entries([told(one, today) for one in problems], is_editable=is_editable)
        self.orders.show_entries([told_order(one, today) for one in orders], is_editable=is_editable)
        waiting = sum(one.is_open for one in problems)
        said = f"{waiting} 个未销号" if waiting else "都已销号" if problems else "还没有登记"
        self.head.say("问题", said)
        asked = sum(one.is_open and not one.reply for one in orders)
        self.order_head.say("督办", f"{asked} 张待回复" if asked else "" if orders else "还没有发过督办单")
        for head in (self.head, self.order_head):
            head.link("add").setVisible(is_editable)
        self._propose(orders, is_editable)

    def _propose(self, orders: Sequence[Supervision], is_editable: bool) -> None:
        """A red project without an open order: one press sends it; otherwise nothing is proposed."""
        light = self._light
        is_due = light is not None and light.colour == "红" and not any(one.is_open for one in orders)
        self.proposal.setVisible(is_due and is_editable)
        if is_due and light is not None:
            unit, _, due_on = self._proposed()
            words = f"红灯：{light.why.split('；')[0]}。"
            to_whom = (
                f"向{unit}发督办单，{due_on.replace('-', '.')} 前回复。" if unit else "还没有责任单位，先写督办单位。"
            )
            self.proposal.say(f"{words}\n{to_whom}", "发督办单" if unit else "写督办单…")

    def _proposed(self) -> tuple[str, str, str]:
        """(unit, text, day of reply) of an order for this project, from its light."""
        units = split_units(str(self._values.get("responsible_unit") or ""))
        due_on = (clock.today() + dt.timedelta(days=REPLY_DAYS)).isoformat()
        if self._light is None or self._light.colour == "绿":
            return (units[0] if units else ""), "", due_on
        why = self._light.why.split("\n")[0].rstrip("。")
        name = str(self._values.get("name") or "")
        text = f"{name}：{why}。请查明原因，提出赶工措施和完成时限，并书面回复。"
        return (units[0] if units else ""), text, due_on

    # Problems

    def _add(self, values: dict[str, Stored]) -> None:
        change, refusal = write(self._session, issues.add, self._project, values)
        if change is None:
            self.form.refuse(refusal)
            return
        self.form.close_form()
        if change.created is not None:
            self.list.open(change.created)

    def _save(self, uid: str, field: Field, stored: Stored) -> str:
        return write(self._session, issues.edit, uid, {field.name: stored})[1]

    def _follow(self, uid: str, key: str) -> None:
        if key == "close":
            self._session.run(issues.close, uid)
        elif key == "delete":
            self._session.run(issues.delete, uid)
        elif key == "order":
            text = next((str(row.entry.values["text"]) for row in self.list.rows if row.uid == uid), "")
            self.begin_order(text)
        else:
            self._session.run(issues.edit, uid, {"state": key})

    # Orders

    def _order_from_light(self) -> None:
        unit, text, due_on = self._proposed()
        if not unit:
            self.begin_order()
            return
        self._supervise({"unit": unit, "text": text, "due_on": due_on})

    def begin_order(self, text: str = "") -> None:
        """The form of an order, filled as far as the project tells."""
        unit, proposed, due_on = self._proposed()
        self.order.start({"unit": unit, "text": text or proposed, "due_on": due_on}, edit="text" if unit else "unit")

    def _supervise(self, values: dict[str, Stored]) -> None:
        unit, text, due_on = (str(values.get(name) or "") for name in ("unit", "text", "due_on"))
        change, refusal = write(self._session, issues.supervise, self._project, unit, text, due_on)
        if change is None:
            if self.order.isHidden():
                self.order.start(values)
            self.order.refuse(refusal)
            return
        self.order.hide()
        if change.created is not None:
            self.orders.open(change.created)

    def _save_order(self, uid: str, field: Field, stored: Stored) -> str:
        if field.name == "reply" and stored:
            return write(self._session, issues.reply, uid, str(stored))[1]
        return write(self._session, issues.edit_supervision, uid, {field.name: stored})[1]

    def _follow_order(self, uid: str, key: str) -> None:
        if key == "close":
            self._session.run(issues.close_supervision, uid)
        elif key == "print":
            self.way_wanted.emit(Place("reports", f"supervise:{self._project}"))
        else:
            self.orders.open(uid, edit="reply")

    def _offered(self, field: Field) -> Sequence[Option]:
        if field.name == "unit":
            counted = self._session.read(projects.choices, "responsible_unit")
            return [Option(name, f"{count} 项") for name, _, count in counted if name]
        if field.name == "owner":
            own = (self._values.get("leader"), self._values.get("contact"), self._values.get("responsible_unit"))
            return [Option(str(name)) for name in dict.fromkeys(own) if name]
        return listed_options(field)


def told(one: Issue, today: str) -> Entry:
    """A problem in one row."""
    is_late = one.is_overdue(today)
    parts = (
        one.owner or "没有责任人",
        f"{'已过时限' if is_late else '时限'} {one.due_on.replace('-', '.')}" if one.due_on else "没有时限",
        f"{one.closed_on.replace('-', '.')} 销号" if one.closed_on else "",
    )
    values: dict[str, Stored] = {field.name: getattr(one, field.name) or None for field in _ISSUE}
    states = {
        OPEN: ((WORKING, "开始办理"), ("close", "销号")),
        WORKING: (("close", "销号"),),
        CLOSED: ((OPEN, "重新办理"),),
    }
    more = (("order", "督办"), ("delete", "删除")) if one.is_open else (("delete", "删除"),)
    return Entry(
        one.uid,
        one.text,
        "　".join(part for part in parts if part),
        one.state,
        "redt" if is_late else "text3" if not one.is_open else "text2",
        mark="红" if is_late else "checkmark_circle" if not one.is_open else "info",
        values=values,
        links=(*states.get(one.state, states[OPEN]), *more),
        is_quiet=not one.is_open,
    )


def told_order(one: Supervision, today: str) -> Entry:
    """A 督办单 in one row."""
    is_late = one.is_overdue(today)
    due = f"{'已过时限' if is_late else '时限'} {one.due_on.replace('-', '.')}" if one.due_on else ""
    replied = f"{one.replied_on.replace('-', '.')} 回复" if one.replied_on else "未回复"
    values: dict[str, Stored] = {field.name: getattr(one, field.name) or None for field in _ORDER}
    links = (("reply", "登记回复"),) if not one.reply else (("close", "销号"),) if one.is_open else ()
    notes = (Note("hint", "登记回复后可以销号。"),) if not one.reply else ()
    return Entry(
        one.uid,
        f"{one.no}　{one.unit}",
        "　".join(part for part in (due, replied) if part),
        one.state,
        "redt" if is_late else "text3" if not one.is_open else "text2",
        mark="红" if is_late else "checkmark_circle" if not one.is_open else "flag",
        values=values,
        links=(*links, ("print", "打印")),
        notes=notes,
        is_quiet=not one.is_open,
        tooltip=one.text,
    )
