"""Money in running text: every sentence here is invented; other units, years and figures."""

from __future__ import annotations

import pytest

from tests.unit.extraction.prose import facts, read

CASES: list[tuple[str, set[str]]] = [
    (
        "2023年度收入总计1,254.36万元，与2022年度相比，增加112.5万元，增长9.85%。",
        {
            "revenue total 2023 amount 1254.36 万元",
            "revenue total 2023 change 112.5 万元",
            "revenue total 2023 change_rate 9.85 %",
        },
    ),
    (
        "全年总收入908.7万元，比上年1002.2万元减少93.5万元。主要原因是项目减少。",
        {
            "revenue total 2023 amount 908.7 万元",
            "revenue total 2022 amount 1002.2 万元",
            "revenue total 2023 change -93.5 万元",
        },
    ),
    (
        "本年支出合计1254.36万元，其中：基本支出1000.36万元，占79.75%；项目支出254万元，占20.25%。",
        {
            "expense total actual 2023 amount 1254.36 万元",
            "expense basic actual 2023 amount 1000.36 万元",
            "expense basic actual 2023 share 79.75 %",
            "expense project actual 2023 amount 254 万元",
            "expense project actual 2023 share 20.25 %",
        },
    ),
    (
        "我局2023年度支出总计700万元，基本支出500万元，项目支出200万元。",
        {
            "expense total actual 2023 amount 700 万元",
            "expense basic actual 2023 amount 500 万元",
            "expense project actual 2023 amount 200 万元",
        },
    ),
    (
        (
            "人员经费820.4万元，较去年增加12.1万元，增加的原因是补发奖金；日常公用经费96万元，"
            "较上年减少3.5万元。"
        ),
        {
            "expense personnel actual 2023 amount 820.4 万元",
            "expense personnel actual 2023 change 12.1 万元",
            "expense public actual 2023 amount 96 万元",
            "expense public actual 2023 change -3.5 万元",
        },
    ),
    (
        (
            "“三公”经费财政拨款支出预算为20万元，支出决算为15.6万元，完成预算的78%，"
            "其中：因公出国（境）费支出预算为0万元，支出决算为0万元；公务接待费支出预算为5万元，"
            "支出决算为2.4万元，完成预算的48%。"
        ),
        {
            "expense three_public budget 2023 amount 20 万元",
            "expense three_public actual 2023 amount 15.6 万元",
            "expense abroad budget 2023 amount 0 万元",
            "expense abroad actual 2023 amount 0 万元",
            "expense reception budget 2023 amount 5 万元",
            "expense reception actual 2023 amount 2.4 万元",
        },
    ),
    (
        (
            "“三公”经费支出7.2万元，比上年7.1万元基本持平，其中公务接待费支出1.2万元，"
            "比上年1.5万元减少0.3万元，下降20%，车辆运行维护费支出6万元，比上年5.6万元增加0.4万元。"
            "出国费今年为零。"
        ),
        {
            "expense three_public actual 2023 amount 7.2 万元",
            "expense three_public actual 2022 amount 7.1 万元",
            "expense reception actual 2023 amount 1.2 万元",
            "expense reception actual 2022 amount 1.5 万元",
            "expense reception actual 2023 change -0.3 万元",
            "expense reception actual 2023 change_rate -20 %",
            "expense vehicle_operation actual 2023 amount 6 万元",
            "expense vehicle_operation actual 2022 amount 5.6 万元",
            "expense vehicle_operation actual 2023 change 0.4 万元",
            "expense abroad actual 2023 amount 0 万元",
        },
    ),
    (
        "（2）培训费支出情况：当年开支3.1万元，比上年2.6万元增加0.5万元。",
        {
            "expense training actual 2023 amount 3.1 万元",
            "expense training actual 2022 amount 2.6 万元",
            "expense training actual 2023 change 0.5 万元",
        },
    ),
    (
        (
            "2023年我局年初预算2300万元，年中追加预算210.5万元，全年预算2510.5万元，"
            "全年执行2455.3万元，预算执行率97.8%。"
        ),
        {
            "budget total initial_budget 2300 万元",
            "revenue initial_budget 2023 amount 2300 万元",
            "budget total adjustment 210.5 万元",
            "revenue supplementary_budget 2023 amount 210.5 万元",
            "budget total annual_budget 2510.5 万元",
            "budget total executed 2455.3 万元",
            "expense total actual 2023 amount 2455.3 万元",
            "budget total execution_rate 97.8 %",
        },
    ),
    (
        "本部门上年结转12.5万元，年初预算400万元，预算调减8万元，年末结余0万元。",
        {
            "revenue carry_over 2023 amount 12.5 万元",
            "budget total initial_budget 400 万元",
            "revenue initial_budget 2023 amount 400 万元",
            "budget total adjustment -8 万元",
            "balance year_end 2023 amount 0 万元",
        },
    ),
    (
        (
            "2023年度一般公共预算财政拨款支出年初预算为1100万元，支出决算为1180.2万元，"
            "完成年初预算的107.29%。"
        ),
        {
            "budget general_public_budget initial_budget 1100 万元",
            "budget general_public_budget executed 1180.2 万元",
        },
    ),
    (
        (
            "2022年本单位年初政府采购预算为9.5万元，预算调整后8万元，2022年实际政府采购金额为7.9万元"
            "（其中办公设备5万元资本性支出2.9万元）。"
        ),
        {
            "expense procurement budget_initial 2022 amount 9.5 万元",
            "expense procurement budget_adjusted 2022 amount 8 万元",
            "expense procurement actual 2022 amount 7.9 万元",
        },
    ),
    (
        "公务用车运行维护费支出8万元，比年初预算10万元减少2万元，下降20%。",
        {
            "expense vehicle_operation actual 2023 amount 8 万元",
            "expense vehicle_operation budget_initial 2023 amount 10 万元",
        },
    ),
    (
        (
            "2023年部门预算数1500万元，其中基本支出1200万元，项目支出300万元；"
            "2023年部门决算数1450万元，其中基本支出1180万元，项目支出270万元。"
        ),
        {
            "expense total budget 2023 amount 1500 万元",
            "expense basic budget 2023 amount 1200 万元",
            "expense project budget 2023 amount 300 万元",
            "expense total actual 2023 amount 1450 万元",
            "expense basic actual 2023 amount 1180 万元",
            "expense project actual 2023 amount 270 万元",
        },
    ),
    (
        "单位2023年总收入为1234567.89元，总支出为1234000.00元，结余567.89元。",
        {
            "revenue total 2023 amount 1234567.89 元",
            "expense total actual 2023 amount 1234000 元",
            "balance year_end 2023 amount 567.89 元",
        },
    ),
    (
        "截止2023年12月31日我单位行政单位国有资产88.2万元，其中，流动资产30.1万元，固定资产58.1万元。",
        {
            "asset total amount 88.2 万元",
            "asset current amount 30.1 万元",
            "asset fixed amount 58.1 万元",
        },
    ),
    (
        "2023年收入总额为500.35万元，较上年462.1万元增长38.25万元，增幅8.28%。",
        {
            "revenue total 2023 amount 500.35 万元",
            "revenue total 2022 amount 462.1 万元",
            "revenue total 2023 change 38.25 万元",
            "revenue total 2023 change_rate 8.28 %",
        },
    ),
    ("年底指标结余40.2万，主要是项目延期。", {"balance unused_quota 2023 amount 40.2 万"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:18] for text, _ in CASES])
