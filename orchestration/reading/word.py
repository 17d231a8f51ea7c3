"""DOCX (and Word XML in one file): a walk over the body in the order it is printed.

Kept: tracked insertions, content controls, text boxes, results of fields, list numbers, footnotes.
Dropped: tracked deletions, hidden text, instructions of fields, headers and footers.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lxml import etree

from orchestration.reading.document import (
    Document,
    Doubt,
    DoubtKind,
    FileFormat,
    UnreadableReason,
)
from orchestration.reading.failures import unreadable
from orchestration.reading.flow import Flow, Table, TableCell, Text, blocks_of
from orchestration.reading.limits import Limits
from orchestration.reading.packages import Package, parse_xml
from orchestration.reading.word_runs import Fields, RunReader, with_text
from orchestration.reading.word_styles import (
    Numbering,
    Styles,
    attribute,
    child,
    is_on,
    local,
    number_of,
    whole,
)

#: Elements that only wrap what they hold.
_WRAPPERS = frozenset(
    {"sdtContent", "ins", "moveTo", "customXml", "smartTag", "sect", "body", "sub-section"}
)
_WRAPPERS_2003 = frozenset({":sect", ":sub-section", ":pBdrGroup", ":borders", ":apo"})
_DELETED = frozenset({"del", "moveFrom"})


def read_docx(data: bytes, file_name: str, *, limits: Limits) -> Document:
    """A DOCX file as a document.

    Raises:
        UnreadableError: damaged, hostile, or with nothing printed in it.
    """
    with Package(data, file_name, limits) as package:
        part = _main_part(package)
        root = package.xml(part)
        if root is None:
            raise unreadable(
                UnreadableReason.CORRUPT, file_name, "缺少正文部件", "its main part is missing"
            )
        beside = dict(package.relations(part).values())
        folder = part.rpartition("/")[0]
        parts = {
            kind: package.xml(beside.get(kind, f"{folder}/{kind}.xml"))
            for kind in ("styles", "numbering", "footnotes", "endnotes")
        }
    return _document(data, file_name, root, parts, limits)


def read_flat_word(data: bytes, file_name: str, *, limits: Limits) -> Document:
    """Word XML in one file: flat OPC, or the XML of Word 2003.

    Raises:
        UnreadableError: damaged, hostile, or with nothing printed in it.
    """
    root = parse_xml(data, file_name, "Word XML")
    if local(root) == "wordDocument":
        parts = {"styles": child(root, "styles"), "numbering": child(root, "lists")}
        return _document(data, file_name, root, parts, limits)
    found: dict[str, etree._Element | None] = {}
    for part in root:
        name = attribute(part, "name").rpartition("/")[2].removesuffix(".xml")
        content = next((c for c in part.iterchildren() if local(c) == ":xmlData"), None)
        if content is not None and len(content) and name not in found:
            found[name] = content[0]
    body = found.get("document")
    if body is None:
        raise unreadable(
            UnreadableReason.CORRUPT, file_name, "缺少正文部件", "its main part is missing"
        )
    return _document(data, file_name, body, found, limits)


def _main_part(package: Package) -> str:
    for kind, target in package.relations("").values():
        if kind == "officeDocument" and target in package:
            return target
    return "word/document.xml"


def _document(
    data: bytes,
    file_name: str,
    root: etree._Element,
    parts: dict[str, etree._Element | None],
    limits: Limits,
) -> Document:
    body = child(root, "body")
    if body is None:
        raise unreadable(
            UnreadableReason.CORRUPT, file_name, "正文部件没有正文", "its main part has no body"
        )
    walker = _Walker(
        Styles(parts.get("styles")), Numbering(parts.get("numbering")), file_name, limits
    )
    flow = walker.flow(body)
    for kind in ("footnotes", "endnotes"):
        flow += walker.notes_of(parts.get(kind), kind[:-1])
    blocks = blocks_of(flow)
    if not blocks:
        raise unreadable(
            UnreadableReason.NO_TEXT, file_name, "文档中没有文字", "there is no text in it"
        )
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        file_format=FileFormat.DOCX,
        blocks=blocks,
        doubts=walker.doubts(),
        readers=("word",),
        notes=tuple(sorted(walker.remarks)),
    )


class _Walker:
    """One pass over a body; counts lists and keeps open fields between paragraphs."""

    def __init__(
        self, styles: Styles, numbering: Numbering, file_name: str, limits: Limits
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._file_name = file_name
        self._limits = limits
        self._runs = RunReader(styles, Fields(), self.flow)
        self.remarks: set[str] = set()
        self._cells = 0

    def doubts(self) -> tuple[Doubt, ...]:
        """What the whole document is doubted for."""
        if not self._runs.unmapped:
            return ()
        return (
            Doubt(
                DoubtKind.UNMAPPED,
                f"{self._runs.unmapped} 个符号字体字符无法识别 / "
                f"{self._runs.unmapped} symbol(s) of symbol fonts not known",
            ),
        )

    def flow(self, container: etree._Element) -> list[Flow]:
        """Paragraphs and tables of a body, cell, text box or note, in order."""
        result: list[Flow] = []
        carried = ""  # text of a paragraph whose mark was deleted: it runs into the next
        for element in self._content(container):
            if local(element) == "tbl":
                result.append(self._table(element))
                continue
            text, boxes, runs_on = self._paragraph(element)
            text.text = carried + text.text
            carried = text.text if runs_on else ""
            if not runs_on:
                result.append(text)
            result += boxes
        if carried:
            result.append(Text(carried))
        return result

    def _content(self, container: etree._Element) -> Iterator[etree._Element]:
        """The paragraphs and tables of a container, wrappers opened."""
        for element in container:
            name = local(element)
            if name in ("p", "tbl"):
                yield element
            elif name in _WRAPPERS or name in _WRAPPERS_2003:
                yield from self._content(element)
            elif name == "sdt":
                inner = child(element, "sdtContent")
                if inner is not None:
                    yield from self._content(inner)
            elif name == ":AlternateContent":
                yield from self._content(with_text(element))
            elif name == "altChunk":
                self.remarks.add("嵌入的其他格式片段未读 / an embedded chunk was not read")

    def _paragraph(self, element: etree._Element) -> tuple[Text, list[Flow], bool]:
        """The text of a paragraph, the text boxes anchored in it, and whether it runs on."""
        properties = child(element, "pPr")
        style = attribute(child(properties, "pStyle"), "val") or self._styles.default_paragraph
        mark = child(properties, "rPr")
        text, boxes = self._runs.read(element, style)
        hidden = self._styles.hidden(style) or is_on(child(mark, "vanish"))
        deleted = any(local(c) in _DELETED for c in mark) if mark is not None else False
        if not (hidden and not text):
            text = self._number(properties, style) + text
        outline = child(properties, "outlineLvl")
        level = (
            self._styles.heading_level(style)
            if outline is None
            else (whole(outline, default=9) + 1 if whole(outline, default=9) < 9 else None)
        )
        return Text(text, level), boxes, deleted

    def _number(self, properties: etree._Element | None, style: str) -> str:
        own = child(properties, "numPr")
        if own is None:
            own = child(properties, "listPr")
        by_style = self._styles.number(style)
        if own is None and by_style is None:
            return ""
        list_id, depth = number_of(own) if own is not None else by_style or ("", 0)
        if own is not None and not list_id and by_style is not None:
            list_id = by_style[0]
        number = self._numbering.next(list_id, depth)
        return f"{number} " if number and number[-1].isascii() else number

    # --- tables -----------------------------------------------------------------------------

    def _table(self, element: etree._Element) -> Table:
        cells: list[TableCell] = []
        open_above: dict[int, TableCell] = {}  # column -> the cell whose vertical merge is open
        row_number = 0
        for row in self._rows(element):
            found = self._row(row, row_number, open_above)
            if found is not None:
                cells += found
                row_number += 1
        return Table(cells)

    def _rows(self, element: etree._Element) -> Iterator[etree._Element]:
        for item in element:
            name = local(item)
            if name == "tr":
                yield item
            elif name in _WRAPPERS or name == "sdt":
                yield from self._rows(item)

    def _row_cells(self, element: etree._Element) -> Iterator[etree._Element]:
        for item in element:
            name = local(item)
            if name == "tc":
                yield item
            elif name in _WRAPPERS or name == "sdt":
                yield from self._row_cells(item)

    def _row(
        self, element: etree._Element, row: int, open_above: dict[int, TableCell]
    ) -> list[TableCell] | None:
        """The cells that start in a row; None where the row is not printed."""
        properties = child(element, "trPr")
        if any(local(p) == "del" for p in properties) if properties is not None else False:
            return None
        if is_on(child(properties, "hidden")):
            self.remarks.add("隐藏的表格行已略 / a hidden table row was left out")
            return None
        column = whole(child(properties, "gridBefore"))
        if not column and properties is not None:
            column = whole(child(properties, "wBefore"), "gridSpan")
        started: list[TableCell] = []
        still_open: dict[int, TableCell] = {}
        for item in self._row_cells(element):
            cell, merge = self._cell(item, row, column)
            above = open_above.get(column)
            if merge == "continue" and above is not None and above.colspan == cell.colspan:
                above.rowspan = row - above.row + 1
                still_open[column] = above
                column += cell.colspan
                continue
            if merge == "across" and started:
                started[-1].colspan += cell.colspan
                column += cell.colspan
                continue
            started.append(cell)
            if merge in ("restart", "continue"):
                still_open[column] = cell
            column += cell.colspan
        open_above.clear()
        open_above.update(still_open)
        return started

    def _cell(self, element: etree._Element, row: int, column: int) -> tuple[TableCell, str]:
        """A cell and how it merges: ``restart``, ``continue``, ``across`` or empty."""
        self._cells += 1
        if self._cells > self._limits.max_cells:
            raise unreadable(
                UnreadableReason.TOO_LARGE,
                self._file_name,
                f"单元格超过 {self._limits.max_cells} 个",
                f"it has more than {self._limits.max_cells} cells",
            )
        properties = child(element, "tcPr")
        span = max(1, min(whole(child(properties, "gridSpan"), default=1), 500))
        merge = ""
        vertical = child(properties, "vMerge")
        if vertical is None:
            vertical = child(properties, "vmerge")
        if vertical is not None:
            merge = attribute(vertical, "val", "continue") or "continue"
        across = child(properties, "hMerge")
        if across is None:
            across = child(properties, "hmerge")
        if across is not None and attribute(across, "val", "continue") == "continue":
            merge = "across"
        direction = attribute(child(properties, "textDirection"), "val").lower()
        # What stands in the hidden part of a merged cell is not printed, but its lists count.
        content = self.flow(element)
        cell = TableCell(row, column, 1, span, content, vertical=direction[:4] in ("tbrl", "btlr"))
        return cell, merge

    def notes_of(self, root: etree._Element | None, kind: str) -> list[Flow]:
        """Footnotes or endnotes with their numbers as places."""
        result: list[Flow] = []
        for note in root if root is not None else ():
            if local(note) != kind or attribute(note, "type") not in ("", "normal"):
                continue
            for item in self.flow(note):
                if isinstance(item, Text):
                    item.path = f"{kind} {attribute(note, 'id')}"
                result.append(item)
        return result
