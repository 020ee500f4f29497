"""What became of the last thing done in the dialog, told once in its place."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from pages.ui import permission
from simulator.errors import SimulatorError
from simulator.numbers import format_date
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.text import explain

_TOLD = "office-told-"


def tell(place: str, sentence: str) -> None:
    st.session_state[_TOLD + place] = ("done", sentence)


def warn(place: str, sentence: str) -> None:
    st.session_state[_TOLD + place] = ("warning", sentence)


def refuse(place: str, problem: SimulatorError) -> None:
    st.session_state[_TOLD + place] = ("refused", problem)


def draw(place: str, say: Speech) -> None:
    """A refusal stays until the next attempt, but for one that the PIN given since settles."""
    kind, what = st.session_state.get(_TOLD + place, ("", ""))
    if kind == "refused":
        if not permission.is_settled(what):
            st.error(literal(explain(what, say.language)))
    elif kind:
        (st.warning if kind == "warning" else st.success)(literal(what))
        del st.session_state[_TOLD + place]


def when(at: datetime, by: str, say: Speech) -> str:
    """When something was kept, and by whom if it was said."""
    moment = format_date(at.isoformat())
    return say("office_papers.kept_by", who=by, moment=moment) if by else moment
