"""Titles: which line names the document, and the unit and year inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.extraction.text import compact, normalise
from orchestration.extraction.values import find_year

_KEY = (
    r"(?:绩效自评报告|自评报告|绩效评价报告|评价报告|绩效自评表|绩效自评情况表|绩效自评情况|绩效目标自评表|绩效目标完成情况自评表|"
    r"绩效(?:自评|评价)?(?:指标|评分|考核|打分|评价)(?:体系|标准)?(?:自评|评分|考核|打分|计分|得分)*表|绩效评价指标体系|绩效评价表|绩效自评|绩效报告|绩效文本|"
    r"部门综合预算|综合预算|预算信息公开|决算信息公开|预算信息|决算信息|绩效目标申报表|绩效目标表|绩效目标|部门决算|单位决算|部门预算|单位预算|决算公开|预算公开|部门决算公开|部门预算公开|"
    r"决算报告|预算报告|决算说明|预算说明|整体支出绩效|绩效自评结果|自评价报告|自我评价报告|支出自评|绩效自评工作|"
    r"(?:决算|预算)(?:编制)?(?:情况)?的?说明|“三公[”“]经费|三公经费)"
)
#: Words that head sections too: a title with one of them names its unit.
_ALSO_SECTION = re.compile(r"^(?:(?:决算|预算)(?:编制)?(?:情况)?的?说明|“?三公)")
_TITLE = re.compile(
    rf"^(?P<front>.{{0,60}}?)(?P<key>{_KEY})(?P<end>(?:财政拨款|支出|预算|决算|增减变?动?|对比)*(?:公开)?(?:情况|结果)?(?:汇总|一览|统计)?(?:总结|说明|报告|表|文本|草案)?(?:[(][^)]{{1,12}}[)])?)$"
)
_NO_TITLE = re.compile(
    r"^(?:附件|附表|附:|第[一二三四五六七八九十\d]+部分|[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|"
    r"\d{1,2}[、.．](?!\d)|[①-⑳]|目录|关于|按照?|根据|备注|注:|说明)|[。;,]|\.{3,}|…|《|[·•]{2,}|[|>→»]|首页|当前位置"
)
_YEAR = re.compile(r"(?:(?:19|20)\d{2}|二[〇零○O][〇零一二三四五六七八九○]{2})年度?")
_KIND_WORDS = re.compile(
    r"(?:部门|单位)?[(]?(?:单位|部门)?[)]?"
    r"(?:部门|单位|整体支出|整体|项目支出|财政支出|预算支出|支出|预算|项目|专项资金|绩效评价|绩效)*$"
)
#: A letter of a unit's name; figures count things of a kind there (第101中学, 第12社区).
NAME_LETTER = r"(?:[\u4e00-\u9fff()]|(?<=第)\d{1,3}(?=[\u4e00-\u9fff]))"
_ORG_LINE = re.compile(
    rf"^(?:中共)?{NAME_LETTER}{{3,36}}(?:局|委|委员会|办公室|办|厅|中心|院|学校|大学|处|站|所|馆|会|部|队|署|社|法院|检察院|政府)$"
)
_REPORT = re.compile("报告|决算|预算|文本")


@dataclass(frozen=True, slots=True)
class Title:
    """A title as printed (normalised), with the unit and year it names."""

    text: str
    unit: str | None
    year: int | None


def split_title(line: str) -> Title | None:
    """A line as a title; None where it is none."""
    text = _letter(_FORM_NUMBER.sub("", compact(line)))
    if not 4 <= len(text) <= 60 or _NO_TITLE.search(text):
        return None
    match = _TITLE.match(text)
    if match is None:
        return None
    front = _YEAR.sub("|", match["front"])
    named = [_KIND_WORDS.sub("", p).strip("—-:() ") for p in reversed(front.split("|"))]
    named = [n for n in named if re.fullmatch(rf"(?:中共)?{NAME_LETTER}{{3,40}}", n)]
    # 某乡人民政府2020年某某资金: the unit stands before the year, what it spent behind.
    unit = next((n for n in named if _ORG_LINE.match(n)), named[0] if named else None)
    if _ALSO_SECTION.match(match["key"]) and not (unit and _ORG_LINE.match(unit)):
        return None
    return Title(_FORM_NUMBER.sub("", normalise(line)), unit, find_year(text))


#: 某局关于报送2022年度部门整体支出绩效自评情况的报告: a title in the words of a letter.
_LETTER = re.compile(
    rf"^(?P<unit>(?:{NAME_LETTER}{{3,40}})?)关于(?:报送|上报|呈报|提交|开展|组织开展|实施)?"
    r"(?P<rest>[^。,;]*?(?:绩效自评|绩效评价|自评报告|评价报告|部门决算|部门预算))(?:工作|情况|结果)*"
    r"(?:的(?P<kind>自评报告|报告|说明|函|汇报))$"
)


def _letter(text: str) -> str:
    """A letter's title as that of the report it hands over."""
    match = _LETTER.match(text)
    if match is None:
        return text
    rest = re.sub("报告$", "", match["rest"])
    return match["unit"] + rest + ("报告" if match["kind"] in ("函", "汇报") else match["kind"])


