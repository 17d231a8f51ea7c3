"""Which doubts of a cell forbid publishing what it says: a figure, a name, words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orchestration.reading.document import Cell, Doubt, DoubtKind

#: Doubts that make a figure unfit to be published (DESIGN.md, Reading twice).
WITHHOLDING = frozenset(
    {
        DoubtKind.DISAGREEMENT,
        DoubtKind.OVERPRINT,
        DoubtKind.LOW_OCR,
        DoubtKind.UNMAPPED,
        DoubtKind.STRUCTURE,
        DoubtKind.CUT,
    }
)
#: Doubts of a project's name that make it another name …
TORN_NAME = frozenset(
    {DoubtKind.DISAGREEMENT, DoubtKind.OVERPRINT, DoubtKind.STRUCTURE, DoubtKind.CUT}
)
#: … and those by which it may be misread.
NAME_DOUBTS = TORN_NAME | {DoubtKind.OVERFLOW, DoubtKind.UNMAPPED}
#: Doubts that make words unfit to be published.
TEXT_DOUBTS = TORN_NAME | {DoubtKind.UNMAPPED}
#: A cell of nothing but figures parted by blanks, or a label with the head of a number behind it.
_TORN_CELL = re.compile(
    r"^[\d.,%]*\d[\d.,%]*\s+(?:[\d.,%]+|[-—/]+)(?:\s+[\d.,%]+)*$"
    r"|^(?:其中[:：])?[\u4e00-\u9fff]{2,12}(?:资金|总额|拨款|结转|合计)[:：]?\s+\d[\d.,]*$"
)


def first_of(cell: Cell | None, kinds: frozenset[DoubtKind]) -> Doubt | None:
    """The first doubt of a cell that is of one of some kinds."""
    doubts = cell.doubts if cell is not None else ()
    return next((d for d in doubts if d.kind in kinds), None)


def _one_line(text: str) -> str:
    """A cell's text with its line breaks gone and blanks kept."""
    return re.sub(r"[\r\n]+", "", text).strip()


def has_torn_number(texts: Iterable[str]) -> bool:
    """Whether a number is spread over the cells of a row, cut at the rule between them."""
    return any(_TORN_CELL.match(_one_line(text)) for text in texts)
