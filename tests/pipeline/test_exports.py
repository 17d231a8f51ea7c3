"""What a release carries for people: workbooks, open data, views, comments; nothing personal."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
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


@pytest.mark.skipif(not has_calc(), reason="LibreOffice Calc is not installed")
def test_the_workbook_opens_in_libreoffice(folder: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "csv", "--outdir", str(tmp_path)),
            str(folder / "findings.xlsx"),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert "error" not in (done.stdout + done.stderr).lower()
    converted = (tmp_path / "findings.csv").read_text(encoding="utf-8", errors="replace")
    count = rows(folder, "select count(*) from marts.fct_finding")[0][0]
    assert len(list(csv.reader(converted.splitlines()))) >= int(str(count))


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
        for column in table.columns:
            assert comments[table.name, column.name] == column.comment
            assert f"| `{column.name}` | {column.name_zh} |" in dictionary


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
