"""What this program is: version and licences."""

import platform
import sqlite3

import PySide6
from PySide6.QtWidgets import QHBoxLayout, QPushButton

import laoxiao_desktop
from laoxiao_desktop.ui import labels
from laoxiao_desktop.ui.licences_dialog import LicencesDialog
from laoxiao_desktop.ui.settings_parts import Section
from laoxiao_desktop.ui.theme import Theme

LICENCE = "Apache License 2.0。窗口所用的 PySide6（Qt）按 LGPL 3.0 动态链接；其余各项见许可文本。"


class AboutSection(Section):
    """Versions to name when asking for help, and the licences of what is shipped."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "关于")
        form = self.form()
        form.addRow(labels.field_label(theme, "版本"), labels.sentence(versions()))
        form.addRow(labels.field_label(theme, "许可"), labels.sentence(LICENCE))
        self.licences = QPushButton("许可文本…")
        self.licences.clicked.connect(lambda: LicencesDialog(theme, self.window()).open())
        row = QHBoxLayout()
        row.addWidget(self.licences)
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
