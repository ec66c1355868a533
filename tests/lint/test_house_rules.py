"""No file of the house breaks a rule, and each rule catches what it was made for."""

from pathlib import Path

import pytest

from tests.lint.rules import Source, broken

HOUSE = Path(__file__).parents[2]
FILES = sorted(path.relative_to(HOUSE).as_posix() for path in (HOUSE / "laoxiao_desktop").rglob("*.py"))
SET_UP = sorted(path.relative_to(HOUSE).as_posix() for path in (HOUSE / "installers").rglob("*.py"))


def test_the_house_keeps_its_rules() -> None:
    found = [line for path in FILES + SET_UP for line in broken(Source(path, (HOUSE / path).read_text("utf-8")))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('label = QLabel("x")', "guesses rich text"),
        ('layout.addWidget(QLabel("x"))', "guesses rich text"),
        ('QMessageBox.warning(self, "", name)', "guess rich text"),
        ("class Title(QLabel): pass", "guesses rich text"),
        ("view.setHtml(text)", "interprets markup"),
        ('db.execute(f"SELECT * FROM project WHERE name = {name}")', "f-string"),
        ('db.execute("DELETE FROM project WHERE name = %s" % name)', "built by %"),
        ('db.execute("UPDATE project SET name = {}".format(name))', "format()"),
        ("archive.extractall(folder)", "extractall"),
        ("import pickle", "pickle"),
        ("from pickle import loads", "pickle"),
        ("table.insert(row, replace=True)", "blanks"),
        ("connection.executescript(text)", "halfway"),
        ('brush = QColor("red")', "colour literal"),
        ('style = "color: #1B2226"', "colour literal"),
        ("pen.setColor(Qt.GlobalColor.black)", "colour literal"),
        ("today = dt.date.today()", "clock"),
        ("now = QDateTime.currentDateTime()", "clock"),
        ("stamp = time.time()", "clock"),
        ("sql = \"WHERE planned < date('now')\"", "clock"),
        ("try:\n    pass\nexcept Exception:\n    pass", "broad except"),
    ],
)
def test_a_rule_catches_what_it_was_made_for(line: str, complaint: str) -> None:
    assert any(
        complaint in found for found in broken(Source("laoxiao_desktop/ui/sample.py", f'"""A sample."""\n{line}\n'))
    )


@pytest.mark.parametrize(
    "line",
    [
        "label = QLabel(text)\nlabel.setTextFormat(Qt.TextFormat.PlainText)",
        "db.execute('DROP TRIGGER \"x\"')",
        "db.execute(f'SELECT uid FROM \"{table}\" WHERE uid = ?', [uid])",
        "started = time.monotonic()",
        "brush = QColor(tokens.line)",
        "try:\n    pass\nexcept Exception:\n    connection.rollback()\n    raise",
        "stamp = time.time()  # allowed: the age of a file is measured against the file system's clock",
    ],
)
def test_what_is_sound_is_left_alone(line: str) -> None:
    assert broken(Source("laoxiao_desktop/ui/sample.py", f'"""A sample."""\n{line}\n')) == []


def test_a_module_without_a_first_sentence_and_one_that_is_too_long_are_named() -> None:
    found = broken(Source("laoxiao_desktop/models/sample.py", "\n" * 401))
    assert len(found) == 2


def test_the_two_locks_agree_on_every_library() -> None:
    pins = [
        {line.split(" \\")[0] for line in (HOUSE / "installers" / lock).read_text("utf-8").splitlines() if "==" in line}
        for lock in ("runtime.lock", "dev.lock")
    ]
    assert pins[0] <= pins[1]
