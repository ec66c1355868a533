"""The page of 总览 as lines of text, to be pasted into a document or a table: columns are parted by tabs."""

from collections.abc import Iterable

from laoxiao_desktop.ui.overview_page import Chart, Figure, Page, Section
from laoxiao_desktop.ui.paint import LIGHT_WORDS


def text_of(page: Page) -> str:
    """Title, figures, charts and lists; lists in full, not only what finds room."""
    lines = [f"{page.title}\t{page.subtitle}".strip()]
    if page.notice:
        lines.append(page.notice)
    lines += [_figure(figure) for figure in page.figures]
    for chart in page.charts:
        lines += ["", *_chart(chart)]
    for section in page.sections:
        lines += ["", *_section(section)]
    return "\n".join(lines)


def _figure(figure: Figure) -> str:
    notes = "".join(note.text for note in figure.notes)
    label = f"{LIGHT_WORDS[figure.light]}灯" if figure.light else figure.label
    return "\t".join((label, f"{figure.value} {figure.unit}".strip(), notes))


def _chart(chart: Chart) -> Iterable[str]:
    yield "\t".join((chart.question, "", *(title for title, _ in chart.columns)))
    for line in chart.lines:
        lights = "、".join(f"{LIGHT_WORDS[light]} {count}" for light, count, _ in line.lights if count)
        yield "\t".join((line.name, line.count, *(words.text for words in line.cells), lights)).rstrip("\t")
    if not chart.lines:
        yield chart.empty


def _section(section: Section) -> Iterable[str]:
    yield f"{section.title}\t{section.count if section.count is not None else ''}".rstrip("\t")
    for line in section.lines:
        yield "\t".join(part for part in (line.text, line.middle, line.right) if part)
    if not section.lines:
        yield section.empty
