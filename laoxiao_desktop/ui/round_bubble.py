"""The bubble of the guided round: a few words with a pointer to what is meant; it lies over the window and blocks nothing."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.ui import labels, style
from laoxiao_desktop.ui.theme import Theme

WIDTH, TIP, RADIUS = 300, 9, 6  # of the words with their margin; of the pointer; of the corners


class RoundBubble(QWidget):
    """`skipped` asks for the next step, `left` to go on another time."""

    skipped = Signal()
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tip: QPointF | None = None
        self._side = "top"
        self.title = labels.heading(theme, "", 13)
        self.words: QLabel = labels.sentence("", "text2")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.skip, self.leave = QPushButton("下一步"), QPushButton("以后再走")
        style.set_kind(self.skip, "link")
        style.set_kind(self.leave, "link")
        self.skip.clicked.connect(self.skipped)
        self.leave.clicked.connect(self.left)
        self._row = QHBoxLayout()
        self._row.addWidget(self.skip)
        self._row.addStretch(1)
        self._row.addWidget(self.leave)
        self._column = QVBoxLayout(self)
        for part in (self.title, self.words):
            self._column.addWidget(part)
        self._column.addLayout(self._row)
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def say(self, title: str, words: str, *, skip: str = "下一步", leave: str = "以后再走") -> None:
        """Change the words."""
        if (title, words) != (self.title.text(), self.words.text()):
            self.title.setText(title)
            self.words.setText(words)
            self.setAccessibleName(f"试用十步 {title}")
            self.setAccessibleDescription(words)
            self.skip.setText(skip)
            self.skip.setVisible(bool(skip))
            self.leave.setText(leave)

    def point_at(self, target: QRect | None, room: QRect) -> None:
        """Stand beside an area of the window, inside the room there is; None: in the middle, pointing at nothing."""
        self.setFixedWidth(self._theme.px(WIDTH))
        self.setFixedHeight(self._column.totalHeightForWidth(self.width()))
        if target is None:
            self._tip = None
            self.move(room.center() - self.rect().center())
            self._column.activate()
            self.update()
            return
        width, height, gap = self.width(), self.height(), self._theme.px(2)
        middle = target.center()
        places = {  # side of the bubble that bears the pointer → where the bubble then stands
            "left": QRect(target.right() + gap, middle.y() - height // 3, width, height),
            "top": QRect(middle.x() - width // 3, target.bottom() + gap, width, height),
            "bottom": QRect(middle.x() - width // 3, target.top() - height - gap, width, height),
            "right": QRect(target.left() - width - gap, middle.y() - height // 3, width, height),
        }
        is_beside = target.right() < room.width() * 2 // 5 and target.top() > self._theme.px(60)
        order = ("left", "top", "bottom", "right") if is_beside else ("top", "bottom", "right", "left")
        side = next((one for one in order if _fits(places[one], room, one)), "top")
        place = places[side]
        place.moveLeft(max(room.left(), min(place.left(), room.right() - width)))
        place.moveTop(max(room.top(), min(place.top(), room.bottom() - height)))
        inset = self._theme.px(TIP + RADIUS + 4)
        at = middle - place.topLeft()
        x, y = min(max(at.x(), inset), width - inset), min(max(at.y(), inset), height - inset)
        ends = {"left": (0, y), "right": (width - 1, y), "top": (x, 0), "bottom": (x, height - 1)}
        self._side, self._tip = side, QPointF(*ends[side])
        self.setGeometry(place)
        self._column.activate()
        self.update()

    def _restyle(self) -> None:
        px = self._theme.px
        self.title.setFont(self._theme.font(13, medium=True))
        edge = px(TIP + 10)
        self._column.setContentsMargins(edge, px(TIP + 8), edge, px(TIP + 5))
        self._column.setSpacing(px(6))
        self._row.setSpacing(px(8))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tip, radius = float(self._theme.px(TIP)), self._theme.px(RADIUS)
        body, pointer = QPainterPath(), QPainterPath()
        body.addRoundedRect(QRectF(self.rect()).adjusted(tip, tip, -tip, -tip), radius, radius)
        if self._tip is not None:
            inward = {"left": (tip, 0.0), "right": (-tip, 0.0), "top": (0.0, tip), "bottom": (0.0, -tip)}[self._side]
            foot = self._tip + QPointF(*inward) * 1.15
            across = QPointF(inward[1], inward[0])
            pointer.moveTo(self._tip)
            pointer.lineTo(foot + across)
            pointer.lineTo(foot - across)
            pointer.closeSubpath()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("accent"), 1.5))
        painter.setBrush(self._theme.color("surface"))
        painter.drawPath(body.united(pointer))


def _fits(place: QRect, room: QRect, side: str) -> bool:
    """Whether the bubble has room on the side it stands."""
    if side in ("left", "right"):
        return place.left() >= room.left() and place.right() <= room.right()
    return place.top() >= room.top() and place.bottom() <= room.bottom()
