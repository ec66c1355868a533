"""Each house rule as a function from one parsed file to the places where it is broken.

A rule that must be broken once says so on its first line: `# allowed: why`; ruff's own `# noqa: S608` serves for SQL.
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

Finding = tuple[int, str]
LIMIT = 400
SQL = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|WITH|REPLACE|PRAGMA|ATTACH|VACUUM)\s")
EXCUSE = re.compile(r"# (allowed: \w|noqa: S608\b)")
COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b")
SQL_CLOCK = re.compile(r"\('now'|\bCURRENT_(DATE|TIME|TIMESTAMP)\b")
CLOCKS = {
    "now",
    "today",
    "utcnow",
    "currentDate",
    "currentTime",
    "currentDateTime",
    "currentDateTimeUtc",
    "currentSecsSinceEpoch",
}
CLOCK_OWNERS = {"datetime", "date", "dt", "QDate", "QTime", "QDateTime"}
BROAD_CATCHERS = {"laoxiao_desktop/ui/background.py", "laoxiao_desktop/ui/crash.py", "laoxiao_desktop/app.py"}


@dataclass(frozen=True)
class Source:
    """One file: its path inside the house, its text and its tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return parsed(self.text)

    @property
    def room(self) -> str:
        """The room it lies in: models, store, ui …"""
        parts = PurePosixPath(self.path).parts
        return parts[1] if len(parts) > 2 else PurePosixPath(self.path).stem


def broken(source: Source) -> list[str]:
    """Every broken rule of the file as `path:line: sentence`."""
    lines = source.text.splitlines()
    found = []
    for rule in RULES:
        for number, sentence in rule(source):
            if not EXCUSE.search(lines[number - 1] if lines else ""):
                found.append(f"{source.path}:{number}: {sentence}")
    return found


def first_line(source: Source) -> Iterator[Finding]:
    """A module starts with one line that says what the room object holds."""
    text = ast.get_docstring(source.tree) or ""
    if not text.splitlines() or not text.splitlines()[0].rstrip().endswith((".", ":", "?")):
        yield 1, "the module does not start with one sentence that says what it holds"


def length(source: Source) -> Iterator[Finding]:
    """A file holds one concept."""
    count = len(source.text.splitlines())
    if count > LIMIT:
        yield 1, f"{count} lines; a file holds one concept and at most {LIMIT} lines"


def plain_labels(source: Source) -> Iterator[Finding]:
    """QLabel and QMessageBox guess rich text, so each states PlainText where it is made."""
    made = [(node, target_of(node)) for node in ast.walk(source.tree) if isinstance(node, ast.Assign | ast.AnnAssign)]
    plain = {
        ast.unparse(node.func.value)
        for node in calls(source)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr == "setTextFormat"
        and "PlainText" in ast.unparse(node)
    }
    assigned = {id(node.value): target for node, target in made if node.value is not None}
    for node in calls(source):
        name = called(node)
        if name in {"QLabel", "QMessageBox"} and assigned.get(id(node)) not in plain:
            yield node.lineno, f"{name} guesses rich text: give it a name and setTextFormat(PlainText)"
        if isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "QMessageBox":
            yield node.lineno, "QMessageBox's ready-made questions guess rich text"
        if name in {"setHtml", "insertHtml", "appendHtml"}:
            yield node.lineno, f"{name} interprets markup"
    for made_class in (node for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)):
        is_label = any(ast.unparse(base) in {"QLabel", "QMessageBox"} for base in made_class.bases)
        if is_label and "self.setTextFormat(" not in ast.unparse(made_class):
            yield made_class.lineno, f"{made_class.name} guesses rich text: setTextFormat(PlainText) in its constructor"


