"""A desk for tests of the month: a window on a real ledger of six projects, May locked and June open."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.models.monthly import MonthRow
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.monthly import MonthlyPlace
from laoxiao_desktop.ui.monthly_columns import INDEX
from laoxiao_desktop.workspace import milestones, months
from tests import builders
from tests.ui import shell_desk
from tests.ui.composing import type_over

MOMENT = dt.datetime.fromisoformat("2024-07-12T10:58:00").astimezone()
NAMES = (
    ("江北街道综合养老服务中心", "532801", "景洪市民政局", 360),
    ("嘎洒街道综合养老服务中心", "532801", "景洪市民政局", 450),
    ("金苹果音乐托幼中心", "532801", "景洪市卫生健康局", 280),
    ("打洛镇区域性养老服务中心", "532822", "勐海县民政局", 270),
    ("城乡社区日间照料中心", "532822", "勐海县民政局", 2000),
    ("农村敬老院提质改造", "532823", "勐腊县民政局", 65.67),
)
WAN = 1_000_000
Mods = Qt.KeyboardModifier


class Desk:
    """The place on screen, and the words a test says to it."""

    def __init__(self, window: MainWindow, place: MonthlyPlace, qtbot: QtBot) -> None:
        self.window, self.place, self.qtbot = window, place, qtbot
        self.session, self.view, self.table = window.session, place.view, place.table

    def names(self) -> list[str]:
        """What stands in the column of names, from the top."""
        return [self.text(row, "name") for row in range(self.table.rowCount())]

    def text(self, row: int, column: str) -> str:
        """What a cell shows."""
        return str(self.table.index(row, INDEX[column]).data() or "")

    def row_of(self, name: str) -> int:
        """The row of the project whose name begins so."""
        return next(row for row, shown in enumerate(self.names()) if shown.startswith(name))

    def shown(self, name: str, column: str) -> str:
        """What a cell of a project shows."""
        return self.text(self.row_of(name), column)

    def take(self, name: str, column: str = "cum_completed") -> None:
        """Take a cell in hand."""
        self.view.choose_row(self.row_of(name), INDEX[column])
        self.view.setFocus()

    def select(self, names: tuple[str, ...]) -> None:
        """Click these projects, the second and more with Ctrl."""
        for number, name in enumerate(names):
            rect = self.view.visualRect(self.table.index(self.row_of(name), INDEX["name"]))
            mods = Mods.ControlModifier if number else Mods.NoModifier
            QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, mods, rect.center())

    def key(self, key: Qt.Key, modifiers: Mods = Mods.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.heart(), key, modifiers)

    def type(self, text: str) -> None:
        """Type over what stands in the cell in hand."""
        if self.view.delegate.editor is None:
            self.key(Qt.Key.Key_F2)
        editor = self.view.delegate.editor
        assert editor is not None, "no cell is open"
        type_over(editor.text, text)

    def enter(self, name: str, column: str, text: str) -> None:
        """Type into a cell and leave it by Enter."""
        self.take(name, column)
        self.type(text)
        self.key(Qt.Key.Key_Return)

    def heart(self) -> QWidget:
        """Where the keyboard is: the open editor or the grid."""
        editor = self.view.delegate.editor
        return editor.text if editor is not None else self.view

    def click_way(self, name: str, number: int) -> None:
        """Click a link in the row under a project."""
        row = self.row_of(name) + 1
        said = self.table.said(row)
        assert said is not None, "nothing is said of this project"
        view = self.view
        rect = view.viewport().rect()
        rect.setTop(view.rowViewportPosition(row))
        rect.setHeight(view.rowHeight(row))
        places = view.painter_of_cells.places(rect.toRectF(), said, view.row_painter.said_left(view.spans()))
        at: QPoint = places[number][1].center().toPoint()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, Mods.NoModifier, at)

    def stored(self, name: str, month: str = "2024-06") -> MonthRow:
        """The row of a project as the ledger holds it."""
        return next(row for row in self.session.read(months.grid, month) if row.name.startswith(name))

    def said(self) -> str:
        """What the status line says."""
        return self.window.status.said


@contextmanager
def open_desk(
    folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, has_months: bool = True
) -> Iterator[Desk]:
    """The window at 月度调度, 1366 × 768."""
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    ledger = builders.new_ledger(folder)
    uids = [
        builders.add_project(
            ledger,
            name,
            county=county,
            responsible_unit=unit,
            place="",
            total_investment=round(total * WAN),
            list_no=no,
        )
        for no, (name, county, unit, total) in enumerate(NAMES, start=1)
    ]
    for uid in uids:
        milestones.start_from_template(ledger, uid)
        milestones.edit_by_code(ledger, uid, "M09", {"actual": "2023-03-15"})
    if has_months:
        months.open_month(ledger, "2024-05")
        amounts = (300, 205, 100, 230, 960, 40.5)
        months.set_block(
            ledger,
            "2024-05",
            [
                (
                    uid,
                    {
                        "cum_completed": round(a * WAN),
                        "cum_arrived": round(a * WAN),
                        "cum_paid": 30 * WAN,
                        "stage": "主体施工",
                    },
                )
                for uid, a in zip(uids, amounts, strict=True)
            ],
        )
        months.open_month(ledger, "2024-06")
    with shell_desk.window(qtbot) as window:
        window.session.take(ledger)
        window.resize(1366, 768)
        place = window.places.go_to("monthly")
        assert isinstance(place, MonthlyPlace)
        window.go_to("monthly")
        qtbot.wait(1)
        yield Desk(window, place, qtbot)
