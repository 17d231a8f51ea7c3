"""The asset graph as text: what every asset waits for, and what starts the jobs.

``python -m tests.support.asset_graph`` writes ``tests/pipeline/asset_graph.txt``; a test compares
it with the code location, so that an edge that appears or goes away is seen in a review.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import dagster as dg

from orchestration.definitions import build_defs
from orchestration.settings import Settings
from orchestration.warehouse.build import prepare

TARGET = Path(__file__).parents[1] / "pipeline" / "asset_graph.txt"


def described(defs: dg.Definitions) -> str:
    """One line an asset (group, key, parents), job, schedule and sensor."""
    graph = defs.resolve_asset_graph()
    repository = defs.get_repository_def()
    lines = []
    for node in graph.asset_nodes:
        parents = ", ".join(sorted(key.to_user_string() for key in node.parent_keys)) or "-"
        lines.append(f"{node.group_name or 'source'}: {node.key.to_user_string()} <- {parents}")
    lines += [f"job {name}" for name in repository.job_names if not name.startswith("__")]
    lines += [
        f"schedule {s.name}: {s.cron_schedule} {s.execution_timezone} -> {s.job_name}"
        for s in repository.schedule_defs
    ]
    lines += [
        f"sensor {s.name}: every {s.minimum_interval_seconds} s" for s in repository.sensor_defs
    ]
    return "\n".join(sorted(lines)) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        here = Settings(home=Path(home))
        prepare(here)
        TARGET.write_text(described(build_defs(here)), encoding="utf-8")
