"""Which family a form belongs to: the signature it holds best (``form_signature.csv``)."""

from __future__ import annotations

from decimal import Decimal

from orchestration.extraction.vocabulary import Vocabulary

#: Share of a family's total weight that must be printed.
_THRESHOLD = Decimal("0.5")


def family_of(text: str, vocabulary: Vocabulary) -> str | None:
    """The family whose signature tokens a form's compact text holds best; None below the limit.

    The share of a signature's weight that is present decides; ties go to the heavier signature.
    """
    present: dict[str, Decimal] = {}
    total: dict[str, Decimal] = {}
    missing: set[str] = set()
    for token in vocabulary.signatures:
        total[token.family] = total.get(token.family, Decimal(0)) + token.weight
        if token.token in text:
            present[token.family] = present.get(token.family, Decimal(0)) + token.weight
        elif token.required:
            missing.add(token.family)
    ranked = sorted(
        (
            (weight / total[family], weight, family)
            for family, weight in present.items()
            if family not in missing
        ),
        reverse=True,
    )
    if not ranked or ranked[0][0] < _THRESHOLD:
        return None
    return ranked[0][2]
