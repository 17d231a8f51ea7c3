"""Workbooks for officials: 绩效数据.xlsx with everything, findings.xlsx with one row a finding.

Values only: no formula, no link, no macro. Text that begins like a formula is written as text.
Amounts are in 万元, the unit in which the forms speak; the sums are values computed here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from orchestration.contract.model import Table, load_contract
from orchestration.publishing.exports.columns import TECHNICAL, Shown, is_money, shown
from orchestration.publishing.names import name_zh

#: Sheets of the workbook in order.
SHEETS = (
    "dim_report",
    "dim_unit",
    "dim_project",
    "fct_budget",
    "fct_expense",
    "fct_revenue",
    "fct_evaluation",
    "fct_evaluation_part",
    "fct_indicator_score",
    "fct_personnel",
    "fct_asset",
    "fct_balance",
    "fct_survey",
    "fct_goal",
    "fct_spending_plan",
    "fct_finding",
    "agg_unit_year",
)
WORKBOOK = "绩效数据.xlsx"
#: Codes that a reader of a sheet has no use for: names stand for them.
HIDDEN = TECHNICAL | {
    *("unit_id", "project_id", "form_family", "related_report_id", "related_bbox", "related_path"),
}
#: Excel's own limits: rows of a sheet, characters of a cell.
MAX_ROWS = 1_048_575
MAX_CHARACTERS = 32_767
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
}

#: What the sheet of explanations adds up, year by year.
SUMS_SQL = """
select fiscal_year, count(*) as units, sum(report_count) as reports,
       sum(initial_budget_cny) as initial_budget, sum(annual_budget_cny) as annual_budget,
       sum(executed_cny) as executed, sum(expense_cny) as expense,
       sum(three_public_cny) as three_public, sum(finding_count) as findings
from marts.agg_unit_year group by fiscal_year order by fiscal_year
"""
SUMS_HEADERS = (
    *("年度", "单位数", "报告数", "年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）"),
    *("支出合计（万元）", "“三公”经费（万元）", "核查发现数"),
)
_WAN = Decimal("0.0001")

FINDINGS_SQL = """
select f.severity, f.rule_code, d.name_zh as rule_name, r.unit_name, u.region_name, f.fiscal_year,
       case f.scope when 'department' then '部门整体' else '项目' end as scope_zh, f.project_name,
       f.subject, f.message, f.stated_value, f.expected_value, f.difference, f.value_unit,
       r.file_name, f.source_page, f.source_table, f.source_row, f.source_text
from marts.fct_finding as f
join marts.dim_report as r using (report_id)
left join marts.dim_unit as u on r.unit_id = u.unit_id
left join marts.dim_rule as d on f.rule_code = d.rule_code
order by case f.severity when 'error' then 0 when 'warning' then 1 else 2 end,
         r.unit_name, f.fiscal_year, f.rule_code, f.finding_id
"""
FINDING_HEADERS = (
    *("程度", "规则", "规则名称", "单位", "地区", "年度", "范围", "项目", "对象", "说明"),
    *("报告数", "应为数", "差额", "数值单位", "文件", "页", "表", "行", "原文"),
)


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Any
    money: Any
    ratio: Any
    number: Any
    date: Any
    text: Any
    total: Any


def _formats(book: Any) -> _Formats:  # noqa: ANN401 - xlsxwriter has no types
    return _Formats(
        book.add_format({"bold": True, "bg_color": "#E4F0F7", "border": 1, "text_wrap": True}),
        book.add_format({"num_format": "#,##0.00####"}),
        book.add_format({"num_format": "0.00##%"}),
        book.add_format({"num_format": "#,##0.####"}),
        book.add_format({"num_format": "yyyy-mm-dd"}),
        book.add_format({"valign": "top"}),
        book.add_format({"bold": True, "num_format": "#,##0.00####", "top": 1}),
    )


def _write(
    sheet: Any,  # noqa: ANN401
    row: int,
    column: int,
    value: object,
    number: Any,  # noqa: ANN401
    formats: _Formats,
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否")
    elif isinstance(value, Decimal | int):
        sheet.write_number(row, column, value, number)
    elif isinstance(value, dt.datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), formats.date)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, formats.date)
    else:
        sheet.write_string(row, column, str(value)[:MAX_CHARACTERS], formats.text)


def _number_format(item: Shown, formats: _Formats) -> Any:  # noqa: ANN401
    if is_money(item.column):
        return formats.money
    if item.column.unit == "ratio":
        return formats.ratio
    # Years and ordinals are read, not added: no thousands separator.
    return formats.number if item.column.unit else None


def _sheet(
    book: Any,  # noqa: ANN401
    table: Table,
    items: Sequence[Shown],
    rows: Iterable[tuple[Any, ...]],
    formats: _Formats,
    words: Mapping[tuple[str, str], str],
) -> None:
    sheet = book.add_worksheet(table.name_zh[:31])
    for column, item in enumerate(items):
        width = 40 if item.column.type == "VARCHAR" and "text" in item.column.name else 18
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [item.header for item in items], formats.head)
    number_formats = [_number_format(item, formats) for item in items]
    fields = [item.column.name for item in items]
    last = 0
    for last, row in enumerate(rows, start=1):
        if last >= MAX_ROWS:
            sheet.write_string(last, 0, "行数超过 Excel 上限，其余请用 CSV 或 Parquet")
            break
        for column, value in enumerate(row):
            told = _in_words(fields[column], value, words)
            _write(sheet, last, column, told, number_formats[column], formats)
    if last:
        sheet.autofilter(0, 0, last, len(items) - 1)


def _contents(table: Table) -> tuple[list[Shown], str]:
    """The columns of a sheet and the query for its rows; facts begin with the unit's name."""
    items = [item for item in shown(table) if item.column.name not in HIDDEN]
    names = {column.name for column in table.columns}
    columns = ", ".join(f"fact.{item.sql}" if item.sql[0] == '"' else item.sql for item in items)
    if "report_id" not in names or "unit_name" in names:
        return items, f"select {columns} from marts.{table.name} as fact order by all"  # noqa: S608
    unit = next(i for i in shown(load_contract()["dim_report"]) if i.column.name == "unit_name")
    return [unit, *items], (
        f"select report.unit_name, {columns} from marts.{table.name} as fact"  # noqa: S608
        " join marts.dim_report as report using (report_id) order by all"
    )


