"use strict";
/* The pages but the report page. Each takes the parts of the route and gives a node. */
const columnsOf = {
  unit: { key: "unit_name", label: { zh: "单位", en: "Unit" }, cell: (r) => link(`#/unit/${r.unit_id}`, r.unit_name ?? "") },
  year: { key: "fiscal_year", label: { zh: "年度", en: "Year" }, kind: "plain" },
  region: { key: "region_name", label: { zh: "地区", en: "Region" }, cell: (r) => (r.region_code ? link(`#/region/${r.region_code}`, r.region_name ?? r.region_code) : r.region_name ?? "") },
  title: { key: "title", label: { zh: "报告", en: "Report" }, cell: (r) => link(`#/report/${r.report_id}`, r.title ?? r.report_id) },
  kind: { key: "kind", label: { zh: "类型", en: "Kind" }, value: (r) => label(r.kind) },
  score: { key: "total_score", label: { zh: "得分", en: "Score" }, kind: "points" },
  grade: { key: "grade", label: { zh: "等级", en: "Grade" } },
  rate: { key: "execution_rate", label: { zh: "执行率", en: "Execution rate" }, kind: "ratio" },
  budget: { key: "annual_budget_cny", label: { zh: "全年预算（万元）", en: "Annual budget (10k yuan)" }, kind: "cny" },
  executed: { key: "executed_cny", label: { zh: "全年执行（万元）", en: "Executed (10k yuan)" }, kind: "cny" },
  findings: { key: "findings", label: { zh: "核查发现", en: "Findings" }, kind: "count" }
};
const page = (title, ...nodes) => h("div", {}, h("h1", {}, title), ...nodes);
const tile = (name, value) => h("li", { class: "tile" }, h("b", {}, value), h("span", { class: "muted" }, name));

async function overviewPage() {
  const [meta, overview] = await Promise.all([load("meta"), load("overview")]);
  const { years, regions, cells } = overview.coverage;
  const coverage = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("coverage") }, h("table", {},
    h("caption", {}, t("coverageNote")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("region")), years.map((y) => h("th", { scope: "col", class: "n" }, y)))),
    h("tbody", {}, regions.map((r) => h("tr", {}, h("th", { scope: "row" }, r.code ? link(`#/region/${r.code}`, r.name) : r.name),
      years.map((y) => { const n = cells[r.code]?.[y]; return h("td", { class: n ? "n" : "n hole" }, n ?? ""); }))))));
  return page(t("overview"),
    h("ul", { class: "tiles" }, overview.tiles.map((x) => tile(label(x.label), show(x.value, x.kind)))),
    h("section", { class: "card" }, h("h2", {}, t("coverage")), coverage),
    h("h2", {}, ""), h("div", { class: "grid2" }, overview.charts.map(chartCard)),
    meta.quarantined.length ? h("section", {}, h("h2", {}, t("quarantined")), h("ul", {}, meta.quarantined.map((q) => h("li", {}, `${q.file_name}：${q.reasons ?? ""}`)))) : null);
}

