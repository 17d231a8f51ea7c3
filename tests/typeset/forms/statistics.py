"""Forms of amounts: the base-data table (T3) and the county form (T4)."""

from __future__ import annotations

from typing import Any

from tests.typeset.forms.variant import Variant, plain
from tests.typeset.model import Statistics, Unit
from tests.typeset.table import Block, C, Para, TableBuilder


def statistics_form(part: Statistics, unit: Unit, year: int, variant: Variant) -> list[Block]:
    """The form of one kind."""
    return _FORMS[part.kind](part, unit, year, variant)


def _look_up(part: Statistics) -> Any:
    known = {(a.table, *sorted((k, str(v)) for k, v in a.key)): a.value for a in part.amounts}

    def find(table: str, **key: Any) -> str:
        value = known.get((table, *sorted((k, str(v)) for k, v in key.items())))
        if value is None:
            return ""
        return plain(value) if table == "personnel" else plain(value / 10000)

    return find


#: Rows of the base-data table: label and expense item, None for a bare heading.
BASE_ROWS: tuple[tuple[str, str | None], ...] = (
    ("三公经费", "three_public"),
    ("1、公务用车购置和维护经费", "vehicle"),
    ("其中：公车购置", "vehicle_purchase"),
    ("公车运行维护", "vehicle_operation"),
    ("2、出国经费", "abroad"),
    ("3、公务接待", "reception"),
    ("项目支出：", None),
    ("1、业务工作经费", "business"),
    ("2、运行维护经费", "operation_maintenance"),
    ("3、市级专项资金（一个专项一行）", "special_fund"),
    ("公用经费", "public"),
    ("其中：办公经费", "office"),
    ("水费、电费、差旅费", "utilities_travel"),
    ("会议费、培训费", "meeting_training"),
    ("政府采购金额", "procurement"),
)


def _base_data(part: Statistics, unit: Unit, year: int, variant: Variant) -> list[Block]:
    find = _look_up(part)
    builder = TableBuilder(7, (3, 1.3, 1.3, 1.3, 1.3, 1.3, 1.3))
    builder.row(
        C("财政供养人员情况（人）", rowspan=2),
        C("编制数", colspan=2),
        C(f"{year}年实际在职人数", colspan=2),
        C("控制率", colspan=2),
    )
    builder.row(
        C(find("personnel", staff_category="establishment"), colspan=2),
        C(find("personnel", staff_category="on_duty"), colspan=2),
        C(part.details.get("control_rate", ""), colspan=2),
    )
    builder.row(
        "经费控制情况（万元）",
        C(f"{year - 1}年决算数", colspan=2),
        C(f"{year}年预算数", colspan=2),
        C(f"{year}年决算数", colspan=2),
    )
    dashes: dict[tuple[str, str, int], str] = part.details.get("dashes", {})
    for label, item in BASE_ROWS:
        cells = []
        for basis, of_year in (("actual", year - 1), ("budget", year), ("actual", year)):
            text = ""
            if item:
                text = find(
                    "expense",
                    scope="department",
                    project_name=None,
                    expense_item=item,
                    basis=basis,
                    amount_year=of_year,
                ) or dashes.get((item, basis, of_year), "")
            cells.append(C(text, colspan=2))
        builder.row(C(label, left=True), *cells)
    builder.row("部门基本支出预算调整", C("——", colspan=2), C("", colspan=2), C("", colspan=2))
    heads = (
        "批复规模（㎡）",
        "实际规模（㎡）",
        "规模控制率",
        "预算投资（万元）",
        "实际投资（万元）",
        "投资概算控制率",
    )
    builder.row(C(f"楼堂馆所控制情况（{year}年完工项目）", rowspan=2), *heads)
    builder.row("0", "0", "", "0", "0", "")
    builder.row("厉行节约保障措施", C(part.details.get("measures", ""), colspan=6, left=True))
    return [
        Para(f"{year}年度部门（单位）整体支出绩效评价基础数据表", "title"),
        builder.build(),
        Para(
            "说明：“项目支出”填报基本支出以外的全部项目支出，“公用经费”填报一般商品和服务支出。",
            "note",
        ),
        Para("填表人：　　　填报日期：　　　联系电话：　　　单位负责人签字：", "note"),
    ]


def _county(part: Statistics, unit: Unit, year: int, variant: Variant) -> list[Block]:
    """T4: one table from top to bottom, each part with columns of its own."""
    find = _look_up(part)
    d = part.details
    rows: list[list[tuple[str, int, int]]] = []
    n = 24

    def line(*cells: tuple[str, int] | tuple[str, int, int]) -> None:
        rows.append([(c[0], c[1], c[2] if len(c) > 2 else 1) for c in cells])  # type: ignore[misc]

    line(("一、部门（单位）基本概况", n))
    line(("联系人", 6), ("", 6), ("联系电话", 6), ("", 6))
    line(
        ("人员编制", 6),
        (find("personnel", staff_category="establishment"), 6),
        ("实有人数", 6),
        (find("personnel", staff_category="on_duty"), 6),
    )
    line(("职能职责概述", 6), (d.get("duties", ""), 18))
    line(("年度主要工作内容", 6), (d.get("work", ""), 18))
    line(("年度部门（单位）总体运行情况及取得的成绩", 6), (d.get("achievements", ""), 18))
    line(("二、部门（单位）收支情况", n))
    _county_money(line, find, year, n, d)
    line(("三、部门（单位）整体支出绩效自评情况", n))
    _county_goals(line, d)
    line(("四、评价人员", n))
    line(("姓  名", 6), ("职务/职称", 6), ("单  位", 6), ("签  字", 6))
    for _ in range(2):
        line(("", 6), ("", 6), ("", 6), ("", 6))
    line(("评价组组长签署意见：\n\n评价组组长（签字）：\n　　　　年　　月　　日", n))
    line(
        (
            "部门（单位）意见：\n\n部门（单位）负责人（签字）：　　　部门（单位）（盖章）：\n　　　　年　　月　　日",  # noqa: E501
            n,
        )
    )
    builder = TableBuilder(n)
    for row in rows:
        builder.row(*(C(text, rowspan=down, colspan=wide) for text, wide, down in row))
    title = d.get("title", f"{year}年度部门整体支出绩效自评表")
    table = builder.build()
    return [Para(title, "title"), table] if title else [table]


