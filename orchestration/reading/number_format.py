"""Numbers as a spreadsheet shows them: Excel number formats over decimals.

A published sheet is read as a person reads it: ``0.963`` under ``0.0%`` is ``96.3%``, ``5`` under
``0.00`` is ``5.00``. Source of the rules: ECMA-376 Part 1, 18.8.30 and 18.8.31.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from orchestration.reading.number_dates import has_date_parts, show_date
from orchestration.reading.word_marks import chinese

#: Formats that files name by number only; 27-58 as in Chinese Excel.
BUILT_IN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"-#,##0',
    6: '"¥"#,##0;"¥"-#,##0',
    7: '"¥"#,##0.00;"¥"-#,##0.00',
    8: '"¥"#,##0.00;"¥"-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "yyyy/m/d",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    55: '上午/下午h"时"mm"分"',
    56: '上午/下午h"时"mm"分"ss"秒"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<exponent>[Ee][+-])|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[\d.]+)")


@dataclass(frozen=True, slots=True)
class _Section:
    """One of the up to four parts of a format."""

    tokens: tuple[tuple[str, str], ...]  # (kind, text): digit, literal, point, comma, percent, …
    condition: tuple[str, Decimal] | None = None
    chinese_digits: int = 0  # [DBNum1] 一二三, [DBNum2] 壹贰叁

    def has(self, kind: str) -> bool:
        return any(token[0] == kind for token in self.tokens)


def exact(number: str | float) -> Decimal:
    """A stored number without the tail of binary arithmetic: 15 significant digits, as Excel."""
    return Decimal(f"{float(number):.15g}")


def show(value: Decimal, code: str, *, date_1904: bool = False) -> str:
    """A number as shown under a format code.

    Args:
        value: the stored number (see :func:`exact`).
        code: the format, such as ``#,##0.00_ ``; all four sections are understood.
        date_1904: the workbook counts days from 1904.
    """
    sections = _sections(code)
    if has_date_parts(_chosen_code(code)):
        return show_date(value, _chosen_code(code), date_1904=date_1904)
    section, magnitude, minus = _choose(sections, value)
    text = _render(section, magnitude)
    return f"-{text}" if minus and any(c.isdigit() and c != "0" for c in text) else text


def show_text(text: str, code: str) -> str:
    """A text as shown under a format code (its fourth section, or as it is)."""
    sections = _sections(code)
    last = sections[-1]
    if not last.has("text") or (len(sections) < 4 and len(sections) != 1):
        return text if len(sections) < 4 else _plain(last, text)
    return _plain(last, text)


def _plain(section: _Section, text: str) -> str:
    parts = [
        text if kind == "text" else literal
        for kind, literal in section.tokens
        if kind in ("text", "literal")
    ]
    return "".join(parts).strip()


@lru_cache(maxsize=2048)
def _sections(code: str) -> tuple[_Section, ...]:
    parts = _split(code)[:4]
    return tuple(_section(part) for part in parts) or (_section("General"),)


def _split(code: str) -> list[str]:
    """The sections of a format; semicolons inside quotes and brackets do not part them."""
    parts, current, position = [], "", 0
    while position < len(code):
        found = _TOKEN.match(code, position)
        piece = found.group() if found else code[position]
        if piece == ";":
            parts.append(current)
            current = ""
        else:
            current += piece
        position += max(1, len(piece))
    return [*parts, current]


def _chosen_code(code: str) -> str:
    return _split(code)[0]


def _section(code: str) -> _Section:
    tokens: list[tuple[str, str]] = []
    condition = None
    digits = 0
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or "other"
        text = found.group(kind)
        if kind in ("quoted", "escaped"):
            tokens.append(("literal", text))
        elif kind == "bracket":
            comparison = _CONDITION.fullmatch(text.strip())
            if comparison:
                condition = (comparison.group(1), Decimal(comparison.group(2)))
            elif text.startswith("$"):
                tokens.append(("literal", text[1:].split("-")[0]))
            elif text.upper().startswith("DBNUM"):
                digits = int(text[5:] or 1)
        elif kind == "general":
            tokens.append(("general", text))
        elif kind == "exponent":
            tokens.append(("exponent", text))
        elif kind == "other":
            tokens.append(_placeholder(text))
    return _Section(tuple(tokens), condition, digits)


def _placeholder(text: str) -> tuple[str, str]:
    kinds = {".": "point", ",": "comma", "%": "percent", "@": "text", "/": "slash"}
    if text in "0#?":
        return ("digit", text)
    return (kinds.get(text, "literal"), text)


def _choose(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, Decimal, bool]:
    """The section for a number, the number to show in it, and whether a minus goes before."""
    conditional = [section for section in sections if section.condition]
    if conditional:
        for section in sections:
            if section.condition is None or _holds(value, section.condition):
                return section, abs(value), value < 0
        return sections[-1], abs(value), value < 0
    if value < 0 and len(sections) > 1:
        return sections[1], abs(value), False
    if value == 0 and len(sections) > 2:
        return sections[2], value, False
    return sections[0], abs(value), value < 0


def _holds(value: Decimal, condition: tuple[str, Decimal]) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _render(section: _Section, value: Decimal) -> str:
    if section.has("general") or (section.has("text") and not section.has("digit")):
        body = _general(value, section.chinese_digits)
        return "".join(
            body if kind in ("general", "text") else text
            for kind, text in section.tokens
            if kind in ("general", "text", "literal", "percent")
        ).strip()
    if section.has("slash") and section.has("digit"):
        return _general(value, 0)
    if section.has("exponent"):
        return _scientific(section, value)
    if not section.has("digit"):
        return "".join(text for kind, text in section.tokens if kind == "literal").strip()
    return _fixed(section, value)


def _general(value: Decimal, digits: int) -> str:
    """``General``: at most eleven characters, integers whole."""
    if digits and value == value.to_integral_value():
        return chinese(int(value)) if value else "零"
    text = f"{value.normalize():f}"
    if "." in text and len(text) > 11:
        whole = text.index(".")
        places = max(0, 10 - whole)
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        text = f"{rounded.normalize():f}"
    return text


def _scientific(section: _Section, value: Decimal) -> str:
    mantissa = _until_exponent(section)
    places = sum(kind == "digit" for kind, _ in mantissa[_point(mantissa) :])
    text = f"{value:.{places}E}"
    base, _, power = text.partition("E")
    return f"{base}E{int(power):+03d}"


def _until_exponent(section: _Section) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = []
    for token in section.tokens:
        if token[0] == "exponent":
            break
        result.append(token)
    return result


def _point(tokens: list[tuple[str, str]]) -> int:
    return next((i for i, token in enumerate(tokens) if token[0] == "point"), len(tokens))


def _fixed(section: _Section, value: Decimal) -> str:
    tokens = list(section.tokens)
    last_digit = max(i for i, token in enumerate(tokens) if token[0] == "digit")
    thousands = 0
    for token in tokens[last_digit + 1 :]:
        if token[0] != "comma":
            break
        thousands += 1
    percents = sum(token[0] == "percent" for token in tokens)
    value = value * Decimal(100) ** percents / Decimal(1000) ** thousands
    point = _point(tokens)
    before, after = tokens[:point], tokens[point:]
    places = [text for kind, text in after if kind == "digit"]
    rounded = value.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    grouped = any(
        token[0] == "comma" and 0 < i < last_digit for i, token in enumerate(before)
    ) and any(token[0] == "digit" for token in before)
    left = _whole_part(before, whole, grouped=grouped)
    right = _fraction_part(after, fraction)
    return f"{left}{right}".strip()


def _whole_part(tokens: list[tuple[str, str]], whole: str, *, grouped: bool) -> str:
    """Digits laid on their placeholders from the right, literals in between kept."""
    rest = whole.lstrip("0")
    slots = [i for i, token in enumerate(tokens) if token[0] == "digit"]
    shown: dict[int, str] = {}
    laid = 0
    for slot in reversed(slots):
        if slot == slots[0]:
            digits = rest
        else:
            digits, rest = rest[-1:], rest[:-1]
        if not digits:
            digits = {"0": "0", "?": " "}.get(tokens[slot][1], "")
        text = ""
        for digit in reversed(digits):
            if grouped and laid and laid % 3 == 0 and digit != " ":
                text = "," + text
            text = digit + text
            laid += 1
        shown[slot] = text
    return "".join(
        shown.get(i, token[1] if token[0] in ("literal", "percent") else "")
        for i, token in enumerate(tokens)
    )


def _fraction_part(tokens: list[tuple[str, str]], fraction: str) -> str:
    digits = list(fraction)
    marks = [text for kind, text in tokens if kind == "digit"]
    while digits and digits[-1] == "0" and marks[len(digits) - 1] in "#?":
        digits.pop()
    text = ""
    position = 0
    for kind, literal in tokens:
        if kind == "digit":
            text += digits[position] if position < len(digits) else ""
            position += 1
        elif kind in ("literal", "percent", "point"):
            text += literal
    return text
