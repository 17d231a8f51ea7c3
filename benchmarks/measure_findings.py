"""How well planted inconsistencies are found: ``python -m benchmarks.measure_findings --each 10``.

Typesets reports with one fault each and reports without any, reads, extracts and audits them in one
build, and prints recall and precision by rule as Markdown. ``--write`` puts that into
``results_audit.md``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.sections import RESULTS, put_section
from tests.support.audit_typeset import audited, planted_reports, table

TITLE = "Planted inconsistencies"
ABOUT = """Reports made from specifications with at most one fault each, typeset (DOCX, HTML, XLSX,
ruled PDF), read, extracted, built and audited; none of them is used by a test. "Called" counts
findings that follow from a fault, or of severity error that do not. A rule with none planted
follows from another's fault; a line of R40 may be called R41, where its target was met."""


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--each", type=int, default=8, help="reports of every kind of fault")
    parser.add_argument("--clean", type=int, default=40, help="reports without a fault")
    parser.add_argument("--seed", type=int, default=10_000, help="first seed")
    parser.add_argument("--write", action="store_true", help="into results_audit.md")
    options = parser.parse_args()
    planted = list(planted_reports(options.each, options.clean, options.seed))
    with tempfile.TemporaryDirectory() as folder:
        result = audited(planted, Path(folder))
    said = (
        f"{len(planted)} reports, {result.clean} of them without a fault, "
        f"{result.held_back} held back; {len(result.wrong())} errors called that follow from no "
        f"fault.\n\n{table(result)}"
    )
    print(said)
    if options.write:
        command = f"python -m benchmarks.measure_findings --each {options.each} "
        command += f"--clean {options.clean} --seed {options.seed}"
        put_section(RESULTS / "results_audit.md", TITLE, command, f"{ABOUT}\n\n{said}")
    for line in [*result.missed, *result.wrong()]:
        print("-", line, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
