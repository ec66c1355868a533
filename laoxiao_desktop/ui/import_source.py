"""Where a list comes from: a file chosen or dropped, a block pasted, or one of the files read before."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop.ui import labels, style
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.drop_card import DropCard
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings

KINDS: Final = "*.xlsx *.xlsm *.xls *.et *.ods *.csv *.tsv *.txt *.docx *.html *.htm"
ASK, PASTE, FILE = "ask", "paste", "file:"  # what a way to 数据交换 asks for
_FILTER: Final = f"清单和方案 ({KINDS});;所有文件 (*)"
_WORDS: Final = "把文件拖到这里，或粘贴从 Excel、WPS、网页复制的表格"
_HINT: Final = "能读：公布的方案、Excel 和 WPS 表格、Word 文档、网页、文本。写入以前先逐行核对，什么也不会改。"
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
        self.choose = QPushButton("选择文件…")
        style.set_kind(self.choose, "primary")
        self.choose.clicked.connect(self.ask)
        paste = QPushButton("粘贴")
        paste.setToolTip("读剪贴板里的表格（Ctrl+V）")
        paste.clicked.connect(self.paste_asked)
        self._below = self._build_recents()
        self.card = DropCard(theme, "table_add", _WORDS, _HINT, (self.choose, paste), dropped_file, below=self._below)
        self.card.dropped.connect(self.file_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.refresh()

    def _build_recents(self) -> QWidget:
        self._recents = QVBoxLayout()
        self._recents.setSpacing(0)
        below = QWidget()
        held = QVBoxLayout(below)
        held.setContentsMargins(0, 0, 0, 0)
        held.setSpacing(self._theme.px(4))
        held.addWidget(labels.hint("最近读过"))
        held.addLayout(self._recents)
        return below

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
