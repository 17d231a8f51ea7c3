"""What codes of the marts are called, Chinese and English: for pages, charts and workbooks.

Items of expense and categories of indicators have dimensions of their own in the warehouse; kinds
of units have a seed. The others are here.
"""

from __future__ import annotations

import csv
import functools

from orchestration.contract.model import REFERENCE

#: Codes that have no seed of their own.
CODE_NAMES: dict[str, dict[str, tuple[str, str]]] = {
    "basis": {
        "actual": ("决算（实际支出）", "actual"),
        "budget_initial": ("年初预算", "initial budget"),
        "budget_adjusted": ("调整后预算", "adjusted budget"),
        "budget": ("预算（未注明口径）", "budget"),
    },
    "level1": {
        "budget_execution": ("预算执行", "Budget execution"),
        "input": ("投入", "Input"),
        "process": ("过程", "Process"),
        "cost": ("成本", "Cost"),
        "output": ("产出", "Output"),
        "benefit": ("效益", "Benefit"),
        "satisfaction": ("满意度", "Satisfaction"),
        "output_efficiency": ("产出及效率", "Output and efficiency"),
        "other": ("其他", "Other"),
    },
    "funding_source": {
        "total": ("合计", "Total"),
        "general_public_budget": ("一般公共预算（财政拨款）", "General public budget"),
        "government_fund": ("政府性基金", "Government fund"),
        "state_capital": ("国有资本经营", "State capital"),
        "social_insurance": ("社会保险基金", "Social insurance"),
        "special_account": ("财政专户", "Special account"),
        "carry_over": ("上年结转", "Carried over"),
        "other": ("其他资金", "Other"),
    },
    "staff_category": {
        "establishment": ("编制", "Establishment"),
        "on_duty": ("在职", "On duty"),
        "veteran_retired": ("离休", "Retired veterans"),
        "retired": ("退休", "Retired"),
        "contract": ("聘用", "Contract"),
        "total": ("合计", "Total"),
    },
    "asset_item": {
        "total": ("资产总额", "Total"),
        "current": ("流动资产", "Current"),
        "fixed": ("固定资产", "Fixed"),
        "fixed_in_use": ("在用固定资产", "Fixed, in use"),
        "fixed_leased": ("出租固定资产", "Fixed, leased"),
        "fixed_other": ("其他固定资产", "Fixed, other"),
    },
    "balance_item": {
        "year_end": ("年末结转结余", "Year-end balance"),
        "cumulative": ("累计结余", "Cumulative balance"),
        "unused_quota": ("指标结余", "Unused quota"),
    },
    "report_kind": {
        "self_evaluation": ("绩效自评", "Self-evaluation"),
        "evaluation_report": ("绩效评价报告", "Evaluation report"),
        "budget_target": ("绩效目标", "Budget targets"),
        "final_accounts": ("部门决算", "Final accounts"),
        "budget": ("部门预算", "Budget"),
    },
}
CODE_NAMES["scope"] = {
    "department": ("部门整体", "Whole department"),
    "project": ("项目", "Project"),
}
CODE_NAMES["severity"] = {
    "error": ("错误", "Error"),
    "warning": ("警告", "Warning"),
    "info": ("提示", "Info"),
}
CODE_NAMES["table_kind"] = {"table": ("表格", "table"), "list": ("文字列举", "list")}
CODE_NAMES["nature"] = {
    "quantitative": ("定量", "quantitative"),
    "qualitative": ("定性", "qualitative"),
}
CODE_NAMES["value_unit"] = {
    "cny": ("元", "yuan"),
    "points": ("分", "points"),
    "ratio": ("比率", "ratio"),
    "persons": ("人", "persons"),
    "count": ("个", "count"),
}
CODE_NAMES["admin_level"] = {
    "national": ("中央", "national"),
    "province": ("省级", "province"),
    "city": ("市级", "city"),
    "county": ("县级", "county"),
    "town": ("乡镇", "town"),
}
CODE_NAMES["revenue_item"] = CODE_NAMES["funding_source"] | {
    "initial_budget": ("年初预算", "Initial budget"),
    "supplementary_budget": ("追加预算", "Supplementary budget"),
}


def code_name(codes: str, value: str | None) -> dict[str, str] | str | None:
    """The names of a code in both languages; the code itself where it has none."""
    if value is None:
        return None
    names = CODE_NAMES.get(codes, {}).get(value)
    return value if names is None else {"zh": names[0], "en": names[1]}


@functools.cache
def unit_kinds() -> dict[str, tuple[str, str]]:
    """Names of the kinds of units, Chinese and English; from the seed that decides the kind."""
    with (REFERENCE / "unit_kind.csv").open(encoding="utf-8", newline="") as file:
        found = {row["unit_kind"]: (row["name_zh"], row["name_en"]) for row in csv.DictReader(file)}
    return found | {"other": ("其他", "other")}


#: The codes of a column, where the column is not called as its codes are.
_CODES_OF = {"level1_std": "level1"}


def name_zh(column: str, value: str) -> str:
    """What a code of a column is called in Chinese; the value itself where it is no known code."""
    if column == "unit_kind":
        return unit_kinds().get(value, (value, value))[0]
    return CODE_NAMES.get(_CODES_OF.get(column, column), {}).get(value, (value, value))[0]
