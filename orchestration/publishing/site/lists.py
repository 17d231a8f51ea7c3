"""The lists of the site: reports, units, regions, projects, indicators, rules, findings, search."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from typing import Any

from orchestration.publishing.names import CODE_NAMES, unit_kinds
from orchestration.publishing.site.report import NameOf
from orchestration.publishing.site.warehouse import Row, Warehouse

REPORTS_SQL = """
with budget as (
    select report_id, max(execution_rate) as execution_rate,
           max(annual_budget_cny) as annual_budget_cny
    from marts.fct_budget
    where scope = 'department' and funding_source = 'total' group by report_id
), score as (
    select report_id, max(total_score) as total_score, max(grade) as grade
    from marts.fct_evaluation where scope = 'department' group by report_id
), finding as (
    select report_id, count(*) as findings from marts.fct_finding group by report_id
)
select r.*, o.file_path, u.region_code, u.region_name, u.province_name,
       s.total_score, s.grade, b.execution_rate, coalesce(f.findings, 0) as findings
from marts.dim_report as r
left join marts.dim_unit as u using (unit_id)
left join budget as b using (report_id)
left join score as s using (report_id)
left join finding as f using (report_id)
left join (
    select report_id, min(file_path) as file_path from marts.ops_document
    where status = 'published' group by report_id
) as o using (report_id)
order by u.region_code, r.unit_name, r.fiscal_year, r.report_id
"""

PROJECTS_SQL = """
select p.project_id, p.project_name, p.project_code, p.aliases, p.department,
       p.implementing_unit, p.purpose, r.unit_id, r.unit_name, u.region_code, u.region_name,
       r.report_id, r.title, r.fiscal_year, b.annual_budget_cny, b.executed_cny,
       b.execution_rate, e.total_score
from marts.dim_project as p
join marts.dim_report as r using (unit_id)
left join marts.dim_unit as u using (unit_id)
left join marts.fct_budget as b
    on r.report_id = b.report_id and b.scope = 'project'
    and b.project_name = p.project_name and b.funding_source = 'total'
left join marts.fct_evaluation as e
    on r.report_id = e.report_id and e.scope = 'project' and e.project_name = p.project_name
where b.report_id is not null or e.report_id is not null
   or exists (
       select 1 from marts.fct_indicator_score as i
       where i.report_id = r.report_id and i.project_name = p.project_name
   )
order by r.unit_name, p.project_name, r.fiscal_year
"""

INDICATORS_SQL = """
with target as (
    select level3, target_text,
           row_number() over (
               partition by level3 order by count(*) desc, target_text
           ) as place
    from marts.fct_indicator_score
    where level3 is not null and target_text is not null group by level3, target_text
), typical as (
    select level3, string_agg(
               case when length(target_text) > 40 then left(target_text, 40) || '…'
                    else target_text end, '；' order by place
           ) as typical
    from target where place <= 3 group by level3
)
select i.level3, min(i.level1_std) as level1_std, count(*) as times,
       count(distinct i.unit_id) as units,
       cast(avg(case when i.weight > 0 and i.score is not null
                     then case when i.score >= i.weight then 1 else 0 end end)
            as decimal(12, 4)) as full_share,
       min(typical.typical) as typical
from marts.fct_indicator_score as i left join typical using (level3)
where i.level3 is not null
group by i.level3 order by times desc, i.level3
"""

INDICATOR_LINES_SQL = """
select i.level3, i.report_id, r.title, i.fiscal_year, i.project_name, i.target_text,
       i.actual_text, i.weight, i.score
from marts.fct_indicator_score as i join marts.dim_report as r using (report_id)
where i.level3 is not null order by i.level3, i.fiscal_year, i.report_id, i.indicator_seq
"""


def shard(name: str) -> str:
    """The part of the data that holds a name: two hex digits of its hash."""
    return hashlib.sha256(name.encode()).hexdigest()[:2]


def search_key(text: str) -> str:
    """What the search box compares: NFKC, no white space, lower case."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def report_rows(warehouse: Warehouse, name: NameOf) -> list[Row]:
    """Every published report with its unit, score, rate and number of findings."""
    rows = warehouse.rows(REPORTS_SQL)
    for row in rows:
        row["kind"] = name("report_kind", row["report_kind"])
    return rows


