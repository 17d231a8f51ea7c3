"""The data dictionary, Chinese and English, as Markdown and as a workbook."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from orchestration.contract.model import Contract, load_contract

HEADERS = (
    "表 Table",
    "表名 Table (zh)",
    "列 Column",
    "列名 Column (zh)",
    "类型 Type",
    "单位 Unit",
    "必填 Required",
    "取值 Values",
    "含义",
    "Meaning",
    "依据 Source rule",
)


def dictionary_rows(contract: Contract) -> list[tuple[str, ...]]:
    """One row a published column, in the order of the contract."""
    return [
        (
            table.name,
            table.name_zh,
            column.name,
            column.name_zh,
            column.type,
            column.unit or "",
            "是 yes" if column.required else "",
            "、".join(column.values or ()),
            column.meaning_zh or column.name_zh,
            column.description,
            column.rule or "",
        )
        for table in contract
        for column in table.columns
    ]


def dictionary_markdown(contract: Contract) -> str:
    """The dictionary as Markdown, a section a table."""
    lines = [
        "# 数据字典 Data dictionary",
        "",
        "金额以元计，比率为小数（96.3% 为 0.963）；空值表示报告未写，不是零。",
        "Amounts are yuan, rates are ratios (96.3% is 0.963); NULL means not printed, never zero.",
    ]
    for table in contract:
        lines += ["", f"## {table.name} {table.name_zh}", "", table.description, ""]
        lines += ["| 列 | 中文 | 类型 | 单位 | 含义 | Meaning | 依据 |", f"|{'---|' * 7}"]
        for column in table.columns:
            meaning = column.description.replace("|", "\\|")
            if column.values:
                meaning += f" ({', '.join(column.values)})"
            lines.append(
                f"| `{column.name}` | {column.name_zh} | {column.type} | {column.unit or ''} "
                f"| {column.meaning_zh or column.name_zh} | {meaning} | {column.rule or ''} |"
            )
    return "\n".join(lines) + "\n"


def write_dictionary(folder: Path, release_id: str) -> None:
    """Write ``dictionary.md`` and ``数据字典.xlsx`` into a release."""
    contract = load_contract()
    (folder / "dictionary.md").write_text(dictionary_markdown(contract), encoding="utf-8")
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(folder / "数据字典.xlsx", options) as book:
        book.set_properties({"title": f"数据字典 {release_id}"})
        sheet = book.add_worksheet("数据字典")
        head = book.add_format(
            {"bold": True, "bg_color": "#E4F0F7", "border": 1, "text_wrap": True}
        )
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        rows = dictionary_rows(contract)
        sheet.write_row(0, 0, HEADERS, head)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text, wrapped)
        sheet.freeze_panes(1, 4)
        sheet.autofilter(0, 0, len(rows), len(HEADERS) - 1)
        for column, width in enumerate((22, 16, 26, 20, 16, 10, 9, 30, 48, 48, 24)):
            sheet.set_column(column, column, width)
