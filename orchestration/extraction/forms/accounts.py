"""Tables 公开01–06 of accounts and budgets: income, spending, balance of the whole department.

Three shapes, told apart by what their heads say: *two-sided* tables (收入 beside 支出, items by
rows), tables with *items by columns* whose 合计 row counts, and tables of *economic classes*
(301, 302 …). Rows of functional classes (类款项) are no figures of the contract and are left alone.

A table may cover the whole department, public money only, or one fund. What covers less is used
only where its own total equals the department's (:mod:`.accounts_choice`): a part is never
published as the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.statistics import basis_and_year
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.segment import GridSegment
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_amount
from orchestration.extraction.vocabulary import strip_decoration
from orchestration.reading.document import Cell

_TITLE = re.compile(r"表(?:[(][^)]*[)])?$|^(?:公开)?(?:表)?\d{1,2}表?[、:]?.{4,40}表")
_FORM_NUMBER = re.compile(r"^[(]?(?:公开|财决|预算|决算|附|财预)?(?:表|附表)?[\dA-Z-]{1,6}表?[)]?$")
_ONE_FUND = re.compile(r"政府性基金|国有资本|社会保险基金|专户")
_PUBLIC_MONEY = re.compile(r"财政拨款|一般公共预算")
#: What a table of a department's accounts is not about.
_OTHER_TABLE = re.compile(r"绩效|自评|评价|专项|采购|资产|明细账|三公")
_OFFICIAL_SPENDING = re.compile(r"支出(?:决算|预算)?总?表(?:[(].*[)])?$|支出(?:预算)?总体情况表$")
_SIDES = ("income", "spending")
_HEAD_ROWS = 6
_WHOLE_ROW = re.compile(r"^(?:合计|总计|支出合计|收入合计)$")
#: Economic classes of the contract by their codes (支出经济分类 类级).
CLASSES = {
    "301": "wages_benefits", "302": "goods_services", "303": "individual_family",
    "310": "capital", "312": "enterprise_subsidy", "399": "other_expense",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of a table: what it is and the cell that prints it."""

    family: str  # revenue | expense | balance
    item: str
    cell: Cell
    label: str
    basis: str
    year: int | None


@dataclass(slots=True)
class Account:
    """A table and what it states; ``coverage`` is ``all``, ``public_money`` or ``basic``."""

    context: FormContext
    shape: str  # sides | columns | classes
    coverage: str
    entries: list[Entry] = field(default_factory=list)
    #: Sources of income that the contract has no item for, with an amount.
    foreign: list[Cell] = field(default_factory=list)


def read_account(
    context: FormContext, segment: GridSegment, document_title: str | None
) -> Account | None:
    """What a grid states of a department's accounts; None where it is no such table."""
    title = _title(context.view, segment)
    if title is None or context.unit is None or _ONE_FUND.search(title):
        return None
    stage = _stage(title)
    if stage is None and not _OTHER_TABLE.search(document_title or ""):
        stage = _stage(document_title or "")
    about = re.search(r"收入|支出|收支", title) and not _OTHER_TABLE.search(title)
    if stage is None or not about:
        return None
    for read in (_sides, _classes, _columns):
        account = read(context, title, stage)
        if account is not None and account.entries:
            return account
    return None


def _title(view: GridView, segment: GridSegment) -> str | None:
    """The title of the table: a line above it, else a cell over its first rows."""
    for line in reversed(segment.above.lines):
        text = compact(line)
        if _TITLE.search(text) and len(text) <= 60 and not _FORM_NUMBER.match(text):
            return text
    for row in range(min(3, view.n_rows)):
        filled = view.filled(row)
        if filled and filled[0].colspan * 2 > view.n_cols and _TITLE.search(label_of(filled[0])):
            return label_of(filled[0])
    return None


def _stage(title: str) -> str | None:
    text = compact(title)
    if "决算" in text:
        return "actual"
    return (
        "budget"
        if "预算" in re.sub(r"一般公共预算|政府性基金预算|国有资本经营预算", "", text)
        else None
    )


def _coverage(title: str) -> str:
    if "基本支出" in title:
        return "basic"
    return "public_money" if _PUBLIC_MONEY.search(title) else "all"


def _basis(context: FormContext, head: str, stage: str) -> tuple[str, int | None]:
    """Basis and year of an amount column by its head, else by what the table is about."""
    year = context.subject.year
    return basis_and_year(head, year) or (stage, year)


# --- two-sided tables ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """A column of labels with the columns of its amounts."""

    side: str
    label: int
    amounts: tuple[tuple[int, str, int | None], ...]  # column, basis, year


def _sides(context: FormContext, title: str, stage: str) -> Account | None:
    view = context.view
    top = next((r for r in range(min(_HEAD_ROWS, view.n_rows)) if _names_sides(context, r)), None)
    if top is None or _coverage(title) != "all":
        return None
    groups, bottom = _groups(context, top, stage)
    if {g.side for g in groups} != set(_SIDES):
        return None
    account = Account(context, "sides", "all")
    for group in groups:
        for row in range(bottom + 1, view.n_rows):
            label = view.cell(row, group.label)
            counted = label is not None and _COUNTS.match(label_of(label))
            if label is not None and label.row == row and label.text.strip() and not counted:
                _side_row(context, account, group, row, label)
    _settle(account)
    return account


