"""Every place once more, at the sizes of offices: a walk over all widgets in sight."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.places import ENTRIES
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.record_pane import PAGES
from laoxiao_desktop.ui.theme import Mode
from laoxiao_desktop.workspace import months
from tests.ui import shell_desk as desk
from tests.ui import sweep

SIZES: tuple[tuple[tuple[int, int], float, Mode], ...] = (
    ((1366, 768), 1.0, "light"),
    ((1093, 614), 1.0, "light"),
    ((1920, 1080), 1.0, "dark"),
    ((1366, 768), 1.3, "dark"),
)


def faults(window: MainWindow, where: str) -> list[str]:
    """What is wrong in the place in view."""
    found = [f"no name: {one}" for one in desk.nameless(window)]
    found += [f"English: {one}" for one in sweep.english(window)]
    found += [f"clipped: {one}" for one in sweep.clipped(window)]
    found += [f"over each other: {one}" for one in sweep.overlapping(window)]
    found += [f"outside: {one}" for one in sweep.outside(window)]
    return [f"{where}: {one}" for one in found]


@pytest.mark.parametrize(("size", "factor", "mode"), SIZES)
def test_every_place_has_names_and_chinese_words_that_stand_whole(
    qtbot: QtBot, size: tuple[int, int], factor: float, mode: Mode
) -> None:
    with desk.window(qtbot) as window:
        window.resize(*size)
        window.theme.choose(mode, factor)
        QTest.qWait(50)
        found = faults(window, "start")
        desk.open_demo(window, qtbot)
        for has_month in (False, True):
            for entry in ENTRIES:
                if has_month != (entry.key in ("overview", "monthly", "gantt")) and has_month:
                    continue
                window.go_to(entry.key)
                QTest.qWait(400)
                found += faults(window, entry.key)
                place = window.places.place
                for page in PAGES if isinstance(place, ProjectsPlace) else ():
                    place.pane.show_page(page)
                    QTest.qWait(20)
                    found += faults(window, f"record {page}")
            if not has_month:
                window.session.run(months.open_month, "2026-10")
        assert not found, "\n".join(found)


def test_the_wheel_changes_no_value_and_tab_reaches_every_control(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        window.session.run(months.open_month, "2026-10")
        found = []
        for entry in ENTRIES:
            window.go_to(entry.key)
            QTest.qWait(300)
            found += [f"{entry.key}: wheel {one}" for one in sweep.turned_by_the_wheel(window)]
            found += [f"{entry.key}: Tab misses {one}" for one in sweep.missed_by_tab(window)]
        assert not found, "\n".join(found)


def test_no_part_flashes_as_a_window_of_its_own(qtbot: QtBot) -> None:
    """What is shown before it has a parent is a window for a moment: it flickers, and takes the keyboard along."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    watch = sweep.Flashes(application)
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        window.session.run(months.open_month, "2026-10")
        for entry in ENTRIES:
            window.go_to(entry.key)
            QTest.qWait(150)
        for factor in (1.15, 1.0):
            window.theme.choose("dark", factor)
            QTest.qWait(50)
        window.go_to("projects")
        place = window.places.place
        assert isinstance(place, ProjectsPlace)
        for page in PAGES:
            place.pane.show_page(page)
        QTest.qWait(20)
    application.removeEventFilter(watch)
    assert not watch.seen, "\n".join(watch.seen)
