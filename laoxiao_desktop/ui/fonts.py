"""The screen font: bundled, so that Chinese shows on a machine without any Chinese font."""

from pathlib import Path

from PySide6.QtGui import QFontDatabase

SCREEN_FILES = "*Sans-*.ttf"


def load(folder: Path) -> str | None:
    """Make the bundled screen font known to Qt; gives its family, or None when the folder holds none.

    Needs a QGuiApplication. The regular cut comes first, so its family names the font.
    """
    family = None
    for file in sorted(folder.glob(SCREEN_FILES), key=lambda file: "Regular" not in file.name):
        families = QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(file)))
        family = family or next(iter(families), None)
    return family
