"""PDF by programs that few use, where they are installed: each breaks in ways of its own.

They are not among the makers that are drawn in turn; ``measure_reading --makers`` names them.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.properties import PageSetupProperties

from tests.typeset.makers.docx_file import make_docx
from tests.typeset.makers.sheet import make_xlsx
from tests.typeset.makers.style import Style
from tests.typeset.makers.web import print_page
from tests.typeset.table import Manuscript


@dataclass(frozen=True, slots=True)
class Program:
    """A program that makes a PDF of a file; ``{source}`` and ``{made}`` stand for their paths."""

    command: tuple[str, ...]
    suffix: str
    source: Callable[[Manuscript, Style], bytes]

    @property
    def available(self) -> bool:
        """Whether it is installed (and a display for it, where it wants one)."""
        return all(shutil.which(word) for word in self.command if word in _PROGRAMS)

    def make(self, manuscript: Manuscript, style: Style) -> bytes:
        """The PDF.

        Raises:
            RuntimeError: the program gave no file.
        """
        with tempfile.TemporaryDirectory() as folder:
            source, made = Path(folder) / f"in{self.suffix}", Path(folder) / "in.pdf"
            source.write_bytes(self.source(manuscript, style))
            command = [
                word.format(source=source, made=made, folder=folder) for word in self.command
            ]
            done = subprocess.run(
                command,
                capture_output=True,
                timeout=200,
                check=False,
                env={**os.environ, "HOME": folder},
            )
            if not made.exists():
                raise RuntimeError(done.stderr.decode(errors="replace"))
            return made.read_bytes()


def _page(manuscript: Manuscript, style: Style) -> bytes:
    return print_page(manuscript, style).encode("utf-8")


def _fitted(manuscript: Manuscript, style: Style) -> bytes:
    """A workbook whose sheets are printed one page wide."""
    book = load_workbook(io.BytesIO(make_xlsx(manuscript, style)))
    for sheet in book.worksheets:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


_DISPLAY = ("xvfb-run", "-a")
_PROGRAMS = {"xvfb-run", "wkhtmltopdf", "abiword", "ssconvert", "soffice"}

#: Qt's printing; AbiWord (Pango and cairo) from DOCX; Gnumeric (rows of a fixed height, which hide
#: what does not fit) and LibreOffice Calc from workbooks.
PROGRAMS: dict[str, Program] = {
    "wkhtmltopdf": Program((*_DISPLAY, "wkhtmltopdf", "-q", "{source}", "{made}"), ".html", _page),
    "abiword": Program(
        (*_DISPLAY, "abiword", "--to=pdf", "--to-name={made}", "{source}"), ".docx", make_docx
    ),
    "gnumeric": Program(("ssconvert", "{source}", "{made}"), ".xlsx", _fitted),
    "calc": Program(
        (
            *("soffice", "-env:UserInstallation=file://{folder}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", "{folder}", "{source}"),
        ),
        ".xlsx",
        _fitted,
    ),
}
