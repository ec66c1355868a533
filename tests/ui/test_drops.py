"""Files dropped on the window: a sentence says beforehand what letting go does, and each kind goes where it belongs."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop.exchange import forms as workbooks
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.ui.grid_columns import INDEX
from laoxiao_desktop.ui.grid_paste import PasteDialog
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.workspace import attachments, forms, months
from tests.ui import overview_desk, shell_desk

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    ledger = overview_desk.build(tmp_path)
    path = ledger.path
    ledger.close()
    with shell_desk.window(qtbot) as shown:
        shown.opening.open(path)
        shown.go_to("projects")
        qtbot.wait(20)
        yield shown


def drag(window: MainWindow, at: QPoint, *paths: Path) -> tuple[str, QMimeData]:
    """What the window says while the files are held over a point."""
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    QApplication.sendEvent(window, QDragEnterEvent(at, Qt.DropAction.CopyAction, content, LEFT, NONE))
    return window.door.drops.hint.words, content


def drop(window: MainWindow, at: QPoint, *paths: Path) -> str:
    """Hold files over a point and let them go; gives what was said before."""
    words, content = drag(window, at, *paths)
    QApplication.sendEvent(window, QDropEvent(QPointF(at), Qt.DropAction.CopyAction, content, LEFT, NONE))
    assert not window.door.drops.hint.isVisible()
    return words


def middle(window: MainWindow, widget: QWidget) -> QPoint:
    return widget.mapTo(window, widget.rect().center())


def test_a_photo_on_a_row_is_attached_to_its_project_and_elsewhere_asks_which(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    photo = tmp_path / "现场.jpg"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(photo))
    place = window.places.place
    assert isinstance(place, ProjectsPlace)
    row = next(
        row
        for row in range(place.table.rowCount())
        if str(place.table.index(row, INDEX["name"]).data()).startswith("勐腊县农村")
    )
    uid = place.table.uid_at(row)
    assert uid is not None
    spot = place.view.visualRect(place.table.index(row, INDEX["name"])).center()
    at = place.view.viewport().mapTo(window, spot)
    assert drop(window, at, photo) == "放开就把“现场.jpg”附到“勐腊县农村敬老院提质改造项目”"
    qtbot.waitUntil(lambda: len(window.session.read(attachments.of, uid)) == 1, timeout=5_000)
    assert window.places.key == "projects"
    asked = drop(window, middle(window, window.top), photo)
    assert asked == "“现场.jpg”要附到哪个项目？"
    assert asked in window.messages.strips[0].words


def test_forms_lists_ledgers_and_strange_files_are_told_apart(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    at = middle(window, window.places)
    strange, table, other = tmp_path / "驱动.exe", tmp_path / "清单.csv", tmp_path / "另一本.laoxiao"
    strange.write_bytes(b"MZ")
    table.write_text("序号,项目名称\n1,某项目\n", encoding="utf-8")
    assert drop(window, at, strange) == "“驱动.exe”放不进来。"
    assert "台账（.laoxiao）" in window.messages.strips[0].words
    assert drag(window, at, table)[0] == "放开就读入“清单.csv”，先看再写"
    assert drag(window, at, other)[0] == "放开就打开台账“另一本.laoxiao”"
    assert drag(window, at, other, table)[0] == "“另一本.laoxiao”等 2 个文件放不进来。"
    rows = window.session.read(months.grid, "2024-06", Scope())[:2]
    form = tmp_path / "2024-06 景洪市民政局 填报表.xlsx"
    workbooks.write(form, window.session.read(forms.identity, "景洪市民政局", "2024-06", rows), rows)
    assert drop(window, at, form).startswith("放开就读回填报表")
    assert window.places.key == "monthly"
    qtbot.waitUntil(lambda: "没有改动" in window.status.said or bool(window.findChildren(PasteDialog)), timeout=10_000)
