"""Pages a second of PDF reading, side by side on the same pages in one run.

    python -m benchmarks.bench_reading [FILE ...] [--rounds 3] [--limit PAGES] [--peers] [--memory]

Compared: plain pdfplumber (``extract_text`` and ``extract_tables``), one reading (PDFium geometry,
grids, paragraphs, tables joined over pages), both readings held against each other, and PDFium's
bare text as the limit. CPU seconds of this process, rounds interleaved, best of the rounds. Only
the ratios travel between machines.

``--peers`` times other readers of tables on the same pages, once each, for they are slow: pymupdf
(text and ``find_tables``), camelot (lattice), img2table (without recognition). They live in an
environment of their own: ``make bench-env``, then ``.venv-bench/bin/python -m …``.

``--memory`` writes a file of a thousand pages, reads it twice over and prints the peak memory after
every hundred pages.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
import tempfile
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


def pymupdf_tables(data: bytes) -> int:
    """pymupdf: text, and the tables it finds."""
    import pymupdf

    with pymupdf.open(stream=data, filetype="pdf") as document:
        for page in document:
            page.get_text()
            for table in page.find_tables().tables:
                table.extract()
        return int(document.page_count)


def camelot_tables(data: bytes) -> int:
    """camelot: tables with drawn lines."""
    import camelot

    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(data)
        file.flush()
        camelot.read_pdf(file.name, pages="all", flavor="lattice", suppress_stdout=True)
    return bare(data)


def img2table_tables(data: bytes) -> int:
    """img2table: tables found in the pictures of the pages, without recognition."""
    from img2table.document import PDF

    PDF(src=data).extract_tables()
    return bare(data)


PLAIN = "pdfplumber extract_text + extract_tables"
WAYS: dict[str, Callable[[bytes], int]] = {
    PLAIN: plumber,
    "one reading": once,
    "two readings, compared": twice,
    "PDFium bare text (limit)": bare,
}
PEERS: dict[str, Callable[[bytes], int]] = {
    "pymupdf text + find_tables": pymupdf_tables,
    "camelot lattice": camelot_tables,
    "img2table": img2table_tables,
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


def speed(files: list[Path], rounds: int, limit: int | None, peers: bool) -> None:
    """Print pages a second and ratios."""
    ways = WAYS | PEERS if peers else WAYS
    best = dict.fromkeys(ways, 0.0)
    pages = 0
    print(f"| file | pages | {' | '.join(ways)} |\n|---|---|{'---|' * len(ways)}")
    for number, path in enumerate(files, start=1):
        data = path.read_bytes()
        if limit:
            data = shortened(data, limit)
        seconds = dict.fromkeys(ways, float("inf"))
        count = 0
        for turn in range(rounds):
            for name, way in ways.items():
                if turn and name in PEERS:
                    continue
                gc.collect()
                start = time.process_time()
                count = way(data)
                seconds[name] = min(seconds[name], time.process_time() - start)
        pages += count
        for name in ways:
            best[name] += seconds[name]
        ratios = " | ".join(f"x{seconds[PLAIN] / seconds[name]:.2f}" for name in ways)
        print(f"| {number} | {count} | {ratios} |", flush=True)
    print(f"\n{len(files)} files, {pages} pages, CPU seconds, best of {rounds} (peers: once)\n")
    print("| way | pages/s | against plain pdfplumber |\n|---|---|---|")
    for name, spent in best.items():
        print(f"| {name} | {pages / spent:.1f} | x{best[PLAIN] / spent:.2f} |")


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
    parser.add_argument("--peers", action="store_true", help="other readers of tables as well")
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
        speed(files, args.rounds, args.limit, args.peers)
    return 0


if __name__ == "__main__":
    sys.exit(main())
