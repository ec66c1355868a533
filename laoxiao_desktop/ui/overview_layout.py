"""Where everything on the page of 总览 stands: how many lines find room, and the rectangles of all of them."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF

from laoxiao_desktop.ui.overview_page import BarLine, Chart, Figure, ListLine, Page, Section

COMPACT_BELOW = 680  # logical pixels of height
STACKED_BELOW = 860  # of width
LEAST_BODY = 400  # for charts and lists together
SIDE, GAP = 24, 40
_NAME, _COUNT, _BAR = 84, 46, 16  # of a bar line: name, count, gap before the bar
_LIGHT_CELL = 34


@dataclass(frozen=True, slots=True)
class PlacedFigure:
    """A figure and its area."""

    figure: Figure
    area: QRectF


@dataclass(frozen=True, slots=True)
class PlacedChart:
    """A chart: where its question stands, its lines, and what found no room."""

    chart: Chart
    head: QRectF
    lines: tuple[tuple[BarLine, QRectF], ...]
    rest: tuple[BarLine, ...]
    rest_area: QRectF


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A list: its title, its lines, how many found no room."""

    section: Section
    head: QRectF
    lines: tuple[tuple[ListLine, QRectF], ...]
    empty: QRectF


@dataclass(frozen=True, slots=True)
class Layout:
    """All areas of a page, and how high it is in all."""

    title: QRectF
    notice: QRectF
    figures: tuple[PlacedFigure, ...]
    rule: float  # the line below the figures
    charts: tuple[PlacedChart, ...]
    sections: tuple[PlacedSection, ...]
    divider: float  # the line between charts and lists; 0 when they stand one below the other
    height: float
    bar_row: float
    list_row: float


