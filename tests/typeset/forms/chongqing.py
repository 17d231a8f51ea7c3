"""T9: a flat list of indicators, the total at the top, coefficients beside the scores."""

from __future__ import annotations

from dataclasses import replace

from tests.typeset.forms.blocks import indicator_cell
from tests.typeset.forms.plans import Column
from tests.typeset.forms.variant import Variant, money, plain, points
from tests.typeset.model import Evaluation, Unit
from tests.typeset.table import Block, C, Para, TableBuilder

COLUMNS: tuple[Column, ...] = (
    ("level3", ("指标名称",)),
    ("unit", ("计量单位",)),
    ("operator", ("指标性质",)),
    ("target", ("年初指标值",)),
    ("adjusted", ("调整指标值",)),
    ("actual", ("全年完成值",)),
    ("coefficient", ("得分系数（%）",)),
    ("weight", ("指标权重",)),
    ("score", ("指标得分（分）",)),
    ("core", ("是否核心指标",)),
)


def chongqing_form(evaluation: Evaluation, unit: Unit, year: int, variant: Variant) -> list[Block]:
    """Head with the total, funds, goals, then the flat list."""
    project = evaluation.project
    name = project.name if project else unit.name
    office = (project.department if project else None) or "财政局"
    b = TableBuilder(10, (2.6, 1.1, 1.1, 1.4, 1.4, 1.4, 1.2, 1.1, 1.2, 1.1))
    total = points(evaluation.total_score, variant)
    b.row(
        C("项目名称" if project else "部门名称"),
        C(name, colspan=5),
        C("自评总分（分）", colspan=2),
        C(total, colspan=2),
    )
    b.row("主管部门", C(office, colspan=5), C("财政处室", colspan=2), C("综合处", colspan=2))
    bare = replace(variant, unit_place="caption", money="万元")
    heads = (
        "年初预算数",
        "全年（调整）预算数",
        "全年执行数",
        "执行率（%）",
        "执行率权重",
        "执行率得分（分）",
    )
    spans = (2, 2, 2, 1, 1, 1)
    b.row(
        C("资金情况（万元）"),
        *(C(h, colspan=s) for h, s in zip(heads, spans, strict=True)),
    )
    for fund in evaluation.funds:
        cells = (
            money(fund.initial, bare),
            money(fund.annual, bare),
            money(fund.executed, bare),
            fund.rate_text.removesuffix("%") or variant.blank,
            points(fund.weight, variant),
            points(fund.score, variant),
        )
        b.row(fund.label, *(C(t, colspan=s) for t, s in zip(cells, spans, strict=True)))
    b.row(
        C("当年绩效目标", rowspan=2),
        C("年初绩效目标", colspan=5),
        C("全年目标实际完成情况", colspan=4),
    )
    b.row(
        C(evaluation.goal or "", colspan=5, left=True),
        C(evaluation.completion or "", colspan=4, left=True),
    )
    b.row(*(C(words[0]) for _, words in COLUMNS))
    for line in evaluation.indicators:
        b.row(*(C(_cell(evaluation, line, key, variant)) for key, _ in COLUMNS))
    return [Para(f"{year}年度项目支出绩效自评表", "title"), b.build()]


def _cell(evaluation: Evaluation, line: object, key: str, variant: Variant) -> str:
    if key == "level3":
        return line.name  # type: ignore[attr-defined,no-any-return]
    if key == "coefficient":
        share = line.score / line.weight * 100  # type: ignore[attr-defined]
        return plain(share.quantize(type(share)("0.01")))
    if key == "core":
        return "是" if line is evaluation.indicators[0] else "否"
    if key == "adjusted":
        return ""
    return indicator_cell(line, key, variant, COLUMNS)  # type: ignore[arg-type]
