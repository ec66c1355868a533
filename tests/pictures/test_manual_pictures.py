"""Every picture of the manual can be taken; `sh run.sh pictures` also puts them into resources/manual/pictures."""

import datetime as dt
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from laoxiao_desktop import clock
from laoxiao_desktop.models import meaning
from laoxiao_desktop.models.change import Person
from laoxiao_desktop.models.summary import Scope
from laoxiao_desktop.ui.exchange_place import GIVING, SETTLING, ExchangePlace
from laoxiao_desktop.ui.help_panel import ALL_KEYS
from laoxiao_desktop.ui.main_window import MainWindow
from laoxiao_desktop.ui.projects import ProjectsPlace
from laoxiao_desktop.ui.projects_state import BUILT_IN
from laoxiao_desktop.ui.report_side import OUTLINE
from laoxiao_desktop.ui.reports import ReportsPlace
from laoxiao_desktop.workspace import milestones, months, packages, plans, projects
from tests.ui import shell_desk as desk

HOUSE = Path(__file__).parents[2]
MANUAL = HOUSE / "resources" / "manual"
MOMENT = dt.datetime.fromisoformat("2023-06-28T09:30:00").astimezone()
NAME = "景洪市江北街道综合养老服务中心项目"
REACHED = {
    "M01": "2022-01-20",
    "M02": "2022-03-08",
    "M03": "2022-04-28",
    "M04": "2022-05-26",
    "M05": "2022-06-30",
    "M06": "2022-07-15",
    "M07": "2022-09-05",
    "M08": "2022-09-28",
    "M09": "2022-10-18",
    "M10": "2023-01-12",
}
SIZE = (1366, 768)
REPORTED = 9  # projects with figures in the month before
VIVID = 40  # between the strongest and the weakest part of a colour
LEAST_COLOURS = 12  # fewer would be an empty window


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[MainWindow]:
    """The window on the example on a fixed day, 1366 × 768; no path of this machine is seen in it."""
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LAOXIAO_HOME", "文档")
    with desk.window(qtbot, Person("王芳", "景洪市民政局")) as shown:
        shown.resize(*SIZE)
        yield shown


