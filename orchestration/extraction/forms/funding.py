"""The funding block: rows of sources by columns of budget, execution, rate and score."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.funding_labels import (
    income_rows,
    labelled_source,
    row_label,
    without_rest,
)
from orchestration.extraction.forms.funding_rows import (
    OF_WHICH,
    STAGE_NAMES,
    SUM_HEADS,
    column_cell,
    read_spending,
    source_of,
    spending_row,
)
from orchestration.extraction.forms.funding_sides import income_head, only_spending, sides_of
from orchestration.extraction.forms.header_tree import (
    MONEY_FIELDS,
    YEAR_IN_FRONT,
    Column,
    Header,
    word_of,
)
from orchestration.extraction.forms.one_source import report_aside, rows_aside
from orchestration.extraction.forms.part_year import without_state
from orchestration.extraction.forms.stage_sources import read_below_stages
from orchestration.extraction.forms.view import has_digit, label_of
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_amount
from orchestration.reading.document import Cell

_TITLE_WEIGHT = re.compile(r"[(（](\d{1,3}(?:\.\d+)?)分[)）]")


def read_funding(context: FormContext, header: Header, end: int) -> None:
    """Read the rows after a funding header up to ``end`` (excluded)."""
    header.columns = without_state(header.columns, monitoring=context.is_monitoring)
    header.columns = _of_own_year(context, header.columns)
    header, spending = sides_of(header)
    income = income_head(context.view, header) if spending is not None else None
    if income is not None and spending is not None:
        only_spending(context, header, spending, income, end)
        return
    money = (*MONEY_FIELDS, "previous", "part_year")
    first = min(c.start for c in header.columns if c.field in money)
    band = _band(context, header, first)
    for cell in header.unknown:
        context.unknown(cell, "资金表头")
    for row in range(header.top, header.bottom + 1):
        context.view.claim_row(row)
    _title_weight(context, band)
    unit_text = band + "".join(c.header for c in header.columns)
    unit = context.vocabulary.money_unit(unit_text) or _unit_above(context, header, first)
    if unit is not None:
        context.unit, context.unit_source = unit, "header"
    if spending is not None:
        read_spending(context, spending, end)
    rows: dict[str, int] = {}
    found = _source_rows(context, header, end, first)
    aside = rows_aside(context, header, found)
    for row, source, _ in found:
        if row not in aside:
            rows.setdefault(source, row)
            _read_row(context, header, row, source, unit_text)
    _blank_totals(context, header, rows)


def _source_rows(
    context: FormContext, header: Header, end: int, first: int
) -> list[tuple[int, str, Cell | None]]:
    """Row, source and label of the rows that name a source; spending by nature is read at once."""
    found: list[tuple[int, str, Cell | None]] = []
    shares = _level_rows(context, header, end, first) | income_rows(context, header, end, first)
    unknown = False
    lone = end - header.bottom - 1 == 1
    for row in range(header.bottom + 1, end):
        if row in shares:
            context.view.claim_row(row)
            continue
        label, source = labelled_source(context, header, row, first)
        if source is None and lone and _has_money(context, header, row):
            source = "total"  # a block of one row needs no label
        if label is None and row == header.bottom + 1 and _has_money(context, header, row):
            source = _total_in_head(context, header, first) or source
        if source is None and label is not None and spending_row(context, header, row, label):
            continue
        if source is None:
            if label is not None and _has_money(context, header, row):
                context.unknown(label, "资金来源")
                unknown = True
            continue
        context.view.claim(label)
        found.append((row, source, label))
    return without_rest(context, found) if unknown else found


def _of_own_year(context: FormContext, columns: list[Column]) -> list[Column]:
    """Of amounts of several years those of the form's own year, where one of them is."""
    years = {c: m[1] for c in columns if (m := YEAR_IN_FRONT.match(c.header))}
    own = str(context.subject.year)
    if own not in years.values():
        return columns
    found = []
    for column in columns:
        year = years.get(column, own)
        name = word_of("funding", column.header, context.vocabulary) if year == own else "previous"
        mine = column.field == "previous" and column in years and name is not None
        found.append(replace(column, field=name or "previous") if mine or year != own else column)
    return found


def _total_in_head(context: FormContext, header: Header, first: int) -> str | None:
    """``total`` where the head over the labels says so, its row below having none of its own."""
    heads = [c for c in context.view.covering(header.top) if c.col < first and c.text.strip()]
    return "total" if heads and source_of(context, heads[-1].text) == "total" else None


_LEVEL_LABEL = re.compile(
    r"^(?:其中:?)?(?:中央|上级|省级?|市级?|县级?|区级?|州级?|自治[区州县]|兵团|师市|本级|地方|区县|补助区县|对下)"
    r"[\u4e00-\u9fff()]{0,12}$"
)


