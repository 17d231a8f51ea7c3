"""One bad document among good ones: it is set aside by the gate, and the others are published."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.isolate import Breach, culprits
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
