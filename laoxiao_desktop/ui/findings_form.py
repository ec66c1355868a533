"""What to do about a finding: take the proposed value, write another, or keep the published one with a reason."""

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from laoxiao_desktop.models.dictionary import Field
from laoxiao_desktop.ui import style
from laoxiao_desktop.ui.labels import heading, hint, set_tone
from laoxiao_desktop.ui.theme import Theme

Way = Literal["suggested", "other", "keep"]
_INDENT = 26
_LONGEST = 24  # characters of a value on a radio button


class FindingForm(QWidget):
    """`applied` says that the chosen way should be gone now; `looked` that the row itself is wanted."""

    applied = Signal()
    looked = Signal()
    reopened = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._field: Field | None = None
        self._words = ""
        self.title = heading(theme, "处理", 13)
        self.decided = hint("")
        self.ways = QButtonGroup(self)
        self.suggested, self.suggested_hint = self._way("写入变更记录，报告按新值")
        self.other, _ = self._way("")
        self.keep, self.keep_hint = self._way("需写说明，之后不再提示")
        self.keep.setText("保留公布值")
        self.keep.setAccessibleName("保留公布值")
        self.alike = QCheckBox(self)
        self._count = 1
        self.value = QLineEdit(self)
        self.value_hint = hint("")
        self.reason_label = QLabel("依据")
        self.reason_label.setTextFormat(Qt.TextFormat.PlainText)
        self.reason_label.setProperty("tone", "text3")
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName("依据")
        self.problem = hint("")
        self.problem.setWordWrap(True)
        self.apply = QPushButton("保留公布值", self)
        style.set_kind(self.apply, "primary")
        self.look = QPushButton("看项目", self)
        self.reopen = QPushButton("重新打开", self)
        self._lay_out()
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()

    def _way(self, words: str) -> tuple[QRadioButton, QLabel]:
        button = QRadioButton(self)
        self.ways.addButton(button)
        return button, hint(words)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.title)
        column.addSpacing(4)
        column.addWidget(self.decided)
        self._indented: list[QHBoxLayout] = []
        for button, words in (
            (self.suggested, self.suggested_hint),
            (self.other, None),
            (self.keep, self.keep_hint),
        ):
            column.addWidget(button)
            if words is not None:
                column.addLayout(self._indent(words))
            if button is self.keep:
                column.addLayout(self._indent(self.alike))
            if button is self.other:
                column.addLayout(self._indent(self.value))
                column.addLayout(self._indent(self.value_hint))
        column.addSpacing(8)
        line = QHBoxLayout()
        line.addWidget(self.reason_label)
        line.addWidget(self.reason, 1)
        column.addLayout(line)
        column.addWidget(self.problem)
        self.buttons = QWidget(self)
        self._button_line = QHBoxLayout(self.buttons)
        for each in (self.apply, self.reopen, self.look):
            each.setAutoDefault(False)
            self._button_line.addWidget(each)
        self._button_line.addStretch(1)
        column.addWidget(self.buttons)
        self._column = column

    def _indent(self, widget: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(widget, 1)
        self._indented.append(line)
        return line

    def _restyle(self) -> None:
        theme = self._theme
        self.title.setFont(theme.font(13, medium=True))
        for words in (self.suggested_hint, self.keep_hint, self.value_hint, self.problem):
            words.setFont(theme.font(12))
        for line in self._indented:
            line.setContentsMargins(theme.px(_INDENT), 0, 0, theme.px(4))
        self.reason_label.setFixedWidth(theme.px(48))
        self._button_line.setSpacing(theme.px(8))
        self._button_line.setContentsMargins(0, theme.px(12), 0, 0)

    def _connect(self) -> None:
        self.ways.buttonToggled.connect(lambda _button, _is_on: self._show_way())
        self.alike.toggled.connect(lambda _is_on: self._show_way())
        self.value.textEdited.connect(lambda _text: self._take_other())
        self.value.textEdited.connect(lambda _text: self.refuse(""))
        self.reason.textEdited.connect(lambda _text: self.refuse(""))
        self.value.returnPressed.connect(self.applied)
        self.reason.returnPressed.connect(self.applied)
        self.apply.clicked.connect(self.applied)
        self.look.clicked.connect(self.looked)
        self.reopen.clicked.connect(self.reopened)

    # --- what it shows

    def take_buttons(self) -> None:
        """The buttons stand below the reason."""
        self._column.addWidget(self.buttons)
        self._button_line.setContentsMargins(0, self._theme.px(12), 0, 0)

    def give_buttons(self, side: int) -> QWidget:
        """The buttons, to stand where they are always in sight, `side` px from the edge."""
        self._column.removeWidget(self.buttons)
        self._button_line.setContentsMargins(side, self._theme.px(8), side, self._theme.px(8))
        return self.buttons

    def show_open(self, field: Field | None, suggestion: str, words: str, now: str, look: str) -> None:
        """Offers what can be done: the value proposed as shown and what taking it is called, `now` what the field
        holds, `look` the words of the other button."""
        self._field, self._words = field, words
        self._show_parts(is_open=True, look=look)
        self.suggested.setVisible(bool(suggestion))
        self.suggested_hint.setVisible(bool(suggestion))
        self.other.setVisible(field is not None)
        self.suggested.setText(_short(words, _LONGEST))
        self.suggested.setToolTip(suggestion if suggestion not in words else "")
        self.suggested.setAccessibleName(words)
        label = field.label if field is not None else ""
        self.other.setText(f"另填{label}")
        self.other.setAccessibleName(f"另填{label}")
        self.value.setAccessibleName(label)
        self.value.setText(now)
        self.value.setCursorPosition(0)
        unit = f"（{field.unit}）" if field is not None and field.unit else ""
        self.value.setPlaceholderText(f"{label}{unit}")
        self.value_hint.setText("")
        self.reason.clear()
        self.refuse("")
        (self.suggested if suggestion else self.keep).setChecked(True)
        self._show_way()

    def offer_alike(self, count: int) -> None:
        """Let the reason also stand for the others of the rule that the list shows; `count` with this one."""
        self._count = count
        words = f"列表里同一规则的其余 {count - 1} 条也保留"
        self.alike.setText(words)
        self.alike.setAccessibleName(words)
        self.alike.setChecked(False)
        self._show_way()

    def show_accepted(self, reason: str, look: str) -> None:
        """Tells why the published value was kept."""
        self._show_parts(is_open=False, look=look)
        self.decided.setText(f"已核实，保留公布值：{reason}")

    def show_read_only(self, why: str, look: str) -> None:
        """Tells why nothing can be decided here."""
        self._show_parts(is_open=False, look=look)
        self.reopen.hide()
        self.decided.setText(f"台账是只读打开的，不能处理。{why}")

    def _show_parts(self, *, is_open: bool, look: str) -> None:
        for part in (
            self.suggested, self.suggested_hint, self.other, self.value, self.value_hint, self.keep, self.keep_hint,
            self.reason_label, self.reason, self.apply, self.alike,
        ):  # fmt: skip
            part.setVisible(is_open)
        self.decided.setVisible(not is_open)
        self.reopen.setVisible(not is_open)
        self.look.setVisible(bool(look))
        self.look.setText(look)
        self.problem.hide()

    @property
    def way(self) -> Way:
        """What was chosen."""
        if self.suggested.isChecked() and not self.suggested.isHidden():
            return "suggested"
        return "other" if self.other.isChecked() and not self.other.isHidden() else "keep"

    def choose(self, way: Way) -> None:
        """Choose a way."""
        {"suggested": self.suggested, "other": self.other, "keep": self.keep}[way].setChecked(True)

    def refuse(self, words: str, *, of_value: bool = False) -> None:
        """Say under the fields why it cannot be done; nothing when it can."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            set_tone(self.problem, "red")
        style.set_bad(self.value, bool(words) and of_value)
        style.set_bad(self.reason, bool(words) and not of_value)

    def take_focus(self) -> None:
        """The keyboard goes where something is to be written or chosen."""
        if self.apply.isHidden():
            (self.reopen if not self.reopen.isHidden() else self.look).setFocus()
        elif self.way == "suggested":
            self.suggested.setFocus()
        else:
            self.reason.setFocus()

    def _take_other(self) -> None:
        self.other.setChecked(True)

    def _show_way(self) -> None:
        way = self.way
        is_open = not self.apply.isHidden()
        self.value.setVisible(is_open and way == "other")
        self.value_hint.setVisible(is_open and way == "other" and bool(self.value_hint.text()))
        self.alike.setVisible(is_open and way == "keep" and self._count > 1)
        is_many = not self.alike.isHidden() and self.alike.isChecked()
        words = {
            "suggested": _short(self._words.replace("改为 ", "改为"), 14),
            "other": "保存更正",
            "keep": f"保留这 {self._count} 条" if is_many else "保留公布值",
        }[way]
        self.apply.setText(words)
        self.apply.setAccessibleName(f"{words}（Ctrl+Enter）")
        self.apply.setToolTip(f"{words}，并到下一条（Ctrl+Enter）")
        needed = "谁在哪天怎样核实（必填）" if way == "keep" else "谁在哪天怎样核实（可不填）"
        self.reason.setPlaceholderText(needed)
        self.refuse("")
        if way == "other" and self.other.hasFocus():
            self.value.setFocus()
            self.value.selectAll()


def _short(words: str, most: int) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"