def find_title(lines: Sequence[str]) -> Title | None:
    """The title of a document: the first line that names a report, else one that names a form.

    A cover that prints unit, year and title on lines of their own is read as one title.
    """
    candidates = [(i, t) for i in range(len(lines)) if (t := _title_from(lines, i)) is not None]
    if not candidates:
        return None
    early = [(i, t) for i, t in candidates if i < 60]
    pool = early or candidates
    reports = [(i, t) for i, t in pool if _REPORT.search(t.text)]
    index, title = (reports or pool)[0]
    return _with_cover(lines, index, title)


def _title_from(lines: Sequence[str], index: int) -> Title | None:
    """The title that begins on a line: on it alone, or wrapped over two or three lines.

    What goes on below is a fragment: no title, or one without a year of its own (``效自评报告``).
    """
    alone = split_title(lines[index])
    if alone is not None or index >= _TITLE_LINES:
        return alone
    if not _BEGINS_TITLE.search(compact(lines[index])):
        return None
    joined = lines[index].rstrip()
    for below in lines[index + 1 : index + 3]:
        fragment = split_title(below)
        if fragment is not None and fragment.year is not None:
            return None
        joined += below.strip()
        whole = split_title(joined)
        if whole is not None:
            return whole if whole.year is not None else None
    return None


#: Lines at the head of a document in which a wrapped title is looked for.
_TITLE_LINES = 12
#: A first line of a title names a year, no date, and breaks off in the middle of its words.
_BEGINS_TITLE = re.compile(rf"^(?!我|本|该|.*\d月\d{{1,2}}日)[^。,;:]*{_YEAR.pattern}[^。,;:]*$")
_FORM_NUMBER = re.compile(r"^(?:公开|预算|决算|附)?(?:表\d{1,3}|\d{1,3}表)[-—:、.]?")
_LEVEL = re.compile(r"[(](?:本级|机关|汇总|部门本级)[)]$")
_COVER_LINES = 4


def _with_name_above(lines: Sequence[str], index: int, title: Title) -> Title:
    """A unit whose name began on the line above: ``…监督管理委`` ⏎ ``员会2022年度…``.

    A line above that could be a unit by itself (``中共…区委`` ⏎ ``社会工作部2024年度…``) belongs to
    the name only where the document prints the two in one elsewhere.
    """
    above = compact(lines[index - 1]) if 0 < index <= _TITLE_LINES else ""
    rest = _YEAR.split(compact(title.text), maxsplit=1)
    if len(rest) < 2 or not 1 <= len(rest[0]) <= 20 or not _PLACE.match(above):
        return title
    name = above + rest[0]
    whole_above = _ORG_LINE.match(above) and len(rest[0]) > 2
    in_one = any(name in compact(line) for line in lines)
    if (whole_above and not in_one) or _PLACE.match(rest[0]) or not _ORG_LINE.match(name):
        return title
    return Title(above + title.text, name, title.year)


_PLACE = re.compile(r"^[\u4e00-\u9fff]{1,10}?(?:省|市|县|区|州|旗|盟|乡|镇)[\u4e00-\u9fff()]{2,}$")


def _with_cover(lines: Sequence[str], index: int, title: Title) -> Title:
    """Unit and year of the cover lines just above, where the title itself lacks them.

    A unit's name may itself stand on two lines.
    """
    title = _with_name_above(lines, index, title)
    if index > 12 or (title.unit and title.year):
        return title
    best = title
    joined = ""
    for above in reversed(lines[max(index - _COVER_LINES, 0) : index]):
        if len(compact(above)) > 30 or re.search(r"[。;:.…]", compact(above)):
            break
        joined = normalise(above) + joined
        year = find_year(joined) if _YEAR.search(compact(joined)) else None
        name = _LEVEL.sub("", _YEAR.sub("", compact(joined)))
        if name and not _ORG_LINE.match(name):
            continue
        unit = title.unit or (name or None)
        if (unit, year or title.year) != (best.unit, best.year):
            best = Title(joined + title.text, unit, title.year or year)
    return best
