"""Tables of final accounts and budgets (公开01–08): what they state of a whole department.

The tables are built by hand after the national layout and its variants; figures are invented.
"""

from __future__ import annotations

from orchestration.extraction import extract
from orchestration.extraction.forms.prior import amount_and_prior
from orchestration.reading.document import Grid
from orchestration.records import Extraction
from tests.unit.extraction.grids import Spec, document, figures, grid

ACCOUNTS = "云溪县文化馆2022年度部门决算"


def _whole(*, ordinal: int = 1, business: str = "") -> Grid:
    """收入支出决算总表: income beside spending, numbers of lines between."""
    rows: list[list[Spec]] = [
        [("收入", 3, 1), ("支出", 3, 1)],
        ["项目", "行次", "金额", "项目", "行次", "金额"],
        ["一、一般公共预算财政拨款收入", "1", "1,850.36", "一、教育支出", "9", "1,948.04"],
        ["二、政府性基金预算财政拨款收入", "2", "120.00", "", "10", ""],
        ["三、事业收入", "3", business, "", "11", ""],
        ["四、其他收入", "4", "8.20", "", "12", ""],
        ["本年收入合计", "5", "1,978.56", "本年支出合计", "13", "1,948.04"],
        ["年初结转和结余", "6", "66.30", "年末结转和结余", "14", "96.82"],
        ["总计", "7", "2,044.86", "总计", "15", "2,044.86"],
    ]
    return grid(rows, ordinal=ordinal)


def _spending(total: str, basic: str, project: str, *, ordinal: int = 2) -> Grid:
    return grid(
        [
            [("项目", 2, 1), ("本年支出合计", 1, 2), ("基本支出", 1, 2), ("项目支出", 1, 2)],
            ["科目编码", "科目名称"],
            [("栏次", 2, 1), "1", "2", "3"],
            [("合计", 2, 1), total, basic, project],
            ["205", "教育支出", total, basic, project],
        ],
        ordinal=ordinal,
    )


def _classes(*, ordinal: int = 3) -> Grid:
    """一般公共预算财政拨款基本支出决算表: three groups of classes side by side."""
    return grid(
        [
            [("人员经费", 3, 1), ("公用经费", 6, 1)],
            [*["科目编码", "科目名称", "决算数"] * 3],
            [
                "301",
                "工资福利支出",
                "1,190.05",
                "302",
                "商品和服务支出",
                "240.06",
                "310",
                "资本性支出",
                "12.00",
            ],
            ["30101", "基本工资", "400.00", "30217", "公务接待费", "2.20", "399", "其他支出", ""],
            ["303", "对个人和家庭的补助", "60.00", "", "", "", "", "", ""],
            [("人员经费合计", 2, 1), "1,250.05", ("公用经费合计", 5, 1), "252.06"],
        ],
        ordinal=ordinal,
    )


def _caption(title: str, number: str) -> list[str]:
    return [title, f"公开{number}表", "部门：云溪县文化馆 金额单位：万元"]


def _accounts(*blocks: str | Grid) -> Extraction:
    return extract(document(ACCOUNTS, *blocks))


def test_income_spending_and_balance_of_the_two_sided_table() -> None:
    found = _accounts(*_caption("收入支出决算总表", "01"), _whole())
    income = {key[1]: value for key, value in figures(found, "revenue").items()}
    assert income == {
        "general_public_budget": "1850.36 万元",
        "government_fund": "120.00 万元",
        "other": "8.20 万元",
        "carry_over": "66.30 万元",
        "total": "2044.86 万元",
    }
    assert figures(found, "expense") == {
        (None, "total", "amount", "actual", 2022): "1948.04 万元"
    }  # functional classes such as 教育支出 are no items of the contract
    assert figures(found, "balance")[None, "year_end", "amount", None, 2022] == "96.82 万元"
    assert (found.document.report_kind, found.document.unit_name) == (
        "final_accounts",
        "云溪县文化馆",
    )


