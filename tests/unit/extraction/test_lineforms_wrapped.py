"""Forms in dumps whose cells wrap: their lines are put together by the widths of the columns."""

from __future__ import annotations

import pytest

from orchestration.extraction import extract
from tests.unit.extraction.test_lineforms import text_document

NARROW = """安和县林业局2023年度项目支出绩效自评报告

2023年度项目支出绩效自评表
项目名称 乡村道路绿化
主管部门 安和县林业局 实施单位
安和县国有林场管
护服务中心
项目
资金
年初预算数 全年预算数 全年执行数 分值 执行率 得分
年度资金总额 120.50 118.00 118.00 10 100% 10
绩
效
指
标
一级指
标
二级指
标
三级指标
年度指
标值
实际完
成值
分值 得分
偏差原因分
析
产出指
标（50
分）
数量指
标
新栽行道树数
量
≥1200
株
1250
株
20 20
补植面积 30 亩 28 亩 20 18
连续降雨，
工期推迟；
次年补栽
质量指
标
苗木成活率
（含补植）
≥90% 93% 10 10
效益指
标（30
分）
社会效
益指标
沿线居住环境
持续改
善
有所改
善
30 28
满意度
指标（
10分）
服务对
象满意
度指标
服务对象满意
度
≥85% 90% 10 10
总分 100 96
"""


def test_cells_that_wrap_are_put_together_by_the_widths_of_their_columns() -> None:
    found = extract(text_document(NARROW))
    assert [
        (i.level1, i.level2, i.level3, i.target_text, i.actual_text, str(i.weight), str(i.score))
        for i in found.indicators
    ] == [
        ("产出指标", "数量指标", "新栽行道树数量", "≥1200株", "1250株", "20", "20"),
        ("产出指标", "数量指标", "补植面积", "30亩", "28亩", "20", "18"),
        ("产出指标", "质量指标", "苗木成活率(含补植)", "≥90%", "93%", "10", "10"),
        ("效益指标", "社会效益指标", "沿线居住环境", "持续改善", "有所改善", "30", "28"),
        ("满意度指标", "服务对象满意度指标", "服务对象满意度", "≥85%", "90%", "10", "10"),
    ]
    assert [i.deviation_reason for i in found.indicators if i.deviation_reason] == [
        "连续降雨,工期推迟;次年补栽"
    ]
    (project,) = found.projects
    assert project.implementing_unit == "安和县国有林场管护服务中心"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # A line of the name that is not full ends it: what follows has no column to stand in.
        ("新栽行道树数\n量\n", "新栽\n行道树数量\n"),
        # The rest of a reason or the beginning of a name?
        ("次年补栽\n质量指\n标\n苗木成活率\n", "次年补栽\n苗木成活率\n"),
        # A label in the middle of its rows, as a dump line by line prints it.
        ("数量指\n标\n新栽行道树数\n量\n", "新栽行道树数\n量\n"),
        # A score that goes on below.
        ("总分 100 96\n", "总分 100 9\n6\n"),
        ("（50\n分）", "（40\n分）"),
    ],
)
def test_wrapped_cells_with_no_one_reading_are_held_back(old: str, new: str) -> None:
    assert old in NARROW
    found = extract(text_document(NARROW.replace(old, new)))
    assert not found.indicators
    assert "unclaimed_table" in {issue.kind for issue in found.issues}


def test_a_label_that_wraps_above_the_money_keeps_its_value() -> None:
    old = "主管部门 安和县林业局 实施单位\n安和县国有林场管\n护服务中心\n"
    assert old in NARROW
    new = "主管部门 安和县林业局\n实施单\n位\n安和县林场管护站\n"
    found = extract(text_document(NARROW.replace(old, new)))
    assert len(found.indicators) == 5
    (project,) = found.projects
    assert (project.department, project.implementing_unit) == ("安和县林业局", "安和县林场管护站")
