"""Random self-evaluations: scored forms and lists, alone and with running text."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.typeset import pools, prose
from tests.typeset.choosing import Chooser
from tests.typeset.forms.variant import Variant
from tests.typeset.model import (
    Evaluation,
    Indicator,
    Part,
    Project,
    Report,
    Scored,
    Unit,
)
from tests.typeset.random_parts import (
    SCHEMES,
    distinct,
    points,
    random_funds,
    random_indicators,
    random_project,
    split,
    yuan,
)
from tests.typeset.truth import OPEN, grade

D = Decimal
Made = tuple[Report, Variant]


def _evaluation(
    c: Chooser,
    family: str,
    year: int,
    variant: Variant,
    project: Project | None,
    scheme: dict[str, int],
    execution: int | None = 10,
) -> Evaluation:
    """A scored form whose sums are right."""
    plan_has_weights = variant.level_weights and family not in {"T8", "T10", "T11"}
    lines = random_indicators(c, year, scheme, scored=True)
    adjusted = family in {"T1", "T1D"} and c.chance(25)
    funds = random_funds(c, variant, execution, adjusted=adjusted)
    total = sum((i.score for i in lines if i.score is not None), D(0))
    weights = sum((i.weight for i in lines if i.weight is not None), D(0))
    if execution is not None and funds[0].score is not None:
        total += funds[0].score
        weights += execution
    level1_weights: dict[str, Decimal] = {}
    if plan_has_weights:
        for line in lines:
            level1_weights[line.level1] = level1_weights.get(line.level1, D(0)) + (
                line.weight or D(0)
            )

    goal = c.pick(pools.GOALS) if family != "T10" else None
    return Evaluation(
        family,
        "project" if project else "department",
        project,
        funds,
        lines,
        goal,
        c.pick(pools.COMPLETIONS) if goal else None,
        weights,
        total,
        grade(total) if c.chance(40) and family in {"T1", "T1D"} else None,
        level1_weights,
        split=variant.split_operator,
    )


def title_of(unit: Unit, year: int, what: str) -> str:
    return f"{unit.name}{year}年度{what}"


def project_t1(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """One to three projects on the national form."""
    variant = replace(variant, split_operator=variant.order == "c")
    parts: list[Part] = ["现将项目支出绩效自评情况公开如下。"]
    drawn = (random_project(c, unit, year, code=c.chance(30)) for _ in range(c.integer(1, 3)))
    parts += (
        _evaluation(c, "T1", year, variant, project, c.pick(SCHEMES)) for project in distinct(drawn)
    )
    title = title_of(unit, year, "项目支出绩效自评")
    return Report(unit, year, "self_evaluation", title, tuple(parts)), variant


def department(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """Prose and the department's form, consistent with each other."""
    variant = replace(variant, order="a" if variant.order == "c" else variant.order)
    form = _evaluation(c, "T1D", year, variant, None, c.pick(SCHEMES))
    title = title_of(unit, year, "部门整体支出绩效自评报告")
    parts = (*_sections(c, year, form), form)
    return Report(unit, year, "self_evaluation", title, parts), variant


def _sections(c: Chooser, year: int, form: Evaluation | None) -> list[Part]:
    """Running text with figures that agree with the form."""
    n = c.integer(0, 2)
    spent = form.funds[0].executed if form else None
    total = spent if spent is not None else yuan(c, 3000, 90000)
    basic = (total * c.integer(40, 90) / 10000).quantize(D(1)) * 100
    establishment = c.integer(5, 120)
    on_duty = c.integer(3, establishment)
    parts: list[Part] = ["# 一、基本情况", c.pick(pools.PROSE)]
    if c.chance(70):
        parts.append(prose.people(year, establishment, on_duty, c.integer(0, 60), n))
    if c.chance(40):
        parts.append(prose.assets(year, yuan(c, 10, 9000), yuan(c, 10, 90000)))
    parts.append("# 二、收支情况")
    if form is None and c.chance(60):
        parts.append(prose.income(year, total - 10000, D(10000), n))
    parts.append(prose.spending(year, basic, total - basic, n))
    if c.chance(60):
        parts.append(_economic(c, year, basic, n))
    if c.chance(60):
        parts.append(
            prose.three_public(
                year,
                (yuan(c, 1, 300), yuan(c, 301, 500)),
                (yuan(c, 400, 900), yuan(c, 100, 399)),
            )
        )
    if c.chance(40):
        sent = c.integer(20, 300)
        parts.append(prose.survey(c.pick(("服务对象", "社会公众")), sent, c.integer(10, sent)))
    return [*parts, "# 三、自评结论", c.pick(pools.PROSE)]


def _economic(c: Chooser, year: int, basic: Decimal, n: int) -> prose.Said:
    hundreds = int(basic / 100)
    shares = split(c, hundreds, 4)
    items = ("wages_benefits", "goods_services", "individual_family", "capital")
    return prose.economic(year, {i: D(s) * 100 for i, s in zip(items, shares, strict=True)}, n)


