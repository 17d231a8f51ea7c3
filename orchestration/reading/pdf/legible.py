"""Whether the text of a page means anything: fonts may say nothing of what their glyphs are.

A font that names no characters (re-distilled files, subsets numbered from one) gives control
characters, letters of other scripts or nothing. A figure among them may be any other, in both
readings alike; such a page is recognised from its picture, as a scanned one is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

#: Control characters that are no white space, and glyphs without Unicode.
_NONSENSE = "\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\uffff"
#: What no report of a Chinese unit is written in: Latin letters with accents (glyphs by number in
#: an old encoding), scripts from Armenian to Ethiopic and on (glyphs by number as Unicode).
_FOREIGN = (
    "\u00a1-\u00a6\u00a8-\u00af\u00b4-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u036f\u0400-\u1fff"
    "\u2c00-\u2e7f\ua000-\uf8ff"
)
_STRANGE = re.compile(f"[{_NONSENSE}{_FOREIGN}]")
UNNAMED = re.compile(f"[{_NONSENSE}]")
#: A page with more strange glyphs than both is not legible.
_SHARE, _FEWEST = 0.2, 10


def is_legible(text: Sequence[str]) -> bool:
    """Whether the glyphs of a page, a string each, can be taken for what they say."""
    strange = len(_STRANGE.findall("".join(text)))
    return strange < _FEWEST or strange < _SHARE * len(text)
