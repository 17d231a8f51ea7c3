"""Whether the labels of levels stand before their rows, as they do in a dump cell by cell.

A dump line by line prints a label in the middle of the rows that it covers: the rows above it would
go to the level before. What tells the two apart is where labels stand. Cell by cell, a label that
shares its line with a row covers that row alone (its cell is no higher than the row's); line by
line, an odd number of rows has its label on the middle one, an even number between two of them.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from orchestration.extraction.text import compact, split_weight
from orchestration.extraction.vocabulary import default_vocabulary

_CSV = (
    Path(__file__)
    .resolve()
    .parents[3]
    .joinpath("dbt_project", "seeds", "reference", "indicator_category.csv")
)

#: The third row of a label, counted from 0: no label in the middle stands two rows above one.
_MORE_THAN_TWO = 2


@dataclass(frozen=True, slots=True)
class Printed:
    """A label printed before a row: its words, and whether the row's own line begins with it."""

    level: str  # level1 | level2
    text: str
    shared: bool


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    with _CSV.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return frozenset((row["level1_std"], row["level2_std"]) for row in rows if row["level2_std"])


def before_their_rows(rows: Sequence[Sequence[Printed]]) -> bool:
    """Whether labels stand before their rows beyond doubt; ``rows[n]``: those of row ``n``."""
    proved = _cover_one(rows) or _on_first_rows(rows) or first_reaches_down(rows)
    return proved and _levels_agree(rows)


def first_reaches_down(rows: Sequence[Sequence[Printed]]) -> bool:
    """Whether the first level 1, printed before the first row, surely has more rows below than two.

    It has where a level 2 that belongs to it by its words stands on the third of its rows or below.
    In the middle of three rows and more it would not be printed before the first of them.
    """
    vocabulary = default_vocabulary()
    firsts = [label for label in rows[0] if label.level == "level1"] if rows else []
    if not firsts:
        return False
    first = vocabulary.level1.find(split_weight(compact(firsts[0].text))[0])
    for number, labels in enumerate(rows[1:], start=1):
        if any(label.level == "level1" for label in labels):
            return False
        seconds = [vocabulary.level2.find(split_weight(compact(x.text))[0]) for x in labels]
        if number >= _MORE_THAN_TWO and any((first, x) in _pairs() for x in seconds if x):
            return True
    return False


def every_row_has_all(rows: Sequence[Sequence[Printed]], levels: frozenset[str]) -> bool:
    """Whether each row has its labels printed before it, so that no row borrows one."""
    return bool(rows) and all({label.level for label in labels} == levels for labels in rows)


def some_stand_above(rows: Sequence[Sequence[Printed]]) -> bool:
    """Whether a label on a line of its own stands above the first row or above several rows.

    No label does in a dump line by line, where it stands in the middle of what it covers.
    """
    for number, labels in enumerate(rows):
        below = {label.level for label in rows[number + 1]} if number + 1 < len(rows) else None
        for label in labels:
            several = below is not None and not below & {"level1", label.level}
            if not label.shared and (number == 0 or several):
                return True
    return False


def _levels_agree(rows: Sequence[Sequence[Printed]]) -> bool:
    """Whether no level 2 stands under a level 1 that it does not belong to."""
    vocabulary = default_vocabulary()
    known = {second for _, second in _pairs() if second != "other"}
    first = second = None
    for labels in rows:
        for label in labels:
            words = split_weight(compact(label.text))[0]
            if label.level == "level1":
                first, second = vocabulary.level1.find(words), None
            else:
                second = vocabulary.level2.find(words)
        told = first not in (None, "other") and second in known
        if told and (first, second) not in _pairs():
            return False
    return True


def _cover_one(rows: Sequence[Sequence[Printed]]) -> bool:
    """Whether every label that shares a row's line covers this row alone."""
    for number, labels in enumerate(rows):
        for label in labels:
            if not label.shared or number + 1 == len(rows):
                continue
            following = {one.level for one in rows[number + 1]}
            if not following & {"level1", label.level}:
                return False
    return True


def _on_first_rows(rows: Sequence[Sequence[Printed]]) -> bool:
    """Whether all labels stand on the first of their rows, cells being filled from the top.

    Every level 1 then has a level 2 beside it, and where a level 1 has several of these, it stands
    beside the first: in the middle of its rows it would not.
    """
    several = False
    seconds = 0
    for labels in rows:
        levels = {label.level for label in labels}
        if not all(label.shared for label in labels) or levels == {"level1"}:
            return False
        if "level1" in levels:
            seconds = 0
        seconds += "level2" in levels
        several |= seconds > 1
    return several
