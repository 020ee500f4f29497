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
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from simulator.store import Store

NUMBERS = count()


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


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """A fresh PostgreSQL database."""
    name = f"store_{next(NUMBERS)}"
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 STRATEGY FILE_COPY")
        yield f"{postgresql}/{name}"
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """A SQLite file that is not there yet, in a folder that is not there yet."""
    return f"sqlite:///{tmp_path / 'kho' / 'simulator.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = Store(url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    opened = Store(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def postgresql_store(postgresql_url: str) -> Iterator[Store]:
    opened = Store(postgresql_url)
    yield opened
    opened.close()
