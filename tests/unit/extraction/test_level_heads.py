"""Heads over several columns of levels or targets, as ruled tables print them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestration.reading.document import Grid, Place
from tests.unit.extraction.grids import Spec, grid, read


def test_a_head_and_the_blank_one_beside_it_stand_over_two_levels() -> None:
    head: list[Spec] = [
        ("绩效指标完成情况", 1, 4),
        ("评价内容", 3, 1),
        ("", 3, 1),
        ("绩效目标", 4, 1),
        ("完成情况", 1, 1),
    ]
    found = read(
        "部门整体支出绩效自评表",
        grid(
            [
                [("二、整体支出绩效自评情况", 12, 1)],
                head,
                [
                    ("产出目标", 3, 2),
                    ("数量指标", 3, 2),
                    "指标1：",
                    ("抽检水样180批次。", 3, 1),
                    "完成",
                ],
                ["指标2：", ("巡查泵站24座。", 3, 1), "完成23座"],
                [
                    ("效益目标", 3, 1),
                    ("社会效益", 3, 1),
                    "指标1：",
                    ("停水投诉减少。", 3, 1),
                    "完成",
                ],
                ["综合得分", ("评分： 等级： 备注：90分以上为优", 11, 1)],
            ]
        ),
    )
    lines = [(i.level1, i.level2, i.level3, i.target_text, i.actual_text) for i in found.indicators]
    assert lines == [
        ("产出目标", "数量指标", "抽检水样180批次。", "抽检水样180批次。", "完成"),
        ("产出目标", "数量指标", "巡查泵站24座。", "巡查泵站24座。", "完成23座"),
        ("效益目标", "社会效益", "停水投诉减少。", "停水投诉减少。", "完成"),
    ]
    assert not [i for i in found.issues if i.kind == "unknown_word"]


def on_page(cells: Grid, first_row: int, page: int) -> Grid:
    """The grid with its rows from ``first_row`` on printed on another page."""
    moved = tuple(
        replace(c, parts=(Place(page=page),)) if c.row >= first_row else c for c in cells.cells
    )
    return replace(cells, cells=moved)


def test_a_level_word_that_a_page_break_cuts_is_one_level() -> None:
    head: list[Spec] = [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
    ]
    form = grid(
        [
            head,
            [("效益指标", 1, 2), "社会效益", "群众知晓率", "≥80%", "85%", "10", "10"],
            ["指标", "投诉办结率", "≥90%", "95%", "10", "10"],
            ["满意度指标", "服务对象满意度指标", "居民满意率", "≥90%", "92%", "10", "10"],
            [("总分", 5, 1), "30", "30"],
        ]
    )
    found = read("部门整体支出绩效自评表", on_page(form, 2, 2))
    assert [(i.level2, i.level2_std) for i in found.indicators] == [
        ("社会效益指标", "social_benefit"),
        ("社会效益指标", "social_benefit"),
        ("服务对象满意度指标", "service_satisfaction"),
    ]


def test_a_weight_below_a_page_break_belongs_to_the_level_above_it() -> None:
    head: list[Spec] = ["一级指标", "二级指标", "三级指标", "年度指标值", "分值", "得分"]
    form = grid(
        [
            head,
            ["效益指标", ("社会效益指标", 1, 2), "群众知晓率", "≥80%", "10", "10"],
            ["（20分）", "投诉办结率", "≥90%", "10", "9"],
        ]
    )
    found = read("部门整体支出绩效自评表", on_page(form, 2, 2))
    assert [(i.level1, i.level1_std) for i in found.indicators] == [("效益指标", "benefit")] * 2
    parts = {
        (f.item, f.measure, str(f.value)) for f in found.figures if f.family == "evaluation_part"
    }
    assert parts == {("benefit", "weight", "20")}


def over_break(upper: str, lower: str) -> list[str | None]:
    """The second levels of three lines: two above a page break, one and more below it."""
    head: list[Spec] = ["一级指标", "二级指标", "三级指标", "年度指标值", "分值"]
    rows: list[list[Spec]] = [
        ["项目名称", ("河道管护", 4, 1)],
        head,
        [("产出指标", 1, 4), (upper, 1, 2), "巡河次数", "24次", "10"],
        ["清淤长度", "3公里", "10"],
        [(lower, 1, 2), "投诉件数", "2件", "10"],
        ["满意程度", "90%", "10"],
    ]
    found = read("项目支出绩效自评表", on_page(grid(rows), 4, 2))
    assert len(found.indicators) == 4
    torn = [i for i in found.issues if "分页截断" in i.message]
    assert bool(torn) == (found.indicators[0].level2 is None)
    return [i.level2 for i in found.indicators]


def test_two_unknown_pieces_of_a_label_at_a_page_break_are_no_levels() -> None:
    assert over_break("河湖巡", "查管护") == [None, None, None, None]


def test_unknown_levels_that_are_too_long_to_be_a_rest_stand() -> None:
    assert over_break("河湖巡查", "群众投诉办理") == ["河湖巡查"] * 2 + ["群众投诉办理"] * 2


def test_a_level_of_which_the_lower_piece_is_a_word_too_is_one() -> None:
    assert over_break("服务对象", "满意度指标") == ["服务对象满意度指标"] * 4


def test_a_blank_merged_level_at_the_end_of_a_page_is_not_the_level_above() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道管护", 4, 1)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "分值"],
        ["效益指标", "社会效益指标", "受益人数", "24人", "10"],
        [("", 1, 2), ("", 1, 2), "群众满意度", "90%", "5"],
        ["企业满意度", "90%", "5"],
    ]
    found = read("项目支出绩效自评表", grid(rows))
    assert [(i.level1, i.level2) for i in found.indicators] == [
        ("效益指标", "社会效益指标"),
        (None, None),
        (None, None),
    ]
    assert len([i for i in found.issues if "分页截断" in i.message]) == 2


@pytest.mark.parametrize("piece", ["满意度指标(10", "服务对象满", "度指标"])
def test_a_piece_of_a_level_word_at_the_head_of_a_page_is_no_level(piece: str) -> None:
    rows: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "分值"],
        ["效益指标", "社会效益指标", "受益人数", "24人", "80"],
        ["满意度指标", piece, "群众满意度", "90%", "20"],
    ]
    found = read("项目支出绩效自评表", on_page(grid(rows), 2, 2))
    assert [i.level2 for i in found.indicators] == ["社会效益指标", None]
    assert any("分页截断" in i.message for i in found.issues)


def test_a_short_level_in_the_middle_of_a_page_is_as_printed() -> None:
    rows: list[list[Spec]] = [
        ["项目名称", ("河道管护", 4, 1)],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "分值"],
        ["效益指标", "社会效", "受益人数", "24人", "80"],
        ["满意度指标", "满意度", "群众满意度", "90%", "20"],
    ]
    found = read("项目支出绩效自评表", grid(rows))
    assert [i.level2 for i in found.indicators] == ["社会效", "满意度"]


def test_a_label_of_which_only_the_first_lines_are_printed() -> None:
    """The rest of a merged label that the printing program cut stands nowhere on the page."""
    rows: list[list[Spec]] = [
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
        ["产出指标（50分）", "数量指标", "整治沟渠", "≥5公里", "6公里", "50", "50"],
        ["满意度指\n标（10", "服务对象\n满意度指", "村民满意度", "≥90%", "92%", "5", "5"],
        ["", "", "游客满意度", "≥90%", "95%", "5", "5"],
        ["效益指标（40分）", "社会效益指标", "受益村民", "≥80人", "90人", "40", "40"],
    ]
    found = read("沟渠整治项目支出绩效自评表", grid(rows))
    told = {i.level3: (i.level1, i.level2) for i in found.indicators}
    assert told["整治沟渠"] == ("产出指标", "数量指标")
    assert told["村民满意度"] == (None, None)
    assert told["游客满意度"] == (None, None)
    assert told["受益村民"] == ("效益指标", "社会效益指标")
    assert len([i for i in found.issues if "分页截断" in i.message]) == 2
