"""Does a document read back hold the manuscript's tables, cell by cell?

This module knows the ``Document`` contract and nothing of the readers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from orchestration.reading.document import Document, Grid
from tests.typeset.makers.fonts import RADICALS
from tests.typeset.table import Manuscript, Table

Key = tuple[int, int, int, int, str]  # row, column, row span, column span, text without blanks

_BACK = {ord(radical): plain for plain, radical in ((chr(k), v) for k, v in RADICALS.items())}


def bare(text: str) -> str:
    """Text as it is compared: NFKC, radicals as characters, no white space."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(_BACK)))


def expected(table: Table) -> set[Key]:
    """What a reader must find."""
    return {(c.row, c.col, c.rowspan, c.colspan, bare(c.text)) for c in table.cells}


def found(grid: Grid) -> set[Key]:
    """What a reader found."""
    return {(c.row, c.col, c.rowspan, c.colspan, bare(c.text)) for c in grid.cells}


@dataclass(slots=True)
class TableCheck:
    """One table: the cells that the reader missed and those that it made up."""

    ordinal: int
    cells: int
    missing: list[Key] = field(default_factory=list)
    extra: list[Key] = field(default_factory=list)
    grid: int | None = None

    @property
    def exact(self) -> bool:
        return not self.missing and not self.extra

    def report(self) -> str:
        """The first differences, for a failing test."""
        shown = [f"- {k}" for k in sorted(self.missing)[:12]]
        shown += [f"+ {k}" for k in sorted(self.extra)[:12]]
        return f"table {self.ordinal} (grid {self.grid}):\n" + "\n".join(shown)


def check_tables(document: Document, manuscript: Manuscript) -> list[TableCheck]:
    """Compare every table of the manuscript with the grid that is most like it.

    A grid may begin with rows of its own (a sheet's heading above the table): rows are shifted.
    """
    grids = list(document.grids())
    used: set[int] = set()
    checks = []
    for ordinal, table in enumerate(manuscript.tables(), 1):
        want = expected(table)
        best: TableCheck | None = None
        for index, grid in enumerate(grids):
            if index in used:
                continue
            got = found(grid)
            for shift in _shifts(want, got):
                moved = _rejoined(want, {(r - shift, *rest) for r, *rest in got if r >= shift})
                check = TableCheck(
                    ordinal,
                    len(want),
                    sorted(want - moved),  # type: ignore[arg-type]
                    sorted(moved - want),  # type: ignore[arg-type]
                    index,
                )
                if best is None or len(check.missing) + len(check.extra) < len(best.missing) + len(
                    best.extra
                ):
                    best = check
        if best is None or len(best.missing) == len(want):
            best = TableCheck(ordinal, len(want), sorted(want))
        elif best.grid is not None:
            used.add(best.grid)
        checks.append(best)
    return checks


def _rejoined(want: set[Key], got: set[Key]) -> set[Key]:
    """Blank boxes under a merged cell that a page break cut count as its part.

    On paper the rest of such a cell is a box of its own on the next page: whether it belongs to the
    cell above is no fact of the page.
    """
    joined = set(got)
    for key in want - got:
        row, col, rows, cols, text = key
        if rows == 1:
            continue
        pieces = [k for k in joined if k[1] == col and k[3] == cols and row <= k[0] < row + rows]
        pieces.sort()
        texts = [p[4] for p in pieces]
        if (
            pieces
            and pieces[0][0] == row
            and sum(p[2] for p in pieces) == rows
            and texts[0] == text
            and not any(texts[1:])
        ):
            joined -= set(pieces)
            joined.add(key)
    return joined


def _shifts(want: set[Key], got: set[Key]) -> Iterable[int]:
    """Row shifts worth trying: where a first-row text of the table stands in the grid."""
    first = {k[4] for k in want if k[0] == 0 and k[4]}
    return {0, *(k[0] for k in got if k[4] in first)}


def missing_paragraphs(document: Document, manuscript: Manuscript) -> list[str]:
    """Paragraphs of the manuscript that are in no paragraph (or heading row) of the document."""
    flow = bare("".join(p.text for p in document.paragraphs()))
    cells = bare("".join(c.text for g in document.grids() for c in g.cells))
    return [p.text for p in manuscript.paragraphs() if bare(p.text) not in flow + cells]
