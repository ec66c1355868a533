"""Where a figure leads: to exactly the rows behind it, to one project, to a place as it stands."""

from dataclasses import dataclass

from laoxiao_desktop.models.query import Query


@dataclass(frozen=True, slots=True)
class Rows:
    """Projects to be shown in 项目: the question, and what they are called where they are a plain list of uids."""

    query: Query
    title: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One project to be shown in 项目, at one of its fields if any."""

    uid: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place to go to by its key; `of` names what to show there (a month), if anything."""

    key: str
    of: str = ""


Way = Rows | Record | Place
