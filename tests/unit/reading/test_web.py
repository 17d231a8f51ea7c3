"""HTML: the article with its tables and spans, without what stands around it."""

from __future__ import annotations

import base64

import pytest

from orchestration.reading.document import (
    FileFormat,
    Grid,
    UnreadableError,
    UnreadableReason,
)
from tests.unit.reading.grids import assert_no_overlap, cells, only_grid, reading, rows, texts

_ARTICLE = "<p>二、预算收支情况：2023年收入 458.5 万元，支出 458.5 万元，比上年有所增加。</p>" * 3


def page(body: str, head: str = "", encoding: str = "utf-8") -> bytes:
    return (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}">{head}</head>'
        f"<body>{body}</body></html>"
    ).encode(encoding)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "gb18030"), ("utf-8", "gb18030")],
)
def test_encodings_even_when_wrongly_declared(declared: str, encoding: str) -> None:
    html = (
        f'<html><head><meta charset="{declared}"></head><body><p>绩效自评㎡報告镕</p></body></html>'
    )
    document = reading(html.encode(encoding))
    assert texts(document) == ["绩效自评㎡報告镕"]
    assert document.file_format is FileFormat.HTML


def test_utf16_and_byte_order_marks() -> None:
    html = "<html><body><p>绩效</p></body></html>"
    assert texts(reading(html.encode("utf-16"))) == ["绩效"]
    assert texts(reading(html.encode("utf-8-sig"))) == ["绩效"]


def test_row_and_column_spans() -> None:
    html = page(
        "<table><thead><tr><th rowspan=2>项目</th><th colspan=2>预算数</th></tr>"
        "<tr><th>年初</th><th>全年</th></tr></thead>"
        "<tbody><tr><td>甲</td><td>5.00</td><td>6.50</td></tr>"
        "<tr><td rowspan=9>乙</td><td colspan='2'>&nbsp;</td></tr></tbody></table>"
    )
    grid = only_grid(reading(html))
    assert cells(grid) == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "预算数"),
        (1, 1, 1, 1, "年初"),
        (1, 2, 1, 1, "全年"),
        (2, 0, 1, 1, "甲"),
        (2, 1, 1, 1, "5.00"),
        (2, 2, 1, 1, "6.50"),
        (3, 0, 1, 1, "乙"),
        (3, 1, 1, 2, ""),
    ]
    assert grid.cells[0].place.path == "/html/body/table/thead/tr[1]/th[1]"


def test_spans_that_collide_never_overlap() -> None:
    html = page(
        "<table><tr><td rowspan=3>甲</td><td>1</td><td rowspan=2>丙</td></tr>"
        "<tr><td colspan=5>乙</td></tr><tr><td>2</td><td>3</td></tr></table>"
    )
    grid = only_grid(reading(html))
    assert_no_overlap(grid)
    assert rows(grid) == [["甲", "1", "丙"], ["乙"], ["2", "3"]]


