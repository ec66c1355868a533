"""What every place must keep at every size: names, Chinese, nothing clipped, a wheel that changes nothing, Tab everywhere."""

import re
from collections.abc import Iterator
from html import unescape

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateEdit,
    QDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPushButton,
    QRadioButton,
    QTabBar,
    QWidget,
)
from typing_extensions import override

ENGLISH = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{3,}(?![0-9a-z])")  # no part of a check sum
TAG = re.compile(r"<[^>]+>")
NAMES = frozenset(  # of keys, programs, formats, licences and fonts
    [
        "Alt",
        "Ctrl",
        "Shift",
        "Tab",
        "Enter",
        "Esc",
        "Delete",
        "Backspace",
        "Space",
        "Home",
        "End",
        "Excel",
        "WPS",
        "Word",
        "PDF",
        "CSV",
        "jhs",
        "laoxiao",
        "lxp",
        "xlsx",
        "Apache",
        "License",
        "LGPL",
        "MIT",
        "OFL",
        "SIL",
        "Fluent",
        "System",
        "Icons",
        "Python",
        "PySide",
        "SQLite",
        "LICENSE",
        "txt",
        "resources",
        "icons",
        "fonts",
        "Linux",
        "offscreen",
        "LaoxiaoSans",
        "LaoxiaoSerif",
        "LaoxiaoKai",
        "LaoxiaoFangsong",
        "Laoxiao",
        "Sans",
        "Regular",
        "Bold",
        "Medium",
        "ttf",
        "log",
        "http",
        "https",
        "www",
        "fcitx",
        "ibus",
        "UTF",
        "PgUp",
        "PgDn",
    ]
)


def seen(window: QWidget, kind: type[QWidget]) -> Iterator[QWidget]:
    """The widgets of a kind that are shown."""
    yield from (widget for widget in window.findChildren(kind) if widget.isVisible())


def words_of(widget: QWidget) -> Iterator[str]:
    """What a widget says on screen, in a tooltip, and to a screen reader."""
    tip = unescape(TAG.sub(" ", widget.toolTip())) if "<div>" in widget.toolTip() else widget.toolTip()
    yield from (tip, widget.accessibleName(), widget.accessibleDescription())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(number) for number in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(number) for number in range(widget.count()))


def words_of_all(widget: QWidget) -> Iterator[str]:
    """Its words that are not empty."""
    yield from (words for words in words_of(widget) if words)


