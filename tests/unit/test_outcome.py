"""What leaves the worker: no personal data, no figure of an unnamed project."""

from __future__ import annotations

from decimal import Decimal

from orchestration.ingestion.outcome import without_nameless, without_personal_data
from orchestration.records import (
    DocumentRecord,
    Extraction,
    FigureRecord,
    GoalRecord,
    IndicatorRecord,
    IssueRecord,
)

_ID = "0123456789abcdef"


def _figure(seq: int, scope: str, project: str | None) -> FigureRecord:
    return FigureRecord(
        report_id=_ID, figure_seq=seq, family="budget", scope=scope, project_name=project,
        measure="weight", value=Decimal(10), source_page=44, source_table=27, source_row=2,
    )  # fmt: skip


def test_a_figure_of_an_unnamed_project_is_put_aside_and_said() -> None:
    extraction = Extraction(
        document=DocumentRecord(report_id=_ID),
        figures=[
            _figure(1, "department", None),
            _figure(2, "project", None),
            _figure(3, "project", "某项目"),
        ],
        issues=[
            IssueRecord(
                report_id=_ID, issue_seq=7, kind="unknown_word", severity="warning", message="词"
            )
        ],
    )
    clean = without_nameless(extraction)
    assert [figure.figure_seq for figure in clean.figures] == [1, 3]
    (issue,) = clean.issues[1:]
    assert (issue.severity, issue.issue_seq) == ("warning", 8)
    assert (issue.source_page, issue.source_table, issue.source_row) == (44, 27, 2)
    assert "第44页" in issue.message
    assert len(extraction.figures) == 3


def test_lines_of_an_unnamed_project_stay_and_their_table_is_said_once() -> None:
    lines = [
        IndicatorRecord(
            report_id=_ID, indicator_table=1, indicator_seq=n, scope="project", source_row=n
        )
        for n in (1, 2, 3)
    ]
    extraction = Extraction(document=DocumentRecord(report_id=_ID), indicators=lines)
    clean = without_nameless(extraction)
    assert clean.indicators == lines
    assert [issue.source_row for issue in clean.issues] == [1]


def test_a_document_with_nothing_to_hide_is_as_it_was() -> None:
    extraction = Extraction(
        document=DocumentRecord(report_id=_ID), figures=[_figure(1, "project", "某项目")]
    )
    assert without_nameless(extraction) is extraction
    assert without_personal_data(extraction) == extraction


def test_contacts_are_taken_out_and_the_document_says_that_there_were_some() -> None:
    extraction = Extraction(
        document=DocumentRecord(report_id=_ID),
        goals=[
            GoalRecord(
                report_id=_ID,
                scope="department",
                goal_text="保障运转。填报人：王小甲 联系电话：13900001234",
            )
        ],
    )
    clean = without_personal_data(extraction)
    assert clean.document.has_contact
    assert "王小甲" not in str(clean)
    assert "13900001234" not in str(clean)
    assert "保障运转" in str(clean.goals[0].goal_text)
