"""The figures of a sentence: where they stand, their unit, and the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from orchestration.extraction.values import NUMBER, parse_chinese_number, parse_number

_NUMBER = re.compile(
    rf"(?<![\d.,A-Za-z])(?P<sign>(?<=[\u4e00-\u9fff:])-)?(?P<number>{NUMBER})(?P<dot>\.(?!\d))?"
    r"(?P<more>余|多|来)?(?P<after>(?:个?百分点|人次|万余元|万多元|亿余元|亿元|千万元|百万元|万元|千元|百元|"
    r"元|万(?=[,。;、)]|$)|亿(?=[,。;、)]|$)|%|人(?![均次/员])|名|位|份|分(?![之钟布]))?)"
)
_ZERO = re.compile(r"(?:(?<=[为是])|(?<=支出)|(?<=费)|(?<=[数额:]))零(?=[,。;、)]|$|支出|开支)")
#: Codes of 部门预算支出经济分类; functional codes and 501 … name other systems (DOMAIN.md §1.6).
_CLASS_CODE = re.compile(r"[(]3(?:0[1-8]|1[0-3]|99)类?[)]")
#: 三十万元, 叁拾万元, 十二人; not 几十万元, 第三名, 三公.
_CHINESE = re.compile(
    r"(?<![\d.%数几上近约余多第每各前成分之零〇一二两三四五六七八九十百千万亿年度届])"
    r"(?P<number>[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千]*?"
    r"(?:万[零〇一二两三四五六七八九十百千]*?)??)"
    r"(?P<unit>万元|亿元|元|人(?![均次/一们员民大才口力事社民均])|名(?![称单目]))"
)
_LEGAL_DIGITS = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元")
_DATE_PART = re.compile(r"^(?:年|月|日|号|季度|周|时|届|次会|世纪)")
_RANGE_AFTER = re.compile(r"^(?:至|到|-|—|~|~|–)\d")
_RANGE_BEFORE = re.compile(r"\d(?:%|元|万元)?(?:至|到|-|—|~|~|–)$")
_PER = re.compile(r"^(?:/|每|一人|\*|×|÷)")
_MISPRINT = re.compile(
    r"^(?P<unit>(?:(?![万亿千百美欧日港多余单公纪状)])[\u4e00-\u9fff][元]|万[无兀])|方元)(?=[,。;、()]|$|[\u4e00-\u9fff])"
)
#: Behind an amount; 以 alone where a line of a dump ends within the word.
_LIMIT = re.compile(r"以(?:[内下上]|$)")
_SIGNS = ("≤", "≥", "<", ">", "≦", "≧")
_MONEY = frozenset({"亿元", "千万元", "百万元", "万元", "千元", "百元", "元", "万", "亿"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a compact sentence.

    ``kind``: ``money`` ``percent`` ``points`` ``persons`` ``copies`` ``bare`` (no unit printed)
    ``misprint`` (a unit that is no unit) ``other``. ``start``/``end`` hold number and unit.
    """

    start: int
    end: int
    value: Decimal
    kind: str
    unit: str | None = None
    approximate: bool = False
    is_range: bool = False


def find_figures(text: str) -> list[Figure]:
    """Every figure of a compact text in order; parts of dates are none."""
    found: list[Figure] = []
    for match in _NUMBER.finditer(text):
        if _CLASS_CODE.match(text, max(match.start() - 1, 0)):
            continue  # 工资福利支出（301）: the code of the economic class
        figure = _figure(text, match)
        if figure is not None:
            found.append(figure)
    found.extend(Figure(m.start(), m.end(), Decimal(0), "bare") for m in _ZERO.finditer(text))
    found.extend(_chinese_figures(text))
    return sorted(found, key=lambda figure: figure.start)