def test_foot_rows_come_last_wherever_they_are_written() -> None:
    html = page(
        "<table><tfoot><tr><td>合计</td><td>3</td></tr></tfoot>"
        "<tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    )
    assert rows(only_grid(reading(html))) == [["甲", "1"], ["乙", "2"], ["合计", "3"]]


def test_layout_tables_dissolve_and_leaf_tables_stay() -> None:
    data = (
        "<table border=1><tr><td>指标</td><td>分值</td></tr><tr><td>甲</td><td>10</td></tr></table>"
    )
    html = page(
        f"<table><tr><td><p>题目</p>{_ARTICLE}</td></tr>"
        f"<tr><td><table><tr><td>{data}</td></tr></table></td></tr>"
        "<tr><td>备注</td></tr></table>"
    )
    document = reading(html)
    assert rows(only_grid(document)) == [["指标", "分值"], ["甲", "10"]]
    assert texts(document)[0] == "题目"
    assert texts(document)[-1] == "备注"


def test_side_by_side_layout_with_an_article_is_no_table() -> None:
    html = page(f"<table><tr><td>左栏</td><td>{_ARTICLE * 5}</td></tr></table>")
    assert not list(reading(html).grids())


def test_a_table_inside_a_cell_of_a_data_table() -> None:
    inner = "<table><tr><td>1月</td><td>5</td></tr><tr><td>2月</td><td>6</td></tr></table>"
    html = page(
        f"<table><tr><td>项目</td><td>进度</td></tr><tr><td>甲</td><td>按月{inner}</td></tr>"
        "<tr><td>乙</td><td>完成</td></tr></table>"
    )
    outer, nested = reading(html).grids()
    assert rows(outer) == [["项目", "进度"], ["甲", "按月"], ["乙", "完成"]]
    assert rows(nested) == [["1月", "5"], ["2月", "6"]]


def test_lines_blanks_and_source_line_ends() -> None:
    html = page(
        "<table><tr><td>产出<br>指标<br/>（50分）</td><td><p>分&nbsp;值</p><p>10</p></td></tr>"
        "<tr><td>全市老\n  干部</td><td>GDP\n growth</td></tr></table>"
    )
    assert rows(only_grid(reading(html))) == [
        ["产出\n指标\n（50分）", "分 值\n10"],
        ["全市老干部", "GDP growth"],
    ]


def test_hidden_parts_scripts_and_forms_are_left_out() -> None:
    html = page(
        "<p>见<span style='display: none'>隐</span><span hidden>藏</span>得</p>"
        "<script>var a='脚本';</script><style>p{}</style><select><option>选</option></select>"
        "<table><tr><td>甲</td><td>1</td></tr><tr style='DISPLAY:NONE'><td>乙</td><td>2</td></tr>"
        "<tr><td>丙<input type=checkbox checked></td><td>3</td></tr></table>"
    )
    document = reading(html)
    assert texts(document) == ["见得"]
    assert rows(only_grid(document)) == [["甲", "1"], ["丙☑", "3"]]


def test_navigation_goes_and_figures_stay() -> None:
    links = "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(8))
    html = page(
        f"<div class='nav'><ul>{links}</ul></div><div id='breadcrumb'>首页 &gt; 公开</div>"
        f"{_ARTICLE}<div class='footer'>预算 12 万元</div><footer>版权所有</footer>"
    )
    document = reading(html)
    joined = "".join(texts(document))
    assert "栏目1" not in joined
    assert "首页" not in joined
    assert "版权所有" not in joined
    assert "预算 12 万元" in joined
    assert any("navigation left out" in note for note in document.notes)


def test_a_page_of_links_alone_is_kept() -> None:
    links = "".join(f"<li><a href='/{i}'>目录{i}</a></li>" for i in range(8))
    assert len(texts(reading(page(f"<ul>{links}</ul>")))) == 8


def test_captions_headings_and_list_numbers() -> None:
    html = page(
        "<h2>一、概况</h2><ol><li>甲</li><li>乙</li></ol>"
        "<table><caption>自评表</caption><tr><td>指标</td><td>分</td></tr></table>"
    )
    document = reading(html)
    assert texts(document) == ["一、概况", "1. 甲", "2. 乙", "自评表"]
    assert next(document.paragraphs()).heading_level == 2
    assert only_grid(document).name == "自评表"


def test_word_export_with_conditional_comments() -> None:
    html = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=utf-8>"
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--></head><body>"
        "<p class=MsoNormal><![if !supportLists]><span>一、</span><![endif]>概况<o:p></o:p></p>"
        "<table class=MsoTable><tr><td>甲</td><td>5.0<sup>2</sup></td></tr></table></body></html>"
    )
    document = reading(html.encode(), "报告.doc")
    assert texts(document) == ["一、概况"]
    assert rows(only_grid(document)) == [["甲", "5.0²"]]


def test_single_file_web_page() -> None:
    mht = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--x"\r\n\r\n'
        '----x\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n'
        "\r\n{}\r\n----x\r\nContent-Type: image/png\r\n\r\nxx\r\n----x--\r\n"
    )
    body = base64.b64encode(page("<table><tr><td>甲</td><td>9.6</td></tr></table>")).decode()
    document = reading(mht.format(body).encode(), "报告.doc")
    assert rows(only_grid(document)) == [["甲", "9.6"]]
    assert document.file_format is FileFormat.HTML


def test_a_frame_page_and_endless_nesting_have_an_outcome() -> None:
    with pytest.raises(UnreadableError) as frame:
        reading(page("<script>location='x'</script>"))
    assert frame.value.reason is UnreadableReason.NO_TEXT
    with pytest.raises(UnreadableError) as deep:
        reading(page("<div>" * 3000 + "深" + "</div>" * 3000))
    assert deep.value.reason is UnreadableReason.TOO_LARGE


def test_deep_but_legal_nesting_is_read() -> None:
    document = reading(page("<div>" * 230 + "深" + "</div>" * 230))
    assert texts(document) == ["深"]
    assert not any(isinstance(b, Grid) for b in document.blocks)
