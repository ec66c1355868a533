"""Words as an input method gives them."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget


def commit(widget: QWidget, words: str) -> None:
    """Commit words to a widget."""
    composed = QInputMethodEvent()
    composed.setCommitString(words)
    QApplication.sendEvent(widget, composed)


def type_over(line: QLineEdit, words: str) -> None:
    """Type over all that stands in a line: plain letters by keys, others as committed."""
    line.selectAll()
    if words.isascii():
        QTest.keyClicks(line, words)
    else:
        commit(line, words)
