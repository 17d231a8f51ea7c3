"""Sentences about staff: 编制、在职、离休、退休、聘用 (families 16 of DOMAIN.md §3)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.numbers import Figure, find_figures, tail
from orchestration.extraction.narrative.phrases import OFFICE_AND_OTHERS, of_all_units
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.extraction.narrative.words import first_of, has, lexicon
from orchestration.extraction.text import compact
from orchestration.reading.document import Paragraph

_TOPIC = re.compile(
    r"编制|在编|定编|在岗|职工人数|职工总数|实有|人员情况|人员构成|人员总数|在册"
    r"|(?:^|[,。;:有])教职员?工(?=\d)"
)
#: A sentence that opens with people in service is about the unit's own, as 现有教职工 125 人 is.
_OPENS = re.compile(r"^[^,;。\d]{0,16}(?:在职|教职工|在岗)")
_CATEGORY = re.compile(r"在职|离休|退休|聘用|编外")
#: Where a sentence is about people who get something.
_OTHERS = re.compile(r"困难|慰问|帮扶|补助|救助|企业|留守|资助")
_SURVIVORS = re.compile(r"遗属(?:生活)?(?:困难)?补助(?:人员)?")
#: Words of an action on people: their count is no headcount of the unit.
_ACTION = re.compile(
    r"慰问|走访|帮扶|培训|发放|组织|服务|资助|救助|看望|体检|参加|补助|安置|用于|办理|表彰|接待|受|给|向|"
    r"(?:[本当今]年度?|年内|年中|期间|到龄)(?:新|已|办理)?(?:退休|离休|聘用|招聘)|"
    r"新增|减少|增加|调入|调出|去世|死亡|变动|同比|占|每"
)
#: What may follow a headcount; ``200 多名离退休干部`` counts who comes next.
_ENDS_COUNT = re.compile(
    r"^个?(?:[,。;、()]|$|其中|实有|现有|实际|在职|在编|在岗|离休|退休|聘用|编外|编制|年末)"
)


#: The day that headcounts are of: 截至 2020 年底.
_AS_OF = re.compile(r"((?:19|20)\d{2})年(?:年?[底末]|12月)")
_UNIT_NAME = re.compile(
    r"(?:局|院|场|所|站|中心|学校|馆|队|公司|处|政府|委员会|办公室|办事处|街道|乡|镇|小学|中学|园)$"
)
#: 离休 and 退休 counted as one: neither category's headcount.
_BOTH_RETIRED = re.compile(r"离休?(?:人员|干部)?[、和及与]?退休")
_LONG_NAME = 6
_SCHOOL = re.compile("(?:学校?|校|学院|幼儿园|[高一二三四五六七八九]中|中心校)$")
#: Kinds of posts within a category.
_KIND_OF = re.compile(
    r"行政|政法|专项|公安|事业|工勤|参公|参照|机关|下属|二级|消防|教师|教学|专业技术|管理岗|后勤"
    r"|全额|差额|自收自支|备案|额度|地方|中央|周转|执法|劳务派遣|合同|临时|临聘|辅警|警务辅助|公益"
)


def read_people(
    context: Context, paragraph: Paragraph, sentence: TextMap, masked: str, topic: bool
) -> bool:
    """Note the headcounts of a sentence; returns whether there were any.

    ``topic``: the paragraph or its heading is about staff, so that ``退休人员 5 人`` alone counts.
    """
    figures = find_figures(masked)
    seen = topic or _counts_staff(masked)
    if not seen or context.speaks_for_another(lexicon().cut(masked)):
        return False
    found = foreign = False
    said_year: int | None = None
    kinds: dict[str, list[tuple[Figure, str]]] = {}
    years: dict[int, int | None] = {}
    both = _both_retired(figures, masked)
    end = 0
    for figure in figures:
        phrase = masked[end : figure.start]
        end = figure.end
        posts = figure.kind == "other" and masked[figure.end :].startswith("个")
        if not _may_count(figure, masked, posts=posts):
            continue
        clause = of_all_units(tail(phrase), masked[: figure.start])
        words = lexicon().cut(clause, context.own_names)
        staff = next((w for w in reversed(words) if w.role == "staff"), None)
        years[figure.start] = said_year or context.year
        if staff is None:
            _add_sum(kinds, figure, clause)
            continue
        if posts and staff.value != "establishment":
            continue
        if words[-1].role not in ("staff", "filler", "time", "mark") or figure in both:
            continue
        # 政务服务中心, 政府购买服务人员: letters of a name tell no action
        acted = "".join(w.text for w in words if w.role != "staff" or len(w.text) < _LONG_NAME)
        if _ACTION.search(acted) or has(words, "direction", "compare", "exclude"):
            continue
        if has(words, "?") and not (found and staff.value in ("contract", "retired")):
            names = "".join(w.text for w in words if w.role == "?")
            foreign = foreign or bool(_UNIT_NAME.search(names))  # 市林场编制 40 人，实有 38 人
            continue
        if foreign and not has(words, "self"):
            continue
        if "教师" in clause and not _runs_school(context):
            continue  # 全县教育系统在职教师 5326 人: of its schools
        dated = list(_AS_OF.finditer(masked, 0, figure.start))
        said_year = int(dated[-1][1]) if dated else said_year
        year = first_of(words, "year")
        said_year = int(year.value) if year else said_year
        as_of = said_year or context.year
        if as_of is not None:
            as_of -= int(has(words, "prior"))
        kinds.setdefault(staff.value, []).append((figure, clause))
        years[figure.start] = as_of
        found = True
    _leave_out_hired(kinds, [f for f in figures if f.kind == "persons"])
    _record(context, paragraph, sentence, masked, kinds, years)
    _report_both(context, paragraph, sentence, kinds, both)
    return found


def _record(
    context: Context,
    paragraph: Paragraph,
    sentence: TextMap,
    masked: str,
    kinds: dict[str, list[tuple[Figure, str]]],
    years: Mapping[int, int | None],
) -> None:
    """Note the headcount of every category that the sentence counts as a whole."""
    parts = _of_parts(context, masked, kinds) or _office_alone(paragraph, masked, kinds)
    told = _after_sum(kinds, masked) if parts else kinds
    if kinds and not told:
        _report_kinds(context, paragraph, sentence, next(iter(kinds.values())))
    for category, counts in told.items():
        whole = _total(category, counts, masked)
        if whole is None:
            _report_kinds(context, paragraph, sentence, counts)
            continue
        context.mention(
            context.spot(paragraph, sentence, whole.start, whole.end),
            "personnel", "headcount", whole.value,
            item=category, amount_year=years[whole.start], unit=whole.unit or "人",
            unit_source="cell" if whole.unit else "inferred",
            is_approximate=whole.approximate,
        )  # fmt: skip


def _runs_school(context: Context) -> bool:
    """Whether the unit is a school, or nobody knows what it is."""
    names = context.own_names
    return not names or any(_SCHOOL.search(name) for name in names)


def _counts_staff(text: str) -> bool:
    """Whether a sentence is about staff by its own words."""
    several = len(set(_CATEGORY.findall(text))) >= 2 or bool(_OPENS.match(text))
    others = _OTHERS.search(_SURVIVORS.sub("", text))
    return bool(_TOPIC.search(text)) or (several and not others)


def _both_retired(figures: Sequence[Figure], text: str) -> list[Figure]:
    """The counts that ``离退休人员 12 人`` prints for two categories at once."""
    starts = [0, *(figure.end for figure in figures)]
    return [
        figure
        for start, figure in zip(starts, figures, strict=False)
        if figure.kind == "persons" and _BOTH_RETIRED.search(text[start : figure.start])
    ]


def _report_both(
    context: Context,
    paragraph: Paragraph,
    sentence: TextMap,
    kinds: Mapping[str, object],
    both: Sequence[Figure],
) -> None:
    """Say, in a sentence that counts staff, that neither category's headcount was read."""
    if not kinds or kinds.keys() & {"retired", "veteran_retired"}:
        return
    for figure in both:
        context.builder.issue(
            context.spot(paragraph, sentence, figure.start, figure.end),
            kind="unclaimed_figure",
            message=f"离休与退休合计{figure.value}人，未分别列示，未采用 | "
            "retired people of two categories counted as one: published as neither",
        )


