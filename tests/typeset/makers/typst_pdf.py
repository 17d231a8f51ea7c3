"""PDF by Typst."""

from __future__ import annotations

import json

from tests.typeset.makers.fonts import FAMILIES, FILES
from tests.typeset.makers.style import Style
from tests.typeset.table import Label, Manuscript, PageBreak, Para, Table, rows_of


def make_typst_pdf(manuscript: Manuscript, style: Style) -> bytes:
    """Set by Typst; borders are strokes of 0.6 pt."""
    import typst

    source = "\n".join(
        [_preamble(manuscript, style), *(_block(b, style) for b in manuscript.blocks)]
    )
    fonts = sorted({path.rsplit("/", 1)[0] for path, _ in FILES.values()})
    return bytes(typst.compile(source.encode(), font_paths=fonts))


def _preamble(manuscript: Manuscript, style: Style) -> str:
    numbering = '"- 1 -"' if style.page_number and manuscript.page_numbers else "none"
    flipped = "true" if manuscript.landscape else "false"
    header = _text(manuscript.running_header) if manuscript.running_header else "none"
    return (
        f'#set page(paper: "a4", flipped: {flipped}, margin: {style.margin}pt,'
        f" numbering: {numbering}, header: {header})\n"
        f'#set text(font: "{FAMILIES[style.font]}", size: {style.size}pt, lang: "zh")\n'
        "#set par(leading: 0.5em)\n"
        f"#set table(stroke: 0.6pt, inset: {style.pad}pt)\n"
        f"#show table.cell: set block(breakable: {'true' if style.split_rows else 'false'})"
    )


def _text(text: str) -> str:
    """Text as a Typst content expression; JSON strings are Typst strings."""
    lines = [f"#{json.dumps(line, ensure_ascii=False)}" for line in text.split("\n")]
    return "[" + " \\ ".join(lines) + "]"


def _block(block: Para | Table | PageBreak, style: Style) -> str:
    if isinstance(block, PageBreak):
        return "#pagebreak()"
    if isinstance(block, Para):
        sizes = {"title": 16, "heading": 12, "note": 9}
        align = {"title": "center", "right": "right"}.get(block.kind, "left")
        text = _text(("　　" if block.kind == "body" else "") + block.text)
        size = sizes.get(block.kind, style.size)
        return f"#align({align}, text(size: {size}pt, {text}))\n"
    return _table(block, style)


def _table(table: Table, style: Style) -> str:
    columns = ", ".join(f"{w}fr" for w in table.widths)
    head = max(table.repeat) + 1 if style.repeat_header and 0 in table.repeat else 0
    rows = list(rows_of(table))
    header = "".join(_cell(c) for row in rows[:head] for c in row)
    rest = "".join(_cell(c) for row in rows[head:] for c in row)
    head_text = f"table.header({header}),\n" if header else ""
    heights = ", ".join(["auto"] * table.n_rows)
    return (
        f"#table(columns: ({columns}), rows: ({heights}), align: center + horizon,\n"
        f"{head_text}{rest})\n"
    )


def _cell(cell: object) -> str:
    text = "\n".join(cell.text) if cell.label is Label.STACKED else cell.text  # type: ignore[attr-defined]
    spans = f"rowspan: {cell.rowspan}, colspan: {cell.colspan}"  # type: ignore[attr-defined]
    return f"table.cell({spans}, x: {cell.col}, y: {cell.row}, {_text(text)}),\n"  # type: ignore[attr-defined]
