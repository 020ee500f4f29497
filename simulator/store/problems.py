"""Errors of the database as errors of the simulator: which of them a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from simulator.errors import DataError
from simulator.store.location import shown

_FILE_CODES = {
    sqlite3.SQLITE_BUSY: "store_busy",
    sqlite3.SQLITE_LOCKED: "store_busy",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_CANTOPEN: "store_unwritable",
    sqlite3.SQLITE_READONLY: "store_unwritable",
    sqlite3.SQLITE_PERM: "store_unwritable",
    sqlite3.SQLITE_CORRUPT: "store_corrupt",
    sqlite3.SQLITE_NOTADB: "store_corrupt",
    sqlite3.SQLITE_IOERR: "store_unavailable",
}
_SERVER_CODES: tuple[tuple[type[Exception], str], ...] = (
    (psycopg.errors.LockNotAvailable, "store_busy"),
    (psycopg.errors.DiskFull, "store_full"),
    (psycopg.errors.InsufficientPrivilege, "store_unwritable"),
    (psycopg.errors.ReadOnlySqlTransaction, "store_unwritable"),
    (psycopg.OperationalError, "store_unavailable"),
    (psycopg.InterfaceError, "store_unavailable"),
)


# With any of these nothing of the store can be used; others are about one thing in it.
OF_THE_WHOLE = frozenset(
    {"store_newer", "store_encoding", "store_foreign", "store_url"}
    | set(_FILE_CODES.values())
    | {code for _, code in _SERVER_CODES}
)


@contextmanager
def reported(url: URL) -> Iterator[None]:
    """Raise :class:`DataError` with a code for what is wrong with the database at ``url``.

    Any other error of the driver is a fault of this program and passes unchanged.
    """
    try:
        yield
    except PoolTimeoutError as cause:
        raise DataError("store_busy", location=shown(url), detail="pool") from cause
    # The driver's own where a connection is made ready, wrapped everywhere else.
    except (DBAPIError, sqlite3.Error, psycopg.Error) as cause:
        error = cause.orig if isinstance(cause, DBAPIError) else cause
        code = _code(error)
        if code is None:
            raise
        detail = " ".join(str(error).split())
        raise DataError(code, location=shown(url), detail=detail) from cause


def _code(error: BaseException | None) -> str | None:
    if isinstance(error, sqlite3.Error):
        # The last byte is the kind of the error, the rest its variety.
        return _FILE_CODES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    for kind, code in _SERVER_CODES:
        if isinstance(error, kind):
            return code
    return None
