"""Random reports as records that contradict themselves nowhere: every rule holds for them."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from orchestration.records import IndicatorRecord
from tests.support.audit_drafts import Draft

CENT = Decimal("0.01")
LEVELS = (
    ("产出指标", "output", (("数量指标", "quantity"), ("质量指标", "quality")), 50),
    ("效益指标", "benefit", (("社会效益指标", "social_benefit"),), 30),
    ("满意度指标", "satisfaction", (("服务对象满意度指标", "service_satisfaction"),), 10),
)


def rounded(value: Decimal, digits: int = 2) -> Decimal:
    """Half up, as people round."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def spending(draft: Draft) -> Decimal:
    """Income, expense, “three public”, balance; returns total spending (万元)."""
    wages, goods = draft.money(200, 900), draft.money(60, 200)
    family, capital = draft.money(20, 90), draft.money(1, 20)
    personnel, public = wages + family, goods + capital
    basic, project = personnel + public, draft.money(30, 400)
    total = basic + project
    carry, balance = draft.money(0, 20), draft.money(0, 30)
    income = total + balance
    table = draft.table()
    draft.figure("revenue", "total", income, source_table=table)
    draft.figure("revenue", "carry_over", carry, source_table=table)
    draft.figure("revenue", "general_public_budget", income - carry, source_table=table)
    draft.figure("balance", "year_end", balance, source_table=table)
    table = draft.table()
    for item, value in (
        ("total", total),
        ("basic", basic),
        ("personnel", personnel),
        ("public", public),
        ("project", project),
    ):
        draft.figure("expense", item, value, source_table=table)
    sentence = f"基本支出{basic}万元，其中工资福利支出{wages}万元等"
    parts = (
        ("wages_benefits", wages),
        ("goods_services", goods),
        ("individual_family", family),
        ("capital", capital),
    )
    draft.figure("expense", "basic", basic, source_text=sentence, list_id=1, list_role="parent")
    for item, value in parts:
        draft.figure("expense", item, value, source_text=sentence, list_id=1, list_role="part")
    three_public(draft)
    return total


def three_public(draft: Draft) -> None:
    """“三公”经费 in a table of two years, and a sentence with the change."""
    table = draft.table()
    years: dict[int, Decimal] = {}
    for year in (draft.year - 1, draft.year):
        reception, operation = draft.money(1, 6), draft.money(2, 9)
        purchase = draft.money(10, 20) if draft.rng.random() < 0.2 else Decimal(0)
        abroad = draft.money(3, 9) if draft.rng.random() < 0.2 else Decimal(0)
        years[year] = reception + operation + purchase + abroad
        for item, value in (
            ("three_public", years[year]),
            ("reception", reception),
            ("vehicle", operation + purchase),
            ("vehicle_purchase", purchase),
            ("vehicle_operation", operation),
            ("abroad", abroad),
        ):
            draft.figure("expense", item, value, amount_year=year, source_table=table)
    change = years[draft.year] - years[draft.year - 1]
    word = "增加" if change > 0 else "减少"
    sentence = f"“三公”经费支出{years[draft.year]}万元，比上年{word}{abs(change)}万元"
    draft.figure("expense", "three_public", years[draft.year], source_text=sentence)
    draft.figure(
        "expense", "three_public", change, "change", source_text=sentence, compared_word=word
    )
    rate = rounded(change / years[draft.year - 1] * 100, draft.rng.choice((0, 1, 2)))
    draft.figure(
        "expense", "three_public", rate, "change_rate", source_text=sentence, compared_word=word
    )


