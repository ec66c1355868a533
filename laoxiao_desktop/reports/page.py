"""The sheet of paper: its measures (GB/T 9704-2012), its foot, and the finished file.

All lengths are points. A rotated sheet is drawn as it is read, 297 mm wide; it is stored portrait, its head at the left
edge and its number at the portrait foot, so that it prints and binds like the others, and turned for the screen.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.reports.embedding import EM
from laoxiao_desktop.reports.font_files import Role
from laoxiao_desktop.reports.fonts import FontBook
from laoxiao_desktop.reports.paragraph import Line

MM = 72 / 25.4
PAPER_WIDTH, PAPER_HEIGHT = 210 * MM, 297 * MM
TOP, LEFT, RIGHT, BOTTOM = 37 * MM, 28 * MM, 26 * MM, 35 * MM
SIZE, LEADING = 15.75, 28.95  # 三号, so that 22 lines of 28 characters fill the type area
CHARACTERS, LINES = 28, 22
BODY_WIDTH = CHARACTERS * SIZE
TITLE_SIZE = 22.0  # 二号
FOOT_SIZE, FOOT_DROP = 14.0, 7 * MM  # 四号, 7 mm under the type area
STAMP_SIZE = 7.5

# The type area of a rotated sheet, as it is read.
WIDE_LEFT, WIDE_TOP, WIDE_RIGHT, WIDE_BOTTOM = 35 * MM, 28 * MM, 37 * MM, 26 * MM
WIDE_WIDTH = PAPER_HEIGHT - WIDE_LEFT - WIDE_RIGHT
WIDE_HEIGHT = PAPER_WIDTH - WIDE_TOP - WIDE_BOTTOM

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the file's outline: its level from 0, its page from 1."""

    title: str
    level: int
    page: int


@dataclass(frozen=True, slots=True)
class Heading:
    """What the file says about itself."""

    title: str
    author: str
    subject: str


@dataclass(slots=True)
class Sheet:
    """One page while it is drawn; `y` counts upwards from the lower edge of the sheet as it is read."""

    book: FontBook
    is_rotated: bool = False
    operators: list[str] = field(default_factory=list)

    def text(self, role: Role, size: float, x: float, y: float, text: str) -> None:
        """Shows `text` with its natural widths, its baseline beginning at x, y."""
        shown = self.book.letters(role).show(text, f"{size:g}")
        self.operators.append(f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET")

    def line(self, role: Role, size: float, x: float, y: float, line: Line) -> None:
        """Shows a set line; x is the edge of its column."""
        if line.text:
            shown = self.book.letters(role).show(line.text, f"{size:g}", line.advances)
            self.operators.append(f"BT 1 0 0 1 {x + line.indent * size / EM:.2f} {y:.2f} Tm {shown} ET")

    def aligned(self, role: Role, size: float, left: float, right: float, y: float, text: str, align: Align) -> None:
        """Shows one line of text at an edge or in the middle between two."""
        room = right - left - self.book.letters(role).width(text) * size / EM
        self.text(role, size, left + {"left": 0.0, "center": room / 2, "right": room}[align], y, text)

    def rules(self, lines: Sequence[tuple[float, float, float, float]], width: float) -> None:
        """Draws straight lines x1, y1, x2, y2."""
        drawn = " ".join(f"{a:.2f} {b:.2f} m {c:.2f} {d:.2f} l" for a, b, c, d in lines)
        self.operators.append(f"{width:g} w {drawn} S")

    def shade(self, x: float, y: float, width: float, height: float, grey: float) -> None:
        """Fills a box with a light grey."""
        self.operators.append(f"{grey:g} g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f 0 g")


class Paper:
    """The sheets of one document and its outline."""

    def __init__(self, book: FontBook, stamp: str = "") -> None:
        self.book = book
        self.stamp = stamp
        self.sheets: list[Sheet] = []
        self.bookmarks: list[Bookmark] = []

    def add(self, *, is_rotated: bool = False) -> Sheet:
        """A new last sheet."""
        self.sheets.append(Sheet(self.book, is_rotated))
        return self.sheets[-1]

    def mark(self, title: str, level: int = 0) -> None:
        """An outline line for the sheet drawn last."""
        self.bookmarks.append(Bookmark(title, level, len(self.sheets)))

    def finish(self, heading: Heading) -> bytes:
        """The file; the same sheets give the same bytes."""
        buffer = io.BytesIO()
        canvas = _Canvas(buffer, pagesize=(PAPER_WIDTH, PAPER_HEIGHT), pageCompression=1, invariant=1, lang="zh-CN")
        canvas.setTitle(heading.title)
        canvas.setAuthor(heading.author)
        canvas.setSubject(heading.subject)
        canvas.setCreator("laoxiao-desktop")
        for number, sheet in enumerate(self.sheets, 1):
            self._draw(canvas, sheet, number)
        for face in self.book.faces():
            canvas._doc.delayedFonts.append(face)  # type: ignore[attr-defined]
        ascii85, rl_config.useA85 = rl_config.useA85, 0
        try:
            canvas.save()
        finally:
            rl_config.useA85 = ascii85
        return buffer.getvalue()

    def _draw(self, canvas: Canvas, sheet: Sheet, number: int) -> None:
        operators = sheet.operators
        if sheet.is_rotated:
            operators = ["q", f"0 1 -1 0 {PAPER_WIDTH:.2f} 0 cm", *operators, "Q"]
        canvas.addLiteral("\n".join([*operators, *self._foot(number)]))
        # reportlab takes the size as the page is read, and turns it back for the file
        canvas.setPageSize((PAPER_HEIGHT, PAPER_WIDTH) if sheet.is_rotated else (PAPER_WIDTH, PAPER_HEIGHT))
        canvas.setPageRotation(90 if sheet.is_rotated else 0)
        for count, mark in enumerate(self.bookmarks):
            if mark.page == number:
                canvas.bookmarkHorizontal(f"m{count}", 0, 0 if sheet.is_rotated else PAPER_HEIGHT)
                canvas.addOutlineEntry(mark.title, f"m{count}", mark.level, closed=False)
        canvas.showPage()

    def _foot(self, number: int) -> list[str]:
        """— 1 — one character in from the outer edge: right on odd pages, left on even ones; the stamp opposite."""
        foot = Sheet(self.book)
        y = BOTTOM - FOOT_DROP - FOOT_SIZE * 0.88 + FOOT_SIZE * 0.12
        left, right = LEFT + FOOT_SIZE, PAPER_WIDTH - RIGHT - FOOT_SIZE
        is_odd = number % 2 == 1
        foot.aligned("song", FOOT_SIZE, left, right, y, f"— {number} —", "right" if is_odd else "left")
        if self.stamp:
            foot.aligned("song", STAMP_SIZE, left, right, y + 1, self.stamp, "left" if is_odd else "right")
        return foot.operators


class _Canvas(Canvas):
    """A canvas whose pages do not begin with Helvetica, which no Chinese report needs and no file of ours embeds."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def save(content: bytes, path: Path) -> None:
    """Puts `content` at `path` whole or not at all."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(
            f"报告没有保存到“{path}”：{error.strerror or error}。", "请换一个文件夹，或关闭正在打开它的程序后重试。"
        ) from error
