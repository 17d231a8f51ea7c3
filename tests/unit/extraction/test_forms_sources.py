"""Sources of money and who they belong to: sums and parts, levels, several years; invented."""

from __future__ import annotations

import pytest

from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, figures, grid, read

HEAD: list[Spec] = ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"]
LINE: list[Spec] = ["产出指标", "数量指标", "管护林地", "≥12公顷", "13公顷", "90", "90"]
_VALUES = ("level3", "target_text", "actual_text", "weight", "score")


@pytest.mark.parametrize("wide", [1, 2])
def test_a_head_of_sources_that_is_called_indicator(wide: int) -> None:
    money: list[Spec] = ["年初预算数", "全年预算数", "执行数", "执行率", "权重", "得分"]
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 6 + wide, 1)],
        [("资金使用情况（万元）", 1, 3), ("指标", wide, 1), *money],
        [("资金总额", wide, 1), "406.71", "413.33", "396.30", "95.88%", "10", "9.59"],
        [("其中：本级财政拨款", wide, 1), "393.77", "393.54", "377.80", "", "", ""],
        [*HEAD, *["备注"] * wide],
        [*LINE, *[""] * wide],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert rows_of(found, *_VALUES) == [("管护林地", "≥12公顷", "13公顷", 90, 90)]
    assert figures(found, "budget")["河道保洁", "total", "executed"] == "396.30 万元"
    assert figures(found, "budget")["河道保洁", "total", "score"] == "9.59 分"


def test_public_money_is_not_the_sum_over_its_parts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 2, 1)],
        ["资金类别（万元）", "年初预算数", "全年执行数"],
        ["资金总额", "130.00", "120.00"],
        ["财政资金小计", "120.00", "112.00"],
        ["其中：一般公共预算", "90.00", "88.00"],
        ["政府性基金", "30.00", "24.00"],
        ["其他资金", "10.00", "8.00"],
        HEAD[:3],
        LINE[:3],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    stated = [(f.item, str(f.value)) for f in found.figures if f.measure == "executed"]
    assert stated == [
        ("total", "120.00"),
        ("general_public_budget", "88.00"),
        ("government_fund", "24.00"),
        ("other", "8.00"),
    ]


def test_a_sum_of_public_money_without_parts() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 2, 1)],
        ["资金类别（万元）", "年初预算数", "全年执行数"],
        ["资金总额", "130.00", "120.00"],
        ["财政资金小计", "120.00", "112.00"],
        ["其他资金", "10.00", "8.00"],
        HEAD[:3],
        LINE[:3],
    ]
    found = figures(read("2023年度项目支出绩效自评表", grid(rows)), "budget")
    assert found["河道保洁", "general_public_budget", "executed"] == "112.00 万元"


@pytest.mark.parametrize(
    ("labels", "stated", "left"),
    [
        # the sum of both, then the one in its own words, then neither
        ((("单位资金", "25.00"), ("事业收入", "20.00"), ("其他收入", "5.00")), ["25.00"], 0),
        ((("单位资金", "20.00"), ("其他资金", "5.00")), ["5.00"], 1),
        ((("事业收入", "20.00"), ("其他收入", "5.00")), [], 2),
    ],
)
def test_several_rows_of_one_source(
    labels: tuple[tuple[str, str], ...], stated: list[str], left: int
) -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 2, 1)],
        ["资金类别（万元）", "年初预算数", "全年执行数"],
        ["资金总额", "130.00", "120.00"],
        ["财政拨款", "105.00", "95.00"],
        *([label, amount, amount] for label, amount in labels),
        HEAD[:3],
        LINE[:3],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    other = [f for f in found.figures if f.item == "other" and f.measure == "executed"]
    assert [str(f.value) for f in other] == stated
    assert len(found.issues) == left


