"use strict";
/* The receipt of a figure: the page it is printed on, its cell framed, and the text as printed. */
function openReceipt(report, figure) {
  const page = figure.page == null ? null : report.pages[figure.page];
  const where = [
    figure.page == null ? null : t("page", figure.page),
    figure.table == null ? null : t("table", figure.table),
    figure.row == null ? null : t("row", figure.row),
    figure.path
  ].filter(Boolean).join(" · ");
  const body = h("div", { class: "receipt-body" });
  body.append(h("p", { class: "muted" }, `${report.file_name} · ${where}`));
  if (figure.text) body.append(h("h3", {}, t("printed")), h("div", { class: "printed" }, figure.text));
  if (page && figure.bbox) {
    const [x0, top, x1, bottom] = figure.bbox.map(Number);
    const percent = (part, whole) => `${(100 * part) / whole}%`;
    const frame = h("div", { class: "frame", "data-bbox": figure.bbox.join(",") });
    Object.assign(frame.style, { left: percent(x0, page.width), top: percent(top, page.height), width: percent(x1 - x0, page.width), height: percent(bottom - top, page.height) });
    const image = h("img", { src: page.image, alt: `${report.file_name} ${t("page", figure.page)}`, onload: () => frame.scrollIntoView({ block: "center", inline: "center" }) });
    body.append(h("div", { class: "sheet" }, image, frame));
  } else if (page) {
    body.append(h("p", { class: "muted" }, t("noFrame")), h("div", { class: "sheet" }, h("img", { src: page.image, alt: `${report.file_name} ${t("page", figure.page)}` })));
  } else {
    body.append(h("p", { class: "muted" }, t("noImage")));
  }
  const close = h("button", { class: "plain", type: "button", onclick: () => dialog.close() }, t("close"));
  const dialog = h("dialog", { class: "receipt", "aria-labelledby": "receipt-title" },
    h("div", { class: "receipt-head" }, h("h2", { id: "receipt-title" }, `${t("receipt")}${language === "en" ? ": " : "："}${[figure.name, figure.shown].filter(Boolean).join(" ")}`), close), body);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  dialog.showModal();
}
/** A figure as a button that opens its receipt; plain text where nothing is known of its place. */
function figureCell(report, value, kind, receipt, columnLabel) {
  const shown = show(value, kind);
  if (shown === "" || !receipt) return shown;
  return h("button", { class: isNumber(kind) ? "fig" : "fig words", type: "button", "aria-label": `${columnLabel} ${shown}，${t("receipt")}`, onclick: () => openReceipt(report, { ...receipt, shown, name: columnLabel }) }, shown);
}
