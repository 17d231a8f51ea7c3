"""``jixiao inspect``: what was read, drawn over the page a person looks at."""

from __future__ import annotations

import re
from pathlib import Path

import pdfplumber
from PIL import Image
from typer.testing import CliRunner

from orchestration.cli.app import app
from orchestration.cli.inspect_png import COLOURS, STRIP
from tests.support.desk import RAW

REPORT = next(RAW.rglob("株洲市委老干部局*.pdf"))
PAGE = 3
#: Pixels of the drawing for a point of the page.
SCALE = 110 / 72


def inspected(tmp_path: Path, *options: str) -> list[Path]:
    done = CliRunner().invoke(
        app, ["inspect", str(REPORT), "--page", str(PAGE), "--out", str(tmp_path), *options]
    )
    assert done.exit_code == 0, done.output
    return sorted(tmp_path.iterdir())


def outline(image: Image.Image, x: float, top: float, strip: int) -> set[str]:
    """The colours to the left of a word, as far as its cell may reach."""
    row = round(top * SCALE) + strip
    found = set()
    for column in range(round((x - 40) * SCALE), round(x * SCALE)):
        found.add("#{:02x}{:02x}{:02x}".format(*image.getpixel((column, row))))
    return found


def test_a_png_frames_header_and_figure_of_the_page_in_their_colours(tmp_path: Path) -> None:
    (path,) = inspected(tmp_path, "--format", "png")
    image = Image.open(path).convert("RGB")
    with pdfplumber.open(REPORT) as pdf:
        page = pdf.pages[PAGE - 1]
        words = page.extract_words()
        strip = image.height - round(float(page.height) * SCALE)
    assert strip >= 2 * STRIP
    head = next(w for w in words if w["text"] == "分值")
    figure = next(w for w in words if w["text"] == "564.41")
    line = next(w for w in words if w["text"] == "10家")
    for word, kind in ((head, "header"), (figure, "figure"), (line, "indicator")):
        middle = (word["top"] + word["bottom"]) / 2
        assert COLOURS[kind] in outline(image, word["x0"], middle, strip), kind


def test_the_html_says_form_header_roles_spans_and_confidence(tmp_path: Path) -> None:
    (path,) = inspected(tmp_path)
    text = path.read_text(encoding="utf-8")
    assert re.search(r"可信度</th><td>[01]", text)
    assert "self_evaluation · funding · goal · indicator" in text
    assert re.search(r'class="header"[^>]*><title>[^<]*indicator · weight', text)
    assert re.search(r'class="span"[^>]*><title>表1 行\d+ 列\d+ 跨\d+行\d+列: 数量指标', text)


def test_what_has_no_pages_has_no_png(tmp_path: Path) -> None:
    file = next(RAW.rglob("*.txt"))
    done = CliRunner().invoke(app, ["inspect", str(file), "-f", "png", "-o", str(tmp_path)])
    assert done.exit_code == 1
    assert list(tmp_path.iterdir()) == []
