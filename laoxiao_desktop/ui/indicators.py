"""指标与清单: what the plans promise and who bears it, by kind, seen, searched, filtered and edited."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui.lists_bar import ListBar
from laoxiao_desktop.ui.lists_changes import KEYS, first_values, follower
from laoxiao_desktop.ui.lists_detail import ListDetail
from laoxiao_desktop.ui.lists_edit import Checked
from laoxiao_desktop.ui.lists_empty import EmptyList, sentence_for
from laoxiao_desktop.ui.lists_kinds import KINDS, SOURCES_IN_FULL, Column, Kind, columns_for
from laoxiao_desktop.ui.lists_rows import Grouping, Row, grouped, parsed, read_all, years_of
from laoxiao_desktop.ui.lists_table import ListTable
from laoxiao_desktop.ui.lists_tabs import KindTabs
from laoxiao_desktop.ui.lists_view import ListView
from laoxiao_desktop.ui.place_frame import PlaceFrame
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import lists, plans

TOUCHING = frozenset({"indicator", "indicator_target", "indicator_value", "goal", "list_item", "progress_note", "plan"})
DETAIL_WIDTH = 376
SPLITTER = "indicators.splitter"


class IndicatorsPlace(QWidget):
    """The place: a strip of kinds, a filter line, the grid and the row in hand beside it."""

    title = "指标清单"
    icon = "target"
    key = "indicators"
    KEYS = KEYS

    figures_changed = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._search = ""
        self._grouping: Grouping = "table"
        self._order: tuple[str, bool] | None = None
        self._rows: dict[str, list[Row]] = {}
        self._plans: dict[str, str] = {}
        self._in_hand: dict[str, str] = {}  # kind → uid, so that coming back to a tab finds the row again
        self._is_stale = True
        self._build()
        session.ledger_opened.connect(self._renew)
        session.ledger_closed.connect(self._empty)
        session.scope_changed.connect(self._renew)
        session.touched.connect(self._on_touched)
        theme.changed.connect(self._restyle)
        self._restyle()

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        theme = self._theme
        self.tabs = KindTabs(theme, self)
        self.table = ListTable(self)
        self.view = ListView(theme, self.table, self._check, self)
        self.view.setAccessibleName("指标与清单")
        self.view.options = self._options
        self.empty = EmptyList(theme, self)
        self.detail = ListDetail(self._session, theme, self)
        self.bar = ListBar(self._session, theme, self)
        self.splitter = PlaceFrame(self.bar, self.view, self.empty, self.detail)
        self.splitter.setSizes([theme.px(858), theme.px(DETAIL_WIDTH)])
        remembered = self._session.settings.state(SPLITTER)
        if not remembered.isEmpty():
            self.splitter.restoreState(remembered)
        self.splitter.splitterMoved.connect(self._remember)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.tabs)
        box.addWidget(self.splitter, 1)
        self._connect()

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _key: self._show_kind())
        self.bar.units_chosen.connect(self._renew)
        self.bar.grouping_chosen.connect(self.group_by)
        self.bar.add_asked.connect(self.add_row)
        self.bar.detail_asked.connect(self.toggle_detail)
        self.view.row_changed.connect(self._show_detail_of)
        self.view.edited.connect(self._save)
        self.view.order_asked.connect(self._sort_by)
        self.view.delete_asked.connect(self.delete_selected)
        self.view.add_asked.connect(self.add_row)
        self.view.menu_asked.connect(self._open_menu)
        self.detail.closed.connect(self.toggle_detail)
        self.detail.step.connect(self._step)
        self.empty.acted.connect(self._clear_conditions)
        for keys, act in (
            ("F4", self.toggle_detail),
            ("Ctrl+Tab", lambda: self.tabs.step(1)),
            ("Ctrl+Shift+Tab", lambda: self.tabs.step(-1)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        titled = QShortcut(
            QKeySequence("Ctrl+Shift+C"), self.view, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        titled.activated.connect(lambda: self._copy(True))
        plain = QShortcut(QKeySequence.StandardKey.Copy, self.view, context=Qt.ShortcutContext.WidgetShortcut)
        plain.activated.connect(self.copy)

    def _restyle(self) -> None:
        self.bar.show_grouping(self._grouping)
        self.detail.setMinimumWidth(self._theme.px(320))
        self.update()

    # ── the place protocol ───────────────────────────────────────────────────────────────────────────────────

    def set_search(self, text: str) -> None:
        """Narrows all kinds to what was typed."""
        if text != self._search:
            self._search = text
            self._renew()

    def activate(self) -> None:
        """Reads what changed while another place was shown, and takes the keyboard."""
        if self._is_stale:
            self._read()
        self.view.setFocus()

    def copy(self) -> None:
        """Copies the selected cells as tab-separated lines."""
        self._copy(False)

    def _copy(self, with_titles: bool) -> None:
        block = self.view.block(with_titles)
        if block:
            QGuiApplication.clipboard().setText(block)
            self._session.said.emit(f"已复制 {len(self.view.selected_rows())} 行", False)

    # ── reading ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def kind(self) -> Kind:
        """The kind of list shown."""
        return next(kind for kind in KINDS if kind.key == self.tabs.current)

    def rows(self, key: str) -> Sequence[Row]:
        """The rows of a kind, as filtered now."""
        return self._rows.get(key, ())

    def _on_touched(self, change: Change) -> None:
        if change.tables & TOUCHING:
            self._renew()

    def _renew(self, _what: object = None) -> None:
        if self.isVisible():
            self._read()
        else:
            self._is_stale = True

    def _empty(self) -> None:
        self._rows, self._plans, self._in_hand = {}, {}, {}
        self._search = ""
        self.table.show(self.kind, (), ())
        self._is_stale = True

    def _read(self) -> None:
        if not self._session.has_ledger:
            return
        self._is_stale = False
        scope = self._session.scope
        self._rows = read_all(self._session, scope, self.bar.units, self._search)
        known = self._session.read(plans.all_of)
        self._plans = {plan.uid: plan.region or plan.title for plan in known if scope.plan in (None, plan.uid)}
        self.tabs.set_counts({key: len(rows) for key, rows in self._rows.items()})
        self._show_kind()

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────────────

    def _show_kind(self) -> None:
        kind = self.kind
        rows = self._rows.get(kind.key, [])
        if self.table.kind is not kind:
            self._order = None
        columns = columns_for(kind, rows, years_of(rows) if kind.key == "indicator" else ())
        order = next(
            (
                (column, down)
                for column in columns
                if self._order
                for name, down in [self._order]
                if column.name == name
            ),
            None,
        )
        uid, at = self._in_hand.get(kind.key), self.view.verticalScrollBar().value()
        is_same = self.table.kind is kind
        self.table.show(kind, columns, grouped(kind, rows, self._grouping, self._plans, order))
        self.view.header.order = self._order
        self.view.is_editable = not self._session.ledger.is_read_only
        self.bar.add.setVisible(self.view.is_editable and bool(self._plans))
        self.view.show_columns(columns)
        if not rows and self.view.hasFocus():
            self.tabs.tab(kind.key).setFocus()
        self.splitter.show_rows(bool(rows))
        if not rows:
            self.empty.say(*sentence_for(self._session, kind, self._plans, self.bar.units, self._search))
            self._show_detail_of(None)
        elif uid is None or not self.view.take_in_hand(uid):
            self.view.take_first()
        if is_same:
            self.view.verticalScrollBar().setValue(at)  # what one reads stays where it is
        self._show_figures()

    def _show_figures(self) -> None:
        kind, rows = self.kind, self._rows.get(self.kind.key, [])
        figures: list[tuple[str, str]] = [(kind.title, f"{len(rows)} {kind.measure_word}")]
        if kind.key == "indicator":
            for word in ("约束性", "预期性"):
                count = sum(1 for row in rows if row.get("property") == word)
                if count:
                    figures.append((word, str(count)))
            again = sum(1 for row in rows if row.get("restates"))
            if again:  # 总览 and the start page count an indicator once
                figures[0] = (kind.title, f"{len(rows) - again} {kind.measure_word}")
                figures.append(("正文另复述", str(again)))
            for source, title in SOURCES_IN_FULL.items():
                count = sum(1 for row in rows if row.get("source") == source and not row.get("restates"))
                if count:
                    figures.append((f"出自{title}", str(count)))
        self.bar.tell(self._told())
        self.figures_changed.emit(figures)

    def _told(self) -> str:
        """What the units asked for bear over all kinds, or why a county narrows nothing here."""
        if self.bar.units:
            total = sum(len(rows) for rows in self._rows.values())
            parts = [f"{kind.title} {len(self._rows[kind.key])}" for kind in KINDS if self._rows.get(kind.key)]
            return f"承担 {total} 项：{'，'.join(parts)}" if parts else "没有承担事项"
        return "按方案列出，不分县市区" if self._session.scope.county else ""

    def _show_detail_of(self, row: Row | None) -> None:
        place = ""
        if row is not None:
            self._in_hand[self.kind.key] = str(row["uid"])
            rows = self.table.rows()
            at = next((number for number, each in enumerate(rows, 1) if each["uid"] == row["uid"]), 0)
            place = f"第 {at} 条，共 {len(rows)} 条"
        self.detail.show_row(self.kind, row, place)

    def toggle_detail(self) -> None:
        """Puts the detail pane away, or shows it again."""
        self.detail.setVisible(not self.detail.isVisible())
        if not self.detail.isVisible():
            self.view.setFocus()

    def _remember(self, _at: int, _index: int) -> None:
        self._session.settings.put_state(SPLITTER, self.splitter.saveState())

    def group_by(self, grouping: Grouping) -> None:
        """Gathers the rows by plan and table, by class, or not at all."""
        self._grouping = grouping
        self.bar.show_grouping(grouping)
        self._show_kind()

    def _sort_by(self, name: str) -> None:
        if self._order is None or self._order[0] != name:
            self._order = (name, False)
        else:
            self._order = (name, True) if not self._order[1] else None
        self._show_kind()

    def _step(self, by: int) -> None:
        rows = [str(row["uid"]) for row in self.table.rows()]
        uid = self._in_hand.get(self.kind.key)
        if uid in rows:
            self.view.take_in_hand(rows[max(0, min(len(rows) - 1, rows.index(uid) + by))])

    def _clear_conditions(self) -> None:
        self.bar.set_units(())

    # ── changing ─────────────────────────────────────────────────────────────────────────────────────────────

    def _check(self, column: Column, text: str) -> Checked:
        try:
            return Checked(parsed(self.kind, column, text, clock.today()))
        except FieldError as error:
            return Checked(None, error)

    def _options(self, field: Field) -> Sequence[str]:
        if field.kind == "units":
            return [unit for unit, _ in self._session.read(lists.units_of)]
        return field.choices

    def _save(self, row: Row, column: Column, value: object) -> None:
        uid = str(row["uid"])
        if column.year is not None:
            self._session.run(lists.set_target, uid, column.year, str(value or ""))
        else:
            stored = value if isinstance(value, str | int) else None
            self._session.run(lists.edit, self.kind.table, uid, {column.name: stored})

    def add_row(self) -> None:
        """Adds a row to the list in hand and starts writing its name; asks for the plan when there are several."""
        if self._session.ledger.is_read_only or not self._plans:
            return
        plan = self._plan_in_hand()
        if plan is not None:
            self._add_to(plan)
            return
        menu = QMenu(self)
        for uid, region in self._plans.items():
            menu.addAction(f"新增到{region}", lambda uid=uid: self._add_to(uid))
        menu.exec(self.bar.add.mapToGlobal(QPoint(0, self.bar.add.height() + 2)))

    def _plan_in_hand(self) -> str | None:
        row = self.view.in_hand()
        if row is not None:
            return str(row["plan"])
        return next(iter(self._plans)) if len(self._plans) == 1 else None

    def _add_to(self, plan: str) -> None:
        kind = self.kind
        values = first_values(kind, plan, self.view.in_hand(), clock.today().year)
        change = self._session.run(lists.add, kind.table, values)
        if change is None or change.created is None:
            return
        self._in_hand[kind.key] = change.created
        self._read()
        names = [column.name for column in self.table.columns]
        line = self.table.line_of(change.created)
        if line is not None:
            self.view.begin_edit(self.table.index(line, names.index("name")))

    def delete_selected(self) -> None:
        """Takes the selected rows out of the list; 撤销 brings them back."""
        rows = self.view.selected_rows()
        if not rows or self._session.ledger.is_read_only:
            return
        chosen = {str(row["uid"]) for row in rows}
        next_row = follower(self.table.rows(), chosen)
        if next_row is not None:
            self._in_hand[self.kind.key] = next_row
        self._session.run(lists.delete, self.kind.table, sorted(chosen))

    def _open_menu(self, spot: QPoint) -> None:
        menu = QMenu(self)
        index = self.view.currentIndex()
        is_editable = self.view.is_editable and self.table.row(index.row()) is not None
        entries = (
            ("编辑", "F2", lambda: self.view.begin_edit(index), is_editable),
            ("复制", "Ctrl+C", self.copy, True),
            ("复制（带表头）", "Ctrl+Shift+C", lambda: self._copy(True), True),
            ("新增一行", "Ctrl+N", self.add_row, self.view.is_editable),
            ("删除所选行", "Ctrl+-", self.delete_selected, is_editable),
        )
        for words, keys, act, is_on in entries:
            action = QAction(f"{words}\t{keys}", menu)
            action.triggered.connect(act)
            action.setEnabled(is_on)
            menu.addAction(action)
            if keys == "Ctrl+Shift+C":
                menu.addSeparator()
        menu.exec(spot)
