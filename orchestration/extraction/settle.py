"""What text and tables of a document say together: decided when both have been read."""

from __future__ import annotations

import re
from decimal import Decimal

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.forms.titles import scope_of_title
from orchestration.records import FigureRecord

_NEAR = Decimal("0.025")  # in the printed unit: rounding of a few addends


def settle_income(builder: RecordBuilder) -> None:
    """本年收入合计 of the text is no mention of 收入总计, which includes what was carried in."""
    figures = [
        f
        for f in builder.records("figure")
        if f.family == "revenue" and f.measure == "amount" and f.scope == "department"
    ]
    for total in [f for f in figures if f.item == "total" and f.is_table and f.value is not None]:
        same = [f for f in figures if f.amount_year == total.amount_year and f.unit == total.unit]
        carried = {f.value for f in same if f.item == "carry_over" and f.value}
        year_only = [
            f
            for f in same
            if f.item == "total"
            and not f.is_table
            and f.value is not None
            and any(abs(f.value + c - total.value) <= _NEAR for c in carried if c is not None)
        ]
        builder.drop("figure", year_only)
    _settle_told_income(builder, figures)


def _settle_told_income(builder: RecordBuilder, figures: list[FigureRecord]) -> None:
    """``收、支总计 42318 万元`` and, in another sentence, ``本年收入合计 40215 万元``.

    Both sides of the account hold what was carried in: the total is the first.
    """
    told = [f for f in figures if f.item == "total" and not f.is_table and f.value is not None]
    for whole in [f for f in told if _BOTH_SIDES.search(f.cell_text or "")]:
        year_only = [
            f
            for f in told
            if _CAME_IN.search(f.cell_text or "")
            and not _BOTH_SIDES.search(f.cell_text or "")
            and (f.amount_year, f.unit) == (whole.amount_year, whole.unit)
            and (f.value or 0) < (whole.value or 0)
        ]
        sentences = {f.source_text for f in year_only} - {whole.source_text}
        builder.drop("figure", [*year_only, *_changes(builder, "revenue", sentences)])
        told = [f for f in told if f not in year_only]
    if told and not any(_BOTH_SIDES.search(f.cell_text or "") for f in told):
        # 收、支总计各增加 264 万元, and no such total was read: not the change of 本年收入.
        sides = [f for f in builder.records("figure") if f.measure == "change" and not f.is_table]
        sentences = {f.source_text for f in sides if _OF_BOTH.search(f.cell_text or "")}
        builder.drop("figure", _changes(builder, "revenue", sentences))


def settle_outgo(builder: RecordBuilder) -> None:
    """``支出总计 38915 万元`` and ``本年支出 37820 万元``: what was spent is the second.

    Both sides of an account hold what is left at the year's end (a table of it says so itself).
    """
    told = [
        f
        for f in builder.records("figure")
        if (f.family, f.item, f.basis, f.measure, f.scope)
        == ("expense", "total", "actual", "amount", "department")
        and not f.is_table
        and f.value is not None
    ]
    for spent in [f for f in told if _WAS_SPENT.search(f.cell_text or "")]:
        wholes = [
            f
            for f in told
            if "总计" in (f.cell_text or "")
            and (f.amount_year, f.unit) == (spent.amount_year, spent.unit)
            and (f.value or 0) > (spent.value or 0)
        ]
        sentences = {f.source_text for f in wholes}
        if wholes:  # 收支较上年增加 …, in a sentence of its own
            changed = [f for f in builder.records("figure") if f.measure == "change"]
            sentences |= {f.source_text for f in changed if _OF_BOTH.search(f.cell_text or "")}
        sentences -= {spent.source_text}
        builder.drop("figure", [*wholes, *_changes(builder, "expense", sentences)])


#: One side of an account as a whole, and what the year alone brought or took.
_BOTH_SIDES = re.compile("总计|总收入")
#: The words of a change of both sides.
_OF_BOTH = re.compile("总计|收入?、?支出?(?:总体)?(?:比|较|同比|与|各|均)")
_CAME_IN = re.compile("[本当]年收入|收入决算|收入合计")
_WAS_SPENT = re.compile("[本当]年支出|支出决算(?!总计)|支出合计")


def _changes(builder: RecordBuilder, family: str, sentences: set[str | None]) -> list[FigureRecord]:
    """The changes of a total that some sentences state."""
    return [
        f
        for f in builder.records("figure")
        if (f.family, f.item) == (family, "total")
        and f.measure in ("change", "change_rate")
        and f.source_text in sentences
    ]


def settle_scope(builder: RecordBuilder, title: str | None) -> None:
    """A total or grade that stands below a form as text belongs to the form's project.

    Only where the title speaks of projects and every form of the document is about one and the
    same: a department's report with the form of one project keeps its own total.
    """
    if scope_of_title(title) != "project":
        return
    tabled = [r for kind in ("figure", "indicator") for r in builder.records(kind)]
    tabled = [r for r in tabled if r.source_table is not None]
    names = {r.project_name for r in tabled}
    if len(names) != 1 or None in names or any(r.scope != "project" for r in tabled):
        return
    name = names.pop()
    code = next((r.project_code for r in tabled if r.project_code), None)
    for figure in builder.records("figure"):
        if figure.family == "evaluation" and figure.scope == "department" and not figure.is_table:
            builder.update(
                "figure",
                figure,
                scope="project",
                project_name=name,
                project_code=code,
            )


def settle_spending(builder: RecordBuilder, year: int | None) -> None:
    """What a form says a project executed is also all that it spent (WAREHOUSE.md, doubtful cases).

    The twin stands at the same place; running text states both by itself.
    """
    executed = [
        f
        for f in builder.records("figure")
        if (f.family, f.measure, f.item, f.scope) == ("budget", "executed", "total", "project")
        and f.is_table
        and f.value is not None
    ]
    known = {
        (f.project_name, f.source_table)
        for f in builder.records("figure")
        if f.family == "expense" and f.item == "total" and f.basis == "actual" and f.is_table
    }
    for figure in executed:
        if (figure.project_name, figure.source_table) not in known:
            builder.beside(
                figure, family="expense", measure="amount", basis="actual", amount_year=year
            )
