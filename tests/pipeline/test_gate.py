"""The gate: what it holds back stays unpublished, whoever asks and however."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb
import pytest

from orchestration.files import read_json
from orchestration.gate import run
from orchestration.gate.decide import check_tables
from orchestration.gate.narrow import rows_that_may_fail
from orchestration.gate.personal import mask, personal_data_sql, suspicion_sql
from orchestration.gate.run import GateRunner
from orchestration.gate.suites import Expected, Suite, load_suites
from orchestration.messages import JixiaoError
from orchestration.settings import PROJECT_ROOT
from tests.pipeline.workbench import Workbench, make_workbench

BROKEN = """
suite: budget
table: marts.fct_budget
show: [report_id]
expectations:
  - type: expect_column_values_to_be_between
    column: executed_cny
    max_value: 1
    severity: error
    zh: 执行数不超过一元
    en: nothing costs more than one yuan
"""


def test_a_table_in_several_frames_is_judged_as_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def expected(kind: str, column: str, **kwargs: object) -> Expected:
        return Expected(kind, {"column": column, **kwargs}, "error", "中文", "English")

    suite = Suite(
        "numbers",
        "numbers",
        ("id",),
        (
            expected("expect_column_values_to_be_unique", "id"),
            expected("expect_column_values_to_be_between", "value", max_value=5),
            expected("expect_column_values_to_not_be_null", "value"),
        ),
        (),
    )
    with duckdb.connect() as connection:
        connection.execute(
            "create table numbers as select i % 9 as id, i as value from range(10) r(i)"
        )
        whole = GateRunner(tmp_path).run(suite, connection)
        monkeypatch.setattr(run, "FRAME_ROWS", 3)
        parts = GateRunner(tmp_path).run(suite, connection)
    assert whole.rows == parts.rows == 10
    assert [(f.expectation, f.count) for f in parts.failed] == [
        ("expect_column_values_to_be_unique id", 2),
        ("expect_column_values_to_be_between value", 4),
    ]
    assert [(f.expectation, f.count) for f in whole.failed] == [
        (f.expectation, f.count) for f in parts.failed
    ]


def test_a_large_table_is_narrowed_to_the_rows_that_may_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every type of expectation in the suites finds the same rows, seeing only a few others."""

    def expected(kind: str, column: str, **kwargs: object) -> Expected:
        return Expected(f"expect_column_values_to_{kind}", {"column": column, **kwargs}, "error",
                        "中文", "English")  # fmt: skip

    suite = Suite(
        "rows",
        "rows",
        ("id",),
        (
            expected("be_unique", "id"),
            expected("not_be_null", "score"),
            expected("be_between", "score", min_value=0, max_value=120),
            expected("be_between", "year", min_value=2000),
            expected("be_in_set", "scope", value_set=["department", "project"]),
            expected("match_regex", "code", regex="^[RP][0-9]{2}$"),
        ),
        (),
    )
    seen: list[int] = []
    frames = run._frames

    def counted(*arguments: Any) -> Iterator[Any]:
        for frame in frames(*arguments):
            seen.append(len(frame))
            yield frame

    monkeypatch.setattr(run, "_frames", counted)
    with duckdb.connect() as connection:
        connection.execute(
            """
            create table rows as select
                if(i = 17, 16, i) as id,
                case i when 20 then null when 21 then 120.01 when 22 then -1 else 99.5 end
                    ::decimal(9, 2) as score,
                if(i = 30, 1999, 2022) as year,
                case i when 40 then '部门' when 41 then null else 'project' end as scope,
                case i when 50 then 'R1' when 51 then 'xR01' when 52 then null else 'R01' end
                    as code
            from range(5000) r(i)
            """
        )
        whole = GateRunner(tmp_path).run(suite, connection)
        monkeypatch.setattr(run, "WHOLE_ROWS", 4999)
        narrow = GateRunner(tmp_path).run(suite, connection)
    assert seen[0] == 5000
    assert seen[1] < 1100
    assert [f.count for f in whole.failed] == [2, 1, 2, 1, 1, 2]
    assert narrow == whole


def test_what_cannot_be_said_in_sql_is_judged_whole(tmp_path: Path) -> None:
    """A share of rows, a type of expectation or a pattern that SQL may read otherwise."""
    kinds = {"code": "VARCHAR", "rate": "DOUBLE"}

    def narrowed(kind: str, **kwargs: object) -> str | None:
        one = Expected(f"expect_column_{kind}", kwargs, "error", "中文", "English")
        return rows_that_may_fail(Suite("s", "t", (), (one,), ()), kinds)

    assert narrowed("values_to_not_be_null", column="code")
    assert narrowed("values_to_not_be_null", column="code", mostly=0.9) is None
    assert narrowed("values_to_not_be_null", column="rate") is None  # NaN counts as nothing there
    assert narrowed("values_to_match_regex", column="code", regex=r"^(?!x)x+$") is None
    # One class, two readings of it.
    for other in (r"^\S+$", r"^[^\d]+$", r"\bR", r"^R\d$", r"^\w+$"):
        assert narrowed("values_to_match_regex", column="code", regex=other) is None, other
    assert narrowed("value_lengths_to_equal", column="code", value=3) is None
    assert narrowed("values_to_not_be_null", column="missing") is None


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workbench, Path, str]:
    """A home with a release, then a refresh that a suite holds back."""
    bench = make_workbench(tmp_path_factory.mktemp("gate"))
    bench.write_report("甲.txt", "衡州市甲局")
    assert bench.run("refresh").exit_code == 0
    before = bench.current()
    (bench.expectations / "budget.yml").write_text(BROKEN, encoding="utf-8")
    bench.write_report("乙.txt", "衡州市乙局")
    result = bench.run("refresh")
    assert result.exit_code == 2, result.output
    return bench, before, result.output


