"""The day a test takes place on."""

import datetime as dt

import pytest

from laoxiao_desktop import clock


def at(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """From now on it is nine in the morning of a day."""
    moment = dt.datetime.fromisoformat(f"{day}T09:00:00+08:00")
    monkeypatch.setattr(clock, "now", lambda: moment)
