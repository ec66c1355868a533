"""Hostile bytes: compound files of the old office programs, other kinds under the name of a workbook, noise."""

import random
import sqlite3
import struct
from contextlib import closing
from pathlib import Path

import xlwt

from tests.exchange.office_files import Block, xls
from tests.hostile.packages import HEADER, ROW

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def _compound(path: Path, streams: tuple[str, ...]) -> None:
    """The outline of a compound file: header, an empty allocation table, a directory that names the streams."""
    header = _OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<IIIIIIII", 1, 1, 0, 0x1000, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    header = header.ljust(512, b"\xff")
    entries = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", len(name) * 2 + 2, 2, 1) + bytes(60)
        for name in ("Root Entry", *streams)
    )
    path.write_bytes(header + b"\xff" * 512 + entries + random.Random(3).randbytes(4_096))


def encrypted_workbook(path: Path) -> None:
    """A workbook with a password: an encrypted package within a compound file."""
    _compound(path, ("EncryptionInfo", "EncryptedPackage"))


def old_document(path: Path) -> None:
    """A document of the old kind."""
    _compound(path, ("WordDocument", "1Table"))


def truncated_old_workbook(path: Path) -> None:
    """The first third of an old workbook."""
    held = xls(path, [Block(["项目清单"], [HEADER, *[ROW] * 200])]).read_bytes()
    path.write_bytes(held[: len(held) // 3])


def flipped_old_workbook(path: Path) -> None:
    """An old workbook with bytes changed throughout."""
    held = bytearray(xls(path, [Block(["项目清单"], [HEADER, *[ROW] * 200])]).read_bytes())
    for at in range(600, len(held), 37):
        held[at] ^= 0xA5
    path.write_bytes(held)


def far_corner_old(path: Path) -> None:
    """An old workbook with a list and one cell at its last row and column."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    for at, row in enumerate((HEADER, ROW)):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    sheet.write(65_535, 255, 1)
    book.save(str(path))


def pdf(path: Path) -> None:
    """A PDF."""
    path.write_bytes(b"%PDF-1.7\n" + random.Random(1).randbytes(2_000))


def picture(path: Path) -> None:
    """A picture."""
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + random.Random(2).randbytes(2_000))


def program(path: Path) -> None:
    """A program."""
    path.write_bytes(b"MZ" + random.Random(4).randbytes(2_000))


def database(path: Path) -> None:
    """A database."""
    with closing(sqlite3.connect(path)) as held:
        held.execute("CREATE TABLE a (b)")
        held.commit()


def noise(path: Path) -> None:
    """Half a megabyte of noise."""
    path.write_bytes(b"\xfe\x01" + random.Random(5).randbytes(500_000))
