"""The tidy tables of a baseline: one pyarrow schema per kind, the only definition.

A field's metadata holds its constraints: ``required``, ``min``, ``max``, ``allowed``
(comma separated). :func:`read_table` refuses a file that
breaks them, naming file, line, column, value and what is allowed. An empty cell is
"not published", never 0.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path
from typing import Any

import pyarrow as pa

from simulator.errors import DataError


def _field(name: str, kind: pa.DataType, **constraints: object) -> pa.Field:
    return pa.field(
        name,
        kind,
        nullable="required" not in constraints,
        metadata={key: str(value) for key, value in constraints.items()},
    )


LEVELS = "province,department,commune,district,country"
BASES = "counts,rate,none"

SCHEMAS: dict[str, pa.Schema] = {
    # One row per unit. `pool` names the list it is ranked in (units are never ranked
    # across pools); `published_rank` of `published_pool_size` as printed.
    "units": pa.schema(
        [
            _field("unit", pa.string(), required=True),
            _field("name", pa.string(), required=True),
            _field("short_name", pa.string(), required=True),
            _field("level", pa.string(), required=True, allowed=LEVELS),
            _field("pool", pa.string()),
            _field("portal_id", pa.string()),
            _field("published_rank", pa.int64(), min=1),
            _field("published_pool_size", pa.int64(), min=1),
        ]
    ),
    # Published group scores and totals (group = TOTAL), in points.
    "scores": pa.schema(
        [
            _field("unit", pa.string(), required=True),
            _field("group", pa.string(), required=True),
            _field("points", pa.float64(), min=0, max=100),
            _field("national_average", pa.float64(), min=0, max=100),
            _field("raw", pa.string()),
            _field("note", pa.string()),
        ]
    ),
    # Published components. basis: counts (whole numbers), rate (percent of 100, the
    # counts were not published) or none (printed without any cases).
    "indicators": pa.schema(
        [
            _field("unit", pa.string(), required=True),
            _field("indicator", pa.string(), required=True),
            _field("basis", pa.string(), required=True, allowed=BASES),
            _field("numerator", pa.float64(), min=0),
            _field("denominator", pa.float64(), min=0),
            _field("points", pa.float64(), min=0, max=100),
            _field("flag", pa.string()),
            _field("raw", pa.string()),
            _field("note", pa.string()),
        ]
    ),
    # Everything else that was printed with a number: backlog, copies, classes ...
    "facts": pa.schema(
        [
            _field("unit", pa.string(), required=True),
            _field("fact", pa.string(), required=True),
            _field("value", pa.float64()),
            _field("value_unit", pa.string()),
            _field("raw", pa.string()),
            _field("note", pa.string()),
        ]
    ),
}


def read_table(kind: str, path: Path) -> pa.Table:
    """Read the CSV file ``path`` as a table of ``kind``; :class:`DataError` if it is not one."""
    try:
        return _read(SCHEMAS[kind], path)
    except FileNotFoundError:
        raise DataError("file_missing", file=path.name, folder=path.parent.name) from None
    except (csv.Error, UnicodeDecodeError) as cause:
        raise DataError("file_unreadable", file=_name(path), detail=str(cause)) from cause


def _read(schema: pa.Schema, path: Path) -> pa.Table:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream, strict=True)
        header = next(reader, [])
        if header != schema.names:
            raise DataError(
                "table_columns",
                file=_name(path), found=", ".join(header), expected=", ".join(schema.names),
            )  # fmt: skip
        columns: list[list[Any]] = [[] for _ in schema.names]
        for row in reader:
            if len(row) != len(header):
                raise DataError(
                    "table_row_length",
                    file=_name(path), line=reader.line_num, expected=len(header), found=len(row),
                )  # fmt: skip
            for field, column, cell in zip(schema, columns, row, strict=True):
                column.append(_cell(field, cell, path, reader.line_num))
    return pa.Table.from_arrays(
        [pa.array(column, field.type) for field, column in zip(schema, columns, strict=True)],
        schema=schema,
    )


def _cell(field: pa.Field, cell: str, path: Path, line: int) -> str | float | int | None:
    rules = {key.decode(): value.decode() for key, value in (field.metadata or {}).items()}
    if cell == "":
        if "required" in rules:
            raise _bad(field, cell, path, line, "≠ ''")
        return None
    if pa.types.is_string(field.type):
        if "allowed" in rules and cell not in rules["allowed"].split(","):
            raise _bad(field, cell, path, line, rules["allowed"])
        return cell
    low, high = float(rules.get("min", -math.inf)), float(rules.get("max", math.inf))
    try:
        # Python would also read 1_000 and the digits of every script.
        if "_" in cell or not cell.isascii():
            raise ValueError
        value = int(cell) if pa.types.is_integer(field.type) else float(cell)
    except ValueError:
        raise _bad(field, cell, path, line, f"{field.type}") from None
    if not (math.isfinite(value) and low <= value <= high):
        raise _bad(field, cell, path, line, f"{field.type} [{low:g}, {high:g}]")
    return value


def _bad(field: pa.Field, cell: str, path: Path, line: int, allowed: str) -> DataError:
    return DataError(
        "table_cell", file=_name(path), line=line, column=field.name, value=cell, allowed=allowed
    )


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
