"""Heads over several columns of levels or targets, as ruled tables print them."""

from __future__ import annotations

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