def people(draft: Draft) -> None:
    """Establishment, staff and control rate, in a table and in the text."""
    table = draft.table()
    establishment = draft.rng.randint(10, 90)
    on_duty = draft.rng.randint(establishment * 6 // 10, establishment)
    retired = draft.rng.randint(2, 60)
    draft.figure("personnel", "establishment", establishment, "headcount", source_table=table)
    draft.figure("personnel", "on_duty", on_duty, "headcount", source_table=table)
    rate = rounded(Decimal(on_duty) / establishment * 100, draft.rng.choice((0, 1, 2)))
    draft.figure("personnel", "establishment", rate, "control_rate", source_table=table)
    sentence = f"编制{establishment}人，在职{on_duty}人，退休{retired}人"
    draft.figure("personnel", "establishment", establishment, "headcount", source_text=sentence)
    draft.figure("personnel", "retired", retired, "headcount", source_text=sentence)
    draft.figure("personnel", "total", on_duty + retired, "headcount", source_text=sentence)


def assets(draft: Draft) -> None:
    """Assets with their parts, in one sentence."""
    current, fixed = draft.money(10, 90), draft.money(10, 90)
    sentence = f"资产总额{current + fixed}万元，其中流动资产{current}万元，固定资产{fixed}万元"
    for item, value, role in (
        ("total", current + fixed, "parent"),
        ("current", current, "part"),
        ("fixed", fixed, "part"),
    ):
        draft.figure("asset", item, value, source_text=sentence, list_id=9, list_role=role)


def survey(draft: Draft) -> None:
    """Satisfaction of three groups and the weighted whole, as a figure."""
    rates = [Decimal(draft.rng.randint(90, 100)) for _ in range(3)]
    weights = (Decimal(50), Decimal(40), Decimal(10))
    sentence = "满意度调查"
    for group, rate, weight in zip(
        ("服务对象", "社会公众", "内部员工"), rates, weights, strict=True
    ):
        draft.figure("survey", group, 100, "sent", source_text=sentence, unit="份")
        draft.figure("survey", group, rate, "satisfaction_rate", source_text=sentence)
        draft.figure("survey", group, weight, "weight", source_text=sentence)
    whole = sum((r * w / 100 for r, w in zip(rates, weights, strict=True)), Decimal(0))
    draft.figure("survey", "综合", whole, "satisfaction_rate", source_text=sentence)


@dataclass(frozen=True)
class Form:
    """What the scored form of a department or project came to."""

    table: int
    score: Decimal


def fund_block(draft: Draft, executed: Decimal, table: int, **where: Any) -> Decimal:
    """资金情况 of a form; returns the execution score."""
    unspent = draft.money(0, 20) if draft.rng.random() < 0.6 else Decimal(0)
    annual = executed + unspent
    adjustment = (
        draft.money(0, 40)
        if draft.rng.random() < 0.5
        else -min(Decimal(5), annual / 10).quantize(CENT)
    )
    initial = annual - adjustment
    other = draft.money(0, 3)
    columns = (("initial_budget", initial), ("annual_budget", annual), ("executed", executed))
    for measure, value in columns:
        draft.figure("budget", "total", value, measure, source_table=table, source_row=2, **where)
    draft.figure(
        "budget", "total", adjustment, "adjustment", source_text=f"调整{adjustment}万元", **where
    )
    for measure, value in columns:
        draft.figure(
            "budget",
            "general_public_budget",
            value - other,
            measure,
            source_table=table,
            source_row=3,
            **where,
        )
        draft.figure("budget", "other", other, measure, source_table=table, source_row=4, **where)
    rate = rounded(executed / annual * 100, draft.rng.choice((0, 1, 2)))
    score = rounded(executed / annual * 10, draft.rng.choice((1, 2)))
    draft.figure(
        "budget", "total", rate, "execution_rate", source_table=table, source_row=2, **where
    )
    draft.figure("budget", "total", 10, "weight", source_table=table, source_row=2, **where)
    draft.figure("budget", "total", score, "score", source_table=table, source_row=2, **where)
    return score


def weights_of(rng: random.Random, whole: int, lines: int) -> list[int]:
    """Whole-number weights that add up."""
    cuts = sorted(rng.sample(range(1, whole), lines - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, whole], strict=True)]


