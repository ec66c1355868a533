"""月度调度: one grid for the month: last month's figures beside the new ones, states, what is missing, the lock."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dates import add_months
from laoxiao_desktop.models.monthly import MonthRow, show_month
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.ui import keys
from laoxiao_desktop.ui.grid_options import options_for
from laoxiao_desktop.ui.monthly_actions import MonthActions
from laoxiao_desktop.ui.monthly_bar import MonthBar
from laoxiao_desktop.ui.monthly_columns import COLUMNS, INDEX, titles
from laoxiao_desktop.ui.monthly_exchange import MonthExchange
from laoxiao_desktop.ui.monthly_filter import Asked, accepts, choices, gathering, ordered
from laoxiao_desktop.ui.monthly_head import MonthHead
from laoxiao_desktop.ui.monthly_help import HelpStrip
from laoxiao_desktop.ui.monthly_keys import KEYS
from laoxiao_desktop.ui.monthly_layout import MonthLayout
from laoxiao_desktop.ui.monthly_lock import MonthLock
from laoxiao_desktop.ui.monthly_standing import figures_of, standing_of, title_menu
from laoxiao_desktop.ui.monthly_table import MonthTable
from laoxiao_desktop.ui.monthly_view import MonthView
from laoxiao_desktop.ui.projects_columns import ColumnsPopup
from laoxiao_desktop.ui.projects_empty import READ, EmptyPage
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import month_facts, months, plans, projects

_TOUCHING = frozenset(
    {"month", "monthly_report", "project", "plan", "milestone", "year_plan", "funding", "light_override", "setting"}
)
_MONTHS_OFFERED = 6


class MonthlyPlace(QWidget):
    """Shows one month of all projects in scope and takes it from draft to lock.

    `figures_changed` gives (label, value) for the status line; `search_cleared` that the search field should empty.
    """

    title = "月度调度"
    icon = "calendar_month"
    key = "monthly"
    KEYS = KEYS

    figures_changed = Signal(object)
    search_cleared = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self.month = ""
        self._rows: list[MonthRow] = []
        self._asked = Asked()
        self._search = ""
        self._found: frozenset[str] | None = None
        self._is_stale = True
        self._last_figures: tuple[tuple[str, str], ...] = ()
        self.table = MonthTable(self)
        self.view = MonthView(self.table, theme, self)
        self.actions_of_month = MonthActions(session, theme, self.view)
        self.head = MonthHead(theme, self)
        self.bar = MonthBar(theme, self.actions_of_month.work, self)
        self.help = HelpStrip(theme, self)
        self.empty = EmptyPage(theme, self)
        self.layout_of_columns = MonthLayout(theme, self.view, session.settings)
        self.lock = MonthLock(session, theme, self.view)
        self.exchange = MonthExchange(session, theme, self)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._tell_selection)
        self.heart: QWidget = self.view  # the keyboard goes here; a focus proxy would take the bar from Tab
        self._build()
        self._connect()
        if session.has_ledger:
            self._choose_month()

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, self.bar):
            column.addWidget(part)
        column.addWidget(self._stack, 1)
        column.addWidget(self.help)

    def _connect(self) -> None:
        session, view, head, actions = self._session, self.view, self.head, self.actions_of_month
        session.ledger_opened.connect(self._choose_month)
        session.ledger_closing.connect(view.delegate.finish)
        session.scope_changed.connect(lambda _: self._ask_later())
        session.touched.connect(self._on_touched)
        self.bar.values = lambda field: choices(field, self._rows, self._is_wrong)
        self.bar.changed.connect(lambda field, values: self._set(self._asked.filtered(field, values)))
        self.bar.grouped.connect(lambda group: self._set(replace(self._asked, group=group)))
        self.bar.columns_asked.connect(self._open_columns)
        head.month_chosen.connect(self.show_month)
        head.open_asked.connect(self.lock.ask_to_open)
        head.count_pressed.connect(lambda key: self._set(self._asked.pressed(key)))
        head.lock_asked.connect(lambda: self.lock.ask_to_lock(self.month))
        head.unlock_asked.connect(lambda: self.lock.ask_to_unlock(self.month))
        head.forms_asked.connect(lambda: self.exchange.give_out(self.month, self._rows))
        head.intake_asked.connect(lambda: self.exchange.take_back(self.month))
        head.chase_asked.connect(lambda: self.exchange.chase(self.month))
        self.lock.opened.connect(self.show_month)
        view.selected.connect(self._later.start)
        view.heading_clicked.connect(self._turn_group)
        view.context_menu_asked.connect(lambda at: actions.menu().popup(at))
        view.delegate.options = lambda field: options_for(session, field)
        view.delegate.left.connect(self._stop_preview)
        view.header.order_asked.connect(lambda order: self._set(replace(self._asked, order=order)))
        view.header.menu_asked.connect(
            lambda name, at: title_menu(
                name, at, self, lambda order: self._set(replace(self._asked, order=order)), self.layout_of_columns
            )
        )
        view.painter_of_cells.who = self._who
        self.empty.pressed.connect(self._help_empty)
        QShortcut(QKeySequence("F5"), self, self.ask, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.bind(view, "Esc", self._escape)

    # --- what a window asks of a place ---------------------------------------------------------------------------

    def set_search(self, text: str) -> None:
        """Show the projects that match, from the first character."""
        if text != self._search:
            self._search = text
            self.view.set_words(text)
            self._show_rows()

    def activate(self) -> None:
        """The place comes to the front."""
        if self._is_stale and self._session.has_ledger:
            self.ask()
        (self.view if self._stack.currentWidget() is self.view else self.empty.button).setFocus()
        self.figures_changed.emit(self._last_figures)

    def copy(self) -> None:
        """Ctrl+C of the window."""
        self.actions_of_month.copy_cells()

    def show_uid(self, uid: str) -> None:
        """Take a project in hand, whatever the conditions."""
        if self.table.row_of_uid(uid) is None:
            self._clear()
            self.table.close_groups(())
        row = self.table.row_of_uid(uid)
        if row is not None:
            self.view.choose_row(row, INDEX["cum_completed"])

    # --- asking --------------------------------------------------------------------------------------------------

    def _choose_month(self) -> None:
        self.table.forget_typed()
        known = self._session.read(months.months)
        kept = self._session.settings.text("monthly.month")
        newest = known[0].month if known else ""
        self.month = kept if any(line.month == kept for line in known) else newest
        self.ask()
        self._take_first()

    def show_month(self, month: str) -> None:
        """Show another month."""
        self.month = month
        self._session.settings.put("monthly.month", month)
        self.ask()
        self._take_first()

    def ask(self) -> None:
        """Read the month again and show it; the project in hand stays in hand."""
        self._is_stale = False
        scope = self._session.scope
        known = self._session.read(months.months)
        if not known:
            self.month = ""
        elif all(line.month != self.month for line in known):
            self.month = known[0].month
        self.actions_of_month.month = self.month
        self._rows = self._session.read(months.grid, self.month, Scope(scope.plan, scope.county)) if self.month else []
        self._show_rows()

    def _ask_later(self) -> None:
        if self.isVisible():
            self.ask()
        else:
            self._is_stale = True

    def _on_touched(self, change: Change) -> None:
        writing = self.actions_of_month.writing
        if writing is not None and change.tables == {"monthly_report"}:
            self._reread(writing)
        elif not change.tables.isdisjoint(_TOUCHING):
            self._ask_later()

    def _reread(self, uids: frozenset[str]) -> None:
        """Read a few projects again; everything else stays."""
        places = {Scope(row.facts.plan, row.facts.county or None) for row in self._rows if row.uid in uids}
        found = [row for place in places for row in self._session.read(months.grid, self.month, place, uids)]
        fresh = {row.uid: row for row in found}
        self._rows = [fresh.get(row.uid, row) for row in self._rows]
        self._show_rows()

    def _set(self, asked: Asked) -> None:
        self._asked = asked
        self._show_rows()

    # --- showing -------------------------------------------------------------------------------------------------

    def _is_wrong(self, row: MonthRow) -> bool:
        return bool(self.table.pending(row.uid)) or any(problem.severity == "error" for problem in row.problems)

    def _show_rows(self) -> None:
        if not self.month:
            self._show_nothing()
            return
        self.table.turn_to(self.month)
        held = self._hold()
        wanted = self._searched()
        shown = [
            row
            for row in self._rows
            if (wanted is None or row.uid in wanted) and accepts(self._asked, row, self._is_wrong)
        ]
        shown = ordered(shown, self._asked.order)
        plan_titles = {plan.uid: plan.title for plan in self._session.read(plans.all_of)}
        standing = standing_of(self._session.read(months.months), self.month, self._rows, self._is_wrong)
        ledger = self._session.ledger
        if standing.is_locked:
            self.table.forget_typed(of_all_months=False)
        self.table.is_editable = not standing.is_locked and not ledger.is_read_only
        gather = gathering(self._asked.group, self._asked.order, plan_titles)
        self.table.show(shown, gather, is_grouped=bool(self._asked.group))
        self.view.lay_rows()
        self.view.header.titles = titles(self.month)
        self.view.header.set_order(self._asked.order)
        self.actions_of_month.allow(is_editable=self.table.is_editable)
        known = [(line.month, line.is_locked) for line in self._session.read(months.months)]
        following = self._session.read(months.next_month)
        self.head.show_standing(standing, known, following, clock.today(), is_editable=not ledger.is_read_only)
        self.bar.show_state(self._asked.conditions, self._asked.group)
        for part in (self.head, self.bar, self.help):
            part.show()
        self._give_back(held)
        if not shown:
            self._explain_empty()
        self._stack.setCurrentWidget(self.view if shown else self.empty)
        self._later.start()

    def _searched(self) -> frozenset[str] | None:
        if not self._search.strip():
            return None
        found = self._session.read(projects.find, Query(search=self._search))
        ids: Sequence[int] = found.ids  # type: ignore[assignment]  # an array of ids
        return frozenset(self._session.read(projects.uids_of, ids))

    def _hold(self) -> tuple[str | None, int, int]:
        index = self.view.currentIndex()
        bar = self.view.verticalScrollBar().value()
        return (self.table.uid_at(index.row()) if index.isValid() else None), index.column(), bar

    def _give_back(self, held: tuple[str | None, int, int]) -> None:
        uid, column, bar = held
        row = self.table.row_of_uid(uid) if uid is not None else None
        if row is None:
            return
        index = self.view.currentIndex()
        said = self.table.said(index.row())
        if index.row() != row and not (said is not None and said.line.uid == uid):
            self.view.take(self.table.index(row, max(0, column)))
            self.view.verticalScrollBar().setValue(bar)
            self.view.scrollTo(self.table.index(row, max(0, column)))

    def _take_first(self) -> None:
        for row in range(self.table.rowCount()):
            if self.table.line(row) is not None:
                self.view.choose_row(row, INDEX["cum_completed"])
                return

    # --- nothing to show -----------------------------------------------------------------------------------------

    def _show_nothing(self) -> None:
        for part in (self.head, self.bar, self.help):
            part.hide()
        self.table.show((), lambda lines: (), is_grouped=False)
        month = self._session.read(months.next_month) if self._session.has_ledger else ""
        can_write = self._session.has_ledger and not self._session.ledger.is_read_only
        sentence = "还没有开始月度调度。开启一个月后，每个项目一行，逐月填累计完成、到位和支付，上月的数列在旁边对照。"
        if self._session.has_ledger and self._session.ledger.summary().projects == 0:
            self.empty.say("台账里还没有项目。先读入公布的方案或单位的清单，再开启月度调度。", READ)
        else:
            self.empty.say(sentence, f"开启{show_month(month)}…" if can_write and month else "")
        self._stack.setCurrentWidget(self.empty)
        self._last_figures = ()
        self.figures_changed.emit(())

    def _explain_empty(self) -> None:
        if self._asked.conditions or self._search.strip():
            self.empty.say("没有符合条件的项目。", "清除条件")
        else:
            self.empty.say("所选的方案和县市里没有项目。", "")

    def _help_empty(self) -> None:
        if self.month:
            self._clear()
            self.view.setFocus()
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        latest = clock.today().isoformat()[:7]
        wanted = self._session.read(months.next_month)
        for back in range(_MONTHS_OFFERED):
            month = add_months(latest, -back)
            due = date.fromisoformat(self._session.read(month_facts.due_day_of, month))
            told = f"{show_month(month)}　{due.month}月{due.day}日应报齐{'，已过' if due < clock.today() else ''}"
            action = menu.addAction(told)
            action.triggered.connect(lambda _=False, month=month: self.lock.ask_to_open(month))
            if month == wanted:
                menu.setActiveAction(action)
        menu.popup(self.empty.button.mapToGlobal(self.empty.button.rect().bottomLeft()))

    def _clear(self) -> None:
        self._search = ""
        self.search_cleared.emit()
        self.view.set_words("")
        self._set(replace(self._asked, conditions={}))

    def _escape(self) -> None:
        """Esc in the grid: forget a wrong value in the cell, then the selection of many, then the conditions."""
        index = self.view.currentIndex()
        line = self.table.line(index.row()) if index.isValid() else None
        name = COLUMNS[index.column()].name if index.isValid() else ""
        if line is not None and self.table.draft(line.uid, name) is not None:
            self.table.keep_draft(line.uid, name, None)
        elif line is not None and name in self.table.pending(line.uid):
            self.actions_of_month.take_way(line.uid, name, "restore")
        elif len(self.actions_of_month.selected()) > 1 and line is not None:
            self.view.take(index)
        elif self._asked.conditions or self._search:
            self._clear()

    def _stop_preview(self) -> None:
        cells = self.view.painter_of_cells
        if cells.typed is not None:
            uid, cells.typed = cells.typed[0], None
            self.table.preview(uid, None)

    def _turn_group(self, value: str) -> None:
        self.table.close_groups(self.table.rows.closed ^ {value})
        self.view.lay_rows()

    # --- what is in hand -----------------------------------------------------------------------------------------

    def _tell_selection(self) -> None:
        if not self._session.has_ledger or not self.month:
            return
        index = self.view.currentIndex()
        row = index.row()
        line = self.table.line(row) if index.isValid() else None
        column = max(0, index.column())
        if line is None and (said := self.table.said(row)) is not None:
            line, column = said.line, INDEX["correction"]
        who = self._who(line.uid) if line is not None and COLUMNS[column].name == "state" else ""
        if (group := self.table.heading(row)) is not None:
            self.help.show_group(group)
        else:
            self.help.show_cell(line, column, who, is_said=column == INDEX["correction"])
        chosen = self.actions_of_month.selected()
        self.bar.show_selected(len(chosen))
        figures = figures_of(self.table.lines, chosen, self.view.selected_columns(), self.month)
        if figures != self._last_figures:
            self._last_figures = figures
            self.figures_changed.emit(self._last_figures)

    def _who(self, uid: str) -> str:
        """Who brought the report to its state, and when."""
        for line in self._session.read(months.trail, uid, self.month):
            if line.field == "state":
                return f"{line.new or ''}：{line.actor}　{line.at[:16].replace('T', ' ')}"
        return ""

    # --- menus ---------------------------------------------------------------------------------------------------

    def _open_columns(self, anchor: QWidget) -> None:
        popup = ColumnsPopup(self.view.header.names(), self._theme, self, COLUMNS)
        popup.changed.connect(self.layout_of_columns.choose)
        popup.reset.connect(lambda: self.layout_of_columns.choose(None))
        popup.open_below(anchor)
