"""Self-evaluation: surveys, formulas and what only the text shows (RULES C)."""

from __future__ import annotations

from typing import Any

from tests.support.audit_cases.shapes import (
    Case,
    Inputs,
    Row,
    figure,
    figures,
    found,
    indicator,
    only,
    statement,
    swap_case,
    text_case,
)


def survey(group: str, rate: float, weight: float | None, **fields: Any) -> list[Row]:
    rows = [figure("survey", group, rate, "satisfaction_rate", slack=0.005, **fields)]
    if weight is not None:
        rows.append(figure("survey", group, weight, "weight", **fields))
    return rows


def whole_survey(composite: float, weights: tuple[float, float] = (0.6, 0.4)) -> Inputs:
    return figures(
        *survey("群众", 0.9, weights[0]),
        *survey("员工", 1.0, weights[1]),
        *survey("综合满意度", composite, None),
    )


#: A form whose cell for the project name is blank.
NAMELESS = statement("blank_field", subject="项目名称", source_table=1)


def cases() -> list[Case]:
    """A case that fires and one that holds for every rule of the chapter."""
    return [
        text_case(
            "R60",
            "audit_listed_sums",
            statement("sum", stated_value=14, computed_value=13, value_unit="次"),
            statement("sum", stated_value=13, computed_value=13, value_unit="次"),
            14,
            13,
        ),
        text_case(
            "R56",
            "audit_formula",
            statement("formula", stated_value=0, computed_value=0.955725, value_unit="ratio"),
            statement("formula", stated_value=0.96, computed_value=0.955725, value_unit="ratio"),
            0,
            0.955725,
        ),
        Case(
            "R57",
            "audit_threshold",
            {
                "audit_statement": [
                    statement(
                        "threshold",
                        subject="预算调整率",
                        stated_value=0.1,
                        computed_value=0.3354,
                        value_unit="ratio",
                    )
                ],
                "audit_indicator": [indicator(level3="预算调整率")],
            },
            found("R57", 0.3354, 0.1),
            {
                "audit_statement": [
                    statement(
                        "threshold",
                        subject="预算调整率",
                        stated_value=0.1,
                        computed_value=0.05,
                        value_unit="ratio",
                    )
                ],
                "audit_indicator": [indicator(level3="预算调整率")],
            },
        ),
        *(
            text_case(rule, "audit_text_evidence", statement(kind), statement("formula"))
            for rule, kind in (
                ("R58", "blank_field"),
                ("R59", "contradiction"),
                ("R65", "year_mismatch"),
                ("R69", "repeated_block"),
                ("R70", "placeholder"),
            )
        ),
        Case(
            "R52",
            "audit_satisfaction",
            whole_survey(0.951),
            found("R52", 0.951, 0.94),
            whole_survey(0.94),
        ),
        Case(
            "R53",
            "audit_satisfaction",
            whole_survey(0.94, (0.6, 0.3)),
            found("R53", 0.9, 1),
            whole_survey(0.94),
        ),
        swap_case(
            "R54",
            "audit_satisfaction",
            survey("群众", 0.94, None),
            survey("群众", 0.9, None),
            found("R54", 0.94, 0.9),
            [figure("survey", "群众", 10, "sent")],
        ),
        swap_case(
            "R55",
            "audit_satisfaction",
            survey("群众", 0.95, None),
            survey("群众", 0.98, None),
            found("R55", 0.95, 0.98),
            beside={
                "audit_indicator": [
                    indicator(level2_std="service_satisfaction", actual_unit="%", actual_value=98)
                ]
            },
        ),
        Case(
            "R58",
            "audit_text_evidence",
            {"audit_statement": [NAMELESS], **figures(figure("budget", "total", 1))},
            only("R58"),
            {"audit_statement": [NAMELESS]},
            "blank_form",
        ),
        text_case(
            "R61",
            "audit_formula",
            statement("product", factor=10000, stated_value=944000, computed_value=9450000000),
            statement("product", factor=10000, stated_value=945000, computed_value=9450000000),
            944000,
            9450000000,
        ),
    ]
