"""Text of the record pane as lines: wrapping as the page wraps, and names balanced over two lines."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption


def wrapped(text: str, font: QFont, width: int) -> list[str]:
    """The lines of `text` at `width` px; 、，。 stay off the line start, numbers stay whole."""
    lines: list[str] = []
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font)
        layout.setTextOption(option)
        layout.beginLayout()
        count = len(lines)
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
        if len(lines) == count:
            lines.append("")
    return lines


def balanced(text: str, font: QFont, width: int) -> list[str]:
    """`text` on one line, or on two of nearly equal length; what does not fit in two is elided."""
    lines = wrapped(text, font, width)
    if len(lines) <= 1:
        return lines
    if len(lines) > 2:
        rest = text[len(lines[0]) :].lstrip()
        return [lines[0], QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)]
    low, high = width // 2, width
    while low < high:
        middle = (low + high) // 2
        if len(wrapped(text, font, middle)) <= 2:
            high = middle
        else:
            low = middle + 1
    return wrapped(text, font, high)
