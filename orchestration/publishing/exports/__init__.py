"""What a release carries beside its warehouse: for officials, for open-data portals, for eyes.

Each export is a function ``(folder, release_id) -> None`` that reads the finished
``warehouse.duckdb`` of the folder and writes beside it; :func:`exporters` lists them in order. An
export that cannot be made holds the release back: a release is whole or it is not.
"""

from orchestration.publishing.exports.all import exporters

__all__ = ["exporters"]
