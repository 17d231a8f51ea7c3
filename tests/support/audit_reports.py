"""Random reports as records, consistent in themselves, and faults to inject into them.

A report is made of figures that satisfy every rule of the audit; a :class:`Fault` changes one
printed figure and says which findings of severity error must (and may) follow from it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from orchestration.records import (
    DocumentRecord,
    Extraction,
    FigureRecord,
    FileRecord,
    IndicatorRecord,
)
from tests.support.build import BATCH, dbt, failures, write_records

#: What the audit needs of the project: the rest of the marts is other tests' business.
AUDIT_MODELS = ("+fct_finding", "+dim_rule", "+audit_state")

CENT = Decimal("0.01")
LEVELS = (
    ("产出指标", "output", (("数量指标", "quantity"), ("质量指标", "quality")), 50),
    ("效益指标", "benefit", (("社会效益指标", "social_benefit"),), 30),
    ("满意度指标", "satisfaction", (("服务对象满意度指标", "service_satisfaction"),), 10),
)


def rounded(value: Decimal, digits: int = 2) -> Decimal:
    """Half up, as people round."""
    return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def build_findings(
    extractions: Sequence[Extraction],
    files: Sequence[FileRecord],
    folder: Path,
    batch: str = BATCH,
) -> Path:
    """Write a batch of records, build what leads to the findings, and return the build database.

    A second call with another batch and the same folder is an incremental run.

    Raises:
        AssertionError: a model failed; the message names it.
    """
    write_records(folder / "records", extractions, files, batch)
    build = folder / "warehouse.duckdb"
    result = dbt(
        "build",
        *("--exclude-resource-type", "unit_test", "test"),
        *("--select", *AUDIT_MODELS),
        records=folder / "records",
        build=build,
        target=folder / "target",
    )
    problems = failures(result)
    assert not problems, "\n".join(problems)
    return build


def report_id_of(name: str) -> str:
    """A report id as it would be made from a file's bytes."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


@dataclass
class Draft:
    """A report under construction; figures are appended in the order printed."""

    extraction: Extraction
    rng: random.Random
    year: int
    tables: int = 0

    @classmethod
    def of(cls, name: str, year: int, seed: int, **fields: Any) -> Draft:
        """An empty report of a unit of this name."""
        known: dict[str, Any] = {
            "unit_name": name,
            "region_code": "430200",
            "region_evidence": "printed",
            "fiscal_year": year,
            "report_kind": "self_evaluation",
            "title": f"{year}年度部门整体支出绩效自评报告",
            "confidence": Decimal("0.9"),
        }
        mark = report_id_of(f"{name}/{year}/{seed}/{sorted(fields.items())}")
        document = DocumentRecord(report_id=mark, **(known | fields))
        return cls(Extraction(document=document), random.Random(f"{name}/{seed}"), year)

    @property
    def report_id(self) -> str:
        return self.extraction.document.report_id

    def figure(
        self,
        family: str,
        item: str | None,
        value: Decimal | int | None,
        measure: str = "amount",
        **fields: Any,
    ) -> FigureRecord:
        """Append a figure; money is in 万元 unless said otherwise."""
        kinds = {
            "executed": "万元",
            "execution_rate": "%",
            "change_rate": "%",
            "share": "%",
            "control_rate": "%",
        }
        known: dict[str, Any] = {
            "report_id": self.report_id,
            "figure_seq": len(self.extraction.figures) + 1,
            "family": family,
            "scope": "department",
            "item": item,
            "measure": measure,
            "value": None if value is None else Decimal(value),
            "amount_year": self.year,
            "basis": "actual" if family == "expense" else None,
        }
        if family in ("budget", "revenue", "expense", "asset", "balance", "spending_plan"):
            known["unit"] = kinds.get(measure, "万元")
        if measure in ("weight", "score", "total_weight", "total_score"):
            known["unit"] = "%" if family == "survey" else "分"
        if family == "personnel":
            known["unit"] = kinds.get(measure, "人")
        if family == "survey" and measure == "satisfaction_rate":
            known["unit"] = "%"
        known |= fields
        if known.get("source_table") is not None:
            known.setdefault("is_table", True)
        known.setdefault("source_text", f"{family} {item} {measure} {known['value']}")
        record = FigureRecord(**known)
        self.extraction.figures.append(record)
        return record

    def table(self) -> int:
        """The ordinal of a new table."""
        self.tables += 1
        return self.tables

    def money(self, low: int, high: int) -> Decimal:
        return Decimal(self.rng.randint(low * 100, high * 100)) / 100


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


