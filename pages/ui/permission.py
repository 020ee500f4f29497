"""The office's edit PIN: whether this session still has to give it, and where it is given."""

from __future__ import annotations

import math
import time

import streamlit as st

from pages.ui import who
from pages.ui.view import speech
from simulator.errors import DataError, SimulatorError
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.store import has_store, open_store, store_url
from simulator.store.pin import LONGEST
from simulator.text import explain

SECOND = 1.0
_GIVEN = "pin-given"
_PROBLEM = "pin-problem"


def is_needed() -> bool:
    """True if a PIN is set and this session has not given the present one.

    What another process set may be seen a second late; :func:`require` sees it at once.
    """
    return not _is_given(_PRESENT.mark())


def require() -> None:
    """To be called before anything is written: :class:`DataError` if the PIN is needed."""
    if not _is_given(_PRESENT.refreshed()):
        raise DataError("pin_needed")


def is_settled(problem: SimulatorError) -> bool:
    """True for a refusal that :func:`require` would not repeat: the PIN was given since."""
    return problem.code == "pin_needed" and not is_needed()


def draw(say: Speech, place: str = "") -> None:
    """The line with a field for the PIN; nothing where none is needed.

    ``place``: a short word, where another line is on the same page, such as under a dialog.
    """
    if not is_needed():
        return
    with st.container(border=True, key=f"permission{place}"):
        with st.form(f"pin-form{place}", clear_on_submit=True, border=False):
            told, field, button = st.columns([5, 3, 1.5], vertical_alignment="center")
            told.markdown(say("permission.needed"), help=say("permission.forgotten"))
            key = f"pin-entry{place}-{say.language}"
            field.text_input(
                say("permission.pin"), type="password", key=key, max_chars=LONGEST,
                autocomplete="off", placeholder=say("permission.pin"), label_visibility="collapsed",
            )  # fmt: skip
            button.form_submit_button(
                say("permission.give"), on_click=_give, args=(key,), width="stretch"
            )
        problem = st.session_state.get(_PROBLEM)
        if problem is not None:
            st.error(literal(explain(problem, say.language)))


def _give(key: str) -> None:
    st.session_state.pop(_PROBLEM, None)
    try:
        remember(check(str(st.session_state.get(key, ""))))
    except SimulatorError as problem:
        st.session_state[_PROBLEM] = problem
    else:
        st.toast(speech()("permission.given"))


def check(pin: str) -> str | None:
    """The mark of the office's PIN, which ``pin`` is; None if there is none any more.

    :class:`DataError` if it is another one, which the store counts and logs, or if one has to wait.
    """
    if not pin.strip():
        raise DataError("pin_empty")
    # Read first: where somebody changes the PIN just now, the older mark unlocks nothing.
    mark = _PRESENT.refreshed()
    if not open_store().pin.check(pin, who.actor()):
        raise DataError("pin_wrong")
    return mark


def remember(mark: str | None) -> None:
    """This session gave, or set, the PIN with this mark."""
    st.session_state[_GIVEN] = mark
    st.session_state.pop(_PROBLEM, None)
    _PRESENT.refreshed()


def is_set() -> bool:
    """Whether the office has a PIN."""
    return _PRESENT.mark() is not None


def _is_given(mark: str | None) -> bool:
    return mark is None or st.session_state.get(_GIVEN) == mark


class _Present:
    """The mark of the present PIN of the store, read at most once a second for all sessions."""

    def __init__(self) -> None:
        # Where it was read, what, and when.
        self._known: tuple[str, str | None, float] = ("", None, -math.inf)

    def mark(self) -> str | None:
        url, mark, asked = self._known
        if url == store_url() and time.monotonic() - asked <= SECOND:
            return mark
        try:
            return self.refreshed()
        except SimulatorError:
            # A store that cannot be read cannot be written either: that is told then.
            self._know(None)
            return None

    def refreshed(self) -> str | None:
        """As it is now; :class:`DataError` if the store cannot be read."""
        # Asking must not create anything.
        mark = open_store().pin.mark() if has_store() else None
        self._know(mark)
        return mark

    def _know(self, mark: str | None) -> None:
        self._known = store_url(), mark, time.monotonic()


_PRESENT = _Present()
