"""Every form of the real PDFs is read: lines and budget rows against counts made by a person.

``real_counts.csv`` was counted by looking at the rendered pages (the two Beijing books, whose lists
run to hundreds of lines, by counting the entries of their printed column 绩效指标性质 on each page,
outside this project's readers); never from what the extraction said. ``budget_rows`` are sources
of funding with a printed amount; a blank cell in the CSV is not counted.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from orchestration.extraction import extract
from orchestration.reading import read
from orchestration.records import Extraction

REAL = Path(__file__).resolve().parents[3] / "shared" / "real"
COUNTS = Path(__file__).with_name("real_counts.csv")
MONEY = {"initial_budget", "adjustment", "annual_budget", "executed"}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not REAL.is_dir(), reason="../shared/real is not beside the checkout"),
]


def _expected() -> dict[str, list[tuple[int, int, int | None]]]:
    pages: dict[str, list[tuple[int, int, int | None]]] = defaultdict(list)
    with COUNTS.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            budget = int(row["budget_rows"]) if row["budget_rows"] else None
            pages[row["file_name"]].append((int(row["page"]), int(row["indicator_lines"]), budget))
    return pages


@lru_cache(maxsize=2)
def _extraction(name: str) -> Extraction:
    return extract(read(REAL / name))


@pytest.mark.parametrize("name", sorted(_expected()))
def test_lines_and_budget_rows_of_every_page(name: str) -> None:
    found = _extraction(name)
    lines = Counter(i.source_page for i in found.indicators if i.table_kind == "table")
    rows = {
        (f.source_page, f.project_name, f.item)
        for f in found.figures
        if f.family == "budget" and f.source_table is not None and f.measure in MONEY
    }
    budget = Counter(page for page, _, _ in rows)
    expected = _expected()[name]
    assert {p: lines[p] for p, _, _ in expected} == {p: n for p, n, _ in expected}
    counted = {p: n for p, _, n in expected if n is not None}
    assert {p: budget[p] for p in counted} == counted
    assert set(lines) <= {p for p, _, _ in expected}, "lines on pages without a form"


@pytest.mark.parametrize(
    ("name", "projects", "tables"),
    [
        # Entries of the list by their printed project codes, each with its own amounts.
        ("北京-26509b73-2026-部门预算.pdf", 21, 22),
        ("北京-2eda0861-2026-部门预算.pdf", 27, 28),
        ("烟台市民政局-2026-部门预算.pdf", 21, 21),
        ("烟台市审计局-2026-部门预算.pdf", 6, 6),
        ("福州市公安局交通管理支队-2026-单位预算.pdf", 14, 14),
        ("国家信访局-2024-部门决算.pdf", 4, 5),
    ],
)
def test_forms_and_their_projects(name: str, projects: int, tables: int) -> None:
    found = _extraction(name)
    in_forms = [p for p in found.projects if p.source_table is not None]
    assert len(in_forms) == projects
    assert len({i.indicator_table for i in found.indicators}) == tables


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # Public money alone (basic 10234.37) is not the department's spending.
        (
            "国家信访局-2024-部门决算.pdf",
            {
                "revenue total": "22066.59",
                "revenue carry_over": "1615.24",
                "revenue general_public_budget": "19572.91",
                "revenue other": "878.44",
                "expense total": "14572.53",
                "expense basic": "11073.11",
                "expense project": "3499.42",
                "balance year_end": "7494.06",
            },
        ),
        (
            "泉州市人民政府办公室-2026-单位预算.pdf",
            {
                "revenue total": "5898.74",
                "expense basic": "4808.65",
                "expense project": "1090.09",
                "expense wages_benefits": "3446.94",
                "expense goods_services": "1721.59",
                "expense individual_family": "696.39",
                "expense capital": "33.82",
            },
        ),
    ],
)
def test_tables_of_accounts_state_the_whole_department(name: str, expected: dict[str, str]) -> None:
    """Read off the printed tables 公开01, 03 and 08 by a person."""
    stated: dict[str, set[str]] = defaultdict(set)
    for f in _extraction(name).figures:
        whole = f.scope == "department" and f.measure == "amount"
        if whole and f.source_table is not None:
            stated[f"{f.family} {f.item}"].add(str(f.value))
    assert {key: stated[key] for key in expected} == {k: {v} for k, v in expected.items()}


@pytest.mark.parametrize("number", ["34523228", "703275cb", "e7eff567"])
def test_misnamed_files_are_no_reports(number: str) -> None:
    found = _extraction(f"误标-{number}.pdf")
    assert found.document.report_kind is None
    assert "not_a_report" in {i.kind for i in found.issues if i.severity == "error"}
    assert [*found.figures, *found.indicators, *found.goals] == []
