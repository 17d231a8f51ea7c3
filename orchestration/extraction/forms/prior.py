"""An amount with the one of the year before in brackets: ``9.83（2022年：12.5）``."""

from __future__ import annotations

import re
from dataclasses import replace

from orchestration.extraction.text import compact
from orchestration.extraction.values import Amount, parse_amount

_PRIOR = re.compile(
    r"^(?P<now>[^()]+)[(](?:(?P<year>(?:19|20)\d{2})年?度?|上年度?|去年)"
    r"(?:决算数?|预算数?|支出数?|数)?(?:为|:)?(?P<then>[\d.,]+(?:万元|元)?)[)]$"
)


def amount_and_prior(text: str) -> tuple[Amount, int | None, Amount] | None:
    """The amount of a cell, the year named in its bracket, and the amount of that year.

    None where the cell is anything else. The year is None where only 上年 is said.
    """
    match = _PRIOR.match(compact(text))
    if match is None:
        return None
    now, then = parse_amount(match["now"]), parse_amount(match["then"])
    if now is None or then is None:
        return None
    year = int(match["year"]) if match["year"] else None
    return now, year, replace(then, unit=then.unit or now.unit)
