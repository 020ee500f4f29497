"""Changes of saved scenarios: each asks for the PIN first, and a refusal is kept to be told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import streamlit as st

from pages.ui import kept, permission, who
from pages.ui.library import words
from pages.ui.library.listing import Shelf, read
from pages.ui.view import speech
from simulator.errors import SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import evaluate
from simulator.store import KeptScenario, NewVersion, Saved, Version, open_store
from simulator.store.scenarios import Scenarios
from simulator.text import explain

T = TypeVar("T")
_PROBLEM, _DONE, _CHOSEN = "library-problem", "library-done", "library-chosen"

# Somebody deleted it while this was done to it: it is done, and the scenario stays deleted.
WHILE_DELETED = "while_deleted"
KEEPS_DELETED = ("renamed", "archived", "unarchived")


@dataclass(frozen=True)
class Done:
    """What was just done to a scenario; ``undo``: what takes it back, where that is one step.

    ``meanwhile``: what others saved since the list was drawn.
    """

    what: str
    key: str
    name: str
    undo: str = ""
    meanwhile: tuple[Version, ...] = ()


def chosen() -> str:
    """Id of the scenario looked at."""
    return str(st.session_state.get(_CHOSEN, ""))


def choose(key: str) -> None:
    st.session_state[_CHOSEN] = key


def rename(one: KeptScenario, name: str) -> bool:
    """Give it another name; False if that could not be done."""
    made = _tried(lambda: _scenarios().rename(one.id, name, who.actor()))
    if made is None:
        return False
    _follow(made, one.newest.number)
    _told(Done("renamed", one.id, name))
    return True


def duplicate(content: NewVersion, name: str) -> bool:
    """A new scenario with the same content under ``name``; False if that could not be done."""
    new = replace(content, name=name, author=who.name())
    return _create("duplicated", lambda: new)


def take_in(content: NewVersion) -> bool:
    """What a file holds as a new scenario; False if it could not be kept.

    Its author stays who made it; the log names who takes it in. What it shows is computed here:
    a file may say anything.
    """
    return _create("taken_in", lambda: _computed(content))


def _create(what: str, make: Callable[[], NewVersion]) -> bool:
    by = who.actor()
    made = _tried(lambda: _scenarios().create(make(), by.client, by.name))
    if made is None:
        return False
    choose(made.scenario_id)
    _told(Done(what, made.scenario_id, made.content.name))
    return True


def _computed(content: NewVersion) -> NewVersion:
    """``content`` with the total and rank it has here; with none where its figures are not here."""
    scenario = words.opened_of(content).scenario
    if scenario is None:
        return replace(content, total=None, place=None, pool_size=None)
    after = evaluate(scenario).projection.after
    place, pool_size = (
        (after.standing.rank, after.standing.of) if after.standing else (None, None)
    )  # fmt: skip
    return replace(content, total=after.total, place=place, pool_size=pool_size)


def archive(one: KeptScenario) -> None:
    _mark(one, "archived", lambda: _scenarios().archive(one.id, who.actor()), "unarchive")


def unarchive(one: KeptScenario) -> None:
    _mark(one, "unarchived", lambda: _scenarios().unarchive(one.id, who.actor()))


def delete(one: KeptScenario) -> None:
    _mark(one, "deleted", lambda: _scenarios().delete(one.id, who.actor()), "undelete")


def undelete(one: KeptScenario) -> None:
    _mark(one, "undeleted", lambda: _scenarios().undelete(one.id, who.actor()))


def make_newest(version: Version, one: KeptScenario) -> None:
    """Save what an earlier version holds once more, under the scenario's present name.

    It says that it is based on that version: what came after it is not in it.
    """
    new = replace(version.content, name=one.newest.content.name, author=who.name())
    saved: Saved | None = _tried(
        lambda: _scenarios().save(one.id, new, version.number, who.actor().client)
    )
    if saved is None:
        return
    _follow(saved.version, version.number)
    for what in ("was_deleted", "was_archived"):
        if getattr(saved, what):
            st.toast(speech()(f"saving.{what}"), duration="long")
    later = tuple(each for each in saved.meanwhile if each.number > one.newest.number)
    _told(Done("newest", one.id, str(version.number), meanwhile=later))


_UNDO = {"unarchive": unarchive, "undelete": undelete}


def _scenarios() -> Scenarios:
    return open_store().scenarios


def _mark(one: KeptScenario, what: str, change: Callable[[], None], undo: str = "") -> None:
    def done() -> bool:
        change()
        return True

    if _tried(done):
        _told(Done(what, one.id, one.newest.content.name, undo))


def _tried(change: Callable[[], T]) -> T | None:
    """Do it if this session may; a refusal is kept to be told, and None returned."""
    for name in (_PROBLEM, _DONE):
        st.session_state.pop(name, None)
    try:
        permission.require()
        return change()
    except SimulatorError as problem:
        st.session_state[_PROBLEM] = problem
        return None


def _told(done: Done) -> None:
    """What can be taken back, or has to be read, stays until the next change."""
    if done.what in KEEPS_DELETED and any(row.kept.id == done.key for row in read().deleted):
        done = replace(done, what=WHILE_DELETED, undo="undelete")
    if done.undo or done.meanwhile:
        st.session_state[_DONE] = done
    else:
        st.toast(_sentence(done, speech()), duration="long")


def _sentence(done: Done, say: Speech) -> str:
    return say(f"library.done_{done.what}", name=literal(words.one_line(done.name)))


def _follow(made: Version, before: int) -> None:
    """Where the session works on version ``before`` it goes on with the one made of it."""
    now = kept.opened()
    works_on_it = now is not None and (now.scenario_id, now.number) == (made.scenario_id, before)
    if works_on_it and made.based_on == before:
        kept.set_opened(made)


def draw_problem(say: Speech) -> None:
    """Why the last change could not be done."""
    problem = st.session_state.get(_PROBLEM)
    if problem is not None and not permission.is_settled(problem):
        st.error(literal(explain(problem, say.language)))


def draw_told(shelf: Shelf, say: Speech) -> None:
    """What was just done, with the way back; or why it could not be done."""
    draw_problem(say)
    done: Done | None = st.session_state.get(_DONE)
    if done is None:
        return
    one = _still(done, shelf)
    said, undo = st.columns([6, 1], vertical_alignment="center")
    said.success(_sentence(done, say))
    if one is not None:
        label = "bring_back" if done.what == WHILE_DELETED else "undo"
        undo.button(
            say(f"library.{label}"), key="library-undo", on_click=_UNDO[done.undo], args=(one,),
            width="stretch",
        )  # fmt: skip
    for version in done.meanwhile:
        author = version.content.author or say("library.somebody")
        st.warning(say("library.meanwhile", author=literal(author), number=version.number))


def _still(done: Done, shelf: Shelf) -> KeptScenario | None:
    """The scenario, if what was done to it is so still and can be taken back."""
    listed = {"undelete": shelf.deleted, "unarchive": shelf.rows}.get(done.undo, ())
    one = next((row.kept for row in listed if row.kept.id == done.key), None)
    if one is None or (done.undo == "unarchive" and one.archived_at is None):
        return None
    return one
