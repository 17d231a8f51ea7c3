"""How a manuscript is set: everything a maker may vary without changing what is stated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """Parameters of a setting; lengths in PDF points.

    ``rules`` imitates who draws the borders: ``word`` (0.48 pt filled rectangles and corner
    squares), ``wps`` (0.72 pt strokes), ``excel`` (stroke and 0.96 pt rectangle), ``office``
    (strokes along whole rows), ``double``, ``dashed``, ``three_line``, ``none``.
    """

    rules: str = "word"
    font: str = "uming"  # uming | microhei
    size: float = 10.5
    pad: float = 3.0
    margin: float = 72.0
    repeat_header: bool = True
    split_rows: bool = True
    white_fill: bool = False  # a white rectangle under every cell
    shade_header: bool = False  # a grey rectangle under repeated rows
    close_at_break: bool = True  # the box is closed where a page ends
    header_over_cell: bool = False  # the running header is printed over the first row
    page_number: str = "- {n} -"  # empty: none
    middle: bool = True  # vertical centring
    centred: bool = True  # horizontal centring of short cells
    radicals: bool = False  # some glyphs from the radical blocks (⽬ for 目)
    wide_digits: bool = False  # full-width digits in running text
    finish: str = ""  # form | turned | no_unicode: how the pages of a canvas PDF are put in
    letter_space: float = 0.0  # between the characters of figures, as a share of the type size
    # Text formats
    encoding: str = "utf-8"
    tight: bool = False  # web pages: no white space between tags

    def label(self) -> str:
        """Short name for reports of measures."""
        return self.rules
