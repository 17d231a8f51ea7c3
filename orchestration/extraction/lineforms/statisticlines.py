"""The base-data table (基础数据表) printed as lines: labels that wrap, then a figure a column.

Recognised by its heads (财政供养人员情况 or 经费控制情况 with columns of year and basis). A row's
figures stand on the line that ends its label. A row with fewer figures than columns says nowhere
which it lacks: it stays unread, with a reason. Labels must be those of expense that are known, or
stand on one line with their figures; where one is not, the table is held back, because a dump from
top to bottom prints the figures of a row amid its label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.extraction.forms.statistics import basis_and_year
from orchestration.extraction.lineforms.brokenlines import form_lines, is_title
from orchestration.extraction.lineforms.gridmaker import EMPTY, GridMaker, Piece
from orchestration.extraction.lineforms.tokens import FormLine, Token
from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import default_vocabulary, strip_decoration
from orchestration.reading.document import Grid

_STAFF = re.compile(
    r"^(财政供养人员(?:情况)?(?:[(]人[)])?)(编制数)((?:20\d\d年)?(?:年末)?(?:实际)?在职人数)(控制率)$"
)
_MONEY = re.compile(r"^(经费控制情况(?:[(](?:万元|元)[)])?)((?:[^()]{2,8}?(?:预算|决算)数){2,4})$")
_COLUMN = re.compile(r".+?(?:预算|决算)数")
_END = re.compile(r"^(?:部门(?:整体|基本|$)|楼堂馆所|厉行)")
_AFTER = re.compile(r"^(?:说明|备注|注[:：]|填表人|附件|第[一二三四五]部分|[一二三四五六]、)")
_HEAD_LINES, _BODY_LINES, _REST_LINES = 20, 90, 40
_LABEL_LINES = 12
_LONGEST = 30  # letters of a row's label
_PEOPLE = 3  # figures of the row of people
#: What begins a label, and words behind a bracket, which ends one.
_BEGINS = re.compile(r"\d{1,2}[、.．]|其中")
_BEHIND_BRACKET = re.compile(r"[)][^()]")
_SPECIAL = "市级专项资金"  # known by its beginning: names of funds may follow
_NAMES_NOTHING = re.compile(r"^项目支出:?$")


@dataclass(frozen=True, slots=True)
class _Row:
    """A label and the figures behind it."""

    label: Piece
    values: tuple[Token, ...]


def find_statistics(blocks: Sequence[object]) -> list[tuple[int, int, Grid | None]]:
    """First and last block of every such table, and its grid; None where it is held back."""
    lines = form_lines(blocks)
    found: list[tuple[int, int, Grid | None]] = []
    position = 0
    while position < len(lines):
        end = None
        if re.match(r"财政供?养?|经费控?制?", compact(lines[position].text)):
            end = _take(lines, position, found)
        position = end + 1 if end is not None else position + 1
    return found


def _take(
    lines: Sequence[FormLine], start: int, found: list[tuple[int, int, Grid | None]]
) -> int | None:
    """Read the table that begins at a line; its last line, None where none begins."""
    staff = _head(lines, start, _STAFF)
    people: list[Token] = []
    at = start
    if staff is not None:
        at = staff[0]
        while at < len(lines) and lines[at].tokens and all(map(_is_value, lines[at].tokens)):
            people += lines[at].tokens
            at += 1
    money = _head(lines, at, _MONEY)
    if money is None:
        return None
    columns = _COLUMN.findall(money[1][1])
    named = [basis_and_year(column, None) for column in columns]
    if None in named or len(set(named)) < len(named):
        return None
    body = money[0]
    end = body
    while end < len(lines) and end - body < _BODY_LINES and not _ends(lines[end]):
        end += 1
    last = _last(lines, end)
    rows = _rows(lines[body:end], len(columns))
    grid = None
    if rows:
        maker = GridMaker(1 + max(len(columns), _PEOPLE))
        if staff is not None:
            _put_people(maker, lines[start], staff[1], people)
        place = (lines[at].place,)
        maker.row([(Piece(money[1][0], place), 1), *((Piece(c, place), 1) for c in columns)])
        for row in rows:
            maker.row([(row.label, 1), *((piece, 1) for piece in _pieces(row, len(columns)))])
        grid = maker.grid(0)
    found.append((lines[start].block, lines[last].block, grid))
    return last


def _head(
    lines: Sequence[FormLine], start: int, pattern: re.Pattern[str]
) -> tuple[int, tuple[str, ...]] | None:
    """The line behind a head and the head's words; the longest head that the lines make up."""
    joined, found = "", None
    for at in range(start, min(start + _HEAD_LINES, len(lines))):
        joined += compact(lines[at].text)
        match = pattern.match(joined)
        if match:
            found = at + 1, match.groups()
    return found


