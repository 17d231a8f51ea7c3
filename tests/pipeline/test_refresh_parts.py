"""The parts of ingest by themselves: discovery, store, corrections, worker processes."""

from __future__ import annotations

import datetime as dt
import os
import signal
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orchestration.ingestion.corrections import (
    COLUMNS,
    Correction,
    apply_corrections,
    read_corrections,
)
from orchestration.ingestion.discovery import discover
from orchestration.ingestion.pool import Failure, run_limited
from orchestration.ingestion.store import RecordStore
from orchestration.messages import JixiaoError
from orchestration.records import (
    RECORD_TYPES,
    DocumentRecord,
    Extraction,
    FigureRecord,
    FileRecord,
    IndicatorRecord,
    IssueRecord,
)


def _file(sha: str = "a" * 64, status: str = "read") -> FileRecord:
    return FileRecord(
        report_id=sha[:16], file_name="甲.txt", sha256=sha, status=status, file_path="甲.txt",
        parser_version="1", first_seen_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    )  # fmt: skip


def _figure(cell: str, value: str, row: int = 3) -> FigureRecord:
    return FigureRecord(
        report_id="a" * 16, figure_seq=row, family="budget", scope="department",
        item="total", measure="executed", value=Decimal(value), unit="万元",
        source_table=1, source_row=row, source_col=4, source_text=f"合计 {cell}", cell_text=cell,
    )  # fmt: skip


def _extraction() -> Extraction:
    return Extraction(
        DocumentRecord(report_id="a" * 16, unit_name="甲局", fiscal_year=2022),
        figures=[_figure("564.41", "564.41"), _figure("64.41", "64.41", row=4)],
        indicators=[
            IndicatorRecord(
                report_id="a" * 16, indicator_table=1, indicator_seq=1, scope="department",
                level3="次数", weight=Decimal(5), score=Decimal(4), source_row=9, source_table=2,
                source_text="次数 ≥4次 5 4",
            )
        ],
        issues=[
            IssueRecord(
                report_id="a" * 16, issue_seq=1, kind="disagreement", severity="error",
                message="两次读取不一致", source_table=1, source_row=3, source_text="合计 564.41",
            )
        ],
    )  # fmt: skip


def _correction(**changes: str) -> Correction:
    given = dict.fromkeys(COLUMNS, "") | {
        "file_sha256": "a" * 64, "action": "set", "who": "审核科", "reason": "核对原件",
    }  # fmt: skip
    return Correction(**(given | changes))


