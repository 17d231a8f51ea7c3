"""The version of the parser: a number for people and a hash of everything a reading depends on.

The hash covers the sources of reading and extraction, the record classes, the vocabulary and
reference seeds and the versions of the libraries that read. So no change of any of them can leave
documents behind that were read by the old one; the price is that a change of a comment reads
everything again, which is cheap beside a figure that nobody noticed was stale.
"""

from __future__ import annotations

import functools
import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from orchestration.files import digest_of_tree, sha256_of

#: Raised by hand when readings change in a way worth naming in a changelog.
PARSER_NUMBER = "1"
_LIBRARIES = ("pdfplumber", "pdfminer.six", "pypdfium2", "lxml", "openpyxl", "olefile", "rapidocr")
_SKIP = frozenset({"__pycache__"})


@functools.cache
def parser_version(package: Path, seeds: Path) -> str:
    """``<number>.<12 hex digits>`` for the package ``orchestration`` and dbt's seeds folder."""
    digest = hashlib.sha256()
    for folder in ("reading", "extraction"):
        digest.update(digest_of_tree(package / folder, ("*.py", "*.csv"), _SKIP).encode())
    digest.update(sha256_of(package / "records.py").encode())
    digest.update(digest_of_tree(seeds, ("*.csv",), _SKIP).encode())
    for name in _LIBRARIES:
        try:
            digest.update(f"{name}={version(name)};".encode())
        except PackageNotFoundError:
            digest.update(f"{name}=absent;".encode())
    return f"{PARSER_NUMBER}.{digest.hexdigest()[:12]}"
