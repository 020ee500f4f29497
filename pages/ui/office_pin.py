"""Setting, changing and clearing the PIN of the office."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from pages.ui import permission, who
from simulator.errors import DataError, SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.store import open_store
from simulator.store.pin import LONGEST, SHORTEST, check_new
from simulator.text import explain

_PROBLEM, _DONE = "office-pin-problem", "office-pin-done"


def draw(say: Speech) -> None:
    """The box at the end of *Dữ liệu*; its parts depend on whether a PIN is set."""
    box = st.expander(say("permission.box"), key=f"office-pin-{say.language}", on_change="rerun")
    if not box.open:
        return
    with box:
        _tell(say)
        if permission.is_set():
            st.markdown(say("permission.is_set"))
            changing, clearing = st.columns([3, 2], gap="large")
            with changing:
                _form("change", ("present", "new", "again", "who"), _change, say)
            with clearing:
                _form("clear", ("present", "who"), _clear, say)
        else:
            st.markdown(say("permission.is_not_set", lowest=SHORTEST, highest=LONGEST))
            place, _ = st.columns([3, 2], gap="large")
            with place:
                _form("set", ("new", "again", "who"), _set, say)


def _tell(say: Speech) -> None:
    """What became of the last entry."""
    problem, done = st.session_state.get(_PROBLEM), st.session_state.get(_DONE)
    if problem is not None:
        st.error(literal(explain(problem, say.language)))
    elif done is not None:
        st.success(say(f"permission.{done}"))


def _form(name: str, fields: tuple[str, ...], entered: Callable[[str], None], say: Speech) -> None:
    """Fields for PINs, and one for the name that goes into the log."""
    place = f"pin-{name}-{say.language}"
    with st.form(place, clear_on_submit=True):
        for field in fields:
            if field == "who":
                st.text_input(
                    say("who.name"), who.name(), key=f"{place}-who", max_chars=who.LONGEST_NAME
                )
                continue
            st.text_input(
                say(f"permission.{field}"), type="password", key=f"{place}-{field}",
                max_chars=LONGEST, autocomplete="off" if field == "present" else "new-password",
            )  # fmt: skip
        st.form_submit_button(
            say(f"permission.do_{name}"), on_click=_try, args=(entered, place),
            type="primary" if name == "set" else "secondary",
        )  # fmt: skip


def _try(entered: Callable[[str], None], place: str) -> None:
    st.session_state.pop(_PROBLEM, None)
    st.session_state.pop(_DONE, None)
    if name := _typed(place, "who"):
        who.set_name(name)
    try:
        entered(place)
    except SimulatorError as problem:
        st.session_state[_PROBLEM] = problem


def _set(place: str) -> None:
    _put(place, None)
    st.session_state[_DONE] = "was_set"


def _change(place: str) -> None:
    # What is wrong with the new one is told before the present one counts as an attempt.
    _new(place)
    _put(place, permission.check(_typed(place, "present")))
    st.session_state[_DONE] = "was_changed"


def _clear(place: str) -> None:
    before = permission.check(_typed(place, "present"))
    open_store().pin.clear(who.actor(), before)
    permission.remember(None)
    st.session_state[_DONE] = "was_cleared"


def _put(place: str, before: str | None) -> None:
    """Set the new PIN in place of the one with the mark ``before``; this session has given it."""
    permission.remember(open_store().pin.set(_new(place), who.actor(), before))


def _new(place: str) -> str:
    new = _typed(place, "new")
    if new != _typed(place, "again"):
        raise DataError("pin_differ")
    return check_new(new)


def _typed(place: str, field: str) -> str:
    return str(st.session_state.get(f"{place}-{field}", ""))
