"""Labels and cells of funding rows, and spending by nature among or beside the sources."""

from __future__ import annotations

import re

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.header_tree import Column, Header
from orchestration.extraction.forms.view import label_of
from orchestration.extraction.text import compact
from orchestration.reading.document import Cell

OF_WHICH = re.compile(
    r"^(?:(?:[(]?\d[)、.])?资金(?:来源|结构|构成)[:：])?(?:[(]\d[)])?(?:其中包括|其中|包括)?[:：]?"
)
_SUM_BEHIND = re.compile(r"(?<=.{3})[(]?(?:小计|合计|总额|总计)[)]?$")
SUM_HEADS = frozenset({"合计", "小计", "总额", "金额", "总计"})
STAGE_NAMES = {
    "initial_budget": "年初预算数",
    "adjustment": "预算调整数",
    "annual_budget": "全年预算数",
    "executed": "全年执行数",
}


def source_of(context: FormContext, text: str) -> str | None:
    """The funding source that a row label names; ``其中：`` in front does not matter."""
    label = OF_WHICH.sub("", compact(text))
    words = context.vocabulary.funding_source
    return words.find(label) or words.find(_SUM_BEHIND.sub("", label))


def nature_of(context: FormContext, text: str) -> str | None:
    """The item of spending by nature (基本支出, 项目支出 …) that a row label names."""
    item = context.vocabulary.expense_item.find(OF_WHICH.sub("", compact(text)))
    return item if item in SPENDING_ITEMS else None


def column_cell(context: FormContext, column: Column | None, row: int) -> Cell | None:
    """The cell of a column in a row; a merged cell belongs to the first row it spans."""
    if column is None:
        return None
    own = [c for c in context.view.own(row) if column.start <= c.col < column.end]
    filled = [c for c in own if c.text.strip()]
    return filled[0] if filled else (own[0] if own else None)


SPENDING_BASES = {
    "initial_budget": "budget_initial",
    "annual_budget": "budget_adjusted",
    "executed": "actual",
}
SPENDING_ITEMS = frozenset({"basic", "project", "personnel", "public"})


def spending_row(context: FormContext, header: Header, row: int, label: Cell) -> bool:
    """``其中：基本支出`` among a department's sources is spending by nature (fct_expense)."""
    item = nature_of(context, label.text)
    if context.subject.scope != "department" or item is None:
        return False
    context.view.claim(label)
    for name, basis in SPENDING_BASES.items():
        column = header.column(name)
        cell = column_cell(context, column, row)
        if column is None or cell is None:
            continue
        ahead = context.is_target and name == "annual_budget"
        context.money(
            cell,
            STAGE_NAMES[name],
            column.header,
            family="expense",
            measure="amount",
            item=item,
            basis="budget_initial" if ahead else basis,
            amount_year=context.subject.year,
        )
    for name in ("execution_rate", "weight", "score", "adjustment"):
        context.view.claim(column_cell(context, header.column(name), row))
    return True


def read_spending(context: FormContext, header: Header, end: int) -> None:
    """``预算资金支出`` beside the sources: 基本支出, 项目支出; its total is the sources' again."""
    first = header.columns[0].start
    label_column = header.extra["label"]
    context.view.claim(label_column.cell)
    for row in range(header.bottom + 1, end):
        labels = [
            c
            for c in context.view.own(row)
            if label_column.start <= c.col < first and c.text.strip()
        ]
        if not labels or spending_row(context, header, row, labels[-1]):
            continue
        if source_of(context, labels[-1].text) == "total" or _SPENDING_TOTAL.match(
            label_of(labels[-1])
        ):
            context.view.claim(labels[-1])
            context.view.claim(*(column_cell(context, c, row) for c in header.columns))


_SPENDING_TOTAL = re.compile(r"^(?:本年)?支出(?:合计|总计|总额)$")
