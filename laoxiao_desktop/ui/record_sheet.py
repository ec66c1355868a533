"""What every page of the record stands on: the sheet that scrolls, headings with links, figures in a line, a change that may be refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.record_notes import Link
from laoxiao_desktop.ui.record_standing import prose_label
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace.ledger import Ledger

P = ParamSpec("P")
CLOSED = "台账已经关闭。"
SIDE = 16  # at both ends of a page, at 100 %


def sheet_in(area: QScrollArea, name: str) -> tuple[QWidget, QVBoxLayout]:
    """Make `area` the scrolling page called `name`; gives its sheet and the layout from top to bottom."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    sheet = QWidget(area)
    area.setAccessibleName(name)
    sheet.setAccessibleName(name)
    layout = QVBoxLayout(sheet)
    layout.setSpacing(0)
    layout.setContentsMargins(0, 0, 0, 0)
    area.setWidget(sheet)
    sheet.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click beside the fields leaves an editor
    sheet.setAutoFillBackground(False)  # the pane paints the ground
    area.viewport().setAutoFillBackground(False)
    return sheet, layout


def bring_into_view(area: QScrollArea, widget: QWidget, theme: Theme) -> None:
    """Scroll so that a widget is seen, once it has its place."""
    QTimer.singleShot(0, widget, lambda: area.ensureWidgetVisible(widget, 0, theme.px(12)))


def write(
    session: Session,
    function: Callable[Concatenate[Ledger, P], Change | None],
    *args: P.args,
    **kwargs: P.kwargs,
) -> tuple[Change | None, str]:
    """Make a change where the refusal is said beside the field: the change, and "" or the sentence why not."""
    if not session.has_ledger:
        return None, CLOSED
    try:
        change = function(session.ledger, *args, **kwargs)
    except UserError as refusal:
        return None, str(refusal)
    if change is not None:
        session.announce(change)
    return change, ""


class Heading(QWidget):
    """The name of a part of a page, a quiet word beside it, and links at the right. `chosen` gives the key of a link."""

    chosen = Signal(str)

    def __init__(
        self, words: str, theme: Theme, parent: QWidget | None = None, links: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(parent)
        self._words, self._theme, self._detail = words, theme, ""
        self.setAccessibleName(words)
        self._links: dict[str, Link] = {}
        self._line = QHBoxLayout(self)
        self._line.setSpacing(0)
        self._line.addStretch(1)
        for key, said in links:
            link = Link(said, theme, self, px=13)
            link.clicked.connect(lambda _=False, key=key: self.chosen.emit(key))
            self._links[key] = link
            self._line.addWidget(link)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        theme = self._theme
        self.setFixedHeight(theme.px(38))
        self._line.setSpacing(theme.px(14))
        self._line.setContentsMargins(theme.px(SIDE), theme.px(12), theme.px(SIDE), theme.px(4))

    def link(self, key: str) -> Link:
        """The link of a key."""
        return self._links[key]

    def say(self, words: str, detail: str = "") -> None:
        """Change the words and what stands quietly beside them."""
        self._words, self._detail = words, detail
        self.setAccessibleName(f"{words} {detail}".strip())
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        area = self.rect().adjusted(theme.px(SIDE), theme.px(10), -theme.px(SIDE), 0)
        took = paint.text(painter, theme, area, self._words, medium=True)
        room = min((link.x() for link in self._links.values() if link.isVisible()), default=area.right())
        rest = QRect(area)
        rest.setLeft(int(area.left() + took) + theme.px(8))
        rest.setRight(room - theme.px(8))
        paint.text(painter, theme, rest, self._detail, "text3", px=12)
        painter.end()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in a row of figures: what it is called, its value, a quiet word behind it, its colour."""

    label: str
    value: str
    unit: str = ""
    token: str = "text"  # noqa: S105  (the name of a colour)


class Figures(QWidget):
    """A few figures side by side, each under its label."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: tuple[Figure, ...] = ()
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedHeight(self._theme.px(56))

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these."""
        self._figures = tuple(figures)
        self.setAccessibleName("，".join(f"{one.label} {one.value} {one.unit}".strip() for one in figures))
        self.update()

    @property
    def words(self) -> str:
        """All of it as a sentence."""
        return self.accessibleName()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        left, width = theme.px(SIDE), self.width() - 2 * theme.px(SIDE)
        share = width / max(1, len(self._figures))
        for place, one in enumerate(self._figures):
            label = QRect(left + round(place * share), theme.px(10), round(share) - theme.px(6), theme.px(18))
            paint.text(painter, theme, label, one.label, "text3", px=12)
            value = label.translated(0, theme.px(19))
            value.setHeight(theme.px(22))
            took = paint.text(painter, theme, value, one.value, one.token, px=15, medium=True)
            value.setLeft(value.left() + int(took) + theme.px(3))
            paint.text(painter, theme, value, one.unit, "text3", px=12)
        painter.end()


class Rule(QWidget):
    """A hairline across the page."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(1)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.hairline(painter, self._theme, QPointF(0, 0), self.width())
        painter.end()


class EmptyPart(QWidget):
    """What stands where there is nothing yet: one sentence and one button. `pressed` says that it was pressed."""

    pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = prose_label("", self)
        self.button = QPushButton(self)
        self.button.clicked.connect(self.pressed)
        style.set_kind(self.button, "primary")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.words)
        self._layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        side = self._theme.px(SIDE)
        self._layout.setContentsMargins(side, self._theme.px(20), side, self._theme.px(12))
        self._layout.setSpacing(self._theme.px(12))
        self.words.setFont(self._theme.font(13))

    def say(self, words: str, verb: str = "") -> None:
        """Show a sentence and what the button does; without a verb there is no button."""
        self.words.setText(words)
        self.button.setText(verb)
        self.button.setVisible(bool(verb))
