"""The total row of an indicator block: full marks, score and grade, by column or in order."""

from __future__ import annotations

import re
from decimal import Decimal

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.grades import (
    blank_field,
    read_grade,
    read_is_grade,
    record_grade,
)
from orchestration.extraction.forms.header_tree import Header
from orchestration.extraction.forms.levels import level_text
from orchestration.extraction.forms.line_values import LineValues
from orchestration.extraction.forms.view import has_digit, label_of
from orchestration.extraction.text import compact, split_weight
from orchestration.extraction.values import parse_number
from orchestration.reading.document import Cell


class TotalRows(LineValues):
    """Reads rows such as ``总分 | 100 | 96``."""

    def __init__(self, context: FormContext, header: Header) -> None:
        super().__init__(context, header)
        self.totalled = False

    def _first_label(self, row: int) -> tuple[Cell, str] | None:
        filled = self.view.filled(row)
        label = next((c for c in filled if parse_number(c.text) is None), None)
        return (label, label_of(label)) if label is not None else None

    def total_row(self, row: int) -> bool:
        """Read ``总分 | 100 | 96`` and its grade; False where a row is none."""
        first = self._first_label(row)
        name, printed = split_weight(first[1]) if first is not None else ("", None)
        if first is not None and self._grade_row(row, first[0]):
            return True
        known = self.context.vocabulary.header("total", name) in ("total", "total_score")
        if first is None or not (known or (name == "得分" and self._lone_label(row))):
            return False
        level3 = self.cell("level3", row)
        named = level3 is not None and level3.text.strip() and level3 is not first[0]
        named = named and not self._over_names(level3)
        if named and level3 is not None and label_of(level3) != first[1]:
            return False  # a copy of the label in every column it covers names nothing
        self._sum_figures(row, first[0], printed)
        for cell in self.view.filled(row):
            grade = self.context.vocabulary.grade(cell.text)
            if grade is not None and cell is not first[0]:
                record_grade(self.context, cell, grade)
            else:
                read_grade(self.context, cell)
        self.view.claim_row(row)
        self.totalled = True
        return True

    def _lone_label(self, row: int) -> Cell | None:
        """The only words of a row, in a level's place, that name no level: no line, some sum."""
        said = [c for c in self.view.filled(row) if parse_number(c.text) is None]
        column = self.header.column("level3")
        if len(said) != 1 or column is None or said[0].col >= column.start:
            return None
        name = level_text(said[0].text)[0] or ""
        words = self.context.vocabulary
        return None if words.level1.find(name) or words.level2.find(name) else said[0]

    def _over_names(self, cell: Cell | None) -> bool:
        """Whether a cell in the place of names reaches over the values: it names no line."""
        column = self.header.column("level3")
        return cell is not None and column is not None and cell.col + cell.colspan > column.end

    def _grade_row(self, row: int, label: Cell) -> bool:
        """``自评等级 | 优`` among the lines."""
        if self.context.vocabulary.header("total", label.text) != "grade":
            return False
        beside = self.view.next_filled(label, row)
        grade = self.context.vocabulary.grade(beside.text) if beside is not None else None
        if beside is None or grade is None or not self._over_names(beside):
            return False
        self.view.claim_row(row)
        record_grade(self.context, beside, grade)
        return True

    def _sum_figures(self, row: int, label: Cell, in_label: str | None) -> None:
        """``总分 | 100 | 96``, by column where the cells keep to them, else by order.

        ``in_label``: the full marks where the label prints them, ``总分（100分）``.
        """
        weight, score = self.cell("weight", row), self.cell("score", row)
        weight = weight if weight is not label else None
        score = score if score is not label else None
        weight = None if self._are_shares() else weight
        levels = [c.start for c in self.header.columns if c.field.startswith("level")]
        numbers = [
            c
            for c in self.view.filled(row)
            if c is not label and has_digit(c.text) and c.col >= min(levels, default=0)
        ]
        aside = score is not None and self.context.vocabulary.grade(score.text) is not None
        if aside and len(numbers) > 1:  # 总分 | 100 | 98 | 优 beside the columns
            weight, score = numbers[0], numbers[1]
        elif score is None or not score.text.strip():
            stray = self._stray_sum(weight, numbers)
            weight, score = (stray, weight) if stray is not None else (weight, score)
        if weight is not None and self._over_both(weight):
            if "得分" not in label_of(label) and not self._is_score(weight):
                self.context.unknown(label, "汇总行")
                return
            weight, score = None, weight
        unplaced = self.header.column("weight") is None or (weight is None and score is None)
        if unplaced and score is None and numbers:
            score = numbers[-1]
            weight = numbers[-2] if len(numbers) > 1 else None
        if self._sum_in_one(score, row):
            return
        for cell, measure, what in (
            (weight, "total_weight", "总分值"),
            (score, "total_score", "总得分"),
        ):
            if cell is None or not cell.text.strip() or read_is_grade(cell.text):
                continue
            if not self._score_with_grade(cell, row, measure):
                self.context.points(cell, what, row, family="evaluation", measure=measure)
        if in_label is not None and (weight is None or not weight.text.strip()):
            self.context.builder.figure(
                self.context.spot(label),
                family="evaluation",
                measure="total_weight",
                value=None if self.context.withheld(label, "总分值") else Decimal(in_label),
                unit="分",
                unit_source="cell",
                **self.context.subject.columns(),
            )
        if score is not None and not score.text.strip() and not self.context.is_target:
            blank_field(self.context, label, "总分", "得分")

    def _over_both(self, cell: Cell) -> bool:
        """Whether a cell lies over the weights and the scores: one figure for two columns."""
        column = self.header.column("score")
        return column is not None and cell.col < column.start < cell.col + cell.colspan

    def _is_score(self, cell: Cell) -> bool:
        """Whether a lone total can be a score only: full marks are no fractions."""
        value = parse_number(cell.text)
        return value is not None and value != value.to_integral_value()

    def _stray_sum(self, weight: Cell | None, numbers: list[Cell]) -> Cell | None:
        """Full marks that stand left of the weights, the score in their place: columns do not hold.

        A total row has no value of an indicator; where someone else scores too, nothing is moved.
        """
        column = self.header.column("weight")
        if weight is None or column is None or self.header.column("reviewer_score") is not None:
            return None
        left = [c for c in numbers if c.col < column.start]
        return left[0] if len(numbers) == 2 and len(left) == 1 and weight in numbers else None

    def _sum_in_one(self, cell: Cell | None, row: int) -> bool:
        """``97.8/100`` in the total row: score and full marks in one cell."""
        found = self.fraction(cell)
        if found is None or cell is None:
            return False
        for measure, value in zip(("total_score", "total_weight"), found, strict=True):
            self.context.builder.figure(
                self.context.spot(cell, row),
                family="evaluation",
                measure=measure,
                value=None if self.context.withheld(cell, "总分") else value,
                unit="分",
                unit_source="inferred",
                **self.context.subject.columns(),
            )
        return True

    def _score_with_grade(self, cell: Cell, row: int, measure: str) -> bool:
        """``98.2分（优）``: the stated total and the grade in one cell."""
        match = re.match(r"^(\d{1,3}(?:\.\d+)?)分?[(,、](\D{1,4}?)[)]?$", compact(cell.text))
        grade = self.context.vocabulary.grade(match[2]) if match else None
        if match is None or grade is None:
            return False
        value = None if self.context.withheld(cell, "总得分") else Decimal(match[1])
        self.context.builder.figure(
            self.context.spot(cell, row),
            family="evaluation",
            measure=measure,
            value=value,
            unit="分",
            unit_source="cell",
            **self.context.subject.columns(),
        )
        record_grade(self.context, cell, grade)
        return True
