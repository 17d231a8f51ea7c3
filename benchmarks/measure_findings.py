"""How well planted inconsistencies are found: ``python -m benchmarks.measure_findings --each 10``.

Typesets reports with one fault each and reports without any, reads, extracts and audits them in one
build, and prints recall and precision by rule as Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.support.audit_typeset import audited, planted_reports, table


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--each", type=int, default=8, help="reports of every kind of fault")
    parser.add_argument("--clean", type=int, default=40, help="reports without a fault")
    parser.add_argument("--seed", type=int, default=10_000, help="first seed")
    options = parser.parse_args()
    planted = list(planted_reports(options.each, options.clean, options.seed))
    with tempfile.TemporaryDirectory() as folder:
        result = audited(planted, Path(folder))
    print(
        f"{len(planted)} reports, {result.clean} of them without a fault, "
        f"{result.held_back} held back\n"
    )
    print(table(result))
    for line in [*result.missed, *result.wrong()]:
        print("-", line, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
