"""How much of one document a reader may cost: bytes, pages, parts, cells."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one document; whatever passes one becomes an ``UnreadableError``.

    The defaults let a 部门决算 of a thousand pages through and stop archives that grow without
    end. Seconds and memory are limited from outside (``ingestion/pool.py``): a plain call of
    ``read`` cannot interrupt itself.
    """

    max_bytes: int = 200 * MIB
    max_pages: int = 2000
    # Decompressed size of all parts of a ZIP container, and of one part against its packed size.
    # A large sheet of blanks packs 1:100 honestly; bombs pack 1:1000.
    max_unpacked_bytes: int = 512 * MIB
    max_unpack_ratio: int = 250
    max_parts: int = 10_000
    max_cells: int = 1_000_000
    max_text_chars: int = 50_000_000
    max_ocr_pages: int = 40


#: The limits used where none are given.
DEFAULT_LIMITS = Limits()
