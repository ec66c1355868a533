"""One input context at fcitx 4, over the session bus: keys go out, text being composed and finished text come in."""

import os
import time
from collections.abc import Sequence

from PySide6.QtCore import (
    Q_ARG,
    Q_RETURN_ARG,
    SLOT,
    QCoreApplication,
    QEvent,
    QMetaObject,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtDBus import QDBus, QDBusConnection, QDBusInterface, QDBusMessage, QDBusServiceWatcher

METHOD = "org.fcitx.Fcitx.InputMethod"
CONTEXT = "org.fcitx.Fcitx.InputContext"
PROCESS_KEY = "ProcessKeyEvent(uint,uint,uint,int,uint)"
SLOTS = (
    ("CommitString", "take_commit(QString)"),
    ("UpdatePreedit", "take_preedit(QString,int)"),
    ("ForwardKey", "take_forward(uint,uint,int)"),
)
PREEDIT, COMMIT_WHEN_LEFT = 1 << 1, 1 << 5  # capabilities: plain preedit only, so that signals carry strings and ints
CREATE_MS, KEY_MS = 1000, 400
START_UP_MS = 300  # a daemon that just took its name is given this long
DIRECT = Qt.ConnectionType.DirectConnection
MOST_SLOW, PAUSE_S = 2, 10.0  # after this many keys without answer, keys pass by for so long


class Fcitx4Context(QObject):
    """Connects when the daemon is there, and again when it comes back.

    A daemon that hangs costs two keys of 0.4 s, then typing goes on in Latin for ten seconds.
    """

    connected = Signal()
    lost = Signal()
    committed = Signal(str)
    preedit_changed = Signal(str, int)  # text, caret in bytes of UTF-8
    forwarded = Signal(int, int, int)  # keysym, state, 1 for release

    def __init__(self, service: str, parent: QObject) -> None:
        super().__init__(parent)
        self._service = service
        self._bus = QDBusConnection.sessionBus()
        self._path = ""
        self._interface: QDBusInterface | None = None
        self._slow = 0
        self._resumes_at = 0.0
        self._has_capacity = False
        if self._bus.isConnected():
            mode = QDBusServiceWatcher.WatchModeFlag.WatchForOwnerChange
            self._watcher = QDBusServiceWatcher(service, self._bus, mode, self)
            self._watcher.serviceOwnerChanged.connect(self._change_owner)
            QTimer.singleShot(0, self._connect)

    @property
    def is_ready(self) -> bool:
        """Whether keys can be sent now."""
        return self._interface is not None and time.monotonic() >= self._resumes_at

    def focus_in(self) -> None:
        """Say that a field takes text."""
        if not self._has_capacity:
            self._has_capacity = True
            self._set_capacity()
        self._send("FocusIn")

    def focus_out(self) -> None:
        """Say that no field takes text; what was being composed is dropped there."""
        self._send("Reset")
        self._send("FocusOut")

    def reset(self) -> None:
        """Drop what is being composed."""
        self._send("Reset")

    def put_caret(self, rect: tuple[int, int, int, int]) -> None:
        """Say where the caret is on the screen, in device pixels, for the window of candidates."""
        self._send("SetCursorRect", rect)

    def process(self, keysym: int, keycode: int, state: int, is_release: bool, moment: int) -> bool:
        """Ask whether fcitx takes a key; text it commits with that key is handed on before this returns."""
        began = time.monotonic()
        try:
            used = bool(self._ask(keysym, keycode, state, int(is_release), moment & 0xFFFFFFFF))
        except RuntimeError:  # the answer could not be read
            used = False
        if (time.monotonic() - began) * 1000 >= KEY_MS:
            self._slow += 1
            if self._slow >= MOST_SLOW:
                self._resumes_at, self._slow = time.monotonic() + PAUSE_S, 0
            return False
        self._slow = 0
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)
        return used

    # ---- slots of D-Bus signals

    @Slot(str)
    def take_commit(self, text: str) -> None:
        """Finished text."""
        self.committed.emit(text)

    @Slot(str, int)
    def take_preedit(self, text: str, caret: int) -> None:
        """Text being composed."""
        self.preedit_changed.emit(text, caret)

    @Slot("uint", "uint", int)  # type: ignore[arg-type]  # the stubs miss that a type may be named
    def take_forward(self, keysym: int, state: int, kind: int) -> None:
        """A key that fcitx gives back."""
        self.forwarded.emit(keysym, state, kind)

    # ---- connection (the stubs ask for names in bytes; the wheel takes text only)

    def _connect(self) -> None:
        if self._interface is not None or not self._bus.interface().isServiceRegistered(self._service).value():
            return
        message = QDBusMessage.createMethodCall(self._service, "/inputmethod", METHOD, "CreateICv3")
        message.setArguments([QCoreApplication.applicationName(), os.getpid()])
        reply = self._bus.call(message, QDBus.CallMode.Block, CREATE_MS)
        if reply.type() != QDBusMessage.MessageType.ReplyMessage:
            return
        self._path = f"/inputcontext_{reply.arguments()[0]}"
        interface = QDBusInterface(self._service, self._path, CONTEXT, self._bus, self)
        if interface.metaObject().indexOfMethod(PROCESS_KEY) < 0:  # it does not describe itself: stay out of the way
            interface.deleteLater()
            return
        interface.setTimeout(KEY_MS)
        for name, slot in SLOTS:
            self._bus.connect(self._service, self._path, CONTEXT, name, self, SLOT(slot))  # type: ignore[call-overload]
        self._interface = interface
        self._slow, self._resumes_at, self._has_capacity = 0, 0.0, False
        self.connected.emit()

    def _change_owner(self, _name: str, _old: str, new: str) -> None:
        if self._interface is not None:
            for name, slot in SLOTS:
                where = (self._service, self._path, CONTEXT, name, self)
                self._bus.disconnect(*where, SLOT(slot))  # type: ignore[call-overload]
            self._interface.deleteLater()
            self._interface = None
            self.lost.emit()
        if new:
            QTimer.singleShot(START_UP_MS, self._connect)

    def _send(self, name: str, arguments: Sequence[object] = ()) -> None:
        """Without waiting; only for methods whose numbers are signed, since QtDBus sends a Python int as `i`."""
        if self._interface is not None:
            message = QDBusMessage.createMethodCall(self._service, self._path, CONTEXT, name)
            message.setArguments(list(arguments))
            self._bus.send(message)

    def _set_capacity(self) -> None:
        if self._interface is not None:
            capacity = Q_ARG("uint", PREEDIT | COMMIT_WHEN_LEFT)
            QMetaObject.invokeMethod(self._interface, "SetCapacity", DIRECT, capacity)  # type: ignore[call-overload]

    def _ask(self, keysym: int, keycode: int, state: int, kind: int, moment: int) -> object:
        """Through the meta-object that was read over D-Bus: the only way for PySide6 to send an unsigned number."""
        if self._interface is None:
            return 0
        return QMetaObject.invokeMethod(  # type: ignore[call-overload]
            self._interface,
            "ProcessKeyEvent",
            DIRECT,
            Q_RETURN_ARG("int"),
            Q_ARG("uint", keysym),
            Q_ARG("uint", keycode),
            Q_ARG("uint", state),
            Q_ARG("int", kind),
            Q_ARG("uint", moment),
        )
