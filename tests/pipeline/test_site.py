"""The files of the explorer, without a browser: images, shards, and a server that stays inside."""

from __future__ import annotations

import http.client
import threading
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.cli.serve import site_server
from orchestration.publishing.releases import Release
from orchestration.publishing.site import build_site
from orchestration.publishing.site.parts import defused, plain, read_part, write_part
from orchestration.publishing.site.report import web_address
from orchestration.settings import Settings
from tests.support.desk import RAW

Desk = tuple[Settings, Release]


@pytest.mark.slow
def test_images_of_an_earlier_site_are_linked_and_not_made_again(
    desk: Desk, tmp_path: Path
) -> None:
    source = desk[1].folder / "site"
    second = build_site(desk[1].database, tmp_path / "site", RAW, "r2", source)
    images = list(source.rglob("*.webp"))
    assert second.notes == ()
    assert second.images == len(images) > 0
    for image in images:
        assert image.samefile(tmp_path / "site" / image.relative_to(source))


@pytest.mark.slow
def test_every_figure_of_a_pdf_has_a_frame_of_its_own(desk: Desk) -> None:
    site = desk[1].folder / "site"
    framed = 0
    without = []
    for row in read_part(site, "reports"):
        report = read_part(site, f"report/{row['report_id']}")
        if not report["pages"]:
            continue
        for section in report["sections"]:
            numbers = [c["key"] for c in section["columns"] if c["kind"] not in {"text", "plain"}]
            for line in section["rows"]:
                for key in numbers:
                    cell = line[key]
                    if cell is None or cell["v"] is None:
                        continue
                    framed += 1
                    if not report["receipts"][cell["r"]]["bbox"]:
                        without.append((report["file_name"], section["title"]["zh"], key))
    assert framed > 200
    assert without == []


@pytest.mark.slow
def test_every_mention_points_at_the_row_of_its_fact(desk: Desk) -> None:
    """A figure's receipt hangs on the key; a mention without a row would lose it silently."""
    with duckdb.connect(str(desk[1].database), read_only=True) as release:
        tables = [
            r[0] for r in release.execute("select distinct fact_table from fct_mention").fetchall()
        ]
        lost = {
            table: release.execute(
                f"select count(*) from fct_mention anti join {table} using (fact_key)"
                f" where fact_table = '{table}' and is_chosen"
            ).fetchone()
            for table in tables
        }
    assert "fct_evaluation_part" in lost
    assert {table for table, count in lost.items() if count != (0,)} == set()


@pytest.mark.parametrize("rows", [[], [{"a": 1}], [{"a": i % 3, "b": f"x{i}"} for i in range(200)]])
def test_rows_that_travel_by_columns_arrive_as_they_were(tmp_path: Path, rows: list[Any]) -> None:
    write_part(tmp_path, "rows", rows)
    assert read_part(tmp_path, "rows") == rows
    if len(rows) > 100:
        assert "$columns" in (tmp_path / "data/rows.js").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_report_whose_file_is_gone_keeps_its_page(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    made = build_site(desk[1].database, tmp_path / "site", tmp_path / "raw", "r1")
    assert made.reports > 0
    assert made.images == 0
    assert len(list((tmp_path / "site/data/report").glob("*.js"))) == made.reports


@pytest.mark.parametrize(
    "address", ["/../secret.txt", "/..%2fsecret.txt", "/link.txt", "/data/", "/%2e%2e/secret.txt"]
)
def test_the_server_shows_nothing_outside_its_folder(tmp_path: Path, address: str) -> None:
    site = tmp_path / "site"
    (site / "data").mkdir(parents=True)
    (site / "index.html").write_text("<p>here</p>", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (site / "link.txt").symlink_to(tmp_path / "secret.txt")
    with site_server(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            assert server.server_address[0] == "127.0.0.1"
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
            connection.request("GET", "/")
            assert b"here" in connection.getresponse().read()
            connection.request("GET", address)
            refused = connection.getresponse()
            assert refused.status == 404
            assert b"secret" not in refused.read()
            connection.close()
        finally:
            server.shutdown()
            thread.join()


def test_a_float_never_reaches_the_site() -> None:
    with pytest.raises(TypeError, match="float"):
        plain({"x": [1.5]})


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_text_of_a_csv_is_never_run_as_a_formula(text: str) -> None:
    assert defused(text) == f"'{text}"


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "", None])
def test_only_addresses_of_the_web_become_links(text: str | None) -> None:
    assert web_address(text) is None
    assert web_address("https://www.example.gov.cn/a.html") is not None
