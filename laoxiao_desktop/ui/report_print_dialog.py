"""打印: printer, copies, pages, both sides, tray; what was chosen is there again next time."""

import re
import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.plain_text import half_width
from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.combo import Combo
from laoxiao_desktop.ui.labels import heading, hint, set_tone
from laoxiao_desktop.ui.report_day import label_for
from laoxiao_desktop.ui.report_print import PRINTER, SIDES, TRAY, Order, Sheets, Sides, ask_system, media_of, trays_of
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.window_state import Settings

MOST_COPIES: Final = 99
_ONE: Final[Sides] = "one-sided"
_BOTH: Final[tuple[tuple[Sides, str], ...]] = (
    ("two-sided-long-edge", "双面，沿长边翻（左侧装订）"),
    (_ONE, "单面"),
    ("two-sided-short-edge", "双面，沿短边翻"),
)
_TRAY_WORDS: Final = {
    "auto": "自动", "automatic": "自动", "default": "自动", "manual": "手动进纸", "manualfeed": "手动进纸", "upper": "上纸盒",
    "lower": "下纸盒", "middle": "中纸盒", "multipurpose": "多功能纸盒", "bypass": "旁路纸盒", "envelope": "信封",
    "largecapacity": "大容量纸盒", "rear": "后进纸",
}  # fmt: skip
_RANGE: Final = re.compile(r"(\d+)(?:-(\d+))?")


def ask(
    sheets: Sheets,
    parent: QWidget,
    theme: Theme,
    settings: Settings | None = None,
    page: int | None = None,
) -> Order | None:
    """Lets the person choose printer, pages, copies, sides and tray; None when they changed their mind.

    On Windows it is the system's dialog, which knows the settings of every printer; elsewhere our own, with `page` (from
    0) as the page in hand. What was chosen is remembered in `settings`.
    """
    if sys.platform == "win32":
        return ask_system(sheets, parent)
    dialog = PrintDialog(sheets, theme, settings, page, parent)
    try:
        return dialog.order() if dialog.exec() else None
    finally:
        dialog.deleteLater()


def pages_of(text: str, count: int) -> tuple[int, ...]:
    """Pages from 0 as typed: 1-3,5. UserError for what is no page of the report."""
    typed = re.sub(r"\s", "", half_width(text)).replace("，", ",").replace("、", ",")
    typed = re.sub(r"[—–~～至到]+", "-", typed).strip(",")
    found: dict[int, None] = {}
    for part in typed.split(","):
        run = _RANGE.fullmatch(part)
        if run is None:
            raise UserError(f"“{part or text}”不是页码。", "请写成 1-3,5 这样。")
        first, last = int(run[1]), int(run[2] or run[1])
        if not 1 <= first <= last <= count:
            raise UserError(f"没有第 {run[0]} 页。", f"这份报告是第 1 至 {count} 页。")
        found.update(dict.fromkeys(range(first - 1, last)))
    return tuple(found)


