"""Findings on random reports: every injected fault is found, nothing else is called an error."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import duckdb
import pytest

from orchestration.records import Extraction, IssueRecord, StatementRecord
from tests.support.audit_drafts import Draft, build_findings
from tests.support.audit_faults import ERROR_FAULTS, Fault
from tests.support.audit_reports import consistent_report
from tests.support.build import file_of


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
    build = build_findings(reports, files, folder)
    with duckdb.connect(str(build), read_only=True) as db:
        rows = db.execute(f"select {', '.join(Finding._fields)} from marts.fct_finding").fetchall()
    return [Finding(*row) for row in rows]


class Panel(NamedTuple):
    """Consistent reports, reports with one fault each, special ones, and all their findings."""

    clean: list[Draft]
    faulty: list[tuple[Draft, Fault, tuple[str, str | None]]]
    special: dict[str, Extraction]
    findings: list[Finding]

    def of(self, draft: Draft, severity: str | None = None) -> list[Finding]:
        return self.on(draft.extraction, severity)

    def on(self, report: Extraction, severity: str | None = None) -> list[Finding]:
        return [
            finding
            for finding in self.findings
            if finding.report_id == report.document.report_id
            and severity in (None, finding.severity)
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
    special = {**_doubted(), "旁注": _unclaimed(), "证据": _evidence()}
    drafts = [*clean, *(draft for draft, _, _ in faulty)]
    reports = [*(draft.extraction for draft in drafts), *special.values()]
    folder = tmp_path_factory.mktemp("audit")
    return Panel(clean, faulty, special, audited(reports, folder))


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
        assert "None" not in finding.message, finding
        assert "空白" not in finding.message, finding


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


def _doubted() -> dict[str, Extraction]:
    """The same wrong sums twice: read alike by both readings (确定), or not (存疑)."""
    faults = {fault.rule: fault for fault in ERROR_FAULTS}
    reports: dict[str, Extraction] = {}
    for rule in ("R02", "R03"):
        for name in ("确定", "存疑"):
            draft = consistent_report(f"{name}{rule}局", seed=7)
            assert faults[rule].inject(draft) is not None
            reports[name + rule] = _with_doubt(draft, rule) if name == "存疑" else draft.extraction
    return reports


def _unclaimed() -> Extraction:
    """A wrong total, and a number somewhere else in the table that found no field."""
    draft = consistent_report("旁注局", seed=3)
    fault = next(fault for fault in ERROR_FAULTS if fault.rule == "R36")
    assert fault.inject(draft) is not None
    issue = IssueRecord(
        report_id=draft.report_id,
        issue_seq=1,
        kind="unclaimed_figure",
        severity="warning",
        message="数字未归入任何字段",
        source_table=draft.extraction.indicators[0].source_table,
        source_row=900,
    )
    return dataclasses.replace(draft.extraction, issues=[issue])


def _evidence() -> Extraction:
    """A consistent report whose text holds two wrong sums, a right one and a placeholder."""
    draft = consistent_report("证据局", seed=5)
    told: tuple[tuple[str, str | None, str | None, str | None], ...] = (
        ("product", "44000", "46400", "元"),
        ("formula", "0", "95.57", "%"),
        ("placeholder", None, None, None),
        ("formula", "100", "99.62", "%"),
    )
    statements = [
        StatementRecord(
            report_id=draft.report_id,
            statement_seq=n,
            kind=kind,
            subject="控制率" if kind == "formula" else None,
            stated_value=Decimal(stated) if stated else None,
            computed_value=Decimal(computed) if computed else None,
            value_unit=unit,
            detail="……" if kind == "placeholder" else None,
            source_text=f"第{n}句",
        )
        for n, (kind, stated, computed, unit) in enumerate(told, 1)
    ]
    return dataclasses.replace(draft.extraction, statements=statements)


def test_a_doubt_of_ours_is_never_a_finding(panel: Panel) -> None:
    """The same wrong sum is a finding where both readings agree, and none where they do not."""
    for rule in ("R02", "R03"):
        hit = {f.report_id for f in panel.findings if f.rule_code == rule}
        assert panel.special["确定" + rule].document.report_id in hit
        assert panel.special["存疑" + rule].document.report_id not in hit


def test_an_unclaimed_number_elsewhere_does_not_silence_a_table(panel: Panel) -> None:
    rules = {f.rule_code for f in panel.on(panel.special["旁注"], "error")}
    assert "R36" in rules


def test_evidence_from_the_text_becomes_findings_with_their_place(panel: Panel) -> None:
    told = {
        (f.rule_code, f.severity, f.source_text)
        for f in panel.on(panel.special["证据"])
        if f.rule_code in {"R56", "R61", "R70"}
    }
    assert told == {
        ("R61", "error", "第1句"),
        ("R56", "error", "第2句"),
        ("R70", "info", "第3句"),
    }
