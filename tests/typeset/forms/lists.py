"""The wide list of project targets: a row an indicator, the project's cells merged beside."""

from __future__ import annotations

from collections.abc import Sequence

from tests.typeset.forms.blocks import indicator_cell
from tests.typeset.forms.plans import Column
from tests.typeset.forms.variant import Variant, money
from tests.typeset.model import Evaluation, Unit
from tests.typeset.table import Block, C, Para, TableBuilder

COLUMNS: tuple[Column, ...] = (
    ("level1", ("一级指标",)),
    ("level2", ("二级指标",)),
    ("level3", ("三级指标",)),
    ("operator", ("绩效指标性质",)),
    ("target", ("本年绩效指标值",)),
    ("unit", ("绩效度量单位",)),
)


def wide_list(
    evaluations: Sequence[Evaluation], unit: Unit, year: int, variant: Variant
) -> list[Block]:
    """All projects in one table, amounts with six decimals, two header rows."""
    builder = TableBuilder(11, (2, 1.3, 1.3, 1.2, 2.4, 1.3, 1.3, 1.5, 1.1, 1.3, 1.1))
    builder.row(
        C("项目名称", rowspan=2),
        C("项目总额", rowspan=2),
        C("其中：", colspan=2),
        C("绩效目标", rowspan=2),
        *(C(words[0], rowspan=2) for _, words in COLUMNS),
    )
    builder.row("财政资金", "其他资金")
    for evaluation in evaluations:
        _project(builder, evaluation, variant)
    return [
        Para(f"{year}年项目支出绩效目标表", "title"),
        Para(f"金额单位：{variant.money}", "right"),
        builder.build(repeat=(0, 1)),
    ]


def _project(builder: TableBuilder, evaluation: Evaluation, variant: Variant) -> None:
    project = evaluation.project
    if project is None:
        raise ValueError("the wide list is about projects")
    name = f"{project.code}-{project.name}" if project.code else project.name
    by_source = {fund.source: fund.initial for fund in evaluation.funds}
    bare = Variant(money=variant.money, unit_place="caption", places=6)
    span = len(evaluation.indicators)
    for index, line in enumerate(evaluation.indicators):
        cells = []
        if index == 0:
            cells = [
                C(name, rowspan=span),
                C(money(by_source.get("total"), bare), rowspan=span),
                C(money(by_source.get("general_public_budget"), bare), rowspan=span),
                C(money(by_source.get("other"), bare), rowspan=span),
                C(evaluation.goal or "", rowspan=span, left=True),
            ]
        for key, _ in COLUMNS:
            text = (
                str(getattr(line, "name" if key == "level3" else key))
                if key in {"level1", "level2", "level3"}
                else indicator_cell(line, key, variant, COLUMNS)
            )
            cells.append(C(text))
        builder.row(*cells)
