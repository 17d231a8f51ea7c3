"""The gate's scan for personal data: names behind labels, telephone, identity card, e-mail.

Texts are scrubbed before they are written (``ingestion/personal.py``); the scan looks again, in
SQL, whatever way a text took into a table (DOMAIN.md, section 7). Every text column of every table
is looked at; columns of codes and hashes, which are made of digits and letters, are left out. What
is found is shown masked: evidence must not leak it either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.gate.source import literal, quoted
from orchestration.ingestion.personal import scrub
from orchestration.ingestion.personal_words import NOT_NAMES, SURNAMES

_BEFORE = r"(^|[^0-9A-Za-z.,])"
_AFTER = r"([^0-9A-Za-z.,]|$)"
#: Columns that hold codes, hashes and places, by name.
_CODE_COLUMN = re.compile(
    r"(_id|_key|sha256|_hash|_code|_bbox|_boxes|_batch|parser_version|source_path)$"
)


@dataclass(frozen=True, slots=True)
class PersonalPattern:
    """One kind of personal data as an RE2 expression; ``unless`` are harmless look-alikes."""

    kind: str
    zh: str
    expression: str
    unless: str | None = None


PATTERNS = (
    PersonalPattern(
        "mobile",
        "手机号码",
        _BEFORE + r"1[3-9]\d[- ]?\d{4}[- ]?\d{4}" + _AFTER,
        # Round amounts in yuan have eleven digits too; behind a label they are caught below.
        unless=r"0000\D?$|[元万亿%]",
    ),
    PersonalPattern(
        "mobile",
        "手机号码",
        r"(电\s*话|联\s*系|手\s*机)[^0-9]{0,12}1[3-9]\d[- ]?\d{4}[- ]?\d{4}([^0-9.]|$)",
        unless=r"[元万亿%次人]$",
    ),
    PersonalPattern(
        "landline",
        "固定电话",
        r"(电\s*话|联\s*系|传\s*真|手\s*机)[^0-9]{0,12}"
        r"(0\d{2,3}[- )）]{0,2})?[2-9]\d{6,7}([^0-9.]|$)",
        unless=r"话费|传真机|手机|[元万亿%次人个部台]$",
    ),
    PersonalPattern(
        "identity_card",
        "身份证号码",
        _BEFORE
        + r"[1-9]\d{5}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[0-9Xx]"
        + _AFTER,
    ),
    PersonalPattern("email", "电子邮箱", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z]{2,}"),
    PersonalPattern(
        "name",
        "姓名",
        r"(填\s*表\s*人|填报人|制表人|经办人|联系人|联络人|负责人|审核人|复核人)\s*"
        r"([(（](签字|签章|签名|盖章)[)）])?\s*[:：]\s*"
        rf"({'|'.join(SURNAMES)})[\x{{4e00}}-\x{{9fff}}]{{1,2}}([^\x{{4e00}}-\x{{9fff}}·]|$)",
        unless=rf"[:：]\s*({'|'.join(sorted(NOT_NAMES))}|.*[科处室局部厅委办股站长任])[\s\W]?$",
    ),
)


def scanned_columns(columns: Sequence[str]) -> list[str]:
    """The columns that may hold words of the report."""
    return [column for column in columns if not _CODE_COLUMN.search(column)]


def suspicion_sql(table: str, columns: Sequence[str]) -> str | None:
    """SQL that returns a row where a table may hold personal data; None without text columns.

    All texts of a row at once against all kinds at once, for a tenth of what the scan by column and
    kind costs: it sees whatever that one sees, and the harmless look-alikes too.
    """
    names = ", ".join(quoted(column) for column in scanned_columns(columns))
    if not names:
        return None
    any_kind = "|".join(f"(?:{pattern.expression})" for pattern in PATTERNS)
    # The sign between two texts ends what stands before it, as the end of a text does.
    texts = f"concat_ws(chr(1), {names})"
    return f"select 1 from {table} where regexp_matches({texts}, {literal(any_kind)}) limit 1"  # noqa: S608


def personal_data_sql(table: str, columns: Sequence[str]) -> str | None:
    """SQL that returns one row per hit (table, column, kind, masked text, report), or None.

    ``table`` is qualified and quoted already; ``columns`` are its text columns.
    """
    key = "report_id" if "report_id" in columns else "null"
    parts = [
        _hits(table, column, pattern, key)
        for column in scanned_columns(columns)
        for pattern in PATTERNS
    ]
    return " union all ".join(parts) if parts else None


def _hits(table: str, column: str, pattern: PersonalPattern, key: str) -> str:
    name = quoted(column)
    found = f"regexp_extract({name}, {literal(pattern.expression)})"
    where = f"regexp_matches({name}, {literal(pattern.expression)})"
    if pattern.unless is not None:
        where += f" and not regexp_matches({found}, {literal(pattern.unless)})"
    masked = f"regexp_replace({found}, '[^:：|]', '*', 'g')"
    return (
        f"(select {literal(table)} as table_name, {literal(column)} as column_name, "  # noqa: S608
        f"{literal(pattern.kind)} as kind, {masked} as masked, "
        f"{key} as report_id from {table} where {where})"
    )


def mask(text: str) -> str:
    """A text with all personal data masked (for logs and messages)."""
    return scrub(text)
