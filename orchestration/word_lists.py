"""The CSV files of the vocabulary, which Python and dbt both read (docs/architecture.md)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "dbt_project" / "seeds" / "vocabulary"


def word_folder() -> Path:
    """The folder of the lists; ``JIXIAO_VOCABULARY`` names another one."""
    return Path(os.environ.get("JIXIAO_VOCABULARY", _FOLDER))


def word_rows(name: str, folder: Path | None = None) -> list[dict[str, str]]:
    """The rows of one list.

    Raises:
        FileNotFoundError: there is no such list.
    """
    path = (folder or word_folder()) / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))
