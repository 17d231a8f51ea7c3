"""What dbt's tests need not look at again: reports that have not changed since all was well.

A note beside the build database says that every test passed on everything the file holds. The next
build takes the note away before it begins, and its tests of tables by report look at the changed
reports only (``macros/year_scope.sql``). No note, and all is tested: after a test that failed or
warned, a build that broke off or made a part, tests of some years, another project, or a file that
anybody else wrote to.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from orchestration.files import read_json, write_json
from orchestration.settings import Home

NOTE = "tested.json"


def take_note(home: Home) -> bool:
    """Whether the build as it lies there was tested whole; from now on nothing says so."""
    note = home.build / NOTE
    known = read_json(note)
    note.unlink(missing_ok=True)
    return known is not None and known == _as_it_lies(home.build_database)


def leave_note(home: Home, statuses: Iterable[str]) -> None:
    """Say that all is well with the build, if every test passed on all years.

    Args:
        home: where the build lies; nobody has it open any more.
        statuses: what became of each test of a whole build.
    """
    if set(statuses) <= {"pass"} and not os.environ.get("JIXIAO_YEARS"):
        write_json(home.build / NOTE, _as_it_lies(home.build_database))


def _as_it_lies(database: Path) -> dict[str, int]:
    """Size and time of the last change: enough to tell that somebody wrote to it."""
    if not database.is_file():
        return {}
    found = database.stat()
    return {"bytes": found.st_size, "changed_ns": found.st_mtime_ns}
