"""Forms on grids: recognised by header signature, read block by block."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.forms.abreast import abreast
from orchestration.extraction.forms.accounts import Account, read_account
from orchestration.extraction.forms.accounts_choice import record_accounts
from orchestration.extraction.forms.form import Outcome, read_grid
from orchestration.extraction.forms.leftovers import report_unclaimed
from orchestration.extraction.segment import GridSegment, grid_segments

__all__ = ["read_forms"]


def _forms_of(builder: RecordBuilder) -> Iterator[GridSegment]:
    """The grids of a document, forms side by side apart; what cannot be parted is held back."""
    for segment in grid_segments(builder.document, builder.vocabulary):
        parts = abreast(segment, builder.vocabulary)
        if parts is not None:
            yield from parts
            continue
        first = segment.grid.cells[0]
        builder.claimed_blocks.add(segment.block)
        builder.issue(
            builder.cell_spot(segment.grid, first, first.row),
            kind="unclaimed_table",
            message=f"表{segment.grid.ordinal}左右并排两张表，有单元格跨越两表，无法分清，未采用 | "
            "two forms side by side with cells over both: held back",
        )


def read_forms(builder: RecordBuilder, year: int | None = None, title: str | None = None) -> None:
    """Read every form on a grid of the builder's document.

    ``year`` is the fiscal year of the document, for forms that do not print one; ``title`` its
    title, for tables that do not say whether they are of accounts or of a budget.
    """
    accounts: list[Account] = []
    before: Outcome | None = None
    for segment in _forms_of(builder):
        outcome, context = read_grid(builder, segment, before, year, title)
        if outcome.recognised:
            report_unclaimed(context)
        elif segment.block not in builder.claimed_blocks:
            account = read_account(context, segment, title)
            accounts += [account] if account is not None else []
        before = outcome if outcome.recognised else None
    record_accounts(builder, accounts)
