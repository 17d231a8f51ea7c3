"""The warehouse that dbt builds from records: what an analyst and an operator would notice."""

from __future__ import annotations

import dataclasses
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.contract import load_contract
from orchestration.records import (
    DocumentRecord,
    Extraction,
    FigureRecord,
    FileRecord,
    GoalRecord,
    IndicatorRecord,
    ProjectRecord,
)
from tests.support.build import build_marts, dbt, failures, file_of, write_records

pytestmark = pytest.mark.slow


def report(
    letter: str, year: int | None = 2024, kind: str = "self_evaluation", **document: Any
) -> Extraction:
    known: dict[str, Any] = {"unit_name": "株洲市财政局", "region_code": "430200"} | document
    return Extraction(
        DocumentRecord(report_id=letter * 16, fiscal_year=year, report_kind=kind, **known)
    )


def state(extraction: Extraction, family: str, item: str | None, **figure: Any) -> None:
    """Add a figure, in 万元 unless said otherwise."""
    known: dict[str, Any] = {"scope": "department", "unit": "万元", "measure": "amount"} | figure
    if "value" in known:
        known["value"] = Decimal(known["value"])
    extraction.figures.append(
        FigureRecord(
            report_id=extraction.document.report_id,
            figure_seq=len(extraction.figures) + 1,
            family=family,
            item=item,
            source_text="原文",
            **known,
        )
    )


def line(extraction: Extraction, weight: str, score: str | None, **indicator: Any) -> None:
    """Add an indicator line."""
    known: dict[str, Any] = {
        "scope": "department",
        "level1": "产出指标",
        "level1_std": "output",
        "level2_std": "quantity",
        "level3": f"指标{len(extraction.indicators)}",
    }
    extraction.indicators.append(
        IndicatorRecord(
            report_id=extraction.document.report_id,
            indicator_table=1,
            indicator_seq=len(extraction.indicators) + 1,
            weight=Decimal(weight),
            score=None if score is None else Decimal(score),
            **(known | indicator),
        )
    )


