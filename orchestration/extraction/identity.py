"""Who published a document, for which year, and what kind of report it is (``DocumentRecord``).

Evidence in order: labelled cells and cover lines, code captions, titles, then running text. The
fullest form of the unit's name that is printed wins; the manifest speaks only where the document is
silent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from orchestration.extraction.bands import grade_bands
from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.hints import Hints
from orchestration.extraction.kinds import kind_of
from orchestration.extraction.regions import LONGEST_NAME, gazetteer, locate, region_of_code
from orchestration.extraction.text import (
    compact,
    has_personal_data,
    is_personal_label,
    normalise,
)
from orchestration.extraction.titles import NAME_LETTER, Title, find_title, split_title
from orchestration.extraction.values import find_year, parse_date
from orchestration.reading.document import Document, Grid
from orchestration.records import DocumentRecord

_ORG_END = (
    "委员会|办公室|服务中心|管理局|管理处|检察院|法院|学校|大学|学院|中学|小学|幼儿园|医院|联合会|协会|总队|支队|大队|"
    "电视台|电台|气象台|监狱|看守所|林场|农场|牧场|种畜场|剧团|歌舞团|文工团|乐团|动物园|植物园|"
    "开发区|高新区|产业园区|工业园区|示范区|医联体|水库|"
    "局|委|办|厅|中心|院|校|处|站|所|馆|会|部|队|署|社|室|公司|集团"
)
_ORGANISATION = re.compile(rf"^(?:中共)?{NAME_LETTER}{{2,40}}(?:{_ORG_END})$")
_NO_NAME = re.compile(r"[,。;:=|]|(?<!第)(?<!第\d)(?<!第\d\d)\d")
_SEAL = re.compile(r"[(]?(?:盖章|公章|签章|章)[)]?$")
_SEAL_IN_FRONT = re.compile(r"^[(](?:单位|部门)?(?:盖章|公章|签章|章)[)]:?")
_OWN_LEVEL = re.compile(r"(?:[(]?(?:机关)?本级[)]?|[(]汇总[)])$")
_CODE_NAME = re.compile(
    r"^[(\[【]?(?P<code>(?!(?:19|20)\d{2}(?!\d))\d{3,10})[)\]】]?[-—_ ]?"
    rf"(?P<name>(?:中共)?{NAME_LETTER}{{3,40}})$"
)
_COVER_LABEL = re.compile(
    r"^(?:部门\(单位\)|单位\(部门\)|部门|单位|填报单位|预算单位|编制单位|预算部门|填报部门|评价单位|公开单位|"
    r"(?:评价)?项目(?:实施|承担|使用)?单位|被评价(?:项目)?(?:单位|部门))"
    r"(?:(?:名称|全称)(?:\(?盖章\)?|\(公章\)|\(签章\))?:?|(?:\(?盖章\)?|\(公章\)|\(签章\))?:"
    r"|(?:\(盖章\)|\(公章\)|\(签章\)))(?P<name>.+)$"
)
_APART = re.compile(r"[ \t\u3000]+(?=[\u4e00-\u9fff]{2,8}[:：])")
_MADE_BY = re.compile(
    rf"^(?P<name>(?:中共)?[\u4e00-\u9fff()]{{3,40}}(?:{_ORG_END}))(?:本级)?(?:编制|编|制)$"
)
_SIGNBOARD = re.compile(r"(?:挂|加挂|使用|全称(?:为|是)?)“(?P<name>[^”]{4,40})”")
_SELF = re.compile(
    rf"(?:^|[,。;、:的])(?P<name>(?:中共)?[\u4e00-\u9fff()]{{2,30}}?(?:{_ORG_END}))(?:\(以下简称[^)]*\))?"
    r"(?=内设|编制|核定|现有编制|为[^,。]{0,14}(?:机构|单位|部门)|是[^,。]{0,24}(?:机构|单位|部门)|成立于|下设|主要职责|部门职责|机构设置)"
)
_RUNS_IT = re.compile(
    rf"(?:由|对|^|[,。;:])(?P<name>(?:(?![由对])[\u4e00-\u9fff]){{2,24}}?(?:{_ORG_END}))"
    r"(?=(?:具体|统一|牵头|组织|负责)*实施|(?:19|20)\d{2}年度?)"
)
#: 现将某局2022年度…情况报告如下: who hands a report in.
_HANDS_IN = re.compile(
    r"现将(?P<name>(?:中共)?[\u4e00-\u9fff()]{4,40}?)(?:(?:19|20)\d{2}年|部门|单位|整体|绩效|项目)"
)
_SIGNING_LINES = 8
_SELF_WORDS = re.compile(r"^(?:我|本|该|各|其|我们|下属|所属|全|文件|根据|由|与|和|对|在|及)")
_UNIT_FIELDS = ("unit_name",)
_DATE_LABEL = re.compile(r"(?:填报|填表|编制|报告|报送)(?:日期|时间)")
_CODE_LABEL = re.compile(r"^(?:预算)?(?:单位|部门)(?:预算)?(?:编码|代码)(?:[(].*[)])?$")


@dataclass(slots=True)
class _Found:
    """Names of the unit with their weight, and codes printed beside them."""

    names: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    code: str | None = None

    def add(self, printed: str, weight: int) -> None:
        name = clean_unit(printed)
        if name is None:
            return
        if name not in self.names:
            self.order.append(name)
        self.names[name] += weight


#: What the same line prints after a unit's name.
_NEXT_LABEL = re.compile(
    r"(?<=.)(?:(?:填报|评价|自评|预算)年度|(?:填报|填表|编制)(?:日期|时间|人)|金额单位|单位:|联系(?:人|电话)):?"
)


def clean_unit(printed: str) -> str | None:
    """A unit's name without code, seal, 本级, brackets; None where it is no organisation's name."""
    text = _NEXT_LABEL.split(compact(printed))[0].strip("“”\"'.,:;-—_")
    text = _SEAL_IN_FRONT.sub("", text)
    match = _CODE_NAME.match(text)
    if match:
        text = match["name"]
    text = re.sub(r"^(?:部门|单位|部门\(单位\)|填报单位|预算单位)(?:名称|全称):?", "", text)
    text = re.sub(r"^[(\[【]?\d{3,}[)\]】]?[-—_ ]*", "", text)
    previous = None
    while previous != text:
        previous, text = text, _OWN_LEVEL.sub("", _SEAL.sub("", text)).strip(":() ")
    if text.count("(") != text.count(")"):
        text = re.sub("[()]", "", text)
    if not 3 <= len(text) <= 40 or _NO_NAME.search(text) or is_personal_label(text):
        return None
    if not _ORGANISATION.match(text) and not text.startswith("中共"):
        return text if re.search(r"(?:政府|人大|政协|妇联|工会|团委|乡|镇|街道)$", text) else None
    return None if _SELF_WORDS.match(text) else text


def identify(builder: RecordBuilder, hints: Hints | None = None) -> DocumentRecord:
    """The identity of the document a builder holds.

    Args:
        builder: with the records of forms, where they have been read.
        hints: what the manifest says; used where the document is silent.
    """
    given = hints or Hints()
    document = builder.document
    lines = list(_lines(document))
    title = find_title(lines) or find_title(list(_head_cells(document)))
    whole = "".join(compact(line) for line in lines)
    cells = "".join(compact(c.text) for g in document.grids() for c in g.cells)
    found = _names(builder, lines, title)
    short, full = _choose(found, whole)
    unit = full or (clean_unit(given.unit_name) if given.unit_name else None) or given.unit_name
    year = _year(title, lines, document, whole + cells, _labelled_years(builder))
    year = year or given.fiscal_year or find_year(document.file_name)
    located = locate(unit, [title.text if title else "", whole, cells])
    hinted = region_of_code(given.region_code)
    region = located.region if located else hinted
    return DocumentRecord(
        report_id=document.report_id,
        unit_name=unit,
        unit_name_short=short,
        budget_unit_code=found.code,
        region_code=region.code if region else None,
        region_evidence=located.evidence if located else "manifest" if hinted else None,
        fiscal_year=year,
        report_kind=kind_of(builder, title, lines),
        title=title.text if title else None,
        report_date=_report_date(document, lines),
        grade_bands=grade_bands(whole + cells),
        has_contact=builder.has_contact or _has_contact(document),
    )


def _lines(document: Document) -> Iterator[str]:
    """The printed lines of running text, in order."""
    for paragraph in document.paragraphs():
        for line in paragraph.text.split("\n"):
            if line.strip():
                yield line.strip()


def _head_cells(document: Document) -> Iterator[str]:
    """Cells over the whole width in the first rows of tables: a sheet's title stands in one."""
    for grid in document.grids():
        for cell in grid.cells:
            if cell.row < _HEAD_ROWS and cell.colspan * 2 > grid.n_cols and cell.text.strip():
                yield cell.text.strip()


