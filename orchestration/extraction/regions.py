"""Administrative divisions (GB/T 2260): which one a unit belongs to, by its name and by the text.

The list is ``dbt_project/seeds/reference/region.csv``. A name that several divisions share (鼓楼区)
is decided by what else is printed: its city, its province.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_CSV = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "reference" / "region.csv"
_SUFFIX = re.compile(
    r"(?:(?:[\u4e00-\u9fff]{1,3}族|各族)+自治(?:州|县|旗)|特别行政区|(?:维吾尔|壮族|回族)?自治区|省|市|地区|盟|州|县|区|旗|林区)$"
)
_NATIONAL = re.compile(r"^(?:中华人民共和国|国家|中央|国务院|全国|最高人民)")
#: What a unit's name begins with where it leaves out the name of its place.
_LEVEL_PREFIX = {
    "省": ("province",), "市": ("city", "county"), "州": ("city",), "盟": ("city",),
    "区": ("county",), "县": ("county",), "旗": ("county",), "自治区": ("province",),
}  # fmt: skip
#: Letters of the longest name: 积石山保安族东乡族撒拉族自治县, and some to spare.
LONGEST_NAME = 18
_PARTY = re.compile(r"^(?:中国共产党|中共)")


@dataclass(frozen=True, slots=True)
class Region:
    """One division; ``stem`` is its name without 市, 县, 自治州 and the like."""

    code: str
    name: str
    full_name: str
    province: str
    parent: str
    level: str
    current: bool
    stem: str


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All divisions by code, by name and by stem."""

    by_code: dict[str, Region]
    by_name: dict[str, tuple[Region, ...]]
    by_stem: dict[str, tuple[Region, ...]]

    def chain(self, region: Region) -> list[Region]:
        """The divisions above a region, nearest first."""
        above: list[Region] = []
        parent = self.by_code.get(region.parent)
        while parent is not None and parent.level != "national":
            above.append(parent)
            parent = self.by_code.get(parent.parent)
        return above


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The project's own list, read once (``JIXIAO_REGIONS`` names another file)."""
    path = Path(os.environ.get("JIXIAO_REGIONS", _CSV))
    by_code: dict[str, Region] = {}
    by_name: dict[str, list[Region]] = {}
    by_stem: dict[str, list[Region]] = {}
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            stem = _SUFFIX.sub("", row["region_name"])
            region = Region(
                row["region_code"], row["region_name"], row["full_name"], row["province_name"],
                row["parent_code"], row["admin_level"], row.get("is_current") != "false",
                stem if len(stem) >= 2 else row["region_name"],
            )  # fmt: skip
            by_code[region.code] = region
            by_name.setdefault(region.name, []).append(region)
            by_stem.setdefault(region.stem, []).append(region)
    return Gazetteer(
        by_code,
        {name: tuple(found) for name, found in by_name.items()},
        {stem: tuple(found) for stem, found in by_stem.items()},
    )


@dataclass(frozen=True, slots=True)
class Located:
    """A unit's region and what it was inferred from: ``unit_name`` or ``text``."""

    region: Region
    evidence: str


def region_of_code(code: str | None) -> Region | None:
    """The division with a code; None where there is none."""
    return gazetteer().by_code.get(code or "")


#: An organ of the state with what may be one of its offices in a place.
_BRANCH = re.compile(
    r"^(?:国家|中国)[\u4e00-\u9fff]{2,10}?(?:总局|局|总署|署|总会|委员会)(?P<rest>[\u4e00-\u9fff()]{4,})$"
)
#: 新疆生产建设兵团第八师石河子市: what stands between a province and its city.
_CORPS = re.compile(r"^生产建设兵团(?:第[一二三四五六七八九十]+师)?")


def locate(unit_name: str | None, texts: Sequence[str]) -> Located | None:
    """The region of a unit; None where neither its name nor the text decides.

    ``texts`` is the text of the document, title first.
    """
    book = gazetteer()
    name = _PARTY.sub("", unit_name or "")
    branch = _BRANCH.match(name)
    if branch is not None and _leading(branch["rest"], Counter()):
        name = branch["rest"]  # 国家税务总局宁波市税务局: of the place it is in
    elif _NATIONAL.match(name):
        return Located(book.by_code["100000"], "unit_name")
    whole = "".join(texts)
    counts = _mentions(whole)
    named = _leading(name, counts)
    if named:
        best = _deepest(named, name, counts)
        if best is not None:
            return Located(best, "unit_name")
    found = _by_text(name, counts)
    return Located(found, "text") if found is not None else None


