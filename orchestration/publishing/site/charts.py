"""The charts of the overview: a query, its rows, and a Vega-Lite specification over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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


CHARTS: tuple[Chart, ...] = (
    Chart(
        "grades",
        "等级分布（报告所述与按得分计算）",
        "Grades, stated and computed",
        """select 'stated' as basis, grade_stated as grade, count(*) as evaluations
from marts.fct_evaluation where grade_stated is not null group by all
union all
select 'computed' as basis, grade, count(*) as evaluations
from marts.fct_evaluation where grade is not null group by all
order by basis, grade""",
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
from marts.fct_evaluation where total_score is not null group by all order by score_from""",
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
from marts.fct_budget where funding_source = 'total' and execution_rate is not null
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
        "“三公”经费各年支出（万元，按报告所述合计）",
        "Three public expenses by year (10k yuan)",
        """select amount_year, cast(sum(amount_cny) / 10000 as decimal(20, 2)) as amount_wan,
       count(*) as units
from (
    select distinct unit_id, amount_year, max(amount_cny) as amount_cny
    from marts.fct_expense
    where expense_item = 'three_public' and basis = 'actual' and scope = 'department'
    group by all
) group by all order by amount_year""",
        (
            ("amount_year", "年度", "Year", "plain"),
            ("amount_wan", "金额（万元）", "Amount (10k yuan)", "number"),
            ("units", "单位数", "Units", "count"),
        ),
        _bar(
            _axis("amount_year", "年度", "Year", "ordinal"),
            _axis("amount_wan", "金额（万元）", "Amount (10k yuan)", "quantitative"),
        ),
        ("fct_expense",),
    ),
    Chart(
        "findings",
        "核查发现最多的规则",
        "Rules with most findings",
        """select rule_code || ' ' || coalesce(name_zh, '') as rule, f.severity,
       count(*) as findings
from marts.fct_finding as f left join marts.dim_rule using (rule_code)
group by all order by findings desc, rule, severity limit 15""",
        (
            ("rule", "规则", "Rule", "text"),
            ("severity", "程度", "Severity", "text"),
            ("findings", "发现数", "Findings", "count"),
        ),
        _bar(
            _count_axis("findings", "发现数", "Findings"),
            _axis("rule", "", "", sort="-x", axis={"labelLimit": 230}),
            color=_codes("severity", SEVERITIES),
        )
        | {"height": 300},
        ("fct_finding", "dim_rule"),
    ),
)
