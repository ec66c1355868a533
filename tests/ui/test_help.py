"""F1: the manual's page of the place in hand, found by words, beside the keys; nothing the program has is left out."""

import re
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from laoxiao_desktop import paths
from laoxiao_desktop.cli.face import VERBS
from laoxiao_desktop.models.report_request import KINDS
from laoxiao_desktop.ui.places import ENTRIES
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.settings_parts import Section
from laoxiao_desktop.workspace import manual
from tests.ui import shell_desk as desk
from tests.ui.shell_desk import press


def test_every_place_has_its_page_in_the_manual() -> None:
    pages = {page.key: page for page in manual.pages()}
    assert [entry.key for entry in ENTRIES if entry.key not in pages] == []
    assert [entry.title for entry in ENTRIES if pages[entry.key].title != entry.title] == []


def test_every_verb_of_the_headless_face_stands_in_the_manual() -> None:
    text = manual.page("commands").text
    told = {word for span in re.findall(r"`([^`]+)`", text) for word in span.split()[:1]}
    assert sorted(set(VERBS) - told) == []


def test_every_kind_of_report_and_every_part_of_the_settings_stand_in_the_manual(qtbot: QtBot) -> None:
    text = manual.page("reports").text
    assert [kind.title for kind in KINDS if kind.title.split("、")[0] not in text] == []
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot, "settings")
        parts = [part.title for part in window.places.place.findChildren(Section)]
    assert len(parts) >= 6
    assert [title for title in parts if title not in manual.page("settings").text] == []


def test_every_page_is_named_in_the_contents_and_every_picture_lies_beside_it() -> None:
    folder = paths.resources() / "manual"
    assert {page.key for page in manual.pages()} == {file.stem for file in folder.glob("*.md")}
    for page in manual.pages():
        assert all((folder / name).is_file() for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", page.text)), page.key


def test_f1_opens_the_page_of_the_place_and_follows_its_links(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        press(window, Qt.Key.Key_F1)
        assert window.help.manual.key == "start"
        press(window.help, Qt.Key.Key_Escape)
        desk.open_demo(window, qtbot)
        for entry in ENTRIES:
            window.go_to(entry.key)
            press(window, Qt.Key.Key_F1)
            assert window.help.manual.key == entry.key
            assert entry.title in window.help.manual.toPlainText()
            press(window.help, Qt.Key.Key_Escape)
            assert not window.help.isVisible(), entry.key


def test_words_are_found_in_the_manual_and_enter_reads_the_first_hit(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        press(window, Qt.Key.Key_F1)
        window.help.search.setText("催报名单")
        assert window.help.hits.count() >= 2
        press(window.help.search, Qt.Key.Key_Return)
        assert window.help.manual.textCursor().selectedText() == "催报名单"
        assert QApplication.focusWidget() is window.help.manual
        window.help.search.setText("没有这个词")
        assert (window.help.hits.count(), window.help.shown) == (0, ())


def test_a_page_leads_to_the_next_and_back(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        press(window, Qt.Key.Key_F1)
        shown = window.help.manual
        shown.show_page("troubles")
        first = shown.toHtml()
        shown.show_page("contents")
        shown.show_page("troubles")
        assert shown.toHtml() == first  # letters of another page colour nothing
        press(window.help.search, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert shown.key == "contents"


def test_the_manual_names_no_file_of_a_machine() -> None:
    folder = paths.resources() / "manual"
    assert not [file for file in folder.glob("*.md") if re.search(r"/root|/home|/tmp", Path(file).read_text("utf-8"))]


def test_f1_in_the_record_opens_its_page(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        place = window.places.place
        assert isinstance(place, ProjectsPlace)
        qtbot.waitUntil(lambda: place.pane.uid is not None)
        place.pane.tabs.setFocus()
        press(place.pane.tabs, Qt.Key.Key_F1)
        assert window.help.manual.key == "record"


def test_a_letter_typed_in_the_search_is_no_key_of_the_chart(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot, "gantt")
        window.top.search.setFocus()
        QTest.keyClicks(window.top.search, "t")
        assert window.top.search.text() == "t"


def test_the_whole_manual_is_saved_from_the_help(qtbot: QtBot, tmp_path: Path) -> None:
    with desk.window(qtbot) as window:
        press(window, Qt.Key.Key_F1)
        paper = window.help.paper
        paper.save_to(tmp_path / "手册.pdf")
        qtbot.waitUntil(lambda: paper.strip.words.startswith("已存到"), timeout=20_000)
        assert (tmp_path / "手册.pdf").read_bytes().startswith(b"%PDF-")


def test_help_asked_for_in_an_open_cell_gives_the_keyboard_back_to_the_rows(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        place = window.places.place
        assert isinstance(place, ProjectsPlace)
        press(place.view, Qt.Key.Key_F2)
        editor = place.view.delegate.editor
        assert editor is not None
        press(editor.text, Qt.Key.Key_F1)
        assert window.help.isVisible()
        place.view.delegate.finish()
        QTest.qWait(20)
        press(window, Qt.Key.Key_F1)
        assert not window.help.isVisible()
        assert place.view.hasFocus()
