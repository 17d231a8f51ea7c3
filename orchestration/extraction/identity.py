"""Who published a document, for which year, and what kind of report it is (``DocumentRecord``).

The fullest form of the unit's name that is printed wins (``unit_names``); the manifest speaks only
where the document is silent.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

from orchestration.extraction.bands import grade_bands
from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.hints import Hints
from orchestration.extraction.kinds import kind_of
from orchestration.extraction.regions import locate, region_of_code
from orchestration.extraction.text import (
    compact,
    has_personal_data,
    normalise,
)
from orchestration.extraction.titles import Title, find_title, split_title
from orchestration.extraction.unit_names import choose_name, clean_unit, names_of
from orchestration.extraction.values import find_year, parse_date
from orchestration.reading.document import Document
from orchestration.records import DocumentRecord

_DATE_LABEL = re.compile(r"(?:填报|填表|编制|报告|报送)(?:日期|时间)")


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
    found = names_of(builder, lines, title)
    short, full = choose_name(found, whole)
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
