"""A whole window for tests of the shell: opened and closed as a person does, with keys and clicks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop import app, paths
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui import focus
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.window_state import Settings
from laoxiao_desktop.workspace import projects

CLERK = Person("李晓梅", "西双版纳州发展改革委")
CTRL = Qt.KeyboardModifier.ControlModifier


@contextmanager
def window(qtbot: QtBot, person: Person | None = CLERK, *, is_new: bool = False) -> Iterator[MainWindow]:
    """The program as started on this user folder; left by closing the window. A new person is offered the round."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    settings = Settings(paths.settings_file())
    if person is not None and settings.person is None:
        settings.person = person
    if not is_new and not settings.text("round.state"):
        settings.put("round.state", "declined")
    shown = app.make_window(application, settings)
    if settings.state("window.geometry").isEmpty():
        shown.resize(1366, 768)
    shown.show()
    qtbot.waitUntil(lambda: len(shown.start.plans) == 5)
    try:
        yield shown
    finally:
        shown.close()
        qtbot.waitUntil(lambda: not shown.isVisible(), timeout=10_000)
        shown.deleteLater()


def click(button: QWidget) -> None:
    """A click with the left button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key."""
    QTest.keyClick(widget, key, modifier)


def open_demo(shown: MainWindow, qtbot: QtBot, place: str = "projects") -> None:
    """The example, from the start page, at a place."""
    click(shown.start.demo_card)
    qtbot.waitUntil(lambda: shown.session.has_ledger, timeout=20_000)
    if place != shown.places.key:
        shown.go_to(place)
        focus.enter(shown.places.place)


def open_recent(shown: MainWindow, qtbot: QtBot) -> None:
    """Enter on the first recent ledger, which has the keyboard."""
    focused = QApplication.focusWidget()
    assert focused is not None
    press(focused, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown.session.has_ledger, timeout=10_000)


def first_project(shown: MainWindow) -> str:
    """The uid of the first project of the ledger."""
    found = shown.session.read(projects.find, Query())
    ids: list[int] = list(found.ids)  # type: ignore[call-overload]
    return shown.session.read(projects.uids_of, ids[:1])[0]


def value_of(shown: MainWindow, uid: str, field: str) -> object:
    """A field of a project as stored."""
    record = shown.session.read(projects.record, uid)
    assert record is not None
    return record.values[field]


def second_process_code(ledger: Path) -> str:
    """Python that opens a ledger for writing, says so, and holds it until its input ends."""
    return (
        "import sys; from pathlib import Path; from laoxiao_desktop.models.change import Person; "
        "from laoxiao_desktop.workspace import ledger; "
        f"held = ledger.open(Path({str(ledger)!r}), Person('王芳', '景洪市民政局')); "
        "print('held', held.is_read_only, flush=True); sys.stdin.read(); held.close()"
    )


def nameless(shown: MainWindow) -> list[str]:
    """The controls in sight that take the keyboard but say no name to a screen reader."""
    found = []
    for widget in shown.findChildren(QWidget):
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isVisible()
        text = getattr(widget, "text", None)
        words = widget.accessibleName() or (text() if callable(text) and not isinstance(widget, QLineEdit) else "")
        is_inside = isinstance(widget, QComboBox | QAbstractScrollArea) and isinstance(widget.parent(), QComboBox)
        if takes and not words and not is_inside:
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found
