"""HTML pages of government sites, and web pages saved by Word and Excel.

Layout tables dissolve into what they hold, data tables become grids with their spans; navigation
around an article is left out where it is plain that it is navigation. Nothing is fetched or run.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from orchestration.reading.document import Document, FileFormat, UnreadableReason
from orchestration.reading.encoding import decode
from orchestration.reading.failures import corrupt, unreadable
from orchestration.reading.flow import Flow, Table, TableCell, Text, blocks_of
from orchestration.reading.limits import Limits
from orchestration.reading.sniff import declared_encoding
from orchestration.reading.web_boilerplate import boilerplate, is_hidden
from orchestration.reading.word_marks import lowered, raised

_DROPPED = frozenset(
    {
        *("script", "style", "noscript", "template", "head", "iframe", "object", "embed", "svg"),
        *("select", "button", "textarea", "canvas", "audio", "video", "map", "del", "colgroup"),
        *("col", "param", "link", "meta", "title", "xml"),
    }
)
_BLOCKS = frozenset(
    {
        *("p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "ul", "ol"),
        *("li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "form"),
        *(
            "fieldset",
            "center",
            "address",
            "figure",
            "figcaption",
            "hr",
            "body",
            "html",
            "tr",
            "td",
        ),
        *("th", "tbody", "thead", "tfoot", "caption", "details", "summary"),
    }
)
_MAX_SPAN = 1000
_CJK = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]"
_BREAK_IN_CHINESE = re.compile(rf"(?<={_CJK})[ \t]*[\r\n]+[ \t\r\n]*(?={_CJK})")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
#: A cell with so much text under its own paragraphs is an article, not a datum.
_ARTICLE_CHARS = 400


def read_html(data: bytes, file_name: str, *, limits: Limits) -> Document:
    """A web page as a document.

    Raises:
        UnreadableError: no text in it, or nested beyond reason.
    """
    decoded = decode(data, declared_encoding(data))
    if decoded is None:
        raise unreadable(
            UnreadableReason.UNSUPPORTED, file_name, "无法判定网页编码", "its encoding is unknown"
        )
    page = _Page(_parsed(decoded.text, file_name), file_name, limits)
    return _document(data, file_name, page.flow(), [f"encoding: {decoded.encoding}", *page.notes])


def read_mhtml(data: bytes, file_name: str, *, limits: Limits) -> Document:
    """A "single file web page" of Word, Excel or a browser: its HTML parts, one after another.

    Raises:
        UnreadableError: no HTML part, or no text in them.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.compat32)
        pages = [
            part.get_payload(decode=True)
            for part in message.walk()
            if part.get_content_type() in ("text/html", "application/xhtml+xml")
        ]
    except Exception as error:
        raise corrupt(file_name, error, "the MIME parts", "网页归档") from error
    flow: list[Flow] = []
    notes: list[str] = []
    for page_bytes in pages:
        if not isinstance(page_bytes, bytes):
            continue
        decoded = decode(page_bytes, declared_encoding(page_bytes))
        if decoded is None:
            continue
        page = _Page(_parsed(decoded.text, file_name), file_name, limits)
        flow += page.flow()
        notes += page.notes
    return _document(data, file_name, flow, notes)


def _document(data: bytes, file_name: str, flow: list[Flow], notes: list[str]) -> Document:
    blocks = blocks_of(flow)
    if not blocks:
        raise unreadable(
            UnreadableReason.NO_TEXT,
            file_name,
            "网页中没有文字",
            "there is no text in the page",
            ("请保存正文页面本身（不要保存框架页）", "save the page of the text, not its frame"),
        )
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        file_format=FileFormat.HTML,
        blocks=blocks,
        readers=("web",),
        notes=tuple(dict.fromkeys(notes)),
    )


