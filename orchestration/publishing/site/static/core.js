"use strict";
/* Data by part, DOM without innerHTML (all text of reports is foreign text), number formats. */
const JX = { parts: new Map(), waiting: new Map(), put(name, value) { this.parts.set(name, unpacked(value)); } };

/** Long lists of rows travel by columns, each repeated value once. */
function unpacked(value) {
  if (!value?.$columns) return value;
  const columns = Object.entries(value.$columns).map(([key, column]) => [key, Array.isArray(column) ? column : column["#"].map((place) => column[key][place])]);
  return Array.from({ length: value.$rows }, (_, i) => Object.fromEntries(columns.map(([key, column]) => [key, column[i]])));
}

/** Load one part of the data: data/<name>.js calls JX.put. Works from disk, where fetch does not. */
function load(name) {
  if (JX.parts.has(name)) return Promise.resolve(JX.parts.get(name));
  if (JX.waiting.has(name)) return JX.waiting.get(name);
  const promise = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `data/${name}.js`;
    script.onload = () => { script.remove(); JX.waiting.delete(name); resolve(JX.parts.get(name)); };
    script.onerror = () => { script.remove(); JX.waiting.delete(name); reject(new Error(t("dataMissing", name))); };
    document.head.append(script);
  });
  JX.waiting.set(name, promise);
  return promise;
}

/** h("td", {class: "n"}, "text", node): an element; attributes that start with "on" are listeners. */
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(4).filter((child) => child != null && child !== false));
  return node;
}

/** Decimals travel as strings so that no digit is lost; formatting groups the digits only. */
function grouped(text) {
  const [whole, part] = String(text).split(".");
  const sign = whole.startsWith("-") ? "−" : "";
  const digits = whole.replace("-", "").replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  return sign + digits + (part ? `.${part}` : "");
}
/** Shift the decimal point of a decimal string by n places (n < 0: to the left), zeros trimmed. */
function shifted(text, n) {
  const negative = String(text).startsWith("-");
  let [whole, part = ""] = String(text).replace("-", "").split(".");
  if (n < 0) { const all = whole.padStart(1 - n, "0"); part = all.slice(n) + part; whole = all.slice(0, n); }
  else { const all = part.padEnd(n, "0"); whole += all.slice(0, n); part = all.slice(n); }
  whole = whole.replace(/^0+(?=\d)/, "");
  part = part.replace(/0+$/, "");
  return (negative ? "-" : "") + whole + (part ? `.${part}` : "");
}
/** A decimal string with at most n decimals, rounded half up without passing through a float. */
function rounded(text, n) {
  const [whole, part = ""] = String(text).split(".");
  if (part.length <= n) return String(text);
  const negative = whole.startsWith("-");
  const digits = BigInt(whole.replace("-", "") + part.slice(0, n)) + (part[n] >= "5" ? 1n : 0n);
  return shifted((negative ? "-" : "") + digits, -n);
}
const FORMATS = {
  cny: (value) => grouped(shifted(value, -4)),
  rate: (value) => `${grouped(rounded(shifted(value, 2), 2))}%`,
  ratio: (value) => `${grouped(shifted(value, 2))}%`,
  points: (value) => grouped(shifted(value, 0)),
  count: (value) => grouped(shifted(value, 0)),
  number: (value) => grouped(shifted(value, 0)),
  text: (value) => String(value)
};
/** A value by the kind of its column; NULL stays blank. */
function show(value, kind = "text") {
  if (value == null) return "";
  return (FORMATS[kind] ?? FORMATS.text)(value);
}
/** What names are compared by: width, blanks and case do not count. */
const plainText = (text) => text.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
const isNumber = (kind) => kind != null && kind !== "text";
const link = (href, ...children) => h("a", { href }, ...children);
const severityTag = (severity) => h("span", { class: `tag ${severity}` }, t(severity));