_HEAD_ROWS = 3


# --- the unit ------------------------------------------------------------------------------------


def _names(builder: RecordBuilder, lines: list[str], title: Title | None) -> _Found:
    found = _Found()
    for grid in builder.document.grids():
        _labelled(builder, grid, found)
    for project in builder.records("project"):
        if project.implementing_unit:
            found.add(project.implementing_unit, 3)
    if title is not None and title.unit:
        found.add(title.unit, 8)
    _written(lines, found)
    signature = _signature(lines)
    if signature is not None:
        found.add(signature, 3)
    if not found.names:
        _superior(builder, lines, found)
    return found


def _written(lines: list[str], found: _Found) -> None:
    """Names in running text: beside cover labels, alone on a line, in sentences about the unit."""
    for number, line in enumerate(lines):
        text = compact(line)
        # 填报单位：某局    自评得分：97 : what stands apart is another label's.
        cover = _COVER_LABEL.match(compact(_APART.split(line.strip())[0]))
        cover = cover or _COVER_LABEL.match(text)
        code = _CODE_NAME.match(text) if len(text) <= 50 else None
        if cover:
            found.add(cover["name"], 8)
        elif code and clean_unit(text):
            found.add(text, 4)
            found.code = found.code or code["code"]
        elif number < 40 and (made := _MADE_BY.match(text)):
            found.add(made["name"], 5)
        elif number < 6 and len(text) <= 24 and _ORGANISATION.match(text):
            found.add(text, 3)
        for pattern, weight in ((_HANDS_IN, 4), (_SIGNBOARD, 1), (_SELF, 2)):
            for match in pattern.finditer(text):
                found.add(match["name"], weight)