def sample() -> tuple[list[Extraction], list[FileRecord]]:
    """Six documents: two years of a unit, an amendment, another unit, two that must not appear."""
    first, second, amended = report("a", 2023), report("b"), report("c")
    other = report("d", unit_name="湘潭市财政局", region_code="430300", budget_unit_code="105001")
    hidden, yearless = report("e", unit_name="株洲市审计局"), report("f", None)
    for extraction, budget, executed, three in (
        (first, "100", "90", "4"),
        (second, "200", "150", "5.5"),
        (other, "300", "300", "6"),
        (hidden, "400", "1", "7"),
        (yearless, "500", "2", "8"),
    ):
        state(extraction, "budget", "total", measure="annual_budget", value=budget, is_table=True)
        state(extraction, "budget", "total", measure="executed", value=executed, is_table=True)
        state(extraction, "expense", "three_public", value=three)
        state(extraction, "personnel", "on_duty", measure="headcount", value="20", unit="人")
        line(extraction, "60", "60")
        line(extraction, "30", "24", deviation_reason="进度滞后")
    state(second, "expense", "basic", value="120")
    state(second, "budget", "total", measure="weight", value="10", unit="分")
    state(second, "budget", "total", measure="score", value="7.5", unit=None)
    state(second, "expense", "three_public", value="4.2", amount_year=2023)
    state(amended, "budget", "total", measure="executed", value="160", is_table=True)
    project = {"scope": "project", "project_name": "办公楼维修", "project_code": None}
    second.projects.append(
        ProjectRecord(report_id="b" * 16, project_seq=1, project_name="办公楼维修", aliases="维修")
    )
    state(second, "budget", "total", measure="executed", value="0.12345", **project)
    second.goals.append(GoalRecord(report_id="b" * 16, goal_text="完成维修", **project))
    files = [
        file_of(first, "2023.pdf"),
        file_of(second, "2024.pdf"),
        file_of(amended, "2024更正.pdf"),
        file_of(other, "湘潭.pdf"),
        file_of(hidden, "审计局.pdf", status="quarantined", reasons="两次读数不一致 | readings"),
        file_of(yearless, "无年度.pdf"),
        file_of(first, "副本.pdf", status="duplicate", reasons="与 2023.pdf 相同 | same as"),
    ]
    return [first, second, amended, other, hidden, yearless], files


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample built into ``build/warehouse.duckdb``, tests of the project run."""
    folder = tmp_path_factory.mktemp("warehouse")
    build_marts(*sample(), folder)
    return folder


def query(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(folder / "build" / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def rerun(folder: Path, *arguments: str, **variables: str) -> Any:
    return dbt(
        *arguments,
        records=folder / "records",
        build=folder / "build" / "warehouse.duckdb",
        target=folder / "target",
        **variables,
    )


def test_every_promised_table_is_there_with_its_types(folder: Path) -> None:
    found = {
        (table, column): kind
        for table, column, kind in query(
            folder,
            "select table_name, column_name, data_type from information_schema.columns "
            "where table_schema = 'marts'",
        )
    }
    promised = {(t.name, c.name): c.type for t in load_contract() for c in t.columns}
    assert found == promised


def test_outcomes_of_files(folder: Path) -> None:
    rows = dict(query(folder, "select file_name, status from marts.ops_document"))
    assert rows == {
        "2023.pdf": "published",
        "2024.pdf": "superseded",
        "2024更正.pdf": "published",
        "湘潭.pdf": "published",
        "审计局.pdf": "quarantined",
        "无年度.pdf": "quarantined",
        "副本.pdf": "duplicate",
    }
    [(reason,)] = query(
        folder, "select reasons from marts.ops_document where file_name = '无年度.pdf'"
    )
    assert reason.startswith("年度未能识别")


def test_a_quarantined_file_has_no_row_in_any_dimension_or_fact(folder: Path) -> None:
    tables = [t for t in load_contract() if t.kind in {"dimension", "fact"}]
    for table in tables:
        if any(column.name == "report_id" for column in table.columns):
            rows = query(
                folder,
                f"select count(*) from marts.{table.name} where report_id in (repeat('e', 16), "
                "repeat('f', 16))",
            )
            assert rows == [(0,)], table.name
    assert query(folder, "select 1 from marts.dim_unit where unit_name like '%审计局%'") == []


def test_yuan_are_exact_and_what_was_printed_stays(folder: Path) -> None:
    rows = query(
        folder,
        "select executed_cny, annual_budget_cny, execution_rate from marts.fct_budget "
        "where project_name = '办公楼维修'",
    )
    assert rows == [(Decimal("1234.50"), None, None)]
    rows = query(
        folder,
        "select value_printed, unit_printed, amount_cny from marts.fct_mention "
        "where project_name = '办公楼维修'",
    )
    assert rows == [(Decimal("0.123450"), "万元", Decimal("1234.50"))]


def test_an_amendment_is_the_next_revision_and_wipes_nothing_out(folder: Path) -> None:
    assert query(
        folder, "select report_id[1], revision, is_current from marts.dim_report order by 1"
    ) == [("a", 1, True), ("b", 1, False), ("c", 2, True), ("d", 1, True)]
    [row] = query(
        folder,
        "select executed_cny, annual_budget_cny, execution_rate, basic_share, report_count "
        "from marts.agg_unit_year where fiscal_year = 2024 and region_code = '430200'",
    )
    assert row == (Decimal(1600000), Decimal(2000000), Decimal("0.8"), None, 1)
    # What it superseded can still be asked for.
    assert query(
        folder,
        "select executed_cny from marts.fct_budget join marts.dim_report using (report_id) "
        "where report_id[1] = 'b' and scope = 'department'",
    ) == [(Decimal(1500000),)]


def test_three_public_against_the_year_before(folder: Path) -> None:
    rows = query(
        folder,
        "select fiscal_year, three_public_cny, three_public_prior_cny, three_public_change_rate, "
        "three_public_per_head_cny from marts.agg_unit_year where region_code = '430200' "
        "order by fiscal_year",
    )
    assert rows == [
        (2023, Decimal(40000), None, None, Decimal(2000)),
        # This year's report says 4.2 of last year; it comes before what last year's report said.
        (2024, Decimal(55000), Decimal(42000), Decimal("0.309524"), Decimal(2750)),
    ]


def test_totals_are_added_up_with_the_execution_score(folder: Path) -> None:
    rows = query(
        folder,
        "select report_id[1], total_weight, total_score, grade from marts.fct_evaluation "
        "order by report_id",
    )
    assert rows == [
        ("a", Decimal(90), Decimal(84), "良"),
        ("b", Decimal(100), Decimal("91.5"), "优"),
        ("d", Decimal(90), Decimal(84), "良"),
    ]


def test_every_chosen_mention_is_the_value_of_its_fact(folder: Path) -> None:
    rows = query(
        folder,
        "select count(*), count(fact.fact_key) from marts.fct_mention as mention "
        "left join marts.fct_budget as fact on mention.fact_key = fact.fact_key "
        "and mention.amount_cny = fact.executed_cny "
        "where mention.is_chosen and fact_table = 'fct_budget' and measure = 'executed'",
    )
    assert rows == [(5, 5)]


def test_region_aggregate_recomputed_from_the_facts(folder: Path) -> None:
    published = {
        (region, year): (units, executed, count, marks)
        for region, year, units, executed, count, marks in query(
            folder,
            "select region_code, fiscal_year, unit_count, executed_cny, indicator_count, "
            "full_mark_count from marts.agg_region_year",
        )
    }
    # By hand: the amended report has no indicators; of its year only the latest execution counts.
    assert published == {
        ("430200", 2023): (1, Decimal(900000), 2, 1),
        ("430200", 2024): (1, Decimal(1600000), 0, 0),
        ("430300", 2024): (1, Decimal(3000000), 2, 1),
    }


def test_indicator_aggregate_recomputed_in_python(folder: Path) -> None:
    lines = query(
        folder,
        "select i.fiscal_year, level1_std, level2_std, weight, score from "
        "marts.fct_indicator_score i join marts.dim_report r using (report_id) where is_current",
    )
    expected: dict[tuple[Any, ...], list[Decimal]] = {}
    for year, level1, level2, weight, score in lines:
        sums = expected.setdefault((year, level1, level2), [Decimal(0), Decimal(0), Decimal(0)])
        sums[0] += weight
        sums[1] += score
        sums[2] += score >= weight
    published = {
        key[:3]: list(key[3:])
        for key in query(
            folder,
            "select fiscal_year, level1_std, level2_std, weight_sum, score_sum, full_mark_count "
            "from marts.agg_indicator_category_year",
        )
    }
    assert published == expected
    assert published


def test_building_again_gives_the_same_content_in_the_same_order(
    folder: Path, tmp_path: Path
) -> None:
    tables = [table.name for table in load_contract()]
    before = {name: query(folder, f"select * from marts.{name}") for name in tables}
    again = tmp_path / "again"
    shutil.copytree(folder / "records", again / "records")
    (again / "build").mkdir()
    assert not failures(rerun(again, "build", "--exclude-resource-type", "unit_test", "test"))
    after = {name: query(again, f"select * from marts.{name}") for name in tables}
    assert [name for name in tables if before[name] != after[name]] == []
    assert sum(map(len, before.values())) > 4000


def test_the_twenty_questions_compile_and_run(folder: Path) -> None:
    assert not failures(rerun(folder, "compile", "--select", "path:analyses"))
    queries = sorted((folder / "target" / "compiled" / "jixiao" / "analyses").glob("q*.sql"))
    assert len(queries) == 20
    answers = {path.name[:3]: query(folder, path.read_text(encoding="utf-8")) for path in queries}
    assert sorted(row[:2] for row in answers["q03"]) == [("湖南省", "株洲市"), ("湖南省", "湘潭市")]
    assert answers["q11"] == []


def test_unit_tests_of_the_models(folder: Path) -> None:
    """All of them, the audit rules' included; a refresh runs none."""
    result = rerun(folder, "test", "--select", "test_type:unit")
    assert failures(result) == []
    assert len(result.result) > 200


