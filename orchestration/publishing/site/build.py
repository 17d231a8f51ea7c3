"""Building the site of a release."""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import vl_convert

from orchestration.publishing.names import code_name
from orchestration.publishing.site import lists
from orchestration.publishing.site.charts import CHARTS
from orchestration.publishing.site.images import PageImage, render_pages
from orchestration.publishing.site.parts import write_csv, write_part, write_shards
from orchestration.publishing.site.report import report_part, with_images
from orchestration.publishing.site.sections import SECTIONS
from orchestration.publishing.site.warehouse import Row, Warehouse

#: Figures of a unit side by side over its years, as ``agg_unit_year`` has them.
UNIT_YEAR_COLUMNS = (
    ("annual_budget_cny", "全年预算（万元）", "Annual budget (10k yuan)", "cny"),
    ("executed_cny", "全年执行（万元）", "Executed (10k yuan)", "cny"),
    ("execution_rate", "执行率", "Execution rate", "rate"),
    ("expense_cny", "支出合计（万元）", "Total expense (10k yuan)", "cny"),
    ("three_public_cny", "“三公”经费（万元）", "Three public (10k yuan)", "cny"),
    ("total_score", "得分", "Score", "points"),
    ("grade", "等级", "Grade", "text"),
    ("finding_count", "核查发现", "Findings", "count"),
)


#: Reports whose rows are in memory at once.
CHUNK = 250
#: Names in the list of indicators and in the search box; rarer ones are found from their reports.
LISTED_INDICATORS = 10_000
SEARCHED_INDICATORS = 3_000


@dataclass(frozen=True, slots=True)
class SiteResult:
    """What was built: numbers of report pages and page images, and what could not be rendered."""

    reports: int
    images: int
    notes: tuple[str, ...]


def build_site(
    warehouse_file: Path, folder: Path, raw: Path, release_id: str, earlier: Path | None = None
) -> SiteResult:
    """Write the explorer of a finished warehouse file into ``folder`` (made anew).

    Args:
        warehouse_file: the release's DuckDB file; opened read-only.
        folder: where ``index.html`` goes.
        raw: the folder of the source files, for the page images; a report whose file is gone
            or was changed still gets its page, with the text as printed instead of images.
        release_id: shown in the foot of every page.
        earlier: the site of an earlier release; its page images are linked, not made again
            (a report's id is the hash of its bytes, so the image is the same).

    Raises:
        duckdb.Error: the file is no warehouse.
    """
    if folder.exists():
        shutil.rmtree(folder)
    _static(folder, earlier)
    with Warehouse(warehouse_file) as warehouse:
        name = _names(warehouse)
        reports = lists.report_rows(warehouse, name)
        units = lists.unit_rows(reports)
        regions = lists.region_rows(warehouse)
        projects = warehouse.rows(lists.PROJECTS_SQL)
        indicators, lines = lists.indicator_parts(warehouse, name)
        rules = lists.rule_rows(warehouse)
        write_part(folder, "reports", lists.listed(reports))
        write_part(folder, "units", units)
        write_part(folder, "regions", regions)
        write_part(folder, "projects", lists.listed_projects(projects))
        write_shards(folder, "project", lists.by_prefix(projects, "project_id"))
        write_part(folder, "indicators", indicators[:LISTED_INDICATORS])
        write_shards(folder, "indicator", lines)
        write_part(folder, "rules", rules)
        write_shards(folder, "rule", lists.findings_by_rule(warehouse))
        write_part(
            folder,
            "index",
            lists.search_index(reports, units, regions, projects, indicators[:SEARCHED_INDICATORS]),
        )
        quarantined = _quarantined(warehouse)
        write_part(folder, "quarantine", quarantined)
        write_part(folder, "meta", {"release_id": release_id, "quarantined": len(quarantined)})
        write_part(folder, "overview", _overview(warehouse, folder, reports, units))
        write_shards(folder, "region", lists.region_parts(reports))
        _units(warehouse, folder, reports, units)
        return _reports(warehouse, folder, reports, raw, name, earlier)


