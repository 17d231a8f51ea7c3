"""Fixed cases: every bug that random reports found, kept small."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from orchestration.extraction import extract
from orchestration.reading import read_bytes
from tests.typeset.check_facts import LENIENT, compare, rows_of_extraction
from tests.typeset.check_reading import check_tables
from tests.typeset.choosing import RandomChooser
from tests.typeset.makers import MAKERS, Style
from tests.typeset.makers.fonts import available
from tests.typeset.random_spec import random_case
from tests.typeset.table import C, Manuscript, Para, Table, TableBuilder
from tests.typeset.truth import truth

pytestmark = pytest.mark.skipif(
    not available(), reason="the Debian fonts uming and wqy-microhei are needed"
)

LINES = tuple((f"巡查河道第{n}段次数", f"≥{n}次", f"{n}次", "2", "2") for n in range(1, 46))


def _long_table(before: int = 0, repeat: bool = False) -> Table:
    """Indicators over several pages; ``before`` rows of a head above their header."""
    b = TableBuilder(7, (1.4, 1.6, 3, 1.5, 1.5, 1, 1))
    for row in range(before):
        b.row(C(f"说明{row + 1}", colspan=2), C("按计划执行，资料齐全", colspan=5))
    head = b.row("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    for index, line in enumerate(LINES):
        levels = (C("产出指标", rowspan=45), C("数量指标", rowspan=45)) if not index else ()
        b.row(*levels, *line)
    b.row(C("总分", colspan=5), "90", "90")
    return b.build(repeat=(head,) if repeat else ())


def _wrong(manuscript: Manuscript, style: Style, maker: str = "canvas") -> str:
    made = MAKERS[maker]
    document = read_bytes(made.make(manuscript, style), file_name=f"report{made.suffix}")
    return "\n".join(c.report() for c in check_tables(document, manuscript) if not c.exact)


def test_double_outer_rules_do_not_stop_a_table_at_the_page_end() -> None:
    manuscript = Manuscript((Para("项目支出绩效自评表", "title"), _long_table()))
    assert not _wrong(manuscript, Style(rules="double", repeat_header=False))


def test_a_header_far_down_the_form_is_known_again_on_the_next_page() -> None:
    manuscript = Manuscript((Para("绩效目标表", "title"), _long_table(before=7, repeat=True)))
    assert not _wrong(manuscript, Style(rules="wps", repeat_header=True))


def test_a_running_head_above_a_continued_table_is_no_title() -> None:
    manuscript = Manuscript(
        (Para("项目支出绩效自评表", "title"), _long_table()),
        running_header="某县文化馆2023年度公开",
    )
    assert not _wrong(manuscript, Style(rules="excel", repeat_header=False))


def test_a_short_article_in_a_layout_table_is_running_text() -> None:
    manuscript = Manuscript(
        (
            Para("合肥市蜀山区文化馆2020年度部门整体支出绩效自评报告", "title"),
            Para("一、收支情况", "heading"),
            Para("2020年支出748.39万元，其中基本支出546.32万元，项目支出202.07万元。"),
            Para("自评工作由办公室牵头。"),
        )
    )
    document = read_bytes(MAKERS["html"].make(manuscript, Style()), file_name="report.html")
    assert not list(document.grids())
    values = {f.item: f.value for f in extract(document).figures if f.family == "expense"}
    assert values["project"] == Decimal("202.07")


def test_the_total_row_of_a_cell_dump_stands_to_the_right() -> None:
    b = TableBuilder(8)
    b.row(C("项目名称", colspan=2), C("河道清淤", colspan=6))
    b.row(
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析",
    )
    for index in range(4):
        levels = (C("产出指标", rowspan=4), C("数量指标", rowspan=4)) if not index else ()
        b.row(*levels, f"清淤第{index + 1}段长度", "≥5公里", "5公里", "25", "24", "设备检修")
    b.row(C("总分", colspan=5), "100", "96", "")
    manuscript = Manuscript(
        (Para("合肥市蜀山区文化馆2023年度项目支出绩效自评表", "title"), b.build())
    )
    data = MAKERS["cell_lines"].make(manuscript, Style())
    figures = extract(read_bytes(data, file_name="report.txt")).figures
    totals = {f.measure: f.value for f in figures if f.family == "evaluation"}
    assert totals == {"total_weight": Decimal(100), "total_score": Decimal(96)}


SETTINGS = {
    "form": {"finish": "form"},  # every page is a form the page stream calls
    "turned": {"finish": "turned"},  # /Rotate 90
    "spaced": {"letter_space": 0.2},  # figures spread by justified setting
    "squeezed": {"size": 16.0},  # columns of two to four characters
}


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_how_pages_are_put_in_changes_nothing_read(setting: str) -> None:
    case = random_case(RandomChooser(20), "department")
    style = replace(case.style, **SETTINGS[setting])
    extraction = extract(
        read_bytes(MAKERS["canvas"].make(case.manuscript, style), file_name="r.pdf")
    )
    verdict = compare(truth(case.report), rows_of_extraction(extraction), lenient=LENIENT)
    assert verdict.exact, verdict.differences


def test_figures_torn_into_single_digits_are_held_back() -> None:
    case = random_case(RandomChooser(20), "department")
    data = MAKERS["canvas"].make(case.manuscript, replace(case.style, letter_space=0.6))
    extraction = extract(read_bytes(data, file_name="r.pdf"))
    assert [i for i in extraction.issues if i.severity == "error"]


@pytest.mark.slow
def test_a_report_in_glyphs_without_characters_is_read_like_a_scan() -> None:
    case = random_case(RandomChooser(20), "department")
    data = MAKERS["canvas"].make(case.manuscript, replace(case.style, finish="no_unicode"))
    document = read_bytes(data, file_name="r.pdf")
    assert document.is_scanned
    verdict = compare(truth(case.report), rows_of_extraction(extract(document)), lenient=LENIENT)
    assert verdict.exact, verdict.differences


@pytest.mark.parametrize(
    ("seed", "maker"),
    [
        (300014, "typst"),  # two levels, each whole, meet at the page break
        (300122, "typst"),  # balanced brackets in a string of glyph numbers
        (310011, "canvas"),  # a project whose cells begin in the last row of a page
        (300218, "typst"),  # a running head on both pages of a file
    ],
)
def test_found_by_random_reports(seed: int, maker: str) -> None:
    case = random_case(RandomChooser(seed))
    made = MAKERS[maker]
    document = read_bytes(made.make(case.manuscript, case.style), file_name=f"r{made.suffix}")
    assert not [c.report() for c in check_tables(document, case.manuscript) if not c.exact]


@pytest.mark.parametrize(
    ("seed", "maker"),
    [
        (501063, "typst"),  # the end of a remark on the next page, beside a higher label
        (700079, "weasyprint"),  # the total score alone on the next page
        (730158, "typst"),  # two labels that end alike beside one that goes on
        (910018, "typst"),  # a label's last character in the row beneath, beside 总分
        (910338, "typst"),  # the same of two labels at once
        (700027, "weasyprint"),  # a head at the foot of a page, its label centred, no full line
    ],
)
def test_nothing_is_said_wrongly(seed: int, maker: str) -> None:
    case = random_case(RandomChooser(seed))
    made = MAKERS[maker]
    document = read_bytes(made.make(case.manuscript, case.style), file_name=f"r{made.suffix}")
    verdict = compare(truth(case.report), rows_of_extraction(extract(document)), lenient=LENIENT)
    assert verdict.exact, verdict.differences


def test_a_level_under_a_running_head_is_missing_with_all_that_it_was_over() -> None:
    """Two texts printed over each other between items of a list may be a level."""
    case = random_case(RandomChooser(961512))
    document = read_bytes(MAKERS["canvas"].make(case.manuscript, case.style), file_name="r.pdf")
    verdict = compare(truth(case.report), rows_of_extraction(extract(document)), lenient=LENIENT)
    assert verdict.silent == 0, verdict.differences
    assert any("level2: 履职效益 lost" in difference for difference in verdict.differences)


@pytest.mark.parametrize("rules", ["none", "three_line"])
def test_labels_wrapped_beside_figures_in_a_table_without_rules(rules: str) -> None:
    b = TableBuilder(7, (1.4, 1.6, 3, 1.6, 1.6, 1, 1))
    b.row("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    b.row("产出指标", "质量指标", "验收合格率", "100%", "100%", "50", "50")
    b.row("效益指标", "社会效益指标", "年接待游客", "≥20万人次", "18.4万人次", "30", "27.6")
    b.row("满意度指标", "服务对象满意度指标", "游客满意度", "≥90%", "92%", "10", "10")
    manuscript = Manuscript((Para("文物修缮项目绩效自评表", "title"), b.build()))
    data = MAKERS["canvas"].make(manuscript, Style(rules=rules))
    found = extract(read_bytes(data, file_name="r.pdf")).indicators
    assert [(i.level1, i.level2, i.level3) for i in found] == [
        ("产出指标", "质量指标", "验收合格率"),
        ("效益指标", "社会效益指标", "年接待游客"),
        ("满意度指标", "服务对象满意度指标", "游客满意度"),
    ]
