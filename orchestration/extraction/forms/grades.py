"""What a form says of its whole: grades, stated totals, mandatory fields left blank."""

from __future__ import annotations

import re
from decimal import Decimal

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.text import compact
from orchestration.reading.document import Cell

_GRADE = re.compile(
    r"(?:等级|等次|评级|结论|结果)(?:[:：]|为|是|评定为)?[“\"(（]?(?=([\u4e00-\u9fff]{1,3}|[A-D]级?))"
)


def read_is_grade(text: str) -> bool:
    """Whether a cell speaks of a grade."""
    return bool(re.search(r"等级|等次|评级", compact(text)))


def read_grade(context: FormContext, cell: Cell) -> str | None:
    """``等级：优`` anywhere in a cell → the grade figure."""
    text = compact(cell.text)
    said = [match[1] for match in _GRADE.finditer(text)] if read_is_grade(text) else []
    grade = next((g for word in said if (g := context.vocabulary.grade(word))), None)
    if grade is None:
        if re.search(r"等级[:：](?:$|\s)", text):
            blank_field(context, cell, "等级", "等级")
        return None
    record_grade(context, cell, grade)
    return grade


_STATED_TOTAL = re.compile(
    r"(?:总分|满分)(?:为|:)?(?P<weight>\d{2,3})分?[,;、](?:本项目|本部门|本单位)?(?:自评|实得|得)"
    r"(?:总)?(?:得?分)?(?:为|:)?(?P<score>\d{1,3}(?:\.\d+)?)分?(?![\d%])"
)


def read_stated_total(context: FormContext, cell: Cell) -> bool:
    """``总分100分，自评98.2分`` in one cell: the stated total of a form."""
    match = _STATED_TOTAL.search(compact(cell.text))
    if match is None:
        return False
    context.view.claim(cell)
    for measure, name in (("total_weight", "weight"), ("total_score", "score")):
        value = None if context.withheld(cell, "总得分") else Decimal(match[name])
        context.builder.figure(
            context.spot(cell),
            family="evaluation",
            measure=measure,
            value=value,
            unit="分",
            unit_source="cell",
            **context.subject.columns(),
        )
    return True


def record_grade(context: FormContext, cell: Cell, grade: str) -> None:
    """Record a printed grade; one in doubt is left out and reported."""
    context.view.claim(cell)
    if context.text_withheld(cell, "等级"):
        return
    context.builder.figure(
        context.spot(cell),
        family="evaluation",
        measure="grade",
        value_text=grade,
        **context.subject.columns(),
    )


def blank_field(context: FormContext, cell: Cell, subject: str, what: str) -> None:
    """Evidence that a mandatory field is left blank."""
    context.builder.statement(
        context.spot(cell),
        kind="blank_field",
        scope=context.subject.scope,
        project_name=context.subject.project_name,
        subject=subject,
        detail=f"“{what}”为空",
    )
