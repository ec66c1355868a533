"""The menu under the ledger's name: another ledger, a recent one, back to the start page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from laoxiao_desktop.ui.window_state import Recent


def build(
    window: QWidget,
    recents: tuple[Recent, ...],
    current: Path,
    *,
    open_path: Callable[[Path], None],
    choose: Callable[[], None],
    begin: Callable[[], None],
    leave: Callable[[], None],
) -> QMenu:
    """The menu, ready to be shown."""
    menu = QMenu(window)
    for words, keys, answer in (
        ("新建台账…", "", begin),
        ("打开另一本台账…", "Ctrl+O", choose),
        ("关闭台账，回到开始页", "Ctrl+W", leave),
    ):
        action = QAction(words, menu)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _checked, answer=answer: answer())
        menu.addAction(action)
    others = [recent for recent in recents if recent.path != current and recent.path.is_file()]
    if others:
        menu.addSeparator()
    for recent in others:
        name = f"{recent.name}{'（示例）' if recent.is_demo else ''}".replace("&", "&&")
        action = QAction(name, menu)
        action.setToolTip(str(recent.path))
        action.triggered.connect(lambda _checked, path=recent.path: open_path(path))
        menu.addAction(action)
    menu.setToolTipsVisible(True)
    return menu