def listed(reports: list[Row]) -> list[Row]:
    """The columns of reports that the lists show."""
    keys = [
        "report_id",
        "title",
        "unit_id",
        "unit_name",
        "region_code",
        "region_name",
        "fiscal_year",
        "kind",
        "total_score",
        "grade",
        "execution_rate",
        "findings",
    ]
    return [{key: row.get(key) for key in keys} for row in reports]


def unit_rows(reports: list[Row]) -> list[Row]:
    """Every unit with its years and numbers of reports and findings."""
    units: dict[str, Row] = {}
    for row in reports:
        unit = units.setdefault(
            row["unit_id"],
            {key: row.get(key) for key in ("unit_id", "unit_name", "region_code", "region_name")}
            | {"reports": 0, "findings": 0, "seen": set()},
        )
        unit["reports"] += 1
        unit["findings"] += row["findings"]
        unit["seen"].add(row["fiscal_year"])
    for unit in units.values():
        unit["years"] = "、".join(str(year) for year in sorted(unit.pop("seen")))
    return list(units.values())


#: Measures of ``agg_unit_benchmark``: names and kinds of number.
PEER_MEASURES = {
    "execution_rate": ("执行率", "Execution rate", "rate"),
    "adjustment_rate": ("预算调整率", "Adjustment rate", "rate"),
    "basic_share": ("基本支出占比", "Share of basic expense", "rate"),
    "personnel_share": ("人员经费占比", "Share of personnel expense", "rate"),
    "three_public_per_head_cny": ("人均“三公”经费（万元）", "Three public per head (10k)", "cny"),
    "control_rate": ("编制控制率", "Posts filled", "rate"),
    "total_score": ("自评得分", "Score", "points"),
    "full_mark_share": ("满分指标占比", "Share at full marks", "rate"),
}


def _peer_group(group: str) -> dict[str, str]:
    """The names of ``province|level|kind``."""
    province, level, kind = group.split("|")
    levels = CODE_NAMES["admin_level"].get(level, (level, level))
    kinds = unit_kinds().get(kind, (kind, kind))
    return {
        language: " · ".join((province, levels[place], kinds[place]))
        for place, language in enumerate(("zh", "en"))
    }


def peer_rows(warehouse: Warehouse) -> list[Row]:
    """Each unit's latest year beside the median of the units of its region, level and kind."""
    if "agg_unit_benchmark" not in warehouse.columns:
        return []
    rows = warehouse.rows(
        """
        select unit_id, fiscal_year, measure, peer_group, peer_count, unit_value, median_value,
               rank_in_group
        from marts.agg_unit_benchmark
        qualify fiscal_year = max(fiscal_year) over (partition by unit_id)
        order by unit_id
        """
    )
    order = {measure: place for place, measure in enumerate(PEER_MEASURES)}
    known = [row for row in rows if row["measure"] in order and row["peer_count"] > 1]
    known.sort(key=lambda row: (row["unit_id"], order[row["measure"]]))
    for row in known:
        zh, en, kind = PEER_MEASURES[row.pop("measure")]
        row |= {"label": {"zh": zh, "en": en}, "kind": kind}
        row["group"] = _peer_group(row.pop("peer_group"))
    return known


def region_rows(warehouse: Warehouse) -> list[Row]:
    """Every region that published, with counts and averages over its reports."""
    return warehouse.rows(
        f"""
        with listed as ({REPORTS_SQL})
        select region_code, any_value(region_name) as region_name,
               count(distinct unit_id) as units, count(*) as reports,
               cast(avg(total_score) as decimal(12, 2)) as total_score,
               cast(avg(execution_rate) as decimal(12, 4)) as execution_rate,
               sum(findings)::bigint as findings
        from listed where region_code is not null group by region_code order by region_code
        """  # noqa: S608 - both halves are constants of this module
    )


def indicator_parts(
    warehouse: Warehouse, name: NameOf
) -> tuple[list[Row], dict[str, dict[str, list[Row]]]]:
    """The list of indicator names, and the lines of each name by shard."""
    rows = warehouse.rows(INDICATORS_SQL)
    for row in rows:
        row["category"] = name("level1", row.pop("level1_std"))
        row["shard"] = shard(row["level3"])
    lines: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in warehouse.rows(INDICATOR_LINES_SQL):
        level3 = row.pop("level3")
        lines[shard(level3)][level3].append(row)
    return rows, lines


