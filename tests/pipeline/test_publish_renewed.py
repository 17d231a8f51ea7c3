"""A release made from the one before holds what one made whole holds, byte for byte."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from orchestration.files import sha256_of
from orchestration.gate.verdict import judge
from orchestration.publishing import parquet, publish, renew
from orchestration.publishing.diff import diff_releases
from orchestration.publishing.publish import Published
from orchestration.settings import Settings
from tests.support.same_marts import differences

TABLES = {
    # A key in front; a key of several columns; no key in front; not known to the contract, with
    # rows that occur several times.
    "fct_asset": "fact_key varchar, report_id varchar, unit_id varchar, asset_item varchar, "
    "amount_cny decimal(20,2), source_text varchar",
    "dim_unit": "unit_id varchar, unit_name varchar",
    "agg_unit_year": "unit_id varchar, fiscal_year integer, expense_cny decimal(20,2)",
    "ops_document": "report_id varchar, file_path varchar, sha256 varchar, status varchar, "
    "first_seen_at timestamp",
    "loose": "word varchar, number integer",
}
UNITS = tuple("甲乙丙丁戊")


class Build:
    """Tables whose rows come, change and go at random."""

    def __init__(self, settings: Settings, seed: int) -> None:
        self.settings = settings
        self.random = random.Random(seed)
        self.number = 0
        settings.layout.create()
        with duckdb.connect(str(settings.layout.build_database)) as db:
            db.execute("create schema marts")
            for table, columns in TABLES.items():
                db.execute(f"create table marts.{table} ({columns})")
            for unit in UNITS:
                db.execute("insert into marts.dim_unit values (?, ?)", [unit, f"衡州市{unit}局"])

    def row(self, table: str) -> list[object]:
        number, choice = self.random.randrange, self.random.choice
        unit, amount = choice(UNITS), f"{number(999)}.50" if number(4) else None
        rows: dict[str, list[object]] = {
            "fct_asset": [f"{number(10**6):06d}", f"r{number(9)}", unit, "车辆", amount, "原文"],
            "dim_unit": [unit + str(number(9)), f"衡州市{unit}局"],
            "agg_unit_year": [unit, 2000 + number(30), amount],
            "ops_document": [f"r{number(9)}", f"{number(10**6)}.pdf", "f" * 64, "published", None],
            "loose": [choice(("有", None)), choice((1, 2, None))],
        }
        return rows[table]

    def change(self, rows: int) -> None:
        """Rows come, and with them others go or are changed; some tables stay as they are."""
        with duckdb.connect(str(self.settings.layout.build_database)) as db:
            for table in self.random.sample(sorted(TABLES), 4):
                key = TABLES[table].split()[0]
                for _ in range(rows):
                    row = self.row(table)
                    if table != "loose":
                        held = {"agg_unit_year": 2, "ops_document": 3}.get(table, 1)
                        names = [c.split()[0] for c in TABLES[table].split(", ")][:held]
                        same = " and ".join(f"{name} = ?" for name in names)
                        db.execute(f"delete from marts.{table} where {same}", row[:held])
                    marks = ", ".join("?" for _ in row)
                    db.execute(f"insert into marts.{table} values ({marks})", row)
                gone = self.random.randrange(rows)
                db.execute(
                    f"delete from marts.{table} where rowid in (select rowid from marts.{table} "
                    f"order by hash({key} || '{self.number}'), rowid limit {gone})"
                )

    def publish(self, settings: Settings | None = None) -> Published:
        self.number += 1
        return publish.publish(
            settings or self.settings, judge(f"build-{self.number}", ()), {"digest": "x"}
        )

    def published_whole(self, tmp_path: Path) -> Published:
        """The same build published in an empty home."""
        settings = Settings(home=tmp_path / f"whole-{self.number}")
        settings.layout.create()
        shutil.copyfile(self.settings.layout.build_database, settings.layout.build_database)
        return self.publish(settings)


@pytest.fixture(autouse=True)
def _small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROW_GROUP", 7)


def _no_whole_copy(*_: object) -> list[str]:
    raise AssertionError("the release was made whole")


def _settled(path: Path) -> dict[str, str]:
    return {p.name: sha256_of(p) for p in path.glob("*.parquet") if p.stem != "ops_release"}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_release_from_the_one_before_equals_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    build = Build(Settings(home=tmp_path / "home"), seed)
    build.change(40)
    before = build.publish().release
    for rows in (3, 1, 30):
        build.change(rows)
        with monkeypatch.context() as patched:
            patched.setattr(publish, "copy_tables", _no_whole_copy)
            made = build.publish()
        whole = build.published_whole(tmp_path).release
        assert made.is_new
        assert made.diff is not None
        assert differences(whole.database, made.release.database) == []
        assert _settled(made.release.folder / "parquet") == _settled(whole.folder / "parquet")
        assert made.release.content_hash == whole.content_hash
        names = (before.release_id, made.release.release_id)
        compared = diff_releases(before.database, made.release.database, names)
        assert made.diff.as_json() == compared.as_json()
        with duckdb.connect(str(made.release.database), read_only=True) as db:
            counted = db.execute('select count(*) from fct_asset, "视图"."资产"').fetchone()
        assert counted is not None
        before = made.release


@pytest.mark.parametrize("damaged", ["warehouse.duckdb", "parquet/fct_asset.parquet"])
def test_a_release_that_was_changed_is_no_base(tmp_path: Path, damaged: str) -> None:
    build = Build(Settings(home=tmp_path / "home"), 7)
    build.change(30)
    path = build.publish().release.folder / damaged
    path.chmod(0o644)
    if damaged.endswith(".duckdb"):
        with duckdb.connect(str(path)) as db:
            db.execute("update marts.fct_asset set amount_cny = 1")
    else:
        path.write_bytes(path.read_bytes()[:-4] + b"none")
    build.change(2)
    made = build.publish().release
    whole = build.published_whole(tmp_path).release
    assert differences(whole.database, made.database) == []
    assert _settled(made.folder / "parquet") == _settled(whole.folder / "parquet")


def test_a_file_full_of_gaps_is_made_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build = Build(Settings(home=tmp_path / "home"), 5)
    build.change(30)
    build.publish()
    monkeypatch.setattr(renew, "_GROWN", 0.5)
    monkeypatch.setattr(renew, "_GROWN_BYTES", 0)
    monkeypatch.setattr(publish, "copy_tables", _no_whole_copy)
    build.change(3)
    with pytest.raises(AssertionError, match="made whole"):
        build.publish()


def test_how_rows_are_cut_does_not_show_in_a_file(tmp_path: Path) -> None:
    table = pa.table({"key": [f"{n:03d}" for n in range(50)], "value": list(range(50))})
    for name, sizes in (("one", [50]), ("many", [1, 20, 0, 29])):
        starts = [sum(sizes[:n]) for n in range(len(sizes))]
        parts = [table.slice(start, size) for start, size in zip(starts, sizes, strict=True)]
        assert parquet.write_rows(tmp_path / name, table.schema, parts) == 50
    assert (tmp_path / "one").read_bytes() == (tmp_path / "many").read_bytes()


def test_keys_that_do_not_tell_rows_apart_are_not_merged(tmp_path: Path) -> None:
    table = pa.table({"key": ["a", "b", "d"], "value": [1, 2, 3]})
    parquet.write_rows(tmp_path / "before", table.schema, [table])
    none = pa.array([], pa.string())
    again = pa.table({"key": ["b"], "value": [9]})
    with pytest.raises(parquet.NotMergedError):
        list(parquet.merged(tmp_path / "before", none, again))
    come = pa.table({"key": ["c", "e"], "value": [9, 8]})
    merged = pa.concat_tables(
        parquet.merged(tmp_path / "before", pa.array(["a"], pa.string()), come)
    )
    assert merged.to_pydict() == {"key": ["b", "c", "d", "e"], "value": [2, 9, 3, 8]}
