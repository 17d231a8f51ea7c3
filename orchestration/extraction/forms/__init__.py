"""Forms on grids: recognised by header signature, read block by block."""

from __future__ import annotations

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.forms.accounts import Account, read_account
from orchestration.extraction.forms.accounts_choice import record_accounts
from orchestration.extraction.forms.form import Outcome, read_grid
from orchestration.extraction.forms.leftovers import report_unclaimed
from orchestration.extraction.segment import grid_segments

__all__ = ["read_forms"]


def read_forms(builder: RecordBuilder, year: int | None = None, title: str | None = None) -> None:
    """Read every form on a grid of the builder's document.

    ``year`` is the fiscal year of the document, for forms that do not print one; ``title`` its
    title, for tables that do not say whether they are of accounts or of a budget.
    """
    accounts: list[Account] = []
    before: Outcome | None = None
    for segment in grid_segments(builder.document, builder.vocabulary):
        outcome, context = read_grid(builder, segment, before, year, title)
        if outcome.recognised:
            report_unclaimed(context)
        elif segment.block not in builder.claimed_blocks:
            account = read_account(context, segment, title)
            accounts += [account] if account is not None else []
        before = outcome if outcome.recognised else None
    record_accounts(builder, accounts)