def _names_sides(context: FormContext, row: int) -> bool:
    words = context.vocabulary
    named = [words.header("accounts", c.text) for c in context.view.filled(row)]
    return [n for n in named if n in _SIDES] == list(_SIDES)


def _groups(context: FormContext, top: int, stage: str) -> tuple[list[_Group], int]:
    """The groups of columns below ``收入 | 支出``, and the last row of the head."""
    view, words = context.view, context.vocabulary
    sides = [
        (c.col, words.header("accounts", c.text) or "")
        for c in view.filled(top)
        if words.header("accounts", c.text) in _SIDES
    ]
    row = top
    heads = view.filled(top)
    starts = [c for c in heads if words.header("accounts", c.text) in _SIDES]
    if not any(_is_amount_head(context, c) for c in heads):  # 项目 | 金额 in a row of their own
        row = top + 1
        heads = view.filled(row) if row < view.n_rows else []
        starts = [c for c in heads if words.header("accounts", c.text) == "label"]
    groups: list[_Group] = []
    for number, start in enumerate(starts):
        end = starts[number + 1].col if number + 1 < len(starts) else view.n_cols
        amounts = tuple(
            (c.col, *_basis(context, label_of(c), stage))
            for c in heads
            if start.col < c.col < end and _is_amount_head(context, c)
        )
        side = next((name for col, name in reversed(sides) if col <= start.col), "")
        if amounts:
            groups.append(_Group(side, start.col, amounts))
    bottom = row + max((c.rowspan for c in heads), default=1) - 1
    return groups, bottom


def _is_amount_head(context: FormContext, cell: Cell) -> bool:
    named = context.vocabulary.header("accounts", cell.text)
    return named == "amount" or basis_and_year(label_of(cell), None) is not None


#: 栏次 | 1 | 2: numbers of columns.
_COUNTS = re.compile(r"^[栏行][次数]$")
_PART = re.compile(r"^其中")
_BALANCE = re.compile(r"^(?:年末结转和结余|年末结转结余|结转下年|年终结转结余)$")
_SPENT = re.compile(r"^本年支出(?:合计)?$|^支出合计$")
_INCOME_SUM = re.compile(r"^(?:总计|收入总计|收入合计|合计)$")
_INCOME_YEAR = re.compile(r"^本年收入(?:合计)?$")


def _side_row(context: FormContext, account: Account, group: _Group, row: int, label: Cell) -> None:
    name = strip_decoration(label.text)
    family, item = _side_item(context, group.side, name)
    for col, basis, year in group.amounts:
        cell = context.view.cell(row, col)
        amount = parse_amount(cell.text) if cell is not None and cell.row == row else None
        if cell is None or amount is None:
            continue
        if item is None:
            if family == "revenue" and amount.value != 0:
                account.foreign.append(label)
            continue
        account.entries.append(Entry(family, item, cell, name, basis, year))


def _side_item(context: FormContext, side: str, name: str) -> tuple[str, str | None]:
    """Family and item of a row; a source of income without an item gives (revenue, None)."""
    if side == "spending":
        if _SPENT.match(name):
            return "expense", "total"
        return ("balance", "year_end") if _BALANCE.match(name) else ("expense", None)
    if _INCOME_SUM.match(name):
        return "revenue", "total"
    if _INCOME_YEAR.match(name):
        return "revenue", "year_income"
    item = context.vocabulary.revenue_item.find(name)
    if item in (None, "total", "initial_budget", "supplementary_budget"):
        return ("other" if _PART.match(name) else "revenue"), None
    return "revenue", item


def _settle(account: Account) -> None:
    """One figure an item: 总计 before 本年收入合计, 一般公共预算 before 财政拨款."""
    kept: dict[tuple[str, str, str, int | None], Entry] = {}
    for entry in account.entries:
        item = "total" if entry.item == "year_income" else entry.item
        key = (entry.family, item, entry.basis, entry.year)
        known = kept.get(key)
        better = known is not None and (
            known.item == "year_income"
            or ("一般公共预算" in entry.label and "一般公共预算" not in known.label)
        )
        if known is None or better:
            kept[key] = entry
    account.entries = list(kept.values())


# --- items by columns ----------------------------------------------------------------------------


def _columns(context: FormContext, title: str, stage: str) -> Account | None:
    view = context.view
    whole = next((r for r in range(1, view.n_rows) if _is_whole(context, r)), None)
    if whole is None or re.search(r"基本支出|项目支出", title):
        return None
    income = "收入" in title and "支出" not in title
    if not income and "收入" in title:
        return None
    account = Account(context, "columns", _coverage(title))
    seen: set[str] = set()
    for cell in view.own(whole):
        item = _column_item(context, cell.col, whole, income=income)
        if item is None or item in seen or parse_amount(cell.text) is None:
            continue
        seen.add(item)
        basis, year = _column_basis(context, cell.col, whole, stage)
        family = "revenue" if income else "expense"
        account.entries.append(Entry(family, item, cell, label_of(cell), basis, year))
    # A lone 合计 may be anybody's: parts beside it, or the name of the official table, say whose.
    parts = len(seen - {"total"}) > 0 or (not income and _OFFICIAL_SPENDING.search(title))
    return account if parts else None


