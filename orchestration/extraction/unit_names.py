"""The name of the unit that publishes a document: where it is printed, its fullest form.

Evidence in order: labelled cells and cover lines, code captions, titles, then running text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.regions import LONGEST_NAME, gazetteer
from orchestration.extraction.text import compact, is_personal_label
from orchestration.extraction.titles import NAME_LETTER, Title
from orchestration.extraction.vocabulary import default_vocabulary
from orchestration.reading.document import Grid

#: How the names of organisations end, the longest words first.
_ORG_END = "|".join(default_vocabulary().organisations)
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
_CODE_LABEL = re.compile(r"^(?:预算)?(?:单位|部门)(?:预算)?(?:编码|代码)(?:[(].*[)])?$")


@dataclass(slots=True)
class Found:
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


def names_of(builder: RecordBuilder, lines: list[str], title: Title | None) -> Found:
    """Every name of the unit that a document prints, weighed by where it stands."""
    found = Found()
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


def _written(lines: list[str], found: Found) -> None:
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


def _superior(builder: RecordBuilder, lines: list[str], found: Found) -> None:
    """Where no unit names itself: the department over a project, or who the text says runs it."""
    over = {clean_unit(p.department) for p in builder.records("project") if p.department}
    if len(over) == 1:  # a list of several departments' projects is no one department's
        for project in builder.records("project"):
            found.add(project.department or "", 1)
    for grid in builder.document.grids():
        for cell in grid.cells:
            if builder.vocabulary.header("identity", cell.text) == "department":
                found.add(_next_filled(grid, cell.row, cell.col + cell.colspan) or "", 1)
    for line in lines:
        for match in _RUNS_IT.finditer(compact(line)):
            found.add(match["name"], 1)


def _labelled(builder: RecordBuilder, grid: Grid, found: Found) -> None:
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


def choose_name(found: Found, whole: str) -> tuple[str | None, str | None]:
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
