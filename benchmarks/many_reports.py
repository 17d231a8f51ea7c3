"""A warehouse of thousands of reports, multiplied from the release of a few: for benchmarks only.

Every report of the source is copied with ids, unit, region and year of its own, four years a unit;
half of the indicator names are made distinct, as they are in the wild. Figures are those of the
source: nothing here may be mistaken for data about the units named.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

YEARS = 4
FIRST_YEAR = 2021
KINDS = "['教育局','民政局','卫生健康局','交通运输局','水利局','文化馆','老干部局','审计局']"

_MAPS = f"""
create temp table region as
select row_number() over (order by region_code) - 1 as place, count(*) over () as regions, *
from source.marts.dim_region where is_current and admin_level in ('city', 'county');

create temp table copy as
select report.report_id as old_report, report.unit_id as old_unit, report.fiscal_year as old_year,
       n as number, {FIRST_YEAR} + n % {YEARS} as year,
       md5(report.report_id || '-' || n)[:16] as report_id,
       md5(report.unit_id || '-' || n // {YEARS})[:16] as unit_id,
       md5(report.unit_id || '-' || n // {YEARS})[:6] as mark,
       region.region_code, region.region_name, region.province_name, region.admin_level,
       region.full_name || {KINDS}[1 + (hash(report.unit_id, n // {YEARS}, 'kind') % 8)::bigint]
           || case when hash(report.unit_id, n // {YEARS}) % 5 = 0 then '第二中心' else '' end
           as unit_name
from source.marts.dim_report as report, range({{copies}}) as t(n), region
where region.place = (hash(report.unit_id, n // {YEARS}, 'place') % region.regions);
"""

#: Columns of a copied row that are not those of its source, where the table has them.
_NEW = {
    "report_id": "copy.report_id",
    "unit_id": "copy.unit_id",
    "unit_name": "copy.unit_name",
    "fiscal_year": "copy.year",
    "amount_year": "row.amount_year + copy.year - copy.old_year",
    "region_code": "copy.region_code",
    "region_name": "copy.region_name",
    "province_name": "copy.province_name",
    "admin_level": "copy.admin_level",
    "title": "copy.unit_name || copy.year || '年度部门整体支出绩效自评报告'",
    "file_name": "copy.report_id || '-' || row.file_name",
    "file_path": "copy.report_id || '-' || row.file_path",
    "sha256": "md5(row.sha256 || copy.number) || md5(copy.report_id)",
    "fact_key": "md5(row.fact_key || '-' || copy.number)",
    "mention_id": "row.mention_id || '-' || copy.number",
    "finding_id": "md5(row.finding_id || '-' || copy.number)",
    "project_id": f"md5(row.project_id || '-' || copy.number // {YEARS})[:16]",
    "level3": "case when hash(row.level3, copy.unit_id) % 2 = 0 then row.level3 || copy.mark "
    "else row.level3 end",
}
#: Tables with one row a unit (or a unit's project), whatever the year.
_BY_UNIT = ("dim_unit", "dim_project")


def make_warehouse(source: Path, target: Path, reports: int) -> int:
    """Write a warehouse file with at least so many reports; returns how many there are.

    Args:
        source: the warehouse file of a release with a few reports; read only.
        target: the file to write; must not exist.
        reports: wanted number of reports.

    Raises:
        duckdb.Error: the source is no warehouse.
    """
    connection = duckdb.connect()
    try:
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"attach '{source}' as source (read_only)")
        connection.execute(f"attach '{target}' as target (storage_version 'v1.4.0')")
        connection.execute("create schema target.marts")
        known = _count(connection, "source.marts.dim_report")
        connection.execute(_MAPS.format(copies=-(-reports // known)))
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'source'"
            " and schema_name = 'marts'"
        ).fetchall():
            connection.execute(_copied(connection, table))
        return _count(connection, "target.marts.dim_report")
    finally:
        connection.close()


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"select count(*) from {table}").fetchone()
    return int(found[0]) if found else 0


def _copied(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """The statement that copies a table; one that knows neither report nor unit stays as it is."""
    columns = {
        str(row[0])
        for row in connection.execute(
            "select column_name from duckdb_columns() where database_name = 'source'"
            " and schema_name = 'marts' and table_name = ?",
            [table],
        ).fetchall()
    }
    head = f"create table target.marts.{table} as select "
    if not columns & {"report_id", "unit_id"}:
        return f"{head}* from source.marts.{table}"
    renewed = ", ".join(f"{sql} as {name}" for name, sql in _NEW.items() if name in columns)
    on = "row.report_id = copy.old_report" if "report_id" in columns else _unit_join(columns)
    once = f" and copy.number % {YEARS} = 0" if table in _BY_UNIT else ""
    # A quarantined file has no copies; outer joins would only make rows without ids.
    return (
        f"{head}row.* replace ({renewed}) from source.marts.{table} as row join copy on {on}{once}"
    )


def _unit_join(columns: set[str]) -> str:
    year = " and row.fiscal_year = copy.old_year" if "fiscal_year" in columns else ""
    return f"row.unit_id = copy.old_unit{year}"
