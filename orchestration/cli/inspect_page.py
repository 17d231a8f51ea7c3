"""A page of a report with what was read drawn over it, as one HTML file that needs nothing else.

Cells and spans are thin frames; figures and cells of indicators are filled frames with what they
were taken for; doubts are dashed frames. Coordinates are PDF points, as the reader keeps them.
"""

from __future__ import annotations

import base64
import html
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pypdfium2 as pdfium

from orchestration.extraction.forms.blocks import cut
from orchestration.extraction.forms.view import GridView
from orchestration.extraction.vocabulary import default_vocabulary
from orchestration.reading.document import BBox, Document, Doubt, Grid, GridKind
from orchestration.records import Extraction, FigureRecord, IndicatorRecord

SCALE = 110 / 72
GRID_KINDS = {
    GridKind.RULED: "有框线 ruled",
    GridKind.ALIGNED: "按对齐 aligned",
    GridKind.MARKED: "格式所示 marked",
    GridKind.TABBED: "按空格 tabbed",
}
STYLE = """
:root { font: 14px/1.55 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC",
  "WenQuanYi Micro Hei", sans-serif; color: #1c2430; }
body { margin: 0 auto; max-width: 1500px; padding: 1rem; background: #f5f6f8; }
section { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 1rem; }
svg { width: 100%; height: auto; background: #fff; border: 1px solid #d9dee6; }
.cell { fill: none; stroke: #0b5a8a; stroke-width: .7; }
.span { fill: #0b5a8a; fill-opacity: .05; stroke: #0b5a8a; stroke-width: 1.1; }
.header { fill: #7048a8; fill-opacity: .14; stroke: #7048a8; stroke-width: .9; }
.figure { fill: #1f8f4d; fill-opacity: .18; stroke: #1f8f4d; stroke-width: .9; }
.indicator { fill: #e2a13b; fill-opacity: .16; stroke: #b86e00; stroke-width: .6; }
.doubt { fill: #d6336c; fill-opacity: .12; stroke: #d6336c; stroke-dasharray: 3 2; }
table { border-collapse: collapse; background: #fff; width: 100%; font-size: 12px; }
th, td { border: 1px solid #d9dee6; padding: .2rem .4rem; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
.key span { padding: 0 .5rem; margin-right: .6rem; border: 1px solid #8a94a3; }
@media (max-width: 900px) { section { grid-template-columns: minmax(0, 1fr); } }
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """One frame on a page: its kind (a class of the style), its box, and what to say of it.

    ``tag`` is the shortest way to say it, in the codes of the records; a PNG shows it.
    """

    page: int
    kind: str
    box: BBox
    words: str
    tag: str = ""


def marks(document: Document, extraction: Extraction) -> Iterator[Mark]:
    """Everything that has a place on a page, cells first so that figures lie above them."""
    for grid in document.grids():
        yield from _cell_marks(grid)
    for grid in document.grids():
        yield from _header_marks(grid)
    for indicator in extraction.indicators:
        for name, place in json.loads(indicator.cell_boxes or "{}").items():
            page, box = place
            if box:
                words = f"{indicator.level3 or '指标'}: {name} = {getattr(indicator, name, '')}"
                yield Mark(page, "indicator", _box(box), words)
    for figure in extraction.figures:
        if figure.source_page is not None and figure.source_bbox:
            place = figure.source_page, "figure", _box(figure.source_bbox)
            yield Mark(
                *place, figure_words(figure), f"{figure.item or ''} {figure.measure}".strip()
            )
    for block in document.blocks:
        items = block.cells if isinstance(block, Grid) else (block,)
        for item in items:
            place_ = item.place
            if item.doubts and place_.page is not None and place_.bbox is not None:
                yield Mark(place_.page, "doubt", place_.bbox, doubt_words(item.doubts))


def _cell_marks(grid: Grid) -> Iterator[Mark]:
    for cell in grid.cells:
        kind = "span" if cell.rowspan > 1 or cell.colspan > 1 else "cell"
        words = f"表{grid.ordinal} 行{cell.row + 1} 列{cell.col + 1}"
        if kind == "span":
            words += f" 跨{cell.rowspan}行{cell.colspan}列"
        for part in cell.parts:
            if part.page is not None and part.bbox is not None:
                yield Mark(part.page, kind, part.bbox, f"{words}: {cell.text}")


def _header_marks(grid: Grid) -> Iterator[Mark]:
    """The cells of recognised headers, each with the block it heads and its role there."""
    for block in cut(GridView(grid), default_vocabulary()):
        for column in block.header.columns if block.header is not None else ():
            for part in column.cell.parts:
                if part.page is not None and part.bbox is not None:
                    words = f"表头 header: {block.kind} · {column.field}"
                    yield Mark(part.page, "header", part.bbox, words, column.field)


def blocks_of(document: Document, extraction: Extraction) -> dict[int, str]:
    """Ordinal of a table to what it was recognised as: form families, kinds of blocks."""
    families: dict[int, set[str]] = {}
    for indicator in extraction.indicators:
        if indicator.source_table is not None and indicator.form_family:
            families.setdefault(indicator.source_table, set()).add(indicator.form_family)
    found = {}
    for grid in document.grids():
        kinds = [b.kind for b in cut(GridView(grid), default_vocabulary()) if b.kind != "rows"]
        names = [*sorted(families.get(grid.ordinal, ())), *dict.fromkeys(kinds)]
        if names:
            found[grid.ordinal] = " · ".join(names)
    return found


def figure_words(figure: FigureRecord) -> str:
    """A figure in one line: what it was taken for and its value."""
    value = figure.value_text if figure.value is None else _plain(figure.value)
    what = "/".join(
        str(part)
        for part in (figure.family, figure.item, figure.basis, figure.amount_year, figure.measure)
        if part
    )
    return f"{what} = {value}{figure.unit or ''}（{figure.project_name or '部门整体'}）"


def doubt_words(doubts: tuple[Doubt, ...]) -> str:
    """Doubts in one line, both readings where there are two."""
    return "；".join(
        f"{d.kind}: {d.detail}" + (f"（{d.first} / {d.second}）" if d.first or d.second else "")
        for d in doubts
    )


def _box(text: str) -> BBox:
    return BBox(*(float(part) for part in text.split(",")))


def page_html(
    document: Document, extraction: Extraction, data: bytes, pages: list[int] | None
) -> str:
    """The whole HTML: a head, then each page with its image and the list of what was read.

    Args:
        document: as the reader made it.
        extraction: its records.
        data: the bytes of the file, for the images of a PDF.
        pages: 1-based; None for every page that carries anything.
    """
    found = list(marks(document, extraction))
    shown = pages or sorted({mark.page for mark in found}) or [1]
    parts = [_head(document, extraction)]
    if document.file_format == "pdf":
        images = page_images(data, shown)
        for number in shown:
            on_page = [mark for mark in found if mark.page == number]
            parts.append(_page(number, images.get(number), on_page, extraction))
    else:
        parts += [_grid_table(grid) for grid in document.grids()]
        parts.append(_records(extraction, None))
    title = html.escape(document.file_name)
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body>{''.join(parts)}</body></html>\n"
    )


def _head(document: Document, extraction: Extraction) -> str:
    record = extraction.document
    lines = [
        ("单位", record.unit_name),
        ("年度", record.fiscal_year),
        ("类型", record.report_kind),
        ("识别出的表式", record.form_families),
        ("可信度", record.confidence),
        ("扣分原因", record.confidence_reasons),
        ("读取方式", "、".join(document.readers) + ("（扫描件）" if document.is_scanned else "")),
    ]
    rows = "".join(
        f"<tr><th>{name}</th><td>{html.escape(str(value))}</td></tr>"
        for name, value in lines
        if value is not None
    )
    forms = blocks_of(document, extraction)
    tables = "".join(
        f"<tr><td>表 {g.ordinal}</td><td>{g.n_rows}×{g.n_cols}</td><td>{GRID_KINDS[g.kind]}</td>"
        f"<td>{forms.get(g.ordinal, '未识别 not recognised')}</td>"
        f"<td>{', '.join(map(str, g.pages))}</td><td>{html.escape(doubt_words(g.doubts))}</td></tr>"
        for g in document.grids()
    )
    return (
        f"<h1>{html.escape(document.file_name)}</h1><table>{rows}</table>"
        "<h2>表格 | tables</h2><table><tr><th>表</th><th>行×列</th><th>依据</th>"
        f"<th>表式 form</th><th>页</th><th>疑点</th></tr>{tables}</table>"
        '<p class="key"><span style="background:#e4f0f7">单元格 cell</span>'
        '<span style="background:#e4dcf0">表头 header</span>'
        '<span style="background:#cdebd9">数值 figure</span>'
        '<span style="background:#f7e6c8">指标 indicator</span>'
        '<span style="background:#f8d7e2">疑点 doubt</span>（鼠标停留看说明 | hover for words）</p>'
    )


def page_images(data: bytes, pages: list[int]) -> dict[int, tuple[str, float, float]]:
    """Page number to (data URI of its image, width, height in points).

    Raises:
        pypdfium2.PdfiumError: the bytes are no PDF that opens.
    """
    found = {}
    pdf = pdfium.PdfDocument(data)
    try:
        for number in pages:
            if 1 <= number <= len(pdf):
                page = pdf[number - 1]
                width, height = page.get_size()
                stream = io.BytesIO()
                page.render(scale=SCALE).to_pil().convert("RGB").save(stream, "WEBP", quality=75)
                uri = "data:image/webp;base64," + base64.b64encode(stream.getvalue()).decode()
                found[number] = (uri, width, height)
    finally:
        pdf.close()
    return found


def _page(
    number: int,
    image: tuple[str, float, float] | None,
    found: list[Mark],
    extraction: Extraction,
) -> str:
    if image is None:
        return f"<h2>第 {number} 页</h2><p>没有这一页 | no such page</p>"
    uri, width, height = image
    frames = "".join(
        f'<rect class="{m.kind}" x="{m.box.x0}" y="{m.box.top}" width="{m.box.x1 - m.box.x0:.2f}"'
        f' height="{m.box.bottom - m.box.top:.2f}"><title>{html.escape(m.words)}</title></rect>'
        for m in found
    )
    return (
        f"<h2>第 {number} 页 | page {number}</h2><section>"
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="page {number}">'
        f'<image href="{uri}" width="{width}" height="{height}"/>{frames}</svg>'
        f"<div>{_records(extraction, number)}</div></section>"
    )


def _records(extraction: Extraction, page: int | None) -> str:
    """Figures, indicators and issues of a page (or of all), as a table."""

    def here(source_page: int | None) -> bool:
        return page is None or source_page == page

    lines = [
        ("数值", figure_words(figure), figure.cell_text or "")
        for figure in extraction.figures
        if here(figure.source_page)
    ]
    lines += [_indicator_line(item) for item in extraction.indicators if here(item.source_page)]
    lines += [
        ("疑点", f"{issue.severity} {issue.kind}", issue.message)
        for issue in extraction.issues
        if here(issue.source_page)
    ]
    rows = "".join(
        f"<tr><td>{kind}</td><td>{html.escape(what)}</td><td>{html.escape(text)}</td></tr>"
        for kind, what, text in lines
    )
    head = "<tr><th></th><th>读作 | taken for</th><th>原文 | as printed</th></tr>"
    return f"<table>{head}{rows}</table>" if rows else "<p>本页没有读出数据 | nothing here</p>"


def _indicator_line(indicator: IndicatorRecord) -> tuple[str, str, str]:
    levels = (indicator.level1, indicator.level2, indicator.level3)
    told = f"{indicator.target_text or ''} → {indicator.actual_text or ''}"
    points = f"{_plain(indicator.weight)} / {_plain(indicator.score)}"
    return ("指标", " › ".join(level for level in levels if level), f"{told}  {points}")


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _grid_table(grid: Grid) -> str:
    """A grid of a format without pages, with its spans, as a table."""
    rows = []
    for row in range(grid.n_rows):
        cells = "".join(
            f'<td rowspan="{c.rowspan}" colspan="{c.colspan}" title="行{c.row + 1} 列{c.col + 1} '
            f'{html.escape(doubt_words(c.doubts))}"{" class=doubt" if c.doubts else ""}>'
            f"{html.escape(c.text)}</td>"
            for c in sorted(grid.cells, key=lambda c: c.col)
            if c.row == row
        )
        rows.append(f"<tr>{cells}</tr>")
    name = html.escape(grid.name or "")
    return f"<h2>表 {grid.ordinal} {name}</h2><table>{''.join(rows)}</table>"
