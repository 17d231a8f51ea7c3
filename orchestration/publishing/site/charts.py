"""The charts of the overview: a query, its rows, and a Vega-Lite specification over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from orchestration.publishing.names import CODE_NAMES
from orchestration.publishing.site.warehouse import Row, Warehouse

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart; ``sql`` is shown to the reader and can be run by ``jixiao query`` as it stands."""

    name: str
    zh: str
    en: str
    sql: str
    columns: tuple[tuple[str, str, str, str], ...]  # key, zh, en, kind
    spec: Spec
    needs: tuple[str, ...]

    def data(self, warehouse: Warehouse) -> list[Row] | None:
        """The rows, or None where a mart that it needs is not there."""
        if any(table not in warehouse.columns for table in self.needs):
            return None
        return warehouse.rows(self.sql)


def _axis(key: str, zh: str, en: str, kind: str = "nominal", **more: Any) -> Spec:  # noqa: ANN401
    return {"field": key, "type": kind, "title": {"zh": zh, "en": en}, **more}


def _count_axis(key: str, zh: str, en: str) -> Spec:
    """An axis of whole numbers."""
    return _axis(key, zh, en, "quantitative", axis={"tickMinStep": 1, "format": ",d"})


def _codes(key: str, names: dict[str, tuple[str, str, str]]) -> Spec:
    """Colour by a code: code to Chinese name, English name, colour; the legend stands below."""

    def words(place: int) -> str:
        table = ", ".join(f"'{code}': '{name[place]}'" for code, name in names.items())
        return f"({{{table}}})[datum.label] || datum.label"

    return {
        "field": key,
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(names), "range": [name[2] for name in names.values()]},
        "legend": {"orient": "bottom", "labelExpr": {"zh": words(0), "en": words(1)}},
    }


FONT = "PingFang SC, Microsoft YaHei, Noto Sans CJK SC, WenQuanYi Micro Hei, sans-serif"
SCOPES = {
    "department": ("部门整体", "Whole department", "#0b5a8a"),
    "project": ("项目", "Project", "#e2a13b"),
}
SEVERITIES = {
    "error": ("错误", "Error", "#a61b1b"),
    "warning": ("警告", "Warning", "#d98a1f"),
    "info": ("提示", "Info", "#5b8f7b"),
}
BASES = {
    "stated": ("报告所述", "Stated", "#0b5a8a"),
    "computed": ("按得分计算", "Computed", "#e2a13b"),
}


def _bar(x: Spec, y: Spec, **more: Any) -> Spec:  # noqa: ANN401
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": "container",
        "height": 240,
        "mark": {"type": "bar", "color": "#0b5a8a", "tooltip": True},
        "config": {"axisX": {"labelAngle": 0}, "view": {"stroke": None}, "font": FONT},
        "encoding": {"x": x, "y": y, **more},
    }


def _axis_labels(names: Mapping[str, tuple[str, str]]) -> Spec:
    """The labels of an axis of codes, in words."""

    def words(place: int) -> str:
        table = ", ".join(f"'{code}': '{name[place]}'" for code, name in names.items())
        return f"({{{table}}})[datum.label] || datum.label"

    return {"labelExpr": {"zh": words(0), "en": words(1)}, "labelLimit": 230}


def _layered(bars: Spec, words: Spec) -> Spec:
    """Bars with words above them; a step of the axis without a bar keeps its place."""
    shared = {k: v for k, v in bars.items() if k not in ("mark", "encoding")}
    axes = bars["encoding"]
    return shared | {
        "encoding": {"x": axes["x"], "y": axes["y"]},
        "layer": [{"mark": bars["mark"] | {"invalid": "show"}}, words],
    }


