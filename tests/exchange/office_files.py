"""Office files made by code, in every format that is read: rows of cells, with lines of text before them."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import openpyxl
import xlwt
from openpyxl.utils import get_column_letter

Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


@dataclass(frozen=True)
class Block:
    """Text lines and the table below them."""

    lines: Sequence[str]
    rows: Rows
    name: str = "Sheet1"
    merges: Sequence[str] = field(default=())


def xlsx(path: Path, blocks: Sequence[Block]) -> Path:
    """A workbook with a sheet for each block."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for block in blocks:
        sheet = book.create_sheet(block.name)
        for line in block.lines:
            sheet.append([line])
        for row in block.rows:
            sheet.append(list(row))
        for merge in block.merges:
            sheet.merge_cells(merge)
    book.save(path)
    return path


def xls(path: Path, blocks: Sequence[Block]) -> Path:
    """The same as an old workbook."""
    book = xlwt.Workbook(encoding="utf-8")
    for block in blocks:
        sheet = book.add_sheet(block.name)
        for at, row in enumerate([*([line] for line in block.lines), *block.rows]):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, column, cell)
    book.save(str(path))
    return path


def ods(path: Path, blocks: Sequence[Block]) -> Path:
    """The same as OpenDocument, closed by the empty columns and rows that office programs write."""
    tables = []
    for block in blocks:
        rows = "".join(
            "<table:table-row>"
            + "".join(map(_ods_cell, row))
            + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
            for row in [*([line] for line in block.lines), *block.rows]
        )
        tables.append(
            f'<table:table table:name="{escape(block.name)}">{rows}<table:table-row table:number-rows-repeated="1048000">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        )
    content = (
        f"<office:document-content {_ODS}><office:body><office:spreadsheet>{''.join(tables)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return package(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, str):
        return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell:.0f}</text:p></table:table-cell>'


def docx(path: Path, parts: Sequence[str | Rows]) -> Path:
    """A document of paragraphs and tables in the given order."""
    body = []
    for part in parts:
        if isinstance(part, str):
            body.append(f"<w:p>{_run(part)}</w:p>")
        else:
            rows = "".join(
                "<w:tr>" + "".join(f"<w:tc><w:p>{_run(_text(cell))}</w:p></w:tc>" for cell in row) + "</w:tr>"
                for row in part
            )
            body.append(f"<w:tbl>{rows}</w:tbl>")
    return word_package(path, "".join(body))


def word_package(path: Path, body: str) -> Path:
    """A document with this body."""
    return package(path, {"word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'})


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def html(path: Path, parts: Sequence[str | Rows]) -> Path:
    """A web page of paragraphs and tables."""
    path.write_text(html_text(parts), encoding="utf-8")
    return path


def html_text(parts: Sequence[str | Rows]) -> str:
    """The text of such a page."""
    body = []
    for part in parts:
        if isinstance(part, str):
            body.append(f"<p>{escape(part)}</p>")
        else:
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(_text(cell))}</td>" for cell in row) + "</tr>" for row in part
            )
            body.append(f"<table>{rows}</table>")
    return f"<!DOCTYPE html><html><head><style>td {{ color: red }}</style></head><body>{''.join(body)}</body></html>"


def delimited(rows: Rows, delimiter: str) -> str:
    """The rows as text, cells quoted where they need it, as office programs copy and save them."""
    return "".join(delimiter.join(_quoted(_text(cell), delimiter) for cell in row) + "\r\n" for row in rows)


def _quoted(text: str, delimiter: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in (delimiter, '"', "\n")) else text


def package(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as held:
        for name, content in members.items():
            held.writestr(name, content)
    return path


def raw_xlsx(
    path: Path,
    sheet: str | bytes,
    *,
    styles: str = "",
    shared: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> Path:
    """A workbook whose sheet XML is given as it is: what no writer would write."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="清单" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    if styles:
        members["xl/styles.xml"] = styles
    if shared:
        members["xl/sharedStrings.xml"] = shared
    return package(path, {**members, **(more or {})})


def sheet_xml(rows: Mapping[int, Sequence[Cell]], *, more: str = "", before: str = "") -> str:
    """Sheet XML with text cells in these rows; `more` stands behind the rows of the sheet."""
    lines = "".join(
        f'<row r="{no}">'
        + "".join(
            f'<c r="{get_column_letter(at)}{no}" t="inlineStr"><is><t>{escape(_text(cell))}</t></is></c>'
            for at, cell in enumerate(cells, start=1)
            if cell not in (None, "")
        )
        + "</row>"
        for no, cells in rows.items()
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}">{before}<sheetData>{lines}</sheetData>{more}</worksheet>'


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)