def test_a_broken_suite_moves_nothing_and_says_why(held: tuple[Workbench, Path, str]) -> None:
    bench, before, printed = held
    assert bench.current() == before
    assert len(bench.release_ids()) == 1
    assert "执行数不超过一元" in printed
    assert "nothing costs more than one yuan" in printed


def test_the_evidence_is_kept(held: tuple[Workbench, Path, str]) -> None:
    bench, _, printed = held
    folder = next(
        run for run in (bench.home / "runs").iterdir() if run.name in printed.replace("\n", "")
    )
    verdict = read_json(folder / "gate" / "verdict.json")
    assert verdict is not None
    assert verdict["passed"] is False
    (budget,) = [suite for suite in verdict["suites"] if suite["suite"] == "budget"]
    assert budget["failed"][0]["count"] > 0
    assert "report_id" in budget["failed"][0]["rows"][0]
    assert list((folder / "gate").rglob("data_docs/**/index.html"))


def test_an_alert_is_raised(held: tuple[Workbench, Path, str]) -> None:
    bench, _, _ = held
    assert "budget" in (bench.home / "alerts.jsonl").read_text(encoding="utf-8")


def test_the_release_alone_cannot_get_past_the_verdict(
    held: tuple[Workbench, Path, str],
) -> None:
    from orchestration.definitions import build_defs
    from orchestration.defs.resources import Workspace

    bench, before, _ = held
    settings = bench.settings()
    definitions = build_defs(settings, {"workspace": Workspace.of(settings)})
    result = definitions.resolve_job_def("refresh").execute_in_process(
        asset_selection=[dg.AssetKey("release")], raise_on_error=False
    )
    assert not result.success
    assert bench.current() == before


def test_a_build_changed_by_hand_has_no_verdict(tmp_path: Path) -> None:
    bench = make_workbench(tmp_path)
    bench.write_report("甲.txt", "衡州市甲局")
    assert bench.run("refresh").exit_code == 0
    settings = bench.settings()
    with duckdb.connect(str(settings.layout.build_database)) as connection:
        connection.execute("update marts.fct_budget set executed_cny = 1")
    with pytest.raises(JixiaoError, match="was changed"):
        check_tables(settings, "by-hand")


@pytest.mark.parametrize(
    "text",
    [
        "填表人电话：13812345678",
        "联系电话 138 1234 5678",
        "手机138-1234-5678。",
        "联系电话：0731-28681234",
        "联 系 人及电话：(0731)28681234",
        "身份证430203197001011234",
        "身份证号：43020319700101123X",
        "邮箱 office@example.gov.cn",
    ],
)
def test_personal_data_is_found_and_never_shown(text: str) -> None:
    found = _scan(text)
    assert found, text
    assert not any(ch.isdigit() for ch in found[0])
    assert "1234" not in mask(text)


def test_a_table_with_personal_data_is_held_back(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute("create table marts.clean (name varchar, amount integer)")
        connection.execute("insert into marts.clean values ('甲局', 138123456)")
        connection.execute("create table marts.dirty (report_id varchar, words varchar)")
        connection.execute("insert into marts.dirty values ('0a', '联系电话 138 1234 5678')")
        result = GateRunner(tmp_path).run_personal(connection, ["marts"])
    assert result.evaluated == 2
    (failed,) = result.errors
    assert failed.expectation == "marts.dirty"
    assert failed.rows[0]["report_id"] == "0a"
    assert "1234" not in str(failed.rows)


@pytest.mark.parametrize(
    "text",
    [
        "支出13800000000元",
        "项目编码13012322P00258110508R",
        "预算数 1,381,234,567.80",
        "2021年12月31日",
        "电话费3.20万元",
        "慰问老干部 529 人次",
    ],
)
def test_figures_are_no_personal_data(text: str) -> None:
    assert _scan(text) == []


def test_the_suites_of_the_project_can_be_read() -> None:
    suites = load_suites(PROJECT_ROOT / "expectations")
    assert {"dim_report", "reconciliation", "records_file"} <= {suite.name for suite in suites}
    for suite in suites:
        assert suite.expectations or suite.violations, suite.name


def test_a_suite_without_a_reason_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(
        "suite: x\ntable: marts.x\nexpectations: [{type: expect_x, severity: error, zh: 缘由}]",
        encoding="utf-8",
    )
    with pytest.raises(JixiaoError, match="en"):
        load_suites(tmp_path)


def _scan(text: str) -> list[str]:
    with duckdb.connect() as connection:
        connection.execute("create table t (unit varchar, words varchar, remark varchar)")
        connection.execute("insert into t values ('甲局', ?, null)", [text])
        columns = ["unit", "words", "remark"]
        sql, suspicion = personal_data_sql("t", columns), suspicion_sql("t", columns)
        assert sql is not None
        assert suspicion is not None
        found = [row[3] for row in connection.execute(sql).fetchall()]
        # The quick look at all texts of a row together overlooks nothing.
        assert not found or connection.execute(suspicion).fetchone()
        return found