def test_discovery_takes_reports_and_leaves_the_rest(tmp_path: Path) -> None:
    for name in ("2021/甲.pdf", "乙.txt", ".隐藏.pdf", "~$丙.docx", "丁.pdf.part", "README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    outside = tmp_path.parent / f"{tmp_path.name}-outside.txt"
    outside.write_text("外", encoding="utf-8")
    (tmp_path / "链接.txt").symlink_to(outside)
    (tmp_path / "manifest.csv").write_text(
        "file,unit,region_code,published_on\n乙.txt,乙局,430200,2022年5月1日\n没有.pdf,,,\n",
        encoding="gb18030",
    )
    found = discover(tmp_path)
    assert [f.relative for f in found.files] == ["2021/甲.pdf", "乙.txt"]
    assert found.files[0].manifest.fiscal_year == 2021
    assert found.files[1].manifest.unit == "乙局"
    assert found.files[1].manifest.published_on == dt.date(2022, 5, 1)
    assert found.missing == ("没有.pdf",)


def test_the_store_gives_back_the_newest_reading(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    store.prepare()
    first = store.write(2022, [_file(status="quarantined")], [_extraction()])
    second = store.write(2022, [_file()], [_extraction()])
    assert first.name < second.name
    assert store.ledger()["a" * 64, "甲.txt"].record.status == "read"
    assert len(store.records_of("a" * 16, "figure")) == 2
    for name in RECORD_TYPES:
        assert list((tmp_path / name).rglob("*.parquet")), name
    rows = pq.ParquetFile(tmp_path / "figure" / "fiscal_year=2022" / f"{second.name}.parquet")
    assert rows.read().column("record_batch").unique().to_pylist() == [second.name]


def test_a_batch_without_ledger_never_was(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    store.prepare()
    batch = store.write(2022, [_file()], [_extraction()])
    (tmp_path / "file" / "fiscal_year=2022" / f"{batch.name}.parquet").unlink()
    assert store.prepare() == []
    assert store.ledger() == {}
    assert not list((tmp_path / "figure").rglob(f"{batch.name}.parquet"))


def test_a_damaged_batch_is_set_aside_and_read_again(tmp_path: Path) -> None:
    store = RecordStore(tmp_path)
    store.prepare()
    batch = store.write(2022, [_file()], [_extraction()])
    path = tmp_path / "figure" / "fiscal_year=2022" / f"{batch.name}.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))
    assert store.prepare() == [batch.name]
    assert store.ledger() == {}
    assert store.write(2022, [_file()], []).name > batch.name


def test_a_correction_meets_exactly_the_figure_it_names() -> None:
    done = apply_corrections(
        _extraction(), [_correction(place="table 1, row 4", as_printed="64.41", value="65.41")]
    )
    assert [str(f.value) for f in done.extraction.figures] == ["564.41", "65.41"]
    assert done.extraction.figures[1].correction_id
    assert done.extraction.figures[0].correction_id is None
    assert done.unmatched == ()


@pytest.mark.parametrize("place", ["第1表第4行", "表1，行4的列4", "table 1 row 4", "Row 4, COL 4"])
def test_a_place_is_understood_as_people_write_it(place: str) -> None:
    done = apply_corrections(
        _extraction(), [_correction(place=place, value="1", as_printed="64.41")]
    )
    assert [str(f.value) for f in done.extraction.figures] == ["564.41", "1"]


def test_a_number_is_matched_as_a_whole() -> None:
    done = apply_corrections(_extraction(), [_correction(as_printed="64.41", value="1")])
    assert [str(f.value) for f in done.extraction.figures] == ["564.41", "1"]


def test_an_indicator_field_is_corrected_by_name() -> None:
    correction = _correction(place="表2 行9 field score", value="5")
    (indicator,) = apply_corrections(_extraction(), [correction]).extraction.indicators
    assert (indicator.weight, indicator.score) == (Decimal(5), Decimal(5))
    assert indicator.correction_id == correction.correction_id


def test_withholding_leaves_null_not_zero() -> None:
    correction = _correction(action="withhold", place="table 1 row 3")
    figure = apply_corrections(_extraction(), [correction]).extraction.figures[0]
    assert figure.value is None
    assert figure.correction_id == correction.correction_id


def test_accepting_a_doubt_is_kept_on_record() -> None:
    done = apply_corrections(_extraction(), [_correction(action="accept", place="表1 行3")])
    (issue,) = done.extraction.issues
    assert issue.severity == "accepted"
    assert "审核科" in issue.message


def test_rows_that_contradict_each_other_are_reported() -> None:
    one = _correction(as_printed="64.41", value="65.41")
    same = _correction(place="table 1 row 4", as_printed="64.41", value="65.41")
    other = _correction(place="table 1 row 4", value="66", as_printed="64.41")
    assert apply_corrections(_extraction(), [one, same]).contradicting == ()
    assert apply_corrections(_extraction(), [one, same, other]).contradicting == (other,)
    weight = _correction(place="表2 行9 field weight", value="6")
    score = _correction(place="表2 行9 field score", value="5")
    assert apply_corrections(_extraction(), [weight, score]).contradicting == ()


def test_what_matches_nothing_is_reported() -> None:
    lost = _correction(as_printed="999.99", value="1")
    assert apply_corrections(_extraction(), [lost]).unmatched == (lost,)


@pytest.mark.parametrize(
    ("row", "word"),
    [
        ("短,document,,accept,,理由,某,2024-01-01", "file_sha256"),
        (f"{'a' * 64},x,1,改,2,理由,某,2024-01-01", "action"),
        (f"{'a' * 64},x,1,set,很多,理由,某,2024-01-01", "value"),
        (f"{'a' * 64},document,,accept,,,,2024-01-01", "who"),
        (f"{'a' * 64},第3页 tabel 2,64.41,set,1,理由,某,2024-01-01", "tabel 2"),
        (f"{'a' * 64},第3页 第4页,64.41,set,1,理由,某,2024-01-01", "第4页"),
        (f"{'a' * 64},第3页 行5,,set,1,理由,某,2024-01-01", "as_printed"),
    ],
)
def test_a_correction_that_cannot_be_understood_names_its_line(
    tmp_path: Path, row: str, word: str
) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text(",".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(JixiaoError, match=word) as caught:
        read_corrections([path])
    assert "corrections.csv:2" in caught.value.message_zh


def _work(task: str) -> str:
    match task:
        case "spin":
            while True:
                pass
        case "hang":
            signal.pause()
        case "exit":
            os._exit(3)
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "snatched":
            os.kill(os.getpid(), signal.SIGKILL)
        case "eat":
            return "x" * (8 << 30)
        case "raise":
            raise ValueError(task)
        case "noise":
            os.write(1, b"noise on standard output")
    return task.upper()


def _process_of(task: int) -> int:
    return os.getpid()


def test_one_hostile_task_does_not_stop_the_others() -> None:
    tasks = ["a", "spin", "b", "exit", "eat", "crash", "raise", "snatched", "noise", "c"]
    found = dict(run_limited(_work, tasks, workers=2, seconds=1, memory=2 << 30))
    kinds = {t: r.kind if isinstance(r, Failure) else r for t, r in found.items()}
    assert kinds == {
        "a": "A", "b": "B", "c": "C", "noise": "NOISE", "spin": "timeout", "exit": "died",
        "crash": "died", "snatched": "died", "eat": "out_of_memory", "raise": "error",
    }  # fmt: skip


def test_one_that_waits_for_ever_is_ended_by_the_clock() -> None:
    """It uses no processor time: ten times the seconds of the limit pass."""
    found = dict(run_limited(_work, ["hang", "a"], workers=1, seconds=0.2, memory=2 << 30))
    assert found["a"] == "A"
    assert isinstance(found["hang"], Failure)
    assert found["hang"].kind == "timeout"


def test_a_worker_is_used_again_and_gone_afterwards() -> None:
    found = dict(run_limited(_process_of, [1, 2, 3], workers=1, seconds=5, memory=2 << 30))
    (pid,) = {pid for pid in found.values() if isinstance(pid, int)}
    assert len(found) == 3
    assert pid != os.getpid()
    assert not Path(f"/proc/{pid}").exists()
