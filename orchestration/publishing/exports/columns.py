"""How a published column reads for people: its Chinese header, and amounts in 万元."""

from __future__ import annotations

from dataclasses import dataclass

from orchestration.contract.model import Column, Table

#: Columns that mean nothing to a reader of a sheet.
TECHNICAL = frozenset({"fact_key", "cell_boxes", "source_bbox", "source_path", "mention_id"})
#: One yuan in 万元.
YUAN = "0.0001"


@dataclass(frozen=True, slots=True)
class Shown:
    """One column as people see it.

    Attributes:
        column: the column of the contract.
        header: Chinese name, with （万元） where the value is an amount.
        sql: expression over the mart; amounts divided by 10,000 without loss (four more decimals).
    """

    column: Column
    header: str
    sql: str


def is_money(column: Column) -> bool:
    """Whether a column holds an amount in yuan."""
    return column.unit == "yuan"


def shown(table: Table) -> list[Shown]:
    """Every column of a table as people see it; a header that occurs twice keeps its field name."""
    headers: set[str] = set()
    found: list[Shown] = []
    for column in table.columns:
        header = f"{column.name_zh}（万元）" if is_money(column) else column.name_zh
        if header in headers:
            header = f"{header}（{column.name}）"
        headers.add(header)
        name = f'"{column.name}"'
        # A product of decimals is exact; a quotient would pass through a float.
        sql = (
            f"cast({name} * cast({YUAN} as decimal(5, 4)) as decimal(24, 6))"
            if is_money(column)
            else name
        )
        found.append(Shown(column, header, sql))
    return found
