"""The freedom a form has in stating the same facts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tests.typeset.table import Label


@dataclass(frozen=True, slots=True)
class Variant:
    """Parameters of a form's layout.

    ``pick`` chooses among synonyms: the n-th wording of every list, cyclic. ``money`` is 万元 or
    元; ``unit_place`` says where it is printed: ``header``, ``caption`` or ``cell``.
    """

    pick: int = 0
    money: str = "万元"
    unit_place: str = "header"
    places: int = 2  # decimals of amounts
    thousands: bool = False
    blank: str = ""  # what is printed for nothing: "", —, ——, /
    level_weights: bool = True  # （50分） in the level 1 cell
    half_brackets: bool = False  # (50分)
    total_place: str = "first"  # the fund block's total row: first | last
    fund_merge: bool = False  # executed … score merged down over the source rows
    label: Label = Label.STACKED
    order: str = "a"  # order of the indicator columns
    repeat_levels: bool = False  # level cells repeated on every row instead of merged
    rate_places: int = 2
    split_operator: bool = False  # operator and unit in columns of their own
    placeholder: bool = False  # a …… line at the end of the indicators
    numbered: bool = False  # 指标1： before the names
    two_tables: bool = False  # the indicators in a table of their own, its header repeated

    def word(self, words: tuple[str, ...]) -> str:
        """One of several wordings."""
        return words[self.pick % len(words)]

    def weight(self, points: Decimal) -> str:
        """（50分） as printed behind a level name."""
        text = f"{plain(points)}分"
        return f"({text})" if self.half_brackets else f"（{text}）"


def plain(value: Decimal) -> str:
    """A number without needless zeros: 10, 9.6."""
    return f"{value.normalize():f}"


def money(value: Decimal | None, variant: Variant) -> str:
    """An amount in yuan as the form prints it."""
    if value is None:
        return variant.blank
    shown = value / 10000 if variant.money == "万元" else value
    pattern = f"{{:{',' if variant.thousands else ''}.{variant.places}f}}"
    text = pattern.format(shown)
    return text + variant.money if variant.unit_place == "cell" else text


def points(value: Decimal | None, variant: Variant) -> str:
    """Weights and scores."""
    return variant.blank if value is None else plain(value)
