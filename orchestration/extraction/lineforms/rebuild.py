"""Documents with their line forms replaced by grids."""

from __future__ import annotations

from dataclasses import dataclass, replace

from orchestration.extraction.lineforms.brokenlines import find_broken_forms
from orchestration.extraction.lineforms.cellgrid import build_grid
from orchestration.extraction.lineforms.cellstream import find_runs
from orchestration.extraction.lineforms.statisticlines import find_statistics
from orchestration.extraction.lineforms.targetlines import find_target_forms
from orchestration.reading.document import Block, Document, Grid, Paragraph


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A document with its line forms as grids, and those held back: blocks first..last of it."""

    document: Document
    held_back: tuple[tuple[int, int], ...] = ()


def rebuild(document: Document) -> Document:
    """The same document with every line form as a grid; tables are numbered anew in order.

    Documents without line forms come back unchanged.
    """
    return rebuild_forms(document).document


def rebuild_forms(document: Document) -> Rebuilt:
    """Line forms as grids; a form that could be read in more than one way is held back.

    The lines of a form held back stay in the document as they are. They are no running text: what a
    row says without its table is anybody's guess.
    """
    found: list[tuple[int, int, Grid | None]] = [
        (run.first, run.last, build_grid(run, 0)) for run in find_runs(document.blocks)
    ]
    for first, last, grid in (
        *find_target_forms(document.blocks),
        *find_broken_forms(document.blocks),
        *find_statistics(document.blocks),
    ):
        if all(last < a or first > b for a, b, _ in found):
            found.append((first, last, grid))
    if not found:
        return Rebuilt(document)
    starts = {first: (last, grid) for first, last, grid in found}
    blocks: list[Block] = []
    held_back: list[tuple[int, int]] = []
    index = ordinal = 0
    while index < len(document.blocks):
        block = document.blocks[index]
        if index in starts:
            last, grid = starts[index]
            if grid is None:
                held_back.append((len(blocks), len(blocks) + last - index))
                blocks += document.blocks[index : last + 1]
                index = last + 1
                continue
            block, index = grid, last
        if isinstance(block, Grid):
            ordinal += 1
            block = replace(block, ordinal=ordinal)
        blocks.append(block)
        index += 1
    made = len(found) - len(held_back)
    notes = document.notes
    if made:
        notes += (f"{made} 张分行表格已还原 / {made} line form(s) put together",)
    if not made and len(blocks) == len(document.blocks):
        return Rebuilt(document, tuple(held_back))
    return Rebuilt(replace(document, blocks=tuple(blocks), notes=notes), tuple(held_back))


def title_of(block: Block) -> str:
    """The first words of a held-back form, to name it by."""
    return block.text.strip()[:24] if isinstance(block, Paragraph) else ""
