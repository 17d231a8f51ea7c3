"""Tokens of a PDF content stream, by one regular expression.

Only what text and borders need is understood; the rest passes as operands of operators that the
interpreter ignores. PDF 32000-1, 7.2 and 7.8.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_STRING = rb"\((?:[^()\\]|\\.)*\)"
_HEX = rb"<[0-9A-Fa-f\s]*>"
_NUMBER = rb"[+-]*(?:\d+\.?\d*|\.\d+)"

_TOKEN = re.compile(
    rb"(%s)|([A-Za-z'\"][A-Za-z0-9*'\"]*)|(%s)|(%s)|"  # 1 number 2 operator 3 string 4 hex
    rb"(\[(?:[^\[\]()%%<>/]|%s|%s)*\])|"  # 5 an array of numbers and strings, whole
    rb"(/[^\s()<>\[\]{}/%%]*)|"  # 6 name
    rb"(<<|>>|[\[\]{}])|"  # 7 bracket
    rb"(\()|"  # 8 a string with nested parentheses
    rb"(%%[^\r\n]*)" % (_NUMBER, _STRING, _HEX, _STRING, _HEX),  # 9 comment
    re.DOTALL,
)
_ITEM = re.compile(rb"(%s)|(%s)|(%s)|(\()" % (_NUMBER, _STRING, _HEX), re.DOTALL)
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
_END_IMAGE = re.compile(rb"[\s\x00]EI(?=[\s\x00/]|$)")

Operand = float | bytes | str | list["Operand"]


def operators(data: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """Operators with their operands, in order.

    Operands are numbers (float), strings (bytes, decoded), names (str, with the slash) and lists.
    Dictionaries are dropped. Inline images come as ``BI`` without operands.
    """
    operands: list[Operand] = []
    position = 0
    stack: list[list[Operand]] = []
    while position is not None:
        restart: int | None = None
        for match in _TOKEN.finditer(data, position):
            kind = match.lastindex
            token = match.group()
            if kind == 1:
                operands.append(_number(token))
            elif kind == 2:
                if token == b"BI":
                    restart = _after_image(data, match.end())
                    yield b"BI", []
                    operands = []
                    break
                if token in _CONSTANTS:
                    continue
                yield token, operands
                operands = []
            elif kind == 3:
                operands.append(unescape(token[1:-1]))
            elif kind == 4:
                operands.append(_hex(token))
            elif kind == 5:
                operands.append(_array(token))
            elif kind == 6:
                operands.append(token.decode("latin-1"))
            elif kind == 7:
                operands = _bracket(token, operands, stack)
            elif kind == 8:
                text, restart = _nested(data, match.start())
                operands.append(text)
                break
        else:
            return
        position = restart


_CONSTANTS = frozenset((b"true", b"false", b"null"))


def _bracket(token: bytes, operands: list[Operand], stack: list[list[Operand]]) -> list[Operand]:
    """Arrays and dictionaries that one expression cannot hold; dictionaries are dropped."""
    if token in (b"[", b"<<"):
        stack.append(operands)
        return []
    if token in (b"]", b">>") and stack:
        outer = stack.pop()
        if token == b"]":
            outer.append(operands)
        return outer
    return operands


def _number(token: bytes) -> float:
    try:
        return float(token)
    except ValueError:  # such as --5, which some makers write
        digits = token.lstrip(b"+-")
        return -float(digits) if token.startswith(b"-") else float(digits)


def _array(token: bytes) -> list[Operand]:
    items: list[Operand] = []
    for match in _ITEM.finditer(token):
        kind = match.lastindex
        if kind == 1:
            items.append(_number(match.group()))
        elif kind == 2:
            items.append(unescape(match.group()[1:-1]))
        else:
            items.append(_hex(match.group()))
    return items


def _hex(token: bytes) -> bytes:
    digits = _BLANKS.sub(b"", token[1:-1])
    if len(digits) % 2:
        digits += b"0"
    return bytes.fromhex(digits.decode("ascii"))


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
    """A string with balanced parentheses inside: its bytes and where it ends."""
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
                return unescape(data[start + 1 : position]), position + 1
        position += 1
    return unescape(data[start + 1 :]), len(data)


def _after_image(data: bytes, start: int) -> int:
    begin = data.find(b"ID", start)
    if begin < 0:
        return len(data)
    end = _END_IMAGE.search(data, begin + 2)
    return end.end() if end else len(data)