def _static(folder: Path, earlier: Path | None) -> None:
    assets = folder / "assets"
    assets.mkdir(parents=True)
    for file in resources.files(__package__).joinpath("static").iterdir():
        target = folder if file.name == "index.html" else assets
        (target / file.name).write_bytes(file.read_bytes())
    (assets / "vega.js").write_text(_charts(earlier), encoding="utf-8")


def _charts(earlier: Path | None) -> str:
    """The chart library as one script.

    Bundling takes seconds: an earlier site's is taken again where the same version made it.
    """
    mark = f"/* vl-convert {version('vl-convert-python')} */\n"
    made = earlier / "assets" / "vega.js" if earlier is not None else None
    if made is not None and made.is_file():
        text = made.read_text(encoding="utf-8")
        if text.startswith(mark) and text.endswith("})();\n"):
            return text
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    return f"{mark}(()=>{{{bundle}\n}})();\n"


def _names(warehouse: Warehouse) -> Callable[[str, str | None], dict[str, str] | str | None]:
    """Names of codes; expense items come from the warehouse's own dimension."""
    expense: dict[str, dict[str, str]] = {}
    if "dim_expense_item" in warehouse.columns:
        for row in warehouse.rows(
            "select expense_item, name_zh, name_en from marts.dim_expense_item"
        ):
            expense[row["expense_item"]] = {"zh": row["name_zh"], "en": row["name_en"]}

    def name(codes: str, value: str | None) -> dict[str, str] | str | None:
        if codes == "expense_item" and value in expense:
            return expense[value]
        return code_name(codes, value)

    return name


def _quarantined(warehouse: Warehouse) -> list[Row]:
    """What was held back, with reasons (Chinese and English) and what to do."""
    if "ops_document" not in warehouse.columns:
        return []
    return warehouse.rows(
        "select report_id, file_name, reasons, page_count as pages,"
        " cast(first_seen_at as date) as first_seen from marts.ops_document"
        " where status = 'quarantined' order by file_name, report_id"
    )


def _overview(
    warehouse: Warehouse, folder: Path, reports: list[Row], units: list[Row]
) -> dict[str, Any]:
    charts = []
    for chart in CHARTS:
        rows = chart.data(warehouse)
        if not rows:
            continue
        write_csv(
            folder / "data" / "csv" / f"{chart.name}.csv", [c[0] for c in chart.columns], rows
        )
        charts.append(
            {
                "name": chart.name,
                "title": {"zh": chart.zh, "en": chart.en},
                "sql": chart.sql,
                "columns": [
                    {"key": key, "label": {"zh": zh, "en": en}, "kind": kind}
                    for key, zh, en, kind in chart.columns
                ],
                "spec": chart.spec,
                "rows": rows,
            }
        )
    totals = warehouse.rows(
        """
        select count(*) as lines,
               count(*) filter (where score is not null) as scored
        from marts.fct_indicator_score
        """
    )[0]
    budget = warehouse.rows(
        """
        select sum(executed_cny) as executed, sum(annual_budget_cny) as budget,
               min(r.fiscal_year) as first_year, max(r.fiscal_year) as last_year
        from marts.fct_budget as b join marts.dim_report as r using (report_id)
        where b.scope = 'department' and funding_source = 'total' and r.is_current
          and executed_cny is not null and annual_budget_cny is not null
        """
    )[0]
    rate = budget["executed"] / budget["budget"] if budget["budget"] else None
    first, last = budget["first_year"], budget["last_year"]
    years = "" if first is None else f" {first}" if first == last else f" {first}–{last}"
    tiles = [
        ("报告", "Reports", len(reports), "count"),
        ("单位", "Units", len(units), "count"),
        ("指标行", "Indicator lines", totals["lines"], "count"),
        (f"部门全年执行{years}（万元）", f"Executed{years} (10k yuan)", budget["executed"], "cny"),
        ("总执行率", "Overall execution rate", rate and round(rate, 4), "rate"),
        ("核查发现", "Findings", sum(row["findings"] for row in reports), "count"),
    ]
    return {
        "tiles": [
            {"label": {"zh": zh, "en": en}, "value": value, "kind": kind}
            for zh, en, value, kind in tiles
        ],
        "coverage": lists.coverage(reports),
        "charts": charts,
    }


