"""项目: the grid of all projects with its filter bar, and the record in hand at the right."""

from array import array
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.money import show_money_fixed
from laoxiao_desktop.models.query import Sums
from laoxiao_desktop.ui.filter_bar import TITLES, FilterBar
from laoxiao_desktop.ui.grid_columns import COLUMNS, INDEX
from laoxiao_desktop.ui.grid_options import options_for
from laoxiao_desktop.ui.grid_table import GridTable
from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.projects_actions import ProjectActions
from laoxiao_desktop.ui.projects_columns import ColumnsPopup
from laoxiao_desktop.ui.projects_empty import EmptyPage
from laoxiao_desktop.ui.projects_layout import ColumnLayout
from laoxiao_desktop.ui.projects_menus import Views, group_menu, title_menu
from laoxiao_desktop.ui.projects_state import BUILT_IN, GROUP_TITLES, ViewState, from_settings
from laoxiao_desktop.ui.record_pane import RecordPane
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Plain, Settings
from laoxiao_desktop.workspace import projects

PANE_WIDTH, WIDE_PANE, NARROW_PANE = 376, 420, 360
WIDE, NARROW, TINY = 1600, 1200, 900  # widths of the window at which the measures change
_MOST_KEPT = 2000  # selected rows that are selected again after the rows changed
_PANE_DELAY = 60  # ms; while ↓ is held down the pane waits


