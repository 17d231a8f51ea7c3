"""Numbers as officials write them: amounts, rates, scores, targets, dates.

Everything here takes text as printed and returns ``Decimal`` or None; nothing is guessed. A target
follows WAREHOUSE.md (``fct_indicator_score``): a number with or without a unit has an operator,
dates, deadlines, ranges and compound targets have none.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from orchestration.extraction.text import compact
from orchestration.extraction.vocabulary import Vocabulary, default_vocabulary

#: A number with or without thousands separators and a power of ten.
NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
_WHOLE_NUMBER = re.compile(rf"^(?P<open>\()?(?P<sign>[+\-–])?(?P<number>{NUMBER})(?P<close>\))?$")
_MONEY_UNIT = r"(?:亿元|千万元|百万元|十万元|万元|千元|元|亿|万)"
_AMOUNT = re.compile(
    rf"^(?P<before>约为?|近|大约|共计?|合计|人民币|¥|¥)*(?P<number>[+\-–]?{NUMBER})"
    rf"(?P<more>余|多)?(?P<unit>{_MONEY_UNIT})?(?P<after>整|左右|余|多)?$"
)
_APPROXIMATE = frozenset({"约", "约为", "近", "大约", "余", "多", "左右"})
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_CHINESE_NUMBER = "[零〇一二两三四五六七八九十百千万]+"

#: Figures of records hold 24 digits, 6 after the point (``records.DECIMAL_TYPE``).
_LARGEST = Decimal(10) ** 17


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the money unit printed beside it (None where none is) in that unit."""

    value: Decimal
    unit: str | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """An amount inside running text; ``start``/``end`` are offsets in the text searched."""

    start: int
    end: int
    amount: Amount


@dataclass(frozen=True, slots=True)
class Target:
    """A target or actual value.

    ``operator`` is ``>=`` ``<=`` ``>`` ``<`` ``=`` or None; ``value`` is in ``unit`` as printed
    (95 and ``%``). ``doubt`` says why the figure may be a misreading (OCR of a comparison sign).
    """

    operator: str | None = None
    value: Decimal | None = None
    unit: str | None = None
    doubt: str | None = None


def _decimal(number: str) -> Decimal | None:
    try:
        value = Decimal(number.replace(",", ""))
    except InvalidOperation:
        return None
    if abs(value) >= _LARGEST or value != round(value, 6):
        return None
    # 1.00E+2 is the number 100, not a number of three digits' precision.
    return value if "e" not in number.lower() else Decimal(f"{value:f}")


_TORN = re.compile(r"\d[\d.,]*\s+[.,]?\d")


def is_torn(text: str) -> bool:
    """Whether blanks part the digits of a text: two numbers, or one that left its cell."""
    return bool(_TORN.search(text.replace("\n", "").replace("\r", "").strip()))


def parse_number(text: str) -> Decimal | None:
    """The number a text consists of; None where it is anything more or less than one number.

    Accepts thousands separators, full-width digits, a sign and accountants' brackets for a
    negative. ``0.万元``, ``1 2`` and ``12.`` are unreadable.
    """
    if is_torn(text):
        return None
    match = _WHOLE_NUMBER.match(compact(text))
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    if re.match(r"0\d", match["number"]):
        return None  # 0422.7 is a piece of something, or a code
    value = _decimal(match["number"])
    if value is None:
        return None
    return -value if match["open"] or match["sign"] in ("-", "–") else value


def parse_amount(text: str) -> Amount | None:
    """An amount that the whole text consists of: ``1,614.46万元``, ``约20万元``, ``-24.24``.

    The unit is None where none is printed in the text; ``万`` alone is kept as ``万``.
    """
    if is_torn(text):
        return None
    whole = compact(text)
    plain = parse_number(text)
    if plain is not None:
        return Amount(plain)
    match = _AMOUNT.match(whole)
    if match is None:
        return None
    value = parse_number(match["number"])
    if value is None:
        return None
    approximate = any(match[g] in _APPROXIMATE for g in ("before", "more", "after"))
    return Amount(value, match["unit"], approximate)


_FIND_AMOUNT = re.compile(
    rf"(?<![\d.])(?P<before>约为?|近|大约)?(?P<number>{NUMBER})(?P<more>余|多)?"
    r"(?P<unit>亿元|千万元|百万元|十万元|万元|千元|元)(?P<after>左右|余)?"
)


def find_amounts(text: str) -> list[FoundAmount]:
    """Every amount of money with a printed unit inside a text, in order; offsets in ``text``."""
    found: list[FoundAmount] = []
    for match in _FIND_AMOUNT.finditer(text):
        value = _decimal(match["number"])
        if value is not None:
            approximate = any(match[g] for g in ("before", "more", "after"))
            amount = Amount(value, match["unit"], approximate)
            found.append(FoundAmount(match.start(), match.end(), amount))
    return found