def test_documentation_is_generated(folder: Path) -> None:
    assert rerun(folder, "docs", "generate").success
    catalog = (folder / "target" / "catalog.json").read_text(encoding="utf-8")
    assert '"agg_unit_benchmark"' in catalog
    manifest = (folder / "target" / "manifest.json").read_text(encoding="utf-8")
    assert "Budget of the whole year, after adjustment." in manifest


# --- other records --------------------------------------------------------------------------------


def small_build(folder: Path, *select: str) -> Any:
    """Build some models only, without tests."""
    (folder / "build").mkdir(exist_ok=True)
    return rerun(
        folder, "build", "--exclude-resource-type", "test", "unit_test", "--select", *select
    )


def test_a_document_read_again_shows_its_newest_reading_only(tmp_path: Path) -> None:
    old, new = report("a"), report("a")
    state(old, "budget", "total", measure="executed", value="1")
    state(old, "asset", "total", value="5")
    state(new, "budget", "total", measure="executed", value="2")
    write_records(tmp_path / "records", [old], [file_of(old, "a.pdf")], "00000001-x")
    write_records(tmp_path / "records", [new], [file_of(new, "a.pdf")], "00000002-x")
    assert not failures(small_build(tmp_path, "+fct_budget", "+fct_asset"))
    assert query(tmp_path, "select executed_cny from marts.fct_budget") == [(Decimal(20000),)]
    assert query(tmp_path, "select * from marts.fct_asset") == []


