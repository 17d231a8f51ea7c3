"""How the explorer behaves with thousands of reports, in a real browser.

    python -m benchmarks.bench_site [--release FOLDER] [--reports 10000] [--into FOLDER]

Multiplies a release (``many_reports``), builds its site without page images, serves it and opens
one page of every kind in Chromium: milliseconds from the address to the page shown, megabytes read
until then by a browser that has nothing yet, and what a letter typed into the search box costs.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.many_reports import make_warehouse
from orchestration.cli.serve import site_server
from orchestration.publishing.site import build_site
from orchestration.publishing.site.parts import read_part
from orchestration.settings import PROJECT_ROOT

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
ROUND_TRIPS = 3
#: Resolves when the page of the wanted route is in the document and painted.
SHOWN = """route => new Promise(done => {
  const main = document.getElementById('main');
  const at = () => decodeURIComponent(main.dataset.route ?? '-') === route
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now()), 0))
    : setTimeout(at, 1);
  at();
})"""
READ = """() => ['resource', 'navigation'].flatMap(kind => performance.getEntriesByType(kind))
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
#: Types a text letter by letter; the slowest letter and the first, which may load the index.
TYPED = """async text => {
  const input = document.getElementById('q'), hits = document.getElementById('hits');
  const times = [];
  for (let i = 1; i <= text.length; i += 1) {
    const shown = new Promise(done => new MutationObserver((_, me) => { me.disconnect(); done(); })
      .observe(hits, { childList: true }));
    const start = performance.now();
    input.value = text.slice(0, i);
    input.dispatchEvent(new Event('input'));
    await shown;
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - start);
  }
  return { times, hits: hits.children.length };
}"""


def routes(site: Path) -> dict[str, str]:
    """One page of every kind, the fullest of its kind."""
    report = max(read_part(site, "reports"), key=lambda row: row["findings"])
    unit = max(read_part(site, "units"), key=lambda row: row["reports"])
    region = max(read_part(site, "regions"), key=lambda row: row["reports"])
    indicator = read_part(site, "indicators")[0]
    rule = max(read_part(site, "rules"), key=lambda row: row["findings"])
    project = read_part(site, "projects")[0]
    return {
        "overview": "",
        **{name: name for name in ("reports", "units", "regions", "projects")},
        **{name: name for name in ("indicators", "rules")},
        "report": f"report/{report['report_id']}",
        "unit": f"unit/{unit['unit_id']}",
        "region": f"region/{region['region_code']}",
        "project": f"project/{project['project_id']}",
        "indicator": f"indicator/{indicator['shard']}/{indicator['level3']}",
        "rule": f"rule/{rule['code']}",
    }


def measure(site: Path) -> None:
    """Print a line a page kind, then the search."""
    from playwright.sync_api import sync_playwright

    with site_server(site, 0) as server, sync_playwright() as driver:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{server.server_port}/index.html"
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        try:
            print(f"{'page':<12}{'ms (median)':>12}{'MB read':>10}")
            for name, route in routes(site).items():
                tries = [_opened(browser, address, route) for _ in range(ROUND_TRIPS)]
                print(
                    f"{name:<12}{statistics.median(ms for ms, _ in tries):>12.0f}"
                    f"{tries[0][1] / 1e6:>10.2f}"
                )
            _search(browser, address, read_part(site, "units")[-1]["unit_name"][-8:])
        finally:
            browser.close()
            server.shutdown()
            thread.join()


def _opened(browser: Any, address: str, route: str) -> tuple[float, int]:
    """Milliseconds and bytes of a page in a browser that has nothing yet."""
    page = browser.new_page()
    page.goto(f"{address}#/{route}", wait_until="commit")
    page.wait_for_selector("#main", state="attached")
    ms = page.evaluate(SHOWN, route)
    read = page.evaluate(READ)
    page.close()
    return float(ms), int(read)


def _search(browser: Any, address: str, text: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}#/rules")
    before = page.evaluate(READ)
    found = page.evaluate(TYPED, text)
    times = found["times"]
    print(f"search for {text!r}: {found['hits']} hits")
    print(
        f"  first letter {times[0]:.0f} ms (reads {(page.evaluate(READ) - before) / 1e6:.2f} MB in"
        f" all), slowest of the others {max(times[1:]):.0f} ms"
    )
    page.close()


def _released(home: Path) -> Path:
    """The folder of a release of the samples in ``raw/``, made now."""
    command = [sys.executable, "-m", "orchestration.cli", "refresh", "--home", str(home)]
    subprocess.run(command, check=True, capture_output=True, cwd=PROJECT_ROOT)
    return home / "releases" / "current"


def main(arguments: list[str] | None = None) -> int:
    """Build what is not there yet, then measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--release", type=Path, help="folder of a release; else raw/ is read")
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--into", type=Path, help="keep warehouse and site here; used again")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as scratch:
        into = asked.into or Path(scratch)
        into.mkdir(parents=True, exist_ok=True)
        warehouse, site = into / "warehouse.duckdb", into / "site"
        if not warehouse.exists():
            started = time.perf_counter()
            release = asked.release or _released(Path(scratch) / "home")
            made = make_warehouse(release / "warehouse.duckdb", warehouse, asked.reports)
            print(f"{made} reports in {time.perf_counter() - started:.1f} s")
        if not (site / "index.html").exists():
            started = time.perf_counter()
            built = build_site(warehouse, site, into / "no-sources", "bench")
            print(f"site of {built.reports} reports in {time.perf_counter() - started:.1f} s")
        files = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
        print(f"{len(files)} files, {sum(files) / 1e6:.0f} MB")
        measure(site)
    return 0


if __name__ == "__main__":
    sys.exit(main())
