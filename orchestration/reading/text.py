"""Plain text: paragraphs with the numbers of their lines, tables by tabs, pipes or alignment."""

from __future__ import annotations

import hashlib

from orchestration.reading.document import (
    Block,
    Document,
    Doubt,
    DoubtKind,
    FileFormat,
    Grid,
    UnreadableReason,
)
from orchestration.reading.encoding import decode
from orchestration.reading.failures import unreadable
from orchestration.reading.limits import Limits
from orchestration.reading.plain_lines import paragraphs_of, split_lines, without_page_marks
from orchestration.reading.plain_tables import find_tables


def read_text(data: bytes, file_name: str, *, limits: Limits) -> Document:
    """A text file as a document.

    Cells of tabbed tables are as many as the tabs say, blanks included; merges are not guessed.
    Lines that start with a tab (one cell a line) stay paragraphs with their tab.

    Raises:
        UnreadableError: no text, nothing printed, or more characters than the limit.
    """
    decoded = decode(data)
    if decoded is None:
        raise unreadable(
            UnreadableReason.UNSUPPORTED, file_name, "无法判定文本编码", "its encoding is unknown"
        )
    if len(decoded.text) > limits.max_text_chars:
        raise unreadable(
            UnreadableReason.TOO_LARGE,
            file_name,
            f"文本有 {len(decoded.text)} 个字符，超过上限",
            f"it has {len(decoded.text)} characters, over the limit",
        )
    lines, bookmarks = split_lines(decoded.text)
    if not any(line.text.strip() for line in lines):
        raise unreadable(UnreadableReason.EMPTY, file_name, "文件没有内容", "it holds nothing")
    lines = without_page_marks(lines)
    notes = [f"encoding: {decoded.encoding}"]
    if bookmarks:
        notes.append(f"{bookmarks} 处书签标记已略 / {bookmarks} bookmark mark(s) dropped")
    blocks: list[Block] = []
    position = 0
    for ordinal, table in enumerate(find_tables(lines), start=1):
        blocks += paragraphs_of(lines[position : table.first])
        blocks.append(Grid(ordinal, len(table.rows), table.width, table.cells(), table.kind))
        notes += [f"table {ordinal}: {note}" for note in table.notes]
        position = table.last + 1
    blocks += paragraphs_of(lines[position:])
    doubts: tuple[Doubt, ...] = ()
    if decoded.damaged:
        doubts = (
            Doubt(
                DoubtKind.UNMAPPED,
                f"{decoded.damaged} 个字符无法解码 / {decoded.damaged} characters not decodable",
            ),
        )
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        file_format=FileFormat.TXT,
        blocks=tuple(blocks),
        doubts=doubts,
        readers=("text",),
        notes=tuple(notes),
    )
