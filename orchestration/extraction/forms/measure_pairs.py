"""Budget, execution and rate as labels beside their values, or in one cell with them."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.forms.adjusting import is_either, told_by
from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import source_of
from orchestration.extraction.forms.header_tree import YEAR_IN_FRONT, word_of
from orchestration.extraction.forms.identity_rows import INLINE
from orchestration.extraction.forms.view import label_of
from orchestration.extraction.text import compact, split_weight
from orchestration.extraction.values import parse_amount, parse_percent, parse_points
from orchestration.reading.document import Cell

_PAIR_LABELS = {
    "initial_budget": "年初预算数",
    "adjustment": "预算调整数",
    "annual_budget": "全年预算数",
    "executed": "全年执行数",
}


_PLANNED = frozenset({"initial_budget", "adjustment", "annual_budget"})


def _measure_pair(context: FormContext, cell: Cell, row: int) -> tuple[str, Cell, str] | None:
    """What a label says of the money, the cell of its value and the value's text."""
    words = context.vocabulary
    inline = INLINE.match(compact(cell.text))
    name = words.header("funding", inline[1]) if inline else None
    if inline is not None and name is not None:
        value, text = cell, inline[2]
    else:
        name, beside = _field(context, cell.text), context.view.next_filled(cell, row)
        if name is None or beside is None or context.view.is_claimed(cell):
            return None
        value, text = beside, beside.text
    if name in ("score", "weight"):
        return (name, value, text) if parse_points(text) is not None else None
    if name not in (*_PAIR_LABELS, "execution_rate", "previous"):
        return None
    printed = parse_amount(text) is not None or parse_percent(text) is not None
    return (name, value, text) if printed else None


def _field(context: FormContext, text: str) -> str | None:
    """The stage a label names; of ``2023年预算数`` only where it is the form's own year."""
    text = split_weight(compact(text))[0]  # 预算执行得分（10分）
    year = YEAR_IN_FRONT.match(text)
    if year is not None and year[1] != str(context.subject.year):
        return None
    return word_of("funding", text, context.vocabulary)


_Pair = tuple[str, Cell, Cell, str]


def _adjusted(context: FormContext, pairs: list[_Pair]) -> list[_Pair]:
    """``调整预算 | 402.60`` as the change or the budget after it; left out where nothing tells."""
    if sum(name in ("annual_budget", "adjustment") for name, *_ in pairs) != 1:
        return pairs
    values = {name: amount.value for name, _, _, t in pairs if (amount := parse_amount(t))}
    percent = next((parse_percent(t) for name, _, _, t in pairs if name == "execution_rate"), None)
    rate = percent / 100 if percent is not None else None
    found: list[_Pair] = []
    for name, label, value, text in pairs:
        if name in ("annual_budget", "adjustment") and is_either(label.text):
            said = told_by(
                values.get(name), values.get("initial_budget"), values.get("executed"), rate
            )
            if said is None:
                context.unknown(label, "资金")
                continue
            found.append((said, label, value, text))
        else:
            found.append((name, label, value, text))
    return found


_BUDGETS = (["annual_budget"], ["initial_budget"])


def _beside_sources(context: FormContext, row: int) -> bool:
    """``当年预算金额 | 230.5 | 其中：财政资金 | 220.5``: a target's total before its sources."""
    sources = [source_of(context, c.text) for c in context.view.filled(row)]
    return context.is_target and "total" not in sources and any(sources)


def read_measure_pairs(context: FormContext, row: int) -> bool:
    """``年初预算数 | 380,000 | 预算执行数 | 371,640 | 预算执行率 | 97.8%``: labels beside values.

    Two and more in a row, or labels and values in one cell (``执行数：263.13万元``); one alone may
    be a head whose column is read elsewhere.
    """
    pairs: list[tuple[str, Cell, Cell, str]] = []
    for cell in context.view.filled(row):
        found = _measure_pair(context, cell, row)
        if found is not None:
            pairs.append((found[0], cell, found[1], found[2]))
    fields = [name for name, *_ in pairs]
    money = [name for name in fields if name not in ("score", "weight")]
    enough = len(money) > 1 and bool(set(fields) & set(_PAIR_LABELS))
    enough = enough or (money in _BUDGETS and _beside_sources(context, row))
    if len(set(fields)) < len(fields) or not (enough or {"execution_rate", "score"} <= set(fields)):
        return False
    pairs = _adjusted(context, pairs)
    first = min(label.col for _, label, _, _ in pairs)
    band = "".join(label_of(c) for c in context.view.covering(row) if c.col < first)
    for name, label, value, text in pairs:
        context.view.claim(label, value)
        if name == "previous" or (context.is_monitoring and name not in _PLANNED):
            continue
        printed = replace(value, text=text) if value is label else value
        if name == "execution_rate":
            context.rate(
                printed, label_of(label), None, family="budget", measure=name, item="total"
            )
        elif name in _PAIR_LABELS:
            ahead = context.is_target and name == "annual_budget"
            stage = "initial_budget" if ahead else name
            what = _PAIR_LABELS[stage]
            words = context.vocabulary
            head = label_of(label) if words.money_unit(label.text) else band + label_of(label)
            context.money(printed, what, head, family="budget", measure=stage, item="total")
        else:
            what = "执行率得分" if name == "score" else "执行率分值"
            full = split_weight(label_of(label))[1]
            if name == "score" and full is not None and "weight" not in fields:
                context.points_text(label, str(full))
            context.points(printed, what, family="budget", measure=name, item="total")
    return True
