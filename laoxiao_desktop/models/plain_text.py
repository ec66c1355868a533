"""Plain text as it enters the ledger: no control characters, no stray line breaks, full-width figures made readable."""

import re
import unicodedata

_FULL_TO_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Category Cf holds zero-width and direction marks: invisible on screen, yet they break search and comparison.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Cn"})


def _printable(text: str) -> str:
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _DROPPED)


def many_lines(text: str) -> str:
    """The text with unified line ends, without control characters, lone surrogates and trailing blanks."""
    unified = _BREAKS.sub("\n", text).replace("\t", " ")
    lines = [line.rstrip() for line in _printable(unified).split("\n")]
    return "\n".join(lines).strip("\n").rstrip()


def one_line(text: str) -> str:
    """The text on one line: breaks and runs of blanks become one space, ends are trimmed."""
    return " ".join(many_lines(text).split())


def compact(text: str) -> str:
    """The text without any blank: cells of a printed table wrap in the middle of a word."""
    return "".join(many_lines(text).split())


def half_width(text: str) -> str:
    """Full-width figures, letters and signs as ASCII; one character stays one character, so positions keep."""
    return text if text.isascii() else text.translate(_FULL_TO_HALF)


def figures(text: str) -> str:
    """What was typed, ready to be read as a figure: compact and half-width."""
    return half_width(compact(text))


def quoted(text: str) -> str:
    """The typed text in Chinese quotes for a message, shortened when it is long."""
    line = one_line(text)
    return f"“{line if len(line) <= 40 else line[:39] + '…'}”"


def shortened(text: str) -> str:
    """The text on one line of at most 24 characters, as the label of a change holds it."""
    line = " ".join(text.split())
    return line if len(line) <= 24 else f"{line[:23]}…"
