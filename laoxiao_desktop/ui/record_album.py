"""Photos of a project: thumbnails to choose from, and a pair of last and this month side by side."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import paint
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.attachments import Attachment

Picture = Callable[[Attachment], QImage | None]  # None while it is not read yet, a null image when it cannot be
_SIDE, _GAP, _COLUMNS, _WORDS = 16, 8, 3, 20
THUMBNAIL = 320  # px that are read, enough for a pane of any width


def draw(painter: QPainter, theme: Theme, area: QRect, image: QImage | None, *, is_cut: bool) -> None:
    """A photo in a rectangle: filling it and cut, or whole; while it is read, an empty ground."""
    painter.fillRect(area, theme.color("track"))
    if image is None or image.isNull():
        words = "" if image is None else "看不了"
        paint.text(painter, theme, area, words, "text3", px=12, align=paint.CENTER)
        return
    mode = Qt.AspectRatioMode.KeepAspectRatioByExpanding if is_cut else Qt.AspectRatioMode.KeepAspectRatio
    device = painter.device()
    sharp = device.devicePixelRatioF() if device is not None else 1.0
    wanted = QSize(round(area.width() * sharp), round(area.height() * sharp))
    scaled = image.scaled(wanted, mode, Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(sharp)
    wide, high = round(scaled.width() / sharp), round(scaled.height() / sharp)
    at = area.topLeft() + QPoint((area.width() - wide) // 2, (area.height() - high) // 2)
    painter.save()
    painter.setClipRect(area)
    painter.drawImage(at, scaled)
    painter.restore()


def day(one: Attachment) -> str:
    """The day of a photo as shown."""
    return one.taken_at.replace("-", ".") if one.taken_at else "没有日期"


class Album(QWidget):
    """Thumbnails in rows of three. `chosen` gives the uid in hand, `opened` the one to be shown large, `unwanted` to be deleted."""

    chosen = Signal(str)
    opened = Signal(str)
    unwanted = Signal(str)

    def __init__(self, theme: Theme, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._picture = theme, picture
        self._photos: tuple[Attachment, ...] = ()
        self._hand = ""
        self.setAccessibleName("照片")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def in_hand(self) -> str:
        """The uid of the photo in hand, "" without."""
        return self._hand

    def show_photos(self, photos: Sequence[Attachment]) -> None:
        """Show these."""
        self._photos = tuple(photos)
        if all(one.uid != self._hand for one in photos):
            self._hand = ""
        self.setVisible(bool(photos))
        self._name()
        self.updateGeometry()
        self.update()

    def take(self, uid: str) -> None:
        """Take a photo in hand, "" for none."""
        if uid != self._hand:
            self._hand = uid
            self._name()
            self.update()
            self.chosen.emit(uid)

    def _name(self) -> None:
        found = next((one for one in self._photos if one.uid == self._hand), None)
        told = f"，当前 {day(found)} {found.caption}" if found else ""
        self.setAccessibleName(f"照片 {len(self._photos)} 张{told}")

    def _width(self, width: int) -> int:
        theme = self._theme
        return (width - 2 * theme.px(_SIDE) - (_COLUMNS - 1) * theme.px(_GAP)) // _COLUMNS

    def cell(self, place: int) -> QRect:
        """Where a thumbnail stands, with its words below."""
        theme, wide = self._theme, self._width(self.width())
        high = round(wide * 0.75) + theme.px(_WORDS)
        column, row = place % _COLUMNS, place // _COLUMNS
        left = theme.px(_SIDE) + column * (wide + theme.px(_GAP))
        return QRect(left, theme.px(4) + row * (high + theme.px(_GAP)), wide, high)

    @override
    def heightForWidth(self, width: int) -> int:
        theme = self._theme
        rows = -(-len(self._photos) // _COLUMNS)
        high = round(self._width(width) * 0.75) + theme.px(_WORDS)
        return rows * (high + theme.px(_GAP)) + theme.px(8) if rows else 0

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.heightForWidth(max(self.width(), self._theme.px(300))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        for place, one in enumerate(self._photos):
            cell = self.cell(place)
            if not cell.intersects(event.rect()):
                continue
            picture = cell.adjusted(0, 0, 0, -theme.px(_WORDS))
            draw(painter, theme, picture, self._picture(one), is_cut=True)
            words = cell.adjusted(0, picture.height(), 0, 0)
            paint.text(painter, theme, words, f"{day(one)} {one.caption}".strip(), "text2", px=11)
            if one.uid == self._hand:
                border = "accent" if self.hasFocus() else "bar"
                paint.box(painter, theme, picture, None, border=border, radius=2, width=2)
        painter.end()

    def _at(self, point: QPoint) -> Attachment | None:
        return next((one for place, one in enumerate(self._photos) if self.cell(place).contains(point)), None)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self.take(found.uid)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        found = self._at(event.position().toPoint())
        if found is not None:
            self.opened.emit(found.uid)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self._at(event.pos())
            QToolTip.showText(
                event.globalPos(), f"{day(found)} {found.caption}\n{found.file_name}" if found else "", self
            )
            return True
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.key() in keys:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS}
        way = ways.get(Qt.Key(event.key()))
        if way is not None and not event.modifiers():
            self._step(way)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._hand:
            self.opened.emit(self._hand)
        elif event.key() == Qt.Key.Key_Delete and self._hand:
            self.unwanted.emit(self._hand)
        else:
            super().keyPressEvent(event)

    def _step(self, way: int) -> None:
        uids = [one.uid for one in self._photos]
        place = uids.index(self._hand) + way if self._hand in uids else 0
        if 0 <= place < len(uids):
            self.take(uids[place])

    @override
    def focusInEvent(self, event: object) -> None:
        if not self._hand and self._photos:
            self.take(self._photos[0].uid)
        self.update()

    @override
    def focusOutEvent(self, event: object) -> None:
        self.update()


class Pair(QWidget):
    """The newest photo of before and of this month beside each other, whole."""

    def __init__(self, theme: Theme, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._picture = theme, picture
        self._photos: tuple[tuple[str, Attachment], ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pair(self, before: Attachment | None, now: Attachment | None) -> None:
        """Show the two; a pair that lacks one is not shown."""
        self._photos = (("此前", before), ("本月", now)) if before is not None and now is not None else ()
        told = "，".join(f"{words} {day(one)} {one.caption}" for words, one in self._photos)
        self.setAccessibleName(f"前后对比：{told}")
        self.setVisible(bool(self._photos))
        self.update()

    @override
    def heightForWidth(self, width: int) -> int:
        theme = self._theme
        return round((width - 2 * theme.px(_SIDE) - theme.px(4)) / 2 * 0.75) + theme.px(26)

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.heightForWidth(max(self.width(), self._theme.px(300))))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        wide = (self.width() - 2 * theme.px(_SIDE) - theme.px(4)) // 2
        for place, (words, one) in enumerate(self._photos):
            left = theme.px(_SIDE) + place * (wide + theme.px(4))
            area = QRect(left, 0, wide, round(wide * 0.75))
            draw(painter, theme, area, self._picture(one), is_cut=False)
            below = QRect(left, area.bottom() + theme.px(2), wide, theme.px(20))
            took = paint.text(painter, theme, below, words, "text", px=12, medium=True)
            below.setLeft(left + int(took) + theme.px(6))
            paint.text(painter, theme, below, f"{day(one)} {one.caption}".strip(), "text2", px=12)
        painter.end()
