"""Name and unit of the person at the desk: two fields and why they are asked."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui import labels, meaning_tip, style
from laoxiao_desktop.ui.theme import Theme

WHY = "台账会记下每处改动是谁改的，请写上您的姓名和单位。只问这一次，以后可在“设置”里改。"


class PersonPanel(QWidget):
    """Asks once; `named` carries the Person when both fields are filled in."""

    named = Signal(object)

    def __init__(self, theme: Theme, why: str = WHY, verb: str = "继续", label_width: int = 32) -> None:
        super().__init__()
        self.name = QLineEdit()
        self.unit = QLineEdit()
        self._fields = (("姓名", self.name), ("单位", self.unit))
        self.proceed = QPushButton(verb)
        self._problem = labels.sentence(tone="red")
        if why:
            style.set_kind(self.proceed, "primary")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        if why:
            grid.addWidget(labels.sentence(why, "text2"), 0, 0, 1, 2)
        for line, (label, field, hint) in enumerate(
            (
                ("姓名", self.name, "例如：李晓梅"),
                ("单位", self.unit, "例如：西双版纳州发展改革委"),
            ),
            start=1,
        ):
            title = labels.field_label(theme, label, width=label_width)
            title.setBuddy(field)
            field.setAccessibleName(label)
            field.setPlaceholderText(hint)
            field.setMaxLength(60)
            meaning_tip.explain(field, f"setting.{'name' if field is self.name else 'unit'}")
            field.returnPressed.connect(lambda field=field: self._go_on(field))
            field.textEdited.connect(lambda _text, field=field: style.set_bad(field, False))
            grid.addWidget(title, line, 0)
            grid.addWidget(field, line, 1)
        self._problem.hide()
        grid.addWidget(self._problem, 3, 1)
        grid.addWidget(self.proceed, 4, 1, Qt.AlignmentFlag.AlignLeft)
        self.proceed.clicked.connect(self._take)

    def show_person(self, person: Person | None) -> None:
        """Fill the fields."""
        self.name.setText(person.name if person else "")
        self.unit.setText(person.unit if person else "")

    def _take(self) -> None:
        missing = [(word, field) for word, field in self._fields if not field.text().strip()]
        self._problem.setVisible(bool(missing))
        for _, field in self._fields:
            style.set_bad(field, not field.text().strip())
        if missing:
            word, field = missing[0]
            self._problem.setText(f"还没有填{word}。")
            field.setFocus()
        else:
            self.named.emit(Person(self.name.text().strip(), self.unit.text().strip()))

    def _go_on(self, field: QLineEdit) -> None:
        """Enter in the name goes to an empty unit, else it is taken."""
        if field is self.name and self.name.text().strip() and not self.unit.text().strip():
            self.unit.setFocus()
        else:
            self._take()
