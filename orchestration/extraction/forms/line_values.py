"""What an indicator line prints of itself: targets, actual values, points, where they stand."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from orchestration.extraction.forms.header_tree import Column
from orchestration.extraction.forms.levels import LevelReader
from orchestration.extraction.forms.note_weights import noted_weight
from orchestration.extraction.forms.view import GridView, has_digit, label_of
from orchestration.extraction.text import compact, normalise
from orchestration.extraction.values import Target, parse_number, parse_points, parse_target
from orchestration.extraction.vocabulary import Vocabulary
from orchestration.reading.document import Cell

_SCORE = "(\\d{1,3}(?:\\.\\d+)?)分?"
_FRACTION = re.compile(f"^{_SCORE}[/／]{_SCORE}$")

#: What a spreadsheet prints where a formula failed: ``=0起`` typed as a target.
_SHEET_ERROR = re.compile(r"^#(?:N/A|NAME\?|REF!|DIV/0!|VALUE!|NUM!|NULL!)$", re.IGNORECASE)


def _numbers(view: GridView, column: Column, rows: range) -> list[Decimal]:
    """The bare numbers that stand in a column."""
    cells = [c for row in rows for c in view.own(row) if column.start <= c.col < column.end]
    found = (parse_points(c.text) for c in cells)
    return [value for value in found if value is not None]


class LineValues(LevelReader):
    """The values of a line by column and row."""

    #: Whether weights are shares of one (0.12) and no points; None until asked.
    shares: bool | None = None
    said = False

    def adjusted_target(self, row: int) -> Cell | None:
        """The cell of an adjusted target (``调整指标值``), which is what the year is measured by.

        Blank, or where it says that nothing was adjusted, the first target holds.
        """
        cell = self.cell("adjusted_target", row)
        if cell is None or self.context.is_blank(cell):
            return None
        if self.context.vocabulary.is_unchanged(label_of(cell)):
            return None
        return cell

    def reason(self, row: int) -> str | None:
        """Why a line deviates: the words in the columns below ``偏差原因分析``, ticks left out."""
        columns = [c for c in self.header.columns if c.field == "deviation_reason"]
        if len(columns) < 2:
            return self.text("deviation_reason", row, "偏差原因")
        said = []
        for column in columns:
            for cell in self.view.span(row, column.start, column.end):
                self.view.claim(cell)
                words = len(compact(cell.text)) > 1 and not self.context.is_blank(cell)
                if words and cell.row == row and not self.context.text_withheld(cell, "偏差原因"):
                    said.append(normalise(cell.text))
        return ";".join(said) or None

    def value_cell(self, name: str, row: int) -> Cell | None:
        """The cell of a value; of the target the one in force."""
        adjusted = self.adjusted_target(row) if name == "target" else None
        return adjusted or self.cell(name, row)

    def fraction(self, cell: Cell | None) -> tuple[Decimal, Decimal] | None:
        """Score and weight printed in one cell, ``18/20``; in ``分值/得分`` the weight is first."""
        match = _FRACTION.match(compact(cell.text)) if cell is not None else None
        column = self.header.column("score")
        if match is None or column is None:
            return None
        score, weight = Decimal(match[1]), Decimal(match[2])
        if re.match(r"(?:指标)?(?:分值|权重|满分|标准分)", column.header):
            score, weight = weight, score
        return (score, weight) if score <= weight else None

    def _points(self, name: str, row: int, what: str) -> Decimal | None:
        """The points of a line; those of one cell beside several names are nobody's alone."""
        cell = self.cell(name, row)
        if name == "weight" and self.header.column("weight") is None:
            cell = self.cell("score", row)  # 得分/分值: 18/20
            if self.fraction(cell) is None:
                return None
        if cell is not None and cell.rowspan > 1 and has_digit(cell.text):
            names = {
                (c.row, c.col)
                for at in range(cell.row, cell.row + cell.rowspan)
                for c in self.cells("level3", at)
                if c.text.strip()
            }
            if len(names) > 1:
                self.view.claim(cell)
                self.context.shared(cell, what)
                return None
        if name == "score" and cell is not None and self._is_rate(cell, row):
            self.context.unread(cell, what)
            return None
        if name == "weight" and cell is not None:
            noted = noted_weight(cell.text)
            if noted is not None or self._are_shares():
                return self._odd_weight(cell, noted, what)
        found = self.fraction(cell) if name in ("weight", "score") else None
        if found is None or cell is None:
            return self.context.points_value(cell, what)
        self.view.claim(cell)
        return None if self.context.withheld(cell, what) else self._part(name, row, cell, found)

    def _odd_weight(self, cell: Cell, noted: Decimal | None, what: str) -> Decimal | None:
        """A weight with its word before it; one that is a share of one is none."""
        self.view.claim(cell)
        if noted is None:
            self._report_shares(cell)
            return None
        return None if self.context.withheld(cell, what) else noted

    def _are_shares(self) -> bool:
        """``0.12`` below 权重 where every weight is below one and some score above: no points."""
        column, scores = self.header.column("weight"), self.header.column("score")
        if column is None or scores is None:
            return False
        if self.shares is None:
            rows = range(self.header.bottom + 1, self.view.n_rows)
            weights = _numbers(self.view, column, rows)
            points = _numbers(self.view, scores, rows)
            self.shares = len(weights) > 1 and max(weights) <= 1 and max(points, default=0) > 1
        return self.shares

    def _report_shares(self, cell: Cell) -> None:
        """Say once that the weights are no points."""
        if not self.said:
            self.context.builder.issue(
                self.context.spot(cell),
                kind="unread_figure",
                message=f"{self.context.where(cell)}起的权重以小数表示，不是分值，未采用 | "
                "weights are shares of one, no points: not used",
                first_reading=normalise(cell.text),
            )
        self.said = True

    def _is_rate(self, cell: Cell, row: int) -> bool:
        """``98.75%`` as a score: how far a target was met, unless weights are per cents too."""
        if not compact(cell.text).endswith("%"):
            return False
        column, weight = self.header.column("score"), self.cell("weight", row)
        weighed = weight is not None and compact(weight.text).endswith("%")
        return not weighed and column is not None and "%" not in column.header

    def _part(
        self, name: str, row: int, cell: Cell, found: tuple[Decimal, Decimal]
    ) -> Decimal | None:
        """Score or weight of a fraction, if the weight's own column says the same."""
        score, weight = found
        own = self.cell("weight", row)
        stated = parse_points(own.text) if own is not None else None
        if stated is not None and stated != weight:
            self.context.unread(cell, "得分")
            return None
        return weight if name == "weight" else score

    def _unit_in_name(self, name: str | None) -> str | None:
        """``服务成本（万元）``: a known unit in brackets behind the name is the values' unit."""
        match = re.search(r"\(([^()]{1,6})\)$", name or "")
        known = self.context.vocabulary.unit(match[1]) if match else None
        return known.unit if known is not None else None

    def _anchor(self, row: int) -> Cell:
        cells = self.cells("level3", row, own=False) or self.view.covering(row)
        own = [c for c in cells if c.row == row] or self.view.own(row) or cells
        return own[0]

    def _value(self, name: str, row: int, values: dict[str, str | None]) -> Target | None:
        """A target or actual; a suspicious sign is reported, what is in doubt is None."""
        text = values[name]
        if text is None:
            return Target()
        found = parse_target(text, values["unit"], values["operator"], self.context.vocabulary)
        cell = self.value_cell(name, row)
        if cell is None:
            return found
        what = "指标值" if name == "target" else "完成值"
        if found.value is None:
            failed = bool(_SHEET_ERROR.match(text.strip()))
            if failed:
                self.context.unread(cell, what)
            return None if failed or self.context.text_withheld(cell, what) else found
        if found.doubt and self.context.builder.document.is_scanned:
            self.context.builder.issue(
                self.context.spot(cell, row),
                kind="unread_figure",
                message=f"{self.context.where(cell)}：{found.doubt} | comparison sign misread?",
                first_reading=text,
            )
            return Target()
        if self.context.withheld(cell, what):
            return None
        sign = self.cells("operator", row) if values["operator"] else []
        beside = [*(self.cells("unit", row) if values["unit"] else []), *sign]
        return None if any(self.context.text_withheld(c, what) for c in beside) else found

    def _boxes(self, row: int) -> str | None:
        boxes: dict[str, Any] = {}
        for name in ("target", "actual", "weight", "score"):
            cell = self.value_cell(name, row)
            if cell is not None and cell.place.bbox is not None and cell.text.strip():
                boxes[name] = [cell.place.page, str(cell.place.bbox)]
        return json.dumps(boxes, ensure_ascii=False) if boxes else None


