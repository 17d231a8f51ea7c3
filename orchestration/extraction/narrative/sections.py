"""Which project a section of running text is about (families 13 and 14 of DOMAIN.md §3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.extraction.narrative.phrases import item_of
from orchestration.extraction.narrative.words import lexicon

_QUOTED = r"[“《]([^“”》\d][^“”》]{3,48})[”“》]"
_PATTERNS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?P<how>年初预算|年中追加|追加|年初安排|预算安排)?(?:的)?项目:?{_QUOTED}"),
    re.compile(rf"^(?:关于)?{_QUOTED}(?:项目|专项)(?:资金|经费|支出)?(?:绩效|情况|自评)?"),
    re.compile(
        r"^(?P<how>)[“]?([\u4e00-\u9fff()A-Za-z0-9、—-]{4,48}?)[”“]?(?:项目)?(?:支出)?"
        r"(?:(?:项目)?绩效(?:自评|目标完成|评价)?(?:情况)?|项目)综述[:。]?"
    ),
    re.compile(
        r"^(?P<how>)[“]?([\u4e00-\u9fff()A-Za-z0-9、—-]{4,48}?(?:项目|专项|经费|资金|工程))[”]?"
        r"(?:支出)?(?:绩效)?自评(?:价)?(?:情况|结果)?:"
    ),
    re.compile(rf"(?P<how>){_QUOTED}(?:项目)?(?:支出)?(?:绩效)?自评(?:综合)?得分"),
    re.compile(r"^(?P<how>)项目名称:([\u4e00-\u9fff()A-Za-z0-9、“”—-]{4,48}?)(?:[,。;]|$)"),
)
_KINDS = re.compile(r"^(?:专项|项目|财政|预算|资金|经费|支出|部门|整体|转移支付|一般公共)+$")
_NO_PROJECT = re.compile(r"^(?:各|全部|所有|部门|单位|本|该|我|重点|一级|二级|\d)")


@dataclass(frozen=True, slots=True)
class NamedProject:
    """A project that a paragraph introduces."""

    name: str
    added_midyear: bool


def project_of(body: str) -> NamedProject | None:
    """The project that a compact paragraph (without list number) is about, if it names one."""
    for pattern in _PATTERNS:
        match = pattern.search(body[:120])
        if match is None or match.start() > 60:
            continue
        how = match.groupdict().get("how") or ""
        name = match.groups()[-1].strip("“”")
        if _NO_PROJECT.match(name) or "=" in name or _KINDS.match(name):
            continue
        return NamedProject(name, "追加" in how)
    return None


_SPENDING_NAME = re.compile(
    r"^(?:其中:?)?(?P<name>[\u4e00-\u9fff()“”A-Za-z0-9、]{4,36}?(?:项目|专项经费|经费|专项资金|资金|专项|工程))(?:的)?$"
)
_NO_PROJECT_NAME = re.compile(
    r"^(?:调整|特?申请|拟申请|面向|预留|年中|年初|追加|新增|部门预算|实际|全年|本年)|预算后|基本支出|人员经费|公用经费|三公|运行经费|办公经费|^(?:财政|项目|各|全部|一般公共)"
)


_HEADING_PROJECT = re.compile(
    r"^[“]?(?P<name>[\u4e00-\u9fff()A-Za-z0-9、—-]{4,36}?(?:项目|专项|专项经费|专项资金|工程|补助经费|补助资金))[”]?"
    r"(?:[(][^()]{1,16}[)])?:?$"
)
_HEADING_FUNDS = re.compile(
    r"^[“]?(?P<name>[\u4e00-\u9fff()A-Za-z0-9、—-]{2,36}?(?:(?:工作|活动|建设|维护|业务|保障)经费"
    r"|(?:补贴|奖补|扶持|发展)资金))[”]?(?:[(][^()]{1,16}[)])?:?$"
)
_GENERIC_HEADING = re.compile(
    r"预算|支出|重点|主要|其他|部门|单位|所有|全部|绩效|情况|管理项目$|一般|使用|安排|实施|类项目|概况|结余|组织|开展|存在|完成|取得|推进|加强"
)


def heading_project(body: str) -> str | None:
    """The project that a heading names, ``（一）食品抽检项目``; None where it is a topic."""
    match = _HEADING_PROJECT.match(body)
    if match is None:
        return _heading_funds(body)
    if _GENERIC_HEADING.search(match["name"]) or _NO_PROJECT.match(match["name"]):
        return None
    return match["name"] if spending_name(match["name"]) else None


def _heading_funds(body: str) -> str | None:
    """``（三）河长制工作经费``; an item of the classification (业务工作经费) is no project."""
    match = _HEADING_FUNDS.match(body)
    if match is None or _GENERIC_HEADING.search(match["name"]) or _NO_PROJECT.match(match["name"]):
        return None
    words = lexicon().cut(match["name"])
    named = item_of(words) is None and any(w.role == "?" for w in words)
    return match["name"] if named else None


_ITEM_PROJECT = re.compile(
    r"^(?P<name>[\u4e00-\u9fff()A-Za-z0-9、“”—-]{2,36}?(?:项目|专项|经费|资金|工程)”?)[。:,]"
    r"(?=(?:(?:19|20)\d{2}年|全年|年度|本年|该项目)?(?:年初预算|全年预算|预算|安排|下达|批复|到位|实际支出|支出)[^。,;]{0,6}\d)"
)
#: What a numbered item with amounts of its own may be called, ``城市管理项目：预算安排 …``, and a
#: heading may not.
_GENERIC_ITEM = re.compile(_GENERIC_HEADING.pattern.replace("|管理项目$", "").replace("|实施", ""))


def item_project(body: str) -> str | None:
    """The project of a numbered item, ``公路养护经费。年初预算 80 万元，…``; None for an item."""
    match = _ITEM_PROJECT.match(body)
    if match is None or _GENERIC_ITEM.search(match["name"]):
        return None
    words = lexicon().cut(match["name"])
    unnamed = item_of(words) is not None or all(w.role != "?" for w in words)
    if unnamed or _NO_PROJECT_NAME.search(match["name"]):
        return None
    return None if _BARE_FUNDS.match(match["name"]) else unquoted(match["name"])


#: 工作经费，预算 50 万元: of whatever it is.
_BARE_FUNDS = re.compile(r"^“?(?:工作|业务|专项|其他|日常|活动|相关|上述)+(?:经费|资金|项目)”?$")


def spending_name(words: str) -> str | None:
    """A project's name in running text, ``森林防火专项经费``; None where words name none."""
    match = _SPENDING_NAME.match(words)
    if match is None or _NO_PROJECT_NAME.search(match["name"]) or _NO_PROJECT.match(match["name"]):
        return None
    return unquoted(match["name"])


def unquoted(name: str) -> str:
    """A name without marks around it; those around a part of it stay (“四上”企业统计经费)."""
    around = name[:1] == "“" and name[-1:] == "”" and not re.search("[“”]", name[1:-1])
    uneven = name.count("“") != name.count("”")
    return name.strip("“”") if around or uneven else name
