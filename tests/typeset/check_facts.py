"""Do the facts read agree with the truth? For records of extraction and for a published warehouse.

Both are brought to the same shape: rows per fact table with the contract's columns. Nothing here
uses the code under test; only the record classes' field names are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orchestration.records import Extraction, FigureRecord
from tests.typeset.model import Row
from tests.typeset.truth import KEYS, OPEN, normal

D = Decimal
FACTORS = {"元": D(1), "千元": D(1000), "万元": D(10000), "万": D(10000), "亿元": D(100000000)}

COLUMNS: dict[tuple[str, str], str] = {
    ("budget", "initial_budget"): "initial_budget_cny",
    ("budget", "adjustment"): "adjustment_cny",
    ("budget", "annual_budget"): "annual_budget_cny",
    ("budget", "executed"): "executed_cny",
    ("budget", "execution_rate"): "execution_rate_stated",
    ("budget", "weight"): "weight",
    ("budget", "score"): "score",
    ("revenue", "amount"): "amount_cny",
    ("revenue", "change"): "change_stated_cny",
    ("revenue", "change_rate"): "change_rate_stated",
    ("expense", "amount"): "amount_cny",
    ("expense", "change"): "change_stated_cny",
    ("expense", "change_rate"): "change_rate_stated",
    ("evaluation", "total_weight"): "total_weight_stated",
    ("evaluation", "total_score"): "total_score_stated",
    ("evaluation", "grade"): "grade_stated",
    ("evaluation_part", "weight"): "weight_stated",
    ("evaluation_part", "score"): "score_stated",
    ("personnel", "headcount"): "headcount",
    ("asset", "amount"): "amount_cny",
    ("balance", "amount"): "amount_cny",
    ("survey", "sent"): "sent",
    ("survey", "satisfied"): "satisfied",
    ("survey", "satisfaction_rate"): "satisfaction_rate",
    ("survey", "weight"): "weight",
    ("spending_plan", "planned_cumulative"): "planned_cumulative_cny",
}
ITEM_COLUMN = {
    "budget": "funding_source",
    "revenue": "revenue_item",
    "expense": "expense_item",
    "evaluation_part": "level1_std",
    "personnel": "staff_category",
    "asset": "asset_item",
    "balance": "balance_item",
    "survey": "respondent_group",
    "spending_plan": "month_end",
}
#: Columns that only later steps compute; compared for a warehouse only.
COMPUTED = {"total_weight", "total_score", "grade", "execution_rate"}
INDICATOR_COLUMNS = (
    "level1",
    "level2",
    "level3",
    "level1_std",
    "level2_std",
    "description",
    "value_basis",
    "target_text",
    "target_operator",
    "target_value",
    "target_unit",
    "actual_text",
    "actual_operator",
    "actual_value",
    "actual_unit",
    "weight",
    "score",
    "deviation_reason",
)


def rows_of_extraction(extraction: Extraction) -> dict[str, list[Row]]:
    """Records as rows: a table beats running text, an earlier mention a later one."""
    chosen: dict[str, dict[tuple[Any, ...], Row]] = defaultdict(dict)
    taken: set[tuple[Any, ...]] = set()
    ordered = sorted(extraction.figures, key=lambda f: (not f.is_table, f.figure_seq))
    for figure in ordered:
        column = COLUMNS.get((figure.family, figure.measure))
        if column is None:
            continue
        row = _key_row(figure)
        key = tuple(row.get(k) for k in KEYS[figure.family])
        mark = (figure.family, key, column)
        if mark in taken or (figure.value is None and figure.value_text is None):
            continue
        taken.add(mark)
        chosen[figure.family].setdefault(key, row)[column] = _amount(figure, column)
    out = {table: list(rows.values()) for table, rows in chosen.items()}
    out["indicator"] = [_indicator(i) for i in extraction.indicators]
    out["project"] = [
        {
            "project_name": normal(p.project_name),
            "project_code": p.project_code,
            "department": normal(p.department),
            "implementing_unit": normal(p.implementing_unit),
        }
        for p in extraction.projects
    ]
    out["goal"] = [
        {
            "scope": g.scope,
            "project_name": normal(g.project_name),
            "goal_text": normal(g.goal_text),
            "completion_text": normal(g.completion_text),
        }
        for g in extraction.goals
    ]
    return out


def _key_row(figure: FigureRecord) -> Row:
    row: Row = {
        "scope": figure.scope,
        "project_name": normal(figure.project_name),
        "basis": figure.basis,
        "amount_year": figure.amount_year,
    }
    item: Any = figure.item
    if figure.family == "spending_plan" and item is not None:
        item = int(item)
    if figure.family in ITEM_COLUMN:
        row[ITEM_COLUMN[figure.family]] = item
    return {k: v for k, v in row.items() if k in KEYS[figure.family]}


def _amount(figure: FigureRecord, column: str) -> Any:
    if figure.value is None:
        return figure.value_text
    if column.endswith("_cny"):
        return figure.value * FACTORS[figure.unit] if figure.unit in FACTORS else "no unit"
    if figure.unit == "%" and ("rate" in column or column == "weight"):
        return figure.value / 100
    return figure.value


def _indicator(record: Any) -> Row:
    row = {c: getattr(record, c) for c in INDICATOR_COLUMNS}
    row |= {k: normal(v) for k, v in row.items() if isinstance(v, str)}
    return {
        **row,
        "scope": record.scope,
        "project_name": normal(record.project_name),
        "indicator_seq": record.indicator_seq,
    }


@dataclass(slots=True)
class Tally:
    """Counts for one table: rows and fields."""

    expected: int = 0
    found: int = 0
    matched: int = 0
    fields: int = 0
    right: int = 0
    lost: int = 0  # stated, but NULL where read
    wrong: int = 0  # stated otherwise
    invented: int = 0  # fields with a value where nothing is stated, or of rows that are not there

    def add(self, other: Tally) -> None:
        for name in Tally.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


@dataclass(slots=True)
class Verdict:
    """What a comparison found: tallies per table, and every difference in words."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    columns: dict[str, Tally] = field(default_factory=dict)  # of matched rows, "table.column"
    differences: list[str] = field(default_factory=list)
    silent: int = 0  # wrong or invented fields

    @property
    def exact(self) -> bool:
        return not self.differences


