"""Random reports: specification, layout and setting, from any source of choices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.typeset.choosing import Chooser
from tests.typeset.compose import compose
from tests.typeset.faults import inject
from tests.typeset.forms.variant import Variant
from tests.typeset.makers import Style
from tests.typeset.model import (
    Report,
    Unit,
)
from tests.typeset.random_evaluations import (
    Made,
    chongqing,
    department,
    hubei,
    narrative,
    project_t1,
    scored,
    sichuan,
    yinchuan,
)
from tests.typeset.random_parts import (
    random_style,
    random_unit,
    random_variant,
)
from tests.typeset.random_statistics import base_data, county
from tests.typeset.random_targets import hebei, hunan_targets, wide, xian
from tests.typeset.table import Manuscript

D = Decimal


@dataclass(frozen=True, slots=True)
class Case:
    """A random report ready to be made by any maker."""

    report: Report
    variant: Variant
    style: Style
    manuscript: Manuscript
    shape: str


def random_case(c: Chooser, shape: str | None = None) -> Case:
    """A report of one shape (drawn where not given), its layout and its setting."""
    shape = shape or c.pick(sorted(SHAPES))
    variant = random_variant(c)
    unit, year = random_unit(c), c.integer(2019, 2025)
    report, variant = SHAPES[shape](c, unit, year, variant)
    if report.evaluations() and report.kind == "self_evaluation" and c.chance(25):
        report = inject(report, c)
    style = random_style(c)
    landscape = shape == "wide" or c.chance(10)
    header = f"{unit.name}{year}年度公开" if c.chance(20) else None
    manuscript = compose(
        report, variant, running_header=header, landscape=landscape, page_breaks=c.chance(60)
    )
    return Case(report, variant, style, manuscript, shape)


SHAPES: dict[str, Callable[[Chooser, Unit, int, Variant], Made]] = {
    "base_data": base_data,
    "chongqing": chongqing,
    "county": county,
    "department": department,
    "hebei": hebei,
    "hubei": hubei,
    "hunan_targets": hunan_targets,
    "narrative": narrative,
    "project": project_t1,
    "scored": scored,
    "sichuan": sichuan,
    "wide": wide,
    "xian": xian,
    "yinchuan": yinchuan,
}
