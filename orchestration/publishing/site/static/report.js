"use strict";
/* The report page: its figures in their forms, findings beside the lines they concern, receipts. */
async function reportPage(id) {
  const report = await load(`report/${id}`);
  if (!report) return missing();
  const list = (findings) => h("ul", { class: "findings" }, findings.map((f) => h("li", { class: f.severity },
    severityTag(f.severity), " ", link(`#/rule/${f.rule_code}`, f.rule_code), " ",
    f.receipt == null ? f.message : h("button", { class: "fig", type: "button", onclick: () => openReceipt(report, { ...report.receipts[f.receipt], shown: f.subject ?? f.rule_code }) }, f.message))));
  const sections = report.sections.map((section) => h("section", { class: "card" },
    h("h3", {}, label(section.title)), section.project_name ? h("p", { class: "muted" }, section.project_name) : null,
    figures(report, section), section.findings.length ? list(section.findings) : null));
  const none = !report.findings.length && report.sections.every((section) => !section.findings.length);
  return page(report.title ?? report.file_name,
    h("dl", { class: "facts" }, report.facts.map((f) => [h("dt", {}, label(f.label)), h("dd", {}, f.href ? link(f.href, f.value) : f.kind ? show(f.value, f.kind) : label(f.value))])),
    h("p", { class: "muted" }, none ? t("noFinding") : t("provenance")),
    report.findings.length ? [h("h2", {}, t("findings")), list(report.findings)] : null,
    h("div", { class: "stack" }, sections));
}
/** One section as a table; a cell {v, r, c}: stated value, receipt, computed value where it differs. */
function figures(report, section) {
  const name = label(section.title);
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, h("table", {},
    h("thead", {}, h("tr", {}, section.columns.map((c) => h("th", { scope: "col", class: isNumber(c.kind) ? "n" : null }, label(c.label))))),
    h("tbody", {}, section.rows.map((row) => h("tr", {}, section.columns.map((c) => {
      const cell = row[c.key];
      if (cell == null) return h("td");
      const value = typeof cell.v === "object" && cell.v !== null ? label(cell.v) : cell.v;
      const node = h("td", { class: isNumber(c.kind) ? "n" : null }, figureCell(report, value, c.kind, cell.r == null ? null : report.receipts[cell.r], label(c.label)));
      if (cell.c != null) node.append(h("div", { class: cell.d ? "differs" : "computed", title: cell.d ? t("differs") : t("computed") }, `${t("computed")} ${show(cell.c, c.kind)}`));
      return node;
    }))))));
}