def rule_rows(warehouse: Warehouse) -> list[Row]:
    """The rule catalogue with the number of findings of each rule."""
    if "dim_rule" not in warehouse.columns:
        return []
    rows = warehouse.rows(
        """
        select d.rule_code as code, d.name_zh, d.name_en, d.formula, d.tolerance, d.severity,
               d.source, d.is_implemented as implemented,
               d.not_implemented_reason as reason_not, coalesce(f.findings, 0) as findings
        from marts.dim_rule as d
        left join (
            select rule_code, count(*) as findings from marts.fct_finding group by rule_code
        ) as f using (rule_code)
        order by substr(d.rule_code, 1, 1) desc, d.rule_code
        """
    )
    for row in rows:
        row["name"] = {"zh": row.pop("name_zh"), "en": row.pop("name_en")}
    return rows


def findings_by_rule(warehouse: Warehouse) -> dict[str, list[Row]]:
    """Every finding with its report, by rule."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in warehouse.rows(
        """
        select f.finding_id, f.rule_code, f.severity, f.message, f.report_id, f.unit_id,
               f.fiscal_year, r.unit_name, r.title
        from marts.fct_finding as f join marts.dim_report as r using (report_id)
        order by f.rule_code, f.report_id, f.finding_id
        """
    ):
        found[row["rule_code"]].append(row)
    return found


def listed_projects(projects: list[Row]) -> list[Row]:
    """The columns of projects that the list shows; titles and purposes are on their pages."""
    left_out = {"purpose", "aliases", "department", "implementing_unit", "title"}
    return [{k: v for k, v in row.items() if k not in left_out} for row in projects]


def by_prefix(rows: list[Row], key: str) -> dict[str, dict[str, list[Row]]]:
    """Rows by the first two digits of a key that is a hash, then by the key."""
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row[key][:2]][row[key]].append(row)
    return found


def region_parts(reports: list[Row]) -> dict[str, list[Row]]:
    """The reports of each region as the lists show them."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in listed(reports):
        if row["region_code"]:
            found[row["region_code"]].append(row)
    return found


def coverage(reports: list[Row]) -> dict[str, Any]:
    """Who has published: units by province, region and year, beside the units known there.

    A unit is known where any of its reports was ever published; those without one in a year are
    missing. A region without a code stands under the empty code.
    """
    cells: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    names: dict[str, tuple[str, str]] = {}
    years: set[int] = set()
    for row in reports:
        code = row["region_code"] or ""
        names[code] = (row["province_name"] or "", row["region_name"] or "")
        cells[code][row["fiscal_year"]].add(row["unit_id"])
        years.add(row["fiscal_year"])
    provinces: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for code in sorted(names):
        province, name = names[code]
        known: set[str] = set().union(*cells[code].values())
        counts = {year: len(units) for year, units in cells[code].items()}
        provinces[province].append(
            {"code": code, "name": name, "units": len(known), "years": counts}
        )
    return {
        "years": list(range(min(years), max(years) + 1)) if years else [],
        "provinces": [{"name": name, "regions": found} for name, found in provinces.items()],
    }


def search_index(
    reports: list[Row], units: list[Row], regions: list[Row], projects: list[Row], names: list[Row]
) -> list[list[str]]:
    """Entries of the search box: kind, id, name, and other words by which it is found.

    The id is what comes after the kind in the address; of an indicator it is the shard.
    """
    entries: dict[tuple[str, str, str], list[str]] = {}

    def add(kind: str, key: str, name: str | None, more: str = "") -> None:
        if name:
            entry = [kind, key, name, search_key(more)] if more else [kind, key, name]
            entries.setdefault((kind, key, name), entry)

    for row in units:
        add("unit", row["unit_id"], row["unit_name"])
    for row in regions:
        add("region", row["region_code"], row["region_name"])
    for row in projects:
        add("project", row["project_id"], row["project_name"], row["aliases"] or "")
    for row in reports:
        add("report", row["report_id"], row["title"], row["unit_name"] or "")
    for row in names:
        add("indicator", row["shard"], row["level3"])
    order = {"unit": 0, "region": 1, "project": 2, "report": 3, "indicator": 4}
    return sorted(entries.values(), key=lambda e: (order[e[0]], len(e[2]), e[2]))
