"""The rule catalogue, the models and their unit tests say the same."""

from __future__ import annotations

import re

from tests.support import audit_docs
from tests.support.audit_cases import render as audit_cases


def implemented() -> set[str]:
    return {code for code, row in audit_docs.catalogue().items() if row["implemented"] == "true"}


def test_the_catalogue_holds_every_rule_once_and_says_why_one_is_not_computed() -> None:
    rules = audit_docs.catalogue()
    assert set(rules) == {f"R{n:02}" for n in range(1, 73)} | {f"P{n:02}" for n in range(1, 19)}
    for code, row in rules.items():
        assert row["severity"].split(" ")[0] in {"error", "warning", "info"}, code
        assert (row["implemented"] == "true") != bool(row["reason_not"]), code
        assert all(row[key] for key in ("name_zh", "name_en", "formula", "tolerance")), code


def test_every_implemented_rule_has_a_model_and_no_model_an_unknown_rule() -> None:
    told = {code for sql in audit_docs.models().values() for code in audit_docs.rules_of(sql)}
    assert told == implemented()


def test_every_implemented_rule_has_a_case_that_fires_and_one_that_holds() -> None:
    assert audit_cases.covered_rules() == implemented()
    names = [test["name"] for test in audit_cases.unit_tests()]
    assert len(names) == len(set(names))
    assert sum(name.endswith("_fires") for name in names) == sum(
        name.endswith("_holds") for name in names
    )


def test_every_rule_model_feeds_the_findings() -> None:
    models = audit_docs.models()
    found = {name: sql for name, sql in models.items() if name.startswith("audit_found_")}
    listed = [rule for sql in found.values() for rule in re.findall(r"'(audit_\w+)'", sql)]
    ruled = {name for name, sql in models.items() if audit_docs.rules_of(sql)}
    assert sorted(listed) == sorted(ruled), "each rule in one statement, and in one only"
    assert set(re.findall(r"'(audit_found_\w+)'", models["fct_finding"])) == set(found)


def test_written_files_are_up_to_date() -> None:
    assert audit_cases.TARGET.read_text(encoding="utf-8") == audit_cases.rendered()
    assert audit_docs.TARGET.read_text(encoding="utf-8") == audit_docs.rendered()
    assert audit_docs.VERSION.read_text(encoding="utf-8") == audit_docs.version_sql()
