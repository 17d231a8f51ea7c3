"""Figures of sentences become mentions: their unit, their place, doubts about a unit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from orchestration.extraction.narrative.context import Context, Mention
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.subject import Subject


class Emitter:
    """Notes money figures in a :class:`Context`."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def emit(self, state: State, figure: Figure, subject: Subject, measure: str) -> Mention:
        """Note a figure as this measure of a subject."""
        spot = self.context.spot(state.paragraph, state.sentence, figure.start, figure.end)
        unit, source = self._unit(state, figure)
        fields: dict[str, object] = {
            "item": subject.item,
            "unit": unit,
            "unit_source": source,
            "project_name": subject.project,
            "is_approximate": figure.approximate,
        }
        if subject.family == "expense":
            fields["basis"] = subject.basis
        if subject.family in ("expense", "revenue", "balance"):
            fields["amount_year"] = subject.year
        found = self.context.mention(
            spot, subject.family, measure, figure.value, weak=subject.weak, **fields
        )
        if subject.family == "budget" and subject.year not in (None, self.context.year):
            self.context.mentions.pop()  # a budget of another year has no place in this report's
            return found
        if figure.kind in ("bare", "misprint") and figure.value != 0 and measure not in (
            "change_rate", "share", "execution_rate",
        ):  # fmt: skip
            self._doubtful_unit(spot, figure, subject, unit)
        return found

    def _unit(self, state: State, figure: Figure) -> tuple[str | None, str | None]:
        if figure.kind == "percent":
            return "%", "cell"
        if figure.kind == "money":
            self.context.last_unit = figure.unit
            return figure.unit, "cell"
        siblings = state.units or ([self.context.last_unit] if self.context.last_unit else [])
        unit = max(set(siblings), key=siblings.count) if siblings else None
        if unit is None and figure.value == 0:
            unit = "元"  # zero is zero in any unit
        return unit, "inferred" if unit else None

    def _doubtful_unit(
        self, spot: object, figure: Figure, subject: Subject, unit: str | None
    ) -> None:
        kind = "missing_unit" if figure.kind == "bare" else "misprinted_unit"
        already = [
            s for s in self.context.builder.records("statement")
            if s.kind == kind and s.source_text == spot.text and s.stated_value == figure.value  # type: ignore[attr-defined]
        ]  # fmt: skip
        if already:
            return
        detail = (
            f"金额{figure.value}未印单位，按同句其他金额读作{unit}"
            if kind == "missing_unit"
            else f"单位印作“{figure.unit}”，按同句其他金额读作{unit}"
        )
        self.context.builder.statement(
            spot,  # type: ignore[arg-type]
            kind=kind,
            scope="project" if subject.project else "department",
            project_name=subject.project,
            subject=subject.item,
            stated_value=figure.value,
            value_unit=figure.unit,
            detail=detail,
        )


def replace_value(figure: Figure, value: Decimal) -> Figure:
    """The same figure with another value (its sign)."""
    return replace(figure, value=value)
