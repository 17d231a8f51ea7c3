"""Where a paragraph stands: the rank of its list number, its heading, its section's project."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

#: List numbers from the outermost to the innermost (一、 （一） 1. （1） ①).
_RANKS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (0, re.compile(r"^第[一二三四五六七八九十\d]{1,3}(?:部分|章|篇)")),
    (1, re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]|^[一二三四五六七八九十]{1,3}是")),
    (2, re.compile(r"^[(][一二三四五六七八九十]{1,3}[)]")),
    (3, re.compile(r"^\d{1,2}(?:[、．]|\.(?!\d)|\.(?=(?:19|20)\d{2}年))")),
    (4, re.compile(r"^[(]\d{1,2}[)]")),
    (5, re.compile(r"^[①-⑳]\.?")),
)
_HEADING_END = re.compile(r"[。;!?,]$")
_ACCOUNT_YEAR = re.compile(
    r"((?:19|20)\d{2})年度?(?=(?:部门|单位|本部门|本单位|财政|一般公共)?(?:整体)?"
    r"(?:预算|决算|收支|收入|支出|“?三公|资金))"
)
#: Headings over the money of the whole department; what they name else narrows it.
_UNIT_MONEY = re.compile(
    r"^(?=.*(?:部门|单位|整体|预算|收支|决算))(?:(?:19|20)\d{2}年?度?)?(?:本|我)?(?:部门|单位|整体|年度|财政)*(?:预算|资金|收支|经费|收入|支出|决算)"
    r"(?:预算|决算|资金|收支|收入|支出|安排|批复|执行|使用|管理|总体|基本|整体|完成|及|和|与|、)*(?:情况|分析|说明)*$"
)
_NARROWER = re.compile(
    r"项目|专项|三公|采购|资产|绩效|基本支出|人员|公用|基金|国有资本|结转|结余|补助|转移"
)
#: 2024年“三公”经费支出预算情况说明, 预算安排情况: amounts below it are budgets.
_BUDGETED = re.compile(
    r"(?:支出|收支|收入|经费[“”]?)预算(?:总体|基本|安排|编制|增减变[动化])*(?:情况)?(?:的?说明)?$"
    r"|(?<!公共)(?<!基金)(?<!经营)预算(?:安排|编制)(?:情况)?(?:的?说明)?$"
)
_DONE = re.compile("决算|执行|完成|实际")
_LABEL = re.compile(r"^([^,。;:\d]{2,40}?):")


@dataclass(frozen=True, slots=True)
class Head:
    """The list number of a paragraph: its rank (None: no number) and where the text begins."""

    rank: int | None
    start: int


def head_of(text: str) -> Head:
    """The list numbers a compact paragraph begins with (``4、②`` is a broken automatic number)."""
    rank, start = None, 0
    while True:
        rest = text[start:]
        for candidate, pattern in _RANKS:
            match = pattern.match(rest)
            if match and match.group()[-1] != "是":
                rank, start = candidate, start + match.end()
                break
        else:
            return Head(rank, start)


def is_heading(text: str) -> bool:
    """Whether a compact paragraph is a heading: short, and no sentence."""
    return len(text) <= 40 and not _HEADING_END.search(text) and not re.search(r"[。;]", text)


@dataclass(slots=True)
class Outline:
    """The state that paragraphs hand on: headings in force and the project of the section."""

    headings: dict[int, str] = field(default_factory=dict)
    project: str | None = None
    project_rank: int = 99
    added_midyear: bool = False
    #: The rank of the numbered paragraph on 项目支出 that the text stands under.
    project_spending: int | None = None
    #: The rank of the numbered paragraph on the unit's income that the text stands under.
    income: int | None = None
    #: The project that the whole document is about.
    document_project: str | None = None

    def enter(self, text: str) -> str:
        """Take in a compact paragraph; returns its text without list number."""
        head = head_of(text)
        body = text[head.start :]
        if head.rank is not None:
            self.headings = {r: t for r, t in self.headings.items() if r < head.rank}
            if self.project not in (None, self.document_project) and head.rank <= self.project_rank:
                self.leave_project()
            if is_heading(body):
                self.headings[head.rank] = body
            if self.project_spending is None or head.rank <= self.project_spending:
                on_projects = _PROJECT_SPENDING.match(body) is not None
                self.project_spending = head.rank if on_projects else None
            if self.income is None or head.rank <= self.income:
                self.income = head.rank if _INCOME.match(body) else None
        return body

    def enter_project(self, name: str, rank: int | None, *, added_midyear: bool = False) -> None:
        """From here to the next number of the same or a higher rank the text is about a project."""
        self.project, self.added_midyear = name, added_midyear
        self.project_rank = 9 if rank is None else rank

    def leave_project(self) -> None:
        """The section of a project is over."""
        self.project, self.project_rank, self.added_midyear = self.document_project, 99, False

    @property
    def of_project_spending(self) -> bool:
        """Whether the text stands under a numbered paragraph on 项目支出."""
        return self.project_spending is not None

    @property
    def of_income(self) -> bool:
        """Whether the text stands under a numbered paragraph on what the unit takes in."""
        return self.income is not None

    @property
    def heading(self) -> str:
        """The innermost heading in force."""
        return self.headings[max(self.headings)] if self.headings else ""

    @property
    def of_unit_money(self) -> bool:
        """Whether the innermost heading is over the whole department's money."""
        return is_unit_money(self.heading) and not _NARROWER.search(self.chain)

    @property
    def of_a_budget(self) -> bool:
        """Whether the innermost heading is over what was budgeted, not over what was done."""
        return bool(_BUDGETED.search(self.heading)) and not _DONE.search(self.heading)

    @property
    def year_of_account(self) -> int | None:
        """The year of a section such as ``（一）2022 年预算执行情况``; None where none is said."""
        for rank in sorted(self.headings, reverse=True):
            years = set(_ACCOUNT_YEAR.findall(self.headings[rank]))
            if len(years) == 1:
                return int(years.pop())
        return None

    @property
    def chain(self) -> str:
        """All headings in force, outermost first, joined by ``/``."""
        return "/".join(self.headings[rank] for rank in sorted(self.headings))


