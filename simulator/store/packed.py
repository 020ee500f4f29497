"""The tables of an import as Parquet: every value comes back as it went in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from simulator.errors import DataError
from simulator.tables import SCHEMAS

Rows = list[dict[str, Any]]
BATCH = 10_000


def pack(kind: str, rows: Sequence[Mapping[str, Any]]) -> bytes:
    """``rows`` as a Parquet file in the schema of ``kind``.

    Raises :class:`DataError` if there is no such kind, a column is missing or unknown, or a
    value breaks the schema.
    """
    schema = SCHEMAS.get(kind)
    if schema is None:
        raise DataError("store_kind", kind=kind, allowed=", ".join(SCHEMAS))
    for row in rows:
        if row.keys() != set(schema.names):
            raise DataError(
                "table_columns", file=kind, found=", ".join(row), expected=", ".join(schema.names)
            )
    try:
        # Column by column: all at once takes several times the memory.
        columns = [pa.array([row[field.name] for row in rows], field.type) for field in schema]
        table = pa.Table.from_arrays(columns, schema=schema)
    except (pa.ArrowException, UnicodeError) as cause:
        raise DataError("store_value", kind=kind, detail=str(cause)) from cause
    for field in schema:
        _check_column(kind, field, table[field.name])
    stream = io.BytesIO()
    # Without a dictionary a number is written bit for bit.
    pq.write_table(
        table, stream, compression="zstd", use_dictionary=False, write_page_checksum=True
    )
    return stream.getvalue()


def _check_column(kind: str, field: pa.Field, column: pa.ChunkedArray) -> None:
    if column.null_count and not field.nullable:
        raise DataError("store_value", kind=kind, detail=f"{field.name}: null")
    if pa.types.is_string(field.type) or column.null_count == len(column):
        return
    rules = field.metadata or {}
    low, high = float(rules.get(b"min", "-inf")), float(rules.get(b"max", "inf"))
    found = pc.min_max(column).as_py()
    is_finite = pc.all(pc.is_finite(column)).as_py()
    if not (is_finite and low <= found["min"] and found["max"] <= high):
        raise DataError(
            "store_value", kind=kind,
            detail=f"{field.name}: {found['min']} ... {found['max']} [{low:g}, {high:g}]",
        )  # fmt: skip


def unpack(kind: str, content: bytes) -> Rows:
    """The rows of a Parquet file made by :func:`pack`.

    A column the schema got later is None. :class:`DataError` if the bytes are not what was
    written.
    """
    return list(each_row(kind, content))


def _once(cell: Any, seen: dict[Any, Any]) -> Any:
    return seen.setdefault(cell, cell) if isinstance(cell, str) else cell


def each_row(kind: str, content: bytes) -> Iterator[dict[str, Any]]:
    """Like :func:`unpack`, without holding all rows at once."""
    damaged = DataError("store_damaged", what=f"{kind}.parquet")
    try:
        table = pq.read_table(
            io.BytesIO(content), use_threads=False, page_checksum_verification=True
        )
        schema = SCHEMAS.get(kind)
        if schema is None or not set(table.column_names) <= set(schema.names):
            raise damaged
        seen: dict[Any, Any] = {}
        for batch in table.to_batches(max_chunksize=BATCH):
            for row in batch.to_pylist():
                # Codes repeat in every row: the same text once instead of many times.
                yield {name: _once(row.get(name), seen) for name in schema.names}
    except (pa.ArrowException, OSError, UnicodeError) as cause:
        raise damaged from cause
