"use strict";
/* Routes, search, language. */
const ROUTES = [
  [/^$/, overviewPage], [/^reports$/, reportsPage], [/^report\/([0-9a-f]+)(?:\/([0-9a-f]+))?$/, reportPage], [/^units$/, unitsPage], [/^unit\/([^/]+)$/, unitPage],
  [/^regions$/, regionsPage], [/^region\/(\d+)$/, regionPage], [/^projects$/, projectsPage], [/^project\/([^/]+)$/, projectPage],
  [/^indicators$/, indicatorsPage], [/^indicator\/([^/]+)\/(.+)$/, indicatorPage], [/^quarantine$/, quarantinePage], [/^rules$/, rulesPage], [/^rule\/([A-Z]\d+)$/, rulePage]
];
let turn = 0;
async function showRoute({ focus = true } = {}) {
  const path = location.hash.replace(/^#\/?/, "");
  const mine = ++turn;
  const main = document.getElementById("main");
  for (const a of document.querySelectorAll("nav a")) {
    const at = a.getAttribute("href").replace(/^#\//, "");
    const here = at === "" ? path === "" : path === at || path.startsWith(`${at.replace(/s$/, "")}/`);
    if (here) a.setAttribute("aria-current", "page"); else a.removeAttribute("aria-current");
  }
  let node;
  try {
    const found = ROUTES.map(([pattern, make]) => [pattern.exec(path), make]).find(([match]) => match);
    node = found ? await found[1](...found[0].slice(1)) : missing();
  } catch (error) {
    node = page(t("notFound"), h("p", {}, error.message));
  }
  if (mine !== turn) return;
  main.replaceChildren(node);
  main.dataset.route = path;

  const heading = main.querySelector("h1");
  document.title = heading ? `${heading.textContent} · ${t("brand")}` : t("brand");
  if (focus) { main.focus({ preventScroll: true }); window.scrollTo(0, 0); }
  main.querySelector(".wanted")?.scrollIntoView({ block: "center" });
}

/** What an entry is compared by; made once, when it is first looked at. */
const searchable = (entry) => (entry.text ??= plainText(entry[2]) + (entry[3] ?? ""));
const addressOf = (kind, key, name) => `#/${kind}/${key}${kind === "indicator" ? `/${encodeURIComponent(name)}` : ""}`;
function search() {
  const input = document.getElementById("q");
  const hits = document.getElementById("hits");
  let at = -1;
  const close = () => { hits.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const go = (item) => { location.hash = item.dataset.href; input.value = ""; close(); };
  const mark = () => [...hits.children].forEach((item, i) => { item.setAttribute("aria-selected", String(i === at)); if (i === at) { input.setAttribute("aria-activedescendant", item.id); item.scrollIntoView({ block: "nearest" }); } });
  input.addEventListener("input", async () => {
    const wanted = plainText(input.value);
    if (!wanted) { close(); return; }
    const index = await load("index");
    const found = [];
    for (const entry of index) { if (found.length < 30 && searchable(entry).includes(wanted)) { found.push(entry);} }
    hits.replaceChildren(...(found.length ? found.map(([kind, key, name], i) => h("li", { role: "option", id: `hit-${i}`, "aria-selected": "false", "data-href": addressOf(kind, key, name), onmousedown: (event) => { event.preventDefault(); go(event.currentTarget); } }, h("span", {}, shortened(name)), h("small", {}, t(kind))))
      : [h("li", { role: "option", "aria-disabled": "true" }, t("noHit"))]));
    hits.hidden = false; at = -1; input.setAttribute("aria-expanded", "true");
  });
  input.addEventListener("keydown", (event) => {
    const items = hits.querySelectorAll("[data-href]");
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" && items.length) { at = (at + 1) % items.length; mark(); event.preventDefault(); }
    else if (event.key === "ArrowUp" && items.length) { at = (at - 1 + items.length) % items.length; mark(); event.preventDefault(); }
    else if (event.key === "Enter" && items.length) { go(items[Math.max(at, 0)]); event.preventDefault(); }
  });
  input.addEventListener("blur", close);
}

document.getElementById("lang").addEventListener("click", () => { setLanguage(language === "zh" ? "en" : "zh"); showRoute({ focus: false }); });
window.addEventListener("hashchange", () => showRoute());
setLanguage(language);
search();
load("meta").then((meta) => { document.getElementById("release-id").textContent = meta.release_id; }).catch(() => null);
showRoute({ focus: false });
