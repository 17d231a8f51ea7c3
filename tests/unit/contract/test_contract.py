"""The dictionary of published tables: complete, consistent, and the source of dbt's contracts."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import yaml

from orchestration.contract import ContractError, load_contract
from orchestration.contract.generate import (
    RECORD_COLUMNS,
    TARGET,
    main,
    record_columns_text,
    schema_text,
)
from orchestration.contract.model import REFERENCE
from orchestration.records import MEASURES

#: What WAREHOUSE.md promises, table by table; more columns may be published, none fewer.
PROMISED = {
    "dim_report": "report_id unit_id unit_name fiscal_year report_kind title file_name "
    "file_format is_scanned page_count sha256 source_url published_on retrieved_on revision "
    "is_current",
    "dim_unit": "unit_id unit_name budget_unit_code region_code region_name province_name "
    "admin_level",
    "dim_project": "project_id unit_id project_name project_code aliases department "
    "implementing_unit purpose",
    "dim_region": "region_code region_name province_name admin_level",
    "dim_fiscal_year": "fiscal_year",
    "dim_expense_item": "expense_item name_zh parent_item classification_code",
    "dim_indicator_category": "level1_std level2_std name_zh",
    "fct_budget": "report_id unit_id fiscal_year scope project_name project_code funding_source "
    "initial_budget_cny adjustment_cny annual_budget_cny executed_cny execution_rate_stated "
    "execution_rate weight score",
    "fct_revenue": "revenue_item amount_year amount_cny change_stated_cny change_rate_stated",
    "fct_expense": "scope project_name expense_item basis amount_year amount_cny change_stated_cny "
    "change_rate_stated",
    "fct_indicator_score": "report_id unit_id fiscal_year scope project_name project_code "
    "indicator_table indicator_seq level1 level2 level3 level1_std level2_std description "
    "value_basis target_text target_operator target_value target_unit actual_text actual_operator "
    "actual_value actual_unit weight score deviation_reason",
    "fct_evaluation": "total_weight_stated total_score_stated grade_stated total_weight "
    "total_score grade",
    "fct_evaluation_part": "level1_std weight_stated score_stated weight score",
    "fct_personnel": "staff_category headcount as_of_year",
    "fct_asset": "asset_item amount_cny",
    "fct_balance": "scope project_name balance_item amount_year amount_cny",
    "fct_survey": "respondent_group sent satisfied satisfaction_rate weight",
    "fct_goal": "goal_text completion_text",
    "fct_spending_plan": "project_name project_code month_end planned_cumulative_cny",
    "fct_mention": "fact_table fact_key amount_cny value is_chosen",
    "fct_finding": "finding_id report_id unit_id fiscal_year rule_code severity scope project_name "
    "subject stated_value expected_value difference value_unit message",
    "agg_unit_year": "unit_id fiscal_year execution_rate three_public_per_head_cny grade",
    "agg_region_year": "region_code fiscal_year",
    "agg_indicator_category_year": "fiscal_year level1_std level2_std",
    "agg_unit_benchmark": "unit_id fiscal_year measure median_value",
    "ops_document": "report_id file_name status reasons first_seen_at parser_version",
    "ops_release": "release_id published_at content_hash",
}
SOURCE = {"source_page", "source_table", "source_row", "source_bbox", "source_text"}


@pytest.mark.parametrize("table", PROMISED)
def test_what_the_warehouse_promises_is_in_the_dictionary(table: str) -> None:
    columns = {column.name for column in load_contract()[table].columns}
    assert set(PROMISED[table].split()) <= columns


def test_every_fact_says_where_it_was_read_and_whose_it_is() -> None:
    for table in load_contract():
        if table.kind == "fact":
            columns = {column.name for column in table.columns}
            assert columns >= SOURCE | {"report_id", "unit_id", "fiscal_year"}, table.name


def test_money_rates_and_points_have_their_types() -> None:
    wrong = [
        f"{table.name}.{column.name} {column.type}"
        for table in load_contract()
        for column in table.columns
        if (
            column.name.endswith("_cny") and (column.type, column.unit) != ("DECIMAL(20,2)", "yuan")
        )
        or (column.unit == "ratio" and column.type != "DECIMAL(12,6)")
        or (column.unit == "points" and not column.type.startswith("DECIMAL("))
        or column.type in {"DOUBLE", "FLOAT", "REAL"}
    ]
    assert not wrong


def test_every_name_is_chinese_and_every_meaning_is_english() -> None:
    for table in load_contract():
        for column in table.columns:
            assert any("\u4e00" <= c <= "\u9fff" for c in column.name_zh), column
            assert not column.description[0].islower(), column
            assert column.description.endswith("."), column


def test_chinese_names_are_unique_within_a_table_and_among_tables() -> None:
    contract = load_contract()
    names = [table.name_zh for table in contract]
    assert len(names) == len(set(names))
    for table in contract:
        names = [column.name_zh for column in table.columns]
        assert len(names) == len(set(names)), (table.name, sorted(names))


def test_the_committed_schema_is_the_generated_one() -> None:
    assert TARGET.read_text(encoding="utf-8") == schema_text(load_contract())
    assert RECORD_COLUMNS.read_text(encoding="utf-8") == record_columns_text()
    assert main(["--check"]) == 0


def test_the_generated_schema_enforces_every_contract() -> None:
    models = yaml.safe_load(schema_text(load_contract()))["models"]
    assert all(model["config"]["contract"]["enforced"] for model in models)
    budget = next(model for model in models if model["name"] == "fct_budget")
    source = next(c for c in budget["columns"] if c["name"] == "funding_source")
    assert source["constraints"] == [{"type": "not_null"}]
    assert "social_insurance" in str(budget["data_tests"])


def write(folder: Path, fields: str, tables: str) -> Path:
    (folder / "fields.yml").write_text(fields, encoding="utf-8")
    (folder / "tables.yml").write_text(tables, encoding="utf-8")
    return folder


FIELD = "a: {type: INTEGER, zh: 甲, en: A.}\n"


@pytest.mark.parametrize(
    ("columns", "grain", "told"),
    [
        ("[a, b]", "[a]", "no field 'b'"),
        ("[a, a]", "[a]", "listed twice"),
        ("[a]", "[c]", "grain"),
        ("[$none]", "[a]", "no part"),
        ("[{name: a, colour: red}]", "[a]", "unknown keys"),
    ],
)
def test_a_dictionary_that_contradicts_itself_is_refused(
    tmp_path: Path, columns: str, grain: str, told: str
) -> None:
    tables = f"tables: {{t: {{zh: 表, en: T., kind: fact, grain: {grain}, columns: {columns}}}}}"
    with pytest.raises(ContractError, match=told):
        load_contract(write(tmp_path, FIELD, tables))


def test_a_reference_must_point_to_a_column(tmp_path: Path) -> None:
    tables = (
        "tables: {t: {zh: 表, en: T., kind: dimension, grain: [a], columns: [a], "
        "references: {a: other.a}}}"
    )
    with pytest.raises(ContractError, match=r"no other\.a"):
        load_contract(write(tmp_path, FIELD, tables))


def reference(name: str) -> list[dict[str, str]]:
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_measures_are_the_same_in_python_and_sql() -> None:
    seed = {(row["family"], row["measure"]): row["kind"] for row in reference("measure")}
    assert seed == {
        (family, measure): kind
        for family, measures in MEASURES.items()
        for measure, kind in measures.items()
    }


def test_identities_speak_of_known_items() -> None:
    known = {
        "budget": {row["funding_source"] for row in reference("funding_source")},
        "revenue": {row["revenue_item"] for row in reference("revenue_item")},
        "expense": {row["expense_item"] for row in reference("expense_item")},
        "asset": {row["asset_item"] for row in reference("asset_item")},
        "balance": {row["balance_item"] for row in reference("balance_item")},
        "personnel": {row["staff_category"] for row in reference("staff_category")},
    }
    rows = reference("identity")
    for row in rows:
        assert row["item"] in known[row["family"]], row
        assert row["measure"] in MEASURES[row["family"]], row
        assert (row["coefficient"] == "0") == (row["presence"] == "absent"), row
    for identity in {row["identity_id"] for row in rows}:
        terms = [row for row in rows if row["identity_id"] == identity]
        assert [int(row["term_no"]) for row in terms] == list(range(1, len(terms) + 1))
        assert len(terms) <= 8, "int_identity_support adds up eight terms"
        assert terms[0]["presence"] == "required"


def test_expense_items_know_their_parents() -> None:
    items = {row["expense_item"]: row["parent_item"] for row in reference("expense_item")}
    assert set(filter(None, items.values())) <= set(items)