def bound_sql(source: Source) -> Iterator[Finding]:
    """SQL is written out and its values are bound; only a quoted identifier may be filled in."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.JoinedStr) and SQL.match(leading_text(node)) and not only_quoted_names(node):
            yield excused_line(source, node), "SQL built by f-string: bind the values"
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and SQL.match(constant(node.left)):
            yield node.lineno, "SQL built by %: bind the values"
    for call in calls(source):
        if isinstance(call.func, ast.Attribute) and call.func.attr == "format" and SQL.match(constant(call.func.value)):
            yield call.lineno, "SQL built by format(): bind the values"


def banned_calls(source: Source) -> Iterator[Finding]:
    """Calls that lost or endangered something elsewhere."""
    for node in calls(source):
        name = called(node)
        if name in {"extractall", "unpack_archive"}:
            yield node.lineno, f"{name} writes whatever an archive names: read whitelisted members"
        if name == "executescript":
            yield node.lineno, "executescript commits halfway: run one statement at a time"
        if name in {"insert", "insert_all"} and any(
            k.arg == "replace" and constant(k.value) != "False" for k in node.keywords
        ):
            yield node.lineno, "insert(replace=True) blanks the other columns unlogged"
    for statement in ast.walk(source.tree):
        names = [alias.name for alias in statement.names] if isinstance(statement, ast.Import) else []
        names += [statement.module or ""] if isinstance(statement, ast.ImportFrom) else []
        if isinstance(statement, ast.stmt) and any(
            name.split(".")[0] in {"pickle", "marshal", "shelve"} for name in names
        ):
            yield statement.lineno, "pickle runs whatever a file says"


def colours(source: Source) -> Iterator[Finding]:
    """Colours have names, and the names stand in ui/tokens.py."""
    if source.room not in {"ui", "app"} or source.path.endswith("ui/tokens.py"):
        return
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and COLOUR.search(node.value):
            yield node.lineno, "a colour literal outside ui/tokens.py"
        if (
            isinstance(node, ast.Call)
            and called(node) == "QColor"
            and node.args
            and all(isinstance(a, ast.Constant) for a in node.args)
        ):
            yield node.lineno, "a colour literal outside ui/tokens.py"
        if (
            isinstance(node, ast.Attribute)
            and ast.unparse(node.value).endswith("GlobalColor")
            and node.attr != "transparent"
        ):
            yield node.lineno, "a colour literal outside ui/tokens.py"


def one_clock(source: Source) -> Iterator[Finding]:
    """Only clock.py asks what time it is."""
    if source.path.endswith("laoxiao_desktop/clock.py"):
        return
    for text in (node for node in ast.walk(source.tree) if isinstance(node, ast.Constant)):
        if isinstance(text.value, str) and SQL_CLOCK.search(text.value):
            yield text.lineno, "SQLite's clock is asked: pass the day, or call today()"
    for node in calls(source):
        if isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).split(".")[-1]
            if (node.func.attr in CLOCKS and owner in CLOCK_OWNERS) or ast.unparse(node.func) in {
                "time.time",
                "time.localtime",
                "time.time_ns",
            }:
                yield node.lineno, "the clock is asked outside clock.py"


def named_exceptions(source: Source) -> Iterator[Finding]:
    """Catch what can be named; broad catches only in Job and the excepthook."""
    if source.path in BROAD_CATCHERS:
        return
    for handler in (node for node in ast.walk(source.tree) if isinstance(node, ast.ExceptHandler)):
        is_broad = handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}
        raises_again = any(isinstance(inner, ast.Raise) and inner.exc is None for inner in ast.walk(handler))
        if is_broad and not raises_again:
            yield handler.lineno, "a broad except that does not raise again"


RULES: tuple[Callable[[Source], Iterator[Finding]], ...] = (
    first_line,
    length,
    plain_labels,
    bound_sql,
    banned_calls,
    colours,
    one_clock,
    named_exceptions,
)


@lru_cache(maxsize=4)
def parsed(text: str) -> ast.Module:
    """The tree of a text, the same object for every rule that asks."""
    return ast.parse(text)


def calls(source: Source) -> Iterator[ast.Call]:
    """Every call in the file."""
    return (node for node in ast.walk(source.tree) if isinstance(node, ast.Call))


def called(node: ast.Call) -> str:
    """The last part of the name that is called."""
    return ast.unparse(node.func).split(".")[-1]


def target_of(node: ast.Assign | ast.AnnAssign) -> str:
    """The name that is assigned to."""
    return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)


def constant(node: ast.expr) -> str:
    """The text of a constant, or nothing."""
    return str(node.value) if isinstance(node, ast.Constant) else ""


def leading_text(node: ast.JoinedStr) -> str:
    """What an f-string starts with, a hole standing as a space."""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else " " for part in node.values)


def excused_line(source: Source, node: ast.expr) -> int:
    """The line of the expression that carries an excuse, else its first."""
    lines = source.text.splitlines()
    span = range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return next((number for number in span if EXCUSE.search(lines[number - 1])), node.lineno)


def only_quoted_names(node: ast.JoinedStr) -> bool:
    """Whether each hole is a whole number (`:d`) or stands between double quotes, where SQL takes a name it cannot bind."""
    for index, part in enumerate(node.values):
        if isinstance(part, ast.FormattedValue):
            before = constant(node.values[index - 1]) if index else ""
            after = constant(node.values[index + 1]) if index + 1 < len(node.values) else ""
            is_number = part.format_spec is not None and ast.unparse(part.format_spec).strip("f'\"") == "d"
            if not is_number and not (before.endswith('"') and after.startswith('"')):
                return False
    return True