def _signature(lines: list[str]) -> str | None:
    """The organisation on a line of its own above the date that ends a letter or a report."""
    tail = [compact(line) for line in lines[-_SIGNING_LINES:]]
    for name, date in pairwise(tail):
        if re.fullmatch(r"20\d{2}年\d{1,2}月\d{1,2}日", date) and 4 <= len(name) <= 30:
            return name
    return None


def _superior(builder: RecordBuilder, lines: list[str], found: _Found) -> None:
    """Where no unit names itself: the department over a project, or who the text says runs it."""
    for project in builder.records("project"):
        if project.department:
            found.add(project.department, 1)
    for grid in builder.document.grids():
        for cell in grid.cells:
            if builder.vocabulary.header("identity", cell.text) == "department":
                found.add(_next_filled(grid, cell.row, cell.col + cell.colspan) or "", 1)
    for line in lines:
        for match in _RUNS_IT.finditer(compact(line)):
            found.add(match["name"], 1)


def _labelled(builder: RecordBuilder, grid: Grid, found: _Found) -> None:
    """Names in the cells beside 部门名称, 单位名称, 填报单位 …; codes beside 单位编码."""
    for cell in grid.cells:
        label = compact(cell.text)
        if not label or len(label) > 30:
            continue
        name = builder.vocabulary.header("identity", cell.text)
        inline = _COVER_LABEL.match(label)
        if inline:
            found.add(inline["name"], 5)
            continue
        wants_code = bool(_CODE_LABEL.match(label))
        if name not in _UNIT_FIELDS and not wants_code:
            continue
        beside = _next_filled(grid, cell.row, cell.col + cell.colspan)
        if beside is None:
            continue
        value = compact(beside)
        if name in _UNIT_FIELDS:
            found.add(value, 5)
            code = _CODE_NAME.match(value)
            if code:
                found.code = found.code or code["code"]
        elif re.fullmatch(r"[\dA-Za-z]{3,20}", value):
            found.code = found.code or value


def _next_filled(grid: Grid, row: int, col: int) -> str | None:
    for cell in grid.row_cells(row):
        if cell.col >= col and cell.text.strip():
            return cell.text
    return None


def _choose(found: _Found, whole: str) -> tuple[str | None, str | None]:
    """The short name used in text and the fullest form printed."""
    if not found.names:
        return None, None
    weights = {name: weight + min(whole.count(name), 6) for name, weight in found.names.items()}
    best = max(found.order, key=lambda n: (weights[n], len(n)))
    longer = [n for n in found.order if n != best and _same_unit(n, best) and len(n) > len(best)]
    full = max(longer, key=len) if longer else best
    full = _printed_longer(full, whole) or full
    shorter = [n for n in found.order if n != full and _same_unit(full, n)]
    short = min(shorter, key=len) if shorter else None
    return short, full


def _same_unit(longer: str, shorter: str) -> bool:
    """Whether one name is another with its place or 中共 in front (or a fuller word at its end)."""
    a, b = re.sub("^中共", "", longer), re.sub("^中共", "", shorter)
    if a == b or (a.endswith(b) and _is_place(a[: -len(b)])):
        return True
    return a.startswith(b) and a[len(b) :] in ("公室", "员会")


