"""What a link or a changed assumption, day or inflow asked for and could not be kept."""

from __future__ import annotations

import streamlit as st

from pages.ui import state
from pages.ui.view import speech
from simulator.presentation.literal import literal
from simulator.presentation.view import View
from simulator.text import explain


def draw(view: View) -> None:
    """One banner with a sentence for each; nothing without problems."""
    found = state.link_problems()
    if found:
        say = speech(view)
        lines = [explain(problem, say.language, view.edition) for problem in found]
        st.warning("\n\n".join([say("frame.link_problems"), *map(literal, lines)]))
