"""Scenarios are kept with every version, whoever saves, renames, archives or deletes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import DataError
from simulator.store import Actor, NewVersion, Saved, Store
from simulator.store.records import one_line
from simulator.store.scenario_records import MOST_AUTHOR, MOST_NAME, MOST_NOTE
from simulator.text import LANGUAGES, explain
from tests.store.figures import numbered
from tests.store.saved import ANH, BINH, content

ATTACKS = (
    "'; DROP TABLE scenario_versions; --",
    '<script>alert("x")</script>',
    "Kịch bản 🏛️ ‮ngược",
    "Tiếng Việt: ẫ ỗ ự (tổ hợp)",
    "{name} %s %(id)s \\ \" '",
    "'=1+1",
)


@pytest.fixture
def key(store: Store) -> str:
    """A scenario with three versions."""
    key = store.scenarios.create(content(1)).scenario_id
    for number in (2, 3):
        store.scenarios.save(key, content(number), based_on=number - 1)
    return key


def contents(store: Store, key: str) -> list[NewVersion]:
    return [one.content for one in store.scenarios.versions(key)]


def sentences(error: DataError) -> tuple[str, str]:
    vietnamese, english = (explain(error, language) for language in LANGUAGES)
    assert vietnamese != english
    return vietnamese, english


def test_a_scenario_comes_back_as_it_was_saved(store: Store) -> None:
    before = datetime.now(UTC)
    made = store.scenarios.create(content(7))
    assert (made.number, made.based_on, made.content) == (1, None, content(7))
    assert before <= made.saved_at <= datetime.now(UTC)
    assert store.scenarios.version(made.scenario_id) == made
    (listed,) = store.scenarios.listed()
    assert (listed.id, listed.newest, listed.versions) == (made.scenario_id, made, 1)
    assert (listed.created_at, listed.archived_at, listed.deleted_at) == (made.saved_at, None, None)


def test_every_save_is_a_version_and_leaves_the_earlier_ones(store: Store, key: str) -> None:
    assert contents(store, key) == [content(1), content(2), content(3)]
    versions = store.scenarios.versions(key)
    assert [(one.number, one.based_on) for one in versions] == [(1, None), (2, 1), (3, 2)]
    assert all(first.saved_at < second.saved_at for first, second in pairwise(versions))
    assert store.scenarios.version(key) == versions[-1]
    assert store.scenarios.version(key, 1) == versions[0]
    (listed,) = store.scenarios.listed()
    assert (listed.newest, listed.versions) == (versions[-1], 3)


def test_saving_the_same_again_is_a_version_too(store: Store, key: str) -> None:
    saved = store.scenarios.save(key, content(3), based_on=3)
    assert (saved.version.number, saved.meanwhile) == (4, ())


def test_who_saves_on_an_older_version_is_told_what_others_saved(store: Store, key: str) -> None:
    theirs = store.scenarios.versions(key)[1:]
    saved = store.scenarios.save(key, content(9), based_on=1)
    assert saved == Saved(saved.version, theirs)
    assert (saved.version.number, saved.version.based_on) == (4, 1)
    assert contents(store, key) == [content(1), content(2), content(3), content(9)]


@pytest.mark.parametrize("based_on", [0, -1, 4, 99])
def test_a_version_cannot_be_made_from_one_that_is_not_there(store, key, based_on: int) -> None:
    before = store.scenarios.number_of_changes()
    with pytest.raises(DataError, match="scenario_version_unknown") as caught:
        store.scenarios.save(key, content(9), based_on=based_on)
    assert f"phiên bản {based_on}".replace("-", "−") in sentences(caught.value)[0]
    assert len(store.scenarios.versions(key)) == 3
    assert store.scenarios.number_of_changes() == before


def test_an_unknown_version_is_named(store: Store, key: str) -> None:
    with pytest.raises(DataError, match="scenario_version_unknown") as caught:
        store.scenarios.version(key, 8)
    assert "8" in sentences(caught.value)[0]


@pytest.mark.parametrize(
    "ask",
    [
        lambda all_: all_.versions("x"), lambda all_: all_.version("x"),
        lambda all_: all_.save("x", content(1), 1), lambda all_: all_.rename("x", "y", ANH),
        lambda all_: all_.archive("x", ANH), lambda all_: all_.unarchive("x", ANH),
        lambda all_: all_.delete("x", ANH), lambda all_: all_.undelete("x", ANH),
    ],
)  # fmt: skip
def test_an_unknown_scenario_is_named_and_nothing_is_logged(store: Store, ask) -> None:
    with pytest.raises(DataError, match="scenario_unknown") as caught:
        ask(store.scenarios)
    assert "'x'" in sentences(caught.value)[0]
    assert (store.events(), store.scenarios.number_of_changes()) == ((), 0)


def test_another_name_is_a_version_of_the_same_author(store: Store, key: str) -> None:
    made = store.scenarios.rename(key, "Tên mới", BINH)
    assert made.content == replace(content(3), name="Tên mới")
    assert (made.number, made.based_on) == (4, 3)
    assert contents(store, key) == [content(1), content(2), content(3), made.content]
    assert store.scenarios.rename(key, "Tên mới", ANH) == made
    assert len(store.scenarios.versions(key)) == 4


def test_an_archived_scenario_is_listed_as_such_until_it_is_fetched_back(store, key) -> None:
    store.scenarios.archive(key, ANH)
    (listed,) = store.scenarios.listed()
    moment = listed.archived_at
    assert moment is not None
    assert moment >= listed.newest.saved_at
    store.scenarios.archive(key, BINH)
    assert store.scenarios.listed()[0].archived_at == moment
    store.scenarios.unarchive(key, ANH)
    assert store.scenarios.listed()[0].archived_at is None
    assert len(store.scenarios.versions(key)) == 3


def test_deleting_is_undone_with_all_versions(store: Store, key: str) -> None:
    before = store.scenarios.listed()
    store.scenarios.delete(key, ANH)
    assert store.scenarios.listed() == ()
    (gone,) = store.scenarios.listed(deleted=True)
    assert (gone.id, gone.versions) == (key, 3)
    assert gone.deleted_at is not None
    store.scenarios.delete(key, BINH)
    assert store.scenarios.listed(deleted=True) == (gone,)
    assert contents(store, key) == [content(1), content(2), content(3)]
    store.scenarios.undelete(key, ANH)
    assert store.scenarios.listed() == before
    assert store.scenarios.listed(deleted=True) == ()


def test_a_scenario_somebody_deleted_is_back_when_it_is_saved(store: Store, key: str) -> None:
    store.scenarios.delete(key, BINH)
    saved = store.scenarios.save(key, content(4), based_on=3)
    assert (saved.was_deleted, saved.meanwhile) == (True, ())
    assert [one.newest for one in store.scenarios.listed()] == [saved.version]
    assert not store.scenarios.save(key, content(5), based_on=4).was_deleted
    said = [(event.action.value, event.who) for event in store.events(3)]
    assert said == [("scenario_saved", ANH.name)] * 2 + [("scenario_undeleted", ANH.name)]


def test_a_scenario_somebody_archived_is_in_use_again_when_it_is_saved(store, key) -> None:
    store.scenarios.archive(key, BINH)
    # Another name is no work on it.
    store.scenarios.rename(key, "Tên mới", BINH)
    assert store.scenarios.listed()[0].archived_at is not None
    saved = store.scenarios.save(key, content(5), based_on=4)
    assert (saved.was_archived, saved.was_deleted, saved.meanwhile) == (True, False, ())
    assert store.scenarios.listed()[0].archived_at is None
    assert not store.scenarios.save(key, content(6), based_on=5).was_archived
    said = [(event.action.value, event.who) for event in store.events(3)]
    assert said == [("scenario_saved", ANH.name)] * 2 + [("scenario_unarchived", ANH.name)]
    store.scenarios.archive(key, BINH)
    store.scenarios.delete(key, BINH)
    saved = store.scenarios.save(key, content(7), based_on=6)
    assert (saved.was_archived, saved.was_deleted) == (True, True)
    (listed,) = store.scenarios.listed()
    assert (listed.newest, listed.archived_at) == (saved.version, None)


def test_the_last_saved_is_listed_first(store: Store, key: str) -> None:
    other = store.scenarios.create(content(5)).scenario_id
    assert [one.id for one in store.scenarios.listed()] == [other, key]
    store.scenarios.save(key, content(6), based_on=3)
    assert [one.id for one in store.scenarios.listed()] == [key, other]


def test_a_list_of_fifty_scenarios_with_twenty_versions_has_the_newest_of_each(store) -> None:
    for number in range(50):
        key = store.scenarios.create(content(100 * number)).scenario_id
        for version in range(1, 20):
            store.scenarios.save(key, content(100 * number + version), based_on=version)
    listed = store.scenarios.listed()
    expected = [content(100 * number + 19) for number in reversed(range(50))]
    assert [one.newest.content for one in listed] == expected
    assert {(one.versions, one.newest.number) for one in listed} == {(20, 20)}


@pytest.mark.parametrize("text", ATTACKS)
def test_any_text_is_kept_as_text(store: Store, text: str) -> None:
    new = replace(content(1), name=text, author=text, note=text, unit=text, parameters={text: text})
    key = store.scenarios.create(new).scenario_id
    assert contents(store, key) == [new]
    assert store.scenarios.rename(key, text + "!", ANH).content.name == text + "!"
    assert store.events()[0].what == f"{text} → {text}!"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("dòng 1\r\ndòng 2", "dòng 1 dòng 2"), ("a\x1b[2J\x07\x85b", "a [2J b"),
        (" a\u2028\u2029\t b\x7f ", "a b"),
    ],
)  # fmt: skip
def test_names_are_one_line_and_notes_are_as_they_were_typed(store: Store, text, line) -> None:
    new = replace(content(1), name=text, author=text, note=text)
    made = store.scenarios.create(new)
    (found,) = contents(store, made.scenario_id)
    assert made.content == found
    assert (found.name, found.author, found.note) == (line, line, text)
    assert store.scenarios.rename(made.scenario_id, f"\n{text}\n", Actor(text)) == made
    other = store.scenarios.rename(made.scenario_id, f"Tên {text}", Actor(text))
    assert (other.content.name, other.content.author) == (f"Tên {line}", line)


@pytest.mark.parametrize("column", ["name", "author", "note", "baseline", "unit"])
@pytest.mark.parametrize("bad", ["a\0b", "a\ud800b"])
def test_what_a_database_cannot_hold_is_refused(store: Store, key, column, bad: str) -> None:
    new = replace(content(4), **{column: bad})
    for action in (
        lambda: store.scenarios.create(new),
        lambda: store.scenarios.save(key, new, 3),
    ):
        with pytest.raises(DataError, match="store_text") as caught:
            action()
        assert column in sentences(caught.value)[0]
    assert len(store.scenarios.listed()) == 1
    assert len(store.events()) == len(store.scenarios.versions(key)) == 3


@pytest.mark.parametrize(
    ("column", "most", "words"),
    [
        ("name", MOST_NAME, "tên"), ("author", MOST_AUTHOR, "tên người lập"),
        ("note", MOST_NOTE, "ghi chú"), ("unit", 200, "nội dung"),
    ],
)  # fmt: skip
def test_texts_have_a_longest_length_that_is_told(store, key, column, most, words) -> None:
    longest = replace(content(4), **{column: "ẫ" * most})
    assert store.scenarios.save(key, longest, 3).version.content == longest
    with pytest.raises(DataError, match="scenario_text_long") as caught:
        store.scenarios.save(key, replace(content(5), **{column: "ẫ" * (most + 1)}), 4)
    vietnamese, english = sentences(caught.value)
    assert f": {words} dài" in vietnamese
    assert f"{most:,}" in english
    assert contents(store, key)[-1] == longest


def test_endless_parameters_are_refused(store: Store) -> None:
    many = {f"P{number}": "1" * 90 for number in range(300)}
    with pytest.raises(DataError, match="scenario_text_long"):
        store.scenarios.create(replace(content(1), parameters=many))
    assert store.scenarios.listed() == ()


@pytest.mark.parametrize("name", ["", "  ", "\n\t", "\x1b\x7f"])
def test_a_scenario_needs_a_name(store: Store, key: str, name: str) -> None:
    for action in (
        lambda: store.scenarios.create(replace(content(1), name=name)),
        lambda: store.scenarios.rename(key, name, ANH),
    ):
        with pytest.raises(DataError, match="scenario_without_name") as caught:
            action()
        assert "tên" in sentences(caught.value)[0]
    assert len(store.scenarios.versions(key)) == 3


def test_saving_scenarios_leaves_the_number_of_the_figures_alone(store: Store) -> None:
    store.add(numbered(1))
    figures = store.version()
    numbers = [store.scenarios.number_of_changes()]
    key = store.scenarios.create(content(1)).scenario_id
    for change in (
        lambda: store.scenarios.save(key, content(2), 1),
        lambda: store.scenarios.rename(key, "Tên", ANH),
        lambda: store.scenarios.archive(key, ANH),
        lambda: store.scenarios.unarchive(key, ANH),
        lambda: store.scenarios.delete(key, ANH),
        lambda: store.scenarios.undelete(key, ANH),
    ):
        numbers.append(store.scenarios.number_of_changes())
        change()
    numbers.append(store.scenarios.number_of_changes())
    assert all(first < second for first, second in pairwise(numbers))
    assert store.version() == figures
    store.add(numbered(2))
    assert (store.version(), store.scenarios.number_of_changes()) == (figures + 1, numbers[-1])


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
LINES = TEXTS.map(one_line)
NUMBERS = st.none() | st.integers(0, 2**31 - 1)
VERSIONS = st.builds(
    NewVersion, name=LINES.filter(bool), author=LINES, note=TEXTS, edition=TEXTS,
    baseline=TEXTS, fingerprint=TEXTS, unit=TEXTS,
    parameters=st.dictionaries(TEXTS, TEXTS, max_size=8),
    total=NUMBERS, place=NUMBERS, pool_size=NUMBERS,
)  # fmt: skip


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(saves=st.lists(VERSIONS, min_size=1, max_size=4))
def test_whatever_is_saved_comes_back(store: Store, saves: list[NewVersion]) -> None:
    key = store.scenarios.create(saves[0]).scenario_id
    for number, new in enumerate(saves[1:], 1):
        store.scenarios.save(key, new, based_on=number)
    assert contents(store, key) == saves
