"""Small things Word prints that are not plain characters: symbols of symbol fonts, list numbers."""

from __future__ import annotations

#: Code in the font (low byte) to the character printed.
_WINGDINGS = {
    0x4A: "☺",
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "□",
    0x72: "□",
    0x75: "◆",
    0x9F: "•",
    0xA1: "○",
    0xA8: "□",
    0xB2: "◇",
    0xD8: "➢",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    **{0x81 + i: chr(0x2460 + i) for i in range(10)},
    **{0x8C + i: chr(0x2776 + i) for i in range(10)},
}
_WINGDINGS_2 = {
    0x2A: "□",
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x98: "●",
    0xA3: "□",
    **{0x6A + i: chr(0x2460 + i) for i in range(10)},
}
_SYMBOL = {
    0x2D: "−",
    0xA3: "≤",
    0xB0: "°",
    0xB1: "±",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBA: "≡",
    0xBB: "≈",
    0xBC: "…",
    0xD0: "∠",
    0xD5: "∏",
    0xD6: "√",
    0xE5: "∑",
    0x57: "Ω",
    0x61: "α",
    0x62: "β",
    0x6D: "μ",
}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "symbol": _SYMBOL,
}
#: What an unknown symbol becomes; the reader reports it as unmapped.
UNMAPPED = "\ufffd"


def symbol(code: int, font: str) -> str:
    """The character printed for a code of a symbol font; U+FFFD where not known."""
    table = _FONTS.get(font.casefold())
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if table is None:
        return chr(code) if 0x20 <= code < 0xE000 else _WINGDINGS.get(low, UNMAPPED)
    if low in table:
        return table[low]
    # The Symbol font prints ASCII digits, brackets and most operators as they are.
    return chr(low) if table is _SYMBOL and 0x20 <= low < 0x40 else UNMAPPED


def is_symbol_font(font: str) -> bool:
    """Whether the letters of a font print as symbols."""
    return font.casefold() in _FONTS


def raised(text: str) -> str:
    """Superscript digits as characters of their own, lest ``100`` + note 1 become ``1001``."""
    return text.translate(str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"))


def lowered(text: str) -> str:
    """Subscript digits as characters of their own."""
    return text.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below ten thousand in Chinese characters, as Word counts lists: 十一, 一百零五."""
    if number <= 0 or number >= 10_000:
        return str(number)
    text = ""
    pending_zero = False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if pending_zero else "") + _DIGITS[digit] + unit
            pending_zero = False
        elif text:
            pending_zero = True
    return text[1:] if text.startswith("一十") else text


def _roman(number: int) -> str:
    pairs = (
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    )
    text = ""
    for value, letters in pairs:
        text += letters * (number // value)
        number %= value
    return text


def _letter(number: int) -> str:
    return chr(0x41 + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _enclosed(number: int, first: int, count: int) -> str:
    return chr(first + number - 1) if 1 <= number <= count else str(number)


def list_number(number: int, style: str) -> str:  # noqa: PLR0911 - one return a style
    """A list number in a style of Word (``w:numFmt``); empty for bullets and unknown styles."""
    style = style.casefold()
    if style in ("bullet", "none"):
        return ""
    if ("chinese" in style and "circle" not in style) or style in (
        "japanesecounting",
        "taiwanesecounting",
        "taiwanesecountingthousand",
        "ideographdigital",
        "koreandigital2",
    ):
        return chinese(number)
    if style == "ideographtraditional":
        return "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10]
    if style == "ideographzodiac":
        return "子丑寅卯辰巳午未申酉戌亥"[(number - 1) % 12]
    if "circle" in style:
        return _enclosed(number, 0x2460, 20)
    if style == "decimalenclosedparen":
        return _enclosed(number, 0x2474, 20)
    if style == "decimalenclosedfullstop":
        return _enclosed(number, 0x2488, 20)
    if style == "ideographenclosedcircle":
        return _enclosed(number, 0x3280, 10)
    if style.startswith("decimalfullwidth"):
        return str(number).translate({0x30 + i: 0xFF10 + i for i in range(10)})
    if style == "decimalzero":
        return f"{number:02d}"
    if style.endswith("roman"):
        roman = _roman(number)
        return roman if style.startswith("upper") else roman.lower()
    if style.endswith("letter"):
        letter = _letter(max(1, number))
        return letter if style.startswith("upper") else letter.lower()
    return str(number)
