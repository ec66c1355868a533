"""How a table view looks before its delegate paints: nothing of its own, and Tab leaves it."""

from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView


def dress(view: QTableView) -> None:
    """Take away frame, grid and row titles; rows scroll smoothly and tell when the mouse is over them."""
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(20)
    view.setShowGrid(False)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setMouseTracking(True)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
