"""Targets and results as reports print them, made from their meaning."""

from __future__ import annotations

from decimal import Decimal

from tests.typeset.forms.variant import plain
from tests.typeset.model import Value

#: Operator -> wordings; ``{}`` is the number with its unit.
WORDINGS: dict[str, tuple[str, ...]] = {
    ">=": ("≥{}", "不少于{}", "{}以上", "≧{}", "大于等于{}", "不低于{}"),
    "<=": ("≤{}", "不超过{}", "{}以内", "≦{}", "小于等于{}"),
    ">": ("＞{}", ">{}", "大于{}"),
    "<": ("＜{}", "<{}", "小于{}"),
    "=": ("{}", "={}", "＝{}"),
}


def quantity(operator: str, number: str | Decimal, unit: str | None, n: int = 0) -> Value:
    """A quantitative value; ``n`` chooses among the operator's wordings."""
    value = Decimal(number)
    wordings = WORDINGS[operator]
    text = wordings[n % len(wordings)].format(f"{plain(value)}{unit or ''}")
    return Value(text, operator, value, unit)


def words(text: str) -> Value:
    """A qualitative value or a date: no operator, no number."""
    return Value(text)
