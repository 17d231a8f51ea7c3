"""Personal data in the words of a report: found, and taken out before anything is written.

Names of form-fillers, contacts and signers, telephone and mobile numbers, identity cards, mail and
chat addresses are of nobody's business but the office that printed them (DOMAIN.md, section 7).
:func:`scrub` is applied to every text of every record, to reasons, messages and logs; the gate and
the scan of exported files look with the same eyes (:func:`find_personal`) and block.

A name is known by the label before it (``填表人：…``, ``联系人 | …``, ``负责人为…``), a number by
its label or by its shape. What stands behind a label stays if it is a role or an office. An amount
of eleven digits is told from a mobile number by its unit, its decimals or its four closing zeros.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar

from orchestration.ingestion.personal_words import NOT_NAMES, PERSON_LABELS, PHONE_LABELS, SURNAMES

MASK = "＊＊＊"
Record = TypeVar("Record")

_HAN = "\u4e00-\u9fff"
_GAP = "[ \u3000\u00a0]{0,3}"
#: One character for one character: offsets in the folded text are offsets in the printed one.
_FOLDED = str.maketrans(
    "０１２３４５６７８９：（）－—–＠．｜，／\u3000\u00a0\t",
    "0123456789:()---@.|,/   ",
)


def _spaced(words: tuple[str, ...]) -> str:
    """An alternation of words whose characters may stand apart (``填 表 人``), longest first."""
    ordered = sorted(set(words), key=len, reverse=True)
    return "|".join(_GAP.join(map(re.escape, word)) for word in ordered)


_PERSON = re.compile(
    rf"(?:{_spaced(PERSON_LABELS)})"
    r" *(?:\(?(?:签字|签章|签名|盖章|姓名|职务|公章|及|和|与|、|/|电话|联系电话|联系方式| )*\)?)"
    r" *(?P<sep>[:|]+|为|是|由|系| |\n|$)",
    re.IGNORECASE,
)
_ANY_LABEL = re.compile(
    _spaced((*PERSON_LABELS, *PHONE_LABELS, "填报日期", "填表日期", "日期", "单位", "职务"))
)
_NAME = re.compile(rf"[{_HAN}](?: [{_HAN}]){{1,2}}(?![{_HAN}])|[{_HAN}·]{{2,12}}")
_REGION_END = re.compile(r"[。;；\n]")
_REGION = 60

_MOBILE = re.compile(
    r"(?<![0-9A-Za-z.,])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"(?![0-9A-Za-z%]|[.,]\d| *[元万亿])"
)
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z.,])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
    r"[0-9Xx](?![0-9A-Za-z.,])"
)
_OLD_IDENTITY = re.compile(r"身份证[^0-9\n]{0,12}(\d{15}|\d{17}[0-9Xx])(?!\d)")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_LANDLINE = re.compile(r"(?<![0-9.])\(?0\d{2,3}\)? ?- ?\d{7,8}(?:-\d{1,6})?(?![0-9.])")
_BRACED_LANDLINE = re.compile(r"\(0\d{2,3}\) ?\d{4} ?\d{3,4}(?![0-9.])")
_PHONE = re.compile(
    rf"(?:{_spaced(PHONE_LABELS)})(?!费|机|补|会|网|调|回|随|问|满|访|咨询|办)[^0-9\n。；;]{{0,12}}"
    r"(?P<number>(?:\(?0\d{2,3}\)? ?-? ?)?\d[\d -]{5,16}\d(?: ?[转/、,] ?\d[\d-]{1,12})*)"
    r"(?![0-9%]|\.\d|,\d| *[元万亿人次个部台])",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"(?:QQ|微信|WeChat)(?:号码?|群)? ?[:|]? ?(?P<number>[A-Za-z0-9_-]{5,20})", re.IGNORECASE
)
_ROUND = re.compile(r"0000$")
_MAYBE = re.compile(
    rf"\d{{3}}|@|人|长|签|姓|名|导|制|核|领|QQ|微信|WeChat|{_spaced(PERSON_LABELS)}", re.IGNORECASE
)


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """One piece of personal data: its kind and where it stands in the text."""

    kind: str  # mobile | landline | identity_card | email | chat | name
    start: int
    end: int


def find_personal(text: str) -> list[Found]:
    """Where personal data stands in a text, in order, without overlaps."""
    if not _MAYBE.search(text):
        return []
    folded = text.translate(_FOLDED)
    found = [*_numbers(folded), *_names(folded)]
    if any(f.kind in {"mobile", "landline"} for f in found) and "|" in folded:
        found.extend(_cells_beside(folded))
    kept: list[Found] = []
    for one in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


@lru_cache(maxsize=8192)
def scrub(text: str) -> str:
    """The text with all personal data masked; labels stay."""
    found = find_personal(text)
    if not found:
        return text
    parts, at = [], 0
    for one in found:
        parts += [text[at : one.start], MASK]
        at = one.end
    return "".join([*parts, text[at:]])


def scrub_record(record: Record) -> Record:
    """A record (a dataclass) with every text scrubbed; the same object where nothing was found."""
    changes: dict[str, Any] = {}
    for field in dataclasses.fields(record):  # type: ignore[arg-type]
        value = getattr(record, field.name)
        if isinstance(value, str) and not field.name.endswith(_EXACT):
            clean = scrub(value)
            if clean != value:
                changes[field.name] = clean
    return dataclasses.replace(record, **changes) if changes else record  # type: ignore[type-var]


#: Columns of codes, hashes and places: no words of a report.
_EXACT = ("_id", "sha256", "_bbox", "_boxes", "_code", "_path", "parser_version", "_digest", "_url")


def _numbers(folded: str) -> Iterator[Found]:
    for pattern, kind in ((_OLD_IDENTITY, "identity_card"), (_IDENTITY, "identity_card")):
        for match in pattern.finditer(folded):
            group = 1 if pattern is _OLD_IDENTITY else 0
            yield Found(kind, match.start(group), match.end(group))
    for match in _MAIL.finditer(folded):
        yield Found("email", match.start(), match.end())
    for match in _PHONE.finditer(folded):
        number = match["number"]
        digits = re.sub(r"\D", "", number)
        # "手机" is also something that is bought: only a number of a mobile is one.
        mobile = match.group().startswith(("手", "移"))
        if len(digits) >= 7 and (not mobile or re.match(r"(86)?1[3-9]\d{9}", digits)):
            yield Found("landline", match.start("number"), match.end("number"))
    for match in _CHAT.finditer(folded):
        yield Found("chat", match.start("number"), match.end("number"))
    for pattern in (_LANDLINE, _BRACED_LANDLINE):
        for match in pattern.finditer(folded):
            yield Found("landline", match.start(), match.end())
    for match in _MOBILE.finditer(folded):
        if not _ROUND.search(match.group()):
            yield Found("mobile", match.start(), match.end())


def _names(folded: str) -> Iterator[Found]:
    for match in _PERSON.finditer(folded):
        separator = match["sep"]
        if not separator:
            continue
        start = match.end()
        region = folded[start : start + _REGION]
        for stop in (_REGION_END.search(region), _ANY_LABEL.search(region)):
            if stop is not None:
                region = region[: stop.start()]
        if "|" in separator or "|" in region:
            region = region.split("|")[0]  # the cell beside, or the rest of this cell
        surely = separator[0] in ":|"
        for name in _NAME.finditer(region):
            if not surely and name.start() > 1:
                break
            end = _name_end(name.group(), surely=surely)
            if end:
                yield Found("name", start + name.start(), start + name.start() + end)


def _name_end(word: str, *, surely: bool) -> int:
    """How many characters of a word are a name; 0: it is none."""
    bare = word.replace(" ", "")
    if bare in NOT_NAMES or bare.endswith(_OFFICE_ENDINGS):
        return 0
    surname = bare.startswith(SURNAMES)
    if "·" in bare or (len(bare) <= 4 and (surname or (surely and len(bare) <= 3))):
        return len(word)
    # A name with its role or its office behind it: 张某某同志, 李某某局长.
    called = re.match(
        rf"([{_HAN}]{{2,4}}?)(?:同志|先生|女士|局长|处长|科长|主任|任|担任|为|兼)", bare
    )
    if called and surname and called[1] not in NOT_NAMES:
        return called.end(1) + word[: called.end(1)].count(" ")
    return 0


_OFFICE_ENDINGS = (
    "科", "处", "室", "局", "部", "厅", "委", "办", "股", "站", "中心", "公司", "单位", "部门",
    "小组", "领导", "人员", "职责", "制度", "意见", "签字", "签章", "盖章", "电话", "日期", "年",
    "月",
)  # fmt: skip


def _cells_beside(folded: str) -> Iterator[Found]:
    """Names without a label in a row that prints a telephone number: lists of people."""
    at = 0
    for cell in folded.split("|"):
        bare = cell.strip()
        if (
            2 <= len(bare.replace(" ", "")) <= 3
            and re.fullmatch(rf"[{_HAN}](?: ?[{_HAN}]){{1,2}}", bare)
            and bare.startswith(SURNAMES)
            and bare.replace(" ", "") not in NOT_NAMES
            and not bare.endswith(_OFFICE_ENDINGS)
        ):
            start = at + cell.index(bare)
            yield Found("name", start, start + len(bare))
        at += len(cell) + 1
