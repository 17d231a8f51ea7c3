"""The shape of the dbt project; these checks need no package hub (docs/decisions/0007)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from orchestration.contract import load_contract
from tests.support.build import dbt

pytestmark = pytest.mark.slow

PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_", "agg_", "ops_"),
    "audit": ("audit_", "fct_finding", "dim_rule"),
}


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The parsed project; nothing is built."""
    folder = tmp_path_factory.mktemp("parse")
    result = dbt(
        "parse",
        records=folder / "records",
        build=folder / "warehouse.duckdb",
        target=folder / "target",
    )
    assert result.exception is None, result.exception
    return result.result


def nodes(manifest: Any, kind: str) -> list[Any]:
    return [node for node in manifest.nodes.values() if node.resource_type == kind]


def room(node: Any) -> str:
    return Path(node.original_file_path).parts[1]


def test_models_are_named_by_their_room(manifest: Any) -> None:
    wrong = [n.name for n in nodes(manifest, "model") if not n.name.startswith(PREFIXES[room(n)])]
    assert wrong == []


def test_only_staging_reads_sources_and_reads_nothing_published(manifest: Any) -> None:
    for node in nodes(manifest, "model"):
        parents = node.depends_on.nodes
        if room(node) != "staging":
            assert not [p for p in parents if p.startswith("source.")], node.name
        else:
            assert not [p for p in parents if ".int_" in p or ".fct_" in p], node.name


def test_intermediate_models_do_not_build_on_aggregates(manifest: Any) -> None:
    for node in nodes(manifest, "model"):
        if room(node) == "intermediate":
            assert not [p for p in node.depends_on.nodes if ".agg_" in p], node.name


def test_every_model_seed_source_and_exposure_is_described(manifest: Any) -> None:
    described = [*nodes(manifest, "model"), *nodes(manifest, "seed")]
    described += [*manifest.sources.values(), *manifest.exposures.values()]
    assert [node.name for node in described if not node.description] == []
    assert len(described) > 70


def test_every_published_column_is_described_in_both_languages(manifest: Any) -> None:
    for table in load_contract():
        columns = manifest.nodes[f"model.jixiao.{table.name}"].columns
        assert list(columns) == [column.name for column in table.columns]
        for column in columns.values():
            assert any("\u4e00" <= c <= "\u9fff" for c in column.description), column.name
            assert ": " in column.description, column.name


def test_everything_in_the_published_schema_has_an_enforced_contract(manifest: Any) -> None:
    published = {n.name for n in nodes(manifest, "model") if n.schema == "marts"}
    assert published == {table.name for table in load_contract()}
    bare = [
        n.name
        for n in nodes(manifest, "model")
        if n.schema == "marts" and not n.config.contract.enforced
    ]
    assert bare == []


def test_every_published_table_has_its_key_tested(manifest: Any) -> None:
    tested = {
        parent
        for node in nodes(manifest, "test")
        if node.test_metadata
        and node.test_metadata.name == "keeps_contract"
        and node.test_metadata.kwargs["keys"]
        for parent in [node.attached_node]
    }
    assert {f"model.jixiao.{table.name}" for table in load_contract()} <= tested


def test_everything_published_is_in_the_exposure_of_the_release(manifest: Any) -> None:
    release = manifest.exposures["exposure.jixiao.release"]
    published = {f"model.jixiao.{table.name}" for table in load_contract()}
    assert set(release.depends_on.nodes) == published


def test_nothing_depends_on_the_clock(manifest: Any) -> None:
    words = ("current_timestamp", "current_date", "now()", "random(")
    for node in [*nodes(manifest, "model"), *nodes(manifest, "analysis")]:
        code = "\n".join(
            line
            for line in node.raw_code.lower().splitlines()
            if not line.lstrip().startswith("--")
        )
        assert not [word for word in words if word in code], node.name


def test_models_have_owners_by_group(manifest: Any) -> None:
    assert [n.name for n in nodes(manifest, "model") if not n.config.group] == []