def _report_kinds(
    context: Context, paragraph: Paragraph, sentence: TextMap, counts: list[tuple[Figure, str]]
) -> None:
    """Say that headcounts of kinds (行政编制, 事业编制) have no sum that is printed."""
    first, last = counts[0][0], counts[-1][0]
    context.builder.issue(
        context.spot(paragraph, sentence, first.start, last.end),
        kind="unclaimed_figure",
        message="只分类或分单位列示了人数，未印合计，未采用 | "
        "headcounts of kinds or of parts of the department without their sum: left alone",
    )


def _may_count(figure: Figure, text: str, *, posts: bool) -> bool:
    """Whether a figure may be a headcount by its unit and by what follows it."""
    bare_count = figure.kind == "bare" and figure.value != 0
    if figure.is_range or bare_count or not (posts or figure.kind in ("persons", "bare")):
        return False
    return bool(_ENDS_COUNT.match(text[figure.end :]))


def _leave_out_hired(kinds: dict[str, list[tuple[Figure, str]]], counts: Sequence[Figure]) -> None:
    """``在岗职工 512 人，其中在编 386 人，合同制 126 人``: in service on posts are 386.

    So are they where those beside them go by names that no list knows (``县招聘 2 人``).
    """
    serving, hired = kinds.get("on_duty", []), kinds.get("contract", [])
    if len(serving) < 2:
        return
    whole = serving[0][0]
    for own, clause in serving[1:]:
        others = [f.value for f in counts if f.start > own.start]
        beside = "在编" in clause and "在职" not in serving[0][1] and len(others) > 0
        adds_up = beside and own.value + sum(others) == whole.value
        if adds_up or any(own.value + other.value == whole.value for other, _ in hired):
            del serving[0]
            return


