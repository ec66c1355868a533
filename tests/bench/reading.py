"""A workbook of 50,000 rows × 20 columns: what a person sees of it, and its whole draft, beside the bare reader's cells."""

from pathlib import Path

import python_calamine
from openpyxl import Workbook

from laoxiao_desktop.exchange import reading, sheet_tables, understood, workbook
from tests.bench.pairs import Line, milliseconds, paired

ROWS = 50_000
HEADER = (
    "序号", "类别", "项目名称", "建设性质", "建设期限", "建设地点", "建设内容及规模", "总投资（万元）",
    "申请中央预算内资金（万元）", "责任单位", *(f"说明{n}" for n in range(10)),
)  # fmt: skip


def measure(folder: Path) -> list[Line]:
    """One line for the cells taken apart and mapped, one for the draft with every project read and checked."""
    path = made(folder / "清单.xlsx")
    mapped = paired(lambda: milliseconds(lambda: understand(path)), lambda: milliseconds(lambda: bare(path)), 3)
    whole = paired(lambda: milliseconds(lambda: reading.read(path)), lambda: milliseconds(lambda: bare(path)), 3)
    return [
        Line.of(f"xlsx of {ROWS:,} × 20 read and mapped", "python-calamine, cells only", *mapped, "≤ 1.5"),
        Line.of(f"… and {ROWS:,} projects drafted and checked", "python-calamine, cells only", *whole, "–"),
    ]


def made(path: Path) -> Path:
    """The workbook: a third of its cells numbers, texts of the length that lists have."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("清单")
    sheet.append(HEADER)
    for n in range(ROWS):
        content = f"新建床位{n % 90 + 10}张，建筑面积{n % 1000 + 500}平方米"
        name = f"景洪市第{n}街道综合养老服务中心建设项目"
        plain = [
            n + 1,
            "养老服务设施",
            name,
            "新建",
            "2022年-2023年",
            "景洪市",
            content,
            360 + n % 100,
            288.5,
            "景洪市民政局",
        ]
        sheet.append([*plain, *(f"说明文字{n % 7}" if k % 2 else n * k for k in range(10))])
    book.save(path)
    return path


def understand(path: Path) -> understood.Understood:
    """The table as a person sees it: every row with its kind, every column with its meaning."""
    (sheet,) = workbook.sheets_of(path)
    (region,) = sheet_tables.laid_out(sheet).regions
    return understood.of_region(sheet, region, "0.0", {}, with_hidden=False)


def bare(path: Path) -> list[list[object]]:
    """The cells of the only sheet, as the library gives them."""
    return python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()  # type: ignore[return-value]
