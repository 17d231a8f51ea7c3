"""Forms that plain text has taken apart: broken into lines, or one cell a line.

:func:`rebuild` puts them together again as grids, so that the readers of forms need to know nothing
of it. What cannot be put together in exactly one way stays running text, with a note.
"""

from __future__ import annotations

from orchestration.extraction.lineforms.rebuild import Rebuilt, rebuild, rebuild_forms, title_of

__all__ = ["Rebuilt", "rebuild", "rebuild_forms", "title_of"]
