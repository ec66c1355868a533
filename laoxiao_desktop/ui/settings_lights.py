"""The settings that the ledger's lights are judged by, and the day by which a month is to be reported."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Final

from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from laoxiao_desktop.errors import FieldError
from laoxiao_desktop.models.lights import PRESET_TITLES, PRESETS, Thresholds
from laoxiao_desktop.models.plain_text import half_width
from laoxiao_desktop.ui import labels, meaning_tip, style
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.settings_parts import Section
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import lights

# key of the meaning, title, and the line: words between the fields of Thresholds
_LINES: Final = (
    ("setting.start", "开工", ("计划开工月过后", "start_yellow", "个月没有开工为黄，", "start_red", "个月为红")),
    ("setting.behind", "进度", ("落后序时", "behind_yellow", "个百分点为黄，超过", "behind_red", "个为红")),
    ("setting.share", "进度", ("低于序时的", "share_yellow", "% 为黄，低于", "share_red", "% 为红")),
    ("setting.milestone", "里程碑", ("逾期", "milestone_yellow", "天为黄，超过", "milestone_red", "天为红")),
    ("setting.due_day", "报送截止", ("次月", "due_day", "日")),
)
_OF_PRESET: Final = {"setting.behind": "A", "setting.share": "B"}
_CHECKS: Final = (
    ("setting.has_missing", "has_missing", "过了截止日没有报，为黄"),
    ("setting.has_same_text", "has_same_text", "连着两个月形象进度的文字一样，为黄"),
)
_NAMES: Final = frozenset(one.name for one in fields(Thresholds))
_LARGEST: Final = 999


class LightsSection(Section):
    """Every figure takes effect when it is left; a wrong one stays, is marked, and says why."""

    def __init__(self, session: Session, theme: Theme) -> None:
        super().__init__(theme, "红黄灯和报送", "改了以后按新的界线判；已锁定的月份不变。这些随台账走，可以撤销。")
        self._session = session
        self.presets = QButtonGroup(self)
        self.numbers: dict[str, QLineEdit] = {}
        self.checks: dict[str, QCheckBox] = {}
        self._rows: dict[str, tuple[QLabel, QWidget]] = {}
        self.problem = labels.sentence(tone="red")
        self.problem.hide()
        self.default = QPushButton("恢复默认")
        self.default.clicked.connect(lambda: self._keep(PRESETS[self._preset()]))
        self._build()
        session.touched.connect(lambda _change: self.refresh() if self.isVisible() else None)

    def _build(self) -> None:
        form = self.form()
        presets = [QRadioButton(words) for words in PRESET_TITLES.values()]
        for key, button in zip(PRESET_TITLES, presets, strict=True):
            button.setProperty("preset", key)
            button.setAccessibleName(f"进度灯 {button.text()}")
            button.clicked.connect(self._save)
            meaning_tip.explain(button, "setting.preset")
            self.presets.addButton(button)
        form.addRow(self._label("setting.preset", "判法"), self._line(presets))
        for key, title, parts in _LINES:
            label, line = self._label(key, title), self._line([self._part(part, key, title, parts) for part in parts])
            self._rows[key] = (label, line)
            form.addRow(label, line)
        for key, name, words in _CHECKS:
            check = self.checks[name] = QCheckBox(words)
            check.clicked.connect(self._save)
            meaning_tip.explain(check, key)
            form.addRow(labels.field_label(self._theme, ""), self._line([check]))
        self.column.addWidget(self.problem)
        self.column.addWidget(self._line([self.default]))

    def _label(self, key: str, title: str) -> QLabel:
        label = labels.field_label(self._theme, title)
        meaning_tip.explain(label, key)
        return label

    def _part(self, part: str, key: str, title: str, line: Sequence[str]) -> QWidget:
        """A field where a part of the line is the name of a threshold, else the words themselves."""
        if part not in _NAMES:
            return _words(part)
        field = self.numbers[part] = QLineEdit()
        field.setAccessibleName(f"{title} {line[line.index(part) - 1].strip('，')}")
        field.setFixedWidth(self._theme.px(48))
        field.setMaxLength(4)
        field.editingFinished.connect(self._save)
        field.textEdited.connect(lambda _text: style.set_bad(field, False))
        meaning_tip.explain(field, key)
        return field

    def _line(self, parts: Sequence[QWidget]) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        for part in parts:
            row.addWidget(part)
        row.addStretch(1)
        return line

    def _preset(self) -> str:
        return str(self.presets.checkedButton().property("preset"))

    def refresh(self) -> None:
        """Show what holds in this ledger."""
        self._show(self._session.read(lights.thresholds))

    def _show(self, held: Thresholds) -> None:
        is_read_only = self._session.ledger.is_read_only
        for button in self.presets.buttons():
            button.setChecked(button.property("preset") == held.preset)
            button.setEnabled(not is_read_only)
        for name, field in self.numbers.items():
            field.setText(str(getattr(held, name)))
            field.setReadOnly(is_read_only)
            style.set_bad(field, False)
        for name, check in self.checks.items():
            check.setChecked(bool(getattr(held, name)))
            check.setEnabled(not is_read_only)
        for key, preset in _OF_PRESET.items():
            for part in self._rows[key]:
                part.setVisible(preset == held.preset)
        self.default.setEnabled(not is_read_only and held != PRESETS[held.preset])
        self.problem.hide()

    def _save(self) -> None:
        if self._session.ledger.is_read_only:
            return
        wanted: dict[str, object] = {"preset": self._preset()}
        for name, field in self.numbers.items():
            text = half_width(field.text()).strip()
            if not text.isdecimal() or int(text) > _LARGEST:
                self._refuse(field, f"“{field.text()}”不是 0 到 {_LARGEST} 的整数。")
                return
            wanted[name] = int(text)
        wanted |= {name: check.isChecked() for name, check in self.checks.items()}
        held = self._session.read(lights.thresholds)
        try:
            self._keep(replace(held, **wanted))  # type: ignore[arg-type]
        except FieldError as refusal:
            changed = next((field for name, field in self.numbers.items() if wanted[name] != getattr(held, name)), None)
            self._refuse(changed, f"{refusal.what}{refusal.remedy}")

    def _keep(self, wanted: Thresholds) -> None:
        if wanted != self._session.read(lights.thresholds):
            self._session.run(lights.set_thresholds, wanted)
        self.refresh()

    def _refuse(self, field: QLineEdit | None, words: str) -> None:
        if field is not None:
            style.set_bad(field, True)
        self.problem.setText(words)
        self.problem.show()


def _words(text: str) -> QLabel:
    label = labels.sentence(text)
    label.setWordWrap(False)
    return label
