"""Sentences that state scores of the whole: totals, parts, grade (family 12 of DOMAIN.md §3)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from orchestration.extraction.bands import grade_pattern
from orchestration.extraction.builder import Spot
from orchestration.extraction.narrative.context import Context
from orchestration.extraction.narrative.numbers import Figure, find_figures, tail
from orchestration.extraction.narrative.textmap import TextMap
from orchestration.extraction.narrative.words import has, lexicon, role_words
from orchestration.extraction.projects import find_project
from orchestration.extraction.vocabulary import default_vocabulary
from orchestration.reading.document import Paragraph

_SCORE_TAIL = re.compile(
    r"(?:绩效|指标|部分|方面|类)*(?:评价|自评)?(?:得分|实得|得)?(?:共|合计)?(?:为|是|:|计)*$"
)
_FULL = re.compile(r"(?:满分|分值|权重|标准分|总分设置|总分值)(?:为|是|:|共)*$")
_BAND = re.compile(r"(?:以上|以下|[-—~至])|含\)")
_AGGREGATE = re.compile(r"平均|个项目|各项目|分别|均为|最高|最低")
#: 总分 100 分，自评 94 分: what the whole got beside what it could get.
_OF_FULL = re.compile(
    r"^(?:部门|单位|本次|本部门|本单位|我单位|我局)?(?:绩效)?"
    r"(?:自评|自评为|实得|实际得分|得分|评分|得)(?:为|是|:)?$"
)
_GOT_BEHIND = re.compile(r"[,、]?(?:自评|实际|实)?得(?:分)?(?:为|是|:)?\d")
_GOT = re.compile(r"^[),、]*(?:自评|实际|实)?得(?:分)?(?:为|是|:)?$")
_FULL_MARKS = re.compile(r"(?:满分|总分|总分值|分值|权重)(?:为|是|:|共|合计|设置为)*100分")
_OPENS_BRACKET = re.compile(r"[(][^(),、;]*$")
_FULL_BEFORE = re.compile(r"(?:总分|满分|总分值|分值)(?:为|是|:|设置为)?100分[,，;]$")


@lru_cache(maxsize=1)
def _total_words() -> re.Pattern[str]:
    words = "|".join(map(re.escape, role_words()["score_total"]))
    return re.compile(
        rf"(?:^|[\u4e00-\u9fff,:“”]*?)({words})(?:结果)?(?:为|是|达|:|,|得分|共|计)*$"
    )


@lru_cache(maxsize=1)
def _grade_words() -> re.Pattern[str]:
    words = "|".join(map(re.escape, role_words()["grade_label"]))
    return re.compile(
        rf"(?:{words}|等次|等级)(?:结果)?(?:为|是|:|达到|评定为|确定为|等次为|等级为)*[“”\"']*({grade_pattern()})[“”\"']*(?=[,。;)]|等|级|档|$)"
    )


def read_scores(context: Context, paragraph: Paragraph, sentence: TextMap, masked: str) -> None:
    """Note total score, parts and grade where a sentence states them."""
    if _of_other_year(context, masked) and not _own_year(context, masked):
        return
    if context.outline.project is None and not context.evaluates and _OF_ONE.search(masked):
        return  # 组织对“人居环境整治”开展部门评价，评价得分 91 分
    if context.outline.project is None and not context.evaluates and _of_a_thing(context, masked):
        _report_thing(context, paragraph, sentence, masked)
        return  # 特种设备监管：全年预算数 85.6 万元，…，自评得分 100 分
    if _WEIGHTS_SET.search(masked):
        return  # a note below a form: what the parts may get, not what they got
    project = context.outline.project or _quoted(context, masked)
    fields: dict[str, Any] = {"project_name": project} if project else {}
    if not _AGGREGATE.search(masked):
        _points(context, paragraph, sentence, masked, fields)
    if re.search(r"\d+分?[(（]?含|\d分(?:以上|以下)", masked):
        return  # the bands themselves
    grade = _grade_words().search(masked) or _judged(masked)
    reviewed = not context.evaluates and _REVIEWED.search(masked) and "自评" not in masked
    if (
        grade
        and _EVALUATED.search(masked)
        and not reviewed
        and not _FORM_ROW.match(masked)
        and not _AGGREGATE.search(masked)
        and "项目" not in _before(masked, grade.start(), project)
    ):
        context.mention(
            context.spot(paragraph, sentence, grade.start(), grade.end()),
            "evaluation", "grade", None, value_text=grade[1], **fields,
        )  # fmt: skip


_QUOTED = re.compile(
    r"^(?:其中,?:?)?“(?P<name>[^“”\d][^“”]{3,40})”(?:项目)?(?:支出)?(?:绩效)?(?:自评|评价)(?:综合)?得分"
)


def _quoted(context: Context, text: str) -> str | None:
    """``“医疗救助”项目绩效自评得分 96.8 分``: the project whose score a sentence opens with."""
    named = _QUOTED.match(text)
    if named is None:
        return None
    return find_project(named["name"], context.projects) or named["name"]


_THING = re.compile(r"^(?P<label>[^,;:。\d]{3,30}):[^。]*预算[^。]*\d万?元[^。]*(?:得|评)分")


def _of_a_thing(context: Context, text: str) -> bool:
    """Whether a sentence tells budget and score of what its label names in unknown words."""
    told = _THING.match(text)
    if told is None or _OF_ALL.search(told["label"]):
        return False
    return has(lexicon().cut(told["label"], context.own_names), "?")


def _report_thing(context: Context, paragraph: Paragraph, sentence: TextMap, masked: str) -> None:
    points = next((f for f in find_figures(masked) if f.kind == "points"), None)
    if points is not None:
        context.builder.issue(
            context.spot(paragraph, sentence, points.start, points.end),
            kind="unclaimed_figure",
            message="该得分属于前文所称事项，无法确认是否为项目或单位整体得分，未采用 | "
            "a score of what its label names: neither the unit's nor a known project's, left alone",
        )


_OF_ALL = re.compile("整体|部门|单位|预算|支出|收支|资金|综合|结论|结果|情况|得分|[本我]")
#: The last row of a form that was left as text: nobody says whose grade it is.
_FORM_ROW = re.compile(r"^(?:总分|合计)?[\d. ]*(?:等级|等次|评分)[:](?!自评|得分|综合|本)")
#: The score of one thing that the sentence names, and nothing of it is told elsewhere.
_OF_ONE = re.compile(
    r"对“[^”]{2,30}”|对[^,;。]{2,24}(?:项目|资金|政策|工程)[^,;。]{0,6}(?:开展|进行|实施)"
)
#: What has a grade of this kind; air, water, credit and offices have grades of their own.
_EVALUATED = re.compile("绩效|自评|评价|得分|评分|总分|评定|评为")
#: Somebody else's grade in a report of the unit's own.
_REVIEWED = re.compile(r"复评|复核|抽评|核查|重点评价|财政评价|上级考核|考核得分")
_WEIGHTS_SET = re.compile(r"(?:分值|权重).{0,6}统一(?:设置|设定|确定)")
_WHOLE = Decimal(100)
_PRIOR = re.compile(
    r"上(?:一)?年度?|去年|前年|以前年度|(?<!\d)((?:19|20)\d{2})年(?:度|得分|绩效|评价)"
)


def _of_other_year(context: Context, text: str) -> bool:
    """Whether a sentence tells the score of a year before: ``上年度绩效评价得分 91 分``."""
    figures = find_figures(text)
    points = next((f for f in figures if f.kind == "points"), None)
    before = text[: points.start] if points else text
    found = list(_PRIOR.finditer(before))
    if not found or re.search("本年|今年|当年|比|较", before):
        return False
    years = {int(m[1]) if m[1] else 0 for m in found}
    return context.year is not None and context.year not in years


def _own_year(context: Context, text: str) -> bool:
    """Whether a sentence that begins with another year's score goes on to this year's."""
    return bool(re.search(rf"本年|今年|当年|本次|{context.year}年", text))


def _before(text: str, end: int, project: str | None) -> str:
    """The words before a grade; inside a project's section the word 项目 is no warning."""
    return "" if project else text[:end]