def _is_value(token: Token) -> bool:
    return token.is_number or token.is_percent or default_vocabulary().is_blank(token.text)


def _ends(line: FormLine) -> bool:
    text = compact(line.text)
    return line.text == "\x00" or bool(_END.match(text) or _AFTER.match(line.text.strip()))


def _last(lines: Sequence[FormLine], end: int) -> int:
    """The last line of the table: what follows the rows of expense is part of it."""
    last = end - 1
    for at in range(end, min(end + _REST_LINES, len(lines))):
        line = lines[at]
        note = _AFTER.match(line.text.strip()) or line.text.endswith("。")
        if line.text == "\x00" or note or is_title(line):
            break
        last = at
        if compact(line.text).endswith("措施"):
            break
    return last


def _put_people(
    maker: GridMaker, line: FormLine, head: tuple[str, ...], people: Sequence[Token]
) -> None:
    place = (line.place,)
    maker.row([(Piece(words, place), 1) for words in head])
    values = [Piece(token.text, (token.place,)) for token in people]
    if len(values) != _PEOPLE:
        values = [_unplaced(people)] if people else []
    maker.row([(EMPTY, 1), *((value, 1) for value in values)])


def _rows(lines: Sequence[FormLine], columns: int) -> list[_Row] | None:
    """Labels and their figures; None where a label is not known."""
    rows: list[_Row] = []
    words: list[FormLine] = []
    for line in lines:
        tokens = list(line.tokens)
        values: list[Token] = []
        while tokens and _is_value(tokens[-1]):
            values.insert(0, tokens.pop())
        if tokens:
            words.append(line)
        if not values:
            continue
        found = _labels(words, len(values) if tokens else 0) if words else None
        if found is None or len(values) > columns:
            return None
        rows += [_Row(label, ()) for label in found[:-1]]
        rows.append(_Row(found[-1], tuple(values)))
        words = []
    return rows  # labels behind the last figures have none


def _labels(lines: Sequence[FormLine], values: int) -> list[Piece] | None:
    """The labels that lines make up, figures behind the last; None where that is not certain."""
    texts = [_words_of(line, values if line is lines[-1] else 0) for line in lines]
    ways = _ways(texts)
    if not ways and len(lines) == 1:
        return [Piece(texts[0], (lines[0].place,))]  # a row of its own, of what nobody knows
    fewest = min(map(len, ways), default=0)
    best = [way for way in ways if len(way) == fewest]
    if len(best) != 1:
        return None
    return [Piece(label, tuple(x.place for x in lines[a:b])) for label, a, b in best[0]]


def _words_of(line: FormLine, values: int) -> str:
    count = len(line.tokens) - values
    return "".join(token.text for token in line.tokens[:count])


def _ways(texts: Sequence[str], start: int = 0) -> list[list[tuple[str, int, int]]]:
    """Every way to part lines into labels of a few lines each."""
    if start == len(texts):
        return [[]]
    ways: list[list[tuple[str, int, int]]] = []
    for end in range(start + 1, min(start + _LABEL_LINES, len(texts)) + 1):
        label = "".join(texts[start:end])
        if len(label) > _LONGEST or (end > start + 1 and _BEGINS.match(texts[end - 1])):
            break
        if _is_known(label, whole=end > start + 1):
            ways += [[(label, start, end), *rest] for rest in _ways(texts, end)]
    return ways


def _is_known(label: str, *, whole: bool) -> bool:
    """Whether words name an item of expense; ``whole``: no word more than the item's own."""
    bare = re.sub(r"^其中:?", "", label)
    if bare.count("(") != bare.count(")") or _BEHIND_BRACKET.search(bare):
        return False
    words = default_vocabulary().expense_item
    if whole:
        own = re.sub(r"[(][^()]*[)]$", "", strip_decoration(bare))
        return any(map(words.is_exact, (bare, strip_decoration(bare)))) or own == _SPECIAL
    return words.find(bare) is not None or bool(_NAMES_NOTHING.match(bare))


def _pieces(row: _Row, columns: int) -> list[Piece]:
    if len(row.values) == columns:
        return [Piece(token.text, (token.place,)) for token in row.values]
    blanks = [EMPTY] * (columns - 1)
    return [_unplaced(row.values) if row.values else EMPTY, *blanks]


def _unplaced(values: Sequence[Token]) -> Piece:
    """A text that no reader takes for a number, so that it is reported."""
    if all(default_vocabulary().is_blank(token.text) for token in values):
        return EMPTY
    printed = " ".join(token.text for token in values)
    return Piece(f"{printed}（所属列不明）", (values[0].place,))