def english(window: QWidget, allowed: frozenset[str] = frozenset()) -> list[str]:
    """English words that a person meets; paths and what the person typed apart."""
    found = []
    for widget in seen(window, QWidget):
        for words in words_of(widget):
            if "/" in words and " " not in words:
                continue
            strange = [word for word in ENGLISH.findall(words) if word not in NAMES | allowed]
            if strange:
                found.append(f"{type(widget).__name__}: {words[:60]} {strange}")
    return sorted(set(found))


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons that are smaller than what they say, unless a tooltip says it whole."""
    found = []
    for widget in (*seen(window, QLabel), *seen(window, QPushButton)):
        assert isinstance(widget, QLabel | QPushButton)
        if not widget.text() or widget.text() in widget.toolTip():
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            wanted = widget.heightForWidth(widget.width())
            if widget.height() < wanted - 1:
                found.append(f"{widget.text()[:30]}: {widget.height()} of {wanted} high")
        elif widget.width() < widget.sizeHint().width() - 1 or widget.height() < widget.sizeHint().height() - 1:
            hint = widget.sizeHint()
            found.append(
                f"{widget.text()[:30]}: {widget.width()} × {widget.height()} of {hint.width()} × {hint.height()}"
            )
    return found


def turned_by_the_wheel(window: QWidget) -> list[str]:
    """Fields whose value a turn of the wheel changes, with the keyboard in them and without."""
    found = []
    for widget in (*seen(window, QComboBox), *seen(window, QAbstractSpinBox)):
        for has_keyboard in (False, True):
            if has_keyboard:
                widget.setFocus()
            before = _value(widget)
            for turn in (-120, 120):
                at = QPointF(widget.rect().center())
                event = QWheelEvent(
                    at,
                    QPointF(widget.mapToGlobal(at.toPoint())),
                    QPoint(),
                    QPoint(0, turn),
                    Qt.MouseButton.NoButton,
                    Qt.KeyboardModifier.NoModifier,
                    Qt.ScrollPhase.NoScrollPhase,
                    False,
                )
                QApplication.sendEvent(widget, event)
                if _value(widget) != before:
                    found.append(f"{type(widget).__name__} {widget.accessibleName()}")
    return sorted(set(found))


def _value(widget: QWidget) -> str:
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QDateEdit):
        return widget.date().toString()
    assert isinstance(widget, QAbstractSpinBox)
    return widget.text()


def missed_by_tab(window: QWidget, most: int = 160) -> list[str]:
    """Controls in sight that Tab does not come to; out of a grid, where Tab goes from cell to cell, F6 or Ctrl+Tab leads."""
    wanted = {
        widget
        for widget in seen(window, QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and _is_a_stop(widget)
    }
    reached: set[QWidget] = set()
    window.activateWindow()
    for _ in range(most):
        now = QApplication.focusWidget()
        if now is None:
            window.setFocus()
            now = window
        reached.add(now)
        if isinstance(now, QAbstractItemView):
            _leave(now)
        else:
            QTest.keyClick(now, Qt.Key.Key_Tab)
            if QApplication.focusWidget() is now:
                _leave(now)
        if wanted <= reached:
            break
    return sorted(f"{type(widget).__name__} {next(words_of_all(widget), '')}" for widget in wanted - reached)


def _leave(widget: QWidget) -> None:
    """The next stop of the chain, past a widget that keeps Tab."""
    following = widget.nextInFocusChain()
    while following is not widget:
        if following.isVisible() and following.isEnabled() and following.focusPolicy() & Qt.FocusPolicy.TabFocus:
            following.setFocus(Qt.FocusReason.TabFocusReason)
            return
        following = following.nextInFocusChain()


def _is_a_stop(widget: QWidget) -> bool:
    """Of buttons of which one is chosen, the arrows reach the others; what stands for another widget is no stop."""
    if isinstance(widget, QAbstractButton) and widget.isCheckable():
        group = widget.group()
        if isinstance(widget, QRadioButton) or widget.autoExclusive() or (group is not None and group.exclusive()):
            return False
    return widget.focusProxy() is None and not isinstance(widget.parent(), QComboBox | QAbstractSpinBox)


def overlapping(window: QWidget) -> list[str]:
    """Controls of one parent that lie over each other."""
    found = []
    for parent in seen(window, QWidget):
        children = [
            child
            for child in parent.children()
            if isinstance(child, QAbstractButton | QLineEdit | QComboBox | QLabel)
            and child.isVisible()
            and not child.isWindow()
            and not isinstance(parent, QLineEdit | QComboBox | QAbstractSpinBox)
        ]
        for number, one in enumerate(children):
            for other in children[number + 1 :]:
                both = one.geometry().intersected(other.geometry())
                if both.width() > 2 and both.height() > 2:
                    names = [next(words_of_all(widget), type(widget).__name__)[:24] for widget in (one, other)]
                    found.append(f"{type(parent).__name__}: {names[0]} × {names[1]} {both.width()} × {both.height()}")
    return found


def outside(window: QWidget) -> list[str]:
    """Controls that reach out of their parent, where nothing scrolls."""
    found = []
    for widget in seen(window, QWidget):
        parent = widget.parentWidget()
        if not isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QLabel) or parent is None:
            continue
        if isinstance(parent.parent(), QAbstractScrollArea) or isinstance(parent, QAbstractScrollArea):
            continue
        if not parent.rect().adjusted(-2, -2, 2, 2).contains(widget.geometry()):
            name = next(words_of_all(widget), type(widget).__name__)[:24]
            found.append(f"{name} out of {type(parent).__name__}: {widget.geometry().getRect()} of {parent.size()}")
    return found


class Flashes(QObject):
    """Hears every part that is shown as a window of its own, though it is neither the window nor a list or a dialog."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.seen: list[str] = []
        application.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            is_meant = isinstance(watched, QMainWindow | QDialog) or watched.windowType() != Qt.WindowType.Window
            if not is_meant:
                self.seen.append(f"{type(watched).__name__} {next(words_of_all(watched), '')}")
        return super().eventFilter(watched, event)