_OFFICE = re.compile(r"^(?:局|委|办|厅|院|部|处|队|站|所|馆|会|社|中心|公司|集团)")


def _leading(name: str, counts: Counter[str]) -> list[Region]:
    """Divisions whose names stand at the head of a unit's name, one inside the other.

    A stem without 市 or 县 counts for provinces and cities, and for a county that the text names in
    full; 公安局 is no office of 公安县.
    """
    book = gazetteer()
    found: list[Region] = []
    rest = name
    while rest:
        for length in range(min(len(rest), LONGEST_NAME), 1, -1):
            inside = [
                r for r in _named(rest[:length], rest[length:], counts)
                if not found or {a.code for a in book.chain(r)} & {f.code for f in found}
            ]  # fmt: skip
            if inside:
                found, rest = inside, _CORPS.sub("", rest[length:])
                break
        else:
            break
    return found


def _named(text: str, rest: str, counts: Counter[str]) -> Sequence[Region]:
    """The divisions of this name, or of this stem where nothing speaks against it."""
    book = gazetteer()
    if text in book.by_name:
        return book.by_name[text]
    if rest[:1] in tuple("省市县区州盟旗") or _OFFICE.match(rest):
        return ()
    return [
        r for r in book.by_stem.get(text, ())
        if r.level in ("province", "city") or counts[r.name]
    ]  # fmt: skip


def _deepest(regions: Sequence[Region], name: str, counts: Counter[str]) -> Region | None:
    """The one division meant: by the text where several share the name."""
    book = gazetteer()
    current = [r for r in regions if r.current] or list(regions)
    exact = [r for r in current if r.name in name] or current
    above = {r.code for r in exact}
    # 嘉峪关市 is a city and its own only district: the name means the city.
    exact = [r for r in exact if r.parent not in above or book.by_code[r.parent].name != r.name]
    if len(exact) == 1:
        return exact[0]
    scores = [
        (sum(counts[a.stem] + 2 * counts[a.name] for a in book.chain(r)) + counts[r.full_name], r)
        for r in exact
    ]
    best = max(score for score, _ in scores)
    winners = [r for score, r in scores if score == best]
    if best > 0 and len(winners) == 1:
        return winners[0]
    higher = [r for r in exact if r.level in ("province", "city")]
    return higher[0] if len(higher) == 1 else None


@lru_cache(maxsize=8)
def _mentions(text: str) -> Counter[str]:
    """How often each division's name and stem occurs."""
    counts: Counter[str] = Counter()
    book = gazetteer()
    for names in (book.by_name, book.by_stem):
        for name in names:
            if len(name) >= 2 and name in text:
                counts[name] += text.count(name)
    return counts


def _by_text(name: str, counts: Counter[str]) -> Region | None:
    """The division of a unit whose name leaves it out (市林业局): what the text talks about."""
    prefix = next(
        (p for p in sorted(_LEVEL_PREFIX, key=len, reverse=True) if name.startswith(p)), ""
    )
    levels = _LEVEL_PREFIX.get(prefix, ())
    book = gazetteer()
    scored: Counter[str] = Counter()
    for region in book.by_code.values():
        if not region.current or region.level not in (levels or ("province", "city", "county")):
            continue
        if prefix in ("市", "区", "县", "旗") and not region.name.endswith(prefix):
            continue
        own = 3 * counts[region.name]
        if region.level != "county":
            own += counts[region.stem] if region.stem != region.name else 0
        if own:
            above = sum(min(counts[a.stem], 5) for a in book.chain(region))
            scored[region.code] = own + above
    ranked = scored.most_common(2)
    if ranked and (levels or ranked[0][1] >= 6):
        if len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1]:
            return book.by_code[ranked[0][0]]
        return None
    return _only_prefecture(prefix, counts) if prefix in ("州", "盟") else None


def _only_prefecture(prefix: str, counts: Counter[str]) -> Region | None:
    """A 州 or 盟 of a province that has only one, where the text names that province alone."""
    book = gazetteer()
    provinces = [
        r
        for r in book.by_code.values()
        if r.level == "province" and counts[r.stem] + counts[r.name]
    ]
    if len(provinces) != 1:
        return None
    inside = [
        r
        for r in book.by_code.values()
        if r.parent == provinces[0].code
        and r.level == "city"
        and r.current
        and r.name.endswith(prefix)
    ]
    return inside[0] if len(inside) == 1 else None
