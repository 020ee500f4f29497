"""Opening the store: connections, transactions, and the tables brought to this version.

Reading sees one moment of the store. Writing takes turns from its start: in SQLite by ``BEGIN
IMMEDIATE``, in PostgreSQL by holding the row of ``changes``.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from enum import IntEnum
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, select, text, update
from sqlalchemy.engine.interfaces import DBAPIConnection

from simulator.errors import DataError
from simulator.store.location import make_place, parse_url, shown
from simulator.store.problems import reported
from simulator.store.schema import changes, metadata

WAIT_SECONDS = 10  # for another writer
# Any number, the same in every process that opens this store.
_MIGRATION_LOCK = 7_660_001
# A client that vanished while writing must not keep the others out for ever.
_SERVER_SETTINGS = f"""
    SET lock_timeout = '{WAIT_SECONDS}s';
    SET idle_in_transaction_session_timeout = '300s'
"""
_upgrading = Lock()


class Content(IntEnum):
    """What is counted apart when it changes; numbers are rows of ``changes``."""

    FIGURES = 1
    SCENARIOS = 2


class Database:
    """One database and its pool of connections, safe to share between threads.

    Opening it creates what is missing and migrates what is older; :class:`DataError` if the
    place cannot be used or was written by a newer version.
    """

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        make_place(self.url)
        self._is_file = self.url.get_backend_name() == "sqlite"
        engine = _file_engine(self.url) if self._is_file else _server_engine(self.url)
        self._writer = engine.execution_options(takes_turn=True)
        self._reader = engine
        if not self._is_file:
            self._reader = engine.execution_options(isolation_level="REPEATABLE READ")
        try:
            self._migrate()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give all connections back; the next operation opens new ones."""
        self._reader.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the store."""
        with reported(self.url), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that no other writer disturbs: all of it, or nothing after an error."""
        with reported(self.url), self._writer.begin() as connection:
            # In one order, or two writers could wait for each other.
            connection.execute(select(changes.c.id).order_by(changes.c.id).with_for_update())
            yield connection

    def _migrate(self) -> None:
        scripts = ScriptDirectory.from_config(_migrations())
        with reported(self.url):
            if self._is_file:
                _write_ahead(self._reader)
            with self._reader.begin() as connection:
                if not self._is_file:
                    self._check_encoding(connection)
                if self._is_current(connection, scripts):
                    return
            with self._writer.begin() as connection:
                if not self._is_file:
                    lock = text("SELECT pg_advisory_xact_lock(:number)")
                    connection.execute(lock, {"number": _MIGRATION_LOCK})
                # Another process may have done it while this one waited for its turn.
                if not self._is_current(connection, scripts):
                    _upgrade(connection)

    def _is_current(self, connection: Connection, scripts: ScriptDirectory) -> bool:
        found = set(MigrationContext.configure(connection).get_current_heads())
        if not found <= {script.revision for script in scripts.walk_revisions()}:
            raise DataError("store_newer", version=", ".join(found))
        if not found:
            self._check_is_free(connection)
        return found == set(scripts.get_heads())

    def _check_is_free(self, connection: Connection) -> None:
        taken = metadata.tables.keys() & set(inspect(connection).get_table_names())
        if taken:
            raise DataError(
                "store_foreign", location=shown(self.url), tables=", ".join(sorted(taken))
            )

    def _check_encoding(self, connection: Connection) -> None:
        encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
        if encoding != "UTF8":
            raise DataError("store_encoding", encoding=encoding)


def changed(connection: Connection, what: Content = Content.FIGURES) -> None:
    """Count up, so that every process sees that something was written."""
    mine = update(changes).where(changes.c.id == what.value)
    connection.execute(mine.values(number=changes.c.number + 1))


def schema_version() -> str:
    """The version of the tables this program writes."""
    return ScriptDirectory.from_config(_migrations()).get_current_head() or ""


def _upgrade(connection: Connection) -> None:
    # Alembic keeps what it works on in its modules, once for all threads.
    with _upgrading:
        command.upgrade(_migrations(connection), "head")


def _migrations(connection: Connection | None = None) -> Config:
    config = Config(attributes={"connection": connection})
    # Config reads % as a placeholder.
    folder = str(Path(__file__).with_name("migrations")).replace("%", "%%")
    config.set_main_option("script_location", folder)
    return config


def _file_engine(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})

    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _record: object) -> None:
        # Transactions are begun below, not guessed from the statement.
        connection.isolation_level = None
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        takes_turn = connection.get_execution_options().get("takes_turn")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if takes_turn else "BEGIN")

    return engine


def _write_ahead(engine: Engine) -> None:
    """Readers and a writer at the same time; kept in the file from then on.

    SQLite does not wait by itself when several processes ask for this at once.
    """
    until = time.monotonic() + WAIT_SECONDS
    while True:
        connection = engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as cause:
            if cause.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.02)
        finally:
            connection.close()


def _server_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        pool_pre_ping=True,
        connect_args={"connect_timeout": WAIT_SECONDS, "client_encoding": "utf8"},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: DBAPIConnection, _record: object) -> None:
        with closing(connection.cursor()) as cursor:
            cursor.execute(_SERVER_SETTINGS)
        connection.commit()

    return engine
