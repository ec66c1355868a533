"""Every kind of report on a month that has everything, on nothing, on too much, as it stood, and as the same bytes."""

import cProfile
import dataclasses
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from laoxiao_desktop.errors import UserError
from laoxiao_desktop.models import table_projects
from laoxiao_desktop.models.funding import FundingLine
from laoxiao_desktop.models.rates import Rate
from laoxiao_desktop.models.report_card import Cards, Order, Orders, Photo
from laoxiao_desktop.models.report_gantt import Chart
from laoxiao_desktop.models.report_request import KINDS, TITLES, Request
from laoxiao_desktop.models.report_table import Document
from laoxiao_desktop.models.table_projects import ProjectState
from laoxiao_desktop.reports import card, page, photos, printing
from laoxiao_desktop.reports.font_files import bundled_fonts
from laoxiao_desktop.workspace import (
    history,
    issues,
    kept_reports,
    months,
    report_batch,
    report_values,
    safety,
)
from laoxiao_desktop.workspace.ledger import Ledger
from tests.reports import month_ledger

FONTS = bundled_fonts()
TODAY = dt.date(2026, 11, 25)
NAMES = [one.kind for one in KINDS]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laoxiao_desktop.clock.now", lambda: dt.datetime(2026, 11, 25, 9).astimezone())


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("laoxiao_desktop.clock.now", lambda: dt.datetime(2026, 11, 25, 9).astimezone())
        made = month_ledger.with_package(tmp_path_factory.mktemp("month"))
    yield made
    made.close()


def printed(ledger: Ledger, kind: str, **asked: object) -> printing.Printed:
    request = Request(kind, **{"as_of": TODAY, **asked})  # type: ignore[arg-type]
    return printing.pages_of(report_values.value_of(ledger, request), FONTS, request.numbering)


def told(ledger: Ledger, kind: str, **asked: object) -> Document:
    value = report_values.value_of(ledger, Request(kind, **{"as_of": TODAY, **asked}))  # type: ignore[arg-type]
    assert isinstance(value, Document)
    return value


