"""The explorer in a real browser: from disk and from ``jixiao serve``."""

from __future__ import annotations

import random
import re
import shutil
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from orchestration.cli.serve import site_server
from orchestration.publishing.releases import Release
from orchestration.publishing.site.parts import read_part
from orchestration.settings import Settings
from tests.support.desk import EVIL_TITLE, RAW

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
#: Figures that are clicked and compared with the page.
CLICKED = 30

Desk = tuple[Settings, Release]


def part(site: Path, name: str) -> Any:
    """The data of one file of the site."""
    return read_part(site, name)


@pytest.fixture(scope="module")
def site(desk: Desk) -> Path:
    return desk[1].folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Tab:
    """A page of the explorer that remembers every complaint of the browser."""

    def __init__(self, browser: Any, base: str, width: int = 1280) -> None:
        self.page = browser.new_page(viewport={"width": width, "height": 900})
        self.base = base
        self.complaints: list[str] = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", lambda request: self.complaints.append(request.url))

    def _console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def open(self, route: str) -> Any:
        """Go to a route and wait until it is the one shown."""
        self.page.goto(f"{self.base}#/{route}")
        self.page.wait_for_function(
            "route => decodeURIComponent(document.getElementById('main').dataset.route) === route",
            arg=route,
        )
        return self.page


@pytest.fixture
def tab(browser: Any, site: Path) -> Iterator[Tab]:
    opened = Tab(browser, (site / "index.html").as_uri())
    yield opened
    opened.page.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    with site_server(folder, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/index.html"
        finally:
            server.shutdown()
            thread.join()


def routes(site: Path) -> list[str]:
    """One of every kind of page."""
    report = max(part(site, "reports"), key=lambda row: row["findings"])
    project = part(site, "projects")[0]
    indicator = part(site, "indicators")[0]
    rule = next(row for row in part(site, "rules") if row["findings"])
    return [
        *("", "reports", "units", "regions", "projects", "indicators", "rules", "quarantine"),
        f"report/{report['report_id']}",
        f"unit/{report['unit_id']}",
        f"region/{report['region_code']}",
        f"project/{project['project_id']}",
        f"rule/{rule['code']}",
        f"indicator/{indicator['shard']}/{indicator['level3']}",
    ]


@pytest.mark.parametrize("way", ["disk", "server"])
def test_every_page_opens_without_a_complaint(browser: Any, site: Path, way: str) -> None:
    with served(site) as address:
        tab = Tab(browser, address if way == "server" else (site / "index.html").as_uri())
        for route in routes(site):
            page = tab.open(route)
            assert page.locator("#main h1").inner_text()
            assert "没有这一页" not in page.locator("#main").inner_text(), route
        tab.page.close()
    assert tab.complaints == []


def test_charts_are_drawn_with_query_and_data(tab: Tab, site: Path) -> None:
    page = tab.open("")
    page.wait_for_selector(".charts svg")
    charts = part(site, "overview")["charts"]
    assert page.locator(".charts .card").count() == len(charts)
    assert len(charts) >= 5
    for chart in charts:
        lines = (site / f"data/csv/{chart['name']}.csv").read_text("utf-8-sig").splitlines()
        assert len(lines) == len(chart["rows"]) + 1


def test_search_finds_a_unit_by_a_part_of_its_name_from_the_keyboard(tab: Tab, site: Path) -> None:
    unit = part(site, "units")[0]
    page = tab.open("")
    page.locator("#q").focus()
    page.keyboard.type(unit["unit_name"][2:6])
    page.wait_for_selector("#hits li[data-href]")
    shown = page.locator("#hits li span").all_inner_texts()
    assert unit["unit_name"] in shown
    for _ in range(shown.index(unit["unit_name"]) + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash.startsWith('#/unit/')")
    page.wait_for_function(
        "name => document.querySelector('#main h1').textContent === name", arg=unit["unit_name"]
    )


def test_the_language_switches_and_stays(tab: Tab) -> None:
    page = tab.open("reports")
    assert page.locator("#main h1").inner_text() == "报告"
    page.locator("#lang").click()
    page.wait_for_function("() => document.querySelector('#main h1').textContent === 'Reports'")
    assert page.locator("html").get_attribute("lang") == "en"
    page.reload()
    page.wait_for_function("() => document.querySelector('#main h1')?.textContent === 'Reports'")


def plain(text: str) -> str:
    """Text without what printing and showing do differently: blanks, width, grouping."""
    return re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text)).replace("−", "-")


