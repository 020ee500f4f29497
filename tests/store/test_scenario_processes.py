"""Many write scenarios at once, or die while they write: no version is lost."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import chain

import pytest
from sqlalchemy import func, select

from simulator.store import Action, Actor, Store, Version
from simulator.store.schema import events, scenario_versions, scenarios
from tests.store.importer import importers
from tests.store.saved import ANH, content, number_of
from tests.store.test_processes import assert_sound


def assert_one_after_another(found: tuple[Version, ...]) -> None:
    """Numbers without gaps, each made from one before it, in the order of their moments."""
    assert [one.number for one in found] == list(range(1, len(found) + 1))
    assert all(0 < (one.based_on or 0) < one.number for one in found[1:])
    assert [one.saved_at for one in found] == sorted(one.saved_at for one in found)


def test_threads_that_save_one_scenario_at_once_all_keep_theirs(store: Store) -> None:
    key = store.scenarios.create(content(0)).scenario_id

    def save(first: int) -> list[tuple[int, list[int]]]:
        """Eight saves by one who never looks: the number of each and those it was told of."""
        told = []
        for number in range(first, first + 8):
            saved = store.scenarios.save(key, content(number), based_on=1)
            told.append((saved.version.number, [one.number for one in saved.meanwhile]))
        return told

    with ThreadPoolExecutor(4) as pool:
        answers = [told for each in pool.map(save, (100, 200, 300, 400)) for told in each]
    found = store.scenarios.versions(key)
    assert_one_after_another(found)
    expected = [0, *(first + k for first in (100, 200, 300, 400) for k in range(8))]
    assert sorted(number_of(one.content) for one in found) == expected
    # Each was told of exactly those saved before it, so nobody overlooks anybody.
    assert sorted(answers) == [(number, list(range(2, number))) for number in range(2, 34)]
    assert store.scenarios.number_of_changes() == len(store.events()) == 33


def test_processes_that_save_one_scenario_at_once_all_keep_theirs(url: str) -> None:
    store = Store(url)
    key = store.scenarios.create(content(0)).scenario_id
    with importers(3) as started:
        for place, importer in enumerate(started, 1):
            importer.tell("save", url=url, key=key, first=100 * place, times=15, based_on=1)
        told = [importer.answer()["told"] for importer in started]
    found = store.scenarios.versions(key)
    assert_one_after_another(found)
    mine = [[f"Lần {100 * place + k}" for k in range(15)] for place in (1, 2, 3)]
    assert sorted(one.content.name for one in found) == sorted(["Lần 0", *chain(*mine)])
    # Who goes on from what was just saved is told of others only, and of each once.
    for own, others in zip(mine, told, strict=True):
        assert set(others).isdisjoint(own)
        assert max(Counter(others).values(), default=1) == 1
    # Of any two, the later one was told of the earlier.
    assert sum(map(len, told)) >= 15 + 15
    assert store.scenarios.number_of_changes() == len(store.events()) == 46
    store.close()


def test_threads_that_rename_archive_delete_and_save_at_once_lose_nothing(store: Store) -> None:
    keys = [store.scenarios.create(content(number)).scenario_id for number in range(3)]

    def work(seed: int) -> int:
        generator, saves = random.Random(seed), 0  # noqa: S311
        of, by = store.scenarios, Actor(f"Người {seed}", f"10.0.0.{seed}")
        for step in range(15):
            key = generator.choice(keys)
            do = generator.randrange(4)
            if do == 0:
                generator.choice((of.archive, of.unarchive, of.delete, of.undelete))(key, by)
            elif do == 1:
                of.rename(key, f"Tên {seed}.{step}", by)
                saves += 1
            else:
                of.save(key, content(1000 * seed + step), based_on=1)
                saves += 1
        return saves

    with ThreadPoolExecutor(4) as pool:
        saves = sum(pool.map(work, range(1, 5)))
    found = [store.scenarios.versions(key) for key in keys]
    for one in found:
        assert_one_after_another(one)
    assert sum(map(len, found)) == 3 + saves
    actions = Counter(event.action for event in store.events(1000))
    assert actions[Action.SCENARIO_SAVED] + actions[Action.SCENARIO_RENAMED] == 3 + saves
    assert store.scenarios.number_of_changes() == actions.total()


def whole(store: Store) -> dict[int, Version]:
    """Every version by the number of its content, once it is sure that none is half written."""
    with store._database.reading() as connection:
        count = func.count()
        rows = connection.scalar(select(count).select_from(scenario_versions))
        logged = connection.scalar(select(count).select_from(events))
        kept = set(connection.scalars(select(scenarios.c.id)))
    listed = store.scenarios.listed()
    assert {one.id for one in listed} == kept
    found: dict[int, Version] = {}
    for scenario in listed:
        versions = store.scenarios.versions(scenario.id)
        assert_one_after_another(versions)
        assert (versions[-1], len(versions)) == (scenario.newest, scenario.versions)
        found |= {number_of(one.content): one for one in versions}
    assert len(found) == rows == logged == store.scenarios.number_of_changes()
    return found


def test_a_process_killed_while_it_saves_loses_nothing_it_said_was_saved(sqlite_url) -> None:
    """A hundred times kill -9 at a moment nobody chose."""
    generator = random.Random(766)  # noqa: S311
    store = Store(sqlite_url)
    known: dict[int, Version] = {}
    begun: set[int] = set()
    cut = 0
    with importers(1) as (importer,):
        for _ in range(100):
            importer.tell(
                "killed", url=sqlite_url, what="scenarios", first=max(begun, default=-1) + 1,
                written=generator.randrange(4), seconds=generator.uniform(0, 0.025),
            )  # fmt: skip
            told = importer.answer()
            began, done = set(told["began"]), set(told["done"])
            begun |= began
            assert_sound(store)
            found = whole(store)
            assert {number: found[number] for number in known} == known
            new = found.keys() - known.keys()
            assert done <= new <= began
            assert len(new - done) <= 1
            cut += len(began - new)
            known = found
    store.close()
    # The kills came before, within and after transactions.
    assert cut > 0
    assert len(known) > 100


def test_a_store_that_was_killed_can_be_written_at_once(sqlite_url) -> None:
    with importers(1) as (importer,):
        for seconds in (0.001, 0.002, 0.003):
            importer.tell(
                "killed", url=sqlite_url, what="scenarios", first=0, written=1, seconds=seconds
            )
            importer.answer()
            store = Store(sqlite_url)
            store.scenarios.create(content(1), ANH.client)
            assert store.scenarios.listed()[0].newest.content == content(1)
            store.close()


@pytest.mark.parametrize("number", [0, 7])
def test_a_content_is_the_same_in_every_process(number: int) -> None:
    assert number_of(content(number)) == number
    assert content(number) != content(number + 1)
