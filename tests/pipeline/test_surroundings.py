"""Odd surroundings: names, folders, manifests and terminals as on other people's machines."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from orchestration.cli import quarantine
from orchestration.cli.app import app
from orchestration.files import sha256_of
from orchestration.ingestion import ingest as ingest_module
from orchestration.ingestion import outcome
from orchestration.ingestion.corrections import COLUMNS, read_corrections
from orchestration.ingestion.discovery import discover
from orchestration.ingestion.ingest import ingest
from orchestration.ingestion.pool import Failure
from orchestration.ingestion.store import RecordStore
from orchestration.ingestion.walk import raw_digest
from orchestration.messages import JixiaoError
from orchestration.records import FileRecord, IssueRecord
from orchestration.settings import PROJECT_ROOT, Settings
from tests.pipeline.workbench import REPORT


def _write(path: Path, text: str = "一") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_names_that_are_no_text_are_spelt_so_that_they_can_be_written(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode("株洲.txt".encode("gb18030"))).write_bytes(b"1")
    (tmp_path / os.fsdecode(b"\xff\xfe\x80.txt")).write_bytes(b"2")
    (tmp_path / "两\n行.txt").write_bytes(b"3")
    _write(tmp_path / "全角　空 格 [red].txt")
    names = [file.relative for file in discover(tmp_path).files]
    assert {"株洲.txt", "两?行.txt", "全角　空 格 [red].txt"} < set(names)
    assert len(names) == 4
    assert all(name.encode() for name in names)
    assert all(file.sha256 for file in discover(tmp_path, tmp_path / ".memory" / "x").files)
    assert raw_digest(tmp_path)


def test_what_programs_leave_behind_is_no_report(tmp_path: Path) -> None:
    for name in (
        ".DS_Store", "._甲.pdf", "__MACOSX/._甲.pdf", "Thumbs.db", "desktop.ini", "~$甲.docx",
        "甲.docx.tmp", ".git/config", "甲.txt~", "manifest.csv", "corrections.csv", "README.txt",
    ):  # fmt: skip
        _write(tmp_path / name, "")
    (tmp_path / "圈").symlink_to("圈")
    (tmp_path / "外").symlink_to("/etc")
    os.mkfifo(tmp_path / "管道.pdf")
    kept = _write(tmp_path / "一" / "二" / "三" / "甲.txt")
    (tmp_path / "别名.txt").symlink_to(kept)
    assert [file.relative for file in discover(tmp_path).files] == ["一/二/三/甲.txt", "别名.txt"]


def test_a_home_inside_the_raw_folder_is_not_read_as_reports(tmp_path: Path) -> None:
    home = tmp_path / "warehouse"
    _write(home / "releases" / "r0001-0" / "绩效数据.xlsx")
    _write(tmp_path / "甲.txt")
    found = discover(tmp_path, home / "state" / "hashes.json", home)
    assert [file.relative for file in found.files] == ["甲.txt"]
    before = raw_digest(tmp_path, home)
    _write(home / "runs" / "x.txt")
    assert raw_digest(tmp_path, home) == before
    _write(tmp_path / "manifest.csv", "file\n")
    assert raw_digest(tmp_path, home) != before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
def test_a_manifest_as_spreadsheets_save_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    _write(tmp_path / "2023" / "甲.txt")
    _write(tmp_path / "乙.txt", "二")
    lines = [
        " File ,UNIT,fiscal_year,region_code,retrieved_on,备注",
        "2023\\甲.txt,甲局,2022年度,430203001001,2024-05-31 10:00:00,说明,多出的,格",
        "",
        "乙.txt,乙局,2021.0",
        "没有.pdf,,,,,",
    ]
    text = "\r\n".join(lines).replace(",", delimiter)
    (tmp_path / "manifest.csv").write_bytes(text.encode(encoding))
    found = discover(tmp_path)
    said = {file.relative: file.manifest for file in found.files}
    assert (said["2023/甲.txt"].unit, said["2023/甲.txt"].fiscal_year) == ("甲局", 2022)
    assert said["2023/甲.txt"].region_code == "430203"
    assert str(said["2023/甲.txt"].retrieved_on) == "2024-05-31"
    assert (said["乙.txt"].unit, said["乙.txt"].fiscal_year) == ("乙局", 2021)
    assert found.missing == ("没有.pdf",)


def test_a_manifest_that_is_no_table_is_said_in_a_sentence(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.csv"
    manifest.write_bytes(b"")
    assert discover(tmp_path).missing == ()
    limit = csv.field_size_limit(2**27)  # as other libraries set it for the whole process
    try:
        for content in (b"name,year\nx,2022\n", b'file\n"' + b"x" * 200_000, b"\x89PNG\xff\xff"):
            manifest.write_bytes(content)
            with pytest.raises(JixiaoError, match=r"manifest\.csv"):
                discover(tmp_path)
    finally:
        csv.field_size_limit(limit)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Documents are read in this process; the list takes failures to be had instead, in order."""
    failures: list[Any] = []

    class Here:
        def run(
            self, function: Callable[[Any], Any], readings: Sequence[Any]
        ) -> Iterator[tuple[Any, Any]]:
            for reading in readings:
                yield reading, failures.pop(0) if failures else function(reading)

    monkeypatch.setattr(ingest_module, "engine_of", lambda settings: Here())
    return failures


