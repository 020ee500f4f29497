"""Imported figures come back exactly as they went in, and nothing is lost by accident."""

from __future__ import annotations

import io
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from simulator.baseline_files import baseline_ids
from simulator.errors import DataError
from simulator.imports import Tables
from simulator.store import NewImport, Outcome, Store
from simulator.store.packed import pack, unpack
from simulator.store.records import digest, import_id
from simulator.store.schema import import_tables, originals
from simulator.tables import SCHEMAS
from tests.store.figures import numbered, rows, shipped

HOSTILE = (
    "'; DROP TABLE imports; --",
    'Sở "Y tế" \\ %s {0} :name ?',
    "<script>alert(1)</script>",
    "Quảng Ngãi 🏛️ Thuỷ/Thủy",
    " hai  khoảng\ttrắng\n",
    "",
)


@pytest.mark.parametrize("baseline", baseline_ids())
def test_every_shipped_baseline_comes_back_as_it_was(store: Store, baseline: str) -> None:
    new = shipped(baseline)
    key, outcome = store.add(new)
    assert outcome is Outcome.NEW
    assert store.tables(key) == new.tables
    entry = store.entry(key)
    assert entry is not None
    assert (entry.units, entry.captured_at) == (len(new.tables["units"]), new.captured_at)
    assert [store.content(file.sha256) for file in entry.files] == [data for _, data in new.files]


def test_everything_about_an_import_comes_back(store: Store) -> None:
    before = datetime.now(UTC)
    new = numbered(1)
    key, _ = store.add(new)
    (entry,) = store.entries()
    assert entry == store.entry(key)
    for name in (
        "name", "edition", "period", "captured_at", "source", "is_complete", "default_unit",
        "findings", "lacks", "imported_by",
    ):  # fmt: skip
        assert getattr(entry, name) == getattr(new, name), name
    assert entry.id.startswith("nap-") and len(entry.id) == 16
    assert (entry.units, entry.deleted_at) == (40, None)
    assert before <= entry.imported_at <= datetime.now(UTC)
    assert entry.imported_at.utcoffset() == timedelta(0)
    assert [(file.name, file.sha256, file.size) for file in entry.files] == [
        (name, digest(data), len(data)) for name, data in new.files
    ]


def test_not_published_is_not_zero_and_not_an_empty_text(store: Store) -> None:
    tables = {
        "facts": rows(
            "facts",
            {"unit": "H44", "fact": "a", "value": None, "raw": None},
            {"unit": "H44", "fact": "b", "value": 0.0, "raw": ""},
            {"unit": "H44", "fact": "c", "value": -0.0, "raw": "0\0"},
        )
    }
    key, _ = store.add(replace(numbered(1), tables=tables))
    found = store.tables(key)["facts"]
    assert [repr(row["value"]) for row in found] == ["None", "0.0", "-0.0"]
    assert [row["raw"] for row in found] == [None, "", "0\0"]


def test_the_same_figures_twice_are_one_import(store: Store) -> None:
    first, _ = store.add(numbered(1))
    version = store.version()
    again = replace(numbered(1), name="Tên khác", files=(("khác.csv", b"x"),))
    assert store.add(again) == (first, Outcome.KNOWN)
    assert [entry.name for entry in store.entries()] == ["Lần 1"]
    assert store.version() == version
    assert store.with_file(digest(b"x")) == ()


def test_the_same_figures_as_whole_numbers_are_the_same_import(store: Store) -> None:
    whole = numbered(1)
    for row in whole.tables["indicators"]:
        row["numerator"] = int(row["numerator"])
    first, _ = store.add(whole)
    assert store.add(numbered(1)) == (first, Outcome.KNOWN)


@pytest.mark.parametrize("other", [{"period": "2026-09"}, {"captured_at": "2026-11-01"}])
def test_another_capture_or_period_is_another_import(store: Store, other: dict[str, str]) -> None:
    store.add(numbered(1))
    _, outcome = store.add(replace(numbered(1), **other))
    assert outcome is Outcome.NEW
    assert len(store.entries()) == 2


