"""Whether an amount is of one year: sums over several years and since a start are no year's.

``截至2023年底累计支出 1500 万元``, ``2021—2023年共支出 100 万元``, ``项目启动以来支出 300 万元``
fill no column of one year; ``2023年累计支出 1500 万元`` does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.words import Word, first_of, has
from orchestration.extraction.vocabulary import default_vocabulary

_YEAR = r"(?<!\d)(?:19|20)\d{2}"
#: Words that bind an amount to one year; the end of a period binds nothing (截至2023年底).
_BOUND = re.compile(
    rf"全年|年度内|(?:本|当|今|该)年度?|1[-—至到]12月"
    rf"|(?<![自从截至止到—-]){_YEAR}年度?(?!\d|[底末起初]|年底|12月|以来|启动|开工|立项|开始|[-—–~至到、])"
)
_SINCE = re.compile(
    rf"(?<![今本当]年)以来|启动(?!资金|经费)|开工|立项|至今|历年(?=[来累共合])|[自从]{_YEAR}年?度?[起开]"
)
_SEVERAL = re.compile(
    rf"{_YEAR}年?(?:度)?[-—–~至到、和及与]{_YEAR}年"
    r"|(?:[近两三四五六七八九十]|(?<!\d)\d{1,2})年(?:来|间|共|累计|合计|总计)"
    r"|[近前][两三四五六]年|十[一二三四五]五"
)

#: 截至2023年9月底: the year is not over.
_PART_OF_YEAR = re.compile(
    rf"(?:截至|截止|至|到)(?:{_YEAR}年)?(?:[1-9]|1[01])月(?:底|末|份|[1-3]?\d日)?"
)
#: 2023年一季度，人员经费 …: what follows is of a part of the year until it says otherwise.
_QUARTER = re.compile(
    r"(?:第?[一二三四1-4]个?季度|[上下]半年)(?=[,:]|[^,;。]{0,12}(?:支出|经费|费|执行|收入))"
)
#: 项目总预算 900 万元，分三年实施: the budget of all its years.
_ALL_YEARS = re.compile(r"总预算|预算总额|总投资|概算|总规模")
_BY_YEARS = re.compile(r"分[两二三四五六\d]年|分年度|逐年|每年|[两二三四五]年期")


def is_of_one_year(
    text: str, clause: str, words: Sequence[Word], figure: Figure, told: Sequence[Figure]
) -> bool:
    """Whether the amount that a clause tells is of one year.

    ``text`` is the compact sentence, ``told`` its figures: a sum that is bound to a year only by a
    clause before its own is no more than an amount told there.
    """
    if has(words, "compare", "prior", "direction"):
        return True
    if _SEVERAL.search(clause) or (_ALL_YEARS.search(clause) and _BY_YEARS.search(text)):
        return False
    begin = text.rfind(";", 0, figure.start) + 1
    before = text[begin : figure.start]
    if _of_part_of_year(before):
        return False
    long = [*_SINCE.finditer(before), *_SEVERAL.finditer(before)]
    bound = long and _BOUND.search(before + clause, max(m.end() for m in long))
    if long and not bound:
        return False
    if "累计" not in clause or _BOUND.search(clause) or item_left(words):
        return True
    largest = max(
        (
            f.value
            for f in told
            if f.kind == "money"
            and begin <= f.start < figure.start
            and not _ALL_YEARS.search(re.split("[,:(]", text[begin : f.start])[-1])
        ),
        default=None,
    )
    return bool(_BOUND.search(before)) and largest is not None and figure.value <= largest


def item_left(words: Sequence[Word]) -> bool:
    """Whether a clause is about what is left (累计结余): that is of all years."""
    return first_of(words, "balance") is not None


def _of_part_of_year(before: str) -> bool:
    """Whether the words before an amount speak of some months alone."""
    if _PART_OF_YEAR.search(before) and not re.search("全年|12月", before):
        return True
    parts = list(_QUARTER.finditer(before))
    return bool(parts) and not re.search("全年|年度|本年|当年|12月", before[parts[-1].end() :])


#: 截至2023年12月31日，累计支出 …，预算执行率 97.6%
_YEARS_END = re.compile(
    rf"(?:截至|截止|至|到)(?:{_YEAR})年?(?:度)?(?:12月(?:31日|底|末)?|年?[底末])"
)
_RATE = re.compile(r"^[^;。]{0,12}(?:执行率|完成率|支出率|支出进度)[^\d;。]{0,6}$")


def is_proved(
    text: str, figure: Figure, told: Sequence[Figure], budgets: Sequence[tuple[Decimal, str]]
) -> bool:
    """Whether a sum up to the year's end is told, with its rate, to be of a budget of the year.

    ``budgets`` are amounts with their units.
    """
    if not _YEARS_END.search(text[: figure.start]) or figure.unit is None:
        return False
    behind = next((f for f in told if f.start > figure.start), None)
    if behind is None or behind.kind != "percent":
        return False
    if not _RATE.match(text[figure.end : behind.start]):
        return False
    return any(
        of_budget(budget, unit, figure.value, figure.unit, behind.value)
        for budget, unit in budgets
        if budget
    )


def _in_yuan(value: Decimal, unit: str) -> Decimal:
    known = default_vocabulary().units.get(unit)
    return value * (known.factor if known and known.factor else Decimal(1))


def of_budget(budget: Decimal, budget_unit: str, spent: Decimal, unit: str, rate: Decimal) -> bool:
    """Whether a rate in per cent, as printed, is that of an amount and its budget."""
    exponent = rate.as_tuple().exponent
    slack = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    share = _in_yuan(spent, unit) / _in_yuan(budget, budget_unit) * 100
    return abs(share - rate) <= slack