def compare(
    truth: dict[str, list[Row]],
    got: dict[str, list[Row]],
    *,
    computed: bool = False,
    lenient: frozenset[tuple[str, str]] = frozenset(),
) -> Verdict:
    """Rows by key, then field by field; ``lenient`` columns may be NULL or as stated.

    ``computed`` adds the columns that the warehouse computes.
    """
    verdict = Verdict()
    for table in sorted({*truth, *got}):
        if table not in KEYS or (table in got and table not in truth and not _matters(table)):
            continue
        tally = Tally()
        verdict.tallies[table] = tally
        wanted, read = truth.get(table, []), got.get(table, [])
        tally.expected, tally.found = len(wanted), len(read)
        pairs, lost, extra = _pair(table, wanted, read)
        tally.matched = len(pairs)
        for row in lost:
            columns = [k for k in _columns(table, row, computed=computed) if row.get(k) is not None]
            if not columns:
                tally.expected -= 1
                continue
            tally.lost += len(columns)
            verdict.differences.append(f"{table}: missing row {_show(table, row)}")
        for row in extra:
            columns = [k for k in _columns(table, row, computed=computed) if row.get(k) is not None]
            if not columns or _tolerated(table, row, truth):
                tally.found -= 1
                continue
            tally.invented += len(columns)
            verdict.differences.append(f"{table}: invented row {_show(table, row, full=True)}")
        for want, have in pairs:
            _fields(table, want, have, tally, verdict, computed=computed, lenient=lenient)
        verdict.silent += tally.wrong + tally.invented
    return verdict


def _matters(table: str) -> bool:
    """Rows of these tables that nobody stated are inventions."""
    return table not in {"goal", "project"}


def _tolerated(table: str, row: Row, truth: dict[str, list[Row]]) -> bool:
    """Rows that a careful reader may add because they repeat a stated figure elsewhere."""
    if table == "expense" and row.get("scope") == "project" and row.get("expense_item") == "total":
        return True
    if table == "budget" and row.get("scope") == "department":
        amounts = {r.get("amount_cny") for t in ("expense", "revenue") for r in truth.get(t, [])}
        return all(v in amounts for k, v in row.items() if k.endswith("_cny") and v is not None)
    return table == "evaluation_part" and row.get("level1_std") == "budget_execution"