def test_a_sentence_states_exactly_these_figures(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


#: Figures that belong to no table of the contract, or whose subject is somebody else's.
SILENT = [
    "全年慰问困难职工35人，发放慰问金7万元。",
    "为每名老人发放慰问金500元至2000元。",
    "已拨出专项资金15万元推动乡村振兴项目建设。",
    "下拨党建工作经费6.6万元，走访慰问金1.32万元。",
    "今年以来，全区共发放帮扶资金123.4万元，受助学生1053人。",
    "按照每人每月1200元的标准发放生活补助，全年支出144万元。",
    "项目总投资3000万元，其中中央资金1000万元，市级配套1500万元。",
    "支付合同款12.5万元，尾款2.5万元。",
    "较2022年增加38万元，增加9.1%。",
    "全年公务接待费支出2.5至3万元之间。",
    "本单位无政府性基金预算支出。",
    "三、政府性基金预算支出情况（无）",
    "机关运行经费支出235.6万元，比上年增加12万元，增长5.4%。",
    "1.一般公共服务支出（类）行政运行（项）。年初预算为800万元，支出决算为850万元。",
    "全市新增造林1.2万亩，完成投资2.5亿元。",
    "力争2025年总产值达到100亿元。",
    "本年度预算安排项目5个，预算资金300万元，实际支出285万元。",
]


@pytest.mark.parametrize("text", SILENT, ids=[text[:16] for text in SILENT])
def test_figures_of_no_table_are_left_alone(text: str) -> None:
    assert facts(text) == set()


def test_a_figure_knows_its_sentence_its_words_and_its_line() -> None:
    builder = read("一、收支情况\n2023年基本支出88.5万元，其中：公用经费8.5万元。")
    basic, public = builder.records("figure")
    assert basic.source_text == "2023年基本支出88.5万元，其中：公用经费8.5万元。"
    assert public.cell_text == "公用经费8.5万元"
    assert (public.source_page, public.source_bbox) == (1, "72.00,40.00,500.00,54.00")
    assert public.is_table is False
    assert (basic.list_role, public.list_role, basic.list_id) == ("parent", "part", public.list_id)


def test_a_list_ends_where_its_bracket_or_the_classification_ends_it() -> None:
    text = "基本支出200万元（其中人员经费160万元，公用经费40万元），项目支出100万元。"
    roles = {f.item: f.list_role for f in read(text).records("figure")}
    assert roles == {"basic": "parent", "personnel": "part", "public": "part", "project": None}
    text = "基本支出200万元，其中人员经费160万元，公用经费40万元，项目支出100万元。"
    roles = {f.item: f.list_role for f in read(text).records("figure")}
    assert roles["project"] is None


def test_the_stated_parent_is_kept_even_where_its_parts_do_not_add_up_to_it() -> None:
    text = "2023年基本支出90万元，其中：工资福利支出60万元，商品和服务支出70万元。"
    parts = [f for f in read(text).records("figure") if f.list_role == "part"]
    parent = next(f for f in read(text).records("figure") if f.list_role == "parent")
    assert (parent.item, [p.item for p in parts]) == ("basic", ["wages_benefits", "goods_services"])


def test_a_list_may_begin_in_the_sentence_after_its_parent() -> None:
    text = (
        "“三公”经费支出12.3万元，同比减少2.1万元。"
        "其中：公务接待费2.2万元，公务用车运行维护费10.1万元。"
    )
    roles = {f.item: f.list_role for f in read(text).records("figure") if f.measure == "amount"}
    assert roles == {"three_public": "parent", "reception": "part", "vehicle_operation": "part"}


def test_a_budget_looks_ahead() -> None:
    text = (
        "2024年部门收入预算为3200.5万元，比上年预算增加150万元，增长4.92%。"
        "2024年“三公”经费18万元，其中公务接待费3万元。"
    )
    assert facts(text, kind="budget", year=2024) == {
        "revenue total 2024 amount 3200.5 万元",
        "revenue total 2024 change 150 万元",
        "revenue total 2024 change_rate 4.92 %",
        "expense three_public budget 2024 amount 18 万元",
        "expense reception budget 2024 amount 3 万元",
    }


def test_a_change_follows_its_direction_word() -> None:
    builder = read("会议费1.5万元，比上年下降25%，减少0.5万元。")
    changes = {f.measure: (f.value, f.compared_word) for f in builder.records("figure")}
    assert changes["change"] == (pytest.approx(-0.5), "减少")
    assert changes["change_rate"] == (-25, "下降")


def test_a_missing_unit_is_inferred_from_its_neighbours_and_noted() -> None:
    builder = read("培训费支出情况：当年开支0.62，比上年1.12万元减少0.5万元。")
    level = next(f for f in builder.records("figure") if f.amount_year == 2023)
    assert (level.unit, level.unit_source) == ("万元", "inferred")
    (statement,) = builder.records("statement")
    assert (statement.kind, statement.value_unit) == ("missing_unit", None)


def test_a_misprinted_unit_is_noted_and_the_figure_follows_its_neighbours() -> None:
    builder = read("年初财政拨款预算收入320.1成元、决算收入330万元。")
    budget = next(f for f in builder.records("figure") if f.family == "budget")
    assert (str(budget.value), budget.unit, budget.unit_source) == ("320.1", "万元", "inferred")
    (statement,) = builder.records("statement")
    assert (statement.kind, statement.value_unit) == ("misprinted_unit", "成元")


def test_a_change_in_a_unit_that_its_rate_contradicts_stays_as_printed() -> None:
    builder = read("本部门2023年度收入总计550万元，较2022年增加50元，增加10%；")
    change = next(f for f in builder.records("figure") if f.measure == "change")
    assert (change.value, change.unit) == (50, "元")
    (statement,) = builder.records("statement")
    assert (statement.kind, statement.computed_value) == ("misprinted_unit", 500000)


def test_said_of_one_funding_source_gives_way_to_the_whole() -> None:
    text = "2023年一般公共预算财政拨款基本支出95万元。2023年本单位基本支出100万元。"
    assert facts(text) == {"expense basic actual 2023 amount 100 万元"}
    alone = "2023年一般公共预算财政拨款基本支出95万元。"
    assert facts(alone) == {"expense basic actual 2023 amount 95 万元"}


def test_codes_of_classes_are_no_amounts_and_other_systems_are_left_alone() -> None:
    text = (
        "1.工资福利支出（301）2,650.5万元，较上年增加67.1万元。"
        "具体为：人员经费2,600.5万元，较上年增加67.1万元；公用经费0.00万元；专项经费50万元。\n"
        "2.资本性支出（503）87万元，较上年减少18万元。\n"
        "①培训支出（2050803）10.3万元，较上年增加1万元。其中：人员经费0.00万元，公用经费2.8万元。"
    )
    assert facts(text) == {
        "expense wages_benefits actual 2023 amount 2650.5 万元",
        "expense wages_benefits actual 2023 change 67.1 万元",
    }


def test_a_change_of_the_whole_is_not_a_change_of_its_last_part() -> None:
    text = (
        "2023年本部门预算收入872.2万元，其中一般公共预算拨款收入500.2万元、"
        "政府性基金拨款收入242万元、其他收入130万元，2023年本部门预算收入较上年减少40.5万元。"
    )
    changes = {f for f in facts(text) if " change " in f}
    assert changes == {"revenue total 2023 change -40.5 万元"}


def test_all_fiscal_funds_give_way_to_the_general_budget_beside_them() -> None:
    text = "2023年财政拨款收入700万元，其中一般公共预算拨款收入500万元、政府性基金拨款收入200万元。"
    assert facts(text) == {
        "revenue general_public_budget 2023 amount 500 万元",
        "revenue government_fund 2023 amount 200 万元",
    }


def test_approximate_amounts_are_marked() -> None:
    (figure,) = read("2023年我局公务接待费支出近3万元。").records("figure")
    assert figure.is_approximate is True


def test_nothing_personal_is_kept() -> None:
    builder = read("2023年基本支出88.5万元，联系人：王某某，联系电话13912345678。")
    assert all("13912345678" not in (f.source_text or "") for f in builder.records("figure"))
