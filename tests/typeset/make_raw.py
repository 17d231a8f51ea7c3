"""Make the sample reports under ``raw/`` anew: ``python -m tests.typeset.make_raw [FOLDER]``.

The bytes depend on the specifications and on the versions of the makers alone.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from tests.typeset.makers import MAKERS
from tests.typeset.samples.registry import BROKEN, NOTICE, SAMPLES, Sample

COLUMNS = (
    "file",
    "region_code",
    "unit",
    "fiscal_year",
    "source_url",
    "published_on",
    "retrieved_on",
    "note",
)


def make(sample: Sample) -> bytes:
    """The bytes of one sample."""
    return MAKERS[sample.maker].make(sample.manuscript(), sample.style)


def make_all(folder: Path) -> list[Path]:
    """Write every sample and the manifest; return the files written."""
    written = []
    for sample in SAMPLES:
        path = folder / sample.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(make(sample))
        written.append(path)
    broken = folder / BROKEN
    broken.write_bytes(make(NOTICE)[:400])
    written.append(broken)
    _manifest(folder / "manifest.csv")
    return written


def _manifest(path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for sample in sorted(SAMPLES, key=lambda s: s.path):
            unit = sample.unit if sample.seed is None else ""
            note = ("按公开报告的事实重新排版：" if sample.seed else "") + sample.what
            year = sample.fiscal_year if sample.unit else ""
            writer.writerow((sample.path, sample.region_code, unit, year, "", "", "", note))
        writer.writerow((BROKEN, "", "", "", "", "", "", "残缺的文件，用来演示隔离"))


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "raw"
    for made in make_all(target):
        sys.stdout.write(f"{made.stat().st_size:>9} {made.relative_to(target)}\n")
