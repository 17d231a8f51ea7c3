"""Text as printed → text as compared: normal form, compact form, and what may never be kept.

Two forms are used everywhere. :func:`normalise` is what records hold (contract: "Text is
normalised"); :func:`compact` is what vocabulary and signatures are matched against.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Characters that NFKC would destroy (circled numbers, powers, fractions, the ellipsis) and that
# carry meaning in reports.
_SHIELDED = re.compile("[\u2460-\u24ff\u2776-\u2793\u00b2\u00b3\u00b9\u00bc-\u00be\u2150-\u215e…‥]")

# U+2E80–U+2EFF (CJK radicals supplement) has no compatibility mapping in Unicode, yet PDF fonts
# put these glyphs where the ordinary character is meant. U+2F00–U+2FDF is left to NFKC.
_RADICALS = str.maketrans(
    "⺁⺄⺆⺈⺊⺋⺌⺎⺏⺒⺓⺔⺕⺖⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺶⺹⺺⺻⺼⺽⺾⺿⻀"
    "⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乙冂刀卜卩小兀尢巳幺彑彐忄扌攵旡日月歹母民氵氺灬爫丬牛犭王疋目示礻竹糹纟罓罒羊耂肀聿肉臼艹艹艹"
    "虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门𨸏阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙亀亀龟",
)

# One sign, one code point. ≦ and ≧ are not touched by NFKC.
_SIGNS = str.maketrans(
    {
        "≦": "≤",
        "≧": "≥",
        "⩽": "≤",
        "⩾": "≥",
        "〈": "<",
        "〉": ">",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "﹣": "-",
        "‒": "-",
        "∶": ":",
        "﹪": "%",
        "〇": "〇",
        "⁄": "/",
        "∕": "/",
        "\u200b": "",
        "\u200c": "",
        "\u200d": "",
        "\u2060": "",
        "\ufeff": "",
        "\u00ad": "",
        "\u3000": " ",
        "\u00a0": " ",
        "\t": " ",
    }
)

_CJK = (
    "\u2e80-\u303f\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
    "\U00020000-\U0003ffff“”‘’…—《》①-⓿"
)
_GAP = re.compile(rf"(?<=[{_CJK}]) +| +(?=[{_CJK}])")
_PUNCTUATION_GAP = re.compile(r" +(?=[,;:!?%)\]}、。])|(?<=[(\[{、。]) +")
_LINE_BREAK = re.compile(r"[ ]*[\r\n\v\f\u2028\u2029\x85]+[ ]*")
_BLANKS = re.compile(r" {2,}")
_WHITE = re.compile(r"\s+")
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CJK_CHAR = re.compile(rf"[{_CJK}]")


def _fold(text: str) -> str:
    """NFKC but for the shielded characters; radicals and signs unified."""
    pieces: list[str] = []
    start = 0
    for match in _SHIELDED.finditer(text):
        pieces.append(unicodedata.normalize("NFKC", text[start : match.start()]))
        pieces.append(match.group())
        start = match.end()
    pieces.append(unicodedata.normalize("NFKC", text[start:]))
    return "".join(pieces).translate(_RADICALS).translate(_SIGNS)


def _join_lines(match: re.Match[str]) -> str:
    """A line break is a blank between two Latin words and nothing anywhere else.

    Digits are joined: codes and long numbers are cut anywhere in narrow cells.
    """
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    latin = before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
    return " " if latin else ""


# Scripts that forms of autonomous regions print beside Chinese: Arabic (Uyghur, Kazakh), Tibetan,
# Mongolian, Yi, Hangul.
_SCRIPTS = (
    "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc"
    "\u0f00-\u0fff\u1800-\u18af\ua000-\ua4cf\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"
)
_SECOND_SCRIPT = re.compile(f"[{_SCRIPTS}](?:[\\s.,:;()/-]*[{_SCRIPTS}])*")
_IDEOGRAPH = re.compile("[\u4e00-\u9fff]")


@lru_cache(maxsize=65536)
def normalise(text: str) -> str:
    """The text a record holds.

    NFKC (circled numbers, ², ½ and … kept), CJK radicals as ordinary characters, ≦ as ≤, line
    breaks removed, no blank beside a Chinese character, other runs of blanks as one. Of a text in
    two scripts the Chinese is kept.
    """
    if _IDEOGRAPH.search(text):
        text = _SECOND_SCRIPT.sub("", text)
    return _normal(text)


def _normal(text: str) -> str:
    folded = _CONTROL.sub("", _BOOKMARK.sub("", _fold(text)))
    folded = _LINE_BREAK.sub(_join_lines, folded.strip())
    folded = _PUNCTUATION_GAP.sub("", _GAP.sub("", _BLANKS.sub(" ", folded)))
    return folded.strip()


#: Marks that ``source_text`` keeps as they are printed; NFKC makes them half as wide.
_MARKS = "，；：！？（）［］｛｝％＋－＝＜＞～／．＂＇＊＆＃＠"
_STAND_INS = "".join(chr(0xE000 + number) for number in range(len(_MARKS)))
_SHIELD = str.maketrans(_MARKS, _STAND_INS)
_UNSHIELD = str.maketrans(_STAND_INS, _MARKS)
_MARK = re.compile(f"[{_MARKS}]")
#: ５．６: a mark inside a number is part of the number.
_IN_NUMBER = re.compile(r"(?<=[0-9０-９])[，．－／](?=[0-9０-９])|(?<=[0-9０-９])％")


def as_printed(text: str) -> str:
    """The text that ``source_text`` holds: normalised but for the marks, which stay as printed."""
    if not _MARK.search(text):
        return _normal(text)
    numbers = _IN_NUMBER.sub(lambda mark: unicodedata.normalize("NFKC", mark.group()), text)
    kept = _normal(numbers.translate(_SHIELD)).translate(_UNSHIELD)
    return _GAP.sub("", kept)


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """The text vocabulary is matched against: normal form without any white space."""
    return _WHITE.sub("", normalise(text))


_BRACKETED_WEIGHT = re.compile(
    r"[(\[【](?:权重|分值|满分|共|计|总分)?:?(\d+(?:\.\d+)?)(?:分|%)?[)\]】]$"
)
_BARE_WEIGHT = re.compile(r"(?<=[^\d.])(\d+(?:\.\d+)?)分$")


def split_weight(text: str) -> tuple[str, str | None]:
    """``产出指标（50分）`` → (``产出指标``, ``50``); the weight is None where none is printed."""
    short = compact(text)
    for pattern in (_BRACKETED_WEIGHT, _BARE_WEIGHT):
        match = pattern.search(short)
        if match and match.start() > 0:
            return short[: match.start()].rstrip(":-"), match.group(1)
    return short, None


# --- personal data (contract: in no published table, export or log) -----------------------------

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d[-\s]?\d{4}[-\s]?\d{4}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dA-Za-z])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE_AFTER = re.compile(
    r"((?:联系|联络|办公|咨询|单位)?电\s*话|手\s*机(?:号码?)?|传\s*真|联系方式|Tel)(\s*[:：]?\s*)"
    r"(?:\(?0\d{2,3}\)?\s*[-—]?\s*)?\d{7,12}(?:\s*[-转、/]\s*\d{1,12})*",
    re.IGNORECASE,
)
_LANDLINE = re.compile(r"(?<![\d.])0\d{2,3}\s*[-—]\s*\d{7,8}(?![\d.])")
PERSON_LABELS = (
    "填表人|填报人|填制人|制表人|制表|经办人|联系人|联络人|负责人签字|单位负责人|部门负责人|分管领导|"
    "项目负责人|财务负责人|评价组组长|审核人|复核人|部门联系人|处室负责人|科室负责人|主管领导|"
    "单位领导|法定代表人|法人代表|负责人"
)
_PERSON_AFTER = re.compile(
    rf"((?:{PERSON_LABELS})(?:\s*[(（]?(?:签字|签章|签名|盖章)[^)）]{{0,6}}[)）]?)?\s*[:：]\s*)"
    r"([\u4e00-\u9fff](?:[ \u3000]?(?!填|联系|电话|单位|日期|职务|审核|负责|部门)"
    r"[\u4e00-\u9fff·]){1,3})"
    r"(?=\s|$|[,;，；。、(（)）\d|/]|填|联|电|单|日|职)"
)
#: Texts of an indicator that may hold personal data where a form prints it among its lines.
INDICATOR_TEXTS = (
    "level1",
    "level2",
    "level3",
    "deviation_reason",
    "description",
    "value_basis",
    "scoring_rule",
    "target_text",
    "actual_text",
)
_MASK = "＊＊＊"


def redact(text: str) -> str:
    """The text with telephone numbers, identity numbers, mail addresses and form-fillers masked.

    Labels stay; what follows them goes. Works on text as printed (blanks inside names included).
    """
    for pattern in (_IDENTITY, _MOBILE, _MAIL, _LANDLINE):
        text = pattern.sub(_MASK, text)
    text = _PHONE_AFTER.sub(rf"\1\2{_MASK}", text)
    return _PERSON_AFTER.sub(rf"\1{_MASK}", text)


def has_personal_data(text: str) -> bool:
    """Whether :func:`redact` would change the text."""
    return redact(text) != text


_PERSON_LABEL_CELL = re.compile(
    rf"^(?:{PERSON_LABELS}|姓名)(?:[(（]?(?:签字|签章|签名|盖章)[)）]?)?:?$|^(?:联系|联络|办公)?电话:?$|^手机(?:号码?)?:?$|^联系方式:?$"
)


def is_personal_label(text: str) -> bool:
    """Whether a cell is a label whose neighbour holds personal data (``联系人``, ``联系电话``)."""
    return bool(_PERSON_LABEL_CELL.match(compact(text)))
