"""Reading the dictionary into plain objects, and refusing one that contradicts itself."""

from __future__ import annotations

import csv
import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
REFERENCE = HERE.parents[1] / "dbt_project" / "seeds" / "reference"

#: Columns that point to a dimension wherever they stand, unless a table says otherwise.
FOREIGN_KEYS = {
    "report_id": "dim_report.report_id",
    "unit_id": "dim_unit.unit_id",
    "project_id": "dim_project.project_id",
    "fiscal_year": "dim_fiscal_year.fiscal_year",
}
KINDS = ("dimension", "fact", "aggregate", "operation")
_COLUMN_KEYS = {"name", "field", "required", "type", "zh", "en", "unit", "values", "rule"}


class ContractError(ValueError):
    """The dictionary contradicts itself; the message names table and column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A published column.

    Attributes:
        name: as published.
        type: SQL type, such as ``DECIMAL(20,2)``.
        name_zh: Chinese name, without a unit.
        description: meaning, in English.
        unit: ``yuan``, ``ratio``, ``points``, ``persons`` …; None where a value has none.
        required: never NULL.
        values: the only values it may have; None where there is no list.
        rule: where the definition comes from.
        meaning_zh: meaning, in Chinese, where the Chinese name does not say it all.
    """

    name: str
    type: str
    name_zh: str
    description: str
    unit: str | None = None
    required: bool = False
    values: tuple[str, ...] | None = None
    rule: str | None = None
    meaning_zh: str | None = None

    @property
    def comment(self) -> str:
        """Chinese name, meaning, unit and source rule in one line."""
        unit = f" Unit: {self.unit}." if self.unit else ""
        rule = f" Source: {self.rule}." if self.rule else ""
        return f"{self.name_zh}: {self.description}{unit}{rule}"


