"""The blocks that evaluation forms are put together from: head, funds, goals, indicators, total."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tests.typeset.forms.plans import Column, Plan
from tests.typeset.forms.variant import Variant, money, plain, points
from tests.typeset.model import Evaluation, Fund, Indicator
from tests.typeset.table import C, Label, TableBuilder

MONEY = {"initial", "adjustment", "annual", "executed"}


def halves(n: int) -> tuple[int, int]:
    """Split n columns into two parts, the left one not smaller."""
    return n - n // 2, n // 2


def fund_cell(fund: Fund, key: str, variant: Variant) -> str:
    """What a fund row prints in a column."""
    if key in MONEY:
        return money(getattr(fund, key), variant)
    if key == "rate":
        return fund.rate_text or variant.blank
    if key == "reason":
        return ""
    return points(getattr(fund, key), variant)


def title_unit(words: tuple[str, ...], variant: Variant) -> str:
    """A block title with the unit of its amounts where the header carries it."""
    unit = f"（{variant.money}）" if variant.unit_place == "header" else ""
    return variant.word(words) + unit


def funds(
    builder: TableBuilder,
    plan: Plan,
    evaluation: Evaluation,
    variant: Variant,
    columns: Sequence[Column],
) -> None:
    """The fund block: a header row and a row per source."""
    ordered = list(evaluation.funds)
    if variant.total_place == "last":
        ordered.sort(key=lambda f: f.source == "total")
    block = title_unit(plan.fund_block, variant)
    if plan.family == "T10":
        block = f"{plan.fund_block[0]}（{variant.money}）（20分）"
    label_span = builder.n_cols - 1 - len(columns)
    builder.row(
        C(block, rowspan=len(ordered) + 1),
        C("", colspan=label_span),
        *(C(variant.word(words)) for _, words in columns),
    )
    merged = variant.fund_merge and variant.total_place == "first" and len(ordered) > 1
    for index, fund in enumerate(ordered):
        cells = [C(fund.label, colspan=label_span)]
        for key, _ in columns:
            down = merged and key in {"executed", "weight", "rate", "score"}
            if down and index:
                continue
            span = len(ordered) if down else 1
            cells.append(C(fund_cell(fund, key, variant), rowspan=span))
        builder.row(*cells)


def goals(builder: TableBuilder, plan: Plan, evaluation: Evaluation, variant: Variant) -> None:
    """Expected goal and what came of it, side by side."""
    left, right = halves(builder.n_cols - 1)
    block = C(variant.word(plan.goal_block), rowspan=2, label=variant.label)
    builder.row(
        block,
        C(variant.word(plan.goal_heads[0]), colspan=left),
        C(variant.word(plan.goal_heads[1]), colspan=right),
    )
    builder.row(
        C(evaluation.goal or "", colspan=left, left=True),
        C(evaluation.completion or "", colspan=right, left=True),
    )


def indicator_cell(
    indicator: Indicator, key: str, variant: Variant, columns: Sequence[Column]
) -> str:
    """What an indicator row prints in a column (level columns apart)."""
    split = any(name == "operator" for name, _ in columns)
    target = indicator.target
    if key == "operator":
        return _nature(indicator)
    if key == "unit":
        return (target.unit or variant.blank) if target and target.value is not None else ""
    if key == "target":
        if target is None:
            return variant.blank
        return plain(target.value) if split and target.value is not None else target.text
    if key == "actual":
        actual = indicator.actual
        if actual is None:
            return variant.blank
        return plain(actual.value) if split and actual.value is not None else actual.text
    if key in {"weight", "score", "reviewer_score"}:
        return points(getattr(indicator, key), variant)
    return str(getattr(indicator, key) or "")


def _nature(indicator: Indicator) -> str:
    target = indicator.target
    if target is None or target.operator is None:
        return "定性"
    return {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "=": "＝"}[target.operator]


def indicators(
    builder: TableBuilder,
    plan: Plan,
    evaluation: Evaluation,
    variant: Variant,
    columns: Sequence[Column],
    *,
    side: bool = True,
) -> None:
    """Header row and lines; the side label spans both."""
    lines = evaluation.indicators
    extra = 1 if variant.placeholder else 0
    head = [C(variant.word(words)) for _, words in columns]
    if side:
        label = variant.word(plan.indicator_block)
        head.insert(0, C(label, rowspan=len(lines) + 1 + extra, label=variant.label))
    builder.row(*head)
    groups = [list(g) for _, g in groupby(lines, key=lambda i: i.level1)]
    for number, group in enumerate(groups):
        more = extra if number == len(groups) - 1 else 0
        _group(builder, group, evaluation, variant, columns, more)


def _group(
    builder: TableBuilder,
    group: list[Indicator],
    evaluation: Evaluation,
    variant: Variant,
    columns: Sequence[Column],
    more: int,
) -> None:
    """The lines of one level 1, its cell merged over them."""
    level1 = group[0].level1
    stated = evaluation.level1_weights.get(level1)
    if stated is not None:
        level1 += variant.weight(stated)
    keys = [key for key, _ in columns]
    for position, line in enumerate(group):
        cells: list[C] = []
        same2 = [i for i in group if i.level2 == line.level2]
        last2 = same2[-1] is group[-1]
        for key in keys:
            if key == "level1":
                if variant.repeat_levels:
                    cells.append(C(level1))
                elif position == 0:
                    cells.append(C(level1, rowspan=len(group) + more))
            elif key == "level2":
                if variant.repeat_levels:
                    cells.append(C(line.level2))
                elif line is same2[0]:
                    cells.append(C(line.level2, rowspan=len(same2) + (more if last2 else 0)))
            elif key == "level3":
                number = f"指标{same2.index(line) + 1}：" if variant.numbered else ""
                cells.append(C(number + line.name))
            else:
                cells.append(C(indicator_cell(line, key, variant, columns)))
        builder.row(*cells)
    if more:
        blank = [C("") for key in keys if key not in {"level1", "level2", "level3"}]
        levels = [C(level1), C(group[-1].level2)] if variant.repeat_levels else []
        builder.row(*levels, C("……"), *blank)


def total_row(
    builder: TableBuilder,
    plan: Plan,
    evaluation: Evaluation,
    variant: Variant,
    columns: Sequence[Column],
) -> None:
    """总分 | 100 | 96 | 等级：优."""
    keys = [key for key, _ in columns]
    if evaluation.total_weight is None and evaluation.total_score is None:
        return
    first = min(keys.index(k) for k in ("weight", "score") if k in keys)
    cells = [C(variant.word(plan.total_words), colspan=builder.n_cols - len(keys) + first)]
    for key in keys[first:]:
        if key == "weight":
            cells.append(C(points(evaluation.total_weight, variant)))
        elif key == "score":
            cells.append(C(points(evaluation.total_score, variant)))
        elif key == "reason" and evaluation.grade:
            cells.append(C(f"等级：{evaluation.grade}"))
        else:
            cells.append(C(""))
    builder.row(*cells)


def widths(columns: Sequence[Column], *, side: bool = True) -> tuple[float, ...]:
    """Relative widths that leave long texts room."""
    wide = {
        "level1": 1.5,
        "level2": 1.7,
        "level3": 2.6,
        "target": 2.2,
        "actual": 2.2,
        "reason": 2.2,
        "description": 2.6,
        "basis": 1.8,
        "rule": 2.8,
        "operator": 1.2,
    }
    body = tuple(wide.get(key, 1.2) for key, _ in columns)
    return (1.1, *body) if side else body


__all__ = [
    "Label",
    "fund_cell",
    "funds",
    "goals",
    "halves",
    "indicators",
    "title_unit",
    "total_row",
    "widths",
]
