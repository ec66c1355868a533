"""What this program is: version and licences."""

import platform
import sqlite3

import PySide6
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton

import laoxiao_desktop
from laoxiao_desktop import paths
from laoxiao_desktop.ui import labels
from laoxiao_desktop.ui.settings_parts import Section
from laoxiao_desktop.ui.theme import Theme

LICENCES = (
    ("本程序", "Apache License 2.0"),
    ("PySide6（Qt）", "LGPL 3.0，动态链接，可自行替换"),
    ("图标", "Fluent System Icons，MIT，文本见 resources/icons/LICENSE.txt"),
    ("字体", "思源黑体、思源宋体、霞鹜文楷、朱雀仿宋的子集，SIL OFL 1.1，文本见 resources/fonts"),
)


class AboutSection(Section):
    """Versions to name when asking for help, and the licences of what is shipped."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "关于")
        form = self.form()
        form.addRow(labels.field_label(theme, "版本"), labels.sentence(versions()))
        for what, licence in LICENCES:
            form.addRow(labels.field_label(theme, what), labels.sentence(licence))
        row = QHBoxLayout()
        for words, folder in (
            ("打开许可文本", paths.resources() / "fonts"),
            ("打开日志文件夹", paths.user_folder() / "log"),
        ):
            button = QPushButton(words)
            button.clicked.connect(
                lambda _checked, folder=folder: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
            )
            row.addWidget(button)
        row.addStretch(1)
        self.column.addLayout(row)


def versions() -> str:
    """The program and what it stands on."""
    return (
        f"{laoxiao_desktop.__version__}（Python {platform.python_version()}，PySide6 {PySide6.__version__}，"
        f"SQLite {sqlite3.sqlite_version}）"
    )


def fonts_that_print() -> str:
    """Which face serves each role on paper, one a line."""
    from laoxiao_desktop.reports import font_files  # noqa: PLC0415 - the print room is loaded when it is asked for

    choice = font_files.fonts_of_this_machine()
    return "\n".join(f"{role}  {name}" for role, name in font_files.fonts_in_use(choice))
