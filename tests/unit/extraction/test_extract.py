"""The entry point: never raises, and says what it could not use."""

from __future__ import annotations

import pytest

from orchestration.extraction import Hints, extract, run
from tests.unit.extraction.grids import document, grid
from tests.unit.extraction.test_forms import FUNDS, HEAD, LINES


def test_a_form_gives_a_confident_document() -> None:
    found = extract(document("2022年度项目支出绩效自评表", grid([*HEAD, *FUNDS, *LINES])))
    assert found.document.confidence == 1
    assert found.document.confidence_reasons is None
    assert found.document.form_families == "self_evaluation"
    assert found.document.fiscal_year == 2022
    assert len(found.indicators) == 4


def test_a_document_without_any_fact_is_no_report() -> None:
    found = extract(document("关于召开座谈会的通知", "请各单位派一名同志参加。"))
    assert found.document.report_kind is None
    assert found.document.confidence == 0
    assert [(i.kind, i.severity) for i in found.issues] == [("not_a_report", "error")]


def test_an_empty_document_is_no_report() -> None:
    found = extract(document())
    assert [i.kind for i in found.issues] == ["not_a_report"]


def test_hints_fill_what_the_document_does_not_say() -> None:
    lines = [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "册数", "5册"],
    ]
    form = document("项目支出绩效自评表", grid([["项目名称", ("图书采购", 3, 1)], *lines]))
    found = extract(form, Hints(unit_name="某市图书馆", fiscal_year=2020))
    assert (found.document.unit_name, found.document.fiscal_year) == ("某市图书馆", 2020)


def test_scans_are_less_certain() -> None:
    blocks = ("2022年度项目支出绩效自评表", grid([*HEAD, *FUNDS, *LINES]))
    printed = extract(document(*blocks)).document
    scanned = extract(document(*blocks, is_scanned=True)).document
    assert printed.confidence is not None
    assert scanned.confidence is not None
    assert scanned.confidence < printed.confidence
    assert "扫描件" in (scanned.confidence_reasons or "")


def test_a_mistake_of_ours_quarantines_and_does_not_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(run, "read_forms", broken)
    found = extract(document("2022年度项目支出绩效自评表", grid([*HEAD, *FUNDS, *LINES])))
    assert ("reader_failed", "error") in {(i.kind, i.severity) for i in found.issues}
