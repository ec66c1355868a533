"""A desk for tests of the project grid: a real ledger of twelve projects, the place shown, keys and clicks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.grid_columns import INDEX
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import projects
from tests import builders
from tests.ui.composing import type_over

NAMES = (
    ("景洪市江北街道综合养老服务中心项目", "532801", "养老", 360, 288),
    ("景洪市嘎洒街道综合养老服务中心项目", "532801", "养老", 450, 360),
    ("景洪东风金苹果音乐托幼中心", "532801", "托育", 280, 100),
    ("勐海县打洛镇农村区域性养老服务中心项目", "532822", "养老", 270, 216),
    ("勐海县城乡社区日间照料中心项目", "532822", "养老", 2000, 1600),
    ("勐腊县农村敬老院提质改造项目", "532823", "养老", 65.67, 52.54),
)


class Desk:
    """The place on screen, and the words a test says to it."""

    def __init__(self, session: Session, place: ProjectsPlace, qtbot: QtBot) -> None:
        self.session, self.place, self.qtbot = session, place, qtbot
        self.view, self.table = place.view, place.table

    def names(self) -> list[str]:
        """The names in sight from the top; headings as “— title count”."""
        return [self.text(row, "name") for row in range(self.table.rowCount())]

    def text(self, row: int, column: str) -> str:
        """What a cell shows."""
        return str(self.table.index(row, INDEX[column]).data() or "")

    def row_of(self, name: str) -> int:
        """The row of the project whose name begins so."""
        return next(row for row, shown in enumerate(self.names()) if shown.startswith(name))

    def take(self, name: str, column: str = "name") -> None:
        """Take a cell in hand."""
        self.view.choose_row(self.row_of(name), INDEX[column])

    def click(self, name: str, column: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click a cell."""
        rect = self.view.visualRect(self.table.index(self.row_of(name), INDEX[column]))
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, modifier, rect.center())

    def click_title(self, column: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click the title of a column."""
        header = self.view.header
        at = QPoint(header.sectionViewportPosition(INDEX[column]) + 34, 10)
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, modifier, at)

    def drag(self, start: tuple[str, str], end: tuple[str, str]) -> None:
        """Drag from a cell to a cell, each named by project and column."""
        points = [
            self.view.visualRect(self.table.index(self.row_of(name), INDEX[column])).center()
            for name, column in (start, end)
        ]
        self._drag(self.view.viewport(), *points)

    def drag_title(self, column: str, onto: str) -> None:
        """Drag the title of a column onto another."""
        header = self.view.header
        points = [QPoint(header.sectionViewportPosition(INDEX[name]) + 14, 10) for name in (column, onto)]
        self._drag(header.viewport(), *points)

    def _drag(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, left, none, start)
        for share in (0.3, 0.7, 1.0):
            at = start + (end - start) * share
            moved = QMouseEvent(
                QEvent.Type.MouseMove, QPointF(at), QPointF(widget.mapToGlobal(at)), Qt.MouseButton.NoButton, left, none
            )
            QApplication.sendEvent(widget, moved)
        QTest.mouseRelease(widget, left, none, end)

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, widget: QWidget | None = None
    ) -> None:
        """Press a key in the grid, or in the editor that is open."""
        QTest.keyClick(widget or self.heart(), key, modifier)

    def type(self, text: str) -> None:
        """Type into the editor that is open, all of the old text selected."""
        editor = self.view.delegate.editor
        assert editor is not None, "no cell is open"
        type_over(editor.text, text)

    def heart(self) -> QWidget:
        """Where the keyboard is: the open editor or the grid."""
        editor = self.view.delegate.editor
        return editor.text if editor is not None else self.view

    def stored(self, name: str, field: str) -> object:
        """What the ledger holds of a project found by the beginning of its name."""
        row = self.session.ledger.connection.execute(
            "SELECT uid FROM project WHERE deleted = 0 AND name LIKE ? || '%'", (name,)
        ).fetchone()
        record = self.session.read(projects.record, row[0]) if row else None
        return record.values[field] if record else None


@contextmanager
def open_desk(folder: Path, qtbot: QtBot) -> Iterator[Desk]:
    """A desk with the six projects of `NAMES`, 1234 × 696 as in a 1366 × 768 window."""
    ledger = builders.new_ledger(folder)
    for name, county, sector, investment, request in NAMES:
        builders.add_project(
            ledger,
            name,
            county=county,
            sector=sector,
            place=name[:3],
            total_investment=round(investment * 1_000_000),
            central_request=round(request * 1_000_000),
        )
    session = Session()
    session.take(ledger)
    place = ProjectsPlace(session, Theme())
    qtbot.addWidget(place)
    place.resize(1234, 696)
    with qtbot.waitActive(place):
        place.show()
        place.activateWindow()
    place.activate()
    yield Desk(session, place, qtbot)
    place.close()
    session.close()
