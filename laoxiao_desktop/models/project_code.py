"""Project code: 项目代码 of the national online platform, checked and decoded."""

import re
from dataclasses import dataclass
from typing import Final

from laoxiao_desktop.models.plain_text import figures
from laoxiao_desktop.models.region import find_region, name_of

_DIGITS: Final = re.compile(r"([0-9]{4})([0-9]{6})([0-9]{2})([0-9]{2})([0-9]{6})")


@dataclass(frozen=True, slots=True)
class ProjectCode:
    """YYMM-RRRRRR-DD-TT-NNNNNC: when and where it was given, two class numbers, serial number and check digit.

    `industry` (DD) and `kind` (TT) are kept as issued; their meaning belongs to the platform.
    """

    year: int
    month: int
    region: str
    industry: str
    kind: str
    serial: str

    @property
    def digits(self) -> str:
        """The 20 digits without hyphens."""
        return f"{self.year % 100:02d}{self.month:02d}{self.region}{self.industry}{self.kind}{self.serial}"

    @property
    def has_right_check_digit(self) -> bool:
        """Whether the last digit follows from the others."""
        return check_digit(self.digits[:-1]) == self.digits[-1]

    def __str__(self) -> str:
        d = self.digits
        return f"{d[:4]}-{d[4:10]}-{d[10:12]}-{d[12:14]}-{d[14:]}"


def check_digit(digits: str) -> str:
    """The check digit of ISO 7064 MOD 11,10 for a string of digits."""
    rest = 10
    for digit in digits:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return str((11 - rest) % 10)


def decode(code: str) -> ProjectCode | None:
    """The parts of a 24-character code, hyphens missing or not; None for an older or other code."""
    match = _DIGITS.fullmatch(re.sub(r"[-—–−]", "", figures(code)))
    if match is None or not 1 <= int(match[1][2:]) <= 12:
        return None
    return ProjectCode(2000 + int(match[1][:2]), int(match[1][2:]), match[2], match[3], match[4], match[5])


def check_code(text: str, county: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The code with its hyphens in place, and warnings for a person; nothing is refused, old codes are accepted."""
    typed = figures(text).upper()
    if not typed:
        return "", ()
    code = decode(typed)
    if code is None:
        return typed, ("不是 24 位项目代码，请核对；旧代码可以保留。",)
    warnings = []
    if not code.has_right_check_digit:
        warnings.append("项目代码校验位不符，请核对是否抄错。")
    if county and county[:4].isdigit() and not _is_within(county, code.region):
        warnings.append(f"项目代码的地区是{_place(code.region)}，项目在{name_of(county)}。")
    return str(code), tuple(warnings)


def _is_within(county: str, region: str) -> bool:
    """A code given by the prefecture or the province covers its counties."""
    return region in (county, f"{county[:4]}00", f"{county[:2]}0000")


def _place(region: str) -> str:
    known = find_region(region)
    return known.name if known else region