#: A score and where it stands in the sentence.
_Total = tuple[Decimal, int, int]
_PLAIN_SCORE = re.compile(
    r"^[\u4e00-\u9fff]{0,12}(?:整体支出|绩效)自评$|^[该本]项目(?:自评|自评得|得)分?为?$|^(?:部门|单位|整体|支出|绩效|本次|综合)*(?:得分|评分|得|自评得?|自评打分)(?:为|是|:)?$"
)


@lru_cache(maxsize=1)
def _judged_as() -> re.Pattern[str]:
    return re.compile(
        rf"[\d.]+分,?(?:被?评[为定]|评定为|等?为|属于?)[“”\"']*({grade_pattern()})[“”\"']*(?=[,。;)]|等|级|档|$)"
    )


def _judged(text: str) -> re.Match[str] | None:
    """``自评97.6分，评为“优”``: a grade right behind the points of an own evaluation."""
    return _judged_as().search(text) if "自评" in text or "评价" in text else None


def _beside_grade(text: str) -> _Total | None:
    """``自评结论为“优”，得分98.5分``: the one score of a sentence that gives the grade."""
    points = [f for f in find_figures(text) if f.kind == "points"]
    points = [f for f in points if "(其中" not in text[max(f.start - 24, 0) : f.start]]
    if len(points) != 1 or "自评" not in text or not (_grade_words().search(text) or _judged(text)):
        return None
    only = points[0]
    if only.value > _WHOLE or not _PLAIN_SCORE.match(tail(text[: only.start])):
        return None
    return only.value, only.start, only.end


