"""Numbers, amounts, dates and targets as officials write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from orchestration.extraction.values import (
    Target,
    find_amounts,
    find_year,
    parse_amount,
    parse_chinese_number,
    parse_date,
    parse_number,
    parse_percent,
    parse_points,
    parse_target,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,614.46", "1614.46"),
        ("１６１４．４６", "1614.46"),
        ("－24.24", "-24.24"),
        ("−3", "-3"),
        ("（24.24）", "-24.24"),
        ("0", "0"),
        ("1.00E+2", "100"),
        ("12\n345.67", "12345.67"),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "—", "0.万元", "1 614.46", "12.", "10%", "约10", "(5", "0422700.00", "1.2.3", "5-6"],
)
def test_what_is_not_one_number(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize("text", ["0 422700.00 4", "0 100.00%", "10 20分"])
def test_figures_parted_by_blanks_are_unreadable(text: str) -> None:
    assert parse_amount(text) is None
    assert parse_percent(text) is None
    assert parse_points(text) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "approximate"),
    [
        ("542.37万元", "542.37", "万元", False),
        ("约20万元", "20", "万元", True),
        ("20余万元", "20", "万元", True),
        ("1.2亿元", "1.2", "亿元", False),
        ("172万", "172", "万", False),
        ("88.25", "88.25", None, False),
        ("-24.24万元", "-24.24", "万元", False),
        ("1,234,567.89元", "1234567.89", "元", False),
    ],
)
def test_amounts(text: str, value: str, unit: str | None, approximate: bool) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.value, amount.unit, amount.approximate) == (Decimal(value), unit, approximate)


def test_amounts_in_running_text_keep_their_places() -> None:
    text = "收入564.41万元，其中年初预算约542.37万元，人均350元"
    found = find_amounts(text)
    assert [(text[f.start : f.end], f.amount.unit) for f in found] == [
        ("564.41万元", "万元"),
        ("约542.37万元", "万元"),
        ("350元", "元"),
    ]
    assert [f.amount.approximate for f in found] == [False, True, False]


@pytest.mark.parametrize(
    ("text", "value"),
    [("96.3%", "96.3"), ("１００％", "100"), ("百分之九十", "90"), ("-5.5%", "-5.5")],
)
def test_percents(text: str, value: str) -> None:
    assert parse_percent(text) == Decimal(value)


def test_a_bare_number_is_no_percent() -> None:
    assert parse_percent("96.3") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("5", "5"), ("5分", "5"), ("（50分）", "50"), ("得5分", "5"), ("9.6", "9.6")],
)
def test_points(text: str, value: str) -> None:
    assert parse_points(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("三", 3), ("十二", 12), ("一百二十", 120), ("两千三百", 2300), ("三万五千", 35000)],
)
def test_chinese_numbers(text: str, value: int) -> None:
    assert parse_chinese_number(text) == value


def test_a_row_of_chinese_digits_is_no_number() -> None:
    assert parse_chinese_number("二三") is None


@pytest.mark.parametrize(
    ("text", "year"),
    [("2021年度", 2021), ("（2022 年）", 2022), ("二〇二一年", 2021), ("预算数", None)],
)
def test_years(text: str, year: int | None) -> None:
    assert find_year(text) == year


def test_dates() -> None:
    assert parse_date("填报日期：2025.4.30") == dt.date(2025, 4, 30)
    assert parse_date("2022年12月31日") == dt.date(2022, 12, 31)
    assert parse_date("2022年13月1日") is None
    assert parse_date("2022年12月") is None


@pytest.mark.parametrize(
    ("text", "operator", "value", "unit"),
    [
        ("≥95%", ">=", "95", "%"),
        ("10 家", "=", "10", "家"),
        ("10", "=", "10", None),
        ("2 次以上", ">=", "2", "次"),
        ("30天以内", "<=", "30", "天"),
        ("宣传不少于 150 篇", ">=", "150", "篇"),
        ("发表文章50篇", "=", "50", "篇"),
        ("≤560元/人/天", "<=", "560", "元/人/天"),
        ("参加率达 ≥ 100%", ">=", "100", "%"),
        ("达到95%以上", ">=", "95", "%"),
        ("90%以上（含）", ">=", "90", "%"),
        ("≯5%", "<=", "5", "%"),
        ("100%完成", "=", "100", "%"),
        ("≦232 万元", "<=", "232", "万元"),
        ("控制在232万元以内", "<=", "232", "万元"),
        ("大于90%", ">", "90", "%"),
        ("＜3次", "<", "3", "次"),
        ("》90%", ">=", "90", "%"),
        ("大于等于80%", ">=", "80", "%"),
        ("不超过20000元", "<=", "20000", "元"),
        ("≥100百分比", ">=", "100", "%"),
        ("1年", "=", "1", "年"),
        ("≤30天", "<=", "30", "天"),
        ("172万", "=", "172", "万"),
        ("≥1,200人次", ">=", "1200", "人次"),
        ("1.00E+2", "=", "100", None),
        ("三次", "=", "3", "次"),
        ("不少于两次", ">=", "2", "次"),
        ("0", "=", "0", None),
        ("≤2026.5万元", "<=", "2026.5", "万元"),
        ("完成率100%", "=", "100", "%"),
    ],
)
def test_targets(text: str, operator: str, value: str, unit: str | None) -> None:
    assert parse_target(text) == Target(operator, Decimal(value), unit)


@pytest.mark.parametrize(
    "text",
    [
        "提升",
        "2021年12月",
        "2021 年 12",
        "6月底前",
        "每月10号前发放到位",
        "每月中旬",
        "3日内",
        "2026-12-31",
        "第三季度",
        "80%-90%",
        "10~20人",
        "全年召开支委会4次,召开支部大会3次",
        "资料三个工作日内上报,三日内拨付",
        "3A级",
        "无",
        "—",
        "",
        "十余次",
    ],
)
def test_targets_without_a_single_figure(text: str) -> None:
    assert parse_target(text) == Target()


@pytest.mark.parametrize(
    ("text", "unit", "operator", "expected"),
    [
        ("95", "%", "≥", Target(">=", Decimal(95), "%")),
        ("95", "百分比", "≥", Target(">=", Decimal(95), "%")),
        ("三", "次", "＝", Target("=", Decimal(3), "次")),
        ("良好", "", "定性", Target()),
        ("≥95%", "次", "≤", Target(">=", Decimal(95), "%")),
        ("12", "月", "≤", Target("<=", Decimal(12), "月")),
    ],
)
def test_operator_and_unit_of_other_columns(
    text: str, unit: str, operator: str, expected: Target
) -> None:
    assert parse_target(text, unit, operator) == expected


def test_a_sign_misread_as_two_is_pointed_out() -> None:
    assert parse_target("292%").doubt is not None
    assert parse_target("120%").doubt is None
