"use strict";
/* Charts are Vega-Lite specifications made with the data; the library is loaded when first needed. */
let vegaReady = null;
function vegaLibrary() {
  vegaReady ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "assets/vega.js";
    script.onload = () => resolve(window.vegaEmbed);
    script.onerror = () => reject(new Error(t("dataMissing", "assets/vega.js")));
    document.head.append(script);
  });
  return vegaReady;
}
/** One chart as a card: picture, the query behind it, its data as a table and as CSV. */
function chartCard(chart) {
  const target = h("div", { role: "img", "aria-label": label(chart.title) });
  const spec = structuredClone(chart.spec);
  const translate = (node) => {
    if (Array.isArray(node)) { node.forEach(translate); return; }
    if (node === null || typeof node !== "object") return;
    for (const [key, value] of Object.entries(node)) {
      if (value && typeof value === "object" && "zh" in value && "en" in value) node[key] = label(value);
      else translate(value);
    }
  };
  translate(spec);
  spec.data = { values: chart.rows };
  vegaLibrary().then((embed) => embed(target, spec, { actions: false, renderer: "svg" })).catch((error) => target.replaceChildren(error.message));
  return h("section", { class: "card" }, h("h3", {}, label(chart.title)), target,
    h("details", {}, h("summary", {}, t("chartTable")), dataTable(chart.columns, chart.rows, { filter: false })),
    h("details", {}, h("summary", {}, t("query")), h("pre", {}, h("code", {}, chart.sql))),
    link(`data/csv/${chart.name}.csv`, t("csv")));
}
