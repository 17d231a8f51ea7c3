"""Findings on random reports: every injected fault is found, and nothing else is called an error."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from orchestration.records import Extraction, IssueRecord, StatementRecord
from tests.support.audit_reports import ERROR_FAULTS, Draft, Fault, consistent_report
from tests.support.build import build_marts, file_of

#: What the audit needs of the project: the rest of the marts is other tests' business.
MODELS = "+fct_finding +dim_rule +audit_state"


class Finding(NamedTuple):
    """A row of fct_finding, as far as these tests look."""

    report_id: str
    rule_code: str
    severity: str
    scope: str
    project_name: str | None
    message: str
    source_text: str | None


def audited(extractions: Iterable[Extraction], folder: Path) -> list[Finding]:
    """Findings on these reports."""
    reports = list(extractions)
    files = [file_of(report, f"{n}.txt") for n, report in enumerate(reports)]
    build = build_marts(reports, files, folder, select=MODELS)
    with duckdb.connect(str(build), read_only=True) as db:
        rows = db.execute(f"select {', '.join(Finding._fields)} from marts.fct_finding").fetchall()
    return [Finding(*row) for row in rows]


class Panel(NamedTuple):
    """Consistent reports, reports with one fault each, and the findings on all of them."""

    clean: list[Draft]
    faulty: list[tuple[Draft, Fault, tuple[str, str | None]]]
    findings: list[Finding]

    def of(self, draft: Draft, severity: str | None = None) -> list[Finding]:
        return [
            finding
            for finding in self.findings
            if finding.report_id == draft.report_id and severity in (None, finding.severity)
        ]


@pytest.fixture(scope="module")
def panel(tmp_path_factory: pytest.TempPathFactory) -> Panel:
    clean = [consistent_report(f"无误{n}局", seed=n) for n in range(80)]
    faulty: list[tuple[Draft, Fault, tuple[str, str | None]]] = []
    for n, fault in enumerate(fault for fault in ERROR_FAULTS for _ in range(12)):
        draft = consistent_report(f"有误{n}局", seed=1000 + n)
        about = fault.inject(draft)
        if about is not None:
            faulty.append((draft, fault, about))
    drafts = [*clean, *(draft for draft, _, _ in faulty)]
    folder = tmp_path_factory.mktemp("audit")
    return Panel(clean, faulty, audited((draft.extraction for draft in drafts), folder))


def test_a_report_without_faults_has_no_error(panel: Panel) -> None:
    wrong = [f for draft in panel.clean for f in panel.of(draft, "error")]
    assert not wrong, wrong


def test_every_kind_of_error_is_recalled(panel: Panel) -> None:
    asked: dict[str, list[bool]] = {}
    for draft, fault, (scope, project) in panel.faulty:
        hit = any(
            (f.rule_code, f.scope, f.project_name) == (fault.rule, scope, project)
            for f in panel.of(draft, "error")
        )
        asked.setdefault(fault.rule, []).append(hit)
    recall = {rule: sum(hits) / len(hits) for rule, hits in asked.items()}
    assert all(len(hits) >= 3 for hits in asked.values()), asked
    assert min(recall.values()) >= 0.98, recall


def test_errors_are_precise(panel: Panel) -> None:
    """What is called an error follows from the injected fault."""
    right: dict[str, int] = {}
    wrong: list[tuple[str, Finding]] = []
    for draft, fault, _ in panel.faulty:
        for finding in panel.of(draft, "error"):
            if finding.rule_code in {fault.rule, *fault.also}:
                right[finding.rule_code] = right.get(finding.rule_code, 0) + 1
            else:
                wrong.append((fault.rule, finding))
    assert len(wrong) <= 0.02 * sum(right.values()), wrong


def test_messages_say_the_figures_in_one_sentence(panel: Panel) -> None:
    assert panel.findings
    for finding in panel.findings:
        assert finding.message.endswith("。"), finding
        assert "None" not in finding.message and "空白" not in finding.message, finding


def _with_doubt(draft: Draft, rule: str) -> Extraction:
    """The same report, but our second reading differed in the table that the rule adds up."""
    table = next(
        record.source_table
        for record in draft.extraction.figures
        if record.source_table is not None
        and record.family == {"R03": "expense", "R02": "revenue"}[rule]
    )
    issue = IssueRecord(
        report_id=draft.report_id,
        issue_seq=1,
        kind="disagreement",
        severity="warning",
        message="两次读取不一致",
        source_table=table,
    )
    return dataclasses.replace(draft.extraction, issues=[issue])


def test_a_doubt_of_ours_is_never_a_finding(tmp_path: Path) -> None:
    """The same wrong sum is a finding where both readings agree, and none where they do not."""
    faults = {fault.rule: fault for fault in ERROR_FAULTS}
    drafts: dict[str, Draft] = {}
    for rule in ("R02", "R03"):
        for name in ("确定", "存疑"):
            draft = consistent_report(f"{name}{rule}局", seed=7)
            assert faults[rule].inject(draft) is not None
            drafts[name + rule] = draft
    reports = [
        _with_doubt(draft, name[2:]) if name.startswith("存疑") else draft.extraction
        for name, draft in drafts.items()
    ]
    findings = audited(reports, tmp_path)
    for rule in ("R02", "R03"):
        hit = {f.report_id for f in findings if f.rule_code == rule}
        assert drafts["确定" + rule].report_id in hit
        assert drafts["存疑" + rule].report_id not in hit


def test_an_unclaimed_number_elsewhere_does_not_silence_a_table(tmp_path: Path) -> None:
    draft = consistent_report("旁注局", seed=3)
    fault = next(fault for fault in ERROR_FAULTS if fault.rule == "R36")
    assert fault.inject(draft) is not None
    table = draft.extraction.indicators[0].source_table
    issue = IssueRecord(
        report_id=draft.report_id,
        issue_seq=1,
        kind="unclaimed_figure",
        severity="warning",
        message="数字未归入任何字段",
        source_table=table,
        source_row=900,
    )
    findings = audited([dataclasses.replace(draft.extraction, issues=[issue])], tmp_path)
    assert "R36" in {f.rule_code for f in findings if f.severity == "error"}


def test_evidence_from_the_text_becomes_findings_with_their_place(tmp_path: Path) -> None:
    draft = consistent_report("证据局", seed=5)

    def evidence(kind: str, seq: int, **fields: object) -> StatementRecord:
        known = {
            "report_id": draft.report_id,
            "statement_seq": seq,
            "kind": kind,
            "source_text": f"第{seq}句",
        }
        return StatementRecord(**(known | fields))  # type: ignore[arg-type]

    statements = [
        evidence(
            "product",
            1,
            stated_value=Decimal(44000),
            computed_value=Decimal(46400),
            value_unit="元",
        ),
        evidence(
            "formula",
            2,
            subject="公用经费控制率",
            stated_value=Decimal(0),
            computed_value=Decimal("95.57"),
            value_unit="%",
        ),
        evidence("placeholder", 3, detail="……"),
        evidence(
            "formula",
            4,
            subject="预算完成率",
            stated_value=Decimal(100),
            computed_value=Decimal("99.62"),
            value_unit="%",
        ),
    ]
    findings = audited([dataclasses.replace(draft.extraction, statements=statements)], tmp_path)
    told = {
        (f.rule_code, f.severity, f.source_text)
        for f in findings
        if f.rule_code in {"R56", "R61", "R70"}
    }
    assert told == {("R61", "error", "第1句"), ("R56", "error", "第2句"), ("R70", "info", "第3句")}
