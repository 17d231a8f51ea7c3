"""The Parquet file of each published table: the same rows give the same bytes.

Rows lie in the order of all columns. A file is written from a sorted query, or, where little
changed, from the file of the release before: rows are taken out and put in where they belong, and
nothing is sorted again. Both go through one writer that cuts row groups at the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

_ROW_GROUP = 100_000


class NotMergedError(Exception):
    """Two sorted tables could not be made one without sorting; the message says why."""


def write_rows(path: Path, schema: pa.Schema, parts: Iterable[pa.Table | pa.RecordBatch]) -> int:
    """Write rows that come in their order; returns how many.

    Args:
        path: the file.
        schema: columns and types of the parts.
        parts: rows, cut anywhere: how they are cut does not show in the file.
    """
    total = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(parts):
            writer.write_table(group, row_group_size=_ROW_GROUP)
            total += group.num_rows
    return total


def _groups(parts: Iterable[pa.Table | pa.RecordBatch]) -> Iterator[pa.Table]:
    """The same rows in tables of one row group each, in one piece."""
    waiting: list[pa.Table] = []
    rows = 0
    for part in parts:
        table = pa.Table.from_batches([part]) if isinstance(part, pa.RecordBatch) else part
        waiting.append(table)
        rows += table.num_rows
        while rows >= _ROW_GROUP:
            whole = pa.concat_tables(waiting)
            yield whole.slice(0, _ROW_GROUP).combine_chunks()
            waiting, rows = [whole.slice(_ROW_GROUP)], rows - _ROW_GROUP
    if rows:
        yield pa.concat_tables(waiting).combine_chunks()


def merged(before: Path, gone: pa.Array, come: pa.Table) -> Iterator[pa.Table]:
    """The rows of a file without some and with others, still in order.

    The first column must be text that tells any two rows apart: then its order is the order of all
    columns.

    Args:
        before: a file that :func:`write_rows` wrote.
        gone: values of the first column whose rows are left out.
        come: the rows that are put in, in their order.

    Raises:
        NotMergedError: the first column does not tell rows apart, or the columns are others. What
            was yielded until then is of no use.
    """
    file = pq.ParquetFile(before)
    if not file.schema_arrow.equals(come.schema):
        raise NotMergedError("other columns")
    key = come.schema.names[0]
    last: pa.Scalar | None = None
    for number in range(file.num_row_groups):
        group = file.read_row_group(number)
        if number + 1 < file.num_row_groups:
            end = group[key][group.num_rows - 1]
            here = pc.sum(pc.less_equal(come[key], end)).as_py() or 0
        else:
            here = come.num_rows
        new, come = come.slice(0, here), come.slice(here)
        kept = group.filter(pc.invert(pc.is_in(group[key], value_set=gone)))
        part = pa.concat_tables([kept, new])
        if new.num_rows and kept.num_rows:
            part = part.take(pc.sort_indices(part[key]))
        last = _in_order(part[key].combine_chunks(), last)
        yield part
    if come.num_rows:  # a file without rows has no group
        _in_order(come[key].combine_chunks(), last)
        yield come


def _in_order(keys: pa.Array, last: pa.Scalar | None) -> pa.Scalar | None:
    """The greatest of the keys, if each is greater than the one before it."""
    if isinstance(keys, pa.ChunkedArray):
        keys = pa.concat_arrays(keys.chunks) if keys.num_chunks else pa.array([], keys.type)
    if not len(keys):
        return last
    rising = pc.all(pc.less(keys.slice(0, len(keys) - 1), keys.slice(1)), skip_nulls=False)
    follows = last is None or pc.less(last, keys[0]).as_py()
    if keys.null_count or not follows or (len(keys) > 1 and not rising.as_py()):
        raise NotMergedError("the first column does not tell rows apart")
    return keys[len(keys) - 1]
