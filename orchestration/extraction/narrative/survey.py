"""Sentences about satisfaction: rates a group, weights of groups, questionnaires (family 20)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.reading.document import Paragraph

_N = r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)"
_GROUP = r"([\u4e00-\u9fff]{2,20}?)"
_RATE = re.compile(
    rf"{_GROUP}(?:的)?(?:综合|总体|平均)?满意(?:度|率)(?:均)?(?:为|达到了?|达|在|是|:)?{_N}%"
)
_LISTED = re.compile(rf"{_GROUP}(?:为|达到?|:)?{_N}%(?=[、,;。和及])")
_LIST_OPEN = re.compile(r"满意(?:度|率)(?:分别)(?:为|是|达到?)?:?")
_WEIGHT = re.compile(rf"[(+=]{_GROUP}(?:的)?满意(?:度|率)[×*x]{_N}%")
_SENT = re.compile(
    rf"(?:发放|发出|下发|共发(?![放出])|发送)([^,。;\d]{{0,30}}?)(?:调查)?(?:问卷|调查表|测评表)(?:调查)?(各|共|共计)?{_N}份"
)
_SATISFIED = re.compile(
    rf"(?:评为|评价为|表示|其中)?[^,。;\d]{{0,8}}满意(?:的)?(?:问卷)?(?:有|为|共)?{_N}(?:份|人)"
)
_BARE_RATE = re.compile(
    rf"(?<=[,;])(?:综合|总体|平均|整体)?满意(?:度|率)(?:为|达到?|达|是|:)?{_N}%"
)
_GRADES_OF = re.compile(r"(?:非常|很|十分|比较|较|基本)满意(?:的)?(?:有|为|共)?\d")
#: 读者满意度调查共发放问卷 300 份
_SURVEY_OF = re.compile(
    r"(?:^|[,;:。])([\u4e00-\u9fff]{2,10}?)(?:的)?满意(?:度|率)(?:问卷|抽样)?(?:调查|测评)[,:]?[中共]*$"
)
_AIM = re.compile(r"≥|>|不低于|以上|力争|目标|预期|不少于|争取|确保|要求|计划")
_LEAD = re.compile(
    r"^(?:根据|经|通过|其中|本单位|单位|本部门|项目|全年|年度|我局|对|向|给|使|各|及|和|的|"
    r"[\d年月日]+|抽样|随机|调查|统计|测评|结果|显示|问卷)+"
)
_SKIP = frozenset({"综合", "总体", "平均", "整体", "指标", "目标", "提高", "提升", "公众综合"})
_DEFAULT = "服务对象"


def rates_in(text: str) -> dict[str, Decimal]:
    """The satisfaction rates by group that a compact text states, in per cent."""
    return {group: value for group, (value, _, _) in _rates(text)}


def read_survey(
    context: Context, paragraph: Paragraph, sentence: TextMap, masked: str
) -> dict[str, Decimal]:
    """Note the satisfaction figures of a sentence; returns the rates by group, in per cent.

    ``masked`` has typed formulas blanked out; weights are looked for in the full sentence.
    """
    text = sentence.compact
    if "满意" not in text:
        return {}
    rates = dict(_rates(masked))
    for group, (value, start, end) in rates.items():
        context.mention(
            context.spot(paragraph, sentence, start, end),
            "survey", "satisfaction_rate", value, item=group, unit="%", unit_source="cell",
        )  # fmt: skip
    for match in _WEIGHT.finditer(text):
        context.mention(
            context.spot(paragraph, sentence, match.start(), match.end()),
            "survey", "weight", _number(match[2]), item=_group(match[1], rates), unit="%",
            unit_source="cell",
        )  # fmt: skip
    _questionnaires(context, paragraph, sentence, list(rates))
    if not rates:
        _rate_of_asked(context, paragraph, sentence, masked)
    return {group: value for group, (value, _, _) in rates.items()}


def _rates(text: str) -> Iterator[tuple[str, tuple[Decimal, int, int]]]:
    opened = _LIST_OPEN.search(text)
    position = 0
    if opened:
        position = opened.end()
        while match := _LISTED.match(text, position):
            group = _clean(match[1])
            if group and not _aims(text, match.end()):
                yield group, (_number(match[2]), match.start(), match.end())
            position = match.end() + 1
    for match in _RATE.finditer(text, position):
        clause = text[
            max(text.rfind(mark, 0, match.start(1)) for mark in ",。;:、(") + 1 : match.end()
        ]
        group = _clean(match[1])
        if group is None or _AIM.search(clause) or _aims(text, match.end()):
            continue
        yield group, (_number(match[2]), match.start(), match.end())


def _number(printed: str) -> Decimal:
    return Decimal(printed.replace(",", ""))


def _aims(text: str, end: int) -> bool:
    """Whether what follows a rate makes it an aim, or one cell of a row printed as a line."""
    if text[end : end + 2] in ("以上", "及以"):
        return True
    says = re.search(r"(?:为|达到?|达到了|在|是|:|的)\d+(?:\.\d+)?%$", text[:end])
    after = r"[,。;、)和及\u4e00-\u9fff]|$" if says else r"[,。;、)和及]"
    return not re.match(after, text[end:])


def _clean(group: str) -> str | None:
    """A group's name without lead-in words; None where what is left names nobody."""
    short = _LEAD.sub("", group)
    if not short or short in _SKIP or len(short) > 12:
        return None
    return short


