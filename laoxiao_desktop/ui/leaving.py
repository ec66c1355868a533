"""The way out of a ledger: a backup when something changed, shown when it takes long, told when it fails."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from laoxiao_desktop.ui.backup_timer import BackupTimer
from laoxiao_desktop.ui.messages import Messages
from laoxiao_desktop.ui.progress_strip import ProgressStrip


class Leaving(QObject):
    """Goes on only after the backup; the parts of the window are still meanwhile.

    After a failure the person stays and reads why; asked again, the way is free.
    """

    def __init__(
        self,
        backups: BackupTimer,
        progress: ProgressStrip,
        messages: Messages,
        parts: Sequence[QWidget],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._backups = backups
        self._progress = progress
        self._messages = messages
        self._parts = parts
        self._has_failed = False

    @property
    def is_free(self) -> bool:
        """Whether nothing needs to be backed up first."""
        return not self._backups.is_due or self._has_failed

    def then(self, go_on: Callable[[], object]) -> None:
        """Back up if need be, then go on; 取消 skips the backup."""
        if self.is_free:
            self._has_failed = False
            go_on()
            return
        job = self._backups.job("关闭")
        job.ended.connect(lambda: self._set_still(False))
        job.done.connect(lambda _path: go_on())
        job.cancelled.connect(go_on)
        job.failed.connect(lambda _problem: self._note_failure())
        self._progress.follow(job, "正在备份台账……")
        self._set_still(True)
        job.start()

    def _note_failure(self) -> None:
        self._has_failed = True
        self._messages.say("yellow", "这次没有备份成。", "改动都已保存；再关闭一次就不再备份。")

    def _set_still(self, is_still: bool) -> None:
        for part in self._parts:
            part.setEnabled(not is_still)
