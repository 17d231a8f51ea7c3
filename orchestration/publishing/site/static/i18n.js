"use strict";
/* Words of the interface, Chinese first. Words of the data (columns, codes) come with the data. */
const WORDS = {
  zh: {
    brand: "预算绩效自评数据浏览", skip: "跳到正文", mainNav: "主导航", overview: "总览", reports: "报告", units: "单位",
    regions: "地区", projects: "项目", indicators: "指标", rules: "核查规则", searchLabel: "搜索单位、项目、指标、地区",
    searchResults: "搜索结果", loading: "正在打开……", footNote: "每个数字都可以点开看原文出处；空白表示报告未写，不是零。",
    other: "English", release: "发布版本", noHit: "没有找到", notFound: "没有这一页。", back: "返回",
    coverage: "发布情况（地区 × 年度，单位数）", coverageNote: "“3/5”表示已知的 5 个单位中有 3 个在该年公开了报告；浅黄为部分缺，深色为全缺。点地区看缺了谁。", year: "年度", region: "地区", unit: "单位",
    report: "报告", project: "项目", indicator: "指标", title: "标题", kind: "类型", score: "得分", grade: "等级", rate: "执行率", budget: "全年预算（万元）",
    executed: "全年执行（万元）", findings: "核查发现", severity: "程度", message: "说明", rule: "规则", level: "级别", count: "数量",
    query: "查询语句", csv: "下载数据（CSV）", filter: "筛选", previous: "上一页", next: "下一页", rows: "行", of: "共",
    receipt: "出处", page: "第 {0} 页", table: "表 {0}", row: "第 {0} 行", printed: "原文", close: "关闭", noImage: "该格式没有页面图像，出处如下。",
    stated: "报告数", computed: "计算数", differs: "与报告数不同", noFinding: "未发现自相矛盾之处。", source: "来源", file: "文件", pages: "页数",
    publishedOn: "发布日期", retrievedOn: "采集日期", revision: "版次", scanned: "扫描件", yes: "是", no: "否", years: "历年", name: "名称",
    implemented: "已实现", notImplemented: "未实现", formula: "公式", tolerance: "容差", weight: "分值", target: "目标值", actual: "实际值",
    fullMarks: "满分比例", times: "出现次数", targets: "常见目标值", confirmSource: "按原文核对", quarantined: "隔离文件", totals: "合计", all: "全部", error: "错误", warning: "警告", info: "提示",
    threePublic: "“三公”经费（万元）", median: "中位数", provenance: "点数字看出处", dataMissing: "数据文件缺失：{0}", chartTable: "数据表", expense: "支出（万元）", department: "部门整体", goal: "目标", completion: "完成情况", contents: "本页内容", wholeFindings: "整份报告的核查发现", nothing: "没有数据。", computedWhy: "由其他数字算出，与报告数一致或报告未写", missingUnits: "缺", none: "未见", unknownRegion: "（地区不明）", quarantinedNote: "读取存疑或不是绩效报告的文件整份隔离，不进入任何统计。", peers: "与同类单位比较", peersNote: "同省、同级、同类单位（{0}）当年的中位数。", meanRate: "平均执行率", meanScore: "平均得分", whoPublished: "谁公开了（单位 × 年度）", pointsWord: "分", scoredLines: "有得分的行数", lines: "所有出现之处", measure: "指标", noFrame: "这个数没有单独的位置记录，请在本页上查看。", indicatorsCut: "此处只列出现最多的一万个名称；其余见各报告页或 fct_indicator_score。"
  },
  en: {
    brand: "Budget performance explorer", skip: "Skip to content", mainNav: "Main navigation", overview: "Overview", reports: "Reports", units: "Units",
    regions: "Regions", projects: "Projects", indicators: "Indicators", rules: "Audit rules", searchLabel: "Search units, projects, indicators, regions",
    searchResults: "Search results", loading: "Opening…", footNote: "Click any figure to see where it is printed; a blank is not a zero: the report does not say.",
    other: "中文", release: "Release", noHit: "Nothing found", notFound: "No such page.", back: "Back",
    coverage: "Coverage (region × year, units)", coverageNote: "“3/5”: three of the five units known there published for that year; light: some are missing, dark: all. A region shows who.", year: "Year", region: "Region", unit: "Unit",
    report: "Report", project: "Project", indicator: "Indicator", title: "Title", kind: "Kind", score: "Score", grade: "Grade", rate: "Execution rate", budget: "Annual budget (10k yuan)",
    executed: "Executed (10k yuan)", findings: "Findings", severity: "Severity", message: "What", rule: "Rule", level: "Level", count: "Count",
    query: "Query", csv: "Data (CSV)", filter: "Filter", previous: "Previous", next: "Next", rows: "rows", of: "of",
    receipt: "Receipt", page: "page {0}", table: "table {0}", row: "row {0}", printed: "As printed", close: "Close", noImage: "This format has no page image; it was read here.",
    stated: "Stated", computed: "Computed", differs: "differs from the stated figure", noFinding: "No inconsistency found.", source: "Source", file: "File", pages: "Pages",
    publishedOn: "Published on", retrievedOn: "Retrieved on", revision: "Revision", scanned: "Scanned", yes: "yes", no: "no", years: "Years", name: "Name",
    implemented: "implemented", notImplemented: "not implemented", formula: "Formula", tolerance: "Tolerance", weight: "Weight", target: "Target", actual: "Actual",
    fullMarks: "Share at full marks", times: "Times", targets: "Typical targets", confirmSource: "Check against the source", quarantined: "Quarantined files", totals: "Total", all: "All", error: "error", warning: "warning", info: "info",
    threePublic: "Three public expenses (10k yuan)", median: "Median", provenance: "click a figure for its receipt", dataMissing: "Data file missing: {0}", chartTable: "Data table", expense: "Expense (10k yuan)", department: "Whole department", goal: "Goal", completion: "Completion", contents: "On this page", wholeFindings: "Findings on the whole report", nothing: "No data.", computedWhy: "follows from the other figures; agrees with the stated one, or none is stated", missingUnits: "missing", none: "none", unknownRegion: "(region unknown)", quarantinedNote: "Files that are doubtful or no performance report are held back whole and count nowhere.", peers: "Against its peers", peersNote: "Median of the year over units of the same province, level and kind ({0}).", meanRate: "Mean execution rate", meanScore: "Mean score", whoPublished: "Who published (unit × year)", pointsWord: "points", scoredLines: "Scored lines", lines: "Every line", measure: "Measure", noFrame: "No place of its own is recorded for this figure; it is on this page.", indicatorsCut: "Only the ten thousand most frequent names; the others are on the report pages and in fct_indicator_score."
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
