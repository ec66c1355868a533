"""Typing into the search and sorting, from the key to the painted rows, at 100,000 projects."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, cycle
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView
from typing_extensions import override

from laoxiao_desktop import app
from laoxiao_desktop.store import search
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.window_state import Settings
from laoxiao_desktop.workspace import ledger as ledgers
from laoxiao_desktop.workspace import projects
from tests.bench.ledgers import ledger_of
from tests.bench.pairs import Line, milliseconds, p95, paired
from tests.builders import CLERK

SIZE = 100_000
TYPED = (
    "j",
    "jh",
    "jhs",
    "jhs 养",
    "养老服务",
    "江北",
    "勐",
    "勐仑镇托",
    "红塔区 托育",
    "4711",
    "民政局",
    "新",
    "峨山县大街",
)
SORTED = ("name", "total_investment", "span", "county", "responsible_unit", "status", "central_request", "place")
PLAIN_ORDER = "(SELECT ord FROM plan WHERE uid = p.plan), p.sector, p.list_no, p.id"
Timer = Callable[[], float]
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class BareTable(QAbstractTableModel):
    """The reference: the rows in sight, and nothing else."""

    rows: ClassVar[list[tuple[object, ...]]] = []

    @override
    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        return SIZE

    @override
    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        return 9

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role != Qt.ItemDataRole.DisplayRole or index.row() >= len(self.rows):
            return None
        return str(self.rows[index.row()][index.column()] or "")


def measure(folder: Path) -> list[Line]:
    """The lines of typing and of sorting."""
    path = ledger_of(SIZE, folder)
    with open_window(path) as (window, place), bare_view() as view:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA mmap_size = 268435456")  # as ours
        words = [("search", word) for word in TYPED]
        typed = paired(typing(window, place), asking(connection, view, cycle(words)), 6 * len(TYPED))
        place.set_search("")
        first = paired(typing(window, place, after_edit=True), asking(connection, view, cycle(words)), len(TYPED))
        place.set_search("")
        questions = [("order", name) for name in SORTED]
        again = paired(sorting(place), asking(connection, view, cycle(questions)), 2 * len(SORTED))
        fresh = paired(sorting(place, window), asking(connection, view, cycle(questions)), len(SORTED))
        connection.close()
    ninety_fifth = p95(typed[0]) / p95(typed[1])
    return [
        Line.of(
            "keystroke to rows painted, words typed again, 100,000 projects",
            "raw indexed query + bare repaint",
            *typed,
            "≤ 1.5",
        ),
        Line(
            "… 95th percentile", "the same", f"{p95(typed[0]):.1f} ms", f"{p95(typed[1]):.1f} ms", ninety_fifth, "≤ 1.5"
        ),
        Line.of("first keystroke after an edit, 100,000 projects", "the same", *first, "≤ 1.5"),
        Line.of(
            "sort by a column right after an edit, 100,000 projects", "raw ORDER BY + bare repaint", *fresh, "≤ 1.3"
        ),
        Line.of("sort by any column again and again", "the same", *again, "≤ 1.3"),
    ]


@contextmanager
def open_window(path: Path) -> Iterator[tuple[MainWindow, ProjectsPlace]]:
    """The real window on the ledger, with the record pane shown as it is by default."""
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else app.make_application()
    settings = Settings()
    settings.person = CLERK
    settings.put("window.place", "projects")
    window = app.make_window(application, settings)
    window.resize(1366, 768)
    window.show()
    window.session.take(ledgers.open(path, CLERK))
    application.processEvents()
    yield window, window.findChildren(ProjectsPlace)[0]
    window.close()


@contextmanager
def bare_view() -> Iterator[QTableView]:
    """A plain table view of the same size."""
    view = QTableView()
    view.setModel(BareTable(view))
    view.resize(850, 650)
    view.show()
    QApplication.processEvents()
    yield view
    view.close()


def typing(window: MainWindow, place: ProjectsPlace, *, after_edit: bool = False) -> Timer:
    """One keystroke in the search field of the window, to painted rows."""
    words, edit = cycle(TYPED), editing(window, place) if after_edit else lambda: None

    def once() -> float:
        word = next(words)
        edit()

        def work() -> None:
            window.top.search.setText(word)
            window.places.search(word)
            place.view.viewport().repaint()

        spent = milliseconds(work)
        QApplication.processEvents()
        return spent

    return once


def editing(window: MainWindow, place: ProjectsPlace) -> Callable[[], None]:
    """An edit that is not measured, after which nothing that was remembered holds."""
    amounts, uid = count(10**10, 100), place.table.uids_of(place.table.rows.ids[:1])[0]

    def once() -> None:
        window.session.run(projects.edit, uid, {"total_investment": next(amounts)})
        QApplication.processEvents()

    return once


def sorting(place: ProjectsPlace, edited: MainWindow | None = None) -> Timer:
    """One click on a column's head, to painted rows; with a window an edit before each leaves nothing to remember."""
    names, edit = cycle(SORTED), editing(edited, place) if edited is not None else lambda: None

    def once() -> float:
        name = next(names)
        edit()

        def work() -> None:
            place.view.header.order_asked.emit(((name, False),))
            place.view.viewport().repaint()

        spent = milliseconds(work)
        QApplication.processEvents()
        return spent

    return once


def asking(connection: sqlite3.Connection, view: QTableView, questions: Iterator[tuple[str, str]]) -> Timer:
    """The same question in bare SQL, the first rows read, and a plain repaint."""
    columns = "id, list_no, name, county, total_investment, central_request, span, status, responsible_unit"

    def once() -> float:
        kind, word = next(questions)

        def work() -> None:
            if kind == "search":
                sql = (
                    "SELECT p.id FROM project_search s CROSS JOIN project p ON p.id = s.rowid "
                    f"WHERE project_search MATCH ? AND p.deleted = 0 ORDER BY {PLAIN_ORDER}"
                )
                ids = connection.execute(sql, (search.match_of(word),)).fetchall()
            else:
                sql = f"SELECT id FROM project p WHERE deleted = 0 ORDER BY {word} IS NULL, {word}, id"
                ids = connection.execute(sql).fetchall()
            first = [row[0] for row in ids[:64]]
            marks = ", ".join("?" * len(first))
            table = view.model()
            assert isinstance(table, BareTable)
            table.rows[:] = connection.execute(f"SELECT {columns} FROM project WHERE id IN ({marks})", first).fetchall()
            view.viewport().repaint()

        return milliseconds(work)

    return once
