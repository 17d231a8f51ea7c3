"""Amounts that no column is for: said so, where a reader would look for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.numbers import Figure
from orchestration.extraction.narrative.phrases import item_of
from orchestration.extraction.narrative.state import State
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.extraction.narrative.words import Word, has
from orchestration.reading.document import Paragraph

_ALL_OF_IT = re.compile("总支出|总收入|总计|合计|总额")
#: Items whose names are common words: an amount beside them may be of anything.
_WIDE_ITEMS = frozenset({"other", "other_expense", "special_fund", "business", "office"})


def note_distribution(context: Context, state: State, figure: Figure, word: Word) -> None:
    """``结余分配 295 万元``: neither spent nor left; ``调整预算``: the budget or its change."""
    if word.text == "调整预算" and figure.kind == "money":
        context.builder.issue(
            context.spot(state.paragraph, state.sentence, figure.start, figure.end),
            kind="unclaimed_figure",
            message="“调整预算”可指调整后的预算，也可指调整的金额，未采用 | "
            "调整预算 may be the adjusted budget or what was adjusted: left alone",
        )
    if word.text != "结余分配" or figure.kind != "money" or figure.value == 0:
        return
    context.builder.statement(
        context.spot(state.paragraph, state.sentence, figure.start, figure.end),
        kind="distribution", subject=word.text, stated_value=figure.value,
        value_unit=figure.unit,
    )  # fmt: skip


def report_unknown(context: Context, state: State, figure: Figure, words: Sequence[Word]) -> None:
    """Say that an amount of a known item was left alone for words that nobody knows."""
    item = item_of(words, "expense", "revenue")
    whole = any(w.role in ("spend", "income") and _ALL_OF_IT.search(w.text) for w in words)
    if figure.kind != "money" or not (whole or (item and item.value not in _WIDE_ITEMS)):
        return
    unknown = "、".join(w.text for w in words if w.role == "?")[:16]
    context.builder.issue(
        context.spot(state.paragraph, state.sentence, figure.start, figure.end),
        kind="unclaimed_figure",
        message=f"“{unknown}”不在词表中，无法确认该金额是否属于本单位本项，未采用 | "
        "words that no list knows: whose amount this is cannot be told, left alone",
    )


def report_topic(context: Context, state: State, figure: Figure, words: Sequence[Word]) -> None:
    """Say that an amount in general words was left alone for what is named before it."""
    if figure.kind == "money" and has(words, "spend", "basis", "expense", "income", "balance"):
        context.builder.issue(
            context.spot(state.paragraph, state.sentence, figure.start, figure.end),
            kind="unclaimed_figure",
            message="前文另有所指，无法确认该金额是否属于本单位整体，未采用 | "
            "the words before name something else: whether this is the unit's cannot be told, "
            "left alone",
        )


def report_stage(context: Context, state: State, figure: Figure) -> None:
    """Say that an amount beside a budget was left alone: budgeted or spent, nobody can tell."""
    if figure.kind == "money" and figure.value:
        context.builder.issue(
            context.spot(state.paragraph, state.sentence, figure.start, figure.end),
            kind="unclaimed_figure",
            message="前文为预算数，无法确认该金额是预算数还是支出数，未采用 | "
            "an amount beside a budget: budgeted or spent cannot be told, left alone",
        )


def report_sums_of_many(
    context: Context, paragraph: Paragraph, sentence: TextMap, figures: Sequence[Figure]
) -> None:
    """Say that the amounts of a sentence over all offices of a place were left alone."""
    money = [figure for figure in figures if figure.kind == "money"]
    if money:
        context.builder.issue(
            context.spot(paragraph, sentence, money[0].start, money[0].end),
            kind="unclaimed_figure",
            message="本段为各部门汇总数，不是本单位数，未采用 | "
            "sums over all offices of a place are not this unit's: left alone",
        )


def report_more_years(
    context: Context, state: State, figure: Figure, words: Sequence[Word]
) -> None:
    """A sum over more than a year is left alone, and said so where it is of a known thing."""
    if figure.kind == "money" and has(words, "spend", "basis", "expense", "income", "revenue"):
        context.builder.issue(
            context.spot(state.paragraph, state.sentence, figure.start, figure.end),
            kind="unclaimed_figure",
            message="累计数或跨年合计数，不限于一个年度，未采用 | "
            "a sum over more than one year: left alone",
        )