def _group(name: str, rates: dict[str, tuple[Decimal, int, int]]) -> str:
    short = _clean(name) or name
    return next((g for g in rates if g == short or g.endswith(short) or short.endswith(g)), short)


def _rate_of_asked(context: Context, paragraph: Paragraph, sentence: TextMap, masked: str) -> None:
    """``发放问卷 200 份，…，满意度为 96.4%``: the rate of those who were asked."""
    sent = _SENT.search(sentence.compact)
    bare = list(_BARE_RATE.finditer(masked))
    if sent is None or len(bare) != 1 or _aims(masked, bare[0].end()):
        return
    (match,) = bare
    if match.start() < sent.end() or _AIM.search(match.group()):
        return
    context.mention(
        context.spot(paragraph, sentence, match.start(), match.end()),
        "survey", "satisfaction_rate", _number(match[1]), item=_asked(sentence.compact, sent, []),
        unit="%", unit_source="cell",
    )  # fmt: skip


def _asked(text: str, sent: re.Match[str], groups: list[str]) -> str:
    """Who was asked: the words between 发放 and 问卷, or 向 … 发放."""
    asked = re.sub(r"(?:发放|满意度|满意|调查)+$", "", re.sub(r"^(?:了|向|给|对)", "", sent[1]))
    asked = re.sub(r"(?:发放|满意度).*$", "", asked)
    to = re.search(r"(?:向|对|给)([\u4e00-\u9fff]{2,12})(?:发放|发出)", text)
    of = _SURVEY_OF.search(text[: sent.start()])
    named = _clean(asked) or (to and _clean(to[1])) or (of and _clean(of[1])) or _DEFAULT
    return groups[0] if named == _DEFAULT and len(groups) == 1 else named


def _questionnaires(
    context: Context, paragraph: Paragraph, sentence: TextMap, groups: list[str]
) -> None:
    text = sentence.compact
    sent = _SENT.search(text)
    if sent is None:
        return
    named = _asked(text, sent, groups)
    each = groups if sent[2] == "各" and groups else [named]
    for group in each:
        context.mention(
            context.spot(paragraph, sentence, sent.start(), sent.end()),
            "survey", "sent", _number(sent[3]), item=group, unit="份", unit_source="cell",
        )  # fmt: skip
    satisfied = _SATISFIED.search(text, sent.end())
    if _GRADES_OF.search(text):
        satisfied = None  # 非常满意 52 份、满意 6 份: no one figure is that of the satisfied
    if satisfied and len(each) == 1 and "不满意" not in satisfied.group():
        context.mention(
            context.spot(paragraph, sentence, satisfied.start(), satisfied.end()),
            "survey", "satisfied", _number(satisfied[1]), item=each[0], unit="份",
            unit_source="cell",
        )  # fmt: skip