class ProjectsPlace(QWidget):
    """Shows, filters, groups and edits projects.

    `figures_changed` gives (label, value) for the status line; `search_cleared` that the search field should empty.
    """

    title: ClassVar = "项目"
    icon: ClassVar = "table_simple"
    key: ClassVar = "projects"

    figures_changed = Signal(object)
    search_cleared = Signal()

    def __init__(
        self, session: Session, theme: Theme, parent: QWidget | None = None, *, settings: Settings | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._settings = settings or Settings()
        self._state = BUILT_IN[0][1]
        self._view_name = BUILT_IN[0][0]
        self._named_state = self._state
        self._search = ""
        self._is_stale = True
        self._figures: list[tuple[str, str]] = []
        self.table = GridTable(session, self)
        self.view = GridView(self.table, theme, self)
        self.bar = FilterBar(session, theme, self)
        self.empty = EmptyPage(theme, self)
        self.pane = RecordPane(session, theme, self)
        self.views = Views(session, theme, self)
        self.actions_of_grid = ProjectActions(session, theme, self.view)
        self.columns = ColumnLayout(theme, self.view, self._settings)
        self._build()
        self._connect()
        self._restore()

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        self._left = left
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)
        self._pane_timer = QTimer(self, singleShot=True, interval=_PANE_DELAY)
        self._figures_timer = QTimer(self, singleShot=True, interval=0)

    def _connect(self) -> None:
        session, view = self._session, self.view
        session.ledger_opened.connect(self._on_opened)
        session.ledger_closed.connect(self.table.reread)
        session.scope_changed.connect(lambda _: self._ask_later())
        session.touched.connect(self._on_touched)
        self.bar.changed.connect(self._filter)
        self.bar.menu_asked.connect(self._open_menu)
        self.views.chosen.connect(self._choose_view)
        self.views.named.connect(self._name_view)
        view.header.order_asked.connect(lambda order: self._set(replace(self._state, order=order)))
        view.header.menu_asked.connect(self._open_title_menu)
        self.columns.chosen.connect(lambda names: self._set(replace(self._state, columns=names), asks=False))
        view.row_chosen.connect(lambda _: self._pane_timer.start())
        view.selected.connect(self._figures_timer.start)
        view.heading_clicked.connect(self._turn_group)
        view.delegate.options = lambda field: options_for(session, field)
        view.delegate.put = self.actions_of_grid.put
        view.context_menu_asked.connect(self._open_context_menu)
        self.actions_of_grid.defaults = self._defaults
        self.actions_of_grid.made.connect(self._show_new)
        self.empty.pressed.connect(self._help_empty)
        self.pane.closed.connect(lambda: self.show_pane(False))
        self.pane.step.connect(self.step)
        self.pane.wanted.connect(self._show_new)
        self.splitter.splitterMoved.connect(lambda *_: self._remember_pane())
        self._pane_timer.timeout.connect(self._show_in_pane)
        self._figures_timer.timeout.connect(self._tell_figures)
        for keys, do in (("F4", self.toggle_pane), ("F5", self.ask)):
            QShortcut(QKeySequence(keys), self, do, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Esc"), view, self._escape, context=Qt.ShortcutContext.WidgetShortcut)

    def _restore(self) -> None:
        kept = self._settings.get("projects.state")
        if isinstance(kept, dict):
            self._state = from_settings(dict(kept))
            self._view_name = self._settings.text("projects.view", self._view_name)
            self._named_state = next((s for name, s in BUILT_IN if name == self._view_name), self._state)
        self.pane.setVisible(self._settings.flag("projects.pane", True))
        self._show_state()
        if self._session.has_ledger:
            self.ask()
            self._take_first()

    # --- what a window asks of a place ---------------------------------------------------------------------------

    def set_search(self, text: str) -> None:
        """Show the projects that match, from the first character."""
        if text != self._search:
            self._search = text
            self.ask()

    def activate(self) -> None:
        """The place comes to the front."""
        if self._is_stale and self._session.has_ledger:
            self.ask()
        (self.view if self._stack.currentWidget() is self.view else self.empty.button).setFocus()
        self.figures_changed.emit(self._figures)

    def copy(self) -> None:
        """Ctrl+C of the window."""
        self.actions_of_grid.copy_cells()

    def show_uid(self, uid: str) -> None:
        """Take a project in hand, wherever it stands; conditions that hide it are dropped."""
        if self.table.row_of_uid(uid) is None:
            self.clear_conditions()
        row = self.table.row_of_uid(uid)
        if row is not None:
            self.view.choose_row(row, INDEX["name"])

    # --- asking --------------------------------------------------------------------------------------------------

    @property
    def state(self) -> ViewState:
        """What the grid is set to now."""
        return self._state

    def ask(self) -> None:
        """Ask the ledger again and show the answer; the project in hand stays in hand."""
        self._is_stale = False
        held = self._hold()
        self.table.ask(self._state.query(self._search, self._session.scope))
        self.view.set_words(self._search)
        self._give_back(held)
        self._after_rows()

    def _ask_later(self) -> None:
        if self.isVisible():
            self.ask()
        else:
            self._is_stale = True

    def _set(self, state: ViewState, *, asks: bool = True) -> None:
        self._state = state
        self._settings.put("projects.state", _plain(state))
        self._show_state()
        if asks and self._session.has_ledger:
            self.ask()

    def _show_state(self) -> None:
        state = self._state
        self.columns.set_chosen(state.columns)
        self.view.header.filtered = frozenset(field for field, _ in state.conditions)
        self.view.header.set_order(state.order)
        if self._session.has_ledger:
            self.bar.show_conditions(state.conditions)
        is_changed = replace(state, columns=None) != replace(self._named_state, columns=None)
        name = f"{self._view_name} *" if is_changed else self._view_name
        self.bar.menus["view"].set_value(name, "视图已改动，可另存" if is_changed else "")
        self.bar.menus["group"].set_value(GROUP_TITLES[state.group] if state.group else "无")
        self.bar.relayout()

    def _filter(self, field: str, values: tuple[str, ...]) -> None:
        self._set(self._state.filtered(field, values) if field else replace(self._state, conditions=()))

    def clear_conditions(self) -> None:
        """Show everything again."""
        self._search = ""
        self.search_cleared.emit()
        self._set(replace(self._state, conditions=()))

    def _escape(self) -> None:
        """Esc in the grid: forget a wrong value in the cell, then the selection of many, then the conditions."""
        index = self.view.currentIndex()
        line = self.table.line(index.row()) if index.isValid() else None
        field = COLUMNS[index.column()].name if index.isValid() else ""
        if line is not None and self.table.draft(line.uid, field) is not None:
            self.table.keep_draft(line.uid, field, None)
        elif len(self.actions_of_grid.selected_ids()) > 1 and index.isValid():
            self.view.setCurrentIndex(index)
        elif self._state.conditions or self._search:
            self.clear_conditions()

    # --- keeping what is in hand ---------------------------------------------------------------------------------

    def _hold(self) -> tuple[int | None, int, int, set[int]]:
        """(id, row and column in hand, ids of whole selected rows) before the rows change."""
        index = self.view.currentIndex()
        if not index.isValid() or index.row() >= self.table.rowCount():
            return None, -1, INDEX["name"], set()
        chosen: set[int] = set()
        if self.view.has_whole_rows():
            ids = self.actions_of_grid.selected_ids()
            chosen = set(ids) if len(ids) <= _MOST_KEPT else set()
        return self.table.id_at(index.row()), index.row(), index.column(), chosen

    def _give_back(self, held: tuple[int | None, int, int, set[int]], *, nearest: bool = False) -> None:
        number, row, column, chosen = held
        found = self.table.row_of_id(number) if number is not None else None
        if found is None and nearest and self.table.rowCount() and row >= 0:
            found = self._nearest_project(min(row, self.table.rowCount() - 1))
        if chosen and found is not None:
            rows = self.table.rows_of_ids(chosen)
            self.view.choose_rows(rows or [found], found, column)
        elif found is not None:
            self.view.setCurrentIndex(self.table.index(found, column))
        else:
            self.view.forget_current()
        self._pane_timer.start()

    def _nearest_project(self, row: int) -> int | None:
        below, above = range(row, min(row + 3, self.table.rowCount())), range(row - 1, -1, -1)
        for candidate in chain(below, above):
            if self.table.id_at(candidate) is not None:
                return candidate
        return None

    def _take_first(self) -> None:
        row = self._nearest_project(0) if self.table.rowCount() else None
        if row is not None:
            self.view.choose_row(row, INDEX["name"])

    def _on_opened(self) -> None:
        self.table.reread()
        self._show_state()
        self.ask()
        self._take_first()

    def _on_touched(self, change: Change) -> None:
        if change.tables.isdisjoint({"project", "milestone", "plan", "region"}):
            return
        held, before = self._hold(), self.table.rows.ids
        self.table.refresh(change)
        if self.table.rows.ids != before:
            self._give_back(held, nearest=True)
        self.bar.show_conditions(self._state.conditions)
        self._after_rows()

    def _show_new(self, uid: str) -> None:
        """A project was just made: show it, whatever the conditions, and name it at once."""
        if self.table.row_of_uid(uid) is None:
            self.table.pin(uid)
            self._after_rows()
        row = self.table.row_of_uid(uid)
        if row is None:
            group = self.table.group_of_uid(uid)
            self.table.close_groups(self.table.rows.closed - {group})
            self._after_rows()
            row = self.table.row_of_uid(uid)
        if row is not None:
            self.view.choose_row(row, INDEX["name"])
            self.view.setFocus()
            self.view.edit(self.view.currentIndex())

    def _defaults(self) -> Mapping[str, Stored]:
        """What a new project starts with: single conditions, the group in hand, the county of the scope."""
        values: dict[str, Stored] = {
            field: accepted[0]
            for field, accepted in self._state.conditions
            if len(accepted) == 1 and accepted[0] and field not in ("plan", "year")
        }
        group = self._state.group
        place = self.table.group_at(self.view.currentIndex().row())
        if place and group not in (None, "plan"):
            values.setdefault(str(group), place)
        if self._session.scope.county is not None:
            values["county"] = self._session.scope.county
        return values

    # --- after the rows changed ----------------------------------------------------------------------------------

    def _after_rows(self) -> None:
        self.view.lay_rows()
        has_rows = self.table.rowCount() > 0
        if not has_rows:
            self._say_empty()
        self._stack.setCurrentWidget(self.view if has_rows else self.empty)
        self._figures_timer.start()

    def _say_empty(self) -> None:
        parts = [f"“{self._search.strip()}”"] if self._search.strip() else []
        parts += [f"{TITLES.get(field, field)} {self.bar.chips[field].value}" for field, _ in self._state.conditions]
        if parts:
            self.empty.say(f"没有符合 {'、'.join(parts)} 的项目。", "清除条件")
        elif self._session.scope.plan is not None or self._session.scope.county is not None:
            self.empty.say("所选的方案和县市里没有项目。", "新增项目")
        else:
            self.empty.say("台账里还没有项目。", "新增项目")

    def _help_empty(self) -> None:
        if self._search.strip() or self._state.conditions:
            self.clear_conditions()
            self.view.setFocus()
        else:
            self.actions_of_grid.add_project()

    def _tell_figures(self) -> None:
        sums = self.table.sums
        figures = [
            ("", f"{sums.count} 项"),
            ("总投资", show_money_fixed(sums.total_investment)),
            ("申请中央", show_money_fixed(sums.central_request)),
        ]
        ids = self.actions_of_grid.selected_ids()
        if ids:
            chosen = self._sums_of(ids)
            figures.append((f"选中 {chosen.count} 项", show_money_fixed(chosen.total_investment)))
        if figures != self._figures:
            self._figures = figures
            self.figures_changed.emit(figures)

    def _sums_of(self, ids: "array[int]") -> Sums:
        if len(ids) == len(self.table.rows.ids):
            return self.table.sums
        return self._session.read(projects.sums, ids)

    # --- menus ---------------------------------------------------------------------------------------------------

    def _open_menu(self, name: str, anchor: QWidget) -> None:
        if name == "view":
            self.views.open_menu(self._view_name, self._state, anchor)
        elif name == "group":
            group_menu(self._state, self._group_by, self._turn_all, anchor)
        else:
            popup = ColumnsPopup(self.view.header.names(), self._theme, self)
            popup.changed.connect(lambda names: self._set(replace(self._state, columns=names), asks=False))
            popup.reset.connect(self._reset_columns)
            popup.open_below(anchor)

    def _reset_columns(self) -> None:
        self.columns.forget()
        self._set(replace(self._state, columns=None), asks=False)

    def _choose_view(self, name: str, state: ViewState) -> None:
        self._named_state = state
        self._name_view(name)
        self._set(state)

    def _name_view(self, name: str) -> None:
        self._view_name = name
        self._settings.put("projects.view", name)
        if name not in dict(BUILT_IN):
            self._named_state = self._state
        self._show_state()

    def _group_by(self, key: object) -> None:
        group = next((known for known in GROUP_TITLES if known == key), None)
        self.table.close_groups(())
        self._set(replace(self._state, group=group))

    def _turn_group(self, value: str) -> None:
        closed = self.table.rows.closed
        self._close_groups(closed - {value} if value in closed else closed | {value})

    def _turn_all(self, is_closing: bool) -> None:
        self._close_groups(frozenset(group.value for group in self.table.rows.groups) if is_closing else frozenset())

    def _close_groups(self, closed: frozenset[str]) -> None:
        held = self._hold()
        self.table.close_groups(closed)
        if held[0] is not None and self.table.row_of_id(held[0]) is not None:
            self._give_back(held)
        self.view.lay_rows()

    def _open_title_menu(self, name: str, at: QPoint) -> None:
        field = "plan" if name == "plan_short" else "year" if name == "span" else name
        title_menu(
            name,
            self.view.header,
            at,
            filter_column=(lambda: self.bar.open_popup(field)) if field in self.bar.chips else None,
            hide=lambda: self.columns.hide(name),
            fit=lambda: self.columns.fit(name),
            fit_all=self.columns.fit_all,
        )

    def _open_context_menu(self, at: QPoint) -> None:
        extra: list[QAction] = []
        index = self.view.currentIndex()
        line = self.table.line(index.row()) if index.isValid() else None
        name = COLUMNS[index.column()].name if index.isValid() else ""
        if line is not None and name in self.bar.chips:
            value = str(line.values.get(name) or "")
            action = QAction(f"只看“{line.text(index.column()) or '未填'}”", self.view)
            action.triggered.connect(lambda _=False: self._filter(name, (value,)))
            extra.append(action)
        self.actions_of_grid.menu(extra).popup(at)

    # --- the record pane -----------------------------------------------------------------------------------------

    def toggle_pane(self) -> None:
        """F4: hide or show the record in hand."""
        self.show_pane(self.pane.isHidden())

    def show_pane(self, is_shown: bool) -> None:
        """Hide or show the record in hand."""
        self.pane.setVisible(is_shown)
        self._settings.put("projects.pane", is_shown)
        self._place_pane()
        if is_shown:
            self._show_in_pane()
        else:
            self.view.setFocus()

    def step(self, way: int) -> None:
        """Take the project before or after the one in hand, past headings."""
        row = self.view.currentIndex().row() + way
        while 0 <= row < self.table.rowCount():
            if self.table.id_at(row) is not None:
                self.view.choose_row(row)
                return
            row += way

    def _show_in_pane(self) -> None:
        if self.pane.isHidden() or not self._session.has_ledger:
            return
        index = self.view.currentIndex()
        uid = self.table.uid_at(index.row()) if index.isValid() and self.table.rowCount() else None
        if uid is None and index.isValid():
            return  # a heading keeps the record that was in hand
        if uid != self.pane.uid:
            self.pane.show_record(uid)
        place = self.table.rows.place(index.row()) + 1 if uid else 0
        self.pane.set_position(place, len(self.table.rows.ids))

    def _remember_pane(self) -> None:
        self._settings.put("projects.pane_width", round(self.pane.width() / self._theme.factor))
        self.columns.lay()

    def _place_pane(self) -> None:
        """Give the pane its width; in a very narrow window it stands alone over the grid."""
        room = self.width()
        logical = self.window().width() / self._theme.factor
        usual = WIDE_PANE if logical >= WIDE else NARROW_PANE if logical < NARROW else PANE_WIDTH
        width = self._theme.px(self._settings.number("projects.pane_width", usual))
        self._left.setVisible(not (logical < TINY and not self.pane.isHidden()))
        width = max(self.pane.minimumWidth(), min(width, room // 2))
        self.splitter.setSizes([max(1, room - width - 1), width])
        self.columns.lay()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_pane()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.accept()


def _plain(state: ViewState) -> Plain:
    return {
        "conditions": {field: list(values) for field, values in state.conditions},
        "order": [[field, is_down] for field, is_down in state.order],
        "group": state.group,
        "columns": None if state.columns is None else list(state.columns),
    }
