"""Parts of the site's data: one JavaScript file a part, each a single call with JSON.

A page opened from disk may not fetch JSON, but it may load a script; so a part is
``JX.put("name", …)``. Decimals travel as strings: no digit is lost on the way to the reader. A long
list of rows travels by columns, each repeated value once: a third of the bytes.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any


def plain(value: object) -> object:
    """A value as JSON can carry it; Decimals as plain digits, dates as ISO 8601.

    Raises:
        TypeError: the value is of a kind that the marts do not hold.
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, dt.date | dt.datetime):
        return value.isoformat()
    if isinstance(value, float):
        raise TypeError(f"a float reached the site: {value!r}; figures are Decimals")
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    raise TypeError(f"no JSON for {type(value).__name__}")


#: Lists of rows from this length on are written by columns.
PACKED_FROM = 50


def packed(value: object) -> object:
    """A long list of rows with the same keys as ``{"$rows": n, "$columns": {key: column}}``.

    A column is a list of its values; where values repeat, ``{key: distinct values, "#": numbers}``
    (under the column's own key, so that whoever reads the file knows what the texts are).
    """
    if not isinstance(value, list) or len(value) < PACKED_FROM:
        return value
    keys = list(value[0])
    if any(list(row) != keys for row in value):
        return value
    return {
        "$rows": len(value),
        "$columns": {key: _column(key, [row[key] for row in value]) for key in keys},
    }


def _column(key: str, values: list[Any]) -> object:
    numbers: dict[str, int] = {}
    distinct: list[Any] = []
    places = []
    for value in values:
        text = json.dumps(value, ensure_ascii=False)
        if text not in numbers:
            numbers[text] = len(distinct)
            distinct.append(value)
        places.append(numbers[text])
    return {key: distinct, "#": places} if len(distinct) * 2 < len(values) else values


def unpacked(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What :func:`packed` was given; ``unpacked`` of ``core.js`` is the same for the reader."""
    if not isinstance(value, dict) or "$columns" not in value:
        return value
    columns = {
        key: column if isinstance(column, list) else [column[key][place] for place in column["#"]]
        for key, column in value["$columns"].items()
    }
    return [{key: column[i] for key, column in columns.items()} for i in range(value["$rows"])]


def read_part(folder: Path, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value of ``data/<name>.js`` below the site's folder."""
    text = (folder / "data" / f"{name}.js").read_text(encoding="utf-8")
    return unpacked(json.loads(text[text.index(",") + 1 : text.rindex(")")]))


def write_part(folder: Path, name: str, value: object) -> None:
    """Write ``data/<name>.js`` below the site's folder."""
    path = folder / "data" / f"{name}.js"
    path.parent.mkdir(parents=True, exist_ok=True)
    body = json.dumps(packed(plain(value)), ensure_ascii=False, separators=(",", ":"))
    # The two separators are legal in JSON and were line ends in older JavaScript.
    body = body.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    path.write_text(f"JX.put({json.dumps(name)},{body});\n", encoding="utf-8")


def write_shards(folder: Path, name: str, shards: Mapping[str, object]) -> None:
    """Write ``data/<name>/<key>.js`` for every shard."""
    for key, value in shards.items():
        write_part(folder, f"{name}/{key}", value)


def defused(value: object) -> object:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as CSV in UTF-8 with a byte-order mark, so that a spreadsheet opens it right."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([defused(plain(row[name])) for name in header])