def numbers(text: str) -> set[str]:
    """The numbers of a text in their shortest form, without sign."""
    found = re.findall(r"\d+(?:\.\d+)?", plain(text))
    return {f"{Decimal(number).normalize():f}" for number in found}


def test_a_click_on_a_figure_frames_the_cell_that_holds_it(tab: Tab, site: Path) -> None:
    """Figures at random, of every PDF: the words inside the frame hold the figure."""
    chance = random.Random(20240517)
    wrong, clicked = [], 0
    files = {path.name: path for path in RAW.rglob("*.pdf")}
    reports = [row for row in part(site, "reports") if _has_pages(site, row)]
    assert reports
    for row in reports:
        report = part(site, f"report/{row['report_id']}")
        page = tab.open(f"report/{row['report_id']}")
        figures = page.locator("td.n button.fig").all()
        with pdfplumber.open(files[report["file_name"]]) as pdf:
            for figure in chance.sample(figures, min(CLICKED // len(reports) + 1, len(figures))):
                shown = figure.inner_text()
                figure.click()
                dialog = page.locator("dialog.receipt")
                frame = dialog.locator(".frame")
                number = int(re.search(r"第 (\d+) 页", dialog.inner_text())[1])  # type: ignore[index]
                box = [float(x) for x in frame.get_attribute("data-bbox").split(",")]
                inside = pdf.pages[number - 1].crop(_widened(box), strict=False).extract_text()
                clicked += 1
                if not numbers(shown) & _as_shown(inside.replace("零", "0")):
                    wrong.append((report["file_name"], number, shown, inside))
                page.keyboard.press("Escape")
                page.wait_for_selector("dialog.receipt", state="detached")
    assert clicked >= CLICKED // 2
    assert wrong == []


def _has_pages(site: Path, row: dict[str, Any]) -> bool:
    return bool(part(site, f"report/{row['report_id']}")["pages"])


def _widened(box: list[float]) -> tuple[float, float, float, float]:
    """A character on the edge of the frame counts as inside."""
    return (box[0] - 0.5, box[1] - 0.5, box[2] + 0.5, box[3] + 0.5)


def _as_shown(inside: str) -> set[str]:
    """Printed numbers, and the same as the page shows them: 万元 for 元, % for a share."""
    found = set()
    for number in numbers(inside):
        found.add(number)
        found.update(_shift(number, power) for power in (-4, 4, 2, -2))
    return found


def _shift(number: str, power: int) -> str:
    return f"{Decimal(number).scaleb(power).normalize():f}"


def test_the_frame_lies_on_the_image_where_the_box_says(tab: Tab, site: Path) -> None:
    row = next(row for row in part(site, "reports") if _has_pages(site, row))
    report = part(site, f"report/{row['report_id']}")
    page = tab.open(f"report/{row['report_id']}")
    page.locator("td.n button.fig").first.click()
    page.wait_for_function("() => document.querySelector('.sheet img')?.naturalWidth > 0")
    image = page.locator(".sheet img").bounding_box()
    frame = page.locator(".sheet .frame")
    x0, top, *_ = (float(x) for x in frame.get_attribute("data-bbox").split(","))
    number = re.search(r"第 (\d+) 页", page.locator("dialog").inner_text())[1]  # type: ignore[index]
    size = report["pages"][number]
    place = frame.bounding_box()
    scale = image["width"] / float(size["width"])
    assert place["x"] - image["x"] == pytest.approx(x0 * scale, abs=2)
    assert place["y"] - image["y"] == pytest.approx(top * scale, abs=2)


def test_a_format_without_pages_shows_the_line(tab: Tab, site: Path) -> None:
    row = next(row for row in part(site, "reports") if not _has_pages(site, row))
    page = tab.open(f"report/{row['report_id']}")
    figure = page.locator("td.n button.fig").first
    shown = figure.inner_text()
    figure.focus()
    page.keyboard.press("Enter")
    printed = page.locator("dialog .printed").inner_text()
    assert numbers(shown) & _as_shown(printed)


def test_a_title_with_markup_is_shown_and_not_run(tab: Tab, site: Path) -> None:
    row = next(row for row in part(site, "reports") if "<img" in (row["title"] or ""))
    for route in ("reports", f"report/{row['report_id']}", f"unit/{row['unit_id']}"):
        page = tab.open(route)
        assert page.evaluate("() => window.pwned") is None
        assert page.locator("#main img[src=x]").count() == 0
    assert "<img src=x" in tab.open(f"report/{row['report_id']}").locator("h1").inner_text()
    assert EVIL_TITLE.startswith("<img")
    page.locator("#q").fill("onerror")
    page.wait_for_selector("#hits li[data-href]")
    assert page.evaluate("() => window.pwned") is None
    assert tab.complaints == []


def test_findings_stand_under_the_lines_they_concern(tab: Tab, site: Path) -> None:
    row = max(part(site, "reports"), key=lambda r: r["findings"])
    report = part(site, f"report/{row['report_id']}")
    noted = [n for s in report["sections"] for notes in s["notes"].values() for n in notes]
    page = tab.open(f"report/{row['report_id']}")
    assert page.locator("tr.note .findings li").count() == len(noted) > 0
    assert len(noted) + len(report["findings"]) == row["findings"]
    above = page.locator("tr.noted + tr.note").count()
    assert above == page.locator("tr.note").count()


def test_a_finding_of_a_rule_leads_to_the_line_it_concerns(tab: Tab, site: Path) -> None:
    rule = max(part(site, "rules"), key=lambda row: row["findings"])
    finding = part(site, f"rule/{rule['code']}")[0]
    page = tab.open(f"rule/{rule['code']}")
    page.get_by_role("link", name=finding["message"]).first.click()
    marked = page.locator("tr.note li.wanted")
    marked.wait_for()
    assert finding["message"] in marked.inner_text()
    place = marked.bounding_box()
    assert 0 < place["y"] < 900


def test_a_finding_stands_at_the_indicator_it_names(site: Path) -> None:
    """A part of the score and its first indicator come from one row; the finding names which."""
    checked = 0
    for row in part(site, "reports"):
        sections = part(site, f"report/{row['report_id']}")["sections"]
        lines = [s for s in sections if s["title"]["en"] == "Performance indicators"]
        names = {
            (s["scope"], s["project_name"], r["level3"]["v"]) for s in lines for r in s["rows"]
        }
        for section in sections:
            for number, notes in section["notes"].items():
                for note in notes:
                    if (section["scope"], section["project_name"], note["subject"]) in names:
                        assert section in lines, note
                        assert section["rows"][int(number)]["level3"]["v"] == note["subject"]
                        checked += 1
    assert checked >= 5


def test_held_back_files_are_listed_with_reasons_in_the_readers_language(tab: Tab) -> None:
    page = tab.open("quarantine")
    assert page.locator("#main h1").inner_text() == "隔离文件"
    shown = page.locator("#main").inner_text()
    assert "not a performance report" not in shown


def test_a_name_with_signs_of_an_address_keeps_its_page(tab: Tab) -> None:
    page = tab.open("rules")
    name = "完成率100%/年#一"
    address = page.evaluate("name => addressOf('indicator', 'ab', name)", name)
    assert (
        page.evaluate(
            "address => decodeURIComponent(/^#.indicator.([^/]+).(.+)$/.exec(address)[2])", address
        )
        == name
    )


def test_no_serious_barrier_for_screen_readers(tab: Tab, site: Path) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = []
    lists = {"units", "regions", "projects", "indicators"}  # as the list of reports is
    for route in routes(site):
        if route in lists:
            continue
        page = tab.open(route)
        if route == "":
            page.wait_for_selector(".charts svg")
        if route.startswith("report/"):
            page.locator("td.n button.fig").first.click()
        found += [
            (route, violation["id"], violation["nodes"][0]["html"][:200])
            for violation in axe.run(page).response["violations"]
            if violation["impact"] in {"serious", "critical"}
        ]
        page.keyboard.press("Escape")
    assert found == []


def test_a_phone_shows_every_page_without_scrolling_sideways(browser: Any, site: Path) -> None:
    tab = Tab(browser, (site / "index.html").as_uri(), width=390)
    for route in routes(site):
        page = tab.open(route)
        width = page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= 390, route
    tab.page.close()


def test_on_paper_every_line_stands_and_no_button(tab: Tab, site: Path) -> None:
    row = max(part(site, "reports"), key=lambda r: r["findings"])
    page = tab.open(f"report/{row['report_id']}")
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert not page.locator("nav.contents").is_visible()
    hidden = page.evaluate(
        "() => [...document.querySelectorAll('.scroll')]"
        ".filter(box => getComputedStyle(box).overflowX !== 'visible').length"
    )
    assert hidden == 0


def test_everything_can_be_reached_with_the_tab_key(tab: Tab) -> None:
    page = tab.open("units")
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate("() => document.activeElement.id || document.activeElement.textContent")
        )
    assert "q" in seen
    assert "lang" in seen
    assert any("单位" in name for name in seen)
