"""Dates and times as a spreadsheet shows them (ECMA-376 Part 1, 18.8.30)."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|\[(?P<elapsed>[hms]+)\]|\[[^\]]*\]'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<part>y+|m+|d+|h+|s+|a{3,4}|e+)|(?P<tenths>\.0+)"
    r"|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_LITERALS = re.compile(r'"[^"]*"|\\.|!.|_.|\*.|\[(?![hms]+\])[^\]]*\]|General|[Ee][+-]', re.I)
_WEEKDAYS = "一二三四五六日"
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def has_date_parts(code: str) -> bool:
    """Whether a format shows a date or a time."""
    return bool(re.search(r"[ymdhs]|aaa", _LITERALS.sub("", code), re.IGNORECASE))


def moment_of(value: Decimal, *, date_1904: bool) -> dt.datetime | None:
    """The moment of a serial day number, None outside the calendar of spreadsheets.

    Day 60 of the 1900 calendar is a day that never was (29 February 1900).
    """
    if value < 0 or value >= 2_958_466:
        return None
    seconds = int((value * 86_400).quantize(Decimal(1), ROUND_HALF_UP))
    if date_1904:
        start = dt.datetime(1904, 1, 1)  # noqa: DTZ001 - a sheet's clock has no zone
    elif value < 60:
        start = dt.datetime(1899, 12, 31)  # noqa: DTZ001
    else:
        start = dt.datetime(1899, 12, 30)  # noqa: DTZ001
    try:
        return start + dt.timedelta(seconds=seconds)
    except OverflowError:
        return None


def show_date(value: Decimal, code: str, *, date_1904: bool) -> str:
    """A serial number as the date or time a format shows; the bare number where there is none."""
    moment = moment_of(value, date_1904=date_1904)
    if moment is None:
        return f"{value:f}"
    tokens = list(_TOKEN.finditer(code))
    twelve = any(match.group("half") for match in tokens)
    pieces: list[str] = []
    for index, match in enumerate(tokens):
        kind = match.lastgroup
        if kind in ("quoted", "escaped", "other"):
            pieces.append(match.group(kind))
        elif kind == "half":
            pieces.append(_half(match.group("half"), moment))
        elif kind == "elapsed":
            pieces.append(_elapsed(value, match.group("elapsed").lower()))
        elif kind == "part":
            part = match.group("part").lower()
            if part[0] == "m" and _is_minute(tokens, index):
                pieces.append(f"{moment.minute:0{min(2, len(part))}d}")
            else:
                pieces.append(_part(part, moment, twelve=twelve))
    return "".join(pieces).strip()


def _half(mark: str, moment: dt.datetime) -> str:
    first, second = mark.split("/")
    return first if moment.hour < 12 else second


def _elapsed(value: Decimal, part: str) -> str:
    factor = {"h": 24, "m": 1440, "s": 86_400}[part[0]]
    return str(int(value * factor + Decimal("0.000001"))).zfill(len(part))


def _is_minute(tokens: list[re.Match[str]], index: int) -> bool:
    """``m`` means minutes after hours and before seconds."""

    def neighbour(step: int) -> str:
        position = index + step
        while 0 <= position < len(tokens):
            group = tokens[position].group("part") or tokens[position].group("elapsed")
            if group:
                return group[0].lower()
            position += step
        return ""

    return neighbour(-1) == "h" or neighbour(1) == "s"


def _part(part: str, moment: dt.datetime, *, twelve: bool) -> str:
    if part[0] in "ye":
        return f"{moment.year % 100:02d}" if len(part) <= 2 and part[0] == "y" else f"{moment.year}"
    if part[0] == "a":
        return ("星期" if len(part) > 3 else "") + _WEEKDAYS[moment.weekday()]
    if part[0] == "m" and len(part) >= 3:
        name = _MONTHS[moment.month - 1]
        return name if len(part) == 4 else name[0] if len(part) == 5 else name[:3]
    if part[0] == "d" and len(part) >= 3:
        return moment.strftime("%A" if len(part) > 3 else "%a")
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "s": moment.second}[part[0]]
    return f"{number:0{min(2, len(part))}d}"