def test_a_source_of_income_without_an_item_puts_the_total_in_doubt_only_where_it_is_missing() -> (
    None
):
    # 1850.36 + 120 + 8.20 + 66.30 = 2044.86 closes; 100 beside a total of 150 does not.
    closed = _accounts(*_caption("收入支出决算总表", "01"), _whole())
    open_ = _accounts(*_caption("收入支出决算总表", "01"), _swapped())
    assert not [i for i in closed.issues if i.kind == "unclaimed_figure"]
    assert [i.kind for i in open_.issues if "事业收入" in i.message] == ["unclaimed_figure"]


def _swapped() -> Grid:
    rows: list[list[Spec]] = [
        [("收入", 3, 1), ("支出", 3, 1)],
        ["项目", "行次", "金额", "项目", "行次", "金额"],
        ["一、一般公共预算财政拨款收入", "1", "100.00", "一、教育支出", "6", "150.00"],
        ["二、事业收入", "2", "50.00", "", "7", ""],
        ["总计", "3", "150.00", "总计", "8", "150.00"],
    ]
    return grid(rows)


def test_economic_classes_count_where_their_table_closes_with_the_department() -> None:
    found = _accounts(
        *_caption("收入支出决算总表", "01"),
        _whole(),
        *_caption("支出决算表", "03"),
        _spending("1,948.04", "1,502.11", "445.93"),
        *_caption("一般公共预算财政拨款基本支出决算表", "06"),
        _classes(),
    )
    items = {key[1]: value for key, value in figures(found, "expense").items()}
    assert items == {
        "total": "1948.04 万元",
        "basic": "1502.11 万元",
        "project": "445.93 万元",
        "personnel": "1250.05 万元",
        "public": "252.06 万元",
        "wages_benefits": "1190.05 万元",
        "goods_services": "240.06 万元",
        "individual_family": "60.00 万元",
        "capital": "12.00 万元",
    }  # 公务接待费 2.20 among basic spending is a part of the figure, not the figure


def test_public_money_alone_is_never_published_as_the_whole_department() -> None:
    found = _accounts(
        *_caption("收入支出决算总表", "01"),
        _whole(),
        *_caption("支出决算表", "03"),
        _spending("1,948.04", "1,600.00", "348.04"),
        *_caption("一般公共预算财政拨款支出决算表", "05"),
        _spending("1,700.00", "1,502.11", "197.89", ordinal=3),
        *_caption("一般公共预算财政拨款基本支出决算表", "06"),
        _classes(ordinal=4),
        *_caption("政府性基金预算财政拨款支出决算表", "07"),
        _spending("120.00", "0", "120.00", ordinal=5),
    )
    assert {key[1]: value for key, value in figures(found, "expense").items()} == {
        "total": "1948.04 万元",
        "basic": "1600.00 万元",
        "project": "348.04 万元",
    }


def test_stages_and_years_by_column() -> None:
    head = ["项目", "2023年预算数", "2024年预算数"]
    found = extract(
        document(
            "云溪区商务局2024年部门预算",
            "部门收支总表",
            "单位：万元",
            grid(
                [
                    [("收入", 3, 1), ("支出", 3, 1)],
                    [*head, *head],
                    ["一、一般公共预算拨款收入", "700", "760.5", "本年支出合计", "700", "760.5"],
                    ["收入总计", "700", "760.5", "支出总计", "700", "760.5"],
                ]
            ),
        )
    )
    spent = figures(found, "expense")
    assert spent[None, "total", "amount", "budget", 2023] == "700 万元"
    assert spent[None, "total", "amount", "budget", 2024] == "760.5 万元"
    income = figures(found, "revenue")
    assert income[None, "total", "amount", None, 2023] == "700 万元"
    assert income[None, "total", "amount", None, 2024] == "760.5 万元"
    staged = _accounts(
        "部门收支决算总表",
        "单位：万元",
        grid(
            [
                [("收入", 3, 1), ("支出", 3, 1)],
                [*["项目", "年初预算数", "决算数"] * 2],
                ["一、一般公共预算财政拨款收入", "900", "975.5", "本年支出合计", "900", "965.5"],
                ["总计", "900", "975.5", "年末结转和结余", "0", "10"],
            ]
        ),
    )
    spent = figures(staged, "expense")
    assert spent[None, "total", "amount", "budget_initial", 2022] == "900 万元"
    assert spent[None, "total", "amount", "actual", 2022] == "965.5 万元"
    assert figures(staged, "balance") == {(None, "year_end", "amount", None, 2022): "10 万元"}


