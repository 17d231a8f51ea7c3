"""Lists of projects with money by source and stage, with and without lines; all invented."""

from __future__ import annotations

from orchestration.extraction.run import extract
from tests.unit.extraction.form_rows import rows_of
from tests.unit.extraction.grids import Spec, document, figures, grid, read


def test_columns_of_public_money_and_its_sum_in_a_list() -> None:
    rows: list[list[Spec]] = [
        [("项目名称", 1, 2), ("金额合计", 1, 2), ("财政拨款", 3, 1), ("自评得分", 1, 2)],
        ["小计", "一般公共预算", "政府性基金"],
        ["河道清淤", "120.00", "110.00", "80.00", "30.00", "95"],
        ["水质监测", "60.00", "60.00", "60.00", "0.00", "97"],
    ]
    found = read("2023年度项目绩效自评情况表", "单位：万元", grid(rows))
    public = [f for f in found.figures if f.item == "general_public_budget"]
    assert [str(f.value) for f in public] == ["80.00", "60.00"]


def test_sources_below_the_stages_of_a_list() -> None:
    heads = ("全年预算数（万元）", "全年执行数（万元）")
    rows: list[list[Spec]] = [
        [("项目名称", 1, 2), *((head, 3, 1) for head in heads), ("自评得分", 1, 2)],
        ["小计", "财政拨款", "其他资金"] * 2,
        ["河道清淤", "120.00", "100.00", "20.00", "115.00", "98.00", "17.00", "96"],
        ["水质监测", "60.00", "60.00", "", "54.00", "54.00", "", "91"],
    ]
    found = read("2023年度项目支出绩效自评汇总表", grid(rows))
    assert figures(found, "budget") == {
        ("河道清淤", "total", "annual_budget"): "120.00 万元",
        ("河道清淤", "total", "executed"): "115.00 万元",
        ("河道清淤", "general_public_budget", "annual_budget"): "100.00 万元",
        ("河道清淤", "other", "annual_budget"): "20.00 万元",
        ("河道清淤", "general_public_budget", "executed"): "98.00 万元",
        ("河道清淤", "other", "executed"): "17.00 万元",
        ("水质监测", "total", "annual_budget"): "60.00 万元",
        ("水质监测", "total", "executed"): "54.00 万元",
        ("水质监测", "general_public_budget", "annual_budget"): "60.00 万元",
        ("水质监测", "general_public_budget", "executed"): "54.00 万元",
    }


def test_a_list_of_projects_with_their_money_and_indicators() -> None:
    money: list[Spec] = ["预算数（万元）", "执行数（万元）", "执行率"]
    left: list[Spec] = [(head, 1, 2) for head in ("项目名称", *map(str, money))]
    own: list[Spec] = [(text, 1, 2) for text in ("河道清淤", "120.00", "114.00", "95%")]
    rows: list[list[Spec]] = [
        [*left, ("绩效指标", 5, 1), ("自评总分", 1, 2)],
        ["一级指标", "三级指标", "指标值", "完成值", "得分"],
        [*own, "产出指标", "清淤长度", "≥12公里", "12公里", "50", ("90.5", 1, 2)],
        ["效益指标", "受益人口", "≥8000人", "7600人", "40.5"],
    ]
    found = read("2023年度项目支出绩效自评情况表", grid(rows))
    assert rows_of(found, "project_name", "level3", "actual_text") == [
        ("河道清淤", "清淤长度", "12公里"),
        ("河道清淤", "受益人口", "7600人"),
    ]
    assert figures(found, "budget") == {
        ("河道清淤", "total", "annual_budget"): "120.00 万元",
        ("河道清淤", "total", "executed"): "114.00 万元",
        ("河道清淤", "total", "execution_rate"): "95 %",
    }
    assert figures(found, "evaluation")["河道清淤", None, "total_score"] == "90.5 分"


def test_a_form_below_a_list_of_units_in_one_grid_is_its_own() -> None:
    rows: list[list[Spec]] = [
        ["序号", "单位名称", "全年预算数", "全年执行数", "执行率", "自评得分", "自评等级"],
        ["1", "青石县第一中学", "1200", "1180", "98.33%", "97", "优"],
        ["2", "青石县第二中学", "900", "850", "94.44%", "92", "优"],
        ["项目名称", ("校舍维修", 6, 1)],
        ["一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分"],
        ["产出指标", "数量指标", "维修校舍", "≥3栋", "3栋", "100", "100"],
    ]
    found = read("2023年度项目支出绩效自评汇总表", grid(rows))
    assert {i.project_name for i in found.indicators} == {"校舍维修"}
    assert not [f for f in found.figures if f.family == "budget"]
    assert [i.kind for i in found.issues] == ["unclaimed_table"]


def test_amounts_of_three_digits_are_no_codes_of_accounts() -> None:
    rows: list[list[Spec]] = [
        [
            "专项资金名称",
            "主管部门",
            "资金总额",
            "一般公共预算",
            "政府性基金",
            "支出数",
            "评定等级",
        ],
        ["林业改革资金", "青石县林业局", "560", "560", "0", "548", "优"],
        ["移民扶持资金", "青石县水利局", "300", "220", "80", "246", "良"],
    ]
    blocks = ("2024年度专项转移支付绩效自评汇总表", "单位：万元", grid(rows))
    assert extract(document(*blocks)).document.unit_name is None  # of two departments neither
    found = read(*blocks)
    stated = figures(found, "budget")
    assert stated["林业改革资金", "total", "executed"] == "548 万元"
    assert stated["移民扶持资金", "government_fund", "initial_budget"] == "80 万元"
    assert figures(found, "evaluation")["移民扶持资金", None, "grade"] == "良"
