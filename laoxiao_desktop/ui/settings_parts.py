"""What the settings page is built from: a section with a heading and lines below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from laoxiao_desktop.ui import labels
from laoxiao_desktop.ui.theme import Theme


class Section(QWidget):
    """A heading, an optional sentence, and lines below."""

    def __init__(self, theme: Theme, title: str, hint: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.title = title
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px(8))
        self.column.addWidget(labels.heading(theme, title))
        if hint:
            self.column.addWidget(labels.hint(hint))

    def form(self) -> QFormLayout:
        """A form of label and control at the section's end."""
        form = QFormLayout()
        form.setHorizontalSpacing(self._theme.px(12))
        form.setVerticalSpacing(self._theme.px(8))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFormAlignment(Qt.AlignmentFlag.AlignLeft)
        self.column.addLayout(form)
        return form
