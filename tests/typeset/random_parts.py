"""The parts of random reports: layout, setting, unit, project, funds, indicators."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from tests.typeset import pools
from tests.typeset.choosing import Chooser
from tests.typeset.forms.variant import Variant
from tests.typeset.makers import Style
from tests.typeset.model import Fund, Indicator, Project, Unit, Value
from tests.typeset.table import Label
from tests.typeset.values import WORDINGS, quantity, words

D = Decimal
CENT = D("0.01")

SCHEMES: tuple[dict[str, int], ...] = (
    {"output": 50, "benefit": 30, "satisfaction": 10},
    {"cost": 20, "output": 40, "benefit": 20, "satisfaction": 10},
    {"output": 40, "benefit": 20, "satisfaction": 10, "cost": 20},
    {"output": 60, "benefit": 20, "satisfaction": 10},
)


def random_variant(c: Chooser) -> Variant:
    """Layout parameters within one form."""
    yuan = c.chance(20)
    return Variant(
        pick=c.integer(0, 2),
        money="元" if yuan else "万元",
        unit_place=c.pick(("header", "header", "caption", "cell")),
        places=2,
        thousands=yuan and c.chance(40),
        blank=c.pick(("", "", "—", "——", "/", "-")),
        level_weights=c.chance(60),
        half_brackets=c.chance(30),
        total_place="last" if c.chance(15) else "first",
        fund_merge=c.chance(15),
        label=c.pick((Label.ACROSS, Label.STACKED, Label.STACKED, Label.ROTATED)),
        order=c.pick(("a", "a", "b", "c")),
        repeat_levels=c.chance(15),
        rate_places=c.integer(0, 2),
        split_operator=False,
        placeholder=c.chance(10),
        numbered=c.chance(10),
        two_tables=c.chance(20),
    )


def random_style(c: Chooser) -> Style:
    """Setting parameters; every maker takes what it knows."""
    return Style(
        rules=c.pick(
            (*(("word", "wps", "excel", "office") * 4), "dashed", "double", "three_line", "none")
        ),
        font=c.pick(("uming", "microhei")),
        size=c.pick((9.0, 10.0, 10.5, 12.0)),
        margin=c.pick((54.0, 72.0, 90.0)),
        repeat_header=c.chance(50),
        split_rows=c.chance(60),
        white_fill=c.chance(10),
        shade_header=c.chance(15),
        close_at_break=c.chance(85),
        header_over_cell=c.chance(3),
        page_number=c.pick(("- {n} -", "{n}", "第{n}页", "")),
        middle=c.chance(80),
        centred=c.chance(70),
        radicals=c.chance(10),
        wide_digits=c.chance(10),
        encoding=c.pick(("utf-8", "utf-8", "gb18030")),
        tight=c.chance(30),
    )


def random_unit(c: Chooser) -> Unit:
    """An invented organ of an existing place."""
    code, place, region, province, level = c.pick(pools.PLACES)
    budget_code = f"{c.integer(100, 899)}{c.integer(1, 99):03d}" if c.chance(40) else None
    return Unit(place + c.pick(pools.ORGANS), code, region, province, level, budget_code)


def random_project(c: Chooser, unit: Unit, year: int, *, code: bool) -> Project:
    """A project; its code has 21 characters."""
    number = None
    if code:
        kind = c.pick(("R", "Y", "T"))
        number = f"{unit.region_code}{year % 100}{kind}{c.integer(0, 10**12 - 1):012d}"
    place = unit.name.split(unit.region_name)[0] + unit.region_name
    name = c.pick(pools.PROJECTS)
    if c.chance(20):
        name = f"{year}年{name}经费"
    department = place + c.pick(pools.DEPARTMENTS)
    return Project(name, number, department, unit.name, c.pick(pools.PURPOSES))


def distinct(projects: Iterable[Project]) -> Iterator[Project]:
    """Each as it is drawn, without those whose name came before: a report names a project once."""
    seen: set[str] = set()
    for project in projects:
        if project.name not in seen:
            seen.add(project.name)
            yield project


def yuan(c: Chooser, low: int, high: int) -> Decimal:
    """An amount in yuan that has at most two decimals in 万元."""
    return D(c.integer(low, high)) * 100


def random_funds(
    c: Chooser, variant: Variant, weight: int | None, *, adjusted: bool
) -> tuple[Fund, ...]:
    """Total row and sources; the sources add up to the total."""
    fiscal = yuan(c, 500, 90000)
    carry = yuan(c, 10, 9000) if c.chance(30) else None
    other = yuan(c, 10, 9000) if c.chance(20) else None
    change = yuan(c, 1, 400) * c.pick((1, -1)) if c.chance(40) else D(0)
    parts = [
        ("general_public_budget", c.pick(("其中：当年财政拨款", "其中：财政拨款")), fiscal, change),
        ("carry_over", c.pick(("上年结转资金", "上年结转")), carry, D(0)),
        ("other", "其他资金", other, D(0)),
    ]
    merged = variant.fund_merge and variant.total_place == "first"
    rows = []
    for source, label, initial, delta in parts:
        annual = None if initial is None else initial + delta
        executed = _spent(c, annual)
        rows.append(Fund(source, label, initial, None, annual, executed))
    if merged:
        totals = {k: _total(rows, k) for k in ("initial", "annual", "executed")}
        rows = [replace(r, executed=None) for r in rows]
    else:
        totals = {k: _total(rows, k) for k in ("initial", "annual", "executed")}
    rate = (totals["executed"] / totals["annual"] * 100).quantize(
        D(1).scaleb(-variant.rate_places), ROUND_HALF_UP
    )
    score = None
    if weight is not None:
        exact = D(weight) * totals["executed"] / totals["annual"]
        score = min(D(weight), exact.quantize(CENT, ROUND_HALF_UP))
    total = Fund(
        "total",
        c.pick(("年度资金总额", "合计", "年度资金总额")),
        totals["initial"],
        change if adjusted and change else None,
        totals["annual"],
        totals["executed"],
        rate / 100,
        f"{rate}%",
        D(weight) if weight is not None else None,
        score,
    )
    return (total, *rows)


def _spent(c: Chooser, annual: Decimal | None) -> Decimal | None:
    if annual is None:
        return None
    if c.chance(40):
        return annual
    return (annual * c.integer(60, 99) / 10000).quantize(D(1), ROUND_HALF_UP) * 100


def _total(rows: list[Fund], column: str) -> Decimal:
    return sum((getattr(r, column) for r in rows if getattr(r, column) is not None), D(0))


def random_indicators(
    c: Chooser, year: int, scheme: dict[str, int], *, scored: bool, full: bool = False
) -> tuple[Indicator, ...]:
    """Lines whose weights add up to the scheme's, level by level."""
    lines: list[Indicator] = []
    used: set[str] = set()
    for level1_std, weight in scheme.items():
        wordings, seconds = pools.LEVELS[level1_std]
        level1 = c.pick(wordings)
        chosen = [s for s in seconds if c.chance(65)] or [seconds[0]]
        slots = [second for second in chosen for _ in range(c.integer(1, 3))]
        slots = slots[: max(1, weight // 2)]
        for (level2, level2_std), part in zip(slots, split(c, weight, len(slots)), strict=True):
            line = _line(c, year, (level1, level1_std), (level2, level2_std), used)
            lines.append(points(c, line, D(part), scored=scored, full=full))
    return tuple(lines)


def split(c: Chooser, total: int, n: int) -> list[int]:
    """``total`` as n whole parts, none zero."""
    parts = [1] * n
    rest = total - n
    for index in range(n - 1):
        take = c.integer(0, max(0, min(rest, 2 * total // n)))
        parts[index] += take
        rest -= take
    parts[-1] += rest
    return parts


def _line(
    c: Chooser, year: int, level1: tuple[str, str], level2: tuple[str, str], used: set[str]
) -> Indicator:
    std = level2[1]
    if std in pools.QUALITIES and c.chance(30):
        name, wanted, got = c.pick(pools.QUALITIES[std])
        target, actual = words(wanted.format(year=year)), words(got.format(year=year))
    else:
        name, unit = c.pick(pools.QUANTITIES[std])
        target, actual = _quantity(c, std, unit)
    while name in used:
        name = f"{name}（{c.pick('甲乙丙丁戊己庚辛')}类）"
    used.add(name)
    return Indicator(level1[0], level2[0], name, level1[1], std, target, actual)


def _quantity(c: Chooser, std: str, unit: str) -> tuple[Value, Value]:
    down = "cost" in std
    if unit == "%":
        number = D(c.integer(60, 100)) if not down else D(c.integer(1, 10))
        operator = c.pick(("<=", "<")) if down else c.pick((">=", ">=", "=", ">"))
        if number == 100 and operator == ">":
            operator = ">="
        reached = number if down else min(D(100), number + D(c.integer(0, 40)) / 10)
    else:
        number = D(c.integer(1, 30 if unit == "年" else 3000)) / c.pick((1, 1, 10))
        operator = c.pick(("<=",)) if down else c.pick((">=", ">=", "="))
        reached = number if down else number + c.integer(0, 3)
    wording = c.integer(0, len(WORDINGS[operator]) - 1)
    return quantity(operator, number, unit, wording), quantity("=", reached, unit)


def points(c: Chooser, line: Indicator, weight: Decimal, *, scored: bool, full: bool) -> Indicator:
    if not scored:
        return replace(line, weight=weight, actual=None)
    if full or weight < 2 or c.chance(75):
        return replace(line, weight=weight, score=weight)
    lost = c.pick((D("0.5"), D(1)))
    return replace(line, weight=weight, score=weight - lost, reason=c.pick(pools.REASONS))
