"""Stages of the budget as labels beside their totals, sources as labels below or behind them.

``预算数： | 120 | 执行数： | 118`` over ``其中：财政拨款 | 100 | 其中：财政拨款 | 98.5``, or on one
line ``预算数： | 120 | 其中：财政拨款 | 100``. A source's amount is of the stage that its row names
left of it, else of the one above its own column.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_rows import STAGE_NAMES, source_of
from orchestration.extraction.forms.header_tree import MONEY_FIELDS, word_of
from orchestration.extraction.forms.view import label_of
from orchestration.extraction.values import parse_amount, parse_percent, parse_points
from orchestration.reading.document import Cell


@dataclass(slots=True)
class _Block:
    """What was found: (measure, source, label, value); rows with rate and points among them."""

    found: list[tuple[str, str, Cell, Cell]] = field(default_factory=list)
    heads: list[tuple[str, Cell]] = field(default_factory=list)  # stages by column, latest last

    def stage_above(self, cell: Cell) -> str | None:
        """The stage whose label stands over a label."""
        return next((name for name, head in reversed(self.heads) if head.col == cell.col), None)


def read_stage_pairs(context: FormContext, row: int, end: int) -> int:
    """Read a block that begins in a row; the row after it (``row`` where none begins)."""
    block = _Block()
    at = row
    while at < end and _take_row(context, block, at):
        at += 1
    sources = {s for _, s, _, _ in block.found}
    stages = {m for m, _, _, _ in block.found if m in MONEY_FIELDS}
    twice = len({(m, s) for m, s, _, _ in block.found}) < len(block.found)
    if "executed" not in stages or len(stages) < 2 or sources <= {"total"} or twice:
        return row
    band = "".join(label_of(c) for c in context.view.covering(row) if c.col < block.found[0][2].col)
    for measure, source, label, value in block.found:
        context.view.claim(label)
        _record(context, measure, source, label, value, band)
    return at


def _take_row(context: FormContext, block: _Block, row: int) -> bool:
    """Add the labels of a row with their values; False where it has other words or none."""
    pairs = _pairs(context, row)
    if not pairs:
        return False
    stage: str | None = None
    taken: list[tuple[str, str, Cell, Cell]] = []
    heads: list[tuple[str, Cell]] = []
    for label, value in pairs:
        name = word_of("funding", label.text, context.vocabulary)
        if name in MONEY_FIELDS:
            stage = name
            heads.append((name, label))
            taken.append((name, "total", label, value))
        elif name in ("execution_rate", "score", "weight"):
            taken.append((name, "total", label, value))
        else:
            source = source_of(context, label.text)
            measure = stage or block.stage_above(label)
            if source is None or source == "total" or measure is None:
                return False
            taken.append((measure, source, label, value))
    block.found += [t for t in taken if not context.is_blank(t[3])]
    block.heads += heads
    return True


def _pairs(context: FormContext, row: int) -> list[tuple[Cell, Cell]]:
    """Labels of a row beside their values; none where a label has no place for one."""
    cells = [c for c in context.view.own(row) if not context.view.is_claimed(c)]
    pairs: list[tuple[Cell, Cell]] = []
    for cell in cells:
        known = word_of("funding", cell.text, context.vocabulary) or source_of(context, cell.text)
        if not cell.text.strip() or not known:
            continue
        value = context.view.right_of(cell, row)
        if value is None or value.row != row:
            return []
        printed = (parse_amount(value.text), parse_percent(value.text), parse_points(value.text))
        if not context.is_blank(value) and all(p is None for p in printed):
            if pairs or (cell.colspan == 1 and cell.rowspan == 1):
                return []
            continue  # the band of the block
        pairs.append((cell, value))
    return pairs


def _record(
    context: FormContext, measure: str, source: str, label: Cell, value: Cell, band: str
) -> None:
    if measure == "execution_rate":
        context.rate(value, label_of(label), None, family="budget", measure=measure, item=source)
    elif measure in ("score", "weight"):
        what = "执行率得分" if measure == "score" else "执行率分值"
        context.points(value, what, family="budget", measure=measure, item=source)
    elif not (context.is_monitoring and measure == "executed"):
        head = label_of(label) if context.vocabulary.money_unit(label.text) else band
        context.money(
            value, STAGE_NAMES[measure], head, family="budget", measure=measure, item=source
        )
