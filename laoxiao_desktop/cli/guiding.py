"""`manual`: the manual of F1 as a PDF for the printer."""

from pathlib import Path

import click

from laoxiao_desktop.cli.frame import say, verb
from laoxiao_desktop.cli.words import plain


@verb("manual", "手册印成 PDF：manual --out 手册.pdf")
@click.option("--out", type=click.Path(path_type=Path), metavar="文件.pdf", help="写到哪个 PDF 文件")
def manual_command(out: Path | None, as_json: bool) -> None:
    """Prints the manual, with contents, page numbers and pictures."""
    if out is None:
        raise click.UsageError("缺少 --out：写到哪个 PDF 文件。")
    from laoxiao_desktop.reports import manual, page  # noqa: PLC0415 - reportlab comes with the first page
    from laoxiao_desktop.workspace.manual import whole  # noqa: PLC0415 - as above

    printed = manual.pages_of(whole())
    page.save(printed.content, out)
    say(
        {"file": plain(out), "pages": printed.pages},
        f"已打印手册“{plain(out)}”，共 {printed.pages} 页。",
        as_json=as_json,
    )
