"""Hostile packages: workbooks, documents and OpenDocument files that no office program would write."""

import random
import struct
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tests.exchange.office_files import Block, docx, package, raw_xlsx, sheet_xml, word_package, xlsx

CANARY = "金丝雀泄露"
HEADER = ("序号", "项目名称", "建设地点", "总投资（万元）", "责任单位")
ROW = ("1", "景洪市第一养老服务中心项目", "景洪市", "360", "景洪市民政局")
_MEGA = 1 << 20
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def sound(path: Path) -> Path:
    """A small workbook with nothing wrong."""
    return xlsx(path, [Block(["项目清单"], [HEADER, ROW])])


def _streamed(path: Path, base: Path, member: str, pieces: Iterator[bytes]) -> None:
    """A copy of `base` with one member written anew, piece by piece."""
    with zipfile.ZipFile(base) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as new:
        for info in old.infolist():
            if info.filename != member:
                new.writestr(info.filename, old.read(info.filename))
        with new.open(member, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
    base.unlink()


def _base(path: Path) -> Path:
    return sound(path.with_name(path.name + ".base"))


def swelling_sheet(path: Path) -> None:
    """400 MB of blanks within a sheet."""
    head = sheet_xml({1: HEADER}).encode()
    at = head.index(b"</sheetData>")
    pieces = (head[:at], *[b" " * _MEGA] * 400, head[at:])
    _streamed(path, _base(path), "xl/worksheets/sheet1.xml", iter(pieces))


def swelling_shared_strings(path: Path) -> None:
    """400 MB of shared text."""
    head, tail = f'<sst xmlns="{_MAIN}"><si><t>'.encode(), b"</t></si></sst>"
    _streamed(path, _base(path), "xl/sharedStrings.xml", iter((head, *[b"x" * _MEGA] * 400, tail)))


def lying_size(path: Path) -> None:
    """400 MB that the directory declares to be 1 MB."""
    swelling_sheet(path)
    held = bytearray(path.read_bytes())
    name = b"xl/worksheets/sheet1.xml"
    at = held.rfind(name) - 46  # its entry in the central directory
    held[at + 24 : at + 28] = struct.pack("<I", _MEGA)
    held[at + 20 : at + 24] = held[at + 20 : at + 24]
    path.write_bytes(held)


def many_members(path: Path) -> None:
    """More parts than any workbook has."""
    package(path, {"xl/workbook.xml": "<workbook/>", **{f"xl/media/{n}.xml": "" for n in range(2_500)}})


def swelling_document(path: Path) -> None:
    """400 MB of blanks within a document."""
    base = docx(path.with_name(path.name + ".base"), ["项目清单"])
    pieces = (b"<w:document xmlns:w='w'>", *[b" " * _MEGA] * 400, b"</w:document>")
    _streamed(path, base, "word/document.xml", iter(pieces))


def _ods(path: Path, table: str, before: str = "") -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    names = f'xmlns:office="{office}" xmlns:table="table" xmlns:text="text"'
    content = (
        f'{before}<office:document-content {names}><office:body><office:spreadsheet><table:table table:name="清单">{table}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    package(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _ods_row(cells: tuple[str, ...], repeated: int = 1, more: str = "") -> str:
    held = "".join(f"<table:table-cell{more}><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{held}</table:table-row>'


def repeated_rows(path: Path) -> None:
    """One row said to stand a million times."""
    _ods(path, _ods_row(HEADER) + _ods_row(ROW, 1_048_000))


def repeated_columns(path: Path) -> None:
    """One cell said to stand ten thousand times."""
    _ods(path, _ods_row(HEADER) + _ods_row(ROW) + _ods_row(("注",), 1, ' table:number-columns-repeated="10000"'))


def million_cells(path: Path) -> None:
    """75,000 rows × 20 columns."""

    def pieces() -> Iterator[bytes]:
        yield f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
        for row in range(1, 75_001):
            cells = "".join(f'<c r="{chr(65 + c)}{row}"><v>{row * 20 + c}</v></c>' for c in range(20))
            yield f'<row r="{row}">{cells}</row>'.encode()
        yield b"</sheetData></worksheet>"

    _streamed(path, _base(path), "xl/worksheets/sheet1.xml", pieces())


def far_corner(path: Path) -> None:
    """A list, and one cell at XFD1048576."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ROW}).replace("</sheetData>", far + "</sheetData>"))


def only_far_corner(path: Path) -> None:
    """A list, and one cell each at the end of its row and of its column."""
    xml = sheet_xml({1: HEADER, 2: ROW})
    xml = xml.replace("</row>", '<c r="XFD1"><v>1</v></c></row>', 1)
    raw_xlsx(path, xml.replace("</sheetData>", '<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'))


def styled_to_the_edge(path: Path) -> None:
    """448 rows with empty formatted cells up to the last column, as real workbooks have them."""
    letters = [_letters(number) for number in range(16_370)]

    def pieces() -> Iterator[bytes]:
        yield f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
        for row in range(1, 49):
            texts = HEADER if row == 1 else ROW
            filled = "".join(
                f'<c r="{letters[at]}{row}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in enumerate(texts)
            )
            yield f'<row r="{row}">{filled}'.encode()
            yield "".join(f'<c r="{letters[at]}{row}" s="0"/>' for at in range(5, 16_370)).encode()
            yield b"</row>"
        yield b"</sheetData></worksheet>"

    _streamed(path, _base(path), "xl/worksheets/sheet1.xml", pieces())


def _letters(number: int) -> str:
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def scattered(path: Path) -> None:
    """Cells so scattered that the area between them has millions: every 1,500 rows, in column ZZ."""
    rows = "".join(f'<row r="{n}"><c r="ZZ{n}"><v>1</v></c></row>' for n in range(1, 900_000, 1_500))
    raw_xlsx(
        path,
        f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>{rows}</sheetData></worksheet>',
    )


def lying_extent(path: Path) -> None:
    """A sheet that claims the largest extent, merges and counts there are."""
    xml = sheet_xml(
        {1: HEADER, 2: ROW},
        before='<dimension ref="A1:XFD1048576"/>',
        more='<mergeCells count="2"><mergeCell ref="F1:XFD1048576"/><mergeCell ref="A3:A1048576"/></mergeCells>',
    )
    raw_xlsx(path, xml)


def lying_counts(path: Path) -> None:
    """Shared text said to hold a hundred thousand million entries."""
    shared = f'<sst xmlns="{_MAIN}" count="99999999999" uniqueCount="99999999999"><si><t>x</t></si></sst>'
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ROW}), shared=shared)


def lying_cells(path: Path) -> None:
    """A cell that says it lies elsewhere than its row."""
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ROW}).replace('r="B2"', 'r="B99999999"'))


def lying_rows(path: Path) -> None:
    """Rows and cells whose numbers no sheet has."""
    row = '<row r="99999999999999999999"><c r="A99999999999999999999"><v>1</v></c><c r="ZZZZZZZZ1"><v>1</v></c></row>'
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ROW}).replace("</sheetData>", row + "</sheetData>"))


def many_sheets(path: Path) -> None:
    """300 sheets."""
    xlsx(path, [Block([], [HEADER, ROW], f"表{n}") for n in range(300)])


def billion_laughs_shared(path: Path) -> None:
    """Entities within entities in the shared text."""
    shared = f'<?xml version="1.0"?>{_LAUGHS}<sst xmlns="{_MAIN}"><si><t>&j;</t></si></sst>'
    cell = '<row r="3"><c r="A3" t="s"><v>0</v></c></row>'
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ROW}).replace("</sheetData>", cell + "</sheetData>"), shared=shared)


def billion_laughs_workbook(path: Path) -> None:
    """Entities within entities in the list of sheets."""
    raw_xlsx(
        path,
        sheet_xml({1: HEADER}),
        more={"xl/workbook.xml": f'<?xml version="1.0"?>{_LAUGHS}<workbook xmlns="{_MAIN}">&j;</workbook>'},
    )


def billion_laughs_document(path: Path) -> None:
    """Entities within entities in a document."""
    package(
        path,
        {
            "word/document.xml": f'{_LAUGHS}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'
        },
    )


def _outside(path: Path) -> str:
    secret = path.with_name("secret.txt")
    secret.write_text(CANARY, encoding="utf-8")
    return f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY n SYSTEM "http://127.0.0.1:9/x">]>'


def outside_entity_document(path: Path) -> None:
    """An entity that stands for a file of this machine."""
    package(
        path,
        {
            "word/document.xml": f'{_outside(path)}<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&s;&n;</w:t></w:r></w:p></w:body></w:document>'
        },
    )


def outside_entity_sheet(path: Path) -> None:
    """The same in OpenDocument."""
    _ods(path, _ods_row(HEADER) + _ods_row(("&s;", "&n;")), _outside(path))


def outside_entity_cell(path: Path) -> None:
    """The same in a cell of a workbook."""
    xml = sheet_xml({1: HEADER, 2: ROW, 3: ("2", "EVIL", "景洪市", "1", "局")}).replace("EVIL", "&s;")
    raw_xlsx(path, xml.replace("?>", "?>" + _outside(path), 1))


def outside_link(path: Path) -> None:
    """A workbook that points at other workbooks and web pages."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{kind}/externalLink" TargetMode="External" Target="http://127.0.0.1:9/x.xlsx"/>'
        f'<Relationship Id="r3" Type="{kind}/hyperlink" TargetMode="External" Target="file:///etc/passwd"/></Relationships>'
    )
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ROW}), more={"xl/_rels/workbook.xml.rels": rels})


