"""A store of an earlier version is brought to this one with everything in it, or left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, inspect, select, text

import simulator.store.engine as engine
import simulator.store.reading as reading
import simulator.store.writing as writing
from simulator.store import Entry, Store
from simulator.store.location import make_place, parse_url
from simulator.store.schema import changes, metadata
from tests.store.figures import numbered, shipped
from tests.store.importer import importers
from tests.store.saved import ANH, content

SECOND = {"scenarios", "scenario_versions", "events", "pins", "pin_failures"}


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection that writes, past the program: opening a store would migrate it."""
    make_place(parse_url(url))
    if url.startswith("sqlite"):
        made = engine._file_engine(parse_url(url))
    else:
        made = create_engine(parse_url(url))
    with made.execution_options(takes_turn=True).begin() as connection:
        yield connection
    made.dispose()


def alembic(do: Callable[..., None], url: str, revision: str) -> None:
    with connected(url) as connection:
        do(engine._migrations(connection), revision)


@pytest.fixture
def old(url: str) -> tuple[Entry, ...]:
    """What is in the store at ``url``, which version 0001 wrote: its entries."""
    alembic(command.upgrade, url, "0001")
    with connected(url) as connection:
        for new in (numbered(1), numbered(2), shipped("phutho-2026-ytd")):
            writing.write(connection, writing.prepare(new))
        writing.mark_deleted(connection, writing.prepare(numbered(2)).id)
        assert set(inspect(connection).get_table_names()) & SECOND == set()
        assert connection.scalars(select(changes.c.id)).all() == [1]
        return reading.entries(connection)


def assert_figures(store: Store, old: tuple[Entry, ...]) -> None:
    found = store.entries() + store.entries(deleted=True)
    assert sorted(found, key=attrgetter("id")) == sorted(old, key=attrgetter("id"))
    assert len(store.entries(deleted=True)) == 1
    for new in (numbered(1), numbered(2), shipped("phutho-2026-ytd")):
        key = writing.prepare(new).id
        assert store.tables(key) == new.tables
        found = store.entry(key)
        assert found is not None
        assert [(file.name, store.content(file.sha256)) for file in found.files] == list(new.files)


def test_a_store_of_version_0001_keeps_its_figures_and_takes_scenarios(url, old) -> None:
    store = Store(url)
    assert_figures(store, old)
    assert (store.version(), store.scenarios.number_of_changes()) == (4, 0)
    assert (store.events(), store.scenarios.listed(), store.pin.is_set()) == ((), (), False)
    with store._database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    made = store.scenarios.create(content(1))
    assert store.scenarios.version(made.scenario_id) == made
    store.pin.set("123456", ANH)
    assert store.add(numbered(2))[1] == "restored"
    assert len(store.events()) == 3
    store.close()


def test_going_back_to_version_0001_leaves_the_figures_and_forward_again(url, old) -> None:
    store = Store(url)
    store.scenarios.create(content(1))
    store.pin.set("123456", ANH)
    store.close()
    alembic(command.downgrade, url, "0001")
    with connected(url) as connection:
        assert set(inspect(connection).get_table_names()) & SECOND == set()
        assert connection.scalars(select(changes.c.id)).all() == [1]
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0001"
        assert reading.entries(connection) == old
    again = Store(url)
    assert_figures(again, old)
    assert (again.scenarios.listed(), again.pin.is_set(), again.events()) == ((), False, ())
    again.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(url, old) -> None:
    with connected(url) as connection:
        connection.execute(text("CREATE TABLE pin_failures (number INTEGER)"))
    with pytest.raises(Exception, match="pin_failures"):
        Store(url)
    with connected(url) as connection:
        assert set(inspect(connection).get_table_names()) & SECOND == {"pin_failures"}
        assert connection.scalar(text("SELECT version_num FROM alembic_version")) == "0001"
        assert connection.scalars(select(changes.c.id)).all() == [1]
        connection.execute(text("DROP TABLE pin_failures"))
    store = Store(url)
    assert_figures(store, old)
    store.close()


def test_processes_that_open_an_old_store_at_once_migrate_it_once(url, old) -> None:
    with importers(4) as started:
        for number, importer in enumerate(started):
            importer.tell("add", url=url, number=10 + number)
        assert [importer.answer()["outcome"] for importer in started] == ["new"] * 4
    store = Store(url)
    assert {entry.id for entry in old} < {
        entry.id for entry in store.entries() + store.entries(deleted=True)
    }
    assert len(store.entries()) == 6
    assert len(store.events()) == 4
    store.close()


def test_everything_can_be_taken_away_again(url: str) -> None:
    Store(url).close()
    alembic(command.downgrade, url, "base")
    with connected(url) as connection:
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
