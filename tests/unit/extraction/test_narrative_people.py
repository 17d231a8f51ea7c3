"""Headcounts, surveys and scores in running text."""

from __future__ import annotations

import pytest

from tests.unit.extraction.prose import facts, of_family, read

PEOPLE: list[tuple[str, set[str]]] = [
    (
        "3．人员情况，市林业局编制36人，实有33人。退休人员共12人。",
        {
            "personnel establishment 2023 headcount 36 人",
            "personnel on_duty 2023 headcount 33 人",
            "personnel retired 2023 headcount 12 人",
        },
    ),
    (
        "2023年末现有编制人数62人，（其中用于安置人员11名）实有在职人员23人，离休人员5人，退休人员210人。",
        {
            "personnel establishment 2023 headcount 62 人",
            "personnel on_duty 2023 headcount 23 人",
            "personnel veteran_retired 2023 headcount 5 人",
            "personnel retired 2023 headcount 210 人",
        },
    ),
    (
        "本部门2022年年末职工人数30人，其中在职人员21人，退休人员9人，下属林场聘用人员14人。",
        {
            "personnel total 2022 headcount 30 人",
            "personnel on_duty 2022 headcount 21 人",
            "personnel retired 2022 headcount 9 人",
            "personnel contract 2022 headcount 14 人",
        },
    ),
    (
        "我局核定编制45名，其中行政编制30名，事业编制15名；年末实有在职人员42人。",
        {
            "personnel establishment 2023 headcount 45 名",
            "personnel on_duty 2023 headcount 42 人",
        },
    ),
    (
        "我局核定行政编制30名、工勤编制5名，合计35名，在职干警33人，辅警12人。",
        {
            "personnel establishment 2023 headcount 35 名",
            "personnel on_duty 2023 headcount 33 人",
            "personnel contract 2023 headcount 12 人",
        },
    ),
]


@pytest.mark.parametrize(("text", "expected"), PEOPLE, ids=[t[:14] for t, _ in PEOPLE])
def test_headcounts(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "走访慰问离休干部252余名。",
        "2023年，专项资金已覆盖企业41家，在职人员1376人，困难人员352人。",
        "全县在职教职工3500人。",
        "全办在职干部和200多名离退休干部坚决服从上级决策部署。",
        "帮扶生活困难退休职工17人，发放帮扶资金5万元。",
        "全市共有退休干部3500人。",
        "核定编制情况：行政编制30名，事业编制15名。",
        "本单位核定编制：政法专项编制50名、事业编制20名。",
        "本单位核定政法编制50名，事业编制20名。",
        "我局核定消防编制50名、事业编制20名。",
        "我局核定参公编制15名，全额事业编制30名。",
        "行政编制30名，实有28名；事业编制20名，实有19名。",
        "劳务派遣人员12人，合同制人员8人。",
    ],
)
def test_people_who_are_no_staff_of_the_unit(text: str) -> None:
    assert not any(fact.startswith("personnel") for fact in facts(text))


@pytest.mark.parametrize("both", ["离退休人员", "离休、退休人员", "离休和退休干部", "离退休"])
def test_retired_of_two_categories_counted_as_one_are_published_as_neither(both: str) -> None:
    found = read(f"我局核定编制45名，年末实有在职人员42人，{both}12人。")
    assert {figure.item for figure in found.records("figure")} == {"establishment", "on_duty"}
    assert [i for i in found.records("issue") if "离休与退休合计12人" in i.message]


SURVEYS: list[tuple[str, set[str]]] = [
    (
        "向离退休干部发放满意度调查问卷40份，其中评为满意的问卷38份。",
        {"survey 离退休干部 sent 40 份", "survey 离退休干部 satisfied 38 份"},
    ),
    (
        "根据民意调查结果，单位服务对象满意度为98%。",
        {"survey 服务对象 satisfaction_rate 98 %"},
    ),
    (
        (
            "通过发放问卷调查各50份，满意度分别为：服务对象为94%、社会公众为90%、综合满意度＝"
            "（服务对象满意度×60%+社会公众满意度×40%）＝92.4%，满意度较高。"
        ),
        {
            "survey 服务对象 sent 50 份",
            "survey 社会公众 sent 50 份",
            "survey 服务对象 satisfaction_rate 94 %",
            "survey 社会公众 satisfaction_rate 90 %",
            "survey 服务对象 weight 60 %",
            "survey 社会公众 weight 40 %",
        },
    ),
    ("群众满意度达到95%以上，力争服务对象满意度98%。", set()),
]


@pytest.mark.parametrize(("text", "expected"), SURVEYS, ids=[t[:14] for t, _ in SURVEYS])
def test_surveys(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


SCORES: list[tuple[str, set[str]]] = [
    (
        "投入绩效为12分，过程绩效为50.5分，产出及效率绩效为24分，总绩效为86.5分。评价结果等次为“良”。",
        {
            "evaluation_part input score 12 分",
            "evaluation_part process score 50.5 分",
            "evaluation_part output_efficiency score 24 分",
            "evaluation total_score 86.5 分",
            "evaluation grade 良",
        },
    ),
    (
        "经自评，我局2023年度部门整体支出绩效自评得分95.5分，评价等级为“优”。",
        {"evaluation total_score 95.5 分", "evaluation grade 优"},
    ),
    ("总分设置为100分，90（含）-100分为优，80（含）-90分为良，60分以下为差。", set()),
    ("该项目等级为优。", set()),
]


@pytest.mark.parametrize(("text", "expected"), SCORES, ids=[t[:14] for t, _ in SCORES])
def test_scores(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("现有职工19人，其中在编人员13人，县招聘2人，临时工4人。", {"on_duty 13"}),
        (
            "我单位无二级单位，本级单位年末核定编制人数6人，实有人数5人，其中：在职人员5人。",
            {"establishment 6", "on_duty 5"},
        ),
    ],
)
def test_headcounts_of_a_small_unit(text: str, counts: set[str]) -> None:
    found = of_family("personnel", facts(text))
    assert {" ".join(f.split()[1:2] + f.split()[4:5]) for f in found} == counts


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("市林业局（机关）及所属6个事业单位共有编制215人，在职193人。", "establishment 215"),
        ("截止2023年12月底，实有在职在编职工68人，退休人员41人。", "on_duty 68"),
        ("现有教学班48个，在校学生2316人，教职工186人，其中专任教师171人。", "on_duty 186"),
    ],
)  # fmt: skip
def test_headcounts_in_other_words(text: str, count: str) -> None:
    category, number = count.split()
    assert f"personnel {category} 2023 headcount {number} 人" in facts(text)


def test_a_list_number_before_people_counts_nobody() -> None:
    text = "2023年度支出总计64万元。其中：1.人员支出14万元；2.公用支出2万元；3.项目支出48万元。"
    assert "expense personnel actual 2023 amount 14 万元" in facts(text)


def test_teachers_of_a_whole_county_are_not_the_bureaus_staff() -> None:
    text = "机关共有在职人员68人。全县教育系统在职教师5,326人，离退休教师2,718人。"
    assert of_family("personnel", facts(text, unit="云岭县教育局")) <= {
        "personnel on_duty 2023 headcount 68 人"
    }


def test_the_head_office_before_the_other_units_is_not_the_whole() -> None:
    text = (
        "局机关行政编制23名，实有人数24人。下属军休所编制12名，实有11人；管理处编制8名，实有8人。"
    )
    assert not facts(text)
    assert "personnel on_duty 2023 headcount 24 人" in facts("局机关行政编制23名，实有人数24人。")
