"""A section of a results file, written by the command that measured it."""

from __future__ import annotations

import os
import re
from pathlib import Path

from orchestration.settings import PROJECT_ROOT

RESULTS = PROJECT_ROOT / "benchmarks"


def put_section(path: Path, title: str, command: str, body: str) -> None:
    """Replace the section of this title (a heading of the second level), or add it at the end.

    Args:
        path: the results file; made where there is none.
        title: the heading.
        command: what was run, shown under the heading.
        body: Markdown.
    """
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    section = f"## {title}\n\n    {command}\n\n{body.strip()}\n"
    found = re.search(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None:
        text = f"{text.rstrip()}\n\n{section}".lstrip()
    else:
        text = f"{text[: found.start()]}{section}\n{text[found.end() :]}".rstrip() + "\n"
    path.write_text(text, encoding="utf-8")


def busy() -> str:
    """How busy the machine is: processes that run or wait, and cores."""
    return f"{os.getloadavg()[0]:.1f} processes on {os.cpu_count()} cores"
