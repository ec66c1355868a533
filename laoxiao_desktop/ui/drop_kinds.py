"""What files that are dragged over the window are: a ledger, a package, forms, a list, attachments, or nothing for us."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import QMimeData

from laoxiao_desktop.ui.import_source import KINDS
from laoxiao_desktop.ui.ledger_form import SUFFIX as LEDGER

Kind = Literal["ledger", "package", "forms", "list", "files", "nothing"]
PACKAGE: Final = ".lxp"
_LISTS: Final = tuple(kind.lstrip("*") for kind in KINDS.split())
_PAPERS: Final = (".pdf", ".ofd", ".doc", ".wps", ".ppt", ".pptx", ".zip", ".rar", ".7z", ".dwg", ".mp4")


@dataclass(frozen=True, slots=True)
class Dropped:
    """Files of one kind; `kind` is nothing where they cannot be taken together or at all."""

    kind: Kind
    paths: tuple[Path, ...]

    @property
    def named(self) -> str:
        """How they are called in a sentence."""
        first = f"“{self.paths[0].name}”" if self.paths else "这些内容"
        return first if len(self.paths) < 2 else f"{first}等 {len(self.paths)} 个文件"


def files_of(content: QMimeData) -> tuple[Path, ...]:
    """The local files in what is dragged; none where anything in it is not one."""
    urls = content.urls()
    return tuple(Path(url.toLocalFile()) for url in urls) if all(url.isLocalFile() for url in urls) else ()


def told(paths: Sequence[Path]) -> Dropped:
    """What these files are. A fill-in form is known by what stands in it, all else by the name."""
    kinds = {_kind(path) for path in paths}
    if kinds <= {"files"} and kinds:
        return Dropped("files", tuple(paths))
    if kinds == {"forms"}:
        return Dropped("forms", tuple(paths))
    if kinds == {"package"}:
        return Dropped("package", tuple(paths))
    if len(paths) == 1:
        return Dropped(next(iter(kinds)), tuple(paths))
    return Dropped("nothing", tuple(paths))


def _kind(path: Path) -> Kind:
    from laoxiao_desktop.ui.record_photos import PHOTO_ENDINGS  # noqa: PLC0415 - the first paint waits for no reader

    ending = path.suffix.lower()
    if ending == LEDGER:
        return "ledger"
    if ending == PACKAGE:
        return "package"
    if ending in _LISTS and path.is_file():
        return "forms" if ending == ".xlsx" and _is_form(path) else "list"
    if (ending in PHOTO_ENDINGS or ending in _PAPERS) and path.is_file():
        return "files"
    return "nothing"


def _is_form(path: Path) -> bool:
    from laoxiao_desktop.exchange import forms_in  # noqa: PLC0415  (openpyxl comes with the first workbook)

    return forms_in.is_form(path)
