"""A workbench for pipeline tests: the real way, with a dbt project and suites of four tables.

Reading, extraction, record store, Dagster, dbt, Great Expectations and publishing are real;
only the models and suites are few, so that a run takes seconds.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb
from typer.testing import CliRunner, Result

from orchestration.cli.app import app
from orchestration.settings import Settings

HERE = Path(__file__).parent

REPORT = """{unit}{year}年度部门整体支出绩效自评报告

一、部门基本情况
{unit}编制20人，实有18人。退休人员共5人。

二、一般公共预算支出情况
{year}年度支出{total}万元，其中基本支出100.20万元，项目支出20.30万元。
“三公”经费支出合计3.20万元，其中公务接待费1.20万元，公务用车运行维护费2.00万元。
{year}年度收入120.50万元，其中年初预算110.50万元，调整追加10.00万元。
"""


@dataclass(frozen=True)
class Workbench:
    """Folders of one test and the command run in them."""

    root: Path

    @property
    def raw(self) -> Path:
        return self.root / "raw"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def expectations(self) -> Path:
        return self.root / "expectations"

    def settings(self) -> Settings:
        return Settings(
            home=self.home,
            raw=self.raw,
            dbt_project_dir=self.root / "dbt",
            expectations_dir=self.expectations,
            exports=False,
        )

    def environment(self) -> dict[str, str]:
        return {
            "JIXIAO_HOME": str(self.home),
            "JIXIAO_RAW": str(self.raw),
            "JIXIAO_DBT_PROJECT_DIR": str(self.root / "dbt"),
            "JIXIAO_EXPECTATIONS_DIR": str(self.expectations),
            "JIXIAO_WORKERS": "1",
            "JIXIAO_EXPORTS": "0",
        }

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, list(arguments), env=self.environment())

    def write_report(self, name: str, unit: str, year: int = 2022, total: str = "120.50") -> Path:
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(REPORT.format(unit=unit, year=year, total=total), encoding="utf-8")
        return path

    def current(self) -> Path:
        return (self.home / "releases" / "current").resolve(strict=True)

    def release_ids(self) -> list[str]:
        folder = self.home / "releases"
        return sorted(p.name for p in folder.iterdir() if p.is_dir() and not p.is_symlink())

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with duckdb.connect(str(self.current() / "warehouse.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()


def make_workbench(root: Path) -> Workbench:
    """A fresh workbench below a folder."""
    bench = Workbench(root)
    bench.raw.mkdir(parents=True)
    shutil.copytree(
        HERE / "tiny", root / "dbt", ignore=shutil.ignore_patterns("target", "logs", "*.duckdb")
    )
    shutil.copytree(HERE / "tiny_expectations", bench.expectations)
    return bench
