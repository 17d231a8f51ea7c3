"""Legacy .doc, read from its bytes, against the DOCX it was saved from."""

from __future__ import annotations

import io
import random

import docx as python_docx
import pytest
from lxml import etree

from orchestration.reading import read_bytes
from orchestration.reading.doc_binary import modifiers
from orchestration.reading.document import Document, FileFormat, Grid, UnreadableError
from tests.typeset.makers.docx_file import convert, office_available
from tests.unit.reading import office
from tests.unit.reading.grids import assert_no_overlap, cells, reading, texts
from tests.unit.reading.office import MERGE_ON, MERGE_START, p, span, tc, tr

pytestmark = pytest.mark.skipif(
    not office_available(), reason="LibreOffice is not installed: no .doc can be made"
)


def _cell(text: str, width: int, more: str = "") -> str:
    return tc(text, f'<w:tcW w:w="{width}" w:type="dxa"/>{more}')


def _table(widths: list[int], *table_rows: str) -> str:
    columns = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(table_rows)}</w:tbl>"
    )


_MERGED = _table(
    [2000] * 4,
    tr(_cell("项目资金", 2000, MERGE_START), _cell("预算数", 4000, span(2)), _cell("分值", 2000)),
    tr(*(_cell(t, 2000, MERGE_ON if not t else "") for t in ("", "542.37", "564.41", "10"))),
    tr(
        _cell("", 2000, MERGE_ON),
        _cell("0.00", 2000),
        _cell("", 2000),
        _cell(p("产出") + p("指标"), 2000, MERGE_START),
    ),
    tr(_cell("合计说明", 6000, span(3)), _cell("", 2000, MERGE_ON)),
)
_INNER = _table(
    [1500, 1500],
    tr(_cell("甲", 1500), _cell("1", 1500)),
    tr(_cell("乙", 1500), _cell("2", 1500)),
)
_NESTED = _table(
    [4000, 4000],
    tr(_cell("外一", 4000), _cell(p("说明") + _INNER + p("后"), 4000)),
    tr(_cell("外二", 4000), _cell("尾", 4000)),
)
_RUNS = (
    "<w:p><w:r><w:t>见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r>"
    '<w:r><w:t>90m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    "<w:t>2</w:t></w:r><w:r><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText> HYPERLINK "http://example.org/" </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>链接</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)
_BODY = (
    p("一、概况")
    + p("2021年支出 564.41 万元")
    + _MERGED
    + p("中间")
    + _NESTED
    + _RUNS
    + p("𠮷野家")
    + p("尾")
)


@pytest.fixture(scope="module")
def pair() -> tuple[bytes, bytes]:
    """The same document as DOCX and as .doc."""
    document = python_docx.Document()
    root = etree.fromstring(f"<w:x {office._NAMESPACES}>{_BODY}</w:x>")
    for index, element in enumerate(list(root)):
        document.element.body.insert(index, element)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue(), convert(stream.getvalue(), "docx", "doc")


def _blocks(document: Document) -> list[object]:
    return [cells(b) if isinstance(b, Grid) else b.text for b in document.blocks]


def test_everything_reads_as_in_the_docx(pair: tuple[bytes, bytes]) -> None:
    first, second = reading(pair[0]), reading(pair[1], "报告.doc")
    assert second.file_format is FileFormat.DOC
    assert _blocks(second) == _blocks(first)


def test_merges_nested_tables_and_runs(pair: tuple[bytes, bytes]) -> None:
    document = reading(pair[1])
    merged, outer, inner = document.grids()
    assert cells(merged) == [
        (0, 0, 3, 1, "项目资金"),
        (0, 1, 1, 2, "预算数"),
        (0, 3, 1, 1, "分值"),
        (1, 1, 1, 1, "542.37"),
        (1, 2, 1, 1, "564.41"),
        (1, 3, 1, 1, "10"),
        (2, 1, 1, 1, "0.00"),
        (2, 2, 1, 1, ""),
        (2, 3, 2, 1, "产出\n指标"),
        (3, 0, 1, 3, "合计说明"),
    ]
    assert [c.text for c in outer.cells] == ["外一", "说明\n后", "外二", "尾"]
    assert [c.text for c in inner.cells] == ["甲", "1", "乙", "2"]
    for grid in document.grids():
        assert_no_overlap(grid)
        assert not grid.doubts
    assert "见90m²\t甲\n乙链接" in texts(document)
    assert "𠮷野家" in texts(document)


def test_damaged_bytes_have_an_outcome_and_never_another_error(pair: tuple[bytes, bytes]) -> None:
    data = pair[1]
    rng = random.Random(20)
    outcomes = set()
    for _ in range(120):
        changed = bytearray(data)
        for _ in range(rng.choice((1, 4, 40))):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        if rng.random() < 0.3:
            del changed[rng.randrange(600, len(changed)) :]
        try:
            outcomes.add(type(read_bytes(bytes(changed), "坏.doc")).__name__)
        except UnreadableError as error:
            outcomes.add(error.reason.value if "坏.doc" in error.message_zh else "unnamed")
    assert "corrupt" in outcomes
    assert "unnamed" not in outcomes


def test_a_cut_list_of_modifiers_ends_quietly() -> None:
    assert list(modifiers(b"\x16\x24\x01\x08\xd6\xff")) == [(0x2416, b"\x01")]