def test_a_record_type_without_any_file_has_no_rows(tmp_path: Path) -> None:
    extractions, files = sample()
    write_records(tmp_path / "records", extractions, files)
    shutil.rmtree(tmp_path / "records" / "goal")
    shutil.rmtree(tmp_path / "records" / "figure")
    assert not failures(small_build(tmp_path, "+fct_goal", "+fct_budget", "+dim_report"))
    assert query(tmp_path, "select count(*) from marts.fct_goal") == [(0,)]
    assert query(tmp_path, "select count(*) from marts.fct_budget") == [(0,)]
    assert query(tmp_path, "select count(*) from marts.dim_report") == [(4,)]


def test_a_bad_year_fails_its_own_tests_only(tmp_path: Path) -> None:
    extractions, files = sample()
    bad = extractions[0].indicators[0]
    extractions[0].indicators[0] = dataclasses.replace(bad, level1_std="nonsense")
    write_records(tmp_path / "records", extractions, files)
    # The test of a table also asks the dimensions that it refers to.
    dimensions = ("+dim_report", "+dim_unit", "+dim_project", "+dim_fiscal_year")
    categories = "+dim_indicator_category"
    assert not failures(small_build(tmp_path, "+fct_indicator_score", categories, *dimensions))
    select = ("--select", "fct_indicator_score,test_name:keeps_contract")
    failed = rerun(tmp_path, "test", *select)
    assert len(failures(failed)) == 1
    breaches = query(tmp_path, failed.result[0].node.compiled_code)
    # One row a breach, with the report it belongs to.
    report_id = extractions[0].document.report_id
    assert ("accepted_values", "level1_std", "nonsense", report_id) in breaches
    assert failures(rerun(tmp_path, "test", *select, JIXIAO_YEARS="2024")) == []
    assert failures(rerun(tmp_path, "test", *select, JIXIAO_YEARS="2023, 2024")) != []
    # Where the run says that all was tested, only reports made anew since are looked at: here all.
    assert failures(rerun(tmp_path, "test", *select, JIXIAO_TESTED="1")) != []
    with duckdb.connect(str(tmp_path / "build" / "warehouse.duckdb")) as db:
        db.execute(
            "update intermediate.int_report_change set is_changed = report_id <> ?", [report_id]
        )
    assert failures(rerun(tmp_path, "test", *select, JIXIAO_TESTED="1")) == []
    assert failures(rerun(tmp_path, "test", *select)) != []


def test_releases_so_far_come_from_publishing(tmp_path: Path) -> None:
    extractions, files = sample()
    write_records(tmp_path / "records", extractions, files)
    releases = tmp_path / "releases.parquet"
    duckdb.sql(
        "copy (select 'r1' as release_id, timestamp '2025-05-01 10:00:00' as published_at, "
        "4 as report_count, 1 as quarantined_count, 99 as fact_count, 3 as finding_count, "
        f"'abc' as content_hash) to '{releases}'"
    )
    (tmp_path / "build").mkdir()
    result = rerun(tmp_path, "run", "--select", "ops_release", JIXIAO_RELEASES=str(releases))
    assert not failures(result)
    rows = query(tmp_path, "select release_id, report_count, fact_count from marts.ops_release")
    assert rows == [("r1", 4, 99)]
