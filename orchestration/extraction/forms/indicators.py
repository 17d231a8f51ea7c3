"""The indicator block: one record a line, level cells with their weights, totals and grade."""

from __future__ import annotations

import re
from decimal import Decimal

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.going_on import map_columns, repeated_rows
from orchestration.extraction.forms.grades import (
    read_grade,
    read_stated_total,
)
from orchestration.extraction.forms.header_tree import Header
from orchestration.extraction.forms.headers import is_repeat
from orchestration.extraction.forms.identity_rows import is_personal_row, read_pairs
from orchestration.extraction.forms.levels import level_text, parent_of
from orchestration.extraction.forms.line_totals import TotalRows
from orchestration.extraction.forms.line_values import compose
from orchestration.extraction.forms.note_weights import with_noted_weights
from orchestration.extraction.forms.part_year import without_state
from orchestration.extraction.forms.view import has_digit, label_of
from orchestration.extraction.forms.years_apart import own_years_targets
from orchestration.extraction.text import compact, normalise
from orchestration.extraction.values import Target
from orchestration.reading.document import Cell

#: Columns by which a target or actual value is understood.
_AS_VALUES = ("target", "actual", "unit", "operator", "nature", "adjusted_target", "description")
#: Columns of words that are published as they are.
_TEXTS = {
    "description": "指标描述",
    "value_basis": "指标值确定依据",
    "scoring_rule": "评分标准",
}
_SUBTOTAL = re.compile(r"(?:小计|合计)$")
_PREFIX = re.compile(r"^指标\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[:、.]?\s*(?=\S)")
_LIST_NUMBER = re.compile(r"^(?:[(]?[一二三四五六七八九十\d]{1,2}[)、.])+")
_TRUE = frozenset({"是", "√", "Y", "核心"})


