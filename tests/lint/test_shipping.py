"""What ships is named once and in full: the version, the locked libraries, the licences."""

import importlib
import re
from pathlib import Path
from types import ModuleType

import pytest

import laoxiao_desktop

HOUSE = Path(__file__).parents[2]
INSTALLERS = HOUSE / "installers"


@pytest.fixture
def licences(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(INSTALLERS)
    return importlib.import_module("licences")


def test_the_version_stands_once_and_heads_the_list_of_changes() -> None:
    number = re.compile(rf"(?<![\d.]){re.escape(laoxiao_desktop.__version__)}(?![\d.])")
    sources = [
        path for room in ("laoxiao_desktop", "installers") for path in (HOUSE / room).rglob("*") if path.is_file()
    ]
    texts = [path for path in sources if path.suffix in {".py", ".sh", ".nsi", ".rc", ".c", ".xml", ".desktop", ".md"}]
    texts += [HOUSE / name for name in ("pyproject.toml", "README.md", "README.zh-CN.md", "run.sh", "run.cmd")]
    assert [path.relative_to(HOUSE).as_posix() for path in texts if number.search(path.read_text("utf-8"))] == [
        "laoxiao_desktop/__init__.py"
    ]
    assert f"\n## {laoxiao_desktop.__version__}\n" in (HOUSE / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("lock", ["runtime.lock", "dev.lock", "bundle.lock"])
def test_a_lock_names_hashes_and_no_address(lock: str) -> None:
    text = (INSTALLERS / lock).read_text("utf-8")
    assert "://" not in text
    assert "--hash=sha256:" in text


def test_every_library_of_the_lock_has_its_licence(licences: ModuleType) -> None:
    parts = licences.parts()
    assert set(licences.locked()) == {name for part in parts for name in part.packages}
    assert not [part.name for part in parts if re.search(r"(?<!L)GPL", part.licence)]
    assert all(part.versions or part.key == "laoxiao-desktop" for part in parts)
    assert all((HOUSE / "resources" / text).is_file() for part in parts for text in part.texts)


def test_the_list_of_third_parties_is_written_from_the_parts(licences: ModuleType) -> None:
    assert (HOUSE / "THIRD_PARTY.md").read_text("utf-8") == licences.table(), "run: python installers/licences.py"


def test_a_library_that_belongs_to_no_part_stops_an_installer(licences: ModuleType, tmp_path: Path) -> None:
    stranger = tmp_path / "site-packages" / "stranger" / "libstranger.so.1"
    stranger.parent.mkdir(parents=True)
    stranger.touch()
    with pytest.raises(Exception, match="libstranger"):
        licences.gather(tmp_path, {})
