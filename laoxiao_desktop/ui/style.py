"""The one style sheet of the standard controls, built from the tokens; sizes of type stay with QFont."""

import contextlib
import os
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from laoxiao_desktop import paths
from laoxiao_desktop.ui import icons
from laoxiao_desktop.ui.theme import Theme

# A control says what it is by a dynamic property: kind = "primary" | "quiet" | "link" | "danger" for buttons,
# bad = true for a field with a wrong value.

PICTURES = (  # (file, drawing, size, token): images named by the sheet, one tinted set per theme
    ("down", "chevron_down", 12, "text3"),
    ("down_off", "chevron_down", 12, "ghost"),
    ("up", "chevron_up", 12, "text3"),
    ("right", "chevron_right", 12, "text3"),
    ("left", "chevron_left", 16, "text3"),
    ("next", "chevron_right", 16, "text3"),
    ("check", "checkmark", 12, "onaccent"),
    ("check_off", "checkmark", 12, "ghost"),
    ("tick", "checkmark", 16, "accent"),
)


class Style(QObject):
    """Dresses the application in a theme and keeps it so when the theme changes."""

    def __init__(self, application: QApplication, theme: Theme) -> None:
        super().__init__(application)
        self._application = application
        self._theme = theme
        application.setStyle(QStyleFactory.create("Fusion"))
        theme.changed.connect(self.apply)
        self.apply()

    def apply(self) -> None:
        """Set font, palette and style sheet of the application from the theme."""
        self._application.setPalette(palette(self._theme))
        self._application.setStyleSheet(sheet(self._theme, self._pictures()))
        # last: with the sheet, Qt takes up the small fonts that Windows has for menus, lists and boxes
        self._application.setFont(self._theme.font(13))

    def _pictures(self) -> Path:
        """The folder of the drawings in the theme's colours, kept for the next start; a full disk loses only drawings."""
        folder = paths.cache_folder().resolve() / ("dark" if self._theme.is_dark else "light")
        with contextlib.suppress(OSError):
            folder.mkdir(exist_ok=True)
            for file, drawing, size, token in PICTURES:
                _keep(folder / f"{file}.svg", icons.tinted(drawing, size, getattr(self._theme.tokens, token)))
        return folder


def _keep(file: Path, drawn: bytes) -> None:
    """Write beside and move over: another window may be reading it."""
    if not file.is_file() or file.read_bytes() != drawn:
        beside = file.with_suffix(f".{os.getpid()}")
        beside.write_bytes(drawn)
        os.replace(beside, file)


def set_kind(widget: QWidget, kind: str) -> None:
    """Mark a button as primary, quiet, link or danger, and show it."""
    _set(widget, "kind", kind)


def set_bad(widget: QWidget, is_bad: bool) -> None:
    """Mark a field as holding a value that does not fit, and show it."""
    _set(widget, "bad", is_bad)


def _set(widget: QWidget, name: str, value: object) -> None:
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def palette(theme: Theme) -> QPalette:
    """The palette for everything the sheet does not name."""
    made = QPalette()
    role = QPalette.ColorRole
    for roles, token in (
        ((role.Window, role.Button), "frame"),
        ((role.Base, role.Light, role.ToolTipBase), "surface"),
        ((role.AlternateBase, role.Midlight), "head"),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText), "text"),
        ((role.PlaceholderText,), "text3"),
        ((role.Mid,), "line2"),
        ((role.Dark, role.Shadow), "line2"),
        ((role.Highlight, role.Link, role.Accent), "accent"),
        ((role.HighlightedText,), "onaccent"),
        ((role.LinkVisited,), "accent2"),
    ):
        for each in roles:
            made.setColor(each, theme.color(token))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, theme.color("ghost"))
    return made


