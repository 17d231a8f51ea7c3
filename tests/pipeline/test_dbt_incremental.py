"""Tables by report: after any changes, a later build equals a build of everything."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
import re
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.records import DocumentRecord, Extraction, FileRecord, ProjectRecord
from tests.pipeline.test_dbt_warehouse import line, report, state
from tests.support.build import DBT_PROJECT, dbt, failures, file_of, write_records
from tests.support.same_marts import differences

pytestmark = pytest.mark.slow

UNITS = (
    {"unit_name": "株洲市财政局", "region_code": "430200"},
    {"unit_name": "湘潭市审计局", "region_code": "430300"},
    {"unit_name": "衡阳市水利局", "region_code": "430400"},
)
#: What was made when a build broke off; also a table alone, without those that it is made from.
BROKEN_OFF = (
    "+int_mention",
    "+fct_budget",
    "+int_report_change",
    "+agg_unit_year",
    "int_unit_year",
)
BUILD_WITHOUT_TESTS = ("build", "--exclude-resource-type", "unit_test", "test")


class Archive:
    """Reports that come, change and go at random; every step is a batch of records."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)
        self.known: dict[str, tuple[DocumentRecord, FileRecord]] = {}
        self.batches = 0
        self.batch: list[tuple[Extraction, FileRecord]] = []

    def read(self, document: DocumentRecord, file: FileRecord) -> None:
        """A document is read, with figures that this reading found."""
        found = Extraction(dataclasses.replace(document))
        number = self.random.randrange
        for measure, value in (("annual_budget", number(90, 100)), ("executed", number(80, 90))):
            state(found, "budget", "total", measure=measure, value=value, is_table=True)
        for value in self.random.sample(("2", "3", "4"), number(1, 4)):
            state(found, "expense", "three_public", value=value)
        # What last year's report says otherwise, and a project's other name of another year.
        last = (document.fiscal_year or 0) - 1
        state(found, "expense", "three_public", value=number(8, 12), amount_year=last)
        name = f"{self.random.choice(('道路', '管网'))}维护"
        found.projects.append(
            ProjectRecord(
                report_id=document.report_id,
                project_seq=1,
                project_name=name,
                project_code="43020023P00258110508R",
            )
        )
        for item in ("vehicle_running", "reception", "abroad"):
            state(found, "expense", item, value=number(1, 3), is_table=bool(number(2)))
        state(found, "personnel", "on_duty", measure="headcount", value=number(9, 20), unit="人")
        for weight in self.random.sample(("10", "20", "30", "40"), number(1, 4)):
            project = {"scope": "project", "project_name": "办公楼维修"} if number(2) else {}
            line(found, weight, str(number(1, 10)), **project)
        self.known[document.report_id] = document, file
        self.batch.append((found, file))

    def in_a_row(self) -> None:
        """Two reports of one unit, one a year after the other: there is something to compare."""
        for year in (2022, 2023):
            self.add(year, UNITS[0])

    def add(self, year: int | None = None, unit: dict[str, str] | None = None) -> None:
        """A new report: of a year of its own, or one that amends another; some print a code."""
        number = self.random.randrange
        fresh = report(
            chr(ord("a") + len(self.known)),
            year or 2020 + number(5),
            **(unit or self.random.choice(UNITS)),
            budget_unit_code="105009" if number(4) == 0 else None,
        )
        name = f"{fresh.document.report_id}.pdf"
        published = dt.date(number(2023, 2026), 5, number(1, 9)) if number(2) else None
        self.read(fresh.document, file_of(fresh, name, published_on=published))

    def again(self) -> None:
        """A report is read again: by a newer parser, with a correction, after quarantine."""
        self.read(*self.random.choice(list(self.known.values())))

    def renamed(self) -> None:
        """A report turns out to be of another unit or year, or to be published another day."""
        document, file = self.random.choice(list(self.known.values()))
        year = (document.fiscal_year or 0) + self.random.randrange(2)
        document = dataclasses.replace(document, fiscal_year=year)
        file = dataclasses.replace(file, published_on=dt.date(2026, 1, 1))
        self.read(dataclasses.replace(document, **self.random.choice(UNITS)), file)

    def withdrawn(self) -> None:
        """A report is held back."""
        document, file = self.random.choice(list(self.known.values()))
        held = dataclasses.replace(file, status="quarantined", reasons="两次读数不一致 | readings")
        self.batch.append((Extraction(document), held))

    def step(self, *changes: str) -> None:
        """Write a batch with changes of these kinds; of one report the last counts."""
        for change in changes:
            getattr(self, change)()
        last = {found.document.report_id: (found, file) for found, file in self.batch}
        self.batches += 1
        write_records(
            self.folder / "records",
            [found for found, _ in last.values()],
            [file for _, file in last.values()],
            f"{self.batches:08d}-20260101T000000Z",
        )
        self.batch = []

    def build(self, *select: str) -> set[str]:
        """Build; returns the reports that were made anew."""
        database = self.folder / "build" / "warehouse.duckdb"
        database.parent.mkdir(exist_ok=True)
        result = dbt(
            *BUILD_WITHOUT_TESTS,
            *(("--select", *select) if select else ()),
            records=self.folder / "records",
            build=database,
            target=self.folder / "target",
        )
        assert not failures(result)
        with duckdb.connect(str(database), read_only=True) as db:
            rows = db.execute(
                "select report_id from intermediate.int_report_change where is_changed"
            ).fetchall()
        return {report_id for (report_id,) in rows}

    def rules(self) -> set[str]:
        """Rules that found something."""
        with duckdb.connect(self.folder / "build" / "warehouse.duckdb", read_only=True) as db:
            rows = db.execute("select distinct rule_code from marts.fct_finding").fetchall()
        return {rule for (rule,) in rows}

    def differences(self) -> list[str]:
        """What differs from a build of the same records in an empty folder."""
        whole = Archive(self.folder.with_name(f"whole-{self.batches}"), 0)
        shutil.copytree(self.folder / "records", whole.folder / "records")
        whole.build()
        built = "build/warehouse.duckdb"
        return differences(whole.folder / built, self.folder / built)


@pytest.mark.parametrize(
    ("seed", "rounds"), [(1, 1), *(pytest.param(n, 3, marks=pytest.mark.long) for n in range(2, 6))]
)
def test_whatever_changes_a_later_build_equals_a_whole_one(
    tmp_path: Path, seed: int, rounds: int
) -> None:
    archive = Archive(tmp_path / "home", seed)
    kinds = ("add", "again", "renamed", "withdrawn")
    archive.step("in_a_row", *["add"] * 6)
    assert archive.build() == set(archive.known)
    assert "P01" in archive.rules(), "nothing was found across years"
    for _ in range(rounds):
        archive.step(*archive.random.choices(kinds, k=2))
        # As if a build broke off: the next one must not take the tables that it made for done.
        archive.build(archive.random.choice(BROKEN_OFF))
        archive.step(archive.random.choice(kinds))
        assert archive.build() < set(archive.known)
    assert archive.differences() == []


def test_the_state_vouches_for_every_table_by_report() -> None:
    """A table that it does not wait for could be taken for done after a build that broke off."""
    models = DBT_PROJECT / "models"
    by_report = {
        path.stem
        for path in models.rglob("*.sql")
        if "jixiao.by_report()" in path.read_text(encoding="utf-8")
    }
    state_of_all = (models / "intermediate" / "int_report_state.sql").read_text(encoding="utf-8")
    named = set(re.findall(r"-- depends_on: \{\{ ref\('(\w+)'\) \}\}", state_of_all))
    assert by_report == named
    assert len(by_report) > 20
