"""Saved questions answered again another way: pandas over the published Parquet, no SQL."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest

from orchestration.publishing.questions import answer, questions
from orchestration.publishing.releases import Release
from orchestration.settings import PROJECT_ROOT, Settings

pytestmark = pytest.mark.slow
Desk = tuple[Settings, Release]
Rows = list[dict[str, Any]]


class Marts:
    """The published tables as frames, and the answers of the saved questions beside them."""

    def __init__(self, release: Release) -> None:
        self.folder = release.folder / "parquet"
        self.database = release.database
        self.saved = {q.number: q for q in questions(PROJECT_ROOT / "dbt_project" / "analyses")}

    def frame(self, table: str, current: bool = True) -> pd.DataFrame:
        """A table; of facts only those of current reports, with the unit's name."""
        frame = pd.read_parquet(self.folder / f"{table}.parquet")
        if current:
            reports = pd.read_parquet(self.folder / "dim_report.parquet")
            frame = frame[frame.report_id.isin(reports[reports.is_current].report_id)]
            units = pd.read_parquet(self.folder / "dim_unit.parquet")[["unit_id", "unit_name"]]
            frame = frame.drop(columns="unit_name", errors="ignore").merge(units, on="unit_id")
        return frame

    def answer(self, number: int) -> Rows:
        """The rows that ``jixiao ask`` gives."""
        columns, rows = answer(self.saved[number], self.database)
        return [dict(zip(columns, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def marts(desk: Desk) -> Marts:
    return Marts(desk[1])


def given(value: Any) -> bool:
    """Whether a cell of a frame holds something; pandas has several words for nothing."""
    return not pd.isna(value)


def test_1_totals_that_do_not_add_up(marts: Marts) -> None:
    evaluation = marts.frame("fct_evaluation")
    both = evaluation[evaluation.total_score_stated.notna() & evaluation.total_score.notna()]
    gaps = sorted(
        (row.unit_name, row.fiscal_year, row.total_score_stated - row.total_score)
        for row in both.itertuples()
        if row.total_score_stated != row.total_score
    )
    said = [(r["unit_name"], r["fiscal_year"], r["gap"]) for r in marts.answer(1)]
    assert sorted(said) == gaps
    assert len(gaps) >= 2
    assert said == sorted(said, key=lambda r: -abs(r[2]))


def test_3_share_at_full_marks(marts: Marts) -> None:
    lines = marts.frame("fct_indicator_score")
    lines = lines[lines.score.notna() & lines.weight.notna()]
    lines = lines[lines.weight > 0]
    expected = {}
    for (unit, year), group in lines.groupby(["unit_name", "fiscal_year"]):
        full = int((group.score >= group.weight).sum())
        expected[unit, year] = (len(group), full, Decimal(full) / len(group))
    said = {(r["unit_name"], r["fiscal_year"]): r for r in marts.answer(3)}
    assert set(said) == set(expected)
    for key, (scored, full, share) in expected.items():
        assert (said[key]["scored_count"], said[key]["full_mark_count"]) == (scored, full)
        assert abs(said[key]["full_mark_share"] - share) < Decimal("0.000001")


def test_5_deductions_without_a_reason(marts: Marts) -> None:
    lines = marts.frame("fct_indicator_score")
    expected = sorted(
        (row.unit_name, row.level3 if given(row.level3) else "", row.weight, row.score)
        for row in lines.itertuples()
        if given(row.score) and given(row.weight)
        if row.score < row.weight and not given(row.deviation_reason)
    )
    said = marts.answer(5)
    assert sorted((r["unit_name"], r["level3"] or "", r["weight"], r["score"]) for r in said) == (
        expected
    )
    assert expected
    met = {r["level3"]: r["target_met"] for r in said}
    values = {r.level3: r for r in lines.itertuples()}
    for name, is_met in met.items():
        row = values.get(name)
        if row is not None and is_met is not None and row.target_operator in (">=", ">", "="):
            assert is_met == (row.actual_value >= row.target_value), name


def test_8_reception_and_vehicles(marts: Marts) -> None:
    expense = marts.frame("fct_expense")
    wanted = {"reception", "vehicle", "vehicle_purchase", "vehicle_operation"}
    own = expense[
        (expense.scope == "department")
        & (expense.basis == "actual")
        & expense.expense_item.isin(wanted)
    ]
    amounts = {(r.report_id, r.expense_item, r.amount_year): r for r in own.itertuples()}
    expected = []
    for (report, item, year), row in amounts.items():
        if year != row.fiscal_year:
            continue
        before = amounts.get((report, item, year - 1))
        last = before.amount_cny if before is not None else None
        if last is None and given(row.change_stated_cny):
            last = row.amount_cny - row.change_stated_cny
        if last and last > 0 and abs(row.amount_cny - last) >= last * Decimal("0.3"):
            expected.append((row.unit_name, last, row.amount_cny))
    said = [(r["unit_name"], r["last_year_cny"], r["this_year_cny"]) for r in marts.answer(8)]
    assert sorted(said) == sorted(expected)
    assert expected


def test_12_posts_and_people(marts: Marts) -> None:
    people = marts.frame("fct_personnel")
    said = {(r["unit_name"], r["fiscal_year"]): r for r in marts.answer(12)}
    checked = 0
    for (unit, year), group in people.groupby(["unit_name", "fiscal_year"]):
        heads = {r.staff_category: r.headcount for r in group.itertuples()}
        row = said.pop((unit, year))
        assert row["establishment"] == heads.get("establishment")
        assert row["on_duty"] == heads.get("on_duty")
        if heads.get("establishment") and heads.get("on_duty") is not None:
            rate = Decimal(int(heads["on_duty"])) / Decimal(int(heads["establishment"]))
            assert abs(row["control_rate"] - rate) <= Decimal("0.00005")
            checked += 1
    assert said == {}
    assert checked >= 2


def test_19_who_has_not_published(marts: Marts) -> None:
    reports = marts.frame("dim_report", current=False)
    units = marts.frame("dim_unit", current=False)
    said = {(r["unit_name"], r["fiscal_year"], r["report_kind"]): r for r in marts.answer(19)}
    years, kinds = set(reports.fiscal_year), set(reports.report_kind)
    assert len(said) == len(units) * len(years) * len(kinds)
    published = reports.groupby(["unit_name", "fiscal_year", "report_kind"]).size().to_dict()
    assert {key for key, row in said.items() if row["revisions"]} == set(published)
    for key, row in said.items():
        if row["first_published_on"] is not None:
            late = row["first_published_on"] - dt.date(key[1], 12, 31)
            assert row["days_after_year_end"] == late.days


def test_the_median_of_peers_is_the_median(marts: Marts) -> None:
    """The benchmark table again: groups by hand, the median of the statistics module's making."""
    from statistics import median

    units = marts.frame("agg_unit_year", current=False)
    peers = marts.frame("agg_unit_benchmark", current=False)
    key = ["province_name", "admin_level", "unit_kind", "fiscal_year"]
    checked = 0
    for _, group in units.groupby(key, dropna=False):
        for measure in ("execution_rate", "total_score", "full_mark_share"):
            values = [Decimal(v) for v in group[measure] if given(v)]
            rows = peers[
                peers.unit_id.isin(group.unit_id)
                & (peers.measure == measure)
                & (peers.fiscal_year == group.fiscal_year.iloc[0])
            ]
            assert len(rows) == len(values)
            for row in rows.itertuples():
                assert row.peer_count == len(values)
                assert abs(row.median_value - median(values)) <= Decimal("0.000001")
                checked += 1
    assert checked >= 10


def test_there_are_twenty_in_two_languages() -> None:
    found = questions(PROJECT_ROOT / "dbt_project" / "analyses")
    assert [q.number for q in found] == list(range(1, 21))
    for question in found:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in question.zh)
        assert question.en.isascii() or "“" in question.en
