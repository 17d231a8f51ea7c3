"""DOCX: everything printed is read once, in order, with its spans; nothing hidden is."""

from __future__ import annotations

import pytest

from orchestration.reading.document import (
    FileFormat,
    Grid,
    Paragraph,
    UnreadableError,
    UnreadableReason,
)
from tests.unit.reading.grids import assert_no_overlap, cells, only_grid, reading, rows, texts
from tests.unit.reading.office import MERGE_ON, MERGE_START, W, docx, p, span, tbl, tc, tr


def test_body_order_of_paragraphs_and_tables() -> None:
    document = reading(docx(p("一、概况") + tbl(tr(tc("甲"), tc("乙"))) + p("二、情况")))
    kinds = [b.text if isinstance(b, Paragraph) else "表" for b in document.blocks]
    assert kinds == ["一、概况", "表", "二、情况"]
    assert document.file_format is FileFormat.DOCX
    assert document.page_count is None


def test_merges_in_both_directions_and_offset_rows() -> None:
    body = tbl(
        tr(tc("项目资金", MERGE_START), tc("预算数", span(2)), tc("分值")),
        tr(tc("", MERGE_ON), tc("542.37"), tc("564.41"), tc("10")),
        tr(tc("96.30"), properties='<w:gridBefore w:val="3"/>'),
        tr(tc("甲", MERGE_START), tc("乙", MERGE_START), tc("丙"), tc("丁")),
        tr(tc("", MERGE_ON), tc("新", MERGE_START), tc("戊"), tc("己")),
        tr(tc("", MERGE_ON), tc("", MERGE_ON), tc("庚"), tc("辛")),
    )
    grid = only_grid(reading(docx(body)))
    assert cells(grid) == [
        (0, 0, 2, 1, "项目资金"),
        (0, 1, 1, 2, "预算数"),
        (0, 3, 1, 1, "分值"),
        (1, 1, 1, 1, "542.37"),
        (1, 2, 1, 1, "564.41"),
        (1, 3, 1, 1, "10"),
        (2, 3, 1, 1, "96.30"),
        (3, 0, 3, 1, "甲"),
        (3, 1, 1, 1, "乙"),
        (3, 2, 1, 1, "丙"),
        (3, 3, 1, 1, "丁"),
        (4, 1, 2, 1, "新"),
        (4, 2, 1, 1, "戊"),
        (4, 3, 1, 1, "己"),
        (5, 2, 1, 1, "庚"),
        (5, 3, 1, 1, "辛"),
    ]
    assert_no_overlap(grid)
    assert grid.cells[0].place.path == "table 1, row 1, col 1"


def test_a_merge_that_continues_nothing_is_a_cell_of_its_own() -> None:
    body = tbl(tr(tc("甲"), tc("乙")), tr(tc("丙", MERGE_ON), tc("丁")))
    assert rows(only_grid(reading(docx(body)))) == [["甲", "乙"], ["丙", "丁"]]


def test_a_merge_of_another_width_does_not_swallow_its_neighbour() -> None:
    body = tbl(
        tr(tc("宽", span(2) + MERGE_START), tc("丙")),
        tr(tc("窄", MERGE_ON), tc("乙"), tc("丁")),
    )
    grid = only_grid(reading(docx(body)))
    assert_no_overlap(grid)
    assert rows(grid) == [["宽", "丙"], ["窄", "乙", "丁"]]


def test_old_horizontal_merge() -> None:
    body = tbl(
        tr(tc("题", '<w:hMerge w:val="restart"/>'), tc("", '<w:hMerge w:val="continue"/>')),
        tr(tc("1"), tc("2")),
    )
    assert cells(only_grid(reading(docx(body))))[0] == (0, 0, 1, 2, "题")


