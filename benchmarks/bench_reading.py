"""Pages a second of PDF reading, side by side on the same pages in one run.

    python -m benchmarks.bench_reading [FILE ...] [--rounds 3] [--limit PAGES] [--peers]
                                       [--memory [PAGES]] [--processes [N]]

Compared: plain pdfplumber (``extract_text`` and ``extract_tables``), one reading (PDFium geometry,
grids, paragraphs, tables joined over pages), both readings held against each other, and PDFium's
bare text as the limit. CPU seconds of this process, rounds interleaved, best of the rounds. Only
the ratios travel between machines. Every page with a figure on it is read twice.

``--peers`` times other readers of tables on the same pages, once each, for they are slow: pymupdf
(text and ``find_tables``), camelot (lattice), img2table (without recognition). They live in an
environment of their own: ``make bench-env``, then ``.venv-bench/bin/python -m …``.

``--memory`` repeats the pages of the files to a file of a thousand pages (or so many as are named),
has it read twice over in a process of its own and prints that process's memory as it goes.

``--processes`` reads the files, and then that long file, with one worker process and with two (or
so many as are named): seconds on the clock, so it says something on a quiet machine only; the CPU
seconds beside them, imports of the workers included, say what working in several processes costs
and so how much faster they can be where nothing else runs.
"""

from __future__ import annotations

import argparse
import gc
import multiprocessing
import os
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

from orchestration.ingestion.pool import run_limited
from orchestration.reading import ranges
from orchestration.reading.pdf import read_pdf, reader
from orchestration.reading.pdf.page import Placed
from orchestration.reading.pdf.parts import PageRead

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


def long_file(files: Sequence[Path], pages: int) -> bytes:
    """The pages of the files, over and over, as one file."""
    whole = pdfium.PdfDocument.new()
    while len(whole) < pages:
        for path in files:
            source = pdfium.PdfDocument(path.read_bytes())
            whole.import_pages(source, list(range(min(len(source), pages - len(whole)))))
            source.close()
            if len(whole) >= pages:
                break
    buffer = BytesIO()
    whole.save(buffer)
    whole.close()
    return buffer.getvalue()


def memory(path: Path, pages: int) -> None:
    """Print the memory of a process over a long file."""
    print(f"\nOne process over one file of {pages} pages, read twice\n")
    print("| pages read | MiB |\n|---|---|", flush=True)
    child = multiprocessing.get_context("spawn").Process(target=_watched, args=(path, pages))
    child.start()
    child.join()


def _watched(path: Path, pages: int) -> None:
    """Read a file and print the memory of this process after every tenth of it."""
    read = vars(reader)["lay_out"]
    seen = {0}

    def counted(placed: Placed, number: int) -> PageRead:
        if number not in seen and number % max(pages // 10, 1) == 0:
            print(f"| {number} | {_resident():.0f} |", flush=True)
        seen.add(number)
        page: PageRead = read(placed, number)
        return page

    vars(reader)["lay_out"] = counted
    data = path.read_bytes()
    print(f"| 0 (imports, and the file of {len(data) / 2**20:.0f} MiB) | {_resident():.0f} |")
    document = read_pdf(data, path.name)
    print(f"| all, put together: {len(document.blocks)} blocks | {_resident():.0f} |", flush=True)


def _resident() -> float:
    """Resident memory of this process, MiB."""
    held = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return held * os.sysconf("SC_PAGE_SIZE") / 2**20


def _read_file(path: Path) -> int:
    """Pages of a file read twice."""
    return twice(path.read_bytes())


def processes(files: Sequence[Path], long: Path, count: int) -> None:
    """Print seconds on the clock with one worker process and with several."""
    print(f"\nOne process and {count}, read twice; seconds on the clock (CPU)\n")
    print(f"| what | 1 | {count} | times as fast | by CPU seconds |\n|---|---|---|---|---|")
    rows = {
        f"{len(files)} files, by document": _by_document(files, count),
        "the long file, by ranges of pages": _by_pages(long.read_bytes(), count),
    }
    for what, ((one, one_cpu), (many, many_cpu)) in rows.items():
        print(
            f"| {what} | {one:.1f} ({one_cpu:.1f}) | {many:.1f} ({many_cpu:.1f}) "
            f"| x{one / many:.2f} | x{count * one_cpu / many_cpu:.2f} |"
        )


Times = tuple[tuple[float, float], tuple[float, float]]


def _by_document(files: Sequence[Path], count: int) -> Times:
    largest_first = sorted(files, key=lambda path: -path.stat().st_size)
    found = []
    for workers in (1, count):
        start, used = time.perf_counter(), sum(os.times()[:4])
        deque(
            run_limited(_read_file, largest_first, workers=workers, seconds=600, memory=4 << 30),
            maxlen=0,
        )
        found.append((time.perf_counter() - start, sum(os.times()[:4]) - used))
    return found[0], found[1]


def _by_pages(data: bytes, count: int) -> Times:
    found = []
    for number in (1, count):
        ranges.use_processes(number)
        start, used = time.perf_counter(), sum(os.times()[:4])
        twice(data)
        found.append((time.perf_counter() - start, sum(os.times()[:4]) - used))
    ranges.use_processes(1)
    return found[0], found[1]


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="0: no comparison")
    parser.add_argument("--limit", type=int, help="only the first pages of each file")
    parser.add_argument("--peers", action="store_true", help="other readers of tables as well")
    parser.add_argument("--memory", nargs="?", type=int, const=1000, metavar="PAGES")
    parser.add_argument("--processes", nargs="?", type=int, const=2, metavar="N")
    args = parser.parse_args()
    files = args.files or sorted(
        p for p in SHARED.glob("*.pdf") if not p.name.startswith(("损坏", "扫描件"))
    )
    if not files:
        print("no PDF files: name some, or put ../shared/real beside the checkout")
        return 1
    if args.rounds:
        speed(files, args.rounds, args.limit, args.peers)
    if args.memory or args.processes:
        with tempfile.TemporaryDirectory() as folder:
            long, pages = Path(folder) / "long.pdf", args.memory or 1000
            long.write_bytes(long_file(files, pages))
            if args.memory:
                memory(long, pages)
            if args.processes:
                processes(files, long, args.processes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
