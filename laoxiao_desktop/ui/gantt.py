"""进度图: the bars of all projects in scope, county after county, with the record in hand at the right."""

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui import keys
from laoxiao_desktop.ui.gantt_axis import Zoom
from laoxiao_desktop.ui.gantt_bar import GanttBar
from laoxiao_desktop.ui.gantt_baseline import BaselineDialog
from laoxiao_desktop.ui.gantt_chart import GanttChart
from laoxiao_desktop.ui.gantt_lines import Lines
from laoxiao_desktop.ui.place_frame import PlaceFrame
from laoxiao_desktop.ui.projects_empty import EmptyPage
from laoxiao_desktop.ui.projects_state import ViewState
from laoxiao_desktop.ui.record_pane import RecordPane
from laoxiao_desktop.ui.session import Scope, Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import baselines, gantt, milestones
from laoxiao_desktop.workspace.gantt import BarGroup

TOUCHING = frozenset(
    {"project", "milestone", "baseline", "plan", "region", "monthly_report", "light_override", "setting"}
)
_REST = 60  # ms; while ↓ is held down the pane waits


class GanttPlace(QWidget):
    """The place. `figures_changed` gives (label, value) for the status line."""

    title = "进度图"
    icon = "gantt_chart"
    key = "gantt"
    KEYS = (
        ("进度图", "↑ / ↓", "上一个、下一个项目"),
        ("进度图", "← / →", "在节点之间移动；在县市上收起、展开"),
        ("进度图", "Alt+← / Alt+→", "把选中节点的预计日期提前、推后（按月看时一天，否则一个月）"),
        ("进度图", "Delete", "清空选中节点的预计日期"),
        ("进度图", "Enter", "打开项目记录；在县市上收起、展开"),
        ("进度图", "Ctrl+滚轮 / Ctrl++ / Ctrl+-", "放大、缩小时间"),
        ("进度图", "T", "回到今天"),
        ("进度图", "Esc", "不改了；再按清除条件"),
        ("进度图", "F4", "显示或收起记录"),
    )

    figures_changed = Signal(object)
    search_cleared = Signal()
    way_wanted = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._search = ""
        self._is_stale = True
        self._closed: frozenset[str] = frozenset()
        self._figures: tuple[tuple[str, str], ...] = ()
        self.bar = GanttBar(session, theme, self)
        self.chart = GanttChart(theme, self)
        self.empty = EmptyPage(theme, self)
        self.pane = RecordPane(session, theme, self)
        self.pane.hide()
        self.heart: QWidget = self.chart  # the keyboard goes here; a focus proxy would take the bar from Tab
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._follow)
        self.splitter = PlaceFrame(self.bar, self.chart, self.empty, self.pane)
        self.splitter.fill(self)
        self._connect()

    def _connect(self) -> None:
        session, chart, bar = self._session, self.chart, self.bar
        session.ledger_opened.connect(self._renew)
        session.ledger_closing.connect(chart.settle)
        session.ledger_closed.connect(self._empty_out)
        session.scope_changed.connect(self._renew)
        session.touched.connect(self._on_touched)
        chart.row_chosen.connect(lambda _uid: self._rest.start())
        chart.opened.connect(self.open_record)
        chart.turned.connect(self._turn)
        chart.moved.connect(self._move)
        chart.refused.connect(session.hinted)
        chart.zoomed.connect(bar.show_zoom)
        chart.menu_asked.connect(self._open_menu)
        bar.changed.connect(self.ask)
        bar.zoom_asked.connect(self._zoom)
        bar.today_asked.connect(chart.go_to_today)
        bar.turn_all_asked.connect(self._turn_all)
        bar.baseline_asked.connect(self.ask_for_baseline)
        bar.record_asked.connect(self.toggle_pane)
        self.pane.closed.connect(self.toggle_pane)
        self.pane.step.connect(self._step)
        self.pane.way_wanted.connect(self.way_wanted)
        self.empty.pressed.connect(self._clear)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("F4"), self, self.toggle_pane, context=inside)
        QShortcut(QKeySequence("F5"), self, self.ask, context=inside)
        keys.bind(chart, "T", chart.go_to_today)
        bar.show_zoom(chart.axis.zoom)

    # ── the place protocol ───────────────────────────────────────────────────────────────────────────────────

    def set_search(self, text: str) -> None:
        """Show the projects that match."""
        if text != self._search:
            self._search = text
            self._renew()

    def activate(self) -> None:
        """The place comes to the front."""
        if self._is_stale and self._session.has_ledger:
            self.ask()
        (self.chart if self.splitter.has_rows else self.empty.button).setFocus()
        self.figures_changed.emit(self._figures)

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def query(self) -> Query:
        """What is shown."""
        plain = tuple((field, values) for field, values in self.bar.conditions.items() if field != "light")
        return ViewState(plain, group="county").query(self._search, self._session.scope)

    def ask(self) -> None:
        """Ask the ledger again and show the answer."""
        if not self._session.has_ledger:
            return
        self._is_stale = False
        groups = self._narrowed(self._session.read(gantt.groups, self.query))
        self._closed &= {group.county for group in groups}
        self.chart.is_editable = not self._session.ledger.is_read_only
        self.bar.baseline.setVisible(self.chart.is_editable)
        self._show(Lines(groups, self._closed))

    def _narrowed(self, groups: list[BarGroup]) -> list[BarGroup]:
        """Those with the lights that are asked for."""
        wanted = self.bar.conditions.get("light")
        if wanted is None:
            return groups
        made = [replace(group, bars=tuple(bar for bar in group.bars if bar.light in wanted)) for group in groups]
        return [group for group in made if group.bars]

    def _renew(self, _what: object = None) -> None:
        if self.isVisible():
            self.ask()
        else:
            self._is_stale = True

    def _on_touched(self, change: Change) -> None:
        if not change.tables.isdisjoint(TOUCHING):
            self._renew()

    def _empty_out(self) -> None:
        self._is_stale = True
        self._closed = frozenset()
        self._search = ""
        self.chart.show_lines(Lines())

    def _show(self, lines: Lines) -> None:
        self.chart.show_lines(lines)
        has_any = len(lines) > 0
        if not has_any:
            chips = [f"“{chip.label} {chip.value}”" for chip in self.bar.chips.values() if chip.value]
            is_bare = self._session.has_ledger and self._session.ledger.summary().plans == 0
            self.empty.explain(self._search.strip(), chips, self._session.scope != Scope(), is_bare=is_bare)
            if not chips and not self._search.strip() and not is_bare:
                self.empty.button.hide()
        self.splitter.show_rows(has_any)
        is_all_closed = has_any and len(lines.closed) == len(lines.groups)
        self.bar.turn_all.setText("展开县市" if is_all_closed else "收起县市")
        self._tell(lines)

    def _tell(self, lines: Lines) -> None:
        bars = list(lines.bars())
        slips = [bar.slip for bar in bars if bar.slip is not None]
        figures = [("", f"{len(bars)} 项"), ("按期", str(sum(slip <= 0 for slip in slips)))]
        late = [slip for slip in slips if slip > 0]
        figures.append(("推迟", str(len(late))))
        if late:
            figures.append(("最长", f"{max(late)} 天"))
        bare = sum(not bar.marks for bar in bars)
        if bare:
            figures.append(("未设里程碑", str(bare)))
        self._figures = tuple(figures)
        self.figures_changed.emit(self._figures)

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────────────

    def _move(self, uid: str, forecast: str | None) -> None:
        self._session.run(milestones.edit, uid, {"forecast": forecast})

    def _zoom(self, zoom: Zoom) -> None:
        self.chart.zoom_to(zoom)
        self.chart.setFocus()

    def _turn(self, county: str) -> None:
        self._close(self._closed - {county} if county in self._closed else self._closed | {county})

    def _turn_all(self) -> None:
        lines = self.chart.lines
        is_all_closed = len(lines.closed) == len(lines.groups)
        self._close(frozenset() if is_all_closed else frozenset(group.county for group in lines.groups))

    def _close(self, closed: frozenset[str]) -> None:
        lines = self.chart.lines
        county = lines.county_of(self.chart.uid) if self.chart.uid else None
        self._closed = closed
        self._show(Lines(lines.groups, closed))
        if county is not None and county in closed:
            self.chart.choose_row(self.chart.lines.row_of_county(county))

    def show_uid(self, uid: str) -> None:
        """Take a project in hand; a closed county opens."""
        county = self.chart.lines.county_of(uid)
        if county is not None and county in self._closed:
            self._close(self._closed - {county})
        row = self.chart.lines.row_of(uid)
        if row is not None:
            self.chart.choose_row(row)

    def _clear(self) -> None:
        self._search = ""
        self.search_cleared.emit()
        self.bar.clear()
        self.chart.setFocus()

    def _step(self, by: int) -> None:
        row = self.chart.row + by
        while self.chart.lines.heading(row) is not None:
            row += by
        if self.chart.lines.bar(row) is not None:
            self.chart.choose_row(row)

    # ── the record ───────────────────────────────────────────────────────────────────────────────────────────

    def open_record(self, uid: str) -> None:
        """Show a project at the right, with its milestones."""
        self.show_uid(uid)
        if self.pane.isHidden():
            self._set_pane(is_shown=True)
            self.pane.show_record(uid)
            self.pane.tabs.setCurrentIndex(1)
        self._follow()

    def toggle_pane(self) -> None:
        """F4: show or hide the record."""
        self._set_pane(is_shown=self.pane.isHidden())
        if self.pane.isHidden():
            self.chart.setFocus()
        else:
            self._follow()

    def _set_pane(self, *, is_shown: bool) -> None:
        self.pane.setVisible(is_shown)
        if is_shown:
            width = self._theme.px(420 if self.width() > self._theme.px(1440) else 376)
            self.splitter.setSizes([max(1, self.width() - width), width])

    def _follow(self) -> None:
        uid = self.chart.uid
        if self.pane.isHidden() or not self._session.has_ledger or uid is None:
            return
        if uid != self.pane.uid:
            self.pane.show_record(uid)
        uids = [bar.subject.uid for bar in self.chart.lines.bars()]
        self.pane.set_position(uids.index(uid) + 1, len(uids))

    # ── baselines and menu ───────────────────────────────────────────────────────────────────────────────────

    def ask_for_baseline(self) -> BaselineDialog | None:
        """保存计划版次: asks for reason and number, then keeps the planned dates."""
        count = self._session.read(gantt.planned_count)
        if not count:
            self._session.hinted.emit("还没有里程碑计划日期，先在项目记录里按模板建立里程碑。")
            return None
        bar = self.chart.bar
        in_hand = bar.subject if bar and any(mark.planned for mark in bar.marks) else None
        dialog = BaselineDialog(self._theme, in_hand.name if in_hand else None, count, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        uid = in_hand.uid if in_hand else None
        dialog.kept.connect(
            lambda only_one, reason, number: self._session.run(
                baselines.keep, uid if only_one else None, reason, number
            )
        )
        dialog.open()
        return dialog

    def _open_menu(self, at: QPoint) -> None:
        chart, uid = self.chart, self.chart.uid
        if uid is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("打开记录\tEnter").triggered.connect(lambda: self.open_record(uid))
        bar, mark = chart.bar, chart.mark
        if bar is not None and not bar.marks and chart.is_editable:
            start = menu.addAction("按模板建立里程碑")
            start.triggered.connect(lambda: self._session.run(milestones.start_from_template, uid))
        if mark is not None and mark.forecast and not mark.actual and chart.is_editable:
            clear = menu.addAction(f"清空“{mark.name}”的预计日期\tDelete")
            clear.triggered.connect(lambda: self._move(mark.uid, None))
        if chart.is_editable:
            menu.addSeparator()
            menu.addAction("保存计划版次…").triggered.connect(self.ask_for_baseline)
        menu.popup(at)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.be_tight(self.width())
