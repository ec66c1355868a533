"""Letters: every character finds a face, or is reported."""

import hashlib
from pathlib import Path

import pytest

from laoxiao_desktop import paths
from laoxiao_desktop.reports import font_files
from laoxiao_desktop.reports.font_files import BUNDLED, bundled_fonts, fonts_in_use, fonts_of_this_machine, open_face
from laoxiao_desktop.reports.fonts import FontBook

FOLDER = paths.resources() / "fonts"
NORM = Path(__file__).parents[2] / "installers" / "guifan_8105.txt"


def test_bundled_fonts_are_those_of_the_checksum_list() -> None:
    for line in (FOLDER / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            checksum, name = line.split()
            assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == checksum, name


def test_every_font_covers_the_standard_characters() -> None:
    characters = {c for line in NORM.read_text(encoding="utf-8").splitlines() if line[0] != "#" for c in line}
    assert len(characters) == 8105
    for file in {file for files in bundled_fonts().files.values() for file in files}:
        face = open_face(file)
        assert face is not None
        assert not [c for c in characters if not face.glyph_of(ord(c))], file.path.name
    for name in ("LaoxiaoSans-Regular.ttf", "LaoxiaoSans-Medium.ttf"):  # the screen
        face = open_face(font_files.FontFile(FOLDER / name))
        assert face is not None
        assert all(face.glyph_of(ord(c)) for c in characters)


def test_a_font_is_chosen_for_each_character() -> None:
    book = FontBook(bundled_fonts())
    fang = book.letters("fang")
    assert fang.serving("国")[0] is not fang.serving("①")[0]
    assert fang.show("第①期", "9").count(" Tf ") == 3
    assert not book.missing


def test_a_character_without_a_glyph_is_reported_and_shows_as_a_box() -> None:
    book = FontBook(bundled_fonts())
    song = book.letters("song")
    assert song.serving("👴")[1] == "□"
    song.show("养老👴托育", "9")
    assert book.missing == {"👴"}


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "fonts"
    folder.mkdir()
    monkeypatch.setattr(font_files, "_font_folders", lambda: [folder])
    monkeypatch.setattr(font_files, "_fontconfig", dict)
    return folder


def test_an_installed_font_of_the_standard_comes_first(installed: Path) -> None:
    (installed / "SIMFANG.TTF").write_bytes((FOLDER / BUNDLED["fang"]).read_bytes())
    choice = fonts_of_this_machine()
    assert choice.files["fang"][0].path.name == "SIMFANG.TTF"
    assert [file.path.name for file in choice.files["fang"][1:]] == [BUNDLED["fang"], BUNDLED["song"]]
    assert ("仿宋", "SIMFANG.TTF") in fonts_in_use(choice)


def test_a_damaged_or_outline_font_is_passed_over(installed: Path) -> None:
    (installed / "simhei.ttf").write_bytes(b"OTTO" + bytes(200))
    (installed / "simkai.ttf").write_bytes(b"")
    (installed / "simsun.ttc").write_bytes((FOLDER / BUNDLED["song"]).read_bytes()[:5000])
    assert fonts_of_this_machine() == bundled_fonts()
