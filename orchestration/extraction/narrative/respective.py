"""``2022年、2023年“三公”经费分别为12万元、10万元``: which amount is whose.

Names and amounts stand in two lists of the same length. Where they cannot be told apart, or their
numbers differ, nobody can say whose an amount is, and none of them is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestration.extraction.narrative.numbers import Figure

_RESPECTIVE = re.compile(r"分别(?:为|是|共|达|支出|收入|安排|完成|执行|列支|实现|达到)*$")
_NEXT = re.compile(r"^[、,和及与]$")
_JOINT = re.compile(r"[、和及与]")
_YEAR = r"(?:19|20)\d{2}年?(?:度)?"
_YEARS = re.compile(rf"{_YEAR}(?:[、,和及与]{_YEAR})+")
_SPAN = re.compile(r"((?:19|20)\d{2})年?(?:度)?[-—–~至到]((?:19|20)\d{2})年(?:度)?")


def respective(text: str, figures: Sequence[Figure]) -> dict[int, str | None]:
    """The words of each amount of such a list by where it starts; None where nobody can tell."""
    found: dict[int, str | None] = {}
    for number, first in enumerate(figures):
        before = text[: first.start]
        if first.kind not in ("money", "bare") or not _RESPECTIVE.search(before):
            continue
        group = [first]
        for later in figures[number + 1 :]:
            if not _NEXT.match(text[group[-1].end : later.start]):
                break
            group.append(later)
        if len(group) < 2:
            continue
        clause = re.split(r"[,;:。(]", _RESPECTIVE.sub("", before))[-1]
        if _YEARS.search(before[-60:]) and not _YEARS.search(clause):
            clause = _RESPECTIVE.sub("", before)[-60:]
        names = _names(clause, len(group))
        for index, figure in enumerate(group):
            found[figure.start] = names[index] if names else None
    return found


def _names(clause: str, wanted: int) -> list[str] | None:
    """The clause of each amount: a year each, or an item each."""
    years = _YEARS.search(clause)
    span = _SPAN.search(clause)
    listed: list[str] = []
    place = None
    if years is not None:
        listed, place = re.findall(r"(?:19|20)\d{2}", years.group()), years
    elif span is not None:
        listed, place = [str(y) for y in range(int(span[1]), int(span[2]) + 1)], span
    if place is not None:
        rest = clause[: place.start()] + clause[place.end() :]
        return [f"{year}年{rest}" for year in listed] if len(listed) == wanted else None
    clause = re.sub(r"^(?:其中|包括):?", "", clause)
    # 商品和服务支出、对个人和家庭的补助: a mark alone parts these.
    for parted in (_JOINT.split(clause), clause.split("、")):
        if len(parted) == wanted:
            return parted
    return None
