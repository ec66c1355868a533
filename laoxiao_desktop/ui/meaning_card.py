"""The card in the help that explains the field, figure or option in hand: definition, rule, source."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.meaning import Meaning
from laoxiao_desktop.ui import labels, paint, style
from laoxiao_desktop.ui.theme import Theme


class MeaningCard(QWidget):
    """Hidden when nothing is in hand; `more_asked` carries the name to be found on the page of all meanings."""

    more_asked = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self.title: QLabel = labels.heading(theme, "", 14)
        self.words: QLabel = labels.sentence()
        self.rule: QLabel = labels.sentence(tone="text2")
        self.source: QLabel = labels.sentence(tone="text3")
        self.more = QPushButton("全部名词和口径")
        style.set_kind(self.more, "link")
        self.more.clicked.connect(lambda: self.more_asked.emit(self._name))
        foot = QHBoxLayout()
        foot.addWidget(self.source, 1)
        foot.addWidget(self.more, 0, Qt.AlignmentFlag.AlignBottom)
        self._column = QVBoxLayout(self)
        for part in (self.title, self.words, self.rule):
            self._column.addWidget(part)
        self._column.addLayout(foot)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @property
    def has_meaning(self) -> bool:
        """Whether there is something to explain."""
        return bool(self._name)

    def show_meaning(self, found: Meaning | None) -> None:
        """Explain something; None: nothing is in hand."""
        self.setVisible(found is not None)
        self._name = found.name if found is not None else ""
        if found is not None:
            self.title.setText(found.title)
            self.words.setText(found.definition)
            self.rule.setText(f"规则：{found.rule}")
            self.source.setText(f"来源：{found.source}")
            self.setAccessibleName("。".join(found.lines))

    def _restyle(self) -> None:
        px = self._theme.px
        self.title.setFont(self._theme.font(14, medium=True))
        self._column.setContentsMargins(px(12), px(10), px(12), px(8))
        self._column.setSpacing(px(4))
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "select", radius=4)