def _columns(table: str, row: Row, *, computed: bool) -> Iterable[str]:
    for column in row:
        if column in KEYS[table] and column != "level3":
            continue
        if column in COMPUTED and not computed and table == "evaluation":
            continue
        if table == "evaluation_part" and column in {"weight", "score"} and not computed:
            continue
        yield column


def _pair(
    table: str, wanted: list[Row], read: list[Row]
) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    left = list(read)
    pairs: list[tuple[Row, Row]] = []
    lost: list[Row] = []
    rest: list[Row] = []
    for row in wanted:
        key = _key(table, row)
        match = next((r for r in left if _key(table, r) == key), None)
        if match is None:
            rest.append(row)
        else:
            left.remove(match)
            pairs.append((row, match))
    for row in rest:
        match = next(
            (r for r in left if _second(table, r) == _second(table, row) is not None), None
        )
        if match is None:
            lost.append(row)
        else:
            left.remove(match)
            pairs.append((row, match))
    return pairs, lost, left


def _key(table: str, row: Row) -> tuple[Any, ...]:
    if table == "indicator":
        name = row.get("level3") or ""
        name = name.partition(":")[2] if name.startswith("指标") and ":" in name else name
        return (row.get("scope"), row.get("project_name"), name)
    return tuple(row.get(k) for k in KEYS[table])


def _second(table: str, row: Row) -> tuple[Any, ...] | None:
    if table == "indicator":
        return (row.get("scope"), row.get("project_name"), row.get("indicator_seq"))
    return None


def _fields(
    table: str,
    want: Row,
    have: Row,
    tally: Tally,
    verdict: Verdict,
    *,
    computed: bool,
    lenient: frozenset[tuple[str, str]],
) -> None:
    for column in _columns(table, want, computed=computed):
        stated, read = want[column], have.get(column)
        if stated == OPEN or (table == "indicator" and column == "indicator_seq"):
            continue
        if stated is None and read is None:
            continue
        if (table, column) in lenient and read is None:
            continue
        if column == "level3" and _key(table, want) == _key(table, have):
            continue
        one = Tally(fields=1)
        if _same(stated, read):
            one.right = 1
        elif read is None:
            one.lost = 1
            verdict.differences.append(f"{table}: {_show(table, want)} {column}: {stated} lost")
        elif stated is None and (table, column) in lenient:
            one.right = 1
        elif stated is None:
            one.invented = 1
            verdict.differences.append(
                f"{table}: {_show(table, want)} {column}: nothing, read {read}"
            )
        else:
            one.wrong = 1
            verdict.differences.append(
                f"{table}: {_show(table, want)} {column}: {stated}, read {read}"
            )
        tally.add(one)
        verdict.columns.setdefault(f"{table}.{column}", Tally()).add(one)


def _same(stated: Any, read: Any) -> bool:
    if stated is None or read is None:
        return stated is None and read is None
    if isinstance(stated, Decimal | int) and isinstance(read, Decimal | int | float):
        return abs(D(str(stated)) - D(str(read))) < D("0.000001")
    return str(stated).translate(_SIGNS) == str(read).translate(_SIGNS)


_SIGNS = str.maketrans({"≦": "≤", "≧": "≥"})


def _show(table: str, row: Row, *, full: bool = False) -> str:
    indicator = ("project_name", "indicator_seq", "level3")
    names = indicator if table == "indicator" else KEYS[table]
    shown = {k: row.get(k) for k in names if row.get(k) is not None}
    if full:
        shown = {k: v for k, v in row.items() if v is not None}
    return ", ".join(f"{k}={v}" for k, v in shown.items())


#: What the contract leaves open for some forms: NULL or as stated.
LENIENT: frozenset[tuple[str, str]] = frozenset(
    {
        ("evaluation_part", "weight_stated"),
        ("evaluation_part", "score_stated"),
        ("indicator", "actual_unit"),
    }
)
