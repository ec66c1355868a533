"""The paragraphs of a report, to be put into other words before printing; what the data say stands under them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from laoxiao_desktop.models.report_request import Request
from laoxiao_desktop.models.report_text import Edit, Paragraph
from laoxiao_desktop.ui.labels import set_tone
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.style import set_kind
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import report_edits

EDITED, STALE = "已改", "数据已变"


class ReportTextEditor(QDialog):
    """Saves a paragraph when another one is chosen or the dialog closes; every change can be undone."""

    def __init__(
        self, session: Session, theme: Theme, request: Request, paragraphs: Sequence[Paragraph], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session, self._request = session, request
        self._paragraphs = list(paragraphs)
        self._place = -1
        self.setWindowTitle("改报告文字")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.list = QListWidget(self)
        self.list.setAccessibleName("段落")
        self.list.setFixedWidth(theme.px(250))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setSpacing(2)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName("印出的文字")
        self._made = QLabel(self)
        self._made.setTextFormat(Qt.TextFormat.PlainText)
        self._made.setWordWrap(True)
        self._made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._says = QLabel(self)
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self._says.setWordWrap(True)
        self.back = QPushButton("恢复原文", self)
        self.back.clicked.connect(self._take_back)
        self.done_button = QPushButton("完成", self)
        set_kind(self.done_button, "primary")
        self.done_button.setDefault(True)
        self.done_button.clicked.connect(self.accept)
        for one in self._paragraphs:
            self.list.addItem(QListWidgetItem(_title(one)))
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.done_button)
        right = QVBoxLayout()
        right.addWidget(self._says)
        right.addWidget(self.text, 3)
        right.addWidget(self._made)
        right.addLayout(foot)
        box = QHBoxLayout(self)
        side = theme.px(16)
        box.setContentsMargins(side, side, side, side)
        box.setSpacing(theme.px(12))
        right.setSpacing(theme.px(8))
        box.addWidget(self.list)
        box.addLayout(right, 1)
        self.resize(theme.px(820), theme.px(500))
        self.list.currentRowChanged.connect(self._go)
        stale = next((n for n, one in enumerate(self._paragraphs) if one.is_stale), 0)
        self.list.setCurrentRow(stale)

    def _go(self, place: int) -> None:
        self._save()
        self._place = place
        if 0 <= place < len(self._paragraphs):
            one = self._paragraphs[place]
            self.text.setPlainText(one.text)
            self._tell(one)

    def _tell(self, one: Paragraph) -> None:
        self._made.setText(f"按现在的数据：{one.made}" if one.edit else "")
        self._made.setVisible(one.edit is not None)
        words = (
            "改过之后数据变了，请对照下面的原文核对。"
            if one.is_stale
            else EDITED
            if one.edit
            else "由数据写成，可以改。"
        )
        set_tone(self._says, "yellow" if one.is_stale else "text3")
        set_tone(self._made, "text2")
        self._says.setText(words)
        self.back.setEnabled(one.edit is not None)

    def _save(self) -> None:
        if not 0 <= self._place < len(self._paragraphs):
            return
        one, text = self._paragraphs[self._place], self.text.toPlainText().strip()
        if text != one.text.strip():
            self._write(one, text)

    def _take_back(self) -> None:
        one = self._paragraphs[self._place]
        self._write(one, one.made)
        self.text.setPlainText(one.made)
        self._tell(self._paragraphs[self._place])

    def _write(self, one: Paragraph, text: str) -> None:
        place = self._paragraphs.index(one)
        if self._session.run(report_edits.write, self._request, one, text) is None:
            return
        edit = None if text == one.made else Edit(one.place, text, one.made)
        self._paragraphs[place] = replace(one, edit=edit)
        self.list.item(place).setText(_title(self._paragraphs[place]))

    @override
    def done(self, result: int) -> None:
        """Closing by button, Esc or the window's own cross: what was typed is kept."""
        self._save()
        super().done(result)


def _title(one: Paragraph) -> str:
    mark = f"【{STALE}】" if one.is_stale else f"【{EDITED}】" if one.edit else ""
    head = f"{one.heading}　" if one.place.endswith("#1") and one.heading else ""
    words = one.text.replace("\n", " ")
    return f"{mark}{head}{words[:28]}{'…' if len(words) > 28 else ''}"
