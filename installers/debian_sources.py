"""Sources of C libraries: fetched, verified and patched by apt from whatever Debian mirror this machine is set up for."""

import os
import re
import subprocess
from pathlib import Path

from problem import SetupError, say

_APT_FOLDER = Path("/etc/apt")


class DebianSources:
    """Source packages of the system's own suites, kept in one folder; apt checks every file against its signed index."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lists = folder / "apt"
        self._options = [
            "-o", "Dir::Etc::SourceList=/dev/null",
            "-o", f"Dir::Etc::SourceParts={self._lists / 'sources'}",
            "-o", f"Dir::State::Lists={self._lists / 'lists'}",
            "-o", "Dir::Cache::pkgcache=",
            "-o", "Dir::Cache::srcpkgcache=",
            "-o", "APT::Sandbox::User=",
        ]  # fmt: skip

    def unpacked(self, package: str) -> Path:
        """The folder with the newest source of `package` that the mirror really holds, patches applied."""
        ready = self._folder / f"{package}.ready"
        if ready.exists():
            return self._folder / ready.read_text(encoding="utf-8")
        if not (self._lists / "lists").exists():
            self._read_index()
        for version in self._versions(package):
            fetched = self._apt("apt-get", "source", "-q", "--download-only", f"{package}={version}")
            if fetched.returncode == 0:
                folder = self._unpack(package, version)
                say(f"源码 {package} {version}")
                ready.write_text(folder.name, encoding="utf-8")
                return folder
        raise SetupError(f"取不到 {package} 的源码包。请检查软件源，再运行一次。")

    def _read_index(self) -> None:
        """Asks the mirror for its source index, in a folder of our own so that the system's set-up stays as it is."""
        sources = self._lists / "sources"
        sources.mkdir(parents=True, exist_ok=True)
        (self._lists / "lists" / "partial").mkdir(parents=True, exist_ok=True)
        for old in [_APT_FOLDER / "sources.list", *sorted((_APT_FOLDER / "sources.list.d").glob("*"))]:
            if old.suffix not in (".list", ".sources") or not old.exists():
                continue
            text = old.read_text(encoding="utf-8")
            text = re.sub(r"^Types:.*$", "Types: deb-src", text, flags=re.MULTILINE)
            text = re.sub(r"^deb\s", "deb-src ", text, flags=re.MULTILINE)
            (sources / old.name).write_text(text, encoding="utf-8")
        if self._apt("apt-get", "update", "-q").returncode:
            raise SetupError("读不到软件源的源码索引。请检查网络与软件源。")

    def _versions(self, package: str) -> list[str]:
        """The versions on offer, newest first: an index may name one that its pool has not received yet."""
        text = self._apt("apt-cache", "showsrc", "--only-source", package).stdout
        found = list(dict.fromkeys(re.findall(r"^Version: (.+)$", text, flags=re.MULTILINE)))
        for index in range(1, len(found)):
            while index and self._is_newer(found[index], found[index - 1]):
                found[index - 1], found[index] = found[index], found[index - 1]
                index -= 1
        return found

    @staticmethod
    def _is_newer(one: str, other: str) -> bool:
        return subprocess.run(["dpkg", "--compare-versions", one, "gt", other], check=False).returncode == 0

    def _unpack(self, package: str, version: str) -> Path:
        description = self._folder / f"{package}_{version.rsplit(':', maxsplit=1)[-1]}.dsc"
        folder = self._folder / f"{package}-source"
        subprocess.run(["rm", "-rf", folder], check=True)
        subprocess.run(["dpkg-source", "--no-check", "-x", description, folder], check=True, capture_output=True)
        return folder

    def _apt(self, tool: str, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [tool, *self._options, *words],
            cwd=self._folder,
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
