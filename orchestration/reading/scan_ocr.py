"""Character recognition by RapidOCR; its models come inside the wheel, nothing is downloaded."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import rapidocr
from rapidocr import RapidOCR
from rapidocr.ch_ppocr_rec.typings import TextRecInput

from orchestration.reading.scan_image import Pixels

_MODELS = Path(rapidocr.__file__).parent / "models"
_MAX_SIDE = 2800
_BATCH = 16


@dataclass(frozen=True, slots=True)
class Character:
    """One recognised character, its confidence and its box in pixels."""

    text: str
    confidence: float
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """One line as detected on the page; ``confidence`` is 0..1."""

    text: str
    confidence: float
    characters: tuple[Character, ...]
    box: tuple[float, float, float, float]

    @property
    def upright(self) -> bool:
        """Whether the line runs up or down the page."""
        return self.box[2] - self.box[0] < 0.7 * (self.box[3] - self.box[1])


@cache
def _engine() -> Any:  # noqa: ANN401 - the library has no types
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": _MAX_SIDE,
            "Global.model_root_dir": str(_MODELS),
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def read_page(grey: Pixels) -> list[RecognisedLine]:
    """All lines of a page in the order in which they were found (top to bottom)."""
    result = _engine()(_coloured(grey), return_word_box=True, return_single_char_box=True)
    if result.txts is None:
        return []
    lines: list[RecognisedLine] = []
    for text, score, quad, words in zip(
        result.txts, result.scores, result.boxes, result.word_results, strict=True
    ):
        characters = tuple(
            Character(str(letter), float(sure), *_bounds(box)) for letter, sure, box in words
        )
        if not characters:
            characters = _spread(str(text), float(score), _bounds(quad))
        lines.append(RecognisedLine(str(text), float(score), characters, _bounds(quad)))
    return lines


def read_lines(crops: list[Pixels]) -> list[tuple[str, float]]:
    """The text of images of one line each, and the confidence."""
    texts: list[tuple[str, float]] = []
    for start in range(0, len(crops), _BATCH):
        batch = [_coloured(crop) for crop in crops[start : start + _BATCH]]
        result = _engine().text_rec(TextRecInput(img=batch))
        if result.txts is None:
            texts += [("", 0.0)] * len(batch)
        else:
            texts += [(str(t), float(s)) for t, s in zip(result.txts, result.scores, strict=True)]
    return texts


def _coloured(grey: Pixels) -> Pixels:
    return np.ascontiguousarray(np.repeat(grey[:, :, None], 3, axis=2))


def _bounds(box: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    points = np.asarray(box, dtype=float).reshape(-1, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _spread(
    text: str, score: float, bounds: tuple[float, float, float, float]
) -> tuple[Character, ...]:
    """Characters laid evenly over their line, full-width ones twice as wide."""
    x0, top, x1, bottom = bounds
    weights = [1.0 if letter.isascii() else 2.0 for letter in text]
    total = sum(weights) or 1.0
    found: list[Character] = []
    position = x0
    for letter, weight in zip(text, weights, strict=True):
        step = (x1 - x0) * weight / total
        found.append(Character(letter, score, position, top, position + step, bottom))
        position += step
    return tuple(found)
