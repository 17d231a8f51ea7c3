"""Identity: unit, region, year, kind, title, grade bands of invented documents."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from orchestration.extraction.bands import grade_bands
from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.hints import Hints
from orchestration.extraction.identity import identify
from orchestration.extraction.regions import locate
from orchestration.extraction.titles import find_title, split_title
from orchestration.extraction.unit_names import clean_unit
from tests.unit.extraction.prose import document_of


def identity(text: str, hints: Hints | None = None, file_name: str = "文件.txt") -> Any:
    return identify(RecordBuilder(document_of(text, file_name)), hints)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("部门名称 岳阳市林业局（盖章）", "岳阳市林业局"),
        ("衡州市第101中学（盖章）", "衡州市第101中学"),
        ("203005-衡州市第2人民医院", "衡州市第2人民医院"),
        ("岳阳市林业局（盖章）", "岳阳市林业局"),
        ("118001 中共平江县委宣传部本级", "中共平江县委宣传部"),
        ("219001-合肥市审计局（本级）", "合肥市审计局"),
        ("清源县广播电视台（盖章）", "清源县广播电视台"),
        ("（盖章）清源县广播电视台", "清源县广播电视台"),
        ("河东监狱（盖章）", "河东监狱"),
        ("石门国有林场", "石门国有林场"),
        ("滨江高新技术产业开发区", "滨江高新技术产业开发区"),
        ("预算绩效管理平台", None),
        ("单位：", None),
        ("张三", None),
        ("[301001]青石市教育局", "青石市教育局"),
        ("（301001）青石市教育局", "青石市教育局"),
        ("【126】国家信访局", "国家信访局"),
    ],
)
def test_a_name_is_cleaned_of_code_seal_and_level(printed: str, name: str | None) -> None:
    assert clean_unit(printed) == name


def test_a_cover_gives_unit_year_title_and_date() -> None:
    found = identity(
        "2022年度岳阳市林业局整体支出绩效自评报告\n部门（单位）名称：岳阳市林业局（盖章）\n"
        "2023年4月28日\n一、基本情况\n2021年成立。"
    )
    assert found.unit_name == "岳阳市林业局"
    assert (found.fiscal_year, found.report_kind) == (2022, "self_evaluation")
    assert found.title == "2022年度岳阳市林业局整体支出绩效自评报告"
    assert found.report_date == dt.date(2023, 4, 28)
    assert (found.region_code, found.region_evidence) == ("430600", "unit_name")


def test_a_title_on_lines_of_their_own() -> None:
    found = identity("安徽省合肥市审计局\n2024年度部门决算\n目录\n第一部分 概况")
    assert found.title == "安徽省合肥市审计局2024年度部门决算"
    assert (found.unit_name, found.fiscal_year, found.report_kind) == (
        "安徽省合肥市审计局", 2024, "final_accounts",
    )  # fmt: skip
    assert found.region_code == "340100"


def test_a_code_above_the_table_and_the_fullest_name() -> None:
    found = identity(
        "中共平江县委宣传部\n2023年部门预算绩效文本\n118001 中共平江县委宣传部本级\n单位：万元"
    )
    assert (found.unit_name, found.budget_unit_code) == ("中共平江县委宣传部", "118001")
    assert (found.report_kind, found.region_code) == ("budget_target", "430626")


def test_the_place_in_front_of_a_short_name_makes_it_full() -> None:
    found = identity(
        "区委宣传部2023年整体支出绩效自评报告\n区委宣传部对外挂“中共长沙市岳麓区委宣传部”牌子。"
    )
    assert found.unit_name == "中共长沙市岳麓区委宣传部"
    assert found.region_code == "430104"


def test_a_unit_that_only_running_text_names() -> None:
    found = identity(
        "部门整体支出绩效自评报告\n州林业局种苗站为正科级全额拨款事业机构。\n"
        "2022年本单位基本支出50万元。2019年建站，四川各地来访。",
    )
    assert (found.unit_name, found.fiscal_year) == ("州林业局种苗站", 2022)


def test_a_county_that_several_cities_have_is_decided_by_the_text() -> None:
    nanchang = locate("西湖区林业局", ["西湖区林业局自评报告", "位于南昌市的林场，江西省重点"])
    hangzhou = locate("西湖区林业局", ["西湖区林业局自评报告", "杭州市统一部署，浙江省要求"])
    assert nanchang is not None
    assert nanchang.region.code == "360103"
    assert hangzhou is not None
    assert hangzhou.region.code == "330106"
    assert locate("西湖区林业局", ["自评报告"]) is None


def test_national_units() -> None:
    found = identity("国家林业局2024年度部门决算")
    assert (found.unit_name, found.region_code) == ("国家林业局", "100000")


def test_a_unit_without_its_place_is_located_by_what_the_text_talks_about() -> None:
    located = locate("市林业局", ["岳阳市林业局", "全市岳阳林场，岳阳市政府，岳阳发展"])
    assert located is not None
    assert (located.region.name, located.evidence) == ("岳阳市", "text")
    assert locate("市林业局", ["没有地名"]) is None


def test_the_manifest_speaks_where_the_document_is_silent() -> None:
    hints = Hints(region_code="430600", unit_name="岳阳市林业局", fiscal_year=2020)
    silent = identity("绩效情况说明\n本单位工作正常。", hints)
    assert (silent.unit_name, silent.fiscal_year) == ("岳阳市林业局", 2020)
    loud = identity("2022年度合肥市审计局整体支出绩效自评报告", hints)
    assert (loud.unit_name, loud.fiscal_year, loud.region_code) == ("合肥市审计局", 2022, "340100")


def test_the_file_name_gives_the_year_only_as_a_last_resort() -> None:
    assert identity("绩效情况说明", file_name="2019年自评.txt").fiscal_year == 2019
    assert identity("2022年部门整体支出绩效自评报告", file_name="2019.txt").fiscal_year == 2022


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        (
            "90分（含）—100分为优，80分（含）—90分为良，60分（含）—80分为中，60分以下为差。",
            "优:90,良:80,中:60,差:0",
        ),
        (
            "90（含）-100分为优；80（含）-90分为良；60（含）-80分为较差；60分以下为差",
            "优:90,良:80,较差:60,差:0",
        ),
        (
            "85分以上为优，75-85分为良，60-75分为合格，60分以下为不合格",
            "优:85,良:75,合格:60,不合格:0",
        ),
        ("得分90分，等级为优", None),
    ],
)
def test_grade_bands(text: str, bands: str | None) -> None:
    from orchestration.extraction.text import compact

    assert grade_bands(compact(text)) == bands


@pytest.mark.parametrize(
    "line",
    [
        "附件：1.2021年度部门整体支出绩效自评表",
        "一、部门整体支出绩效自评情况",
        "三、绩效自评结果拟应用和公开情况。",
        "2.2022年度老年大学工作经费绩效目标表.....11",
        "按照绩效自评要求，我单位认真开展工作，形成报告",
    ],
)
def test_lines_that_are_no_title(line: str) -> None:
    assert split_title(line) is None


def test_a_report_beats_a_form_as_title() -> None:
    title = find_title(["2023年度部门整体支出绩效自评表", "某某市林业局2023年度绩效自评报告"])
    assert title is not None
    assert title.text.endswith("自评报告")
    assert (title.unit, title.year) == ("某某市林业局", 2023)


@pytest.mark.parametrize(
    ("lines", "unit"),
    [
        (("衡州市水务局2022年度部门整体支出绩", "效自评报告"), "衡州市水务局"),
        (("衡州市第12中学2022年度部门整体支出绩效自评报告",), "衡州市第12中学"),
        (("附件2", "衡州市水务局", "2022年度部门整体支出", "绩效自评报告"), "衡州市水务局"),
        (
            ("衡州市人民政府国有资产监督管理委", "员会2022年度部门整体支出绩效自评报告"),
            "衡州市人民政府国有资产监督管理委员会",
        ),
        (
            ("衡州市临湖区残疾人康复", "服务中心2022年度部门整体支", "出绩效自评报告"),
            "衡州市临湖区残疾人康复服务中心",
        ),
        (("衡州市财政局", "老干部服务中心2022年度部门整体支出绩效自评报告"), "老干部服务中心"),
        (
            (
                "中共衡州市临湖区委",
                "社会工作部2022年度",
                "部门决算",
                "第一部分 中共衡州市临湖区委社会工作部概况",
            ),
            "中共衡州市临湖区委社会工作部",
        ),
        (("衡州市水务局2022年绩效自评报告", "2022年度部门整体支出绩效自评表"), "衡州市水务局"),
    ],
)
def test_titles_that_wrap_are_read_whole(lines: tuple[str, ...], unit: str) -> None:
    title = find_title(lines)
    assert title is not None
    assert (title.unit, title.year) == (unit, 2022)


def test_the_year_a_heading_labels_is_the_forms_and_not_the_pages() -> None:
    found = identity(
        "2026年3月20日 星期五\n部门整体支出绩效自评指标评分表\n"
        "部门名称：云港市民政局填报年度：2023年\n绩效自评得分98分。"
    )
    assert (found.fiscal_year, found.unit_name) == (2023, "云港市民政局")