def test_the_rest_of_kinds_of_projects_is_no_other_fund() -> None:
    rows: list[list[Spec]] = [
        ["部门名称", ("青石县林业局", 3, 1)],
        ["项目类别（万元）", "年初预算数", "全年预算数", "全年执行数"],
        ["合计", "310.40", "360.90", "348.10"],
        ["其他运转类", "200.00", "230.00", "225.00"],
        ["特定目标类", "100.40", "120.90", "118.10"],
        ["其他", "10.00", "10.00", "5.00"],
        HEAD[:4],
        LINE[:4],
    ]
    found = read("2023年度部门整体支出绩效自评表", grid(rows), year=2023)
    assert {f.item for f in found.figures if f.family == "budget"} == {"total"}
    assert sum(i.kind == "unknown_word" for i in found.issues) == 3


def test_public_money_by_level_is_left_aside_with_a_reason() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 2, 1)],
        ["资金类别（万元）", "年初预算数", "全年执行数"],
        ["年度资金总额", "130.00", "120.00"],
        ["其中：中央补助", "60.00", "55.00"],
        ["省级资金", "50.00", "48.00"],
        ["其他资金", "20.00", "17.00"],
        HEAD[:3],
        LINE[:3],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert {f.item for f in found.figures} == {"total", "other"}
    assert [(i.kind, i.source_row) for i in found.issues] == [("unclaimed_figure", 5)]


def test_levels_of_public_money_as_columns_are_left_aside_with_a_reason() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 4, 1)],
        [("资金情况（万元）", 1, 3), "", "合计", "中央资金", "其他资金"],
        ["年初预算数", "500.00", "480.00", "20.00"],
        ["全年执行数", "494.00", "476.00", "18.00"],
        [*HEAD[:4], ""],
        [*LINE[:4], ""],
    ]
    found = read("2023年度项目支出绩效自评表", grid(rows))
    assert {f.item for f in found.figures} == {"total", "other"}
    assert [(i.kind, i.source_row) for i in found.issues] == [
        ("unclaimed_figure", 3),
        ("unclaimed_figure", 4),
    ]


def test_money_and_targets_of_several_years_side_by_side() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道清淤", 6, 1)],
        [
            ("项目资金（万元）", 1, 3),
            "",
            "总额",
            "2024年（已安排）",
            "2025年（本年）",
            ("2026年", 2, 1),
        ],
        ["资金总额", "300.00", "90.00", "120.00", ("90.00", 2, 1)],
        ["其中：财政拨款", "280.00", "85.00", "110.00", ("85.00", 2, 1)],
        [*((head, 1, 2) for head in HEAD[:3]), ("指标值", 3, 1), ("备注", 1, 2)],
        ["2024年", "2025年", "2026年"],
        ["产出指标", "数量指标", "清淤长度", "≥3公里", "≥4公里", "≥5公里", ""],
    ]
    title = "2025年项目支出绩效目标申报表"
    found = read(title, grid(rows), year=2025)
    assert rows_of(found, "level3", "target_text") == [("清淤长度", "≥4公里")]
    assert figures(found, "budget") == {
        ("河道清淤", "total", "initial_budget"): "120.00 万元",
        ("河道清淤", "general_public_budget", "initial_budget"): "110.00 万元",
    }


def test_money_of_several_years_none_of_which_is_the_forms_own() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道清淤", 3, 1)],
        ["项目资金（万元）", "总额", "2022年", "2023年"],
        ["资金总额", "300.00", "90.00", "120.00"],
        HEAD[:4],
        LINE[:4],
    ]
    found = read("2025年项目支出绩效目标申报表", grid(rows), year=2025)
    assert not figures(found, "budget")
    assert found.issues


def test_sources_as_columns_of_a_target_form_beside_the_band_of_the_block() -> None:
    heads: list[Spec] = ["资金总额", "财政拨款小计", "一般公共预算", "政府性基金", "其他资金"]
    rows: list[list[Spec]] = [
        ["项目名称", ("河道保洁", 5, 1)],
        [("项目资金（万元）", 1, 2), *heads],
        ["320.00", "300.00", "250.00", "50.00", "20.00"],
        [*HEAD[:4], "", ""],
        [*LINE[:4], "", ""],
    ]
    found = read("2025年度项目支出绩效目标表", grid(rows))
    assert [(f.item, str(f.value)) for f in found.figures] == [
        ("total", "320.00"),
        ("general_public_budget", "250.00"),
        ("government_fund", "50.00"),
        ("other", "20.00"),
    ]
