"""The image of a scanned page: rendered, set straight, its drawn rules found.

Rules are long strokes: morphological opening keeps what is straight and longer than any stroke of
a character; the pieces go to ``grid`` like the rules of any other page.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from orchestration.reading.geometry import RULE_COLUMNS, Floats

Pixels = NDArray[np.uint8]

#: Dots per inch of the first reading, and of the crops of the second.
DPI, SECOND_DPI = 200, 300
_LONGEST_SIDE = 6000  # pixels; a poster is rendered coarser, never refused
_RULE_POINTS = 16.0  # strokes of characters are shorter
_MAX_RULE_THICKNESS = 4.0  # points; anything thicker is a bar or a seal
_MAX_SKEW = 5.0  # degrees
_BLANK_SHARE = 0.0005
# Strokes that hang together over less than this are a character, however large its type.
_TABLE_SIZE = 110.0
_END_SLACK, _SHORT_RULE = 4.0, 40.0


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as grey pixels, set straight.

    ``scale`` is pixels a point; ``skew`` the degrees, ``turns`` the quarter turns (clockwise) that
    were taken out.
    """

    grey: Pixels
    scale: float
    skew: float
    turns: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as set straight."""
        rows, columns = self.grey.shape
        return columns / self.scale, rows / self.scale

    @property
    def blank(self) -> bool:
        """Whether hardly anything is printed."""
        return float((self.grey < 128).mean()) < _BLANK_SHARE


def render(page: pdfium.PdfPage, dpi: int, skew: float | None = None, turns: int = 0) -> PageImage:
    """The image of a page at a resolution, set straight.

    Args:
        page: an open page.
        dpi: dots per inch, less where the page is very large.
        skew: degrees to take out; measured where None.
        turns: quarter turns clockwise to take out first.
    """
    width, height = page.get_size()
    scale = min(dpi / 72, _LONGEST_SIDE / max(width, height, 1))
    grey = page.render(scale=scale, grayscale=True).to_numpy()
    grey = np.ascontiguousarray(grey.reshape(grey.shape[0], grey.shape[1]))
    grey = np.ascontiguousarray(np.rot90(grey, -turns))
    angle = _skew(grey) if skew is None else skew
    if abs(angle) > 0.05:
        grey = _turned(grey, angle)
    return PageImage(grey, scale, angle, turns)


def _turned(grey: Pixels, angle: float) -> Pixels:
    rows, columns = grey.shape
    matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), angle, 1.0)
    turned = cv2.warpAffine(grey, matrix, (columns, rows), flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(turned, dtype=np.uint8)


def _skew(grey: Pixels) -> float:
    """Degrees by which a page leans: of its long strokes, else of its lines of text."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    dark = _dark(np.asarray(small, dtype=np.uint8))
    found = cv2.HoughLinesP(
        dark, 1, np.pi / 1800, threshold=200, minLineLength=small.shape[1] // 4, maxLineGap=8
    )
    if found is not None:
        lines = found.reshape(-1, 4).astype(float)
        angles = np.degrees(np.arctan2(lines[:, 3] - lines[:, 1], lines[:, 2] - lines[:, 0]))
        level = angles[np.abs(angles) <= _MAX_SKEW]
        if len(level) >= 3:
            return float(np.median(level))
    return _skew_of_text(dark)


def _skew_of_text(dark: Pixels) -> float:
    """The angle at which lines of text stand out most from the gaps between them."""
    tiny = cv2.resize(dark, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)

    def sharpness(angle: float) -> float:
        profile = _turned(np.asarray(255 - tiny, dtype=np.uint8), angle).mean(axis=1)
        return float(np.square(np.diff(profile)).sum())

    coarse = max(np.arange(-3, 3.1, 0.5).tolist(), key=sharpness)
    return float(max(np.arange(coarse - 0.4, coarse + 0.41, 0.1).tolist(), key=sharpness))


def _dark(grey: Pixels) -> Pixels:
    """Ink as 255 on 0, against the local background (shadows, yellow paper)."""
    return np.asarray(
        cv2.adaptiveThreshold(
            grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, blockSize=51, C=18
        ),
        dtype=np.uint8,
    )


def find_rules(image: PageImage) -> tuple[Floats, Floats, Pixels]:
    """Horizontal and vertical rules (points, see ``RULE_COLUMNS``), and the page without them."""
    dark = _dark(image.grey)
    length = max(20, round(_RULE_POINTS * image.scale))
    gap = max(3, round(1.2 * image.scale)) | 1
    across = _strokes(dark, (length, 1), (gap, 1))
    down = _strokes(dark, (1, length), (1, gap))
    across, down = _without_characters(across, down, image.scale)
    horizontal = _rules(across, image.scale, across=True)
    vertical = _without_dangling(_rules(down, image.scale, across=False), horizontal)
    erased = image.grey.copy()
    mask = cv2.dilate(cv2.bitwise_or(across, down), np.ones((3, 3), np.uint8))
    erased[mask > 0] = 255
    return horizontal, vertical, erased


def _without_dangling(down: Floats, across: Floats) -> Floats:
    """Vertical rules that run between horizontal ones; short ones must touch at both ends."""

    def touches(x: float, y: float) -> bool:
        return bool(
            np.any(
                (np.abs(across[:, 0] - y) <= _END_SLACK)
                & (across[:, 1] - _END_SLACK <= x)
                & (x <= across[:, 2] + _END_SLACK)
            )
        )

    kept = [
        touches(x, start) + touches(x, end) >= (2 if end - start < _SHORT_RULE else 1)
        for x, start, end, *_ in down.tolist()
    ]
    return down[np.array(kept, dtype=bool)] if len(down) else down


def _without_characters(across: Pixels, down: Pixels, scale: float) -> tuple[Pixels, Pixels]:
    """Only strokes that hang together over the size of a table, or are lines of their own."""
    both = cv2.dilate(cv2.bitwise_or(across, down), np.ones((5, 5), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    wide = stats[:, cv2.CC_STAT_WIDTH] >= _TABLE_SIZE * scale
    high = stats[:, cv2.CC_STAT_HEIGHT] >= _TABLE_SIZE * scale
    kept = (wide | high)[:count]
    kept[0] = False
    mask = kept[labels]
    return (
        np.asarray(np.where(mask, across, 0), dtype=np.uint8),
        np.asarray(np.where(mask, down, 0), dtype=np.uint8),
    )


def _strokes(dark: Pixels, kernel: tuple[int, int], bridge: tuple[int, int]) -> Pixels:
    joined = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(bridge[::-1], np.uint8))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones(kernel[::-1], np.uint8))
    return np.asarray(opened, dtype=np.uint8)


def _rules(mask: Pixels, scale: float, *, across: bool) -> Floats:
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    rules: list[list[float]] = []
    for left, top, width, height, _area in stats[1:count].tolist():
        along, thick = (width, height) if across else (height, width)
        if thick > _MAX_RULE_THICKNESS * scale or along < 4 * thick:
            continue
        start, middle = (left, top + height / 2) if across else (top, left + width / 2)
        rules.append([middle / scale, start / scale, (start + along) / scale, thick / scale, 0.0])
    return np.array(rules, dtype=np.float64).reshape(-1, RULE_COLUMNS)
