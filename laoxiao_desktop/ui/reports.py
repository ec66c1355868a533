"""报告: the finished pages beside what they are made from; printed or saved exactly as they are seen."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.money import show_money
from laoxiao_desktop.models.report_request import Kind, Request
from laoxiao_desktop.ui.background import Job
from laoxiao_desktop.ui.report_making import Made, make
from laoxiao_desktop.ui.report_offer import offer_of
from laoxiao_desktop.ui.report_panel import ReportPanel
from laoxiao_desktop.ui.report_preview import ReportPreview
from laoxiao_desktop.ui.report_saving import ReportSaver
from laoxiao_desktop.ui.report_text_editor import ReportTextEditor
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Place
from laoxiao_desktop.workspace import projects, report_values
from laoxiao_desktop.workspace.report_batch import Each

DEBOUNCE_MS = 40  # several wishes at once make one report
QUIET_MS = 300  # what takes less is not spoken of
KIND, OPTIONS = "reports.kind", "reports.options."


class ReportsPlace(QWidget):
    """The panel, and the preview that follows it and the ledger."""

    title = "报告"
    icon = "document_text"
    key = "reports"
    KEYS = (  # for the list of keys: where, keys, what they do
        ("报告", "Ctrl+P", "打印"),
        ("报告", "Ctrl+S", "导出 PDF"),
        ("报告", "Ctrl+E", "导出 Excel"),
        ("报告", "↑ / ↓", "换一种报告"),
        ("报告", "PgUp / PgDn", "上一页、下一页"),
        ("报告", "Home / End", "第一页、最后一页"),
        ("报告", "Ctrl++ / Ctrl+- / Ctrl+0", "放大、缩小、整页"),
        ("报告", "Ctrl+滚轮", "在鼠标处放大、缩小"),
        ("报告", "Ctrl+F", "在页面里找字"),
        ("报告", "F3 / Shift+F3", "下一处、上一处（在页面上也可按 Enter）"),
        ("报告", "F4", "显示或收起左边的页面缩略图和目录"),
        ("报告", "Ctrl+G", "到第几页"),
        ("报告", "Ctrl+C", "复制所选文字；没有选时复制整页"),
        ("报告", "Ctrl+A", "全选本页文字"),
    )
    figures_changed = Signal(object)
    made = Signal(object)  # Made, when its pages are shown

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._job: Job | None = None
        self._made: Made | None = None
        self._is_stale = True
        self._later = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._later.timeout.connect(self._begin)
        self._slow = QTimer(self, singleShot=True, interval=QUIET_MS)
        self._build()
        self._connect()

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        theme = self._theme
        self.panel = ReportPanel(theme, self)
        self.preview = ReportPreview(theme, self._session.settings, self)
        self.pages, self.finder, self._head = self.preview.pages, self.preview.finder, self.preview.head
        self.strip, self.progress = self.preview.strip, self.preview.progress
        self.heart: QWidget = self.pages  # the keyboard goes here; a focus proxy would take the panel from Tab
        self.saver = ReportSaver(self._session, self.strip, self.progress, self.panel, self)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.panel)
        box.addWidget(self.preview, 1)
        self.setTabOrder(self.panel.save_button, self._head)

    def _connect(self) -> None:
        session = self._session
        session.ledger_opened.connect(self._take_ledger)
        session.ledger_closed.connect(self._forget)
        session.scope_changed.connect(lambda _scope: self._renew(True))
        session.touched.connect(self._on_touched)
        self.panel.changed.connect(self._remember)
        self.panel.changed.connect(self._renew)
        self.panel.kind_chosen.connect(self._take_kind)
        self.panel.scope_asked.connect(session.narrow)
        self.panel.print_asked.connect(self.print_report)
        self.panel.save_asked.connect(self.saver.ask_and_save)
        self.panel.workbook_asked.connect(self.saver.ask_and_save_workbook)
        self.panel.batch_asked.connect(self.saver.ask_and_save_each)
        self.panel.text_asked.connect(self.edit_text)
        self.saver.refused.connect(lambda: self._head.say(""))
        self._slow.timeout.connect(lambda: self._head.say("正在生成…"))
        if session.has_ledger:
            self._take_ledger()

    # ── the place protocol ───────────────────────────────────────────────────────────────────────────────────

    def activate(self) -> None:
        """Makes the pages when something changed since they were last shown."""
        if self._is_stale and self._session.has_ledger:
            self._offer()
            self._begin()
        self._show_figures()
        self.pages.setFocus()

    def set_search(self, text: str) -> None:
        """Finds words in the pages."""
        self.finder.search(text)

    def copy(self) -> None:
        """Copies what is selected, or the page in hand."""
        self.pages.copy()

    # ── following the ledger ─────────────────────────────────────────────────────────────────────────────────

    def _take_ledger(self) -> None:
        self._forget()
        self.panel.office.setText(self._session.ledger.person.unit)
        self.panel.day.set_day(clock.today())
        self._show_kind(self._session.settings.text(KIND))
        self._renew(True)

    def _forget(self) -> None:
        self._drop_job()
        self._made = self.saver.made = None
        self._is_stale = True
        self.preview.clear()
        self.panel.set_ready(False)
        self.strip.hide()

    def _drop_job(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _on_touched(self, change: Change) -> None:
        self._renew(bool(change.tables & {"plan", "project"}))

    def _renew(self, with_choices: bool = False) -> None:
        """Something differs: the pages are made again soon, or when the place is shown."""
        if not self._session.has_ledger:
            return
        if not self.isVisible():
            self._is_stale = True
            return
        if with_choices:
            self._offer()
        self._later.start()

    def _offer(self) -> None:
        self.panel.offer(self._session.read(offer_of, self._session.scope, self.panel.kind), self._session.scope)

    def show_report(self, name: str, project: str | None = None) -> None:
        """Shows a kind of report, of one project or receipt where it can be; other places lead here."""
        self.panel.kinds.pick(name)
        if name == "receipt" and project is not None:
            self._offer()
            self.panel.options.choose_receipt(project)
        elif project is not None:
            known = self._session.read(projects.record, project)
            self.panel.options.choose_project(project, str(known.values["name"]) if known is not None else project)

    def follow(self, way: object) -> None:
        """Shows what another place leads to: a kind, or kind:uid for one project or receipt."""
        asked = way.of if isinstance(way, Place) else ""
        kind, _, project = asked.partition(":")
        if kind:
            self.show_report(kind, project or None)

    def _show_kind(self, name: str) -> None:
        """Shows the kind of last time with what was chosen for it."""
        self.panel.kinds.show_kind(name)
        self._take_kind(self.panel.kind)

    def _take_kind(self, kind: Kind) -> None:
        settings = self._session.settings
        settings.put(KIND, kind.kind)
        held = settings.get(OPTIONS + kind.kind)
        self.panel.options.restore(held if isinstance(held, dict) else {})
        self.panel.options.show_kind(kind)
        self.panel.show_ways()
        if self._made is not None and self._made.wish.request.kind != kind.kind:
            self._drop_job()
            self.panel.set_ready(False)  # what is seen is another report until this one is made
        self._renew(True)

    def _remember(self) -> None:
        self._session.settings.put(OPTIONS + self.panel.kind.kind, self.panel.options.held())

    # ── making ───────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self) -> None:
        if not self._session.has_ledger:
            return
        if self._job is not None:
            self._job.cancel()
        self._is_stale = False
        ledger, wish = self._session.ledger, self.panel.wish()
        job = Job(lambda progress: make(ledger, wish, progress))
        job.done.connect(self._show)
        job.failed.connect(self._fail)
        job.ended.connect(self._end)
        self._job = job
        self._slow.start()
        job.start()

    def _end(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self._slow.stop()
            self._head.say("")

    def _show(self, made: object) -> None:
        if self.sender() is not self._job or not isinstance(made, Made):
            return
        before, self._made = self._made, made
        self.saver.made = made
        self.preview.show_made(made)
        if before is not None and _about(before.wish.request) != _about(made.wish.request):
            self.pages.go_to_page(0)
        self.pages.setAccessibleName(f"{self.panel.kind_title}预览")
        self._head.show_title(self.panel.kind_title)
        self.panel.set_ready(True)
        self.panel.tell(_notice(made))
        self._show_figures()
        self.made.emit(made)

    def _fail(self, error: object) -> None:
        if self.sender() is not self._job:
            return
        if isinstance(error, UserError):  # this report cannot be told; nothing went wrong
            self._made = self.saver.made = None
            self.preview.clear()
            self.panel.set_ready(False)
            self._head.show_title(self.panel.kind_title)
            self.panel.tell(f"{error.what}\n{error.remedy}".strip())
            self._show_figures()
        elif isinstance(error, Exception):
            self.panel.tell("这份报告没有生成，原因已写入程序日志。")
            self._session.refused.emit(UserError("报告没有生成。", f"程序内部出错：{error}"))

    def _show_figures(self) -> None:
        made = self._made
        if made is None or self._is_stale:
            self.figures_changed.emit([])
            return
        money = made.total_investment
        self.figures_changed.emit(
            [
                ("改动", f"{made.projects} 处")
                if made.wish.request.kind == "receipt"
                else ("范围", f"{made.region or '全部方案'} {made.projects} 项"),
                *([("总投资", show_money(money) or "0")] if money is not None else []),
                ("截至", made.day.isoformat()),
                ("", f"预览 {made.seconds:.1f} 秒"),
            ]
        )

    # ── ways out ─────────────────────────────────────────────────────────────────────────────────────────────

    def suggested_name(self) -> str:
        """The file name offered when saving."""
        return self.saver.name("pdf")

    def ask_and_save(self) -> None:
        """Asks where to, and saves the pages as they are seen."""
        self.saver.ask_and_save()

    def save_to(self, path: Path) -> None:
        """Saves the pages as they are seen, whole or not at all; says where they are."""
        self.saver.save_to(path)

    def save_each(self, each: Each, folder: Path, ending: str = "pdf") -> None:
        """Saves one file for each county, unit or project into a folder."""
        self.saver.save_each(each, folder, ending)

    def print_report(self) -> None:
        """Asks for a printer and prints the pages as they are seen; without a printer offers to save."""
        from laoxiao_desktop.ui import report_print, report_print_dialog  # noqa: PLC0415  (print support is loaded when it is wanted)

        made = self._made
        if made is None:
            return
        if not report_print.has_printer():
            self.strip.say("yellow", str(report_print.NO_PRINTER), "导出 PDF", self.ask_and_save)
            return
        sheets = report_print.Sheets(made.content, made.sizes, Path(self.suggested_name()).stem)
        order = report_print_dialog.ask(sheets, self, self._theme, self._session.settings, self.pages.page_in_hand)
        if order is None:
            return
        job = Job(lambda progress: report_print.put_on_paper(sheets, order, progress))
        job.progress.connect(self._tell_printing)
        job.done.connect(self._printed)
        job.failed.connect(self.saver.refuse)
        job.start()

    def _tell_printing(self, _done: int, _total: int, words: str) -> None:
        self._head.say(words)

    def _printed(self, count: object) -> None:
        self._head.say("")
        self._session.said.emit(f"已送去打印 {count} 页", False)

    def edit_text(self) -> ReportTextEditor | None:
        """Opens the paragraphs of the report that is seen; what is written is kept with it."""
        made = self._made
        if made is None:
            return None
        found = report_values.paragraphs_of(made.value)
        if not found:
            return None
        editor = ReportTextEditor(self._session, self._theme, made.wish.request, found, self)
        editor.open()
        return editor

    # ── keys and end ─────────────────────────────────────────────────────────────────────────────────────────

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.pages.keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.pages.hasFocus():
            self.finder.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)


def _about(request: Request) -> tuple[str | None, ...]:
    """What makes it another report: the view then begins at its first page."""
    return request.kind, request.plan, request.county, request.sector, request.unit, request.project


def _notice(made: Made) -> str:
    """What should be known before this report is printed."""
    words = []
    past = made.wish.as_of < clock.today()
    if made.missing_glyphs:
        words.append(f"有 {len(made.missing_glyphs)} 个字没有字形，会印成方框：{''.join(made.missing_glyphs[:20])}。")
    if made.projects == 0 and made.wish.request.kind == "monthly":
        words.append("截至这一天，台账里没有这个范围的项目。" if past else "这个范围没有项目清单，报告只有说明文字。")
    elif made.projects == 0 and made.wish.request.kind == "supervise":
        words.append("没有待办的督办单。在项目的“问题”页可以发出督办单。")
    elif made.projects == 0 and made.wish.request.kind not in ("lights", "chase", "findings"):
        words.append("截至这一天，台账里没有可列的内容。" if past else "这个范围没有可列的内容。")
    stale = sum(one.is_stale for one in report_values.paragraphs_of(made.value))
    if stale:
        words.append(f"有 {stale} 段改过的文字，改后数据已变，请在“改文字…”里核对。")
    if made.is_kept:
        words.append("这是锁定时留存的文件，原样显示。")
    if not made.wish.request.office:
        words.append("还没有写落款单位。")
    return "\n".join(words)
