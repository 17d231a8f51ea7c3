"""The gate lets points below zero through where a line is a deduction, and nowhere else."""

from __future__ import annotations

import duckdb
import pytest

from orchestration.gate.suites import load_suites
from orchestration.settings import PROJECT_ROOT

_LINE = (
    "create table marts.fct_indicator_score as select * from (values {}) "
    "as t(fact_key, report_id, level1, level2, level3, description, weight, score)"
)


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("('1', 'r', '扣分项', '负面清单', '审计发现问题', null, -5, -1)", 0),
        ("('1', 'r', '其他', null, '违规减分', null, 0, -2)", 0),
        ("('1', 'r', '产出指标', '数量指标', '修复湿地', null, 10, -1)", 1),
        ("('1', 'r', '产出指标', null, null, null, -10, 1)", 1),
    ],
)
def test_only_deductions_have_points_below_zero(line: str, held: int) -> None:
    suites = load_suites(PROJECT_ROOT / "expectations")
    (suite,) = (s for s in suites if s.name == "fct_indicator_score")
    (rule,) = (v for v in suite.violations if v.name == "negative_points_of_no_deduction")
    assert rule.severity == "error"
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        connection.execute(_LINE.format(line))
        assert len(connection.execute(rule.sql).fetchall()) == held
