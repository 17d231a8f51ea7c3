"""Legacy Word documents (.doc), read from their bytes: no office suite is needed.

Kept and dropped as in DOCX: results of fields are kept, hidden and deleted text is dropped,
headers and comments are no part of the text; footnotes and text boxes follow the body.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.reading.doc_binary import WordBinary
from orchestration.reading.doc_lists import numbering
from orchestration.reading.doc_properties import (
    CharacterProperties,
    ParagraphProperties,
    character,
    paragraph,
    row,
)
from orchestration.reading.doc_tables import TableBuilder
from orchestration.reading.document import (
    Document,
    Doubt,
    DoubtKind,
    FileFormat,
    UnreadableReason,
)
from orchestration.reading.failures import corrupt, unreadable
from orchestration.reading.flow import Flow, Text, blocks_of
from orchestration.reading.limits import Limits
from orchestration.reading.word_marks import UNMAPPED, lowered, raised, symbol

_CELL, _PARAGRAPH, _SECTION = "\x07", "\r", "\x0c"
_FIELD_START, _FIELD_RESULT, _FIELD_END = "\x13", "\x14", "\x15"
#: Characters that stand for something else than themselves.
_PLAIN = {"\x0b": "\n", "\x1e": "-", "\x1f": "", "\t": "\t", "\xa0": " ", "\x0e": ""}
_SYMBOL_MARK = "("


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    mark: str
    properties: ParagraphProperties
    grpprl: bytes
    style: int


def read_doc(data: bytes, file_name: str, *, limits: Limits) -> Document:
    """A .doc file as a document.

    Raises:
        UnreadableError: damaged, encrypted, older than Word 97, or without text.
    """
    word = WordBinary(data, file_name, limits)
    try:
        reader = _Reader(word)
        flow = reader.flow()
    except (struct.error, IndexError) as error:
        raise corrupt(file_name, error, "the text of the Word binary", "Word 正文") from error
    blocks = blocks_of(flow)
    if not blocks:
        raise unreadable(
            UnreadableReason.NO_TEXT, file_name, "文档中没有文字", "there is no text in it"
        )
    doubts: tuple[Doubt, ...] = ()
    if reader.unmapped:
        doubts = (
            Doubt(
                DoubtKind.UNMAPPED,
                f"{reader.unmapped} 个符号字体字符无法识别 / "
                f"{reader.unmapped} symbol(s) of symbol fonts not known",
            ),
        )
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=file_name,
        file_format=FileFormat.DOC,
        blocks=blocks,
        doubts=doubts,
        readers=("legacy_word",),
    )


class _Reader:
    """One pass over the parts of the text that are printed."""

    def __init__(self, word: WordBinary) -> None:
        self._word = word
        self._numbering = numbering(word)
        self.unmapped = 0

    def flow(self) -> list[Flow]:
        """Body, then footnotes, endnotes and text boxes."""
        counts = self._word.counts
        starts = [sum(counts[:i]) for i in range(len(counts))]
        body = self._part(starts[0], starts[0] + counts[0])
        for index, name in ((1, "footnote"), (5, "endnote"), (6, "text box")):
            if counts[index]:
                part = self._part(starts[index], starts[index] + counts[index])
                for position, item in enumerate(part, start=1):
                    if isinstance(item, Text):
                        item.path = f"{name}, paragraph {position}"
                body += part
        return body

    def _part(self, first: int, last: int) -> list[Flow]:
        body: list[Flow] = []
        stack: list[TableBuilder] = []
        for item in self._paragraphs(first, last):
            depth = item.properties.depth
            while len(stack) > depth:
                _close(stack, body)
            while len(stack) < depth:
                stack.append(TableBuilder())
            if not stack:
                body.append(self._text(item))
                continue
            top = stack[-1]
            if item.properties.ends_row:
                top.end_row(row(item.grpprl))
                continue
            top.cell.append(self._text(item))
            if item.mark == _CELL or item.properties.ends_inner_cell:
                top.end_cell()
        while stack:
            _close(stack, body)
        return body

    def _text(self, item: _Paragraph) -> Text:
        level = None
        if item.properties.outline is not None:
            level = item.properties.outline + 1 if item.properties.outline < 9 else None
        elif 1 <= item.style <= 9:
            level = item.style
        number = ""
        if item.properties.list_id is not None and item.properties.list_id > 0:
            number = self._numbering.next(str(item.properties.list_id), item.properties.list_level)
            number = f"{number} " if number and number[-1].isascii() else number
        return Text(number + item.text, level)

    def _paragraphs(self, first: int, last: int) -> Iterator[_Paragraph]:
        pieces: list[str] = []
        fields: list[bool] = []  # per open field: whether its result is reached
        run = CharacterProperties()
        run_end = -1
        previous = -1
        for letter, fc, piece in self._word.characters(first, last):
            if fc >= run_end or fc < previous:
                grpprl, run_end = self._word.character_properties(fc)
                run = character(grpprl + piece.modifier)
            previous = fc
            if letter in (_CELL, _PARAGRAPH, _SECTION):
                found = self._word.paragraph_properties(fc)
                grpprl = found.grpprl + piece.modifier
                text = "".join(pieces)
                pieces.clear()
                yield _Paragraph(_paired(text), letter, paragraph(grpprl), grpprl, found.style)
            elif letter == _FIELD_START:
                fields.append(False)
            elif letter == _FIELD_RESULT and fields:
                fields[-1] = True
            elif letter == _FIELD_END and fields:
                fields.pop()
            elif all(fields) and not run.hidden:
                pieces.append(self._printed(letter, run))
        if pieces:
            text = _paired("".join(pieces))
            yield _Paragraph(text, _PARAGRAPH, ParagraphProperties(), b"", 0)

    def _printed(self, letter: str, run: CharacterProperties) -> str:
        if run.symbol is not None and letter == _SYMBOL_MARK and run.special:
            # The font is an index into the font table; Wingdings is the common one by far.
            text = symbol(run.symbol[1], "")
            self.unmapped += text.count(UNMAPPED)
            return text
        if letter in _PLAIN:
            return _PLAIN[letter]
        if letter < " ":
            return ""
        if run.raised == 1:
            return raised(letter)
        return lowered(letter) if run.raised == 2 else letter


def _close(stack: list[TableBuilder], body: list[Flow]) -> None:
    """End the innermost table; it stands in the open cell of the table around it."""
    table = stack.pop().table()
    if table.cells:
        (stack[-1].cell if stack else body).append(table)


def _paired(text: str) -> str:
    """Characters beyond the first plane, stored as pairs, as one; a lone half is unmapped."""
    if not any("\ud800" <= c <= "\udfff" for c in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
