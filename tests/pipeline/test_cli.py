"""The command as a person uses it: help that teaches, plain errors, answers with receipts."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.pipeline.workbench import Workbench, make_workbench


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    made = make_workbench(tmp_path_factory.mktemp("cli"))
    made.write_report("甲局自评.txt", "衡州市甲局")
    (made.raw / "空.pdf").write_bytes(b"")
    assert made.run("refresh").exit_code == 0
    return made


@pytest.fixture
def empty(tmp_path: Path) -> Workbench:
    return make_workbench(tmp_path)


def test_help_shows_where_to_start(empty: Workbench) -> None:
    result = empty.run("--help")
    assert result.exit_code == 0
    for word in ("refresh", "query", "show", "quarantine", "rollback", "--raw", "读取"):
        assert word in result.output


def test_a_folder_that_is_not_there(empty: Workbench) -> None:
    result = empty.run("refresh", "--raw", str(empty.root / "没有"))
    assert result.exit_code == 1
    assert "没有" in result.output
    assert "--raw" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("name", ["仓库[2024]", "it's", "全部*"])
def test_a_home_whose_name_is_a_pattern_is_refused(empty: Workbench, name: str) -> None:
    empty.write_report("甲.txt", "衡州市甲局")
    result = empty.run("refresh", "--home", str(empty.root / name))
    assert result.exit_code == 1
    assert "--home" in result.output
    assert not (empty.root / name).exists()


def test_an_empty_folder_is_no_empty_release(empty: Workbench) -> None:
    result = empty.run("refresh")
    assert result.exit_code == 1
    assert "没有任何报告文件" in result.output
    assert "--raw" in result.output
    assert not (empty.home / "releases" / "current").exists()


def test_a_manifest_with_a_mistake_is_named_with_its_line(empty: Workbench) -> None:
    empty.write_report("甲.txt", "衡州市甲局")
    (empty.raw / "manifest.csv").write_text("file,fiscal_year\n甲.txt,去年\n", encoding="utf-8")
    result = empty.run("refresh")
    assert result.exit_code == 1
    assert "manifest.csv:2" in result.output.replace("\n", "")
    assert "去年" in result.output


def test_query_before_the_first_release(empty: Workbench) -> None:
    result = empty.run("query", "select 1")
    assert result.exit_code == 1
    assert "jixiao refresh" in result.output


def test_query_in_three_formats(bench: Workbench) -> None:
    sql = "select unit_name, fiscal_year, null as nothing from dim_report"
    assert "衡州市甲局" in bench.run("query", sql).output
    rows = list(csv.DictReader(io.StringIO(bench.run("query", sql, "--format", "csv").stdout)))
    assert rows == [{"unit_name": "衡州市甲局", "fiscal_year": "2022", "nothing": ""}]
    objects = json.loads(bench.run("query", sql, "-f", "json").stdout)
    assert objects == [{"unit_name": "衡州市甲局", "fiscal_year": 2022, "nothing": None}]


@pytest.mark.parametrize(
    "sql", ["delete from marts.dim_report", "select * from read_csv('/etc/passwd')", "selec 1"]
)
def test_query_only_reads_the_release(bench: Workbench, sql: str) -> None:
    result = bench.run("query", sql)
    assert result.exit_code == 1
    assert "SQL" in result.output
    assert "root:" not in result.output


def test_show_prints_every_figure_with_its_words(bench: Workbench) -> None:
    by_name = bench.run("show", "甲局自评.txt", "--all")
    assert by_name.exit_code == 0, by_name.output
    for word in ("reception", "1.2", "万元", "公务接待费"):
        assert word in by_name.output
    (report_id,) = bench.query("select report_id from marts.dim_report")[0]
    assert str(report_id) in bench.run("show", str(report_id)[:8]).output
    assert str(report_id) in bench.run("show", str(bench.raw / "甲局自评.txt")).output
    assert bench.run("show", "不认识.pdf").exit_code == 1


def test_status_and_quarantine_name_what_was_held_back(bench: Workbench) -> None:
    status = bench.run("status").output
    assert "quarantined" in status
    assert bench.release_ids()[-1] in status
    listed = bench.run("quarantine", "list").output
    assert "空.pdf" in listed
    refused = bench.run("quarantine", "release", "0" * 16, "--who", "审核科", "--reason", "x")
    assert refused.exit_code == 1


def test_what_was_never_read_cannot_be_accepted(bench: Workbench) -> None:
    output = json.loads(
        bench.run(
            "query", "select report_id from ops_document where status = 'quarantined'", "-f", "json"
        ).stdout
    )
    report_id = output[0]["report_id"]
    result = bench.run("quarantine", "release", report_id, "--who", "审核科", "--reason", "看过")
    assert result.exit_code == 1
    assert "nothing to accept" in result.output.replace("\n", " ")
    assert not (bench.home / "corrections.csv").exists()


def test_releases_and_going_back(bench: Workbench) -> None:
    listed = bench.run("releases").output
    assert "*" in listed
    assert bench.release_ids()[0] in listed
    result = bench.run("rollback")
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_a_year_without_partition_is_refused(bench: Workbench) -> None:
    result = bench.run("refresh", "--year", "1949")
    assert result.exit_code == 1
    assert "1949" in result.output
