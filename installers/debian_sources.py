"""C libraries: fetched and verified by apt from whatever Debian mirror this machine is set up for; sources come patched."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from problem import SetupError, say

_APT_FOLDER = Path("/etc/apt")


class DebianSources:
    """Packages of the system's own suites, kept in one folder; apt checks every file against its signed index."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._lists = folder / "apt"
        self._options = [
            "-o", "Dir::Etc::SourceList=/dev/null",
            "-o", "Dir::Cache::pkgcache=",
            "-o", "Dir::Cache::srcpkgcache=",
            "-o", "APT::Sandbox::User=",
        ]  # fmt: skip

    def unpacked(self, package: str) -> Path:
        """The folder with the newest source of `package` that the mirror really holds, patches applied."""
        ready = self._folder / f"{package}.ready"
        if ready.exists():
            return self._folder / ready.read_text(encoding="utf-8")
        index = self._index("deb-src")
        for version in self._versions(package):
            fetched = self._apt(index, "apt-get", "source", "-q", "--download-only", f"{package}={version}")
            if fetched.returncode == 0:
                folder = self._unpack(package, version)
                say(f"源码 {package} {version}")
                ready.write_text(folder.name, encoding="utf-8")
                return folder
        raise SetupError(f"取不到 {package} 的源码包。请检查软件源，再运行一次。")

    def library(self, package: str, architecture: str) -> Path:
        """The folder with the files of a built package, also for another processor than this one."""
        folder = self._folder / f"{package}-{architecture}"
        if not folder.exists():
            fetched = self._apt(self._index("deb", architecture), "apt-get", "download", "-q", package)
            file = next(self._folder.glob(f"{package}_*_{architecture}.deb"), None)
            if fetched.returncode or file is None:
                raise SetupError(f"取不到 {package}（{architecture}）。请检查软件源，再运行一次。")
            subprocess.run(["dpkg-deb", "-x", file, folder], check=True)
        return folder

    def _index(self, kind: str, architecture: str = "") -> list[str]:
        """apt's options for an index of our own, read from the mirror once, so that the system's set-up stays as it is."""
        place = self._lists / f"{kind}{architecture}"
        sources, lists = place / "sources", place / "lists"
        options = ["-o", f"Dir::Etc::SourceParts={sources}", "-o", f"Dir::State::Lists={lists}"]
        if architecture:
            options += ["-o", f"APT::Architecture={architecture}", "-o", f"APT::Architectures={architecture}"]
        if lists.exists():
            return options
        sources.mkdir(parents=True, exist_ok=True)
        (lists / "partial").mkdir(parents=True)
        for old in [_APT_FOLDER / "sources.list", *sorted((_APT_FOLDER / "sources.list.d").glob("*"))]:
            if old.suffix in (".list", ".sources") and old.exists():
                text = old.read_text(encoding="utf-8")
                text = re.sub(r"^Types:.*$", f"Types: {kind}", text, flags=re.MULTILINE)
                text = re.sub(r"^deb\s", f"{kind} ", text, flags=re.MULTILINE)
                (sources / old.name).write_text(text, encoding="utf-8")
        if self._apt(options, "apt-get", "update", "-q").returncode:
            shutil.rmtree(place)
            raise SetupError("读不到软件源的索引。请检查网络与软件源。")
        return options

    def _versions(self, package: str) -> list[str]:
        """The versions on offer, newest first: an index may name one that its pool has not received yet."""
        text = self._apt(self._index("deb-src"), "apt-cache", "showsrc", "--only-source", package).stdout
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

    def _apt(self, index: list[str], tool: str, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [tool, *self._options, *index, *words],
            cwd=self._folder,
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=False,
        )
