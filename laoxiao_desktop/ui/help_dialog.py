"""The help over a dialog: the meaning of the field in hand and the manual's page, read without leaving the dialog."""

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from laoxiao_desktop.models import meaning
from laoxiao_desktop.ui.manual_view import ManualView
from laoxiao_desktop.ui.meaning_card import MeaningCard
from laoxiao_desktop.ui.theme import Theme

SIZE = (620, 520)


class HelpDialog(QDialog):
    """Esc puts it away. `round:start` and the like are left to the help of the window."""

    def __init__(self, theme: Theme, page: str, meant: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.card = MeaningCard(theme, self)
        self.manual = ManualView(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        column.setSpacing(theme.px(8))
        column.addWidget(self.card)
        column.addWidget(self.manual, 1)
        self.card.more_asked.connect(lambda words: self.manual.show_page("meanings", words))
        self.card.show_meaning(meaning.of(meant))
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        column.activate()
        self.manual.begin(page)
        self.manual.setFocus()