_SUM = re.compile(r"^(?:共计|合计|共|总计|共有)(?:人员)?(?:编制)?$")


def _add_sum(kinds: dict[str, list[tuple[Figure, str]]], figure: Figure, clause: str) -> None:
    """``行政编制 30 名、事业编制 20 名，共计 50 名``: the count of what they are kinds of."""
    if not _SUM.match(clause):
        return
    for counts in kinds.values():
        parts = [count for count, _ in counts]
        if len(parts) > 1 and sum(count.value for count in parts) == figure.value:
            counts.append((figure, "共计"))
            return


_HEAD_OFFICE = re.compile(
    r"(?:^|[,;。:、])机关(?=编制|行政|实有|在职|核定|现有|共有)"
    r"|本级|[局厅委办镇乡会院]机关|机关本部"
)
_OTHERS_OF_UNIT = re.compile(
    r"(?<!无)(?<!没有)(?:下属|所属|局属|直属|二级)[^,;。]{0,6}(?:单位|中心|院|所|站)"
)


def _of_parts(context: Context, text: str, kinds: dict[str, list[tuple[Figure, str]]]) -> bool:
    """Whether a sentence counts the head office or the other units, and no whole before them."""
    others = context.has_units or _OTHERS_OF_UNIT.search(text)
    part = text.startswith("其中") and _HEAD_OFFICE.search(text)
    if kinds and (part or _counts_others_too(text, kinds)):
        return True
    if not kinds or not (_HEAD_OFFICE.search(text) and others):
        return False
    first = min((count for counts in kinds.values() for count in counts), key=lambda c: c[0].start)
    before = text[: first[0].start]
    office = _HEAD_OFFICE.search(before) and not OFFICE_AND_OTHERS.search(before)
    return bool(office or _OTHERS_OF_UNIT.search(OFFICE_AND_OTHERS.sub("", first[1])))


