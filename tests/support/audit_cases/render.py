"""The cases as ``dbt_project/models/audit/_unit_tests.yml``."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Any

import yaml

from tests.support.audit_cases import money, panel, people, plan, scores, text
from tests.support.audit_cases.shapes import Case, Row

PROJECT = Path(__file__).parents[3] / "dbt_project"
AUDIT = PROJECT / "models" / "audit"
MACROS = PROJECT / "macros"
TARGET = AUDIT / "_unit_tests.yml"


def _cases() -> list[Case]:
    chapters = (money, people, scores, text, plan, panel)
    return [case for chapter in chapters for case in chapter.cases()]


def _references(sql: str, macros: dict[str, str]) -> set[str]:
    names = set(re.findall(r"ref\('(\w+)'\)", sql))
    for call in re.findall(r"jixiao\.(\w+)\(", sql):
        names |= set(re.findall(r"ref\('(\w+)'\)", macros.get(call, "")))
    return names


def _macro_bodies() -> dict[str, str]:
    bodies: dict[str, str] = {}
    for path in MACROS.glob("audit_*.sql"):
        for name, body in re.findall(
            r"{% macro (\w+)\(.*?-%}(.*?){%- endmacro %}", path.read_text(), re.DOTALL
        ):
            bodies[name] = body  # noqa: PERF403 - two loops read better
    return bodies


def unit_tests() -> list[dict[str, Any]]:
    """The cases as dbt unit tests: every input of a model is given, empty where none is needed."""
    sql = {path.stem: path.read_text() for path in AUDIT.rglob("*.sql")}
    macros = _macro_bodies()
    tests: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for case in _cases():
        stem = "_".join(part for part in (case.model, case.rule.lower(), case.name) if part)
        seen[stem] = seen.get(stem, 0) + 1
        stem += f"_{seen[stem]}" if seen[stem] > 1 else ""
        needed = sorted(_references(sql[case.model], macros))
        for verdict, inputs, expected in (
            ("fires", case.fires, case.finds),
            ("holds", case.holds, []),
        ):
            unknown = set(inputs) - set(needed)
            if unknown:
                raise ValueError(f"{case.rule} {case.model}: not an input: {unknown}")
            given = [
                {"input": f"ref('{name}')", "rows": [_bare(row) for row in inputs.get(name, [])]}
                for name in needed
            ]
            tests.append(
                {
                    "name": f"{stem}_{verdict}",
                    "model": case.model,
                    "given": given,
                    "expect": {"rows": expected},
                }
            )
    return tests


#: Whole numbers within a build; the cases write them as words.
KEYS = (
    *("column_key", "place_key", "fact_key"),
    *("mention_id", "mention_no", "previous_id", "change_id", "rate_id", "score_id"),
)


def _bare(row: Row) -> Row:
    bare = {key: value for key, value in row.items() if value is not None}
    return bare | {key: zlib.crc32(str(bare[key]).encode()) for key in KEYS if key in bare}


class _Compact(yaml.SafeDumper):
    """Rows on one line."""

    def represent_mapping(
        self, tag: str, mapping: Any, flow_style: bool | None = None
    ) -> yaml.MappingNode:
        scalars = all(not isinstance(value, list | dict) for value in dict(mapping).values())
        return super().represent_mapping(
            tag, mapping, flow_style=scalars and len(dict(mapping)) > 0
        )

    def ignore_aliases(self, data: Any) -> bool:
        return True


def rendered() -> str:
    """The YAML file."""
    body = yaml.dump(
        {"version": 2, "unit_tests": unit_tests()},
        Dumper=_Compact,
        allow_unicode=True,
        sort_keys=False,
        width=10**6,
    )
    return f"# Written by `python -m tests.support.audit_cases`; change the cases there.\n{body}"


def covered_rules() -> set[str]:
    return {case.rule for case in _cases()}
