"""What stands on the page of 总览, as plain values: figures, charts, lists, each with the way it leads."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from laoxiao_desktop.models.query import Query
from laoxiao_desktop.ui.paint import Light
from laoxiao_desktop.ui.way import Rows, Way


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of a line in a token's colour."""

    text: str
    tone: str = "text2"
    medium: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure: label above, a line of words below; `says` is what a screen reader and the mouse learn."""

    key: str
    label: str
    value: str
    unit: str = ""
    notes: tuple[Words, ...] = ()
    way: Way | None = None
    note_way: Way | None = None
    light: Light | None = None
    says: str = ""

    @property
    def is_known(self) -> bool:
        """Whether there is a figure at all."""
        return self.value != "—"


@dataclass(frozen=True, slots=True)
class BarLine:
    """One bar: its name, how many, `share` of the whole filled and `second` up to there in a lighter tone.

    `tick` is where time stands. `cells` are the figures at the right, one a column of the chart. `lights` counts red and
    yellow, each with its way.
    """

    key: str
    name: str
    count: str = ""
    share: float = 0.0
    second: float = 0.0
    tick: float | None = None
    cells: tuple[Words, ...] = ()
    lights: tuple[tuple[Light, int, Way | None], ...] = ()
    way: Way | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A question with bars that answer it. `columns` are titles of the cells with their widths at 100 %.

    Lines that find no room are gathered in `rest`, if they may be.
    """

    key: str
    question: str
    note: str = ""
    columns: tuple[tuple[str, int], ...] = ()
    lines: tuple[BarLine, ...] = ()
    has_lights: bool = False
    is_elastic: bool = False
    empty: str = ""


@dataclass(frozen=True, slots=True)
class ListLine:
    """One line of a list: words at the left, in the middle and at the right."""

    key: str
    text: str
    middle: str = ""
    right: str = ""
    tone: str = "text2"
    light: Light | None = None
    way: Way | None = None
    says: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A list with its title, how many there are in all, and a link to all of them."""

    key: str
    title: str
    count: int | None = None
    tone: str = "text3"
    link: str = ""
    way: Way | None = None
    lines: tuple[ListLine, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """The whole page; `month` is the one it tells of, "" before the first. `notice` is said above everything when there is something to be done first, with a button."""

    title: str = ""
    subtitle: str = ""
    month: str = ""
    notice: str = ""
    button: str = ""
    button_way: Way | None = None
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = field(default=())
    sections: tuple[Section, ...] = field(default=())


def together(lines: Iterable[BarLine]) -> Way | None:
    """One way to the rows of several lines that differ in one condition only."""
    ways = [line.way for line in lines if isinstance(line.way, Rows)]
    if not ways:
        return None
    gathered: dict[str, tuple[str, ...]] = {}
    for way in ways:
        for name, values in way.query.conditions:
            gathered[name] = tuple(dict.fromkeys((*gathered.get(name, ()), *values)))
    return Rows(Query(conditions=tuple(gathered.items())), ways[0].title)
