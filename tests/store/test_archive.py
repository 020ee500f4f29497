"""A backup holds everything, goes into either kind of database, and is believed in nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.errors import DataError
from simulator.store import Amounts, Restored, Store
from simulator.store.records import digest
from simulator.text import LANGUAGES, explain
from tests.store.figures import numbered

NOTHING = Amounts(0, 0, 0)


@pytest.fixture(params=["file to server", "server to file", "file to file"])
def pair(request: pytest.FixtureRequest, new_store, tmp_path: Path) -> tuple[Store, Store]:
    """A store with imports, deleted ones too, and an empty one, perhaps of the other kind."""
    first, _, second = request.param.split()
    if first != second:
        kinds = {"file": "sqlite_store", "server": "postgresql_store"}
        full, empty = (request.getfixturevalue(kinds[kind]) for kind in (first, second))
    else:
        full, empty = (new_store(f"sqlite:///{tmp_path / name}") for name in ("a.db", "b.db"))
    fill(full)
    return full, empty


def fill(store: Store) -> None:
    for number in range(4):
        store.add(numbered(number))
    store.add(replace(numbered(4), name="'; DROP TABLE imports; -- 🏛️", files=()))
    store.delete(store.entries()[0].id)
    store.rename(store.entries()[0].id, "Tên mới")


def figures(done: Restored) -> tuple[int, int]:
    return done.added.figures, done.known.figures


def everything(store: Store) -> tuple[object, ...]:
    entries = store.entries() + store.entries(deleted=True)
    return (
        entries,
        [store.tables(entry.id) for entry in entries],
        {file.sha256: store.content(file.sha256) for entry in entries for file in entry.files},
        store.holding("H44.07"),
    )


def test_a_restored_store_is_equal_to_the_one_backed_up(pair, tmp_path) -> None:
    full, empty = pair
    assert full.backup(tmp_path / "kho.zip") == Amounts(5, 0, 0)
    assert empty.restore(tmp_path / "kho.zip") == Restored(Amounts(5, 0, 0), NOTHING)
    assert everything(empty) == everything(full)
    assert len(empty.entries(deleted=True)) == 1
    assert empty.version() > 0


def test_restoring_twice_adds_nothing_and_touches_nothing(pair, tmp_path) -> None:
    full, other = pair
    full.backup(tmp_path / "kho.zip")
    other.add(numbered(0))
    other.rename(other.entries()[0].id, "Tên ở đây")
    assert figures(other.restore(tmp_path / "kho.zip")) == (4, 1)
    assert "Tên ở đây" in {entry.name for entry in other.entries()}
    before, version = everything(other), other.version()
    assert figures(other.restore(tmp_path / "kho.zip")) == (0, 5)
    assert (everything(other), other.version()) == (before, version)


def test_a_backup_is_a_zip_anyone_can_look_into(store: Store, tmp_path) -> None:
    fill(store)
    store.backup(tmp_path / "kho.zip")
    with zipfile.ZipFile(tmp_path / "kho.zip") as packed:
        names = packed.namelist()
        manifest = json.loads(packed.read("manifest.json"))
        shared = packed.read(f"originals/{digest(b'a,b' + bytes([10]))}")
    assert len(names) == len(set(names)) == 1 + 5 * 4 + 4 + 1
    assert (manifest["format"], len(manifest["imports"])) == (3, 5)
    assert shared == b"a,b\n"


def test_an_empty_store_can_be_backed_up_and_restored(store: Store, tmp_path) -> None:
    assert store.backup(tmp_path / "kho.zip") == NOTHING
    assert store.restore(tmp_path / "kho.zip") == Restored(NOTHING, NOTHING)
    assert (store.version(), store.events()) == (0, ())


def test_an_older_backup_is_replaced_and_no_draft_stays(sqlite_store: Store, tmp_path) -> None:
    path = tmp_path / "sao" / "kho.zip"
    path.parent.mkdir()
    sqlite_store.backup(path)
    sqlite_store.add(numbered(1))
    assert sqlite_store.backup(path).figures == 1
    assert list(path.parent.iterdir()) == [path]


def test_a_backup_that_cannot_be_made_leaves_the_older_one(sqlite_store, tmp_path) -> None:
    path = tmp_path / "sao" / "kho.zip"
    path.parent.mkdir()
    sqlite_store.add(numbered(1))
    sqlite_store.backup(path)
    before = path.read_bytes()
    with sqlite_store._database.writing() as connection:
        connection.exec_driver_sql("UPDATE originals SET content = x'00'")
    with pytest.raises(DataError, match="store_damaged"):
        sqlite_store.backup(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(DataError, match="backup_unwritable") as caught:
        sqlite_store.backup(tmp_path / "không có" / "kho.zip")
    assert "không có" in explain(caught.value, "vi")


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pack_again(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)


def parts_of_backup(fill: Callable[[Store], object], folder: Path) -> dict[str, bytes]:
    """What a backup of a store filled like this consists of."""
    store = Store(f"sqlite:///{folder / 'nguồn.db'}")
    fill(store)
    store.backup(folder / "kho.zip")
    store.close()
    return parts_of(folder / "kho.zip")


def with_manifest(change: Callable[[dict], object]) -> Callable[[dict[str, bytes]], None]:
    def apply(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        change(manifest)
        parts["manifest.json"] = json.dumps(manifest).encode()

    return apply


def other_bytes(start: str) -> Callable[[dict[str, bytes]], None]:
    """The last part of this kind, so that others were written before it is found."""

    def apply(parts: dict[str, bytes]) -> None:
        name = [name for name in parts if name.startswith(start)][-1]
        parts[name] = parts[name][:-3] + b"xyz"

    return apply


def without(start: str) -> Callable[[dict[str, bytes]], None]:
    def apply(parts: dict[str, bytes]) -> None:
        del parts[[name for name in parts if name.startswith(start)][-1]]

    return apply


BROKEN = {
    "other file": other_bytes("originals/"),
    "other table": other_bytes("tables/"),
    "no file": without("originals/"),
    "no table": without("tables/"),
    "no manifest": without("manifest.json"),
    "manifest": lambda parts: parts.update({"manifest.json": b"[]"}),
    "no JSON": lambda parts: parts.update({"manifest.json": b"\xff"}),
    "other id": with_manifest(lambda all_: all_["imports"][-1].update(id="nap-000000000000")),
    "other period": with_manifest(lambda all_: all_["imports"][-1].update(period="2025")),
    "table left out": with_manifest(lambda all_: all_["imports"][-1]["tables"].pop()),
    "no name": with_manifest(lambda all_: all_["imports"][-1].pop("name")),
    "number as name": with_manifest(lambda all_: all_["imports"][-1].update(name=7)),
    "NUL in the name": with_manifest(lambda all_: all_["imports"][-1].update(name="\0")),
    "text as truth": with_manifest(lambda all_: all_["imports"][-1].update(is_complete="x")),
    "number as finding": with_manifest(
        lambda all_: all_["imports"][-1].update(findings=[{"code": 7}])
    ),
    "findings": with_manifest(lambda all_: all_["imports"][-1].update(findings="x")),
    "lacks": with_manifest(lambda all_: all_["imports"][-1].update(lacks=[None])),
    "no moment": with_manifest(lambda all_: all_["imports"][-1].update(imported_at=None)),
    "moment": with_manifest(lambda all_: all_["imports"][-1].update(imported_at="hôm qua")),
    "no zone": with_manifest(lambda all_: all_["imports"][-1].update(deleted_at="2026-10-10")),
    "imports": with_manifest(lambda all_: all_.update(imports=7)),
    "no format": with_manifest(lambda all_: all_.pop("format")),
    "format of truth": with_manifest(lambda all_: all_.update(format=True)),
    "format 0": with_manifest(lambda all_: all_.update(format=0)),
    "text as format": with_manifest(lambda all_: all_.update(format="1")),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return parts_of_backup(fill, tmp_path_factory.mktemp("whole"))


@pytest.mark.parametrize("change", BROKEN.values(), ids=BROKEN)
def test_an_altered_backup_changes_nothing(store: Store, whole, tmp_path, change) -> None:
    parts = dict(whole)
    change(parts)
    pack_again(tmp_path / "kho.zip", parts)
    refused(store, tmp_path / "kho.zip", "backup_broken")


@pytest.mark.parametrize("kept", [0, 0.1, 0.5, 0.9, 0.999])
def test_a_cut_backup_changes_nothing(store: Store, tmp_path, kept: float) -> None:
    store.add(numbered(1))
    store.backup(tmp_path / "kho.zip")
    content = (tmp_path / "kho.zip").read_bytes()
    (tmp_path / "kho.zip").write_bytes(content[: int(len(content) * kept)])
    refused(store, tmp_path / "kho.zip", "backup_broken")


def test_a_backup_with_one_changed_byte_changes_nothing_or_is_whole(sqlite_store, tmp_path) -> None:
    source = Store(f"sqlite:///{tmp_path / 'nguồn.db'}")
    source.add(replace(numbered(1), files=(("a.csv", b"a,b\n"),)))
    source.backup(tmp_path / "kho.zip")
    content = (tmp_path / "kho.zip").read_bytes()
    for position in range(0, len(content), 97):
        damaged = bytearray(content)
        damaged[position] ^= 0x04
        (tmp_path / "hỏng.zip").write_bytes(damaged)
        code = code_of(lambda: sqlite_store.restore(tmp_path / "hỏng.zip"))
        assert code in ("", "backup_broken", "backup_newer")
        assert len(sqlite_store.entries()) == (not code)
        for entry in sqlite_store.entries():
            assert everything(sqlite_store)[1:3] == everything(source)[1:3]
            sqlite_store.delete(entry.id)
            sqlite_store.purge(entry.id)
    source.close()


def test_a_backup_of_a_newer_version_is_refused(store: Store, tmp_path) -> None:
    store.backup(tmp_path / "kho.zip")
    parts = parts_of(tmp_path / "kho.zip")
    with_manifest(lambda manifest: manifest.update(format=4))(parts)
    pack_again(tmp_path / "kho.zip", parts)
    refused(store, tmp_path / "kho.zip", "backup_newer")


def test_a_backup_that_is_not_there_or_a_folder_is_refused(store: Store, tmp_path) -> None:
    refused(store, tmp_path / "không có.zip", "input_missing")
    refused(store, tmp_path, "backup_broken")


def code_of(action: Callable[[], object]) -> str:
    """The code of what it raises, or nothing."""
    try:
        action()
    except DataError as error:
        return error.code
    return ""


def refused(store: Store, path: Path, code: str) -> None:
    before, version = everything(store), store.version()
    with pytest.raises(DataError) as caught:
        store.restore(path)
    assert caught.value.code == code
    for language in LANGUAGES:
        assert path.name in explain(caught.value, language)
    assert (everything(store), store.version()) == (before, version)