CHARTS: tuple[Chart, ...] = (
    Chart(
        "grades",
        "等级分布（报告所述与按得分计算）",
        "Grades, stated and computed",
        """select basis, grade, count(*) as evaluations
from (
    select 'stated' as basis, report_id, grade_stated as grade from marts.fct_evaluation
    union all
    select 'computed' as basis, report_id, grade from marts.fct_evaluation
) join marts.dim_report using (report_id)
where is_current and grade is not null group by all order by basis, grade""",
        (
            ("basis", "口径", "Basis", "text"),
            ("grade", "等级", "Grade", "text"),
            ("evaluations", "份数", "Evaluations", "count"),
        ),
        _bar(
            _axis("grade", "等级", "Grade", scale={"domain": ["优", "良", "中", "差"]}),
            _count_axis("evaluations", "份数", "Evaluations"),
            xOffset={"field": "basis", "sort": list(BASES)},
            color=_codes("basis", BASES),
        ),
        ("fct_evaluation",),
    ),
    Chart(
        "scores",
        "总分分布",
        "Total scores",
        """select cast(floor(total_score / 5) * 5 as integer) as score_from, count(*) as evaluations
from marts.fct_evaluation join marts.dim_report using (report_id)
where is_current and total_score is not null group by all order by score_from""",
        (
            ("score_from", "得分（每5分一档）", "Score (steps of five)", "count"),
            ("evaluations", "份数", "Evaluations", "count"),
        ),
        _bar(
            _axis(
                "score_from",
                "得分（每5分一档）",
                "Score (steps of five)",
                "ordinal",
                scale={"domain": list(range(0, 101, 5))},
            ),
            _count_axis("evaluations", "份数", "Evaluations"),
        ),
        ("fct_evaluation",),
    ),
    Chart(
        "execution",
        "预算执行率分布",
        "Execution rates",
        """select least(cast(floor(execution_rate * 20) * 5 as integer), 120) as percent_from,
       scope, count(*) as budgets
from marts.fct_budget join marts.dim_report using (report_id)
where is_current and funding_source = 'total' and execution_rate is not null
group by all order by percent_from, scope""",
        (
            ("percent_from", "执行率（%，每5个百分点一档）", "Rate (%, steps of five)", "plain"),
            ("scope", "范围", "Scope", "text"),
            ("budgets", "份数", "Budgets", "count"),
        ),
        _bar(
            _axis(
                "percent_from",
                "执行率（%，最后一档为120及以上）",
                "Execution rate (%; the last step is 120 and above)",
                "ordinal",
                scale={"domain": list(range(0, 121, 5))},
                axis={"values": list(range(0, 121, 20))},
            ),
            _count_axis("budgets", "份数", "Budgets"),
            color=_codes("scope", SCOPES),
        ),
        ("fct_budget",),
    ),
    Chart(
        "three_public",
        "“三公”经费趋势（单位平均，万元；柱上为单位数）",
        "Three public expenses (mean per unit, 10k yuan; above: units)",
        """with own as (
    -- A year's figure is that of the year's own report, else what the next one says of it.
    select unit_id, amount_year,
           arg_max(amount_cny, case when amount_year = e.fiscal_year then 1 else 0 end) as cny
    from marts.fct_expense as e join marts.dim_report using (report_id, unit_id)
    where is_current and expense_item = 'three_public' and basis = 'actual'
      and scope = 'department'
    group by unit_id, amount_year
), span as (
    select unnest(range(min(amount_year), max(amount_year) + 1)) as amount_year from own
)
select cast(amount_year as integer) as amount_year,
       cast(avg(cny) / 10000 as decimal(20, 2)) as mean_wan,
       cast(sum(cny) / 10000 as decimal(20, 2)) as sum_wan, count(cny) as units
from span left join own using (amount_year) group by all order by amount_year""",
        (
            ("amount_year", "年度", "Year", "plain"),
            ("mean_wan", "单位平均（万元）", "Mean (10k yuan)", "number"),
            ("sum_wan", "合计（万元）", "Sum (10k yuan)", "number"),
            ("units", "单位数", "Units", "count"),
        ),
        _layered(
            _bar(
                _axis("amount_year", "年度", "Year", "ordinal"),
                _axis("mean_wan", "单位平均（万元）", "Mean (10k yuan)", "quantitative"),
            ),
            {
                "mark": {"type": "text", "dy": -7},
                "transform": [{"filter": "datum.units > 0"}],
                "encoding": {"text": {"field": "units", "format": "d"}},
            },
        ),
        ("fct_expense",),
    ),
    Chart(
        "full_marks",
        "各类指标得满分的比例",
        "Share of indicators at full marks",
        """select level1_std, sum(scored_count) as scored, sum(full_mark_count) as full_marks,
       cast(100 * sum(full_mark_count) / sum(scored_count) as decimal(5, 1)) as percent
from marts.agg_indicator_category_year
group by level1_std having sum(scored_count) > 0 order by percent desc, level1_std""",
        (
            ("level1_std", "一级指标", "Level 1", "text"),
            ("scored", "有得分的行数", "Scored lines", "count"),
            ("full_marks", "满分行数", "At full marks", "count"),
            ("percent", "满分比例（%）", "At full marks (%)", "number"),
        ),
        _bar(
            _axis(
                "percent",
                "满分比例（%）",
                "At full marks (%)",
                "quantitative",
                scale={"domain": [0, 100]},
            ),
            _axis("level1_std", "", "", sort="-x", axis=_axis_labels(CODE_NAMES["level1"])),
        ),
        ("agg_indicator_category_year",),
    ),
    Chart(
        "findings",
        "核查发现最多的规则",
        "Rules with most findings",
        """select rule_code || ' ' || coalesce(name_zh, '') as rule,
       rule_code || ' ' || coalesce(name_en, '') as rule_en, f.severity, count(*) as findings
from marts.fct_finding as f join marts.dim_report using (report_id)
left join marts.dim_rule using (rule_code)
where is_current group by all order by findings desc, rule, severity limit 15""",
        (
            ("rule", "规则", "Rule (Chinese)", "text"),
            ("rule_en", "规则（英文）", "Rule", "text"),
            ("severity", "程度", "Severity", "text"),
            ("findings", "发现数", "Findings", "count"),
        ),
        _bar(
            _count_axis("findings", "发现数", "Findings"),
            _axis("rule", "", "", sort="-x", axis={"labelLimit": 230})
            | {"field": {"zh": "rule", "en": "rule_en"}},
            color=_codes("severity", SEVERITIES),
        )
        | {"height": 300},
        ("fct_finding", "dim_rule"),
    ),
)
