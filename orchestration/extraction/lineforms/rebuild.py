"""Documents with their line forms replaced by grids."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.lineforms.brokenlines import find_broken_forms
from orchestration.extraction.lineforms.cellstream import build_grid, find_runs
from orchestration.reading.document import Block, Document, Grid


def rebuild(document: Document) -> Document:
    """The same document with every line form as a grid; tables are numbered anew in order.

    Documents without line forms come back unchanged.
    """
    found: list[tuple[int, int, Grid]] = [
        (run.first, run.last, build_grid(run, 0)) for run in find_runs(document.blocks)
    ]
    taken = [(first, last) for first, last, _ in found]
    for first, last, grid in find_broken_forms(document.blocks):
        if all(last < a or first > b for a, b in taken):
            found.append((first, last, grid))
    if not found:
        return document
    starts = {first: (last, grid) for first, last, grid in found}
    blocks: list[Block] = []
    index = ordinal = 0
    while index < len(document.blocks):
        block = document.blocks[index]
        if index in starts:
            last, block = starts[index]
            index = last
        if isinstance(block, Grid):
            ordinal += 1
            block = replace(block, ordinal=ordinal)
        blocks.append(block)
        index += 1
    note = f"{len(found)} 张分行表格已还原 / {len(found)} line form(s) put together"
    return replace(document, blocks=tuple(blocks), notes=(*document.notes, note))