def sheet(theme: Theme, pictures: Path) -> str:
    """The style sheet: one rule per state of a control, colours from the tokens, lengths at the large-font factor."""
    t = theme.tokens
    url = {file: f"url({(pictures / f'{file}.svg').as_posix()})" for file, *_ in PICTURES}
    px = theme.px
    dot = px(16) // 2 * 2  # an even size keeps a radio button round
    ring = round(dot * 5 / 16)
    high = px(28) - 6  # content of a 28 px control: border 1 and padding 2 above and below
    return f"""
QToolTip {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line2}; padding: 4px 6px; }}

QLineEdit, QSpinBox, QDateEdit, QPlainTextEdit, QTextEdit {{
    background: {t.surface}; color: {t.text}; border: 1px solid {t.line2}; border-radius: 4px;
    selection-background-color: {t.accent}; selection-color: {t.onaccent}; }}
QLineEdit {{ padding: 2px 8px 2px 6px; min-height: {high}px; }}
QSpinBox, QDateEdit {{ padding: 2px 20px 2px 6px; min-height: {high - 3}px; }}
QPlainTextEdit, QTextEdit {{ padding: 4px 6px; }}
QLineEdit:focus, QSpinBox:focus, QDateEdit:focus {{ border: 2px solid {t.accent}; padding: 1px 7px 1px 5px; }}
QSpinBox:focus, QDateEdit:focus {{ padding: 1px 19px 1px 5px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ border: 2px solid {t.accent}; padding: 3px 5px; }}
QLineEdit:disabled, QSpinBox:disabled, QDateEdit:disabled, QPlainTextEdit:disabled {{
    background: {t.frame}; color: {t.ghost}; border-color: {t.line}; }}
QLineEdit:read-only {{ background: {t.frame}; }}
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] {{
    border: 2px solid {t.red}; background: {t.redbg}; }}
QLineEdit[bad="true"] {{ padding: 1px 7px 1px 5px; }}
QPlainTextEdit[bad="true"] {{ padding: 3px 5px; }}
QLineEdit[bad="true"]:focus {{ border: 2px solid {t.red}; }}
QSpinBox::up-button, QSpinBox::down-button, QDateEdit::up-button {{ border: none; background: transparent; width: 18px; }}
QSpinBox::up-arrow {{ image: {url["up"]}; width: 10px; height: 10px; }}
QSpinBox::down-arrow {{ image: {url["down"]}; width: 10px; height: 10px; }}
QDateEdit::drop-down {{ border: none; width: 22px; }}
QDateEdit::down-arrow {{ image: {url["down"]}; width: 12px; height: 12px; }}

QComboBox {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line2}; border-radius: 4px;
    padding: 2px 6px 2px 8px; min-height: {high}px; }}
QComboBox:hover {{ border-color: {t.text3}; }}
QComboBox:focus {{ border: 2px solid {t.accent}; padding: 1px 5px 1px 7px; }}
QComboBox:disabled {{ background: {t.frame}; color: {t.ghost}; border-color: {t.line}; }}
QComboBox::drop-down {{ border: none; width: 22px; subcontrol-origin: padding; subcontrol-position: center right; }}
QComboBox::down-arrow {{ image: {url["down"]}; width: 12px; height: 12px; }}
QComboBox::down-arrow:disabled {{ image: {url["down_off"]}; }}
QComboBox QLineEdit {{ border: none; padding: 0; min-height: 0; background: transparent; }}
QComboBox QAbstractItemView {{ background: {t.surface}; border: 1px solid {t.line2}; padding: 3px; outline: none; }}
QComboBox QAbstractItemView::item {{ min-height: {px(26)}px; padding: 0 6px; border-radius: 3px; }}
QComboBox QAbstractItemView::item:selected {{ background: {t.select}; color: {t.text}; }}

QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line2}; border-radius: 4px; outline: none;
    padding: 2px 12px; min-height: {high}px; }}
QPushButton:hover {{ background: {t.hover}; border-color: {t.text3}; }}
QPushButton:pressed, QPushButton:checked {{ background: {t.select}; }}
QPushButton:focus {{ border: 2px solid {t.accent}; padding: 1px 11px; }}
QPushButton:disabled {{ background: {t.frame}; color: {t.ghost}; border-color: {t.line}; }}
QPushButton::menu-indicator {{ image: {url["down"]}; width: 12px; height: 12px;
    subcontrol-origin: padding; subcontrol-position: center right; right: 6px; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.onaccent}; border-color: {t.accent}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{
    background: {t.accent2}; border-color: {t.accent2}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.frame}; color: {t.ghost}; border-color: {t.line}; }}
QPushButton[kind="danger"] {{ color: {t.redt}; }}
QPushButton[kind="quiet"], QToolButton {{ background: transparent; color: {t.text2}; border: 1px solid transparent;
    border-radius: 4px; }}
QPushButton[kind="quiet"] {{ padding: 2px 8px; }}
QToolButton {{ padding: 2px 5px; min-height: {high}px; outline: none; }}
QPushButton[kind="quiet"]:hover, QToolButton:hover {{ background: {t.select}; color: {t.text}; }}
QPushButton[kind="quiet"]:pressed, QToolButton:pressed, QToolButton:checked {{ background: {t.select}; color: {t.accent2}; }}
QPushButton[kind="quiet"]:focus {{ border: 2px solid {t.accent}; padding: 1px 7px; }}
QToolButton:focus {{ border: 2px solid {t.accent}; padding: 1px 4px; }}
QPushButton[kind="quiet"]:disabled, QToolButton:disabled {{ background: transparent; color: {t.ghost}; border-color: transparent; }}
QToolButton::menu-indicator {{ image: none; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {t.accent2}; padding: 0 4px; min-height: {px(20)}px; }}
QPushButton[kind="link"]:hover {{ background: {t.select}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.accent}; padding: 0 3px; }}
QPushButton[kind="link"]:disabled {{ color: {t.ghost}; }}

QCheckBox, QRadioButton {{ color: {t.text}; spacing: 8px; min-height: {px(22)}px; background: transparent;
    border: 1px solid transparent; border-radius: 4px; padding: 0 2px; }}
QCheckBox:focus, QRadioButton:focus {{ border: 2px solid {t.accent}; padding: 0 1px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.ghost}; }}
QCheckBox::indicator, QRadioButton::indicator, QListView::indicator, QTreeView::indicator {{
    width: {px(14)}px; height: {px(14)}px; border: 1px solid {t.line2}; background: {t.surface}; border-radius: 3px; }}
QRadioButton::indicator {{ border-radius: {dot // 2}px; width: {dot - 2}px; height: {dot - 2}px; }}
QCheckBox::indicator:hover, QRadioButton::indicator:hover {{ border-color: {t.text3}; }}
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked {{
    background: {t.accent}; border-color: {t.accent}; image: {url["check"]}; }}
QCheckBox::indicator:disabled {{ background: {t.frame}; border-color: {t.line}; }}
QCheckBox::indicator:checked:disabled {{ image: {url["check_off"]}; }}
QRadioButton::indicator:checked {{ border: {ring}px solid {t.accent}; background: {t.onaccent};
    width: {dot - 2 * ring}px; height: {dot - 2 * ring}px; }}

QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{ background: transparent; color: {t.text2}; border: none; border-bottom: 2px solid transparent;
    padding: 0 1px; margin-right: {px(16)}px; min-height: {px(30)}px; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:selected {{ color: {t.accent2}; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ color: {t.accent2}; background: {t.select}; }}
QTabBar::tab:disabled {{ color: {t.ghost}; }}

QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line2}; padding: 4px; }}
QMenu::item {{ padding: 0 28px 0 28px; min-height: {px(27)}px; border-radius: 3px; }}
QMenu::item:selected {{ background: {t.select}; }}
QMenu::item:disabled {{ color: {t.ghost}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QMenu::indicator {{ width: {px(16)}px; height: {px(16)}px; left: 7px; }}
QMenu::indicator:checked {{ image: {url["tick"]}; }}
QMenu::icon {{ left: 7px; }}
QMenu::right-arrow {{ image: {url["right"]}; width: 12px; height: 12px; right: 6px; }}

QProgressBar {{ background: {t.track}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {t.bar}; border-radius: 3px; }}

QScrollBar {{ background: transparent; border: none; margin: 0; }}
QScrollBar:vertical {{ width: 10px; }}
QScrollBar:horizontal {{ height: 10px; }}
QScrollBar::handle {{ background: {t.line2}; border-radius: 3px; margin: 2px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {t.ghost}; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; background: none; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}

QSplitter::handle {{ background: {t.line}; }}
QSplitter::handle:hover {{ background: {t.line2}; }}
QSplitter::handle:horizontal {{ width: 1px; }}
QSplitter::handle:vertical {{ height: 1px; }}

QTableView, QTreeView, QListView {{ background: {t.surface}; color: {t.text}; border: none; outline: none;
    gridline-color: {t.line}; selection-background-color: {t.select}; selection-color: {t.text}; }}
QHeaderView, QHeaderView::section {{ background: {t.head}; color: {t.text2}; border: none; }}
QHeaderView::section {{ border-bottom: 1px solid {t.line}; padding: 0 8px; min-height: {px(31)}px; }}
QTableCornerButton::section {{ background: {t.head}; border: none; }}
QDialog QTreeView, QDialog QListView, QDialog QTableView {{ border: 1px solid {t.line2}; border-radius: 4px; }}
QListView[framed="true"] {{ border: 1px solid {t.line2}; border-radius: 4px; padding: 2px; }}
QListView[framed="true"]:focus {{ border: 2px solid {t.accent}; padding: 1px; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QDialog, QMessageBox, QFileDialog {{ background: {t.surface}; }}
QDialog QLabel {{ color: {t.text}; }}
QScrollArea, QStackedWidget {{ border: none; background: transparent; }}
QLabel {{ color: {t.text}; background: transparent; }}
QLabel:disabled {{ color: {t.ghost}; }}
QLabel[tone="text2"] {{ color: {t.text2}; }}
QLabel[tone="text3"] {{ color: {t.text3}; }}
QLabel[tone="red"] {{ color: {t.redt}; }}
QLabel[tone="yellow"] {{ color: {t.yellowt}; }}
QLabel[tone="green"] {{ color: {t.greent}; }}
QLabel[tone="accent"] {{ color: {t.accent2}; }}
"""
