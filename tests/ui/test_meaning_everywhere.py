"""No field of the record and of the lists stands without its meaning: every tab is opened, every row unfolded."""

from pytestqt.qtbot import QtBot

from laoxiao_desktop.models import meaning
from laoxiao_desktop.ui import meaning_tip
from laoxiao_desktop.ui.indicators import IndicatorsPlace
from laoxiao_desktop.ui.lists_kinds import KINDS
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.record_fold import FoldRow
from laoxiao_desktop.ui.record_step import StepRow
from laoxiao_desktop.ui.record_value import FieldValue
from laoxiao_desktop.workspace import funding, issues, milestones, months, sites
from tests.ui import shell_desk as desk

MADE_UP = {"names", "count"}  # of the form that makes many sites at once; their hints explain them


def unexplained(window: MainWindow) -> set[str]:
    """The fields in the place in view of which neither mouse nor F1 would say anything."""
    return {
        value._field.name
        for value in window.places.place.findChildren(FieldValue)
        if meaning.of(meaning_tip.key_at(value)) is None
    } - MADE_UP


def test_every_field_of_the_record_is_explained(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot)
        place, session = window.places.place, window.session
        assert isinstance(place, ProjectsPlace)
        qtbot.waitUntil(lambda: place.pane.uid is not None)
        uid = str(place.pane.uid)
        session.run(milestones.start_from_template, uid)
        session.run(months.open_month, "2023-05")
        session.run(funding.set_line, uid, "银行贷款", {"planned": 100})
        session.run(funding.add_allocation, uid, {"source": "中央预算内投资", "year": 2023, "amount": 100})
        session.run(issues.add, uid, {"text": "用地没有批下来"})
        session.run(sites.add, uid, {"name": "一号点"})
        for page in ("基本", "里程碑", "资金", "月报", "问题", "附件", "点位"):
            place.pane.show_page(page)
            for row in place.pane.findChildren(FoldRow):
                row.unfold(True)
            for step in place.pane.findChildren(StepRow):
                step.unfold(True)
        assert len(place.pane.findChildren(FieldValue)) > 60
        assert unexplained(window) == set()


def test_every_field_of_the_lists_is_explained(qtbot: QtBot) -> None:
    with desk.window(qtbot) as window:
        desk.open_demo(window, qtbot, "indicators")
        place = window.places.place
        assert isinstance(place, IndicatorsPlace)
        for kind in KINDS:
            desk.click(place.tabs.tab(kind.key))
            assert unexplained(window) == set(), kind.title
            columns = place.table.columns
            assert [column.name for column in columns if meaning.of(kind.meaning_key(column)) is None] == []