def words(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    text = "".join(document[n].get_textpage().get_text_bounded() for n in range(len(document)))
    document.close()
    return "".join(text.split())


def cells(document: Document, key: str, table: int = 0) -> list[object]:
    place = [column.key for column in document.tables[table].columns].index(key)
    return [row.cells[place] for row in document.tables[table].plain_rows]


@pytest.mark.parametrize("kind", NAMES)
def test_every_kind_prints_with_all_fonts_embedded_and_the_same_bytes_again(ledger: Ledger, kind: str) -> None:
    first = printed(ledger, kind)
    assert first.missing_glyphs == ()
    assert first.content == printed(ledger, kind).content
    assert b"Helvetica" not in first.content
    for sheet in PdfReader(io.BytesIO(first.content)).pages:
        for font in sheet["/Resources"]["/Font"].values():  # type: ignore[index]
            found = font.get_object()
            assert isinstance(found, DictionaryObject)
            inner = found["/DescendantFonts"][0].get_object()  # type: ignore[index]
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()


@pytest.mark.parametrize("kind", [name for name in NAMES if name != "receipt"])
def test_every_kind_says_what_it_is_and_has_an_outline(ledger: Ledger, kind: str) -> None:
    reader = PdfReader(io.BytesIO(printed(ledger, kind).content))
    assert reader.metadata
    assert reader.metadata.title
    assert reader.metadata.author == month_ledger.CLERK.unit
    assert reader.metadata.subject == f"{TITLES[kind].split('、')[0]}，截至2026年11月25日"
    (first, *rest) = reader.outline
    assert not isinstance(first, list)
    nested = [one for part in rest if isinstance(part, list) for one in part]
    assert bool(nested) == (kind not in ("central", "annual", "supervise", "chase"))


@pytest.mark.parametrize("kind", [name for name in NAMES if name not in ("central", "indicators", "items", "annual")])
def test_rare_characters_and_marks_print_as_typed(ledger: Ledger, kind: str) -> None:
    if kind in ("supervise",):
        uid = next(row.uid for row in months.grid(ledger, "2026-10") if "㑇" in row.name)
        issues.supervise(ledger, uid, "勐腊县民政局", "核实㑇𬜬䶮一事。", "2026-12-30")
        assert "㑇𬜬䶮" in words(printed(ledger, kind, project=uid).content)
        return
    assert "勐腊县㑇𬜬䶮敬老院提质改造项目R&D<b>" in words(printed(ledger, kind).content)


@pytest.mark.parametrize("kind", NAMES)
def test_a_county_with_nothing_prints_one_plain_page(ledger: Ledger, kind: str) -> None:
    if kind in ("indicators", "items", "findings", "receipt"):
        return
    result = printed(ledger, kind, county="532822")
    assert result.pages == 1
    assert words(result.content)


@pytest.mark.parametrize("kind", NAMES)
def test_a_day_before_the_ledger_began_is_told_plainly(ledger: Ledger, kind: str) -> None:
    if kind == "chase":
        with pytest.raises(UserError, match="还没有开启任何月份"):
            printed(ledger, kind, as_of=dt.date(2020, 1, 1))
        return
    if kind == "receipt":
        with pytest.raises(UserError, match="还没有收回过数据包"):
            printed(ledger, kind, as_of=dt.date(2020, 1, 1))
        return
    assert printed(ledger, kind, as_of=dt.date(2020, 1, 1)).pages == 1


def test_the_foot_tells_the_day_the_ledger_and_the_log(ledger: Ledger) -> None:
    text = words(printed(ledger, "central").content)
    assert "数据截至2026-11-25" in text
    assert f"校验{ledger.head()}" in text


def test_the_central_table_adds_up_and_has_no_rate_without_a_denominator(ledger: Ledger) -> None:
    document = told(ledger, "central")
    total = dict(zip([c.key for c in document.tables[0].columns], document.tables[0].rows[0].cells, strict=True))
    assert total["projects"] == 5
    assert total["total_investment"] == 1_946_170_000
    assert total["allocated"] == 360_000_000
    assert total["central_allocated"] == 288_000_000
    assert total["completed_rate"] == Rate(250_000_000, 1_946_170_000)
    counties = [row for row in document.tables[0].plain_rows if not str(row.cells[0]).startswith("其中")]
    assert [row.cells[0] for row in counties] == ["景洪市", "勐腊县"]
    assert sum(int(str(row.cells[1])) for row in counties) == 5
    assert "—" in words(printed(ledger, "central").content)


def test_the_project_table_groups_sums_and_shows_the_columns_that_are_asked_for(ledger: Ledger) -> None:
    document = told(ledger, "projects", group="county", columns=("name", "contact", "total_investment", "light"))
    keys = [column.key for column in document.tables[0].columns]
    assert keys == ["name", "total_investment", "light"]  # people only when they are asked for
    groups = [row.cells[0] for row in document.tables[0].rows if row.kind == "group"]
    assert groups == ["一、景洪市（3个）", "二、勐腊县（2个）"]
    with_people = told(ledger, "projects", has_contacts=True)
    assert "13800000000" in cells(with_people, "phone")
    assert "13800000000" not in words(printed(ledger, "projects").content)


def test_indicators_are_measured_by_the_target_of_their_year(ledger: Ledger) -> None:
    states = dict(zip(*(cells(told(ledger, "indicators"), key) for key in ("name", "state")), strict=True))
    assert states == {
        "护理型床位占比": "已达到2025年目标",
        "每千人口拥有3岁以下婴幼儿托位数": "未达到2025年目标",
        "居家社区养老服务覆盖": "—",
        "特殊困难老年人月探访率": "未填报",
    }


def test_the_lights_name_every_red_project_with_rule_and_numbers(ledger: Ledger) -> None:
    document = told(ledger, "lights")
    figures = document.lead[0].text
    red = [row for row in document.tables[0].plain_rows if row.cells[1] == "▲红"]
    assert f"红灯{len(red)}个" in figures
    assert all("逾期" in str(why) or "落后" in str(why) or "报送" in str(why) for why in cells(document, "why"))
    assert "2026-12-15" in cells(document, "due_on")


def test_who_has_not_reported_is_chased_without_people_unless_asked(ledger: Ledger) -> None:
    document = told(ledger, "chase")
    assert len(document.tables[0].plain_rows) == 3
    assert "张三" not in words(printed(ledger, "chase").content)
    assert "张三" in words(printed(ledger, "chase", has_contacts=True).content)


def test_a_card_holds_a_text_of_two_thousand_characters_on_one_page(ledger: Ledger) -> None:
    uid = next(row.uid for row in months.grid(ledger, "2026-10") if "嘎洒" in row.name)
    assert printed(ledger, "card", project=uid).pages == 1
    assert printed(ledger, "card").pages == 5


def test_a_receipt_tells_the_changes_the_clash_and_its_decision_and_is_signed_by_both(ledger: Ledger) -> None:
    document = told(ledger, "receipt")
    assert [table.title for table in document.tables] == ["基本情况", "收入的改动", "冲突及处理", "双方确认"]
    assert document.count == 2
    assert "屋面防水已完成，监理签认。" in cells(document, "after", 1)
    assert cells(document, "value", 2) == ["380", "402"]  # what was written long after the decision is none
    assert str(cells(document, "decision", 2)[0]).startswith("取用（西双版纳州发展和改革委员会 王芳")
    text = words(printed(ledger, "receipt").content)
    assert "勐腊县民政局岩温" in text
    assert text.count("经办人（签字）") == 2
    assert "均已处理" in text


def test_an_order_stands_on_one_page_with_its_reply_slip(ledger: Ledger) -> None:
    uid = next(row.uid for row in months.grid(ledger, "2026-10") if "嘎洒" in row.name)
    result = printed(ledger, "supervise", project=uid)
    text = words(result.content)
    assert result.pages == 1
    assert "督办〔2026〕1号" in text
    assert "回执" in text
    assert "2026年12月20日前报回" in text


def test_the_chart_repeats_its_head_on_every_sheet_and_has_a_wall_size(ledger: Ledger) -> None:
    chart = report_values.value_of(ledger, Request("gantt", TODAY))
    assert isinstance(chart, Chart)
    group = chart.groups[0]
    many = dataclasses.replace(chart, groups=(dataclasses.replace(group, bars=group.bars * 30),))
    pages = PdfReader(io.BytesIO(printing.pages_of(many, FONTS).content)).pages
    assert len(pages) > 2
    assert all("项目名称" in "".join(page.extract_text().split()) for page in pages)
    assert sum("景洪市（续）" in page.extract_text() for page in pages) == len(pages) - 1
    for paper, few, much in (("A3", [420, 297], [420, 297]), ("A0", [1189, 841], [841, 1189])):
        for value, size in ((chart, few), (many, much)):
            wall = PdfReader(io.BytesIO(printing.pages_of(dataclasses.replace(value, paper=paper), FONTS).content))
            assert [round(float(side) / 72 * 25.4) for side in wall.pages[0].mediabox[2:]] == size


def test_the_work_of_a_chart_grows_with_its_rows(ledger: Ledger) -> None:
    chart = report_values.value_of(ledger, Request("gantt", TODAY))
    assert isinstance(chart, Chart)

    def calls(count: int) -> int:
        bars = chart.groups[0].bars[:1] * count
        profile = cProfile.Profile()
        profile.runcall(
            printing.pages_of,
            dataclasses.replace(chart, groups=(dataclasses.replace(chart.groups[0], bars=bars),)),
            FONTS,
        )
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(1600) / calls(400) < 4.2


def test_a_long_name_on_the_chart_stands_whole(ledger: Ledger) -> None:
    chart = report_values.value_of(ledger, Request("gantt", TODAY))
    assert isinstance(chart, Chart)
    bar = chart.groups[0].bars[0]
    name = "".join(f"第{number}街道养老服务中心" for number in range(18))
    long = dataclasses.replace(bar, subject=dataclasses.replace(bar.subject, name=name))
    group = dataclasses.replace(chart.groups[0], bars=(long, bar))
    for paper in ("A4", "A3", "A0"):
        made = printing.pages_of(dataclasses.replace(chart, groups=(group,), paper=paper), FONTS)
        assert name in words(made.content)


def test_the_number_stands_in_the_middle_when_that_is_wished(ledger: Ledger) -> None:
    def where(numbering: str) -> float:
        document = pypdfium2.PdfDocument(printed(ledger, "chase", numbering=numbering).content)
        page = document[0].get_textpage()
        search = page.search("— 1 —")
        found = search.get_next()
        assert found
        left, _, _, _ = page.get_charbox(found[0])
        search.close()
        document.close()
        return left

    assert where("center") < 300 < where("outer")


def test_a_thousand_rows_and_one_row_are_set_without_a_lonely_last_row() -> None:
    def states(count: int) -> list[ProjectState]:
        return [
            ProjectState(
                str(n), n, f"第{n}个" + "很长的名称" * (n % 12), "景洪市", "养老", "景洪市民政局", 10**8 * n, None
            )
            for n in range(1, count + 1)
        ]

    for count in (1, 1000):
        table = table_projects.table(states(count), "none")
        document = Document("projects", ("进展情况表",), (table,), TODAY, stamp="abcdef01 12345678")
        result = printing.pages_of(document, FONTS)
        assert f"第{count}个" in words(result.content)
        last = PdfReader(io.BytesIO(result.content)).pages[-1].extract_text()
        if count > 1:
            assert last.count("个很长的名称") + last.count("景洪市民政局") > 1


def test_a_batch_has_one_request_for_each_with_names_that_every_system_takes(ledger: Ledger) -> None:
    wanted = report_batch.requests(ledger, Request("projects", TODAY), "county")
    assert [stem for stem, _ in wanted] == [f"{name}项目进展情况表{TODAY.isoformat()}" for name in ("景洪市", "勐腊县")]
    each = report_batch.requests(ledger, Request("card", TODAY), "project")
    assert len(each) == 5
    assert not any(set('<>:"/\\|?*') & set(stem) for stem, _ in each)
    units = report_batch.requests(ledger, Request("projects", TODAY), "unit")
    assert [request.unit for _, request in units][:2] == ["景洪市民政局", "勐腊县民政局"]


def test_the_report_of_a_locked_month_is_kept_as_bytes_and_found_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = month_ledger.month_ledger(tmp_path)
    wanted = kept_reports.missing(own)
    assert [request.month for request in wanted] == ["2026-09"]
    first = printing.pages_of(report_values.value_of(own, wanted[0]), FONTS)
    before = history.next_undo(own)
    assert kept_reports.keep(own, [(wanted[0], first.content)]) is not None
    assert history.next_undo(own) == before  # beside the lock: undo passes it by
    assert kept_reports.missing(own) == []
    asked = Request("monthly", dt.date(2020, 1, 1), month="2026-09", office=own.person.unit)
    monkeypatch.setattr(printing, "pages_of", None)  # whatever the program prints by then
    assert kept_reports.content(own, asked) == first.content
    assert page.count(first.content) == first.pages
    assert kept_reports.content(own, dataclasses.replace(asked, county="532801")) is None
    assert safety.verify(own).is_sound
    months.lock(own, "2026-10")
    months.unlock(own, "2026-10", "更正")
    assert kept_reports.content(own, asked) == first.content
    own.close()


def test_a_card_with_everything_at_its_longest_stays_above_its_foot(ledger: Ledger) -> None:
    uid = next(row.uid for row in months.grid(ledger, "2026-10") if "嘎洒" in row.name)
    cards = report_values.value_of(ledger, Request("card", TODAY, project=uid))
    assert isinstance(cards, Cards)
    longest = dataclasses.replace(
        cards.cards[0],
        name="很长的名称" * 40,
        facts=tuple((f"标签{n}", "很长的内容" * 12) for n in range(20)),
        wide_facts=tuple((label, "很长的内容。" * 300) for label in ("建设地点", "责任单位", "业主单位", "建设内容")),
        funding=tuple(FundingLine(None, f"来源{n}", 10**9, 10**9, 10**9, 10**9, 10**9) for n in range(12)),
        funding_total=FundingLine(None, "合计", 12 * 10**9),
        problems=("问题说明" * 60,) * 9,
        approvals=("批复文件" * 40,) * 9,
    )
    content = printing.pages_of(dataclasses.replace(cards, cards=(longest,)), FONTS).content
    document = pypdfium2.PdfDocument(content)
    page_text = document[0].get_textpage()
    lowest = min(page_text.get_charbox(n)[1] for n in range(page_text.count_chars()) if page_text.get_charbox(n)[0] > 0)
    assert len(document) == 1
    assert lowest > 20
    text = "".join(page_text.get_text_bounded().split())
    assert "其余7个来源" in text
    assert "见台账" in text  # what was left out is told
    document.close()


def test_photos_keep_their_proportion_and_one_that_cannot_be_read_is_told(ledger: Ledger) -> None:
    def photo(width: int, height: int) -> Photo:
        file = io.BytesIO()
        Image.new("RGB", (width, height)).save(file, "PNG")
        return Photo(file.getvalue(), "说明" * 60)

    cards = report_values.value_of(ledger, Request("card", TODAY))
    assert isinstance(cards, Cards)
    shapes = ((photo(160, 90), photo(90, 160)), (photo(50, 50),), (Photo(b"?", ""), photo(300, 10)))
    made = [dataclasses.replace(cards.cards[0], photos=pair) for pair in shapes]
    paper = card.set_pages(dataclasses.replace(cards, cards=tuple(made)), FONTS)
    placed = [[round(one.width / one.height, 2) for one in sheet.pictures] for sheet in paper.sheets]
    assert placed == [[1.78, 0.56], [1.0], [30.0]]
    assert all(
        one.x >= page.LEFT - 0.01 and one.x + one.width < 521 for sheet in paper.sheets for one in sheet.pictures
    )
    assert photos.UNREADABLE in words(paper.finish(page.Heading("", "", "")))


def test_an_order_of_two_thousand_characters_goes_on_without_losing_one(ledger: Ledger) -> None:
    text = "".join(f"第{n}项要求办结；" for n in range(1, 240))
    orders = Orders(
        (Order("督办〔2026〕9号", "景洪市民政局", "项目", "景洪市", text, "2026-12-20"),), TODAY, stamp="a b"
    )
    result = printing.pages_of(orders, FONTS)
    assert result.pages > 1
    printed_words = words(result.content)
    assert all(f"第{n}项要求办结" in printed_words for n in (1, 100, 200, 239))
