"""The ten steps of the guided round: where each happens, what it asks, what it points at, and how it is seen to be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QWidget

from laoxiao_desktop.models.change import Change
from laoxiao_desktop.ui.place_stack import PlaceStack
from laoxiao_desktop.ui.places_bar import PlacesBar
from laoxiao_desktop.ui.session import Session
from laoxiao_desktop.ui.status_bar import UNDONE
from laoxiao_desktop.ui.top_bar import TopBar

if TYPE_CHECKING:
    from laoxiao_desktop.ui.monthly import MonthlyPlace
    from laoxiao_desktop.ui.projects import ProjectsPlace
    from laoxiao_desktop.ui.reports import ReportsPlace

Target = tuple[QWidget, QRect]  # a widget and the part of it that is meant


@dataclass(slots=True)
class Scene:
    """The window as the round sees it, and what has happened since the step began."""

    session: Session
    top: TopBar
    bar: PlacesBar
    places: PlaceStack
    changes: list[Change] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def projects(self) -> ProjectsPlace:
        """The place 项目, while it is in view."""
        return cast("ProjectsPlace", self.places.place)

    def changed(self, table: str) -> bool:
        """Whether something in a table was changed, other than by 撤销."""
        return any(table in change.tables and not change.label.startswith(UNDONE) for change in self.changes)


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `place` is the key of the place it happens in, "" anywhere."""

    place: str
    title: str
    words: str
    target: Callable[[Scene], Target]
    is_done: Callable[[Scene], bool]


def whole(widget: QWidget) -> Target:
    """All of a widget."""
    return widget, widget.rect()


def _cell(scene: Scene) -> Target:
    """总投资 of the row in hand."""
    from laoxiao_desktop.ui.grid_columns import INDEX  # noqa: PLC0415 - a place is loaded when it is shown

    view, table = scene.projects.view, scene.projects.table
    row = max(0, view.currentIndex().row())
    rect = view.visualRect(table.index(row, INDEX["total_investment"]))
    return view.viewport(), rect.intersected(view.viewport().rect())


def _tab(scene: Scene, title: str) -> Target:
    """A tab of the record."""
    tabs = scene.projects.pane.tabs
    number = next(at for at in range(tabs.count()) if tabs.tabText(at).startswith(title))
    return tabs, tabs.tabRect(number)


def _template(scene: Scene) -> Target:
    """The button that lays the milestones, once their page is in view."""
    pane = scene.projects.pane
    button = pane.milestones.empty.button
    return whole(button) if pane.page == "里程碑" and button.isVisible() else _tab(scene, "里程碑")


def _month(scene: Scene) -> Target:
    place = cast("MonthlyPlace", scene.places.place)
    return whole(place.empty.button if place.empty.isVisible() else place.head.month)


def _save(scene: Scene) -> Target:
    button: QAbstractButton = cast("ReportsPlace", scene.places.place).panel.save_button
    return whole(button)


STEPS: tuple[Step, ...] = (
    Step(
        "",
        "去“项目”",
        "左边是各个页面。点“项目”，或按 Ctrl+2。",
        lambda scene: whole(scene.bar.item("projects")),
        lambda scene: scene.places.key == "projects",
    ),
    Step(
        "projects",
        "打几个字就找到",
        "在这里打 jhs，就是“景洪市”的拼音首字母；名称、单位、建设内容也能找。",
        lambda scene: whole(scene.top.search),
        lambda scene: bool(scene.top.search.text().strip()),
    ),
    Step(
        "projects",
        "只看一个县市",
        "在搜索框里按 Esc 清空，再在这里选一个县市。整个窗口，连同报告，就只看这个县。",
        lambda scene: whole(scene.top.county),
        lambda scene: scene.session.scope.county is not None,
    ),
    Step(
        "projects",
        "改一个数",
        "双击“总投资”，把数改大一点，按 Enter。不用点保存；公布的原数留在右边的记录里。",
        _cell,
        lambda scene: scene.changed("project"),
    ),
    Step(
        "projects",
        "再改回来",
        "点这里，或按 Ctrl+Z。关掉程序再打开，也还能撤销。",
        lambda scene: whole(scene.top.undo),
        lambda scene: any(change.label.startswith(UNDONE) for change in scene.changes),
    ),
    Step(
        "projects",
        "排出里程碑",
        "在记录的“里程碑”一页点“按模板建立里程碑”：从立项到决算的节点，按建设期限排好计划日期。",
        _template,
        lambda scene: scene.changed("milestone"),
    ),
    Step(
        "projects",
        "看谁改过什么",
        "点“变更”：谁、什么时候、从多少改成多少，一行一行都在，删不掉。",
        lambda scene: _tab(scene, "变更"),
        lambda scene: scene.projects.pane.page == "变更",
    ),
    Step(
        "",
        "让程序找笔误",
        "点“校核”：公布文本里自相矛盾、像是笔误的地方，逐条写明为什么，改不改由您定。",
        lambda scene: whole(scene.bar.item("findings")),
        lambda scene: scene.places.key == "findings",
    ),
    Step(
        "monthly",
        "开启一个月",
        "每月在这里填累计完成、到位、支付。点它，选一个月份开启。",
        _month,
        lambda scene: scene.changed("month"),
    ),
    Step(
        "reports",
        "印出报告",
        "看到的就是印出来的。点“导出 PDF”，或者打印。",
        _save,
        lambda scene: any(words.startswith(("已导出", "已送去打印")) for words in scene.said),
    ),
)
