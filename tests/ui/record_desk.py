"""A record pane on a real ledger, for the tests of the pane."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.ui.record_pane import RecordPane
from laoxiao_desktop.ui.record_value import FieldValue
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import projects
from tests.builders import add_project, new_ledger

CONTENT = "建设1个农村区域性养老服务中心，床位设置100张以上。"
PUBLISHED = {
    "total_investment": {"text": "360", "lines": [449, 449]},
    "place": {"text": "景洪市江北街道", "lines": [449, 450]},
    "span": {"text": "2022年-\n2023年", "lines": [449, 450]},
}


class Desk:
    """A ledger with one published project, shown in a pane of 376 × 700."""

    def __init__(self, qtbot: QtBot, folder: Path, **values: Stored) -> None:
        self.session = Session()
        self.ledger = new_ledger(folder)
        filled: dict[str, Stored] = {
            "list_no": 1,
            "published": json.dumps(PUBLISHED),
            "content": CONTENT,
            "total_investment": 3_600_000_00,
            "central_request": 2_880_000_00,
            **values,
        }
        self.uid = add_project(self.ledger)
        projects.edit(self.ledger, self.uid, filled)
        self.session.take(self.ledger)
        self.theme = Theme()
        self.pane = RecordPane(self.session, self.theme)
        qtbot.addWidget(self.pane)
        self.pane.resize(376, 700)
        self.pane.show()
        qtbot.waitExposed(self.pane)
        self.pane.activateWindow()
        self.pane.show_record(self.uid)

    def stored(self, name: str) -> Stored:
        """What the ledger holds now."""
        record = projects.record(self.ledger, self.uid)
        assert record is not None
        return record.values[name]

    def value(self, name: str) -> FieldValue:
        """The value widget of a field."""
        return self.pane.fields.row(name).value

    def notes(self, name: str) -> str:
        """Everything said below a field."""
        return "\n".join(line.note.text for line in self.pane.fields.row(name).notes.lines)


def typed(text: str, *, replacing: bool = True) -> QWidget:
    """Type into the editor in hand as an input method does; gives the editor."""
    editor = QApplication.focusWidget()
    assert editor is not None
    if replacing:
        press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)
    return editor


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)
