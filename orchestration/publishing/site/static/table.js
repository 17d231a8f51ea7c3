"use strict";
/* A table that sorts, filters and pages; columns: {key, label, kind, cell(row)}. */
function dataTable(columns, rows, { size = 50, caption = null, filter = true } = {}) {
  const box = h("div");
  let order = null, ascending = true, wanted = "", page = 0;
  const body = h("tbody");
  const status = h("span", { role: "status", class: "muted" });
  const previous = h("button", { class: "plain", type: "button", onclick: () => { page -= 1; draw(); } });
  const next = h("button", { class: "plain", type: "button", onclick: () => { page += 1; draw(); } });
  const head = h("tr");
  const plain = (row, column) => (column.value ? column.value(row) : row[column.key]);

  function compare(a, b) {
    const x = plain(a, order), y = plain(b, order);
    if (x == null || y == null) return (x == null) - (y == null);
    const sign = isNumber(order.kind) ? Number(x) - Number(y) : String(x).localeCompare(String(y), "zh-CN");
    return ascending ? sign : -sign;
  }
  function draw() {
    let shown = rows;
    if (wanted) shown = shown.filter((row) => columns.some((c) => plainText(String(plain(row, c) ?? "")).includes(wanted)));
    if (order) shown = [...shown].sort(compare);
    const last = Math.max(0, Math.ceil(shown.length / size) - 1);
    page = Math.min(Math.max(page, 0), last);
    body.replaceChildren(...shown.slice(page * size, (page + 1) * size).map((row) => h("tr", {},
      columns.map((c) => h("td", { class: isNumber(c.kind) ? "n" : null }, c.cell ? c.cell(row) : show(plain(row, c), c.kind))))));
    status.textContent = `${t("of")} ${grouped(shown.length)} ${t("rows")}`;
    previous.textContent = t("previous"); next.textContent = t("next");
    previous.disabled = page === 0; next.disabled = page === last;
    previous.hidden = next.hidden = last === 0;
  }
  for (const column of columns) {
    const cell = h("th", { scope: "col", class: isNumber(column.kind) ? "n" : null });
    cell.append(h("button", { type: "button", onclick: () => {
      // Of numbers people look for the greatest, of names for the first.
      ascending = order === column ? !ascending : !isNumber(column.kind);
      order = column;
      for (const other of head.children) other.removeAttribute("aria-sort");
      cell.setAttribute("aria-sort", ascending ? "ascending" : "descending");
      draw();
    } }, label(column.label)));
    head.append(cell);
  }
  const controls = h("div", { class: "pager" });
  if (filter && rows.length > 8) {
    controls.append(h("label", {}, `${t("filter")} `, h("input", { class: "filter", type: "search", oninput: (event) => { wanted = plainText(event.target.value); page = 0; draw(); } })));
  }
  controls.append(status, previous, next);
  box.append(controls, h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption ?? t("chartTable") },
    h("table", {}, caption ? h("caption", { class: "visually-hidden" }, caption) : null, h("thead", {}, head), body)));
  draw();
  return box;
}
