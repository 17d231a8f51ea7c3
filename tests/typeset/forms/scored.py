"""Scores given in running text, level by level."""

from __future__ import annotations

from itertools import groupby

from tests.typeset.forms.variant import plain
from tests.typeset.model import Scored
from tests.typeset.table import Block, Para

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"


def scored_list(part: Scored) -> list[Block]:
    """``1、投入`` / ``（1）目标设定情况`` / ``①name（3分）：… 得满分3分。`` and the conclusion."""
    blocks: list[Block] = [Para(part.title, "heading")]
    texts = dict(zip((i.name for i in part.indicators), part.texts, strict=True))
    for number, (level1, group) in enumerate(groupby(part.indicators, lambda i: i.level1), 1):
        blocks.append(Para(f"{number}、{level1}"))
        for order, (level2, lines) in enumerate(groupby(group, lambda i: i.level2), 1):
            blocks.append(Para(f"（{order}）{level2}"))
            for mark, line in zip(CIRCLED, lines, strict=False):
                full = line.score == line.weight
                got = f"得满分{plain(line.score)}分" if full else f"得{plain(line.score)}分"  # type: ignore[arg-type]
                blocks.append(
                    Para(
                        f"{mark}{line.name}（{plain(line.weight)}分）：{texts[line.name]}"  # type: ignore[arg-type]
                        f"根据评分标准，本单位该项指标{got}。"
                    )
                )
    parts = "，".join(f"{name}绩效为{plain(score)}分" for name, score in part.group_scores)
    blocks.append(
        Para(
            f"根据评价指标体系测算，本单位部门整体支出绩效评价得分是：{parts}，"
            f"总绩效为{plain(part.total_score)}分。评价结果等次为“{part.grade}”。"
        )
    )
    return blocks
