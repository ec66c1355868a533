"""Web pages, and workbooks that are web pages under another name: paragraphs and tables in their order."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from laoxiao_desktop.exchange.flow import Flow, FlowBuilder
from laoxiao_desktop.exchange.limits import MOST_CELLS, too_many_cells

_TAG = re.compile(r"(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_SPAN = re.compile(r"\b(colspan|rowspan)\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|\shidden[\s=>]", re.IGNORECASE)
_SILENT = frozenset({"script", "style", "head", "template", "noscript", "xml", "title"})
_BREAKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "section", "article", "body", "hr"}
)
_LARGEST_SPAN = 1_000


@dataclass
class _OpenTable:
    """A table whose rows are being read."""

    rows: list[list[str]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    down: dict[int, int] = field(default_factory=dict)  # column → rows that a cell above still covers
    words: list[str] | None = None
    span: tuple[int, int] = (1, 1)


def flow_of(text: str, name: str) -> Flow:
    """What the page says, its markup as structure and nothing of it run or fetched."""
    return _Reading(name).read(text)


class _Reading:
    """One pass over a page."""

    def __init__(self, name: str) -> None:
        self._flow = FlowBuilder(name)
        self._name = name
        self._tables: list[_OpenTable] = []
        self._words: list[str] = []
        self._cells = 0

    def read(self, text: str) -> Flow:
        """The whole page."""
        for kind, piece in _tokens(text):
            if kind == "words":
                self._say(html.unescape(piece) if "&" in piece else piece)
            else:
                self._tag(piece)
        while self._tables:
            self._end_table()
        self._end_paragraph()
        return self._flow.flow()

    def _say(self, words: str) -> None:
        if not self._tables:
            self._words.append(words)
        elif self._tables[-1].words is not None:
            self._tables[-1].words.append(words)

    def _tag(self, tag: str) -> None:
        found = _TAG.match(tag)
        if found is None:
            return
        closing, word = bool(found[1]), found[2].lower()
        table = self._tables[-1] if self._tables else None
        match word:
            case "table":
                if closing:
                    self._end_table()
                elif table is not None and table.words is not None and len(self._tables) < 20:
                    self._tables.append(_OpenTable())
                elif table is None:
                    self._end_paragraph()
                    self._tables.append(_OpenTable())
            case "tr" if table is not None:
                self._end_cell(table)
                if not closing:
                    self._begin_row(table, bool(_HIDDEN.search(tag)))
            case "td" | "th" if table is not None:
                self._end_cell(table)
                if not closing:
                    spans = {key.lower(): int(value) for key, value in _SPAN.findall(tag)}
                    table.span = (
                        min(max(spans.get("rowspan", 1), 1), _LARGEST_SPAN),
                        min(max(spans.get("colspan", 1), 1), _LARGEST_SPAN),
                    )
                    table.words = []
                    if not table.rows:
                        table.rows.append([])
            case "br":
                self._say("\n")
            case _ if word in _BREAKS:
                if table is None:
                    self._end_paragraph()
                else:
                    self._say("\n")

    def _begin_row(self, table: _OpenTable, is_hidden: bool) -> None:
        table.down = {column: rows - 1 for column, rows in table.down.items() if rows > 1}
        table.rows.append([])
        if is_hidden:
            table.hidden.add(len(table.rows) - 1)

    def _end_cell(self, table: _OpenTable) -> None:
        if table.words is None:
            return
        text = "".join(table.words).strip()
        row = table.rows[-1]
        table.words = None
        before = len(row)
        while table.down.get(len(row), 0) > 0:
            row.append("")
        height, width = table.span
        at, column = len(table.rows) - 1, len(row)
        self._cells += width + column - before
        if self._cells > MOST_CELLS:
            raise too_many_cells(self._name, "", self._cells)
        row += [text, *[""] * (width - 1)]
        if height > 1 or width > 1:
            table.merges.append((at, column, at + height - 1, column + width - 1))
        if height > 1:
            for covered in range(column, column + width):
                table.down[covered] = height

    def _end_table(self) -> None:
        if not self._tables:
            return
        table = self._tables.pop()
        self._end_cell(table)
        if self._tables:
            # a table within a cell is layout: its words belong to the cell
            self._say("\n".join(" ".join(filter(None, row)) for row in table.rows))
        elif max(map(len, table.rows), default=0) == 1 or len(table.rows) == 0:
            for row in table.rows:
                for line in "".join(row).split("\n"):
                    self._flow.paragraph(line)
        else:
            self._flow.table(table.rows, table.merges, table.hidden)

    def _end_paragraph(self) -> None:
        text = "".join(self._words)
        self._words = []
        for line in text.split("\n"):
            if line.strip():
                self._flow.paragraph(line)


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    """Words and tags in order; comments, declarations and silent elements are passed over. Linear in the text."""
    at = 0
    lower = text.lower() if len(text.lower()) == len(text) else text
    unclosed: set[str] = set()
    while at < len(text):
        opening = text.find("<", at)
        if opening < 0:
            yield "words", text[at:]
            return
        if opening > at:
            yield "words", text[at:opening]
        if text.startswith("<!--", opening):
            closing = text.find("-->", opening + 4)
            if closing < 0:
                return
            at = closing + 3
            continue
        if not (text[opening + 1 : opening + 2].isalpha() or text[opening + 1 : opening + 2] in ("/", "!", "?")):
            yield "words", "<"
            at = opening + 1
            continue
        closing = _end_of_tag(text, opening)
        tag = text[opening + 1 : closing]
        at = closing + 1
        found = _TAG.match(tag)
        word = found[2].lower() if found and not found[1] and not tag.endswith("/") else ""
        if word in _SILENT and word not in unclosed:
            end = lower.find("</" + word, at)
            if end < 0 and word in ("script", "style"):
                return
            if end < 0:
                unclosed.add(word)
            at = max(at, end)
            continue
        if tag[:1] not in "!?":
            yield "tag", tag


def _end_of_tag(text: str, opening: int) -> int:
    """Where a tag ends: a “>” in quotes does not end it, as far as the quotes are closed nearby."""
    closing = text.find(">", opening)
    if closing < 0:
        return len(text)
    for _ in range(3):
        inside = text[opening:closing]
        if inside.count('"') % 2 == 0 or len(inside) > 2_000:
            return closing
        further = text.find(">", closing + 1)
        if further < 0 or further - opening > 2_000:
            return closing
        closing = further
    return closing
