"""Cells of forms that nobody filled in are evidence, and names hidden on purpose are none."""

from __future__ import annotations

from orchestration.extraction import extract
from tests.unit.extraction.grids import Spec, document, grid

FORM: list[list[Spec]] = [
    [("项目名称", 2, 1), ("湖滨公园照明改造", 4, 1)],
    [("填表人", 2, 1), "XXX", ("联系电话", 2, 1), "××"],
    ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值"],
    ["产出指标", "数量指标", "更换路灯", "≥200盏", "210盏", "50"],
    ["产出指标", "质量指标", "验收合格率", "××", "请填写", "30"],
    ["效益指标", "社会效益指标", "夜间出行", "××", "改善", "20"],
]


def test_placeholders_in_cells_are_told_once_a_table() -> None:
    found = extract(document("2022年度项目支出绩效自评表", grid(FORM)))
    told = [
        (s.subject, s.project_name, s.source_row, s.detail)
        for s in found.statements
        if s.kind == "placeholder"
    ]
    assert told == [
        ("××", "湖滨公园照明改造", 5, "表格单元格只印有占位文字（共2处）"),
        ("请填写", "湖滨公园照明改造", 5, "表格单元格只印有占位文字"),
    ]
