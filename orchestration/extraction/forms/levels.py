"""The level columns of an indicator block: which first and second level holds for a row."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.forms.header_tree import Column, Header
from orchestration.extraction.text import compact, normalise, split_weight
from orchestration.extraction.vocabulary import WordList, strip_decoration
from orchestration.reading.document import Cell

_EXPLANATION = re.compile(r"[(（][^()（）]{6,}[)）]$")

#: Which level 1 a level 2 belongs to by its nature (None: to any).
PARENTS: dict[str, frozenset[str]] = {
    "quantity": frozenset({"output"}),
    "quality": frozenset({"output"}),
    "timeliness": frozenset({"output"}),
    "cost": frozenset({"output", "cost"}),
    "economic_benefit": frozenset({"benefit"}),
    "social_benefit": frozenset({"benefit"}),
    "ecological_benefit": frozenset({"benefit"}),
    "sustainable_impact": frozenset({"benefit"}),
    "service_satisfaction": frozenset({"satisfaction", "benefit"}),
    "economic_cost": frozenset({"cost"}),
    "social_cost": frozenset({"cost"}),
    "ecological_cost": frozenset({"cost"}),
}

_NATURAL_PARENT = {
    "cost": "output",
    "service_satisfaction": "satisfaction",
}


@dataclass(slots=True)
class Levels:
    """The level cells in force for a row."""

    level1: str | None = None
    level2: str | None = None
    level1_std: str | None = None
    level2_std: str | None = None
    weight: Decimal | None = None
    cells: dict[str, Cell] = field(default_factory=dict)


#: A level's name of which a page break leaves the end on the next page.
_CUT_WORD = re.compile(
    r"^[^|]{1,12}(?<!指标)\|[^|]{0,6}(?:标|效益|影响|满意度)(?:[(]\d+(?:\.\d+)?分?[)])?$"
)


_TWO_LEVELS = re.compile(r"^([^-—–/>·]{2,8})[-—–/>·]+([^-—–/>·]{2,12})$")
_ROW_EACH = 2  # rows of two labels that are not merged
_REST = 5  # characters of a label that a page break may leave on the next page
_ONLY_WEIGHT = re.compile(r"^[(]\d+(?:\.\d+)?分?[)]$")


def level_text(text: str) -> tuple[str | None, Decimal | None]:
    """A level cell without weight and explanation, and the weight printed in it."""
    short, weight = split_weight(text)
    name = _EXPLANATION.sub("", short)
    return (name or None), (Decimal(weight) if weight else None)


def parent_of(level2_std: str | None) -> str | None:
    """The first level that a second level belongs to by its nature."""
    parents = PARENTS.get(level2_std or "")
    if not parents:
        return None
    return _NATURAL_PARENT.get(level2_std or "") or next(iter(parents))


class LevelReader:
    """Cells of an indicator block by column and row, and the level cells in force."""

    def __init__(self, context: FormContext, header: Header) -> None:
        self.context = context
        self.view = context.view
        self.header = header
        self.levels = Levels()
        self._band_column()
        self._level_above()

    def _band_column(self) -> None:
        """A first level that has no header of its own but stands left of the second."""
        if self.header.column("level1") is not None:
            return
        level2 = self.header.column("level2") or self.header.column("level3")
        if level2 is None:
            return
        for col in range(level2.start - 1, -1, -1):
            cells = {
                cell
                for row in range(self.header.bottom + 1, self.view.n_rows)
                if (cell := self.view.cell(row, col)) is not None and cell.text.strip()
            }
            known = [
                c for c in cells if self.context.vocabulary.level1.find(level_text(c.text)[0] or "")
            ]
            if known and len(known) * 2 >= len(cells):
                column = Column("level1", col, col + 1, "", known[0])
                self.header.columns.insert(0, column)
                return

    def _level_above(self) -> None:
        """``一、产出指标（50分）`` above a table of its own that has no column for it."""
        if self.header.column("level1") is not None or not self.context.heading:
            return
        name, weight = level_text(strip_decoration(self.context.heading))
        standard = self.context.vocabulary.level1.find(name or "")
        if standard is not None:
            cells = {"level1": self.header.columns[0].cell}
            self.levels = Levels(name, None, standard, None, weight, cells)

    def cells(self, name: str, row: int, *, own: bool = True) -> list[Cell]:
        """The cells of a column in a row; ``own``: only those that begin in it."""
        column = self.header.column(name)
        if column is None:
            return []
        found = self.view.span(row, column.start, column.end)
        if not found and not own:
            cell = self.view.cell(row, column.start)
            found = [cell] if cell is not None else []
        return [c for c in found if not own or c.row == row]

    def cell(self, name: str, row: int) -> Cell | None:
        """The first printed cell of a column that begins in a row (else the first)."""
        cells = self.cells(name, row)
        return next((c for c in cells if c.text.strip()), cells[0] if cells else None)

    def text(self, name: str, row: int, what: str = "") -> str | None:
        """The normal text of a column in a row; None where blank.

        ``what``: the name of a text that is published as it is; in doubt it is None and reported.
        """
        cells = [c for c in self.cells(name, row) if c.text.strip()]
        self.view.claim(*self.cells(name, row))
        text = "".join(normalise(c.text) for c in cells)
        if self.context.vocabulary.is_blank(text):
            return None
        if what and any(self.context.text_withheld(c, what) for c in cells):
            return None
        return text

    def _levels_in_name(self, name: str) -> str:
        """``产出指标数量指标开展调查``: levels printed in front of the name, in one cell."""
        words = self.context.vocabulary
        for end in range(min(len(name) - 1, 10), 2, -1):
            level1 = words.level1.find(name[:end]) if name[:end].endswith("指标") else None
            if level1 is None:
                continue
            rest = name[end:]
            for stop in range(min(len(rest) - 1, 12), 2, -1):
                head = rest[:stop]
                level2 = words.level2.find(head) if head.endswith("指标") else None
                if level2 is not None:
                    self.levels = Levels(name[:end], head, level1, level2)
                    return rest[stop:]
        if "level1" not in self.levels.cells:  # no heading over all columns is in force
            self.levels = Levels()
        return name

    def _take_levels(self, row: int) -> None:
        """Bring the level cells up to date with a row."""
        level1 = self._level_cell("level1", row) or self._below_break("level1", row)
        level2 = self._level_cell("level2", row) or self._below_break("level2", row)
        if level2 is not None and level2 is not self.levels.cells.get("level2"):
            self._set_level2(level2)
        if level1 is not None:
            if level1 is not self.levels.cells.get("level1"):
                self._set_level1(level1)
        elif level2 is not None and not self._compatible():
            self.levels.level1 = self.levels.weight = None
            self.levels.level1_std = parent_of(self.levels.level2_std)
        if level1 is not None and level2 is None and self.header.column("level2") is not None:
            own = self.cells("level1", row)
            if own and own[0].text.strip():
                self.levels.level2 = self.levels.level2_std = None
        self._forget_cut_off(row)

    def _forget_cut_off(self, row: int) -> None:
        """A merged level without text that ends with the page: its label is not the one above."""
        level2 = self._cut_off("level2", row)
        if level2 is not None:
            self.levels.level2 = self.levels.level2_std = None
        level1 = self._cut_off("level1", row)
        if level1 is not None:
            self.levels.level1 = self.levels.weight = None
            self.levels.level1_std = parent_of(self.levels.level2_std)
        for cell, what in ((level1, "一级指标"), (level2, "二级指标")):
            if cell is not None and cell.row == row:
                self.context.parted(cell, what)

    def _cut_off(self, name: str, row: int) -> Cell | None:
        """The blank merged cell of a level in the last rows of a grid that has pages."""
        column = self.header.column(name)
        cell = self.view.cell(row, column.start) if column is not None else None
        if cell is None or cell.text.strip() or not self.view.by_spans:
            return None
        last = cell.row + cell.rowspan == self.view.n_rows
        merged = any(c.rowspan > 1 for c in self._body_cells(cell.col))
        return cell if last and merged and cell.place.page is not None else None

    def _body_cells(self, col: int) -> list[Cell]:
        """The cells of a column below the header."""
        rows = range(self.header.bottom + 1, self.view.n_rows)
        return [c for row in rows for c in self.view.own(row) if c.col == col]

    def _below_break(self, name: str, row: int) -> Cell | None:
        """The level cell on the next page that a blank one at the foot of a page is the head of.

        A merged cell cut by a page break prints its text in one part only. Where borders are drawn,
        a blank cell below another one on the same page is no part of that one.
        """
        column = self.header.column(name)
        if column is None or not self.view.by_spans:
            return None
        cell = self.view.cell(row, column.start)
        above = self.view.cell(cell.row - 1, column.start) if cell is not None else None
        below = self.view.cell(cell.row + cell.rowspan, column.start) if cell is not None else None
        if cell is None or above is None or below is None or cell.text.strip():
            return None
        pages = (above.place.page, cell.place.page, below.place.page)
        if None in pages or pages[0] != pages[1] or pages[1] == pages[2]:
            return None
        return below if below.text.strip() else None

    def _level_cell(self, name: str, row: int) -> Cell | None:
        cells = [c for c in self.cells(name, row, own=False) if c.text.strip()]
        values = [c.start for c in self.header.columns if not c.field.startswith("level")]
        right = min((v for v in values if cells and v > cells[0].col), default=self.view.n_cols)
        if not cells or cells[0].col + cells[0].colspan > right:
            return None  # a cell that reaches over the values is a remark, no level
        return cells[0]

    def _over_break(self, cell: Cell) -> list[tuple[Cell, Cell]]:
        """The cell with the one below or above it where a page break lies between them."""
        pairs = []
        for upper, lower in (
            (cell, self.view.cell(cell.row + cell.rowspan, cell.col)),
            (self.view.cell(cell.row - 1, cell.col), cell),
        ):
            if upper is None or lower is None or not self.view.by_spans:
                continue
            pages = (upper.place.page, lower.place.page)
            if None not in pages and pages[0] != pages[1] and upper.colspan == lower.colspan:
                pairs.append((upper, lower))
        return pairs

    def _print(self, cell: Cell, words: WordList) -> str:
        """A level cell's text, made whole where a page break cut its word: 社会效益 | 指标.

        The two pieces are one where only together they are a level and one alone is none.
        """
        for upper, lower in self._over_break(cell):
            whole = upper.text + lower.text
            if _ONLY_WEIGHT.match(compact(lower.text)):
                return whole  # 效益指标 above the page break, (20分) below it
            if not _CUT_WORD.search(f"{compact(upper.text)}|{compact(lower.text)}"):
                continue
            known = [words.find(level_text(text)[0] or "") for text in (upper.text, lower.text)]
            if None in known and words.find(level_text(whole)[0] or ""):
                return whole
        return cell.text

    def _may_be_piece(self, cell: Cell, words: WordList) -> bool:
        """Whether a label and a short one over the page break, both unknown, may be one label."""
        return any(
            upper.text.strip()
            and upper.rowspan + lower.rowspan > _ROW_EACH
            and 0 < len(compact(lower.text)) <= _REST
            and compact(upper.text) != compact(lower.text)
            and not any(
                words.find(level_text(text)[0] or "")
                for text in (upper.text, lower.text, self._print(cell, words))
            )
            for upper, lower in self._over_break(cell)
        )

    def _is_fragment(self, cell: Cell, words: WordList) -> bool:
        """Whether a label at the head or foot of a page is a piece of a word, or of a bracket."""
        whole = self._over_break(cell) and self._print(cell, words) != cell.text
        if not whole and _ONLY_WEIGHT.match(compact(cell.text)):
            return True
        text, name = compact(cell.text), level_text(cell.text)[0] or ""
        if whole or cell.place.page is None:
            return False
        # LibreOffice prints of a label that it cuts what fits into the first row: 满意度指标(10.
        short = name.endswith("指") and words.find(f"{name}标") is not None
        if short or text.count("(") > text.count(")"):
            return True
        if not self._at_page_edge(cell):
            return False
        if text.count("(") != text.count(")"):
            return True
        return len(name) > 1 and words.find(name) is None and words.is_piece(name)

    def _at_page_edge(self, cell: Cell) -> bool:
        """Whether a cell stands first or last on its page in a grid whose spans are known."""
        page = cell.place.page
        if page is None or not self.view.by_spans:
            return False
        above = self.view.cell(cell.row - 1, cell.col)
        below = self.view.cell(cell.row + cell.rowspan, cell.col)
        return any(other is None or other.place.page != page for other in (above, below))

    def _set_level1(self, cell: Cell, text: str | None = None) -> None:
        """Put a level 1 in force; ``text`` where it is not the whole of what the cell prints."""
        self.view.claim(cell)
        if self._doubted_level("level1", cell):
            self.levels.level1 = self.levels.weight = None
            self.levels.level1_std = parent_of(self.levels.level2_std)
            return
        name, weight = level_text(text or self._print(cell, self.context.vocabulary.level1))
        standard = self.context.vocabulary.level1.find(name or "")
        if standard is None:
            standard = parent_of(self.context.vocabulary.level2.find(name or ""))
            if standard is None:
                self.context.unknown(cell, "一级指标")
                standard = "other"
        if standard == "budget_execution" and cell.rowspan > 1:
            standard = "process"  # a group of indicators, not the rate of execution alone
        self.levels.level1, self.levels.level1_std = name, standard
        printed = cell
        if weight is None and (beside := self._weight_beside(cell)) is not None:
            printed, weight = beside, self.context.points_value(beside, "一级指标分值")
        self.levels.weight = weight
        key = (cell.row, cell.col)
        if weight is not None and key not in self.context.seen_parts:
            self.context.seen_parts.add(key)
            value = None if self.context.withheld(printed, "一级指标分值") else weight
            self.context.builder.figure(
                self.context.spot(printed),
                family="evaluation_part",
                measure="weight",
                item=standard,
                value=value,
                unit="分",
                unit_source="cell",
                **self.context.subject.columns(),
            )

    def _weight_beside(self, cell: Cell) -> Cell | None:
        """The cell of the level's own weight column beside a level 1."""
        column = self.header.column("level1_weight")
        beside = self.view.cell(cell.row, column.start) if column is not None else None
        return beside if beside is not None and beside.row == cell.row else None

    def _doubted_level(self, name: str, cell: Cell) -> bool:
        """Whether it cannot be told what a level cell says; then it is in force without a name."""
        self.levels.cells[name] = cell
        label, words = "二级指标", self.context.vocabulary.level2
        if name == "level1":
            label, words = "一级指标", self.context.vocabulary.level1
        if self._may_be_piece(cell, words) or self._is_fragment(cell, words):
            self.context.parted(cell, label)
            return True
        return self.context.text_withheld(cell, label)

    def _set_level2(self, cell: Cell) -> None:
        self.view.claim(cell)
        if self._doubted_level("level2", cell):
            self.levels.level2 = self.levels.level2_std = None
            return
        name, _ = level_text(self._print(cell, self.context.vocabulary.level2))
        name = self._both_levels(name)
        standard = self.context.vocabulary.level2.find(name or "")
        if standard is None and not self.context.is_blank(cell):
            if not self.context.vocabulary.is_placeholder(cell.text):
                self.context.unknown(cell, "二级指标")
            standard = "other"
        self.levels.level2 = None if self.context.is_blank(cell) else name
        self.levels.level2_std = standard

    def _both_levels(self, name: str | None) -> str | None:
        """``产出指标-数量指标`` in one cell: the first level is put in force, the second given."""
        pair = _TWO_LEVELS.match(name or "")
        words = self.context.vocabulary
        if pair is None or self.header.column("level1") is not None:
            return name
        standard = words.level1.find(pair[1])
        if standard is None or words.level2.find(pair[2]) is None:
            return name
        self.levels.level1, self.levels.level1_std = pair[1], standard
        return pair[2]

    def _compatible(self) -> bool:
        """Whether a level 1 carried down can hold the row's level 2."""
        parents = PARENTS.get(self.levels.level2_std or "")
        return (
            parents is None
            or self.levels.level1_std in parents
            or self.levels.level1_std in ("other", "output_efficiency", None)
        )