def test_one_file_in_two_imports_is_kept_once_and_both_are_found(store: Store) -> None:
    keys = {store.add(numbered(number))[0] for number in (1, 2)}
    assert {entry.id for entry in store.with_file(digest(b"a,b\n"))} == keys
    (one,) = store.with_file(digest(numbered(2).files[0][1]))
    assert one.name == "Lần 2"
    assert store.content(digest(b"a,b\n")) == b"a,b\n"


def test_the_same_file_twice_in_one_import_is_listed_twice(store: Store) -> None:
    twice = (("a.csv", b"x"), ("b.csv", b"x"), ("rỗng", b""))
    key, _ = store.add(replace(numbered(1), files=twice))
    entry = store.entry(key)
    assert entry is not None
    assert [(file.name, file.size) for file in entry.files] == [
        ("a.csv", 1), ("b.csv", 1), ("rỗng", 0),
    ]  # fmt: skip
    assert store.content(digest(b"")) == b""


def test_newest_capture_comes_first_then_the_newest_import(store: Store) -> None:
    days = ["2026-10-02", "", "2026-10-10T07:00:40Z", "2026-10-10", "2026-10-02"]
    for number, day in enumerate(days):
        store.add(replace(numbered(number), captured_at=day))
    names = [entry.name for entry in store.entries()]
    assert names == ["Lần 2", "Lần 3", "Lần 4", "Lần 0", "Lần 1"]
    assert [unit.name for unit in store.holding("H44.01")] == names


def test_deleted_imports_leave_the_lists_and_can_be_brought_back(store: Store) -> None:
    key, _ = store.add(numbered(1))
    store.delete(key)
    assert store.entries() == ()
    assert store.holding("H44.01") == ()
    (deleted,) = store.entries(deleted=True)
    assert deleted.deleted_at is not None and deleted.deleted_at >= deleted.imported_at
    assert store.with_file(digest(b"a,b\n")) == (deleted,)
    store.delete(key)
    assert store.entry(key) == deleted
    store.undelete(key)
    assert [entry.id for entry in store.entries()] == [key]
    assert store.tables(key) == numbered(1).tables


def test_figures_that_had_been_deleted_come_back_when_they_are_added_again(store: Store) -> None:
    key, _ = store.add(numbered(1))
    store.delete(key)
    assert store.add(numbered(1)) == (key, Outcome.RESTORED)
    assert [entry.id for entry in store.entries()] == [key]
    assert store.entries(deleted=True) == ()


def test_purging_removes_what_no_other_import_uses(store: Store) -> None:
    first, second = (store.add(numbered(number))[0] for number in (1, 2))
    with pytest.raises(DataError, match="store_not_deleted"):
        store.purge(first)
    store.delete(first)
    store.purge(first)
    assert store.entry(first) is None
    assert [unit.import_id for unit in store.holding("H44.01")] == [second]
    with pytest.raises(DataError, match="store_unknown_import"):
        store.tables(first)
    with pytest.raises(DataError, match="store_unknown_file"):
        store.content(digest(numbered(1).files[0][1]))
    assert store.content(digest(b"a,b\n")) == b"a,b\n"
    assert store.tables(second) == numbered(2).tables
    assert store.add(numbered(1)) == (first, Outcome.NEW)


@pytest.mark.parametrize("name", HOSTILE)
def test_any_text_stays_text(store: Store, name: str) -> None:
    units = rows(
        "units",
        {"unit": name or "H44", "name": name, "short_name": name, "level": "commune"},
    )
    new = replace(
        numbered(1), tables={"units": units}, name=name, source=name, imported_by=name,
        files=((name, b"x"),), findings=({name: name},), lacks=(name,), period=name,
    )  # fmt: skip
    key, _ = store.add(new)
    entry = store.entry(key)
    assert entry is not None
    assert (entry.name, entry.source, entry.imported_by, entry.period) == (name,) * 4
    assert (entry.findings, entry.lacks, entry.files[0].name) == (({name: name},), (name,), name)
    assert store.tables(key)["units"] == units
    assert [unit.unit_name for unit in store.holding(name or "H44")] == [name]
    store.rename(key, name * 2)
    assert [entry.name for entry in store.entries()] == [name * 2]


