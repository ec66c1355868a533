"""点位: the sites of a bundled project, many taken in at once, each with its own figures and dates; what they come to."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from laoxiao_desktop import clock
from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import fields
from laoxiao_desktop.models import sites as rules
from laoxiao_desktop.models.capacity import Capacity, read_capacities
from laoxiao_desktop.models.dictionary import Field, field_of
from laoxiao_desktop.models.fields import Stored
from laoxiao_desktop.models.plain_text import one_line
from laoxiao_desktop.models.sites import RolledUp, Site
from laoxiao_desktop.ui.record_fold import Entry
from laoxiao_desktop.ui.record_fold_list import FoldList
from laoxiao_desktop.ui.record_form import Form
from laoxiao_desktop.ui.record_notes import Note, NoteList
from laoxiao_desktop.ui.record_sheet import (
    SIDE,
    EmptyPart,
    Figure,
    Figures,
    Heading,
    bring_into_view,
    sheet_in,
    write,
)
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.theme import Theme
from laoxiao_desktop.workspace import sites

_NAMES = (
    "name",
    "town",
    "beds",
    "places",
    "status",
    "started_on",
    "finished_on",
    "opened_on",
    "remark",
)
_SITE = tuple(field_of("site", name) for name in _NAMES)
_BEDS, _PLACES = field_of("site", "beds"), field_of("site", "places")
_NEW = (
    Field("names", "名称", "long", hint="每行一个：名称、乡镇、床位、托位，中间用空格隔开；可从表格粘贴"),
    Field("count", "或个数", "count", "个", hint="没有名称时按个数建立：点位1、点位2…，名称以后再改"),
    field_of("site", "town"),
    Field("beds", "每个床位", "capacity", "张", meaning="site.beds"),
    Field("places", "每个托位", "capacity", "个", meaning="site.places"),
)
MOST = 500


class SitesPage(QScrollArea):
    """The sites of the project in hand."""

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._theme = session, theme
        self._project = ""
        self._values: Mapping[str, Stored] = {}
        self._sheet, layout = sheet_in(self, "点位")
        self.empty = EmptyPart(theme, self._sheet)
        self.empty.pressed.connect(self.begin)
        self.figures = Figures(theme, self._sheet)
        self.notes = NoteList(theme, self._sheet)
        self.notes.chosen.connect(lambda _: self._session.run(sites.adopt, self._project))
        self._notes_box = QHBoxLayout()
        self._notes_box.addWidget(self.notes)
        self.head = Heading("点位", theme, self._sheet, (("add", "登记点位"),))
        self.head.chosen.connect(lambda _: self.begin())
        self.form: Form = Form(_NEW, "登记", theme, self._sheet)
        self.form.submitted.connect(self._add)
        self.form.opened.connect(lambda form: bring_into_view(self, form, theme))
        self.form.left.connect(self.focus_first)
        self.list = FoldList(_SITE, theme, self._save, self._sheet)
        self.list.linked.connect(lambda uid, _: self._session.run(sites.delete, uid))
        self.list.turned.connect(lambda row: bring_into_view(self, row, theme))
        layout.addWidget(self.empty)
        layout.addWidget(self.figures)
        layout.addLayout(self._notes_box)
        for part in (self.head, self.form, self.list):
            layout.addWidget(part)
        layout.addStretch(1)
        self.restyle()

    def restyle(self) -> None:
        """The theme changed."""
        side = self._theme.px(SIDE)
        self._notes_box.setContentsMargins(side, 0, side, 0)
        self.empty.restyle()
        self.figures.restyle()
        self.head.restyle()
        self.form.restyle()
        self.list.restyle()

    def focus_first(self) -> None:
        """Give the keyboard to the first thing on the page."""
        target: QWidget = self.list.rows[0].head if self.list.rows else self.empty.button
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_project(self, uid: str, values: Mapping[str, Stored]) -> None:
        """Read and show the sites of a project; open editors of the same project stay."""
        if uid != self._project:
            self.form.hide()
            self.list.forget()
            self.verticalScrollBar().setValue(0)
        self._project, self._values = uid, values
        is_editable = not self._session.ledger.is_read_only
        listed = self._session.read(sites.of, uid)
        lights = self._session.read(sites.lights, uid)
        self.list.show_entries([_told(site, lights[site.uid]) for site in listed], is_editable=is_editable)
        stated = stated_sites(values)
        self.empty.setVisible(not listed and self.form.isHidden())
        count = f"这个项目有 {stated} 个点位。" if stated else "这个项目由几个点位组成。"
        self.empty.say(f"{count}登记后，床位、日期和进度按点位填，项目自动汇总。", "登记点位…" if is_editable else "")
        self.head.setVisible(bool(listed))
        where = "项目写" if values.get("sites") else "建设内容写"
        self.head.say(
            "点位", f"{len(listed)} 个" + (f"，{where} {stated} 个" if stated and stated != len(listed) else "")
        )
        self.head.link("add").setVisible(is_editable)
        self._show_rolled(rules.roll_up(listed, clock.today()), is_editable)

    def _show_rolled(self, rolled: RolledUp, is_editable: bool) -> None:
        has_any = rolled.count > 0
        self.figures.setVisible(has_any)
        if not has_any:
            self.notes.show_notes(())
            return
        capacity = (rolled.beds, "床位", "张") if rolled.beds is not None else (rolled.places, "托位", "个")
        figures = [
            Figure("已开工", str(rolled.started), f"/ {rolled.count}"),
            Figure("已完工", str(rolled.finished), f"/ {rolled.count}"),
            Figure("已投用", str(rolled.opened), f"/ {rolled.count}"),
        ]
        if capacity[0] is not None:
            figures.append(Figure(f"汇总{capacity[1]}", capacity[0].show(), capacity[2]))
        self.figures.show_figures(figures)
        differing = differences(self._values, rolled)
        words = f"项目与点位汇总不同：{'；'.join(differing)}。" if differing else ""
        links = (("adopt", "采用汇总"),) if is_editable else ()
        self.notes.show_notes((Note("hint", words, links),) if words else ())

    # Changes

    def begin(self) -> None:
        """The form for new sites, with as many as the project says and has not yet."""
        missing = max(0, (stated_sites(self._values) or 0) - len(self.list.rows))
        self.empty.hide()
        self.form.start({"count": missing or None}, edit="names")

    def _add(self, values: dict[str, Stored]) -> None:
        try:
            block = new_sites(values, len(self.list.rows))
        except UserError as refusal:
            self.form.refuse(str(refusal))
            return
        change, refused = write(self._session, sites.add_many, self._project, block)
        if refused:
            self.form.refuse(refused)
        elif change is not None:
            self.form.close_form()

    def _save(self, uid: str, field: Field, stored: Stored) -> str:
        return write(self._session, sites.edit, uid, {field.name: stored})[1]


def stated_sites(values: Mapping[str, Stored]) -> int | None:
    """How many sites a project says it has: confirmed, else read from its content."""
    text = values.get("sites")
    try:
        capacity = Capacity.from_stored(str(text)) if text else None
    except UserError:
        capacity = None
    if capacity is None:
        found = read_capacities(str(values.get("content") or "")).get("sites")
        capacity = found[0] if found else None
    return int(capacity.minimum) if capacity is not None else None


def new_sites(values: Mapping[str, Stored], there: int) -> list[dict[str, Stored]]:
    """The rows of a filled form: by the names and pasted columns, else by the number. UserError for what does not fit."""
    common = {name: values[name] for name in ("town", "beds", "places") if values.get(name)}
    lines = [line for line in str(values.get("names") or "").splitlines() if line.strip()]
    count = values.get("count")
    if not lines and isinstance(count, int):
        if count > MOST:
            raise UserError(f"一次最多登记 {MOST} 个点位。", "请核对个数。")
        return [{**common, "name": f"点位{number}"} for number in range(there + 1, there + count + 1)]
    return [{**common, **_read(line)} for line in lines[:MOST]]


def _read(line: str) -> dict[str, Stored]:
    """One pasted line: the name, then in any order a town and up to two figures, beds and places."""
    name, *cells = line.split()
    found: dict[str, Stored] = {"name": one_line(name)}
    figures = iter((_BEDS, _PLACES))
    for text in cells:
        field = next(figures, None) if text[0].isdigit() else field_of("site", "town")
        if field is not None:
            found[field.name] = fields.parse(field, text, clock.today())
    return found


def differences(values: Mapping[str, Stored], rolled: RolledUp) -> Sequence[str]:
    """Where the project's own figures differ from what its sites come to, in words."""
    pairs = (
        ("点位", "个", values.get("sites"), str(rolled.count)),
        ("床位", "张", values.get("beds"), rolled.beds.stored if rolled.beds else None),
        ("托位", "个", values.get("places"), rolled.places.stored if rolled.places else None),
    )
    return [
        f"{what}汇总 {_shown(sums)} {unit}，项目{f'写 {_shown(own)} {unit}' if own else '未填'}"
        for what, unit, own, sums in pairs
        if sums and sums != own
    ]


def _shown(stored: Stored) -> str:
    return fields.show(_BEDS, stored)


def _told(site: Site, light: tuple[str, str]) -> Entry:
    """A site in one row."""
    today = clock.today()
    if rules.is_opened(site, today):
        state, day = "已投用", site.opened_on
    elif rules.is_finished(site, today):
        state, day = "已完工", site.finished_on
    elif rules.is_started(site, today):
        state, day = "已开工", site.started_on
    else:
        state, day = "未开工", None
    parts = (
        site.town,
        f"床位 {fields.show(_BEDS, site.beds)} 张" if site.beds else "",
        f"托位 {fields.show(_PLACES, site.places)} 个" if site.places else "",
        f"{day.replace('-', '.')}" if day else "",
    )
    values: dict[str, Stored] = {name: getattr(site, name) or None for name in _NAMES}
    return Entry(
        site.uid,
        site.name,
        "　".join(part for part in parts if part),
        state,
        mark=light[0],
        values=values,
        links=(("delete", "删除这个点位"),),
        tooltip=light[1],
    )
