"""Sums that people type into their sentences: found, worked out again, compared.

Families 11 and 21 of DOMAIN.md §3: ``控制率＝（a÷b）×100%＝（12.52万元÷13.10万元）×100%＝95.57%``
and
``3500元/月*9个月=31500元``. Only evidence comes from here (rules R52, R56, R57, R61); nothing is
judged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, DivisionByZero, InvalidOperation

_CLAUSE = re.compile(r"(?<!\d),|,(?!\d{3})|[。;]|(?<=[^\d(]):")
_UNIT_WORD = r"(?:亿元|万元|千元|元|人|名|份|个|年|月|次|天|平方米|[\u4e00-\u9fff]{1,6})"
_PER_UNIT = re.compile(r"/(?=[\u4e00-\u9fff])")
_RESULT = re.compile(
    r"^(?P<sign>-)?(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)(?P<unit>%|亿元|万元|千元|元|分|人)?"
    r"(?P<rest>[^\d÷×*+]*?)(?P<limit>[<>≤≥]=?\d+(?:\.\d+)?%?)?$"
)
_ONLY_LIMIT = re.compile(r"^%?(?P<limit>[<>≤≥]=?\d+(?:\.\d+)?%?)$")
_OPERATOR = re.compile(r"[÷×*+xX]|(?<=[\d)%元])[-/](?=[\d(])")
_TOKEN = re.compile(r"\d+(?:\.\d*)?%?|[-+*/()]")


@dataclass(frozen=True, slots=True)
class Result:
    """One typed result: the number, its unit, and a limit printed behind it (``<100%``)."""

    value: Decimal | None
    unit: str | None
    limit: str | None
    text: str


@dataclass(slots=True)
class Formula:
    """A typed formula.

    ``subject`` is what it computes; ``expression`` the last numeric side as printed; ``computed``
    its
    value in the unit of the results (per cent points for ``%``), None where operands are blank.
    ``start``/``end`` are offsets in the compact text.
    """

    subject: str
    expression: str
    computed: Decimal | None
    is_rate: bool
    blank: bool
    start: int
    end: int
    results: list[Result] = field(default_factory=list)
    symbolic: str | None = None

    @property
    def is_product(self) -> bool:
        """Arithmetic in prose rather than a named formula."""
        return not self.is_rate and self.symbolic is None


def find_formulas(text: str, values: Mapping[str, Decimal] | None = None) -> list[Formula]:
    """The typed formulas of a compact text.

    ``values`` are numbers that words of the formula stand for (``服务对象`` → 94), for formulas
    that
    are printed in words only.
    """
    found: list[Formula] = []
    position = 0
    for clause in _clauses(text):
        start, body = position, clause
        position += len(clause) + 1
        if "=" not in body:
            continue
        if body.startswith("=") and found and found[-1].end >= start - 2:
            _more_results(found[-1], body.split("=")[1:], start + len(body))
            continue
        formula = _formula(body, start, values or {})
        if formula is not None:
            found.append(formula)
    return found


def _clauses(text: str) -> list[str]:
    pieces, start = [], 0
    for match in _CLAUSE.finditer(text):
        pieces.append(text[start : match.start()])
        start = match.end()
    return [*pieces, text[start:]]


def _formula(body: str, start: int, values: Mapping[str, Decimal]) -> Formula | None:
    parts = body.split("=")
    first = re.sub(r"^.*[((](?=[^))]*$)", "", parts[0]) if not _evaluate(parts[0]) else parts[0]
    sides = [first, *parts[1:]]
    numeric = [i for i, side in enumerate(sides) if _is_numeric(side)]
    blanks = [i for i, side in enumerate(sides) if _is_blank(side)]
    worded = [i for i, side in enumerate(sides[1:], start=1) if _is_worded(side)]
    begin = start + len(parts[0])
    if numeric:
        at = numeric[-1]
        computed = _evaluate(sides[at])
        blank = False
    elif blanks:
        at, computed, blank = blanks[-1], None, True
    elif worded and values:
        at, blank = worded[-1], False
        computed = _evaluate(_substitute(sides[at], values))
        if computed is None:
            return None
    else:
        return None
    if computed is None and not blank:
        return None
    if at == 0:
        begin = start + len(parts[0]) - len(re.sub(r"^[^\d(]+", "", parts[0]))
    results = [r for r in (_result(s) for s in sides[at + 1 :]) if r]
    if not results:
        return None
    expression = sides[at]
    rate = "%" in expression or any(r.unit == "%" for r in results)
    if computed is not None and rate:
        computed *= 100
    symbolic = sides[worded[0]] if worded else None
    subject = _subject(parts[0], named=at > 0)
    return Formula(
        subject, expression, computed, rate, blank, begin, start + len(body), results, symbolic
    )


def _subject(text: str, *, named: bool) -> str:
    """What a formula computes: the words before its first ``=``, or before its first number."""
    words = re.split(r"[、,;:。]", text)[-1] if named else re.split(r"\d", text)[0]
    words = re.sub(r"^.*?(?:其中|本单位|本部门|则|即)", "", words)
    return re.sub("[“”\"':()]", "", words)


def _more_results(formula: Formula, sides: list[str], end: int) -> None:
    formula.results += [r for r in map(_result, sides) if r]
    formula.end = end


def _result(side: str) -> Result | None:
    match = _RESULT.match(side)
    if match:
        value = Decimal(match["number"].replace(",", ""))
        limit = match["limit"] if match["limit"] else None
        return Result(-value if match["sign"] else value, match["unit"], limit, side)
    only = _ONLY_LIMIT.match(side)
    return (
        Result(None, "%" if side.startswith("%") else None, only["limit"], side) if only else None
    )


def _is_numeric(side: str) -> bool:
    return bool(_OPERATOR.search(side)) and _evaluate(side) is not None


def _is_blank(side: str) -> bool:
    """An expression whose numbers were never filled in: ``（万元÷万元）×100%``."""
    bare = re.sub(r"[()]|[×*]100%?", "", side)
    return bool(re.fullmatch(rf"(?:{_UNIT_WORD})?[÷/](?:{_UNIT_WORD})?", bare)) and not re.search(
        r"[数额率]", bare
    )


def _is_worded(side: str) -> bool:
    return bool(re.search(r"[÷×*+/]", side)) and bool(re.search(r"[\u4e00-\u9fff]{3,}", side))


def _substitute(side: str, values: Mapping[str, Decimal]) -> str:
    """Words of a formula replaced by the numbers they stand for (as per cents)."""
    text = side
    for word in sorted(values, key=len, reverse=True):
        text = re.sub(rf"{re.escape(word)}(?:的)?(?:满意度|满意率)?", f"{values[word]}%", text)
    return text


def _evaluate(side: str) -> Decimal | None:
    """The value of an expression without its units; None where it is more than arithmetic."""
    text = _PER_UNIT.sub("", side.replace("÷", "/").replace("×", "*").replace("x", "*"))
    # A unit between two numbers is the end of one statement and the start of another.
    text = re.sub(r"(?<=[\d.%])[\u4e00-\u9fff]{1,12}(?=\d)", "§", text).rpartition("§")[2]
    text = re.sub(r"(?<=[\d.%])[\u4e00-\u9fff]{1,12}", "", text)
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    leading = re.match(r"^[^\d(]*?(?=[\d(])", text)
    text = text[leading.end() :] if leading else text
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text or not any(t[0].isdigit() for t in tokens):
        return None
    try:
        value, rest = _sum(tokens)
    except (InvalidOperation, DivisionByZero, IndexError, ValueError, ZeroDivisionError):
        return None
    return value if not rest else None


def _sum(tokens: list[str]) -> tuple[Decimal, list[str]]:
    value, rest = _product(tokens)
    while rest and rest[0] in "+-":
        sign = rest[0]
        other, rest = _product(rest[1:])
        value = value + other if sign == "+" else value - other
    return value, rest


def _product(tokens: list[str]) -> tuple[Decimal, list[str]]:
    value, rest = _atom(tokens)
    while rest and rest[0] in "*/":
        sign = rest[0]
        other, rest = _atom(rest[1:])
        value = value * other if sign == "*" else value / other
    return value, rest


def _atom(tokens: list[str]) -> tuple[Decimal, list[str]]:
    head, rest = tokens[0], tokens[1:]
    if head == "(":
        value, rest = _sum(rest)
        if not rest or rest[0] != ")":
            raise ValueError("bracket not closed")
        return value, rest[1:]
    if head == "-":
        value, rest = _atom(rest)
        return -value, rest
    if head.endswith("%"):
        return Decimal(head[:-1]) / 100, rest
    return Decimal(head.rstrip(".")), rest