class PrintDialog(QDialog):
    """Asks how to print; `order` is what was chosen."""

    def __init__(
        self, sheets: Sheets, theme: Theme, settings: Settings | None, page: int | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("打印")
        self._count, self._page, self._settings = len(sheets.sizes), page or 0, settings
        self.printer = Combo()
        self.printer.setAccessibleName("打印机")
        self.copies = QSpinBox()
        self.copies.setAccessibleName("份数")
        self.copies.setRange(1, MOST_COPIES)
        self.copies.setFixedWidth(theme.px(80))
        self.sides, self.tray = Combo(), Combo()
        self.sides.setAccessibleName("单面或双面")
        self.tray.setAccessibleName("纸盒")
        self.every = QRadioButton(f"全部 {self._count} 页")
        self.here = QRadioButton(f"当前页（第 {self._page + 1} 页）")
        self.some = QRadioButton("页码")
        self.pages = QLineEdit()
        self.pages.setAccessibleName("要打印的页码")
        self.pages.setPlaceholderText("例如 1-3,5")
        group = QButtonGroup(self)
        for choice in (self.every, self.here, self.some):
            group.addButton(choice)
        self.every.setChecked(True)
        self._says = QLabel()
        self._says.setTextFormat(Qt.TextFormat.PlainText)
        self.print_button, self._cancel = QPushButton("打印"), QPushButton("取消")
        style.set_kind(self.print_button, "primary")
        self.print_button.setDefault(True)
        self._cancel.setAutoDefault(False)
        media = media_of(sheets.sizes)
        self._build(theme, sheets.title, "" if media == "A4" else f"幅面 {media}；打印机没有这种纸时会缩小。")
        for name in QPrinterInfo.availablePrinterNames():
            self.printer.addItem(name, name)
        wanted = settings.text(PRINTER) if settings is not None else ""
        place = self.printer.findData(wanted or QPrinterInfo.defaultPrinterName())
        self.printer.setCurrentIndex(max(0, place))
        self._connect()
        self._show_printer()

    def _build(self, theme: Theme, title: str, paper: str) -> None:
        px = theme.px
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(10))
        grid.setColumnStretch(1, 1)
        some = QHBoxLayout()
        some.setSpacing(px(8))
        some.addWidget(self.some)
        some.addWidget(self.pages, 1)
        rows: tuple[tuple[QLabel, QWidget | QHBoxLayout], ...] = (
            (label_for("打印机", self), self.printer),
            (label_for("份数", self), self.copies),
            (label_for("范围", self), self.every),
            (label_for("", self), self.here),
            (label_for("", self), some),
            (label_for("单双面", self), self.sides),
            (label_for("纸盒", self), self.tray),
        )
        for number, (label, control) in enumerate(rows):
            grid.addWidget(label, number, 0)
            if isinstance(control, QWidget):
                grid.addWidget(control, number, 1)
            else:
                grid.addLayout(control, number, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._says, 1)
        foot.addWidget(self._cancel)
        foot.addWidget(self.print_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(14))
        column.addWidget(heading(theme, title))
        if paper:
            column.addWidget(hint(paper))
        column.addLayout(grid)
        column.addSpacing(px(4))
        column.addLayout(foot)
        self.setFixedWidth(px(480))

    def _connect(self) -> None:
        self.printer.currentIndexChanged.connect(lambda _index: self._show_printer())
        for choice in (self.every, self.here, self.some):
            choice.toggled.connect(lambda _is_on: self._tell())
        self.pages.textEdited.connect(lambda _text: self._take_range())
        self.copies.valueChanged.connect(lambda _count: self._tell())
        self.sides.currentIndexChanged.connect(lambda _index: self._tell())
        self._cancel.clicked.connect(self.reject)
        self.print_button.clicked.connect(self._accept)

    def _take_range(self) -> None:
        self.some.setChecked(True)
        self._tell()

    def _show_printer(self) -> None:
        """Offers what the printer can do, with what was chosen for it last."""
        name = str(self.printer.currentData() or "")
        modes = QPrinterInfo.printerInfo(name).supportedDuplexModes()
        can_turn = QPrinter.DuplexMode.DuplexLongSide in modes
        self.sides.blockSignals(True)
        self.sides.clear()
        for value, words in _BOTH:
            if can_turn or value == _ONE:
                self.sides.addItem(words if can_turn else "单面（这台打印机没有双面）", value)
        held = self._settings.text(SIDES) if self._settings is not None else ""
        self.sides.setCurrentIndex(max(0, self.sides.findData(held)))
        self.sides.setEnabled(can_turn)
        self.sides.setToolTip("" if can_turn else "这台打印机没有说自己能双面打印")
        self.sides.blockSignals(False)
        trays, usual = trays_of(name)
        self.tray.clear()
        for tray in trays:
            self.tray.addItem(tray_words(tray), tray)
        held = self._settings.text(TRAY + name) if self._settings is not None else ""
        place = self.tray.findData(held)
        self.tray.setCurrentIndex(place if place >= 0 else max(0, self.tray.findData(usual)))
        if not trays:
            self.tray.addItem("由打印机决定", "")
        self.tray.setEnabled(bool(trays))
        self._tell()

    @property
    def says(self) -> str:
        """What is said beside the buttons."""
        return self._says.text()

    def _chosen(self) -> tuple[int, ...]:
        if self.some.isChecked():
            return pages_of(self.pages.text(), self._count)
        return (self._page,) if self.here.isChecked() else tuple(range(self._count))

    def _tell(self) -> None:
        """How much paper it takes, or what is wrong with the pages."""
        try:
            count = len(self._chosen())
        except UserError as refusal:
            is_empty = not self.pages.text().strip()
            self._say("请写要打印的页码" if is_empty else str(refusal), is_bad=not is_empty)
            return
        sheets = (count + 1) // 2 if self.sides.currentData() != _ONE else count
        self._say(f"{count} 页，用纸 {sheets * self.copies.value()} 张", is_bad=False)
        self.print_button.setEnabled(self.printer.count() > 0)

    def _say(self, words: str, *, is_bad: bool) -> None:
        set_tone(self._says, "red" if is_bad else "text3")
        self._says.setText(words)
        style.set_bad(self.pages, is_bad)
        self.print_button.setEnabled(False)

    def _accept(self) -> None:
        if self._settings is not None:
            name = str(self.printer.currentData())
            self._settings.put(PRINTER, name)
            if self.sides.isEnabled():
                self._settings.put(SIDES, self.sides.currentData())
            if self.tray.isEnabled():
                self._settings.put(TRAY + name, self.tray.currentData())
        self.accept()

    def order(self) -> Order:
        """What was chosen."""
        return Order(
            str(self.printer.currentData()),
            self._chosen(),
            self.copies.value(),
            self.sides.currentData(),
            str(self.tray.currentData() or ""),
        )


def tray_words(tray: str) -> str:
    """A tray as a person calls it: Tray2 → 纸盒 2; what is not known as the printer calls it."""
    number = re.fullmatch(r"(?:Tray|Cassette|Drawer)[-_]?(\d+)", tray, re.IGNORECASE)
    if number:
        return f"纸盒 {number[1]}"
    return _TRAY_WORDS.get(tray.replace("-", "").replace("_", "").lower(), tray)
