"""Random tables of statistics: base data and county reports."""

from __future__ import annotations

from decimal import Decimal

from tests.typeset import pools
from tests.typeset.choosing import Chooser
from tests.typeset.forms.variant import Variant, plain
from tests.typeset.model import (
    Amount,
    Report,
    Statistics,
    Unit,
)
from tests.typeset.random_evaluations import Made, title_of
from tests.typeset.random_parts import (
    CENT,
    yuan,
)

D = Decimal


def base_data(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T3 and prose: a form of amounts in three columns."""
    establishment = c.integer(3, 90)
    on_duty = c.integer(2, establishment)
    amounts = [
        Amount("personnel", (("staff_category", "establishment"),), D(establishment)),
        Amount("personnel", (("staff_category", "on_duty"),), D(on_duty)),
    ]
    for basis, of_year in (("actual", year - 1), ("budget", year), ("actual", year)):
        amounts += _base_column(c, basis, of_year)
    rate = (D(on_duty) / establishment * 100).quantize(CENT)
    part = Statistics("base_data", tuple(amounts), {"control_rate": f"{plain(rate)}%"})
    title = title_of(unit, year, "部门整体支出绩效自评报告")
    parts = ("# 一、基本情况", c.pick(pools.PROSE), part)
    return Report(unit, year, "self_evaluation", title, parts), variant


def _base_column(c: Chooser, basis: str, year: int) -> list[Amount]:
    bought = yuan(c, 1, 3000) if c.chance(30) else D(0)
    run = yuan(c, 1, 3000)
    abroad = D(0)
    reception = yuan(c, 0, 500)
    office, power, meeting = yuan(c, 10, 9000), yuan(c, 10, 900), yuan(c, 0, 300)
    values = {
        "three_public": bought + run + abroad + reception,
        "vehicle": bought + run,
        "vehicle_purchase": bought,
        "vehicle_operation": run,
        "abroad": abroad,
        "reception": reception,
        "business": yuan(c, 10, 9000),
        "special_fund": yuan(c, 10, 9000) if c.chance(50) else None,
        "public": office + power + meeting,
        "office": office,
        "utilities_travel": power,
        "meeting_training": meeting,
        "procurement": yuan(c, 10, 3000) if c.chance(50) else None,
    }
    return [_expense(item, basis, year, value) for item, value in values.items()]


def _expense(item: str, basis: str, year: int, value: Decimal | None) -> Amount:
    key = (
        ("scope", "department"),
        ("project_name", None),
        ("expense_item", item),
        ("basis", basis),
        ("amount_year", year),
    )
    return Amount("expense", key, value)


def county(c: Chooser, unit: Unit, year: int, variant: Variant) -> Made:
    """T4: one long form whose figures stand on the row of one organ."""
    carried, fiscal = yuan(c, 0, 900), yuan(c, 900, 90000)
    people, public = yuan(c, 300, 600), yuan(c, 10, 200)
    project = carried + fiscal - people - public - 100
    revenue = {"total": carried + fiscal, "carry_over": carried, "general_public_budget": fiscal}
    spent = {
        "total": people + public + project,
        "basic": people + public,
        "personnel": people,
        "public": public,
        "project": project,
        "reception": yuan(c, 1, 30),
        "vehicle_operation": yuan(c, 0, 30),
        "vehicle_purchase": D(0),
        "abroad": D(0),
    }
    spent["three_public"] = spent["reception"] + spent["vehicle_operation"]
    fixed = yuan(c, 10, 9000)
    amounts = [
        Amount("personnel", (("staff_category", k),), D(c.integer(2, 60)))
        for k in ("establishment", "on_duty")
    ]
    amounts += [
        Amount("revenue", (("revenue_item", k), ("amount_year", year)), v)
        for k, v in revenue.items()
    ]
    amounts += [_expense(k, "actual", year, v) for k, v in spent.items()]
    amounts += [Amount("asset", (("asset_item", k),), fixed) for k in ("fixed", "fixed_in_use")]
    balance = (
        ("scope", "department"),
        ("project_name", None),
        ("balance_item", "year_end"),
        ("amount_year", year),
    )
    amounts.append(Amount("balance", balance, D(100)))
    details = {
        "filled_row": c.integer(0, 2),
        "duties": c.pick(pools.PROSE),
        "work": c.pick(pools.GOALS),
        "achievements": c.pick(pools.PROSE),
    }
    title = title_of(unit, year, "部门整体支出绩效自评报告")
    part = Statistics("county", tuple(amounts), details)
    return Report(unit, year, "self_evaluation", title, (part,)), variant
