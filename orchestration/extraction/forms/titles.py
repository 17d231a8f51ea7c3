"""Titles of forms: whether a form is about a project, which one, and at which stage."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from orchestration.extraction.text import compact

_FORM_WORDS = re.compile(
    r"(?:项目)?(?:支出)?(?:预算)?(?:总体|整体)?绩效(?:目标)?(?:自评价?|评价|目标|申报|批复|完成情况|情况)*"
    r"(?:申报|批复|情况|自评|完成|公开|指标|体系|评价|评分|打分|考核|得分)*(?:表|一览表|报告表)$"
    r"|项目支出绩效自评表$|自评表$"
)
#: A unit's name and the year in front of a project's name.
_UNIT_AND_YEAR = re.compile(
    r"^[\u4e00-\u9fff()]{2,24}?(?:委员会|办公室|局|厅|中心|委|院|政府|街道|镇|乡|部|会|所|站|队|处)"
    r"(?:本级|机关)?[(]?20\d\d年度?[)]?(?=.{4,})"
)
_YEAR_IN_FRONT = re.compile(r"^[(]?20\d\d年度?[)]?(?=.{4,})")
_GENERIC = re.compile(
    r"^(?:20\d\d年度?|[(（]?20\d\d年度?[)）]?|附件|附表|表|\d+|[一二三四五六七八九十]+|[-—、.:：()（）]|本级|"
    r"省级|市级|县级|区级|市本级|省本级|中央|政策和|政策|部门预算|部门|单位|预算|项目|支出|专项资金|专项业务经费|"
    r"专项|资金|总体|整体|一级|二级|其他|转移支付|财政|重点|公开|年度|绩效|财政支出|对下|对地方|对市县|共同|及|和|业务|经费|填报|区域|地方|财政部门|自评|目标)*$"
)
_PROJECT_TITLE = re.compile(r"项目|专项|政策|转移支付")
_DEPARTMENT_TITLE = re.compile(r"整体|部门(?:预算)?绩效|单位整体")
_LIST_NUMBER = re.compile(
    r"^(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．]\s*(?!\d{3}年)|\d{1,2}[-－]\d{1,2})"
)


def scope_of_title(title: str | None) -> str | None:
    """``department``, ``project`` or None where a title does not say."""
    if not title:
        return None
    text = compact(title)
    if _DEPARTMENT_TITLE.search(text):
        return "department"
    return "project" if _PROJECT_TITLE.search(text) else None


def name_in_title(title: str | None) -> str | None:
    """``城市形象宣传经费项目绩效目标表`` → the project's name; None where it is generic."""
    if not title:
        return None
    text = _LIST_NUMBER.sub("", compact(title))
    text = re.sub(r"^(?:附件|附表|附)\d{0,2}[:、.]?", "", text)
    text = re.sub(r"[(（]20\d\d年度?[)）]$", "", text)
    name = _YEAR_IN_FRONT.sub("", _UNIT_AND_YEAR.sub("", _FORM_WORDS.sub("", text)))
    if name == text or len(name) < 4 or _GENERIC.match(name) or _ENDS_IN_YEAR.search(name):
        return None
    return name


