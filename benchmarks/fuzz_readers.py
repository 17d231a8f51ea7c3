"""Fuzz the readers: ``python benchmarks/fuzz_readers.py --seconds 600 [--seed N] [--corpus DIR]``.

Takes documents of every format (by default ``raw/``), damages their bytes (flips, cuts,
repeated and swapped stretches; in ZIP containers the bytes of one part, so that the container
stays whole) and has them read and extracted in worker processes with the limits of a refresh.
Whatever a document provokes, reading must end in a ``Document`` or an ``UnreadableError``, and
extraction in records: any other exception, a dead worker or a timeout is a find. Finds are kept
in ``--finds`` to be looked at.
"""

from __future__ import annotations

import argparse
import io
import random
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingestion.pool import Failure, run_limited

_ROUND = 40
_LARGEST = 400_000


@dataclass(frozen=True)
class Case:
    """One damaged document; ``seed`` makes the same damage again."""

    source: Path
    seed: int
    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / f"{self.seed}{self.source.suffix}"


def main() -> int:
    """Run it; exit status 1 where something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", type=Path, default=Path("raw"))
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--document-seconds", type=float, default=120)
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"))
    options = parser.parse_args()
    corpus = sorted(
        p
        for p in options.corpus.rglob("*")
        if p.is_file() and p.suffix != ".csv" and p.stat().st_size <= _LARGEST
    )
    if not corpus:
        print(f"nothing to damage in {options.corpus}")
        return 1
    outcomes: Counter[str] = Counter()
    finds: list[tuple[Case, Failure]] = []
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jixiao-fuzz-") as folder:
        for cases in _rounds(corpus, options.seed, Path(folder)):
            if time.monotonic() - started > options.seconds:
                break
            for case, result in run_limited(
                read_damaged,
                cases,
                workers=options.workers,
                seconds=options.document_seconds,
                memory=3 << 30,
            ):
                if isinstance(result, Failure):
                    finds.append((case, result))
                    options.finds.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(case.path, options.finds / case.path.name)
                outcomes[f"FIND {result.kind}" if isinstance(result, Failure) else result] += 1
                case.path.unlink(missing_ok=True)
    print(f"{sum(outcomes.values())} documents in {time.monotonic() - started:.0f} s, "
          f"from {len(corpus)} of {len({p.suffix for p in corpus})} formats")  # fmt: skip
    for outcome, count in outcomes.most_common():
        print(f"{count:6}  {outcome}")
    for case, failure in finds:
        print(f"find: {case.source.suffix} seed {case.seed}: {failure.kind} {failure.detail}")
    return 1 if finds else 0


def _rounds(corpus: list[Path], seed: int, folder: Path) -> Iterator[list[Case]]:
    number = seed * 1_000_000
    while True:
        cases = [Case(corpus[n % len(corpus)], n, folder) for n in range(number, number + _ROUND)]
        for case in cases:
            case.path.write_bytes(damaged(case.source.read_bytes(), random.Random(case.seed)))
        yield cases
        number += _ROUND


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The bytes with some damage; of a ZIP container usually one part's."""
    if data[:2] == b"PK" and chance.random() < 0.8:
        try:
            return _damaged_part(data, chance)
        except (zipfile.BadZipFile, NotImplementedError):
            pass
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        data = chance.choice(_DAMAGES)(data, chance)
    return data


def _damaged_part(data: bytes, chance: random.Random) -> bytes:
    source = zipfile.ZipFile(io.BytesIO(data))
    names = source.namelist()
    victim = chance.choice(names)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in names:
            part = source.read(name)
            if name == victim:
                if chance.random() < 0.1:
                    continue  # a part that is missing
                part = chance.choice(_DAMAGES)(part, chance)
            target.writestr(name, part)
    return out.getvalue()


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 8, 64])):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _lose(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randrange(1, 2000) :]


def _repeat(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    piece = data[at : at + chance.randrange(1, 3000)]
    return data[:at] + piece * chance.choice([2, 5, 50]) + data[at:]


def _swap(data: bytes, chance: random.Random) -> bytes:
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[b:] + data[a:b] + data[:a]


def _numbers(data: bytes, chance: random.Random) -> bytes:
    """Digits become others, and many: sizes, spans, counts and offsets that lie."""
    places = [i for i, byte in enumerate(data) if 48 <= byte <= 57]
    if not places:
        return data
    at = chance.choice(places)
    return data[:at] + chance.choice([b"0", b"-1", b"99999999", b"4294967296"]) + data[at + 1 :]


_DAMAGES = (_flip, _flip, _cut, _lose, _repeat, _swap, _numbers, _numbers)


def read_damaged(case: Case) -> str:
    """Read and extract one document; the name of what came of it."""
    from orchestration.extraction import extract
    from orchestration.reading import Limits, UnreadableError, read

    try:
        document = read(case.path, limits=Limits(max_ocr_pages=1))
    except UnreadableError as error:
        return f"unreadable: {error.reason.value}"
    extraction = extract(document)
    if any(issue.kind == "reader_failed" for issue in extraction.issues):
        messages = [i.message for i in extraction.issues if i.kind == "reader_failed"]
        raise AssertionError(messages[0])
    return f"read: {document.file_format.value}"


if __name__ == "__main__":
    sys.exit(main())
