"""A backup holds scenarios with all versions and the log; restoring only ever adds."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.store import Actor, Amounts, NewVersion, Restored, Store
from simulator.store.events import everything as whole_log
from tests.store.figures import numbered
from tests.store.saved import ANH, BINH, content
from tests.store.test_archive import pack_again, parts_of, parts_of_backup, refused, with_manifest


@pytest.fixture(params=["file to server", "server to file", "file to file"])
def pair(request: pytest.FixtureRequest, new_store, tmp_path: Path) -> tuple[Store, Store]:
    """A store with scenarios in every state, and an empty one, perhaps of the other kind."""
    first, _, second = request.param.split()
    if first != second:
        kinds = {"file": "sqlite_store", "server": "postgresql_store"}
        full, empty = (request.getfixturevalue(kinds[kind]) for kind in (first, second))
    else:
        full, empty = (new_store(f"sqlite:///{tmp_path / name}") for name in ("a.db", "b.db"))
    fill(full)
    return full, empty


def fill(store: Store) -> None:
    """Four scenarios, one archived and one deleted, with seven versions; one import; a PIN."""
    store.add(numbered(1))
    keys = [store.scenarios.create(content(number)).scenario_id for number in range(4)]
    store.scenarios.save(keys[0], content(10), 1, "10.0.0.9")
    store.scenarios.save(keys[0], content(11), 1)
    store.scenarios.rename(keys[1], "'; DROP TABLE scenarios; -- 🏛️", BINH)
    store.scenarios.archive(keys[2], ANH)
    store.scenarios.delete(keys[3], BINH)
    store.pin.set("123456", ANH)
    store.pin.check("sai rồi", BINH)


def scenarios_of(store: Store) -> tuple[object, ...]:
    kept = store.scenarios.listed() + store.scenarios.listed(deleted=True)
    return kept, [store.scenarios.versions(one.id) for one in kept]


def contents(store: Store, key: str) -> list[NewVersion]:
    return [one.content for one in store.scenarios.versions(key)]


def numbers(store: Store, key: str) -> list[tuple[int, int | None]]:
    return [(one.number, one.based_on) for one in store.scenarios.versions(key)]


def test_scenarios_with_all_versions_and_the_log_come_back_equal(pair, tmp_path) -> None:
    full, empty = pair
    there = Amounts(1, 4, 7)
    assert full.backup(tmp_path / "kho.zip") == there
    done = empty.restore(tmp_path / "kho.zip", Actor("Quản trị", "máy chủ"))
    assert done == Restored(there, Amounts(0, 0, 0))
    assert scenarios_of(empty) == scenarios_of(full)
    restored, *log = empty.events()
    assert log == list(full.events())
    assert (restored.action.value, restored.what) == ("backup_restored", "kho.zip")
    assert (restored.who, restored.client) == ("Quản trị", "máy chủ")
    assert empty.scenarios.number_of_changes() == 1


def test_the_pin_is_not_in_a_backup(pair, tmp_path) -> None:
    full, empty = pair
    full.backup(tmp_path / "kho.zip")
    listed = json.loads(parts_of(tmp_path / "kho.zip")["manifest.json"])
    parts = {"imports", "scenarios", "log", "letterheads", "templates"}
    assert listed.keys() == {"format", "made_at"} | parts
    for secret in ("123456", "sai rồi", "salt", "hash"):
        assert not any(secret in json.dumps(listed[part]) for part in ("scenarios", "log"))
    empty.pin.set("của tôi", ANH)
    empty.restore(tmp_path / "kho.zip")
    assert empty.pin.check("của tôi", ANH)
    assert not empty.pin.check("123456", ANH)


def test_restoring_twice_adds_no_version_and_no_entry(pair, tmp_path) -> None:
    full, other = pair
    full.backup(tmp_path / "kho.zip")
    other.restore(tmp_path / "kho.zip")
    before = scenarios_of(other), other.events(), other.scenarios.number_of_changes()
    assert other.restore(tmp_path / "kho.zip") == Restored(Amounts(0, 0, 0), Amounts(1, 4, 7))
    assert full.restore(tmp_path / "kho.zip") == Restored(Amounts(0, 0, 0), Amounts(1, 4, 7))
    assert before == (scenarios_of(other), other.events(), other.scenarios.number_of_changes())


@pytest.fixture
def two(store: Store, new_store, tmp_path: Path) -> tuple[Store, Store, str, Path]:
    """Two stores that both have two versions of one scenario; its id; where to back up."""
    other = new_store(f"sqlite:///{tmp_path / 'khác.db'}")
    key = other.scenarios.create(content(1)).scenario_id
    other.scenarios.save(key, content(2), 1)
    path = tmp_path / "kho.zip"
    other.backup(path)
    store.restore(path)
    return store, other, key, path


def test_a_scenario_that_is_there_gets_the_versions_it_lacks(two) -> None:
    store, other, key, path = two
    other.scenarios.save(key, content(3), 2)
    other.scenarios.save(key, content(4), 1)
    assert other.backup(path) == Amounts(0, 1, 4)
    assert store.restore(path) == Restored(Amounts(0, 0, 2), Amounts(0, 1, 2))
    assert scenarios_of(store) == scenarios_of(other)


def test_an_older_backup_takes_nothing_away(two) -> None:
    store, _other, key, path = two
    store.scenarios.save(key, content(3), 2)
    store.scenarios.rename(key, "Tên ở đây", ANH)
    before = scenarios_of(store)
    assert store.restore(path) == Restored(Amounts(0, 0, 0), Amounts(0, 1, 2))
    assert scenarios_of(store) == before


def test_where_both_went_on_the_line_of_the_backup_becomes_its_own_scenario(two) -> None:
    store, other, key, path = two
    store.scenarios.save(key, content(30), 2)
    store.scenarios.save(key, content(40), 3)
    before = store.scenarios.listed()
    for number, based_on in ((31, 2), (41, 3), (51, 1)):
        other.scenarios.save(key, content(number), based_on)
    other.scenarios.archive(key, BINH)
    other.backup(path)
    assert store.restore(path) == Restored(Amounts(0, 1, 5), Amounts(0, 0, 0))
    # What is in the store is as it was, in the list, in its versions, and to be renamed.
    (mine,) = before
    theirs, again = sorted(store.scenarios.listed(), key=lambda one: one.id == key)
    assert again == mine
    assert contents(store, key) == [content(n) for n in (1, 2, 30, 40)]
    assert store.scenarios.rename(key, "Tên ở đây", ANH).based_on == 4
    # And the other line is whole, with its moments and numbers.
    (source,) = other.scenarios.listed()
    assert theirs.id != key
    assert replace(theirs, id=key, newest=source.newest) == source
    assert [replace(one, scenario_id=key) for one in store.scenarios.versions(theirs.id)] == [
        *other.scenarios.versions(key)
    ]


def test_a_line_that_became_its_own_scenario_is_known_the_next_time_and_goes_on(two) -> None:
    store, other, key, path = two
    store.scenarios.save(key, content(30), 2)
    other.scenarios.save(key, content(31), 2)
    other.backup(path)
    store.restore(path)
    before = scenarios_of(store)
    assert store.restore(path) == Restored(Amounts(0, 0, 0), Amounts(0, 1, 3))
    assert scenarios_of(store) == before
    other.scenarios.save(key, content(41), 3)
    other.backup(path)
    assert store.restore(path) == Restored(Amounts(0, 0, 1), Amounts(0, 1, 3))
    assert sorted(len(store.scenarios.versions(one.id)) for one in store.scenarios.listed()) == [
        3, 4,
    ]  # fmt: skip
    # And back again: the other store gets what it lacks, nothing twice, and then both have both.
    store.backup(path)
    assert other.restore(path) == Restored(Amounts(0, 1, 3), Amounts(0, 1, 4))
    other.backup(path)
    assert store.restore(path).added == Amounts(0, 0, 0)


def test_a_line_of_the_backup_that_somebody_went_on_with_is_kept_once_more(two) -> None:
    store, other, key, path = two
    store.scenarios.save(key, content(30), 2)
    other.scenarios.save(key, content(31), 2)
    other.backup(path)
    store.restore(path)
    copy = next(one for one in store.scenarios.listed() if one.id != key)
    store.scenarios.save(copy.id, content(50), 3)
    other.scenarios.save(key, content(41), 3)
    other.backup(path)
    assert store.restore(path).added == Amounts(0, 1, 4)
    assert contents(store, copy.id) == [content(n) for n in (1, 2, 31, 50)]
    assert {one.newest.content.name for one in store.scenarios.listed()} == {
        "Lần 30", "Lần 50", "Lần 41",
    }  # fmt: skip


def test_the_same_content_saved_twice_is_two_versions_in_a_backup_too(two) -> None:
    store, other, key, path = two
    for _ in range(3):
        other.scenarios.save(key, content(2), 2)
    other.backup(path)
    store.restore(path)
    assert contents(store, key) == [content(1), *[content(2)] * 4]


def test_what_is_archived_or_deleted_here_stays_so(two) -> None:
    store, other, key, path = two
    store.scenarios.delete(key, ANH)
    other.scenarios.save(key, content(3), 2)
    other.backup(path)
    assert store.restore(path).added == Amounts(0, 0, 1)
    assert store.scenarios.listed() == ()
    assert [one.versions for one in store.scenarios.listed(deleted=True)] == [3]
    store.scenarios.undelete(key, ANH)
    other.scenarios.archive(key, BINH)
    other.scenarios.delete(key, BINH)
    other.backup(path)
    store.restore(path)
    assert [one.archived_at for one in store.scenarios.listed()] == [None]


def test_entries_of_both_logs_are_there_once_and_in_their_order(two) -> None:
    store, other, _key, path = two
    for number in range(3):
        other.scenarios.create(content(10 + number))
        store.scenarios.create(content(20 + number))
    other.backup(path)
    store.restore(path)
    log = store.events(1000)
    moments = [event.at for event in log]
    assert moments == sorted(moments, reverse=True)
    assert set(other.events(1000)) < set(log)
    assert len(set(log)) == len(log) == 2 + 1 + 6 + 1
    assert [event.what for event in log[1:7]] == [
        "Lần 22", "Lần 12", "Lần 21", "Lần 11", "Lần 20", "Lần 10",
    ]  # fmt: skip


def test_a_backup_of_the_first_format_is_still_restored(pair, tmp_path) -> None:
    full, empty = pair
    full.backup(tmp_path / "kho.zip")
    parts = parts_of(tmp_path / "kho.zip")
    listed = json.loads(parts["manifest.json"])
    old = {name: listed[name] for name in ("made_at", "imports")} | {"format": 1}
    pack_again(tmp_path / "kho.zip", parts | {"manifest.json": json.dumps(old).encode()})
    assert empty.restore(tmp_path / "kho.zip") == Restored(Amounts(1, 0, 0), Amounts(0, 0, 0))
    (entry,) = empty.entries()
    assert empty.tables(entry.id) == numbered(1).tables
    assert empty.scenarios.listed() == ()
    assert [event.action.value for event in empty.events()] == ["backup_restored"]


def test_a_backup_is_of_one_moment_and_names_how_much_is_in_it(pair, tmp_path) -> None:
    full, _empty = pair
    full.backup(tmp_path / "kho.zip")
    with zipfile.ZipFile(tmp_path / "kho.zip") as packed:
        listed = json.loads(packed.read("manifest.json"))
    assert listed["format"] == 3
    assert sorted(len(one["versions"]) for one in listed["scenarios"]) == [1, 1, 2, 3]
    with full._database.reading() as connection:
        assert len(listed["log"]) == len(whole_log(connection)) == 12


def first(listed: dict) -> dict:
    """The scenario with three versions."""
    return next(one for one in listed["scenarios"] if len(one["versions"]) == 3)


def version(listed: dict) -> dict:
    found: dict = first(listed)["versions"][-1]
    return found


BROKEN = {
    "no scenarios": lambda all_: all_.pop("scenarios"),
    "no log": lambda all_: all_.pop("log"),
    "scenarios": lambda all_: all_.update(scenarios=7),
    "a scenario": lambda all_: all_.update(scenarios=["x"]),
    "no id": lambda all_: first(all_).pop("id"),
    "number as id": lambda all_: first(all_).update(id=7),
    "NUL in the id": lambda all_: first(all_).update(id="\0"),
    "no moment": lambda all_: first(all_).update(created_at=None),
    "moment without zone": lambda all_: first(all_).update(deleted_at="2026-10-10"),
    "number as moment": lambda all_: first(all_).update(archived_at=7),
    "no versions": lambda all_: first(all_).update(versions=[]),
    "repeated number": lambda all_: version(all_).update(number=2),
    "number 0": lambda all_: first(all_)["versions"][0].update(number=0),
    "truth as number": lambda all_: version(all_).update(number=True),
    "text as number": lambda all_: version(all_).update(number="3"),
    "huge number": lambda all_: version(all_).update(number=2**31),
    "based on a later one": lambda all_: version(all_).update(based_on=3),
    "based on none of them": lambda all_: version(all_).update(based_on=0),
    "no moment of saving": lambda all_: version(all_).update(saved_at=None),
    "no name": lambda all_: version(all_).pop("name"),
    "empty name": lambda all_: version(all_).update(name=" "),
    "number as note": lambda all_: version(all_).update(note=7),
    "endless note": lambda all_: version(all_).update(note="x" * 10_000),
    "half a character": lambda all_: version(all_).update(unit="\ud800"),
    "text as total": lambda all_: version(all_).update(total="7"),
    "negative place": lambda all_: version(all_).update(place=-1),
    "list as parameters": lambda all_: version(all_).update(parameters=[]),
    "number as parameter": lambda all_: version(all_).update(parameters={"ON_TIME": 7}),
    "unknown action": lambda all_: all_["log"][0].update(action="x"),
    "no moment in the log": lambda all_: all_["log"][0].update(at=None),
    "number in the log": lambda all_: all_["log"][0].update(who=7),
    "NUL in the log": lambda all_: all_["log"][-1].update(what="\0"),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return parts_of_backup(fill, tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_an_altered_list_of_scenarios_changes_nothing(
    sqlite_store, whole, tmp_path, change
) -> None:
    sqlite_store.scenarios.create(content(77))
    before = scenarios_of(sqlite_store), sqlite_store.events()
    parts = dict(whole)
    with_manifest(change)(parts)
    pack_again(tmp_path / "kho.zip", parts)
    refused(sqlite_store, tmp_path / "kho.zip", "backup_broken")
    assert (scenarios_of(sqlite_store), sqlite_store.events()) == before


def test_scenarios_are_not_restored_where_the_figures_are_damaged(store, whole, tmp_path) -> None:
    parts = {name: part for name, part in whole.items() if not name.startswith("originals/")}
    pack_again(tmp_path / "kho.zip", parts)
    refused(store, tmp_path / "kho.zip", "backup_broken")
    assert (scenarios_of(store), store.events()) == (((), []), ())


def test_versions_may_skip_numbers(store: Store, whole, tmp_path) -> None:
    """A list in which somebody left one out is still worth restoring."""
    pack_again(tmp_path / "kho.zip", whole)
    parts = dict(whole)
    key = first(json.loads(parts["manifest.json"]))["id"]
    with_manifest(lambda all_: first(all_)["versions"].pop(1))(parts)
    pack_again(tmp_path / "gaps.zip", parts)
    store.restore(tmp_path / "gaps.zip")
    assert numbers(store, key) == [(1, None), (3, 1)]
    assert store.scenarios.save(key, content(5), 3).version.number == 4
    store.restore(tmp_path / "kho.zip")
    assert numbers(store, key) == [(1, None), (2, 1), (3, 1), (4, 3)]
