"""DOCX by python-docx, and DOC or PDF from it by LibreOffice where that is installed."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.typeset.makers.fonts import FAMILIES
from tests.typeset.makers.style import Style
from tests.typeset.table import Label, Manuscript, PageBreak, Para, Table

_ZIP_DATE = (2024, 1, 1, 0, 0, 0)


def make_docx(manuscript: Manuscript, style: Style) -> bytes:
    """A Word document; merged cells by gridSpan and vMerge, vertical text by textDirection."""
    document = Document()
    document.styles["Normal"].font.name = FAMILIES[style.font]
    document.styles["Normal"].font.size = Pt(style.size)
    document.styles["Normal"].element.rPr.rFonts.set(qn("w:eastAsia"), FAMILIES[style.font])
    stamp = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    document.core_properties.created = document.core_properties.modified = stamp
    document.core_properties.author = ""
    section = document.sections[0]
    if manuscript.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    if manuscript.running_header:
        section.header.paragraphs[0].text = manuscript.running_header
    for block in manuscript.blocks:
        if isinstance(block, PageBreak):
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        elif isinstance(block, Para):
            _paragraph(document, block)
        else:
            _table(document, block, style)
            document.add_paragraph()
    out = io.BytesIO()
    document.save(out)
    return stable_zip(out.getvalue())


def _paragraph(document: Document, para: Para) -> None:
    if para.kind == "heading":
        document.add_heading(para.text, level=2)
    elif para.kind == "title":
        document.add_heading(para.text, level=1)
    else:
        document.add_paragraph(("　　" if para.kind == "body" else "") + para.text)


def _table(document: Document, table: Table, style: Style) -> None:
    made = document.add_table(rows=table.n_rows, cols=table.n_cols)
    made.style = "Table Grid"
    grid = [list(row.cells) for row in made.rows]
    for cell in table.cells:
        first = grid[cell.row][cell.col]
        if cell.rowspan > 1 or cell.colspan > 1:
            first = first.merge(grid[cell.row + cell.rowspan - 1][cell.col + cell.colspan - 1])
        lines = cell.text.split("\n")
        if cell.label is Label.STACKED:
            lines = list(cell.text)
        first.text = lines[0]
        for line in lines[1:]:
            first.add_paragraph(line)
        if cell.label is Label.ROTATED:
            direction = OxmlElement("w:textDirection")
            direction.set(qn("w:val"), "tbRlV")
            first._tc.get_or_add_tcPr().append(direction)
    if style.repeat_header:
        for row in table.repeat:
            header = OxmlElement("w:tblHeader")
            made.rows[row]._tr.get_or_add_trPr().append(header)


def stable_zip(data: bytes) -> bytes:
    """The same archive with fixed dates, so that equal contents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(name))
    return out.getvalue()


def office_available() -> bool:
    """Is LibreOffice installed?"""
    return shutil.which("soffice") is not None


def convert(data: bytes, suffix: str, target: str) -> bytes:
    """Convert by LibreOffice; ``suffix`` and ``target`` are like ``docx`` and ``pdf``.

    Raises:
        RuntimeError: LibreOffice gave no file.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"in.{suffix}"
        source.write_bytes(data)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", target, "--outdir", folder]
        done = subprocess.run(
            [*command, str(source)], capture_output=True, timeout=120, check=False
        )
        made = Path(folder) / f"in.{target}"
        if not made.exists():
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return made.read_bytes()


def make_office_pdf(manuscript: Manuscript, style: Style) -> bytes:
    """DOCX printed by LibreOffice."""
    return convert(make_docx(manuscript, style), "docx", "pdf")


def make_doc(manuscript: Manuscript, style: Style) -> bytes:
    """A legacy Word file, saved by LibreOffice."""
    return convert(make_docx(manuscript, style), "docx", "doc")
