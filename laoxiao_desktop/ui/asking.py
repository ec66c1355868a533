"""A decision that is asked for before something is done: a question, what follows from it, a verb and the way back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask(
    parent: QWidget, question: str, words: str, verb: str, do: Callable[[], object], *, title: str, keep: str = ""
) -> None:
    """Shows the question and does it when the verb is pressed.

    `keep` names the way back of something that destroys: then it is what Enter presses; otherwise Enter presses the verb.
    """
    asked = QMessageBox(parent)
    asked.setTextFormat(Qt.TextFormat.PlainText)
    asked.setIcon(QMessageBox.Icon.Question)
    asked.setWindowTitle(title)
    asked.setText(question)
    asked.setInformativeText(words)
    role = QMessageBox.ButtonRole.DestructiveRole if keep else QMessageBox.ButtonRole.AcceptRole
    button = asked.addButton(verb, role)
    back = asked.addButton(keep or "取消", QMessageBox.ButtonRole.RejectRole)
    asked.setDefaultButton(back if keep else button)
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    asked.buttonClicked.connect(lambda pressed: do() if pressed is button else None)
    asked.open()
