"""What is known of a file besides its contents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hints:
    """What ``raw/manifest.csv`` says of a file; used only where the document says nothing."""

    region_code: str | None = None
    unit_name: str | None = None
    fiscal_year: int | None = None