def _county_money(line: Any, find: Any, year: int, n: int, d: dict[str, Any]) -> None:
    names = ("局机关及二级机构汇总", "1、局机关", "2、二级机构1", "3、二级机构2")
    filled = d.get("filled_row", 2)

    def fill(spans: tuple[int, ...], values: tuple[str, ...]) -> None:
        for index, name in enumerate(names):
            texts = values if index == filled else ("",) * len(values)
            line((name, spans[0]), *zip(texts, spans[1:], strict=True))

    def revenue(item: str) -> str:
        return str(find("revenue", revenue_item=item, amount_year=year))

    def expense(item: str) -> str:
        return str(
            find(
                "expense",
                scope="department",
                project_name=None,
                expense_item=item,
                basis="actual",
                amount_year=year,
            )
        )

    shown: dict[str, str] = d.get("shown", {})

    def show(item: str) -> str:
        return shown.get(item, expense(item))

    line(("年度收入情况（万元）", n))
    line(("机构名称", 4, 2), ("收入合计", 5, 2), ("其中：", 15))
    line(
        ("上年结转", 3),
        ("公共财政拨款", 3),
        ("政府基金拨款", 3),
        ("纳入专户管理的非税收入拨款", 3),
        ("其他收入", 3),
    )
    items = (
        "total",
        "carry_over",
        "general_public_budget",
        "government_fund",
        "special_account",
        "other",
    )
    fill((4, 5, 3, 3, 3, 3, 3), tuple(revenue(i) for i in items))
    line(("部门（单位）年度支出和结余情况（万元）", n))
    line(("机构名称", 4, 3), ("支出合计", 3, 3), ("其中：", 11), ("结余", 6))
    line(
        ("基本支出", 3, 2),
        ("其中：", 5),
        ("项目支出", 3, 2),
        ("当年结余", 3, 2),
        ("累计结余", 3, 2),
    )
    line(("人员支出", 3), ("公用支出", 2))
    balances = tuple(
        find(
            "balance",
            scope="department",
            project_name=None,
            balance_item=item,
            amount_year=year,
        )
        for item in ("year_end", "cumulative")
    )
    spent = tuple(show(i) for i in ("total", "basic", "personnel", "public", "project"))
    fill((4, 3, 3, 3, 2, 3, 3, 3), (*spent, *balances))
    line(("机构名称", 4, 2), ("三公经费合计", 4, 2), ("其中：", 16))
    line(
        ("公务接待费", 4), ("公务用车运行维护", 4), ("公务用车购置费", 4), ("因公出国（境）费用", 4)
    )
    three = ("three_public", "reception", "vehicle_operation", "vehicle_purchase", "abroad")
    fill((4, 4, 4, 4, 4, 4), tuple(show(i) for i in three))
    line(("机构名称", 4, 2), ("固定资产合计", 5, 2), ("其中：", 15))
    line(("在用固定资产", 5), ("出租固定资产", 5), ("其他", 5))
    assets = tuple(
        find("asset", asset_item=i)
        for i in ("fixed", "fixed_in_use", "fixed_leased", "fixed_other")
    )
    fill((4, 5, 5, 5, 5), assets)


def _county_goals(line: Any, d: dict[str, Any]) -> None:
    goals: list[tuple[str, str, str, list[tuple[str, str]]]] = d.get("targets", [])
    line(("整体支出绩效定性目标及实施计划完成情况", 4, 2), ("预期目标", 10), ("实际完成", 10))
    line((d.get("goal", ""), 10), (d.get("completion", ""), 10))
    count = sum(len(lines) for _, _, _, lines in goals)
    line(
        ("整体支出绩效定量目标及实施计划完成情况", 4, count + 1),
        ("评价内容", 4),
        ("", 3),
        ("绩效目标", 9),
        ("完成情况", 4),
    )
    seen: set[str] = set()
    for level1, level2, _, lines in goals:
        span = sum(len(x[3]) for x in goals if x[0] == level1)
        for index, (target, done) in enumerate(lines):
            cells: list[Any] = []
            if level1 not in seen:
                cells.append((level1, 4, span))
                seen.add(level1)
            if index == 0:
                cells.append((level2, 3, len(lines)))
            mark = f"指标{index + 1}：" if target else "……"
            cells += [(mark, 2), (target, 7), (done, 4)]
            line(*cells)
    line(
        ("绩效自评综合得分及评价等次", 4),
        (
            "评分：　　　　　　等级：\n备注：90（含）—100分为优；80（含）—90分为良；60（含）—80分为较差；60分以下为差。",  # noqa: E501
            20,
        ),
    )


_FORMS = {"base_data": _base_data, "county": _county}
