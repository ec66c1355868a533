"""What every test gets: no screen, a fresh home, a quiet log, and no window left behind."""

import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if os.environ.setdefault("QT_QPA_PLATFORM", "offscreen") == "offscreen":
    # a screen of an office PC; Qt's own default is 800 × 800
    screen = Path(__file__).parent / "data" / "screen.json"
    # Qt parts its words at colons, so that no drive of Windows may be among them
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={os.path.relpath(screen) if os.name == 'nt' else screen}"
os.environ.setdefault("QT_ACCESSIBILITY", "0")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user folder of the test's own; nothing of the person who runs the tests is read or written."""
    folder = tmp_path / "home"
    monkeypatch.setenv("LAOXIAO_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that left a warning or error in the log; `@pytest.mark.logs` says that it is expected."""
    yield
    if request.node.get_closest_marker("logs"):
        return
    loud = [record for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not loud, "\n".join(f"{record.name}: {record.getMessage()}" for record in loud)


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """Fails a test after which a window is still shown, and closes it so that only that test fails."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    application = widgets.QApplication.instance() if widgets else None
    if widgets is None or application is None:
        return
    left = [widget for widget in widgets.QApplication.topLevelWidgets() if widget.isVisible()]
    names = [f"{type(widget).__name__} {widget.windowTitle()}" for widget in left]
    for widget in left:
        widget.close()
        widget.deleteLater()
    assert not names, f"windows left open: {names}"