# --- faults ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """A figure changed so that one rule breaks.

    ``inject`` changes the report in place and returns the (scope, project) it is about, or None
    where the report has nothing of the kind. ``also`` are further error rules that the same wrong
    figure necessarily breaks.
    """

    rule: str
    inject: Callable[[Draft], tuple[str, str | None] | None]
    also: frozenset[str] = field(default_factory=frozenset)


def _change_figure(
    draft: Draft, change: Callable[[Decimal, Draft], Decimal], every: bool = False, **where: Any
) -> tuple[str, str | None] | None:
    """Change the first (or every) figure that matches; None where there is none."""
    found: FigureRecord | None = None
    for n, record in enumerate(draft.extraction.figures):
        matches = all(getattr(record, key) == value for key, value in where.items())
        if not matches or record.value is None:
            continue
        draft.extraction.figures[n] = dataclasses.replace(record, value=change(record.value, draft))
        found = found or record
        if not every:
            break
    return (found.scope, found.project_name) if found else None


def _more(value: Decimal, draft: Draft) -> Decimal:
    return value + draft.money(2, 9)


def figure_fault(
    rule: str, *also: str, change: Any = _more, every: bool = False, **where: Any
) -> Fault:
    """A fault that changes one printed figure."""
    return Fault(rule, lambda draft: _change_figure(draft, change, every, **where), frozenset(also))


def _indicator_fault(
    draft: Draft, pick: Callable[[IndicatorRecord], bool], **change: Any
) -> tuple[str, str | None] | None:
    lines = [n for n, line in enumerate(draft.extraction.indicators) if pick(line)]
    if not lines:
        return None
    n = draft.rng.choice(lines)
    line = draft.extraction.indicators[n]
    values = {key: value(line) if callable(value) else value for key, value in change.items()}
    draft.extraction.indicators[n] = dataclasses.replace(line, **values)
    return line.scope, line.project_name


def _wrong_grade(draft: Draft) -> tuple[str, str | None] | None:
    for n, record in enumerate(draft.extraction.figures):
        if record.measure == "grade":
            wrong = "良" if record.value_text == "优" else "优"
            draft.extraction.figures[n] = dataclasses.replace(record, value_text=wrong)
            return record.scope, record.project_name
    return None


def _executed_rate(value: Decimal, draft: Draft) -> Decimal:
    return value - draft.rng.randint(3, 20)


SENTENCE: dict[str, Any] = {"source_table": None}
#: The faults of severity error that one changed figure can make.
ERROR_FAULTS: tuple[Fault, ...] = (
    figure_fault("R01", family="budget", item="total", measure="adjustment"),
    figure_fault("R02", family="revenue", item="general_public_budget"),
    figure_fault("R03", family="expense", item="project", measure="amount", scope="department"),
    figure_fault("R04", family="expense", item="personnel", measure="amount"),
    figure_fault("R05", family="expense", item="wages_benefits", measure="amount"),
    figure_fault("R09", family="balance", item="year_end", scope="department"),
    figure_fault("R11", family="expense", item="total", scope="project", **SENTENCE),
    figure_fault(
        "R13",
        "R15",
        "R16",
        "R22",
        family="expense",
        item="three_public",
        measure="amount",
        is_table=True,
    ),
    figure_fault("R14", family="expense", item="vehicle_purchase"),
    figure_fault(
        "R15",
        "R13",
        "R16",
        "R22",
        family="expense",
        item="three_public",
        measure="amount",
        is_table=False,
    ),
    figure_fault(
        "R27",
        family="personnel",
        item="establishment",
        measure="headcount",
        is_table=False,
        change=lambda value, draft: value + draft.rng.randint(5, 30),
    ),
    figure_fault("R31", "R32", family="budget", measure="execution_rate", change=_executed_rate),
    figure_fault(
        "R32",
        "R36",
        family="budget",
        measure="score",
        change=lambda value, draft: value - Decimal("1.3"),
    ),
    Fault(
        "R33",
        lambda d: _indicator_fault(
            d, lambda line: (line.weight or 0) > 1, weight=lambda line: line.weight + 2
        ),
        frozenset({"R34"}),
    ),
    Fault(
        "R35",
        lambda d: _indicator_fault(
            d, lambda line: line.score == line.weight, score=lambda line: line.weight + 1
        ),
        frozenset({"R36"}),
    ),
    Fault(
        "R36",
        lambda d: _change_figure(d, lambda v, _: v - 1, family="evaluation", measure="total_score"),
        frozenset({"R38"}),
    ),
    Fault("R38", _wrong_grade),
    figure_fault(
        "R49", family="budget", item="general_public_budget", measure="executed", change=_more
    ),
    figure_fault("R52", family="survey", item="综合", change=lambda value, _: value + 1),
    figure_fault(
        "R53",
        "R52",
        family="survey",
        item="内部员工",
        measure="weight",
        change=lambda value, _: value + 10,
    ),
)
