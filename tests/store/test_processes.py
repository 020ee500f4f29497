"""Several processes at one store, and processes that are killed while they write."""

from __future__ import annotations

import hashlib
import random
import sqlite3

import pytest
from sqlalchemy import select, text

from simulator.store import Store
from simulator.store.location import parse_url
from simulator.store.schema import import_files, import_tables, import_units, imports, originals
from tests.store.figures import numbered
from tests.store.importer import importers

SIDES = (import_tables, import_units, import_files)


def raw(store: Store) -> tuple[dict[str, str], set[str], set[str]]:
    """``(digest of everything of each import by id, kept originals, originals in use)``."""
    with store._database.reading() as connection:
        digests = {row.id: hashlib.sha256(repr(row).encode())
                   for row in connection.execute(select(imports))}  # fmt: skip
        for table in SIDES:
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
                digests[row.import_id].update(repr(row).encode())
        kept = {row.sha256: row.content for row in connection.execute(select(originals))}
        files = connection.execute(select(import_files)).all()
    for row in files:
        assert hashlib.sha256(kept[row.sha256]).hexdigest() == row.sha256
    return (
        {key: digest.hexdigest() for key, digest in digests.items()},
        set(kept),
        {row.sha256 for row in files},
    )


def assert_whole(store: Store, key: str, number: int) -> None:
    new, entry = numbered(number), store.entry(key)
    assert entry is not None
    assert entry.units == 40
    assert store.tables(key) == new.tables
    assert [(file.name, store.content(file.sha256)) for file in entry.files] == list(new.files)
    assert any(unit.import_id == key for unit in store.holding("H44.39"))


def assert_sound(store: Store) -> None:
    """The file itself is undamaged, if it is one."""
    url = parse_url(store.location if "://" in store.location else f"sqlite:///{store.location}")
    if url.get_backend_name() != "sqlite":
        return
    connection = sqlite3.connect(str(url.database))
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def kill_again_and_again(url: str, times: int) -> None:
    generator = random.Random(766)  # noqa: S311
    store = Store(url)
    known: dict[str, str] = {}
    begun: set[int] = set()
    with importers(1) as (importer,):
        for _ in range(times):
            importer.tell(
                "killed", url=url, first=max(begun, default=-1) + 1,
                written=generator.randrange(3), seconds=generator.uniform(0, 0.015),
            )  # fmt: skip
            told = importer.answer()
            begun |= set(told["began"])
            assert_sound(store)
            found, kept, used = raw(store)
            assert kept == used
            assert {key: found.get(key) for key in known} == known
            number_of = {entry.id: int(entry.name.split()[1]) for entry in store.entries()}
            new = {number_of[key]: key for key in found if key not in known}
            # A server may finish what it had been told before the client died.
            assert set(told["done"]) <= set(new) <= begun
            for number, key in new.items():
                assert_whole(store, key, number)
            known = found
    for entry in store.entries():
        assert_whole(store, entry.id, int(entry.name.split()[1]))
    store.close()
    # The kills came between and within imports.
    assert 0 < len(known) < len(begun)


def test_an_import_killed_in_the_middle_leaves_nothing_behind_in_a_file(sqlite_url) -> None:
    kill_again_and_again(sqlite_url, 100)


def test_an_import_killed_in_the_middle_leaves_nothing_behind_on_a_server(postgresql_url) -> None:
    kill_again_and_again(postgresql_url, 20)


def test_processes_that_open_a_new_store_at_once_all_add_their_figures(url: str) -> None:
    """Each of them finds no tables and wants to create them."""
    with importers(4) as started:
        for number, importer in enumerate(started):
            importer.tell("add", url=url, number=number)
        answers = [importer.answer() for importer in started]
    assert [answer["outcome"] for answer in answers] == ["new"] * 4
    store = Store(url)
    for number, answer in enumerate(answers):
        assert_whole(store, answer["id"], number)
    with store._database.reading() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version"))
        assert version.scalars().all() == ["0003"]
    assert store.version() == 4
    store.close()


def test_processes_that_add_the_same_figures_at_once_make_one_import(url: str) -> None:
    Store(url).close()
    with importers(3) as started:
        for number in range(5):
            for importer in started:
                importer.tell("add", url=url, number=number)
            outcomes = [importer.answer()["outcome"] for importer in started]
            assert sorted(outcomes) == ["known", "known", "new"]
    store = Store(url)
    assert len(store.entries()) == 5
    assert store.version() == 5
    store.close()


@pytest.mark.parametrize("number", [0, 1])
def test_an_import_is_the_same_in_every_process(number: int) -> None:
    """The importer and the test must agree, or the tests above would prove nothing."""
    assert numbered(number) == numbered(number)
    assert numbered(number) != numbered(number + 1)