def test_content_controls_around_rows_cells_and_runs_are_read() -> None:
    row = f"<w:sdt><w:sdtPr/><w:sdtContent>{tr(tc('甲'), tc('乙'))}</w:sdtContent></w:sdt>"
    cell = f"<w:sdt><w:sdtContent>{tc('丙')}</w:sdtContent></w:sdt>"
    run = "<w:p><w:sdt><w:sdtContent><w:r><w:t>丁</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    body = tbl(row, tr(cell, tc(run)))
    assert rows(only_grid(reading(docx(body)))) == [["甲", "乙"], ["丙", "丁"]]


def test_insertions_are_kept_and_deletions_dropped() -> None:
    paragraph = (
        "<w:p><w:r><w:t>支出</w:t></w:r>"
        "<w:del><w:r><w:delText>999</w:delText></w:r><w:r><w:t>998</w:t></w:r></w:del>"
        "<w:ins><w:r><w:t>564.41</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r></w:p>"
    )
    table = tbl(
        tr(tc("留"), tc("1")),
        tr(tc("删"), tc("2"), properties="<w:del/>"),
        tr(tc("增"), tc("3"), properties="<w:ins/>"),
    )
    document = reading(docx(paragraph + table))
    assert texts(document) == ["支出564.41万元"]
    assert rows(only_grid(document)) == [["留", "1"], ["增", "3"]]


def test_a_deleted_paragraph_mark_joins_the_paragraphs() -> None:
    first = p("支出564", "<w:rPr><w:del/></w:rPr>")
    assert texts(reading(docx(first + p(".41万元")))) == ["支出564.41万元"]


def test_hidden_text_is_dropped_directly_and_by_style() -> None:
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="I"><w:basedOn w:val="H"/></w:style>'
    )
    body = (
        "<w:p><w:r><w:t>见</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="I"/></w:rPr><w:t>藏</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="I"/><w:vanish w:val="0"/></w:rPr><w:t>得</w:t></w:r></w:p>'
    )
    assert texts(reading(docx(body, styles=styles))) == ["见得"]


def test_hidden_rows_are_dropped_and_noted() -> None:
    body = tbl(tr(tc("甲"), tc("乙")), tr(tc("丙"), tc("丁"), properties="<w:hidden/>"))
    document = reading(docx(body))
    assert rows(only_grid(document)) == [["甲", "乙"]]
    assert any("hidden table row" in note for note in document.notes)


def test_fields_give_their_result_only_even_over_paragraphs() -> None:
    body = (
        '<w:p><w:r><w:t>合计</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText>=SUM(ABOVE)</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>96.3</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>%</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        "<w:r><w:t>分</w:t></w:r></w:p>"
    )
    assert texts(reading(docx(body))) == ["合计96.3", "%分"]


def test_check_boxes_symbols_breaks_and_small_figures() -> None:
    box = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
        '<w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        f"<w:p>{box}<w:r><w:t>延续</w:t><w:tab/></w:r>"
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r><w:r><w:t>新增</w:t><w:br/></w:r>'
        '<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>&#xF0B3;</w:t></w:r>'
        "<w:r><w:t>90m</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>2</w:t></w:r></w:p>'
    )
    assert texts(reading(docx(body))) == ["☑延续\t□新增\n≥90m²"]


def test_circled_number_without_a_field_result() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        r"<w:r><w:instrText>EQ \o\ac(○,3)</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>效能</w:t></w:r></w:p>'
    )
    assert texts(reading(docx(body))) == ["3效能"]


_LISTS = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1.%2"/><w:isLgl/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="10"/></w:lvlOverride></w:num>'
)


