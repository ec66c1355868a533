"""Every field, figure, option and finding that is shown is explained: what it means, its rule, where that comes from."""

import ast
from pathlib import Path

from laoxiao_desktop.models import meaning
from laoxiao_desktop.models.check import FAMILIES
from laoxiao_desktop.models.meaning_figures import FIGURES, OPTIONS
from laoxiao_desktop.models.meaning_findings import reason_of
from laoxiao_desktop.models.report_request import KINDS

HOUSE = Path(__file__).parents[2]


def test_every_field_that_is_shown_has_a_definition_a_rule_and_a_source() -> None:
    keys = [*meaning.shown_fields(), *FIGURES, *OPTIONS]
    poor = []
    for key in keys:
        found = meaning.of(key)
        if found is None or not (found.definition and found.rule and found.source):
            poor.append(key)
    assert len(keys) > 150
    assert poor == []


def test_every_option_of_a_report_is_explained() -> None:
    assert sorted({option for kind in KINDS for option in kind.options if f"option.{option}" not in OPTIONS}) == []


def test_every_finding_says_why_it_matters_and_how_it_is_put_right() -> None:
    codes = {code for _, _, rule in FAMILIES for code in codes_in(Path(str(rule.__code__.co_filename)))}
    assert len(codes) > 50
    assert sorted(code for code in codes if not all(reason_of(code))) == []


def codes_in(path: Path) -> set[str]:
    """The codes of the findings that a module makes: the word before the severity; {…} stands for a field."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        for code, severity in zip(node.args, node.args[1:], strict=False) if isinstance(node, ast.Call) else ():
            if isinstance(severity, ast.Constant) and severity.value in ("error", "warning", "note"):
                if isinstance(code, ast.Constant):
                    found.add(str(code.value))
                elif isinstance(code, ast.JoinedStr):
                    found |= {ast.unparse(code)[2:-1].replace(f"{{{hole}}}", field) for hole, field in HOLES}
    return {code for code in found if "{" not in code}


HOLES = (
    ("name", "total_investment"), ("name", "central_request"), ("name", "beds"),
    ("part", "nursing_beds"), ("part", "inclusive_places"),
)  # fmt: skip


def test_the_page_of_the_manual_says_what_the_fields_say() -> None:
    page = (HOUSE / "resources" / "manual" / "meanings.md").read_text("utf-8")
    assert page == meaning.page(), "sh run.sh pictures writes the page again"
