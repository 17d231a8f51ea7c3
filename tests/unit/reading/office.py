"""Builds small Office files for tests, part by part."""

from __future__ import annotations

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP container of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx(body: str, *, prolog: str = "", **parts: str) -> bytes:
    """A DOCX file from the inner XML of its body; further parts by name (``numbering``, …)."""
    document = f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>"
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": prolog + document,
    }
    for name, content in parts.items():
        root = {"numbering": "numbering", "styles": "styles"}.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {_NAMESPACES}>{content}</w:{root}>"
    return zipped(files)


def p(text: str = "", properties: str = "") -> str:
    """A paragraph of one run."""
    run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}</w:p>"


def tc(content: str = "", properties: str = "") -> str:
    """A table cell; ``content`` is text, or XML where it starts with ``<``."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A table row."""
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    """Properties of a cell over several columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


MERGE_START = '<w:vMerge w:val="restart"/>'
MERGE_ON = "<w:vMerge/>"