def _item(text: str, level: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_list_numbers_are_printed_as_word_counts_them() -> None:
    body = (
        _item("概况")
        + _item("职能", 1)
        + _item("人员", 1)
        + _item("黑点", 2)
        + _item("支出")
        + _item("基本", 1)
        + _item("重起", 0, 2)
        + _item("再一", 0, 2)
    )
    assert texts(reading(docx(body, numbering=_LISTS))) == [
        "一、概况",
        "1.1 职能",
        "1.2 人员",
        "黑点",
        "二、支出",
        "2.1 基本",
        "十、重起",
        "十一、再一",
    ]


def test_headings_by_style_chain() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:outlineLvl w:val="1"/></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    document = reading(docx(p("（一）概况", '<w:pStyle w:val="b"/>') + p("正文"), styles=styles))
    assert [b.heading_level for b in document.paragraphs()] == [2, None]


def test_text_boxes_are_read_once() -> None:
    box = "<w:txbxContent>" + p("单位：万元") + "</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>表一</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(reading(docx(body))) == ["表一", "单位：万元"]


def test_nested_tables_become_grids_of_their_own() -> None:
    inner = tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")))
    outer = tbl(tr(tc("外一"), tc(p("说明") + inner + p())), tr(tc("外二"), tc("尾")))
    first, second = reading(docx(outer)).grids()
    assert rows(first) == [["外一", "说明"], ["外二", "尾"]]
    assert rows(second) == [["甲", "1"], ["乙", "2"]]
    assert (first.ordinal, second.ordinal) == (1, 2)


def test_a_frame_dissolves_into_what_it_frames() -> None:
    inner = tbl(tr(tc("甲"), tc("1")), tr(tc("乙"), tc("2")))
    document = reading(docx(tbl(tr(tc(p("题目") + inner + p("备注"))))))
    kinds = ["表" if isinstance(b, Grid) else b.text for b in document.blocks]
    assert kinds == ["题目", "表", "备注"]


def test_lines_of_a_cell_and_vertical_text() -> None:
    body = tbl(
        tr(
            tc(p("产出") + p("指标") + p("（50分）")),
            tc("绩效", '<w:textDirection w:val="tbRlV"/>'),
        )
    )
    first, second = only_grid(reading(docx(body))).cells
    assert first.text == "产出\n指标\n（50分）"
    assert (first.vertical, second.vertical) == (False, True)


def test_footnotes_follow_with_their_place() -> None:
    notes = f'<w:footnote w:id="2">{p("含上年结转")}</w:footnote>'
    document = reading(docx(p("正文"), footnotes=notes))
    assert [(b.text, b.place.path) for b in document.paragraphs()][1] == (
        "含上年结转",
        "footnote 2",
    )


@pytest.mark.parametrize(
    ("prolog", "body"),
    [
        (
            '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
            "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>",
        ),
        (
            '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
            "<w:p><w:r><w:t>&x;</w:t></w:r></w:p>",
        ),
    ],
)
def test_entities_are_refused(prolog: str, body: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        reading(docx(body, prolog=prolog), "报告.docx")
    assert caught.value.reason is UnreadableReason.CORRUPT
    assert "报告.docx" in caught.value.message_zh


def test_endless_nesting_is_refused() -> None:
    body = "<w:sdt><w:sdtContent>" * 5000 + p("深") + "</w:sdtContent></w:sdt>" * 5000
    with pytest.raises(UnreadableError) as caught:
        reading(docx(body))
    assert caught.value.reason is UnreadableReason.TOO_LARGE


def test_a_document_without_text_says_so() -> None:
    with pytest.raises(UnreadableError) as caught:
        reading(docx(p()))
    assert caught.value.reason is UnreadableReason.NO_TEXT


def test_word_xml_in_one_file() -> None:
    opc = (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
        '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        '<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>'
        f'<w:document xmlns:w="{W}"><w:body>{p("一、概况")}{tbl(tr(tc("甲"), tc("1")))}'
        "</w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"
    )
    w2003 = (
        '<?xml version="1.0"?><w:wordDocument '
        'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>'
        f'{p("一、概况")}<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr>{p("甲")}'
        f"</w:tc><w:tc>{p('1')}</w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr>{p()}</w:tc>"
        f"<w:tc>{p('2')}</w:tc></w:tr></w:tbl></wx:sect></w:body></w:wordDocument>"
    )
    first, second = reading(opc.encode(), "甲.doc"), reading(w2003.encode(), "乙.doc")
    assert texts(first) == texts(second) == ["一、概况"]
    assert rows(only_grid(first)) == [["甲", "1"]]
    assert cells(only_grid(second)) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")]
