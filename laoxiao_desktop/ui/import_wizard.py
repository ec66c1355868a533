"""读入清单: a list is read in, step by step, and written as one change that can be taken back."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.package import SUFFIX
from laoxiao_desktop.ui import labels, paint, style
from laoxiao_desktop.ui.background import Job
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.exchange_result import ExchangeResult, WaysOn
from laoxiao_desktop.ui.import_review import ImportReview
from laoxiao_desktop.ui.import_source import ASK, FILE, PASTE, ImportSource
from laoxiao_desktop.ui.import_state import ImportState
from laoxiao_desktop.ui.import_steps import CHECK, CHOOSE, DONE, MAP, Steps
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Place, Way

_BACKUP: Final = "import.backup"
KEYS = (  # for the list of keys: where, keys, what they do
    ("数据交换", "Ctrl+I", "选择要读入的文件"),
    ("数据交换", "Ctrl+V", "读入剪贴板里的表格"),
    ("数据交换", "Enter / F2", "改这一格，改正读错的内容"),
    ("数据交换", "Space", "写或不写这一行；在更正过的格上换用清单的值"),
    ("数据交换", "F8", "到下一处待定或读不出的地方"),
    ("数据交换", "Ctrl+PgUp / PgDn", "上一张、下一张表"),
    ("数据交换", "Alt+← / Alt+→", "上一步、下一步"),
    ("数据交换", "Ctrl+Enter", "写入"),
)


class ImportWizard(QWidget):
    """`way_wanted`: to the place where the rows that were written stand. `package_met`: the file is a data package."""

    way_wanted = Signal(object)
    package_met = Signal(object)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._path: Path | None = None
        self._written: Change | None = None
        self.state = ImportState(session, self)
        self.steps = Steps(theme)
        self.source = ImportSource(theme, session.settings)
        self.review = ImportReview(session, theme, self.state)
        self.result = ExchangeResult(theme)
        self._build()
        self._connect()
        self._go(CHOOSE)

    # --- building ------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = self._theme.px
        self._stack = QStackedWidget()
        for page in (self.source, self.review, self.result):
            self._stack.addWidget(page)
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setProperty("tone", "text2")
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.sheets = Combo()
        self.sheets.setAccessibleName("看哪张表")
        self.sheets.setMaximumWidth(px(300))
        self.sheets.setToolTip("换一张表（Ctrl+PgUp、Ctrl+PgDn）")
        self.takes_sheet = QCheckBox("读这张表")
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(12), px(20), px(12))
        head.setSpacing(px(14))
        head.addWidget(self._name, 1)
        head.addWidget(self.sheets)
        head.addWidget(self.takes_sheet)
        head.addWidget(self.steps)
        self._foot = self._build_foot()
        self.progress = ProgressStrip(self._theme)
        self.progress.setContentsMargins(px(20), 0, px(20), px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.progress)
        column.addWidget(self._foot)

    def _build_foot(self) -> QWidget:
        px = self._theme.px
        self.backup = QCheckBox("读入前自动备份")
        self.backup.setChecked(self._session.settings.flag(_BACKUP, True))
        self.backup.toggled.connect(lambda on: self._session.settings.put(_BACKUP, on))
        self._why = labels.hint("读入可整体撤销")
        self._why.setWordWrap(False)
        self.cancel = QPushButton("取消")
        self.back = QPushButton("上一步")
        self.on = QPushButton()
        style.set_kind(self.on, "primary")
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(20), px(12), px(20), px(12))
        row.setSpacing(px(8))
        row.addWidget(self.backup)
        row.addSpacing(px(24))
        row.addWidget(self._why, 1)
        for button in (self.cancel, self.back, self.on):
            row.addWidget(button)
        return foot

    def _connect(self) -> None:
        state, session = self.state, self._session
        state.read.connect(self._show_read)
        state.changed.connect(self._refresh)
        state.job_begun.connect(self._follow)
        state.written.connect(self._show_written)
        self.source.file_chosen.connect(self.open_file)
        self.source.paste_asked.connect(self.paste)
        self.review.sheet_changed.connect(lambda _: self._show_sheets())
        self.sheets.activated.connect(lambda number: self.review.show_sheet(self.sheets.itemData(number)))
        self.review.bar.hidden_asked.connect(self._read_hidden)
        self.takes_sheet.clicked.connect(self._take_sheet)
        self.cancel.clicked.connect(self.leave)
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        session.touched.connect(self._on_touched)
        session.ledger_opened.connect(self.leave)
        session.ledger_closed.connect(self._drop)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in (
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_on),
            ("Ctrl+Return", self.go_on),
        ):
            QShortcut(QKeySequence(keys), self, do, context=context)
        QShortcut(QKeySequence("Ctrl+V"), self.source, self.paste, context=context)

    # --- what the place asks -------------------------------------------------------------------------------------

    @property
    def heart(self) -> QWidget:
        """Where the keyboard goes; a focus proxy would take the bar from Tab."""
        return self.source.choose if self.steps.at == CHOOSE else self.review.grid

    def activate(self) -> None:
        """Comes to the front."""
        if self.steps.at in (MAP, CHECK):
            self.state.again()

    def follow(self, way: Way) -> None:
        """Come here to read: a file that is named, what is on the clipboard, or one to be asked for."""
        what = way.of if isinstance(way, Place) else ""
        if what.startswith(FILE):
            self.open_file(Path(what.removeprefix(FILE)))
        elif what == PASTE:
            self.paste()
        elif what == ASK:
            self.ask_file()

    def ask_file(self) -> None:
        """Ctrl+I: ask for a file."""
        if self.steps.at == DONE:
            self.leave()
        self.source.ask()

    def open_file(self, path: Path) -> None:
        """Reads a file."""
        if path.suffix.lower() == SUFFIX:
            self.package_met.emit(path)
            return
        if self._is_refusing():
            return
        self._path = path
        self.state.read_file(path)

    def _read_hidden(self) -> None:
        if self._path is not None:
            self.state.read_file(self._path, with_hidden=True)

    def paste(self) -> None:
        """Reads what is on the clipboard."""
        content = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
        if len(files) == 1:
            self.open_file(files[0])
        elif not self._is_refusing():
            self.read_pasted(content.text(), content.html() if content.hasHtml() else None)

    def read_pasted(self, text: str, html: str | None) -> None:
        """Reads a block that was copied elsewhere."""
        self._path = None
        self.state.read_pasted(text, html)

    def _is_refusing(self) -> bool:
        ledger = self._session.ledger
        if self.state.is_writing:
            self._session.hinted.emit("正在写入，请等它写完再读下一份。")
            return True
        if ledger.is_read_only:
            self._session.hinted.emit(f"台账是只读的，不能读入：{ledger.read_only_reason}")
        return ledger.is_read_only

    # --- steps ---------------------------------------------------------------------------------------------------

    def _show_read(self) -> None:
        """A file has been read: its columns first when they ask something, else its rows."""
        if self._path is not None:
            self.source.remember(self._path)
        hidden = self.state.file.hidden if self.state.file is not None else ()
        self._go(MAP if self.state.asks or hidden else CHECK)

    def _go(self, step: int) -> None:
        self.steps.show_step(step)
        page = {CHOOSE: self.source, MAP: self.review, CHECK: self.review, DONE: self.result}[step]
        self._stack.setCurrentWidget(page)
        self._foot.setVisible(step in (MAP, CHECK))
        self.backup.setVisible(step == CHECK)
        self._name.setText(self.state.file.name if self.state.file is not None and step != CHOOSE else "")
        if step in (MAP, CHECK):
            self.review.begin(is_checking=step == CHECK)
            self.review.grid.setFocus()
        self._show_sheets()
        self._refresh_foot()
        if step == CHOOSE:
            self.source.choose.setFocus()
        elif step == DONE:
            self.result.buttons[0].setFocus()

    def go_on(self) -> None:
        """下一步, or 写入 at the last one."""
        if self.steps.at == MAP and self.on.isEnabled():
            self._go(CHECK)
        elif self.steps.at == CHECK and self.on.isEnabled():
            self._write()

    def go_back(self) -> None:
        """上一步."""
        if self.state.is_writing:
            return
        if self.steps.at == CHECK and not self.state.is_returned:
            self._go(MAP)
        elif self.steps.at in (MAP, CHECK):
            self.leave()

    def leave(self) -> None:
        """Puts the list away; nothing was written."""
        self.state.forget()
        self._written = None
        self._go(CHOOSE)

    def _drop(self) -> None:
        self.state.forget()
        self.steps.show_step(CHOOSE)
        self._stack.setCurrentWidget(self.source)

    def _write(self) -> None:
        self.state.write(has_backup=self.backup.isChecked())
        self._refresh()

    def _show_written(self, change: Change) -> None:
        self._written = change
        left = self.state.open_questions
        words = (
            f"{left} 处待定或读不出的没有写成数值，可以再读一次补上。"
            if left
            else "可以整体撤销，也可以在变更记录里找到它。"
        )
        self._say(f"{change.label}。", words)
        self._go(DONE)

    def _say(self, words: str, hint: str, *, is_undone: bool = False) -> None:
        again: WaysOn = (("再读一个文件", self.leave),)
        written: WaysOn = (("去看写入的内容", self._look), ("撤销这次读入", self._session.undo))
        self.result.say(words, hint, again if is_undone else (*written, *again))

    def _on_touched(self, change: Change) -> None:
        if self.state.is_writing:
            return
        if self.steps.at == DONE and self._written is not None and change.label.endswith(self._written.label):
            is_undone = not change.label.startswith("重做")
            what = "已撤销这次读入，台账和读入以前一样。" if is_undone else f"{self._written.label}。"
            self._say(what, "", is_undone=is_undone)
        elif self.steps.at in (MAP, CHECK) and self.isVisible():
            self.state.again()

    def _look(self) -> None:
        tables = self._written.tables if self._written is not None else frozenset()
        self.way_wanted.emit(Place("projects" if "project" in tables else "indicators"))

    def _take_sheet(self, is_taken: bool) -> None:
        sheet = self.review.sheet
        if sheet is not None:
            self.state.leave_table(sheet.key, not is_taken)

    # --- what is shown -------------------------------------------------------------------------------------------

    def _follow(self, job: Job, words: str) -> None:
        (self.source.card.progress if self.steps.at == CHOOSE else self.progress).follow(job, words)

    def _refresh(self) -> None:
        if self.steps.at in (MAP, CHECK):
            self.review.refresh()
            self._refresh_foot()

    def _show_sheets(self) -> None:
        sheets = self.state.sheets.sheets if self.steps.at in (MAP, CHECK) else ()
        here = self.review.sheet
        self.sheets.clear()
        for sheet in sheets:
            count = self.state.sheets.written_in(sheet, frozenset(self.state.left))
            self.sheets.addItem(f"{sheet.title}  {count} 项变化" if count else sheet.title, sheet.key)
            if here is not None and sheet.key == here.key:
                self.sheets.setCurrentIndex(self.sheets.count() - 1)
        for widget in (self.sheets, self.takes_sheet):
            widget.setVisible(len(sheets) > 1)
        self.takes_sheet.setChecked(here is not None and here.key not in self.state.unread)

    def _refresh_foot(self) -> None:
        state = self.state
        for button in (self.cancel, self.back):
            button.setEnabled(not state.is_writing)
        if self.steps.at == MAP:
            self.on.setText("下一步：核对")
            self.on.setEnabled(True)
            self._why.setText("列名下拉可以改；金额单位、名称等认不准的要先选定。" if state.asks else "")
            return
        count = len(state.keys)
        self.on.setText(f"写入 {count} 项变化" if count else "没有要写的变化")
        can_write = bool(count) and not state.needs_plan and not self._asks_money() and not state.is_writing
        self.on.setEnabled(can_write)
        words = "读入可整体撤销"
        if count and state.needs_plan:
            words = "请先选择读到哪个方案，或为新方案写名称。"
        elif count and self._asks_money():
            words = "金额单位还没有选定，请回到上一步。"
        self._why.setText(words)

    def _asks_money(self) -> bool:
        """Whether a column of money that would be read names no unit."""
        return any(
            column.role in ("total_investment", "central_request") and column.factor is None
            for sheet in self.state.sheets.sheets
            if sheet.key not in self.state.unread
            for column in sheet.columns
            if column.number >= 0
        )

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "surface")
        if self._foot.isVisible():
            paint.hairline(painter, self._theme, QPointF(0, self._foot.y()), self.width())
        if self._stack.y():
            paint.hairline(painter, self._theme, QPointF(0, self._stack.y() - 1), self.width())
        painter.end()
