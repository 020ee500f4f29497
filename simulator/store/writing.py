"""Changes of the store, each inside a transaction that the caller opened for writing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Update, delete, exists, insert, select, update

from simulator.baseline_checks import TOTAL
from simulator.errors import DataError
from simulator.imports import Tables
from simulator.score import to_hundredths
from simulator.store.engine import changed
from simulator.store.packed import each_row, pack
from simulator.store.records import NewImport, Outcome, check_text, digest, import_id
from simulator.store.schema import import_files, import_tables, import_units, imports, originals

_TEXTS = ("name", "edition", "period", "captured_at", "source", "default_unit", "imported_by")


@dataclass(frozen=True)
class Prepared:
    """An import ready to be written: all that costs time is done before the transaction."""

    id: str
    row: Mapping[str, Any]
    tables: Mapping[str, bytes]
    units: tuple[Mapping[str, Any], ...]
    files: tuple[tuple[str, str, bytes], ...]  # name, sha256, content


def prepare(new: NewImport) -> Prepared:
    """Check and pack ``new``; :class:`DataError` if the store could not return it unchanged."""
    for column in _TEXTS:
        check_text(column, getattr(new, column))
    packed = {kind: pack(kind, rows) for kind, rows in new.tables.items()}
    # As they will be read, so that 6 and 6.0 are the same figure.
    rows = ((kind, row) for kind in sorted(packed) for row in each_row(kind, packed[kind]))
    key = import_id(new.edition, new.period, new.captured_at, rows)
    units = unit_rows(new.tables)
    row = {column: getattr(new, column) for column in (*_TEXTS, "is_complete")} | {
        "id": key,
        "units": len(units),
        "findings": json.dumps([dict(finding) for finding in new.findings]),
        "lacks": json.dumps(list(new.lacks)),
        "imported_at": datetime.now(UTC),
        "deleted_at": None,
    }
    files = tuple((check_text("file", name), digest(data), data) for name, data in new.files)
    return Prepared(key, row, packed, units, files)


def with_moments(new: Prepared, moments: Mapping[str, datetime | None]) -> Prepared:
    """``new`` as it was imported before, at ``imported_at``, perhaps deleted at ``deleted_at``."""
    return replace(new, row={**new.row, **moments})


def unit_rows(tables: Tables) -> tuple[Mapping[str, Any], ...]:
    """One row per unit for the history: code, name, level, pool and total in hundredths."""
    totals = {
        row["unit"]: to_hundredths(row["points"])
        for row in tables.get("scores", [])
        if row["group"] == TOTAL and row["points"] is not None
    }
    columns = ("unit", "name", "level", "pool")
    units = {row["unit"]: row for row in tables.get("units", [])}
    for row in units.values():
        for column in columns:
            check_text(column, row[column] or "")
    return tuple(
        {column: row[column] for column in columns} | {"total": totals.get(code)}
        for code, row in units.items()
    )


def add(connection: Connection, new: Prepared) -> Outcome:
    """Write ``new``, or bring it back if it had been deleted, or leave it if it is there."""
    query = select(imports.c.deleted_at).where(imports.c.id == new.id)
    found = connection.execute(query).one_or_none()
    if found is None:
        write(connection, new)
        return Outcome.NEW
    if new.row["is_complete"]:
        # A person says so now; nobody would say it of a list that is not.
        statement = update(imports).where(imports.c.id == new.id, imports.c.is_complete.is_(False))
        _change(connection, statement.values(is_complete=True))
    if found.deleted_at is None:
        return Outcome.KNOWN
    undelete(connection, new.id)
    return Outcome.RESTORED


def write(connection: Connection, new: Prepared) -> None:
    """Every row of ``new``, whose id the store does not have."""
    connection.execute(insert(imports), new.row)
    of = {"import_id": new.id}
    tables = [of | {"kind": kind, "parquet": data} for kind, data in new.tables.items()]
    units = [of | dict(row) for row in new.units]
    for _name, sha256, content in new.files:
        _keep(connection, sha256, content)
    files = [
        of | {"position": position, "name": name, "sha256": sha256}
        for position, (name, sha256, _content) in enumerate(new.files)
    ]
    for table, rows in ((import_tables, tables), (import_units, units), (import_files, files)):
        if rows:
            connection.execute(insert(table), rows)
    changed(connection)


def _keep(connection: Connection, sha256: str, content: bytes) -> None:
    """``content`` among the originals, once."""
    if not connection.scalar(select(exists().where(originals.c.sha256 == sha256))):
        row = {"sha256": sha256, "size": len(content), "content": content}
        connection.execute(insert(originals), row)


def mark_deleted(connection: Connection, key: str) -> None:
    """Out of the lists; an import that is deleted already keeps its moment."""
    _require(connection, key)
    statement = update(imports).where(imports.c.id == key, imports.c.deleted_at.is_(None))
    _change(connection, statement.values(deleted_at=datetime.now(UTC)))


def undelete(connection: Connection, key: str) -> None:
    """Back in the lists."""
    _require(connection, key)
    _change(connection, update(imports).where(imports.c.id == key).values(deleted_at=None))


def rename(connection: Connection, key: str, name: str) -> None:
    """Another name for the import; its id stays."""
    _require(connection, key)
    new_name = check_text("name", name)
    _change(connection, update(imports).where(imports.c.id == key).values(name=new_name))


def purge(connection: Connection, key: str) -> None:
    """Remove the import with the originals that no other import came from."""
    if _require(connection, key) is None:
        raise DataError("store_not_deleted", id=key)
    query = select(import_files.c.sha256).where(import_files.c.import_id == key)
    digests = connection.scalars(query).all()
    connection.execute(delete(imports).where(imports.c.id == key))
    unused = ~exists().where(import_files.c.sha256 == originals.c.sha256)
    connection.execute(delete(originals).where(originals.c.sha256.in_(digests), unused))
    changed(connection)


def _require(connection: Connection, key: str) -> datetime | None:
    """When the import was deleted; :class:`DataError` if there is none of that id."""
    query = select(imports.c.deleted_at).where(imports.c.id == key)
    found = connection.execute(query).one_or_none()
    if found is None:
        raise DataError("store_unknown_import", id=key)
    moment: datetime | None = found.deleted_at
    return moment


def _change(connection: Connection, statement: Update) -> None:
    if connection.execute(statement).rowcount:
        changed(connection)
