"""Reports under construction, as records, and the build that audits them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestration.records import (
    DocumentRecord,
    Extraction,
    FigureRecord,
    FileRecord,
)
from tests.support.build import BATCH, dbt, failures, write_records

#: What the audit needs of the project: the rest of the marts is other tests' business.
AUDIT_MODELS = ("+fct_finding", "+dim_rule", "+audit_state")


def build_findings(
    extractions: Sequence[Extraction],
    files: Sequence[FileRecord],
    folder: Path,
    batch: str = BATCH,
) -> Path:
    """Write a batch of records, build what leads to the findings, and return the build database.

    A second call with another batch and the same folder is an incremental run.

    Raises:
        AssertionError: a model failed; the message names it.
    """
    write_records(folder / "records", extractions, files, batch)
    build = folder / "warehouse.duckdb"
    result = dbt(
        "build",
        *("--exclude-resource-type", "unit_test", "test"),
        *("--select", *AUDIT_MODELS),
        records=folder / "records",
        build=build,
        target=folder / "target",
    )
    problems = failures(result)
    assert not problems, "\n".join(problems)
    return build


def report_id_of(name: str) -> str:
    """A report id as it would be made from a file's bytes."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]


@dataclass
class Draft:
    """A report under construction; figures are appended in the order printed."""

    extraction: Extraction
    rng: random.Random
    year: int
    tables: int = 0

    @classmethod
    def of(cls, name: str, year: int, seed: int, **fields: Any) -> Draft:
        """An empty report of a unit of this name."""
        known: dict[str, Any] = {
            "unit_name": name,
            "region_code": "430200",
            "region_evidence": "printed",
            "fiscal_year": year,
            "report_kind": "self_evaluation",
            "title": f"{year}年度部门整体支出绩效自评报告",
            "confidence": Decimal("0.9"),
        }
        mark = report_id_of(f"{name}/{year}/{seed}/{sorted(fields.items())}")
        document = DocumentRecord(report_id=mark, **(known | fields))
        return cls(Extraction(document=document), random.Random(f"{name}/{seed}"), year)

    @property
    def report_id(self) -> str:
        return self.extraction.document.report_id

    def figure(
        self,
        family: str,
        item: str | None,
        value: Decimal | int | None,
        measure: str = "amount",
        **fields: Any,
    ) -> FigureRecord:
        """Append a figure; money is in 万元 unless said otherwise."""
        kinds = {
            "executed": "万元",
            "execution_rate": "%",
            "change_rate": "%",
            "share": "%",
            "control_rate": "%",
        }
        known: dict[str, Any] = {
            "report_id": self.report_id,
            "figure_seq": len(self.extraction.figures) + 1,
            "family": family,
            "scope": "department",
            "item": item,
            "measure": measure,
            "value": None if value is None else Decimal(value),
            "amount_year": self.year,
            "basis": "actual" if family == "expense" else None,
        }
        if family in ("budget", "revenue", "expense", "asset", "balance", "spending_plan"):
            known["unit"] = kinds.get(measure, "万元")
        if measure in ("weight", "score", "total_weight", "total_score"):
            known["unit"] = "%" if family == "survey" else "分"
        if family == "personnel":
            known["unit"] = kinds.get(measure, "人")
        if family == "survey" and measure == "satisfaction_rate":
            known["unit"] = "%"
        known |= fields
        if known.get("source_table") is not None:
            known.setdefault("is_table", True)
        known.setdefault("source_text", f"{family} {item} {measure} {known['value']}")
        record = FigureRecord(**known)
        self.extraction.figures.append(record)
        return record

    def table(self) -> int:
        """The ordinal of a new table."""
        self.tables += 1
        return self.tables

    def money(self, low: int, high: int) -> Decimal:
        return Decimal(self.rng.randint(low * 100, high * 100)) / 100
