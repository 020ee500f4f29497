"""A private PostgreSQL server for these tests, and an empty store in each kind of database."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from simulator.store import Store
from simulator.store.location import parse_url

# Every test finds what a new database has: making one takes ten times as long.
CLEAR = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid();
    DROP SCHEMA public CASCADE;
    CREATE SCHEMA public;
    GRANT USAGE ON SCHEMA public TO public
"""


def program(name: str) -> str | None:
    """The newest server program of this name: Debian keeps them out of the PATH."""
    folders = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(folders, key=lambda path: float(path.parts[4]), default=None)
    return shutil.which(name) or (str(newest) if newest else None)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def other_user() -> dict[str, Any]:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": ()}


@contextmanager
def running_server(initdb: str, postgres: str) -> Iterator[str]:
    """The URL of a server with an empty data directory, without the name of a database."""
    with tempfile.TemporaryDirectory(prefix="pg-") as folder:
        as_user = other_user()
        if as_user:
            os.chown(folder, as_user["user"], as_user["group"])
        data, port = Path(folder) / "data", free_port()
        subprocess.run(
            [initdb, "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            check=True, capture_output=True, cwd=folder, **as_user,
        )  # fmt: skip
        server = subprocess.Popen(
            [postgres, "-D", data, "-F", "-h", "127.0.0.1", "-p", str(port), "-k", folder],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **as_user,
        )  # fmt: skip
        try:
            url = f"postgresql://tester@127.0.0.1:{port}"
            wait_for(url, server)
            yield url
        finally:
            # Stop at once, whoever is connected.
            server.send_signal(signal.SIGQUIT)
            server.wait()


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"{url}/postgres").close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    programs = program("initdb"), program("postgres")
    if None in programs:
        if os.environ.get("REQUIRE_ALL"):
            raise RuntimeError("PostgreSQL is not here")
        pytest.skip("PostgreSQL is not here")
    with running_server(*programs) as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_database(postgresql: str) -> str:
    """The URL of one database for the tests one by one."""
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE store TEMPLATE template0")
    return f"{postgresql}/store"


@pytest.fixture
def postgresql_url(postgresql_database: str) -> str:
    """An empty PostgreSQL database that nobody is connected to."""
    with psycopg.connect(postgresql_database, autocommit=True) as connection:
        connection.execute(CLEAR)
    return postgresql_database


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet, in a folder that is not there yet."""
    return f"sqlite:///{tmp_path / 'kho' / 'simulator.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a new store."""
    path = tmp_path_factory.mktemp("new") / "simulator.db"
    Store(f"sqlite:///{path}").close()
    return path.read_bytes()


@pytest.fixture(scope="session")
def postgresql_tables(postgresql: str) -> str:
    """The statements that make the tables of a new store."""
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE new TEMPLATE template0")
    Store(f"{postgresql}/new").close()
    dump = [program("pg_dump") or "", "--inserts", "--dbname", f"{postgresql}/new"]
    told = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
    # Lines with a backslash are for psql only.
    return "\n".join(line for line in told.splitlines() if not line.startswith("\\"))


@pytest.fixture
def new_store(request: pytest.FixtureRequest) -> Iterator[Callable[[str], Store]]:
    """Opens a store in an empty database, whose tables are made at once instead of step by step."""
    opened: list[Store] = []

    def open_new(url: str) -> Store:
        if url.startswith("sqlite"):
            path = Path(str(parse_url(url).database))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(request.getfixturevalue("sqlite_tables"))
        else:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(request.getfixturevalue("postgresql_tables"))
        opened.append(Store(url))
        return opened[-1]

    yield open_new
    for store in opened:
        store.close()


@pytest.fixture
def store(url: str, new_store: Callable[[str], Store]) -> Store:
    return new_store(url)


@pytest.fixture
def sqlite_store(sqlite_url: str, new_store: Callable[[str], Store]) -> Store:
    return new_store(sqlite_url)


@pytest.fixture
def postgresql_store(postgresql_url: str, new_store: Callable[[str], Store]) -> Store:
    return new_store(postgresql_url)
