"""The sheet of paper: its measures (GB/T 9704-2012), its foot, and the finished file.

All lengths are points. A rotated sheet is drawn as it is read, 297 mm wide; it is stored portrait, its head at the left
edge and its number at the portrait foot, so that it prints and binds like the others, and turned for the screen.
"""

from __future__ import annotations

import io
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from laoxiao_desktop.errors import UserError, reason_of
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
RULE = 0.5
SIDE = 12 * MM  # of a sheet that is not A4

# The type area of a rotated sheet, as it is read.
WIDE_LEFT, WIDE_TOP, WIDE_RIGHT, WIDE_BOTTOM = 35 * MM, 28 * MM, 37 * MM, 26 * MM
WIDE_WIDTH = PAPER_HEIGHT - WIDE_LEFT - WIDE_RIGHT
WIDE_HEIGHT = PAPER_WIDTH - WIDE_TOP - WIDE_BOTTOM

Align = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the file's outline: its level from 0, its page from 1, and how high on it (None: its upper edge)."""

    title: str
    level: int
    page: int
    y: float | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What the file says about itself."""

    title: str
    author: str
    subject: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo (JPEG or PNG) in a box, its lower left corner at x, y; kept in proportion, in the middle of the box."""

    content: bytes
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Jump:
    """An area of a page that leads to a line of the outline, by its number."""

    x: float
    y: float
    width: float
    height: float
    bookmark: int


@dataclass(slots=True)
class Sheet:
    """One page while it is drawn; `y` counts upwards from the lower edge of the sheet as it is read."""

    book: FontBook
    is_rotated: bool = False
    operators: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    size: tuple[float, float] | None = None  # of a sheet that is not A4, as it is read
    jumps: list[Jump] = field(default_factory=list)
    has_foot: bool = True

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

    def frame(self, x: float, y: float, width: float, height: float, line: float = RULE) -> None:
        """Draws the edges of a box."""
        self.operators.append(f"{line:g} w {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S")

    def shape(
        self, points: Sequence[tuple[float, float]], grey: float | None = 0.0, *, line: float = 0.0, dash: str = ""
    ) -> None:
        """Fills a closed shape with a grey (None: not filled), and draws its edge when `line` is a width."""
        moves = " ".join(f"{x:.2f} {y:.2f} {'m' if number == 0 else 'l'}" for number, (x, y) in enumerate(points))
        paint = "f" if not line else "S" if grey is None else "B"
        dashes = f"[{dash}] 0 d " if dash else ""
        self.operators.append(f"q {0.0 if grey is None else grey:g} g {line:g} w {dashes}{moves} h {paint} Q")

    def strokes(
        self, points: Sequence[tuple[float, float]], width: float, *, dash: str = "", grey: float = 0.0
    ) -> None:
        """Draws an open line through some points."""
        moves = " ".join(f"{x:.2f} {y:.2f} {'m' if number == 0 else 'l'}" for number, (x, y) in enumerate(points))
        self.operators.append(f"q {grey:g} G {width:g} w [{dash}] 0 d {moves} S Q")

    def picture(self, content: bytes, x: float, y: float, width: float, height: float) -> None:
        """A photo in a box, in proportion."""
        self.pictures.append(Picture(content, x, y, width, height))


class Paper:
    """The sheets of one document and its outline."""

    def __init__(self, book: FontBook, stamp: str = "", numbering: str = "outer") -> None:
        self.book = book
        self.stamp = stamp
        self.numbering = numbering  # outer, or center
        self.sheets: list[Sheet] = []
        self.bookmarks: list[Bookmark] = []

    def add(self, *, is_rotated: bool = False, size: tuple[float, float] | None = None) -> Sheet:
        """A new last sheet; A4 unless a size is given."""
        self.sheets.append(Sheet(self.book, is_rotated, size=size))
        return self.sheets[-1]

    def mark(self, title: str, level: int = 0, y: float | None = None) -> int:
        """An outline line for the sheet drawn last; gives its number."""
        self.bookmarks.append(Bookmark(title, level, len(self.sheets), y))
        return len(self.bookmarks) - 1

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
        foot = self._foot(number, sheet.size) if sheet.has_foot else []
        canvas.addLiteral("\n".join([*operators, *foot]))
        for jump in sheet.jumps:
            area = (jump.x, jump.y, jump.x + jump.width, jump.y + jump.height)
            canvas.linkRect("", f"m{jump.bookmark}", area, relative=0)
        for picture in sheet.pictures:
            _put(canvas, picture, sheet.is_rotated)
        # reportlab takes the size as the page is read, and turns it back for the file
        upright = sheet.size or (PAPER_WIDTH, PAPER_HEIGHT)
        canvas.setPageSize((PAPER_HEIGHT, PAPER_WIDTH) if sheet.is_rotated else upright)
        canvas.setPageRotation(90 if sheet.is_rotated else 0)
        for count, mark in enumerate(self.bookmarks):
            if mark.page == number:
                high = upright[1] if mark.y is None else mark.y
                canvas.bookmarkHorizontal(f"m{count}", 0, 0 if sheet.is_rotated else high)
                canvas.addOutlineEntry(mark.title, f"m{count}", mark.level, closed=False)
        canvas.showPage()

    def _foot(self, number: int, size: tuple[float, float] | None) -> list[str]:
        """— 1 — one character in from the outer edge: right on odd pages, left on even ones; the stamp opposite.

        Centred when that was chosen, and on sheets that are not A4; the stamp then stands at the right.
        """
        foot = Sheet(self.book)
        y = BOTTOM - FOOT_DROP - FOOT_SIZE * 0.88 + FOOT_SIZE * 0.12
        left, right = LEFT + FOOT_SIZE, PAPER_WIDTH - RIGHT - FOOT_SIZE
        is_odd, is_centred = number % 2 == 1, self.numbering == "center" or size is not None
        if size is not None:
            y, left, right = FOOT_DROP, SIDE, size[0] - SIDE
        shown: Align = "center" if is_centred else "right" if is_odd else "left"
        foot.aligned("song", FOOT_SIZE, left, right, y, f"— {number} —", shown)
        if self.stamp:
            where: Align = "right" if is_centred else "left" if is_odd else "right"
            foot.aligned("song", STAMP_SIZE, left, right, y + 1, self.stamp, where)
        return foot.operators


def _put(canvas: Canvas, picture: Picture, is_rotated: bool) -> None:
    """A photo that cannot be read leaves its box empty."""
    try:
        image = ImageReader(io.BytesIO(picture.content))
        wide, tall = image.getSize()
    except Exception:  # allowed: the reader of pictures raises whatever its decoder does
        return
    scale = min(picture.width / wide, picture.height / tall)
    x = picture.x + (picture.width - wide * scale) / 2
    y = picture.y + (picture.height - tall * scale) / 2
    canvas.saveState()
    if is_rotated:
        canvas.transform(0, 1, -1, 0, PAPER_WIDTH, 0)
    canvas.drawImage(image, x, y, wide * scale, tall * scale)
    canvas.restoreState()


class _Canvas(Canvas):
    """A canvas whose pages do not begin with Helvetica, which no Chinese report needs and no file of ours embeds."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


def count(content: bytes) -> int:
    """How many pages a file has that was made here."""
    return len(re.findall(rb"/Type /Page(?!s)", content))


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
            f"报告没有保存到“{path}”：{reason_of(error)}。", "请换一个文件夹，或关闭正在打开它的程序后重试。"
        ) from error