def _office_alone(
    paragraph: Paragraph, text: str, kinds: dict[str, list[tuple[Figure, str]]]
) -> bool:
    """``局机关编制 25 名，实有 24 人。下属军休所编制 12 名``: the head office, then the others."""
    if not kinds or not _HEAD_OFFICE.search(text) or OFFICE_AND_OTHERS.search(text):
        return False
    whole = compact(paragraph.text)
    after = whole.find(text[-12:])
    return after >= 0 and _COUNTED_OTHERS.search(whole, after) is not None


def _counts_others_too(text: str, kinds: dict[str, list[tuple[Figure, str]]]) -> bool:
    """``宣传部编制 19 名，在职 18 人，下属融媒体中心编制 46 名``: parts beside parts."""
    first = min(c[0].start for counts in kinds.values() for c in counts)
    other = _COUNTED_OTHERS.search(text, first)
    return other is not None and "其中" not in text[first : other.start()]


_COUNTED_OTHERS = re.compile(
    r"(?:下属|所属|局属|直属|二级)[^,;。\d]{0,14}?(?:单位|中心|院|所|站|队)[^,;。\d]{0,6}"
    r"(?:编制|在职|实有|在编)[^,;。\d]{0,4}\d"
)


def _after_sum(
    kinds: dict[str, list[tuple[Figure, str]]], text: str
) -> dict[str, list[tuple[Figure, str]]]:
    """Of counts of parts those from ``合计编制 155 名、在职 143 名`` on: these are of the whole."""
    whole = _OF_ALL.search(text)
    if whole is None:
        return {}
    later = {
        name: [(f, clause) for f, clause in counts if f.start > whole.start()]
        for name, counts in kinds.items()
    }
    return {name: counts for name, counts in later.items() if counts}


_OF_ALL = re.compile(r"(?:合计|共计|总计)(?:核定)?(?:人员)?(?=编制|在职|实有|在编)")


def _total(category: str, counts: list[tuple[Figure, str]], text: str) -> Figure | None:
    """The count of a whole category: kinds of it (行政编制, 事业编制) are parts.

    Parts alone say nothing that is printed of the whole.
    """
    whole = [figure for figure, clause in counts if not _KIND_OF.search(clause)]
    serving = [f for f, clause in counts if "在职" in clause and not _KIND_OF.search(clause)]
    if serving:  # 年末实有 31 人，其中在职 27 人，退休 4 人: 实有 holds the retired too
        return _first_of_one(serving, text)
    if whole and category == "contract" and _beside_kinds(whole[0], counts, text):
        return None  # 县招聘 2 人，临时工 4 人: kinds side by side
    if whole:
        return _first_of_one(whole, text)
    first = counts[0][0]
    single = len(counts) == 1 and (category != "establishment" or text.count("编制") <= 1)
    alone = single or (len(counts) > 1 and "其中" in text[first.end : counts[1][0].start])
    return first if alone else None


def _beside_kinds(first: Figure, counts: list[tuple[Figure, str]], text: str) -> bool:
    """Whether kinds of hired people are counted beside a count that they are no parts of."""
    kinds = [f for f, clause in counts if f is not first and _KIND_OF.search(clause)]
    apart = [f for f in kinds if "其中" not in text[first.end : f.start]]
    return bool(apart) and sum(f.value for f in apart) != first.value


def _first_of_one(whole: Sequence[Figure], text: str) -> Figure | None:
    """The first of several counts, unless they stand side by side: ``实有 28 名；…实有 19 名``."""
    for at in range(2, len(whole)):  # 行政实有 56 人，事业实有 131 人，合计实有 187 人
        if sum(f.value for f in whole[:at]) == whole[at].value:
            return whole[at]
    first, others = whole[0], whole[1:]
    apart = [f for f in others if "其中" not in text[first.end : f.start]]
    if not apart or all(f.value == first.value for f in apart):
        return first
    return first if sum(f.value for f in apart) == first.value else None
