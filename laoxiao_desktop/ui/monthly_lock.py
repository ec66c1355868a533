"""Opening, locking and unlocking a month; each says first what it does."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from laoxiao_desktop.models.monthly import show_month
from laoxiao_desktop.ui import asking
from laoxiao_desktop.ui.monthly_ask import ask, open_at_hand
from laoxiao_desktop.ui.monthly_filter import is_missing
from laoxiao_desktop.ui.monthly_view import MonthView
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import months


class MonthLock(QObject):
    """`opened` names a month that was just opened."""

    opened = Signal(str)

    def __init__(self, session: Session, theme: Theme, view: MonthView) -> None:
        super().__init__(view)
        self._session, self._theme, self._view = session, theme, view

    def ask_to_lock(self, month: str) -> None:
        """Lock a month; what has not been reported is named first."""
        missing = self._missing(month)
        left = f"还有 {missing} 项没有报。" if missing else "所有项目都已上报。"
        words = f"{left}锁定后这个月的数不能再改，灯色一并记下；最近锁定的月份可以写明理由后解锁。"
        self._ask(
            f"锁定{show_month(month)}？",
            words,
            f"锁定 {int(month[5:7])}月",
            lambda: self._session.run(months.lock, month),
        )

    def ask_to_open(self, month: str) -> None:
        """Open a month; one that is still open is locked by it, which is said first."""
        known = self._session.read(months.months)
        still_open = sorted(line.month for line in known if not line.is_locked)
        if not still_open:
            self._open(month)
            return
        missing = sum(self._missing(one) for one in still_open)
        left = f"，其中 {missing} 项还没有报" if missing else ""
        named = "、".join(show_month(one) for one in still_open)
        words = f"开启后{named}随即锁定，不能再改{left}。上月的累计数会列在新月份旁边。"
        self._ask(f"开启{show_month(month)}？", words, f"开启 {int(month[5:7])}月", lambda: self._open(month))

    def ask_to_unlock(self, month: str) -> None:
        """Open the last lock again, with a reason."""
        popup = ask(self._theme, self._view, f"为什么解锁{show_month(month)}", "解锁")
        popup.named.connect(lambda reason: self._session.run(months.unlock, month, reason))
        open_at_hand(self._view, popup)

    def _missing(self, month: str) -> int:
        return sum(is_missing(row) for row in self._session.read(months.grid, month))

    def _open(self, month: str) -> None:
        if self._session.run(months.open_month, month) is not None:
            self.opened.emit(month)
            self._view.setFocus()  # the next key is a figure, not the button that now locks

    def _ask(self, question: str, words: str, verb: str, do: Callable[[], object]) -> None:
        asking.ask(self._view.window(), question, words, verb, do, title="月度调度")
