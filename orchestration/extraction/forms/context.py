"""What is known while one form is read: whose it is, its unit, and how figures are recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from orchestration.extraction.builder import RecordBuilder, Spot
from orchestration.extraction.forms.doubts import (
    NAME_DOUBTS,
    TEXT_DOUBTS,
    TORN_NAME,
    WITHHOLDING,
    first_of,
    has_torn_number,
)
from orchestration.extraction.forms.prior import amount_and_prior
from orchestration.extraction.forms.subject import Subject
from orchestration.extraction.forms.view import GridView, has_digit
from orchestration.extraction.text import compact, normalise
from orchestration.extraction.values import (
    Amount,
    parse_amount,
    parse_number,
    parse_percent,
    parse_points,
)
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell, Doubt, DoubtKind, Grid

_NEVER_NEGATIVE = frozenset({"initial_budget", "annual_budget"})
_PERCENT_HEADER = re.compile(r"%|百分")


@dataclass(slots=True)
class FormContext:
    """One form on one grid while it is read."""

    builder: RecordBuilder
    view: GridView
    subject: Subject
    unit: str | None = None  # money unit of the form
    unit_source: str | None = None  # header | caption
    family: str = "generic"
    heading: str | None = None  # the line above the grid
    is_target: bool = False  # budget-stage form: no execution, no score
    is_monitoring: bool = False  # filled in at mid-year: its execution is not the year's
    has_stages: bool = False  # a funding block tells the stages of the budget apart
    table: int | None = None  # handle of the current indicator table
    seen_parts: set[tuple[int, int]] = field(default_factory=set)
    #: Rows in which a number has left its cell (row → whether), found out once.
    _torn: dict[int, bool] = field(default_factory=dict)

    @property
    def vocabulary(self) -> Vocabulary:
        """The word lists."""
        return self.builder.vocabulary

    @property
    def grid(self) -> Grid:
        """The grid being read."""
        return self.view.grid

    def spot(self, cell: Cell, row: int | None = None) -> Spot:
        """Where a cell stands."""
        return self.builder.cell_spot(self.grid, cell, row)

    # --- what cannot be used ---------------------------------------------------------------------

    def where(self, cell: Cell) -> str:
        """The place of a cell in words: 第3页表2第5行第4列."""
        page = f"第{cell.place.page}页" if cell.place.page else ""
        return f"{page}表{self.grid.ordinal}第{cell.row + 1}行第{cell.col + 1}列"

    def withheld(self, cell: Cell, what: str) -> bool:
        """Whether a cell's doubts forbid publishing its figure; reports them once."""
        doubt = first_of(cell, WITHHOLDING)
        if doubt is None:
            return self._is_in_torn_row(cell, what)
        readings = f"两次读数“{doubt.first or normalise(cell.text)}”与“{doubt.second or '—'}”"
        self._report(
            cell,
            f"{self.where(cell)}的{what}不可信：{doubt.detail}（{readings}） | "
            f"{what} withheld: {doubt.kind.value}",
            kind="disagreement" if doubt.kind is DoubtKind.DISAGREEMENT else "unread_figure",
            severity="error",
            doubt=doubt,
        )
        return True

    def doubt_name(self, cell: Cell, name: str) -> None:
        """Report a project's name that may not be what is printed: a name is a key.

        Two readings that differ, text over text, a row that may be cut in two, or a name cut off by
        its cell hold the document back; one that runs over the border lowers its confidence.
        """
        printed = compact(cell.text)
        if compact(name) not in printed and printed not in compact(name):
            return
        doubt = first_of(cell, NAME_DOUBTS)
        if doubt is None:
            return
        torn = doubt.kind in TORN_NAME
        self._report(
            cell,
            f"{self.where(cell)}的项目名称“{normalise(cell.text)[:40]}”可能不完整："
            f"{doubt.detail.split(' | ')[0]} | project name in doubt: {doubt.kind.value}",
            kind="disagreement" if torn else "low_confidence",
            severity="error" if torn else "warning",
            doubt=doubt,
        )

    def text_withheld(
        self, cell: Cell | None, what: str, *, dropped: str = "文字", severity: str = "warning"
    ) -> bool:
        """Whether a cell's words cannot be told (text over text, a row cut in two); reports them.

        Words are no figures: without them the rest of the report stands. ``dropped`` says what is
        left out with them; ``severity`` is ``error`` where these are figures.
        """
        doubt = first_of(cell, TEXT_DOUBTS)
        if cell is None or doubt is None:
            return False
        self._report(
            cell,
            f"{self.where(cell)}的{what}文字不可信，{dropped}未采用："
            f"{doubt.detail.split(' | ')[0]} | {what} withheld: {doubt.kind.value}",
            severity=severity,
            doubt=doubt,
        )
        return True

    def is_doubted(self, cell: Cell | None) -> bool:
        """Whether a cell's words cannot be told; reports nothing."""
        return first_of(cell, TEXT_DOUBTS) is not None

    def is_cut_open(self, cell: Cell) -> bool:
        """Whether it cannot be told which row a cell belongs to."""
        return first_of(cell, frozenset({DoubtKind.STRUCTURE})) is not None

    def _is_in_torn_row(self, cell: Cell, what: str) -> bool:
        """Whether a number of the cell's row is spread over cells: then none of them is sure.

        Text that overflows its cell is cut at the rule: ``43`` | ``6000.0`` | ``0 42``. The pieces
        look like numbers, so one torn cell withholds the figures of its row.
        """
        if cell.row not in self._torn:
            self._torn[cell.row] = has_torn_number(c.text for c in self.view.own(cell.row))
            if self._torn[cell.row]:
                self._report(
                    cell,
                    f"{self.where(cell)}所在行有数字越出单元格，该行{what}等数字不可信 | "
                    "a number leaves its cell: the figures of this row are withheld",
                    severity="error",
                    first=self.builder.row_text(self.grid, cell.row),
                )
        return self._torn[cell.row]

    def unread(self, cell: Cell, what: str) -> None:
        """Report a figure that is printed but cannot be read."""
        self._report(
            cell,
            f"{self.where(cell)}的{what}“{normalise(cell.text)[:40]}”不是一个数字 | "
            f"{what} is not one number",
        )

    def parted(self, cell: Cell, what: str) -> None:
        """Report a label that may be a piece of one which a page break tears apart."""
        self._report(
            cell,
            f"{self.where(cell)}的{what}“{normalise(cell.text)[:40]}”可能被分页截断，未采用 | "
            f"{what} may be torn apart by a page break",
        )

    def shared(self, cell: Cell, what: str) -> None:
        """Report a figure that stands beside several lines and is no single one's."""
        self._report(
            cell,
            f"{self.where(cell)}的{what}“{normalise(cell.text)[:40]}”由多行合用，未归入任何一行 | "
            f"{what} stands beside several lines",
        )

    def unknown(self, cell: Cell, what: str) -> None:
        """Report a wording that the vocabulary does not know."""
        self.builder.issue(
            self.spot(cell),
            kind="unknown_word",
            message=f"{self.where(cell)}的{what}“{normalise(cell.text)[:40]}”不在词表中 | "
            f"{what} unknown to the vocabulary",
        )

    def _report(
        self,
        cell: Cell,
        message: str,
        *,
        kind: str = "unread_figure",
        severity: str = "warning",
        doubt: Doubt | None = None,
        first: str | None = None,
    ) -> None:
        """An issue of a cell, with both readings where there are two."""
        said = doubt.first if doubt is not None else first
        self.builder.issue(
            self.spot(cell),
            kind=kind,
            severity=severity,
            message=message,
            first_reading=said or normalise(cell.text),
            second_reading=doubt.second if doubt is not None else None,
        )

    # --- figures ---------------------------------------------------------------------------------

    def is_blank(self, cell: Cell | None) -> bool:
        """Whether a cell is missing or prints nothing."""
        return cell is None or self.vocabulary.is_blank(cell.text)

    def amount(self, cell: Cell, header: str = "") -> tuple[Amount | None, str | None, str | None]:
        """The amount a cell prints, its unit and where the unit is printed."""
        found = parse_amount(cell.text)
        if found is None:
            return None, None, None
        if found.unit:
            return found, found.unit, "cell"
        in_header = self.vocabulary.money_unit(header)
        if in_header:
            return found, in_header, "header"
        return found, self.unit, self.unit_source

    def money(
        self,
        cell: Cell | None,
        what: str,
        header: str = "",
        row: int | None = None,
        **fields: Any,  # noqa: ANN401 - columns of FigureRecord
    ) -> Decimal | None:
        """Record the amount of a cell; blank cells record nothing. Returns its value."""
        if cell is None or self.is_blank(cell):
            self.view.claim(cell)
            return None
        self.view.claim(cell)
        amount, unit, source = self.amount(cell, header)
        if amount is None and "amount_year" in fields and self._with_prior(cell, what, fields):
            return None
        value = amount.value if amount else None
        if amount is None:
            if not has_digit(cell.text):
                return None
            self.unread(cell, what)
        if self.withheld(cell, what) or self._is_negative_budget(cell, what, value, fields):
            value = None
        self.builder.figure(
            self.spot(cell, row),
            value=value,
            unit=unit,
            unit_source=source,
            is_approximate=amount.approximate if amount else False,
            **{**self.subject.columns(), **fields},
        )
        return value

    def _with_prior(self, cell: Cell, what: str, fields: dict[str, Any]) -> bool:
        """Record an amount with the one of the year before in brackets behind it."""
        found = amount_and_prior(cell.text)
        year = fields["amount_year"]
        if found is None or (year is None and found[1] is None):
            return False
        now, named, then = found
        before = named if named is not None else year - 1
        withheld = self.withheld(cell, what)
        for amount, at in ((now, year), (then, before)):
            self.builder.figure(
                self.spot(cell),
                value=None if withheld else amount.value,
                unit=amount.unit or self.unit,
                unit_source="cell" if amount.unit else self.unit_source,
                **{**self.subject.columns(), **fields, "amount_year": at},
            )
        return True

    def _is_negative_budget(
        self,
        cell: Cell,
        what: str,
        value: Decimal | None,
        fields: dict[str, Any],
    ) -> bool:
        """Whether a budget below zero is printed: no authority to spend is, so it is held back."""
        if value is None or value >= 0 or fields.get("measure") not in _NEVER_NEGATIVE:
            return False
        self._report(
            cell,
            f"{self.where(cell)}的{what}“{normalise(cell.text)[:40]}”为负数，不采用 | "
            f"{what} is negative: withheld",
        )
        return True

    def points_value(self, cell: Cell | None, what: str) -> Decimal | None:
        """The points in a cell; None where blank, unreadable or in doubt (then reported)."""
        if cell is None or self.is_blank(cell):
            self.view.claim(cell)
            return None
        self.view.claim(cell)
        value = parse_points(cell.text)
        if value is None:
            percent = parse_percent(cell.text)  # 权重(%) printed with the sign
            if percent is not None:
                value = percent
        if value is None:
            if has_digit(cell.text):
                self.unread(cell, what)
            return None
        return None if self.withheld(cell, what) else value

    def points(
        self,
        cell: Cell | None,
        what: str,
        row: int | None = None,
        **fields: Any,  # noqa: ANN401 - columns of FigureRecord
    ) -> Decimal | None:
        """Record the points of a cell."""
        if cell is None or self.is_blank(cell):
            self.view.claim(cell)
            return None
        value = self.points_value(cell, what)
        if value is not None or has_digit(cell.text):
            self.builder.figure(
                self.spot(cell, row),
                value=value,
                unit="分",
                unit_source="inferred",
                **{**self.subject.columns(), **fields},
            )
        return value

    def points_text(self, cell: Cell, text: str) -> None:
        """Record a weight of budget execution printed inside a label: ``执行率分值（10分）``."""
        value = None if self.withheld(cell, "执行率分值") else parse_points(text)
        self.builder.figure(
            self.spot(cell),
            family="budget",
            measure="weight",
            item="total",
            value=value,
            unit="分",
            unit_source="cell",
            **self.subject.columns(),
        )

    def rate(
        self,
        cell: Cell | None,
        header: str,
        expected: Decimal | None,
        row: int | None = None,
        **fields: Any,  # noqa: ANN401 - columns of FigureRecord
    ) -> None:
        """Record a printed rate; its unit is ``%`` where cell or header says so.

        A bare number is a per cent or a ratio, whichever is nearer to ``expected`` (a ratio).
        """
        if cell is None or self.is_blank(cell):
            self.view.claim(cell)
            return
        self.view.claim(cell)
        unit, source = "%", "cell"
        value = parse_percent(cell.text)
        if value is None:
            value = parse_number(cell.text)
            source = "header"
            if value is not None and not _PERCENT_HEADER.search(compact(header)):
                unit, source = _rate_unit(value, expected), "inferred"
        if value is None:
            if not has_digit(cell.text):
                return
            self.unread(cell, "执行率")
        elif self.withheld(cell, "执行率"):
            value = None
        self.builder.figure(
            self.spot(cell, row),
            value=value,
            unit=unit,
            unit_source=source,
            **{**self.subject.columns(), **fields},
        )


def _rate_unit(value: Decimal, expected: Decimal | None) -> str:
    """Whether a rate without a sign is a per cent (``%``) or a plain ratio (``倍``)."""
    if expected is not None:
        return "%" if abs(value / 100 - expected) <= abs(value - expected) else "倍"
    return "倍" if value <= Decimal("1.5") else "%"
