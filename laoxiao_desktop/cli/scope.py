"""Which part of the ledger a verb is about: plans by a part of their title, a county, a sector."""

from dataclasses import dataclass

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models.plain_text import compact, quoted
from laoxiao_desktop.models.region import find_county
from laoxiao_desktop.workspace import plans, projects
from laoxiao_desktop.workspace.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Scope:
    """`titles` are the chosen plans by uid, all of them when `is_narrowed` is false; county is a code."""

    titles: dict[str, str]
    is_narrowed: bool
    county: str | None
    sector: str | None
    light: str | None = None

    @property
    def conditions(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The scope as conditions of a Query."""
        chosen = {
            "plan": tuple(self.titles) if self.is_narrowed else None,
            "county": self.county,
            "sector": self.sector,
            "light": self.light,
        }
        return tuple((field, (value,) if isinstance(value, str) else value) for field, value in chosen.items() if value)

    @property
    def plans_or_all(self) -> tuple[str | None, ...]:
        """The chosen plans one by one; one None stands for all."""
        return tuple(self.titles) if self.is_narrowed else (None,)


def scope_of(
    ledger: Ledger, plan: str | None, county: str | None, sector: str | None = None, light: str | None = None
) -> Scope:
    """The scope that was asked for; UserError when no plan or county is called so."""
    known = plans.all_of(ledger)
    titles = {line.uid: line.title for line in known}
    if plan:
        part = compact(plan)
        titles = {line.uid: line.title for line in known if part in compact(line.title) + "\n" + line.region}
        if not titles:
            names = "、".join(line.region or line.title for line in known)
            raise UserError(f"没有名称里含{quoted(plan)}的方案。", f"台账里有：{names}。")
    return Scope(titles, bool(plan), _county(ledger, county) if county else None, sector, light)


def only_plan(scope: Scope) -> str | None:
    """The one plan that was chosen, None for all; UserError when the words fit several."""
    if not scope.is_narrowed:
        return None
    if len(scope.titles) > 1:
        raise UserError("有几个方案都符合。", f"请写得更具体：{'、'.join(scope.titles.values())}。")
    return next(iter(scope.titles))


def _county(ledger: Ledger, text: str) -> str:
    own = {name: code for code, name in projects.county_titles(ledger).items()}
    code = find_county(text) or own.get(compact(text))
    if code is None:
        raise UserError(f"没有找到县市区{quoted(text)}。", "请写县市区名称或 6 位代码，如 景洪市、532801。")
    return code
