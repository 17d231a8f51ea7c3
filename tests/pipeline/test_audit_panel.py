"""Rules across reports, on a panel of units and years whose truth is known."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.records import Extraction, FileRecord, GoalRecord, IndicatorRecord
from tests.support.audit_drafts import Draft, build_findings
from tests.support.build import file_of, write_records

AMOUNTS = {"total": 900, "basic": 600, "project": 300, "personnel": 450, "public": 150}
SHARED_TEXT = "全年各项任务按计划完成，服务对象反映良好，取得预期效果，" * 3


def report(unit: str, year: int, **change: Any) -> Draft:
    """A plain yearly report: every amount is 10 万元 more a year, unless changed.

    Args:
        change: ``prior``, ``carry``, ``scale`` (of all amounts), ``establishment``, ``names`` of
            indicators, ``target``, ``score``, ``budget`` of “three public”, ``text`` of the goal,
            ``frozen`` (amounts of 2021); anything else is a field of the document.
    """
    own = {
        key: change.pop(key, None)
        for key in (
            "prior",
            "carry",
            "scale",
            "establishment",
            "names",
            "target",
            "score",
            "budget",
            "text",
            "frozen",
            "project",
        )
    }
    draft = Draft.of(unit, year, 0, **change)
    growth = 0 if own["frozen"] else 10 * (year - 2021)
    scale = own["scale"] or Decimal(1)
    table = draft.table()
    for item, amount in AMOUNTS.items():
        draft.figure("expense", item, (amount + growth) * scale, source_table=table)
    prior = own["prior"] or (AMOUNTS["total"] + growth - 10) * scale
    if year > 2021:
        draft.figure("expense", "total", prior, amount_year=year - 1, source_table=table)
    draft.figure("revenue", "carry_over", own["carry"] or 5, source_table=table)
    draft.figure("balance", "year_end", 5, source_table=table)
    draft.figure("expense", "three_public", own["budget"] or 8, basis="budget", source_table=table)
    draft.figure(
        "personnel", "establishment", own["establishment"] or 20, "headcount", source_table=table
    )
    names = own["names"] or [f"工作{n}" for n in range(6)]
    form = draft.table()
    for n, name in enumerate(names, 1):
        target = Decimal(own["target"] or 100 + 7 * n)
        draft.extraction.indicators.append(
            IndicatorRecord(
                report_id=draft.report_id,
                indicator_table=form,
                indicator_seq=n,
                scope="department",
                level1="产出指标",
                level1_std="output",
                level2="数量指标",
                level2_std="quantity",
                level3=name,
                target_text=f"≥{target}次",
                target_operator=">=",
                target_value=target,
                target_unit="次",
                actual_text=f"{target + growth}次",
                actual_value=target + growth,
                actual_unit="次",
                weight=Decimal(15),
                score=Decimal(15),
                source_table=form,
                source_row=n + 3,
            )
        )
    if own["score"] is not None:
        draft.figure("evaluation", None, own["score"], "total_score", source_table=form)
    if own["text"]:
        draft.extraction.goals.append(
            GoalRecord(
                report_id=draft.report_id,
                scope="department",
                goal_text="目标",
                completion_text=own["text"],
            )
        )
    return draft


def panel() -> dict[str, tuple[Draft, FileRecord, set[str]]]:
    """Name of the report → the report, its file, and the P rules that must fire on it."""
    known: dict[str, tuple[Draft, FileRecord, set[str]]] = {}

    def add(name: str, draft: Draft, *rules: str, **file: Any) -> None:
        known[name] = (draft, file_of(draft.extraction, f"{name}.pdf", **file), set(rules))

    for year in (2021, 2022, 2023):
        add(f"clean{year}", report("正常局", year))
    pairs: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
        "prior": ({}, {"prior": 777}, {"P01"}),
        "carry": ({}, {"carry": 9}, {"P02"}),
        "indicators": ({}, {"names": [f"新工作{n}" for n in range(6)]}, {"P06"}),
        "renamed": (
            {"budget_unit_code": "287001"},
            {"budget_unit_code": "287001", "unit_name": "改名后的工作局"},
            {"P09"},
        ),
        "posts": ({}, {"establishment": 62}, {"P10"}),
        "copied": ({"frozen": True}, {"frozen": True, "prior": 900}, {"P13"}),
        "unit": ({}, {"scale": Decimal("0.0001"), "prior": 900}, {"P15"}),
        "budget": ({}, {"budget": 12}, {"P16"}),
    }
    for name, (first, second, rules) in pairs.items():
        add(f"{name}2021", report(f"{name}局", 2021, **first))
        add(f"{name}2022", report(f"{name}局", 2022, **second), *rules)
    add(
        "account", report("决算局", 2022, report_kind="final_accounts", prior=890, title="部门决算")
    )
    add("against", report("决算局", 2022, scale=Decimal("1.01"), prior=890), "P03")
    add("target", report("目标局", 2022, report_kind="budget_target", target=200, title="绩效目标"))
    add("lowered", report("目标局", 2022, target=150), "P04")
    add("cloned1", report("雷同甲局", 2022, text=SHARED_TEXT), "P14")
    add("cloned2", report("雷同乙局", 2022, text=SHARED_TEXT), "P14")
    add("late", report("迟公开局", 2021), "P18", published_on=dt.date(2024, 3, 1))
    earlier, again = report("更正局", 2022), report("更正局", 2022, title="更正")
    again.figure("expense", "meeting", 3, source_table=1)
    add("first", earlier, published_on=dt.date(2023, 4, 1))
    add("amended", again, "P12", published_on=dt.date(2023, 6, 1))
    add("once", report("重复局", 2022), published_on=dt.date(2023, 4, 1))
    add("twice", report("重复局", 2022, title="又一份"), "P11", published_on=dt.date(2023, 4, 2))
    for n in range(6):
        add(
            f"high{n}",
            report(f"高分{n}局", 2022, region_code="430300", score=Decimal("99.5")),
            "P07",
        )
        add(f"fair{n}", report(f"一般{n}局", 2022, region_code="430400", score=Decimal(88 + n)))
    for n in range(3):
        bands = "优:85,良:75,差:0" if n == 2 else "优:90,良:80,中:60,差:0"
        deviates = ("P08",) if n == 2 else ()
        add(
            f"bands{n}",
            report(f"等级{n}局", 2022, region_code="430500", grade_bands=bands, score=Decimal(87)),
            *deviates,
        )
    return known


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Name of the report → P rules found on it."""
    known = panel()
    reports: list[Extraction] = [draft.extraction for draft, _, _ in known.values()]
    files = [file for _, file, _ in known.values()]
    build = build_findings(reports, files, tmp_path_factory.mktemp("panel"))
    names = {draft.report_id: name for name, (draft, _, _) in known.items()}
    found: dict[str, set[str]] = {name: set() for name in known}
    with duckdb.connect(str(build), read_only=True) as db:
        rows = db.execute(
            "select report_id, rule_code, related_report_id from marts.fct_finding"
        ).fetchall()
    for report_id, rule, _ in rows:
        if rule.startswith("P"):
            found[names[report_id]].add(rule)
    return found


