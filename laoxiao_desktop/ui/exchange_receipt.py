"""The receipt of one package that was taken: who gave, who took, what it did, and the way to its paper."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from laoxiao_desktop.models.package import Taken
from laoxiao_desktop.ui import labels, package_words, style
from laoxiao_desktop.ui.drawn_button import set_drawing
from laoxiao_desktop.ui.package_lines import PackageLines, shown
from laoxiao_desktop.ui.theme import Theme


class ReceiptSheet(QWidget):
    """`paper_asked`: the uid of the receipt that is shown."""

    paper_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._uid = ""
        px = theme.px
        self._title = labels.heading(theme, "", 16)
        self._title.setWordWrap(True)
        self.paper = QPushButton("合并回执，打印或导出…")
        style.set_kind(self.paper, "primary")
        set_drawing(self.paper, theme, "print", "onaccent", 16)
        self.paper.clicked.connect(lambda: self.paper_asked.emit(self._uid))
        self._facts = labels.sentence(tone="text2")
        self._counts = labels.sentence()
        self.lines = PackageLines(theme)
        top = QHBoxLayout()
        top.addWidget(self._title, 1)
        top.addWidget(self.paper, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(px(20), px(18), px(20), px(12))
        head.setSpacing(px(8))
        head.addLayout(top)
        head.addWidget(self._facts)
        head.addWidget(self._counts)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), 0, px(12), 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        theme.changed.connect(lambda: set_drawing(self.paper, theme, "print", "onaccent", 16))

    def show_receipt(self, taken: Taken, waiting: Collection[str]) -> None:
        """Shows one; `waiting` are the conflicts of the ledger that nobody has decided yet."""
        self._uid = taken.uid
        self._title.setText(taken.file)
        self._facts.setText(
            f"{taken.sender} {package_words.moment_words(taken.made_at)} 发出，"
            f"{taken.taken_by} {package_words.moment_words(taken.taken_at)} 收下。"
        )
        left = sum(one.id in waiting for one in taken.conflicts)
        parts = [package_words.taken_words(taken), f"新记录 {taken.new_ops} 条"]
        if taken.attachments:
            parts.append(f"附件 {taken.attachments} 个")
        if taken.conflicts:
            parts.append(f"冲突 {len(taken.conflicts)} 处，{f'还有 {left} 处待定' if left else '都已定'}")
        if taken.unknown_ops:
            parts.append(f"新版才认识的 {taken.unknown_ops} 条，存着")
        self._counts.setText("，".join(parts) + "。")
        names = frozenset((one.subject, one.field_title) for one in taken.conflicts)
        self.lines.show_lines(shown(taken.lines, taken.added, names))
