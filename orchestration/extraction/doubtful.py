"""Lines of running text whose figures cannot be trusted lose them before anybody reads.

Forms withhold a doubted cell (``forms/context.py``); in running text the words of a sentence say
what a figure is, so a doubted line keeps its words and its digits become ``□``. DESIGN.md, Reading
twice: what two readings do not agree on is not published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from orchestration.extraction.builder import RecordBuilder
from orchestration.reading.document import Document, Doubt, DoubtKind, Paragraph

#: Doubts that make figures of running text unfit to be published.
_WITHHOLDING = frozenset(
    {
        DoubtKind.DISAGREEMENT,
        DoubtKind.OVERPRINT,
        DoubtKind.LOW_OCR,
        DoubtKind.UNMAPPED,
        DoubtKind.STRUCTURE,
    }
)
_DIGIT = re.compile(r"\d")
_TAIL, _HEAD = re.compile(r"[\d.,，．]+$"), re.compile(r"^[\d.,，．]+")
MASK = "□"


@dataclass(frozen=True, slots=True)
class Masked:
    """A paragraph without its doubted figures, and why."""

    paragraph: Paragraph
    doubt: Doubt
    line: int


def mask_doubtful(document: Document) -> tuple[Document, list[Masked]]:
    """The document with the digits of doubted lines masked, and what was masked."""
    masked: list[Masked] = []
    blocks = []
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.doubts:
            block, found = _mask(block)  # noqa: PLW2901
            masked += found
        blocks.append(block)
    return (document.with_blocks(tuple(blocks)), masked) if masked else (document, [])


def _mask(paragraph: Paragraph) -> tuple[Paragraph, list[Masked]]:
    lines = paragraph.text.split("\n")
    hit: dict[int, Doubt] = {}
    for doubt in paragraph.doubts:
        if doubt.kind not in _WITHHOLDING:
            continue
        where = [i for i, line in enumerate(lines) if line == doubt.first] or range(len(lines))
        for i in where:
            hit.setdefault(i, doubt)
    hit = {i: doubt for i, doubt in hit.items() if _DIGIT.search(lines[i]) or doubt.second}
    if not hit:
        return paragraph, []
    for i in hit:
        # A number may run over the end of the line.
        if i and (i - 1) not in hit and _HEAD.match(lines[i]):
            lines[i - 1] = _TAIL.sub(_blank, lines[i - 1])
        if i + 1 < len(lines) and (i + 1) not in hit and _TAIL.search(lines[i]):
            lines[i + 1] = _HEAD.sub(_blank, lines[i + 1])
    for i in hit:
        lines[i] = _DIGIT.sub(MASK, lines[i])
    changed = replace(paragraph, text="\n".join(lines))
    return changed, [Masked(changed, doubt, i) for i, doubt in sorted(hit.items())]


def _blank(match: re.Match[str]) -> str:
    return _DIGIT.sub(MASK, match.group())


def report_masked(builder: RecordBuilder, masked: list[Masked]) -> None:
    """Say of every doubted line that its figures were not read, with both readings.

    And of pages what only one of the readings has.
    """
    for item in masked:
        places = item.paragraph.places
        place = places[min(item.line, len(places) - 1)] if places else None
        page = f"第{place.page}页" if place and place.page else ""
        spot = builder.text_spot(item.paragraph, 0, item.doubt.first or "", place=place)
        builder.issue(
            spot,
            kind="disagreement" if item.doubt.kind is DoubtKind.DISAGREEMENT else "unread_figure",
            message=f"{page}正文此行的数字不可信，未采用：{item.doubt.detail} | "
            f"figures of this line are withheld: {item.doubt.kind.value}",
            first_reading=item.doubt.first,
            second_reading=item.doubt.second,
        )
    for doubt in builder.document.doubts:
        if doubt.kind in _WITHHOLDING:
            builder.issue(
                None,
                kind="disagreement",
                message=doubt.detail,
                first_reading=doubt.first,
                second_reading=doubt.second,
            )