def _units(warehouse: Warehouse, folder: Path, reports: list[Row], units: list[Row]) -> None:
    by_unit: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in lists.listed(reports):
        by_unit[row["unit_id"]]["reports"].append(row)
    for row in warehouse.rows(
        "select unit_id, project_id, project_name, project_code from marts.dim_project"
        " order by project_name"
    ):
        by_unit[row["unit_id"]]["projects"].append(row)
    columns: list[dict[str, Any]] = [
        {"key": key, "label": {"zh": zh, "en": en}, "kind": kind}
        for key, zh, en, kind in UNIT_YEAR_COLUMNS
        if key in warehouse.columns["agg_unit_year"]
    ]
    if columns:
        for row in warehouse.rows(
            "select * from marts.agg_unit_year order by unit_id, fiscal_year"
        ):
            by_unit[row["unit_id"]]["years"].append(
                {c["key"]: row[c["key"]] for c in columns} | {"fiscal_year": row["fiscal_year"]}
            )
    for row in lists.peer_rows(warehouse):
        by_unit[row.pop("unit_id")]["peers"].append(row)
    shards: dict[str, dict[str, Any]] = defaultdict(dict)
    for unit in units:
        found = by_unit[unit["unit_id"]]
        shards[unit["unit_id"][:2]][unit["unit_id"]] = unit | {
            "columns": columns,
            "reports": found["reports"],
            "projects": found["projects"],
            "years": found["years"],
            "peers": found["peers"],
        }
    write_shards(folder, "unit", shards)


def _reports(
    warehouse: Warehouse,
    folder: Path,
    reports: list[Row],
    raw: Path,
    name: Callable[[str, str | None], dict[str, str] | str | None],
    earlier: Path | None,
) -> SiteResult:
    images_made = 0
    notes: list[str] = []
    for start in range(0, len(reports), CHUNK):
        chunk = reports[start : start + CHUNK]
        ids = [report["report_id"] for report in chunk]
        tables = {s.table: warehouse.by_report(s.table, s.order, ids) for s in SECTIONS}
        findings = warehouse.by_report("fct_finding", "rule_code, finding_id", ids)
        boxes = _mention_boxes(warehouse, ids)
        for report in chunk:
            report_id = report["report_id"]
            part, pages = report_part(
                report,
                {table: rows.get(report_id, []) for table, rows in tables.items()},
                boxes.get(report_id, {}),
                findings.get(report_id, []),
                name,
            )
            images: dict[int, PageImage] = {}
            data = _source_bytes(raw, report) if pages and report["file_format"] == "pdf" else None
            if data is not None:
                try:
                    images = render_pages(data, report_id, pages, folder, earlier)
                except pdfium.PdfiumError as error:
                    notes.append(f"{report['file_name']}: {error}")
            images_made += len(images)
            write_part(folder, f"report/{report_id}", with_images(part, images))
    return SiteResult(len(reports), images_made, tuple(notes))


def _source_bytes(raw: Path, report: Row) -> bytes | None:
    """The file of a report, if it is still the one that was read."""
    inside = raw.resolve()
    path = (inside / (report.get("file_path") or report["file_name"])).resolve()
    if not path.is_relative_to(inside) or not path.is_file():
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == report["sha256"] else None


Boxes = dict[str, dict[str, tuple[int, str]]]


def _mention_boxes(warehouse: Warehouse, ids: list[str]) -> dict[str, Boxes]:
    """The cells of the chosen figures: report to ``table/row key`` to measure to (page, box)."""
    wanted = {"fact_table", "fact_key", "measure", "source_page", "source_bbox", "is_chosen"}
    boxes: dict[str, Boxes] = defaultdict(lambda: defaultdict(dict))
    if not wanted <= warehouse.columns["fct_mention"]:
        return boxes
    for row in warehouse.rows(
        "select report_id, fact_table, fact_key, measure, source_page, source_bbox"
        " from marts.fct_mention where list_contains(?, report_id)"
        " and is_chosen and source_bbox is not null",
        ids,
    ):
        place = (row["source_page"], row["source_bbox"])
        fact = f"{row['fact_table']}/{row['fact_key']}"
        boxes[row["report_id"]][fact][row["measure"]] = place
    return boxes
