"""A document as read → the records it states.

:func:`extract` never raises for what a document says: whatever it cannot use becomes an
``IssueRecord``. Nothing here knows a file format or an orchestrator.
"""

from __future__ import annotations

from orchestration.extraction.hints import Hints
from orchestration.extraction.run import extract

__all__ = ["Hints", "extract"]
