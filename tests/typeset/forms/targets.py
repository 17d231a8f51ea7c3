"""Budget-stage forms: targets without scores (Hebei, Xi'an, Hunan, the older 申报表)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.typeset.forms import blocks
from tests.typeset.forms.plans import Column, Plan
from tests.typeset.forms.variant import Variant, money, plain
from tests.typeset.model import Evaluation, Unit
from tests.typeset.table import Block, C, Para, TableBuilder

T7_COLUMNS: tuple[Column, ...] = (
    ("level1", ("一级指标",)),
    ("level2", ("二级指标",)),
    ("level3", ("三级指标",)),
    ("description", ("绩效指标描述",)),
    ("target", ("指标值",)),
    ("basis", ("指标值确定依据",)),
)


def hebei_form(evaluation: Evaluation, unit: Unit, year: int, variant: Variant) -> list[Block]:
    """T7: project code, budget, payment plan, goal and targets; amounts in 万元 by caption."""
    project = evaluation.project
    if project is None:
        raise ValueError("a Hebei form is about a project")
    variant = _by_caption(variant)
    builder = TableBuilder(7, (1.6, 1.5, 2, 1.6, 1, 1.4, 1.6))
    builder.row(
        "项目编码", C(project.code or "", colspan=2), "项目名称", C(project.name, colspan=3)
    )
    total = next(f for f in evaluation.funds if f.source == "total")
    fiscal = next((f for f in evaluation.funds if f.source == "general_public_budget"), None)
    other = next((f for f in evaluation.funds if f.source == "other"), None)
    builder.row(
        C("预算规模及资金用途", rowspan=2),
        "预算数",
        money(total.initial, variant),
        "其中：财政资金",
        money(fiscal.initial if fiscal else None, variant),
        "其他资金",
        money(other.initial if other else None, variant),
    )
    builder.row(C(project.purpose or "", colspan=6, left=True))
    if evaluation.plan:
        head = "资金支出计划（%）" if variant.pick % 2 else f"资金支出计划（{variant.money}）"
        months = [f"{month}月底" for month, _ in evaluation.plan]
        spans = [2, 1, 1, 2] if len(months) == 4 else [6]
        builder.row(
            C(head, rowspan=2), *(C(m, colspan=s) for m, s in zip(months, spans, strict=True))
        )
        builder.row(
            *(
                C(money(v, variant), colspan=s)
                for (_, v), s in zip(evaluation.plan, spans, strict=True)
            )
        )
    builder.row("绩效目标", C(evaluation.goal or "", colspan=6, left=True))
    heads = [words[0] for _, words in T7_COLUMNS]
    header = builder.row(*heads[:3], C(heads[3], colspan=2), *heads[4:])
    _hebei_lines(builder, evaluation)
    name = f"{project.name}绩效目标表"
    caption = f"{unit.code or ''} {unit.name}本级".strip()
    return [
        Para(name, "title"),
        Para(caption, "note"),
        Para(f"单位：{variant.money}", "right"),
        builder.build(repeat=(header,)),
    ]


def _hebei_lines(builder: TableBuilder, evaluation: Evaluation) -> None:
    lines = evaluation.indicators
    for index, line in enumerate(lines):
        cells: list[C] = []
        before = lines[index - 1] if index else None
        if before is None or before.level1 != line.level1:
            span = sum(1 for i in lines if i.level1 == line.level1)
            cells.append(C(line.level1, rowspan=span))
        if before is None or (before.level1, before.level2) != (line.level1, line.level2):
            span = sum(1 for i in lines if (i.level1, i.level2) == (line.level1, line.level2))
            cells.append(C(line.level2, rowspan=span))
        cells += [
            C(line.name),
            C(line.description or "", colspan=2),
            C(line.target.text if line.target else ""),
            C(line.basis or ""),
        ]
        builder.row(*cells)


XIAN_COLUMNS: tuple[Column, ...] = (
    ("level1", ("一级指标",)),
    ("level2", ("二级指标",)),
    ("level3", ("三级指标",)),
    ("target", ("指标值",)),
    ("weight", ("分值权重（90分）",)),
)


def xian_form(evaluation: Evaluation, unit: Unit, year: int, variant: Variant) -> list[Block]:
    """Project targets with weights; the execution rate's weight stands beside the funds."""
    project = evaluation.project
    if project is None:
        raise ValueError("this form is about a project")
    n = 6
    builder = TableBuilder(n, (0.8, 1.5, 1.7, 4, 2, 1.5))
    builder.row(C("项目名称", colspan=3), C(project.name, colspan=3))
    builder.row(C("主管部门", colspan=3), C(project.department or unit.name, colspan=3))
    funds = evaluation.funds
    weight = next((f.weight for f in funds if f.weight is not None), None)
    labels = {"total": "实施期资金总额："}
    for index, fund in enumerate(funds):
        first = (
            [C(f"资金金额\n（{variant.money}）", colspan=2, rowspan=len(funds))]
            if not index
            else []
        )
        last = []
        if not index:
            last = [
                C("执行率分值\n（10分）", rowspan=len(funds)),
                C(plain(weight) if weight is not None else "", rowspan=len(funds)),
            ]
        label = labels.get(fund.source, fund.label)
        amount = money(fund.initial, _by_caption(variant))
        builder.row(*first, C(label), C(amount), *last)
    builder.row(
        C("年度目标", label=variant.label), C(evaluation.goal or "", colspan=n - 1, left=True)
    )
    plan = Plan("xian", ("部门专项业务经费绩效目标表",), (), (), indicator_block=("年度绩效指标",))
    blocks.indicators(builder, plan, evaluation, variant, XIAN_COLUMNS)
    return [
        Para("部门专项业务经费绩效目标表", "title"),
        Para(f"（{year}年度）", "right"),
        builder.build(),
    ]


