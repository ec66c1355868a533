"""The record in hand at the right of the grid: its fields, milestones, sites, money, months, problems, attachments, changes."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models import fields
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.ui import paint, record_decisions
from laoxiao_desktop.ui import record_shown as reading
from laoxiao_desktop.ui.record_fields import FieldsPage
from laoxiao_desktop.ui.record_header import RecordFooter, RecordHeader
from laoxiao_desktop.ui.record_history import HistoryPage
from laoxiao_desktop.ui.record_light import LightPanel
from laoxiao_desktop.ui.record_milestones import MilestonesPage
from laoxiao_desktop.ui.record_pages import BUILT_LATER, LatePage, built
from laoxiao_desktop.ui.record_tabs import RecordTabs
from laoxiao_desktop.ui.record_value import FieldValue
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.workspace import glances, projects
from laoxiao_desktop.workspace.projects import ProjectRecord

Page = Literal["基本", "里程碑", "点位", "资金", "月报", "问题", "附件", "变更"]
PAGES: tuple[Page, ...] = ("基本", "里程碑", "点位", "资金", "月报", "问题", "附件", "变更")
_OF_PROJECT = frozenset({  # tables of which a row may belong to the record, and that its light may hang on
    "milestone", "site", "funding", "allocation", "year_plan", "month", "monthly_report", "light_override",
    "month_light", "issue", "supervision", "attachment", "setting", "baseline",
})  # fmt: skip

KEYS = (  # for the list of keys: where, keys, what they do
    ("记录", "F6", "在表格和记录之间移动"),
    ("记录", "Enter / F2", "修改字段；改完按 Enter 保存"),
    ("记录", "Tab / Shift+Tab", "保存并改下一个、上一个字段"),
    ("记录", "Esc", "恢复原值；再按回到表格"),
    ("记录", "↑ / ↓", "上一个、下一个字段"),
    ("记录", "Shift+Enter", "长文本里换行"),
    ("记录", "Alt+1 … 8", "基本、里程碑、资金、月报、问题、附件、变更，按页的次序"),
    ("记录", "Ctrl+Tab", "下一页"),
    ("记录", "Alt+↑ / Alt+↓", "上一个、下一个项目"),
    ("记录", "F4", "显示或收起记录"),
)


class RecordPane(QWidget):
    """Everything about one project.

    `closed` asks to hide the pane, `step` to take the row before (-1) or after (1) in hand, `wanted` to take the
    project with a uid in hand (a copy that was just made).
    """

    closed = Signal()
    step = Signal(int)
    wanted = Signal(str)
    way_wanted = Signal(object)  # to another place
    manual_page = "record"  # F1 here opens this page

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._record: ProjectRecord | None = None
        self._position = ""
        self._stale: set[Page] = set()
        self._outside: QWidget | None = None
        self.setAccessibleName("记录")
        self.setMinimumWidth(theme.px(320))
        self._build()
        self._bind_keys()
        (parent or self).installEventFilter(self)
        theme.changed.connect(self._restyle)
        session.touched.connect(self._on_touched)
        session.ledger_opened.connect(lambda: self.show_record(None))
        session.ledger_closing.connect(self._save_open_editor)
        session.ledger_closed.connect(lambda: self._show(None))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._remember_focus)
        self._show(None)

    def _build(self) -> None:
        theme = self._theme
        self.header = RecordHeader(theme, self)
        self.header.closed.connect(self.closed)
        self.header.copied.connect(self.copy)
        self.header.duplicated.connect(self._duplicate)
        self.header.card_asked.connect(self._lead_to_card)
        self.header.deleted.connect(lambda: self._decide(record_decisions.ask_to_delete))
        self.header.erased.connect(lambda: self._decide(record_decisions.ask_to_erase))
        self.header.asked.connect(self._unfold_light)
        self.light = LightPanel(self._session, theme, self)
        self.tabs = RecordTabs(theme, self)
        self.tabs.setAccessibleName("记录的页")
        self.fields = FieldsPage(self._session, theme, self)
        self.milestones = MilestonesPage(self._session, theme, self)
        self.history = HistoryPage(self._session, theme, self)
        self._late: dict[str, LatePage] = {}
        self._pages = QStackedWidget(self)
        ready = {"基本": self.fields, "里程碑": self.milestones, "变更": self.history}
        for title in PAGES:
            self.tabs.addTab(title)
            self._pages.addWidget(ready.get(title) or QWidget(self))
        self.tabs.setTabVisible(PAGES.index("点位"), False)
        self.tabs.currentChanged.connect(self._turn)
        self.footer = RecordFooter(theme, self)
        self.footer.step.connect(self.step)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.addWidget(self.header)
        layout.addWidget(self.light)
        self._tab_line = QHBoxLayout()
        self._tab_line.addWidget(self.tabs, 1)
        layout.addLayout(self._tab_line)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self.footer)
        self._restyle()

    def _bind_keys(self) -> None:
        inside, window = Qt.ShortcutContext.WidgetWithChildrenShortcut, Qt.ShortcutContext.WindowShortcut
        for number in range(len(PAGES)):
            self._key(f"Alt+{number + 1}", window, lambda number=number: self._turn_to(number))
        self._key("Ctrl+Tab", inside, lambda: self._turn_by(1))
        self._key("Ctrl+Shift+Tab", inside, lambda: self._turn_by(-1))
        self._key("Alt+Up", inside, lambda: self.step.emit(-1))
        self._key("Alt+Down", inside, lambda: self.step.emit(1))

    def _key(self, keys: str, context: Qt.ShortcutContext, act: object) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(context)
        shortcut.activated.connect(act)

    def _restyle(self) -> None:
        theme = self._theme
        self._tab_line.setContentsMargins(theme.px(15), 0, theme.px(8), 0)
        for part in (self.header, self.light, self.tabs, self.fields, self.milestones, self.history, self.footer):
            part.restyle()
        for page in self._late.values():
            page.restyle()
        self.update()

    # What it shows

    @property
    def uid(self) -> str | None:
        """The uid of the project in hand."""
        return self._record.uid if self._record else None

    @property
    def page(self) -> Page:
        """The page shown."""
        return PAGES[self.tabs.currentIndex()]

    def late(self, page: Page) -> LatePage:
        """A page that is built when it is first turned to."""
        found = self._late.get(page)
        if found is None:
            found = self._late[page] = built(page, self._session, self._theme, self)
            way_wanted = getattr(found, "way_wanted", None)
            if way_wanted is not None:
                way_wanted.connect(self.way_wanted)
            place = PAGES.index(page)
            blank = self._pages.widget(place)
            self._pages.removeWidget(blank)
            blank.deleteLater()
            self._pages.insertWidget(place, found)
            self._pages.setCurrentIndex(self.tabs.currentIndex())
        return found

    def show_record(self, uid: str | None) -> None:
        """Take a project in hand; None, or one that is gone, leaves the pane empty."""
        self._show(self._session.read(projects.record, uid) if uid and self._session.has_ledger else None)

    def show_page(self, page: Page) -> None:
        """Turn to a page."""
        self.tabs.setCurrentIndex(PAGES.index(page))

    def show_field(self, name: str) -> None:
        """Turn to a field and give it the keyboard; a name that is no field leaves the page where it is."""
        self.show_page("基本")
        row = next((row for row in self.fields.rows if row.field.name == name), None)
        if row is not None:
            self.fields.ensureWidgetVisible(row)
            row.value.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_position(self, place: int, count: int) -> None:
        """Say in the foot that the record is row `place` (from 1) of `count` rows shown; 0 says nothing."""
        self._position = f"第 {place} 项，共 {count} 项" if place else ""
        self._say()

    def _show(self, record: ProjectRecord | None) -> None:
        self._record = record
        for part in (self.header, self.tabs, self._pages, self.footer):
            part.setVisible(record is not None)
        self.fields.show_record(record)
        if record is None:
            self.light.hide()
            self.history.forget()
            self.update()
            return
        values = record.values
        self.header.show_record(
            str(values["name"] or ""),
            str(values["status"] or ""),
            record.position_text,
            read_only=self._session.ledger.read_only_reason if self._session.ledger.is_read_only else "",
        )
        self._show_standing(record)
        self._stale = set(PAGES) - {"基本"}
        self._read_page()

    def _show_standing(self, record: ProjectRecord) -> None:
        """The light in the head, the counts on the tabs, and whether 点位 make sense here."""
        glance = self._session.read(glances.of, [record.uid]).get(record.uid)
        light = glance.light if glance else None
        self.header.show_light(light)
        self.light.show_light(record.uid, light)
        self._unfold_light(self.header.pill.isChecked())
        counts = self._session.read(glances.counts, record.uid)
        has_sites = counts.sites > 0 or glances.may_have_sites(record.values)
        if not has_sites and self.page == "点位":
            self.show_page("基本")
        self.tabs.setTabVisible(PAGES.index("点位"), has_sites)
        shown = {"问题": counts.issues + counts.orders, "附件": counts.attachments, "点位": counts.sites}
        self.tabs.show_counts({PAGES.index(page): shown.get(page, 0) for page in PAGES})
        visible = [place for place in range(len(PAGES)) if self.tabs.isTabVisible(place)]
        for number, place in enumerate(visible, start=1):
            self.tabs.setTabToolTip(place, f"{PAGES[place]}（Alt+{number}）")

    def _unfold_light(self, is_asked: bool) -> None:
        self.light.setVisible(is_asked and self._record is not None and not self.header.pill.isHidden())

    def _read_page(self) -> None:
        """Read what the page in sight needs; the others wait until they are turned to."""
        page, record = self.page, self._record
        if record is not None and page in self._stale:
            self._stale.discard(page)
            if page == "里程碑":
                kind = record.values["build_kind"]
                self.milestones.show_project(record.uid, str(kind) if kind else None)
            elif page == "变更":
                self.history.show_project(record.uid)
            elif page in BUILT_LATER:
                self.late(page).show_project(record.uid, record.values)
        self._say()

    def _save_open_editor(self) -> None:
        """What is being typed is saved before the ledger closes."""
        for value in self.findChildren(FieldValue):
            value.commit()

    def _say(self) -> None:
        is_dated = self.page == "里程碑" and self.milestones.has_steps
        self.footer.say("灰色日期为预计；偏差按今天计" if is_dated else self._position)

    def _turn(self, _: int) -> None:
        self._pages.setCurrentIndex(self.tabs.currentIndex())
        self._read_page()

    def _turn_to(self, number: int) -> None:
        """The page that stands at a place among those in sight."""
        visible = [place for place in range(len(PAGES)) if self.tabs.isTabVisible(place)]
        if number < len(visible):
            self.tabs.setCurrentIndex(visible[number])

    def _turn_by(self, way: int) -> None:
        visible = [place for place in range(len(PAGES)) if self.tabs.isTabVisible(place)]
        at = visible.index(self.tabs.currentIndex()) + way
        self.tabs.setCurrentIndex(visible[at % len(visible)])
        self.focus_page()

    def _on_touched(self, change: Change) -> None:
        """Something changed: read again what it touched of this record; an open editor keeps its text."""
        record = self._record
        if record is None:
            return
        is_mine = ("project", record.uid) in change.touched
        is_mine = is_mine or any(table in ("plan", "region") for table in change.tables)
        if is_mine or not change.tables.isdisjoint(_OF_PROJECT):
            fresh = self._session.read(projects.record, record.uid)
            self._show(fresh)

    # Commands

    def copy(self) -> None:
        """Put the record on the clipboard as lines of label and value."""
        if self._record is None:
            return
        lines = []
        for field in reading.fields_of_project():
            text = fields.show(field, self._record.values.get(field.name))
            if text:
                lines.append(f"{field.label}{f'（{field.unit}）' if field.unit else ''}\t{' '.join(text.split())}")
        QGuiApplication.clipboard().setText("\n".join(lines))
        self._session.said.emit("已复制这个项目", False)

    def _lead_to_card(self) -> None:
        if self._record is not None:
            self.way_wanted.emit(Place("reports", f"card:{self._record.uid}"))

    def _duplicate(self) -> None:
        if self._record is not None:
            change = self._session.run(projects.duplicate, [self._record.uid])
            if change is not None and change.created is not None:
                self.wanted.emit(change.created)

    def _decide(self, ask: Callable[[QWidget, Session, ProjectRecord], None]) -> None:
        if self._record is not None:
            ask(self, self._session, self._record)

    # Keyboard

    def focus_page(self) -> None:
        """Give the keyboard to the page in sight."""
        if self.page == "基本":
            self.fields.rows[0].value.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.page == "变更":
            self.history.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif self.page in BUILT_LATER:
            self.late(self.page).focus_first()
        elif self.milestones.rows:
            self.milestones.rows[0].name.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.milestones.empty.button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle_focus(self) -> None:
        """F6: into the pane, or back to where the keyboard was before."""
        if not self._has_keyboard():
            self.focus_page()
        elif self._outside is not None and self._outside.isVisible():
            self._outside.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F6 in the place of this pane is ours before the window's."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_F6 and not event.modifiers() and self.isVisible():
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.toggle_focus()
                return True
        return False

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, when nothing is being edited, gives the keyboard back to the grid."""
        if event.key() == Qt.Key.Key_Escape and self._outside is not None and self._outside.isVisible():
            self._outside.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def _has_keyboard(self) -> bool:
        now = QApplication.focusWidget()
        return now is not None and (now is self or self.isAncestorOf(now))

    def _remember_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and now is not self and now.window() is self.window() and not self.isAncestorOf(now):
            self._outside = now
            now.destroyed.connect(self._forget_outside)

    def _forget_outside(self, gone: QObject) -> None:
        self._outside = None

    # Painting

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.color("surface"))
        paint.hairline(painter, theme, QPointF(0, 0), self.height(), upright=True)
        if self._record is None:
            area = self.rect().adjusted(theme.px(24), 0, -theme.px(24), 0)
            words = "在左边选一个项目，这里显示它的全部内容。"
            paint.text(painter, theme, area, words, "text3", align=paint.CENTER)
        else:
            y = self.tabs.geometry().bottom()
            paint.hairline(painter, theme, QPointF(0, y), self.width())
        painter.end()
