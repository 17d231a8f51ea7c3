"""The makers: manuscript and style in, bytes of one file out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.typeset.makers.canvas_pdf import make_pdf
from tests.typeset.makers.docx_file import make_doc, make_docx, make_office_pdf, office_available
from tests.typeset.makers.programs import PROGRAMS
from tests.typeset.makers.scan import make_scan
from tests.typeset.makers.sheet import make_xls, make_xlsx
from tests.typeset.makers.style import Style
from tests.typeset.makers.text import (
    make_broken_lines,
    make_cell_lines,
    make_ragged_tabs,
    make_spaced_lines,
    make_tabbed,
    make_visual_lines,
)
from tests.typeset.makers.typst_pdf import make_typst_pdf
from tests.typeset.makers.web import (
    chromium_available,
    make_chromium_pdf,
    make_html,
    make_weasy_pdf,
)
from tests.typeset.table import Manuscript


@dataclass(frozen=True, slots=True)
class Maker:
    """A way to make a file: its format, its suffix and the function."""

    name: str
    file_format: str  # dim_report.file_format
    suffix: str
    make: Callable[[Manuscript, Style], bytes]
    keeps_grid: bool = True  # cells and spans can be read back exactly
    needs_office: bool = False
    needs_chromium: bool = False
    is_usual: bool = True  # drawn in turn where nobody names makers

    @property
    def available(self) -> bool:
        """Whether the program it needs is installed."""
        if self.name in PROGRAMS:
            return PROGRAMS[self.name].available
        return (office_available() or not self.needs_office) and (
            chromium_available() or not self.needs_chromium
        )


MAKERS: dict[str, Maker] = {
    maker.name: maker
    for maker in (
        Maker("canvas", "pdf", ".pdf", make_pdf),
        Maker("weasyprint", "pdf", ".pdf", make_weasy_pdf),
        Maker("typst", "pdf", ".pdf", make_typst_pdf),
        Maker("chromium", "pdf", ".pdf", make_chromium_pdf, needs_chromium=True),
        Maker("office", "pdf", ".pdf", make_office_pdf, needs_office=True),
        Maker("scan", "pdf", ".pdf", make_scan, keeps_grid=False),
        Maker("docx", "docx", ".docx", make_docx),
        Maker("doc", "doc", ".doc", make_doc, needs_office=True),
        Maker("html", "html", ".html", make_html),
        Maker("xlsx", "xlsx", ".xlsx", make_xlsx),
        Maker("xls", "xlsx", ".xls", make_xls),
        Maker("tabbed", "txt", ".txt", make_tabbed, keeps_grid=False),
        Maker("cell_lines", "txt", ".txt", make_cell_lines, keeps_grid=False),
        Maker("broken_lines", "txt", ".txt", make_broken_lines, keeps_grid=False),
        Maker("spaced_lines", "txt", ".txt", make_spaced_lines, keeps_grid=False),
        Maker("visual_lines", "txt", ".txt", make_visual_lines, keeps_grid=False),
        Maker("ragged_tabs", "txt", ".txt", make_ragged_tabs, keeps_grid=False),
        *(
            Maker(name, "pdf", ".pdf", program.make, is_usual=False)
            for name, program in PROGRAMS.items()
        ),
    )
}

__all__ = ["MAKERS", "Maker", "Style", "office_available"]
