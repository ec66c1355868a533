"""The corpus: every file that a mailbox may bring, made by code, with what is expected of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.hostile import binaries, packages, parcels, texts

Outcome = Literal["refused", "contained"]
Maker = Callable[[Path], None]


@dataclass(frozen=True)
class Case:
    """One file: its name, how it is made, whether it is refused or read within bounds, and words that must be told."""

    name: str
    make: Maker
    outcome: Outcome
    words: str = ""
    is_cheap: bool = True  # quick enough for every test run


CASES: tuple[Case, ...] = (
    # out of proportion
    Case("解开400MB.xlsx", packages.swelling_sheet, "refused", "解开后", is_cheap=False),
    Case("解开400MB文字表.xlsx", packages.swelling_shared_strings, "refused", "解开后", is_cheap=False),
    Case("谎报大小.xlsx", packages.lying_size, "refused", "", is_cheap=False),
    Case("两千个部分.xlsx", packages.many_members, "refused", "个部分"),
    Case("解开400MB.docx", packages.swelling_document, "refused", "解开后", is_cheap=False),
    Case("重复一百万行.ods", packages.repeated_rows, "refused", "万个单元格"),
    Case("重复一万列.ods", packages.repeated_columns, "contained"),
    Case("一百五十万格.xlsx", packages.million_cells, "refused", "万个单元格", is_cheap=False),
    Case("远角一格.xlsx", packages.far_corner, "contained", "离表太远"),
    Case("只有远角一格.xlsx", packages.only_far_corner, "contained", "离表太远"),
    Case("空格铺到XEP.xlsx", packages.styled_to_the_edge, "contained", is_cheap=False),
    Case("散在各处.xlsx", packages.scattered, "refused", "万个单元格"),
    Case("谎报范围.xlsx", packages.lying_counts, "refused", "数量"),
    Case("谎报大范围.xlsx", packages.lying_extent, "contained"),
    Case("谎报格号.xlsx", packages.lying_cells, "refused", "编号"),
    Case("谎报行号.xlsx", packages.lying_rows, "contained"),
    Case("三百张表.xlsx", packages.many_sheets, "refused", "张工作表"),
    Case("大文本.txt", texts.large, "refused", "超过", is_cheap=False),
    # entities and outside files
    Case("实体膨胀.xlsx", packages.billion_laughs_shared, "refused", ""),
    Case("实体膨胀工作簿.xlsx", packages.billion_laughs_workbook, "refused", "实体声明"),
    Case("实体膨胀.docx", packages.billion_laughs_document, "refused", "实体声明"),
    Case("外部实体.docx", packages.outside_entity_document, "refused", "实体声明"),
    Case("外部实体.ods", packages.outside_entity_sheet, "refused", "实体声明"),
    Case("外部实体.xlsx", packages.outside_entity_cell, "refused", ""),
    Case("外部链接.xlsx", packages.outside_link, "contained"),
    Case("实体膨胀.xls", texts.billion_laughs_spreadsheet, "refused", "实体声明"),
    Case("网页引用外部.html", texts.page_with_references, "contained"),
    # damaged, locked, renamed
    Case("截断.xlsx", packages.truncated_workbook, "refused", "损坏或没有收完整"),
    Case("截断.docx", packages.truncated_document, "refused", "损坏或没有收完整"),
    Case("截断.xls", binaries.truncated_old_workbook, "refused", ""),
    Case("中间坏了.xlsx", packages.flipped_bytes, "refused", ""),
    Case("中间坏了.xls", binaries.flipped_old_workbook, "refused", ""),
    Case("缺工作表.xlsx", packages.missing_sheet, "refused", "缺少工作表"),
    Case("加密.xlsx", binaries.encrypted_workbook, "refused", "取消密码"),
    Case("加密压缩.xlsx", packages.locked_members, "refused", "取消密码"),
    Case("加密.ods", packages.locked_open_document, "refused", "取消密码"),
    Case("旧文稿.doc", binaries.old_document, "refused", ".docx"),
    Case("二进制.xlsb", packages.binary_workbook, "refused", "另存为 .xlsx"),
    Case("压缩包.xlsx", packages.plain_archive, "refused", "解压"),
    Case("文件.pdf", binaries.pdf, "refused", "PDF"),
    Case("图片改名.xlsx", binaries.picture, "refused", "图片"),
    Case("程序改名.xlsx", binaries.program, "refused", "程序文件"),
    Case("台账改名.xlsx", binaries.database, "refused", "台账"),
    Case("空文件.xlsx", texts.nothing, "refused", "空文件"),
    Case("空白.txt", texts.blanks, "refused", "没有文字"),
    Case("空白工作簿.xlsx", packages.empty_workbook, "refused", "没有内容"),
    Case("乱字节.csv", binaries.noise, "refused", ""),
    Case("全是零.csv", texts.nulls, "refused", ""),
    Case("重名部分.xlsx", packages.doubled_members, "refused", "重名"),
    Case("指向外面.xlsx", packages.zip_slip, "refused", "指向外面"),
    Case("深层嵌套.docx", packages.deep_document, "refused", "嵌套"),
    # readable, but to be taken with care
    Case("网页改名.xlsx", texts.page_named_xlsx, "contained"),
    Case("网页改名.xls", texts.page_named_xls, "contained"),
    Case("控制字符.xlsx", packages.control_characters, "contained"),
    Case("孤立代理.csv", texts.lone_surrogates, "contained"),
    Case("孤立代理.html", texts.surrogate_references, "contained"),
    Case("公式与标记.xlsx", packages.formulas_and_markup, "contained"),
    Case("公式.csv", texts.formulas, "contained"),
    Case("六万字一格.xlsx", packages.long_cells, "contained", "只读了前面"),
    Case("六万字一格.csv", texts.long_cell, "contained", "只读了前面"),
    Case("未闭合引号.csv", texts.open_quote, "refused", "引号"),
    Case("未闭合标签.html", texts.open_tags, "contained"),
    Case("跨行跨列无边.html", texts.endless_spans, "refused", "万个单元格"),
    Case("错误值.xlsx", packages.error_cells, "contained", "错误值"),
    Case("无穷大的数.xlsx", packages.odd_numbers, "contained"),
    Case("远角一格.xls", binaries.far_corner_old, "contained"),
    # packages between copies of a ledger
    Case("截断.lxp", parcels.cut_short, "refused", "已损坏"),
    *(
        Case(f"{name}.lxp", parcels.maker(spoil), "refused", words, is_cheap=spoil is not parcels.a_bomb)
        for name, (spoil, words) in parcels.SPOILERS.items()
    ),
)
