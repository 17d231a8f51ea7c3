"""Run dbt-project-evaluator over a copy of the dbt project: ``python -m tests.support.evaluator``.

The evaluator and dbt-utils are dbt packages: they come from the package hub, not from the package
registry of Python, and no build of the warehouse needs them. They are fetched into a copy of the
project, so that the project itself stays without packages. Where the hub cannot be reached and
``JIXIAO_DBT_PACKAGES`` names no folder with the unpacked packages (``dbt_project_evaluator/``,
``dbt_utils/``), nothing is judged, and that is said.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import yaml

PROJECT = Path(__file__).parents[2] / "dbt_project"
SETTINGS = PROJECT / "evaluator"
PACKAGES = ("dbt_project_evaluator", "dbt_utils")
HUB = ("hub.getdbt.com", 443)
HUB_SECONDS = 5


def main() -> int:
    """Judge the project; 0 where it holds or cannot be judged, else dbt's status."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "dbt_project"
        shutil.copytree(
            PROJECT, copy, ignore=shutil.ignore_patterns("target", "logs", "dbt_packages")
        )
        _keep_exceptions(copy)
        if not _install_packages(copy):
            sys.stdout.write(
                "dbt-project-evaluator was not run: the package hub cannot be reached, and "
                f"JIXIAO_DBT_PACKAGES names no folder with {' and '.join(PACKAGES)}\n"
            )
            return 0
        status = _dbt(
            copy,
            *("build", "--no-partial-parse", "--quiet"),
            *("--select", "package:dbt_project_evaluator", "dbt_project_evaluator_exceptions"),
            *("--vars", (SETTINGS / "vars.yml").read_text(encoding="utf-8")),
        )
        _show_findings(copy / "evaluator.duckdb")
        return status


def _show_findings(database: Path) -> None:
    """What the evaluator found, row by row; dbt itself prints counts alone."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables"
            " where table_name like 'fct\\_%' escape '\\' order by table_name"
        ).fetchall()
        for schema, table in tables:
            if table.endswith("_coverage"):
                continue
            for row in connection.execute(f'select * from "{schema}"."{table}"').fetchall():
                sys.stdout.write(" ".join(map(str, (table, *row))) + "\n")


def _keep_exceptions(copy: Path) -> None:
    """Our exceptions in place of the evaluator's empty list, as its documentation describes."""
    seeds = copy / "seeds" / "evaluator"
    seeds.mkdir()
    shutil.copy(SETTINGS / "exceptions.csv", seeds / "dbt_project_evaluator_exceptions.csv")
    project_file = copy / "dbt_project.yml"
    project = yaml.safe_load(project_file.read_text(encoding="utf-8"))
    project["seeds"]["dbt_project_evaluator"] = {
        "dbt_project_evaluator_exceptions": {"+enabled": False}
    }
    # Every finding of the evaluator counts; exceptions.csv says which are meant, and why.
    project["data_tests"] = {"dbt_project_evaluator": {"+severity": "error"}}
    project_file.write_text(yaml.safe_dump(project, allow_unicode=True), encoding="utf-8")


def _install_packages(copy: Path) -> bool:
    """Whether the packages stand in the copy: from the folder named, else from the hub."""
    given = os.environ.get("JIXIAO_DBT_PACKAGES")
    if given:
        for package in PACKAGES:
            target = copy / "dbt_packages" / package
            shutil.copytree(
                Path(given) / package, target, ignore=shutil.ignore_patterns("integration_tests*")
            )
        return True
    try:
        socket.create_connection(HUB, timeout=HUB_SECONDS).close()
    except OSError:
        return False
    shutil.copy(SETTINGS / "packages.yml", copy / "packages.yml")
    return _dbt(copy, "deps") == 0


def _dbt(copy: Path, *arguments: str) -> int:
    environment = os.environ | {
        "JIXIAO_RECORDS": "records",
        "JIXIAO_BUILD": str(copy / "evaluator.duckdb"),
    }
    dbt = Path(sys.executable).with_name("dbt")
    command = [str(dbt), *arguments, "--project-dir", str(copy), "--profiles-dir", str(copy)]
    return subprocess.run(command, env=environment, cwd=copy, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