def _level_rows(context: FormContext, header: Header, end: int, first: int) -> set[int]:
    """Rows that split public money by level of government, where they are shares of one source.

    The contract knows no levels: beside 财政拨款, or two and more of them, each is a part of a
    figure and never the figure. A single one is where the money comes from.
    """
    levels: set[int] = set()
    whole = False
    for row in range(header.bottom + 1, end):
        label = row_label(context, row, first)
        if label is None or not _has_money(context, header, row):
            continue
        if _LEVEL_LABEL.match(label_of(label)):
            levels.add(row)
        elif source_of(context, label.text) == "general_public_budget":
            whole = True
    if len(levels) > 1 and not whole:
        label = row_label(context, max(levels), first)
        if label is not None:
            report_aside(context, label, "等按级次列示的财政资金没有对应字段")
    return levels if whole or len(levels) > 1 else set()


def _blank_totals(context: FormContext, header: Header, rows: dict[str, int]) -> None:
    """Evidence for audit: the total row leaves blank what its parts print (or the reverse)."""
    total = rows.get("total")
    if total is None or len(rows) < 2:
        return
    for name in MONEY_FIELDS:
        column = header.column(name)
        cell = column_cell(context, column, total)
        if column is None or cell is None or not context.is_blank(cell):
            continue
        parts = [
            c
            for source, row in rows.items()
            if source != "total" and (c := column_cell(context, column, row)) is not None
        ]
        if any(not context.is_blank(c) for c in parts):
            context.builder.statement(
                context.spot(cell),
                kind="blank_total",
                scope=context.subject.scope,
                project_name=context.subject.project_name,
                subject=STAGE_NAMES[name],
                detail=f"合计行“{STAGE_NAMES[name]}”为空，分项已填",
            )


def _band(context: FormContext, header: Header, first: int) -> str:
    """What is printed left of the columns in the header's rows: ``项目资金（万元）``."""
    cells = [c for c in context.view.covering(header.top) if c.col < first]
    context.view.claim(*cells)
    return "".join(label_of(c) for c in cells)


def _unit_above(context: FormContext, header: Header, first: int) -> str | None:
    """The unit that a heading over the columns names: ``预算资金来源（万元）``."""
    if not header.top:
        return None
    over = context.view.cell(header.top - 1, first)
    if not context.view.by_spans:  # a text dump prints it where the columns begin
        left = [c for c in context.view.filled(header.top - 1) if c.col <= first]
        over = left[-1] if left else None
    elif over is not None and over.colspan == 1:
        return None
    if over is None or has_digit(over.text):
        return None
    return context.vocabulary.money_unit(label_of(over))


def _title_weight(context: FormContext, band: str) -> None:
    """``预算执行情况（20分）`` in the block's title is the weight of budget execution."""
    match = _TITLE_WEIGHT.search(band)
    if match is None:
        return
    cell = next((c for c in context.grid.cells if match.group() in compact(c.text)), None)
    if cell is not None:
        context.builder.figure(
            context.spot(cell),
            family="budget",
            measure="weight",
            item="total",
            value=Decimal(match[1]),
            unit="分",
            unit_source="cell",
            **context.subject.columns(),
        )


def _has_money(context: FormContext, header: Header, row: int) -> bool:
    cells = [
        column_cell(context, column, row)
        for column in header.columns
        if column.field in MONEY_FIELDS
    ]
    return any(c is not None and parse_amount(c.text) is not None for c in cells)


def _read_row(context: FormContext, header: Header, row: int, source: str, band: str) -> None:
    values: dict[str, Decimal | None] = {}
    for name in MONEY_FIELDS:
        column = header.column(name)
        cell = column_cell(context, column, row)
        if column is None or cell is None:
            continue
        measure = "initial_budget" if context.is_target and name == "annual_budget" else name
        title = column.header if context.vocabulary.money_unit(column.header) else band
        values[name] = context.money(
            cell, STAGE_NAMES[name], title, family="budget", measure=measure, item=source
        )
    if source == "total":
        read_below_stages(context, header.columns, row, band)
    rate = header.column("execution_rate")
    if rate is not None:
        cell = column_cell(context, rate, row)
        context.rate(
            cell,
            rate.header,
            _ratio(values),
            family="budget",
            measure="execution_rate",
            item=source,
        )
    for name, what in (("weight", "执行率分值"), ("score", "执行率得分")):
        column = header.column(name)
        context.points(
            column_cell(context, column, row), what, family="budget", measure=name, item=source
        )
    for column in header.columns:
        if column.field in ("reason", "previous", "part_year", "ignore"):
            context.view.claim(column_cell(context, column, row))


def _ratio(values: dict[str, Decimal | None]) -> Decimal | None:
    budget = values.get("annual_budget") or values.get("initial_budget")
    executed = values.get("executed")
    return executed / budget if budget and executed is not None else None


