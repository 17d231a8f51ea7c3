"""What a document leaves lying about: repeated blocks, placeholders, foreign words (R69, R70)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.textmap import TextMap, sentences
from orchestration.reading.document import Paragraph

_MIN_BLOCK = 60
_MIN_SENTENCE = 30
_FOREIGN = re.compile(
    r"(?<=[\u4e00-\u9fff])\s*\b(and|or|the|of|with|for|in|to)\b\s*(?=[\u4e00-\u9fff])"
)
_PLACEHOLDER = re.compile(
    r"(?:^|[:;,])(?:……|[.]{6,}|[Xx×*]{2,}(?:万?元|项目|单位|年)?)(?=[,。;]|$)"
)
_BLANK_DATE = re.compile(r"(?:^|[:)])年月日$")
_ALIKE = 0.97


def read_hygiene(context: Context, texts: Sequence[tuple[Paragraph, TextMap]]) -> None:
    """Note repeated blocks, placeholders and foreign words of the running text."""
    _repeated(context, texts)
    for paragraph, whole in texts:
        text = whole.compact
        foreign = _FOREIGN.search(paragraph.text)
        if foreign:
            spot = context.builder.text_spot(
                paragraph, foreign.start(), whole.text[:300], foreign.group(1)
            )
            context.builder.statement(
                spot, kind="foreign_token", subject=foreign.group(1),
                detail=f"中文句中夹有“{foreign.group(1)}”",
            )  # fmt: skip
        placeholder = _PLACEHOLDER.search(text)
        blank_date = _BLANK_DATE.search(text)
        if placeholder or blank_date:
            what = (placeholder or blank_date).group()  # type: ignore[union-attr]
            context.builder.statement(
                context.spot(paragraph, whole, 0, len(text)),
                kind="placeholder", subject=what.strip(":;,)"), detail=f"未填写的占位“{what}”",
            )  # fmt: skip


def _repeated(context: Context, texts: Sequence[tuple[Paragraph, TextMap]]) -> None:
    """Blocks printed before; a run of repeated paragraphs makes one statement."""
    seen: dict[str, TextMap] = {}
    previous = -2
    for number, (paragraph, whole) in enumerate(texts):
        text = whole.compact
        earlier = _like(text, seen) if len(text) >= _MIN_BLOCK else None
        if earlier is None:
            _repeated_sentences(context, paragraph, whole)
            if len(text) >= _MIN_BLOCK:
                seen[text] = whole
            continue
        if number - previous > 2:
            context.builder.statement(
                context.spot(paragraph, whole, 0, len(text)),
                kind="repeated_block", subject=normal_start(text),
                detail="整段文字与前文重复", related_text=earlier.text[:300],
            )  # fmt: skip
        previous = number


def normal_start(text: str) -> str:
    """The first words of a block, to name it by."""
    return re.split(r"[,。;:]", text)[0][:20]


def _like(text: str, seen: dict[str, TextMap]) -> TextMap | None:
    if text in seen:
        return seen[text]
    for other, whole in seen.items():
        if other[:12] == text[:12] and abs(len(other) - len(text)) <= 0.03 * len(text):
            matcher = SequenceMatcher(None, other, text, autojunk=False)
            if matcher.quick_ratio() > _ALIKE and matcher.ratio() > _ALIKE:
                return whole
    return None


def _repeated_sentences(context: Context, paragraph: Paragraph, whole: TextMap) -> None:
    """A paragraph that says its own sentences twice."""
    said: set[str] = set()
    for sentence in sentences(whole):
        if len(sentence.compact) < _MIN_SENTENCE:
            continue
        if sentence.compact in said:
            context.builder.statement(
                context.spot(paragraph, sentence, 0, len(sentence.compact)),
                kind="repeated_block", subject=normal_start(sentence.compact),
                detail="同一段内句子重复", related_text=sentence.text[:300],
            )  # fmt: skip
            return
        said.add(sentence.compact)
