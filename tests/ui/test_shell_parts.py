"""The parts under the window: jobs, what nobody caught, the colours, the words of a start row, what is remembered."""

import dataclasses
import datetime as dt
import logging
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from laoxiao_desktop import app, clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.ui import icons, style
from laoxiao_desktop.ui.background import Job, Progress
from laoxiao_desktop.ui.crash import CrashDialog, Crashes
from laoxiao_desktop.ui.start_rows import when
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.ui.tokens import DARK, LIGHT, Tokens
from laoxiao_desktop.ui.window_state import RECENT_LIMIT, Recent, Settings

WORDS_ON_GROUND = (
    *(
        (words, ground)
        for words in ("text", "text2", "text3")
        for ground in ("surface", "frame", "head", "hover", "selectrow")
    ),
    ("accent2", "select"),
    ("onaccent", "accent"),
    *((f"{light}t", ground) for light in ("red", "yellow", "green") for ground in ("surface", f"{light}bg")),
)


@pytest.mark.parametrize("sheet", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUND)
def test_words_stand_out_from_their_ground(sheet: Tokens, words: str, ground: str) -> None:
    first, second = (luminance(QColor(getattr(sheet, name))) for name in (words, ground))
    assert (max(first, second) + 0.05) / (min(first, second) + 0.05) >= 4.45


def luminance(colour: QColor) -> float:
    shares = (colour.redF(), colour.greenF(), colour.blueF())
    parts = [float(share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4) for share in shares]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_a_job_works_in_another_thread_and_answers_in_this_one(qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []

    def work(progress: Progress) -> str:
        threads.append(threading.current_thread())
        progress.step(1, 2, "一半")
        return "好"

    job = Job(work)
    steps: list[tuple[int, int, str]] = []
    job.progress.connect(lambda *step: steps.append(step))
    job.done.connect(lambda _answer: threads.append(threading.current_thread()))
    with qtbot.waitSignal(job.done) as answer:
        job.start()
    assert answer.args == ["好"]
    assert steps == [(1, 2, "一半")]
    assert threads[0] is not threads[1] is threading.current_thread()


def test_a_job_stops_at_its_next_step_when_asked(qtbot: QtBot) -> None:
    begun = threading.Event()

    def work(progress: Progress) -> None:
        while True:
            begun.set()
            progress.step(0, 0)

    job = Job(work)
    with qtbot.waitSignal(job.cancelled):
        job.start()
        begun.wait(5)
        job.cancel()


def test_a_refusal_in_a_job_arrives_as_it_was_raised(qtbot: QtBot) -> None:
    refusal = UserError("磁盘已满。", "请清理磁盘。")

    def work(_progress: Progress) -> None:
        raise refusal

    job = Job(work)
    with qtbot.waitSignal(job.failed) as failure:
        job.start()
    assert failure.args == [refusal]


def test_a_refusal_nobody_caught_goes_to_the_window_and_not_to_the_log(qtbot: QtBot) -> None:
    crashes = Crashes(Theme())
    refusal = UserError("打不开。")
    with qtbot.waitSignal(crashes.refused) as told:
        crashes.take(UserError, refusal, None)
    assert told.args == [refusal]


@pytest.mark.logs
def test_a_mistake_is_logged_and_shown_once_with_text_to_copy(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    crashes = Crashes(Theme())
    try:
        raise ZeroDivisionError("零")
    except ZeroDivisionError as mistake:
        for _ in range(2):
            crashes.take(type(mistake), mistake, mistake.__traceback__)
    qtbot.waitUntil(lambda: bool(dialogs()))
    (dialog,) = dialogs()
    assert "ZeroDivisionError: 零" in dialog.text.toPlainText()
    assert [record.levelno for record in caplog.records] == [logging.CRITICAL] * 2
    dialog.accept()


def dialogs() -> list[CrashDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, CrashDialog) and each.isVisible()]


def test_every_control_of_one_line_is_28_high_at_100_percent(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    style.Style(application, Theme(family=QGuiApplication.font().family(), parent=application))
    field = QLineEdit()
    qtbot.addWidget(field)
    assert field.sizeHint().height() == 28


def test_an_icon_without_a_drawing_is_a_mistake() -> None:
    assert b'fill="' in icons.tinted("search", 16, LIGHT.text)
    with pytest.raises(FileNotFoundError):
        icons.drawing("no_such_icon", 16)


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "今天 09:05"), (1, "昨天 09:05"), (40, "月"), (800, "年")],
    ids=["today", "yesterday", "month", "year"],
)
def test_when_a_ledger_was_opened_is_said_as_people_say_it(days: int, said: str) -> None:
    moment = clock.now().replace(hour=9, minute=5) - dt.timedelta(days=days)
    assert said in when(moment.isoformat())
    assert when("not a time") == ""


def test_what_is_remembered_comes_back_and_only_the_latest_ledgers_are_kept(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    settings = Settings(file)
    settings.person = Person("李晓梅", "州发改委")
    recent = Recent(tmp_path / "0.laoxiao", "甲", "2024-06-01T08:00:00+08:00", 34, False)
    for number in range(RECENT_LIMIT + 2):
        settings.remember(dataclasses.replace(recent, path=tmp_path / f"{number}.laoxiao"))
    settings.remember(dataclasses.replace(recent, path=tmp_path / "5.laoxiao", name="乙"))
    again = Settings(file)
    assert again.person == Person("李晓梅", "州发改委")
    assert len(again.recents) == RECENT_LIMIT
    assert (again.recents[0].path.name, again.recents[0].name) == ("5.laoxiao", "乙")
    again.forget(tmp_path / "5.laoxiao")
    assert len(Settings(file).recents) == RECENT_LIMIT - 1


def test_the_first_paint_waits_for_no_reader_printer_or_database() -> None:
    code = (
        "import sys; import laoxiao_desktop.app; "
        "heavy = {'openpyxl', 'reportlab', 'pypinyin', 'pypdfium2', 'sqlite_utils', 'laoxiao_desktop.workspace.ledger'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.strip() == "[]", run.stderr


def test_kinds_of_files_are_told_in_chinese_in_the_file_dialog(qtbot: QtBot) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    app.speak_chinese(application)
    kind = QCoreApplication.translate("QAbstractFileIconProvider", "Folder", "All other platforms")
    assert kind == "文件夹"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
