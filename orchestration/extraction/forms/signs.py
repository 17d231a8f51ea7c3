"""Two columns for signs beside a target: which of them compares, which describes."""

from __future__ import annotations

from dataclasses import replace

from orchestration.extraction.forms.header_tree import Column
from orchestration.extraction.forms.view import GridView, label_of
from orchestration.extraction.vocabulary import Vocabulary

_ROWS = 40  # rows of a block that are looked at


def one_operator(
    view: GridView, columns: list[Column], body: int, vocabulary: Vocabulary
) -> list[Column]:
    """``指标方向 | 指标性质``: of two columns for signs the one that holds them.

    The other describes. Where none, or more than one, holds nothing but signs all stay.
    """
    both = [c for c in columns if c.field == "operator"]
    if len(both) < 2:
        return columns
    signs = [c for c in both if _holds_signs(view, c, body, vocabulary)]
    if len(signs) != 1:
        return columns
    return [replace(c, field="nature") if c in both and c not in signs else c for c in columns]


def _holds_signs(view: GridView, column: Column, body: int, vocabulary: Vocabulary) -> bool:
    """Whether every sign below a head is one of a comparison (or says that there is none)."""
    texts = {
        label_of(c)
        for r in range(body, min(body + _ROWS, view.n_rows))
        for c in view.own(r)
        if column.start <= c.col < column.end and c.text.strip()
    }
    signs = {t for t in texts if vocabulary.operator_symbol(t) is not None and "向" not in t}
    return bool(signs) and all(t in signs or vocabulary.is_blank(t) or "定性" in t for t in texts)
