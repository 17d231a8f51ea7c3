"""Text that means nothing is told from text of reports, whatever signs those use."""

from __future__ import annotations

import pytest

from orchestration.reading.pdf.legible import is_legible


@pytest.mark.parametrize(
    "text",
    [
        "（一）预算执行率为95.79%，较上年下降±0.5℃·§※①Ⅲ≥≤×÷→★■□☑",
        "\uf052已完成 \uf0a3未完成，共两项，见附件（略）；合计1,234.50万元",
        "Performance evaluation of 2023, total 1,234.50, rate 95.79%",
        "β＝0.5，ＡＢＣ１２３，⻔牌⼀⼆，㎡㎞，〇二三年",
        "１２３４",
        "",
    ],
)
def test_text_of_reports_is_legible(text: str) -> None:
    assert is_legible(list(text))


@pytest.mark.parametrize(
    "text",
    [
        "2024\x01-\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x13\x03\x04",
        "ÉÑÖÜáàäãåçéèêëíìîï2024ñóòôöõúùûü",
        "\ufffd" * 12 + "1234.50",
        "\u0e01\u0e14\u1208\u10d0\u0c85\u0b95\u0d05\u0e2d\u1780\u0f40\u1820\u0671",
    ],
)
def test_text_of_fonts_without_names_is_not(text: str) -> None:
    assert not is_legible(list(text))
