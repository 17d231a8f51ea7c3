"""What reading a scan costs beside the recognition engine's own calls.

    python -m benchmarks.bench_ocr [FILE]

Processor seconds of reading a scanned PDF, and of the engine within it; the rest (rendering,
finding lines and cells, fitting characters into them) is this project's own and should stay below a
fifth of the engine's.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from orchestration.reading import read, scan_ocr
from orchestration.settings import PROJECT_ROOT


class Timed:
    """The engine, with a clock."""

    def __init__(self, engine: Any) -> None:
        """``engine`` is called as before."""
        self._engine = engine
        self.seconds = 0.0

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Find and recognise the lines of a page."""
        return self._timed(self._engine, *arguments, **named)

    def text_rec(self, *arguments: Any, **named: Any) -> Any:
        """Recognise images of lines."""
        return self._timed(self._engine.text_rec, *arguments, **named)

    def _timed(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return function(*arguments, **named)
        finally:
            self.seconds += time.process_time() - started


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", nargs="?", type=Path)
    options = parser.parse_args()
    path = options.file or next((PROJECT_ROOT / "raw").rglob("*扫描件*.pdf"), None)
    if path is None:
        sys.stderr.write("name a scanned PDF\n")
        return 1
    engine = Timed(scan_ocr._engine())  # loading the models is not counted
    scan_ocr._engine = lambda: engine  # type: ignore[assignment]
    started = time.process_time()
    pages = read(path).page_count or 1
    whole = time.process_time() - started
    own = whole - engine.seconds
    print("| pages | CPU s a page | of it the engine | own work against the engine |")
    print("|---|---|---|---|")
    print(
        f"| {pages} | {whole / pages:.1f} | {engine.seconds / pages:.1f} | "
        f"{own / engine.seconds:.0%} |"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
