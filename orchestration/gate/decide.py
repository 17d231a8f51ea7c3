"""The gate's two steps: suites over records before dbt, suites over marts after it.

What they find is kept as evidence with the run and, for a build, beside the build.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from orchestration.files import digest_of_tree, read_json, sha256_of
from orchestration.gate.source import looking
from orchestration.gate.suites import load_suites
from orchestration.gate.verdict import (
    SuiteResult,
    Verdict,
    judge,
    read_verdict,
    require_passed,
    write_verdict,
)
from orchestration.messages import GateClosedError
from orchestration.settings import Home, Settings

#: Build id of the verdict over records alone: no build has it, so it can publish nothing.
RECORDS_ONLY = "records"


def expectations_digest(settings: Settings) -> str:
    """Hash of the suites."""
    return digest_of_tree(settings.expectations_dir, ("*.yml",), frozenset())


def rules_digest(settings: Settings) -> str:
    """Hash of all that a build is held against: suites, and the models and tests of dbt.

    A document that the gate set aside is looked at again when this changes.
    """
    project = digest_of_tree(
        settings.dbt_project_dir,
        ("*.sql", "*.yml", "*.csv"),
        frozenset({"target", "logs", "dbt_packages"}),
    )
    return hashlib.sha256(f"{expectations_digest(settings)}|{project}".encode()).hexdigest()[:12]


def gate_folder(home: Home, run_id: str) -> Path:
    """Where a run keeps the gate's evidence."""
    return home.run_folder(run_id) / "gate"


def check_records(settings: Settings, run_id: str) -> Verdict:
    """Run the suites over records; nothing is built from records that fail."""
    from orchestration.gate.run import GateRunner

    home = settings.layout
    folder = gate_folder(home, run_id)
    runner = GateRunner(folder)
    results: list[SuiteResult] = []
    with looking(home, with_build=False) as connection:
        results.extend(
            runner.run(suite, connection)
            for suite in load_suites(settings.expectations_dir)
            if suite.is_over_records
        )
    verdict = judge(RECORDS_ONLY, tuple(results))
    write_verdict(folder, verdict)
    if not verdict.passed:
        runner.build_docs()
    return verdict


def check_tables(settings: Settings, run_id: str) -> Verdict:
    """Run all other suites over the build and write the verdict bound to its id.

    Raises:
        GateClosedError: there is no whole build to judge.
    """
    from orchestration.gate.run import GateRunner

    home = settings.layout
    folder = gate_folder(home, run_id)
    build_id = whole_build_id(home)
    over_records = read_verdict(folder)
    runner = GateRunner(folder)
    results: list[SuiteResult] = list(over_records.suites) if over_records is not None else []
    with looking(home, with_build=True) as connection:
        results.extend(
            runner.run(suite, connection)
            for suite in load_suites(settings.expectations_dir)
            if not suite.is_over_records
        )
        results.append(runner.run_personal(connection, ["marts"]))
    runner.build_docs()
    build = read_json(home.build_record) or {}
    verdict = judge(build_id, tuple(results), tuple(build.get("failed", ())))
    write_verdict(folder, verdict)
    write_verdict(home.build, verdict)
    return verdict


def whole_build_id(home: Home) -> str:
    """The id of the build, if the database is byte for byte what that build wrote.

    Raises:
        GateClosedError: there is no build, or somebody changed it.
    """
    build = read_json(home.build_record)
    if build is None or not home.build_database.is_file():
        raise GateClosedError(
            "没有完整的构建结果，不能发布。请重新运行 jixiao refresh",
            "there is no complete build, nothing can be published; run jixiao refresh",
        )
    if sha256_of(home.build_database) != build.get("sha256"):
        raise GateClosedError(
            f"{home.build_database} 在构建之后被改动，不能发布。请重新运行 jixiao refresh",
            f"{home.build_database} was changed after it was built; run jixiao refresh",
        )
    return str(build["build_id"])


def passed_verdict(home: Home) -> Verdict:
    """The passed verdict of the build that lies there now.

    Raises:
        GateClosedError: it has none.
    """
    return require_passed([home.build], whole_build_id(home))
