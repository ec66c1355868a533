"""The backups of the ledger: what there is, one more now, and going back to one."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.ui import labels, meaning_tip, style
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.settings_parts import Section
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import safety

HINT = "编辑中每半小时、关闭台账时和升级前自动备份；每一份都核对过。恢复之前，现在的内容也会先备份。"


class BackupsSection(Section):
    """Choose a backup, 恢复, 确认: three clicks. `restore_asked` carries the file."""

    restore_asked = Signal(object)

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(theme, "备份", HINT)
        self._session = session
        self.list = QListWidget()
        self.list.setAccessibleName("备份")
        self.list.setFixedHeight(theme.px(148))
        self.setProperty(meaning_tip.PROPERTY, "setting.backups")
        self.list.setProperty("framed", True)
        self.list.currentRowChanged.connect(lambda _row: self._ask(False))
        self.list.itemActivated.connect(lambda _item: self._ask(True))
        self.make = QPushButton("现在备份")
        self.make.clicked.connect(lambda: self._make(None))
        self.elsewhere = QPushButton("另存一份到…")
        self.elsewhere.setToolTip("存到 U 盘或别的文件夹；在别的电脑上用“打开台账”打开")
        self.elsewhere.clicked.connect(self._ask_where)
        self.show_folder = QPushButton("打开备份文件夹")
        self.show_folder.clicked.connect(self._show_folder)
        self.restore = QPushButton("恢复到选中的备份")
        self.restore.clicked.connect(lambda: self._ask(True))
        self.confirm = QPushButton("恢复")
        self.confirm.setAccessibleName("确认恢复")
        style.set_kind(self.confirm, "primary")
        self.confirm.clicked.connect(self._restore)
        self._stay = QPushButton("不恢复")
        self._stay.clicked.connect(lambda: self._ask(False))
        self._question = labels.sentence(tone="yellow")
        self._question.setWordWrap(False)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        for button in (self.make, self.restore, self.elsewhere, self.show_folder):
            row.addWidget(button)
        row.addStretch(1)
        self._confirm_row = QWidget()
        inner = QHBoxLayout(self._confirm_row)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.px(8))
        inner.addWidget(self._question)
        inner.addWidget(self.confirm)
        inner.addWidget(self._stay)
        inner.addStretch(1)
        self._confirm_row.hide()
        self.column.addWidget(self.list)
        self.column.addLayout(row)
        self.column.addWidget(self._confirm_row)

    def refresh(self) -> None:
        """Read the folder again."""
        self.list.clear()
        for backup in safety.kept(self._session.ledger.path):
            at = backup.made_at
            why = f"  {backup.why}" if backup.why else ""
            words = f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}{why}  {backup.size / 1_000_000:.1f} MB"
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, backup.path)
            item.setSizeHint(QSize(0, self._theme.px(28)))
            self.list.addItem(item)
        self.list.setVisible(self.list.count() > 0)
        self.restore.setVisible(self.list.count() > 0)
        self._ask(False)

    def _ask(self, is_asking: bool) -> None:
        item = self.list.currentItem()
        path = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.restore.setEnabled(path is not None)
        self._confirm_row.setVisible(is_asking and path is not None)
        if item is not None and is_asking and path is not None:
            self._question.setText(f"把台账恢复到 {item.text().split('  ')[0]} 的样子？")
            self.confirm.setFocus()

    def _restore(self) -> None:
        self.restore_asked.emit(self.list.currentItem().data(Qt.ItemDataRole.UserRole))

    def _ask_where(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "备份存到哪个文件夹", str(Path.home()))
        if folder:
            self._make(Path(folder))

    def _show_folder(self) -> None:
        folder = safety.folder_of(self._session.ledger.path)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _make(self, folder: Path | None) -> None:
        ledger = self._session.ledger

        def work(progress: Progress) -> object:
            progress.check()
            with ledger.reader() as reader:
                return safety.backup(reader, folder, why="手动")

        job = Job(work)
        job.done.connect(self._tell_made)
        job.failed.connect(self._tell_failed)
        job.ended.connect(lambda: self.make.setEnabled(True))
        self.make.setEnabled(False)
        job.start()

    def _tell_made(self, path: object) -> None:
        self.refresh()
        is_elsewhere = isinstance(path, Path) and path.parent != safety.folder_of(self._session.ledger.path)
        self._session.said.emit(f"已备份到 {path}，并核对过" if is_elsewhere else "已备份并核对", False)

    def _tell_failed(self, problem: object) -> None:
        if isinstance(problem, UserError):
            self._session.refused.emit(problem)
