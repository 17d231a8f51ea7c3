"""What the figures of a clause are about."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.extraction.narrative.context import Mention


@dataclass(frozen=True, slots=True)
class Subject:
    """What the figures of a clause are about until another clause says otherwise."""

    family: str
    item: str
    basis: str | None
    year: int | None
    project: str | None = None
    weak: bool = False


def subject_of(mention: Mention) -> Subject:
    """The subject of an amount already read."""
    fields = mention.fields
    return Subject(
        mention.family, fields["item"], fields.get("basis"), fields.get("amount_year"),
        fields.get("project_name"), mention.weak,
    )  # fmt: skip
