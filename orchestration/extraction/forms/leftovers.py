"""What nobody claimed: numeric cells of recognised forms are counted and reported."""

from __future__ import annotations

from orchestration.extraction.forms.context import FormContext
from orchestration.extraction.text import compact

_SHOWN = 5


def report_unclaimed(context: FormContext) -> int:
    """One warning per grid that names the first unclaimed figures; their number."""
    cells = context.view.unclaimed_numbers()
    if not cells:
        return 0
    first = cells[0]
    shown = "、".join(f"第{c.row + 1}行第{c.col + 1}列“{compact(c.text)}”" for c in cells[:_SHOWN])
    context.builder.issue(
        context.spot(first),
        kind="unclaimed_figure",
        message=f"{context.where(first)}起有 {len(cells)} 个数字未归入任何字段：{shown} | "
        f"{len(cells)} figures of a recognised form belong to no field",
    )
    return len(cells)
