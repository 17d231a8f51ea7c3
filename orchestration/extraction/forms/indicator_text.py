"""Indicators of a project list printed as one text, as the budget system of Guangdong exports them.

``1、1-产出指标，11-数量指标，巡查次数；实施周期指标值：≥9次，年度指标值：≥3次；2、…``: number,
first and second level with their codes, name, target of the whole period, target of the year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.text import compact
from orchestration.extraction.values import parse_target
from orchestration.reading.document import Cell

_HEAD = r"\d{1,2}[、.]\d[-－—]"
_ITEM = re.compile(
    r"\d{1,2}[、.]\d[-－—](?P<level1>[^,，;；]{2,8}指标)[,，]\d{2}[-－—](?P<level2>[^,，;；]{2,12})[,，]"
    r"(?P<name>[^;；]+)[;；]实施周期指标值[:：](?P<period>.*?)[,，。;；]?"
    rf"年度指标值[:：](?P<target>.*?)[;；。]?(?={_HEAD}|$)"
)
_BEGINS = re.compile(_HEAD)
_ANNUAL = "年度指标值"


def read_indicator_text(context: FormContext, cell: Cell) -> None:
    """Record the lines of a cell; where one of them cannot be read, none and say so."""
    text = compact(cell.text)
    if not _BEGINS.match(text) or _ANNUAL not in text:
        return
    items = list(_items(text))
    if not items:
        context.builder.issue(
            context.spot(cell),
            kind="unclaimed_figure",
            message=f"{context.where(cell)}的绩效指标文字有一项不完整或无法分清，该格指标未采用 | "
            "one of the indicators in this text cannot be read: none of them is used",
        )
        return
    if context.text_withheld(cell, "绩效指标"):
        return
    table = context.builder.indicator_table(context.spot(cell))
    words = context.vocabulary
    for item in items:
        target = parse_target(item["target"], None, None, words)
        context.builder.indicator(
            context.spot(cell),
            table=table,
            form_family=context.family,
            level1=item["level1"],
            level2=item["level2"],
            level3=item["name"],
            level1_std=words.level1.find(item["level1"]) or "other",
            level2_std=words.level2.find(item["level2"]) or "other",
            target_text=item["target"] or None,
            target_operator=target.operator,
            target_value=target.value,
            target_unit=target.unit,
            **context.subject.columns(),
        )


def _items(text: str) -> Iterator[re.Match[str]]:
    """The items of a text, one behind the other from its first to its last character; else none."""
    found: list[re.Match[str]] = []
    at = 0
    while at < len(text):
        match = _ITEM.match(text, at)
        if match is None:
            return
        found.append(match)
        at = match.end()
    if len(found) == text.count(_ANNUAL):
        yield from found
