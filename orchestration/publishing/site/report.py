"""The data of one report page: its figures in their forms, with receipts and findings."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from orchestration.publishing.site.images import PageImage
from orchestration.publishing.site.placing import Lines
from orchestration.publishing.site.sections import SECTIONS, Column, Section
from orchestration.publishing.site.warehouse import Row

Receipt = dict[str, Any]
NameOf = Callable[[str, str | None], dict[str, str] | str | None]


class Receipts:
    """The places of one report's figures; equal places are kept once."""

    def __init__(self) -> None:
        self.all: list[Receipt] = []
        self._index: dict[str, int] = {}

    def add(
        self, row: Mapping[str, Any], box: tuple[int | None, str | None] | None = None
    ) -> int | None:
        """Keep where a row was read, or one cell of it where ``box`` (page, bbox) is known."""
        page, bbox = box if box else (row.get("source_page"), row.get("source_bbox"))
        receipt = {
            "page": page,
            "table": row.get("source_table"),
            "row": row.get("source_row"),
            "bbox": bbox.split(",") if bbox else None,  # PDF points, as printed in the mart
            "path": row.get("source_path"),
            "text": row.get("source_text"),
        }
        if all(value is None for value in receipt.values()):
            return None
        key = json.dumps(receipt, ensure_ascii=False, sort_keys=True)
        if key not in self._index:
            self._index[key] = len(self.all)
            self.all.append(receipt)
        return self._index[key]

    def pages(self) -> set[int]:
        """The pages that some receipt points at."""
        return {receipt["page"] for receipt in self.all if receipt["page"] is not None}


def cell_boxes(row: Row) -> dict[str, tuple[int, str]]:
    """The boxes of single cells that extraction kept (``{"score": [3, "x0,top,x1,bottom"]}``)."""
    text = row.get("cell_boxes")
    if not text:
        return {}
    return {name: (place[0], place[1]) for name, place in json.loads(text).items() if place[1]}


def section_groups(rows: list[Row]) -> list[tuple[tuple[Any, Any], list[Row]]]:
    """The rows of a section by scope and project, departments first, in reading order."""
    groups: dict[tuple[Any, Any], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.get("scope") or "department", row.get("project_name")].append(row)
    return sorted(groups.items(), key=lambda item: item[0][0] != "department")


def cell(
    column: Column, row: Row, receipts: Receipts, places: Mapping[str, Any], name: NameOf
) -> Any:  # noqa: ANN401
    """One cell of a section: stated value, its receipt, and the computed value beside it."""
    value = row.get(column.key)
    computed = row.get(column.computed) if column.computed else None
    if value is None and computed is None:
        return None
    shown = name(column.codes, value) if column.codes else value
    found: dict[str, Any] = {"v": shown}
    # A year or month says which row it is; what the row states stands in the other cells.
    if value is not None and column.codes is None and column.kind != "plain":
        own = places.get(column.key) or places.get(measure_of(column.key))
        if own is None and column.kind != "text" and (places or column.computed):
            # The row's box is that of another of its figures: better no frame than a wrong one.
            own = (row.get("source_page"), None)
        found["r"] = receipts.add(row, own)
    if computed is not None:
        found["c"] = computed
        found["d"] = value is not None and not _agree(value, computed, column.kind)
    return found


def _agree(stated: Any, computed: Any, kind: str) -> bool:  # noqa: ANN401
    if kind != "ratio":
        return bool(stated == computed)
    # A printed rate is rounded: it agrees where the computed one rounds to it.
    digits = len(f"{Decimal(stated).normalize():f}".partition(".")[2])
    return bool(abs(Decimal(stated) - Decimal(computed)) <= Decimal(5).scaleb(-digits - 1))


MentionBoxes = Mapping[str, Mapping[str, tuple[int, str]]]


def section_part(
    section: Section,
    scope: str,
    project: str | None,
    rows: list[Row],
    receipts: Receipts,
    boxes: MentionBoxes,
    name: NameOf,
) -> dict[str, Any]:
    """One section of the page: the columns that hold something, and its rows."""
    columns = [
        column
        for column in section.columns
        if any(
            row.get(column.key) is not None
            or (column.computed and row.get(column.computed) is not None)
            for row in rows
        )
    ]
    body = []
    for row in rows:
        places = {**boxes.get(f"{section.table}/{row.get('fact_key')}", {}), **cell_boxes(row)}
        body.append({c.key: cell(c, row, receipts, places, name) for c in columns})
    return {
        "title": {"zh": section.zh, "en": section.en},
        "scope": scope,
        "project_name": project,
        "columns": [
            {"key": c.key, "label": {"zh": c.zh, "en": c.en}, "kind": c.kind} for c in columns
        ],
        "rows": body,
        "notes": {},  # number of a row to the findings that concern it
    }