def narrative(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """Running text only."""
    title = title_of(unit, year, "部门整体支出绩效自评报告")
    parts = tuple(_sections(c, year, None))
    return Report(unit, year, "self_evaluation", title, parts), variant


def sichuan(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T8: operator, unit and result in columns of their own."""
    variant = replace(variant, split_operator=True, numbered=False, level_weights=False)
    project = random_project(c, unit, year, code=True)
    form = _evaluation(c, "T8", year, variant, project, c.pick(SCHEMES))
    title = title_of(unit, year, "项目支出绩效自评")
    return Report(unit, year, "self_evaluation", title, (form,)), variant


def hubei(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T10: the execution rate counts 20 points, no goal block."""
    variant = replace(variant, unit_place="header", fund_merge=False, level_weights=False)
    project = random_project(c, unit, year, code=False)
    form = _evaluation(
        c, "T10", year, variant, project, {"output": 40, "benefit": 30, "satisfaction": 10}, 20
    )
    total = replace(form.funds[0], label="年度财政资金总额", initial=None, adjustment=None)
    # This form prints reasons below the table, not beside the line.
    lines = tuple(replace(i, reason=None) for i in form.indicators)
    form = replace(form, funds=(total,), indicators=lines)
    title = title_of(unit, year, "项目支出绩效自评")
    return Report(unit, year, "self_evaluation", title, (form,)), variant


def yinchuan(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T11: weights before targets, the reviewer's score beside the unit's own."""
    variant = replace(variant, level_weights=False)
    project = random_project(c, unit, year, code=False)
    scheme = {"output": 50, "benefit": 35, "satisfaction": 15}
    form = _evaluation(c, "T11", year, variant, project, scheme, None)
    lines = tuple(
        replace(i, reviewer_score=None if i.score is None else i.score - D("0.5"))
        for i in form.indicators
    )
    form = replace(form, indicators=lines)
    title = title_of(unit, year, "项目支出绩效自评")
    return Report(unit, year, "self_evaluation", title, (form,)), variant


def scored(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T5: a list scored in running text."""

    groups = (
        ("投入", "input", (("目标设定", "target_setting"), ("预算配置", "budget_allocation")), 15),
        (
            "过程",
            "process",
            (("预算执行", "budget_execution"), ("预算管理", "budget_management")),
            55,
        ),
        (
            "产出及效率",
            "output_efficiency",
            (("职责履行", "duty_performance"), ("履职效益", "performance_benefit")),
            30,
        ),
    )
    names = {
        "target_setting": ("绩效目标合理性", "绩效指标明确性"),
        "budget_allocation": ("在职人员控制率", "重点支出安排率"),
        "budget_execution": ("预算完成率", "支付进度率", "结转结余控制率"),
        "budget_management": ("管理制度健全性", "资金使用合规性", "预决算信息公开性"),
        "duty_performance": ("重点工作完成率", "实际完成及时率"),
        "performance_benefit": ("社会效益", "公众满意度"),
    }
    lines: list[Indicator] = []
    totals: list[tuple[str, Decimal]] = []
    for level1, std1, seconds, weight in groups:
        items = [(l2, std2, name) for l2, std2 in seconds for name in names[std2]]
        items = [item for item in items if c.chance(80)] or items[:1]
        got = D(0)
        for (l2, std2, name), part in zip(items, split(c, weight, len(items)), strict=True):
            line = Indicator(level1, l2, name, std1, std2)
            line = replace(points(c, line, D(part), scored=True, full=False), reason=None)
            lines.append(line)
            got += line.score or D(0)
        totals.append((level1, got))
    total = sum((score for _, score in totals), D(0))
    part = Scored(
        "三、部门整体支出绩效情况",
        tuple(lines),
        tuple(c.pick(("工作依据充分，资料齐全，", "制度完整，执行到位，")) for _ in lines),
        tuple(totals),
        total,
        grade(total),
    )
    title = title_of(unit, year, "部门整体支出绩效评价报告")
    parts = (*_sections(c, year, None)[:-2], part)
    return Report(unit, year, "self_evaluation", title, parts), variant


def chongqing(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T9: no levels are printed, so which level a line belongs to is open."""
    variant = replace(
        variant,
        split_operator=True,
        level_weights=False,
        numbered=False,
        unit_place="caption",
        money="万元",
        thousands=False,
        fund_merge=False,
    )
    project = random_project(c, unit, year, code=False)
    project = replace(project, implementing_unit=None)
    form = _evaluation(c, "T9", year, variant, project, c.pick(SCHEMES))
    lines = tuple(
        replace(i, level1=None, level2=None, level1_std=OPEN, level2_std=OPEN, reason=None)  # type: ignore[arg-type]
        for i in form.indicators
    )
    form = replace(form, indicators=lines, total_weight=None)
    title = title_of(unit, year, "项目支出绩效自评")
    return Report(unit, year, "self_evaluation", title, (form,)), variant
