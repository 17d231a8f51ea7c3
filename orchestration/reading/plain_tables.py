"""Tables in plain text: tabs, Markdown pipes, and columns aligned by blanks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from orchestration.reading.document import GridKind, Place
from orchestration.reading.other_columns import columns_below
from orchestration.reading.plain_lines import Line, display_width
from orchestration.reading.text_table import Row, TextTable

#: "（三）<tab>text", "1.<tab>text": a tab after a list number is no column.
_ENUMERATOR = re.compile(
    r"\s*[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3}|[①-⑳])[)）、.．]?\s*$|\s*[-•●■◆*]\s*$"
)
_CONTENTS_ENTRY = re.compile(r"(?:[.．·…]{2,}|\s)\s*\t\s*-?\d+-?\s*$")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—－–]\s*)?(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[-—－–])?\s*$")
_NUMBER = re.compile(r"\s*[-+−]?[\d,]+(?:\.\d+)?\s*[%％]?\s*$")
#: "合计 | 100 | |||||": a page saved as text fills its rows up with bars to the widest.
_FILLED_UP = re.compile(r"[^|\s]\s*\|[|\s]*\|\s*$")
_MARKDOWN_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_GAP = re.compile(r"(?: {2,}|\u3000|\u00a0{2,})[ \u3000\u00a0]*")
_MAX_GAP_LINES = 8
#: Two figures one blank apart: 48.4万元 47.5万元.
_TWO_FIGURES = re.compile(r"\d(?:[%％]|[\u4e00-\u9fff]{0,2})\s+[-+−≥≤<>＝=]?\d[\d,.]*(?:\D|$)")
#: A line this wide is running text, not a piece of a cell.
_PROSE_WIDTH = 60
_ABOVE_TABLE = re.compile(
    r"[表：:。；]$|单位[：:]|^[（(]?(?:19|20)\d\d年度?[）)]?$|^\d{1,2}[、.．]|^[（(]?[一二三四五六七八九十]{1,3}[）)、]"
)
_BELOW_TABLE = re.compile(
    r"[。；：:]|^(?:备注|注|说明|附)|^第|^[-—]|^[（(]?[一二三四五六七八九十]{1,3}[）)、]|^\d{1,2}[、.．]|单位|[表书告]$"
)


def find_tables(lines: list[Line]) -> list[TextTable]:
    """All tables of a text in order; they never overlap."""
    tabbed = _join_segments(lines, _segments(lines))
    taken = {i for table in tabbed for i in range(table.first, table.last + 1)}
    piped = _piped(lines, taken)
    taken |= {i for table in piped for i in range(table.first, table.last + 1)}
    return sorted(tabbed + piped + _aligned(lines, taken), key=lambda table: table.first)


# --- tabs -----------------------------------------------------------------------------------


def _is_row(line: Line) -> bool:
    tabs = line.text.count("\t")
    if tabs != 1:
        return tabs >= 2
    left, right = line.text.split("\t")
    return bool(
        left.strip()
        and right.strip()
        and not _ENUMERATOR.match(left)
        and not _CONTENTS_ENTRY.search(line.text)
    )


def _segments(lines: list[Line]) -> list[TextTable]:
    """Runs of lines that are rows, blank lines ending a run."""
    segments: list[TextTable] = []
    index = 0
    while index < len(lines):
        if not _is_row(lines[index]):
            index += 1
            continue
        end = index
        while end + 1 < len(lines) and not lines[end + 1].blank:
            end += 1
        segments += _rows_in_run(lines, index, end)
        index = end + 1
    return [segment for segment in segments if any(len(row.filled) >= 2 for row in segment.rows)]


def _rows_in_run(lines: list[Line], first: int, last: int) -> list[TextTable]:
    """Tables in a run without blank lines; a row broken inside a cell is mended."""
    tabs = [lines[i].text.count("\t") for i in range(first, last + 1)]
    usual, often = Counter(t for t in tabs if t).most_common(1)[0]
    mend = usual >= 2 and often >= 2 and often >= 0.6 * sum(t > 0 for t in tabs)
    tables: list[TextTable] = []
    index = first
    while index <= last:
        span = _broken_row(lines, index, last, usual) if mend else 1
        if not (span > 1 or _is_row(lines[index])):
            index += 1
            continue
        row = _mended(lines[index : index + span])
        if tables and tables[-1].last == index - 1:
            tables[-1].rows.append(row)
            tables[-1].last = index + span - 1
        else:
            tables.append(TextTable(index, index + span - 1, [row]))
        index += span
    return tables


def _broken_row(lines: list[Line], index: int, last: int, usual: int) -> int:
    """How many lines from ``index`` on make one row of the usual number of tabs (1 = none)."""
    count = lines[index].text.count("\t")
    if not 0 < count < usual:
        return 1
    end = index
    while end < last and count < usual:
        end += 1
        count += lines[end].text.count("\t")
    # A row that starts with a filled first column is a row of its own, cut short at its end.
    whole = count == usual and lines[end].text.endswith("\t")
    return end - index + 1 if whole else 1


def _mended(parts: list[Line]) -> Row:
    texts: list[str] = []
    places: list[list[Place]] = []
    for line in parts:
        pieces = line.text.split("\t")
        for offset, piece in enumerate(pieces):
            place = Place(path=f"line {line.number}, cell {offset + 1}")
            if offset == 0 and texts:
                texts[-1] = f"{texts[-1]}\n{piece}"
                places[-1].append(place)
            else:
                texts.append(piece)
                places.append([place])
    return Row(texts, places)


def _join_segments(lines: list[Line], segments: list[TextTable]) -> list[TextTable]:
    """Join what blank lines (a page break in the dump) cut; drop runs too weak for a table."""
    tables: list[TextTable] = []
    for segment in segments:
        if tables and _goes_on(lines, tables[-1], segment):
            _append(tables[-1], _widened(tables[-1], segment))
        else:
            tables.append(segment)
    return [table for table in tables if _believable(table)]


def _believable(table: TextTable) -> bool:
    if len(table.rows) >= 2:
        return True
    return len(table.rows[0].filled) >= 3


def _goes_on(lines: list[Line], table: TextTable, segment: TextTable) -> bool:
    """Whether a segment after an interruption belongs to the table before it."""
    between = lines[table.last + 1 : segment.first]
    printed = [line for line in between if not line.blank]
    if len(between) > _MAX_GAP_LINES or any(not _PAGE_NUMBER.match(p.text) for p in printed):
        return False
    if len(printed) > 1 or table.width < 3:
        return False
    if table.width != segment.width:
        return _columns_of(table, segment) is not None
    head, first = table.rows[0], segment.rows[0]
    if _compact(head) == _compact(first):
        return True
    # The label that opened the table opens another form.
    opener = head.texts[0].strip()
    return not (opener and first.texts[0].strip() == opener and not _NUMBER.match(opener))


def _columns_of(table: TextTable, segment: TextTable) -> list[int] | None:
    return columns_below([r.texts for r in table.rows], [r.texts for r in segment.rows])


def _widened(table: TextTable, segment: TextTable) -> TextTable:
    """A segment with the columns of the table that it goes on with."""
    columns = _columns_of(table, segment) if table.width != segment.width else None
    if columns is None:
        return segment
    rows = []
    for row in segment.rows:
        texts = [""] * table.width
        places: list[list[Place]] = [[] for _ in texts]
        for column, text, place in zip(columns, row.texts, row.places, strict=True):
            texts[column], places[column] = text, place
        rows.append(Row(texts, places))
    return TextTable(segment.first, segment.last, rows, segment.kind, segment.notes)


def _append(table: TextTable, segment: TextTable) -> None:
    rows = list(segment.rows)
    dropped = _repeated_header(table.rows, rows)
    if dropped:
        table.notes.append(f"{dropped} 行重复表头已略 / {dropped} repeated header row(s) dropped")
    rows = rows[dropped:]
    if rows and _continues_row(table.rows, rows[0]):
        _merge_row(table.rows[-1], rows.pop(0))
    table.rows += rows
    table.last = segment.last


def _compact(row: Row) -> list[str]:
    return ["".join(text.split()) for text in row.texts]


def _repeated_header(rows: list[Row], following: list[Row]) -> int:
    """How many rows at the start of ``following`` repeat consecutive rows printed before."""
    keys = [_compact(row) for row in rows]
    for start, key in enumerate(keys):
        if len(rows[start].filled) < 2 or any(_NUMBER.match(t) for t in key if t):
            continue
        count = 0
        while (
            count < len(following)
            and start + count < len(keys)
            and keys[start + count] == _compact(following[count])
            and not any(_NUMBER.match(t) for t in keys[start + count] if t)
        ):
            count += 1
        if count:
            return count
    return 0


def _continues_row(rows: list[Row], row: Row) -> bool:
    """Whether the first row after an interruption is the rest of the row before it.

    It is when every text stands under a text, none is a figure, and either the row leaves its
    first columns and some others blank as no other row of the table does, or it opens with a
    bracket in a row of labels.
    """
    above = rows[-1]
    if not row.filled or any(_NUMBER.match(row.texts[i]) for i in row.filled):
        return False
    if any(i >= len(above.texts) or not above.texts[i].strip() for i in row.filled):
        return False
    if row.texts[row.filled[0]].lstrip().startswith(("(", "（")) and 0 in row.filled:
        return not any(_NUMBER.match(above.texts[i]) for i in above.filled)
    if 0 in row.filled or len(row.filled) >= len(above.filled):
        return False
    return not any(
        other.filled == row.filled and not any(_NUMBER.match(other.texts[i]) for i in row.filled)
        for other in rows
    )


def _merge_row(above: Row, row: Row) -> None:
    for column in row.filled:
        above.texts[column] = above.texts[column].rstrip() + row.texts[column].strip()
        above.places[column] += row.places[column]


# --- pipes ----------------------------------------------------------------------------------


def _piped(lines: list[Line], taken: set[int]) -> list[TextTable]:
    tables: list[TextTable] = []
    for index, line in enumerate(lines):
        if index in taken or line.text.count("|") < 2 or "\t" in line.text:
            continue
        texts = _pipe_cells(line.text)
        row = Row(
            texts, [[Place(path=f"line {line.number}, cell {c + 1}")] for c in range(len(texts))]
        )
        if tables and tables[-1].last == index - 1:
            tables[-1].last = index
        else:
            tables.append(TextTable(index, index, []))
        if not _MARKDOWN_RULE.match(line.text):
            tables[-1].rows.append(row)
    for table in tables:
        if _filled_up([lines[i].text for i in range(table.first, table.last + 1)]):
            table.collapsed = True
            for row in table.rows:
                end = row.filled[-1] + 1 if row.filled else 1
                row.texts, row.places = row.texts[:end], row.places[:end]
    return [table for table in tables if len(table.rows) >= 2 and _believable(table)]


def _filled_up(rows: list[str]) -> bool:
    """Whether bars at the ends of rows stand for nothing: places under merged cells are left out.

    Every row begins with a text then, and bars without a blank between stand at ends alone.
    """
    rows = [row.strip() for row in rows]
    ended = any(_FILLED_UP.search(row) and row.endswith("||") for row in rows)
    return ended and not any(row.startswith("|") or "||" in row.rstrip("| ") for row in rows)


def _pipe_cells(text: str) -> list[str]:
    body = text.strip().removeprefix("|")
    body = body[:-1] if body.endswith("|") and not body.endswith("\\|") else body
    cells = re.split(r"(?<!\\)\|", body)
    return [re.sub(r"<br\s*/?>", "\n", c.replace("\\|", "|"), flags=re.I).strip() for c in cells]


# --- alignment ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    text: str


def _pieces(text: str) -> list[_Piece]:
    """The texts of a line between runs of blanks, with their columns on paper."""
    pieces: list[_Piece] = []
    position = 0
    for match in [*_GAP.finditer(text), None]:
        end = match.start() if match else len(text)
        part = text[position:end]
        if part.strip():
            start = (
                display_width(text[:position]) + display_width(part) - display_width(part.lstrip())
            )
            pieces.append(_Piece(start, start + display_width(part.strip()), part.strip()))
        position = match.end() if match else end
    return pieces


def _aligned(lines: list[Line], taken: set[int]) -> list[TextTable]:
    """Runs of at least three lines whose texts stand in the same columns."""
    tables: list[TextTable] = []
    index = 0
    while index < len(lines):
        end = index
        while end < len(lines) and end not in taken and _columnar(lines[end]):
            end += 1
        if end - index >= 3:
            table = _aligned_table(lines, index, end - 1)
            if table is not None:
                tables.append(table)
        index = max(end, index + 1)
    return tables


def _columnar(line: Line) -> bool:
    if line.blank or "\t" in line.text:
        return False
    pieces = _pieces(line.text)
    return len(pieces) >= 2 and all(piece.end - piece.start <= 60 for piece in pieces)


def _aligned_table(lines: list[Line], first: int, last: int) -> TextTable | None:
    """The table of some lines, None where no blank column runs through all of them."""
    parsed = [_pieces(lines[i].text) for i in range(first, last + 1)]
    spans: list[list[int]] = []
    for piece in sorted((p for row in parsed for p in row), key=lambda p: p.start):
        if spans and piece.start <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], piece.end)
        else:
            spans.append([piece.start, piece.end])
    rows: list[Row] = []
    for offset, pieces in enumerate(parsed):
        number = lines[first + offset].number
        texts = [""] * len(spans)
        for piece in pieces:
            column = next(i for i, (a, b) in enumerate(spans) if a <= piece.start <= b)
            if texts[column]:
                return None  # a text above or below stands across two columns
            texts[column] = piece.text
        rows.append(
            Row(texts, [[Place(path=f"line {number}, cell {c + 1}")] for c in range(len(spans))])
        )
    supported = sum(sum(bool(row.texts[c]) for row in rows) >= 2 for c in range(len(spans)))
    if len(spans) < 2 or supported < 2 or any(len(row.filled) < 2 for row in rows[:2]):
        return None
    if not _rows_stand_alone(rows) or _wraps_around(lines, first, last):
        return None
    return TextTable(first, last, rows, GridKind.ALIGNED)


def _rows_stand_alone(rows: list[Row]) -> bool:
    """Whether every line is a row of its own and every figure a cell of its own.

    Cells that wrap leave lines without the first column; two columns one blank apart look like one.
    Which row such a line belongs to is not to be told, so that there is no table to be read.
    """
    return all(0 in row.filled for row in rows) and not any(
        _TWO_FIGURES.search(text) for row in rows for text in row.texts
    )


def _wraps_around(lines: list[Line], first: int, last: int) -> bool:
    """Whether the line above or below the run looks like a piece of a cell in it."""
    above = lines[first - 1] if first else None
    below = lines[last + 1] if last + 1 < len(lines) else None
    return any(
        line is not None
        and not line.blank
        and line.width < _PROSE_WIDTH
        and not beside.search("".join(line.text.split()))
        for line, beside in ((above, _ABOVE_TABLE), (below, _BELOW_TABLE))
    )
