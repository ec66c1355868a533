"""What a way to 数据交换 asks for: one of its pages, or a data package to be looked at there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData

from laoxiao_desktop.models.package import SUFFIX

KEY: Final = "exchange"
FILTER: Final = f"数据包 (*{SUFFIX});;所有文件 (*)"  # for the dialog that asks for one
READ, GIVE, TAKE, SETTLE = "read", "give", "take", "settle"
PACKAGE: Final = "package:"  # and the paths of some, line by line


def is_package(path: Path) -> bool:
    """Whether a file is a data package, by its name."""
    return path.suffix.lower() == SUFFIX


def way_of(packages: Sequence[Path]) -> str:
    """What a way that leads to packages asks for."""
    return PACKAGE + "\n".join(str(path) for path in packages)


def packages_of(way: str) -> tuple[Path, ...]:
    """The packages that a way leads to; none for another way."""
    return tuple(Path(name) for name in way.removeprefix(PACKAGE).split("\n")) if way.startswith(PACKAGE) else ()


def dropped_packages(content: QMimeData) -> tuple[Path, ...]:
    """The data packages that are being dragged; none where anything else is among them."""
    files = [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
    return tuple(files) if len(files) == len(content.urls()) and all(is_package(file) for file in files) else ()
