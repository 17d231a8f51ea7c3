"""List numbers of a .doc ([MS-DOC] 2.9.131-2.9.150): definitions for ``word_styles.Numbering``."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from orchestration.reading.doc_binary import LIST_OVERRIDES, LISTS, WordBinary
from orchestration.reading.word_styles import ListLevel, Numbering

#: Number format codes to the names that DOCX gives them ([MS-OSHARED] 2.2.1.3).
_STYLES = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    18: "decimalEnclosedCircle",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand",
    37: "chineseCounting",
    39: "chineseCountingThousand",
    255: "none",
}


@dataclass(slots=True)
class _List:
    levels: dict[int, ListLevel] = field(default_factory=dict)


def numbering(word: WordBinary) -> Numbering:
    """The lists of a document, keyed by the 1-based number paragraphs give."""
    result = Numbering(None)
    try:
        lists = _lists(word)
        _overrides(word, lists, result)
    except (struct.error, IndexError):
        # List numbers are an aid; text and tables do not depend on them.
        return Numbering(None)
    return result


def _lists(word: WordBinary) -> dict[int, _List]:
    offset, size = word.section(LISTS)
    found: dict[int, _List] = {}
    if not size:
        return found
    (count,) = struct.unpack_from("<h", word.table, offset)
    position = offset + size  # the levels follow the list of lists
    for i in range(count):
        entry = offset + 2 + 28 * i
        (identity,) = struct.unpack_from("<i", word.table, entry)
        simple = word.table[entry + 26] & 0x1
        item = _List()
        for depth in range(1 if simple else 9):
            item.levels[depth], position = _level(word.table, position)
        found[identity] = item
    return found


def _level(table: bytes, position: int) -> tuple[ListLevel, int]:
    """One level and the position after it."""
    start, style, flags = struct.unpack_from("<iBB", table, position)
    characters, paragraphs, restart = struct.unpack_from("<BBB", table, position + 24)
    position += 28 + characters + paragraphs
    (length,) = struct.unpack_from("<H", table, position)
    raw = table[position + 2 : position + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in raw)
    level = ListLevel(
        style=_STYLES.get(style, "decimal"),
        text=text,
        start=start,
        restart=restart if flags & 0x8 else None,
        legal=bool(flags & 0x4),
    )
    return level, position + 2 + 2 * length


def _overrides(word: WordBinary, lists: dict[int, _List], result: Numbering) -> None:
    offset, size = word.section(LIST_OVERRIDES)
    if not size:
        return
    (count,) = struct.unpack_from("<i", word.table, offset)
    position = offset + 4 + 16 * count
    for i in range(count):
        identity, changes = struct.unpack_from("<i8xB", word.table, offset + 4 + 16 * i)
        base = lists.get(identity, _List())
        levels = dict(base.levels)
        starts: dict[int, int] = {}
        position += 4
        for _ in range(changes):
            start, flags = struct.unpack_from("<iI", word.table, position)
            position += 8
            depth = flags & 0xF
            if flags & 0x20:
                levels[depth], position = _level(word.table, position)
            if flags & 0x10:
                starts[depth] = levels[depth].start if flags & 0x20 else start
        result.define(str(i + 1), str(identity), levels, starts)
