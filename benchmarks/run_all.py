"""All benchmarks in one run, small by default, into ``benchmarks/results.md``.

    python -m benchmarks.run_all [--size small|medium|large] [--only NAME …] [--output FILE]

Each benchmark is a command of its own (named above its table), so any of them can be run alone and
larger. ``small`` takes less than ten minutes on a quiet machine of two cores. Seconds belong to the
machine named at the top; ratios are measured side by side in one run and travel.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from orchestration.settings import PROJECT_ROOT

_PEERS = PROJECT_ROOT / ".venv-bench" / "bin" / "python"
_LIBRARIES = ("pdfplumber", "pypdfium2", "rapidocr", "onnxruntime", "duckdb", "dbt-core",
              "dagster", "great-expectations", "pandas", "pyarrow")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bench:
    """One command: arguments by size."""

    name: str
    title: str
    module: str
    sizes: dict[str, Sequence[str]]
    #: Sizes at which another one says the same; run then only where it is asked for by name.
    left_out: frozenset[str] = frozenset()


BENCHES = (
    Bench(
        "reading",
        "Reading PDF: plain pdfplumber, this project, other readers, PDFium's bare text",
        "benchmarks.bench_reading",
        {
            "small": ("--rounds", "1", "--limit", "3"),
            "medium": ("--rounds", "3"),
            "large": ("--rounds", "5"),
        },
    ),
    Bench("ocr", "Reading a scan beside the engine's own calls", "benchmarks.bench_ocr", {}),
    Bench(
        "refresh",
        "A refresh beside loading the definitions",
        "benchmarks.bench_refresh",
        # Nearly four minutes with all samples, one of them a scan.
        {"small": ("--raw", "raw/2022")},
        frozenset({"small"}),  # as "known" at 0 and 100
    ),
    Bench("overhead", "What a run costs beyond its work", "benchmarks.bench_overhead", {}),
    Bench(
        "known",
        "Nothing twice: documents known against seconds",
        "benchmarks.bench_known",
        {
            "small": ("--known", "0", "100"),
            "medium": ("--known", "0", "100", "1000", "3000"),
            "large": ("--known", "0", "100", "1000", "10000", "--exports"),
        },
    ),
    Bench(
        "site",
        "The explorer with thousands of reports, in Chromium",
        "benchmarks.bench_site",
        {
            "small": ("--reports", "100"),
            "medium": ("--reports", "10000"),
            "large": ("--reports", "10000"),
        },
    ),
    Bench(
        "warehouse",
        "The warehouse: build, a year more, a hundred reports restated, twenty questions",
        "benchmarks.bench_warehouse",
        {
            "small": ("--rows", "5000", "--years", "4"),
            "medium": ("--rows", "1000000"),
            "large": ("--rows", "50000000", "--memory", "8GB", "--no-gate"),
        },
    ),
)


def machine() -> str:
    """Cores, memory and versions; nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in _LIBRARIES)
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB of memory, {platform.system()}, "
        f"Python {platform.python_version()}. {versions}."
    )


def command_of(bench: Bench, size: str) -> list[str]:
    """The command of a benchmark; reading takes the other readers along where they are."""
    arguments = [*bench.sizes.get(size, ())]
    python = sys.executable
    if bench.name == "reading":
        if _PEERS.exists():
            python = str(_PEERS)
            arguments.append("--peers")
        samples = sorted((PROJECT_ROOT / "raw").rglob("*.pdf"))
        whole = [p for p in samples if "扫描件" not in p.name and "残缺" not in p.name]
        arguments += [str(path.relative_to(PROJECT_ROOT)) for path in whole]
    return [python, "-m", bench.module, *arguments]


def shown(command: Sequence[str]) -> str:
    """The command as a person would type it: no paths of this machine, samples as a pattern."""
    words = ["python", *(word for word in command[1:] if not word.endswith(".pdf"))]
    return " ".join(words) + (" raw/*/*.pdf" if len(words) < len(command) else "")


def sections(output: Path) -> dict[str, str]:
    """What an earlier run wrote, by title: what is not measured again stays."""
    if not output.is_file():
        return {}
    parts = output.read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.partition("\n")[0]: part.partition("\n")[2].strip() for part in parts}


def write(output: Path, known: dict[str, str], whole: str = "") -> None:
    """Write the results, in the order of the benchmarks; ``whole``: what is said of all of them."""
    head = (
        "# Measured\n\nMade by `make bench`; do not edit. CPU seconds and ratios count, the clock "
        f"means little on a busy machine.{whole}\n\nMachine: {machine()}\n"
    )
    parts = [f"## {b.title}\n\n{known[b.title]}\n" for b in BENCHES if b.title in known]
    output.write_text("\n".join([head, *parts]), encoding="utf-8")


def run(chosen: Sequence[Bench], size: str, output: Path, prefix: Sequence[str]) -> int:
    """Run one after another; a failure is written down and the others go on."""
    known = sections(output)
    failed, began = 0, time.perf_counter()
    for bench in chosen:
        command = command_of(bench, size)
        print(f"{bench.title} …", flush=True)
        started = time.perf_counter()
        done = subprocess.run(
            [*prefix, *command], cwd=PROJECT_ROOT, capture_output=True, text=True, check=False
        )
        took = f"{time.perf_counter() - started:.0f} s" if not prefix else ""
        text = done.stdout.strip()
        if done.returncode:
            failed += 1
            text += f"\n\n**failed** (exit status {done.returncode})"
            sys.stderr.write(done.stderr)
        print(f"{text}\n{took}\n", flush=True)
        known[bench.title] = f"    {shown(command)}\n\n{text}" + (f"\n\nTook {took}." * bool(took))
        write(output, known)
    everything = {b.name for b in BENCHES if size not in b.left_out}
    if {b.name for b in chosen} >= everything and not prefix:
        minutes = (time.perf_counter() - began) / 60
        # What a run of all leaves out is another run's, at another time.
        known = {b.title: known[b.title] for b in chosen}
        write(output, known, f" All of it, size {size}, took {minutes:.1f} minutes in one run.")
        print(f"all of it: {minutes:.1f} minutes")
    return 1 if failed else 0


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", choices=("small", "medium", "large"), default="small")
    parser.add_argument("--only", nargs="*", choices=[b.name for b in BENCHES], default=None)
    parser.add_argument("--output", type=Path, default=PROJECT_ROOT / "benchmarks" / "results.md")
    parser.add_argument("--prefix", nargs="*", default=[], help="put before each one, as: nice")
    options = parser.parse_args()
    chosen = [
        b
        for b in BENCHES
        if (b.name in options.only if options.only else options.size not in b.left_out)
    ]
    return run(chosen, options.size, options.output, options.prefix)


if __name__ == "__main__":
    sys.exit(main())
