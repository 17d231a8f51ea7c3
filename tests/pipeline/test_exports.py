"""What a release carries for people: workbooks, open data, views, comments; nothing personal."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from orchestration.cli.app import app
from orchestration.contract.model import load_contract
from orchestration.messages import JixiaoError
from orchestration.publishing.exports.columns import shown
from orchestration.publishing.exports.personal import check_personal, personal_hits
from orchestration.publishing.exports.workbook import WORKBOOK
from orchestration.publishing.releases import Release
from orchestration.settings import Settings

Desk = tuple[Settings, Release]
pytestmark = pytest.mark.slow
BOOKS = (WORKBOOK, "findings.xlsx", "数据字典.xlsx")


@pytest.fixture(scope="module")
def folder(desk: Desk) -> Path:
    return desk[1].folder


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def tables(folder: Path) -> set[str]:
    sql = "select table_name from duckdb_tables() where schema_name = 'marts'"
    return {str(row[0]) for row in rows(folder, sql)}


@pytest.mark.parametrize("book", BOOKS)
def test_every_sheet_has_filters_frozen_panes_and_no_formula(folder: Path, book: str) -> None:
    workbook = openpyxl.load_workbook(folder / book)
    assert workbook.sheetnames
    for sheet in workbook:
        if sheet.title != "说明":
            assert sheet.freeze_panes is not None, sheet.title
            assert sheet.max_row == 1 or sheet.auto_filter.ref, sheet.title
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", (sheet.title, cell.coordinate)
                assert cell.hyperlink is None


def test_amounts_are_numbers_in_wan_that_add_up_to_the_warehouse(folder: Path) -> None:
    contract = load_contract()
    sheet = openpyxl.load_workbook(folder / WORKBOOK)[contract["fct_budget"].name_zh]
    headers = [cell.value for cell in sheet[1]]
    item = next(i for i in shown(contract["fct_budget"]) if i.column.name == "executed_cny")
    at = headers.index(item.header)
    cells = [line[at] for line in sheet.iter_rows(min_row=2) if line[at].value is not None]
    assert cells
    assert all("#,##0" in cell.number_format for cell in cells)
    total = sum(Decimal(str(cell.value)) for cell in cells) * 10_000
    assert (
        total.quantize(Decimal("0.01"))
        == rows(folder, "select sum(executed_cny) from marts.fct_budget")[0][0]
    )


def test_findings_of_the_workbook_are_those_of_the_warehouse(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "findings.xlsx").active
    assert sheet is not None
    assert sheet.max_row - 1 == rows(folder, "select count(*) from marts.fct_finding")[0][0]
    levels = [line[0] for line in sheet.iter_rows(min_row=2, max_col=1, values_only=True)]
    assert levels == sorted(levels, key=["错误", "警告", "提示"].index)


def has_calc() -> bool:
    """Whether LibreOffice with its spreadsheet module is there."""
    office = shutil.which("soffice")
    return office is not None and (Path(office).resolve().parent / "libsclo.so").exists()


def opened(book: Path, folder: Path) -> dict[str, list[list[str]]]:
    """The sheets of a workbook as LibreOffice reads them; {} where it does not open the file."""
    folder.mkdir()
    done = subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}"),
            # 44,34: comma and quote; 76: UTF-8; -1: every sheet, a file each.
            *(
                "--headless",
                "--convert-to",
                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,,,,,,-1",
            ),
            *("--outdir", str(folder), str(book)),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    # Without a Java runtime LibreOffice says so each time; no file is meant.
    said = "".join(x for x in (done.stdout + done.stderr).lower().splitlines() if "java" not in x)
    if "error" in said or "could not be loaded" in said:
        return {}
    assert not [word for word in ("warn", "repair", "corrupt", "damaged") if word in said], said
    sheets = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            sheets[path.stem.removeprefix(f"{book.stem}-")] = list(csv.reader(file))
    return sheets


@pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")
def test_every_workbook_opens_in_libreoffice_without_a_word(folder: Path, tmp_path: Path) -> None:
    for number, name in enumerate(BOOKS):
        book = openpyxl.load_workbook(folder / name)
        seen = opened(folder / name, tmp_path / str(number))
        assert set(seen) == set(book.sheetnames), name
        for sheet in book:
            assert len(seen[sheet.title]) == sheet.max_row, (name, sheet.title)
    count = rows(folder, "select count(*) from marts.fct_finding")[0][0]
    assert len(opened(folder / "findings.xlsx", tmp_path / "again")["核查发现"]) == count + 1  # type: ignore[operator]


@pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")
def test_half_a_workbook_would_not_pass(folder: Path, tmp_path: Path) -> None:
    """The check above can fail: what LibreOffice would offer to repair does not open."""
    damaged = tmp_path / "half.xlsx"
    with zipfile.ZipFile(folder / "findings.xlsx") as good, zipfile.ZipFile(damaged, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            bad.writestr(name, data[: len(data) // 2] if name.endswith("sheet1.xml") else data)
    count = rows(folder, "select count(*) from marts.fct_finding")[0][0]
    assert len(opened(damaged, tmp_path / "out").get("核查发现", [])) != count + 1  # type: ignore[operator]


def test_the_workbook_speaks_chinese_and_adds_up_the_years(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / WORKBOOK, read_only=True)
    budget = list(book["预算执行"].iter_rows(values_only=True))
    sources = {line[budget[0].index("资金来源")] for line in budget[1:]}
    assert "合计" in sources
    assert not [s for s in sources if re.search("[a-z]", str(s))]
    assert budget[0][0] == "单位名称"
    said = [line for line in book["说明"].iter_rows(values_only=True) if isinstance(line[0], int)]
    added = rows(
        folder,
        "select fiscal_year, sum(executed_cny) from marts.fct_budget join marts.dim_report"
        " using (report_id, fiscal_year) where is_current and scope = 'department'"
        " and funding_source = 'total' group by all having sum(executed_cny) is not null",
    )
    at = {line[0]: line[5] for line in said}
    assert len(added) >= 2
    for year, total in added:
        assert Decimal(str(at[year])) * 10_000 == total


def test_column_types_are_those_of_the_fiscal_data_package(folder: Path) -> None:
    """The names of its budget taxonomy, and the kinds of data it asks for them."""
    taxonomy = {
        "value": "number",
        "date:fiscal-year": "integer",
        "budget-line-id": "string",
        "phase:id": "string",
        "fin-source:generic:code": "string",
        "economic-classification:generic:code": "string",
        "economic-classification:generic:label": "string",
        "administrative-classification:generic:code": "string",
        "administrative-classification:generic:label": "string",
        "activity:generic:project:code": "string",
        "activity:generic:project:label": "string",
        "geo:generic:code": "string",
        "geo:generic:title": "string",
    }
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    typed = [
        (field["columnType"], field["type"])
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if "columnType" in field
    ]
    assert {kind for kind, _ in typed} == set(taxonomy)
    assert [pair for pair in typed if taxonomy[pair[0]] != pair[1]] == []


def test_views_comments_package_and_dictionary_say_what_the_contract_says(folder: Path) -> None:
    contract = load_contract()
    there = tables(folder)
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    fields = {r["path"]: r["schema"]["fields"] for r in package["resources"]}
    dictionary = (folder / "dictionary.md").read_text(encoding="utf-8")
    comments = {
        (table, column): text
        for table, column, text in rows(
            folder,
            "select table_name, column_name, comment from duckdb_columns()"
            " where schema_name = 'marts'",
        )
    }
    for table in contract:
        assert table.name in there
        names = [column.name for column in table.columns]
        assert [f["name"] for f in fields[f"csv/{table.name}.csv"]] == names
        view = rows(folder, f'describe "视图"."{table.name_zh}"')
        assert [line[0] for line in view] == [item.header for item in shown(table)]
        assert f"## {table.name} {table.name_zh}" in dictionary
        short = rows(
            folder,
            f"select comment from duckdb_columns() where schema_name = 'main'"
            f" and table_name = '{table.name}' order by column_index",
        )
        assert [line[0] for line in short] == [column.comment for column in table.columns]
        for column in table.columns:
            assert comments[table.name, column.name] == column.comment
            assert f"| `{column.name}` | {column.name_zh} |" in dictionary
            meaning = column.description.replace("|", "\\|")
            assert f"| {column.meaning_zh or column.name_zh} | {meaning}" in dictionary


def test_the_views_are_the_tables_in_wan(folder: Path) -> None:
    table = load_contract()["fct_budget"]
    item = next(i for i in shown(table) if i.column.name == "annual_budget_cny")
    both = rows(
        folder,
        f'select (select sum("{item.header}") * 10000 from "视图"."{table.name_zh}"),'
        " (select sum(annual_budget_cny) from marts.fct_budget)",
    )[0]
    assert both[0] == both[1] is not None


def test_text_that_looks_like_a_formula_is_inert_in_csv(folder: Path) -> None:
    contract = load_contract()
    for path in sorted((folder / "csv").glob("*.csv")):
        texts = {
            c.name for c in contract[path.stem].columns if c.type == "VARCHAR" and not c.values
        }
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                assert not [v for k, v in row.items() if k in texts and v[:1] in "=+-@" and v]


def test_nothing_exported_is_personal(folder: Path) -> None:
    assert list(personal_hits(folder)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("csv/a.csv", "report_id,note\nr1,联系电话：0731-2345678\n"),
        ("csv/a.csv", "report_id,note\nr1,13900001234\n"),
        ("site/data/a.js", 'JX.put("a",{"text":["邮箱 someone@example.com"]});\n'),
        ("note.md", "办公电话：62345678\n"),
    ],
)
def test_personal_data_in_any_file_holds_the_release_back(
    tmp_path: Path, name: str, text: str
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(JixiaoError) as refused:
        check_personal(tmp_path, "r0001")
    assert name in str(refused.value)
    for secret in ("2345678", "13900001234", "someone"):
        assert secret not in str(refused.value)


def test_the_questions_have_answers(desk: Desk) -> None:
    home = str(desk[0].layout.root)
    run = CliRunner()
    listed = run.invoke(app, ["ask", "--home", home])
    assert listed.exit_code == 0
    for number in range(1, 21):
        done = run.invoke(app, ["ask", str(number), "--format", "csv", "--home", home])
        assert done.exit_code == 0, done.output
        assert "," in done.output.splitlines()[0]
    assert run.invoke(app, ["ask", "99", "--home", home]).exit_code == 1


def test_export_xlsx_writes_the_workbook_of_the_release(desk: Desk, tmp_path: Path) -> None:
    home = str(desk[0].layout.root)
    done = CliRunner().invoke(app, ["export", "xlsx", "--out", str(tmp_path), "--home", home])
    assert done.exit_code == 0, done.output
    assert (tmp_path / WORKBOOK).read_bytes() == (desk[1].folder / WORKBOOK).read_bytes()