_EXECUTION = re.compile(r"^(?:其中)?[:“]?(?:资金|预算)?执行(?:率|情况)?”?$")


def _level_of(clause: str) -> str | None:
    """The level 1 whose score a clause tells (``其中产出指标得``; 预算执行 is one)."""
    if _SCORE_TAIL.search(clause) and _EXECUTION.match(_SCORE_TAIL.sub("", clause)):
        return "budget_execution"
    name = _SCORE_TAIL.sub("", clause).removeprefix("其中").strip("“”:")
    return default_vocabulary().level1.find(name) if _SCORE_TAIL.search(clause) else None


def _is_of_full(text: str, start: int, clause: str) -> bool:
    """``总分 100 分，自评 94 分``: what the whole got."""
    return bool(_OF_FULL.match(clause) and _FULL_BEFORE.search(text[: start - len(clause)]))


def _alone_in_bracket(text: str, figure: Figure) -> bool:
    """``产出指标（50分）``: what it may get; ``（产出 49 分、效益 28 分）`` are scores."""
    before = text[: figure.start]
    return text.startswith(")", figure.end) and bool(_OPENS_BRACKET.search(before))


_OF_WHOLE = re.compile(
    r"总|综合|最终|整体|部门|单位|本次|本年|项目|[我本](?:局|办|委|厅|院|校|镇|乡)"
)


def _one_total(totals: list[tuple[str, _Total]]) -> _Total | None:
    """The score of the whole among those a sentence tells; None where nobody can tell which.

    ``其中：预算编制自评得分 8 分，预算执行自评得分 26 分``: of parts.
    """
    own = [(name, total) for name, total in totals if "其中" not in name]
    if len({total[0] for _, total in own}) > 1:
        own = [(name, total) for name, total in own if _OF_WHOLE.search(name)]
    return own[0][1] if len({total[0] for _, total in own}) == 1 else None


#: 数量指标 20 分、质量指标 15 分、成本指标 5 分: of the second level, 成本 too.
_SECOND_LEVELS = re.compile("数量指标|质量指标|时效指标")


