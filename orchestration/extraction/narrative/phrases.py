"""What the words of a clause say: its item, its basis, a change or a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestration.extraction.narrative.words import Word, has

_QUIET = frozenset({"filler", "mark", "time"})


def item_of(words: Sequence[Word], *roles: str) -> Word | None:
    """The last word that names an item (of these roles, or any)."""
    wanted = roles or ("expense", "revenue", "asset", "balance", "staff")
    return next((w for w in reversed(words) if w.role in wanted), None)


def basis_of(words: Sequence[Word]) -> str | None:
    """The most telling basis word: initial and adjusted beat plain budget and 实际."""
    values = [w.value for w in words if w.role == "basis"]
    if any(w.role in ("expense", "income") and "预算" in w.text for w in words):
        values.append("budget")  # 政府采购预算
    for value in ("budget_initial", "budget_adjusted", "budget", "actual"):
        if value in values and not (value == "budget" and "actual" in values):
            return value
    return None


def is_unknown(words: Sequence[Word]) -> bool:
    return has(words, "?")


def is_change(words: Sequence[Word]) -> bool:
    """Whether the clause ends with a direction word, but for fillers."""
    telling = [w for w in words if w.role not in _QUIET]
    if len(telling) > 1 and telling[-1].role in ("spend", "income"):
        telling = telling[:-1] if telling[-2].role == "direction" else telling  # 多支出 44 万元
    return bool(telling) and telling[-1].role == "direction" and telling[-1].value != "0"


_AGAINST_YEAR = re.compile(r"(?:与|比|较|同|对比)(?:上年|上一年|去年|(?:19|20)\d{2}年)|同比")
_AGAINST_BUDGET = re.compile(r"(?:与|比|较|同)[^,;]{0,10}预算")


_INNER_LABEL = re.compile(
    r"(?:^|[;,。、)])(?:[(]?\d{1,2}[、.)])?(?P<label>[^,;:。()\d]{2,24}):[^,;:。(]+$"
)
_HANDS_ON = re.compile(r"其中|原因|具体|如下|主要|包括|说明|情况|分别")


def inner_label(phrase: str) -> str:
    """``；公用经费：年初预算数`` before a figure → ``公用经费``; empty where no label is."""
    match = _INNER_LABEL.search(phrase)
    return "" if match is None or _HANDS_ON.search(match["label"]) else match["label"]


def as_quoted(name: str, text: str) -> str:
    """A name as a text prints it, with the quotation marks inside it (妇女“两癌”筛查项目)."""
    letters = "[“”]?".join(map(re.escape, name))
    match = re.search(letters, text)
    if match is None:
        return name
    opened = match.group().count("”") > match.group().count("“")
    return f"“{match.group()}" if opened and text[match.start() - 1] == "“" else match.group()


def compared_before(phrase: str, year: int | None = None) -> str | None:
    """What an earlier clause compares with: ``与 2022 年度相比，增加``.

    ``year`` is that of what is compared: against any but the year before no column is for.
    """
    if _AGAINST_BUDGET.search(phrase):
        return "budget"
    found = _AGAINST_YEAR.search(phrase)
    if found is None:
        return None
    told = re.search(r"\d{4}", found.group())
    return "other" if told and year and int(told.group()) != year - 1 else "prior"


def is_only(words: Sequence[Word], role: str) -> bool:
    """Whether the clause is this word and fillers."""
    telling = [w.role for w in words if w.role not in _QUIET]
    return bool(telling) and set(telling) <= {role, "basis", "spend"} and role in telling


def completes_budget(words: Sequence[Word]) -> bool:
    """``完成预算的 98%``; of the initial budget it is another rate."""
    return has(words, "done") and basis_of(words) in ("budget", "budget_adjusted")


_SHARE_BEHIND = re.compile(r"的\d+(?:\.\d+)?%")


def is_measure(text: str, end: int) -> bool:
    """``为预算 5 万元的 65.2%``: an amount that another one is measured by."""
    return bool(_SHARE_BEHIND.match(text, end))


_RISES_TO = re.compile(
    r"(?:增加|增长|上升|提高|扩大|减少|下降|降低|压减|压缩|缩减|调整)(?:到|至|为)(?:了)?(?:(?P<year>(?:19|20)\d{2})年度?的?|(?:本|今|当)年度?的?)?$"
)
_FROM = re.compile(r"(?:由|从)(?P<whose>[^,;:。由从]{0,14})$")
_THEN_TO = re.compile(
    r"(?:增加|增长|上升|提高|扩大|减少|下降|降低|压减|压缩|缩减|调整)(?:到|至|为)"
)
_YEAR_BRACKET = re.compile(
    r"[(](?P<when>上年度?|去年|上一年度?|(?:19|20)\d{2}年度?)(?:决算数?|支出|实际|执行数?)*(?:为|是|:)*$"
)


def rises_to(phrase: str) -> re.Match[str] | None:
    """``由 1200 万元增加到``: what follows is the level now (of the group ``year``), no change."""
    return _RISES_TO.search(phrase)


def rises_from(phrase: str, after: str) -> str | None:
    """``由上年的`` before a figure and ``增加到`` behind it: whose level it was, else None."""
    match = _FROM.search(phrase)
    return match["whose"] if match and _THEN_TO.match(after) else None


def year_bracket(phrase: str) -> bool:
    """``（2022年：`` before a figure: the level of that year beside the one just stated."""
    return bool(_YEAR_BRACKET.search(phrase))


def after_compare(words: Sequence[Word]) -> list[Word]:
    """The words behind the last word of comparison: what is compared with.

    A word that closes a comparison (``与年初预算数相比减少``) has it in front.
    """
    places = [i for i, w in enumerate(words) if w.role == "compare"]
    if len(places) > 1 and words[places[-1]].text in _CLOSES_COMPARISON:
        places.pop()
    return list(words[places[-1] + 1 :]) if places else []


_CLOSES_COMPARISON = frozenset({"相比", "对比", "比较", "相较"})


def against_budget(words: Sequence[Word]) -> bool:
    """``比年初预算数增加``: the change is against a budget, not against the year before."""
    compared = after_compare(words) if has(words, "compare") else list(words)
    basis = basis_of(compared)
    return basis is not None and basis != "actual" and not has(compared, "prior", "year")


#: 局机关及所属 14 家单位共有编制 …: the whole department.
OFFICE_AND_OTHERS = re.compile(r"(?:机关|本级)[)]?[及和与、]其?(?:所属|下属|直属)\d*[个家]?")
_ALL_UNITS = re.compile(r"^[个家][\u4e00-\u9fff]{0,4}单位(?=[共合总编实在收支全年\d])")


def of_all_units(clause: str, before: str) -> str:
    """A clause with the 家单位 of ``局机关及所属 14 家单位`` as what it means: the department."""
    return _ALL_UNITS.sub("本单位", clause) if OFFICE_AND_OTHERS.search(before) else clause


def counts_all_units(text: str) -> bool:
    """Whether a text ends with the number of the department's own units (局机关及所属 14)."""
    return any(match.end() == len(text) for match in OFFICE_AND_OTHERS.finditer(text))