def truncated_workbook(path: Path) -> None:
    """The first half of a workbook."""
    held = sound(path).read_bytes()
    path.write_bytes(held[: len(held) // 2])


def truncated_document(path: Path) -> None:
    """The first half of a document."""
    held = docx(path, ["项目清单", [HEADER, ROW]]).read_bytes()
    path.write_bytes(held[: len(held) // 2])


def flipped_bytes(path: Path) -> None:
    """A workbook with bytes changed in its packed sheet."""
    held = bytearray(sound(path).read_bytes())
    with zipfile.ZipFile(path) as package_:
        info = package_.getinfo("xl/worksheets/sheet1.xml")
    for at in range(info.header_offset + 60, info.header_offset + 60 + info.compress_size // 2, 7):
        held[at] ^= 0x5A
    path.write_bytes(held)


def missing_sheet(path: Path) -> None:
    """A workbook whose only sheet is not in it."""
    raw_xlsx(path, "", more={"xl/_rels/workbook.xml.rels": _relation("worksheets/sheet9.xml")})


def _relation(target: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{kind}/worksheet" Target="{target}"/></Relationships>'
    )


def locked_members(path: Path) -> None:
    """A workbook as a locked zip."""
    held = bytearray(sound(path).read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = held.find(mark)
        while at >= 0:
            held[at + flags] |= 1
            at = held.find(mark, at + 4)
    path.write_bytes(held)


def locked_open_document(path: Path) -> None:
    """An OpenDocument whose parts are encrypted."""
    manifest = '<manifest:manifest xmlns:manifest="m"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    noise = random.Random(7).randbytes(2_000)
    package(path, {"mimetype": "x", "META-INF/manifest.xml": manifest, "content.xml": noise})


def binary_workbook(path: Path) -> None:
    """A workbook in the binary form."""
    package(path, {"[Content_Types].xml": "<Types/>", "xl/workbook.bin": b"\x83\x01\x00"})


def plain_archive(path: Path) -> None:
    """An archive of files under the name of a workbook."""
    package(path, {"a.txt": "甲", "b/c.txt": "乙"})


def empty_workbook(path: Path) -> None:
    """A workbook with an empty sheet."""
    xlsx(path, [Block([], [])])


def doubled_members(path: Path) -> None:
    """Two parts of one name: what one reader shows, another does not."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as again:
        warnings.simplefilter("ignore")
        again.writestr("xl/workbook.xml", "<workbook/>")
        again.writestr("xl/workbook.xml", "<workbook/>")


def zip_slip(path: Path) -> None:
    """Parts that point outside of the package."""
    sound(path)
    with zipfile.ZipFile(path, "a") as held:
        held.writestr("../../evil.txt", CANARY)
        held.writestr("..\\..\\CON", CANARY)


def deep_document(path: Path) -> None:
    """Tables within tables, ten thousand deep."""
    deep = "<w:tbl><w:tr><w:tc>" * 10_000 + "</w:tc></w:tr></w:tbl>" * 10_000
    word_package(path, deep)


def control_characters(path: Path) -> None:
    """Characters that nobody sees, and escapes for them."""
    odd = "景洪\u202e市\u200b第一\u2066养老\ufeff中心_x0007_项目\ufffe"
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ("1", odd, "景\x85洪市", "360", "景洪市\u2028民政局")}))


def formulas_and_markup(path: Path) -> None:
    """Names that are formulas, markup or commands elsewhere."""
    names = (
        "=HYPERLINK(\"http://127.0.0.1:9\",\"x\")", "@SUM(1)", "+1-1", "-x", "<img src='file:///etc/passwd'>",
        "R&D <b>中心</b>", "'; DROP TABLE project; --", "%s%n{0}", "=cmd|'/c calc'!A1", "../../etc/passwd",
    )  # fmt: skip
    raw_xlsx(path, sheet_xml({1: HEADER, **{n + 2: (str(n + 1), name, *ROW[2:]) for n, name in enumerate(names)}}))


def long_cells(path: Path) -> None:
    """Cells of 60,000 characters in every row."""
    rows = {n: (str(n - 1), f"第{n}养老服务中心项目", "长" * 60_000, "360", "民政局") for n in range(2, 40)}
    raw_xlsx(path, sheet_xml({1: HEADER, **rows}))


def error_cells(path: Path) -> None:
    """Formulas whose result is an error, and formulas without a result."""
    cells = (
        '<row r="3"><c r="A3"><v>2</v></c><c r="B3" t="inlineStr"><is><t>第二养老中心项目</t></is></c>'
        '<c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        '<row r="4"><c r="A4"><v>3</v></c><c r="B4" t="inlineStr"><is><t>第三养老中心项目</t></is></c><c r="D4"><f>D2*2</f></c></row>'
    )
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ROW}).replace("</sheetData>", cells + "</sheetData>"))


def odd_numbers(path: Path) -> None:
    """Numbers at and beyond what a number can be."""
    values = ("1e308", "-1e308", "1e-300", "1e400", "NaN", "INF", "0.1", "123456789012345678901234567890")
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}" t="inlineStr"><is><t>第{n}养老中心项目</t></is></c>'
        f'<c r="D{n}"><v>{value}</v></c></row>'
        for n, value in enumerate(values, start=3)
    )
    raw_xlsx(path, sheet_xml({1: HEADER, 2: ROW}).replace("</sheetData>", rows + "</sheetData>"))
