"""The strip under the grid: what is to be decided about the row in hand, in one sentence and a few buttons."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.models.import_matching import NEW, SKIP
from laoxiao_desktop.models.imports import CellProblem, ComparedRow, FieldChange, label_of
from laoxiao_desktop.ui import paint, style
from laoxiao_desktop.ui.theme import Theme

_MOST: Final = 3  # candidates with a button of their own
_FEW: Final = 2  # buttons that stand beside the words
Act = tuple[str, str, Callable[[], None]]  # words, kind of button, what it does


class Decision(QWidget):
    """`decided`: key, decision (None: undecided again). `chosen`: key, field, whether it is taken. `left`: key, whether."""

    decided = Signal(str, object)
    chosen = Signal(str, str, bool)
    left = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("tone", "text2")
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(20), theme.px(8), theme.px(20), theme.px(8))
        column.setSpacing(theme.px(6))
        self._beside = QHBoxLayout()
        self._beside.setSpacing(theme.px(8))
        top = QHBoxLayout()
        top.addWidget(self._words, 1)
        top.addLayout(self._beside)
        column.addLayout(top)
        column.addLayout(self._row)
        self.setAccessibleName("这一行怎么办")
        theme.changed.connect(self.update)

    @property
    def words(self) -> str:
        """What is said of the row in hand."""
        return self._words.text()

    @property
    def buttons(self) -> list[QPushButton]:
        """The buttons offered now, from the left."""
        items = [row.itemAt(at) for row in (self._beside, self._row) for at in range(row.count())]
        return [button for item in items if item is not None and isinstance(button := item.widget(), QPushButton)]

    def show_row(self, row: ComparedRow | None, why_unread: str, is_left: bool) -> None:
        """Says what is to be said of a row."""
        words, acts = ("", []) if row is None else self._of(row, is_left)
        had = next((n for n, button in enumerate(self.buttons) if button.hasFocus()), None)
        for place in (self._beside, self._row):
            while (item := place.takeAt(0)) is not None:
                old = item.widget()
                if old is not None:
                    old.hide()
                    old.deleteLater()
        is_short = len(acts) <= _FEW and (row is None or row.state != "doubt")
        for text, kind, act in acts:
            button = QPushButton(text)
            style.set_kind(button, kind)
            button.clicked.connect(lambda _=False, act=act: act())
            (self._beside if is_short else self._row).addWidget(button)
        if not is_short:
            self._row.addStretch(1)
        self._words.setText(words or why_unread)
        self.setVisible(bool(words or why_unread))
        if had is not None and self.buttons:
            self.buttons[min(had, len(self.buttons) - 1)].setFocus()

    def _of(self, row: ComparedRow, is_left: bool) -> tuple[str, list[Act]]:
        match row.state:
            case "doubt":
                return self._doubt(row)
            case "gone":
                return self._gone(row)
            case "skipped":
                return f"“{_short(row.title)}”不读入。", [("重新考虑", "", lambda: self.decided.emit(row.key, None))]
        problem = "；".join(_problem(row, each) for each in row.problems)
        acts: list[Act] = []
        for change in row.changes:
            if change.note:
                acts.append(self._choice(row, change))
        if row.state in ("new", "changed"):
            word = "写入这一行" if is_left else "不写这一行"
            acts.append((word, "quiet", lambda: self.left.emit(row.key, not is_left)))
        said = [problem] if problem else []
        said += [_said(row, change) for change in row.changes]
        if row.state == "new" and not said:
            said = ["台账里没有这一行，写入后新增。"]
        return "；".join(said), acts if said else []

    def _doubt(self, row: ComparedRow) -> tuple[str, list[Act]]:
        listed = row.candidates[:_MOST]
        acts: list[Act] = [
            (f"就是“{_short(each.name)}”（{each.why}）", "", lambda uid=each.uid: self.decided.emit(row.key, uid))  # type: ignore[misc]  # bound by default
            for each in listed
        ]
        acts.append(("作为新增", "", lambda: self.decided.emit(row.key, NEW)))
        acts.append(("不读这一行", "quiet", lambda: self.decided.emit(row.key, SKIP)))
        return f"“{_short(row.title, 40)}”是台账里的哪一行？没有决定以前不会写入。", acts

    def _gone(self, row: ComparedRow) -> tuple[str, list[Act]]:
        key = row.key
        acts: list[Act] = []
        if row.values:
            acts.append(("保留不动", "", lambda: self.decided.emit(key, None)))
        if row.table == "project" and row.values.get("status") is None:
            acts.append(("状态改为取消", "", lambda: self.decided.emit(key, "cancel")))
        if "deleted" not in row.values:
            acts.append(("从台账删除", "danger", lambda: self.decided.emit(key, "delete")))
        what = "写入时删除。" if "deleted" in row.values else "写入时改为取消。" if row.values else "保留不动。"
        return f"台账有，这份清单里没有：{_short(row.where, 40)}。{what}", acts

    def _choice(self, row: ComparedRow, change: FieldChange) -> Act:
        name = label_of(row.table, change.field)
        value = change.old_text if change.is_chosen else change.new_text
        words = f"{name}保留 {_short(value, 16)}" if change.is_chosen else f"{name}改用 {_short(value, 16)}"
        return words, "", lambda: self.chosen.emit(row.key, change.field, not change.is_chosen)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "head")
        paint.hairline(painter, self._theme, QPointF(0, 0), self.width())
        painter.end()


def _problem(row: ComparedRow, problem: CellProblem) -> str:
    label = label_of(row.table, problem.field)
    return problem.message if label == problem.field else f"{label}：{problem.message}"  # a head names itself


def _said(row: ComparedRow, change: FieldChange) -> str:
    label = label_of(row.table, change.field)
    old, new = _short(change.old_text, 28) or "（空）", _short(change.new_text, 28)
    if change.note and not change.is_chosen:
        return f"{label}{change.note}，现为 {old}，清单写 {new}，不覆盖"
    return f"{label} {old} → {new}"


def _short(text: str, most: int = 24) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
