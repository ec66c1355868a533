"""Reads a fill-in form that came back: whose it is, what was filled in, and what was tampered with on the way."""

import datetime as dt
import json
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.exchange import limits
from laoxiao_desktop.exchange.forms import FORMAT, HEAD_ROWS, IDENTITY, PLACE, SHEET
from laoxiao_desktop.models.dictionary import field_of
from laoxiao_desktop.models.form import FILLED, FormIdentity, FormProblem, FormReading, FormRow

_ASK: Final = "请让单位在发出的那份填报表里填写，用 WPS 或 Excel 直接保存后发回。"
_MOST_ROWS: Final = 20_000
_ERRORS: Final = ("#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#N/A", "#NUM!", "#NULL!")
_NOT_CALCULATED: Final = "\0formula"
_BROKEN: Final = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, TypeError, AttributeError)


def is_form(path: Path) -> bool:
    """Whether a file is a fill-in form of ours, whatever its name says."""
    try:
        with zipfile.ZipFile(path) as package:
            return IDENTITY in package.read("xl/workbook.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return False


def read(path: Path) -> FormReading:
    """The form in a file. UserError when it is none, or too much was taken out of it to know whose it is."""
    if limits.kind_of(path) != "xlsx":
        raise UserError(f"{path.name} 不是填报表。", _ASK)
    try:
        typed = load_workbook(path, data_only=False, keep_links=False)
        shown = load_workbook(path, data_only=True, keep_links=False)
    except _BROKEN as error:
        raise UserError(f"{path.name} 打不开，可能已损坏。", _ASK) from error
    identity = _identity(path, typed[IDENTITY] if IDENTITY in typed.sheetnames else None)
    sheet = typed[SHEET] if SHEET in typed.sheetnames else None
    values = shown[SHEET] if SHEET in shown.sheetnames else None
    if not isinstance(sheet, Worksheet) or not isinstance(values, Worksheet):
        raise UserError(f"{path.name} 里没有“{SHEET}”这一页。", f"页名被改过或被删了。{_ASK}")
    rows: list[FormRow] = []
    problems: list[FormProblem] = []
    if not sheet.protection.sheet:
        problems.append(FormProblem(False, path.name, "表的保护被取消过，逐行核对了隐藏标识和上月数。"))
    for number in range(HEAD_ROWS + 1, min(sheet.max_row, _MOST_ROWS) + 1):
        row = _row(sheet, values, number, problems)
        if row is not None:
            rows.append(row)
    return FormReading(path.name, identity, tuple(rows), tuple(problems))


def _identity(path: Path, sheet: object) -> FormIdentity:
    if not isinstance(sheet, Worksheet) or sheet["A1"].value != FORMAT:
        raise UserError(f"{path.name} 不是本程序发出的填报表，或隐藏的“{IDENTITY}”被删掉了。", _ASK)
    try:
        kept = json.loads(str(sheet["A2"].value))
        return FormIdentity(
            unit=str(kept["unit"]),
            month=str(kept["month"]),
            ledger=str(kept["ledger"]),
            site=str(kept["site"]),
            due_on=str(kept.get("due_on", "")),
            projects=tuple(map(str, kept["projects"])),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path.name} 的隐藏标识被改坏了，不知道是哪个单位、哪个月。", _ASK) from error


def _row(sheet: Worksheet, values: Worksheet, number: int, problems: list[FormProblem]) -> FormRow | None:
    """One row; None for an empty one and for the total."""

    def shown(key: str) -> str:
        return _as_text(values.cell(number, PLACE[key]).value)

    uid, name, where = shown(".uid"), shown(".name"), f"第 {number} 行"
    if not uid and name.replace(" ", "") == "合计":
        return None
    texts: dict[str, str] = {}
    for key in FILLED:
        cell = sheet.cell(number, PLACE[key])
        text = _filled(cell.value, cell.data_type, shown(key))
        if text == _NOT_CALCULATED or text in _ERRORS:
            what = f"公式 {cell.value} 没有算出结果" if text == _NOT_CALCULATED else f"显示的是 {text}"
            label = f"{where} {name}".strip()
            problems.append(
                FormProblem(True, label, f"{field_of('monthly_report', key).label}：{what}，没有读入；请改成数字。")
            )
            continue
        texts[key] = text
    if not uid and not name and not any(texts.values()):
        return None
    before: Mapping[str, str] = {
        key.removeprefix(".before."): shown(key) for key in PLACE if key.startswith(".before.")
    }
    return FormRow(uid, name, where, texts, shown(".stamp"), before)


def _filled(value: object, kind: str, shown: str) -> str:
    """What was filled into a cell; a formula counts as the figure it last showed."""
    if kind == "f":
        return shown or _NOT_CALCULATED
    return _as_text(value)


def _as_text(value: object) -> str:
    """A cell as a person reads it; the noise in the last digits of a double is rounded away."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return format(Decimal(repr(round(value, 6))).normalize(), "f")
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10]
    return str(value).strip()
