"""Records of a country: as many indicator lines as wanted, in the shape of the record store.

A few dozen reports that contradict themselves nowhere (``tests/support/audit_reports.py``) are
multiplied by SQL, straight from Parquet to Parquet: other names and regions, amounts times a whole
number, so that sums, rates and scores stay what they were. No unit has the same figures twice.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from orchestration.records import RECORD_TYPES, Extraction
from tests.support.audit_reports import consistent_report
from tests.support.build import file_of, write_records

TEMPLATE_YEAR = 2020
_TEMPLATES = 48
#: 50 million lines of 600,000 units in ten years are eight to nine lines a report.
_LINES_AT_MOST = 11
_YEAR_COLUMNS = {"document": "fiscal_year", "figure": "amount_year"}
_FACTORS = 89


class Generator:
    """Writes batches of a country's records below ``records``."""

    def __init__(self, records: Path, scratch: Path, memory: str) -> None:
        """``scratch`` keeps the templates; ``memory`` bounds DuckDB."""
        self._records, self._scratch = records, scratch
        self._db = duckdb.connect(config={"memory_limit": memory, "threads": 2})
        self._db.execute("set preserve_insertion_order = false")
        self.lines_a_report = self._make_templates()
        self.batches = 0

    def _make_templates(self) -> float:
        """Write the templates; returns indicator lines a report."""
        chosen: list[Extraction] = []
        seed = 0
        while len(chosen) < _TEMPLATES:
            made = consistent_report("样本", TEMPLATE_YEAR, seed).extraction
            seed += 1
            # A change against a year before that no other report states is no finding of theirs.
            made.figures = [
                f
                for f in made.figures
                if f.amount_year == TEMPLATE_YEAR and f.measure not in {"change", "change_rate"}
            ]
            if len(made.indicators) <= _LINES_AT_MOST:
                chosen.append(made)
        files = [
            file_of(e, f"{n}.pdf", file_format="pdf", page_count=8) for n, e in enumerate(chosen)
        ]
        write_records(self._scratch, chosen, files)
        reports = ", ".join(f"('{e.document.report_id}', {n})" for n, e in enumerate(chosen))
        self._db.execute(
            f"create table template as select * from (values {reports}) t(template_id, template)"
        )
        seeds = Path(__file__).parents[1] / "dbt_project" / "seeds" / "reference" / "region.csv"
        self._db.execute(
            "create table region as select region_code, full_name, "
            "row_number() over (order by region_code) - 1 as place "
            f"from read_csv('{seeds}', all_varchar=true) where admin_level = 'county'"
        )
        return sum(len(e.indicators) for e in chosen) / len(chosen)

    def write(self, units: int, years: range, revision: int = 1) -> None:
        """Write one batch a year for the first ``units`` units.

        Args:
            units: how many of the country's units.
            years: fiscal years.
            revision: 1 for the first publication, 2 for the same reports published again.
        """
        for year in years:
            self.batches += 1
            batch = f"{self.batches:08d}-{year + 1}0601T000000Z"
            self._db.execute("drop table if exists report")
            self._db.execute(
                f"""
                create table report as
                select
                    substr(md5(unit || '/{year}/{revision}'), 1, 16) as new_id,
                    sha256(unit || '/{year}/{revision}') as sha,
                    unit,
                    region.region_code,
                    region.full_name || '第' || unit || '服务中心' as unit_name,
                    1 + (unit * 31 + {year} * 17 + {revision - 1}) % {_FACTORS} as times,
                    template.template_id
                from range({units}) u(unit)
                join template on template.template = (unit + {year}) % {_TEMPLATES}
                join region on region.place = unit % (select count(*) from region)
                """
            )
            for name in RECORD_TYPES:
                self._write_type(name, year, batch, revision)

    def _write_type(self, name: str, year: int, batch: str, revision: int) -> None:
        files = f"{self._scratch}/{name}/fiscal_year=*/*.parquet"
        source = f"read_parquet('{files}', hive_partitioning=false)"
        columns = [c[0] for c in self._db.execute(f"describe select * from {source}").fetchall()]
        changed = {
            "report_id": "report.new_id",
            "record_batch": f"'{batch}'",
            "sha256": "report.sha",
            "file_name": "report.new_id || '.pdf'",
            "file_path": f"'{year}/' || report.new_id || '.pdf'",
            "unit_name": "report.unit_name",
            "region_code": "report.region_code",
            "title": "report.unit_name || record.title",
            "published_on": f"date '{year + 1}-05-{10 + revision:02d}'",
        }
        if name in _YEAR_COLUMNS:
            column = _YEAR_COLUMNS[name]
            changed[column] = f"cast(record.{column} + {year - TEMPLATE_YEAR} as integer)"
        if name == "figure":
            changed["value"] = (
                "cast(case when record.unit = '万元' then record.value * report.times "
                "else record.value end as decimal(24, 6))"
            )
        if name in {"figure", "indicator"}:
            changed["source_text"] = "record.source_text || ' ' || report.unit"
        if name == "indicator":
            changed["level3"] = "record.level3 || '·' || (report.unit % 997)"
        selected = ", ".join(
            f"{changed[c]} as {c}" if c in changed else f"record.{c}" for c in columns
        )
        folder = self._records / name / f"fiscal_year={year}"
        folder.mkdir(parents=True, exist_ok=True)
        self._db.execute(
            f"copy (select {selected} from {source} record "
            f"join report on record.report_id = report.template_id) "
            f"to '{folder / batch}.parquet' (format parquet, compression zstd)"
        )

    def close(self) -> None:
        """Close the database."""
        self._db.close()
