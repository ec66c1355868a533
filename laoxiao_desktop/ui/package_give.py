"""发出数据包: to whom, how much of the ledger, where to; then the file is written and what to tell the receiver is said."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from laoxiao_desktop import paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.package import Ahead, Given, Peer
from laoxiao_desktop.ui import labels, package_words, scroll, style
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.exchange_result import ExchangeResult
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import packages, plans, projects
from laoxiao_desktop.workspace.ledger import Ledger

_TO, _FOLDER = "package.to", "package.folder"
_WIDTH: Final = 720
_PAUSE_MS: Final = 300  # after the last choice or letter
_WHAT: Final = (
    "一个数据包就是一个文件，用 U 盘、微信或邮件传给对方。对方改过以后再发回来，两边的改动逐项合并，谁的都不会丢。"
)


class GivePage(QWidget):
    """Asks for everything on one page; what was chosen is remembered."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._peers: tuple[Peer, ...] = ()
        self._given: Given | None = None
        self._kept = ""
        self._counting: Job | None = None
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self.to = self._combo("发给谁")
        self.to.setEditable(True)
        self.to.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        completer = self.to.completer()
        if completer is not None:
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)  # what is typed stays as it is
        field = self.to.lineEdit()
        if field is not None:
            field.setPlaceholderText("例如：勐海县民政局")
            field.setMaxLength(60)
            field.setAccessibleName("发给谁")
        self._peer_says = labels.hint("")
        self._peer_says.setWordWrap(False)
        self.plan, self.county = self._combo("发哪个方案"), self._combo("发哪个县市区")
        self.contacts = QCheckBox("连同联系人和电话")
        self.whole = QCheckBox("从头发全部，不只发对方没有的")
        self.whole.setToolTip("对方把台账弄丢了，或者要在另一台电脑上从头开始时用")
        self._place = labels.sentence(tone="text2")
        self.folder_button = QPushButton("换个文件夹…")
        self._what = labels.sentence(tone="text2")
        self._problem = labels.sentence(tone="red")
        self._problem.hide()
        self.give_button = QPushButton("发出数据包")
        style.set_kind(self.give_button, "primary")
        self.progress = ProgressStrip(theme)
        self.result = ExchangeResult(theme)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._form())
        self._stack.addWidget(self.result)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._connect()

    @property
    def heart(self) -> QWidget:
        """Where the keyboard goes."""
        return self.result.buttons[0] if self._stack.currentWidget() is self.result else self.to

    @property
    def folder(self) -> Path:
        """Where packages are put: where the last one went, else 文档."""
        held = self._session.settings.text(_FOLDER)
        return Path(held) if held and Path(held).is_dir() else paths.documents()

    def activate(self) -> None:
        """Comes to the front: the lists are read again."""
        session = self._session
        known = session.read(plans.all_of)
        scope = session.scope
        self._fill(
            self.plan,
            [(None, "全部方案"), *((each.uid, f"{each.region or each.title}  {each.projects} 项") for each in known)],
            self.plan.currentData() if self.plan.count() else scope.plan,
        )
        self._fill_counties(self.county.currentData() if self.county.count() else scope.county)
        self._fill_peers()
        self._tell()

    # ---- building

    def _combo(self, name: str) -> Combo:
        combo = Combo()
        combo.setAccessibleName(name)
        combo.setMaxVisibleItems(20)
        combo.setMinimumWidth(self._theme.px(280))
        return combo

    def _form(self) -> QWidget:
        px = self._theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, QWidget | QLayout], ...] = (
            ("发给", _beside(px(12), self.to, self._peer_says)),
            ("方案", _beside(0, self.plan)),
            ("县市区", _beside(0, self.county)),
            ("个人信息", self._checked(self.contacts, "平时不发；要发时勾上，请当面或加密传送")),
            ("多少", self._checked(self.whole, "平时只发对方还没有的改动")),
            ("存到", _beside(px(12), self._place, self.folder_button, first=1)),
        )
        for number, (label, what) in enumerate(rows):
            grid.addWidget(labels.field_label(self._theme, label, 64), number, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(what, QWidget):
                grid.addWidget(what, number, 1)
            else:
                grid.addLayout(what, number, 1)
        below = QVBoxLayout()
        below.setSpacing(px(12))
        below.addWidget(self._what)
        below.addWidget(self._problem)
        below.addWidget(self.give_button, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self.progress)
        grid.addLayout(below, len(rows), 1)
        inside = QWidget()
        inside.setMaximumWidth(px(_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(20))
        column.addWidget(labels.sentence(_WHAT, "text2"))
        column.addLayout(grid)
        column.addStretch(1)
        sheet = QWidget()
        around = QHBoxLayout(sheet)
        around.setContentsMargins(px(20), px(20), px(20), px(20))
        around.addWidget(inside, 1)
        around.addStretch(0)
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        return scroll.column(sheet)

    def _checked(self, box: QCheckBox, words: str) -> QLayout:
        hint = labels.hint(words)
        hint.setWordWrap(False)
        return _beside(self._theme.px(12), box, hint)

    def _connect(self) -> None:
        self.to.editTextChanged.connect(lambda _: self._tell())
        self.to.activated.connect(self._take_peer)
        self.plan.activated.connect(lambda _: self._fill_counties(self.county.currentData()))
        self.plan.activated.connect(lambda _: self._tell())
        self.county.activated.connect(lambda _: self._tell())
        self.whole.toggled.connect(lambda _: self._tell())
        self._later.timeout.connect(self._count_ahead)
        self.folder_button.clicked.connect(self._choose_folder)
        self.give_button.clicked.connect(self.give)
        field = self.to.lineEdit()
        if field is not None:
            field.returnPressed.connect(self.give)
        self._session.ledger_opened.connect(self._forget)

    # ---- what can be chosen

    def _forget(self) -> None:
        """Another ledger: nothing of the last one is offered."""
        self._given = None
        for combo in (self.plan, self.county, self.to):
            combo.clear()
        self.to.setEditText("")
        self.contacts.setChecked(False)
        self.whole.setChecked(False)
        self._stack.setCurrentIndex(0)

    def _fill_peers(self) -> None:
        typed = self.to.currentText()
        self._peers = self._session.read(packages.peers)
        self.to.blockSignals(True)
        self.to.clear()
        self.to.addItems([peer.name for peer in self._peers])
        last = self._session.settings.text(_TO)
        names = [peer.name for peer in self._peers]
        chosen = last if last in names else names[0] if names else ""
        self.to.setEditText(typed or chosen)
        self.to.blockSignals(False)
        if chosen and not typed:
            self._take_peer(names.index(chosen))

    def _fill_counties(self, wanted: object) -> None:
        found = self._session.read(projects.choices, "county", self.plan.currentData())
        counties = [(code, f"{title}  {count} 项") for code, title, count in found if code]
        self._fill(self.county, [(None, "全部县市区"), *counties], wanted)

    def _fill(self, combo: Combo, choices: list[tuple[str | None, str]], wanted: object) -> None:
        combo.clear()
        for value, words in choices:
            combo.addItem(words, value)
        values = [value for value, _ in choices]
        combo.setCurrentIndex(values.index(wanted) if wanted in values else 0)

    def _take_peer(self, number: int) -> None:
        """Who was given something before gets the same part again."""
        peer = self._peers[number] if 0 <= number < len(self._peers) else None
        if peer is not None:
            self.plan.setCurrentIndex(max(0, self.plan.findData(peer.scope.plan)))
            self._fill_counties(peer.scope.county)
            self._tell()

    @property
    def _peer(self) -> Peer | None:
        name = self.to.currentText().strip()
        return next((peer for peer in self._peers if peer.name == name), None)

    def _tell(self) -> None:
        """Who it goes to, what goes, where it is put."""
        peer = self._peer
        name = self.to.currentText().strip()
        self._peer_says.setText(package_words.peer_words(peer) if peer else ("第一次发给对方" if name else ""))
        self._place.setText(str(self.folder / package_words.file_name(self._session.ledger.name, name)))
        part = "、".join(
            combo.currentText().split("  ")[0] for combo in (self.plan, self.county) if combo.currentData() is not None
        )
        kept = f"{part}的部分" if part else "整本台账"
        self._kept = kept
        self._what.setText(f"会发出：{kept}……")
        self._later.start()
        self._problem.hide()
        style.set_bad(self.to, False)

    def _count_ahead(self) -> None:
        """Counts beside the window what would go."""
        if not self._session.has_ledger or not self.isVisible():
            return
        ledger, to = self._session.ledger, self.to.currentText().strip()
        county, plan, is_whole = self.county.currentData(), self.plan.currentData(), self.whole.isChecked()

        def work(progress: Progress) -> Ahead:
            progress.check()
            with ledger.reader() as reader:
                return packages.ahead(reader, to=to, county=county, plan=plan, is_whole=is_whole)

        job = self._counting = Job(work)
        job.done.connect(lambda ahead: self._tell_ahead(ahead) if job is self._counting else None)
        job.start()

    def _tell_ahead(self, ahead: object) -> None:
        if not isinstance(ahead, Ahead):
            return
        if ahead.is_first:
            words = f"会发出：{self._kept}，从头全部 {ahead.ops} 条记录；对方可以从它开始一本新台账。"
        elif ahead.ops:
            words = f"会发出：{self._kept}里对方还没有的 {ahead.ops} 条记录。"
        else:
            words = f"{self._kept}里没有对方还没有的改动；发过去只是告诉对方您收到了什么。"
        if ahead.held_back:
            words += f"范围以外的 {ahead.held_back} 条不发。"
        self._what.setText(words)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window(), "数据包放在哪个文件夹", str(self.folder))
        if chosen:
            self.put_in(Path(chosen))

    def put_in(self, folder: Path) -> None:
        """Chooses the folder, also for the next time."""
        self._session.settings.put(_FOLDER, str(folder))
        self._tell()

    # ---- giving

    def give(self) -> None:
        """Writes the package beside the window."""
        name = self.to.currentText().strip()
        if not name:
            self._problem.setText("请写明发给谁。")
            self._problem.show()
            style.set_bad(self.to, True)
            self.to.setFocus()
            return
        path = package_words.free_path(self.folder, package_words.file_name(self._session.ledger.name, name))
        county, plan = self.county.currentData(), self.plan.currentData()
        has_contacts, is_whole = self.contacts.isChecked(), self.whole.isChecked()
        self._given = None

        def work(ledger: Ledger, progress: Progress) -> Change | None:
            progress.check()
            self._given = packages.give(
                ledger, path, to=name, county=county, plan=plan, has_contacts=has_contacts, is_whole=is_whole
            )
            return None

        job = self._read_job(work) if self._session.ledger.is_read_only else self._session.run_beside(work)
        if job is None:
            return
        self._session.settings.put(_TO, name)
        job.done.connect(lambda _: self._show_given())
        job.failed.connect(self._fail)
        job.ended.connect(lambda: self.give_button.setEnabled(True))
        self.give_button.setEnabled(False)
        self.progress.follow(job, f"写给“{name}”的数据包")
        job.start()

    def _read_job(self, work: Callable[[Ledger, Progress], Change | None]) -> Job:
        """A ledger that is open to be read only gives out as well; it only does not note that it did."""
        ledger = self._session.ledger

        def read(progress: Progress) -> None:
            with ledger.reader() as reader:
                work(reader, progress)

        job = Job(read)
        job.failed.connect(lambda problem: self._session.refused.emit(problem) if _is_told(problem) else None)
        return job

    def _fail(self, problem: object) -> None:
        if not _is_told(problem):  # a refusal is told by the session
            self._session.refused.emit(UserError("数据包没有写成。", f"程序内部出错：{problem}"))

    def _show_given(self) -> None:
        given = self._given
        if given is None:
            return
        words = package_words.letter(given, self._session.ledger.name)
        self.result.say(
            package_words.given_words(given),
            f"{package_words.given_hint(given)}\n\n可以这样告诉对方：\n{words}",
            (
                ("打开所在文件夹", lambda: self._open_folder(Path(given.path).parent)),
                ("复制给对方的话", lambda: self._copy(words)),
                ("再发一个", self._again),
            ),
        )
        self._stack.setCurrentWidget(self.result)
        self.result.buttons[0].setFocus()
        self._session.said.emit(f"已写出 {Path(given.path).name}", False)

    def _open_folder(self, folder: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _copy(self, words: str) -> None:
        QGuiApplication.clipboard().setText(words)
        self._session.said.emit("已复制，可以粘贴到微信或邮件里", False)

    def _again(self) -> None:
        self.contacts.setChecked(False)
        self.whole.setChecked(False)
        self._stack.setCurrentIndex(0)
        self.activate()
        self.to.setFocus()


def _is_told(problem: object) -> bool:
    return isinstance(problem, UserError)


def _beside(gap: int, *widgets: QWidget, first: int = 0) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for number, widget in enumerate(widgets):
        row.addWidget(
            widget, first if number == 0 else 0, Qt.AlignmentFlag.AlignVCenter if first == 0 else Qt.AlignmentFlag(0)
        )
    if not first:
        row.addStretch(1)
    return row
