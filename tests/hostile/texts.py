"""Hostile texts: web pages, delimited files, XML workbooks, and nothing at all."""

from pathlib import Path

from tests.exchange.office_files import delimited, html_text
from tests.hostile.packages import CANARY, HEADER, ROW


def large(path: Path) -> None:
    """A text of 40 MB."""
    path.write_bytes(("景洪市养老服务中心项目。\n" * 1_200_000).encode())


def billion_laughs_spreadsheet(path: Path) -> None:
    """Entities within entities in an XML workbook."""
    entities = '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    )
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE Workbook [{entities}]>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet Name="清单"><Table><Row><Cell>'
        '<Data Type="String">&j;</Data></Cell></Row></Table></Worksheet></Workbook>',
        encoding="utf-8",
    )


def page_with_references(path: Path) -> None:
    """A page that wants scripts, pictures and files from elsewhere."""
    path.with_name("secret.txt").write_text(CANARY, encoding="utf-8")
    references = (
        "<script src='http://127.0.0.1:9/x.js'>document.write('<table>')</script><link rel=stylesheet href='http://127.0.0.1:9'>"
        f"<iframe src='{path.with_name('secret.txt').as_uri()}'></iframe><img src='file:///etc/passwd' onerror=alert(1)>"
        "<object data='secret.txt'></object><base href='file:///'><meta http-equiv=refresh content='0;url=http://127.0.0.1:9'>"
    )
    path.write_text(html_text(["项目清单", [HEADER, ROW]]).replace("<body>", "<body>" + references), encoding="utf-8")


def nothing(path: Path) -> None:
    """No byte at all."""
    path.write_bytes(b"")


def blanks(path: Path) -> None:
    """Nothing but blanks."""
    path.write_bytes(b" \r\n\t" * 5_000)


def nulls(path: Path) -> None:
    """A million zeros."""
    path.write_bytes(b"\0" * 1_000_000)


def page_named_xlsx(path: Path) -> None:
    """A web page under the name of a workbook."""
    path.write_text(html_text(["项目清单", [HEADER, ROW]]), encoding="utf-8")


def page_named_xls(path: Path) -> None:
    """A web page in GB18030 under the name of an old workbook, as many systems give it out."""
    path.write_bytes(html_text(["项目清单", [HEADER, ROW]]).encode("gb18030"))


def lone_surrogates(path: Path) -> None:
    """Halves of characters, and characters nobody sees."""
    text = delimited([HEADER, ("1", "景洪\ud800市养老\udfff中心项目\x07", *ROW[2:])], ",")
    path.write_bytes(text.encode("utf-16-le", "surrogatepass"))


def surrogate_references(path: Path) -> None:
    """References to characters that do not exist."""
    page = html_text([[HEADER, ("1", "养老NAME中心项目", *ROW[2:])]])
    path.write_text(page.replace("NAME", "&#xD800;&#0;&#7;&#x110000;&#99999999999999999999;&nope;"), encoding="utf-8")


def formulas(path: Path) -> None:
    """Cells that are commands in other programs."""
    rows = [HEADER, *((str(n), name, *ROW[2:]) for n, name in enumerate(("=1+1", "@x", "=cmd|'/c calc'!A1", "-2"), 1))]
    path.write_text(delimited(rows, ","), encoding="utf-8")


def long_cell(path: Path) -> None:
    """A cell of 60,000 characters."""
    path.write_text(
        delimited([HEADER, ("1", "养老服务中心项目", "长" * 60_000, "360", "民政局")], ","), encoding="utf-8"
    )


def open_quote(path: Path) -> None:
    """A quote that is never closed, with megabytes behind it."""
    rows = delimited([ROW] * 60_000, ",")
    path.write_text(delimited([HEADER], ",") + '"' + rows, encoding="utf-8")


def open_tags(path: Path) -> None:
    """Tags, comments and attributes that are never closed, a million of them."""
    path.write_text(
        "<table>" + "<td>" * 100_000 + "<!" * 200_000 + "<a b='" * 100_000 + "<title>" * 50_000 + "<" * 500_000,
        encoding="utf-8",
    )


def endless_spans(path: Path) -> None:
    """Cells said to be a thousand columns wide, thousands of them."""
    cell = '<td colspan="999999999" rowspan="999999999">x</td>'
    path.write_text(f"<html><table>{('<tr>' + cell * 50 + '</tr>') * 200}</table>", encoding="utf-8")