def arrange(page: Page, width: float, height: float, factor: float) -> Layout:
    """Places a page in a room. What is elastic gives way first; what cannot shrink makes the page higher than the room."""

    def px(size: float) -> float:
        return round(size * factor)

    is_compact = height < px(COMPACT_BELOW)
    bar_row, list_row = (px(22), px(21)) if is_compact else (px(25), px(24))
    head, gap = (px(24), px(7)) if is_compact else (px(28), px(12))
    side = px(SIDE)
    title = QRectF(side, px(6), width - 2 * side, px(38 if is_compact else 48))
    top = title.bottom()
    notice = QRectF()
    if page.notice:
        notice = QRectF(side, top, width - 2 * side, px(36))
        top = notice.bottom() + gap
    figure_height = px(80 if is_compact else 88)
    figures = _figures(page, QRectF(side, top, width - 2 * side, figure_height), factor)
    top = (figures[-1].area.bottom() if figures else top) + px(2)
    rule, top = top, top + gap
    is_stacked = width < px(STACKED_BELOW)
    left_width = width - 2 * side if is_stacked else round((width - 2 * side - px(GAP)) * 0.565)
    bottom = max(height, top + px(LEAST_BODY)) - px(10)  # at a large font the page scrolls rather than tell too little
    room = QRectF(side, top, left_width, bottom - top)
    charts, left_end = _charts(page, room, bar_row, head, gap, is_stacked)
    rows = sum(max(1, len(placed.lines) + bool(placed.rest)) for placed in charts)
    if not is_stacked and rows and (spare := (bottom - left_end) // rows) > 0:  # a tall room lets the lines breathe
        bar_row += min(spare, px(9))
        charts, left_end = _charts(page, room, bar_row, head, gap, is_stacked)
    if is_stacked:
        area = QRectF(side, left_end + gap, left_width, 0)
        divider = 0.0
    else:
        left = side + left_width + px(GAP)
        area = QRectF(left, top, width - side - left, bottom - top)
        divider = left - px(GAP) / 2
    sections, right_end = _sections(page, area, list_row, head, gap, is_stacked)
    whole = max(left_end, right_end) + px(10)
    return Layout(title, notice, figures, rule, charts, sections, divider, whole, bar_row, list_row)


def _figures(page: Page, area: QRectF, factor: float) -> tuple[PlacedFigure, ...]:
    """In one line by their weights, lights narrow; in a narrow room in two lines."""
    weights = [_weight(figure) for figure in page.figures]
    lines = [list(zip(page.figures, weights, strict=True))]
    if sum(weights) * factor * 0.92 > area.width():
        half = (len(weights) + 1) // 2
        lines = [lines[0][:half], lines[0][half:]]
    placed = []
    top = area.top()
    for line in lines:
        # each takes what it needs; what is left over goes between them in equal parts
        spare = area.width() - factor * sum(weight for _, weight in line)
        slacks = [weight - _least(figure) for figure, weight in line]
        whole = sum(slacks) or 1.0
        left = area.left()
        for (figure, weight), slack in zip(line, slacks, strict=True):
            # what is missing is taken from the room of long words, never from between two figures
            width = weight * factor + (spare / max(1, len(line)) if spare >= 0 else spare * slack / whole)
            placed.append(PlacedFigure(figure, QRectF(round(left), top, round(width), area.height())))
            left += width
        top += area.height()
    return tuple(placed)


def _least(figure: Figure) -> float:
    """The room of the words below, and of the figure itself drawn smaller with its unit."""
    if figure.light is not None:
        return 60
    return max(74, _words(figure) + 5, len(figure.value) * 12.7 + len(figure.unit) * 12 + 12)


def _weight(figure: Figure) -> float:
    if figure.light is not None:
        return 64
    return max(84, _words(figure) + 12, len(figure.value) * 15 + len(figure.unit) * 12 + 12)


def _words(figure: Figure) -> float:
    return sum(len(words.text.encode("gb18030", "replace")) * 6.1 for words in figure.notes)


def _charts(
    page: Page, area: QRectF, row: float, head: float, gap: float, is_stacked: bool
) -> tuple[tuple[PlacedChart, ...], float]:
    fixed = sum(head + row * max(1, len(chart.lines)) + gap * 2 for chart in page.charts if not chart.is_elastic)
    placed = []
    top = area.top()
    for number, chart in enumerate(page.charts):
        shown, rest = chart.lines, chart.lines[:0]
        if chart.is_elastic and not is_stacked:
            room = max(3, int((area.height() - fixed - head) // row))
            if len(chart.lines) > room:
                shown, rest = chart.lines[: room - 1], chart.lines[room - 1 :]
        if number:
            top += gap * 2
        title = QRectF(area.left(), top, area.width(), head)
        top = title.bottom()
        lines = []
        for line in shown:
            lines.append((line, QRectF(area.left(), top, area.width(), row)))
            top += row
        rest_area = QRectF(area.left(), top, area.width(), row) if rest or not chart.lines else QRectF()
        top = max(top, rest_area.bottom()) if rest_area.isValid() else top
        placed.append(PlacedChart(chart, title, tuple(lines), tuple(rest), rest_area))
    return tuple(placed), top


def _sections(
    page: Page, area: QRectF, row: float, head: float, gap: float, is_stacked: bool
) -> tuple[tuple[PlacedSection, ...], float]:
    """Lists share the room: each gets what it needs up to a fair part, and what others leave goes round again."""
    sections = [section for section in page.sections if section.lines or section.empty]
    room = 10**6 if is_stacked else int((area.height() - len(sections) * (head + gap) + gap) // row)
    needs = [max(1, len(section.lines)) for section in sections]
    limit = 8 if is_stacked else room
    given = [0] * len(sections)
    left = room
    while left > 0 and any(got < min(need, limit) for got, need in zip(given, needs, strict=True)):
        for number, need in enumerate(needs):
            if left > 0 and given[number] < min(need, limit):
                given[number] += 1
                left -= 1
    placed = []
    top = area.top()
    for number, section in enumerate(sections):
        if number:
            top += gap
        title = QRectF(area.left(), top, area.width(), head)
        top = title.bottom()
        lines = []
        for line in section.lines[: max(1, given[number])]:
            lines.append((line, QRectF(area.left(), top, area.width(), row)))
            top += row
        empty = QRectF()
        if not section.lines:
            empty = QRectF(area.left(), top, area.width(), row)
            top = empty.bottom()
        placed.append(PlacedSection(section, title, tuple(lines), empty))
    return tuple(placed), top


@dataclass(frozen=True, slots=True)
class BarParts:
    """The parts of a bar line: name, count, bar, the cells at the right, the lights."""

    name: QRectF
    count: QRectF
    bar: QRectF
    cells: tuple[QRectF, ...]
    lights: tuple[QRectF, ...]


def bar_parts(chart: Chart, area: QRectF, factor: float) -> BarParts:
    """Where the parts of a line stand; the bar takes what the others leave."""

    def px(size: float) -> float:
        return round(size * factor)

    has_count = any(line.count for line in chart.lines)  # without counts the names go on; the bars of all charts align
    name = QRectF(area.left(), area.top(), px(_NAME if has_count else _NAME + _COUNT), area.height())
    count = QRectF(name.right(), area.top(), px(_COUNT if has_count else 0), area.height())
    right = area.right()
    lights = []
    if chart.has_lights:
        for number in (2, 1):
            lights.append(QRectF(right - number * px(_LIGHT_CELL), area.top(), px(_LIGHT_CELL), area.height()))
        right -= 2 * px(_LIGHT_CELL) + px(4)
    cells: list[QRectF] = []
    for _, width in reversed(chart.columns):
        cells.insert(0, QRectF(right - px(width), area.top(), px(width), area.height()))
        right -= px(width)
    left = count.right() + px(_BAR)
    return BarParts(
        name, count, QRectF(left, area.top(), max(px(40), right - left), area.height()), tuple(cells), tuple(lights)
    )
