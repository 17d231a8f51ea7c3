"""Random reports: specification, layout and setting, from any source of choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from tests.typeset import pools, prose
from tests.typeset.choosing import Chooser
from tests.typeset.compose import compose
from tests.typeset.faults import inject
from tests.typeset.forms.variant import Variant, plain
from tests.typeset.makers import Style
from tests.typeset.model import (
    Amount,
    Evaluation,
    Fund,
    Indicator,
    Part,
    Project,
    Report,
    Scored,
    Statistics,
    Unit,
)
from tests.typeset.random_parts import (
    CENT,
    SCHEMES,
    points,
    random_funds,
    random_indicators,
    random_project,
    random_style,
    random_unit,
    random_variant,
    split,
    yuan,
)
from tests.typeset.table import Manuscript
from tests.typeset.truth import OPEN, grade

D = Decimal


@dataclass(frozen=True, slots=True)
class Case:
    """A random report ready to be made by any maker."""

    report: Report
    variant: Variant
    style: Style
    manuscript: Manuscript
    shape: str


def random_case(c: Chooser, shape: str | None = None) -> Case:
    """A report of one shape (drawn where not given), its layout and its setting."""
    shape = shape or c.pick(sorted(SHAPES))
    variant = random_variant(c)
    unit, year = random_unit(c), c.integer(2019, 2025)
    report, variant = SHAPES[shape](c, unit, year, variant)
    if report.evaluations() and report.kind == "self_evaluation" and c.chance(25):
        report = inject(report, c)
    style = random_style(c)
    landscape = shape == "wide" or c.chance(10)
    header = f"{unit.name}{year}年度公开" if c.chance(20) else None
    manuscript = compose(
        report, variant, running_header=header, landscape=landscape, page_breaks=c.chance(60)
    )
    return Case(report, variant, style, manuscript, shape)


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


Made = tuple[Report, Variant]


def _title(unit: Unit, year: int, what: str) -> str:
    return f"{unit.name}{year}年度{what}"


def project_t1(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """One to three projects on the national form."""
    variant = replace(variant, split_operator=variant.order == "c")
    seen: set[str] = set()
    parts: list[Part] = ["现将项目支出绩效自评情况公开如下。"]
    for _ in range(c.integer(1, 3)):
        project = random_project(c, unit, year, code=c.chance(30))
        if project.name in seen:
            continue
        seen.add(project.name)
        parts.append(_evaluation(c, "T1", year, variant, project, c.pick(SCHEMES)))
    title = _title(unit, year, "项目支出绩效自评")
    return Report(unit, year, "self_evaluation", title, tuple(parts)), variant


def department(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """Prose and the department's form, consistent with each other."""
    variant = replace(variant, order="a" if variant.order == "c" else variant.order)
    form = _evaluation(c, "T1D", year, variant, None, c.pick(SCHEMES))
    title = _title(unit, year, "部门整体支出绩效自评报告")
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
    title = _title(unit, year, "部门整体支出绩效自评报告")
    parts = tuple(_sections(c, year, None))
    return Report(unit, year, "self_evaluation", title, parts), variant


