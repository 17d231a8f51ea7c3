"""Operators of a PDF content stream with their operands as bytes.

Only what text and borders need is understood; the rest passes as operands of operators that the
interpreter ignores. Streams of office programs are split at C speed; a stream with comments,
inline images or nested parentheses goes token by token. PDF 32000-1, 7.2 and 7.8.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from itertools import accumulate, compress, count
from typing import Any, NamedTuple

#: An operand as written: a number or name, a string with its brackets, or a whole array.
Operand = bytes
Handler = Callable[[list[Operand]], None]

# Parentheses within a string need no escape where they are balanced; glyph numbers make such.
_FLAT = rb"\((?:[^()\\]|\\.)*\)"
_PAIRED = rb"\((?:[^()\\]|\\.|%s)*\)" % _FLAT
_STRING = rb"\((?:[^()\\]|\\.|%s)*\)" % _PAIRED
_HEX = rb"<[0-9A-Fa-f\s]*>"
_ARRAY = rb"\[(?:[^\[\]()%%<>/]|%s|%s)*\]" % (_STRING, _HEX)
_NUMBER = rb"[-+]?(?:\d+\.?\d*|\.\d+)"
_DIGITS = rb"[0-9A-Fa-f\s]*"
_MOVED = rb"<%%s>\s*Tj\s+(%s)\s+(%s)\s+(T[dD])(?=[\s<(\[/]|\Z)\s*" % (_NUMBER, _NUMBER)
_MOVED_ITEM = re.compile(_MOVED % (rb"(%s)" % _DIGITS))
_MOVED_PLAIN = _MOVED.replace(b"(%s)" % _NUMBER, _NUMBER).replace(b"(T[dD])", b"T[dD]") % _DIGITS
#: Strings that each are followed by a move to the next one. WPS writes all its text so.
_MOVES = rb"%s(?:%s)+" % (_MOVED_PLAIN, _MOVED_PLAIN)
_UNIT = re.compile(rb"(%s|%s|%s|%s)" % (_MOVES, _ARRAY, _STRING, _HEX), re.DOTALL)
#: The key of the handler that takes a run of such strings as one operand.
MOVED_STRINGS = b"Tj Td"
_TOKEN = re.compile(
    rb"(%s|%s|%s)|(\()|(%%[^\r\n]*)|(/[^\s()<>\[\]{}/%%]*|<<|>>|[\[\]{}]|[^\s()<>\[\]{}/%%]+)"
    % (_ARRAY, _STRING, _HEX),
    re.DOTALL,
)
_ITEM = re.compile(rb"(%s|%s)|([^\s\[\]()<>]+)" % (_STRING, _HEX), re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"b": b"\b",
    b"f": b"\f",
    b"\n": b"",
    b"\r": b"",
    b"\r\n": b"",
}
_BLANKS = re.compile(rb"\s+")
_BEGIN_IMAGE = re.compile(rb"BI(?<![^\s\]>)]BI)(?=[\s/])")
_END_IMAGE = re.compile(rb"[\s\x00]EI(?=[\s\x00/]|$)")


def execute(data: bytes, handlers: Mapping[bytes, Handler]) -> None:
    """Call the handler of every operator, in order, with the operands before it.

    Operators without a handler are taken for operands; handlers look at the last operands only. A
    handler that raises for malformed operands is passed over.
    """
    parts = _UNIT.split(data)
    if _is_odd(b"\n".join(parts[::2])):
        _execute_tokens(data, handlers)
        return
    find = handlers.get
    show_moved = handlers.get(MOVED_STRINGS)
    before: list[Operand] = []  # operands whose operator is still to come
    for i, part in enumerate(parts):
        if i & 1:
            if part[-1] in _CLOSING:
                before.append(part)
                continue
            if show_moved is not None:
                with suppress(*_MALFORMED):
                    show_moved([part])
            before = []
            continue
        tokens = part.replace(b"/", b" /").split()
        found = list(map(find, tokens))
        start = 0
        for end in compress(count(), found):
            operands = tokens[start:end]
            if before:
                operands, before = before + operands, []
            start = end + 1
            try:
                found[end](operands)  # type: ignore[misc]  # those that are None are left out
            except _MALFORMED:
                _repair(found[end], operands)
        before += tokens[start:]


_CLOSING = b")]>"


def _is_odd(plain: bytes) -> bool:
    """Whether what is left without strings has brackets, comments or inline images in it."""
    if b"(" in plain or b")" in plain or b"%" in plain:
        return True
    return b"BI" in plain and _BEGIN_IMAGE.search(plain) is not None


#: What a handler raises for operands that it cannot understand.
_MALFORMED = (IndexError, TypeError, ValueError, KeyError)


def _repair(handler: Handler | None, operands: list[Operand]) -> None:
    """Once more with numbers repaired, such as --5; else the operator paints nothing.

    What is missing then is noticed by the other reading.
    """
    repaired = [
        b"-" + token.lstrip(b"+-") if token.startswith((b"--", b"+-")) else token
        for token in operands
    ]
    if handler is not None and repaired != operands:
        with suppress(*_MALFORMED):
            handler(repaired)


def _execute_tokens(data: bytes, handlers: Mapping[bytes, Handler]) -> None:
    operands: list[Operand] = []
    position: int = 0
    while True:
        restart = -1
        for match in _TOKEN.finditer(data, position):
            kind, token = match.lastindex, match.group()
            if kind == 1:
                operands.append(token)
            elif kind == 2:
                token, restart = _nested(data, match.start())
                operands.append(token)
                break
            elif kind == 4:
                if token == b"BI" and _BEGIN_IMAGE.match(data, match.start()):
                    restart = _after_image(data, match.end())
                    operands.clear()
                    break
                handler = handlers.get(token)
                if handler is None:
                    operands.append(token)
                    continue
                try:
                    handler(operands)
                except _MALFORMED:
                    _repair(handler, operands)
                operands.clear()
        if restart < 0:
            return
        position = restart


class Moves(NamedTuple):
    """The moves between the strings of a run, in text space.

    ``right`` and ``up`` say where each string begins, counted from the line of the first one;
    the last item is where the line goes on. ``leading`` is what the run sets it to, if it does.
    """

    right: list[float]
    up: list[float]
    leading: float | None


def moved_strings(run: Operand) -> tuple[Sequence[bytes], Moves]:
    """The strings of a run, as hexadecimal digits, and the moves after each."""
    parts = run.replace(b"<", b" ").replace(b">", b" ").split()
    many = run.count(b"<")
    strings: Sequence[bytes] = parts[::5]
    rights, ups, kinds = parts[2::5], parts[3::5], parts[4::5]
    if len(parts) != 5 * many or parts[1::5].count(b"Tj") != many:
        # an empty string, or blanks within one
        strings, rights, ups, kinds = map(list, zip(*_MOVED_ITEM.findall(run), strict=True))
    right = list(accumulate(map(float, rights), initial=0.0))
    level = all(up in _NOUGHT for up in ups)
    up = [0.0] * len(right) if level else list(accumulate(map(float, ups), initial=0.0))
    leading = None
    if b"TD" in kinds:
        leading = -float(ups[len(kinds) - 1 - kinds[::-1].index(b"TD")])
    return strings, Moves(right, up, leading)


_NOUGHT = (b"0", b"-0")


def array_items(token: Operand) -> list[Any]:
    """The items of an array operand: numbers as float, strings as written (bytes)."""
    items: list[Any] = []
    for text, number in _ITEM.findall(token):
        if text:
            items.append(text)
        else:
            try:
                items.append(float(number))
            except ValueError:
                continue
    return items


def string_bytes(token: Operand) -> bytes:
    """The bytes of a string as written in parentheses or in hexadecimal."""
    if token[:1] == b"<":
        try:
            return bytes.fromhex(token[1:-1].decode("ascii"))
        except ValueError:  # an odd digit, or a blank within a pair
            digits = _BLANKS.sub(b"", token[1:-1])
        if len(digits) % 2:
            digits += b"0"
        return bytes.fromhex(digits.decode("ascii"))
    return unescape(token[1:-1])


def unescape(text: bytes) -> bytes:
    """The bytes of a literal string (PDF 32000-1, 7.3.4.2)."""
    if b"\\" not in text:
        return text

    def replace(match: re.Match[bytes]) -> bytes:
        code = match.group(1)
        if code[:1].isdigit() and code[:1] < b"8":
            return bytes((int(code, 8) & 0xFF,))
        return _ESCAPED.get(code, code)

    return _ESCAPE.sub(replace, text)


def _nested(data: bytes, start: int) -> tuple[bytes, int]:
    """A string with balanced parentheses inside, as written, and where it ends."""
    depth, position = 0, start
    while position < len(data):
        char = data[position]
        if char == 0x5C:
            position += 1
        elif char == 0x28:
            depth += 1
        elif char == 0x29:
            depth -= 1
            if depth == 0:
                return data[start : position + 1], position + 1
        position += 1
    return data[start:] + b")", len(data)


def _after_image(data: bytes, start: int) -> int:
    begin = data.find(b"ID", start)
    if begin < 0:
        return len(data)
    end = _END_IMAGE.search(data, begin + 2)
    return end.end() if end else len(data)
