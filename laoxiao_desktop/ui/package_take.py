"""收回数据包: a file is looked at first, then taken in whole; its receipt and conflicts are one click away."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop import paths
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.package import PackageLook, Taken
from laoxiao_desktop.ui import labels, package_words, paint, style
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.drop_card import DropCard
from laoxiao_desktop.ui.exchange_result import ExchangeResult
from laoxiao_desktop.ui.exchange_ways import FILTER, dropped_packages
from laoxiao_desktop.ui.package_lines import PackageFigures, PackageLines, shown
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import packages, safety
from laoxiao_desktop.workspace.ledger import Ledger

_BACKUP, _FOLDER = "package.backup", "package.from"
_WORDS: Final = "把对方发来的数据包（.lxp）拖到这里，或者选择文件，可以一次几个"
_HINT: Final = "先看清里面有什么，再决定收不收；收下以前什么也不会改。"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a package would bring to a ledger, and whether a new one could begin with it."""

    look: PackageLook
    is_whole: bool
    ledger: Path


class TakePage(QWidget):
    """`new_ledger_asked`: a package to begin a ledger with. `conflicts_asked`; `receipt_asked`: the uid of one."""

    new_ledger_asked = Signal(object)
    conflicts_asked = Signal()
    receipt_asked = Signal(str)

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._path: Path | None = None
        self._rest: tuple[Path, ...] = ()  # that are looked at after this one
        self._look: PackageLook | None = None
        self._taken: Taken | None = None
        self._is_busy = False
        self.choose = QPushButton("选择数据包…")
        style.set_kind(self.choose, "primary")
        self.card = DropCard(theme, "arrow_swap", _WORDS, _HINT, (self.choose,), dropped_packages)
        self.result = ExchangeResult(theme)
        self.lines = PackageLines(theme)
        self.progress = ProgressStrip(theme)
        self._stack = QStackedWidget()
        self._sheet = self._build()
        for page in (self.card, self._sheet, self.result):
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack, 1)
        self._connect()

    @property
    def heart(self) -> QWidget:
        """Where the keyboard goes."""
        if self._stack.currentWidget() is self.result:
            return self.result.buttons[0]
        if self._stack.currentWidget() is self._sheet:
            return self.take_button if self.take_button.isEnabled() else self.cancel
        return self.choose

    @property
    def note(self) -> str:
        """Why the package cannot be taken, or what is good to know before."""
        return self._note.text()

    def activate(self) -> None:
        """Comes to the front."""

    # ---- building

    def _build(self) -> QWidget:
        px = self._theme.px
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(self._theme.font(16, medium=True))
        self._sender = QLabel()
        self._sender.setTextFormat(Qt.TextFormat.PlainText)
        self._sender.setProperty("tone", "text2")
        for label in (self._title, self._sender):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.figures = PackageFigures(self._theme)
        self._note = labels.sentence(tone="text2")
        self.new_button = QPushButton("从它开始一本新台账…")
        head = QVBoxLayout()
        head.setContentsMargins(px(20), px(14), px(20), px(10))
        head.setSpacing(px(4))
        for widget in (self._title, self._sender, self.figures, self._note):
            head.addWidget(widget)
        head.addSpacing(px(4))
        head.addWidget(self.new_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.backup = QCheckBox("收下前自动备份")
        self.backup.setChecked(self._session.settings.flag(_BACKUP, True))
        self.backup.toggled.connect(lambda on: self._session.settings.put(_BACKUP, on))
        self._why = labels.hint("整包一次写进台账，要么全收，要么不收；同一个包收两次也没有关系。")
        self._why.setWordWrap(False)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.cancel = QPushButton("取消")
        self.take_button = QPushButton()
        style.set_kind(self.take_button, "primary")
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(px(20), px(12), px(20), px(12))
        foot.setSpacing(px(8))
        foot.addWidget(self.backup)
        foot.addSpacing(px(24))
        foot.addWidget(self._why, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.take_button)
        held = QVBoxLayout()
        held.setContentsMargins(px(20), 0, px(20), px(8))
        held.addWidget(self.progress)
        sheet = _Sheet(self._theme, self._foot)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        self._gap = QWidget()
        column.addWidget(self._gap, 1)
        column.addLayout(held)
        column.addWidget(self._foot)
        return sheet

    def _connect(self) -> None:
        self.choose.clicked.connect(self.ask)
        self.card.dropped.connect(lambda paths: self.look_at(*paths))
        self.cancel.clicked.connect(self.pass_by)
        self.take_button.clicked.connect(self.take)
        self.new_button.clicked.connect(lambda: self.new_ledger_asked.emit(self._path))
        self._session.ledger_opened.connect(self.leave)
        self._session.ledger_closed.connect(self._forget)
        for keys, do in (("Ctrl+Return", self.take), ("Escape", self.pass_by)):
            shortcut = QShortcut(QKeySequence(keys), self._sheet)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # ---- looking

    def ask(self) -> None:
        """Asks for a file."""
        dialog = QFileDialog(
            self.window(), "收回数据包", self._session.settings.text(_FOLDER) or str(paths.documents()), FILTER
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "看看里面")
        dialog.filesSelected.connect(lambda names: self.look_at(*(Path(name) for name in names)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def look_at(self, *paths: Path) -> None:
        """Shows what packages would bring, one after the other; nothing is written."""
        if self._is_busy or not paths:
            return
        path, self._rest = paths[0], paths[1:]
        self._path = path
        self._session.settings.put(_FOLDER, str(path.parent))
        ledger = self._session.ledger

        def work(progress: Progress) -> _Seen:
            progress.check()
            with ledger.reader() as reader:
                look = packages.look(reader, path)
            with suppress(UserError):
                return _Seen(look, packages.head(path).is_whole, ledger.path)
            return _Seen(look, False, ledger.path)

        job = Job(work)
        job.done.connect(self._show_look)
        job.failed.connect(self._fail)
        self._follow(job, f"看 {path.name}")
        job.start()

    def _show_look(self, seen: object) -> None:
        if not isinstance(seen, _Seen) or not self._session.has_ledger or seen.ledger != self._session.ledger.path:
            return
        self._is_busy = False  # before the keyboard is given to the button that takes it
        look = self._look = seen.look
        self.new_button.setVisible(look.refusal is not None and seen.is_whole)
        self._title.setText(look.file + (f"（后面还有 {len(self._rest)} 个）" if self._rest else ""))
        self._title.setToolTip(str(self._path))
        self._sender.setText(package_words.sender_words(look))
        self.figures.show_figures(package_words.look_figures(look) if look.refusal is None else ())
        open_here = frozenset((one.subject, one.field_title) for one in look.conflicts)
        lines = shown(look.lines, look.added, open_here) if look.refusal is None else []
        self.lines.show_lines(lines)
        self.lines.setVisible(bool(lines))
        self._gap.setVisible(not lines)
        self._say_note(look)
        self._refresh_foot()
        self._stack.setCurrentWidget(self._sheet)
        self.heart.setFocus()

    def _say_note(self, look: PackageLook) -> None:
        """Why it cannot be taken, or what it is good to know before."""
        if look.refusal is not None:
            words, tone = look.refusal, "red"
        elif not look.new_ops:
            words, tone = "里面的改动这本台账都有了，不用再收。", "text2"
        elif look.unknown_ops:
            words, tone = "有些内容新版程序才认识：先替您存着，升级以后就会显示，转发时也不会丢。", "text2"
        else:
            words, tone = "", "text2"
        self._note.setText(words)
        labels.set_tone(self._note, tone)
        self._note.setVisible(bool(words))
        self.figures.setVisible(look.refusal is None)

    def _refresh_foot(self) -> None:
        look, ledger = self._look, self._session.ledger
        can_take = look is not None and look.refusal is None and look.new_ops > 0 and not ledger.is_read_only
        self.take_button.setText("收下这个数据包")
        self.take_button.setEnabled(can_take and not self._is_busy)
        self.cancel.setEnabled(not self._is_busy)
        self.cancel.setText("不收，看下一个" if self._rest else "取消")
        self.backup.setVisible(can_take)
        if ledger.is_read_only:
            self._why.setText(f"台账是只读的，不能收：{ledger.read_only_reason}")
        else:
            self._why.setText("整包一次写进台账，要么全收，要么不收；同一个包收两次也没有关系。" if can_take else "")

    # ---- taking

    def take(self) -> None:
        """Takes the package in beside the window, after a backup."""
        path = self._path
        if path is None or not self.take_button.isEnabled():
            return
        has_backup, self._taken = self.backup.isChecked(), None

        def work(ledger: Ledger, progress: Progress) -> Change | None:
            if has_backup:
                progress.step(0, 0, "收下前备份")
                safety.auto_backup(ledger, "收包前")
            self._taken = packages.take(ledger, path, progress.step)
            return self._taken.change

        job = self._session.run_beside(work, is_undoable=False)
        if job is None:
            return
        job.done.connect(lambda _: self._show_taken())
        job.failed.connect(self._fail_taking)
        job.cancelled.connect(lambda: self._session.hinted.emit("已停下，什么也没有收下。"))
        self._follow(job, f"收下 {path.name}")
        job.start()

    def _follow(self, job: Job, words: str) -> None:
        self._is_busy = True
        if self._stack.currentWidget() is self._sheet:
            self._refresh_foot()
        job.ended.connect(self._end)
        (self.progress if self._stack.currentWidget() is self._sheet else self.card.progress).follow(job, words)

    def _end(self) -> None:
        self._is_busy = False
        if self._session.has_ledger and self._stack.currentWidget() is self._sheet:
            self._refresh_foot()

    def _fail(self, problem: object) -> None:
        if isinstance(problem, UserError):
            self._session.refused.emit(problem)
        else:
            self._session.refused.emit(UserError("数据包没有收成，台账没有变。", f"程序内部出错：{problem}"))

    def _fail_taking(self, problem: object) -> None:
        if not isinstance(problem, UserError):  # a refusal is told by the session
            self._fail(problem)

    def _show_taken(self) -> None:
        taken = self._taken
        if taken is None:
            return
        self._session.ledger.refresh()
        count = len(taken.conflicts)
        rest = self._rest
        ways_on = [("看回执", lambda: self.receipt_asked.emit(taken.uid))]
        if count:
            ways_on.insert(0, (f"去定 {count} 处冲突", self.conflicts_asked.emit))
        if rest:
            ways_on.insert(0, (f"看下一个，还有 {len(rest)} 个", lambda: self.look_at(*rest)))
        else:
            ways_on.append(("再收一个", self.leave))
        whose = f"{taken.sender} 的" if str(taken.sender) else ""
        words = f"收下了{whose}数据包：{package_words.taken_words(taken)}。"
        hint = (
            f"{count} 处两边都改过，现在显示的是其中一个，等您来定；其余的都合并好了。"
            if count
            else "两边的改动都合并好了，没有冲突。"
        )
        self.result.say(words, f"{hint}回执已存进台账，可以打印出来双方签字。", ways_on)
        self._stack.setCurrentWidget(self.result)
        self.result.buttons[0].setFocus()

    def pass_by(self) -> None:
        """Does not take this one, and goes on to the next if there is one."""
        if self._rest:
            self.look_at(*self._rest)
        else:
            self.leave()

    def leave(self) -> None:
        """Puts the package away; nothing was written."""
        if self._is_busy:
            return
        self._forget()
        if self.isVisible():
            self.choose.setFocus()

    def _forget(self) -> None:
        self._path = self._look = self._taken = None
        self._rest = ()
        self._stack.setCurrentWidget(self.card)


class _Sheet(QWidget):
    """The ground of a package that is being looked at; a hairline over the foot."""

    def __init__(self, theme: Theme, foot: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._foot = foot

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "surface")
        paint.hairline(painter, self._theme, QPointF(0, self._foot.y()), self.width())
        painter.end()
