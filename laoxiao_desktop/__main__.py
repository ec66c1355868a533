"""Where the program starts: no argument, a ledger or a data package opens the window, a verb runs without it."""

import os
import sys

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_FILES = (".laoxiao", ".lxp")  # a ledger, a data package


def main() -> int:
    """The exit status of the program; each face is loaded only when it is wanted."""
    words = sys.argv[1:]
    if not words or words[0].lower().endswith(_FILES):
        if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in _SCREENS):
            sys.stderr.write("这里没有图形界面，窗口打不开。不开窗口也能用：laoxiao-desktop --help\n")
            return 1
        from laoxiao_desktop import app  # noqa: PLC0415 - a verb must not load the window

        return app.main(words)
    from laoxiao_desktop import cli  # noqa: PLC0415 - nor the window the verbs

    return cli.main(words)


if __name__ == "__main__":
    sys.exit(main())