def _parsed(text: str, file_name: str) -> etree._Element:
    parser = lxml.html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    # A declaration of encoding no longer holds for decoded text.
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).replace("\x00", "")
    try:
        root = lxml.html.document_fromstring(text, parser=parser)
    except etree.ParserError as error:
        raise unreadable(
            UnreadableReason.EMPTY, file_name, "网页没有内容", "the page is empty"
        ) from error
    for entry in parser.error_log:
        if "depth" in entry.message.lower() or "huge" in entry.message.lower():
            raise unreadable(
                UnreadableReason.TOO_LARGE,
                file_name,
                "网页嵌套过深或内容过大",
                "the page is nested too deep or too large",
            )
    return root


@dataclass(slots=True)
class _Buffer:
    """The line being built and the blocks before it."""

    flow: list[Flow] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    path: str | None = None
    level: int | None = None
    prefix: str = ""

    def flush(self) -> None:
        """End the paragraph."""
        text = _squeezed("".join(self.pieces))
        self.pieces.clear()
        if text:
            self.flow.append(Text(self.prefix + text, self.level, self.path))
            self.prefix = ""


class _Page:
    """One parsed page; ``notes`` says what was left out."""

    def __init__(self, root: etree._Element, file_name: str, limits: Limits) -> None:
        body = root.find("body")
        self._body = root if body is None else body
        self._tree = root.getroottree()
        self._file_name = file_name
        self._limits = limits
        self._cells = 0
        self._left_out, chars = boilerplate(self._body)
        self.notes = [f"导航等 {chars} 字已略 / {chars} characters of navigation left out"]
        if not chars:
            self.notes.clear()

    def flow(self) -> list[Flow]:
        """The page's paragraphs and tables in order."""
        return self._flow(self._body)

    def _flow(self, element: etree._Element) -> list[Flow]:
        buffer = _Buffer(path=self._path(element))
        self._inside(element, buffer)
        buffer.flush()
        return buffer.flow

    def _path(self, element: etree._Element) -> str:
        return str(self._tree.getpath(element))

    def _skipped(self, element: etree._Element) -> bool:
        return (
            not isinstance(element.tag, str)
            or element.tag.rpartition(":")[2].lower() in _DROPPED
            or element in self._left_out
            or is_hidden(element)
        )

    def _inside(self, element: etree._Element, buffer: _Buffer) -> None:
        if element.text:
            buffer.pieces.append(element.text)
        for child in element:
            if not self._skipped(child):
                self._element(child, buffer)
            if child.tail:
                buffer.pieces.append(child.tail)

    def _element(self, element: etree._Element, buffer: _Buffer) -> None:
        tag = str(element.tag).lower()
        if tag == "br":
            buffer.pieces.append("\v")
        elif tag == "table":
            buffer.flush()
            buffer.flow += self._table(element)
        elif tag == "input":
            buffer.pieces.append(_input(element))
        elif tag in ("sup", "sub"):
            text = "".join(str(t) for t in element.itertext())
            buffer.pieces.append(raised(text) if tag == "sup" else lowered(text))
        elif tag in _BLOCKS:
            self._block(element, tag, buffer)
        else:
            self._inside(element, buffer)

    def _block(self, element: etree._Element, tag: str, buffer: _Buffer) -> None:
        buffer.flush()
        outside = (buffer.path, buffer.level)
        buffer.path = self._path(element)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            buffer.level = int(tag[1])
        if tag == "li":
            buffer.prefix = _item_number(element)
        if tag == "pre":
            text = "".join(str(t) for t in element.itertext()).replace("\n", "\v")
            buffer.pieces.append(text)
        else:
            self._inside(element, buffer)
        buffer.flush()
        buffer.prefix = ""
        buffer.path, buffer.level = outside

    # --- tables -----------------------------------------------------------------------------

    def _table(self, element: etree._Element) -> list[Flow]:
        cells: list[TableCell] = []
        taken: set[tuple[int, int]] = set()
        rows = [row for row in _rows(element) if not self._skipped(row)]
        for number, row in enumerate(rows):
            column = 0
            row_path = self._path(row)
            seen = {"td": 0, "th": 0}
            for item in row:
                if item.tag not in ("td", "th"):
                    continue
                seen[str(item.tag)] += 1
                if self._skipped(item):
                    continue
                while (number, column) in taken:
                    column += 1
                path = f"{row_path}/{item.tag}[{seen[str(item.tag)]}]"
                cell = self._cell(item, number, column, len(rows), taken)
                cell.path = path
                cells.append(cell)
                column += cell.colspan
        table = Table(cells, path=self._path(element))
        caption = element.find("caption")
        before: list[Flow] = []
        if caption is not None and not self._skipped(caption):
            before = self._flow(caption)
            table.name = " ".join(t.text for t in before if isinstance(t, Text)) or None
        if _is_layout(table):
            return before + [item for cell in table.cells for item in cell.content]
        return [*before, table]

    def _cell(
        self,
        element: etree._Element,
        row: int,
        column: int,
        n_rows: int,
        taken: set[tuple[int, int]],
    ) -> TableCell:
        self._cells += 1
        wide = _span(element.get("colspan"), 1)
        tall = _span(element.get("rowspan"), 1) or n_rows
        tall = min(tall, n_rows - row)
        # A cell never covers what another covers already.
        width = 1
        while width < wide and (row, column + width) not in taken:
            width += 1
        height = 1
        while height < tall and not any((row + height, column + c) in taken for c in range(width)):
            height += 1
        if self._cells > self._limits.max_cells or len(taken) > self._limits.max_cells:
            raise unreadable(
                UnreadableReason.TOO_LARGE,
                self._file_name,
                f"单元格超过 {self._limits.max_cells} 个",
                f"it has more than {self._limits.max_cells} cells",
            )
        taken.update((row + r, column + c) for r in range(height) for c in range(width))
        style = (element.get("style") or "").replace(" ", "").lower()
        vertical = "writing-mode:tb" in style or "writing-mode:vertical" in style
        return TableCell(row, column, height, width, self._flow(element), vertical=vertical)


