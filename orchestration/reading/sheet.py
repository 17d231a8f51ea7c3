"""XLSX: the sheets as shown, from the parts of the package themselves.

Formulas count by their stored result and are never evaluated; hidden sheets, rows and columns are
left out and noted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from orchestration.reading.document import (
    Block,
    Document,
    Doubt,
    DoubtKind,
    FileFormat,
    Grid,
    UnreadableReason,
)
from orchestration.reading.failures import unreadable
from orchestration.reading.limits import Limits
from orchestration.reading.number_format import BUILT_IN, exact, show, show_text
from orchestration.reading.packages import Package
from orchestration.reading.sheet_regions import (
    AreaTooLargeError,
    Sheet,
    SheetCell,
    column_name,
    sheet_blocks,
)
from orchestration.reading.word_marks import lowered, raised

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_COLUMNS = 16_384


def read_xlsx(data: bytes, file_name: str, *, limits: Limits) -> Document:
    """An XLSX workbook as a document.

    Raises:
        UnreadableError: damaged, hostile, too many cells, or nothing shown in it.
    """
    with Package(data, file_name, limits) as package:
        book = _Workbook(package, file_name, limits)
        sheets = list(book.sheets())
    return workbook_document(data, file_name, sheets, book.notes, "sheet")


def workbook_document(
    data: bytes, file_name: str, sheets: list[Sheet], notes: list[str], reader: str
) -> Document:
    """The document of the visible sheets of a workbook.

    Raises:
        UnreadableError: nothing is shown on any sheet.
    """
    blocks: list[Block] = []
    for sheet in sheets:
        try:
            blocks += sheet_blocks(sheet, 1 + sum(isinstance(block, Grid) for block in blocks))
        except AreaTooLargeError as error:
            raise unreadable(
                UnreadableReason.TOO_LARGE,
                file_name,
                f"工作表“{sheet.name}”的区域过大（{error}）",
                f"sheet {sheet.name} spans too much ({error})",
            ) from error
        for kind, count in (("行", len(sheet.hidden_rows)), ("列", len(sheet.hidden_columns))):
            if count:
                english = "row" if kind == "行" else "column"
                notes.append(
                    f"'{sheet.name}'：隐藏的 {count} {kind}未读 / "
                    f"{count} hidden {english}(s) left out"
                )
    if not blocks:
        raise unreadable(
            UnreadableReason.NO_TEXT,
            file_name,
            "工作簿中没有可见内容",
            "nothing is shown on any sheet",
        )
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        file_format=FileFormat.XLSX,
        blocks=tuple(blocks),
        readers=(reader,),
        notes=tuple(notes),
    )


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    if element is not None:
        yield from (c for c in element if _name(c) == name)


def _child(element: etree._Element | None, *names: str) -> etree._Element | None:
    for name in names:
        element = next(_children(element, name), None)
    return element


def _on(value: str | None) -> bool:
    return value in ("1", "true", "on")


class _Workbook:
    """The parts of a workbook that cells refer to; ``notes`` collects what was left out."""

    def __init__(self, package: Package, file_name: str, limits: Limits) -> None:
        self._package = package
        self._file_name = file_name
        self._limits = limits
        self.notes: list[str] = []
        self._part = next(
            (t for kind, t in package.relations("").values() if kind == "officeDocument"),
            "xl/workbook.xml",
        )
        root = package.xml(self._part)
        if root is None:
            raise unreadable(
                UnreadableReason.CORRUPT,
                file_name,
                "缺少工作簿部件",
                "its workbook part is missing",
            )
        self._root = root
        self._relations = package.relations(self._part)
        properties = _child(root, "workbookPr")
        self._date_1904 = properties is not None and _on(properties.get("date1904"))
        self._strings = list(self._shared_strings())
        self._read_styles()
        self._cells = 0

    def _beside(self, kind: str) -> etree._Element | None:
        target = next((t for k, t in self._relations.values() if k == kind), None)
        return self._package.xml(target) if target else None

    def _shared_strings(self) -> Iterator[str]:
        root = self._beside("sharedStrings")
        for item in _children(root, "si"):
            yield _rich_text(item)

    def _read_styles(self) -> None:
        root = self._beside("styles")
        codes = dict(BUILT_IN)
        for item in _children(_child(root, "numFmts"), "numFmt"):
            codes[int(item.get("numFmtId", "0"))] = item.get("formatCode", "General")
        borders = [
            any(side.get("style") not in (None, "none") for side in border)
            for border in _children(_child(root, "borders"), "border")
        ]
        self._formats: list[tuple[str, bool, bool]] = []  # code, bordered, vertical
        for style in _children(_child(root, "cellXfs"), "xf"):
            border = int(style.get("borderId", "0"))
            alignment = _child(style, "alignment")
            self._formats.append(
                (
                    codes.get(int(style.get("numFmtId", "0")), "General"),
                    borders[border] if border < len(borders) else False,
                    alignment is not None and alignment.get("textRotation") == "255",
                )
            )

    def sheets(self) -> Iterator[Sheet]:
        """The visible worksheets in the order of their tabs."""
        for entry in _children(_child(self._root, "sheets"), "sheet"):
            name = entry.get("name", "")
            if entry.get("state", "visible") != "visible":
                self.notes.append(f"隐藏的工作表“{name}”未读 / hidden sheet left out")
                continue
            identity = next((v for k, v in entry.attrib.items() if str(k).endswith("}id")), "")
            kind, target = self._relations.get(str(identity), ("", ""))
            if kind != "worksheet":
                continue
            root = self._package.xml(target)
            if root is None:
                raise unreadable(
                    UnreadableReason.CORRUPT,
                    self._file_name,
                    f"缺少工作表“{name}”的部件",
                    f"the part of sheet {name} is missing",
                )
            sheet = self._sheet(root, name)
            sheet.boxes = self._drawn(target)
            yield sheet

    def _sheet(self, root: etree._Element, name: str) -> Sheet:
        sheet = Sheet(name)
        view = _child(root, "sheetViews", "sheetView")
        zeros = view is None or view.get("showZeros") not in ("0", "false")
        for column in _children(_child(root, "cols"), "col"):
            if _on(column.get("hidden")) or column.get("width") == "0":
                first, last = int(column.get("min", "1")), int(column.get("max", "1"))
                sheet.hidden_columns |= set(range(first - 1, min(last, _MAX_COLUMNS)))
        number = -1
        for row in _children(_child(root, "sheetData"), "row"):
            number = int(row.get("r", number + 2)) - 1
            if _on(row.get("hidden")) or row.get("ht") == "0":
                sheet.hidden_rows.add(number)
            self._row(row, number, sheet, zeros=zeros)
        for merge in _children(_child(root, "mergeCells"), "mergeCell"):
            corners = _REFERENCE.findall(merge.get("ref", ""))
            if len(corners) == 2:
                (left, top), (right, bottom) = corners
                sheet.merges.append((int(top) - 1, _column(left), int(bottom) - 1, _column(right)))
        used = {c for _, c in sheet.cells}
        sheet.hidden_columns &= set(range(max(used, default=-1) + 1))
        return sheet

    def _row(self, row: etree._Element, number: int, sheet: Sheet, *, zeros: bool) -> None:
        column = -1
        for element in _children(row, "c"):
            reference = _REFERENCE.fullmatch(element.get("r", ""))
            column = _column(reference.group(1)) if reference else column + 1
            style = int(element.get("s", "0"))
            code, bordered, vertical = (
                self._formats[style] if style < len(self._formats) else ("General", False, False)
            )
            text, doubts = self._shown(element, code, sheet.name, number, column, zeros=zeros)
            if not (text or bordered or doubts):
                continue
            self._cells += 1
            if self._cells > self._limits.max_cells:
                raise unreadable(
                    UnreadableReason.TOO_LARGE,
                    self._file_name,
                    f"单元格超过 {self._limits.max_cells} 个",
                    f"it has more than {self._limits.max_cells} cells",
                )
            sheet.cells[(number, column)] = SheetCell(text, bordered, vertical, doubts)

    def _shown(  # noqa: PLR0911 - one return a type of cell
        self,
        element: etree._Element,
        code: str,
        sheet: str,
        row: int,
        column: int,
        *,
        zeros: bool,
    ) -> tuple[str, tuple[Doubt, ...]]:
        """The text of a cell as shown, and why it may be doubted."""
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return show_text(_rich_text(_child(element, "is")), code), ()
        stored = _child(element, "v")
        value = "" if stored is None else (stored.text or "")
        formula = _child(element, "f")
        typed = _typed(formula, value, kind)
        if typed is not None:
            return show_text(typed, code), ()
        if not value:
            if formula is None or (stored is not None and kind == "str"):
                return "", ()
            where = f"'{sheet}'!{column_name(column)}{row + 1}"
            detail = f"{where} 的公式没有缓存结果 / formula without a stored result"
            return "", (Doubt(DoubtKind.UNCOMPUTED, detail, first=formula.text or ""),)
        if kind == "s":
            index = int(value)
            return show_text(self._strings[index], code), ()
        if kind == "b":
            return ("TRUE" if value == "1" else "FALSE"), ()
        if kind == "d":
            return value, ()
        if kind in ("str", "e"):
            return show_text(_unescaped(value), code), ()
        return self._number(value, code, zeros=zeros), ()

    def _number(self, value: str, code: str, *, zeros: bool) -> str:
        try:
            number = exact(value)
        except (ValueError, InvalidOperation):
            return value
        if number == Decimal(0) and not zeros:
            return ""
        return show(number, code, date_1904=self._date_1904)

    def _drawn(self, part: str) -> list[tuple[int, str]]:
        """Texts of the boxes drawn over a sheet."""
        found: list[tuple[int, str]] = []
        for kind, target in self._package.relations(part).values():
            root = self._package.xml(target) if kind == "drawing" else None
            for anchor in root if root is not None else ():
                row = _child(anchor, "from", "row")
                lines = [
                    "".join(str(t.text or "") for t in p.iter() if _name(t) == "t")
                    for p in anchor.iter()
                    if _name(p) == "p"
                ]
                text = "\n".join(line for line in lines if line.strip())
                if text:
                    found.append((int(row.text or 0) if row is not None else 0, text))
        return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _rich_text(item: etree._Element | None) -> str:
    """The runs of a string; readings printed over characters (``rPh``) are no part of it."""
    pieces: list[str] = []
    for element in item if item is not None else ():
        if _name(element) == "t":
            pieces.append(element.text or "")
        elif _name(element) == "r":
            text = "".join(str(t.text or "") for t in _children(element, "t"))
            position = _child(element, "rPr", "vertAlign")
            kind = position.get("val") if position is not None else ""
            change = {"superscript": raised, "subscript": lowered}.get(kind or "")
            pieces.append(change(text) if change else text)
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    text = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), text) if "_x" in text else text
    return text.replace("\r\n", "\n").replace("\r", "\n")


#: What a person types as words and a writer of files takes for a formula: ``=0起``, ``=100%``.
_TYPED = re.compile(
    r"[<>=]?\s*\d[\d.,]*\s*(?:%|(?:[\u4e00-\u9fff/%]{1,12}(?:[(（][^()（）]{1,20}[)）])?))"
)


def _typed(formula: etree._Element | None, value: str, kind: str) -> str | None:
    """The words of a cell whose formula is none: a number with a unit, without a result."""
    text = (formula.text or "") if formula is not None else ""
    if (value and kind != "e") or not _TYPED.fullmatch(text.strip()):
        return None
    return f"={text.strip()}"