def _scored(
    context: Context, masked: str, *, alone: bool
) -> tuple[_Total | None, list[tuple[str, Decimal, int, int]], bool]:
    """The total and the parts that a sentence tells, and whether a part of it is unknown."""
    parts: list[tuple[str, Decimal, int, int]] = []
    totals: list[tuple[str, _Total]] = []
    end = 0
    of_level = ""
    unread = False
    for figure in find_figures(masked):
        phrase = masked[end : figure.start]
        end = figure.end
        before, of_level = of_level, ""
        if figure.unit == "分" and _alone_in_bracket(masked, figure):
            of_level = tail(masked[: figure.start - 1])  # 产出指标（50分）得49分
        if figure.kind != "points" or figure.is_range or _BAND.match(masked[figure.end :]):
            continue
        clause = tail(phrase)
        if _GOT_BEHIND.match(masked, figure.end) and "扣" not in clause:
            of_level = clause  # 过程30分得29分: the first is what it may get
            continue
        clause = before if before and _GOT.match(phrase) else clause
        whole = figure.value <= _WHOLE and _is_of_full(masked, figure.start, clause)
        elsewhere = _of_other_year(context, clause + "0分") or "扣" in clause
        full = not whole and (_FULL.search(clause) or _alone_in_bracket(masked, figure))
        if elsewhere or full:
            continue
        if whole:
            totals.append(("总", (figure.value, figure.start, figure.end)))
            continue
        named = _total_words().search(clause)
        if named and _scores_another(context, clause[: named.start(1)]):
            continue  # 部门整体自评得分 94 分，局机关自评得分 96 分，疾控中心自评得分 95 分
        if named:
            thing = "项目" in re.sub("项目支出", "", clause) or _OF_FUND.search(
                clause[: named.start(1)]
            )
            if thing and alone and not context.evaluates:
                continue  # of a project that the text does not tell apart
            if figure.value and not (clause.endswith("总分") and figure.value == 100):
                name = ("其中" if "其中" in masked[: figure.start] else "") + clause
                totals.append((name, (figure.value, figure.start, figure.end)))
            continue
        level = _level_of(clause)
        if level is not None:
            parts.append((level, figure.value, figure.start, figure.end))
        unread = unread or level is None
    if _SECOND_LEVELS.search(masked):
        parts = [part for part in parts if part[0] != "cost"]
    return _one_total(totals), parts, unread


#: 特种设备监管专项经费自评得分 100 分
_OF_FUND = re.compile(
    r"(?<!支出)(?:经费|专项|专项资金|(?:补助|奖补|补贴)资金|工程)(?:支出)?(?:绩效)?$"
)
_ORGANISATION = re.compile(r"(?:中心|机关|本级|医院|学校|站|所|队|馆|局|院|校|处|公司)的?$")


def _scores_another(context: Context, name: str) -> bool:
    """Whether the words before a score name a unit that is not the reporting one."""
    if not context.own_names or not _ORGANISATION.search(name):
        return False
    head_office = re.search("机关|本级", name)
    own = not head_office and any(w.role == "self" for w in lexicon().cut(name, context.own_names))
    return not own


def _more_than_total(
    context: Context, spot: Spot, total: Decimal, parts: list[tuple[str, Decimal, int, int]]
) -> None:
    """Evidence where the scores of the parts come to more than the total beside them."""
    added = sum((value for _, value, _, _ in parts), Decimal(0))
    if len(parts) > 1 and added > total:
        context.builder.statement(
            spot, kind="sum", subject="得分", stated_value=total, computed_value=added,
            value_unit="分", detail="＋".join(str(value) for _, value, _, _ in parts),
        )  # fmt: skip


def _points(
    context: Context, paragraph: Paragraph, sentence: TextMap, masked: str, fields: dict[str, Any]
) -> None:
    total, parts, unread = _scored(context, masked, alone=not fields)
    if total is None and not parts:
        total = _beside_grade(masked)
    if total is not None:
        context.mention(
            context.spot(paragraph, sentence, total[1], total[2]),
            "evaluation", "total_score", total[0], unit="分", unit_source="cell", **fields,
        )  # fmt: skip
    # 满分100分，其中产出指标50分、效益指标30分: what they may get
    may_get = total is None and _FULL_MARKS.search(masked)
    # 目标设定10分、预算管理28分 …: parts that leave one out would add up to another total.
    short = unread and total is not None and sum(value for _, value, _, _ in parts) != total[0]
    if total is not None and not unread and not may_get:
        _more_than_total(context, context.spot(paragraph, sentence, 0, total[2]), total[0], parts)
    if may_get or short or (len(parts) < 2 and not (parts and total)):
        return
    told = [level for level, *_ in parts]
    for level, value, begin, stop in parts:
        if told.count(level) > 1:
            continue  # 预算管理 20 分，资产管理 9 分: two parts of the process
        context.mention(
            context.spot(paragraph, sentence, begin, stop),
            "evaluation_part", "score", value, item=level, unit="分", unit_source="cell", **fields,
        )  # fmt: skip
