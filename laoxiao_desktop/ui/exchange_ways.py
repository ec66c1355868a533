"""What a way to 数据交换 asks for: one of its pages, or a data package to be looked at there."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData

from laoxiao_desktop.models.package import SUFFIX
from laoxiao_desktop.ui.import_source import dropped_file

KEY: Final = "exchange"
GIVE, TAKE, SETTLE = "give", "take", "settle"
PACKAGE: Final = "package:"  # and the path of one


def is_package(path: Path) -> bool:
    """Whether a file is a data package, by its name."""
    return path.suffix.lower() == SUFFIX


def dropped_package(content: QMimeData) -> Path | None:
    """The one data package that is being dragged; None for anything else."""
    path = dropped_file(content)
    return path if path is not None and is_package(path) else None
