"""Which input method serves: the table of what was found on the bus and in the environment."""

import pytest

from laoxiao_desktop.ui import fcitx4
from laoxiao_desktop.ui.input_method import FCITX5, PORTAL, choose, fcitx_service

FCITX4 = "org.fcitx.Fcitx-0"


@pytest.mark.parametrize(
    ("environment", "owned", "way", "module"),
    [
        ({"LAOXIAO_IM": "off", "QT_IM_MODULE": "fcitx"}, {FCITX4}, "off", "fcitx"),
        ({"QT_IM_MODULE": "compose"}, {FCITX4}, "user", "compose"),
        ({"QT_IM_MODULE": "fcitx"}, {FCITX4}, "bridge", None),
        ({"QT_IM_MODULE": "fcitx"}, {FCITX4, FCITX5, PORTAL}, "portal", "ibus"),
        ({}, {PORTAL}, "portal", "ibus"),
        ({}, {PORTAL, FCITX4}, "bridge", None),
        ({"QT_IM_MODULE": "ibus"}, set(), "ibus", "ibus"),
        ({"XMODIFIERS": "@im=ibus"}, set(), "ibus", "ibus"),
        ({"QT_IM_MODULE": "xim"}, set(), "bridge", None),
    ],
)
def test_the_way_follows_the_bus_and_the_environment(
    environment: dict[str, str], owned: set[str], way: str, module: str | None
) -> None:
    environment["DISPLAY"] = ":0"
    assert choose(environment, owned.__contains__) == way
    assert environment.get("QT_IM_MODULE") == module


@pytest.mark.parametrize(("display", "number"), [(":0", 0), (":12.1", 12), ("host:3.0", 3), ("", 0), ("odd", 0)])
def test_the_service_is_named_after_the_display(display: str, number: int) -> None:
    assert fcitx_service(display) == f"org.fcitx.Fcitx-{number}"


def test_the_caret_is_counted_as_qt_counts_it() -> None:
    assert fcitx4.utf16_caret("你好a", 3) == 1
    assert fcitx4.utf16_caret("你好a", 7) == 3
    assert fcitx4.utf16_caret("𠮷a", 4) == 2
    assert fcitx4.utf16_caret("你", -1) == 0