def parse_percent(text: str) -> Decimal | None:
    """``96.3%``, ``百分之九十`` → the number of per cent; None without a percent mark."""
    if is_torn(text):
        return None
    whole = compact(text)
    match = re.fullmatch(r"百分之(.+)", whole)
    if match:
        number = parse_number(match[1])
        return number if number is not None else parse_chinese_number(match[1])
    if whole.endswith("%"):
        return parse_number(whole[:-1])
    return None


_POINTS = re.compile(rf"^[(\[]?(?:权重|分值|满分|得分?|共计?|计)?:?(-?{NUMBER})分?[)\]]?$")


def parse_points(text: str) -> Decimal | None:
    """A score or weight in points: ``5``, ``5分``, ``（50分）``, ``得5分``."""
    if is_torn(text):
        return None
    plain = parse_number(text) if not compact(text).startswith("(") else None
    if plain is not None:
        return plain
    match = _POINTS.match(compact(text))
    return parse_number(match[1]) if match else None


def parse_chinese_number(text: str) -> Decimal | None:
    """``三``, ``十二``, ``一百二十``, ``两千三百`` → a number; None for anything else."""
    if not re.fullmatch(_CHINESE_NUMBER, text):
        return None
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            if digit:  # 二三 is two numbers or a year, not one number
                return None
            digit = _DIGITS[char]
            continue
        power = _POWERS[char]
        if power == 10000:
            total = (total + section + digit) * power
            section = 0
        else:
            section += (digit or 1) * power
        digit = 0
    return Decimal(total + section + digit)


# --- dates ---------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年|年度|\D|$)")
_CHINESE_YEAR = re.compile(r"(二[〇零0○O]\s*[〇零一二三四五六七八九○O]{2})年")
_DATE = re.compile(r"(20\d{2})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})")


def find_year(text: str) -> int | None:
    """The first year (1990–2099) named in a text: ``2021年度``, ``二〇二一年``."""
    whole = compact(text)
    match = re.search(r"(?<!\d)((?:199|20\d)\d)年", whole) or _YEAR.search(whole)
    if match and 1990 <= int(match[1]) <= 2099:
        return int(match[1])
    chinese = _CHINESE_YEAR.search(whole)
    if chinese:
        digits = "".join(str(_DIGITS.get(c, 0)) for c in chinese[1])
        return int(digits)
    return None


def parse_date(text: str) -> dt.date | None:
    """The first full date in a text (``2025.4.30``, ``2025年4月30日``, ``2025-04-30``)."""
    match = _DATE.search(compact(text))
    if match is None:
        return None
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


# --- targets -------------------------------------------------------------------------------------

# A point in time or a deadline: contract says such a target keeps its text and has no value.
_TIME_POINT = re.compile(
    r"(?:19|20)\d{2}年|(?<!\d)(?:19|20)\d{2}[./-](?:1[0-2]|0?[1-9])(?:[./-]\d{1,2})?(?![\d.%万亿元])"
    r"|\d{1,2}月(?!份?均)|\d{1,2}[日号](?!均|内|以内)|(?<!\d)20\d{6}(?!\d)"
    r"|第?[一二三四1-4]季度|[上中下]旬|年底|年末|月底|月末|季末|\d{1,2}:\d{2}"
    r"|[一二三四五六七八九十]+月(?:份|底|末|前|中|初)|(?:当|次|每|本|全)(?:年|月|季度)(?:内|底|末)?前"
)
_DEADLINE = re.compile(
    r"(?:\d+|[一二两三四五六七八九十]+)个?(?:工作日|日|天|小时|周|星期|月|年|分钟)(?:之)?内"
)
_RANGE = re.compile(
    rf"{NUMBER}[^\d,;,。]{{0,4}}(?:-|–|—|~|～|至|到){NUMBER}|{NUMBER}%?±{NUMBER}|{NUMBER}:{NUMBER}"
)
# The power of m², m³ is no number of its own (NFKC makes ㎡ m2).
_ANY_NUMBER = re.compile(rf"(?<![A-Za-z]m)(?<![\d.,\u4e00-\u9fff/]m){NUMBER}")
_UNIT_TAIL = r"[^\d\s,;。、()<>=≥≤]{0,12}"


def _operator_split(
    before: str, after: str, vocabulary: Vocabulary
) -> tuple[str, str | None, str, str | None]:
    """Cut operator words off the end of what stands before and after a number."""
    words = vocabulary.operators
    front = next((w for w in words if w.position == "before" and before.endswith(w.wording)), None)
    back = next((w for w in words if w.position == "after" and after.endswith(w.wording)), None)
    if front:
        before = before[: -len(front.wording)]
    if back:
        after = after[: -len(back.wording)]
    return before, front.operator if front else None, after, back.operator if back else None


def _unit_of(after: str, vocabulary: Vocabulary, *, bare: bool) -> str | None:
    """The unit that the text after a number is or, in running words, begins with.

    ``bare``: nothing but an operator stands before the number, so that any short word is its unit.
    """
    known = vocabulary.unit(after)
    if known is not None:
        return known.unit
    if bare and after and re.fullmatch(_UNIT_TAIL, after) and len(after) <= 8:
        return after
    longest = vocabulary.unit_prefix(after)
    return longest.unit if longest is not None else None


