"""Breaking text into lines as office programs do: anywhere between Chinese characters, not inside a
number or word unless it is longer than the line."""

from __future__ import annotations

import re

from tests.typeset.makers.fonts import width

TOKEN = re.compile(r"[0-9A-Za-z.,%+/*=-]+|\s|.", re.DOTALL)
NO_START = set("，。、；：！？）》”’％%)]】,.;:")


def wrap(text: str, font: str, size: float, room: float) -> list[str]:
    """The lines of a text in ``room`` points; an empty text has one empty line."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines += _wrap_one(part, font, size, room)
    return lines


def _wrap_one(text: str, font: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for token in _tokens(text, font, size, room):
        if line and width(font, size, line + token) > room:
            # A mark that must not begin a line takes the character before it along.
            back = token in NO_START and len(line) > 1 and not line[-1].isascii()
            kept, moved = (line[:-1], line[-1]) if back else (line, "")
            lines.append(kept.rstrip())
            line = "" if token.isspace() else moved + token
        else:
            line += token
    return [*lines, line]


def _tokens(text: str, font: str, size: float, room: float) -> list[str]:
    tokens: list[str] = []
    for token in TOKEN.findall(text):
        if len(token) > 1 and width(font, size, token) > room:
            tokens += list(token)
        else:
            tokens.append(token)
    return tokens