def _rows(table: etree._Element) -> list[etree._Element]:
    """The rows in the order they are shown: head, bodies, foot."""
    head: list[etree._Element] = []
    body: list[etree._Element] = []
    foot: list[etree._Element] = []
    for child in table:
        if child.tag == "tr":
            body.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            group = {"thead": head, "tfoot": foot}.get(str(child.tag), body)
            group += [row for row in child if row.tag == "tr"]
    return head + body + foot


def _span(value: str | None, default: int) -> int:
    found = re.match(r"\s*(\d{1,5})", value or "")
    return min(int(found.group(1)), _MAX_SPAN) if found else default


def _is_layout(table: Table) -> bool:
    """Whether a table only places things on the page: no rows of data of its own.

    Leaf tables are data unless they have a single column, or lay an article beside something.
    """
    if table.n_cols <= 1 or len(table.cells) <= 1:
        return True
    filled = [cell for cell in table.cells if cell.text.strip()]
    if any(table.nested()):
        own = [c for c in filled if not any(isinstance(i, Table) for i in c.content)]
        rows = [sum(c.row == r for c in own) for r in range(table.n_rows)]
        return sum(count >= 2 for count in rows) < 2
    return any(map(_is_article, filled)) and table.n_rows <= 2 and len(filled) <= 3


def _is_article(cell: TableCell) -> bool:
    """Whether a cell holds an article: several paragraphs that are long or have a heading."""
    texts = [item for item in cell.content if isinstance(item, Text)]
    headed = any(text.heading_level is not None for text in texts)
    return len(texts) >= 3 and (headed or len(cell.text) > _ARTICLE_CHARS)


def _item_number(element: etree._Element) -> str:
    """``1.`` for an item of a numbered list, else nothing."""
    parent = element.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return ""
    position = 1 + sum(1 for before in element.itersiblings("li", preceding=True))
    return f"{_span(parent.get('start'), 1) + position - 1}. "


def _input(element: etree._Element) -> str:
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in element.attrib else "□"
    return element.get("value") or "" if kind == "text" else ""


def _squeezed(text: str) -> str:
    """White space as a browser shows it; forced line ends are kept as line ends."""
    text = _BREAK_IN_CHINESE.sub("", text)
    text = _BLANKS.sub(" ", text).replace("\u00a0", " ")
    lines = [line.strip(" \u3000") for line in text.split("\v")]
    return "\n".join(lines).strip("\n")
