"""Counts with their parts and shares of a period, as evidence for sums (families 18 and 19)."""

from __future__ import annotations

import re
from decimal import Decimal

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.reading.document import Paragraph

_COUNT = re.compile(
    r"(?<![\d.])(?<!\d,)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(次|场次|场|期|个|篇|件|项|起|户|家|处|册|份|条|万元|元)(?![\u4e00-\u9fff]{0,1}[/每])"
)
_PERIOD = re.compile(
    r"((?:\d{1,2}(?:[-—至到]\d{1,2})?月份?|[一二三四1-4]季度|[上下]半年|第[一二三四]季度))[^,;。\d]{0,16}?"
    r"(?:全年预算|年度预算|全年|预算)的?(\d+(?:\.\d+)?)%"
)  # fmt: skip


def read_enumerations(
    context: Context, paragraph: Paragraph, sentence: TextMap, masked: str
) -> None:
    """Statements ``sum`` for ``13次，其中…2次，…1次，…10次`` and for shares of a year's periods."""
    _parts(context, paragraph, sentence, masked)
    shares = _PERIOD.findall(masked)
    if len(shares) >= 2:
        total = sum((Decimal(share) for _, share in shares), Decimal(0))
        context.builder.statement(
            context.spot(paragraph, sentence, 0, len(masked)),
            kind="sum", subject="分期支出占全年预算", stated_value=Decimal(100),
            computed_value=total,
            value_unit="%", detail="＋".join(f"{period}{share}%" for period, share in shares),
        )  # fmt: skip


def _number(match: re.Match[str]) -> Decimal:
    return Decimal(match[1].replace(",", ""))


def _parts(context: Context, paragraph: Paragraph, sentence: TextMap, masked: str) -> None:
    at = masked.find("其中")
    if at < 0:
        return
    before = list(_COUNT.finditer(masked, 0, at))
    if not before:
        return
    total, unit = _number(before[-1]), before[-1][2]
    in_bracket = masked[at - 1 : at] == "("
    if unit in ("万元", "元") and not in_bracket:
        return
    end = masked.find(")", at) if in_bracket else len(masked)
    parts = [_number(m) for m in _COUNT.finditer(masked, at, max(end, at)) if m[2] == unit]
    if len(parts) < 2:
        return
    added = sum(parts, Decimal(0))
    if added < total:
        return  # 其中 names some of the parts
    context.builder.statement(
        context.spot(paragraph, sentence, before[-1].start(), len(masked)),
        kind="sum", subject=re.split(r"[,。;]", masked[: before[-1].start()])[-1][-20:] or None,
        stated_value=total, computed_value=added, value_unit=unit,
        detail="＋".join(str(p) for p in parts),
    )  # fmt: skip
