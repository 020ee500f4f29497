"""The PIN for changes: only its hash is kept, and guessing it takes for ever."""

from __future__ import annotations

import sqlite3
import threading
import unicodedata
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from simulator.errors import DataError
from simulator.store import Action, Actor, Store
from simulator.store.pin import (
    BLOCK,
    COST,
    FIRST_WAIT,
    FREE_ALL,
    FREE_EACH,
    LONGEST,
    LONGEST_WAIT,
    REMEMBERED,
    SHARED_WAIT,
    SHORTEST,
    _hash,
)
from simulator.store.schema import metadata, pin_failures, pins
from simulator.text import LANGUAGES, explain
from tests.store.saved import ANH, BINH

PIN = "Quê-hương 1975"
NOON = datetime(2026, 10, 10, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes a guesser for ever takes hundreds of entries here too long."""
    monkeypatch.setattr("simulator.store.pin.COST", 2)


@pytest.fixture
def guarded(store: Store) -> Store:
    """A store with a PIN."""
    store.pin.set(PIN, ANH)
    return store


def wait_of(store: Store, entry: str, by: Actor, now: datetime) -> int:
    """The seconds one is told to wait; the entry must not have been looked at."""
    with pytest.raises(DataError, match="pin_wait") as caught:
        store.pin.check(entry, by, now)
    seconds: int = caught.value.fields["seconds"]
    for language in LANGUAGES:
        shown = f"{seconds:,}".replace(",", "." if language == "vi" else ",")
        assert shown in explain(caught.value, language)
    return seconds


def fail(store: Store, by: Actor, times: int, now: datetime) -> None:
    for _ in range(times):
        assert store.pin.check("sai", by, now) is False


def refused(store: Store) -> int:
    return sum(event.action is Action.PIN_REFUSED for event in store.events(10_000))


def test_without_a_pin_everything_is_right(store: Store) -> None:
    assert not store.pin.is_set()
    assert store.pin.check("", ANH)
    assert store.pin.check("gì cũng được", ANH)
    assert store.events() == ()


def test_only_the_right_pin_is_right(guarded: Store) -> None:
    assert guarded.pin.is_set()
    assert guarded.pin.check(PIN, ANH, NOON)
    for wrong in ("", PIN.lower(), PIN + "1", PIN[:-1]):
        assert not guarded.pin.check(wrong, ANH, NOON)


@pytest.mark.parametrize("typed", [f"  {PIN}\n", unicodedata.normalize("NFD", PIN)])
def test_spaces_around_it_and_the_way_letters_are_composed_do_not_count(guarded, typed) -> None:
    assert guarded.pin.check(typed, ANH, NOON)


@pytest.mark.parametrize("odd", ["\0", "\ud800", "x" * 5000, "ẫ" * 1_000_000])
def test_an_entry_of_any_kind_is_just_wrong_and_counts(guarded: Store, odd: str) -> None:
    assert guarded.pin.check(odd, ANH, NOON) is False
    assert refused(guarded) == 1


@pytest.mark.parametrize("by", [Actor("\0", "10.0.0.9"), Actor("", "\ud800")])
def test_an_entry_that_could_not_be_logged_is_not_looked_at(guarded: Store, by: Actor) -> None:
    """Else a name with NUL would make every guess free."""
    for entry in ("sai", PIN):
        with pytest.raises(DataError, match="store_text"):
            guarded.pin.check(entry, by, NOON)


@pytest.mark.parametrize("pin", ["", "12345", "  12345  ", "1" * (LONGEST + 1)])
def test_a_pin_too_short_or_too_long_is_refused_and_the_old_one_stays(guarded, pin: str) -> None:
    with pytest.raises(DataError, match="pin_length") as caught:
        guarded.pin.set(pin, ANH)
    for language in LANGUAGES:
        assert str(SHORTEST) in explain(caught.value, language)
    assert guarded.pin.check(PIN, ANH, NOON)


@pytest.mark.parametrize("pin", ["123456", "ẫ" * LONGEST, "'; DROP TABLE pins; --"])
def test_a_pin_may_be_any_text(store: Store, pin: str) -> None:
    store.pin.set(pin, ANH)
    assert store.pin.check(pin, ANH, NOON)
    assert not store.pin.check(pin[:-1], ANH, NOON)


def test_another_pin_replaces_the_first_and_clearing_it_needs_none(guarded: Store) -> None:
    guarded.pin.set("khác hẳn", BINH)
    assert not guarded.pin.check(PIN, ANH, NOON)
    assert guarded.pin.check("khác hẳn", ANH, NOON)
    guarded.pin.clear(BINH)
    assert not guarded.pin.is_set()
    assert guarded.pin.check("gì cũng được", ANH, NOON)
    said = [(event.action, event.who) for event in reversed(guarded.events())]
    assert said == [
        (Action.PIN_SET, ANH.name), (Action.PIN_SET, BINH.name), (Action.PIN_REFUSED, ANH.name),
        (Action.PIN_CLEARED, BINH.name),
    ]  # fmt: skip


def test_a_guess_takes_the_memory_it_is_said_to_take() -> None:
    assert 128 * BLOCK * COST == 16 * 2**20


def test_only_a_salted_hash_is_kept(guarded: Store) -> None:
    def row() -> tuple[bytes, bytes]:
        with guarded._database.reading() as connection:
            found = connection.execute(select(pins)).one()
        return found.salt, found.hash

    salt, digest = row()
    assert (len(salt), len(digest)) == (16, 64)
    assert digest == _hash(PIN, salt)
    guarded.pin.set(PIN, ANH)
    assert row() != (salt, digest)
    guarded.pin.check("mã sai bí mật", ANH, NOON)
    with guarded._database.reading() as connection:
        kept = [
            repr(tuple(found))
            for table in metadata.sorted_tables
            for found in connection.execute(select(table))
        ]
    assert len(kept) > 4
    assert not any(secret in text for text in kept for secret in (PIN, "mã sai bí mật"))


def test_neither_the_pin_nor_wrong_entries_are_in_the_file(sqlite_store: Store) -> None:
    sqlite_store.pin.set(PIN, ANH)
    sqlite_store.pin.check("mã sai bí mật", ANH, NOON)
    sqlite_store.close()
    path = Path(sqlite_store.location)
    assert sqlite3.connect(path).execute("SELECT count(*) FROM pins").fetchone() == (1,)
    files = [part.read_bytes() for part in path.parent.iterdir()]
    assert any(ANH.name.encode() in content for content in files)
    for secret in (PIN, "mã sai bí mật"):
        assert not any(secret.encode() in content for content in files)


def test_after_a_few_wrong_entries_an_address_waits_longer_and_longer(guarded: Store) -> None:
    fail(guarded, ANH, FREE_EACH, NOON)
    now, waits = NOON, []
    for _ in range(10):
        waits.append(wait_of(guarded, "sai", ANH, now))
        now += timedelta(seconds=waits[-1])
        assert wait_of(guarded, "sai", ANH, now - SECOND) == 1
        fail(guarded, ANH, 1, now)
    first, longest = int(FIRST_WAIT.total_seconds()), int(LONGEST_WAIT.total_seconds())
    assert waits == [min(first * 2**k, longest) for k in range(10)]
    # Others do not wait for it.
    assert guarded.pin.check(PIN, BINH, NOON)


def test_while_one_waits_even_the_right_pin_is_not_looked_at(guarded: Store) -> None:
    fail(guarded, ANH, FREE_EACH, NOON)
    before = guarded.events()
    for _ in range(20):
        assert wait_of(guarded, PIN, ANH, NOON + SECOND) == FIRST_WAIT.total_seconds() - 1
        wait_of(guarded, "sai", ANH, NOON + SECOND)
    # Neither logged nor counted: the waiting has not grown.
    assert guarded.events() == before
    assert guarded.pin.check(PIN, ANH, NOON + FIRST_WAIT)


def test_what_is_left_of_the_waiting_is_rounded_up(guarded: Store) -> None:
    fail(guarded, ANH, FREE_EACH, NOON)
    assert wait_of(guarded, PIN, ANH, NOON + timedelta(milliseconds=600)) == 30
    assert wait_of(guarded, PIN, ANH, NOON + FIRST_WAIT - timedelta(microseconds=1)) == 1


def test_the_right_pin_forgives_the_own_wrong_entries_only(guarded: Store) -> None:
    fail(guarded, ANH, FREE_EACH - 1, NOON)
    fail(guarded, BINH, FREE_EACH, NOON)
    assert guarded.pin.check(PIN, ANH, NOON)
    fail(guarded, ANH, FREE_EACH, NOON)
    wait_of(guarded, PIN, ANH, NOON)
    wait_of(guarded, PIN, BINH, NOON)


def test_many_addresses_together_wait_too(guarded: Store) -> None:
    """One guess from each of many machines is as good as many from one."""
    for number in range(FREE_ALL):
        fail(guarded, Actor("", f"10.0.1.{number}"), 1, NOON)
    assert wait_of(guarded, PIN, Actor("", "10.0.2.1"), NOON) == FIRST_WAIT.total_seconds()
    fail(guarded, Actor("", "10.0.2.2"), 1, NOON + FIRST_WAIT)
    left = wait_of(guarded, PIN, Actor("", "10.0.2.3"), NOON + FIRST_WAIT)
    assert left == SHARED_WAIT.total_seconds()
    assert guarded.pin.check(PIN, ANH, NOON + 2 * FIRST_WAIT)


def test_nobody_is_locked_out_for_long_by_the_mistakes_of_others(sqlite_store) -> None:
    sqlite_store.pin.set(PIN, ANH)
    for number in range(4 * FREE_ALL):
        fail(sqlite_store, Actor("", f"10.1.{number}"), 1, NOON + number * SHARED_WAIT)
    last = NOON + (4 * FREE_ALL - 1) * SHARED_WAIT
    assert wait_of(sqlite_store, PIN, BINH, last) == SHARED_WAIT.total_seconds() == 30
    # Who makes mistakes waits for the own ones as long as ever.
    for _ in range(FREE_EACH):
        last += SHARED_WAIT
        fail(sqlite_store, ANH, 1, last)
    last += FIRST_WAIT
    fail(sqlite_store, ANH, 1, last)
    assert wait_of(sqlite_store, PIN, ANH, last) == 2 * FIRST_WAIT.total_seconds()
    assert sqlite_store.pin.check(PIN, BINH, last + SHARED_WAIT)


def test_guessing_from_ever_new_addresses_yields_few_guesses(sqlite_store) -> None:
    sqlite_store.pin.set(PIN, ANH)
    end, now, guesses = NOON + timedelta(hours=1), NOON, 0
    while now < end:
        try:
            fail(sqlite_store, Actor("", f"10.1.{guesses}"), 1, now)
            guesses += 1
        except DataError as error:
            now += timedelta(seconds=error.fields["seconds"])
    # Half a minute apart but for the free ones: nearly a year for all PINs of six digits.
    an_hour = guesses - FREE_ALL
    assert an_hour == 60 * 60 // 30 - 1
    assert 10**SHORTEST / (24 * an_hour) > 340
    assert refused(sqlite_store) == guesses


def test_wrong_entries_are_forgotten_after_a_day(guarded: Store) -> None:
    fail(guarded, ANH, FREE_EACH, NOON)
    later = NOON + REMEMBERED + SECOND
    fail(guarded, ANH, FREE_EACH, later)
    wait_of(guarded, PIN, ANH, later)
    with guarded._database.reading() as connection:
        kept = connection.scalar(select(func.count()).select_from(pin_failures))
    assert kept == FREE_EACH
    # The log forgets nothing.
    assert refused(guarded) == 2 * FREE_EACH


def test_a_wrong_entry_of_a_day_ago_does_not_prolong_the_waiting(guarded: Store) -> None:
    fail(guarded, ANH, FREE_EACH - 2, NOON)
    fail(guarded, ANH, 2, NOON + REMEMBERED - 10 * SECOND)
    assert wait_of(guarded, PIN, ANH, NOON + REMEMBERED) == FIRST_WAIT.total_seconds() - 10
    assert guarded.pin.check(PIN, ANH, NOON + REMEMBERED + SECOND)


def test_setting_or_clearing_the_pin_ends_the_waiting(guarded: Store) -> None:
    fail(guarded, ANH, FREE_EACH, NOON)
    guarded.pin.set(PIN, BINH)
    assert guarded.pin.check(PIN, ANH, NOON)
    fail(guarded, ANH, FREE_EACH, NOON)
    guarded.pin.clear(BINH)
    assert guarded.pin.check("", ANH, NOON)


def test_a_clock_that_was_put_back_makes_nobody_wait_longer(guarded: Store) -> None:
    fail(guarded, ANH, FREE_EACH, NOON)
    assert wait_of(guarded, PIN, ANH, NOON - timedelta(hours=5)) == FIRST_WAIT.total_seconds()


def test_every_wrong_entry_is_logged_with_its_address(guarded: Store) -> None:
    fail(guarded, ANH, 2, NOON)
    fail(guarded, BINH, 1, NOON)
    said = [(event.who, event.client, event.what) for event in guarded.events(3)]
    assert said == [(who.name, who.client, "") for who in (BINH, ANH, ANH)]


def test_entries_made_at_once_do_not_slip_through_together(guarded: Store) -> None:
    answers = []

    def guess() -> None:
        try:
            answers.append(guarded.pin.check("sai", ANH, NOON))
        except DataError as error:
            answers.append(error.code)

    threads = [threading.Thread(target=guess) for _ in range(4 * FREE_EACH)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers.count(False) == refused(guarded) == FREE_EACH
    assert answers.count("pin_wait") == 3 * FREE_EACH


def test_every_pin_has_its_own_mark(store: Store) -> None:
    assert store.pin.mark() is None
    marks = [store.pin.set(PIN, ANH), store.pin.set(PIN, ANH), store.pin.set("khác hẳn", ANH)]
    assert len(set(marks)) == 3
    assert store.pin.mark() == marks[-1]
    store.pin.check(PIN, ANH, NOON)
    assert store.pin.mark() == marks[-1]
    store.pin.clear(ANH)
    assert store.pin.mark() is None


def test_a_pin_is_replaced_only_if_it_is_still_the_one_that_was_given(store: Store) -> None:
    first = store.pin.set(PIN, ANH, before=None)
    second = store.pin.set("khác hẳn", BINH, before=first)
    for refused_change in (
        lambda: store.pin.set("lại khác", ANH, before=first),
        lambda: store.pin.set("lại khác", ANH, before=None),
        lambda: store.pin.clear(ANH, before=first),
    ):
        with pytest.raises(DataError, match="pin_changed"):
            refused_change()
    assert store.pin.mark() == second
    store.pin.clear(BINH, before=second)
    store.pin.clear(BINH, before=None)
    assert [event.who for event in store.events()] == [BINH.name] * 3 + [ANH.name]


def test_of_many_who_set_the_first_pin_at_once_one_does(store: Store) -> None:
    outcomes = []

    def set_first(number: int) -> None:
        try:
            outcomes.append(store.pin.set(f"mã số {number}", ANH, before=None))
        except DataError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=set_first, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("pin_changed") == 7
    assert store.pin.mark() in outcomes


def test_the_pin_changes_neither_number_of_changes(guarded: Store) -> None:
    guarded.pin.check("sai", ANH, NOON)
    assert (guarded.version(), guarded.scenarios.number_of_changes()) == (0, 0)