async function reportsPage() {
  const rows = await load("reports");
  const c = columnsOf;
  return page(t("reports"), dataTable([c.title, c.unit, c.region, c.year, c.kind, c.score, c.grade, c.rate, c.findings], rows, { caption: t("reports") }));
}
async function unitsPage() {
  const rows = await load("units");
  const c = columnsOf;
  return page(t("units"), dataTable([c.unit, c.region, { key: "reports", label: { zh: "报告数", en: "Reports" }, kind: "count" }, { key: "years", label: { zh: "年度", en: "Years" } }, c.findings], rows, { caption: t("units") }));
}
async function unitPage(id) {
  const unit = (await load(`unit/${id.slice(0, 2)}`))[id];
  if (!unit) return missing();
  const c = columnsOf;
  return page(unit.unit_name ?? id,
    h("p", { class: "muted" }, [unit.province_name, unit.region_name].filter(Boolean).join(" ")),
    h("h2", {}, t("years")),
    dataTable([c.year, ...unit.columns], unit.years, { caption: t("years"), filter: false }),
    h("h2", {}, t("reports")), dataTable([c.title, c.year, c.kind, c.score, c.grade, c.findings], unit.reports, { caption: t("reports"), filter: false }),
    unit.projects.length ? [h("h2", {}, t("projects")), dataTable([{ key: "project_name", label: { zh: "项目", en: "Project" }, cell: (r) => link(`#/project/${r.project_id}`, r.project_name) }, { key: "project_code", label: { zh: "项目编码", en: "Code" } }], unit.projects, { caption: t("projects"), filter: false })] : null);
}
async function regionsPage() {
  const rows = await load("regions");
  const c = columnsOf;
  return page(t("regions"), dataTable([c.region, { key: "units", label: { zh: "单位数", en: "Units" }, kind: "count" }, { key: "reports", label: { zh: "报告数", en: "Reports" }, kind: "count" }, c.score, c.rate, c.findings], rows, { caption: t("regions") }));
}
async function regionPage(code) {
  const [regions, reports] = await Promise.all([load("regions"), load("reports")]);
  const region = regions.find((r) => r.region_code === code);
  if (!region) return missing();
  const c = columnsOf;
  return page(region.region_name, h("ul", { class: "tiles" }, tile(t("units"), show(region.units, "count")), tile(t("reports"), show(region.reports, "count")), tile(t("rate"), show(region.execution_rate, "ratio")), tile(t("score"), show(region.total_score, "points"))),
    dataTable([c.title, c.unit, c.year, c.kind, c.score, c.grade, c.rate, c.findings], reports.filter((r) => r.region_code === code), { caption: t("reports") }));
}
async function projectsPage() {
  const rows = await load("projects");
  const c = columnsOf;
  return page(t("projects"), dataTable([{ key: "project_name", label: { zh: "项目", en: "Project" }, cell: (r) => link(`#/project/${r.project_id}`, r.project_name) }, c.unit, c.region, c.year, c.budget, c.executed, c.rate, c.score], rows, { caption: t("projects") }));
}
async function projectPage(id) {
  const rows = (await load("projects")).filter((r) => r.project_id === id);
  if (!rows.length) return missing();
  const c = columnsOf;
  const [first] = rows;
  const facts = [["project_code", { zh: "项目编码", en: "Code" }], ["aliases", { zh: "其他名称", en: "Other names" }], ["department", { zh: "主管部门", en: "Department" }], ["implementing_unit", { zh: "实施单位", en: "Implementing unit" }], ["purpose", { zh: "资金用途", en: "Purpose" }]];
  return page(first.project_name,
    h("dl", { class: "facts" }, facts.filter(([k]) => first[k]).map(([k, name]) => [h("dt", {}, label(name)), h("dd", {}, first[k])])),
    dataTable([c.title, c.unit, c.year, c.budget, c.executed, c.rate, c.score], rows, { caption: t("years"), filter: false }));
}
async function indicatorsPage() {
  const rows = await load("indicators");
  return page(t("indicators"), dataTable([
    { key: "level3", label: { zh: "三级指标", en: "Indicator" }, cell: (r) => link(`#/indicator/${r.shard}/${encodeURIComponent(r.level3)}`, r.level3) },
    { key: "category", label: { zh: "类别", en: "Category" }, value: (r) => label(r.category) },
    { key: "times", label: { zh: "出现次数", en: "Times" }, kind: "count" }, { key: "units", label: { zh: "单位数", en: "Units" }, kind: "count" },
    { key: "full_share", label: { zh: "满分比例", en: "Share at full marks" }, kind: "ratio" },
    { key: "typical", label: { zh: "常见目标值", en: "Typical targets" } }], rows, { caption: t("indicators") }));
}
async function indicatorPage(shard, name) {
  const rows = (await load(`indicator/${shard}`))[decodeURIComponent(name)];
  if (!rows) return missing();
  const c = columnsOf;
  return page(decodeURIComponent(name), dataTable([c.title, c.year, { key: "project_name", label: { zh: "项目", en: "Project" } },
    { key: "target_text", label: { zh: "目标值", en: "Target" } }, { key: "actual_text", label: { zh: "实际值", en: "Actual" } },
    { key: "weight", label: { zh: "分值", en: "Weight" }, kind: "points" }, { key: "score", label: { zh: "得分", en: "Score" }, kind: "points" }], rows, { caption: t("indicators") }));
}
async function rulesPage() {
  const rows = await load("rules");
  return page(t("rules"), dataTable([
    { key: "code", label: { zh: "编号", en: "Code" }, cell: (r) => link(`#/rule/${r.code}`, r.code) }, { key: "name", label: { zh: "规则", en: "Rule" }, value: (r) => label(r.name) },
    { key: "severity", label: { zh: "程度", en: "Severity" }, value: (r) => t(r.severity ?? "") }, { key: "implemented", label: { zh: "状态", en: "State" }, value: (r) => t(r.implemented ? "implemented" : "notImplemented") },
    { key: "findings", label: { zh: "发现数", en: "Findings" }, kind: "count" }], rows, { size: 100, caption: t("rules") }));
}
async function rulePage(code) {
  const [rules, findings] = await Promise.all([load("rules"), load("findings")]);
  const rule = rules.find((r) => r.code === code);
  if (!rule) return missing();
  const c = columnsOf;
  return page(`${code} ${label(rule.name)}`,
    h("dl", { class: "facts" }, [["formula", t("formula")], ["tolerance", t("tolerance")], ["source", t("source")], ["reason_not", t("notImplemented")]].filter(([k]) => rule[k]).map(([k, name]) => [h("dt", {}, name), h("dd", {}, rule[k])])),
    dataTable([c.title, c.unit, c.year, { key: "severity", label: { zh: "程度", en: "Severity" }, value: (r) => t(r.severity) }, { key: "message", label: { zh: "说明", en: "What" } }], findings.filter((f) => f.rule_code === code), { caption: t("findings") }));
}
const missing = () => page(t("notFound"), h("p", {}, link("#/", t("back"))));
