"""Units that the report's own figures contradict: evidence for R19, the figure stays as printed.

``收入 458.5 万元，较上年增加 38.27 元，增加 9.1%``: only 38.27 万元 gives 9.1 %.
"""

from __future__ import annotations

from decimal import Decimal

from orchestration.extraction.narrative.context import Context, Mention
from orchestration.extraction.vocabulary import default_vocabulary

_TOLERANCE = Decimal("0.06")


def note_misprinted_changes(context: Context) -> None:
    """A statement for every change whose unit its own level and rate contradict."""
    by_key: dict[tuple[object, ...], dict[str, Mention]] = {}
    for mention in context.mentions:
        key = (mention.key[0], *mention.key[2:], mention.spot.text)
        by_key.setdefault(key, {}).setdefault(mention.measure, mention)
    for measures in by_key.values():
        level, change, rate = (measures.get(m) for m in ("amount", "change", "change_rate"))
        if level is None or change is None or level.fields["unit"] == change.fields["unit"]:
            continue
        meant = _meant_unit(level, change, rate)
        if meant is None:
            continue
        context.builder.statement(
            change.spot,
            kind="misprinted_unit",
            subject=level.fields["item"],
            stated_value=change.value,
            computed_value=_in_printed_unit(change, meant),
            value_unit=change.fields["unit"],
            detail=f"增减额单位印作“{change.fields['unit']}”，按金额与增减率应为“{meant}”",
        )


def _meant_unit(level: Mention, change: Mention, rate: Mention | None) -> str | None:
    """The level's unit, where it gives the printed rate and the change's own unit does not."""
    if rate is None or rate.value is None or change.value is None or level.value is None:
        return None
    as_printed = _rate(level, change, change.fields["unit"])
    as_level = _rate(level, change, level.fields["unit"])
    if as_printed is None or as_level is None:
        return None
    fits = abs(as_level - rate.value) <= _TOLERANCE
    return level.fields["unit"] if fits and abs(as_printed - rate.value) > _TOLERANCE else None


def _in_printed_unit(change: Mention, meant: str) -> Decimal | None:
    """The change that is meant, expressed in the unit that is printed."""
    words = default_vocabulary()
    own, other = words.unit(meant), words.unit(change.fields["unit"] or "")
    if change.value is None or own is None or other is None or not own.factor or not other.factor:
        return None
    return change.value * own.factor / other.factor


def _rate(level: Mention, change: Mention, unit: str | None) -> Decimal | None:
    """The change in per cent of the year before, the change taken in a unit."""
    words = default_vocabulary()
    own, other = words.unit(level.fields["unit"] or ""), words.unit(unit or "")
    if own is None or other is None or own.factor is None or other.factor is None:
        return None
    if level.value is None or change.value is None:
        return None
    now, delta = level.value * own.factor, change.value * other.factor
    return delta / (now - delta) * 100 if now != delta else None
