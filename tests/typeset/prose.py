"""Sentences of running text with the facts they state (DOMAIN.md, part 3), in wordings of our own.

Every function takes yuan and gives a :class:`Said`; ``n`` chooses among wordings.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.typeset.forms.variant import plain
from tests.typeset.model import Said

Fact = tuple[str, tuple[tuple[str, Any], ...]]


def wan(value: Decimal) -> str:
    """Yuan as 万元 without needless zeros, such as ``542.37万元``."""
    return f"{plain(value / 10000)}万元"


def fact(table: str, **columns: Any) -> Fact:
    """A fact row."""
    return table, tuple(columns.items())


def expense(item: str, year: int, value: Decimal, **more: Any) -> Fact:
    """An actual expense of the department."""
    return fact(
        "expense",
        scope="department",
        project_name=None,
        expense_item=item,
        basis="actual",
        amount_year=year,
        amount_cny=value,
        **more,
    )


def income(year: int, initial: Decimal, added: Decimal, n: int = 0) -> Said:
    """Budget income of the year with its two parts."""
    total = initial + added
    texts = (
        f"{year}年预算收入{wan(total)}，其中年初预算{wan(initial)}，调整追加{wan(added)}。",
        f"{year}年度预算收入{wan(total)}，其中年初预算{wan(initial)}，年中调整追加{wan(added)}。",
    )
    return Said(
        texts[n % len(texts)],
        (
            fact("revenue", revenue_item="total", amount_year=year, amount_cny=total),
            fact("revenue", revenue_item="initial_budget", amount_year=year, amount_cny=initial),
            fact(
                "revenue", revenue_item="supplementary_budget", amount_year=year, amount_cny=added
            ),
            fact(
                "budget",
                scope="department",
                project_name=None,
                funding_source="total",
                initial_budget_cny=initial,
                adjustment_cny=added,
            ),
        ),
    )


def spending(year: int, basic: Decimal, project: Decimal, n: int = 0) -> Said:
    """Total spending as basic and project spending."""
    total = basic + project
    texts = (
        f"{year}年支出{wan(total)}，其中基本支出{wan(basic)}，项目支出{wan(project)}。",
        f"{year}年度本单位支出总计{wan(total)}，基本支出{wan(basic)}，项目支出{wan(project)}。",
        f"本部门{year}年度支出合计{wan(total)}，其中：基本支出{wan(basic)}、项目支出{wan(project)}。",
    )
    return Said(
        texts[n % len(texts)],
        (
            expense("total", year, total),
            expense("basic", year, basic),
            expense("project", year, project),
        ),
    )


def economic(year: int, parts: dict[str, Decimal], n: int = 0) -> Said:
    """Basic spending by economic class."""
    words = {
        "wages_benefits": "工资福利支出",
        "goods_services": "商品和服务支出",
        "individual_family": "对个人和家庭的补助支出",
        "capital": "资本性支出",
    }
    basic = sum(parts.values(), Decimal(0))
    joint = ("，", "、", "；")[n % 3]
    listed = joint.join(f"{words[item]}{wan(value)}" for item, value in parts.items())
    return Said(
        f"{year}年基本支出{wan(basic)}，其中：{listed}。",
        (
            expense("basic", year, basic),
            *(expense(item, year, value) for item, value in parts.items()),
        ),
    )


def three_public(
    year: int, reception: tuple[Decimal, Decimal], vehicle: tuple[Decimal, Decimal]
) -> Said:
    """“三公”经费 with its parts, each against the year before: (this year, last year)."""
    texts = []
    facts: list[Fact] = []
    pairs = (
        ("reception", "公务接待费", reception),
        ("vehicle_operation", "公务用车运行维护费", vehicle),
    )
    total = reception[0] + vehicle[0]
    for item, word, (now, before) in pairs:
        change = now - before
        rate = (abs(change) / before * 100).quantize(Decimal("0.01"))
        verb, speed = ("增加", "增长") if change > 0 else ("减少", "下降")
        texts.append(
            f"{word}支出{wan(now)}，比上年{wan(before)}{verb}{wan(abs(change))}，{speed}{plain(rate)}%"
        )
        signed = rate / 100 if change > 0 else -rate / 100
        facts += [
            expense(item, year, now, change_stated_cny=change, change_rate_stated=signed),
            expense(item, year - 1, before),
        ]
    text = f"“三公”经费支出{wan(total)}，其中{texts[0]}；{texts[1]}；因公出国（境）费为零。"
    facts = [expense("three_public", year, total), *facts, expense("abroad", year, Decimal(0))]
    return Said(text, tuple(facts))


def people(year: int, establishment: int, on_duty: int, retired: int, n: int = 0) -> Said:
    """Headcounts."""
    texts = (
        f"人员情况：编制{establishment}人，实有{on_duty}人。退休人员共{retired}人。",
        f"{year}年末现有编制人数{establishment}人，实有在职人员{on_duty}人，退休人员{retired}人。",
    )
    counts = {"establishment": establishment, "on_duty": on_duty, "retired": retired}
    return Said(
        texts[n % len(texts)],
        tuple(
            fact("personnel", staff_category=category, headcount=Decimal(count))
            for category, count in counts.items()
        ),
    )


def assets(year: int, current: Decimal, fixed: Decimal) -> Said:
    """Total assets as current and fixed."""
    total = current + fixed
    return Said(
        f"截至{year}年12月31日，我单位国有资产{wan(total)}，其中，流动资产{wan(current)}，"
        f"固定资产{wan(fixed)}。",
        (
            fact("asset", asset_item="total", amount_cny=total),
            fact("asset", asset_item="current", amount_cny=current),
            fact("asset", asset_item="fixed", amount_cny=fixed),
        ),
    )


def survey(group: str, sent: int, satisfied: int) -> Said:
    """A questionnaire counted."""
    return Said(
        f"向{group}发放满意度调查问卷{sent}份，其中评为满意的问卷{satisfied}份。",
        (
            fact(
                "survey",
                respondent_group=group,
                sent=Decimal(sent),
                satisfied=Decimal(satisfied),
            ),
        ),
    )


def totals_compared(year: int, total: Decimal, before: Decimal) -> Said:
    """Income and spending of the year against the year before."""
    change = total - before
    rate = (abs(change) / before * 100).quantize(Decimal("0.01"))
    verb = "增加" if change > 0 else "减少"
    signed = rate / 100 if change > 0 else -rate / 100
    tail = f"较{year - 1}年{verb}{wan(abs(change))}，{verb}{plain(rate)}%"
    return Said(
        f"本部门{year}年度收入总计{wan(total)}，{tail}；本部门{year}年度支出总计{wan(total)}，{tail}。",
        (
            fact(
                "revenue",
                revenue_item="total",
                amount_year=year,
                amount_cny=total,
                change_stated_cny=change,
                change_rate_stated=signed,
            ),
            expense("total", year, total, change_stated_cny=change, change_rate_stated=signed),
        ),
    )


def leftover(year: int, value: Decimal) -> Said:
    """What is carried over at the end of the year."""
    return Said(
        f"年末结转结余{wan(value)}。",
        (
            fact(
                "balance",
                scope="department",
                project_name=None,
                balance_item="year_end",
                amount_year=year,
                amount_cny=value,
            ),
        ),
    )
