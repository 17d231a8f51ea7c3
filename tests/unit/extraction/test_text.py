"""Text as records hold it, and what may never be kept."""

from __future__ import annotations

import pytest

from orchestration.extraction.text import (
    compact,
    has_personal_data,
    is_personal_label,
    normalise,
    redact,
    split_weight,
)
from orchestration.extraction.vocabulary import is_blank


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("全年\n预算数", "全年预算数"),
        ("产出 指标（50 分）", "产出指标(50分)"),
        ("１２３．５％", "123.5%"),
        ("①完成；②完成", "①完成;②完成"),
        ("100m²", "100m²"),
        ("½ 以上", "½以上"),
        ("……", "……"),
        ("≦232 万元", "≤232万元"),
        ("⻔户⽹站", "门户网站"),
        ("13012322P0025811\n0508R", "13012322P00258110508R"),
        ("open\ndata", "open data"),
        ("[bookmark: _GoBack]一、概况", "一、概况"),
        ("\u3000\u3000服务\u200b对象", "服务对象"),
    ],
)
def test_normal_form(printed: str, kept: str) -> None:
    assert normalise(printed) == kept


def test_normal_form_is_stable() -> None:
    text = "一 、 2021 年 ① 预算 1,000.00 万元 （ 含 A B 两类 ）"
    assert normalise(normalise(text)) == normalise(text)


def test_compact_has_no_white_space() -> None:
    assert compact(" 年 度\n资金　总额 : 10 ") == "年度资金总额:10"


@pytest.mark.parametrize(
    ("printed", "name", "weight"),
    [
        ("产出\n指标\n(50分)", "产出指标", "50"),
        ("效益指标（30 分）", "效益指标", "30"),
        ("满意度指标【10分】", "满意度指标", "10"),
        ("成本指标20分", "成本指标", "20"),
        ("质量指标（权重12.5）", "质量指标", "12.5"),
        ("数量指标", "数量指标", None),
        ("产出目标（部门工作实绩）", "产出目标(部门工作实绩)", None),
    ],
)
def test_weight_behind_a_name(printed: str, name: str, weight: str | None) -> None:
    assert split_weight(printed) == (name, weight)


@pytest.mark.parametrize("text", ["", " ", "—", "——", "－－", "/", "-", "\n"])
def test_blank_marks(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["0", "无", "0.00", "零"])
def test_no_blank(text: str) -> None:
    assert not is_blank(text)


@pytest.mark.parametrize(
    "secret",
    ["13800001234", "138-0000-1234", "010-66001234", "a.b@example.cn", "110101199001011234"],
)
def test_numbers_that_name_a_person_are_masked(secret: str) -> None:
    assert secret not in redact(f"联系方式：{secret} 。")


@pytest.mark.parametrize(
    ("printed", "gone", "stays"),
    [
        ("填表人：甲乙 填报日期：2025.4.30", "甲乙", "2025.4.30"),
        ("填表人： 甲 乙 联系电话：66001234", "甲 乙", "联系电话"),
        ("联系人：甲乙丙，电话：88886666", "88886666", "联系人"),
        ("单位负责人（签字）：甲乙", "甲乙", "单位负责人"),
    ],
)
def test_form_fillers_are_masked(printed: str, gone: str, stays: str) -> None:
    assert gone not in redact(printed)
    assert stays in redact(printed)


@pytest.mark.parametrize(
    "text",
    ["全年预算数 1234567.89 元", "单位负责人签字：", "年度总体目标：完成 2021 年任务", "1614.46"],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert not has_personal_data(text)


def test_labels_whose_neighbour_is_a_person() -> None:
    assert is_personal_label("联系电话：")
    assert is_personal_label("填 表 人")
    assert not is_personal_label("填报单位")
