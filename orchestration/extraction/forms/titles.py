"""Titles of forms: whether a form is about a project, which one, and at which stage."""

from __future__ import annotations

import re

from orchestration.extraction.text import compact

_FORM_WORDS = re.compile(
    r"(?:项目)?(?:支出)?(?:预算)?(?:总体|整体)?绩效(?:目标)?(?:自评价?|评价|目标|申报|批复|完成情况|情况)*"
    r"(?:申报|批复|情况|自评|完成|公开)*(?:表|一览表|报告表)$|项目支出绩效自评表$|自评表$"
)
_GENERIC = re.compile(
    r"^(?:20\d\d年度?|[(（]?20\d\d年度?[)）]?|附件|附表|表|\d+|[一二三四五六七八九十]+|[-—、.:：()（）]|本级|"
    r"省级|市级|县级|区级|市本级|省本级|中央|政策和|政策|部门预算|部门|单位|预算|项目|支出|专项资金|专项业务经费|"
    r"专项|资金|总体|整体|一级|二级|其他|转移支付|财政|重点|公开|年度|绩效|财政支出|对下|及|和|业务|经费|填报|区域|地方|财政部门|自评|目标)*$"
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
    text = re.sub(r"[(（]20\d\d年度?[)）]$", "", text)
    name = _FORM_WORDS.sub("", text)
    if name == text or len(name) < 4 or _GENERIC.match(name):
        return None
    return name


_REPORT_ON = re.compile(
    r"^(?:关于)?(?P<front>.{0,30}?(?:19|20)\d{2}年度?(?:的|关于)?)?"
    r"(?P<name>[\u4e00-\u9fff()“”A-Za-z0-9、—-]{4,40}?(?:项目|专项|工程|资金|经费|补助|补贴|政策|计划))"
    r"(?:支出|资金|财政|部门|单位|事前|重点|的|\d{4}年度?)*(?:绩效)(?:自评价?|自我评价|评价)(?:情况)?的?报告"
    r"(?:[(].*[)])?$"
)
_OF_WHOLE = re.compile(r"整体|部门预算项目|各项目|所有项目|项目支出$|决算|预算绩效")


def project_in_title(title: str | None) -> str | None:
    """The project that a report's title names: ``2023年度安全饮水工程项目绩效自评报告``.

    A unit's name in front is left off where a year parts it from the project's.
    """
    match = _REPORT_ON.match(compact(title or ""))
    if match is None:
        return None
    name = re.sub(r"^[“]|[”]$", "", match["name"])
    if match["front"] is None:
        name = re.sub(r"^.{2,20}?(?:委员会|办公室|局|厅|中心|委|院)(?=.{5,})", "", name)
    if len(name) < 5 or _OF_WHOLE.search(name) or _GENERIC.match(name):
        return None
    return name


def is_target_title(title: str | None) -> bool:
    """Whether a title announces targets only (ex ante)."""
    text = compact(title or "")
    return bool(re.search(r"绩效目标(?:申报|批复)?表|目标表|绩效文本", text)) and "自评" not in text