class IndicatorReader(TotalRows):
    """Reads the rows of one indicator header."""

    def __init__(self, context: FormContext, header: Header) -> None:
        header.columns = without_state(header.columns, monitoring=context.is_monitoring)
        header.columns = own_years_targets(header.columns, context.subject.year)
        super().__init__(context, with_noted_weights(context.view, header))
        self.table: int | None = None
        self.lines = 0
        self.summed: set[str] = set()  # first levels of the lines since the last subtotal

    def on_next_grid(self, context: FormContext) -> IndicatorReader:
        """A reader that goes on with this block on another grid, levels and table carried."""
        columns = map_columns(self.header, self.view, context.view) or []
        again = repeated_rows(self, context.view)
        reader = IndicatorReader(context, Header("indicator", 0, again - 1, columns))
        reader.table, reader.levels = self.table, self.levels
        reader.levels.cells, reader.summed = {}, self.summed
        return reader

    # --- rows ------------------------------------------------------------------------------------

    def read(self, end: int) -> int:
        """Read the rows up to ``end`` (excluded); the number of lines recorded."""
        for cell in self.header.unknown:
            self.context.unknown(cell, "指标表头")
        for row in range(self.header.top, self.header.bottom + 1):
            self.view.claim(*(c for c in self.view.own(row) if c.row + c.rowspan <= end + 99))
        for row in range(self.header.bottom + 1, end):
            if is_repeat(self.view, row, self.header) or self._is_header(row):
                self.view.claim_row(row)
            elif is_personal_row(self.view, row, self.context.vocabulary):
                read_pairs(self.context, row)
                self.view.claim_row(row)
            elif not (self.total_row(row) or self._subtotal_row(row) or self._banner(row)):
                self._line(row)
                self._line_number(row)
        return self.lines

    def _line_number(self, row: int) -> None:
        """``序号`` in front of the levels is no figure."""
        levels = [c.start for c in self.header.columns if c.field.startswith("level")]
        for cell in self.view.own(row):
            if levels and cell.col < min(levels) and re.fullmatch(r"\d{1,3}", compact(cell.text)):
                self.view.claim(cell)

    def _is_header(self, row: int) -> bool:
        """Whether a row names the levels again, as after a page break."""
        names = [self.context.vocabulary.header("indicator", c.text) for c in self.view.filled(row)]
        return len({n for n in names if n in ("level1", "level2", "level3")}) >= 2

    def _banner(self, row: int) -> bool:
        """A cell over all columns: a level 1 as a heading (``产出指标（50分）``), or a remark."""
        filled = self.view.filled(row)
        if len(filled) != 1 or filled[0].colspan < max(self.view.n_cols - 1, 3):
            return False
        cell = filled[0]
        name, _ = level_text(_LIST_NUMBER.sub("", compact(cell.text)))
        has_level = self.header.column("level1") is not None
        if not has_level and self.context.vocabulary.level1.find(name or "") is not None:
            self._set_level1(cell, _LIST_NUMBER.sub("", compact(cell.text)))
            self.levels.level2 = self.levels.level2_std = None
            return True
        stated = read_stated_total(self.context, cell)
        return read_grade(self.context, cell) is not None or stated

    def _subtotal_row(self, row: int) -> bool:
        """``小计`` of a level 1: its weight and score as printed.

        One that stands in the column of the first level sums the lines since the last one; where
        these are of several first levels it is no part of the contract's.
        """
        cells = [
            c
            for c in self.view.filled(row)
            if self.context.vocabulary.header("total", c.text) == "subtotal"
        ]
        if not cells:
            return False
        column = self.header.column("level1")
        beside = column is None or cells[0].col >= column.end  # its level stands left of it
        if beside:
            self._take_levels(row)
        named = self.context.vocabulary.level1.find(_SUBTOTAL.sub("", label_of(cells[0])))
        if beside or named or len(self.summed) <= 1:
            item = named or self.levels.level1_std or "other"
            for name, what in (("weight", "小计分值"), ("score", "小计得分")):
                self.context.points(
                    self.cell(name, row),
                    what,
                    row,
                    family="evaluation_part",
                    measure=name,
                    item=item,
                )
        self.summed.clear()
        self.view.claim_row(row)
        return True

    def _line(self, row: int) -> None:
        values = {name: self.text(name, row) for name in _AS_VALUES}
        nature = values["nature"]
        if values["operator"] is None and nature and self._is_symbol(nature):
            values["operator"], values["nature"] = nature, None  # 指标值类型 over ≤, ≥, =
        if self.adjusted_target(row) is not None:
            values["target"] = values["adjusted_target"]
        numbers_here = [self.cell(n, row) for n in ("weight", "score")]
        has_number = any(c is not None and not self.context.is_blank(c) for c in numbers_here)
        name, name_weight = self._name(row, values)
        starts = any(c.row == row for c in self.cells("level3", row))
        if name is None and not has_number:
            self._take_levels(row)
            return
        if not starts and not has_number and not (values["target"] or values["actual"]):
            self._take_levels(row)
            return
        if has_number and self._is_other_sum(row, name, values):
            return
        self._take_levels(row)
        names = [c for c in self.cells("level3", row, own=False) if c.text.strip()]
        if any(map(self.context.is_cut_open, names)):
            self._drop(row, names[0])
            return
        described = values["description"]
        values |= {name: self.text(name, row, what) for name, what in _TEXTS.items()}
        values["deviation_reason"] = self.reason(row)
        if any(self.context.text_withheld(c, "指标名称") for c in names):
            name = name_weight = None
        elif name is not None and name == described:
            name = values["description"]
        elif name is not None and not self.header.fields() & {"level1", "level2"}:
            name = self._levels_in_name(name)
        self._record(row, name, name_weight, values)

    def _is_other_sum(self, row: int, name: str | None, values: dict[str, str | None]) -> bool:
        """Whether a row with points is a sum or remark of its own kind: read or reported here."""
        label = self._over_values(row)
        if label is None and name is None and not values["target"] and not values["actual"]:
            label = self._lone_label(row)
        if label is not None and not self._execution_row(row, label):
            self.context.unknown(label, "汇总行")
        return label is not None

    def _execution_row(self, row: int, label: Cell) -> bool:
        """``预算执行率 | 10 | 9.6`` among the lines: weight and score of budget execution."""
        name = re.sub(r"(?<=率)得分$", "", label_of(label))
        if self.context.vocabulary.header("funding", name) != "execution_rate":
            return False
        self.view.claim(label)
        both = self.cell("weight", row)
        if both is not None and self._over_both(both):
            self.context.points(
                both, "执行率得分", row, family="budget", measure="score", item="total"
            )
            return True
        for name, what in (("weight", "执行率分值"), ("score", "执行率得分")):
            cell = self.cell(name, row)
            self.context.points(cell, what, row, family="budget", measure=name, item="total")
        return True

    def _is_symbol(self, text: str) -> bool:
        return self.context.vocabulary.operator_symbol(text) is not None

    def _over_values(self, row: int) -> Cell | None:
        """A label from the levels over the values: a sum or a remark of its own kind, no line."""
        column = self.header.column("level3")
        right = [c.start for c in self.header.columns if column and c.start > column.start]
        if column is None or not right:
            return None
        return next(
            (
                c
                for c in self.cells("level3", row, own=False)
                if c.row == row and c.text.strip() and c.col < column.start
                if c.col + c.colspan > min(right)
            ),
            None,
        )

    def _drop(self, row: int, name: Cell) -> None:
        """Leave out a row of which it cannot be told where it ends: its name is a key.

        With figures in it the report is held back: without them its sums would not be its own.
        """
        figures = any(has_digit(c.text) for c in self.view.own(row) if c is not name)
        severity = "error" if figures else "warning"
        self.context.text_withheld(name, "指标名称", dropped="该指标行", severity=severity)
        self.view.claim(*(c for c in self.view.own(row)))

    def _name(self, row: int, values: dict[str, str | None]) -> tuple[str | None, Decimal | None]:
        """The third level: prefix ``指标1：`` and trailing weight off, placeholders None."""
        cells = self.cells("level3", row, own=False)
        if not cells and not self._name_unknown():
            cells = self.cells("level2", row, own=False)
        text = "".join(normalise(c.text) for c in cells)
        self.view.claim(*cells)
        words = self.context.vocabulary
        if words.is_blank(text):
            return None, None
        if words.is_placeholder(text):
            beside = values["description"] or values["target"]
            bare = re.fullmatch(r"指标[\d一二三四五六七八九十]{1,2}[:、.]?", compact(text))
            if bare and beside and not words.is_placeholder(beside):
                return beside, None
            return None, None
        text = _PREFIX.sub("", text)
        if words.is_placeholder(text) or words.is_blank(text):
            return None, None
        match = re.search(r"[(（](\d{1,2}(?:\.\d+)?)分[)）]$", text)
        if match:
            return text[: match.start()].strip(), Decimal(match[1])
        return text, None

    def _name_unknown(self) -> bool:
        """Whether a head that nobody knows stands between the levels and the values.

        The names may stand below it: then the second level is no name.
        """
        levels = [c.start for c in self.header.columns if c.field in ("level1", "level2")]
        values = [c.start for c in self.header.columns if not c.field.startswith("level")]
        last, first = max(levels, default=0), min(values, default=0)
        return any(last < cell.col < first for cell in self.header.unknown)

    # --- the record ------------------------------------------------------------------------------

    def _record(
        self,
        row: int,
        name: str | None,
        name_weight: Decimal | None,
        values: dict[str, str | None],
    ) -> None:
        context = self.context
        anchor = self._anchor(row)
        spot = context.spot(anchor, row)
        if self.table is None:
            self.table = context.builder.indicator_table(spot)
        printed = dict(values)
        if values["unit"] is None:
            values["unit"] = self._unit_in_name(name)
        target = self._value("target", row, values)
        actual = self._value("actual", row, {**values, "operator": None})
        words = context.vocabulary
        target_text = compose(values["target"], printed, words) if target else None
        actual_text = (
            compose(values["actual"], {**printed, "operator": None}, words) if actual else None
        )
        target, actual = target or Target(), actual or Target()
        weight = self._points("weight", row, "分值")
        core = self.text("is_core", row)
        level1_std = self.levels.level1_std or parent_of(self.levels.level2_std) or "other"
        for unused in ("coefficient", "ignore", "level1_weight", "level2_weight"):
            self.view.claim(*self.cells(unused, row))
        context.builder.indicator(
            spot,
            table=self.table,
            form_family=context.family,
            level1=self.levels.level1,
            level2=self.levels.level2,
            level3=name,
            level1_std=level1_std,
            level2_std=self.levels.level2_std or "other",
            level1_weight=self.levels.weight,
            nature=values["nature"] or _nature(values["operator"]),
            is_core=None if core is None else compact(core) in _TRUE,
            description=values["description"],
            value_basis=values["value_basis"],
            scoring_rule=values["scoring_rule"],
            target_text=target_text,
            target_operator=target.operator,
            target_value=target.value,
            target_unit=target.unit,
            actual_text=actual_text,
            actual_operator=actual.operator,
            actual_value=actual.value,
            actual_unit=actual.unit,
            weight=weight if weight is not None else name_weight,
            score=self._points("score", row, "得分"),
            reviewer_score=self._points("reviewer_score", row, "审核得分"),
            deviation_reason=values["deviation_reason"],
            cell_boxes=self._boxes(row),
            **context.subject.columns(),
        )
        self.lines += 1
        self.summed.add(level1_std)


def _nature(operator: str | None) -> str | None:
    """``定性``/``定量`` printed in the operator column."""
    return operator if operator and re.search(r"定性|定量|正向|反向", operator) else None
