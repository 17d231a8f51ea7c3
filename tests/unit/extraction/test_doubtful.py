"""Running text whose readings differ gives no figure; its neighbours do."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestration.extraction import extract
from orchestration.reading.document import (
    BBox,
    Document,
    Doubt,
    DoubtKind,
    FileFormat,
    Paragraph,
    Place,
)

LINES = ("2023年本部门支出合计748.39万元，其中基本支出", "546.32万元，项目支出202.07万元。")


def _read(*doubts: Doubt):
    title = Paragraph("合肥市蜀山区文化馆2023年度部门整体支出绩效自评报告", (Place(1),))
    places = (Place(1, BBox(72, 100, 500, 112)), Place(1, BBox(72, 120, 500, 132)))
    text = Paragraph("\n".join(LINES), places, doubts)
    blocks = (title, Paragraph("一、收支情况", (Place(1),)), text)
    return extract(Document("0" * 64, "x.pdf", FileFormat.PDF, blocks, page_count=1))


def _values(extraction) -> dict[str | None, Decimal | None]:
    return {f.item: f.value for f in extraction.figures if f.family == "expense"}


@pytest.mark.parametrize("kind", ["disagreement", "overprint", "low_ocr", "unmapped"])
def test_figures_of_a_doubted_line_are_withheld_and_reported(kind: str) -> None:
    doubt = Doubt(DoubtKind(kind), "differ", LINES[0], LINES[0].replace("748", "743"))
    extraction = _read(doubt)
    assert _values(extraction) == {"basic": Decimal("546.32"), "project": Decimal("202.07")}
    (issue,) = [i for i in extraction.issues if i.first_reading == LINES[0]]
    assert "743.39" in (issue.second_reading or "")
    assert issue.source_page == 1


def test_a_number_over_the_end_of_a_doubted_line_is_not_read_by_halves() -> None:
    lines = ("2023年本部门支出合计74", "8.39万元，其中基本支出546.32万元。")
    title = Paragraph("合肥市蜀山区文化馆2023年度部门整体支出绩效自评报告", (Place(1),))
    text = Paragraph(
        "\n".join(lines), (), (Doubt(DoubtKind.DISAGREEMENT, "differ", lines[0], "7"),)
    )
    document = Document("0" * 64, "x.pdf", FileFormat.PDF, (title, text), page_count=1)
    assert _values(extract(document)) == {"basic": Decimal("546.32")}


def test_without_doubts_everything_is_read() -> None:
    assert _values(_read())["total"] == Decimal("748.39")


def test_what_only_the_second_reading_has_is_reported() -> None:
    title = Paragraph("合肥市蜀山区文化馆2023年度部门整体支出绩效自评报告", (Place(1),))
    text = Paragraph("".join(LINES), (Place(1),))
    doubt = Doubt(DoubtKind.DISAGREEMENT, "第1页：仅第二种读法有此行 | one has it", None, "12.5")
    document = Document(
        "0" * 64, "x.pdf", FileFormat.PDF, (title, text), page_count=1, doubts=(doubt,)
    )
    issues = [i for i in extract(document).issues if i.kind == "disagreement"]
    assert [(i.second_reading, i.severity) for i in issues] == [("12.5", "warning")]
