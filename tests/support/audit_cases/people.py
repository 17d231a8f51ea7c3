"""People (RULES B)."""

from __future__ import annotations

from tests.support.audit_cases.shapes import (
    Case,
    Inputs,
    figure,
    figures,
    found,
    indicator,
)


def _on_duty(sentence: str) -> Inputs:
    told = figures(
        figure("personnel", "establishment", 65, "headcount"),
        figure("personnel", "on_duty", 72, "headcount", mention_id="on_duty"),
    )
    return told | {"int_mention": [{"mention_no": "on_duty", "source_text": sentence}]}


def cases() -> list[Case]:
    """A case that fires and one that holds for every rule of the chapter."""
    return [
        Case(
            "R26",
            "audit_headcount",
            figures(
                figure("personnel", "establishment", 16, "headcount"),
                figure("personnel", "on_duty", 15, "headcount"),
                figure("personnel", "on_duty", 0.5, "control_rate", slack=0.005),
            ),
            found("R26", 0.5, 0.9375),
            figures(
                figure("personnel", "establishment", 16, "headcount"),
                figure("personnel", "on_duty", 15, "headcount"),
                figure("personnel", "on_duty", 0.94, "control_rate", slack=0.005),
            ),
        ),
        Case(
            "R28",
            "audit_headcount",
            figures(
                *(
                    figure("personnel", i, n, "headcount")
                    for i, n in (("total", 15), ("on_duty", 8), ("retired", 5))
                )
            ),
            found("R28", 15, 13),
            figures(
                *(
                    figure("personnel", i, n, "headcount")
                    for i, n in (("total", 13), ("on_duty", 8), ("retired", 5))
                )
            ),
        ),
        Case(
            "R29",
            "audit_headcount",
            figures(
                *(
                    figure("personnel", i, n, "headcount")
                    for i, n in (("establishment", 16), ("on_duty", 17))
                )
            ),
            found("R29", 17, 16),
            figures(
                *(
                    figure("personnel", i, n, "headcount")
                    for i, n in (("establishment", 16), ("on_duty", 16))
                )
            ),
        ),
        Case(
            "R29",
            "audit_headcount",
            _on_duty("在岗职工72人，核定编制65名，其中聘用另计"),
            found("R29", 72, 65),
            _on_duty("在岗职工72人，其中在编60人，临聘12人，核定编制65名"),
            name="contract_staff_counted_in",
        ),
        Case(
            "R30",
            "audit_beneficiaries",
            {
                "audit_indicator": [
                    indicator(level3="老干部祝寿", indicator_name="老干部祝寿", actual_value=224)
                ],
                **figures(figure("personnel", "retired", 215, "headcount")),
            },
            found("R30", 224, 215),
            {
                "audit_indicator": [
                    indicator(level3="老干部祝寿", indicator_name="老干部祝寿", actual_value=200)
                ],
                **figures(figure("personnel", "retired", 215, "headcount")),
            },
        ),
    ]