def _is_place(text: str) -> bool:
    """Whether letters in front of a name are divisions (``岳阳市平江县``)."""
    book, rest = gazetteer(), text
    while rest:
        for length in range(min(len(rest), LONGEST_NAME), 1, -1):
            if rest[:length] in book.by_name or rest[:length] in book.by_stem:
                rest = rest[length:]
                break
        else:
            return False
    return True


def _printed_longer(name: str, whole: str) -> str | None:
    """The name with 中共 and its place in front, where the text prints it so."""
    best = None
    for match in re.finditer(re.escape(name), whole):
        for length in range(2, 22):
            front = whole[max(match.start() - length, 0) : match.start()]
            if len(front) < length:
                break
            place = front[2:] if front.startswith("中共") else front
            if (not place or _is_place(place)) and (best is None or len(front) > len(best)):
                best = front
    return f"{best}{name}" if best else None


# --- the year
# --------------------------------------------------------------------------------------


#: 填报年度：2023年
_LABELLED_YEAR = re.compile(r"(?:填报|评价|自评|预算|所属|报告)年度:((?:19|20)\d{2})(?!\d)")


def _labelled_years(builder: RecordBuilder) -> set[int]:
    """The years that forms print beside 评价年度 and the like."""
    said = (find_year(text) for name, text, _ in builder.form_facts if name == "year")
    return {year for year in said if year is not None}


def _year(
    title: Title | None, lines: list[str], document: Document, whole: str, labelled: set[int]
) -> int | None:
    """The fiscal year: of the title, of a form's heading, then the one named most."""
    if title is not None and title.year:
        return title.year
    for line in lines[:60]:
        text = compact(line)
        match = re.fullmatch(r"[(]?((?:19|20)\d{2})年度?[)]?", text) or _LABELLED_YEAR.search(text)
        if match:
            return int(match[1])
    if len(labelled) == 1:
        return next(iter(labelled))
    headings = [
        y for line in lines if len(line) <= 45 and (t := split_title(line)) and (y := t.year)
    ]
    names = [find_year(g.name) for g in document.grids() if g.name]
    for years in (headings, [y for y in names if y]):
        if years:
            return Counter(years).most_common(1)[0][0]
    for line in lines[:6]:
        headed = _YEAR_OF_HEAD.match(compact(line)) if len(line) <= 45 else None
        if headed:
            return int(headed[1])
    return _most_said(whole)


#: A first line that is no title anyone knows: 某局2022年度部门决算分析.
_YEAR_OF_HEAD = re.compile(
    r"^[^。,;:]{0,30}?((?:19|20)\d{2})年度?[^。,;:\d]{0,20}(?:决算|预算|绩效|自评|评价|支出|经费)[^。,;:\d]*$"
)


def _most_said(whole: str) -> int | None:
    counts: Counter[int] = Counter()
    for match in re.finditer(r"(?<!\d)((?:199|20[0-4])\d)年(度)?(?P<after>.{0,6})", whole):
        money = re.search(r"预算|决算|支出|收入|本单位|部门|整体|本部门", match["after"])
        counts[int(match[1])] += 1 + (2 if match[2] else 0) + (4 if money else 0)
    if not counts:
        return None
    ranked = counts.most_common(2)
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return max(ranked[0][0], ranked[1][0])
    return ranked[0][0]


# --- the rest
# ----------------------------------------------------------------------------------------


def _report_date(document: Document, lines: list[str]) -> dt.date | None:
    """填报日期 where printed, else a date that stands alone on the cover."""
    texts = [compact(line) for line in lines]
    texts += [
        compact(c.text)
        for g in document.grids()
        for c in g.cells
        if "日期" in c.text or "时间" in c.text
    ]
    for text in texts:
        label = _DATE_LABEL.search(text)
        if label and (found := parse_date(text[label.end() : label.end() + 20])):
            return found
    for text in texts[:12]:
        if re.fullmatch(r"20\d{2}年\d{1,2}月\d{1,2}日", text):
            return parse_date(text)
    return None


#: Long numbers, mail addresses and the labels before names: cheap to look for first.
_MAY_BE_PERSONAL = re.compile(r"[\d０-９-]{7}|@|人|签|电|负责|制表|领导")


def _has_contact(document: Document) -> bool:
    texts = [p.text for p in document.paragraphs()]
    texts += [c.text for g in document.grids() for c in g.cells]
    return any(
        has_personal_data(normalise(text)) for text in texts if _MAY_BE_PERSONAL.search(text)
    )
