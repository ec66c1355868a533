"""How Chinese is typed on Linux: which input method serves, chosen before the QApplication is made.

The wheels of Qt bring a plugin for ibus only. fcitx 5 and a current ibus answer it over the IBus portal; fcitx 4 (UOS 20,
Kylin V10) is served by our own bridge over D-Bus.
"""

import os
import sys
from collections.abc import Callable, MutableMapping
from typing import Literal

from PySide6.QtWidgets import QApplication

Way = Literal["off", "user", "portal", "ibus", "bridge"]

PORTAL = "org.freedesktop.portal.IBus"
FCITX5 = "org.fcitx.Fcitx5"
OURS_TO_CHOOSE = {"", "fcitx", "fcitx5", "xim", "ibus"}  # any other QT_IM_MODULE was chosen by the person


def prepare() -> Way:
    """Choose and set the environment for it; asking the session bus takes about 2 ms and needs no application."""
    if not sys.platform.startswith("linux"):
        return "off"
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - not everywhere there is a D-Bus

    bus = QDBusConnection.sessionBus()

    def is_owned(name: str) -> bool:
        return bus.isConnected() and bool(bus.interface().isServiceRegistered(name).value())

    return choose(os.environ, is_owned)


def choose(environment: MutableMapping[str, str], is_owned: Callable[[str], bool]) -> Way:
    """The way for an environment and the names owned on the session bus; sets QT_IM_MODULE to match.

    fcitx 5 also owns fcitx 4's name (its old front end), so the portal is asked for first. Without any daemon the
    bridge waits for one that starts later.
    """
    if environment.get("LAOXIAO_IM") == "off":
        return "off"
    module = environment.get("QT_IM_MODULE", "").lower()
    if module not in OURS_TO_CHOOSE:
        return "user"
    has_fcitx = is_owned(fcitx_service(environment.get("DISPLAY", ":0")))
    if is_owned(PORTAL) and (is_owned(FCITX5) or not has_fcitx):
        environment["QT_IM_MODULE"] = "ibus"
        environment["IBUS_USE_PORTAL"] = "1"
        return "portal"
    if not has_fcitx and (module == "ibus" or "ibus" in environment.get("XMODIFIERS", "").lower()):
        environment["QT_IM_MODULE"] = "ibus"
        return "ibus"
    environment.pop("QT_IM_MODULE", None)
    return "bridge"


def fcitx_service(display: str) -> str:
    """The name that fcitx 4 owns on the session bus for an X display (`:0` → org.fcitx.Fcitx-0)."""
    number = display.rpartition(":")[2].partition(".")[0]
    return f"org.fcitx.Fcitx-{number if number.isdigit() else 0}"


def attach(application: QApplication, way: Way) -> None:
    """Start the bridge, if that is the way and the window system is X11; it lives as long as the application."""
    if way == "bridge" and application.platformName() == "xcb":
        from laoxiao_desktop.ui.fcitx4 import Fcitx4Bridge  # noqa: PLC0415 - not everywhere there is a D-Bus

        Fcitx4Bridge(application, fcitx_service(os.environ.get("DISPLAY", ":0")))