def _is_whole(context: FormContext, row: int) -> bool:
    filled = context.view.filled(row)
    if not filled or not _WHOLE_ROW.match(label_of(filled[0])):
        return False
    return any(parse_amount(c.text) is not None for c in filled[1:])


def _chain(view: GridView, col: int, below: int) -> list[Cell]:
    """The heads over a column, the lowest first."""
    chain: list[Cell] = []
    for row in range(below - 1, -1, -1):
        cell = view.cell(row, col)
        if cell is not None and cell not in chain and cell.text.strip():
            chain.append(cell)
    return chain


def _column_item(context: FormContext, col: int, whole: int, *, income: bool) -> str | None:
    words = context.vocabulary
    chain = [c for c in _chain(context.view, col, whole) if parse_amount(c.text) is None]
    for number, cell in enumerate(chain):
        name = strip_decoration(cell.text)
        if income:
            if _INCOME_SUM.match(name) or _INCOME_YEAR.match(name):
                return "total"
            item = words.revenue_item.find(name)
        else:
            if name in ("小计", "合计", "总计") and number + 1 < len(chain):
                parent = words.expense_item.find(strip_decoration(chain[number + 1].text))
                return parent if parent in ("total", "basic", "project") else "total"
            if name in ("合计", "总计", "小计", "本年支出合计", "本年支出", "支出合计"):
                return "total"
            item = words.expense_item.find(name)
        if item is not None:
            wanted = (
                item if income else item in ("total", "basic", "project", "personnel", "public")
            )
            return item if wanted else None
        if number == 0 and not re.match(r"^其中", name):
            return None
    return None


def _column_basis(context: FormContext, col: int, whole: int, stage: str) -> tuple[str, int | None]:
    for cell in _chain(context.view, col, whole):
        named = basis_and_year(label_of(cell), context.subject.year)
        if named is not None:
            return named
    return stage, context.subject.year


# --- economic classes ----------------------------------------------------------------------------


def _classes(context: FormContext, title: str, stage: str) -> Account | None:
    view = context.view
    codes = [c for c in context.grid.cells if label_of(c) in CLASSES]
    if len({label_of(c) for c in codes}) < 2 or "收入" in title:
        return None
    account = Account(context, "classes", _coverage(title))
    seen: set[str] = set()
    for code in sorted(codes, key=lambda c: (c.col, c.row)):
        item = CLASSES[label_of(code)]
        cell = _class_amount(context, code)
        if item in seen or cell is None:
            continue
        seen.add(item)
        if parse_amount(cell.text) is not None:
            basis, year = _column_basis(context, cell.col, cell.row, stage)
            account.entries.append(Entry("expense", item, cell, item, basis, year))
    for cell in context.grid.cells:
        named = context.vocabulary.expense_item.find(re.sub(r"合计$", "", label_of(cell)))
        value = view.next_filled(cell)
        if not label_of(cell).endswith("合计") or named not in ("personnel", "public"):
            continue
        if value is not None and parse_amount(value.text) is not None:
            year = context.subject.year
            account.entries.append(Entry("expense", named, value, label_of(cell), stage, year))
    _class_totals(context, account, stage)
    return account


def _class_amount(context: FormContext, code: Cell) -> Cell | None:
    """The amount beside a class: the first amount after its name; None below another code."""
    view = context.view
    name = None
    cell = view.right_of(code)
    while cell is not None:
        text = label_of(cell)
        if name is None and text:
            if context.vocabulary.expense_item.find(text) != CLASSES[label_of(code)]:
                return None  # 301 | 01 | 基本工资
            name = cell
        elif name is not None and parse_amount(cell.text) is not None:
            return cell if not _is_code_column(view, cell) else None
        elif name is not None and text in CLASSES:
            return None
        cell = view.right_of(cell)
    return None


def _is_code_column(view: GridView, cell: Cell) -> bool:
    return any("科目" in label_of(c) for c in _chain(view, cell.col, cell.row)[-2:])


def _class_totals(context: FormContext, account: Account, stage: str) -> None:
    """The 合计 row of a table of classes: its total, and 人员 and 公用 where they are columns."""
    view = context.view
    whole = next((r for r in range(1, view.n_rows) if _is_whole(context, r)), None)
    if whole is None:
        return
    for cell in view.own(whole):
        if parse_amount(cell.text) is None:
            continue
        item = _column_item(context, cell.col, whole, income=False)
        known = {e.item for e in account.entries}
        if item is None and "total" not in known:
            item = "total"
        if item in ("total", "personnel", "public") and item not in known:
            basis, year = _column_basis(context, cell.col, whole, stage)
            account.entries.append(Entry("expense", item, cell, item, basis, year))
