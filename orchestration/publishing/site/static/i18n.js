"use strict";
/* Words of the interface, Chinese first. Words of the data (columns, codes) come with the data. */
const WORDS = {
  zh: {
    brand: "预算绩效自评数据浏览", skip: "跳到正文", mainNav: "主导航", overview: "总览", reports: "报告", units: "单位",
    regions: "地区", projects: "项目", indicators: "指标", rules: "核查规则", searchLabel: "搜索单位、项目、指标、地区",
    searchResults: "搜索结果", loading: "正在打开……", footNote: "每个数字都可以点开看原文出处；空白表示报告未写，不是零。",
    other: "English", release: "发布版本", noHit: "没有找到", notFound: "没有这一页。", back: "返回",
    coverage: "发布情况（地区 × 年度，单位数）", coverageNote: "浅黄格表示该年没有收到该地区的报告。", year: "年度", region: "地区", unit: "单位",
    report: "报告", project: "项目", title: "标题", kind: "类型", score: "得分", grade: "等级", rate: "执行率", budget: "全年预算（万元）",
    executed: "全年执行（万元）", findings: "核查发现", severity: "程度", message: "说明", rule: "规则", level: "级别", count: "数量",
    query: "查询语句", csv: "下载数据（CSV）", filter: "筛选", previous: "上一页", next: "下一页", rows: "行", of: "共",
    receipt: "出处", page: "第 {0} 页", table: "表 {0}", row: "第 {0} 行", printed: "原文", close: "关闭", noImage: "该格式没有页面图像，出处如下。",
    stated: "报告数", computed: "计算数", differs: "与报告数不同", noFinding: "未发现自相矛盾之处。", source: "来源", file: "文件", pages: "页数",
    publishedOn: "发布日期", retrievedOn: "采集日期", revision: "版次", scanned: "扫描件", yes: "是", no: "否", years: "历年", name: "名称",
    implemented: "已实现", notImplemented: "未实现", formula: "公式", tolerance: "容差", weight: "分值", target: "目标值", actual: "实际值",
    fullMarks: "满分比例", times: "出现次数", targets: "常见目标值", confirmSource: "按原文核对", quarantined: "隔离文件", totals: "合计", all: "全部", error: "错误", warning: "警告", info: "提示",
    threePublic: "“三公”经费（万元）", median: "中位数", provenance: "点数字看出处", dataMissing: "数据文件缺失：{0}", chartTable: "数据表", expense: "支出（万元）", department: "部门整体", goal: "目标", completion: "完成情况"
  },
  en: {
    brand: "Budget performance explorer", skip: "Skip to content", mainNav: "Main navigation", overview: "Overview", reports: "Reports", units: "Units",
    regions: "Regions", projects: "Projects", indicators: "Indicators", rules: "Audit rules", searchLabel: "Search units, projects, indicators, regions",
    searchResults: "Search results", loading: "Opening…", footNote: "Click any figure to see where it is printed; a blank is not a zero: the report does not say.",
    other: "中文", release: "Release", noHit: "Nothing found", notFound: "No such page.", back: "Back",
    coverage: "Coverage (region × year, units)", coverageNote: "A tinted cell: no report of that region and year.", year: "Year", region: "Region", unit: "Unit",
    report: "Report", project: "Project", title: "Title", kind: "Kind", score: "Score", grade: "Grade", rate: "Execution rate", budget: "Annual budget (10k yuan)",
    executed: "Executed (10k yuan)", findings: "Findings", severity: "Severity", message: "What", rule: "Rule", level: "Level", count: "Count",
    query: "Query", csv: "Data (CSV)", filter: "Filter", previous: "Previous", next: "Next", rows: "rows", of: "of",
    receipt: "Receipt", page: "page {0}", table: "table {0}", row: "row {0}", printed: "As printed", close: "Close", noImage: "This format has no page image; it was read here.",
    stated: "Stated", computed: "Computed", differs: "differs from the stated figure", noFinding: "No inconsistency found.", source: "Source", file: "File", pages: "Pages",
    publishedOn: "Published on", retrievedOn: "Retrieved on", revision: "Revision", scanned: "Scanned", yes: "yes", no: "no", years: "Years", name: "Name",
    implemented: "implemented", notImplemented: "not implemented", formula: "Formula", tolerance: "Tolerance", weight: "Weight", target: "Target", actual: "Actual",
    fullMarks: "Share at full marks", times: "Times", targets: "Typical targets", confirmSource: "Check against the source", quarantined: "Quarantined files", totals: "Total", all: "All", error: "error", warning: "warning", info: "info",
    threePublic: "Three public expenses (10k yuan)", median: "Median", provenance: "click a figure for its receipt", dataMissing: "Data file missing: {0}", chartTable: "Data table", expense: "Expense (10k yuan)", department: "Whole department", goal: "Goal", completion: "Completion"
  }
};
let language = "zh";
try { language = localStorage.getItem("jx-lang") === "en" ? "en" : "zh"; } catch { language = "zh"; }

/** The word for a key in the present language; {0} is replaced by the argument. */
function t(key, ...values) {
  const word = WORDS[language][key] ?? key;
  return values.reduce((text, value, i) => text.replace(`{${i}}`, value), word);
}
/** A label that comes with the data as {zh, en}. */
function label(pair) { return pair == null ? "" : typeof pair === "string" ? pair : pair[language] ?? pair.zh ?? ""; }

function setLanguage(next) {
  language = next;
  try { localStorage.setItem("jx-lang", next); } catch { /* private window: the choice lasts for this page */ }
  document.documentElement.lang = next === "en" ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  const button = document.getElementById("lang");
  button.textContent = t("other");
  button.lang = next === "en" ? "zh-CN" : "en";
  document.getElementById("q").placeholder = t("searchLabel");
  document.title = t("brand");
}