def read_source_columns(context: FormContext, row: int, end: int) -> int:
    """Sources as column heads, amounts in the row below; the row after it (``row`` if none).

    ``预算支出总额 | 财政拨款 (合计, 基本支出, 项目支出) | 其他资金 (…)``: of a head with parts its
    合计 counts. Target forms only: in other forms the columns say which stage an amount is of.
    """
    view = context.view
    heads = _source_heads(context, row)
    if not context.is_target or len(heads) < 2 or "total" not in heads:
        return row
    below = row + max(c.rowspan for c in heads.values() if c.rowspan <= 3)
    if below >= end:
        return row
    values = {source: _below(context, cell, row, below) for source, cell in heads.items()}
    if sum(v is not None and parse_amount(v.text) is not None for v in values.values()) < 2:
        return row
    band = "".join(
        label_of(c) for c in view.covering(row) if c.col < min(h.col for h in heads.values())
    )
    for source in ("total", *(s for s in heads if s != "total")):
        context.money(
            values[source],
            "预算数",
            band + label_of(heads[source]),
            family="budget",
            measure="initial_budget",
            item=source,
        )
    for at in range(row, below + 1):
        view.claim_row(at)
    return below + 1


def _source_heads(context: FormContext, row: int) -> dict[str, Cell]:
    """The head of each source in a row: the first, but the one that says 一般公共预算 itself.

    The band of the whole block (项目资金) is no head where a lower cell beside it is the total's.
    """
    found: dict[str, list[Cell]] = {}
    for cell in context.view.filled(row):
        source = source_of(context, cell.text)
        if source is not None and label_of(cell) not in SUM_HEADS:
            found.setdefault(source, []).append(cell)
    lowest = min((c.rowspan for cells in found.values() for c in cells), default=1)
    heads: dict[str, Cell] = {}
    for source, cells in found.items():
        inside = [c for c in cells if c.rowspan == lowest] or cells
        named = [c for c in inside if "公共预算" in label_of(c)]
        heads[source] = named[0] if len(named) == 1 else inside[0]
    return heads


def _below(context: FormContext, head: Cell, row: int, below: int) -> Cell | None:
    """The amount under a head, or under the 合计 among its parts."""
    col = head.col
    if head.colspan > 1:
        for at in range(row + 1, below):
            for cell in context.view.own(at):
                if head.col <= cell.col < head.col + head.colspan and label_of(cell) in SUM_HEADS:
                    col = cell.col
    value = context.view.cell(below, col)
    return value if value is not None and value.row == below else None


_NATURE_ITEM = re.compile(r"^(?P<label>[^:：\d]+)[:：](?P<amount>.*)$")


def read_natures(context: FormContext, row: int, end: int) -> None:
    """``按收入性质分：`` beside ``按支出性质分：``: labels and amounts in one cell or two."""
    context.view.claim_row(row)
    heads = context.view.filled(row)
    income = next((c for c in heads if "收入性质" in label_of(c)), None)
    spending = next((c for c in heads if "支出性质" in label_of(c)), None)
    border = spending.col if spending is not None and income is not None else None
    for at in range(row + 1, end):
        for cell in context.view.filled(at):
            is_income = income is not None and (border is None or cell.col < border)
            _nature_cell(context, cell, at, is_income=is_income)


def _nature_cell(context: FormContext, cell: Cell, row: int, *, is_income: bool) -> None:
    parts = re.findall(r"[^:：;；\d]+[:：](?:[\d.,]+(?:万元|元)?)?", compact(cell.text))
    for part in parts if len(parts) > 1 else [compact(cell.text)]:
        _nature_item(context, cell, row, part, is_income=is_income)


def _nature_item(context: FormContext, cell: Cell, row: int, text: str, *, is_income: bool) -> None:
    text = OF_WHICH.sub("", text)  # 其中：一般公共预算拨款 is a label alone
    match = _NATURE_ITEM.match(text)
    label = match["label"] if match else text
    words = context.vocabulary.revenue_item if is_income else context.vocabulary.expense_item
    item = words.find(label)
    if item is None:
        return
    amount_cell, amount_text = cell, match["amount"] if match else ""
    if not amount_text:
        right = context.view.right_of(cell, row)
        if right is None or parse_amount(right.text) is None:
            return
        amount_cell, amount_text = right, right.text
    context.view.claim(cell, amount_cell)
    amount = parse_amount(amount_text)
    if amount is None:
        if has_digit(amount_text):
            context.unread(amount_cell, label)
        return
    value = None if context.withheld(amount_cell, label) else amount.value
    basis = "budget" if context.is_target else "actual"
    fields = {"family": "revenue"} if is_income else {"family": "expense", "basis": basis}
    context.builder.figure(
        context.spot(amount_cell, row),
        measure="amount",
        item=item,
        amount_year=context.subject.year,
        value=value,
        unit=amount.unit or context.unit,
        unit_source="cell" if amount.unit else context.unit_source,
        **fields,
        **context.subject.columns(),
    )
