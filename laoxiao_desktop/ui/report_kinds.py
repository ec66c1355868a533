"""The kinds of report, one under the other: by click, by arrow keys."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.report_request import Kind
from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme

HEIGHT = 25


class KindList(QWidget):
    """`chosen` carries the kind that was picked."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, kinds: Sequence[Kind], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = [KindRow(theme, kind, self) for kind in kinds]
        self._box = QVBoxLayout(self)
        self._box.setSpacing(0)
        for row in self.rows:
            self._box.addWidget(row)
            row.clicked.connect(lambda _is_on=False, kind=row.kind: self.chosen.emit(kind))
        self.rows[0].setChecked(True)
        theme.changed.connect(self._restyle)
        self._restyle()

    @property
    def kind(self) -> Kind:
        """The kind in force."""
        return next(row.kind for row in self.rows if row.isChecked())

    def show_kind(self, name: str) -> None:
        """Marks a kind without saying so; an unknown name changes nothing."""
        for row in self.rows:
            if row.kind.kind == name:
                row.setChecked(True)

    def pick(self, name: str) -> None:
        """Picks a kind as a click does."""
        self.show_kind(name)
        self.chosen.emit(self.kind)

    def _restyle(self) -> None:
        px = self._theme.px
        self._box.setContentsMargins(px(8), px(8), px(8), px(8))
        for row in self.rows:
            row.setFixedHeight(px(HEIGHT))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        by = steps.get(Qt.Key(event.key()), 0)
        place = next((number for number, row in enumerate(self.rows) if row.hasFocus()), -1)
        if by and 0 <= place + by < len(self.rows) and place >= 0:
            row = self.rows[place + by]
            row.setFocus(Qt.FocusReason.TabFocusReason)
            row.click()
        else:
            super().keyPressEvent(event)


class KindRow(QAbstractButton):
    """One kind of report."""

    def __init__(self, theme: Theme, kind: Kind, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.kind = kind
        self.setText(kind.title)
        self.setAccessibleName(kind.title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            event.ignore()  # the list moves
        else:
            super().keyPressEvent(event)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter, rect = self._theme, QPainter(self), QRectF(self.rect())
        if self.isChecked():
            paint.box(painter, theme, rect, "select", radius=4)
        elif self.underMouse():
            paint.box(painter, theme, rect, "hover", radius=4)
        token = "accent2" if self.isChecked() else "text2"
        top = rect.center().y() - theme.px(8)
        paint.icon(painter, theme, QPointF(theme.px(10), round(top)), self.kind.icon, token, 16)
        room = rect.adjusted(theme.px(34), 0, -theme.px(8), 0)
        paint.text(painter, theme, room, self.text(), "accent2" if self.isChecked() else "text")
        if self.hasFocus():
            paint.focus(painter, theme, rect)
        painter.end()
