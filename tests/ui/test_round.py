"""试用十步: offered once on the example, done on the real screens, seen to be done, left and gone on with."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.round_steps import STEPS, Step
from laoxiao_desktop.ui.session import Scope
from laoxiao_desktop.workspace import milestones, months, projects
from tests.ui import shell_desk as desk


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window as a new person sees it."""
    with desk.window(qtbot, is_new=True) as shown:
        yield shown


def wait_for(window: MainWindow, qtbot: QtBot, number: int) -> None:
    """Until the round has come to a step."""
    qtbot.waitUntil(lambda: window.round.number == number, timeout=5_000)
    QTest.qWait(250)


def test_ten_steps_are_walked_on_the_real_screens(window: MainWindow, qtbot: QtBot) -> None:
    guide, session = window.round, window.session
    desk.open_demo(window, qtbot, "overview")
    assert guide.offer.isVisible()
    desk.click(guide.offer.begin)
    assert (guide.is_running, guide.bubble.isVisible(), guide.offer.isVisible()) == (True, True, False)
    desk.click(window.bar.item("projects"))
    wait_for(window, qtbot, 1)
    QTest.keyClicks(window.top.search, "jhs")
    wait_for(window, qtbot, 2)
    window.top.search.clear()
    session.narrow(Scope(None, "532801"))
    wait_for(window, qtbot, 3)
    uid = desk.first_project(window)
    session.run(projects.edit, uid, {"total_investment": 110_000_000_00})
    wait_for(window, qtbot, 4)
    desk.click(window.top.undo)
    wait_for(window, qtbot, 5)
    session.run(milestones.start_from_template, uid)
    wait_for(window, qtbot, 6)
    place = window.places.place
    place.pane.show_page("变更")  # type: ignore[union-attr]
    wait_for(window, qtbot, 7)
    window.go_to("findings")
    wait_for(window, qtbot, 8)
    assert "月度调度" in guide.bubble.words.text()  # it happens elsewhere: the way there is pointed at
    window.go_to("monthly")
    session.run(months.open_month, "2023-05")
    wait_for(window, qtbot, 9)
    window.go_to("reports")
    session.said.emit("已导出 报告.pdf", False)
    wait_for(window, qtbot, len(STEPS))
    assert guide.bubble.title.text() == "十步走完了"
    desk.click(guide.bubble.leave)
    assert not guide.is_running
    assert window.session.settings.text("round.state") == "done"


def test_the_round_is_left_and_gone_on_with_from_the_help(window: MainWindow, qtbot: QtBot) -> None:
    desk.open_demo(window, qtbot)
    desk.click(window.round.offer.begin)
    wait_for(window, qtbot, 1)  # in 项目 already
    desk.press(window.round.bubble, Qt.Key.Key_Escape)
    assert not window.round.bubble.isVisible()
    desk.press(window, Qt.Key.Key_F1)
    window.help.round_asked.emit()
    assert (window.help.isVisible(), window.round.bubble.isVisible(), window.round.number) == (False, True, 1)


def test_the_round_is_offered_once(window: MainWindow, qtbot: QtBot) -> None:
    desk.open_demo(window, qtbot)
    desk.click(window.round.offer.decline)
    window.leave_ledger()
    qtbot.waitUntil(lambda: not window.session.has_ledger)
    desk.open_recent(window, qtbot)
    assert not window.round.offer.isVisible()


def pointed_at(window: MainWindow, step: Step) -> QRect | None:
    """The area of the window that a step means; None while it is out of sight."""
    widget, part = step.target(window.round._scene)
    return QRect(widget.mapTo(window, part.topLeft()), part.size()) if widget.isVisible() else None


@pytest.mark.parametrize(
    ("size", "factor"),
    [((1366, 768), 1.0), ((1536, 864), 1.15), ((1920, 1080), 1.5), ((1093, 614), 1.3), ((640, 440), 1.5)],
)
def test_the_bubble_stays_in_the_window_at_every_size(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int], factor: float
) -> None:
    window.resize(*size)
    window.theme.choose("light", factor)
    desk.open_demo(window, qtbot)
    guide = window.round
    desk.click(guide.offer.begin)
    for number, step in enumerate(STEPS):
        session = window.session
        session.settings.put("round.step", number)
        for key in {step.place or "overview", "settings"}:
            window.go_to(key)
            guide._is_pausing = False
            guide.look()
            guide._pause.stop()
            target = pointed_at(window, step) if not step.place or key == step.place else None
            assert window.rect().contains(guide.bubble.geometry()), (number, key)
            if target is not None and size != (640, 440):
                assert not guide.bubble.geometry().intersects(target), (number, key)
            words = guide.bubble.words
            assert words.height() >= words.heightForWidth(words.width()), (number, key)
