"""Where files live: the program's own resources, and the folders of the person who uses it."""

import os
from pathlib import Path

import platformdirs


def resources() -> Path:
    """The folder with plans, fonts, icons, styles and the manual that ship with the program."""
    return Path(__file__).resolve().parent.parent / "resources"


def user_folder() -> Path:
    """The person's own folder for ledgers, backups and settings; `LAOXIAO_HOME` moves it."""
    override = os.environ.get("LAOXIAO_HOME")
    folder = Path(override) if override else Path(platformdirs.user_data_dir("laoxiao", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def cache_folder() -> Path:
    """Where things lie that are made anew whenever they are missing."""
    override = os.environ.get("LAOXIAO_HOME")
    folder = Path(override, "cache") if override else Path(platformdirs.user_cache_dir("laoxiao", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def documents() -> Path:
    """The person's 文档 folder, or the home folder when there is none."""
    folder = platformdirs.user_documents_path()
    return folder if folder.is_dir() else Path.home()


def default_ledger() -> Path:
    """The ledger that the headless face uses when none is named."""
    return user_folder() / "台账.laoxiao"


def backups_folder() -> Path:
    """Where automatic backups are kept, one sub-folder per ledger."""
    folder = user_folder() / "backups"
    folder.mkdir(exist_ok=True, mode=0o700)
    return folder


def settings_file() -> Path:
    """The settings of this machine and person: name, unit, recent ledgers, window state."""
    return user_folder() / "settings.json"