def _statuses(settings: Settings) -> list[tuple[str, str | None]]:
    ledger = RecordStore(settings.layout.records).ledger().values()
    return [(row.record.status, row.record.reason_codes) for row in ledger]


def test_a_file_that_was_still_arriving_is_read_by_the_next_run(
    tmp_path: Path, here: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home", raw=tmp_path / "raw")
    text = REPORT.format(unit="衡州市甲局", year=2022, total="120.50")
    path = _write(settings.raw / "甲.txt", text)
    whole = path.read_bytes()
    process = ingest_module.process

    def growing(reading: Any) -> Any:
        path.write_bytes(whole + b"\n")
        try:
            return process(reading)
        finally:
            path.write_bytes(whole)

    monkeypatch.setattr(ingest_module, "process", growing)
    assert ingest(settings).counts == {"quarantined": 1}
    assert _statuses(settings) == [("quarantined", "vanished")]
    monkeypatch.setattr(ingest_module, "process", process)
    assert ingest(settings).counts == {"read": 1}
    assert _statuses(settings) == [("read", None)]
    assert ingest(settings).unchanged == 1


def test_what_went_over_a_limit_is_tried_again_under_a_higher_one_only(
    tmp_path: Path, here: list[Any]
) -> None:
    settings = Settings(home=tmp_path / "home", raw=tmp_path / "raw", document_seconds=1)
    _write(settings.raw / "甲.txt", REPORT.format(unit="衡州市甲局", year=2022, total="120.50"))
    here.append(Failure("timeout", "1 s"))
    assert ingest(settings).counts == {"quarantined": 1}
    assert ingest(settings).unchanged == 1
    more = settings.model_copy(update={"document_seconds": 60})
    assert ingest(more).counts == {"read": 1}
    assert ingest(settings).unchanged == 1


def test_a_renamed_file_is_read_under_its_new_name_with_what_is_said_of_it(
    tmp_path: Path, here: list[Any]
) -> None:
    """Not called a copy of a file that is no longer there, and never looked at again."""
    settings = Settings(home=tmp_path / "home", raw=tmp_path / "raw")
    text = REPORT.format(unit="衡州市甲局", year=2022, total="120.50")
    path = _write(settings.raw / "甲.txt", text)
    _write(settings.raw / "副本.txt", text)
    assert ingest(settings).counts == {"read": 1, "duplicate": 1}
    owner = next(r.record for r in RecordStore(settings.layout.records).ledger().values()
                 if r.record.status == "read")  # fmt: skip
    first = settings.raw / str(owner.file_path)
    first.rename(settings.raw / "改名.txt")
    (settings.raw / "甲.txt").unlink(missing_ok=True)
    (settings.raw / "副本.txt").unlink(missing_ok=True)
    _write(settings.raw / "manifest.csv", "file,source_url\n改名.txt,https://example.gov.cn/1\n")
    told = {r.file_path: (r.status, r.source_url) for r in ingest(settings).outcomes}
    assert told["改名.txt"] == ("read", "https://example.gov.cn/1")
    assert told[owner.file_path][0] == "duplicate"
    again = ingest(settings)
    assert (again.unchanged, again.batches) == (1, [])
    path.write_text(text, encoding="utf-8")
    assert ingest(settings).counts == {"duplicate": 1}


def test_a_year_reads_its_files_and_those_of_unknown_years(tmp_path: Path, here: list[Any]) -> None:
    settings = Settings(home=tmp_path / "home", raw=tmp_path / "raw")
    for name, unit in (("2021/甲.txt", "甲局"), ("2022/乙.txt", "乙局"), ("丙.txt", "丙局")):
        year = 2022 if "2022" in name else 2021
        text = REPORT.format(unit=f"衡州市{unit}", year=year, total="120.50")
        _write(settings.raw / name, text)
    done = ingest(settings, years={2021})
    assert sorted(record.file_path or "" for record in done.outcomes) == ["2021/甲.txt", "丙.txt"]
    assert [record.file_path for record in ingest(settings).outcomes] == ["2022/乙.txt"]


def test_a_doubtful_report_is_accepted_on_the_record(
    tmp_path: Path, here: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(home=tmp_path / "home", raw=tmp_path / "raw")
    path = _write(
        settings.raw / "甲.txt", REPORT.format(unit="衡州市甲局", year=2022, total="120.50")
    )
    extract = outcome._extract

    def doubtful(document: Any, reading: Any) -> Any:
        extraction = extract(document, reading)
        doubt = IssueRecord(
            report_id=document.report_id, issue_seq=99, kind="disagreement", severity="error",
            message="两次读取不一致",
        )  # fmt: skip
        extraction.issues.append(doubt)
        return extraction

    monkeypatch.setattr(outcome, "_extract", doubtful)
    assert ingest(settings).counts == {"quarantined": 1}
    said = CliRunner().invoke(
        app,
        ["quarantine", "release", sha256_of(path)[:8], "--who", "审核科", "--reason", "核对原件",
         "--home", str(settings.home)],
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    (record,) = ingest(settings).outcomes
    assert (record.status, record.reason_codes) == ("read", "accepted")
    assert "核对原件" in (record.reasons or "")
    assert RecordStore(settings.layout.records).records_of(record.report_id, "figure")


def _correct(settings: Settings, *rows: list[str]) -> None:
    path = settings.layout.corrections
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([COLUMNS, *rows])


def test_a_correction_never_lies_there_without_effect(tmp_path: Path, here: list[Any]) -> None:
    """Of a file that was taken away, of one that cannot be read, beside one that withholds."""
    settings = Settings(home=tmp_path / "home", raw=tmp_path / "raw")
    text = REPORT.format(unit="衡州市甲局", year=2022, total="120.50")
    path = _write(settings.raw / "甲.txt", text)
    _write(settings.raw / "乙.txt", text.replace("甲局", "乙局"))
    sha256 = sha256_of(path)
    accept = [sha256, "document", "", "accept", "", "核对原件", "审核科", "2024-01-01"]
    withhold = [sha256, "document", "", "withhold", "", "单位来函撤回", "审核科", "2024-02-01"]
    assert ingest(settings).counts == {"read": 2}
    _correct(settings, withhold, accept)
    (record,) = ingest(settings).outcomes
    assert (record.status, record.reason_codes) == ("quarantined", "withheld")
    path.unlink()
    assert ingest(settings).unchanged == 1  # in force when it was last read
    _correct(settings, accept)
    with pytest.raises(JixiaoError, match="不在原始文件夹"):
        ingest(settings)
    path.write_bytes(b"%PDF-1.4 cut off")
    _correct(settings, [sha256_of(path), *accept[1:]])
    with pytest.raises(JixiaoError, match="对不上"):
        ingest(settings)


def test_a_person_accepts_in_a_file_that_a_spreadsheet_program_saved(tmp_path: Path) -> None:
    """Columns in another order, semicolons, a mark at the start: the row lands where it belongs."""
    home = Settings(home=tmp_path).layout
    columns = (*COLUMNS[4:], *COLUMNS[:4], "备注")
    home.corrections.write_text(";".join(columns) + "\r\n", encoding="utf-8-sig")
    record = FileRecord(
        report_id="a" * 16, file_name="甲.txt", sha256="a" * 64, status="quarantined",
    )  # fmt: skip
    quarantine._append(home, record, "审核科", "核对原件; 无误")
    (made,) = read_corrections([home.corrections])
    assert (made.file_sha256, made.action, made.who) == ("a" * 64, "accept", "审核科")
    assert made.reason == "核对原件; 无误"
    assert home.corrections.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_terminal_without_chinese_gets_escapes(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "orchestration.cli", "status", "--home", "我的 仓库"],
        env={
            "PATH": "/usr/bin:/bin", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "TERM": "dumb",
            "NO_COLOR": "1", "PYTHONPATH": str(PROJECT_ROOT),
        },
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    assert b"nothing published yet" in done.stdout
    assert b"\\u" in done.stdout
    assert b"\x1b" not in done.stdout
