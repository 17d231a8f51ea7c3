"""The base-data table in a dump of lines: labels that wrap, blank rows, rows that lack figures."""

from __future__ import annotations

import pytest

from orchestration.extraction import extract
from tests.unit.extraction.test_lineforms import text_document

_HEAD = "青石县水利局2023年度部门整体支出绩效自评报告\n\n2023年度部门整体支出绩效评价基础数据表\n"
TABLE = (
    _HEAD
    + """财政供养人
员情况（人）
编制数 2023年实际在职人数 控制率
36 33 91.67%
经费控制情况
（万元）
2022年决算
数
2023年预算
数
2023年决算
数
三公经费 12.30 13.00 11.80
1、公务用车
购置和维护经
费
9.80 10.00 9.50
其中：公车购
置
0 0 0
公车运行维护 9.80 10.00 9.50
2、出国经费 0 0 0
3、公务接待 2.50 3.00 2.30
项目支出：
1、业务工作
经费
21.00 25.00 24.10
2、运行维护
经费
3、市级专项资金
公用经费 40.00 42.00 41.20
其中：办公经
费
15.00 16.00 15.70
政府采购金额 6.00 5.80
部门基本支出
预算调整
——
楼堂馆所控制情况 批复规模 实际规模
0 0
厉行节约保障
措施
"""
)


def _expense(text: str) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for f in extract(text_document(text)).figures:
        if f.family == "expense" and f.value is not None:
            found.setdefault(f.item, []).append(f"{f.basis} {f.amount_year} {f.value} {f.unit}")
    return found


def test_figures_stand_behind_the_label_that_ends_before_them() -> None:
    found = _expense(TABLE)
    assert found["vehicle"] == [
        "actual 2022 9.80 万元",
        "budget 2023 10.00 万元",
        "actual 2023 9.50 万元",
    ]
    assert {item: said[2].split()[2] for item, said in found.items()} == {
        "three_public": "11.80",
        "vehicle": "9.50",
        "vehicle_purchase": "0",
        "vehicle_operation": "9.50",
        "abroad": "0",
        "reception": "2.30",
        "business": "24.10",
        "public": "41.20",
        "office": "15.70",
    }
    people = {
        f.item: str(f.value)
        for f in extract(text_document(TABLE)).figures
        if f.measure == "headcount"
    }
    assert people == {"establishment": "36", "on_duty": "33"}


def test_a_row_that_lacks_a_figure_stays_unread_with_a_reason() -> None:
    found = extract(text_document(TABLE))
    assert [i for i in found.issues if "政府采购金额" in i.message and "所属列不明" in i.message]
    assert "procurement" not in _expense(TABLE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # From top to bottom of the page the figures stand amid the label.
        ("购置和维护经\n费\n9.80 10.00 9.50\n", "购置和维护经\n9.80 10.00 9.50\n费\n"),
        ("2022年决算\n数\n2023年预算\n数\n", "2023年决算\n数\n2023年预算\n数\n"),
        ("11.80\n", "11.80 9.00\n"),
    ],
)
def test_a_table_with_other_rows_or_heads_is_not_read(old: str, new: str) -> None:
    assert old in TABLE
    assert _expense(TABLE.replace(old, new, 1)) == {}
