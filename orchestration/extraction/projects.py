"""The names of projects: which of those a document prints are one project, and which name it keeps.

The name a form prints beats names in running text; a code decides before names do. Names are alike
when they differ only in words that every project has (项目, 专项, 经费, 业务 …) or in a short form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.text import compact
from orchestration.records import ProjectRecord

_QUOTES = re.compile("[“”\"'《》「」‘’]")
_YEAR = re.compile(r"(?:19|20)\d{2}年?度?")
_COMMON = re.compile(
    r"项目|专项|经费|业务|资金|工作|费用|支出|补助|年度|县级|市级|省级|区级|本级|预算"
)
#: What tells otherwise equal names apart: 一期 and 二期, A and B, years within the name.
_DISTINCT = re.compile(r"[一二三四五六七八九十\d]+|[A-Za-z]+|[上下]半年|[东西南北]")
_PREFIX_WORDS = re.compile(r"^(?:年初预算|年中追加|追加|其中|该|本|开展|用于|\d{1,2}[、.])+")


def core_name(name: str) -> str:
    """A name without years, quotes and the words that every project has."""
    text = _PREFIX_WORDS.sub("", _QUOTES.sub("", compact(name)))
    short = _COMMON.sub("", _YEAR.sub("", text))
    return short or text


def same_project(first: str, second: str) -> bool:
    """Whether two names are one project's."""
    a, b = core_name(first), core_name(second)
    if not a or not b:
        return False
    if a == b:
        return True
    if _DISTINCT.findall(_YEAR.sub("", a)) != _DISTINCT.findall(_YEAR.sub("", b)):
        return False
    short, long = sorted((a, b), key=len)
    if len(short) >= 4 and len(short) / len(long) >= 0.75 and _is_subsequence(short, long):
        return True
    return len(short) >= 6 and (long.endswith(short) or long.startswith(short))


def _is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def find_project(name: str, known: Iterable[str]) -> str | None:
    """The known project that a name means; None where none or more than one does."""
    text = compact(name)
    names = list(known)
    exact = [n for n in names if compact(n) == text]
    if exact:
        return exact[0]
    alike = [n for n in names if same_project(n, name)]
    kinds = {core_name(n) for n in alike}
    if len(alike) > 1 and len(kinds) > 1 and not all(same_project(alike[0], n) for n in alike):
        return None
    return alike[0] if alike else None


def resolve_projects(builder: RecordBuilder) -> None:
    """Give every project of the document one name; the others become aliases.

    Forms win over text, earlier over later. Two codes are never one project; two forms are never
    one
    project unless name or code are equal.
    """
    records: Sequence[ProjectRecord] = builder.records("project")
    chosen: list[ProjectRecord] = []
    ranked = sorted(records, key=lambda r: r.source_table is None)
    renames: list[tuple[str, str]] = []
    for record in ranked:
        match = next((kept for kept in chosen if _one_project(builder, kept, record)), None)
        if match is None:
            chosen.append(record)
        elif compact(match.project_name) != compact(record.project_name):
            renames.append((record.project_name, match.project_name))
    for old, new in renames:
        builder.rename_project(old, new)


def _one_project(builder: RecordBuilder, kept: ProjectRecord, other: ProjectRecord) -> bool:
    if compact(kept.project_name) == compact(other.project_name):
        return True
    in_forms = kept.source_table is not None and other.source_table is not None
    if in_forms and other.project_name.startswith(f"{kept.project_name}("):
        return False  # told apart by the readers of forms: 业务经费(某中心), 运行维护项目(2)
    if kept.project_code and other.project_code:
        return kept.project_code == other.project_code
    if kept.source_table is not None and other.source_table is not None:
        return False
    if same_project(kept.project_name, other.project_name):
        return True
    shared = _amounts(builder, kept.project_name) & _amounts(builder, other.project_name)
    close = set(core_name(kept.project_name)) & set(core_name(other.project_name))
    return len(shared) >= 2 and len(close) >= 3


def _amounts(builder: RecordBuilder, name: str) -> set[Decimal]:
    """The distinct non-zero budget amounts stated for a project."""
    return {
        f.value
        for f in builder.records("figure")
        if f.project_name == name and f.family == "budget" and f.value and f.unit != "%"
    }
