"""A document cut into forms and running text: what stands above a grid belongs to it.

A form's title, unit caption and year are often printed above its grid rather than in it. A grid
without title and identification of its own goes on with the form before it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from orchestration.extraction.text import compact, normalise
from orchestration.extraction.values import find_year
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Document, Grid, Paragraph

_TITLE = re.compile(
    r"(?:绩效|自评|支出|决算|预算|评价|收入|资产|经费).{0,30}(?:表|情况)(?:[(（].{0,20}[)）])?$"
)
_FORM_TITLE = re.compile(r"绩效.{0,24}表|自评.{0,12}表|绩效目标.{0,10}表|指标.{0,6}表")
_CAPTION_LENGTH = 60
_ABOVE = 8  # lines above a grid that may belong to it


@dataclass(frozen=True, slots=True)
class Above:
    """What is printed above a grid, after the grid or long text before it."""

    lines: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    title: str | None = None
    unit: str | None = None
    year: int | None = None
    #: Nothing but page furniture stands between this grid and the one before.
    follows_grid: bool = False


@dataclass(slots=True)
class GridSegment:
    """A grid and what belongs to it."""

    block: int
    grid: Grid
    above: Above = field(default_factory=Above)


def is_form_title(text: str) -> bool:
    """Whether a short line is the title of a performance form."""
    short = compact(text)
    return len(short) <= _CAPTION_LENGTH and bool(_FORM_TITLE.search(short))


def _is_furniture(text: str) -> bool:
    """Page numbers and the like."""
    return bool(re.fullmatch(r"[-—–\s]*(?:第?\d{1,4}页?(?:共\d{1,4}页)?)[-—–\s]*|", compact(text)))


def _running_lines(document: Document, vocabulary: Vocabulary) -> frozenset[str]:
    """Short lines printed again and again (running heads); titles, units and years are none."""
    counts = Counter(
        compact(line) for paragraph in document.paragraphs() for line in paragraph.text.split("\n")
    )
    return frozenset(
        line
        for line, count in counts.items()
        if count > 1
        and len(line) <= _CAPTION_LENGTH
        and not is_form_title(line)
        and vocabulary.money_unit(line) is None
        and not re.fullmatch(r"[(（]?20\d{2}年度?[)）]?", line)
    )


def _look_above(
    document: Document, index: int, vocabulary: Vocabulary, running: frozenset[str]
) -> Above:
    lines: list[str] = []
    paragraphs: list[Paragraph] = []
    follows = False
    for block in reversed(document.blocks[:index]):
        if isinstance(block, Grid):
            follows = not lines
            break
        texts = [
            t
            for t in block.text.split("\n")
            if t.strip() and not _is_furniture(t) and compact(t) not in running
        ]
        if not texts:
            continue
        lines = [*texts, *lines]
        paragraphs.insert(0, block)
        if len(lines) >= _ABOVE or len(compact(block.text)) > 4 * _CAPTION_LENGTH:
            break
    lines = lines[-_ABOVE:]
    title = unit = year = None
    for line in reversed(lines):
        short = compact(line)
        if len(short) > _CAPTION_LENGTH:
            break
        unit = unit or vocabulary.money_unit(line)
        if title is None and _TITLE.search(short):
            title = normalise(line)
        if year is None and re.search(r"年", short):
            year = find_year(line)
    return Above(tuple(lines), tuple(paragraphs), title, unit, year, follows)


def grid_segments(document: Document, vocabulary: Vocabulary) -> list[GridSegment]:
    """Every grid of a document with what is printed above it."""
    running = _running_lines(document, vocabulary)
    return [
        GridSegment(index, block, _look_above(document, index, vocabulary, running))
        for index, block in enumerate(document.blocks)
        if isinstance(block, Grid)
    ]
