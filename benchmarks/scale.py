"""The arithmetic of the country: hours and money on one machine, ten and a hundred.

    python -m benchmarks.scale [--units 600000] [--scans 0.13] …

Multiplies what was measured (``results.md``) with what is assumed (docs/scale.md says where each
assumption comes from). Every number is an option; nothing here is measured.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

MACHINES = (1, 10, 100)
_HOUR = 3600.0


@dataclass(frozen=True, slots=True)
class Rate:
    """An option: its default, unit, meaning."""

    name: str
    default: float
    says: str


RATES = (
    Rate("units", 600_000, "units that publish"),
    Rate("files", 2, "files a unit and year"),
    Rate("pages", 29.4, "pages a file with text"),
    Rate("scans", 0.13, "share of files that are scans"),
    Rate("scan_pages", 8, "pages a scanned file"),
    Rate("lines", 8.5, "indicator lines a unit and year"),
    Rate("mentions", 52, "figures a unit and year, every mention"),
    Rate("bytes", 520_000, "bytes a file"),
    Rate("text_rate", 53.4, "pages a second and core, read twice (bench_reading)"),
    Rate("scan_seconds", 14.1, "seconds of a core a scanned page (bench_ocr)"),
    Rate("build_ms", 5.2, "milliseconds of a core a report, dbt build (bench_warehouse)"),
    Rate("cores", 16, "cores a machine"),
    Rate("used", 0.8, "share of the cores' time that is used"),
    Rate("price", 0.3, "yuan a core and hour"),
)


def table(rows: list[tuple[str, ...]], head: tuple[str, ...]) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def arithmetic(given: dict[str, float]) -> str:
    """Volume of a year, then hours and yuan."""
    files = given["units"] * given["files"]
    scans = files * given["scans"]
    text_pages = (files - scans) * given["pages"]
    scan_pages = scans * given["scan_pages"]
    volume = [
        ("files", f"{files:,.0f}", "units × files"),
        ("of them scans", f"{scans:,.0f}", "files × scans"),
        ("pages with text", f"{text_pages:,.0f}", "(files − scans) × pages"),
        ("scanned pages", f"{scan_pages:,.0f}", "scans × scan_pages"),
        ("indicator lines", f"{given['units'] * given['lines']:,.0f}", "units × lines"),
        ("mentions of figures", f"{given['units'] * given['mentions']:,.0f}", "units × mentions"),
        ("raw files, GB", f"{files * given['bytes'] / 1e9:,.0f}", "files × bytes"),
    ]
    core_hours = {
        "text, read twice": text_pages / given["text_rate"] / _HOUR,
        "scans": scan_pages * given["scan_seconds"] / _HOUR,
    }
    speed = given["cores"] * given["used"]
    work = [
        (
            name,
            f"{hours:,.0f}",
            *(f"{hours / speed / machines:,.1f}" for machines in MACHINES),
            f"{hours / given['used'] * given['price']:,.0f}",
        )
        for name, hours in core_hours.items()
    ]
    builds = [
        (f"{years} year{'s' if years > 1 else ''}", f"{years * files:,.0f}",
         f"{years * files * given['build_ms'] / 1000 / _HOUR:,.1f}")
        for years in (1, 10)
    ]  # fmt: skip
    heads = tuple(f"{machines} × {given['cores']:.0f} cores, h" for machines in MACHINES)
    return "\n\n".join(
        (
            table(volume, ("a year", "number", "how")),
            table(work, ("reading a year", "core hours", *heads, "yuan")),
            table(builds, ("building the marts of", "reports", "hours of one core")),
        )
    )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    for rate in RATES:
        parser.add_argument(
            f"--{rate.name.replace('_', '-')}", type=float, default=rate.default, help=rate.says
        )
    given = vars(parser.parse_args())
    assumed = [(rate.name, f"{given[rate.name]:,g}", rate.says) for rate in RATES]
    print(table(assumed, ("option", "value", "what it is")))
    print("\n" + arithmetic(given))


if __name__ == "__main__":
    main()