def sichuan(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T8: operator, unit and result in columns of their own."""
    variant = replace(variant, split_operator=True, numbered=False, level_weights=False)
    project = random_project(c, unit, year, code=True)
    form = _evaluation(c, "T8", year, variant, project, c.pick(SCHEMES))
    title = _title(unit, year, "项目支出绩效自评")
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
    title = _title(unit, year, "项目支出绩效自评")
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
    title = _title(unit, year, "项目支出绩效自评")
    return Report(unit, year, "self_evaluation", title, (form,)), variant


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
    seen: set[str] = set()
    for _ in range(c.integer(1, 3)):
        project = random_project(c, unit, year, code=True)
        if project.name in seen:
            continue
        seen.add(project.name)
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
    seen: set[str] = set()
    for _ in range(c.integer(1, 4)):
        project = replace(random_project(c, unit, year, code=False), implementing_unit=None)
        if project.name in seen:
            continue
        seen.add(project.name)
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
    seen: set[str] = set()
    for _ in range(c.integer(2, 4)):
        project = random_project(c, unit, year, code=True)
        if project.name in seen:
            continue
        seen.add(project.name)
        project = replace(project, department=None, implementing_unit=None)
        lines = _targets(c, year, SCHEMES[0], weights=False)
        funds = _target_funds(c)
        parts.append(
            Evaluation("wide", "project", project, funds, lines, c.pick(pools.GOALS), split=True)
        )
    title = f"{unit.name}{year}年部门预算公开"
    return Report(unit, year, "budget_target", title, tuple(parts)), variant


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
    title = _title(unit, year, "部门整体支出绩效评价报告")
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
    title = _title(unit, year, "项目支出绩效自评")
    return Report(unit, year, "self_evaluation", title, (form,)), variant


def base_data(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T3 and prose: a form of amounts in three columns."""
    establishment = c.integer(3, 90)
    on_duty = c.integer(2, establishment)
    amounts = [
        Amount("personnel", (("staff_category", "establishment"),), D(establishment)),
        Amount("personnel", (("staff_category", "on_duty"),), D(on_duty)),
    ]
    for basis, of_year in (("actual", year - 1), ("budget", year), ("actual", year)):
        amounts += _base_column(c, basis, of_year)
    rate = (D(on_duty) / establishment * 100).quantize(CENT)
    part = Statistics("base_data", tuple(amounts), {"control_rate": f"{plain(rate)}%"})
    title = _title(unit, year, "部门整体支出绩效自评报告")
    parts = ("# 一、基本情况", c.pick(pools.PROSE), part)
    return Report(unit, year, "self_evaluation", title, parts), variant


def _base_column(c: Chooser, basis: str, year: int) -> list[Amount]:
    bought = yuan(c, 1, 3000) if c.chance(30) else D(0)
    run = yuan(c, 1, 3000)
    abroad = D(0)
    reception = yuan(c, 0, 500)
    office, power, meeting = yuan(c, 10, 9000), yuan(c, 10, 900), yuan(c, 0, 300)
    values = {
        "three_public": bought + run + abroad + reception,
        "vehicle": bought + run,
        "vehicle_purchase": bought,
        "vehicle_operation": run,
        "abroad": abroad,
        "reception": reception,
        "business": yuan(c, 10, 9000),
        "special_fund": yuan(c, 10, 9000) if c.chance(50) else None,
        "public": office + power + meeting,
        "office": office,
        "utilities_travel": power,
        "meeting_training": meeting,
        "procurement": yuan(c, 10, 3000) if c.chance(50) else None,
    }
    return [_expense(item, basis, year, value) for item, value in values.items()]


def _expense(item: str, basis: str, year: int, value: Decimal | None) -> Amount:
    key = (
        ("scope", "department"),
        ("project_name", None),
        ("expense_item", item),
        ("basis", basis),
        ("amount_year", year),
    )
    return Amount("expense", key, value)


def county(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T4: one long form whose figures stand on the row of one organ."""
    carried, fiscal = yuan(c, 0, 900), yuan(c, 900, 90000)
    people, public = yuan(c, 300, 600), yuan(c, 10, 200)
    project = carried + fiscal - people - public - 100
    revenue = {"total": carried + fiscal, "carry_over": carried, "general_public_budget": fiscal}
    spent = {
        "total": people + public + project,
        "basic": people + public,
        "personnel": people,
        "public": public,
        "project": project,
        "reception": yuan(c, 1, 30),
        "vehicle_operation": yuan(c, 0, 30),
        "vehicle_purchase": D(0),
        "abroad": D(0),
    }
    spent["three_public"] = spent["reception"] + spent["vehicle_operation"]
    fixed = yuan(c, 10, 9000)
    amounts = [
        Amount("personnel", (("staff_category", k),), D(c.integer(2, 60)))
        for k in ("establishment", "on_duty")
    ]
    amounts += [
        Amount("revenue", (("revenue_item", k), ("amount_year", year)), v)
        for k, v in revenue.items()
    ]
    amounts += [_expense(k, "actual", year, v) for k, v in spent.items()]
    amounts += [Amount("asset", (("asset_item", k),), fixed) for k in ("fixed", "fixed_in_use")]
    balance = (
        ("scope", "department"),
        ("project_name", None),
        ("balance_item", "year_end"),
        ("amount_year", year),
    )
    amounts.append(Amount("balance", balance, D(100)))
    details = {
        "filled_row": c.integer(0, 2),
        "duties": c.pick(pools.PROSE),
        "work": c.pick(pools.GOALS),
        "achievements": c.pick(pools.PROSE),
    }
    title = _title(unit, year, "部门整体支出绩效自评报告")
    part = Statistics("county", tuple(amounts), details)
    return Report(unit, year, "self_evaluation", title, (part,)), variant


SHAPES: dict[str, Callable[[Chooser, Unit, int, Variant], Made]] = {
    "base_data": base_data,
    "chongqing": chongqing,
    "county": county,
    "department": department,
    "hebei": hebei,
    "hubei": hubei,
    "hunan_targets": hunan_targets,
    "narrative": narrative,
    "project": project_t1,
    "scored": scored,
    "sichuan": sichuan,
    "wide": wide,
    "xian": xian,
    "yinchuan": yinchuan,
}
