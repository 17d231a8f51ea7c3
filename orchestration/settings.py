"""Settings: everything that can be configured, by environment variables only (prefix ``JIXIAO_``).

Command-line options win over the environment, the environment over the defaults here. Secrets
(webhook address, SMTP password) are read from the environment and never written anywhere.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

#: The checkout: the folder that holds ``orchestration/``, ``dbt_project/``, ``expectations/``.
PROJECT_ROOT = Path(__file__).resolve().parent.parent

#: Settings that are never written anywhere.
SECRETS = frozenset({"alert_webhook", "alert_smtp_password", "dagster_postgres_url"})

_ADDRESS = re.compile(r"^([a-z][a-z0-9]+):/+(.+)$")


class Settings(BaseSettings):
    """One run's settings. Sizes in bytes, times in seconds."""

    model_config = SettingsConfigDict(env_prefix="JIXIAO_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(default=Path("warehouse"), description="everything a run writes lies here")
    raw: Path = Field(default=Path("raw"), description="folder of published reports, or s3://…")
    raw_url: str | None = Field(
        default=None, description="where the raw folder is a copy of; set from an address in raw"
    )
    dbt_project_dir: Path = Field(default=PROJECT_ROOT / "dbt_project")
    expectations_dir: Path = Field(default=PROJECT_ROOT / "expectations")

    workers: int = Field(default=2, ge=1, description="processes that read documents")
    document_seconds: float = Field(
        default=300, gt=0, description="processor time one document may use"
    )
    document_memory: int = Field(default=3 << 30, gt=0, description="memory limit of one worker")
    batch_documents: int = Field(
        default=200, ge=1, description="documents read before their records are written"
    )
    batch_seconds: float = Field(
        default=60, gt=0, description="time after which what was read is written, however little"
    )
    lock_seconds: float = Field(
        default=0, ge=0, description="how long a refresh waits for another one to finish"
    )
    duckdb_memory: str = Field(
        default="4GB", description="DuckDB's memory limit, building and publishing"
    )
    exports: bool = Field(
        default=True, description="write workbooks, CSV, data package and explorer into a release"
    )
    engine: str = Field(
        default="local", pattern="^(local|spark)$", description="where documents are read"
    )
    spark_master: str | None = Field(
        default=None, description="address of the Spark cluster, for the engine spark"
    )
    executor: str = Field(default="in_process", pattern="^(in_process|forkserver)$")

    sensor_seconds: int = Field(
        default=30, ge=1, description="how often the daemon looks at the raw folder and at runs"
    )
    retry_seconds: float = Field(
        default=60, ge=0, description="how long the daemon waits before it tries a step again"
    )
    dagster_postgres_url: SecretStr | None = Field(
        default=None, description="Dagster's own storage; default: SQLite under the home folder"
    )

    alert_file: Path | None = Field(default=None, description="default: <home>/alerts.jsonl")
    alert_webhook: SecretStr | None = None
    alert_smtp_host: str | None = None
    alert_smtp_port: int = 25
    alert_smtp_user: str | None = None
    alert_smtp_password: SecretStr | None = None
    alert_from: str = "jixiao@localhost"
    alert_to: str | None = None

    @model_validator(mode="after")
    def _copy_of_an_address(self) -> Self:
        """An address for the raw folder stands for the copy of it under the home folder."""
        copy = self.home / "raw_copy"
        # As a path, "s3://bucket/x" has lost one of its strokes.
        match = _ADDRESS.match(str(self.raw))
        if match:
            self.raw_url, self.raw = f"{match[1]}://{match[2]}", copy
        elif self.raw != copy:  # a folder of a person's own is nobody's copy
            self.raw_url = None
        return self

    @property
    def layout(self) -> Home:
        """The folders under the home folder."""
        return Home(self.home.expanduser().resolve())


class Home:
    """The folders under one home folder (docs/architecture.md). Creates nothing by itself."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.records = root / "records"
        self.build = root / "build"
        self.build_database = self.build / "warehouse.duckdb"
        self.build_record = self.build / "build.json"
        self.dbt_target = root / "dbt"
        self.releases = root / "releases"
        self.current = self.releases / "current"
        self.runs = root / "runs"
        self.dagster = root / "dagster"
        self.state = root / "state"
        self.lock = root / "state" / "writer.lock"
        self.corrections = root / "corrections.csv"
        self.alerts = root / "alerts.jsonl"

    def run_folder(self, run_id: str) -> Path:
        """The evidence of one run."""
        return self.runs / run_id

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that a run writes in."""
        return (self.records, self.build, self.releases, self.runs, self.dagster, self.state)

    def create(self) -> None:
        """Make the folders a run needs.

        Raises:
            OSError: the home folder cannot be written.
        """
        for folder in self.folders:
            folder.mkdir(parents=True, exist_ok=True)
