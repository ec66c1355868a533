"""冲突与回执: what two people changed at once, decided one by one; and the receipts of what was taken."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Change
from laoxiao_desktop.models.conflict import Conflict
from laoxiao_desktop.models.package import Taken, TakenLine
from laoxiao_desktop.ui import labels, package_words, paint, style
from laoxiao_desktop.ui.conflict_list import WIDTH, ConflictList, Entry
from laoxiao_desktop.ui.conflict_sheet import ConflictSheet
from laoxiao_desktop.ui.exchange_receipt import ReceiptSheet
from laoxiao_desktop.ui.projects_empty import EmptyPage
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.way import Place, Record
from laoxiao_desktop.workspace import conflicts, packages

KEYS: Final = (
    ("冲突与回执", "1 … 9", "取第几边的值"),
    ("冲突与回执", "Enter", "就取它，看下一处"),
    ("冲突与回执", "F8", "到下一处冲突"),
    ("冲突与回执", "↑ / ↓", "上一条、下一条"),
)
_TAKE: Final = "收回数据包"
_SHORT: Final = 12
_MONTH: Final = re.compile(r"\d{4}-\d{2}")
_QUIET_MS: Final = 400  # after the last change, while another page is in view
_EMPTY: Final = "还没有收过数据包。收下一个以后，要您定的冲突和每一次的回执都在这里。"


@dataclass(frozen=True, slots=True)
class Decided:
    """A conflict that was decided since the ledger was opened: the value, and the words of the change."""

    conflict: Conflict
    shown: str
    label: str
    is_undone: bool = False

    @property
    def entry(self) -> Entry:
        """Its row in the list."""
        told = "撤销了，仍是定以前显示的值" if self.is_undone else f"取 {self.shown or '空'}"
        under = f"{self.conflict.field_title}，{told}"
        return Entry("decided", self.conflict.id, self.conflict.subject, under)


class ConflictPage(QWidget):
    """`counted`: how many conflicts wait. `way_wanted`: to the paper of a receipt, or to the record. `taking_asked`: a
    package is to be taken."""

    counted = Signal(int)
    way_wanted = Signal(object)
    taking_asked = Signal()

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._waiting: dict[str, Conflict] = {}
        self._decided: dict[str, Decided] = {}
        self._peers: frozenset[str] = frozenset()
        self._receipts: dict[str, Taken] = {}
        self.list = ConflictList(theme)
        self.sheet = ConflictSheet(theme)
        self.receipt = ReceiptSheet(theme)
        self._quiet = EmptyPage(theme)
        self._quiet.say(_EMPTY, _TAKE)
        self._stack = QStackedWidget()
        for page in (self._quiet, self.sheet, self.receipt):
            self._stack.addWidget(page)
        self._later = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._later.timeout.connect(self.count)
        self._foot = self._build_foot()
        self._lay_out()
        self._connect()

    @property
    def heart(self) -> QWidget:
        """Where the keyboard goes."""
        return self._quiet.button if self._is_bare else self.list

    def activate(self) -> None:
        """Comes to the front."""
        self.refresh()

    # ---- building

    def _build_foot(self) -> QWidget:
        px = self._theme.px
        self._why = labels.hint("定一处就写进台账，随下一个数据包告诉对方；可以撤销，也可以再改。")
        self._why.setWordWrap(False)
        self._why.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.record_button = QPushButton("改成别的…")
        self.record_button.setToolTip("到项目里填一个新的值，冲突就此了结")
        self.next_button = QPushButton("以后再定，看下一处")
        self.decide_button = QPushButton()
        style.set_kind(self.decide_button, "primary")
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(px(20), px(12), px(20), px(12))
        row.setSpacing(px(8))
        row.addWidget(self._why, 1)
        for button in (self.record_button, self.next_button, self.decide_button):
            row.addWidget(button)
        return foot

    def _lay_out(self) -> None:
        body = QHBoxLayout()
        body.setSpacing(1)
        body.addWidget(self.list)
        body.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(body, 1)
        column.addWidget(self._foot)

    def _connect(self) -> None:
        session = self._session
        self.list.taken.connect(self._show)
        self._quiet.pressed.connect(self.taking_asked)
        self.sheet.picked.connect(self._refresh_foot)
        self.receipt.paper_asked.connect(lambda uid: self.way_wanted.emit(Place("reports", f"receipt:{uid}")))
        self.record_button.clicked.connect(self._go_to_record)
        self.next_button.clicked.connect(self.go_on)
        self.decide_button.clicked.connect(self.decide)
        session.touched.connect(self._on_touched)
        session.ledger_opened.connect(self._forget)
        session.ledger_closed.connect(self._drop)
        for number in range(9):
            self._bind(str(number + 1), partial(self._pick, number))
        self._bind("Return", self._enter)
        self._bind("Enter", self._enter)
        self._bind("F8", self.go_on)

    def _bind(self, keys: str, do: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(do)

    @property
    def _is_bare(self) -> bool:
        """Whether nothing was ever taken or given: one sentence and one button are all there is."""
        return self.list.isHidden()

    def _pick(self, number: int) -> None:
        if self._is_deciding:
            self.sheet.pick(number)

    # ---- following the ledger

    def _drop(self) -> None:
        self._waiting, self._decided, self._receipts = {}, {}, {}

    def _forget(self) -> None:
        self._drop()
        self.refresh()

    def _on_touched(self, change: Change) -> None:
        for key, one in self._decided.items():
            if change.label in (f"撤销：{one.label}", f"重做：{one.label}"):
                self._decided[key] = replace(one, is_undone=change.label.startswith("撤销"))
        if self.isVisible():
            self.refresh()
        else:
            self._later.start()

    def count(self) -> None:
        """Says how many conflicts wait."""
        if self._session.has_ledger:
            self.counted.emit(self._session.read(conflicts.count))

    def refresh(self) -> None:
        """Reads conflicts and receipts again."""
        if not self._session.has_ledger:
            return
        self._waiting = {one.id: one for one in self._session.read(conflicts.of)}
        self._decided = {key: one for key, one in self._decided.items() if key not in self._waiting}
        self._peers = frozenset(peer.site for peer in self._session.read(packages.peers) if peer.site)
        entries = self._entries()
        self.list.setVisible(bool(entries))
        self.list.show_entries(entries)
        self.counted.emit(len(self._waiting))

    def _entries(self) -> list[Entry]:
        found: list[Entry] = []
        if self._waiting or self._decided:
            aside = f"已定 {len(self._decided)}" if self._decided else ""
            words = f"要您定的 {len(self._waiting)} 处" if self._waiting else "冲突都定好了"
            found.append(Entry("heading", "conflicts", words, aside=aside))
            found += [Entry("conflict", one.id, one.subject, one.field_title) for one in self._waiting.values()]
            found += [one.entry for one in self._decided.values()]
        receipts = self._session.read(packages.receipts)
        if receipts:
            found.append(Entry("heading", "receipts", "收下的数据包", aside=f"{len(receipts)} 份回执"))
        for one in receipts:
            clash = f"，冲突 {one.conflicts} 处" if one.conflicts else ""
            under = f"{one.sender}，{one.new_ops} 条新记录{clash}"
            aside = package_words.day_words(one.taken_at)
            found.append(Entry("receipt", one.uid, one.file, under, aside))
        peers = self._session.read(packages.peers)
        if peers:
            found.append(Entry("heading", "peers", "和谁往来"))
        found += [
            Entry("peer", f"{peer.site} {peer.name}", peer.name or "（没有写名字）", package_words.peer_words(peer))
            for peer in peers
        ]
        return found

    # ---- what is in hand

    def show_receipt(self, uid: str) -> None:
        """Shows one receipt."""
        self.refresh()
        self.list.take("receipt", uid)

    @property
    def _is_deciding(self) -> bool:
        return self._stack.currentWidget() is self.sheet

    def _show(self, entry: Entry | None) -> None:
        if entry is not None and entry.what == "conflict":
            self._show_conflict(self._waiting[entry.key])
        elif entry is not None and entry.what == "receipt":
            self._show_taken(entry.key)
        else:
            words = _EMPTY if entry is None else f"{entry.title}\n{entry.under}"
            self._quiet.say(words, "" if entry is not None or self._session.ledger.is_read_only else _TAKE)
            self._stack.setCurrentWidget(self._quiet)
        self._foot.setVisible(self._is_deciding)
        self._refresh_foot()

    def _show_conflict(self, conflict: Conflict) -> None:
        here = self.sheet.conflict
        chosen = self.sheet.chosen
        keeps = here is not None and here.id == conflict.id and chosen is not None and chosen < len(here.sides)
        op = here.sides[chosen].op if keeps and here is not None and chosen is not None else ""
        number = list(self._waiting).index(conflict.id) + 1
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.show_conflict(
            conflict,
            place=f"第 {number} 处，共 {len(self._waiting)} 处",
            peers=self._peers,
            merged=self._merged(conflict),
            chosen_op=op,
        )

    def _merged(self, conflict: Conflict) -> list[TakenLine]:
        """What the package that brought the conflict changed of the same row."""
        for line in self._session.read(packages.receipts):
            if line.conflicts:
                taken = self._taken(line.uid)
                if taken is not None and any(one.id == conflict.id for one in taken.conflicts):
                    clashes = {(one.subject, one.field_title) for one in taken.conflicts}
                    own = [each for each in taken.lines if each.subject == conflict.subject]
                    return [each for each in own if (each.subject, each.field_title) not in clashes]
        return []

    def _taken(self, uid: str) -> Taken | None:
        if uid not in self._receipts:
            try:
                self._receipts[uid] = self._session.read(packages.receipt, uid)
            except UserError as refusal:
                self._session.refused.emit(refusal)
                return None
        return self._receipts[uid]

    def _show_taken(self, uid: str) -> None:
        taken = self._taken(uid)
        if taken is not None:
            self.receipt.show_receipt(taken, self._waiting.keys())
            self._stack.setCurrentWidget(self.receipt)

    def _refresh_foot(self) -> None:
        conflict, number = self.sheet.conflict, self.sheet.chosen
        is_there = self._is_deciding and conflict is not None
        self.next_button.setVisible(is_there and len(self._waiting) > 1)
        self.record_button.setVisible(
            is_there and conflict is not None and conflict.table == "project" and conflict.kind == "value"
        )
        can_decide = is_there and number is not None and not self._session.ledger.is_read_only
        self.decide_button.setEnabled(can_decide)
        if conflict is not None and conflict.kind == "locked":
            self.decide_button.setText("去月度调度解锁")
            self.decide_button.setEnabled(is_there)
        elif conflict is not None and number is not None:
            value = conflict.sides[number].shown.replace("\n", " ") or "空"
            value = f"{value[:_SHORT]}…" if len(value) > _SHORT else value
            self.decide_button.setText(f"取“{value}”" + ("，看下一处" if len(self._waiting) > 1 else ""))
        else:
            self.decide_button.setText("先选一边")

    # ---- deciding

    def _enter(self) -> None:
        """Enter: what has the keyboard is pressed, else the decision is taken."""
        held = self.focusWidget()
        if isinstance(held, QPushButton) and held.hasFocus():
            held.click()
        elif self._is_deciding:
            self.decide()

    def decide(self) -> None:
        """Writes the side that is marked, as one change, and goes on to the next."""
        conflict, number = self.sheet.conflict, self.sheet.chosen
        if conflict is None or not self._is_deciding or not self.decide_button.isEnabled():
            return
        if conflict.kind == "locked":
            month = _MONTH.search(conflict.subject)
            self.way_wanted.emit(Place("monthly", month[0] if month else ""))
            return
        if number is None:
            return
        side = conflict.sides[number]
        ids = list(self._waiting)
        at = ids.index(conflict.id) if conflict.id in ids else 0
        after = (ids[at + 1 :] + ids[:at])[:1]
        change = self._session.run(conflicts.resolve, conflict.id, side.op)
        if change is not None:
            self._decided[conflict.id] = Decided(conflict, side.shown, change.label)
        self.refresh()
        if after and self.list.take("conflict", after[0]):
            self.list.setFocus()

    def go_on(self) -> None:
        """Leaves it as it is and shows the next conflict."""
        if self.list.take_next_conflict():
            self.list.setFocus()

    def _go_to_record(self) -> None:
        conflict = self.sheet.conflict
        if conflict is not None:
            self.way_wanted.emit(Record(conflict.row, conflict.field))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.list.setFixedWidth(min(self._theme.px(WIDTH), self.width() * 3 // 8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.box(painter, self._theme, self.rect(), "surface")
        if not self._is_bare:
            paint.hairline(painter, self._theme, QPointF(self.list.width(), 0), self.list.height(), upright=True)
        if self._foot.isVisible():
            paint.hairline(painter, self._theme, QPointF(0, self._foot.y()), self.width())
        painter.end()
