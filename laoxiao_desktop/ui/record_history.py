"""变更: who changed what of the record, when, old → new, why; newest first, by day and change; to be read and copied."""

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.models import fields
from laoxiao_desktop.models.change import HistoryLine
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.table_labels import TABLE_LABELS
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import history, milestones

_MANY = 6  # a change that only fills this many fields is told in one line
_LONG = 40  # longer values are told by the part that differs
_AROUND = 8
_TIME = 36  # room for the time of a change
_EMPTY = "（空）"
_KEPT_QUIET = ("ord", "sha256", "size")  # what the machine keeps for itself
Part = tuple[str, str, float, bool]  # words, token, px, medium
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Told:
    """One field of a change as it is read."""

    label: str
    old: str
    new: str
    step: str = ""  # the uid of the milestone it belongs to


def day_title(day: dt.date, today: dt.date) -> str:
    """今天, 昨天 or the date with its weekday."""
    words = {0: "今天", 1: "昨天"}.get((today - day).days)
    date = f"{day.year}年{day.month}月{day.day}日"
    return f"{words}　{date}" if words else f"{date}　星期{_WEEKDAYS[day.weekday()]}"


def told(line: HistoryLine, names: Mapping[str, str]) -> Told | None:
    """What a line says; None for what the machine keeps for itself. `names` are those of milestones by uid."""
    try:
        field = field_of(line.table, line.field)
    except KeyError:
        return None
    if field.kind in ("json", "bytes", "link") or field.name in _KEPT_QUIET:
        return None
    label = f"{names.get(line.row, TABLE_LABELS[line.table])} {field.label}" if line.table != "project" else field.label
    old, new = _shown(field, line.old), _shown(field, line.new)
    if len(old) > _LONG or len(new) > _LONG:
        old, new = difference(old, new)
    return Told(label, old or _EMPTY, new or _EMPTY, line.row if line.table == "milestone" else "")


def _shown(field: Field, stored: object) -> str:
    text = fields.show(field, stored)
    return f"{text} {field.unit}" if text and field.unit and field.kind in ("money", "capacity") else text


def difference(old: str, new: str) -> tuple[str, str]:
    """The parts in which two long texts differ, with a few characters around; one that is empty shows the other whole."""
    if not old or not new:
        return old, new
    blocks = [
        block for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if block[0] != "equal"
    ]
    if not blocks:
        return old, new
    first, last = blocks[0], blocks[-1]
    return _part(old, first[1], last[2]), _part(new, first[3], last[4])


def _part(text: str, start: int, end: int) -> str:
    start, end = max(0, start - _AROUND), min(len(text), end + _AROUND)
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def _filled(entries: Sequence[Told]) -> str:
    """A change that only fills in, in one line: how many values of the project, how many milestones."""
    own = [entry.label for entry in entries if not entry.step]
    steps = len({entry.step for entry in entries if entry.step})
    parts = [f"填入 {len(own)} 个值：{'、'.join(own)}"] if own else []
    return "；".join([*parts, f"建立 {steps} 个里程碑"] if steps else parts)


def _told_parts(entry: Told) -> list[Part]:
    return [
        (f"{entry.label}  ", "text2", 13, False),
        (entry.old, "text3", 13, False),
        (" → ", "text3", 13, False),
        (entry.new, "text", 13, False),
    ]


class HistoryPage(QTextEdit):
    """The changes of the project in hand and of its milestones as plain text, selectable by mouse and keyboard."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._uid: str | None = None
        self._names: dict[str, str] = {}
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("变更")
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTextEdit, QTextEdit:focus { border: none; border-radius: 0; padding: 0; }")
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        self.document().setDocumentMargin(self._theme.px(16))
        if self._uid is not None:
            self.show_project(self._uid)

    def forget(self) -> None:
        """No project is in hand."""
        self._uid = None
        self.clear()

    def show_project(self, uid: str) -> None:
        """Read and show the changes of a project."""
        is_other, self._uid = uid != self._uid, uid
        place = self.verticalScrollBar().value()
        self.clear()
        self._names = {step.uid: step.name for step in self._session.read(milestones.of, uid)}
        self._write(self._session.read(history.of_row, "project", uid))
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0 if is_other else place)

    def _write(self, lines: Sequence[HistoryLine]) -> None:
        cursor = QTextCursor(self.document())
        if not lines:
            self._line(cursor, [("还没有变更。", "text2", 13, False)], first=True)
            return
        is_first = True
        for day, of_day in groupby(lines, key=lambda line: line.at[:10]):
            title = day_title(dt.date.fromisoformat(day), clock.today())
            self._line(cursor, [(title, "text", 13, True)], above=0 if is_first else 14, first=is_first)
            is_first = False
            for _, of_change in groupby(of_day, key=lambda line: (line.at, line.actor, line.label)):
                self._write_change(cursor, list(of_change))

    def _write_change(self, cursor: QTextCursor, lines: Sequence[HistoryLine]) -> None:
        head = lines[0]
        time = dt.datetime.fromisoformat(head.at).astimezone().strftime("%H:%M")
        mark = {"undo": "撤销", "redo": "重做"}.get(head.kind, "")
        what = head.label.removeprefix("撤销：").removeprefix("重做：")
        parts: list[Part] = [(f"{time}  ", "text3", 12, False)]
        if mark:
            parts.append((f"{mark}  ", "yellowt", 12, True))
        entries = [entry for line in lines if (entry := told(line, self._names)) is not None]
        if len(entries) == 1:
            self._line(cursor, [*parts, *_told_parts(entries[0])], above=8, hang=True)
        else:
            self._line(cursor, [*parts, (what, "text", 13, False)], above=8, hang=True)
            self._write_fields(cursor, entries)
        why: list[Part] = [("　理由：", "text3", 12, False), (head.reason, "text2", 12, False)] if head.reason else []
        self._line(cursor, [(head.actor, "text3", 12, False), *why], indent=True)

    def _write_fields(self, cursor: QTextCursor, entries: Sequence[Told]) -> None:
        if len(entries) >= _MANY and all(entry.old == _EMPTY for entry in entries):
            self._line(cursor, [(_filled(entries), "text3", 12, False)], indent=True)
            return
        for entry in reversed(entries):
            self._line(cursor, _told_parts(entry), indent=True)

    def _line(
        self,
        cursor: QTextCursor,
        parts: Iterable[Part],
        *,
        above: int = 0,
        indent: bool = False,
        hang: bool = False,
        first: bool = False,
    ) -> None:
        block = QTextBlockFormat()
        block.setTopMargin(self._theme.px(above))
        block.setLeftMargin(self._theme.px(_TIME) if indent or hang else 0)
        block.setTextIndent(-self._theme.px(_TIME) if hang else 0)
        block.setLineHeight(self._theme.px(20), QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)
        for words, token, px, medium in parts:
            letters = QTextCharFormat()
            font: QFont = self._theme.font(px, medium)
            letters.setFont(font)
            letters.setForeground(self._theme.color(token))
            cursor.insertText(words, letters)
