"""The frame around the places, kept in step with the session: names, scope, undo, figures, what was said."""

from PySide6.QtCore import QObject

from laoxiao_desktop.models.change import Change, Person
from laoxiao_desktop.ui.messages import Messages
from laoxiao_desktop.ui.session import Scope, Session
from laoxiao_desktop.ui.status_bar import StatusBar
from laoxiao_desktop.ui.top_bar import TopBar


class Frame(QObject):
    """Reads the session for the two bars and the strips; holds no widget of its own."""

    def __init__(self, session: Session, top: TopBar, messages: Messages, status: StatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._top = top
        self._messages = messages
        self._status = status
        session.ledger_opened.connect(self._show_ledger)
        session.touched.connect(self._show_change)
        session.scope_changed.connect(lambda _scope: self._show_scope())
        session.said.connect(status.say)
        session.hinted.connect(status.hint)
        session.busy.connect(status.show_busy)
        session.refused.connect(messages.refuse)
        top.plan.draw_from(self._plans)
        top.county.draw_from(self._counties)
        top.plan_chosen.connect(self._narrow_plan)
        top.county_chosen.connect(self._narrow_county)
        for undo in (top.undo_asked, status.undo_asked):
            undo.connect(self.undo)
        for redo in (top.redo_asked, status.redo_asked):
            redo.connect(self.redo)

    def undo(self) -> None:
        """Take the last change back."""
        if self._session.has_ledger and self._session.undo() is None:
            self._show_history()

    def redo(self) -> None:
        """Make it again."""
        if self._session.has_ledger and self._session.redo() is None:
            self._show_history()

    def show_person(self, person: Person) -> None:
        """Name the person at the right."""
        self._top.show_person(person.name, str(person))

    def _show_ledger(self) -> None:
        ledger = self._session.ledger
        self._messages.banner(f"只读：{ledger.read_only_reason}" if ledger.is_read_only else None, "重新打开")
        self._top.ledger.show_value(ledger.name, "示例" if ledger.is_demo else "", has_arrow=True)
        self._top.ledger.setToolTip(str(ledger.path))
        self._top.search.clear()
        self._status.fade()
        self._status.show_figures(())
        self.show_person(ledger.person)
        self._show_scope()
        self._show_history()

    def _show_change(self, change: Change) -> None:
        self._show_history()
        if "plan" in change.tables:
            self._leave_lost_plan()

    def _show_history(self) -> None:
        from laoxiao_desktop.workspace import history  # noqa: PLC0415 - SQL is loaded after the first paint

        if self._session.ledger.is_read_only:
            self._top.show_history(None, None)
        else:
            self._top.show_history(self._session.read(history.next_undo), self._session.read(history.next_redo))

    def _show_scope(self) -> None:
        scope = self._session.scope
        self._top.plan.show_choice(scope.plan)
        self._top.county.show_choice(scope.county)

    def _plans(self) -> list[tuple[str, str]]:
        from laoxiao_desktop.workspace import plans  # noqa: PLC0415 - SQL is loaded after the first paint

        return [(line.uid, line.title) for line in self._session.read(plans.all_of)]

    def _counties(self) -> list[tuple[str, str]]:
        from laoxiao_desktop.workspace import projects  # noqa: PLC0415 - SQL is loaded after the first paint

        offered = self._session.read(projects.choices, "county", self._session.scope.plan)
        return [(value, f"{title}  {count} 项") for value, title, count in offered if value]

    def _leave_lost_plan(self) -> None:
        """A plan that was taken back by 撤销 cannot be the scope any longer."""
        if self._session.scope.plan is not None and self._session.scope.plan not in dict(self._plans()):
            self._session.narrow(Scope())

    def _narrow_plan(self, plan: str | None) -> None:
        self._session.narrow(Scope(plan, None))

    def _narrow_county(self, county: str | None) -> None:
        self._session.narrow(Scope(self._session.scope.plan, county))