def measure_of(column: str) -> str:
    """The measure of ``fct_mention`` behind a column: ``change_stated_cny`` is ``change``."""
    return column.replace("_stated", "").removesuffix("_cny")


def line_name(section: Section, row: Row, name: NameOf) -> str | None:
    """What a line is called on the page, Chinese: its code in words, or its name as printed."""
    column = next((c for c in section.columns if c.key == section.named_by), None)
    if column is None:
        return None
    value = row.get(column.key)
    shown = name(column.codes, value) if column.codes else value
    return shown["zh"] if isinstance(shown, dict) else shown


def execution_boxes(tables: Mapping[str, list[Row]], boxes: MentionBoxes) -> MentionBoxes:
    """The boxes with those of the execution rate as a part, which is printed as a budget line.

    Weight and score of that part are those of the funding block; the cell is framed only where
    one line of the block holds the very figure.
    """
    found = dict(boxes)
    for part in tables.get("fct_evaluation_part", []):
        key = f"fct_evaluation_part/{part.get('fact_key')}"
        if part.get("level1_std") != "budget_execution" or key in boxes:
            continue
        places: dict[str, tuple[int, str]] = {}
        for measure in ("weight", "score"):
            same = [
                boxes.get(f"fct_budget/{row.get('fact_key')}", {}).get(measure)
                for row in tables.get("fct_budget", [])
                if row.get("scope") == part.get("scope")
                and row.get("project_name") == part.get("project_name")
                and row.get(measure) is not None
                and row.get(measure) == part.get(f"{measure}_stated")
            ]
            if len(same) == 1 and same[0] is not None:
                places[measure] = same[0]
        found[key] = places
    return found


def report_part(
    report: Row,
    tables: Mapping[str, list[Row]],
    boxes: MentionBoxes,
    findings: list[Row],
    name: NameOf,
) -> tuple[dict[str, Any], set[int]]:
    """The data of one report page and the pages whose images it needs."""
    receipts = Receipts()
    sections: list[dict[str, Any]] = []
    lines = Lines()
    boxes = execution_boxes(tables, boxes)
    for section in SECTIONS:
        derived = section.table.startswith("fct_evaluation")
        for (scope, project), rows in section_groups(tables.get(section.table, [])):
            for number, row in enumerate(rows):
                named = line_name(section, row, name)
                lines.add((len(sections), number), row, named, derived)
            sections.append(section_part(section, scope, project, rows, receipts, boxes, name))
    rest: list[dict[str, Any]] = []
    for finding in findings:
        keys = ("finding_id", "rule_code", "severity", "subject", "message")
        shown = {key: finding.get(key) for key in keys} | {"receipt": receipts.add(finding)}
        place = lines.find(finding)
        if place is None:
            rest.append(shown)
        else:
            notes = sections[place[0]]["notes"]
            notes.setdefault(str(place[1]), []).append(shown)
    part = {
        "report_id": report["report_id"],
        "title": report.get("title"),
        "file_name": report["file_name"],
        "facts": report_facts(report, name),
        "sections": sections,
        "findings": rest,
        "receipts": receipts.all,
    }
    return part, receipts.pages()


def report_facts(report: Row, name: NameOf) -> list[dict[str, Any]]:
    """The head of a report page: what the report is and where it came from."""
    facts: list[tuple[str, str, Any, str | None]] = [
        ("单位", "Unit", report.get("unit_name"), f"#/unit/{report.get('unit_id')}"),
        ("地区", "Region", report.get("region_name"), f"#/region/{report.get('region_code')}"),
        ("年度", "Fiscal year", str(report.get("fiscal_year") or ""), None),
        ("类型", "Kind", name("report_kind", report.get("report_kind")), None),
        ("文件", "File", report.get("file_name"), None),
        ("页数", "Pages", str(report.get("page_count") or ""), None),
        ("版次", "Revision", str(report.get("revision") or ""), None),
        ("发布日期", "Published on", str(report.get("published_on") or ""), None),
        ("来源", "Source", report.get("source_url"), web_address(report.get("source_url"))),
        ("指纹", "SHA-256", report.get("sha256"), None),
    ]
    return [
        {"label": {"zh": zh, "en": en}, "value": value, "href": href}
        for zh, en, value, href in facts
        if value
    ]


def web_address(text: str | None) -> str | None:
    """A source that may become a link: an address of the web, nothing that could run."""
    return text if text and re.match(r"https?://[^\s\"<>]+$", text) else None


def with_images(part: dict[str, Any], images: Mapping[int, PageImage]) -> dict[str, Any]:
    """The part with the images of its pages."""
    pages = {
        number: {
            "image": image.image,
            "width": f"{image.width:.2f}",
            "height": f"{image.height:.2f}",
        }
        for number, image in images.items()
    }
    return part | {"pages": pages}
