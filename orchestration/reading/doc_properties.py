"""What the modifiers of a .doc say about paragraphs, characters and table rows ([MS-DOC] 2.6)."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from orchestration.reading.doc_binary import modifiers

_P_IN_TABLE, _P_ROW_END = 0x2416, 0x2417
_P_DEPTH, _P_DEPTH_CHANGE = 0x6649, 0x664A
_P_INNER_CELL, _P_INNER_ROW_END = 0x244B, 0x244C
_P_LEVEL, _P_LIST, _P_OUTLINE = 0x260A, 0x460B, 0x2640
_C_DELETED, _C_HIDDEN, _C_SYMBOL, _C_RAISED, _C_SPECIAL = 0x0800, 0x083C, 0x6A09, 0x2A48, 0x0855
_T_DEFINITION, _T_VERTICAL, _T_FLOW = 0xD608, 0xD62B, 0x7629
_T_MERGE, _T_SPLIT = 0x5624, 0x5625
_TC_SIZE = 20


@dataclass(frozen=True, slots=True)
class ParagraphProperties:
    """What matters of a paragraph: its place in tables, its list, its outline level."""

    depth: int = 0
    ends_row: bool = False
    ends_inner_cell: bool = False
    list_id: int | None = None
    list_level: int = 0
    outline: int | None = None  # 0-8, 9 = running text


@dataclass(frozen=True, slots=True)
class CharacterProperties:
    """What matters of a run of characters."""

    hidden: bool = False
    symbol: tuple[int, int] | None = None  # font index, code
    raised: int = 0  # 1 superscript, 2 subscript
    special: bool = False


@dataclass(slots=True)
class RowDefinition:
    """The cells of a row: edges in twips, merges and text direction of each."""

    edges: list[int] = field(default_factory=list)
    across: list[bool] = field(default_factory=list)  # merged into the cell before
    down: list[int] = field(default_factory=list)  # 0 not merged, 1 goes on, 3 starts
    vertical: list[bool] = field(default_factory=list)


def paragraph(grpprl: bytes) -> ParagraphProperties:
    """The properties of a paragraph from its modifiers."""
    in_table = ends_row = inner_cell = inner_row = False
    depth: int | None = None
    list_id: int | None = None
    level = 0
    outline: int | None = None
    for code, operand in modifiers(grpprl):
        if not operand:
            continue
        if code == _P_IN_TABLE:
            in_table = bool(operand[0])
        elif code == _P_ROW_END:
            ends_row = bool(operand[0])
        elif code == _P_DEPTH and len(operand) == 4:
            depth = int(struct.unpack("<i", operand)[0])
        elif code == _P_DEPTH_CHANGE and len(operand) == 4:
            depth = (depth or 0) + int(struct.unpack("<i", operand)[0])
        elif code == _P_INNER_CELL:
            inner_cell = bool(operand[0])
        elif code == _P_INNER_ROW_END:
            inner_row = bool(operand[0])
        elif code == _P_LEVEL:
            level = operand[0]
        elif code == _P_LIST and len(operand) == 2:
            list_id = int(struct.unpack("<h", operand)[0])
        elif code == _P_OUTLINE:
            outline = operand[0]
    if depth is None or depth <= 0:
        depth = 1 if in_table else 0
    return ParagraphProperties(
        depth=min(depth, 40) if in_table or depth > 1 else 0,
        ends_row=(ends_row and depth == 1) or inner_row,
        ends_inner_cell=inner_cell,
        list_id=list_id,
        list_level=min(level, 8),
        outline=outline,
    )


def character(grpprl: bytes) -> CharacterProperties:
    """The properties of a run from its modifiers."""
    hidden = special = False
    mark: tuple[int, int] | None = None
    position = 0
    for code, operand in modifiers(grpprl):
        if not operand:
            continue
        if code in (_C_DELETED, _C_HIDDEN):
            # Values above 1 refer to the style, which is taken not to hide.
            hidden = hidden or operand[0] == 1
        elif code == _C_SYMBOL and len(operand) == 4:
            font, letter = struct.unpack("<HH", operand)
            mark = (int(font), int(letter))
        elif code == _C_RAISED:
            position = operand[0]
        elif code == _C_SPECIAL:
            special = bool(operand[0])
    return CharacterProperties(hidden, mark, position, special)


def row(grpprl: bytes) -> RowDefinition | None:
    """The definition of a row from the modifiers of its end mark; None where it has none."""
    found: RowDefinition | None = None
    for code, operand in modifiers(grpprl):
        if code == _T_DEFINITION:
            found = _definition(operand)
        elif found is None:
            continue
        elif code == _T_VERTICAL and len(operand) >= 3:
            if operand[1] < len(found.down):
                found.down[operand[1]] = operand[2]
        elif code in (_T_MERGE, _T_SPLIT) and len(operand) == 2:
            for i in range(operand[0] + (code == _T_MERGE), min(operand[1], len(found.across))):
                found.across[i] = code == _T_MERGE
        elif code == _T_FLOW and len(operand) == 4:
            for i in range(operand[0], min(operand[1], len(found.vertical))):
                found.vertical[i] = bool(operand[2] & 0x1)
    return found


def _definition(operand: bytes) -> RowDefinition | None:
    if len(operand) < 3:
        return None
    count = operand[2]
    if len(operand) < 3 + 2 * (count + 1) or not count:
        return None
    edges = list(struct.unpack_from(f"<{count + 1}h", operand, 3))
    cells = operand[3 + 2 * (count + 1) :]
    result = RowDefinition(edges)
    for i in range(count):
        # Cells past the end of the list have default properties.
        flags = int.from_bytes(cells[_TC_SIZE * i : _TC_SIZE * i + 2].ljust(2, b"\0"), "little")
        result.across.append(bool(flags & 0x2))
        down = (flags >> 5) & 0x3
        result.down.append(3 if down & 0x2 else down)
        result.vertical.append(bool(flags & 0x4))
    return result