def test_income_of_the_year_in_the_text_is_no_mention_of_the_total_with_what_was_carried_in() -> (
    None
):
    found = _accounts(
        *_caption("收入支出决算总表", "01"),
        _whole(),
        "2022年度本年收入合计1978.56万元。",
    )
    totals = [str(f.value) for f in found.figures if (f.family, f.item) == ("revenue", "total")]
    assert totals == ["2044.86"]


def test_changes_and_the_year_before_in_tables_of_the_three_public_expenses() -> None:
    rows: list[list[Spec]] = [
        [("项目", 1, 2), ("上年决算数", 1, 2), ("本年决算数", 1, 2), ("比上年增、减情况", 2, 1)],
        ["增、减金额", "增、减幅度"],
        ["合计", "29.11", "27.07", "-2.04", "-7.01%"],
        ["1.因公出国（境）费", "0.13", "0.10", "-0.03", "-23.08%"],
        ["2.公务接待费", "16.80", "15.91", "-0.89", "-5.3%"],
        ["3.公务用车购置及运行费", "12.18", "11.06", "-1.12", "-9.2%"],
    ]
    found = figures(_accounts("“三公”经费支出决算表", "单位：万元", grid(rows)), "expense")
    assert found[None, "three_public", "amount", "actual", 2021] == "29.11 万元"
    assert found[None, "three_public", "change", "actual", 2022] == "-2.04 万元"
    assert found[None, "vehicle", "change_rate", "actual", 2022] == "-9.2 %"
    bracketed: list[list[Spec]] = [
        ["项目", "2022年决算数"],
        ["“三公”经费合计", "9.83（2021年：12.5）"],
        ["因公出国（境）费", "0（上年：0）"],
        ["公务接待费", "1.83（2021年：2.5）"],
        ["公务用车购置及运行维护费", "8（2021年：10）"],
    ]
    found = figures(_accounts("“三公”经费支出决算表", "单位：万元", grid(bracketed)), "expense")
    assert found[None, "three_public", "amount", "actual", 2022] == "9.83 万元"
    assert found[None, "three_public", "amount", "actual", 2021] == "12.5 万元"
    assert found[None, "abroad", "amount", "actual", 2021] == "0 万元"


def test_a_bracket_that_names_no_year_is_no_amount_of_the_year_before() -> None:
    assert amount_and_prior("9.83（含差旅费2.1）") is None
    assert amount_and_prior("9.83（12.5）") is None


def test_sides_may_head_their_labels_themselves() -> None:
    found = _accounts(
        "收入支出决算总表",
        "金额单位：元",
        grid(
            [
                ["收  入", "决算数", "支  出", "决算数"],
                ["一、财政拨款收入", "18,503,600.00", "本年支出合计", "18,000,000.00"],
                ["合计", "18,503,600.00", "年末结转和结余", "503,600.00"],
            ]
        ),
    )
    assert figures(found, "revenue")[None, "total", "amount", None, 2022] == "18503600.00 元"
    assert figures(found, "expense")[None, "total", "amount", "actual", 2022] == "18000000.00 元"


def test_a_sum_in_a_table_of_something_else_is_not_the_departments_spending() -> None:
    rows: list[list[Spec]] = [
        ["序号", "用途", "合计"],
        ["1", "设备购置", "12.5"],
        ["合计", "", "12.5"],
    ]
    for title in ("培训资金支出明细表", "专项资金支出预算明细表", "资金支出情况表"):
        found = _accounts(title, "单位：万元", grid(rows))
        assert figures(found, "expense") == {}


def test_spending_of_public_money_in_the_text_gives_way_to_the_total_of_the_table() -> None:
    text = "2022年度一般公共预算拨款支出1,828.04万元。"
    alone = _accounts(text).figures
    assert [str(f.value) for f in alone if (f.family, f.item) == ("expense", "total")] == [
        "1828.04"
    ]
    beside = _accounts(*_caption("收入支出决算总表", "01"), _whole(), text).figures
    totals = {str(f.value) for f in beside if (f.family, f.item) == ("expense", "total")}
    assert totals == {"1948.04"}
