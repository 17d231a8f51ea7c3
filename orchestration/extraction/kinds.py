"""What kind of report a document is (``dim_report.report_kind``)."""

from __future__ import annotations

import re

from orchestration.extraction.builder import RecordBuilder
from orchestration.extraction.text import compact
from orchestration.extraction.titles import Title

_SELF_EVALUATION = re.compile(r"自评|自我评价")
_EVALUATION = re.compile(r"绩效评价报告|评价报告|重点评价|财政评价|部门评价")
#: What tells others how to evaluate is no report of any kind.
_INSTRUCTION = re.compile(r"(?:通知|办法|意见|方案|细则|规程|规定|指引)(?:[(][^)]*[)])?$")
_COMPLETED = re.compile(r"绩效(?:目标|指标)?(?:实际)?完成情况")
_TARGET = re.compile(r"绩效目标|绩效文本")


def kind_of(  # noqa: PLR0911 - one return a kind, in the contract's order
    builder: RecordBuilder, title: Title | None, lines: list[str]
) -> str | None:
    """What the document is; of several that one file holds, the first of the contract's order."""
    heads = [compact(line) for line in lines if len(line) <= 45 and not line.endswith("。")]
    heads = [head for head in heads if not _INSTRUCTION.search(head)]
    name = title.text if title else ""
    indicators = builder.records("indicator")
    scored = [i for i in indicators if i.score is not None]
    evaluated = scored or [f for f in builder.records("figure") if f.family == "evaluation"]
    reported = evaluated or [i for i in indicators if i.actual_text]
    cells = [
        compact(c.text) for g in builder.document.grids() for c in g.cells if len(c.text) <= 60
    ]
    says_self = any(_SELF_EVALUATION.search(text) for text in (*heads, *cells))
    if _SELF_EVALUATION.search(name):
        return "self_evaluation"
    if scored and (says_self or not _EVALUATION.search(name)):
        return "self_evaluation"
    if _EVALUATION.search(name):
        own = says_self and evaluated and _own_form(heads, cells)
        return "self_evaluation" if own or _of_itself(name, lines) else "evaluation_report"
    if reported and any(_titled_self(text) for text in (*heads, *cells)):
        return "self_evaluation"
    if reported and any(_COMPLETED.search(text) for text in heads):
        return "self_evaluation"
    # Accounts look back, though the evaluations in them be unread and targets alone be known.
    accounts = re.search("决算", name)
    if (indicators and not accounts) or _TARGET.search(name):
        return "budget_target"
    if accounts:
        return "final_accounts"
    if re.search("预算", name):
        return "budget"
    return _kind_by_text(heads)


#: Somebody who scores another's spending.
_EVALUATOR = re.compile(
    r"第三方|委托|评价机构|评价(?:工作)?(?:小)?组|会计师|咨询|事务所|重点评价|财政评价|部门评价|被评价|评价对象"
)


def _of_itself(title: str, lines: list[str]) -> bool:
    """A unit's report on all its own spending, where no other evaluator is spoken of."""
    return "整体" in title and not any(_EVALUATOR.search(line) for line in lines)


def _own_form(heads: list[str], cells: list[str]) -> bool:
    return any(re.search(r"绩效自评(?:综合得分|情况|表|得分)", text) for text in (*heads, *cells))


def _titled_self(text: str) -> bool:
    return bool(re.search(r"绩效(?:目标)?自评(?:报告|表|情况表|结果)", text)) and len(text) <= 40


def _kind_by_text(heads: list[str]) -> str | None:
    for pattern, kind in (
        (r"绩效自评(?:报告|表)", "self_evaluation"),
        (r"绩效评价报告", "evaluation_report"),
        (r"绩效目标(?:申报)?表", "budget_target"),
        (r"部门决算|单位决算", "final_accounts"),
        (r"部门预算|单位预算", "budget"),
    ):
        if any(re.search(pattern, text) and len(text) <= 30 for text in heads):
            return kind
    return None
