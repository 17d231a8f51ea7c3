"""A release as a story: who published, how they score themselves, where the figures disagree.

Open with ``marimo edit docs/notebook/story.py``; run as it stands with
``python docs/notebook/story.py``. It reads the current release below ``JIXIAO_HOME``.
"""

import marimo

app = marimo.App(width="medium")


@app.cell
def _():
    import os
    from pathlib import Path

    import altair as alt
    import duckdb
    import marimo as mo

    home = Path(os.environ.get("JIXIAO_HOME", "warehouse"))
    release = duckdb.connect(str(home / "releases/current/warehouse.duckdb"), read_only=True)

    def ask(sql):
        """The rows of a query as a frame; decimals become floats, for drawing only."""
        frame = release.execute(sql).df()
        for name in frame.columns:
            if (
                frame[name].dtype == object
                and frame[name].map(type).astype(str).str.contains("Decimal").any()
            ):
                frame[name] = frame[name].astype(float)
        return frame

    return alt, ask, mo


@app.cell
def _(ask, mo):
    head = ask(
        """select count(*) as reports, count(distinct unit_id) as units,
                  min(fiscal_year) as first_year, max(fiscal_year) as last_year
           from dim_report where is_current"""
    ).iloc[0]
    mo.md(
        f"""# 自评分为什么都这么高 | Why is every self-evaluation so good?

        本版本有 **{head.units}** 个单位的 **{head.reports}** 份报告（{head.first_year}–{head.last_year} 年度）。
        每个数字都能回到原文的页、表、行。

        {head.reports} reports of {head.units} units; every figure leads back to its page and cell."""
    )
    return (head,)


@app.cell
def _(alt, ask, mo):
    scores = ask(
        """select r.unit_name as unit, e.total_score as score, b.execution_rate * 100 as executed,
                  e.scope as scope
           from fct_evaluation e join dim_report r using (report_id)
           join fct_budget b on b.report_id = e.report_id and b.scope = e.scope
            and b.project_name is not distinct from e.project_name
            and b.funding_source = 'total'
           where e.total_score is not null and b.execution_rate is not null"""
    )
    dots = (
        alt.Chart(scores)
        .mark_circle(size=120)
        .encode(
            x=alt.X("executed", title="预算执行率 %"),
            y=alt.Y("score", title="自评得分", scale=alt.Scale(zero=False)),
            color=alt.Color("scope", title="范围"),
            tooltip=["unit", "scope", "score", "executed"],
        )
    )
    mo.vstack(
        [
            mo.md("## 一、钱花得多少，几乎不影响得分\n执行率低的项目，得分照样在九十分以上。"),
            dots,
        ]
    )
    return (scores,)


@app.cell
def _(alt, ask, mo):
    full = ask(
        """select level1_std as part, count(*) as lines,
                  count(*) filter (where score >= weight) as at_full_marks
           from fct_indicator_score where score is not null and weight > 0
           group by all order by lines desc"""
    )
    full["share"] = full["at_full_marks"] / full["lines"]
    bars = (
        alt.Chart(full)
        .mark_bar()
        .encode(
            x=alt.X("share", title="满分指标占比", axis=alt.Axis(format="%")),
            y=alt.Y("part", title="一级指标", sort="-x"),
            tooltip=["part", "lines", "at_full_marks"],
        )
    )
    mo.vstack([mo.md("## 二、哪些指标最容易拿满分"), bars])
    return (full,)


@app.cell
def _(alt, ask, mo):
    found = ask(
        """select f.rule_code || ' ' || d.name_zh as rule, f.severity, count(*) as findings
           from fct_finding f join dim_rule d using (rule_code)
           group by all order by findings desc limit 12"""
    )
    rules = (
        alt.Chart(found)
        .mark_bar()
        .encode(
            x=alt.X("findings", title="发现数"),
            y=alt.Y("rule", title=None, sort="-x", axis=alt.Axis(labelLimit=320)),
            color=alt.Color("severity", title="程度"),
        )
    )
    mo.vstack([mo.md("## 三、同一份报告里，数字对不上数字"), rules])
    return (found,)


@app.cell
def _(ask, mo):
    worst = ask(
        """select r.unit_name as 单位, f.fiscal_year as 年度, f.message as 说明,
                  r.file_name as 文件, f.source_page as 页
           from fct_finding f join dim_report r using (report_id)
           where f.severity = 'error' order by abs(f.difference) desc nulls last limit 5"""
    )
    mo.vstack([mo.md("## 四、差得最多的五处，以及去哪一页看"), mo.ui.table(worst, selection=None)])
    return (worst,)


if __name__ == "__main__":
    app.run()
