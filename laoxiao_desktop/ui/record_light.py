"""The light in the head of the record: a pill, and unfolded why it stands so, its history by month, and setting it by hand."""

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop import clock
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.lights import Light, Override
from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.ui import meaning_tip, paint
from laoxiao_desktop.ui.record_fold import SHAPES
from laoxiao_desktop.ui.record_form import Form
from laoxiao_desktop.ui.record_notes import Link
from laoxiao_desktop.ui.record_sheet import write
from laoxiao_desktop.ui.record_text import wrapped
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import glances, lights

_FIELDS = tuple(field_of("light_override", name) for name in ("light", "reason", "expires_on"))
_HOLDS_DAYS = 30  # proposed for a light set by hand
_MONTHS = 12


class LightPill(QAbstractButton):
    """The light of the project in hand; pressed, it says why."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._light: Light | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.setFixedSize(self.sizeHint())

    @override
    def sizeHint(self) -> QSize:
        is_by_hand = self._light is not None and self._light.is_override
        return QSize(self._theme.px(60 if is_by_hand else 46), self._theme.px(22))

    def show_light(self, light: Light | None) -> None:
        """Show a light; without one there is no pill."""
        self._light = light
        self.setFixedSize(self.sizeHint())
        self.setVisible(light is not None)
        if light is not None:
            why = "\n".join(glances.light_words(light))
            meaning_tip.explain(self, f"light.{light.rule}", why or light.why)
            self.setAccessibleName(f"{light.colour}灯，{light.rule}：{light.why}")
        self.update()

    @override
    def keyPressEvent(self, event: object) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self.click()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._light is None:
            return
        painter = QPainter(self)
        theme = self._theme
        area = QRect(0, 0, theme.px(38), self.height())
        if self._light.colour == "绿" and (self.underMouse() or self.isChecked()):
            pill = QRect(0, theme.px(1), theme.px(38), theme.px(20))
            paint.box(painter, theme, pill, "greenbg", radius=10)
        paint.light(painter, theme, area, SHAPES[self._light.colour], px=12)
        if self._light.is_override:
            paint.icon(painter, theme, QPointF(theme.px(42), theme.px(5)), "person", "text3", 12)
        if self.hasFocus():
            paint.focus(painter, theme, area.adjusted(0, 0, 0, -1), 10)
        painter.end()


class Reasons(QWidget):
    """Every reason of a light with its shape, and below the lights of the months before."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._lines: list[tuple[str, str]] = []
        self._months: list[tuple[str, Light]] = []

    def show_light(self, light: Light, history: Sequence[tuple[str, Light]]) -> None:
        """Show why, and the last twelve months."""
        self._lines = [(reason.colour, reason.told) for reason in light.reasons]
        if light.is_override:
            self._lines.insert(0, (light.colour, f"{light.rule}：{light.why.split('；按规则为')[0]}"))
        if not self._lines:
            self._lines = [(light.colour, f"{light.rule}：{light.why}")]
        self._months = list(history)[-_MONTHS:]
        told = "；".join(f"{month} {past.colour}" for month, past in self._months)
        self.setAccessibleName("。".join(words for _, words in self._lines) + (f"。各月：{told}" if told else ""))
        self._measure()
        self.update()

    @property
    def words(self) -> str:
        """All of it as text."""
        return self.accessibleName()

    def restyle(self) -> None:
        """The theme changed."""
        self._measure()

    def _wrapped(self) -> list[tuple[str, list[str]]]:
        room = max(80, self.width() - self._theme.px(18))
        return [(colour, wrapped(words, self._theme.font(12), room)) for colour, words in self._lines]

    def _measure(self) -> None:
        rows = sum(len(lines) for _, lines in self._wrapped())
        months = self._theme.px(62) if self._months else 0
        self.setFixedHeight(rows * self._theme.px(19) + len(self._lines) * self._theme.px(3) + months)

    @override
    def resizeEvent(self, event: object) -> None:
        self._measure()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme, y = self._theme, 0
        for colour, lines in self._wrapped():
            paint.shape(painter, theme, QPointF(theme.px(6), y + theme.px(10)), SHAPES[colour])
            for line in lines:
                area = QRect(theme.px(18), y, self.width() - theme.px(18), theme.px(19))
                paint.text(painter, theme, area, line, "text2", px=12, elide=Qt.TextElideMode.ElideNone)
                y += theme.px(19)
            y += theme.px(3)
        if self._months:
            self._paint_months(painter, y + theme.px(4))
        painter.end()

    def _paint_months(self, painter: QPainter, y: int) -> None:
        theme = self._theme
        step = min(theme.px(34), self.width() // _MONTHS)
        head = QRect(0, y, self.width(), theme.px(18))
        spoken = f"已锁定的月份，{show_month(self._months[0][0])}起"
        paint.text(painter, theme, head, spoken, "text3", px=12, elide=Qt.TextElideMode.ElideNone)
        y += theme.px(19)
        for place, (month, light) in enumerate(self._months):
            text = QRect(place * step, y, step, theme.px(16))
            label = f"{int(month[5:])}月"
            paint.text(painter, theme, text, label, "text3", px=11, elide=Qt.TextElideMode.ElideNone)
            paint.shape(painter, theme, QPointF(place * step + theme.px(8), y + theme.px(25)), SHAPES[light.colour])


class LightPanel(QWidget):
    """What unfolds below the pill. It asks the session itself, and shows the light again after a change."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._project = ""
        self.reasons = Reasons(theme, self)
        self.set_link = Link("改灯…", theme, self)
        self.set_link.clicked.connect(self._begin)
        self.clear_link = Link("取消改灯", theme, self)
        self.clear_link.clicked.connect(lambda: self._session.run(lights.clear_override, self._project))
        self.form = Form(_FIELDS, "改灯", theme, self)
        self.form.submitted.connect(self._override)
        self.form.left.connect(lambda: self.set_link.setFocus(Qt.FocusReason.OtherFocusReason))
        self._links = QHBoxLayout()
        self._links.addWidget(self.set_link)
        self._links.addWidget(self.clear_link)
        self._links.addStretch(1)
        self._inner = QVBoxLayout()
        self._inner.addWidget(self.reasons)
        self._inner.addLayout(self._links)
        layout = QVBoxLayout(self)
        layout.setSpacing(0)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._inner)
        layout.addWidget(self.form)
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """The theme changed."""
        theme = self._theme
        self._inner.setContentsMargins(theme.px(16), theme.px(2), theme.px(16), theme.px(8))
        self._inner.setSpacing(theme.px(4))
        self._links.setSpacing(theme.px(16))
        self.reasons.restyle()
        self.form.restyle()

    def show_light(self, project: str, light: Light | None) -> None:
        """Show why the light of a project stands so; without a light nothing unfolds."""
        if project != self._project:
            self.form.hide()
        self._project = project
        if light is None:
            self.hide()
            return
        self.reasons.show_light(light, self._session.read(lights.history, project))
        can_write = not self._session.ledger.is_read_only
        self.set_link.setVisible(can_write)
        self.clear_link.setVisible(can_write and self._now() is not None)

    def _now(self) -> Override | None:
        return self._session.read(lights.override_of, self._project)

    def _begin(self) -> None:
        now = self._now()
        until = (clock.today() + dt.timedelta(days=_HOLDS_DAYS)).isoformat()
        values: dict[str, Stored] = {"expires_on": now.expires_on if now else until}
        if now is not None:
            values |= {"light": now.light, "reason": now.reason}
        self.form.start(values)

    def _override(self, values: dict[str, Stored]) -> None:
        light, reason, expires_on = (str(values.get(name) or "") for name in ("light", "reason", "expires_on"))
        if not light:
            self.form.refuse("还没有选灯。请写 红、黄 或 绿。")
            return
        _, refusal = write(self._session, lights.override, self._project, light, reason, expires_on)
        if refusal:
            self.form.refuse(refusal)
        else:
            self.form.close_form()
