"""HTML as government sites publish it, and PDF from HTML by WeasyPrint."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.typeset.makers.fonts import FAMILIES
from tests.typeset.makers.style import Style
from tests.typeset.table import Label, Manuscript, PageBreak, Para, Table, rows_of

_TAGS = {"title": "h1", "heading": "h2", "note": "p", "right": "p", "body": "p"}


def make_html(manuscript: Manuscript, style: Style) -> bytes:
    """A page with navigation, breadcrumbs, side bar and footer around the report."""
    title = next((p.text for p in manuscript.paragraphs() if p.kind == "title"), "信息公开")
    body = "\n".join(_block(b) for b in manuscript.blocks)
    charset = "gb2312" if style.encoding == "gb18030" else style.encoding
    page = f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{html.escape(title)}</title>
<style>td{{border:1px solid #000}}</style>
<script>var n = "<table><tr><td>1</td></tr></table>";</script>
</head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk/">政务公开</a></li>
<li><a href="/hdjl/">互动交流</a></li></ul></div>
<table width="100%"><tr><td class="left"><a href="/a">机构职能</a><br><a href="/b">政策文件</a></td>
<td class="main"><div class="crumb">当前位置：<a href="/">首页</a> &gt; 预决算公开</div>
<div id="zoom" class="TRS_Editor">
{body}
</div></td></tr></table>
<div class="footer">主办单位：人民政府办公室　网站地图　网站标识码：0000000000</div>
</body></html>"""
    if style.tight:
        page = page.replace(">\n<", "><")
    return page.encode(style.encoding, errors="xmlcharrefreplace")


def _block(block: Para | Table | PageBreak) -> str:
    if isinstance(block, PageBreak):
        return "<p>&nbsp;</p>"
    if isinstance(block, Para):
        tag = _TAGS[block.kind]
        indent = "&nbsp;&nbsp;&nbsp;&nbsp;" if block.kind == "body" else ""
        return f"<{tag}>{indent}{_text(block.text)}</{tag}>"
    return _table(block)


def _text(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.split("\n"))


def _table(table: Table) -> str:
    rows = []
    for row in rows_of(table):
        cells = []
        for cell in row:
            spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            text = cell.text
            if cell.label is Label.STACKED:
                text = "\n".join(text)
            inner = f"<p><span>{_text(text)}</span></p>" if text else "&nbsp;"
            cells.append(f"<td{spans}>{inner}</td>")
        rows.append("<tr>" + "\n".join(cells) + "</tr>")
    return "<table>\n" + "\n".join(rows) + "\n</table>"


def make_weasy_pdf(manuscript: Manuscript, style: Style) -> bytes:
    """PDF by WeasyPrint: every cell strokes its own border, split rows stay open."""
    from weasyprint import HTML

    return bytes(HTML(string=print_page(manuscript, style)).write_pdf())


def chromium_available() -> bool:
    """Is a Chromium installed?"""
    return shutil.which("chromium") is not None


def make_chromium_pdf(manuscript: Manuscript, style: Style) -> bytes:
    """PDF printed by Chromium: rules as thin rectangles.

    Raises:
        RuntimeError: Chromium gave no file.
    """
    with tempfile.TemporaryDirectory() as folder:
        source, made = Path(folder) / "in.html", Path(folder) / "out.pdf"
        source.write_text(print_page(manuscript, style), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
        command += [f"--user-data-dir={folder}/profile", "--no-pdf-header-footer"]
        done = subprocess.run(
            [*command, f"--print-to-pdf={made}", source.as_uri()],
            capture_output=True,
            timeout=120,
            check=False,
        )
        if not made.exists():
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return made.read_bytes()


def print_page(manuscript: Manuscript, style: Style) -> str:
    """A page that is made to be printed."""
    size = "A4 landscape" if manuscript.landscape else "A4"
    blocks = []
    for block in manuscript.blocks:
        if isinstance(block, PageBreak):
            blocks.append('<div style="page-break-before:always"></div>')
        elif isinstance(block, Para):
            blocks.append(f'<p class="{block.kind}">{_text(block.text)}</p>')
        else:
            blocks.append(_weasy_table(block, repeat=style.repeat_header))
    css = f"""
@page {{ size: {size}; margin: {style.margin}pt;
  @bottom-center {{ content: "- " counter(page) " -"; font-size: 9pt }} }}
body {{ font-family: "{FAMILIES[style.font]}"; font-size: {style.size}pt; line-height: 1.3 }}
p.title {{ font-size: 16pt; text-align: center }} p.heading {{ font-size: 12pt }}
p.body {{ text-indent: 2em }} p.right {{ text-align: right }} p.note {{ font-size: 9pt }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}
td {{ border: 0.6pt solid #000; padding: 2pt; text-align: center; vertical-align: middle;
  overflow-wrap: anywhere }}
td.left {{ text-align: left }}
tr {{ break-inside: {"auto" if style.split_rows else "avoid"} }}
"""
    head = f'<meta charset="utf-8"><style>{css}</style>'
    return f"<html><head>{head}</head><body>{''.join(blocks)}</body></html>"


def _weasy_table(table: Table, *, repeat: bool) -> str:
    total = sum(table.widths)
    cols = "".join(f'<col style="width:{100 * w / total:.2f}%">' for w in table.widths)
    head = max(table.repeat) + 1 if repeat and table.repeat and 0 in table.repeat else 0
    rows = []
    for row in rows_of(table):
        cells = []
        for cell in row:
            text = "\n".join(cell.text) if cell.label is Label.STACKED else cell.text
            kind = ' class="left"' if cell.left else ""
            cells.append(
                f'<td{kind} rowspan="{cell.rowspan}" colspan="{cell.colspan}">{_text(text)}</td>'
            )
        rows.append("<tr>" + "".join(cells) + "</tr>")
    thead = "<thead>" + "".join(rows[:head]) + "</thead>" if head else ""
    return f"<table><colgroup>{cols}</colgroup>{thead}<tbody>{''.join(rows[head:])}</tbody></table>"