_ENDS_IN_YEAR = re.compile(r"(?:19|20)\d{2}年度?$")  # 某县残联2023年: a unit and its year
_REPORT_ON = re.compile(
    r"^(?:关于)?(?P<front>.{0,30}?(?:19|20)\d{2}年度?(?:的|关于)?)?"
    r"(?P<name>[\u4e00-\u9fff()“”A-Za-z0-9、—-]{4,40}?(?:项目|专项(?!资金|经费)|工程|资金|经费|业务费"
    r"|(?:补助|补贴)(?:资金|经费)?|政策|计划))"
    r"(?:支出|资金|财政|部门|单位|事前|重点|的|\d{4}年度?)*(?:绩效)(?:自评价?|自我评价|评价)(?:情况)?的?报告"
    r"(?:[(].*[)])?$"
)
_UNIT_IN_FRONT = re.compile(r"^.{2,20}?(?:委员会|办公室|局|厅|中心|委|院)(?=.{5,})")
#: Where only a year stands in front, 局 may be a letter of the project: a place must lead.
_LOCAL_UNIT_IN_FRONT = re.compile(
    r"^.{2,8}?(?:省|市|县|区|州|盟|旗).{0,20}?(?:委员会|办公室|局|厅)(?=.{5,})"
)
_PLACE_IN_FRONT = re.compile(r"^.{1,8}?(?:省|市|县|区|州|盟|旗)")
_COVER_NAME = re.compile(r"^(?:被?评价)?(?:的)?项目名称[:：](?P<name>.{2,60})$")
#: …项目支出绩效自评报告 ⏎ （医疗设备购置项目）, ——医疗设备购置项目
_UNNAMED_REPORT = re.compile(r"项目(?:支出)?绩效(?:自评价?|自我评价|评价)报告$")
_NAME_BELOW = re.compile(
    r"^(?:[(]|[-—]{1,2})(?P<name>[\u4e00-\u9fffA-Za-z0-9“”、]{4,40}(?:项目|专项|工程|经费|资金))[)]?$"
)
_COVER_LABEL = re.compile(r"[:：]|\d{4}年\d|^\d+$")
#: Lines at the head of a document in which a cover's labels stand.
_COVER_LINES = 15
_OF_WHOLE = re.compile(r"整体|部门预算项目|各项目|所有项目|项目支出$|决算|预算绩效")


def project_in_title(title: str | None) -> str | None:
    """The project that a report's title names: ``2023年度安全饮水工程项目绩效自评报告``.

    A unit's name in front is left off where a year parts it from the project's.
    """
    match = _REPORT_ON.match(compact(title or ""))
    if match is None:
        return None
    name = re.sub(r"^“([^“”]*)”$", r"\1", match["name"])
    unit = _UNIT_IN_FRONT if match["front"] is None else _LOCAL_UNIT_IN_FRONT
    name = re.sub(r"^(?:19|20)\d{2}年度?(?=.{5})", "", unit.sub("", name))
    bare = _PLACE_IN_FRONT.sub("", name)
    if len(name) < 5 or _OF_WHOLE.search(name) or _GENERIC.match(name) or _GENERIC.match(bare):
        return None
    return None if _YEAR_AND_KIND.search(name) else name


#: 某县水产站2018年度项目: a unit, its year, and no project's name.
_YEAR_AND_KIND = re.compile(r"(?:19|20)\d{2}年度?(?:项目|专项|资金|经费)+$")


def project_on_cover(lines: Sequence[str]) -> str | None:
    """The project that a cover names: ``评价项目名称：2022年度水库除险加固项目``.

    Args:
        lines: the first paragraphs of a document, as printed; a name may go on in the next one.
    """
    texts = [compact(line) for line in lines[:_COVER_LINES]]
    for text, following in itertools.pairwise([*texts, ""]):
        label = _COVER_NAME.match(text)
        below = _NAME_BELOW.match(following) if _UNNAMED_REPORT.search(text) else None
        if below is not None and not _GENERIC.match(below["name"]):
            return below["name"]
        if label is None:
            continue
        name = label["name"]
        if len(name) >= 12 and following and not _COVER_LABEL.search(following):
            name += following
        name = re.sub(r"(?:支出)?(?:重点)?绩效(?:自评价?|自我评价|评价)?(?:报告)?$", "", name)
        return project_in_title(f"{name}绩效评价报告") or _plain_name(name)
    return None


def _plain_name(name: str) -> str | None:
    plain = re.sub(r"^(?:19|20)\d{2}年度?", "", name)
    return plain if len(plain) >= 4 and not _GENERIC.match(plain) else None


def is_target_title(title: str | None) -> bool:
    """Whether a title announces targets only (ex ante)."""
    text = compact(title or "")
    return bool(re.search(r"绩效目标(?:申报|批复)?表|目标表|绩效文本", text)) and "自评" not in text
