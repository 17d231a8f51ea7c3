"""From a specification and a variant to the manuscript: what stands where, in which words."""

from __future__ import annotations

from tests.typeset.forms.chongqing import chongqing_form
from tests.typeset.forms.evaluation import evaluation_form
from tests.typeset.forms.lists import wide_list
from tests.typeset.forms.scored import scored_list
from tests.typeset.forms.statistics import statistics_form
from tests.typeset.forms.targets import TARGET_FORMS
from tests.typeset.forms.variant import Variant
from tests.typeset.model import Evaluation, Report, Said, Scored, Statistics
from tests.typeset.table import Block, Manuscript, PageBreak, Para

#: Families whose tables do not follow the national skeleton.
OTHER_FORMS = {**TARGET_FORMS, "T9": chongqing_form}


def compose(
    report: Report,
    variant: Variant,
    *,
    running_header: str | None = None,
    landscape: bool = False,
    page_breaks: bool = True,
) -> Manuscript:
    """The blocks of a report.

    A part that is a plain string is prose without figures of the contract; ``# `` marks a heading.
    Evaluations of the family ``wide`` that follow each other share one table.
    """
    blocks: list[Block] = [Para(report.title, "title")]
    wide: list[Evaluation] = []
    for part in report.parts:
        if isinstance(part, Evaluation) and part.family == "wide":
            wide.append(part)
            continue
        if wide:
            blocks += wide_list(wide, report.unit, report.fiscal_year, variant)
            wide = []
        blocks += _part(part, report, variant, page_breaks=page_breaks)
    if wide:
        blocks += wide_list(wide, report.unit, report.fiscal_year, variant)
    return Manuscript(tuple(blocks), landscape, running_header)


def _part(part: object, report: Report, variant: Variant, *, page_breaks: bool) -> list[Block]:
    if isinstance(part, str):
        return [Para(part[2:], "heading")] if part.startswith("# ") else [Para(part)]
    if isinstance(part, Said):
        return [Para(part.text)]
    if isinstance(part, Scored):
        return scored_list(part)
    start: list[Block] = [PageBreak()] if page_breaks else []
    if isinstance(part, Statistics):
        return start + statistics_form(part, report.unit, report.fiscal_year, variant)
    if isinstance(part, Evaluation):
        form = OTHER_FORMS.get(part.family, evaluation_form)
        return start + form(part, report.unit, report.fiscal_year, variant)
    raise TypeError(f"no layout for {type(part).__name__}")