def indicator_line(draft: Draft, weight: Decimal, level2: str, satisfied: bool) -> dict[str, Any]:
    """Target, actual and score of one line, scored by the official formula to two decimals."""
    rng = draft.rng
    if level2 == "social_benefit" and rng.random() < 0.6:
        return {"target_text": "提升", "actual_text": "提升", "score": weight}
    percent = level2 != "quantity"
    target = Decimal(rng.randint(85, 98) if percent else rng.randint(20, 400))
    unit = "%" if percent else rng.choice(("次", "人", "篇"))
    if satisfied:
        actual = (
            min(target + rng.randint(0, 3), Decimal(100)) if percent else target + rng.randint(0, 2)
        )
        score, reason = weight, None
    else:
        actual = rounded(target * Decimal(rng.randint(50, 95)) / 100, 0)
        score, reason = rounded(actual / target * weight), "受客观因素影响"
    return {
        "target_text": f"≥{target}{unit}",
        "target_operator": ">=",
        "target_value": target,
        "target_unit": unit,
        "actual_text": f"{actual}{unit}",
        "actual_operator": "=",
        "actual_value": actual,
        "actual_unit": unit,
        "score": score,
        "deviation_reason": reason,
    }


def scored_form(draft: Draft, executed: Decimal, project: str | None = None) -> Form:
    """A whole scored form: fund block, indicator table, total and grade."""
    where: dict[str, Any] = {"scope": "project", "project_name": project} if project else {}
    table = draft.table()
    total = fund_block(draft, executed, table, **where)
    seq = 0
    for level1, level1_std, level2s, whole in LEVELS:
        lines = draft.rng.randint(len(level2s), 6) if whole > 10 else draft.rng.randint(1, 2)
        for n, weight in enumerate(weights_of(draft.rng, whole, lines)):
            level2, level2_std = level2s[n * len(level2s) // lines]
            seq += 1
            line = indicator_line(draft, Decimal(weight), level2_std, draft.rng.random() < 0.85)
            total += line["score"]
            draft.extraction.indicators.append(
                IndicatorRecord(
                    report_id=draft.report_id,
                    indicator_table=table,
                    indicator_seq=seq,
                    scope=where.get("scope", "department"),
                    project_name=project,
                    level1=level1,
                    level1_std=level1_std,
                    level1_weight=Decimal(whole),
                    level2=level2,
                    level2_std=level2_std,
                    level3=f"{'满意度' if level1_std == 'satisfaction' else '工作'}{table}-{seq}",
                    weight=Decimal(weight),
                    source_table=table,
                    source_row=seq + 6,
                    source_text=f"{level1} {seq}",
                    **line,
                )
            )
    row = seq + 7
    draft.figure(
        "evaluation", None, 100, "total_weight", source_table=table, source_row=row, **where
    )
    draft.figure(
        "evaluation", None, total, "total_score", source_table=table, source_row=row, **where
    )
    grade = "优" if total >= 90 else "良" if total >= 80 else "中" if total >= 60 else "差"
    draft.figure(
        "evaluation",
        None,
        None,
        "grade",
        value_text=grade,
        unit=None,
        source_table=table,
        source_row=row,
        **where,
    )
    return Form(table, total)


def consistent_report(name: str, year: int = 2023, seed: int = 0, **fields: Any) -> Draft:
    """A random report that contradicts itself nowhere."""
    draft = Draft.of(name, year, seed, **fields)
    total = spending(draft)
    people(draft)
    assets(draft)
    if draft.rng.random() < 0.5:
        survey(draft)
    scored_form(draft, total)
    for n in range(draft.rng.randint(0, 2)):
        project, executed = f"专项工作经费{n + 1}", draft.money(10, 90)
        scored_form(draft, executed, project)
        draft.figure(
            "expense",
            "total",
            executed,
            scope="project",
            project_name=project,
            source_text=f"项目“{project}”支出{executed}万元",
        )
    return draft
