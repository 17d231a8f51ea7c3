"""Descriptions of the audit models from the rule catalogue.

``python -m tests.support.audit_docs`` writes ``dbt_project/models/audit/_audit.yml`` (what each
model checks: code, formula, tolerance, severity) and the mark of the macros in
``project_version.sql``; a test checks that both are up to date.
"""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[2] / "dbt_project"
AUDIT = PROJECT / "models" / "audit"
TARGET = AUDIT / "_audit.yml"
MACROS = PROJECT / "macros"
#: The macro that holds a mark of all others, which dbt does not tell.
VERSION = MACROS / "project_version.sql"
CATALOGUE = PROJECT / "seeds" / "reference" / "rule.csv"
#: Described in the dictionary of the published tables (orchestration/contract/).
PUBLISHED = ("fct_finding", "dim_rule")


def catalogue() -> dict[str, dict[str, str]]:
    """The rows of the rule catalogue by code."""
    with CATALOGUE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def models() -> dict[str, str]:
    """The SQL of every audit model by name."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(AUDIT.rglob("*.sql"))}


def rules_of(sql: str) -> list[str]:
    """Codes of the rules that a model can find."""
    return sorted(set(re.findall(r"'([RP]\d\d)'", sql)))


def description(sql: str, rules: dict[str, dict[str, str]]) -> str:
    """What a model checks, or for a shared shape its opening comment."""
    said = [
        f"{code} {rules[code]['name_zh']} ({rules[code]['name_en']}). "
        f"Formula: {rules[code]['formula']}. Tolerance: {rules[code]['tolerance']}. "
        f"Severity: {rules[code]['severity']}."
        for code in rules_of(sql)
    ]
    if said:
        return "\n".join(said)
    return " ".join(
        line.removeprefix("-- ") for line in sql.splitlines() if line.startswith("-- ")
    ).split("depends_on")[0]


def rendered() -> str:
    """The YAML file."""
    rules = catalogue()
    described = [
        {"name": name, "description": description(sql, rules)}
        for name, sql in models().items()
        if name not in PUBLISHED
    ]
    body = yaml.safe_dump(
        {"version": 2, "models": described}, allow_unicode=True, sort_keys=False, width=100
    )
    return f"# Written by `python -m tests.support.audit_docs` from the rule catalogue.\n{body}"


def version_sql() -> str:
    """The version macro with its mark put in: it changes with every other macro."""
    paths = sorted(path for path in MACROS.rglob("*.sql") if path != VERSION)
    mark = hashlib.md5(b"".join(path.read_bytes() for path in paths)).hexdigest()
    return re.sub(r"set macros = '\w*'", f"set macros = '{mark}'", VERSION.read_text())


if __name__ == "__main__":
    TARGET.write_text(rendered(), encoding="utf-8")
    VERSION.write_text(version_sql(), encoding="utf-8")
