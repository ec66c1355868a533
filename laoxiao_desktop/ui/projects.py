"""项目: the grid of all projects with its filter bar, and the record in hand at the right."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui import keys
from laoxiao_desktop.ui.filter_bar import TITLES, FilterBar
from laoxiao_desktop.ui.grid_columns import COLUMNS, INDEX
from laoxiao_desktop.ui.grid_options import options_for
from laoxiao_desktop.ui.grid_table import GridTable
from laoxiao_desktop.ui.grid_view import GridView
from laoxiao_desktop.ui.place_frame import PlaceFrame
from laoxiao_desktop.ui.projects_actions import ProjectActions
from laoxiao_desktop.ui.projects_columns import ColumnsPopup
from laoxiao_desktop.ui.projects_empty import EmptyPage
from laoxiao_desktop.ui.projects_figures import Figures
from laoxiao_desktop.ui.projects_hand import Hand
from laoxiao_desktop.ui.projects_initials import Initials
from laoxiao_desktop.ui.projects_keys import KEYS
from laoxiao_desktop.ui.projects_layout import SHOWN, ColumnLayout, empty_columns
from laoxiao_desktop.ui.projects_menus import Views, group_menu, only_action, title_menu
from laoxiao_desktop.ui.projects_paper import ProjectPaper
from laoxiao_desktop.ui.projects_side import PaneSide
from laoxiao_desktop.ui.projects_state import BUILT_IN, GROUP_TITLES, Conditions, ViewState, from_settings, led_to
from laoxiao_desktop.ui.record_pane import KEYS as RECORD_KEYS
from laoxiao_desktop.ui.record_pane import RecordPane
from laoxiao_desktop.ui.session import Scope, Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Record, Rows, Way


class ProjectsPlace(QWidget):
    """Shows, filters, groups and edits projects.

    `figures_changed` gives (label, value) for the status line; `search_cleared` that the search field should empty.
    """

    title = "项目"
    icon = "table_simple"
    key = "projects"
    KEYS = (*KEYS, *RECORD_KEYS)

    figures_changed = Signal(object)
    search_cleared = Signal()
    way_wanted = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._settings = session.settings
        self._state = BUILT_IN[0][1]
        self._view_name = BUILT_IN[0][0]
        self._named_state = self._state
        self._search = ""
        self._is_stale = True
        self.table = GridTable(session, self)
        self.view = GridView(self.table, theme, self)
        self.bar = FilterBar(session, theme, self)
        self.empty = EmptyPage(theme, self)
        self.pane = RecordPane(session, theme, self)
        self.views = Views(session, theme, self)
        self.actions_of_grid = ProjectActions(session, theme, self.view)
        self.columns = ColumnLayout(theme, self.view, self._settings)
        self.hand = Hand(self.view)
        self.paper = ProjectPaper(session, self.view, self._uid_in_hand)
        self.figures = Figures(session, self.view)
        self.initials = Initials(self.view)
        self.heart: QWidget = self.view  # the keyboard goes here; a focus proxy would take the bar from Tab
        self.splitter = PlaceFrame(self.bar, self.view, self.empty, self.pane)
        self.splitter.fill(self)
        self.side = PaneSide(session, theme, self.view, self.pane, self.splitter)
        self._connect()
        self._restore()

    # --- building ------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        session, view = self._session, self.view
        session.ledger_opened.connect(self._on_opened)
        session.ledger_closing.connect(view.delegate.finish)
        session.ledger_closed.connect(self.table.reread)
        session.scope_changed.connect(lambda _: self._ask_later())
        session.touched.connect(self._on_touched)
        self.bar.changed.connect(self._filter)
        self.bar.left.connect(view.setFocus)
        self.bar.menu_asked.connect(self._open_menu)
        self.views.chosen.connect(self._choose_view)
        self.views.named.connect(self._name_view)
        view.header.order_asked.connect(lambda order: self._set(replace(self._state, order=order)))
        view.header.menu_asked.connect(self._open_title_menu)
        self.columns.chosen.connect(lambda names: self._set(replace(self._state, columns=names), asks=False))
        view.entered_empty.connect(self.hand.take_first)
        view.heading_clicked.connect(self._turn_group)
        view.record_asked.connect(self._into_record)
        view.delegate.options = lambda field: options_for(session, field)
        view.delegate.put = self.actions_of_grid.put
        view.context_menu_asked.connect(self._open_context_menu)
        self.actions_of_grid.defaults = self._defaults
        self.actions_of_grid.made.connect(self._show_new)
        self.empty.pressed.connect(self._help_empty)
        self.paper.way_wanted.connect(self.way_wanted)
        self.pane.step.connect(self.hand.step)
        self.pane.wanted.connect(self._show_new)
        self.pane.way_wanted.connect(self.way_wanted)
        self.side.placed.connect(self.columns.lay)
        self.figures.changed.connect(self.figures_changed)
        shortcuts = (
            ("F4", self.toggle_pane),
            ("F5", self.ask),
            ("Ctrl+G", lambda: self._open_menu("group", self.bar.menus["group"])),
            ("Ctrl+L", self.bar.take_focus),
        )
        for key, do in shortcuts:
            QShortcut(QKeySequence(key), self, do, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.bind(view, "Esc", self._escape)

    def _restore(self) -> None:
        kept = self._settings.get("projects.state")
        if isinstance(kept, dict):
            self._state = from_settings(dict(kept))
            self._view_name = self._settings.text("projects.view", self._view_name)
            self._named_state = next((s for name, s in BUILT_IN if name == self._view_name), self._state)
        self._show_state()
        if self._session.has_ledger:
            self._look_for_milestones()
            self.ask()
            self.hand.take_first()

    # --- what a window asks of a place ---------------------------------------------------------------------------

    def set_search(self, text: str) -> None:
        """Show the projects that match, from the first character."""
        if text != self._search:
            self._search = text
            self.ask()
            if text.isascii() and text.strip():
                self.initials.load()

    def activate(self) -> None:
        """The place comes to the front."""
        if self._is_stale and self._session.has_ledger:
            self.ask()
        (self.view if self.splitter.has_rows else self.empty.button).setFocus()
        self.figures_changed.emit(self.figures.last)

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

    def follow(self, way: Way) -> None:
        """Show exactly the rows behind a figure of another place, or one project with its record."""
        if isinstance(way, Rows):
            self.bar.listed = way.title
            self.clear_conditions(led_to(way.query, self._session.scope))
            self.hand.take_first()
        elif isinstance(way, Record):
            self.show_uid(way.uid)
            self.side.show(True)
            self.pane.show_record(way.uid)

    def _into_record(self) -> None:
        """Space: the whole project in hand, the keyboard in its record."""
        if self.pane.isHidden():
            self.side.show(True)
        self.side.follow()
        self.pane.focus_page()

    # --- asking --------------------------------------------------------------------------------------------------

    @property
    def state(self) -> ViewState:
        """What the grid is set to now."""
        return self._state

    def ask(self) -> None:
        """Ask the ledger again and show the answer; the project in hand stays in hand."""
        self._is_stale = False
        held = self.hand.hold()
        self.table.ask(self._state.query(self._search, self._session.scope))
        self.view.set_words(self._search)
        self.hand.give_back(held)
        self.side.follow_soon()
        self._after_rows()

    def _ask_later(self) -> None:
        if self.isVisible():
            self.ask()
        else:
            self._is_stale = True

    def _set(self, state: ViewState, *, asks: bool = True) -> None:
        self._state = state
        self._settings.put("projects.state", state.to_settings())
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

    def clear_conditions(self, instead: Conditions = ()) -> None:
        """Show everything again, or exactly what meets other conditions."""
        self._search = ""
        self.search_cleared.emit()
        self._set(replace(self._state, conditions=instead))

    def _escape(self) -> None:
        """Esc in the grid: forget a wrong value in the cell, then the selection of many, then the conditions."""
        index = self.view.currentIndex()
        line = self.table.line(index.row()) if index.isValid() else None
        field = COLUMNS[index.column()].name if index.isValid() else ""
        if line is not None and self.table.draft(line.uid, field) is not None:
            self.table.keep_draft(line.uid, field, None)
        elif len(self.actions_of_grid.selected_ids()) > 1 and index.isValid():
            self.view.take(index)
        elif self._state.conditions or self._search:
            self.clear_conditions()

    # --- what happens elsewhere ----------------------------------------------------------------------------------

    def _look_for_milestones(self) -> None:
        """里程碑, 投资完成 and 灯 take room only once there is something to tell."""
        self.columns.without = empty_columns(self._session)
        self.columns.lay()

    def _on_opened(self) -> None:
        self.table.reread()
        self._look_for_milestones()
        self._show_state()
        self.ask()
        self.hand.take_first()

    def _on_touched(self, change: Change) -> None:
        if change.tables.isdisjoint(SHOWN):
            return
        if not change.tables.isdisjoint({"milestone", "month"}):
            self._look_for_milestones()
        held, before = self.hand.hold(), self.table.rows.ids
        self.table.refresh(change)
        if self.table.rows.ids != before:
            self.hand.give_back(held, nearest=True)
            self.side.follow_soon()
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
            self.view.open_cell()

    def _defaults(self) -> Mapping[str, Stored]:
        """What a new project starts with: single conditions, the group in hand, the county of the scope."""
        group = self.table.group_at(self.view.currentIndex().row())
        return self._state.defaults(group, self._session.scope)

    # --- after the rows changed ----------------------------------------------------------------------------------

    def _after_rows(self) -> None:
        self.view.lay_rows()
        has_rows = self.table.rowCount() > 0
        if not has_rows:
            named = [
                f"“{TITLES.get(field, field)} {self.bar.chips[field].value}”" for field, _ in self._state.conditions
            ]
            is_bare = self._session.has_ledger and self._session.ledger.summary().plans == 0
            self.empty.explain(self._search.strip(), named, self._session.scope != Scope(), is_bare=is_bare)
        self.splitter.show_rows(has_rows)
        self.figures.tell_soon()

    def _help_empty(self) -> None:
        if self._search.strip() or self._state.conditions:
            self.clear_conditions()
            self.view.setFocus()
        else:
            self.actions_of_grid.add_project()

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
        held = self.hand.hold()
        self.table.close_groups(closed)
        if held.id is not None and self.table.row_of_id(held.id) is not None:
            self.hand.give_back(held)
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
        only = only_action(self.view, self.bar, lambda field, value: self._filter(field, (value,)))
        extra = [only] if only is not None else []
        self.actions_of_grid.menu([*extra, *self.paper.actions()]).popup(at)

    def _uid_in_hand(self) -> str | None:
        line = self.table.line(self.view.currentIndex().row()) if self.view.currentIndex().isValid() else None
        return line.uid if line is not None else None

    # --- the record in hand --------------------------------------------------------------------------------------

    def toggle_pane(self) -> None:
        """F4: hide or show the record in hand."""
        self.side.show(self.side.is_hidden)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.place()