@pytest.mark.parametrize("value", ["a\0b", "\ud800"])
def test_what_a_database_cannot_hold_is_refused_before_anything_is_written(
    store: Store, value: str
) -> None:
    bad_unit = rows("units", {"unit": value, "name": "", "short_name": "", "level": "commune"})
    for new in (
        replace(numbered(1), name=value),
        replace(numbered(1), files=((value, b""),)),
        replace(numbered(1), tables={"units": bad_unit}),
    ):
        with pytest.raises(DataError, match=r"store_(text|value)"):
            store.add(new)
    key, _ = store.add(numbered(1))
    with pytest.raises(DataError, match="store_text"):
        store.rename(key, value)
    assert [entry.name for entry in store.entries()] == ["Lần 1"]


@pytest.mark.parametrize(
    ("kind", "row", "code"),
    [
        ("scores", {"unit": "H44", "group": "TOTAL", "points": 101.0}, "store_value"),
        ("scores", {"unit": "H44", "group": "TOTAL", "points": float("nan")}, "store_value"),
        ("facts", {"unit": "H44", "fact": "a", "value": float("inf")}, "store_value"),
        ("facts", {"unit": None, "fact": "a"}, "store_value"),
        ("facts", {"unit": "H44", "fact": "a", "value": "x"}, "store_value"),
        ("facts", {"unit": "H44", "fact": "a", "value": 2**53 + 1}, "store_value"),
        ("units", {"unit": "H44", "extra": 1}, "table_columns"),
        ("cars", None, "store_kind"),
    ],
)
def test_tables_that_break_their_schema_are_refused(store, kind, row, code) -> None:
    tables = {kind: rows(kind, row) if row else []}
    with pytest.raises(DataError, match=code):
        store.add(replace(numbered(1), tables=tables))
    assert store.entries() == ()


def test_a_unit_has_its_total_in_every_import(store: Store) -> None:
    first, second = numbered(1), numbered(2)
    second.tables["scores"][1]["points"] = None
    store.add(first)
    store.add(second)
    without, with_total = store.holding("H44.01")
    assert (without.name, without.total) == ("Lần 2", None)
    assert with_total.total == round(first.tables["scores"][1]["points"] * 100)
    assert (with_total.unit_name, with_total.level) == ("UBND xã H44.01", "commune")
    assert (with_total.pool, with_total.period) == ("H44-communes", "2026-ytd")
    assert store.holding("H99") == ()


def test_every_change_changes_the_version(store: Store) -> None:
    seen = [store.version()]
    key, _ = store.add(numbered(1))
    steps = [
        lambda: None,
        lambda: store.rename(key, "Tên mới"),
        lambda: store.delete(key),
        lambda: store.undelete(key),
        lambda: store.delete(key),
        lambda: store.add(numbered(1)),
        lambda: store.delete(key),
        lambda: store.purge(key),
    ]
    for step in steps:
        step()
        seen.append(store.version())
    assert seen == sorted(set(seen))
    store.entries()
    assert store.version() == seen[-1]


def test_another_process_sees_a_change(store: Store, url: str) -> None:
    other = Store(url)
    version = other.version()
    key, _ = store.add(numbered(1))
    assert other.version() > version
    assert other.tables(key) == numbered(1).tables
    other.close()


@pytest.mark.parametrize("method", ["delete", "undelete", "purge", "tables"])
def test_an_unknown_import_is_named(store: Store, method: str) -> None:
    with pytest.raises(DataError) as caught:
        getattr(store, method)("nap-000000000000")
    assert caught.value.code == "store_unknown_import"
    assert caught.value.fields["id"] == "nap-000000000000"
    assert store.entry("nap-000000000000") is None


def test_damaged_files_and_tables_are_noticed(store: Store) -> None:
    key, _ = store.add(numbered(1))
    whole = digest(b"a,b\n")
    packed = pack("facts", numbered(1).tables["facts"])
    with store._database.writing() as connection:
        of_file = update(originals).where(originals.c.sha256 == whole)
        connection.execute(of_file.values(content=b"a,c\n"))
        of_table = update(import_tables).where(import_tables.c.kind == "facts")
        connection.execute(of_table.values(parquet=packed[:-5]))
    for question in (lambda: store.content(whole), lambda: store.tables(key)):
        with pytest.raises(DataError, match="store_damaged"):
            question()


