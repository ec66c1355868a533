"""The five published plans that come with the program, and the command that makes their files from the documents.

`python -m laoxiao_desktop.exchange.bundled FOLDER` reads every *.txt in the folder into resources/plans/<same name>.json.
"""

import sys
from pathlib import Path

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import plan_json
from laoxiao_desktop.models.plan_draft import PlanDraft


def plans(folder: Path | None = None) -> tuple[PlanDraft, ...]:
    """The bundled plans, the earliest issued first."""
    files = sorted((folder or plans_folder()).glob("*.json"))
    if not files:
        raise UserError("找不到随程序提供的方案文件。", "请重新安装程序。")
    return tuple(sorted((plan_json.load(path) for path in files), key=lambda draft: draft.plan.issued_on or ""))


def plans_folder() -> Path:
    """Where the plan files are: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    beside = package.parent / "resources" / "plans"
    return beside if beside.is_dir() else package / "resources" / "plans"


def write(documents: Path, folder: Path) -> tuple[Path, ...]:
    """Reads the documents in a folder and writes a plan file for each."""
    from laoxiao_desktop.exchange import plan_text  # noqa: PLC0415 - the start page needs no reader of documents

    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for document in sorted(documents.glob("*.txt")):
        path = folder / f"{document.stem}.json"
        path.write_text(plan_json.dump_text(plan_text.read(document.read_text(encoding="utf-8"))), encoding="utf-8")
        written.append(path)
    return tuple(written)


if __name__ == "__main__":
    for made in write(Path(sys.argv[1]), plans_folder()):
        sys.stdout.write(f"{made}\n")