def test_the_panel_has_its_reports_in_a_row(told: dict[str, set[str]]) -> None:
    assert len(told) > 40


@pytest.mark.parametrize("name", list(panel()))
def test_rules_across_reports_find_what_was_put_there(name: str, told: dict[str, set[str]]) -> None:
    assert told[name] == panel()[name][2]


def _findings(build: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(build), read_only=True) as db:
        return db.execute("select * from marts.fct_finding order by finding_id").fetchall()


def _reports(build: Path, query: str) -> set[str]:
    with duckdb.connect(str(build), read_only=True) as db:
        return {row[0] for row in db.execute(query).fetchall()}


def test_only_what_changed_is_audited_again(tmp_path: Path) -> None:
    """A second run audits the unit whose report is new, from its year on; the year before is read
    beside it, older ones are not. What it finds is what a whole run finds.

    The findings of the others stay, but for those that the new report itself makes: a text that is
    another unit's, too.
    """
    old = [
        report("不变局", 2021),
        report("不变局", 2022, prior=777),
        report("新增局", 2023),
        report("原文局", 2024, text=SHARED_TEXT),
        report("新增局", 2021),
        report("新增局", 2022, prior=555),
    ]
    files = [file_of(draft.extraction, f"{n}.pdf") for n, draft in enumerate(old)]
    first = [draft.extraction for draft in old]
    build = build_findings(first, files, tmp_path / "twice")
    assert not _reports(build, "select report_id from marts.fct_finding where rule_code = 'P14'")
    new = report("新增局", 2024, prior=666, text=SHARED_TEXT)
    batch = "00000002-20260102T000000Z"
    added = ([new.extraction], [file_of(new.extraction, "new.pdf")])
    build = build_findings(*added, tmp_path / "twice", batch)
    audited = _reports(build, "select report_id from audit.audit_report")
    prior = _reports(build, "select report_id from marts.fct_finding where rule_code = 'P01'")
    cloned = _reports(build, "select report_id from marts.fct_finding where rule_code = 'P14'")
    assert audited == {old[2].report_id, new.report_id}
    due = _reports(build, "select report_id from audit.audit_report where is_due")
    assert due == {new.report_id}
    assert prior == {old[1].report_id, old[5].report_id, new.report_id}
    assert cloned == {old[3].report_id, new.report_id}
    write_records(tmp_path / "once" / "records", first, files)
    assert _findings(build) == _findings(build_findings(*added, tmp_path / "once", batch))
