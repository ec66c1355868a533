"""打印: how much paper it takes is said while one chooses; wrong pages are told and cannot be printed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop.ui import report_print_dialog
from laoxiao_desktop.ui.report_print import Sheets
from laoxiao_desktop.ui.report_print_dialog import PrintDialog
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings

SHEETS = Sheets(b"", (QSizeF(595, 842),) * 12, "月度进展报告")


class _Laser:
    """What the system says of a printer that can turn the paper over."""

    @staticmethod
    def availablePrinterNames() -> list[str]:  # noqa: N802 - Qt's name
        return ["走廊", "窗口"]

    @staticmethod
    def defaultPrinterName() -> str:  # noqa: N802 - Qt's name
        return "窗口"

    @staticmethod
    def printerInfo(name: str) -> "_Laser":  # noqa: N802 - Qt's name
        return _Laser()

    @staticmethod
    def supportedDuplexModes() -> list[QPrinter.DuplexMode]:  # noqa: N802 - Qt's name
        return [QPrinter.DuplexMode.DuplexNone, QPrinter.DuplexMode.DuplexLongSide]


@pytest.fixture
def parent(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    yield made
    for dialog in made.findChildren(PrintDialog):
        dialog.close()


def opened(parent: QWidget, settings: Settings) -> PrintDialog:
    """The dialog, with page 3 in hand."""
    dialog = PrintDialog(SHEETS, Theme(), settings, 2, parent)
    dialog.show()
    return dialog


def test_pages_copies_and_sides_are_chosen_and_remembered(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_print_dialog, "QPrinterInfo", _Laser)
    monkeypatch.setattr(report_print_dialog, "trays_of", lambda name: (("Auto", "Tray2"), "Auto"))
    settings = Settings(tmp_path / "settings.json")
    dialog = opened(parent, settings)
    assert dialog.says == "12 页，用纸 6 张"
    assert dialog.printer.currentText() == "窗口"
    QTest.keyClicks(dialog.pages, "2-3,9")
    dialog.copies.setValue(2)
    assert dialog.some.isChecked()
    assert dialog.says == "3 页，用纸 4 张"
    dialog.sides.setCurrentIndex(dialog.sides.findData("one-sided"))
    dialog.tray.setCurrentIndex(dialog.tray.findData("Tray2"))
    assert dialog.says == "3 页，用纸 6 张"
    QTest.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    order = dialog.order()
    assert (order.printer, order.pages, order.copies, order.sides, order.tray) == (
        *("窗口", (1, 2, 8), 2),
        *("one-sided", "Tray2"),
    )
    again = opened(parent, settings)
    assert (again.sides.currentData(), again.tray.currentText(), again.copies.value()) == ("one-sided", "纸盒 2", 1)
    again.here.setChecked(True)
    assert again.order().pages == (2,)


def test_a_page_that_is_not_there_is_told_and_cannot_be_printed(parent: QWidget, tmp_path: Path) -> None:
    dialog = opened(parent, Settings(tmp_path / "settings.json"))
    QTest.keyClicks(dialog.pages, "13")
    assert dialog.says == "没有第 13 页。这份报告是第 1 至 12 页。"
    assert not dialog.print_button.isEnabled()