def _looks_like_sign(text: str, value: Decimal, unit: str | None) -> str | None:
    """OCR turns ``≥92%`` into ``292%``: report a per cent of 200–2100 that begins with 2."""
    digits = str(value.to_integral_value())
    if unit == "%" and value > 130 and digits.startswith("2") and len(digits) in (3, 4):
        return f"“{text}”的“2”可能是“≥”之误"
    if re.match(r"^W\d", text):
        return f"“{text}”的“W”可能是“≤”之误"
    return None


_QUALITATIVE = frozenset({"定性", "定性指标"})


def parse_target(
    text: str,
    unit: str | None = None,
    operator: str | None = None,
    vocabulary: Vocabulary | None = None,
) -> Target:
    """A target or actual value as WAREHOUSE.md wants it.

    ``unit`` and ``operator`` are what separate columns print (度量单位, 指标性质); the cell's own
    words win over them. Text that names no single figure gives an empty :class:`Target`.
    """
    words = vocabulary or default_vocabulary()
    whole = compact(text)
    column_unit = _column_unit(unit, words)
    column_operator = words.operator_symbol(compact(operator)) if operator else None
    if not whole or words.is_blank(whole):
        return Target()
    bare_number = column_unit is not None and parse_number(whole) is not None
    if not bare_number and _is_time(whole):
        return Target()
    numbers = list(_ANY_NUMBER.finditer(whole))
    if not numbers:
        return _chinese_target(whole, column_unit, column_operator, words)
    if len(numbers) != 1 or _RANGE.search(whole):
        return Target()
    return _one_number(whole, numbers[0], column_unit, column_operator, words)


def _is_time(whole: str) -> bool:
    """Whether a text is a date or a deadline rather than an amount of time with an operator."""
    if _TIME_POINT.search(whole):
        return True
    return _DEADLINE.search(whole) is not None and re.match(r"^[≥≤<>=]", whole) is None


def _column_unit(unit: str | None, words: Vocabulary) -> str | None:
    """The unit of a separate column, normalised; blanks are none."""
    if unit is None:
        return None
    short = compact(unit)
    if not short or words.is_blank(short):
        return None
    known = words.unit(short)
    return known.unit if known else short


def _one_number(
    whole: str,
    match: re.Match[str],
    column_unit: str | None,
    column_operator: str | None,
    words: Vocabulary,
) -> Target:
    """A text with exactly one number in it."""
    value = _decimal(match.group())
    if value is None:
        return Target()
    before, after = whole[: match.start()].rstrip("("), whole[match.end() :].rstrip("。;,")
    if after.count(")") > after.count("("):
        after = after.rstrip(")")  # the bracket of 以上(含) is its own
    minus = re.search(r"(?:^|[≥≤<>=:])([-–])$", before)
    if minus:
        before, value = before[:-1], -value
    before, front, after, back = _operator_split(before.rstrip(":"), after, words)
    bare = not before
    if front == "=" and back:
        front = None  # 达到95%以上: the word after the number says more than the one before it
    before = re.sub(r"(?:约|近|大约|共计?|合计|达到?|为|完成)$", "", before)
    after = re.sub(r"^(?:余|多)(?=.)|(?:左右|完成)$", "", after)
    foreign = re.match(r"^[A-Za-z]", after) and words.unit(after) is None
    if re.search(r"[A-Za-z]$", before) or foreign:
        return Target()  # 3A级, GB12345: a name, not a figure
    unit = _unit_of(after, words, bare=bare)
    if after and unit is None and not (column_unit and not before):
        return Target()
    if before and unit is None and front is None and back is None and column_unit is None:
        return Target()
    unit = unit or column_unit
    symbol = front or back or column_operator or "="
    return Target(symbol, value, unit, _looks_like_sign(whole, value, unit))


_CHINESE_TARGET = re.compile(rf"^(?P<before>\D{{0,6}}?)(?P<number>{_CHINESE_NUMBER})(?P<after>.+)$")


def _chinese_target(
    whole: str, column_unit: str | None, column_operator: str | None, words: Vocabulary
) -> Target:
    """``三次``, ``不少于两次``: only where nothing but operator, number and a known unit stands."""
    percent = parse_percent(whole)
    if percent is not None:
        return Target(column_operator or "=", percent, "%")
    match = _CHINESE_TARGET.match(whole)
    if match is None:
        value = parse_chinese_number(whole) if column_unit else None
        return Target(column_operator or "=", value, column_unit) if value is not None else Target()
    before, front, after, back = _operator_split(match["before"], match["after"], words)
    known = words.unit(after)
    value = parse_chinese_number(match["number"])
    if before or known is None or value is None:
        return Target()
    return Target(front or back or column_operator or "=", value, known.unit)
