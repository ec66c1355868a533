"""What stands where a list has no rows: one sentence why, and one button where something can be done."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui.lists_kinds import Kind
from laoxiao_desktop.ui.projects_empty import READ
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import plans


def sentence_for(
    session: Session, kind: Kind, shown_plans: Mapping[str, str], units: Sequence[str], search: str
) -> tuple[str, str]:
    """Why a kind has no rows, and the words of the button that helps ("" for none)."""
    if units:
        return f"{'、'.join(units)}没有承担这里的{kind.title}。", "看全部单位"
    if search:
        return f"没有{kind.title}含有“{search}”。", ""
    missing = [
        (region, title)
        for uid, region in shown_plans.items()
        for title in session.read(plans.missing_annexes, uid)
        if kind.annex_word and kind.annex_word in title
    ]
    if missing:
        named = "；".join(f"{region}的“{title}”" for region, title in missing)
        return f"{named}在方案中列了名，但没有随文公布。", ""
    where = next(iter(shown_plans.values())) if len(shown_plans) == 1 else "这些方案"
    if not shown_plans:
        return f"台账里还没有方案，也就没有{kind.title}。", READ
    return f"{where}的公布文本里没有{kind.title}。", ""


class EmptyList(QWidget):
    """The sentence in the middle; `acted` when its button was pressed, `read_asked` when a plan is wanted."""

    acted = Signal()
    read_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setWordWrap(True)
        self._words.setProperty("tone", "text3")
        self._button = QPushButton(self)
        self._button.clicked.connect(self._press)
        box = QVBoxLayout(self)
        box.setContentsMargins(40, 0, 40, 0)
        box.setSpacing(12)
        box.addStretch(2)
        box.addWidget(self._words)
        box.addWidget(self._button, 0, Qt.AlignmentFlag.AlignCenter)
        box.addStretch(3)

    @property
    def words(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def say(self, sentence: str, button: str) -> None:
        """Shows a sentence and, with words for it, a button."""
        self._words.setText(sentence)
        self._button.setText(button)
        self._button.setVisible(bool(button))

    def _press(self) -> None:
        (self.read_asked if self._button.text() == READ else self.acted).emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("surface"))
        painter.end()
