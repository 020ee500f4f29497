"""Where the store lies, how it is opened, and what is said when that is not possible."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, inspect, make_url, text

from simulator.errors import DataError
from simulator.store import Store, has_store, open_store, store_url
from simulator.store.engine import schema_version
from simulator.store.location import make_place, parse_url
from simulator.store.problems import _FILE_CODES, _SERVER_CODES
from simulator.store.schema import metadata
from simulator.text import LANGUAGES, explain
from tests.store.conftest import free_port
from tests.store.figures import numbered


def sentence(error: DataError) -> str:
    """The Vietnamese sentence, once it is sure that both languages have one."""
    vietnamese, english = (explain(error, language) for language in LANGUAGES)
    assert vietnamese != english
    return vietnamese


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("SIMULATOR_DATABASE_URL", raising=False)
    monkeypatch.delenv("SIMULATOR_DATA_DIR", raising=False)
    return monkeypatch


def test_migrated_tables_are_those_of_the_program(store: Store) -> None:
    with store._database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        version = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert version.scalar_one() == schema_version() == "0003"


def test_opening_again_changes_nothing(store: Store, url: str) -> None:
    key, _ = store.add(numbered(1))
    again = Store(url)
    assert (again.version(), again.tables(key)) == (1, numbered(1).tables)
    again.close()


def test_a_store_of_a_newer_version_is_refused_and_left_alone(store: Store, url: str) -> None:
    with store._database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DataError, match="store_newer") as caught:
        Store(url)
    assert "9999" in sentence(caught.value)
    with store._database.reading() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert version.scalar_one() == "9999"


@pytest.mark.parametrize("table", ["imports", "changes"])
def test_a_database_of_another_program_is_refused_and_left_alone(url: str, table: str) -> None:
    make_place(parse_url(url))
    engine = create_engine(parse_url(url))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE TABLE {table} (number INTEGER)"))
    with pytest.raises(DataError, match="store_foreign") as caught:
        Store(url)
    assert table in sentence(caught.value)
    assert inspect(engine).get_table_names() == [table]
    engine.dispose()


def test_a_file_is_kept_safe_and_lets_readers_in_while_it_is_written(sqlite_store: Store) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 10_000, "foreign_keys": 1}
    with sqlite_store._database.reading() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in wanted}
    assert found == wanted
    with sqlite_store._database.writing():
        assert sqlite_store.entries() == ()


def test_an_error_undoes_the_whole_transaction(store: Store) -> None:
    store.add(numbered(1))

    def fail() -> None:
        with store._database.writing() as connection:
            connection.execute(text("DELETE FROM import_units"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert len(store.holding("H44.01")) == 1


def test_the_environment_names_the_store(environment, tmp_path) -> None:
    environment.setattr(Path, "home", lambda: tmp_path / "nhà")
    expected = tmp_path / "nhà" / ".simulator-766" / "simulator.db"
    assert make_url(store_url()).database == str(expected)
    environment.setenv("SIMULATOR_DATA_DIR", str(tmp_path / "số liệu %41?#"))
    assert make_url(store_url()).database == str(tmp_path / "số liệu %41?#" / "simulator.db")
    environment.setenv("SIMULATOR_DATABASE_URL", "postgresql://u:p@h/db")
    assert store_url() == "postgresql://u:p@h/db"
    assert has_store()


def test_folder_and_file_are_made_for_their_owner_alone_at_the_first_use(
    environment, tmp_path
) -> None:
    folder = tmp_path / "nhà" / "số liệu %41?#"
    environment.setenv("SIMULATOR_DATA_DIR", str(folder))
    assert not has_store()
    assert not folder.exists()
    store = open_store()
    assert has_store()
    assert store is open_store() is open_store(store_url())
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "simulator.db").stat().st_mode) == 0o600
    assert store.location == str(folder / "simulator.db")
    store.close()


def test_without_a_home_the_variable_is_named(environment) -> None:
    def nobody() -> Path:
        raise RuntimeError("Could not determine home directory.")

    environment.setattr(Path, "home", nobody)
    with pytest.raises(DataError, match="store_unwritable") as caught:
        store_url()
    assert "SIMULATOR_DATA_DIR" in sentence(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "", "kho", "mysql://u:secret@h/db", "postgresql://u:secret@h:port/db", "sqlite://",
        "sqlite:///:memory:", "sqlite:///x?mode=memory", "postgresql+asyncpg://u:secret@h/db",
    ],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_not_repeated(url: str) -> None:
    with pytest.raises(DataError, match="store_url") as caught:
        Store(url)
    assert "SIMULATOR_DATABASE_URL" in sentence(caught.value)
    assert "secret" not in sentence(caught.value) + str(caught.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path) -> None:
    (tmp_path / "tệp").write_text("x")
    with pytest.raises(DataError, match="store_unwritable") as caught:
        Store(f"sqlite:///{tmp_path / 'tệp' / 'kho' / 'simulator.db'}")
    assert str(tmp_path / "tệp" / "kho") in sentence(caught.value)


def test_a_folder_in_place_of_the_file_is_named(tmp_path) -> None:
    with pytest.raises(DataError, match="store_unwritable") as caught:
        Store(f"sqlite:///{tmp_path}")
    assert str(tmp_path) in sentence(caught.value)


@pytest.mark.parametrize("content", [b"not a database at all " * 100, b"SQLite format 3\0" * 300])
def test_a_foreign_or_broken_file_is_refused_and_left_alone(tmp_path, content: bytes) -> None:
    path = tmp_path / "simulator.db"
    path.write_bytes(content)
    with pytest.raises(DataError, match="store_corrupt") as caught:
        Store(f"sqlite:///{path}")
    assert str(path) in sentence(caught.value)
    assert path.read_bytes() == content


def test_a_store_whose_pages_are_damaged_says_so(sqlite_store: Store) -> None:
    sqlite_store.add(numbered(1))
    sqlite_store.close()
    path = Path(sqlite_store.location)
    content = bytearray(path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(DataError, match="store_corrupt"):
        Store(f"sqlite:///{path}")


def test_a_file_another_program_holds_is_busy(sqlite_store: Store, monkeypatch) -> None:
    other = sqlite3.connect(sqlite_store.location, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("simulator.store.engine.WAIT_SECONDS", 0.05)
    impatient = Store(f"sqlite:///{sqlite_store.location}")
    with pytest.raises(DataError, match="store_busy") as caught:
        impatient.add(numbered(1))
    assert sqlite_store.location in sentence(caught.value)
    other.execute("ROLLBACK")
    other.close()
    impatient.add(numbered(1))
    impatient.close()
    assert len(sqlite_store.entries()) == 1


def test_a_row_another_program_holds_on_a_server_is_busy(
    postgresql_store: Store, postgresql_url: str, monkeypatch
) -> None:
    with postgresql_store._database.reading() as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar_one() == "10s"
    monkeypatch.setattr("simulator.store.engine._SERVER_SETTINGS", "SET lock_timeout = '50ms'")
    impatient = Store(postgresql_url)
    with psycopg.connect(postgresql_url) as other:
        other.execute("SELECT * FROM changes FOR UPDATE")
        with pytest.raises(DataError, match="store_busy") as caught:
            impatient.add(numbered(1))
    assert postgresql_url.rsplit("/", 1)[1] in sentence(caught.value)
    impatient.add(numbered(1))
    impatient.close()
    assert len(postgresql_store.entries()) == 1


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(DataError, match="store_unavailable") as caught:
        Store(f"postgresql://tester:secret@127.0.0.1:{free_port()}/kho")
    assert "127.0.0.1" in sentence(caught.value)
    assert "secret" not in sentence(caught.value) + str(caught.value)


def test_a_database_that_is_not_there_is_named(postgresql: str) -> None:
    with pytest.raises(DataError, match="store_unavailable") as caught:
        Store(f"{postgresql}/khong_co")
    assert "khong_co" in sentence(caught.value)


def test_connections_a_server_closed_are_made_again(postgresql_store, postgresql_url) -> None:
    postgresql_store.add(numbered(1))
    with psycopg.connect(postgresql_url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert len(postgresql_store.entries()) == 1


def test_a_user_who_may_not_create_tables_is_told_so(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url, autocommit=True) as admin:
        admin.execute("DROP ROLE IF EXISTS guest")
        admin.execute("CREATE ROLE guest LOGIN")
    with pytest.raises(DataError, match="store_unwritable") as caught:
        Store(postgresql_url.replace("tester@", "guest@"))
    assert "guest" in sentence(caught.value)


def test_a_database_that_cannot_hold_vietnamese_is_refused(postgresql: str) -> None:
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as admin:
        admin.execute("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
        with pytest.raises(DataError, match="store_encoding") as caught:
            Store(f"{postgresql}/latin")
        admin.execute("DROP DATABASE latin WITH (FORCE)")
    assert "LATIN1" in sentence(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_usual_spelling_of_the_scheme_opens(postgresql_url: str, scheme: str) -> None:
    store = Store(postgresql_url.replace("postgresql", scheme, 1))
    assert store.entries() == ()
    store.close()


def test_every_fault_of_a_database_has_a_sentence() -> None:
    for code in {*_FILE_CODES.values(), *(code for _, code in _SERVER_CODES)}:
        shown = sentence(DataError(code, location="[nơi]", detail="[vì]"))
        assert "[nơi]" in shown and "[vì]" in shown
