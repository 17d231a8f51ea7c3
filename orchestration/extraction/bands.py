"""Grade bands that a report prints (DOMAIN.md §1.5)."""

from __future__ import annotations

import re

_GRADE = r"[“]?(?P<grade>优秀|优|良好|良|中等|中|较差|差|合格|不合格)[”]?"
_BAND = re.compile(
    rf"(?P<low>\d{{1,3}})分?(?:[(]不?含[)])?分?[-—–~至到]+(?P<high>\d{{1,3}})分?(?:[(]不?含\d*分?[)])?分?(?:的)?,?(?:为|是|:|评定为|等级为)?{_GRADE}"
)
_EDGE = re.compile(
    rf"(?P<limit>\d{{1,3}})分?(?:[(]不?含[)])?(?P<side>以上|以下|及以上)(?:[(]不?含[^)]*[)])?(?:的)?,?(?:为|是|:|评定为)?{_GRADE}"
)
_NAMED_BAND = re.compile(
    r"(?P<grade>优秀|优|良好|良|中等|中|较差|差|合格|不合格)[”]?(?:等次|等级)?[(:](?P<low>\d{1,3})分?(?:[(]?含[)]?)?[-—–~至到]+\d{1,3}"
)


def grade_bands(text: str) -> str | None:
    """Grade bands as printed (``优:90,良:80,中:60,差:0``); None below three of them."""
    found: dict[str, int] = {}
    for match in _BAND.finditer(text):
        found.setdefault(match["grade"], min(int(match["low"]), int(match["high"])))
    for match in _EDGE.finditer(text):
        found.setdefault(match["grade"], 0 if match["side"] == "以下" else int(match["limit"]))
    if len(found) < 3:
        for match in _NAMED_BAND.finditer(text):
            found.setdefault(match["grade"], int(match["low"]))
    if len(found) < 3:
        return None
    ranked = sorted(found.items(), key=lambda pair: -pair[1])
    return ",".join(f"{grade}:{low}" for grade, low in ranked)