def test_the_pictures_of_the_manual_can_be_taken(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    house = HOUSE if os.environ.get("LAOXIAO_PICTURES") else tmp_path
    album = Album(window, house / "resources" / "manual" / "pictures")
    (house / "resources" / "manual" / "meanings.md").write_text(meaning.page(), encoding="utf-8")
    album.take("start")
    desk.open_demo(window, qtbot)
    work(window)
    place = window.places.place
    assert isinstance(place, ProjectsPlace)
    show_projects(place, album, window)
    show_record(place, album)
    show_lists(window, album)
    show_report(window, qtbot, album)
    show_month(window, album)
    take_samples(window, qtbot, house / "docs" / "samples")
    show_exchange(window, qtbot, album)
    window.go_to("settings")
    album.take("settings")
    window.go_to("projects")
    place.pane.fields.row("total_investment").value.setFocus()
    desk.press(window, Qt.Key.Key_F1)
    album.take("help")
    window.help.tabs.setCurrentIndex(ALL_KEYS)
    album.take("keys")
    desk.press(window, Qt.Key.Key_F1)
    show_round(window, album)
    window.theme.choose("dark")
    album.take("projects-dark")
    assert album.names == named_in_the_manual()


class Album:
    """Takes pictures of a window into a folder."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self._window = window
        self._folder = folder
        self.names: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str) -> None:
        """One picture, when the window has come to rest; an empty one fails."""
        settle()
        for part in self._window.findChildren(QWidget):  # no mouse points anywhere
            part.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
        picture = self._window.grab().toImage()
        assert (picture.width(), picture.height()) == SIZE
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 5)}
        assert len(colours) >= LEAST_COLOURS, f"{name} shows nothing"
        file = self._folder / f"{name}.png"
        assert picture.save(str(file))
        with Image.open(file) as whole:
            small = with_few_colours(whole.convert("RGB"))
        small.save(file, optimize=True)
        self.names.add(f"{name}.png")


def with_few_colours(whole: Image.Image) -> Image.Image:
    """256 colours: the most seen of the quiet ones, so that no ground is tinted, and of the vivid ones, for the marks."""
    counted: list[tuple[int, tuple[int, int, int]]] = whole.getcolors(whole.width * whole.height)  # type: ignore[assignment]
    colours = [colour for _, colour in sorted(counted, reverse=True)]
    vivid = [colour for colour in colours if max(colour) - min(colour) > VIVID][:128]
    quiet = [colour for colour in colours if max(colour) - min(colour) <= VIVID][: 256 - len(vivid)]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in quiet + vivid for part in colour])
    return whole.quantize(palette=palette, dither=Image.Dither.NONE)


def settle(milliseconds: int = 250) -> None:
    """Lets timers and jobs come to rest."""
    passed = QElapsedTimer()
    passed.start()
    while passed.elapsed() < milliseconds:
        QApplication.processEvents()


def named_in_the_manual() -> set[str]:
    """The pictures that the manual and the two READMEs show."""
    pages = [*MANUAL.glob("*.md"), *HOUSE.glob("README*.md")]
    return {name for page in pages for name in re.findall(r"pictures/([\w-]+\.png)", page.read_text("utf-8"))}


def work(window: MainWindow) -> None:
    """A project in hand as it is after some months: milestones reached, a figure corrected with its reason."""
    uid = uid_of(window)
    session = window.session
    session.run(milestones.start_from_template, uid)
    for step in session.read(milestones.of, uid):
        if step.code in REACHED:
            session.run(milestones.edit, step.uid, {"actual": REACHED[step.code]})
    session.run(projects.edit, uid, {"status": "在建"})
    session.run(projects.edit, uid, {"total_investment": 3_720_000_00}, "初步设计概算批复")


def uid_of(window: MainWindow) -> str:
    """The uid of the project in the pictures."""
    found = window.session.ledger.connection.execute("SELECT uid FROM project WHERE name = ?", (NAME,)).fetchone()
    return str(found[0])


def show_projects(place: ProjectsPlace, album: Album, window: MainWindow) -> None:
    """The grid: as it opens, searched, grouped."""
    take_in_hand(place, window)
    place.pane.show_page("基本")
    album.take("projects")
    window.top.search.setText("jhs")
    window.places.search("jhs")
    album.take("search")
    window.top.search.clear()
    window.places.search("")
    place._set(replace(BUILT_IN[0][1], group="facility_type"))  # as a click in the menu does
    place.view.scrollToTop()
    album.take("groups")
    place._set(BUILT_IN[0][1])
    take_in_hand(place, window)


def take_in_hand(place: ProjectsPlace, window: MainWindow) -> None:
    """The project in hand, in the middle of the rows."""
    place.show_uid(uid_of(window))
    place.view.scrollTo(place.view.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)


def show_record(place: ProjectsPlace, album: Album) -> None:
    """The pages of the record."""
    for page, name in (("基本", "record"), ("里程碑", "milestones"), ("变更", "history")):
        place.pane.show_page(page)  # type: ignore[arg-type]
        album.take(name)
    place.pane.show_page("基本")
    desk.click(place.pane.header.pill)
    album.take("light")
    desk.click(place.pane.header.pill)


def show_report(window: MainWindow, qtbot: QtBot, album: Album) -> None:
    """The report when its pages are there."""
    window.go_to("reports")
    place = window.places.place
    assert isinstance(place, ReportsPlace)
    qtbot.waitUntil(lambda: place.panel.save_button.isEnabled(), timeout=30_000)
    place.preview.side.show_tab(OUTLINE)
    place.preview.head.side.setChecked(True)
    qtbot.waitUntil(lambda: place.preview.side.outline.isVisible(), timeout=10_000)
    settle(1500)
    album.take("report")


def show_round(window: MainWindow, album: Album) -> None:
    """The guided round at its fourth step."""
    window.session.settings.put("round.step", 3)
    window.round.begin()
    album.take("round")
    window.round.bubble.left.emit()


def show_lists(window: MainWindow, album: Album) -> None:
    """The places that need nothing but the plans."""
    for key, wait in (("indicators", 0), ("findings", 2000), ("gantt", 0), ("exchange", 0)):
        window.go_to(key)
        settle(wait)
        album.take(key)


def show_exchange(window: MainWindow, qtbot: QtBot, album: Album) -> None:
    """Packages: one to be given out, one that came back, the conflict that it brought."""
    session, uid = window.session, uid_of(window)
    out, back = Path("文档/去.lxp"), Path("文档/景洪市台账 发州发展改革委 2023-06-28.lxp")
    session.read(partial(packages.give, to="景洪市民政局", county="532801"), out)
    with packages.start_from(out, Path("文档/景洪市.laoxiao"), Person("岩温", "景洪市民政局")) as copy:
        projects.edit(copy, uid, {"total_investment": 4_020_000_00, "remark": "屋面防水已完成，监理已签认。"})
        step = next(step for step in milestones.of(copy, uid) if step.code == "M11")
        milestones.edit(copy, step.uid, {"actual": "2023-06-20"})
        packages.give(copy, back, to="州发展改革委")
    session.run(projects.edit, uid, {"total_investment": 3_900_000_00})
    window.go_to("exchange")
    place = window.places.place
    assert isinstance(place, ExchangePlace)
    place.giving.put_in(Path("文档"))
    place.show_page(GIVING)
    qtbot.waitUntil(lambda: place.giving._what.text().endswith("。"), timeout=20_000)  # how much there is to give
    album.take("exchange-give")
    place.look_at(back)
    qtbot.waitUntil(lambda: place.taking.take_button.isVisible(), timeout=10_000)
    album.take("exchange-take")
    place.taking.take()
    qtbot.waitUntil(lambda: bool(place.taking.result.buttons), timeout=10_000)
    place.show_page(SETTLING)
    place.settling.sheet.pick(1)
    album.take("exchange-conflict")


def show_month(window: MainWindow, album: Album) -> None:
    """A month open and partly filled in, and what it comes to; the figures are made up and said to be."""
    session = window.session
    plan = plan_of(window)
    session.narrow(replace(session.scope, plan=plan))
    session.run(months.open_month, "2023-05")
    rows = session.read(months.grid, "2023-05", Scope(plan))[:REPORTED]
    uids = [row.facts.uid for row in rows]
    for number, uid in enumerate(uids, start=1):
        done = number * 23_000_000
        figures = {"cum_completed": done, "cum_arrived": done * 9 // 10, "cum_paid": done * 7 // 10}
        session.run(months.set_fields, uid, "2023-05", {**figures, "image_progress": "主体施工"})
    session.run(months.submit, "2023-05", uids)
    session.run(months.open_month, "2023-06")
    for number, uid in enumerate(uids[:4], start=1):
        session.run(months.set_fields, uid, "2023-06", {"cum_completed": number * 31_000_000})
    window.go_to("monthly")
    album.take("monthly")
    window.go_to("overview")
    settle(500)
    album.take("overview")
    session.narrow(replace(session.scope, plan=None))


def plan_of(window: MainWindow) -> str:
    """The plan of the project in the pictures."""
    return next(line.uid for line in window.session.read(plans.all_of) if "西双版纳" in line.title)


def take_samples(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    """The report as a file, and its first page and first annex page as pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    window.go_to("reports")
    settle(500)
    place, paper = window.places.place, folder / "monthly-report.pdf"
    assert isinstance(place, ReportsPlace)
    paper.unlink(missing_ok=True)
    place.save_to(paper)
    qtbot.waitUntil(lambda: paper.exists() and place.strip.isVisible(), timeout=10_000)
    document = pdfium.PdfDocument(paper)
    pages = [document[number] for number in range(len(document))]
    annex = next(page for page in pages if page.get_rotation())
    for name, page in (("monthly-report-1", pages[0]), ("monthly-report-annex", annex)):
        page.render(scale=1.2).to_pil().convert("L").save(folder / f"{name}.png", optimize=True)
    document.close()