def _words(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """Chinese names of the codes that have dimensions of their own, by column and code."""
    sql = """
        select 'expense_item', expense_item, name_zh from marts.dim_expense_item
        union all
        select 'level2_std', level2_std, max(name_zh) from marts.dim_indicator_category
        where level2_std is not null group by level2_std
    """
    return {(column, code): name for column, code, name in connection.execute(sql).fetchall()}


def _in_words(field: str, value: object, words: Mapping[tuple[str, str], str]) -> object:
    """A code in Chinese, as officials read it; everything else as it is."""
    if not isinstance(value, str):
        return value
    return words.get((field, value)) or name_zh(field, value)


def _explain(
    book: Any,  # noqa: ANN401
    release_id: str,
    connection: duckdb.DuckDBPyConnection,
    formats: _Formats,
) -> None:
    sheet = book.add_worksheet("说明")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.set_column(2, len(SUMS_HEADERS) - 1, 20)
    lines = [
        ("发布版本", release_id),
        ("内容", "各单位公开的部门整体支出和项目支出绩效自评报告中的数据，逐项可追溯到原文。"),
        ("金额单位", "金额列均为万元；比率按百分比显示。"),
        ("空白", "空白表示报告未填写，不等于零。"),
        (
            "报告数与计算数",
            "“报告数”是报告印出的数字；“计算数”由其他数字算出。两者不一致时列入“核查发现”，原数不作改动。",
        ),
        ("来源", "每行注明来源文件、页、表、行和原文。"),
        ("个人信息", "填表人、联系人、电话等个人信息不在本文件中。"),
    ]
    sheet.write_row(0, 0, ("项目", "说明"), formats.head)
    for row, (name, text) in enumerate(lines, start=1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, text)
    start = len(lines) + 3
    sheet.write_string(start - 1, 0, "部门整体各年合计（报告未填的不计入，故各列口径可能不同）")
    sheet.write_row(start, 0, SUMS_HEADERS, formats.head)
    for row, values in enumerate(_rows(connection, SUMS_SQL), start=start + 1):
        for column, value in enumerate(values):
            money = "万元" in SUMS_HEADERS[column]
            number = formats.money if money else None
            _write(sheet, row, column, value * _WAN if money and value else value, number, formats)


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterable[tuple[Any, ...]]:
    cursor = connection.cursor().execute(sql)
    while batch := cursor.fetchmany(10_000):
        yield from batch


def write_workbook(folder: Path, release_id: str) -> None:
    """Write ``绩效数据.xlsx``: a sheet of explanations and one sheet a table.

    Raises:
        duckdb.Error: the release's database lacks a table of the contract.
    """
    contract = load_contract()
    connection = duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True)
    try:
        with xlsxwriter.Workbook(folder / WORKBOOK, OPTIONS) as book:
            book.set_properties({"title": f"预算绩效自评数据 {release_id}"})
            formats = _formats(book)
            _explain(book, release_id, connection, formats)
            words = _words(connection)
            for name in SHEETS:
                table = contract[name]
                items, sql = _contents(table)
                _sheet(book, table, items, _rows(connection, sql), formats, words)
    finally:
        connection.close()


def write_findings(folder: Path, release_id: str) -> None:
    """Write ``findings.xlsx``: one row a finding, errors first, readable without SQL."""
    connection = duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True)
    try:
        with xlsxwriter.Workbook(folder / "findings.xlsx", OPTIONS) as book:
            book.set_properties({"title": f"核查发现 {release_id}"})
            formats = _formats(book)
            sheet = book.add_worksheet("核查发现")
            for column, width in enumerate((8, 8, 26, 28, 16, 8, 10, 28, 22, 80, 16, 16, 14, 10)):
                sheet.set_column(column, column, width)
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, FINDING_HEADERS, formats.head)
            last = 0
            for last, row in enumerate(_rows(connection, FINDINGS_SQL), start=1):
                values = list(row)
                values[0] = name_zh("severity", values[0])
                values[13] = values[13] and name_zh("value_unit", values[13])
                for column, value in enumerate(values):
                    style = None if column == 5 or column >= 15 else formats.number
                    _write(sheet, last, column, value, style, formats)
            if last:
                sheet.autofilter(0, 0, last, len(FINDING_HEADERS) - 1)
    finally:
        connection.close()
