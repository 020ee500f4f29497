"""Where the store lies: a PostgreSQL database named by the environment, else a file of its own."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from simulator.errors import DataError

URL_VARIABLE = "SIMULATOR_DATABASE_URL"
FOLDER_VARIABLE = "SIMULATOR_DATA_DIR"
FILE = "simulator.db"
_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def store_url() -> str:
    """The URL of the store this process works with, with its password if it has one.

    ``SIMULATOR_DATABASE_URL``, else a SQLite file in ``SIMULATOR_DATA_DIR``, else one in the
    home directory. :class:`DataError` if there is no home directory.
    """
    if url := os.environ.get(URL_VARIABLE, "").strip():
        return url
    folder = os.environ.get(FOLDER_VARIABLE, "").strip()
    try:
        return _file_url(Path(folder) if folder else Path.home() / ".simulator-766")
    except RuntimeError as cause:
        raise DataError("store_unwritable", location=folder or "~", detail=str(cause)) from cause


def _file_url(folder: Path) -> str:
    path = folder.expanduser().absolute() / FILE
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


def parse_url(url: str) -> URL:
    """``url`` with the driver it is opened with; :class:`DataError` if that cannot be.

    The error does not repeat the URL, which may hold a password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DataError("store_url", variable=URL_VARIABLE) from None
    driver = _DRIVERS.get(parsed.drivername)
    # A database in memory would be another one for every connection.
    if driver is None or (driver == "sqlite" and not _is_file(parsed)):
        raise DataError("store_url", variable=URL_VARIABLE)
    return parsed.set(drivername=driver)


def has_store() -> bool:
    """Whether the store this process works with is there already; nothing is created.

    A server is taken to be there. :class:`DataError` if the address cannot be used.
    """
    url = parse_url(store_url())
    return url.get_backend_name() != "sqlite" or Path(str(url.database)).exists()


def _is_file(url: URL) -> bool:
    return bool(url.database) and url.database != ":memory:" and not url.query


def shown(url: URL) -> str:
    """The place in messages: the path of the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    return url.set(drivername="postgresql", query={}).render_as_string(hide_password=True)


def make_place(url: URL) -> None:
    """Create folder and file of a SQLite store for their owner alone, unless they are there.

    :class:`DataError` if the system refuses.
    """
    if url.get_backend_name() != "sqlite":
        return
    path = Path(str(url.database))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as cause:
        raise DataError(
            "store_unwritable", location=str(path), detail=cause.strerror or str(cause)
        ) from cause
