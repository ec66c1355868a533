"""Words on the screen, always taken as plain text: a sentence, a hint, a heading, the label of a line."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from laoxiao_desktop.ui.theme import Theme


def sentence(words: str = "", tone: str = "text") -> QLabel:
    """Words that wrap and can be selected with the mouse; the tone is a text token of the style sheet."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def set_tone(label: QLabel, tone: str) -> None:
    """Change the tone of words, and show it."""
    label.setProperty("tone", tone)
    label.style().unpolish(label)
    label.style().polish(label)


def hint(words: str) -> QLabel:
    """Quiet words on one line or more, not to be selected."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", "text3")
    return label


def heading(theme: Theme, words: str, px: float = 15) -> QLabel:
    """A heading, one weight step up."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font(px, medium=True))
    return label


def field_label(theme: Theme, words: str, width: int = 88) -> QLabel:
    """The label before a control."""
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("tone", "text3")
    label.setMinimumWidth(theme.px(width))
    label.setMinimumHeight(theme.px(28))
    return label
