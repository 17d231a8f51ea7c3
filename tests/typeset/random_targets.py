"""Random target forms of the budget stage."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.typeset import pools
from tests.typeset.choosing import Chooser
from tests.typeset.forms.variant import Variant, plain
from tests.typeset.model import (
    Evaluation,
    Fund,
    Indicator,
    Part,
    Report,
    Unit,
)
from tests.typeset.random_evaluations import Made
from tests.typeset.random_parts import (
    SCHEMES,
    distinct,
    random_indicators,
    random_project,
    yuan,
)

D = Decimal


def _target_funds(c: Chooser) -> tuple[Fund, ...]:
    fiscal = yuan(c, 100, 90000)
    other = yuan(c, 10, 9000) if c.chance(30) else None
    return (
        Fund("total", "年度资金总额", fiscal + (other or D(0))),
        Fund("general_public_budget", "其中：财政拨款", fiscal),
        Fund("other", "其他资金", other),
    )


def _targets(
    c: Chooser, year: int, scheme: dict[str, int], *, weights: bool
) -> tuple[Indicator, ...]:
    lines = random_indicators(c, year, scheme, scored=False)
    return lines if weights else tuple(replace(i, weight=None) for i in lines)


def hebei(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T7: project targets with a payment plan."""
    variant = replace(variant, money="万元", unit_place="caption", pick=2, thousands=False)
    unit = replace(unit, code=unit.code or "301001")
    parts: list[Part] = []
    drawn = (random_project(c, unit, year, code=True) for _ in range(c.integer(1, 3)))
    for project in distinct(drawn):
        funds = _target_funds(c)
        total = funds[0].initial or D(0)
        steps = [(total * share / 10000).quantize(D(1)) * 100 for share in (25, 50, 75, 100)]
        lines = tuple(
            replace(
                i,
                description=f"反映{i.name}情况",
                basis=c.pick(("历史标准", "计划标准", "行业标准")),
            )
            for i in _targets(c, year, SCHEMES[0], weights=False)
        )
        parts.append(
            Evaluation(
                "T7",
                "project",
                replace(project, department=None, implementing_unit=None),
                funds,
                lines,
                c.pick(pools.GOALS),
                plan=tuple(zip((3, 6, 10, 12), steps, strict=True)),
            )
        )
    title = f"{unit.name}{year}年部门预算绩效文本"
    return Report(unit, year, "budget_target", title, tuple(parts)), variant


def xian(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """Project targets with weights out of 90."""
    variant = replace(
        variant, unit_place="caption", level_weights=False, numbered=False, order="a", money="万元"
    )
    variant = replace(variant, thousands=False)
    parts: list[Part] = []
    drawn = (random_project(c, unit, year, code=False) for _ in range(c.integer(1, 4)))
    for drawn_project in distinct(drawn):
        project = replace(drawn_project, implementing_unit=None)
        funds = _target_funds(c)
        funds = (replace(funds[0], weight=D(10)), *funds[1:])
        lines = _targets(c, year, c.pick(SCHEMES[:3]), weights=True)
        parts.append(Evaluation("xian", "project", project, funds, lines, c.pick(pools.GOALS)))
    title = f"{unit.name}{year}年部门预算公开绩效目标"
    return Report(unit, year, "budget_target", title, tuple(parts)), variant


def hunan_targets(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T12: whole-department targets with scoring rules."""
    variant = replace(
        variant, unit_place="caption", split_operator=False, level_weights=False, money="万元"
    )
    variant = replace(variant, thousands=False)
    lines = tuple(
        replace(i, rule=f"每少{plain(D(1))}个百分点扣1分")
        for i in _targets(c, year, SCHEMES[0], weights=False)
    )
    form = Evaluation("T12", "department", None, _target_funds(c), lines, c.pick(pools.GOALS))
    title = f"{unit.name}{year}年部门预算绩效目标"
    return Report(unit, year, "budget_target", title, (form,)), variant


def wide(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """The wide list of several projects."""
    variant = replace(
        variant, money="万元", unit_place="caption", split_operator=True, blank="", thousands=False
    )
    parts: list[Part] = []
    drawn = (random_project(c, unit, year, code=True) for _ in range(c.integer(2, 4)))
    for drawn_project in distinct(drawn):
        project = replace(drawn_project, department=None, implementing_unit=None)
        lines = _targets(c, year, SCHEMES[0], weights=False)
        funds = _target_funds(c)
        parts.append(
            Evaluation("wide", "project", project, funds, lines, c.pick(pools.GOALS), split=True)
        )
    title = f"{unit.name}{year}年部门预算公开"
    return Report(unit, year, "budget_target", title, tuple(parts)), variant