def is_unit_money(heading: str) -> bool:
    """Whether a heading or label is over the money of the whole department."""
    return bool(_UNIT_MONEY.match(heading)) and not _NARROWER.search(heading)


#: 2.项目支出 90 万元 …其中：; （二）项目支出情况
_PROJECT_SPENDING = re.compile(r"^(?:(?:19|20)\d{2}年度?)?项目支出(?!.*基本支出)")
#: （一）收入决算情况。; 1.部门收入总体情况
_INCOME = re.compile(
    r"^(?:(?:19|20)\d{2}年度?)?(?:本?部门|本?单位|年度|本年)*收入(?:预算|决算|总体|总表)*(?:情况)?(?:说明)?(?=[。:,]|$)"
)
_MONEY = re.compile(
    r"^(?:(?:19|20)\d{2}年?度?)?(?:资金|经费|财务)(?:总体|基本|收支|来源|投入|安排|使用|管理|预算|执行|及|和|、)*"
    r"(?:情况|概况|分析)?$"
    r"|^(?:年初|年度|全年)?(?:预算|决算|收支|支出|收入)(?:安排|编制|批复|执行|完成|总体)*(?:情况)?$"
)


def is_money(heading: str, chain: str) -> bool:
    """Whether a heading is over money, in a report on all of it (``资金情况``)."""
    return bool(_MONEY.match(heading)) and not _NARROWER.search(f"{chain}/{heading}")


def label_of(body: str) -> str | None:
    """``会议费支出情况:当年…`` → ``会议费支出情况``: the label before a colon, if there is one."""
    match = _LABEL.match(body)
    return match.group(1) if match else None


_OPENING = re.compile(r"^([^。,;:\d]{2,16})。(?=.)")


def opening_of(body: str) -> str | None:
    """``公用经费。年初预算 …``: the words that a numbered paragraph opens with, as a label."""
    match = _OPENING.match(body)
    return match.group(1) if match else None
