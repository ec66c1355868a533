"""Faces: read rightly, cut to what is used, and refused when they are damaged."""

import io
import random
import struct
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from laoxiao_desktop import paths
from laoxiao_desktop.reports.face import Face, UnfitFaceError

FONT = paths.resources() / "fonts" / "LaoxiaoSans-Medium.ttf"
TEXT = "养老托育㑇𬜬“一老一小”①Aé0123456789"


@pytest.fixture(scope="module")
def whole() -> bytes:
    return FONT.read_bytes()


def directory(font: bytes) -> list[int]:
    """Where the entries of the table directory begin."""
    return [12 + 16 * number for number in range(struct.unpack_from(">H", font, 4)[0])]


def table(font: bytes, tag: bytes) -> int:
    return next(int(struct.unpack_from(">I", font, at + 8)[0]) for at in directory(font) if font[at : at + 4] == tag)


def test_glyphs_and_widths_are_those_of_the_file() -> None:
    face, known = Face(FONT), TTFont(FONT)
    names, metrics = known.getBestCmap(), known["hmtx"].metrics
    for code in (*map(ord, TEXT), 0x10FFFF, 0, 0xFFFF):
        glyph = known.getGlyphID(names[code]) if code in names else 0
        assert face.glyph_of(code) == glyph
        assert face.advance(glyph) == metrics[known.getGlyphName(glyph)][0]
    assert face.name == "LaoxiaoSans-Medium"


def test_the_program_holds_the_outlines_unchanged() -> None:
    face, known = Face(FONT), TTFont(FONT)
    glyphs = [face.glyph_of(ord(char)) for char in TEXT]
    program, numbers = face.program(glyphs, {})
    assert len(program) < 30_000
    cut = TTFont(io.BytesIO(program), checkChecksums=2)
    for glyph in glyphs:
        mine = cut["glyf"][cut.getGlyphName(numbers[glyph])].getCoordinates(cut["glyf"])
        theirs = known["glyf"][known.getGlyphName(glyph)].getCoordinates(known["glyf"])
        assert mine[0] == theirs[0]
        assert cut["hmtx"].metrics[cut.getGlyphName(numbers[glyph])] == known["hmtx"].metrics[known.getGlyphName(glyph)]


def test_a_face_inside_a_collection_is_found(tmp_path: Path, whole: bytes) -> None:
    moved = bytearray(whole)
    for at in directory(whole):
        struct.pack_into(">I", moved, at + 8, struct.unpack_from(">I", moved, at + 8)[0] + 16)
    path = tmp_path / "collection.ttc"
    path.write_bytes(b"ttcf" + struct.pack(">3I", 0x00010000, 1, 16) + moved)
    assert Face(path).glyph_of(ord("养")) == Face(FONT).glyph_of(ord("养"))
    with pytest.raises(UnfitFaceError):
        Face(path, 7)


def test_a_map_of_the_basic_plane_serves_where_there_is_no_other(tmp_path: Path, whole: bytes) -> None:
    changed = bytearray(whole)
    cmap = table(whole, b"cmap")
    for number in range(struct.unpack_from(">H", whole, cmap + 2)[0]):
        record = cmap + 4 + 8 * number
        if whole[cmap + struct.unpack_from(">I", whole, record + 4)[0] + 1] != 4:
            struct.pack_into(">H", changed, record, 9)
    path = tmp_path / "basic.ttf"
    path.write_bytes(changed)
    basic, full = Face(path), Face(FONT)
    for char in "养老托育㑇“①Aé0。":
        assert basic.glyph_of(ord(char)) == full.glyph_of(ord(char))
    assert full.glyph_of(ord("𬜬"))
    assert not basic.glyph_of(ord("𬜬"))


def test_a_face_whose_licence_bits_forbid_embedding_is_refused(tmp_path: Path, whole: bytes) -> None:
    changed = bytearray(whole)
    struct.pack_into(">H", changed, table(whole, b"OS/2") + 8, 0x0002)
    path = tmp_path / "restricted.ttf"
    path.write_bytes(changed)
    with pytest.raises(UnfitFaceError, match="forbid"):
        Face(path)


def test_damaged_files_are_refused_or_stay_harmless(tmp_path: Path, whole: bytes) -> None:
    chance = random.Random(7)
    path = tmp_path / "damaged.ttf"
    spots = [
        *range(300),
        *(table(whole, tag) + n for tag in (b"cmap", b"head", b"hhea", b"maxp", b"loca", b"name") for n in range(60)),
    ]
    for _ in range(80):
        damaged = bytearray(whole)
        for spot in chance.sample(spots, 4):
            damaged[spot] = chance.randrange(256)
        path.unlink(missing_ok=True)
        path.write_bytes(damaged[: chance.choice((len(whole), len(whole), 4000))])
        try:
            face = Face(path)
        except UnfitFaceError:
            continue
        face.program([face.glyph_of(ord(char)) for char in TEXT], {})