def test_a_single_changed_byte_of_the_figures_is_noticed() -> None:
    table = rows("facts", *({"unit": "H44", "fact": f"f{k}", "value": k / 7} for k in range(50)))
    packed = pack("facts", table)
    codes = set()
    for position in range(4, len(packed), 3):
        damaged = bytearray(packed)
        damaged[position] ^= 0x10
        try:
            found = unpack("facts", bytes(damaged))
        except DataError as error:
            codes.add(error.code)
        else:
            assert found == table
    assert codes == {"store_damaged"}


def test_a_column_that_came_later_is_not_published_in_older_imports() -> None:
    table = rows("facts", {"unit": "H44", "fact": "a", "value": 1.0, "raw": "1"})
    older = pq.read_table(io.BytesIO(pack("facts", table))).drop_columns(["note"])
    stream = io.BytesIO()
    pq.write_table(older, stream)
    assert unpack("facts", stream.getvalue()) == table
    without_note = [{name: row[name] for name in row if name != "note"} for row in table]
    ids = {
        import_id("e", "p", "c", [("facts", row) for row in found])
        for found in (table, without_note)
    }
    assert len(ids) == 1


def test_threads_share_a_store(store: Store) -> None:
    def work(number: int) -> None:
        key, _ = store.add(numbered(number))
        found.append(store.tables(key) == numbered(number).tables)

    found: list[bool] = []
    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 12
    assert len(store.entries()) == 12


def cells(field: pa.Field) -> st.SearchStrategy[object]:
    """Any value the schema allows in this column."""
    rules = {name.decode(): value.decode() for name, value in (field.metadata or {}).items()}
    low, high = (float(rules[name]) if name in rules else None for name in ("min", "max"))
    if "allowed" in rules:
        values: st.SearchStrategy[object] = st.sampled_from(rules["allowed"].split(","))
    elif pa.types.is_string(field.type):
        # NUL is refused where it would become a column of its own.
        values = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
    elif pa.types.is_integer(field.type):
        values = st.integers(int(low or 0), 2**63 - 1)
    else:
        values = st.floats(low, high, allow_nan=False, allow_infinity=False)
    return st.none() | values if field.nullable else values


TABLES = st.fixed_dictionaries(
    {
        kind: st.lists(st.fixed_dictionaries({field.name: cells(field) for field in schema}))
        for kind, schema in SCHEMAS.items()
    }
)


def exactly(tables: Tables) -> dict[str, list[list[tuple[str, str]]]]:
    """Every cell as its repr, which tells 0.0 from -0.0 and 1 from 1.0."""
    return {
        kind: [sorted((name, repr(cell)) for name, cell in row.items()) for row in table]
        for kind, table in tables.items()
    }


@given(tables=TABLES)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
def test_any_rows_of_the_schemas_come_back(store: Store, tables: dict[str, list]) -> None:
    new: NewImport = replace(numbered(1), tables=tables, files=())
    key, _ = store.add(new)
    assert exactly(store.tables(key)) == exactly(tables)
    entry = store.entry(key)
    assert entry is not None
    assert entry.units == len({row["unit"] for row in tables["units"]})


def test_the_same_figures_in_another_order_are_the_same_import(store: Store) -> None:
    new = numbered(1)
    turned = {kind: list(reversed(list(table))) for kind, table in new.tables.items()}
    first, _ = store.add(new)
    assert store.add(replace(new, tables=turned)) == (first, Outcome.KNOWN)


def test_known_figures_can_be_said_to_be_complete(store: Store) -> None:
    new = replace(numbered(1), is_complete=False)
    first, _ = store.add(new)
    before = store.version()
    assert store.add(replace(new, is_complete=True)) == (first, Outcome.KNOWN)
    entry = store.entry(first)
    assert entry is not None
    assert entry.is_complete
    assert store.version() > before
    # Nobody takes it back by leaving a box empty.
    store.add(new)
    again = store.entry(first)
    assert again is not None
    assert again.is_complete
