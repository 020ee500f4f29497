"""The tables of the store, the same in SQLite and PostgreSQL.

A change here needs a file in ``migrations/versions``; a test compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator


class UtcTime(TypeDecorator[datetime]):
    """A moment with its time zone; SQLite, which keeps none, holds it in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """``value`` in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """``value`` in UTC, always with its time zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# What is known of each import; `findings` and `lacks` are JSON.
imports = Table(
    "imports",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("captured_at", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("is_complete", Boolean, nullable=False),
    Column("default_unit", Text, nullable=False),
    Column("units", Integer, nullable=False),
    Column("findings", Text, nullable=False),
    Column("lacks", Text, nullable=False),
    Column("imported_at", UtcTime, nullable=False),
    Column("imported_by", Text, nullable=False),
    Column("deleted_at", UtcTime),
)


def _import_id() -> Column[str]:
    return Column("import_id", Text, ForeignKey("imports.id", ondelete="CASCADE"), primary_key=True)


# The figures themselves: one Parquet file per kind of simulator.tables.
import_tables = Table(
    "import_tables",
    metadata,
    _import_id(),
    Column("kind", Text, primary_key=True),
    Column("parquet", LargeBinary, nullable=False),
)

# The files as they were handed in, each content once.
originals = Table(
    "originals",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

import_files = Table(
    "import_files",
    metadata,
    _import_id(),
    Column("position", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, ForeignKey("originals.sha256"), nullable=False, index=True),
)

# A unit's total in every import without loading any table; hundredths of a point.
import_units = Table(
    "import_units",
    metadata,
    _import_id(),
    Column("unit", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("pool", Text),
    Column("total", Integer),
)
Index("ix_import_units_unit", import_units.c.unit)

# One row per kind of content (simulator.store.engine.Content). Who writes holds them, so that
# writers take turns; every change counts its kind up.
changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, nullable=False),
)

# A scenario is its versions: every save adds one, none is ever changed.
scenarios = Table(
    "scenarios",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created_at", UtcTime, nullable=False),
    Column("archived_at", UtcTime),
    Column("deleted_at", UtcTime),
)

# `parameters`: those of its link, as JSON. `based_on`: the version it was made from. `total`,
# `place`, `pool_size`: what it showed when it was saved.
scenario_versions = Table(
    "scenario_versions",
    metadata,
    Column("scenario_id", Text, ForeignKey("scenarios.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("based_on", Integer),
    Column("name", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("edition", Text, nullable=False),
    Column("baseline", Text, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("total", Integer),
    Column("place", Integer),
    Column("pool_size", Integer),
)

# How the papers of a unit are headed and signed; `fields` is JSON.
letterheads = Table(
    "letterheads",
    metadata,
    Column("unit", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("fields", Text, nullable=False),
    Column("set_at", UtcTime, nullable=False),
    Column("set_by", Text, nullable=False),
)

# The office's own templates, in place of the shipped ones.
document_templates = Table(
    "document_templates",
    metadata,
    Column("part", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("set_at", UtcTime, nullable=False),
    Column("set_by", Text, nullable=False),
)

# Who did what, as typed by them, from which address.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False, index=True),
    Column("who", Text, nullable=False),
    Column("client", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("what", Text, nullable=False),
)

# One row where the office set a PIN for changes; only its hash.
pins = Table(
    "pins",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("salt", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("set_at", UtcTime, nullable=False),
)

pin_failures = Table(
    "pin_failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("client", Text, nullable=False),
)
