"""Renaming, deleting and bringing back an office's own figures."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.ui import dialogs, permission, state, who
from simulator.errors import SimulatorError
from simulator.own_figures import OWN_FIGURES
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.store import Entry, open_store
from simulator.text import explain

_DELETED = "just-deleted"
_PROBLEM = "shelf-problem"
_ROUND = "shelf-round"


def delete(import_id: str) -> None:
    """Take figures off the list; they can be brought back."""
    if _tried(lambda: open_store().delete(import_id, who.actor())):
        st.session_state[_DELETED] = import_id
        _choose_none()
        if state.scenario().baseline == import_id:
            state.leave()


def bring_back(import_id: str) -> None:
    """Undo a deletion."""
    if _tried(lambda: open_store().undelete(import_id, who.actor())):
        st.session_state.pop(_DELETED, None)
        _choose_none()


def purge(import_id: str) -> bool:
    """Delete for good; False if that could not be done."""
    is_done = _tried(lambda: open_store().purge(import_id, who.actor()))
    if is_done:
        st.session_state.pop(_DELETED, None)
    return is_done


def rename(import_id: str, name: str) -> bool:
    """Give figures another name; False if that could not be done."""
    return bool(name) and _tried(lambda: open_store().rename(import_id, name, who.actor()))


def round_() -> int:
    """Part of the key of the list: another one after a change of its rows."""
    number: int = st.session_state.get(_ROUND, 0)
    return number


def _choose_none() -> None:
    """Other rows stand where the chosen one stood."""
    st.session_state[_ROUND] = round_() + 1


def _tried(change: Callable[[], None]) -> bool:
    """Do it if this session may, and let every cache see it; a refusal is kept to be told."""
    st.session_state.pop(_PROBLEM, None)
    try:
        permission.require()
        change()
    except SimulatorError as problem:
        st.session_state[_PROBLEM] = problem
        return False
    OWN_FIGURES.refresh()
    return True


def draw_problem(say: Speech) -> None:
    """Why the last change could not be done."""
    problem = st.session_state.get(_PROBLEM)
    if problem is not None and not permission.is_settled(problem):
        st.error(literal(explain(problem, say.language)))


def draw_undo(say: Speech) -> None:
    """What was just done, with the way back; or why it could not be done."""
    draw_problem(say)
    deleted = st.session_state.get(_DELETED)
    entry = open_store().entry(deleted) if deleted else None
    if entry is None or entry.deleted_at is None:
        return
    said, undo = st.columns([5, 1], vertical_alignment="center")
    said.success(say("data.deleted", name=literal(entry.name)))
    undo.button(say("data.undo"), on_click=bring_back, args=(entry.id,), key="undo-delete")


def draw_deleted(say: Speech) -> None:
    """Deleted figures, each with the way back."""
    entries = OWN_FIGURES.deleted()
    if not entries:
        return
    with st.expander(say("data.deleted_list", count=len(entries))):
        st.caption(say("data.deleted_help"))
        for entry in entries:
            name, back, gone = st.columns([5, 1.2, 1.4], vertical_alignment="center")
            name.text(entry.name)
            back.button(
                say("data.bring_back"), key=f"back-{entry.id}", on_click=bring_back,
                args=(entry.id,), width="stretch",
            )  # fmt: skip
            dialogs.behind_button(
                f"purge-{entry.id}", say("data.purge"), partial(_ask_purge, entry, say), gone,
                width="stretch",
            )  # fmt: skip


def _ask_purge(entry: Entry, say: Speech) -> None:
    permission.draw(say, "-purge")
    st.text(say("data.purge_sure", name=entry.name))
    pressed = st.button(say("data.purge_do"), key=f"purge-{entry.id}", type="primary")
    if pressed and purge(entry.id):
        dialogs.done()
    draw_problem(say)
