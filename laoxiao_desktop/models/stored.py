"""One field of a stored row, read as what it is; a value of another type counts as none."""

from collections.abc import Mapping


def text_in(row: Mapping[str, object], name: str) -> str:
    """A text; empty when there is none."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def whole_in(row: Mapping[str, object], name: str) -> int | None:
    """A whole number, such as an amount in 分; None when there is none."""
    value = row.get(name)
    return value if isinstance(value, int) else None
