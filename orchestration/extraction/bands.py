"""Grade bands that a report prints (DOMAIN.md §1.5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from orchestration.extraction.vocabulary import default_vocabulary


@lru_cache(maxsize=1)
def grade_pattern() -> str:
    """An alternation of the words for grades of ``grade_word.csv``, longest first.

    Quotation marks are left to the caller, and the 等 of 优等 to what follows.
    """
    words = {row.wording.strip("“”") for row in default_vocabulary().grades.rows}
    plain = {w for w in words if not (w.endswith("等") and w[:-1] in words) or w == "中等"}
    return "|".join(re.escape(word) for word in sorted(plain, key=lambda w: (-len(w), w)))


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The ways to print a band: ``90—100分为优``, ``90分以上为优``, ``优（90—100分）``."""

    band: re.Pattern[str]
    edge: re.Pattern[str]
    named: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    word = f"(?P<grade>{grade_pattern()})"
    grade = f"[“]?{word}[”]?"
    return _Patterns(
        band=re.compile(
            r"(?P<low>\d{1,3})分?(?:[(]不?含[)])?分?[-—–~至到]+(?P<high>\d{1,3})分?"
            rf"(?:[(]不?含\d*分?[)])?分?(?:的)?,?(?:为|是|:|评定为|等级为)?{grade}"
        ),
        edge=re.compile(
            r"(?P<limit>\d{1,3})分?(?:[(]不?含[)])?(?P<side>以上|以下|及以上)"
            rf"(?:[(]不?含[^)]*[)])?(?:的)?,?(?:为|是|:|评定为)?{grade}"
        ),
        named=re.compile(
            rf"{word}[”]?(?:等次|等级)?[(:](?P<low>\d{{1,3}})分?(?:[(]?含[)]?)?"
            r"[-—–~至到]+\d{1,3}"
        ),
    )


def grade_bands(text: str) -> str | None:
    """Grade bands as printed (``优:90,良:80,中:60,差:0``); None below three of them."""
    found: dict[str, int] = {}
    ways = _patterns()
    for match in ways.band.finditer(text):
        found.setdefault(match["grade"], min(int(match["low"]), int(match["high"])))
    for match in ways.edge.finditer(text):
        found.setdefault(match["grade"], 0 if match["side"] == "以下" else int(match["limit"]))
    if len(found) < 3:
        for match in ways.named.finditer(text):
            found.setdefault(match["grade"], int(match["low"]))
    if len(found) < 3:
        return None
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return ",".join(f"{grade}:{low}" for grade, low in ranked)
