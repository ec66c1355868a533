"""What a long piece of work shows: what it does, how many of how many, and 取消."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.background import Job
from laoxiao_desktop.ui.theme import Theme

PATIENCE_MS = 300  # shorter work shows nothing


class ProgressStrip(QWidget):
    """Follows one Job from its start to its end; hidden otherwise."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setProperty("tone", "text2")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("进度")
        self._cancel = QPushButton("取消")
        style.set_kind(self._cancel, "quiet")
        self._cancel.clicked.connect(self._stop)
        top = QHBoxLayout()
        top.addWidget(self._words, 1)
        top.addWidget(self._cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addLayout(top)
        column.addWidget(self._bar)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self.show)
        self.hide()

    def follow(self, job: Job, words: str) -> None:
        """Show a job that is about to start."""
        self._job = job
        self._words.setText(words)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        job.progress.connect(self._show_step)
        job.ended.connect(self._finish)
        self._patience.start()

    def _show_step(self, done: int, total: int, words: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        counted = f"（{done}/{total}）" if total else ""
        self._words.setText(f"{words}{counted}")

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self._words.setText("正在停下……")
        if self._job is not None:
            self._job.cancel()

    def _finish(self) -> None:
        self._patience.stop()
        self._job = None
        self.hide()
