"""Whatever changes the store is in its log: who, from where, what, when."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from simulator.errors import DataError
from simulator.store import Action, Actor, Store
from simulator.store.events import MOST
from tests.store.figures import numbered
from tests.store.saved import ANH, BINH, content


def said(store: Store) -> list[tuple[str, str, str, str]]:
    """``(action, who, client, what)``, the oldest first."""
    return [
        (event.action.value, event.who, event.client, event.what)
        for event in reversed(store.events(1000))
    ]


def test_every_change_of_a_scenario_is_logged_with_who_did_it(store: Store) -> None:
    before = datetime.now(UTC)
    key = store.scenarios.create(content(1), "10.0.0.7").scenario_id
    store.scenarios.save(key, replace(content(2), author=BINH.name), 1, "10.0.0.8")
    store.scenarios.rename(key, "Tên mới", BINH)
    store.scenarios.archive(key, ANH)
    store.scenarios.unarchive(key, BINH)
    store.scenarios.delete(key, ANH)
    store.scenarios.undelete(key, BINH)
    anh, binh = (ANH.name, ANH.client), (BINH.name, BINH.client)
    assert said(store) == [
        ("scenario_saved", *anh, "Lần 1"),
        ("scenario_saved", *binh, "Lần 2"),
        ("scenario_renamed", *binh, "Lần 2 → Tên mới"),
        ("scenario_archived", *anh, "Tên mới"),
        ("scenario_unarchived", *binh, "Tên mới"),
        ("scenario_deleted", *anh, "Tên mới"),
        ("scenario_undeleted", *binh, "Tên mới"),
    ]
    moments = [event.at for event in store.events()]
    assert moments == sorted(moments, reverse=True)
    assert before <= moments[-1] <= moments[0] <= datetime.now(UTC)


def test_every_change_of_figures_is_logged_with_who_did_it(store: Store) -> None:
    key, _ = store.add(numbered(1), "10.0.0.9")
    store.rename(key, "Tên mới", BINH)
    store.delete(key, ANH)
    store.undelete(key, BINH)
    store.delete(key, ANH)
    store.purge(key, BINH)
    anh, binh = (ANH.name, ANH.client), (BINH.name, BINH.client)
    assert said(store) == [
        ("figures_imported", "Nguyễn Thị Ánh", "10.0.0.9", "Lần 1"),
        ("figures_renamed", *binh, "Lần 1 → Tên mới"),
        ("figures_deleted", *anh, "Tên mới"),
        ("figures_undeleted", *binh, "Tên mới"),
        ("figures_deleted", *anh, "Tên mới"),
        ("figures_purged", *binh, "Tên mới"),
    ]


def test_figures_that_are_known_are_logged_only_if_something_is_new_of_them(store) -> None:
    part = replace(numbered(1), is_complete=False)
    key, _ = store.add(part)
    store.add(part)
    assert len(store.events()) == 1
    store.add(numbered(1), "10.0.0.9")
    assert store.entry(key).is_complete
    assert [event.client for event in store.events()] == ["10.0.0.9", ""]


def test_what_changes_nothing_is_not_logged(store: Store) -> None:
    key = store.scenarios.create(content(1)).scenario_id
    for change in (store.scenarios.undelete, store.scenarios.unarchive):
        change(key, ANH)
    store.scenarios.rename(key, "Lần 1", ANH)
    store.scenarios.delete(key, ANH)
    store.scenarios.delete(key, BINH)
    assert [action for action, *_ in said(store)] == ["scenario_saved", "scenario_deleted"]


def test_a_change_that_fails_leaves_no_entry(store: Store) -> None:
    key, _ = store.add(numbered(1))
    for change in (lambda: store.purge(key, ANH), lambda: store.rename("x", "y", ANH)):
        with pytest.raises(DataError):
            change()
    assert len(store.events()) == 1


def test_a_change_that_cannot_be_logged_is_not_made(store: Store) -> None:
    key = store.scenarios.create(content(1)).scenario_id
    with store._database.writing() as connection:
        connection.execute(text("ALTER TABLE events RENAME TO lost"))
    for change in (
        lambda: store.scenarios.save(key, content(2), 1),
        lambda: store.scenarios.delete(key, ANH),
    ):
        with pytest.raises(Exception, match="events"):
            change()
    assert [one.newest.number for one in store.scenarios.listed()] == [1]


def test_an_actor_the_log_cannot_hold_changes_nothing(store: Store) -> None:
    key = store.scenarios.create(content(1)).scenario_id
    for by in (Actor("a\0b"), Actor("", "\ud800")):
        with pytest.raises(DataError, match="store_text"):
            store.scenarios.delete(key, by)
    assert len(store.scenarios.listed()) == 1


def test_an_endless_name_is_cut_in_the_log_so_that_one_sees_it(store: Store) -> None:
    key = store.scenarios.create(content(1)).scenario_id
    store.scenarios.delete(key, Actor("ẫ" * 1_000_000, "x" * MOST))
    event = store.events()[0]
    assert event.who == "ẫ" * (MOST - 1) + "…"
    assert event.client == "x" * MOST


def test_an_entry_is_one_line_so_that_no_name_looks_like_a_further_one(store: Store) -> None:
    forged = "An\n22/11/2026 10:00 Bình (10.0.0.8): Xóa\x1b[31m\u2028"
    store.scenarios.create(replace(content(1), author=forged, name="A\r\nB"), "10.0.0.7\n")
    event = store.events()[0]
    assert event.who == "An 22/11/2026 10:00 Bình (10.0.0.8): Xóa [31m"
    assert (event.what, event.client) == ("A B", "10.0.0.7")


def test_as_many_entries_as_asked_for_the_newest_first(store: Store) -> None:
    for number in range(5):
        store.scenarios.create(content(number))
    assert [event.what for event in store.events(2)] == ["Lần 4", "Lần 3"]
    assert len(store.events()) == 5
    assert store.events(0) == ()


def test_every_action_has_its_own_value() -> None:
    assert len({action.value for action in Action}) == len(Action) == 19
