"""Which figures of a department's published accounts are those of the whole department."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.forms.accounts import CLASSES, Account, Entry
from orchestration.extraction.text import normalise
from orchestration.extraction.values import parse_amount

_NEAR = Decimal("0.025")  # in the printed unit: rounding of a few addends
_PARTS = frozenset({"personnel", "public"})


def _value(entry: Entry) -> Decimal:
    amount = parse_amount(entry.cell.text)
    return amount.value if amount is not None else Decimal(0)


def _stated(accounts: Sequence[Account], item: str, like: Account) -> list[Decimal]:
    """The amounts that tables of the whole department state for an item of spending."""
    return [
        _value(entry)
        for account in accounts
        if account.coverage == "all" and account.context.unit == like.context.unit
        for entry in account.entries
        if entry.family == "expense" and entry.item == item
    ]


def _total(account: Account) -> Decimal | None:
    """A table's own total of spending; 人员 and 公用 added up where no total is printed."""
    totals = [_value(e) for e in account.entries if e.item == "total" and e.family == "expense"]
    if totals:
        return totals[0]
    parts = [_value(e) for e in account.entries if e.item in _PARTS]
    return sum(parts, Decimal(0)) if len(parts) == len(_PARTS) else None


def _equal(first: Decimal | None, others: Sequence[Decimal]) -> bool:
    return first is not None and any(abs(first - other) <= _NEAR for other in others)


def record_accounts(builder: RecordBuilder, accounts: Sequence[Account]) -> None:
    """Record what the tables of a document state of the whole department.

    Income: the two-sided table, else the table of income. Spending: every table of the whole
    department; a table of public money or of basic spending where its own total is the
    department's. Economic classes: of all spending where such a table closes, else of basic.
    """
    whole = [a for a in accounts if a.coverage == "all"]
    sides = [a for a in whole if a.shape == "sides"]
    income = [a for a in whole if any(e.family == "revenue" for e in a.entries)]
    for account in sides or income[:1]:
        _record(account, lambda e: e.family in ("revenue", "balance"))
        _foreign(builder, account)
    for account in whole:
        spent = [
            _value(e)
            for a in sides
            for e in a.entries
            if e.item == "total" and e.family == "expense"
        ]
        if account.shape == "sides" or not spent or _equal(_total(account), spent):
            _record(account, lambda e: e.family == "expense" and e.item not in CLASSES.values())
    classes: list[Account] = []
    for account in accounts:
        closes = _equal(_total(account), _stated(accounts, "total", account))
        if account.shape == "columns" and account.coverage == "public_money":
            basic = [_value(e) for e in account.entries if e.item == "basic"]
            if closes:
                _record(account, lambda e: e.item in {"basic", "project", *_PARTS})
            elif basic and _equal(basic[0], _stated(accounts, "basic", account)):
                _record(account, lambda e: e.item in _PARTS)
        elif account.shape == "classes":
            whole_basic = _equal(_total(account), _stated(accounts, "basic", account))
            if closes and account.coverage != "basic":
                classes.insert(0, account)
            elif account.coverage == "basic" and (whole_basic or closes):
                classes.append(account)
                _record(account, lambda e: e.item in _PARTS)
    if classes:
        _record(classes[0], lambda e: e.item in CLASSES.values())


def _record(account: Account, wanted: Callable[[Entry], bool]) -> None:
    context = account.context
    for entry in account.entries:
        if not wanted(entry):
            continue
        if entry.family != "expense" and _is_overtaken(entry, account):
            continue
        fields: dict[str, Any] = {"basis": entry.basis} if entry.family == "expense" else {}
        context.money(
            entry.cell,
            entry.label,
            family=entry.family,
            measure="amount",
            item=entry.item,
            amount_year=entry.year,
            **fields,
        )
    context.builder.claimed_blocks.add(context.builder.block_index(context.grid))


def _is_overtaken(entry: Entry, account: Account) -> bool:
    """Whether 决算数 stands beside 预算数 of a year: income and balance have one amount a year."""
    stages = {e.basis for e in account.entries if e.family != "expense" and e.year == entry.year}
    return entry.basis != "actual" and "actual" in stages


def _foreign(builder: RecordBuilder, account: Account) -> None:
    """Sources of income that the contract has no item for: the sum of the others is no total."""
    total = next((e for e in account.entries if e.item == "total" and e.family == "revenue"), None)
    if not account.foreign or total is None:
        return
    sources = [
        _value(e)
        for e in account.entries
        if e.family == "revenue"
        and e.item != "total"
        and (e.basis, e.year) == (total.basis, total.year)
    ]
    if _equal(sum(sources, Decimal(0)), [_value(total)]):
        return
    named = "、".join(dict.fromkeys(normalise(cell.text) for cell in account.foreign))
    builder.issue(
        account.context.spot(total.cell),
        kind="unclaimed_figure",
        message=f"{account.context.where(total.cell)}的合计含未设项目的收入来源（{named}） | "
        "the total of this table includes sources of income that the contract has no item for",
    )