_SYMBOL = re.compile(r"^[≥≤><]=?$")  # a bare number already means "="
_BARE = re.compile(r"^\s*(?P<sign>[≥≤><=]=?)?(?P<number>[\d,.\s]+)(?P<unit>[%‰])?\s*$")
_NUMBER_AND_UNIT = re.compile(r"^\s*[\d,.]+\s*[^\d\s≥≤><=~、/—-][^\d]{0,7}$")


def compose(text: str | None, values: dict[str, str | None], words: Vocabulary) -> str | None:
    """A value whose sign or unit stands in a column of its own, as one text: ``≥95%``."""
    bare = _BARE.match(text) if text is not None else None
    sign = _sign(values["operator"], words)
    if bare is None or parse_number(bare["number"]) is None:
        with_unit = text is not None and _NUMBER_AND_UNIT.match(text)
        return f"{sign}{text}" if with_unit else text
    sign = sign if not bare["sign"] else ""
    return f"{sign}{text}{'' if bare['unit'] else values['unit'] or ''}"


def _sign(printed: str | None, words: Vocabulary) -> str:
    """What a column of signs adds to a value: ``≥``, ``大于等于``; a bare number means equal."""
    sign = compact(printed or "")
    compared = words.operator_symbol(sign) not in (None, "=") and "向" not in sign  # 正向指标
    return sign if _SYMBOL.match(sign) or compared else ""