@dataclass(frozen=True, slots=True)
class Table:
    """A published table.

    Attributes:
        name: as published, in the schema ``marts``.
        name_zh: Chinese name, which the Chinese view bears.
        description: what a row is, in English.
        kind: ``dimension``, ``fact``, ``aggregate`` or ``operation``.
        grain: columns that tell two rows apart; NULL equals NULL.
        references: column to ``table.column`` of a dimension.
        columns: in the order published.
    """

    name: str
    name_zh: str
    description: str
    kind: str
    grain: tuple[str, ...]
    references: Mapping[str, str]
    columns: tuple[Column, ...]

    @property
    def comment(self) -> str:
        """Chinese name and meaning in one line."""
        return f"{self.name_zh}: {self.description}"

    def column(self, name: str) -> Column:
        """The column of a name.

        Raises:
            KeyError: the table has none of that name.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")


@dataclass(frozen=True, slots=True)
class Contract:
    """All published tables by name, in the order of the dictionary."""

    tables: Mapping[str, Table]

    def __iter__(self) -> Iterator[Table]:
        return iter(self.tables.values())

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]


def load_contract(folder: Path = HERE, reference: Path = REFERENCE) -> Contract:
    """Read the dictionary.

    Args:
        folder: holds ``fields.yml`` and ``tables.yml``.
        reference: folder of the reference seeds that lists of values are taken from.

    Raises:
        ContractError: an unknown field, a key or reference to a column that is not there.
    """
    return _load(folder, reference)


@functools.cache
def _load(folder: Path, reference: Path) -> Contract:
    fields: dict[str, dict[str, Any]] = _read(folder / "fields.yml")
    document = _read(folder / "tables.yml")
    tables = {
        name: _table(name, spec, document.get("parts", {}), fields, reference)
        for name, spec in document["tables"].items()
    }
    contract = Contract(_with_meanings(tables, folder / "meanings_zh.yml"))
    _check_references(contract)
    return contract


def _with_meanings(tables: Mapping[str, Table], path: Path) -> dict[str, Table]:
    """The tables with what their columns mean in Chinese; a name that no table has is refused."""
    told: dict[str, Any] = _read(path) if path.exists() else {}
    known = {c.name for t in tables.values() for c in t.columns}
    known |= {f"{t.name}.{c.name}" for t in tables.values() for c in t.columns}
    if unknown := sorted(set(told) - known):
        raise ContractError(f"{path}: no such columns: {unknown}")
    return {
        table.name: replace(
            table,
            columns=tuple(
                replace(c, meaning_zh=told.get(f"{table.name}.{c.name}", told.get(c.name)))
                for c in table.columns
            ),
        )
        for table in tables.values()
    }


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        content = yaml.safe_load(file)
    if not isinstance(content, dict):
        raise ContractError(f"{path}: a mapping is needed")
    return content


def _table(
    name: str,
    spec: Mapping[str, Any],
    parts: Mapping[str, list[Any]],
    fields: Mapping[str, Mapping[str, Any]],
    reference: Path,
) -> Table:
    columns = tuple(
        _column(name, entry, fields, reference) for entry in _expanded(name, spec["columns"], parts)
    )
    names = [column.name for column in columns]
    if len(names) != len(set(names)):
        raise ContractError(f"{name}: a column is listed twice")
    if unknown := [column for column in spec["grain"] if column not in names]:
        raise ContractError(f"{name}: the grain names columns that are not there: {unknown}")
    if spec["kind"] not in KINDS:
        raise ContractError(f"{name}: kind {spec['kind']!r} is none of {KINDS}")
    return Table(
        name=name,
        name_zh=spec["zh"],
        description=" ".join(spec["en"].split()),
        kind=spec["kind"],
        grain=tuple(spec["grain"]),
        references=_references(name, spec, names),
        columns=columns,
    )


def _references(name: str, spec: Mapping[str, Any], columns: list[str]) -> dict[str, str]:
    given: dict[str, str] = spec.get("references", {})
    if unknown := [column for column in given if column not in columns]:
        raise ContractError(f"{name}: references from columns that are not there: {unknown}")
    if spec["kind"] != "fact":
        return dict(given)
    return {c: target for c, target in FOREIGN_KEYS.items() if c in columns} | given


def _expanded(name: str, entries: list[Any], parts: Mapping[str, list[Any]]) -> Iterator[Any]:
    for entry in entries:
        if not (isinstance(entry, str) and entry.startswith("$")):
            yield entry
        elif entry[1:] in parts:
            yield from parts[entry[1:]]
        else:
            raise ContractError(f"{name}: no part {entry}")


def _column(
    table: str,
    entry: str | dict[str, Any],
    fields: Mapping[str, Mapping[str, Any]],
    reference: Path,
) -> Column:
    own: dict[str, Any] = {"name": entry} if isinstance(entry, str) else dict(entry)
    field = own.get("field", own["name"])
    if field not in fields:
        raise ContractError(f"{table}.{own['name']}: no field {field!r} in fields.yml")
    told = {**fields[field], **own}
    if unknown := set(told) - _COLUMN_KEYS:
        raise ContractError(f"{table}.{own['name']}: unknown keys {sorted(unknown)}")
    return Column(
        name=own["name"],
        type=told["type"],
        name_zh=told["zh"],
        description=told["en"],
        unit=told.get("unit"),
        required=told.get("required", False),
        values=_values(told.get("values"), reference),
        rule=told.get("rule"),
    )


def _values(given: list[str] | str | None, reference: Path) -> tuple[str, ...] | None:
    if given is None:
        return None
    if isinstance(given, str):
        path = reference / f"{given.removeprefix('seed:')}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))[1:]
        return tuple(row[0] for row in rows)
    return tuple(given)


def _check_references(contract: Contract) -> None:
    for table in contract:
        for column, target in table.references.items():
            other, _, other_column = target.partition(".")
            if other not in contract.tables or other_column not in {
                c.name for c in contract[other].columns
            }:
                raise ContractError(f"{table.name}.{column}: no {target} to point to")
