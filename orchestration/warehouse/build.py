"""The build: dbt in this process, writing ``build/warehouse.duckdb`` and nothing else.

``dbtRunner`` and not the command: three starts of Python fewer a run, and no orphan that goes on
writing when a run is killed. What dbt did is returned as plain data (:class:`BuildResult`), kept as
evidence, and turned into Dagster events in ``defs/assets.py``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import importlib.metadata
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.announce import BUILDING, announce
from orchestration.files import digest_of_tree, read_json, sha256_of, write_json
from orchestration.gate.verdict import VERDICT_NAME
from orchestration.lock import writer_lock
from orchestration.messages import JixiaoError
from orchestration.publishing.releases import history_path, write_history
from orchestration.settings import Home, Settings
from orchestration.warehouse.tested import leave_note, take_note

_PROJECT_FILES = ("*.sql", "*.yml", "*.yaml", "*.csv", "*.md", "*.py")
_NOT_PROJECT = frozenset({"target", "logs", "dbt_packages", "__pycache__"})
_FAILING_ROWS = 100
_SECONDS_TO_PARSE = 300


@dataclass(frozen=True, slots=True)
class NodeResult:
    """What became of one model, seed, snapshot or test."""

    unique_id: str
    name: str
    kind: str  # model | seed | snapshot | test | unit_test | …
    status: str  # success | pass | warn | fail | error | skipped
    seconds: float
    message: str | None = None
    failures: int | None = None
    rows: int | None = None
    failing_rows: list[dict[str, str]] = field(default_factory=list)
    schema: str = ""

    @property
    def is_bad(self) -> bool:
        """Whether this must keep the build from being published."""
        return self.status in {"fail", "error", "runtime error"}


@dataclass(frozen=True, slots=True)
class BuildResult:
    """One build: its id and what became of every node."""

    build_id: str
    nodes: tuple[NodeResult, ...]

    @property
    def bad(self) -> tuple[NodeResult, ...]:
        """The nodes that failed."""
        return tuple(node for node in self.nodes if node.is_bad)


def project_digest(settings: Settings) -> str:
    """Hash of the dbt project: equal digests build equal tables from equal records."""
    return digest_of_tree(settings.dbt_project_dir, _PROJECT_FILES, _NOT_PROJECT)


def manifest_path(settings: Settings) -> Path:
    """Where dbt's description of the project lies; :func:`prepare` makes it."""
    return settings.dbt_project_dir / "target" / "manifest.json"


def prepare(settings: Settings) -> Path:
    """Parse the dbt project if it changed since it was last parsed.

    Loading Dagster's code location needs the manifest and must not make it, so the commands that
    load it call this first.

    Raises:
        JixiaoError: dbt cannot parse the project.
    """
    manifest = manifest_path(settings)
    mark = manifest.with_name("project.json")
    digest = project_digest(settings)
    with writer_lock(manifest.with_name("prepare.lock"), _SECONDS_TO_PARSE, "dbt parse"):
        known = read_json(mark)
        if known is None or known.get("digest") != digest or not manifest.is_file():
            with _environment(settings):
                outcome = _invoke(["parse"], settings, manifest.parent)
            if not outcome.success:
                raise _parse_error(outcome)
            write_json(mark, {"digest": digest})
    return manifest


