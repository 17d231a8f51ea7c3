"""The Chinese fonts that tests set with, as the operating system's packages bring them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FILES = {
    "uming": ("/usr/share/fonts/truetype/arphic/uming.ttc", 0),
    "microhei": ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
}
FAMILIES = {"uming": "AR PL UMing CN", "microhei": "WenQuanYi Micro Hei"}

#: Glyphs of the radical blocks that office programs sometimes write for the character itself.
RADICALS = str.maketrans(
    {
        "目": "⽬",
        "入": "⼊",
        "工": "⼯",
        "金": "⾦",
        "门": "⻔",
        "长": "⻓",
        "人": "⼈",
        "生": "⽣",
        "文": "⽂",
        "水": "⽔",
        "行": "⾏",
        "日": "⽇",
        "月": "⽉",
        "见": "⻅",
        "车": "⻋",
    }
)


def available() -> bool:
    """Are both fonts installed?"""
    return all(Path(path).exists() for path, _ in FILES.values())


@cache
def register(name: str) -> str:
    """Register a font with ReportLab and return its name there."""
    path, index = FILES[name]
    pdfmetrics.registerFont(TTFont(name, path, subfontIndex=index))
    return name


@cache
def width(name: str, size: float, text: str) -> float:
    """Width of a text in points."""
    return float(pdfmetrics.stringWidth(text, register(name), size))
