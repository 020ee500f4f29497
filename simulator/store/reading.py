"""Questions to the store, each inside a transaction that the caller opened."""

from __future__ import annotations

import json
from collections import defaultdict
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from simulator.errors import DataError
from simulator.imports import Tables
from simulator.store.engine import Content
from simulator.store.packed import unpack
from simulator.store.records import Entry, StoredFile, UnitFigures, digest
from simulator.store.schema import (
    changes,
    import_files,
    import_tables,
    import_units,
    imports,
    originals,
)
from simulator.tables import SCHEMAS


def entries(connection: Connection, *which: ColumnElement[bool]) -> tuple[Entry, ...]:
    """The imports for which all of ``which`` holds, newest capture first, then newest import."""
    found = connection.execute(select(imports).where(*which)).all()
    of_import = imports.c.id == import_files.c.import_id
    query = (
        select(import_files, originals.c.size)
        .join(originals, originals.c.sha256 == import_files.c.sha256)
        .join(imports, of_import)
        .where(*which)
        .order_by(import_files.c.position)
    )
    files = defaultdict(list)
    for row in connection.execute(query):
        files[row.import_id].append(StoredFile(row.name, row.sha256, row.size))
    made = [_entry(row, tuple(files[row.id])) for row in found]
    # Not by the database: PostgreSQL may sort text by the rules of a language.
    made.sort(key=lambda entry: (entry.captured_at, entry.imported_at, entry.id), reverse=True)
    return tuple(made)


def _entry(row: Row[Any], files: tuple[StoredFile, ...]) -> Entry:
    values = dict(row._mapping)
    values["findings"] = tuple(json.loads(values["findings"]))
    values["lacks"] = tuple(json.loads(values["lacks"]))
    return Entry(**values, files=files)


def of_file(sha256: str) -> ColumnElement[bool]:
    """The condition that an import came from the file with this digest."""
    query = select(import_files.c.import_id).where(import_files.c.sha256 == sha256)
    return imports.c.id.in_(query)


def tables(connection: Connection, key: str) -> Tables:
    """Rows by kind, as they were added; :class:`DataError` if unknown or damaged."""
    found = packed_tables(connection, key)
    return {kind: unpack(kind, content) for kind, content in found.items()}


def packed_tables(connection: Connection, key: str) -> dict[str, bytes]:
    """Parquet files by kind, in the order of the schemas."""
    if connection.scalar(select(imports.c.id).where(imports.c.id == key)) is None:
        raise DataError("store_unknown_import", id=key)
    query = select(import_tables).where(import_tables.c.import_id == key)
    found = {row.kind: row.parquet for row in connection.execute(query)}
    order = [kind for kind in SCHEMAS if kind in found]
    return {kind: found[kind] for kind in order}


def holding(connection: Connection, unit: str) -> tuple[UnitFigures, ...]:
    """The unit in every import that is not deleted, newest capture first."""
    query = (
        select(
            imports.c.id.label("import_id"), imports.c.name, imports.c.edition, imports.c.period,
            imports.c.captured_at, imports.c.imported_at,
            import_units.c.name.label("unit_name"), import_units.c.level, import_units.c.pool,
            import_units.c.total,
        )
        .join(imports, imports.c.id == import_units.c.import_id)
        .where(import_units.c.unit == unit, imports.c.deleted_at.is_(None))
    )  # fmt: skip
    found = [dict(row._mapping) for row in connection.execute(query)]
    newest = itemgetter("captured_at", "imported_at", "import_id")
    found.sort(key=newest, reverse=True)
    return tuple(
        UnitFigures(**{name: cell for name, cell in row.items() if name != "imported_at"})
        for row in found
    )


def content(connection: Connection, sha256: str) -> bytes:
    """The bytes of a file; :class:`DataError` if there are none or they are not those handed in."""
    query = select(originals.c.content).where(originals.c.sha256 == sha256)
    found: bytes | None = connection.scalar(query)
    if found is None:
        raise DataError("store_unknown_file", sha256=sha256)
    if digest(found) != sha256:
        raise DataError("store_damaged", what=sha256)
    return found


def version(connection: Connection, what: Content = Content.FIGURES) -> int:
    """How many changes there were."""
    query = select(changes.c.number).where(changes.c.id == what.value)
    number: int = connection.execute(query).scalar_one()
    return number