def _chinese_figures(text: str) -> Iterator[Figure]:
    """Amounts and headcounts in Chinese numerals; a range or an approximation gives none."""
    if not re.search(r"[元人名圆]", text):
        return
    for match in _CHINESE.finditer(text.translate(_LEGAL_DIGITS)):
        value = parse_chinese_number(match["number"])
        rest = text[match.end() :]
        if value is None or re.match(r"[至到—-]|[余多]|以[上下内]|左右", rest):
            continue
        unit = match["unit"]
        kind = _kind(unit)
        if kind == "money" and _PER.match(rest):
            kind = "other"
        yield Figure(match.start(), match.end(), value, kind, unit)


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    value = parse_number(match["number"])
    rest = text[match.end() :]
    unit = match["after"] or None
    if value is None or (unit is None and _DATE_PART.match(rest)):
        return None
    if match["sign"]:
        value = -value
    approximate = bool(match["more"]) or text[: match.start()].endswith(("约", "近", "超过", "逾"))
    approximate = approximate or bool(re.match("左右|上下", rest))
    if unit in ("万余元", "万多元", "亿余元"):
        unit, approximate = unit[0] + "元", True
    is_range = bool(_RANGE_AFTER.match(rest) or _RANGE_BEFORE.search(text[: match.start()]))
    kind, end = _kind(unit), match.end()
    if kind == "money" and _PER.match(rest):
        kind = "other"
    before = text[: match.start()]
    if before.endswith(_SIGNS) or (kind == "money" and _LIMIT.match(rest)):
        kind = "other"  # ≤2343万元, 232万元以内: a limit, no amount
    if before.endswith("(") and rest.startswith(")") and kind != "money":
        kind = "other"  # a code or a list number in brackets
    elif unit is None and not match["more"]:
        wrong = _MISPRINT.match(rest)
        if wrong:
            kind, unit, end = "misprint", wrong["unit"], match.end() + wrong.end()
        elif not re.match(r"^(?:[,。;、)]|$)", rest):
            kind = "other"
    return Figure(match.start(), end, value, kind, unit, approximate, is_range)


def _kind(unit: str | None) -> str:
    if unit is None:
        return "bare"
    if unit in _MONEY:
        return "money"
    if unit == "%":
        return "percent"
    return {"人": "persons", "名": "persons", "位": "persons", "份": "copies", "分": "points"}.get(
        unit, "other"
    )


def torn(text: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Two figures with a blank or a line end alone between them, the second with a unit.

    ``支出合计 12 34.56 万元`` may be one number in two pieces; what it is nobody can tell.
    """
    for first, second in pairwise(figures):
        alone = first.unit is None and text[first.end : second.start] == " "
        if alone and second.kind in ("money", "percent", "persons"):
            yield first, second


def tail(phrase: str) -> str:
    """The last clause of the words before a figure, brackets without figures taken out.

    A clause that is empty (``支出:``, ``基本支出(``) gives way to the one before it.
    """
    parts = _clauses(phrase)
    return parts[-1].lstrip("、)】]").translate(_OPENED) if parts else ""


def fronts(phrase: str) -> list[str]:
    """The clauses of a phrase before its last one (see :func:`tail`), none of them empty."""
    return [p for part in _clauses(phrase)[:-1] if (p := part.strip("、)】] ").translate(_OPENED))]


def _clauses(phrase: str) -> list[str]:
    text = _CLASS_CODE.sub("", phrase)
    text = re.sub(r"[(\[]([^()\[\]\d]{0,40})[)\]]", _keep_inner, text)
    parts = re.split(r"[,;:。(]|——", text)
    while len(parts) > 1 and not parts[-1].strip("“”、 "):
        parts.pop()
    return parts


_INNER = frozenset({"境", "补助", "基本建设", "单位", "部门"})
_CLOSED = str.maketrans("()", "\x01\x02")
_OPENED = str.maketrans("\x01\x02", "()")


def _keep_inner(match: re.Match[str]) -> str:
    """Brackets that are part of a name stay: 因公出国（境）."""
    named = match.group(1) in _INNER or "三公" in match.group(1)  # 公车运行费（“三公”经费）合计
    return match.group().translate(_CLOSED) if named else ""
