"""Bytes of text to characters: byte-order marks, UTF-8, UTF-16, and the GB family."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(
    r"[\x00-\x06\x0e-\x19\x1c-\x1f\x7f\ufffd\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]"
)
# Characters of which any Chinese report is full; bytes read in the wrong encoding hold hardly any.
_COMMON = frozenset("的一是在不了有和人这中大为上个国年月日部门单位支出预算绩效，。、；：（） \n\t")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read in, and how many characters could not be read."""

    text: str
    encoding: str
    damaged: int = 0


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """The text of some bytes, or None where they are no text in an encoding of the trade.

    Order: byte-order mark, UTF-16 by its pattern of bytes, UTF-8 where every byte fits, the
    declared encoding, GB18030 (which contains GBK and GB2312). A few damaged bytes (a cut file)
    are replaced by U+FFFD and counted; more than one in a hundred characters is no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _accept(data, name)
    utf16 = _utf16_without_mark(data)
    if utf16 is not None:
        return _accept(data, utf16)
    try:
        return _plausible(Decoded(data.decode("utf-8"), "utf-8"))
    except UnicodeDecodeError:
        pass
    candidates = [_accept(data, name) for name in _candidates(declared)]
    readable = [c for c in candidates if c is not None]
    return min(readable, key=lambda c: c.damaged) if readable else None


def _candidates(declared: str | None) -> list[str]:
    names = ["gb18030", "utf-8"]
    if declared:
        try:
            name = codecs.lookup(declared).name
        except LookupError:
            return names
        # A page that declares gb2312 uses GBK characters all the same.
        if name not in ("gb2312", "gbk", "gb18030", "utf-8"):
            names.insert(0, name)
    return names


def _accept(data: bytes, encoding: str) -> Decoded | None:
    text = data.decode(encoding, errors="replace")
    damaged = text.count("\ufffd")
    if damaged > max(2, len(text) // 100):
        return None
    return _plausible(Decoded(text, encoding.removesuffix("-sig"), damaged))


def _plausible(decoded: Decoded) -> Decoded | None:
    """Refuse what is full of control and private-use characters: a binary file."""
    sample = decoded.text[:200_000]
    if len(_CONTROLS.findall(sample)) > max(3, len(sample) // 200):
        return None
    return decoded


def _utf16_without_mark(data: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where the bytes can hardly be anything else.

    Line ends and digits give a zero byte on one side only; pages of Chinese alone are told by the
    share of everyday characters.
    """
    if len(data) < 4 or len(data) % 2:
        return None
    sample = data[:20_000]
    zeros = sample.count(0) / len(sample)
    best: tuple[float, str, str] = (0.0, "", "")
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text):
            ascii_share = sum(map(str.isascii, text)) / len(text)
            best = max(best, (_everyday(text) + ascii_share, name, text))
    if zeros > 0.02:
        return best[1] if best[0] > 0.12 else None
    if _is_utf8(sample) or _everyday(best[2]) <= 0.12:
        return None
    as_gb = sample.decode("gb18030", errors="replace")
    return best[1] if _everyday(best[2]) > 1.5 * _everyday(as_gb) else None


def _everyday(text: str) -> float:
    """The share of characters of which Chinese reports are full."""
    return sum(c in _COMMON for c in text) / len(text) if text else 0.0


def _is_utf8(sample: bytes) -> bool:
    try:
        sample[:-4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end >= len(sample) - 8
    return True
