"""Typeset reports with planted inconsistencies, from the specification to the findings.

A report is specified, gets at most one fault (those of ``tests/typeset/faults.py`` in its forms,
those below in its sentences and tables of amounts), is set in a format, read, extracted, built by
dbt; then every planted fault must be a finding and nothing else an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

import duckdb

from orchestration.extraction import extract
from orchestration.reading import read_bytes
from orchestration.records import Extraction, FileRecord
from tests.support.audit_drafts import build_findings
from tests.support.build import file_of
from tests.typeset.choosing import RandomChooser
from tests.typeset.compose import compose
from tests.typeset.makers import MAKERS
from tests.typeset.model import Amount, Fault, Part, Report, Said, Statistics
from tests.typeset.prose import wan
from tests.typeset.random_spec import Case, random_case
from tests.typeset.truth import normal

#: The rules that the faults of forms break (tests/typeset/faults.py).
FORM_RULES = ("R31", "R32", "R33", "R34", "R35", "R36", "R38", "R40", "R49")
#: Shapes with a place for a fault (a form, a sentence, a table of amounts), and target forms.
SHAPES = (
    *("department", "project", "narrative", "county", "base_data"),
    *("sichuan", "hubei", "yinchuan", "chongqing", "scored"),
    *("hebei", "xian", "wide", "hunan_targets"),
)
FORMATS = ("docx", "html", "xlsx", "canvas")
#: What must follow, or may, from a fault of a rule: a wrong whole is a wrong part elsewhere.
FOLLOWS = {
    "R02": {"R09"},
    "R03": {"R09"},
    "R04": {"R03", "R06", "R07"},
    "R13": {"R16"},
    "R14": {"R13"},
    "R32": {"R36"},
}
#: A deduction without a reason is R41 where the target was met.
SAME = {"R40": {"R41"}}
WRONG = Decimal(20000)  # yuan: 2 万元 more than is right


@dataclass(frozen=True)
class Planted:
    """A report ready to be set, with the fault in it; ``fault`` is None where there is none."""

    case: Case
    maker: str
    fault: Fault | None


@dataclass
class Score:
    """Of one rule: planted and found, called an error rightly and wrongly, by report."""

    planted: int = 0
    found: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Result:
    """What became of the planted reports; ``missed`` and ``wrong`` name what to look at."""

    scores: dict[str, Score]
    held_back: int
    clean: int
    missed: list[str]

    def wrong(self) -> list[str]:
        return [line for score in self.scores.values() for line in score.wrong]


def _department(code: str, subject: str, severity: str = "error") -> Fault:
    return Fault(code, "department", None, subject, severity=severity)


def _part(report: Report, old: Part, new: Part, fault: Fault) -> Report:
    parts = tuple(new if part is old else part for part in report.parts)
    return replace(report, parts=parts, faults=(fault,))


def misprinted_sentence(item: str, words: str, fault: Fault) -> Callable[[Report], Report | None]:
    """The amount of an item is 2 万元 too large in the first sentence that holds ``words``."""

    def plant(report: Report) -> Report | None:
        for part in report.parts:
            if not isinstance(part, Said) or words not in part.text:
                continue
            for _, columns in part.rows():
                value = columns.get("amount_cny")
                if columns.get("expense_item", columns.get("asset_item")) != item or not value:
                    continue
                if part.text.count(wan(value)) == 1:
                    text = part.text.replace(wan(value), wan(value + WRONG))
                    return _part(report, part, replace(part, text=text), fault)
        return None

    return plant


def misprinted_amount(
    kind: str, table: str, item: str, fault: Fault
) -> Callable[[Report], Report | None]:
    """An amount of the year in a table of amounts is 2 万元 too large."""

    def is_it(amount: Amount, year: int) -> bool:
        key = dict(amount.key)
        return (
            amount.table == table
            and item in (key.get("expense_item"), key.get("revenue_item"))
            and key.get("basis") in (None, "actual")
            and key.get("amount_year") == year
            and amount.value is not None
        )

    def plant(report: Report) -> Report | None:
        for part in report.parts:
            if not isinstance(part, Statistics) or part.kind != kind:
                continue
            amounts = tuple(
                replace(a, value=(a.value or 0) + WRONG) if is_it(a, report.fiscal_year) else a
                for a in part.amounts
            )
            if amounts != part.amounts:
                return _part(report, part, replace(part, amounts=amounts), fault)
        return None

    return plant


SENTENCES = (
    misprinted_sentence("total", "项目支出", _department("R03", "支出合计")),
    misprinted_sentence("capital", "工资福利支出", _department("R05", "基本支出")),
    misprinted_sentence("three_public", "“三公”", _department("R13", "“三公”经费合计")),
    misprinted_sentence("total", "流动资产", _department("R24", "资产总额", "warning")),
)
AMOUNTS = (
    misprinted_amount("county", "revenue", "total", _department("R02", "收入合计")),
    misprinted_amount("county", "expense", "total", _department("R03", "支出合计")),
    misprinted_amount("county", "expense", "basic", _department("R04", "基本支出")),
    misprinted_amount("county", "expense", "three_public", _department("R13", "“三公”经费合计")),
    misprinted_amount("base_data", "expense", "three_public", _department("R13", "“三公”")),
    misprinted_amount("base_data", "expense", "vehicle", _department("R14", "公务用车")),
)


def _again(case: Case, report: Report) -> Case:
    """The same layout and setting of another specification."""
    landscape = case.manuscript.landscape
    return replace(
        case, report=report, manuscript=compose(report, case.variant, landscape=landscape)
    )


def planted_reports(each: int, clean: int, first_seed: int = 0) -> Iterator[Planted]:
    """So many reports of every kind of fault, and so many without any."""
    wanted = dict.fromkeys(FORM_RULES, each)
    extra = [*SENTENCES, *AMOUNTS]
    open_extra = dict.fromkeys(range(len(extra)), each)
    for seed in range(first_seed, first_seed + 200 * max(each, clean)):
        if clean <= 0 and not any(wanted.values()) and not any(open_extra.values()):
            return
        shape = SHAPES[seed % len(SHAPES)]
        maker = FORMATS[seed // len(SHAPES) % len(FORMATS)]
        case = random_case(RandomChooser(seed), shape)
        if case.style.rules == "none":
            maker = "docx"  # tables without any rules are reading's business (docs/limits.md)
        if case.report.faults:
            fault = case.report.faults[0]
            if wanted[fault.rule_code] > 0:
                wanted[fault.rule_code] -= 1
                yield Planted(case, maker, fault)
            continue
        number, report = next(
            (
                (n, made)
                for n, plant in enumerate(extra)
                if open_extra[n] and (made := plant(case.report)) is not None
            ),
            (None, None),
        )
        if report is not None and number is not None:
            open_extra[number] -= 1
            yield Planted(_again(case, report), maker, report.faults[0])
        elif clean > 0:
            clean -= 1
            yield Planted(case, maker, None)


def read_back(planted: Planted, name: str) -> tuple[Extraction, FileRecord]:
    """Set, read and extract one report."""
    maker = MAKERS[planted.maker]
    data = maker.make(planted.case.manuscript, planted.case.style)
    extraction = extract(read_bytes(data, file_name=f"{name}{maker.suffix}"))
    return extraction, file_of(extraction, f"{name}{maker.suffix}")


def audited(planted: Sequence[Planted], folder: Path) -> Result:
    """Set, read, extract, build and compare; reports that extraction holds back are left out."""
    pairs: list[tuple[Planted, Extraction, FileRecord]] = []
    known: set[str] = set()
    held_back = 0
    for number, one in enumerate(planted):
        extraction, file = read_back(one, f"{number:04}-{one.case.shape}-{one.maker}")
        report_id = extraction.document.report_id
        if report_id in known or not _published(extraction):
            held_back += 1
            continue
        known.add(report_id)
        pairs.append((one, extraction, file))
    build = build_findings([e for _, e, _ in pairs], [f for _, _, f in pairs], folder)
    sql = (
        "select report_id, rule_code, severity, scope, project_name, message "
        "from marts.fct_finding where severity <> 'info'"
    )
    found: dict[str, list[tuple[str, str, str, str | None, str]]] = defaultdict(list)
    with duckdb.connect(str(build), read_only=True) as db:
        for report_id, *row in db.execute(sql).fetchall():
            found[report_id].append(tuple(row))  # type: ignore[arg-type]
    return _judged(pairs, found, held_back)


def _published(extraction: Extraction) -> bool:
    """Whether the warehouse takes it: read without error; whose, of when and what is known."""
    known = extraction.document
    return not any(issue.severity == "error" for issue in extraction.issues) and None not in (
        known.unit_name,
        known.fiscal_year,
        known.report_kind,
    )


def _judged(
    pairs: Sequence[tuple[Planted, Extraction, FileRecord]],
    found: dict[str, list[tuple[str, str, str, str | None, str]]],
    held_back: int,
) -> Result:
    result = Result(defaultdict(Score), held_back, 0, [])
    for one, extraction, file in pairs:
        rows = found[extraction.document.report_id]
        fault = one.fault
        allowed = (
            set() if fault is None else {fault.rule_code} | FOLLOWS.get(fault.rule_code, set())
        )
        if fault is None:
            result.clean += 1
        else:
            score = result.scores[fault.rule_code]
            score.planted += 1
            asked = (fault.scope, normal(fault.project_name))
            codes = {fault.rule_code, *SAME.get(fault.rule_code, ())}
            if any(
                rule in codes and (scope, normal(name)) == asked for rule, _, scope, name, _ in rows
            ):
                score.found += 1
            else:
                result.missed.append(f"{file.file_name}: {fault}")
        for rule, severity, _, _, message in rows:
            if rule in allowed:
                result.scores[rule].right += 1
            elif severity == "error":
                result.scores[rule].wrong.append(f"{file.file_name}: {rule} {message}")
    return result


def table(result: Result) -> str:
    """The scores as Markdown."""
    lines = [
        "| rule | planted | found | recall | called rightly | called wrongly | precision |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule, score in sorted(result.scores.items()):
        called = score.right + len(score.wrong)
        recall = f"{score.found / score.planted:.3f}" if score.planted else "–"
        precision = f"{score.right / called:.3f}" if called else "–"
        lines.append(
            f"| {rule} | {score.planted} | {score.found} | {recall} | {score.right} "
            f"| {len(score.wrong)} | {precision} |"
        )
    return "\n".join(lines)
