"""The guided round: leads through ten steps on the real screens, sees when each is done, and remembers how far it came."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.ui import focus
from laoxiao_desktop.ui.round_bubble import RoundBubble
from laoxiao_desktop.ui.round_offer import RoundOffer
from laoxiao_desktop.ui.round_steps import STEPS, Scene, Step, Target, whole
from laoxiao_desktop.ui.theme import Theme

STATE, AT = "round.state", "round.step"  # what is remembered: "", running, left, declined or done; the step
LOOK_MS, PAUSE_MS = 200, 900  # between two looks; while 做到了 stands
HIDDEN = "（右边的记录收起了，按 F4 展开。）"
RESUME = "按 F1，点“试用十步”，就从这一步接着走"
ELSEWHERE = "试用十步在示例台账里走：按 Ctrl+W 回到开始页，点“试用示例”。"


class RoundGuide(QObject):
    """Owns the strip and the bubble; `open_example` opens the example when no ledger is open."""

    def __init__(self, scene: Scene, window: QWidget, theme: Theme, open_example: Callable[[], None]) -> None:
        super().__init__(window)
        self._scene, self._window, self._open_example = scene, window, open_example
        self._settings = scene.session.settings
        self._wants_example = False
        self._is_pausing = False
        self.offer = RoundOffer(theme)
        self.bubble = RoundBubble(theme, window)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._go_on)
        self.offer.taken.connect(self.begin)
        self.offer.declined.connect(lambda: self._stop("declined"))
        self.bubble.skipped.connect(self._go_on)
        self.bubble.left.connect(lambda: self._stop("done" if self.step is None else "left"))
        session = scene.session
        session.ledger_opened.connect(self._take_ledger)
        session.ledger_closed.connect(self._rest)
        session.touched.connect(self._hear_change)
        session.said.connect(lambda words, _undoable: scene.said.append(words))

    @property
    def number(self) -> int:
        """The step in hand, from 0; after the last one their count."""
        return round(self._settings.number(AT, 0))

    @property
    def step(self) -> Step | None:
        """The step in hand; None after the last."""
        return STEPS[self.number] if self.number < len(STEPS) else None

    @property
    def is_running(self) -> bool:
        """Whether the bubble leads."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Begin, or go on where it was left; a round that was walked to its end begins anew."""
        session = self._scene.session
        if not session.has_ledger:
            self._wants_example = True
            self._open_example()
        elif not session.ledger.is_demo or session.ledger.is_read_only:
            session.said.emit(ELSEWHERE, False)
        else:
            if self.step is None:
                self._settings.put(AT, 0)
            self._settings.put(STATE, "running")
            self.offer.hide()
            self._enter()
            self._timer.start()
            self.look()

    def look(self) -> None:
        """See whether the step is done, and stand beside what it means."""
        step = self.step
        if self._is_pausing:
            return
        if step is None:
            self._place(None)
            return
        is_here = not step.place or self._scene.places.key == step.place
        if is_here and step.is_done(self._scene):
            if not self.bubble.isVisible():  # it was done before it was asked for
                self._go_on()
                return
            self._is_pausing = True
            self.bubble.say(f"{self.number + 1} / {len(STEPS)}　做到了", step.title)
            self._pause.start()
            return
        title = f"{self.number + 1} / {len(STEPS)}　{step.title}"
        if is_here:
            target = step.target(self._scene)
            self.bubble.say(title, step.words if target[0].isVisible() else f"{step.words}{HIDDEN}")
            self._place(target)
        else:
            item = self._scene.bar.item(step.place)
            self.bubble.say(title, f"这一步在“{item.text()}”里，先点这里过去。")
            self._place(whole(item))

    def _place(self, target: Target | None) -> None:
        room = self._window.rect().adjusted(4, 4, -4, -4)
        if target is None or not target[0].isVisible():
            self.bubble.point_at(None, room)
        else:
            widget, part = target
            self.bubble.point_at(QRect(widget.mapTo(self._window, part.topLeft()), part.size()), room)
        if not self.bubble.isVisible():
            self.bubble.show()
        self.bubble.raise_()

    def _go_on(self) -> None:
        self._pause.stop()
        self._is_pausing = False
        if self.step is None:
            self._settings.put(AT, 0)
            self._stop("done")
            return
        self._settings.put(AT, self.number + 1)
        self._enter()
        self.look()

    def _enter(self) -> None:
        """Forget what happened before the step."""
        self._scene.changes.clear()
        self._scene.said.clear()
        if self.step is None:
            words = "新建自己的台账：按 Ctrl+W 回到开始页。以后哪一页不明白，按 F1。"
            self.bubble.say("十步走完了", words, skip="", leave="好")
            self._settings.put(STATE, "done")

    def _stop(self, state: str) -> None:
        hand = QApplication.focusWidget()
        had_keyboard = hand is not None and self.bubble.isAncestorOf(hand)
        self._settings.put(STATE, state)
        self._rest()
        if had_keyboard and self._scene.session.has_ledger:
            focus.enter(self._scene.places.place)
        if state == "left":
            self._scene.session.said.emit(RESUME, False)

    def _rest(self) -> None:
        """Out of sight; the step stays remembered."""
        self._timer.stop()
        self._pause.stop()
        self._is_pausing = False
        self.bubble.hide()
        self.offer.hide()

    def _take_ledger(self) -> None:
        ledger, state = self._scene.session.ledger, self._settings.text(STATE)
        if self._wants_example and ledger.is_demo:
            self._wants_example = False
            self.begin()
        elif ledger.is_demo and not ledger.is_read_only and state in ("", "running"):
            self.offer.offer(self.number)
        self._wants_example = False

    def _hear_change(self, change: Change) -> None:
        self._scene.changes.append(change)
