"""The second reading's short cuts change nothing: tokens, runs of strings, pages read in shares."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psexceptions import PSEOF

from orchestration.reading import ranges
from orchestration.reading.pdf import read_pdf, reader
from orchestration.reading.pdf.miner_file import MinerFile
from orchestration.reading.pdf.miner_tokens import FileParser, MinerDocument
from orchestration.settings import PROJECT_ROOT
from tests.unit.reading.drawing import Pdf
from tests.unit.reading.test_pdf_grids import SIMPLE
from tests.unit.reading.test_pdf_trust import numbered, stream

_ODD = (
    b"[1 -2 +3 --4 12abc 0007 2.5 -.5 .25 5. 1.2.3 - . ]<</A/B/C#20D/ (plain)(es\\)c\\101)(a(b)c)"
    b"<41 4243><414><>>><< /K true/L false/M null/N 5 0 R>>% comment\n{ } /E#4 (\\\r\nx) endobj"
    b"\x00\x0c stream>/\xe4\xb8\xad/\xff <4A4b>(\xff\xfe) 7"
)


def _tokens(parser: PDFParser) -> Iterator[object]:
    while True:
        try:
            token = parser.nexttoken()[1]
        except PSEOF:
            return
        yield token, type(token)


def test_tokens_are_those_of_pdfminer() -> None:
    for cut in range(len(_ODD)):
        data = _ODD[cut:]
        assert list(_tokens(FileParser(BytesIO(data)))) == list(_tokens(PDFParser(BytesIO(data))))


def _objects(document: PDFDocument) -> dict[int, object]:
    numbers = {number for xref in document.xrefs for number in xref.get_objids()}
    found: dict[int, object] = {}
    for number in sorted(numbers):
        item = document.getobj(number)
        found[number] = (
            (repr(item.attrs), item.rawdata) if isinstance(item, PDFStream) else repr(item)
        )
    return found


@pytest.mark.parametrize("name", ["2022/正定*.pdf", "2024/株洲*.pdf"])
def test_objects_of_a_file_are_those_of_pdfminer(name: str) -> None:
    (path,) = (PROJECT_ROOT / "raw").glob(name)
    data = path.read_bytes()
    ours = _objects(MinerDocument(FileParser(BytesIO(data))))
    assert ours
    assert ours == _objects(PDFDocument(PDFParser(BytesIO(data))))


def test_a_stream_of_objects_is_parsed_object_by_object() -> None:
    held = [b"<</Length 7/V(a)>>", b"[1 2 (b)]", b"42", b"/Name"]
    offsets = [sum(len(h) + 1 for h in held[:i]) for i in range(len(held))]
    header = b" ".join(b"%d %d" % (10 + i, offset) for i, offset in enumerate(offsets)) + b"\n"
    body = header + b"\n".join(held)
    packed = b"<</Type/ObjStm/N %d/First %d/Length %d>>stream\n%s\nendstream" % (
        len(held),
        len(header),
        len(body),
        body,
    )
    data = numbered([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", packed])
    document = MinerDocument(FileParser(BytesIO(data)))
    whole = document.getobj(3)
    assert isinstance(whole, PDFStream)
    found = [document._getobj_objstm(whole, i, 10 + i) for i in (3, 0, 2, 1)]
    assert [str(found[0]), *found[1:]] == ["/'Name'", {"Length": 7, "V": b"a"}, 42, [1, 2, b"b"]]


def test_glyphs_stand_where_pdfplumber_finds_them() -> None:
    (path,) = (PROJECT_ROOT / "raw").glob("2024/株洲*.pdf")
    ours = MinerFile(path.read_bytes())
    with pdfplumber.open(path) as file:
        for number, page in enumerate(file.pages[:3]):
            ink = ours.read_page(number)
            theirs = [char for char in page.chars if not char["text"].isspace()]
            assert ink.text == [char["text"] for char in theirs]
            sides = [(char["x0"], char["x1"]) for char in theirs]
            assert ink.box[:, [0, 2]].ravel().tolist() == pytest.approx(
                [x for pair in sides for x in pair], abs=0.01
            )


_RUN = b"<3132>Tj 20 -1 TD<33 34>Tj 30 0 Td <35>Tj -5 .5 TD<36>Tj 4 -0 TD(7) Tj T* <38>Tj"


_PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>"
_FONTS = b"<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"


def _page(content: bytes) -> bytes:
    return numbered(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources %s>>"
            % _FONTS,
            stream(b"BT /F 10 Tf 0.9 .1 0 1.1 100 700 Tm " + content + b" ET"),
        ]
    )


def test_strings_each_followed_by_a_move_stand_where_they_stand_one_by_one() -> None:
    """Twice the same strings: in one run, and with an operator between that does nothing."""
    one, two = (
        MinerFile(_page(content)).read_page(0) for content in (_RUN, _RUN.replace(b"Tj", b"Tj 0 w"))
    )
    assert "".join(one.text) == "12345678"
    assert one.text == two.text
    assert one.box.ravel().tolist() == pytest.approx(two.box.ravel().tolist(), abs=1e-9)
    assert one.base.tolist() == pytest.approx(two.base.tolist(), abs=1e-9)


def test_a_white_rule_is_none_whatever_is_set_before_its_colour() -> None:
    black, white = b"2 j 0 0 0 RG 60 %d m 300 %d l S ", b"1 j 1 1 1 RG 60 %d m 300 %d l S "
    drawn = black % (700, 700) + white % (680, 680) + black % (660, 660)
    ink = MinerFile(_page(b"ET " + drawn + b"BT")).read_page(0)
    assert ink.horizontal[:, 0].tolist() == [842 - 700, 842 - 660]


@pytest.fixture
def shares() -> Iterator[None]:
    """Long files in two processes."""
    ranges.use_processes(2)
    yield
    ranges.use_processes(1)


def _long_file(pages: int) -> bytes:
    pdf = Pdf()
    for number in range(pages):
        pdf.page.text(70, 90, f"第{number}号支出合计{number * 7}.50万元。")
        pdf.page.table(SIMPLE, 200.0 + number % 7)
        if number < pages - 1:
            pdf.next_page()
    return pdf.data()


def test_a_long_file_read_in_shares_is_the_same_document(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    data = _long_file(64)
    alone = read_pdf(data, "long.pdf")
    request.getfixturevalue("shares")
    assert read_pdf(data, "long.pdf") == alone


@pytest.mark.parametrize("pages_before_the_end", [0, 1, 9])
def test_a_process_that_dies_takes_none_of_its_pages_with_it(
    monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, pages_before_the_end: int
) -> None:
    data = _long_file(64)
    alone = read_pdf(data, "long.pdf")
    request.getfixturevalue("shares")
    whole, parent = reader._read_pages, ranges.os.getpid()

    def dies(data: bytes, name: str, numbers: Iterable[int], *rest: object) -> Iterator[object]:
        if ranges.os.getpid() == parent:
            yield from whole(data, name, numbers, *rest)  # type: ignore[arg-type]
            return
        for done, page in enumerate(whole(data, name, numbers, *rest)):  # type: ignore[arg-type]
            if done == pages_before_the_end:
                ranges.os._exit(3)
            yield page

    monkeypatch.setattr(reader, "_read_pages", dies)
    assert read_pdf(data, "long.pdf") == alone


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 400), st.lists(st.integers(0, 2), max_size=60))
def test_pages_are_dealt_once_and_none_is_lost(count: int, turns: list[int]) -> None:
    # Three takers in any order, the last of whom dies: what it took is left.
    with ranges._Deal(count) as first:
        takers = [first, copy.copy(first), copy.copy(first)]
        for taker in takers:
            taker.taken = []
        hands = [taker.pages() for taker in takers]
        got: list[list[int]] = [[], [], []]
        for turn in turns:
            got[turn] += islice(hands[turn], 1)
        for turn in (0, 1):
            got[turn] += hands[turn]
        first.taken += takers[1].taken
        assert sorted([*got[0], *got[1], *first.left()]) == list(range(count))
        assert set(got[2]) <= set(first.left())
