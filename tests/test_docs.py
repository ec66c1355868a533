"""The documents say what is true: their links lead somewhere, their lists are whole, the set-up needs nothing."""

import ast
import re
import sys
import tomllib
from pathlib import Path

HOUSE = Path(__file__).parents[1]
PAGES = [*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md"), *(HOUSE / "resources" / "manual").glob("*.md")]


def test_every_link_leads_to_a_file() -> None:
    broken = [
        f"{page.relative_to(HOUSE)}: {target}"
        for page in PAGES
        for target in re.findall(r"\]\((?!http|round:)([^)#]+)\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken


def test_every_word_that_the_manual_quotes_stands_in_the_program() -> None:
    examples = {"西双版纳州台账"}
    rooms = [path for room in ("ui", "models", "workspace") for path in (HOUSE / "laoxiao_desktop" / room).glob("*.py")]
    said = "\n".join(path.read_text("utf-8") for path in rooms)
    unknown = [
        f"{page.name}: {words}"
        for page in sorted((HOUSE / "resources" / "manual").glob("*.md"))
        for words in re.findall(r"“([^”]+)”", page.read_text("utf-8"))
        if words.rstrip("…") not in said and words not in examples
    ]
    assert not unknown


def test_the_readme_holds_the_two_commands_that_ci_runs() -> None:
    text = (HOUSE / "README.md").read_text("utf-8")
    for name, command in (("run", "sh run.sh"), ("test", "sh run.sh test")):
        assert f"<!-- command: {name} -->\n```sh\n{command}\n```\n" in text


def test_the_readme_says_why_each_library_was_chosen() -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    text = (HOUSE / "README.md").read_text("utf-8")
    names = [re.split(r"[<>=]", wanted)[0] for wanted in project["dependencies"]]
    assert [name for name in names if f"| {name} " not in text] == []


def test_the_set_up_imports_nothing_but_the_standard_library() -> None:
    own = {path.stem for path in (HOUSE / "installers").glob("*.py")}
    for path in (
        HOUSE / "installers" / f"{name}.py" for name in ("bootstrap", "checks", "problem", "system_libraries")
    ):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in sys.stdlib_module_names | own, f"{path.name} imports {name}"


def test_the_documents_name_no_address_of_a_package_index_and_no_path_of_a_machine() -> None:
    for page in PAGES:
        assert not re.search(r"pypi\b|/root/|/home/|/tmp/", page.read_text("utf-8"), re.IGNORECASE), page.name
