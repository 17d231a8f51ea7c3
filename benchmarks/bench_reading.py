"""Pages a second of PDF reading, side by side on the same pages in one run.

    python benchmarks/bench_reading.py [FILE ...] [--rounds 3] [--limit PAGES] [--memory]

Compared: plain pdfplumber (``extract_text`` and ``extract_tables``), one reading (PDFium geometry,
grids, paragraphs, tables joined over pages), both readings held against each other, and PDFium's
bare text as the limit. CPU seconds of this process, rounds interleaved, best of the rounds. Only
the ratios travel between machines.

``--memory`` writes a file of a thousand pages, reads it twice over and prints the peak memory after
every hundred pages.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from orchestration.reading.pdf import read_pdf

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "real"


def plumber(data: bytes) -> int:
    """Plain pdfplumber, pages closed."""
    with pdfplumber.open(BytesIO(data)) as file:
        for page in file.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
        return len(file.pages)


def once(data: bytes) -> int:
    """One reading."""
    return read_pdf(data, "bench.pdf", twice=False).page_count or 0


def twice(data: bytes) -> int:
    """Both readings, compared."""
    return read_pdf(data, "bench.pdf").page_count or 0


def bare(data: bytes) -> int:
    """PDFium's plain text: the limit."""
    document = pdfium.PdfDocument(data)
    count = len(document)
    for i in range(count):
        page = document[i]
        page.get_textpage().get_text_bounded()
        page.close()
    document.close()
    return count


WAYS: dict[str, Callable[[bytes], int]] = {
    "pdfplumber extract_text + extract_tables": plumber,
    "one reading": once,
    "two readings, compared": twice,
    "PDFium bare text (limit)": bare,
}


def shortened(data: bytes, pages: int) -> bytes:
    """The first pages of a file, for quick runs."""
    document = pdfium.PdfDocument(data)
    if len(document) <= pages:
        return data
    part = pdfium.PdfDocument.new()
    part.import_pages(document, list(range(pages)))
    buffer = BytesIO()
    part.save(buffer)
    return buffer.getvalue()


def speed(files: list[Path], rounds: int, limit: int | None) -> None:
    """Print pages a second and ratios."""
    best: dict[str, float] = dict.fromkeys(WAYS, 0.0)
    pages = 0
    for path in files:
        data = path.read_bytes()
        if limit:
            data = shortened(data, limit)
        seconds = dict.fromkeys(WAYS, float("inf"))
        for _ in range(rounds):
            for name, way in WAYS.items():
                gc.collect()
                start = time.process_time()
                count = way(data)
                seconds[name] = min(seconds[name], time.process_time() - start)
        pages += count
        for name in WAYS:
            best[name] += seconds[name]
        base = seconds["pdfplumber extract_text + extract_tables"]
        ratios = "  ".join(f"x{base / seconds[name]:.1f}" for name in WAYS)
        print(f"{path.name[:40]:42s} {count:4d} pages  {ratios}")
    base = best["pdfplumber extract_text + extract_tables"]
    print(f"\n{len(files)} files, {pages} pages, CPU seconds, best of {rounds}\n")
    for name, seconds_ in best.items():
        print(f"{name:42s} {pages / seconds_:8.1f} pages/s   x{base / seconds_:.2f}")


def memory(files: list[Path]) -> None:
    """Print the peak memory over a file of a thousand pages."""
    whole = pdfium.PdfDocument.new()
    while len(whole) < 1000:
        for path in files:
            whole.import_pages(pdfium.PdfDocument(path.read_bytes()))
            if len(whole) >= 1000:
                break
    buffer = BytesIO()
    whole.save(buffer)
    data = buffer.getvalue()
    del whole
    gc.collect()
    print(f"file of {len(data) / 2**20:.1f} MiB; before {_peak():.0f} MiB")
    start = time.process_time()
    document = read_pdf(data, "thousand.pdf")
    print(
        f"{document.page_count} pages in {time.process_time() - start:.1f} s; "
        f"peak {_peak():.0f} MiB"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, help="only the first pages of each file")
    parser.add_argument("--memory", action="store_true")
    args = parser.parse_args()
    files = args.files or sorted(
        p for p in SHARED.glob("*.pdf") if not p.name.startswith(("损坏", "扫描件"))
    )
    if not files:
        print("no PDF files: name some, or put ../shared/real beside the checkout")
        return 1
    if args.memory:
        memory(files)
    else:
        speed(files, args.rounds, args.limit)
    return 0


if __name__ == "__main__":
    sys.exit(main())
