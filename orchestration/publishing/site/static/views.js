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
  rate: { key: "execution_rate", label: { zh: "执行率", en: "Execution rate" }, kind: "rate" },
  budget: { key: "annual_budget_cny", label: { zh: "全年预算（万元）", en: "Annual budget (10k yuan)" }, kind: "cny" },
  executed: { key: "executed_cny", label: { zh: "全年执行（万元）", en: "Executed (10k yuan)" }, kind: "cny" },
  findings: { key: "findings", label: { zh: "核查发现", en: "Findings" }, kind: "count" }
};
const page = (title, ...nodes) => h("div", {}, h("h1", {}, title), ...nodes);
const unitPlace = (unit) => [unit.province_name, unit.region_name].filter((x, i, all) => x && all.indexOf(x) === i).join(" ");
/** A name that is a whole paragraph, cut for a list; its own page has all of it. */
const shortened = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
const tile = (name, value) => h("li", { class: "tile" }, h("b", {}, value), h("span", { class: "muted" }, name));

/** A matrix of who has published: a cell "3/5" is three of the five units known there. */
function coverageMatrix({ years, provinces }) {
  const many = provinces.reduce((n, p) => n + p.regions.length, 0) > 40;
  const cell = (n, all) => h("td", { class: n === all ? "n" : n ? "n part" : "n hole", title: n === all ? null : `${t("missingUnits")} ${all - n}` }, n ? (n === all ? n : `${n}/${all}`) : t("none"));
  const bodies = provinces.map((p) => {
    const sum = (year) => p.regions.reduce((n, r) => n + (r.years[year] ?? 0), 0);
    const all = p.regions.reduce((n, r) => n + r.units, 0);
    const rows = p.regions.map((r) => h("tr", { hidden: many }, h("th", { scope: "row", class: "inner" }, r.code ? link(`#/region/${r.code}`, r.name) : r.name || t("unknownRegion")), years.map((y) => cell(r.years[y] ?? 0, r.units))));
    const button = h("button", { type: "button", "aria-expanded": String(!many), onclick: () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      rows.forEach((row) => { row.hidden = !open; });
    } }, p.name || t("unknownRegion"));
    return h("tbody", {}, h("tr", { class: "group" }, h("th", { scope: "row" }, button), years.map((y) => cell(sum(y), all))), rows);
  });
  return h("div", { class: "scroll tall", tabindex: "0", role: "region", "aria-label": t("coverage") }, h("table", { class: "matrix" },
    h("caption", {}, t("coverageNote")),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("region")), years.map((y) => h("th", { scope: "col", class: "n" }, y)))), bodies));
}
async function overviewPage() {
  const [meta, overview] = await Promise.all([load("meta"), load("overview")]);
  return page(t("overview"),
    h("ul", { class: "tiles" }, overview.tiles.map((x) => tile(label(x.label), show(x.value, x.kind)))),
    h("section", { class: "card" }, h("h2", {}, t("coverage")), coverageMatrix(overview.coverage)),
    h("div", { class: "grid2 charts" }, overview.charts.map(chartCard)),
    meta.quarantined ? h("p", { class: "card" }, link("#/quarantine", t("quarantined"), ` ${show(meta.quarantined, "count")}`), " · ", h("span", { class: "muted" }, t("quarantinedNote"))) : null);
}
/** The reasons of a file are "Chinese | English"; where the sign occurs in them too, all is shown. */
function reasonIn(text) {
  const parts = (text ?? "").split(" | ");
  return parts.length === 2 ? parts[language === "en" ? 1 : 0] : text ?? "";
}
async function quarantinePage() {
  const rows = await load("quarantine");
  return page(t("quarantined"), h("p", { class: "muted" }, t("quarantinedNote")),
    rows.length ? dataTable([
      { key: "file_name", label: { zh: "文件", en: "File" } }, { key: "reasons", label: { zh: "原因与补救", en: "Why, and what to do" }, value: (r) => reasonIn(r.reasons) },
      { key: "pages", label: { zh: "页数", en: "Pages" }, kind: "count" }, { key: "first_seen", label: { zh: "首次收到", en: "First seen" } },
      { key: "report_id", label: { zh: "编号", en: "Id" } }], rows, { size: 25, caption: t("quarantined") }) : h("p", { class: "empty" }, t("nothing")));
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
    h("p", { class: "muted" }, unit.region_code ? link(`#/region/${unit.region_code}`, unitPlace(unit)) : unitPlace(unit)),
    h("h2", {}, t("years")), sideBySide(unit), peers(unit),
    h("h2", {}, t("reports")), dataTable([c.title, c.year, c.kind, c.score, c.grade, c.findings], unit.reports, { caption: t("reports"), filter: false }),
    unit.projects.length ? [h("h2", {}, t("projects")), dataTable([{ key: "project_name", label: { zh: "项目", en: "Project" }, cell: (r) => link(`#/project/${r.project_id}`, r.project_name) }, { key: "project_code", label: { zh: "项目编码", en: "Code" } }], unit.projects, { caption: t("projects"), filter: false })] : null);
}
/** A unit's years side by side: a line a measure, a column a year. */
function sideBySide(unit) {
  if (!unit.years.length) return h("p", { class: "empty" }, t("nothing"));
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": t("years") }, h("table", { class: "matrix" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("measure")), unit.years.map((y) => h("th", { scope: "col", class: "n" }, y.fiscal_year)))),
    h("tbody", {}, unit.columns.filter((c) => unit.years.some((y) => y[c.key] != null)).map((c) => h("tr", {}, h("th", { scope: "row" }, label(c.label)),
      unit.years.map((y) => h("td", { class: "n" }, show(y[c.key], c.kind))))))));
}
/** The unit's latest year against the median of the units of its province, level and kind. */
function peers(unit) {
  const rows = unit.peers;
  if (!rows.length) return null;
  const by = (key) => (r) => (r[key] == null ? "" : show(r[key], r.kind));
  return [h("h2", {}, `${t("peers")} · ${rows[0].fiscal_year}`), h("p", { class: "muted" }, t("peersNote", label(rows[0].group))), dataTable([
    { key: "label", label: { zh: "指标", en: "Measure" }, value: (r) => label(r.label) },
    { key: "unit_value", label: { zh: "本单位", en: "This unit" }, kind: "number", cell: by("unit_value") }, { key: "median_value", label: { zh: "同类中位数", en: "Median" }, kind: "number", cell: by("median_value") },
    { key: "rank_in_group", label: { zh: "名次（从高到低）", en: "Rank (highest first)" }, kind: "count", cell: (r) => `${r.rank_in_group}/${r.peer_count}` }], rows, { caption: t("peers"), filter: false })];
}
async function regionsPage() {
  const rows = await load("regions");
  const c = columnsOf;
  return page(t("regions"), dataTable([c.region, { key: "units", label: { zh: "单位数", en: "Units" }, kind: "count" }, { key: "reports", label: { zh: "报告数", en: "Reports" }, kind: "count" }, c.score, c.rate, c.findings], rows, { caption: t("regions") }));
}
async function regionPage(code) {
  const region = (await load("regions")).find((r) => r.region_code === code);
  if (!region) return missing();
  const reports = await load(`region/${code}`);
  const c = columnsOf;
  return page(region.region_name, h("ul", { class: "tiles" }, tile(t("units"), show(region.units, "count")), tile(t("reports"), show(region.reports, "count")), tile(t("meanRate"), show(region.execution_rate, "rate")), tile(t("meanScore"), show(region.total_score, "points"))),
    h("h2", {}, t("whoPublished")), unitMatrix(reports),
    h("h2", {}, t("reports")), dataTable([c.title, c.unit, c.year, c.kind, c.score, c.grade, c.rate, c.findings], reports, { caption: t("reports") }));
}
/** Units by year: each report as a link, a year without one as a hole. */
function unitMatrix(reports) {
  const seen = reports.map((r) => r.fiscal_year).filter((y) => y != null);
  if (!seen.length) return h("p", { class: "empty" }, t("nothing"));
  const years = Array.from({ length: Math.max(...seen) - Math.min(...seen) + 1 }, (_, i) => Math.min(...seen) + i);
  const found = new Map();
  for (const r of reports) {
    if (!found.has(r.unit_id)) found.set(r.unit_id, { unit_id: r.unit_id, unit_name: r.unit_name, own: [] });
    found.get(r.unit_id).own.push(r);
  }
  const units = [...found.values()];
  const inYear = (u, y) => u.own.filter((r) => r.fiscal_year === y);
  return dataTable([columnsOf.unit, ...years.map((y) => ({ key: `y${y}`, label: String(y), value: (u) => inYear(u, y).length,
    cell: (u) => (inYear(u, y).length ? inYear(u, y).map((r) => [link(`#/report/${r.report_id}`, r.total_score != null ? `${show(r.total_score, "points")} ${t("pointsWord")}` : label(r.kind)), " "]) : h("span", { class: "hole-text" }, t("none"))) }))],
  units, { caption: t("whoPublished") });
}
async function projectsPage() {
  const rows = await load("projects");
  const c = columnsOf;
  return page(t("projects"), dataTable([{ key: "project_name", label: { zh: "项目", en: "Project" }, cell: (r) => link(`#/project/${r.project_id}`, r.project_name) }, c.unit, c.region, c.year, c.budget, c.executed, c.rate, c.score], rows, { caption: t("projects") }));
}
async function projectPage(id) {
  const rows = (await load(`project/${id.slice(0, 2)}`))[id] ?? [];
  if (!rows.length) return missing();
  const c = columnsOf;
  const [first] = rows;
  const facts = [["project_code", { zh: "项目编码", en: "Code" }], ["aliases", { zh: "其他名称", en: "Other names" }], ["department", { zh: "主管部门", en: "Department" }], ["implementing_unit", { zh: "实施单位", en: "Implementing unit" }], ["purpose", { zh: "资金用途", en: "Purpose" }]];
  return page(first.project_name,
    h("div", { class: "card" }, h("dl", { class: "facts" }, [h("div", {}, h("dt", {}, t("unit")), h("dd", {}, link(`#/unit/${first.unit_id}`, first.unit_name ?? ""))), ...facts.filter(([k]) => first[k]).map(([k, name]) => h("div", { class: first[k].length > 40 ? "whole" : null }, h("dt", {}, label(name)), h("dd", {}, first[k])))])),
    h("h2", {}, t("years")), dataTable([c.title, c.unit, c.year, c.budget, c.executed, c.rate, c.score], rows, { caption: t("years"), filter: false }));
}
async function indicatorsPage() {
  const rows = await load("indicators");
  return page(t("indicators"), rows.length >= 10000 ? h("p", { class: "muted" }, t("indicatorsCut")) : null, dataTable([
    { key: "level3", label: { zh: "三级指标", en: "Indicator" }, cell: (r) => link(`#/indicator/${r.shard}/${encodeURIComponent(r.level3)}`, shortened(r.level3)) },
    { key: "category", label: { zh: "类别", en: "Category" }, value: (r) => label(r.category) },
    { key: "times", label: { zh: "出现次数", en: "Times" }, kind: "count" }, { key: "units", label: { zh: "单位数", en: "Units" }, kind: "count" },
    { key: "full_share", label: { zh: "满分比例", en: "Share at full marks" }, kind: "rate" },
    { key: "typical", label: { zh: "常见目标值", en: "Typical targets" } }], rows, { caption: t("indicators") }));
}
async function indicatorPage(shard, name) {
  const wanted = decodeURIComponent(name);
  const rows = (await load(`indicator/${shard}`))[wanted];
  if (!rows) return missing();
  const c = columnsOf;
  const scored = rows.filter((r) => r.score != null && Number(r.weight) > 0);
  const full = scored.filter((r) => Number(r.score) >= Number(r.weight)).length;
  const targets = new Map();
  for (const r of rows) if (r.target_text) targets.set(r.target_text, (targets.get(r.target_text) ?? 0) + 1);
  const common = [...targets].map(([target_text, times]) => ({ target_text, times })).sort((a, b) => b.times - a.times);
  return page(wanted,
    h("ul", { class: "tiles" }, tile(t("times"), show(rows.length, "count")), tile(t("fullMarks"), scored.length ? `${Math.round((1000 * full) / scored.length) / 10}%` : t("none")), tile(t("scoredLines"), show(scored.length, "count"))),
    common.length ? [h("h2", {}, t("targets")), dataTable([{ key: "target_text", label: { zh: "目标值", en: "Target" } }, { key: "times", label: { zh: "次数", en: "Times" }, kind: "count" }], common, { size: 10, caption: t("targets"), filter: false })] : null,
    h("h2", {}, t("lines")),
    dataTable([c.title, c.year, { key: "project_name", label: { zh: "项目", en: "Project" } },
      { key: "target_text", label: { zh: "目标值", en: "Target" } }, { key: "actual_text", label: { zh: "实际值", en: "Actual" } },
      { key: "weight", label: { zh: "分值", en: "Weight" }, kind: "points" }, { key: "score", label: { zh: "得分", en: "Score" }, kind: "points" }], rows, { caption: t("lines") }));
}
async function rulesPage() {
  const rows = await load("rules");
  return page(t("rules"), dataTable([
    { key: "code", label: { zh: "编号", en: "Code" }, cell: (r) => link(`#/rule/${r.code}`, r.code) }, { key: "name", label: { zh: "规则", en: "Rule" }, value: (r) => label(r.name) },
    { key: "severity", label: { zh: "程度", en: "Severity" }, value: (r) => t(r.severity ?? "") }, { key: "implemented", label: { zh: "状态", en: "State" }, value: (r) => t(r.implemented ? "implemented" : "notImplemented") },
    { key: "findings", label: { zh: "发现数", en: "Findings" }, kind: "count" }], rows, { size: 100, caption: t("rules") }));
}
async function rulePage(code) {
  const rule = (await load("rules")).find((r) => r.code === code);
  if (!rule) return missing();
  const findings = rule.findings ? await load(`rule/${code}`) : [];
  const c = columnsOf;
  return page(`${code} ${label(rule.name)}`,
    h("dl", { class: "facts wide" }, [["formula", t("formula")], ["tolerance", t("tolerance")], ["source", t("source")], ["reason_not", t("notImplemented")]].filter(([k]) => rule[k]).map(([k, name]) => h("div", {}, h("dt", {}, name), h("dd", {}, rule[k])))),
    findings.length ? null : h("p", { class: "empty" }, t("nothing")),
    dataTable([c.title, c.unit, c.year, { key: "severity", label: { zh: "程度", en: "Severity" }, value: (r) => t(r.severity) }, { key: "message", label: { zh: "说明（点击看所在行）", en: "What (click for the line)" }, cell: (r) => link(`#/report/${r.report_id}/${r.finding_id}`, r.message) }], findings, { caption: t("findings") }));
}
const missing = () => page(t("notFound"), h("p", {}, link("#/", t("back"))));
