"""The header over a sheet that is being read in: what each column is read as, over what its header says."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHeaderView, QTableView
from typing_extensions import override

from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.import_roles import MONEY, NO_UNIT, UNITS, roles_for, title_of
from laoxiao_desktop.ui.import_sheets import Column
from laoxiao_desktop.ui.import_table import FIXED, STATE, ImportTable
from laoxiao_desktop.ui.theme import Theme

HEIGHT: Final = 66
_TOP: Final = 38


class RoleBox(QComboBox):
    """What one column is read as. `chosen`: role (None: not read) and unit of money. The wheel turns nothing."""

    chosen = Signal(object, object)

    def __init__(self, subject: str | None, column: Column, parent: QHeaderView) -> None:
        super().__init__(parent.viewport())
        self.setAccessibleName(f"“{column.header}”读作")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(18)
        self.addItem(title_of(None), (None, None))
        offered = roles_for(subject)
        roles = offered if column.role in (*offered, None) else (*offered, column.role)
        for role in roles:
            if role not in MONEY:
                self.addItem(title_of(role, subject), (role, None))
                continue
            for unit in UNITS:
                self.addItem(f"{title_of(role)} {unit}", (role, unit))
        self._show(column, subject)
        self.activated.connect(self._choose)

    def _show(self, column: Column, subject: str | None) -> None:
        wanted = (column.role, column.factor if column.role in MONEY else None)
        if column.role in MONEY and column.factor not in UNITS:
            words = column.factor or NO_UNIT
            place = next((n for n in range(self.count()) if self.itemData(n)[0] == column.role), 0)
            self.insertItem(place, f"{title_of(column.role)} {words}", wanted)
            style.set_bad(self, column.factor is None)
        self.setCurrentIndex(max(0, next((n for n in range(self.count()) if self.itemData(n) == wanted), 0)))
        self.setToolTip(self.currentText())

    def _choose(self, number: int) -> None:
        role, unit = self.itemData(number)
        if role not in MONEY or unit is not None:
            self.chosen.emit(role, unit)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows open the list instead of trying one role after the other."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.showPopup()
            event.accept()
            return
        super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ImportHeader(QHeaderView):
    """`read_as`: column of the file, role, unit of money."""

    read_as = Signal(int, object, object)

    def __init__(self, theme: Theme, table: ImportTable, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._table = table
        self.boxes: dict[int, RoleBox] = {}
        self._made_for: object = None
        self.setAccessibleName("列标题")
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(theme.px(48))
        self.sectionResized.connect(lambda *_: self.place_boxes())

    def fill(self) -> None:
        """Makes the boxes for the sheet in view."""
        sheet = self._table.sheet
        made_for = (sheet.key, sheet.subject, sheet.columns)
        if made_for == self._made_for:
            return
        had = next((n for n, box in self.boxes.items() if box.hasFocus()), None)
        for box in self.boxes.values():
            box.hide()
            box.deleteLater()
        self.boxes = {}
        self._made_for = made_for
        for place, column in enumerate(sheet.columns):
            if column.number < 0 or column.is_settled:
                continue
            box = RoleBox(sheet.subject, column, self)
            box.chosen.connect(
                lambda role, unit, number=column.number: self.read_as.emit(number, role, unit),
                Qt.ConnectionType.QueuedConnection,
            )
            box.show()
            self.boxes[place + FIXED] = box
        self.place_boxes()
        if had is not None and had in self.boxes:
            self.boxes[had].setFocus()

    def place_boxes(self) -> None:
        """Puts the boxes over their columns."""
        px = self._theme.px
        for section, box in self.boxes.items():
            left = self.sectionViewportPosition(section)
            room = QRect(left + px(3), px(6), self.sectionSize(section) - px(6), px(28))
            if box.geometry() != room:
                box.setGeometry(room)

    @override
    def setOffset(self, offset: int) -> None:
        super().setOffset(offset)
        self.place_boxes()

    @override
    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self.viewport())
        area = self.viewport().rect()
        painter.fillRect(area, theme.color("head"))
        pad, top = theme.px(8), theme.px(_TOP)
        for section in range(self.count()):
            left, width = self.sectionViewportPosition(section), self.sectionSize(section)
            low = QRect(left + pad, top, width - 2 * pad, self.height() - top)
            high = QRect(left + pad, 0, width - 2 * pad, top)
            column = self._table.column(section)
            if column is None:
                if section == STATE:
                    wide = QRect(theme.px(20) + left, 0, theme.px(120), top)
                    paint.text(painter, theme, wide, "台账字段", "text2", px=12, medium=True)
                    paint.text(painter, theme, wide.translated(0, top).adjusted(0, 0, 0, low.height() - top),
                               "表头原文", "text3", px=12)  # fmt: skip
                continue
            align = paint.RIGHT if self._table.is_right(section) else paint.LEFT
            if section not in self.boxes:
                paint.text(painter, theme, high, column.header, "text2", px=12, medium=True, align=align)
                continue
            paint.text(painter, theme, low, column.header, "text3", px=12, align=align)
        bottom = QPointF(area.left(), area.bottom())
        paint.hairline(painter, theme, bottom, area.width())
        painter.end()
