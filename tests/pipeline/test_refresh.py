"""The refresh from raw files to a release: what is read, published, quarantined, and when not."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from orchestration.files import read_json, sha256_of
from orchestration.ingestion.corrections import COLUMNS
from tests.pipeline.workbench import Workbench, make_workbench


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbench, str]:
    """A home after its first refresh (with bad input beside good), and what was printed."""
    bench = make_workbench(tmp_path_factory.mktemp("refresh"))
    good = bench.write_report("2022/衡州市示例局.txt", "衡州市示例局")
    bench.write_report("另一局.txt", "衡州市另一局", year=2023)
    shutil.copyfile(good, bench.raw / "同一份.txt")
    (bench.raw / "空文件.pdf").write_bytes(b"")
    (bench.raw / "菜谱.txt").write_text("西红柿炒鸡蛋：两个西红柿，三个鸡蛋。", encoding="utf-8")
    (bench.raw / "~$临时.docx").write_bytes(b"x")
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    return bench, result.output


def test_good_reports_are_published_beside_bad_ones(first: tuple[Workbench, str]) -> None:
    bench, _ = first
    published = bench.query("select unit_name, fiscal_year from marts.dim_report order by 1")
    assert published == [("衡州市另一局", 2023), ("衡州市示例局", 2022)]


def test_every_file_has_an_outcome_with_a_reason(first: tuple[Workbench, str]) -> None:
    bench, _ = first
    outcomes = {
        name: (status, reasons)
        for name, status, reasons in bench.query(
            "select file_path, status, reasons from marts.ops_document"
        )
    }
    assert outcomes["2022/衡州市示例局.txt"] == ("read", None)
    assert outcomes["同一份.txt"][0] == "duplicate"
    for name in ("空文件.pdf", "菜谱.txt"):
        status, reasons = outcomes[name]
        assert status == "quarantined"
        chinese, _, english = str(reasons).partition(" | ")
        assert (chinese and english.isascii() is False) or english, reasons
    assert "~$临时.docx" not in outcomes


def test_the_command_says_what_it_published(first: tuple[Workbench, str]) -> None:
    bench, printed = first
    assert bench.release_ids()[0] in printed
    assert "dim_report" in printed
    assert "空文件.pdf" in printed
    assert "jixiao query" in printed


def test_nothing_new_reads_nothing_and_publishes_nothing(first: tuple[Workbench, str]) -> None:
    bench, _ = first
    batches = sorted((bench.home / "records").rglob("*.parquet"))
    before = bench.release_ids()
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    assert "nothing new" in result.output
    assert bench.release_ids() == before
    assert sorted((bench.home / "records").rglob("*.parquet")) == batches


def test_the_same_inputs_give_the_same_parquet_bytes(
    first: tuple[Workbench, str], tmp_path: Path
) -> None:
    bench, _ = first
    other = make_workbench(tmp_path)
    shutil.copytree(bench.raw, other.raw, dirs_exist_ok=True)
    assert other.run("refresh").exit_code == 0
    inputs = [read_json(b.current() / "manifest.json")["inputs"] for b in (bench, other)]
    for said in inputs:
        assert len(said["batches"]) >= 2  # one a fiscal year
        assert said["parser_version"]
    assert inputs[0]["dbt_project"] == inputs[1]["dbt_project"]
    for table in ("dim_report", "fct_budget"):
        path = Path("parquet") / f"{table}.parquet"
        assert sha256_of(other.current() / path) == sha256_of(bench.current() / path)


def test_new_amended_and_corrected_documents(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path)
    path = bench.write_report("甲.txt", "衡州市甲局")
    assert bench.run("refresh").exit_code == 0
    # One more document costs its own reading only.
    bench.write_report("乙.txt", "衡州市乙局")
    result = bench.run("refresh")
    assert "known before 1" in " ".join(result.output.split()), result.output
    assert len(bench.release_ids()) == 2
    assert bench.run("diff", bench.release_ids()[0]).output.count("dim_report | 1 | 0 | 0") == 1
    # A correction on record changes the figure, and the receipt names it.
    row = [sha256_of(path), "", "110.50万元", "set", "111.50", "勘误", "审核科", "2024-01-01"]
    _write_corrections(bench, row)
    assert bench.run("refresh").exit_code == 0
    values = bench.query(
        "select distinct executed_cny from marts.fct_budget b join marts.dim_report r "
        "using (report_id) where unit_name = '衡州市甲局'"
    )
    assert any(float(str(value)) == 111.5 for (value,) in values), values
    assert not any(float(str(value)) == 110.5 for (value,) in values)
    # One that matches nothing fails the run and leaves the release as it was.
    before = bench.current()
    _write_corrections(bench, row, [*row[:2], "999.99万元", *row[3:]])
    result = bench.run("refresh")
    assert result.exit_code == 1
    assert "999.99万元" in result.output
    assert "Traceback" not in result.output
    assert bench.current() == before


def test_a_quarantined_document_comes_back_when_a_person_accepts_it(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path)
    bench.write_report("甲.txt", "衡州市甲局")
    withheld = bench.write_report("乙.txt", "衡州市乙局")
    hold = [sha256_of(withheld), "document", "", "withhold", "", "待核实", "审核科", "2024-01-01"]
    _write_corrections(bench, hold)
    assert bench.run("refresh").exit_code == 0
    assert bench.query("select count(*) from marts.dim_report") == [(1,)]
    assert "待核实" in bench.run("quarantine", "list").output
    (bench.home / "corrections.csv").unlink()
    assert bench.run("refresh").exit_code == 0
    assert bench.query("select count(*) from marts.dim_report") == [(2,)]


def _write_corrections(bench: Workbench, *rows: list[str]) -> None:
    bench.home.mkdir(exist_ok=True)
    with (bench.home / "corrections.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(rows)
