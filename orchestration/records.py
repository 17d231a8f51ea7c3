"""The records: what extraction says a document states, typed but not interpreted across documents.

This is the interface between Python and SQL. Extraction fills these classes, the record store
writes them to Parquet (one table a record type), dbt stages them. Numbers are kept **as printed**
with their printed unit; converting to yuan, choosing between mentions and adding up are dbt's work.

Each class is one Parquet table; :func:`arrow_schema` derives its schema from the annotations.
Money and scores are ``Decimal``; NULL means not printed, never zero.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_type_hints

import pyarrow as pa

#: Decimals of records: 24 digits, 6 of them after the point. A printed figure that does not fit
#: is reported as unread, never rounded.
DECIMAL_TYPE = pa.decimal128(24, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a record was read; the columns every fact row carries (WAREHOUSE.md, Conventions)."""

    source_page: int | None = None  # 1-based
    source_table: int | None = None  # ordinal of the table in the report; NULL for running text
    source_row: int | None = None  # 1-based row of that table; NULL for running text
    source_col: int | None = None  # 1-based column of the cell the figure stands in
    source_bbox: str | None = None  # of the cell or line that holds the figure itself
    source_path: str | None = None  # sheet+cell, xpath or line where there is no geometry
    source_text: str | None = None  # the row or sentence as printed
    cell_text: str | None = None  # the cell or the words of the figure itself, as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """One row per file ever seen, whatever came of it (the ledger; feeds ``ops_document``).

    ``status`` is the outcome of reading and extraction: ``read`` | ``quarantined`` | ``duplicate``.
    Whether a read document is published or superseded is decided later, in SQL.
    """

    report_id: str
    file_name: str
    sha256: str
    status: str
    reasons: str | None = None  # Chinese, then " | ", then English
    reason_codes: str | None = None  # joined by ";"
    file_format: str | None = None
    is_scanned: bool = False
    page_count: int | None = None
    byte_size: int = 0
    first_seen_at: dt.datetime | None = None  # UTC
    parser_version: str | None = None
    # What raw/manifest.csv says; NULL where it says nothing.
    source_url: str | None = None
    published_on: dt.date | None = None
    retrieved_on: dt.date | None = None
    region_code_hint: str | None = None
    unit_name_hint: str | None = None
    fiscal_year_hint: int | None = None
    # Where it lay, relative to the raw folder, with "/" between; the ledger's key with sha256.
    file_path: str | None = None
    # Hash of what was read beside the bytes (manifest row, corrections): a change reads it again.
    inputs_digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord:
    """One row per document that extraction saw."""

    report_id: str
    unit_name: str | None = None  # the fullest form printed, normalised
    unit_name_short: str | None = None  # the form used in running text
    budget_unit_code: str | None = None
    region_code: str | None = None  # GB/T 2260, six digits, printed or inferred
    region_evidence: str | None = None  # printed | unit_name | text | manifest
    fiscal_year: int | None = None
    report_kind: str | None = None  # WAREHOUSE.md dim_report.report_kind
    title: str | None = None
    report_date: dt.date | None = None  # 填报日期 where printed
    grade_bands: str | None = None  # as printed: "优:90,良:80,中:60,差:0"; NULL where not printed
    has_contact: bool = False  # personal data was printed (and removed)
    form_families: str | None = None  # families recognised, joined by ";" in order
    confidence: Decimal | None = None  # 0..1
    confidence_reasons: str | None = None  # Chinese, joined by "；"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRecord(Source):
    """One row per project of a document, its names already resolved to one."""

    report_id: str
    project_seq: int
    project_name: str
    project_code: str | None = None
    aliases: str | None = None  # other names of the same project in this document, joined by "；"
    department: str | None = None  # 主管部门
    implementing_unit: str | None = None  # 实施单位
    purpose: str | None = None  # 资金用途


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRecord(Source):
    """One place where one figure is stated: the atom of every fact table but the indicators.

    ``family`` says which fact table, ``item`` + ``basis`` + ``amount_year`` + scope + project its
    row, ``measure`` its column. See ``MEASURES``.
    """

    report_id: str
    figure_seq: int  # order of mention in the document
    family: str
    scope: str  # department | project
    project_name: str | None = None  # the resolved name (ProjectRecord.project_name)
    project_code: str | None = None
    item: str | None = None  # code of the vocabulary; respondent group for surveys
    basis: str | None = None  # expense: actual | budget_initial | budget_adjusted | budget
    amount_year: int | None = None
    measure: str = "amount"
    value: Decimal | None = None  # as printed, sign applied; NULL where unread or text
    value_text: str | None = None  # grade words and the like
    unit: str | None = (
        None  # normalised unit word: 元 万元 亿元 千元 % 人 分 份 …; NULL = none printed
    )
    unit_source: str | None = None  # cell | header | caption | document | inferred
    is_table: bool = False  # a table (grid or line form) beats running text
    is_approximate: bool = False  # 余, 近, 约, 多
    list_id: int | None = None  # figures of one 其中 list share it, within the report
    list_role: str | None = None  # parent | part
    compared_word: str | None = None  # direction word printed with a change: 增加 减少 持平 …
    correction_id: str | None = None  # a correction that changed this figure


#: Per family: the measures it has and the kind of number each is.
MEASURES: dict[str, dict[str, str]] = {
    # item = funding_source
    "budget": {
        "initial_budget": "money",
        "adjustment": "money",  # signed
        "annual_budget": "money",
        "executed": "money",
        "execution_rate": "ratio",  # as printed: value 96.3, unit %
        "weight": "points",
        "score": "points",
    },
    # item = revenue_item, amount_year
    "revenue": {"amount": "money", "change": "money", "change_rate": "ratio"},
    # item = expense_item, basis, amount_year
    "expense": {"amount": "money", "change": "money", "change_rate": "ratio", "share": "ratio"},
    # item = NULL
    "evaluation": {"total_weight": "points", "total_score": "points", "grade": "text"},
    # item = level1_std (budget_execution included)
    "evaluation_part": {"weight": "points", "score": "points"},
    # item = staff_category, amount_year = as_of_year
    "personnel": {"headcount": "count", "control_rate": "ratio"},
    # item = asset_item
    "asset": {"amount": "money"},
    # item = balance_item, amount_year
    "balance": {"amount": "money"},
    # item = respondent_group (free text)
    "survey": {
        "sent": "count",
        "satisfied": "count",
        "satisfaction_rate": "ratio",
        "weight": "ratio",
    },
    # item = month-end as text: "3", "6", "10", "12"
    "spending_plan": {"planned_cumulative": "money"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRecord(Source):
    """One indicator line of an indicator table or of a scored list in running text."""

    report_id: str
    indicator_table: int
    indicator_seq: int
    scope: str
    project_name: str | None = None
    project_code: str | None = None
    table_kind: str = "table"  # table | list (running text)
    form_family: str | None = None
    level1: str | None = None
    level2: str | None = None
    level3: str | None = None
    level1_std: str | None = None
    level2_std: str | None = None
    level1_weight: Decimal | None = None  # （50分） printed in the level-1 cell
    nature: str | None = None  # 定量/定性, 正向/反向 where printed
    is_core: bool | None = None
    description: str | None = None
    value_basis: str | None = None
    scoring_rule: str | None = None  # 评（扣）分标准
    target_text: str | None = None
    target_operator: str | None = None
    target_value: Decimal | None = None
    target_unit: str | None = None
    actual_text: str | None = None
    actual_operator: str | None = None
    actual_value: Decimal | None = None
    actual_unit: str | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    reviewer_score: Decimal | None = None
    deviation_reason: str | None = None
    # boxes of single cells: JSON object, column name -> [page, "x0,top,x1,bottom"]
    cell_boxes: str | None = None
    correction_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalRecord(Source):
    """Overall goal (年度总体目标) of a department or project and what came of it."""

    report_id: str
    scope: str
    project_name: str | None = None
    project_code: str | None = None
    goal_text: str | None = None
    completion_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord(Source):
    """Evidence for audit rules that need the text itself; never a published fact.

    ``kind``: ``formula`` (a typed formula with its typed result), ``product`` (3500×9=31500 in
    prose), ``sum`` (an enumeration with its total), ``placeholder``, ``repeated_block``,
    ``misprinted_unit``, ``missing_unit``, ``blank_field`` (a mandatory field is blank),
    ``blank_total`` (children printed, the total cell blank), ``name_variant``, ``unit_conflict``
    (a header's unit contradicted by its own closing value), ``contradiction``, ``threshold``
    (a scoring rule's limit beside the typed rate), ``year_mismatch``, ``truncated_date``,
    ``target_unit_mismatch``, ``foreign_token``, ``distribution`` (结余分配).
    """

    report_id: str
    statement_seq: int
    kind: str
    scope: str = "department"
    project_name: str | None = None
    subject: str | None = None
    stated_value: Decimal | None = None
    computed_value: Decimal | None = None
    value_unit: str | None = None  # 万元, 元, %, 分 …, as printed
    detail: str | None = None  # Chinese, short: the expression or the evidence
    related_text: str | None = None  # the other place, as printed


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecord(Source):
    """Something of this document that extraction could not use: our fault, never a finding.

    ``kind``: ``unread_figure``, ``unknown_word``, ``unclaimed_figure``, ``unclaimed_table``,
    ``disagreement``, ``arithmetic`` (our reading does not close), ``low_confidence``,
    ``not_a_report`` (no form and no fact), ``reader_failed`` (a mistake of the program).
    ``severity`` ``error`` quarantines the document; ``warning`` lowers its confidence.
    """

    report_id: str
    issue_seq: int
    kind: str
    severity: str
    message: str  # Chinese, names page, table, cell and both readings
    first_reading: str | None = None
    second_reading: str | None = None


@dataclass(slots=True)
class Extraction:
    """All records of one document."""

    document: DocumentRecord
    projects: list[ProjectRecord] = field(default_factory=list)
    figures: list[FigureRecord] = field(default_factory=list)
    indicators: list[IndicatorRecord] = field(default_factory=list)
    goals: list[GoalRecord] = field(default_factory=list)
    statements: list[StatementRecord] = field(default_factory=list)
    issues: list[IssueRecord] = field(default_factory=list)


#: Record type (the Parquet table's name) to its class.
RECORD_TYPES: dict[str, type] = {
    "file": FileRecord,
    "document": DocumentRecord,
    "project": ProjectRecord,
    "figure": FigureRecord,
    "indicator": IndicatorRecord,
    "goal": GoalRecord,
    "statement": StatementRecord,
    "issue": IssueRecord,
}

_ARROW: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    bool: pa.bool_(),
    Decimal: DECIMAL_TYPE,
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us", tz="UTC"),
}


def arrow_schema(record_type: type) -> pa.Schema:
    """The Parquet schema of a record class.

    Raises:
        TypeError: a field has a type that records do not have.
    """
    fields: list[pa.Field] = []
    for name, hint in get_type_hints(record_type).items():
        members = get_args(hint) if isinstance(hint, UnionType) else (hint,)
        kinds = [member for member in members if member is not type(None)]
        if len(kinds) != 1 or kinds[0] not in _ARROW:
            raise TypeError(f"{record_type.__name__}.{name}: no Parquet type for {hint}")
        fields.append(pa.field(name, _ARROW[kinds[0]], nullable=len(kinds) != len(members)))
    return pa.schema(fields)


def to_table(record_type: type, records: list[Any]) -> pa.Table:
    """Records of one class as an Arrow table (empty lists give an empty table)."""
    schema = arrow_schema(record_type)
    rows = [dataclasses.asdict(record) for record in records]
    return pa.Table.from_pylist(rows, schema=schema)
