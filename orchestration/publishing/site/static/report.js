"use strict";
/* The report page: its figures in their forms, findings under the lines they concern, receipts. */
async function reportPage(id, wanted) {
  const report = await load(`report/${id}`);
  if (!report) return missing();
  const anchor = (i) => `section-${i}`;
  const jump = (i) => document.getElementById(anchor(i)).scrollIntoView({ behavior: "smooth", block: "start" });
  const noted = report.sections.flatMap((section, i) => Object.values(section.notes).flat().map((finding) => ({ finding, i })));
  const all = [...report.findings, ...noted.map((n) => n.finding)];
  const counts = ["error", "warning", "info"].map((severity) => [severity, all.filter((f) => f.severity === severity).length]).filter(([, n]) => n);
  const facts = h("dl", { class: "facts" }, report.facts.map((f) => h("div", {}, h("dt", {}, label(f.label)),
    h("dd", {}, f.href ? link(f.href, label(f.value)) : f.kind ? show(f.value, f.kind) : label(f.value)))));
  const summary = h("p", { class: "summary" },
    all.length ? counts.map(([severity, n]) => h("span", { class: `tag ${severity}` }, `${t(severity)} ${n}`)) : h("span", { class: "tag info" }, t("noFinding")),
    h("span", { class: "muted" }, t("provenance")));
  const contents = h("nav", { class: "contents", "aria-label": t("contents") }, h("b", {}, t("contents")), h("ul", {},
    report.sections.map((section, i) => {
      const n = Object.values(section.notes).flat().length;
      return h("li", {}, h("button", { type: "button", class: "jump", onclick: () => jump(i) }, label(section.title),
        section.project_name ? h("small", {}, section.project_name) : null), n ? h("span", { class: "count", title: t("findings") }, n) : null);
    })));
  const body = h("div", { class: "stack" },
    report.findings.length ? h("section", { class: "card" }, h("h2", {}, t("wholeFindings")), findingList(report, report.findings, wanted)) : null,
    report.sections.map((section, i) => h("section", { class: "card", id: anchor(i) },
      h("h2", {}, label(section.title), section.project_name ? h("small", { class: "muted" }, ` · ${section.project_name}`) : null),
      figures(report, section, wanted))),
    report.sections.length ? null : h("p", { class: "empty" }, t("nothing")));
  return page(report.title ?? report.file_name, h("div", { class: "card" }, facts, summary),
    h("div", { class: "split" }, contents, body));
}
function findingList(report, findings, wanted) {
  return h("ul", { class: "findings" }, findings.map((f) => h("li", { class: f.finding_id === wanted ? `${f.severity} wanted` : f.severity },
    severityTag(f.severity), " ", link(`#/rule/${f.rule_code}`, f.rule_code), " ",
    f.receipt == null ? f.message : h("button", { class: "fig words", type: "button", onclick: () => openReceipt(report, { ...report.receipts[f.receipt], shown: f.subject ?? f.rule_code }) }, f.message))));
}
/** One section as a table; a cell {v, r, c}: stated value, receipt, computed value where it differs. */
function figures(report, section, wanted) {
  const name = [label(section.title), section.project_name].filter(Boolean).join(" ");
  const cellOf = (c, cell) => {
    if (cell == null) return h("td", { class: isNumber(c.kind) ? "n" : null });
    const value = typeof cell.v === "object" && cell.v !== null ? label(cell.v) : cell.v;
    const node = h("td", { class: isNumber(c.kind) ? "n" : null },
      figureCell(report, value, c.kind, cell.r == null ? null : report.receipts[cell.r], label(c.label)));
    if (cell.c != null) node.append(h("div", { class: cell.d ? "differs" : "computed", title: cell.d ? t("differs") : t("computedWhy") }, `${t("computed")} ${show(cell.c, c.kind === "ratio" ? "rate" : c.kind)}`));
    return node;
  };
  const rows = section.rows.flatMap((row, i) => {
    const notes = section.notes[i] ?? [];
    const line = h("tr", { class: notes.length ? `noted ${notes[0].severity}` : null }, section.columns.map((c) => cellOf(c, row[c.key])));
    return notes.length ? [line, h("tr", { class: "note" }, h("td", { colspan: section.columns.length }, findingList(report, notes, wanted)))] : [line];
  });
  return h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name }, h("table", {},
    h("thead", {}, h("tr", {}, section.columns.map((c) => h("th", { scope: "col", class: isNumber(c.kind) ? "n" : null }, label(c.label))))),
    h("tbody", {}, rows)));
}
