"""Sentences that go on with a comparison of the amount told before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from orchestration.extraction.narrative.context import Mention
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.trail import fits


def continues(before: Mention | None, text: str, figures: Sequence[Figure]) -> bool:
    """``…支出 2910.06 万元，其中 …。与上年 2799.31 万元相比，增加 110.75 万元``: the same amount's.

    Only where level and change, or change and rate, give the amount the sentence before is about.
    """
    if before is None or before.value is None or not _COMPARES.match(text):
        return False
    amounts = [f.value for f in figures if f.kind == "money"]
    rates = [f.value for f in figures if f.kind == "percent"]
    same = all(f.unit == before.fields.get("unit") for f in figures if f.kind == "money")
    if not same or not amounts or len(amounts) + len(rates) < 2:
        return False
    if len(amounts) > 1:
        pairs = pairwise(amounts)
        return any(abs(before.value - level) == change for level, change in pairs)
    return any(fits(before.value, sign * amounts[0], rates[0]) for sign in (1, -1))


def begins_with_comparison(text: str) -> bool:
    """``与上年相比，支出增加 …``."""
    return bool(_COMPARES.match(text))


_COMPARES = re.compile(
    r"^(?:与|比|较|同|同比|相比|对比)(?:上年|去年|上一年|(?:19|20)\d{2}年|年初预算)|^同比(?=[增减上下])"
)
