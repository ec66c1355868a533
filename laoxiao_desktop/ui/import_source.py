"""Where a list comes from: a file chosen or dropped, a block pasted, or one of the files read before."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, QPointF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import labels, paint, style
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.progress_strip import ProgressStrip
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings

KINDS: Final = "*.xlsx *.xlsm *.xls *.et *.ods *.csv *.tsv *.txt *.docx *.html *.htm"
ASK, PASTE, FILE = "ask", "paste", "file:"  # what a way to 数据交换 asks for
_FILTER: Final = f"清单和方案 ({KINDS});;所有文件 (*)"
_RECENTS: Final = "import.recents"
_FOLDER: Final = "import.folder"
_MOST: Final = 6


def dropped_file(content: QMimeData) -> Path | None:
    """The one local file that is being dragged; None for anything else."""
    urls = content.urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None


class ImportSource(QWidget):
    """`file_chosen`: a path. `paste_asked`: read the clipboard."""

    file_chosen = Signal(object)
    paste_asked = Signal()

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._settings = settings
        self._is_over = False
        self.progress = ProgressStrip(theme)
        self.choose = QPushButton("选择文件…")
        style.set_kind(self.choose, "primary")
        self.choose.clicked.connect(self.ask)
        self.paste = QPushButton("粘贴")
        self.paste.setToolTip("读剪贴板里的表格（Ctrl+V）")
        self.paste.clicked.connect(self.paste_asked)
        self.setAcceptDrops(True)
        self._recents = QVBoxLayout()
        self._recents.setSpacing(0)
        self._lay_out()
        self.refresh()
        theme.changed.connect(self.update)

    def _lay_out(self) -> None:
        px = self._theme.px
        sentence = QLabel("把文件拖到这里，或粘贴从 Excel、WPS、网页复制的表格")
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setFont(self._theme.font(15, medium=True))
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = labels.hint(
            "能读：公布的方案、Excel 和 WPS 表格、Word 文档、网页、文本。写入以前先逐行核对，什么也不会改。"
        )
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setMinimumHeight(hint.fontMetrics().lineSpacing() * 2 + px(2))  # two lines at a large size of type
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.paste)
        buttons.addStretch(1)
        inside = QVBoxLayout()
        inside.setContentsMargins(px(32), px(72), px(32), px(40))
        inside.setSpacing(px(14))
        inside.addWidget(sentence)
        inside.addWidget(hint)
        inside.addLayout(buttons)
        inside.addWidget(self.progress)
        self._card = QWidget()
        self._card.setLayout(inside)
        self._card.setMaximumWidth(px(720))
        self._recent_title = labels.hint("最近读过")
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(40), px(20), px(20))
        column.setSpacing(px(20))
        column.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        below = QWidget()
        below.setMaximumWidth(px(720))
        held = QVBoxLayout(below)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(px(4))
        held.addWidget(self._recent_title)
        held.addLayout(self._recents)
        self._below = below
        column.addWidget(below, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._card.setFixedWidth(px(720))
        below.setFixedWidth(px(720))

    @property
    def recents(self) -> list[Path]:
        """The files read before that are still there, the last one first."""
        held = self._settings.get(_RECENTS)
        paths = [Path(str(each)) for each in held] if isinstance(held, list) else []
        return [path for path in paths if path.is_file()]

    def refresh(self) -> None:
        """Shows the files read before."""
        while (item := self._recents.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for path in self.recents:
            button = QPushButton(path.name.replace("&", "&&"))
            style.set_kind(button, "quiet")
            set_drawing(button, self._theme, "document_text", "text3")
            button.setToolTip(str(path))
            button.clicked.connect(lambda _=False, path=path: self.file_chosen.emit(path))
            self._recents.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._below.setVisible(bool(self.recents))

    def remember(self, path: Path) -> None:
        """A file was read."""
        listed: Sequence[Path] = [path, *(each for each in self.recents if each != path)][:_MOST]
        self._settings.put(_RECENTS, [str(each) for each in listed])
        self._settings.put(_FOLDER, str(path.parent))
        self.refresh()

    def ask(self) -> None:
        """Asks for a file."""
        dialog = QFileDialog(self.window(), "读入清单", self._settings.text(_FOLDER), _FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "读入")
        dialog.fileSelected.connect(lambda name: self.file_chosen.emit(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()) is not None:
            self._hover(True)
            event.acceptProposedAction()

    @override
    def dragLeaveEvent(self, event: object) -> None:
        self._hover(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(False)
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.file_chosen.emit(path)

    def _hover(self, is_over: bool) -> None:
        self._is_over = is_over
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        paint.box(painter, theme, self.rect(), "surface")
        area = self._card.geometry()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("selectrow" if self._is_over else "head"))
        pen = QPen(theme.color("accent" if self._is_over else "line2"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.drawRoundedRect(area.adjusted(0, 0, -1, -1), px(6), px(6))
        spot = QPointF(area.center().x() - px(10), area.top() + px(34))
        paint.icon(painter, theme, spot, "table_add", "accent", 20)
        painter.end()