def hunan_form(evaluation: Evaluation, unit: Unit, year: int, variant: Variant) -> list[Block]:
    """T12: whole-department targets with a scoring rule per indicator."""
    columns: tuple[Column, ...] = (
        ("level1", ("一级指标",)),
        ("level2", ("二级指标",)),
        ("level3", ("三级指标",)),
        ("target", ("*指标值",)),
        ("unit", ("计量单位",)),
        ("rule", ("*评（扣）分标准",)),
    )
    builder = TableBuilder(7, blocks.widths(columns))
    builder.row(C("部门名称", colspan=2), C(unit.name, colspan=5))
    _fund_line(builder, evaluation, variant)
    builder.row(C("年度绩效目标", colspan=2), C(evaluation.goal or "", colspan=5, left=True))
    plan = Plan("T12", ("部门整体支出绩效目标表",), (), (), indicator_block=("绩效指标",))
    blocks.indicators(builder, plan, evaluation, variant, columns)
    return [Para(f"{year}年部门整体支出绩效目标表", "title"), builder.build()]


def _fund_line(builder: TableBuilder, evaluation: Evaluation, variant: Variant) -> None:
    """年度预算申请: total, then the sources, a row each."""
    funds = evaluation.funds
    for index, fund in enumerate(funds):
        first = (
            [C(f"年度预算申请（{variant.money}）", colspan=2, rowspan=len(funds))]
            if not index
            else []
        )
        builder.row(
            *first,
            C(fund.label, colspan=2),
            C(money(fund.initial, _by_caption(variant)), colspan=builder.n_cols - 4),
        )


def _by_caption(variant: Variant) -> Variant:
    """The same variant with bare figures in the cells."""
    return replace(variant, unit_place="caption")


Form = Callable[[Evaluation, Unit, int, Variant], list[Block]]

TARGET_FORMS: dict[str, Form] = {"T7": hebei_form, "xian": xian_form, "T12": hunan_form}

__all__ = ["TARGET_FORMS"]
