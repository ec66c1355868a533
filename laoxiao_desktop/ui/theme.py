"""The look in force: colours, type and measures, following light, dark and the large-font setting."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPixmap

from laoxiao_desktop.ui import icons
from laoxiao_desktop.ui.tokens import DARK, LIGHT, Tokens

Mode = Literal["light", "dark", "system"]
FACTORS = (1.0, 1.15, 1.3, 1.5)


class Theme(QObject):
    """Colours, fonts and sizes for everything that draws; `changed` says that all of them may differ now.

    Sizes are asked for at 100 % (`px(30)`) and come back at the large-font factor.
    """

    changed = Signal()

    def __init__(
        self,
        mode: Mode = "light",
        factor: float = 1.0,
        family: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._mode: Mode = mode
        self._factor = factor
        self._family = family
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def mode(self) -> Mode:
        """What the person chose; `system` follows the desktop."""
        return self._mode

    @property
    def factor(self) -> float:
        """The large-font factor, 1.0 to 1.5."""
        return self._factor

    @property
    def is_dark(self) -> bool:
        """Whether the dark sheet is in force."""
        if self._mode == "system":
            return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    @property
    def tokens(self) -> Tokens:
        """The colours in force."""
        return DARK if self.is_dark else LIGHT

    def choose(self, mode: Mode | None = None, factor: float | None = None) -> None:
        """Change the mode or the factor; everything drawn follows."""
        new = (mode or self._mode, factor or self._factor)
        if new != (self._mode, self._factor):
            self._mode, self._factor = new
            self._refresh()

    def color(self, token: str) -> QColor:
        """The colour of a token."""
        return QColor(getattr(self.tokens, token))

    def font(self, px: float = 13, medium: bool = False) -> QFont:
        """The screen font at a size in pixels at 100 %; two weights only, 400 and 500."""
        font = QFont(QGuiApplication.font())
        if self._family is not None:
            font.setFamily(self._family)
        font.setPixelSize(max(1, round(px * self._factor)))
        font.setWeight(QFont.Weight.Medium if medium else QFont.Weight.Normal)
        return font

    def px(self, size: float) -> int:
        """A measure at 100 % as it is now."""
        return round(size * self._factor)

    def pixmap(self, icon: str, token: str = "text2", size: int = 16, dpr: float = 1.0) -> QPixmap:
        """A drawing in a token's colour; `size` is at 100 %."""
        key = (icon, token, size, dpr)
        found = self._pixmaps.get(key)
        if found is None:
            found = icons.picture(icon, self.px(size), getattr(self.tokens, token), dpr)
            self._pixmaps[key] = found
        return found

    def icon(self, icon: str, token: str = "text2", size: int = 16) -> QIcon:
        """The drawing for a button: sharp at 100, 125, 150 and 200 %, in ghost when disabled."""
        made = QIcon()
        for dpr in (1.0, 1.25, 1.5, 2.0):
            made.addPixmap(self.pixmap(icon, token, size, dpr))
            made.addPixmap(self.pixmap(icon, "ghost", size, dpr), QIcon.Mode.Disabled)
        return made

    def _follow_system(self) -> None:
        if self._mode == "system":
            self._refresh()

    def _refresh(self) -> None:
        self._pixmaps.clear()
        self.changed.emit()
