"""附件 in the record: photos dropped and pasted are made small and dated, papers kept, wrong files told in sentences."""

import datetime as dt
import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.exchange.photo_date import taken_on
from laoxiao_desktop.ui.record_attachments import AttachmentsPage, safe_name
from laoxiao_desktop.ui.record_pane import PAGES
from laoxiao_desktop.workspace import attachments
from tests.ui.record_desk import Desk, press, typed


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(clock, "today", lambda: dt.date(2024, 7, 2))
    made = Desk(qtbot, tmp_path)
    made.pane.show_page("附件")
    return made


def page_of(desk: Desk) -> AttachmentsPage:
    page = desk.pane.late("附件")
    assert isinstance(page, AttachmentsPage)
    return page


def jpeg(width: int, height: int, colour: str, taken: str = "") -> bytes:
    """A photo as a camera writes it, with the day it was taken where one is given."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload]
    content = bytes(data.data())
    if not taken:
        return content
    tiff = b"II*\0" + struct.pack("<IHHHIII", 8, 1, 0x8769, 4, 1, 26, 0)
    tiff += struct.pack("<HHHIII", 1, 0x9003, 2, 20, 44, 0) + taken.encode() + b"\0"
    exif = b"Exif\0\0" + tiff
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + content[2:]


def drop(page: AttachmentsPage, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, mime, buttons, keys))


def wait_for(desk: Desk, qtbot: QtBot, count: int) -> None:
    qtbot.waitUntil(lambda: len(attachments.of(desk.ledger, desk.uid)) == count)


def test_a_dropped_photo_is_made_small_and_dated_by_the_camera(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    photo = tmp_path / "IMG_0001.JPG"
    photo.write_bytes(jpeg(3000, 2000, "tan", "2024:06:27 09:30:00"))
    drop(page_of(desk), photo)
    wait_for(desk, qtbot, 1)
    (kept,) = attachments.of(desk.ledger, desk.uid)
    assert (kept.kind, kept.taken_at) == ("照片", "2024-06-27")
    image = QImage.fromData(attachments.content(desk.ledger, kept.uid))
    assert (image.width(), image.height()) == (2000, 1333)
    assert desk.pane.tabs.count_of(PAGES.index("附件")) == 1
    assert page_of(desk).album.in_hand == kept.uid
    qtbot.waitUntil(lambda: page_of(desk).picture(kept) is not None)


def test_what_cannot_be_kept_is_told_and_the_rest_is_taken(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    broken, empty, phone, paper = (tmp_path / name for name in ("坏.png", "空.pdf", "a.heic", "批复.pdf"))
    broken.write_bytes(b"not a photo")
    empty.write_bytes(b"")
    phone.write_bytes(b"ftypheic")
    paper.write_bytes(b"%PDF-1.4 text")
    drop(page_of(desk), broken, empty, phone, paper, tmp_path / "没有.pdf")
    wait_for(desk, qtbot, 1)
    assert attachments.of(desk.ledger, desk.uid)[0].kind == "批复"
    told = "".join(line.note.text for line in page_of(desk).notes.lines)
    for words in ("“坏.png”打不开", "“空.pdf”是空文件", "HEIC", "读不了“没有.pdf”"):
        assert words in told


def test_a_picture_is_pasted_captioned_and_moved_to_another_day(desk: Desk, qtbot: QtBot) -> None:
    image = QImage(40, 30, QImage.Format.Format_ARGB32)
    image.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(image)
    page = page_of(desk)
    page.empty.button.setFocus()
    press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for(desk, qtbot, 1)
    row = page.hand.rows[0]
    row.details["caption"].value.edit()
    typed("主体封顶")
    press(Qt.Key.Key_Tab)
    typed("2024.6.30")
    press(Qt.Key.Key_Return)
    (kept,) = attachments.of(desk.ledger, desk.uid)
    assert (kept.caption, kept.taken_at) == ("主体封顶", "2024-06-30")
    page.album.setFocus()
    press(Qt.Key.Key_Delete)
    assert attachments.of(desk.ledger, desk.uid) == []
    desk.session.undo()
    assert len(attachments.of(desk.ledger, desk.uid)) == 1


def test_last_and_this_month_stand_side_by_side(desk: Desk) -> None:
    for day, colour in (("2024-05-29", "tan"), ("2024-06-27", "gray")):
        desk.session.run(attachments.add, desk.uid, jpeg(40, 30, colour), "照片", taken_at=day, file_name=f"{day}.jpg")
    page = page_of(desk)
    assert page.pair.isVisible()
    assert "此前 2024.05.29" in page.pair.accessibleName()
    assert "本月 2024.06.27" in page.pair.accessibleName()
    page.album.setFocus()
    press(Qt.Key.Key_Right)
    assert "2024.05.29" in page.album.accessibleName()


def test_a_paper_is_opened_as_a_copy_and_saved_elsewhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.session.run(attachments.add, desk.uid, b"%PDF-1.4 x", "批复", file_name="玉发改〔2023〕45号.pdf")
    page, opened = page_of(desk), []
    monkeypatch.setattr(page, "open_url", lambda url: opened.append(Path(url.toLocalFile())))
    row = page.documents.rows[0]
    page.documents.open(row.uid)
    row.links["open"].click()
    assert opened[0].read_bytes() == b"%PDF-1.4 x"
    target = tmp_path / "副本.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    row.links["export"].click()
    assert target.read_bytes() == b"%PDF-1.4 x"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe1\0\x10Exif\0\0II*\0\xff\xff\xff\xff", b"x" * 99]
)
def test_a_damaged_photo_has_no_date(content: bytes) -> None:
    assert taken_on(content) is None


def test_a_file_name_fits_every_computer() -> None:
    assert safe_name('..\\a/b:c*?"<>|.pdf') == "_a_b_c______.pdf"
    assert QApplication.instance() is not None
