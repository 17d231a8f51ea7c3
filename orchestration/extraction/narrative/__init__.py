"""Running text → records: a grammar of sentence families over the paragraphs no form has claimed.

One small module a family (``money``, ``people``, ``survey``, ``scores``, ``scored_lists``,
``arithmetic``, ``hygiene``); ``outline`` and ``sections`` say where a sentence stands. Figures that
belong to no table of the contract are left alone: precision over recall.
"""

from __future__ import annotations

from orchestration.extraction.narrative.reader import read_narrative

__all__ = ["read_narrative"]
