"""One bad document among good ones: it is set aside by the gate, and the others are published."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from orchestration.defs.alerts import alert_set_aside
from orchestration.files import read_json
from orchestration.warehouse.build import prepare
from orchestration.warehouse.isolate import Breach, culprits
from tests.pipeline.workbench import Workbench, make_workbench

#: No report of the workbench but the extravagant one states more than 100,000 (as printed).
MODEST = """
suite: budget
table: marts.fct_budget
show: [report_id]
expectations:
  - type: expect_column_values_to_be_between
    column: executed_cny
    max_value: 100000
    severity: error
    zh: 数字不超过十万
    en: nobody states more than a hundred thousand
"""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    made = make_workbench(tmp_path_factory.mktemp("isolate"))
    (made.expectations / "budget.yml").write_text(MODEST, encoding="utf-8")
    for name in "甲乙丙丁":
        made.write_report(f"{name}.txt", f"衡州市{name}局")
    made.write_report("奢.txt", "衡州市奢局", total="9912345.50")
    return made


def test_the_document_is_quarantined_with_the_reason_and_the_others_are_published(
    bench: Workbench,
) -> None:
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    assert bench.query("select count(*) from marts.dim_report") == [(4,)]
    (row,) = bench.query(
        "select file_name, reasons from marts.ops_document where status = 'quarantined'"
    )
    assert row[0] == "奢.txt"
    assert "数字不超过十万" in str(row[1])
    assert "nobody states more" in str(row[1])


def test_it_stays_aside_and_can_still_be_looked_at(bench: Workbench) -> None:
    again = bench.run("refresh")
    assert again.exit_code == 0, again.output
    assert bench.query("select count(*) from marts.dim_report") == [(4,)]
    shown = bench.run("show", "奢.txt")
    assert shown.exit_code == 0, shown.output
    assert "9912345.50" in shown.output.replace(",", "").replace("\n", "")


#: A suite over records and a test of dbt, each of which one more report will break.
RECORDS = """
suite: figures
table: records.figure
show: [report_id]
expectations:
  - type: expect_column_values_to_be_between
    column: value
    max_value: 99999999
    severity: error
    zh: 记录中的数字不过亿
    en: no figure as read is above a hundred million
"""
DBT_TEST = "select report_id from {{ ref('dim_report') }} where unit_name like '%怪局'"


def test_a_run_of_dagster_sets_aside_whatever_breaks_it(bench: Workbench) -> None:
    """The job as the daemon runs it: records, tests of dbt and suites each break on one report."""
    from orchestration.definitions import build_defs
    from orchestration.defs.partitions import all_years_tags
    from orchestration.defs.resources import Workspace

    (bench.expectations / "figures.yml").write_text(RECORDS, encoding="utf-8")
    tests = bench.root / "dbt" / "tests"
    tests.mkdir()
    (tests / "no_odd_unit.sql").write_text(DBT_TEST, encoding="utf-8")
    bench.write_report("巨.txt", "衡州市巨局", total="812345678.50")
    bench.write_report("怪.txt", "衡州市怪局")
    bench.write_report("侈.txt", "衡州市侈局", total="8812345.50")
    bench.write_report("戊.txt", "衡州市戊局")
    settings = bench.settings()
    prepare(settings)
    job = build_defs(settings, {"workspace": Workspace.of(settings)}).resolve_job_def("refresh")
    result = job.execute_in_process(tags=all_years_tags(), raise_on_error=False)
    assert result.success
    assert bench.query("select count(*) from marts.dim_report") == [(5,)]
    reasons = dict(
        bench.query(
            "select file_name, reasons from marts.ops_document where status = 'quarantined'"
        )
    )
    assert sorted(reasons) == ["侈.txt", "奢.txt", "巨.txt", "怪.txt"]
    assert "记录中的数字不过亿" in str(reasons["巨.txt"])
    assert "no_odd_unit" in str(reasons["怪.txt"])
    assert "数字不超过十万" in str(reasons["侈.txt"])
    _look_at_what_operators_see(result)
    outcome = read_json(bench.home / "runs" / result.run_id / "outcome.json")
    assert outcome is not None
    # The rules are other ones now, so the one set aside before was looked at again.
    assert outcome["set_aside"] == ["侈.txt", "奢.txt", "巨.txt", "怪.txt"]
    alert = alert_set_aside(settings, result.run_id)
    assert alert is not None
    assert alert.lines == ("侈.txt", "奢.txt", "巨.txt", "怪.txt")


def _look_at_what_operators_see(result: dg.ExecuteInProcessResult) -> None:
    """Metadata of the run: outcomes of files, previews, lineage, rows, offending rows of checks."""
    documents = next(  # one for each fiscal year, all saying the same
        m
        for m in result.asset_materializations_for_node("read_documents")
        if m.asset_key == dg.AssetKey("documents")
    )
    assert "戊.txt" in str(documents.metadata["outcomes"].value)
    assert documents.metadata["documents"].value == 5
    built = {m.asset_key: m.metadata for m in result.asset_materializations_for_node("dbt_build")}
    budget = built[dg.AssetKey(["marts", "fct_budget"])]
    assert "衡州市" in str(built[dg.AssetKey(["marts", "dim_report"])]["preview"].value)
    lineage = budget["dagster/column_lineage"].value
    assert isinstance(lineage, dg.TableColumnLineage)
    figure = dg.TableColumnDep(dg.AssetKey(["records", "figure"]), "value")
    assert lineage.deps_by_column["executed_cny"] == [figure]
    again = {
        m.asset_key: m.metadata for m in result.asset_materializations_for_node("check_tables")
    }
    assert again[dg.AssetKey(["marts", "dim_report"])]["dagster/row_count"].value == 5


def test_other_rules_let_it_in_again(bench: Workbench) -> None:
    for name in ("figures.yml", "budget.yml"):
        (bench.expectations / name).unlink()
    result = bench.run("refresh")
    assert result.exit_code == 0, result.output
    assert bench.query("select count(*) from marts.dim_report") == [(8,)]
    (row,) = bench.query("select file_name from marts.ops_document where status = 'quarantined'")
    assert row[0] == "怪.txt"  # the test of dbt still stands


def test_one_of_two_can_be_set_aside_but_not_the_last(tmp_path: Path) -> None:
    breach = Breach("缘由", "reason", ({"report_id": "r1"},))
    assert culprits([breach], tmp_path / "none", documents=2) is not None
    assert culprits([breach], tmp_path / "none", documents=1) is None


def test_a_fault_of_most_documents_is_no_documents_fault(tmp_path: Path) -> None:
    rows = tuple({"report_id": f"r{n}"} for n in range(4))
    assert culprits([Breach("缘由", "reason", rows)], tmp_path / "none", documents=6) is None
    few = culprits([Breach("缘由", "reason", rows[:2])], tmp_path / "none", documents=6)
    assert few is not None
    assert sorted(few) == ["r0", "r1"]


def test_a_fault_that_cannot_be_traced_holds_the_build_back(tmp_path: Path) -> None:
    traced = Breach("缘由", "reason", ({"report_id": "r1"},))
    assert culprits([traced, Breach("合计", "sum", ())], tmp_path / "none", documents=9) is None
    broken = Breach("缘由", "reason", ({"report_id": "r1"},), is_broken=True)
    assert culprits([broken], tmp_path / "none", documents=9) is None
    assert culprits([], tmp_path / "none", documents=9) is None
