"""What happens with a mistake of the program: a line in the log, and a dialog whose text can be copied."""

import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout

import laoxiao_desktop
from laoxiao_desktop import paths
from laoxiao_desktop.errors import Cancelled, UserError
from laoxiao_desktop.ui import labels, style
from laoxiao_desktop.ui.theme import Theme

log = logging.getLogger(__name__)

LOG_BYTES, LOG_FILES = 1_000_000, 2
WORDS = "程序出了错。刚才这一步没有做成；以前的改动都已经保存在台账里。请复制下面的文字交给维护的人。"


def log_file() -> Path:
    """Where the log is kept."""
    return paths.user_folder() / "log" / "laoxiao.log"


def start_log() -> None:
    """Write warnings and mistakes to the log file; a folder that cannot be written leaves stderr."""
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    try:
        log_file().parent.mkdir(exist_ok=True, mode=0o700)
        handlers = [
            logging.handlers.RotatingFileHandler(
                log_file(), maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8"
            )
        ]
    except OSError:
        pass
    logging.basicConfig(
        level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=handlers, force=True
    )


class Crashes(QObject):
    """Takes every exception nobody caught: a refusal goes to the window (`refused`), a mistake to log and dialog.

    The same mistake is shown once; it may come from any thread.
    """

    refused = Signal(object)
    _caught = Signal(str)

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._seen: set[str] = set()
        self._caught.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over from Python's own handlers."""
        sys.excepthook = self.take
        threading.excepthook = self._take_of_thread

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Decide in one place what is a refusal and what is a mistake."""
        if isinstance(error, UserError):
            self.refused.emit(error)
        elif issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        elif not isinstance(error, Cancelled):
            log.critical("not caught", exc_info=(kind, error, trace))
            self._caught.emit("".join(traceback.format_exception(kind, error, trace)))

    def _take_of_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    def _show(self, words: str) -> None:
        if words not in self._seen:
            self._seen.add(words)
            dialog = CrashDialog(self._theme, words)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()


class CrashDialog(QDialog):
    """The text of a mistake: copy it, go on, or close the program cleanly."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle("程序出错")
        self.text = QPlainTextEdit(f"{surroundings()}\n{words}")
        self.text.setReadOnly(True)
        self.text.setAccessibleName("出错的详情")
        explain = labels.sentence(f"{WORDS}\n日志：{log_file()}")
        copy, stay, leave = QPushButton("复制文字"), QPushButton("继续使用"), QPushButton("关闭程序")
        style.set_kind(copy, "primary")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        stay.clicked.connect(self.accept)
        leave.clicked.connect(self._leave)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(stay)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(16))
        column.setSpacing(theme.px(12))
        column.addWidget(explain)
        column.addWidget(self.text, 1)
        column.addLayout(buttons)
        self.resize(theme.px(640), theme.px(420))

    def _leave(self) -> None:
        self.accept()
        QApplication.closeAllWindows()


def surroundings() -> str:
    """Versions that matter for finding a mistake."""
    return (
        f"一老一小项目台账 {laoxiao_desktop.__version__} · Python {platform.python_version()} · "
        f"PySide6 {PySide6.__version__} · {platform.platform()}"
    )