def run_build(
    settings: Settings,
    build_id: str,
    inputs: Mapping[str, object],
    evidence: Path,
    select: Sequence[str] = (),
) -> BuildResult:
    """Build and test the whole warehouse from the records.

    Args:
        settings: where things lie.
        build_id: the id that the verdict will be bound to.
        inputs: what the build is made from, written beside the database.
        evidence: folder for dbt's artefacts and the results.
        select: names of the nodes to build; empty: all.

    Raises:
        JixiaoError: dbt could not run at all. Failing nodes are results, not errors.
    """
    home = settings.layout
    home.build_record.unlink(missing_ok=True)
    (home.build / VERDICT_NAME).unlink(missing_ok=True)
    write_history(home)
    was_tested = take_note(home)
    _discard_unreadable(home.build_database)
    made_by = _MadeBy(home, _engine_digest(settings))
    tested = was_tested and made_by.stands and not select
    home.dbt_target.mkdir(parents=True, exist_ok=True)
    _take_over_parse(settings, home)
    with _environment(settings, JIXIAO_TESTED="1" if tested else ""):
        chosen = ["--select", *select] if select else []
        # What an older project left in incremental tables is no part of a build by this one.
        anew = ["--full-refresh"] if not select and not made_by.stands else []
        # Unit tests try the SQL on made-up rows: work for the tests of the project, not for a run.
        command = ["build", "--exclude-resource-type", "unit_test", *chosen, *anew]
        outcome = _invoke(command, settings, home.dbt_target, _Counter())
    if outcome.result is None:
        raise _parse_error(outcome)
    result = BuildResult(build_id, tuple(_nodes(outcome.result, home.build_database)))
    if not select and not result.bad:
        made_by.keep()
        leave_note(home, [node.status for node in result.nodes if node.kind == "test"])
    evidence.mkdir(parents=True, exist_ok=True)
    write_json(evidence / "nodes.json", [asdict(node) for node in result.nodes])
    write_json(
        evidence / "failed.json",
        {
            "tests": {
                node.name: f"{node.message} {node.failing_rows[:3]}"
                for node in result.bad
                if "test" in node.kind
            },
            "nodes": {n.name: n.message for n in result.bad if "test" not in n.kind},
        },
    )
    for name in ("run_results.json", "manifest.json"):
        if (home.dbt_target / name).is_file():
            shutil.copyfile(home.dbt_target / name, evidence / name)
    write_json(
        home.build_record,
        {
            "build_id": build_id,
            "sha256": sha256_of(home.build_database) if home.build_database.is_file() else None,
            "built_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            "failed": sorted(node.name for node in result.bad),
            "inputs": dict(inputs),
        },
    )
    return result


def _engine_digest(settings: Settings) -> str:
    """Hash of what makes tables of records: dbt project, versions of dbt and DuckDB."""
    names = ("dbt-core", "dbt-duckdb", "duckdb")
    versions = [f"{name}={importlib.metadata.version(name)}" for name in names]
    said = "|".join([project_digest(settings), *versions])
    return hashlib.sha256(said.encode()).hexdigest()


class _MadeBy:
    """The project that made the build database: a note beside it, none while two had a hand in it.

    dbt itself sees that a model, a seed or a macro changed (``macros/project_version.sql``); this
    sees everything else, and that a project came and went while a build did not end.
    """

    def __init__(self, home: Home, digest: str) -> None:
        self._note = home.build / "made_by.json"
        self._digest = digest
        known = read_json(self._note)
        self.stands = known is not None and known.get("digest") == digest
        if not self.stands:
            self._note.unlink(missing_ok=True)

    def keep(self) -> None:
        """Note that the whole database is this project's."""
        write_json(self._note, {"digest": self._digest})


def _take_over_parse(settings: Settings, home: Home) -> None:
    """Begin a new home with what :func:`prepare` parsed; dbt itself sees whether it still holds."""
    name = "partial_parse.msgpack"
    parsed, own = manifest_path(settings).with_name(name), home.dbt_target / name
    if parsed.is_file() and not own.exists():
        shutil.copyfile(parsed, own)


