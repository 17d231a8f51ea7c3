"""The word lists: consistent as data, and found as printed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import (
    default_vocabulary,
    load_vocabulary,
    strip_decoration,
)

FOLDER = Path(__file__).resolve().parents[3] / "dbt_project" / "seeds" / "vocabulary"
MATCHES = {"exact", "prefix", "suffix", "contains", "regex"}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda p: p.stem)
def test_wordings_are_compact_and_stand_once(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert rows
    seen = set()
    for row in rows:
        wording = row.get("wording") or row.get("token") or ""
        assert wording, row
        if row.get("match"):
            assert row["match"] in MATCHES, row
        if row.get("match") != "regex" and path.stem != "narrative_word":
            assert compact(wording) == wording, row
        key = tuple(row.values())
        assert key not in seen, row
        seen.add(key)


@pytest.mark.parametrize(
    ("block", "printed", "field"),
    [
        ("funding", "全年\n预算数（A）", "annual_budget"),
        ("funding", "执行率（B/A）", "execution_rate"),
        ("funding", "预算批复数", "initial_budget"),
        ("funding", "年中调整数", "adjustment"),
        ("funding", "执行得分", "score"),
        ("funding", "结转结余数", "ignore"),
        ("indicator", "三级指标及分值", "level3"),
        ("funding", "得分（20分*执行率）", "score"),
        ("indicator", "偏差原因分析\n及改进措施", "deviation_reason"),
        ("indicator", "*指标值", "target"),
        ("indicator", "计划指标值", "target"),
        ("indicator", "全年实际完成指标值", "actual"),
        ("indicator", "未完成原因及拟采取的改进措施", "deviation_reason"),
        ("funding", "执行率C/B", "execution_rate"),
        ("indicator", "分值权重（90分）", "weight"),
        ("indicator", "度量 单位", "unit"),
        ("identity", "填 表 人：", "personal"),
        ("goal", "年初设定目标", "goal"),
    ],
)
def test_headers_as_printed(block: str, printed: str, field: str) -> None:
    assert default_vocabulary().header(block, printed) == field


def test_unknown_header_is_unknown() -> None:
    assert default_vocabulary().header("indicator", "玄妙列") is None


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        ("年度资金总额：", "total"),
        ("当年财政拨款", "general_public_budget"),
        ("上年结转资金", "carry_over"),
        ("财政专户管理资金", "special_account"),
        ("单位资金", "other"),
    ],
)
def test_sources_of_funding(printed: str, source: str) -> None:
    assert default_vocabulary().funding_source.find(printed) == source


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("单位：万元", "万元"),
        ("（金额单位：元）", "元"),
        ("项目资金（万元）", "万元"),
        ("单位名称", None),
    ],
)
def test_money_unit_of_captions_and_headers(printed: str, unit: str | None) -> None:
    assert default_vocabulary().money_unit(printed) == unit


@pytest.mark.parametrize("printed", ["……", "指标2：", "无", "指标3"])
def test_placeholders(printed: str) -> None:
    assert default_vocabulary().is_placeholder(printed)


@pytest.mark.parametrize("printed", ["无重大事故", "指标完成率", "年内", "0"])
def test_what_is_no_placeholder(printed: str) -> None:
    assert not default_vocabulary().is_placeholder(printed)


@pytest.mark.parametrize(
    "printed",
    ["××", "XX万元", "待填", "（请填写项目名称）", "单击此处输入文字。", "　年　月　日", "#DIV/0!"],
)
def test_what_should_have_been_replaced(printed: str) -> None:
    assert default_vocabulary().is_unfilled(printed)


@pytest.mark.parametrize(
    "printed", ["无", "—", "2023年5月1日", "请示办理率", "待遇落实率", "x光机"]
)
def test_what_is_filled_in(printed: str) -> None:
    assert not default_vocabulary().is_unfilled(printed)


def test_a_missing_list_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_vocabulary(tmp_path)


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        ("全年预算数（C=A+B）", "全年预算数"),
        ("执行率（D/C*100%）", "执行率"),
        ("全年执行数（D）", "全年执行数"),
        ("出国（境）", "出国(境)"),
        ("得分（10分）", "得分(10分)"),
    ],
)
def test_letters_of_a_formula_behind_a_head_go(head: str, plain: str) -> None:
    assert strip_decoration(head) == plain
