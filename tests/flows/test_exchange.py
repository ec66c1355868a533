"""Two offices, one ledger: a package goes out, comes back, clashes, is decided by keys, and its receipt is printed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui.exchange_place import ExchangePlace
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.reports import ReportsPlace
from laoxiao_desktop.workspace import conflicts, packages, projects, safety
from tests.builders import add_project, new_ledger
from tests.ui import shell_desk as desk

STATE, COUNTY = Person("王芳", "州发展改革委"), Person("岩温", "景洪市民政局")
NAME = "景洪市江北街道综合养老服务中心项目"
WAN = 1_000_000
PATIENCE = 10_000


@contextmanager
def office(qtbot: QtBot, home: Path, person: Person, patch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """The window on the machine of one office."""
    home.mkdir(exist_ok=True)
    patch.setenv("LAOXIAO_HOME", str(home))
    with desk.window(qtbot, person) as window:
        window.resize(1366, 768)
        yield window


def exchange(window: MainWindow, page: Qt.Key) -> ExchangePlace:
    """数据交换 at one of its pages, by keys."""
    desk.press(window, Qt.Key.Key_8, desk.CTRL)
    place = window.places.place
    assert isinstance(place, ExchangePlace)
    desk.press(place, page, Qt.KeyboardModifier.AltModifier)
    return place


def drop(window: MainWindow, *files: Path) -> None:
    """Files dropped on the window."""
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    at, copy, left = QPoint(300, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(at, copy, content, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(at), copy, content, left, none))


def give(window: MainWindow, qtbot: QtBot, folder: Path, to: str = "") -> Path:
    """Gives a package out: the name typed if any, Enter, and what the page says."""
    place = exchange(window, Qt.Key.Key_2)
    place.giving.put_in(folder)
    if to:
        event = QInputMethodEvent()
        event.setCommitString(to)
        QApplication.sendEvent(place.giving.to.lineEdit(), event)
    before = set(folder.glob("*.lxp"))
    desk.press(place.giving.to.lineEdit(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(place.giving.result.buttons), timeout=PATIENCE)
    (written,) = set(folder.glob("*.lxp")) - before
    assert written.name in place.giving.result.hint
    return written


def edit(window: MainWindow, values: dict[str, str | int | None]) -> str:
    """Changes the project; gives its uid."""
    uid = desk.first_project(window)
    assert window.session.run(projects.edit, uid, values) is not None
    return uid


def looked_at(window: MainWindow, qtbot: QtBot) -> ExchangePlace:
    """The place when it shows what a package would bring."""
    place = window.places.place
    assert isinstance(place, ExchangePlace)
    qtbot.waitUntil(lambda: place.taking.take_button.isVisible() or bool(window.messages.strips), timeout=PATIENCE)
    return place


def test_a_ledger_goes_to_a_county_comes_back_clashes_is_decided_by_keys_and_the_receipt_is_printed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = new_ledger(tmp_path)
    add_project(ledger, NAME, total_investment=360 * WAN)
    ledger.close()
    with office(qtbot, tmp_path / "州", STATE, monkeypatch) as window:
        window.open_named(ledger.path)
        place = exchange(window, Qt.Key.Key_4)
        assert place.settling.list.isHidden(), "nothing was ever taken or given"
        desk.press(place.heart, Qt.Key.Key_Return)
        assert place.taking.isVisible()
        out = give(window, qtbot, tmp_path, "景洪市民政局")

    with office(qtbot, tmp_path / "县", COUNTY, monkeypatch) as window:
        window.open_named(out)  # as a double click does; there is no ledger yet, so that a new one is all that can be
        assert window.start.package_panel.isVisible()
        window.start.package_panel.form.put_in(tmp_path / "县")
        desk.press(window.start.package_panel.form.create_button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.session.has_ledger, timeout=PATIENCE)
        edit(window, {"total_investment": 402 * WAN, "remark": "屋面防水已完成"})
        back = give(window, qtbot, tmp_path)

    with office(qtbot, tmp_path / "州", STATE, monkeypatch) as window:
        window.open_named(ledger.path)
        uid = edit(window, {"total_investment": 380 * WAN})
        window.go_to("projects")
        drop(window, back)
        place = looked_at(window, qtbot)
        lines = [(line.field, line.after, line.is_open) for line in place.taking.lines.table.lines]
        assert sorted(lines) == [("备注", "屋面防水已完成", False), ("总投资（万元）", "402", True)]
        assert desk.value_of(window, uid, "remark") is None  # nothing is written by looking

        desk.press(place.taking.take_button, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: bool(place.taking.result.buttons), timeout=PATIENCE)
        assert desk.value_of(window, uid, "remark") == "屋面防水已完成"
        assert window.session.read(conflicts.count) == 1
        qtbot.waitUntil(lambda: window.bar.item("exchange").count == 1)

        desk.press(place.taking.result.buttons[0], Qt.Key.Key_Return)  # 去定 1 处冲突
        assert [card.value for card in place.settling.sheet.cards] == ["380", "402"]
        assert not place.settling.decide_button.isEnabled()
        desk.press(place.settling.list, Qt.Key.Key_1)
        desk.press(place.settling.sheet.cards[0], Qt.Key.Key_Return)
        assert window.session.read(conflicts.count) == 0
        assert desk.value_of(window, uid, "total_investment") == 380 * WAN
        assert desk.nameless(window) == []

        assert place.settling.list.take("receipt", window.session.read(packages.receipts)[0].uid)
        desk.click(place.settling.receipt.paper)
        reports = window.places.place
        assert isinstance(reports, ReportsPlace)
        paper = tmp_path / "回执.pdf"
        qtbot.waitUntil(lambda: reports.panel.save_button.isEnabled(), timeout=3 * PATIENCE)
        reports.save_to(paper)
        qtbot.waitUntil(lambda: reports.strip.isVisible(), timeout=PATIENCE)
        text = words(paper)
        assert "数据包合并回执" in text
        assert "取用（州发展改革委王芳" in text
        assert text.count("经办人（签字）") == 2
        assert window.session.read(safety.verify).is_sound


def test_a_broken_package_and_one_of_another_ledger_are_refused_in_words_and_a_new_ledger_is_offered(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = new_ledger(tmp_path)
    add_project(other, NAME)
    package = tmp_path / "别的.lxp"
    packages.give(other, package, to="景洪市民政局")
    other.close()
    broken = tmp_path / "坏的.lxp"
    broken.write_bytes(package.read_bytes()[:-300])
    own = tmp_path / "自己"
    own.mkdir()
    new_ledger(own).close()
    with office(qtbot, tmp_path / "县", COUNTY, monkeypatch) as window:
        window.open_named(own / other.path.name)
        drop(window, broken, package)
        place = looked_at(window, qtbot)
        assert "已损坏" in place.taking.note
        assert not place.taking.new_button.isVisible()
        desk.press(place.taking.cancel, Qt.Key.Key_Return)  # 不收，看下一个
        qtbot.waitUntil(lambda: place.taking.new_button.isVisible(), timeout=PATIENCE)
        assert not place.taking.take_button.isEnabled()
        assert "另一份台账" in place.taking.note
        desk.click(place.taking.new_button)
        qtbot.waitUntil(lambda: window.start.package_panel.isVisible(), timeout=PATIENCE)
        assert not window.session.has_ledger


def words(file: Path) -> str:
    """All words of a PDF, without blanks."""
    document = pypdfium2.PdfDocument(file)
    text = "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    document.close()
    return "".join(text.split())