@contextlib.contextmanager
def _environment(settings: Settings, **more: str) -> Iterator[None]:
    """Say by environment variables where dbt finds its inputs; leave the process as it was."""
    home = settings.layout
    wanted = {
        "JIXIAO_DUCKDB_MEMORY": settings.duckdb_memory,
        "JIXIAO_RECORDS": str(home.records),
        "JIXIAO_BUILD": str(home.build_database),
        "JIXIAO_RELEASES": str(history_path(home)),
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
        **more,
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class _Counter:
    """Listens to dbt's events and says how many nodes are done."""

    def __init__(self) -> None:
        self._done = 0
        announce(BUILDING)

    def __call__(self, event: Any) -> None:  # noqa: ANN401
        if event.info.name == "NodeFinished":
            self._done += 1
            node = event.data.node_info
            announce(BUILDING, self._done, 0, node.node_name)


def _invoke(
    arguments: list[str],
    settings: Settings,
    target: Path,
    callback: Callable[[Any], None] | None = None,
) -> Any:  # noqa: ANN401
    from dbt.cli.main import dbtRunner

    project = str(settings.dbt_project_dir)
    try:
        return dbtRunner(callbacks=[callback] if callback else []).invoke(
            [
                *arguments,
                "--project-dir",
                project,
                "--profiles-dir",
                project,
                "--target-path",
                str(target),
                "--log-path",
                str(target / "logs"),
                # Otherwise every statement of every node is written down, which nobody reads.
                "--log-level-file",
                "info",
                "--quiet",
            ]
        )
    finally:
        _close_connections()


def _close_connections() -> None:
    """dbt-duckdb keeps its handle open; a second configuration of the same file would then fail."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]


def _nodes(execution: Any, database: Path) -> Iterator[NodeResult]:  # noqa: ANN401
    counts = _row_counts(database)
    for result in execution.results:
        node = result.node
        kind = str(getattr(node.resource_type, "value", node.resource_type))
        status = str(getattr(result.status, "value", result.status))
        failing: list[dict[str, str]] = []
        if kind == "test" and status in {"fail", "warn"}:
            failing = _rows(database, getattr(node, "compiled_code", None))
        yield NodeResult(
            unique_id=node.unique_id,
            name=node.name,
            kind=kind,
            status=status,
            seconds=round(float(result.execution_time), 3),
            message=(str(result.message) if result.message else None),
            failures=result.failures if kind == "test" else None,
            # Exposures are nodes without a schema.
            rows=counts.get(
                (str(getattr(node, "schema", "")), str(getattr(node, "alias", node.name)))
            ),
            failing_rows=failing,
            schema=str(getattr(node, "schema", "")),
        )


def _row_counts(database: Path) -> dict[tuple[str, str], int]:
    """Rows of every table of the build. Counted: DuckDB's own statistics hold deleted rows too."""
    if not database.is_file():
        return {}
    with contextlib.closing(duckdb.connect(str(database), read_only=True)) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables()"
        ).fetchall()
        counts = {}
        for schema, table in tables:
            found = connection.execute(
                f'select count(*) from "{schema}"."{table}"'  # noqa: S608
            ).fetchone()
            counts[schema, table] = int(found[0]) if found else 0
    return counts


def _rows(database: Path, sql: str | None) -> list[dict[str, str]]:
    """The first offending rows of a test, as text."""
    if not sql:
        return []
    try:
        with contextlib.closing(duckdb.connect(str(database), read_only=True)) as connection:
            cursor = connection.execute(f"select * from ({sql}) limit {_FAILING_ROWS}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            return [
                {n: str(v) for n, v in zip(names, row, strict=True)} for row in cursor.fetchall()
            ]
    except duckdb.Error as error:
        return [{"error": str(error)}]


def preview_rows(database: Path, schema: str, limit: int) -> dict[str, list[dict[str, str]]]:
    """The first rows of every table of a schema, as text, by table."""
    if not database.is_file():
        return {}
    with contextlib.closing(duckdb.connect(str(database), read_only=True)) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = ?", [schema]
        ).fetchall()
        found = {}
        for (table,) in tables:
            cursor = connection.execute(
                f'select * from "{schema}"."{table}" limit {limit}'  # noqa: S608
            )
            names = [column[0] for column in cursor.description]
            found[table] = [
                {n: "" if v is None else str(v) for n, v in zip(names, row, strict=True)}
                for row in cursor.fetchall()
            ]
    return found


def _discard_unreadable(database: Path) -> None:
    """A damaged build file is of no worth: dbt makes it anew."""
    if not database.exists():
        return
    try:
        duckdb.connect(str(database)).close()
    except (duckdb.IOException, duckdb.InternalException, duckdb.SerializationException):
        database.unlink()
        database.with_name(database.name + ".wal").unlink(missing_ok=True)


def _parse_error(outcome: Any) -> JixiaoError:  # noqa: ANN401
    detail = str(outcome.exception or "no result").strip()
    return JixiaoError(
        f"dbt 无法运行（{detail}）。请检查 dbt_project 中的模型与配置",
        f"dbt cannot run ({detail}); check the models and settings in dbt_project",
    )
