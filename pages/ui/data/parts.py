"""The parts of the screen, of which only the chosen one is run; below them PIN and log."""

from __future__ import annotations

import streamlit as st

from pages.ui import log, office_pin
from pages.ui.data import comparison, shelf, take_in
from simulator.own_figures import OWN_FIGURES
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.text import explain

PARTS = {"take_in": take_in.draw, "shelf": shelf.draw, "compare": comparison.draw}
PART = "data-part"


def draw_data(say: Speech) -> None:
    """The whole screen, or why nothing can be kept on this machine."""
    if OWN_FIGURES.problem is not None:
        st.error(literal(explain(OWN_FIGURES.problem, say.language)))
    part = st.segmented_control(
        say("data.part"), list(PARTS), key=PART, default="take_in", required=True,
        format_func=lambda key: say(f"data.part_{key}"), label_visibility="collapsed",
    )  # fmt: skip
    PARTS[part or "take_in"](say)
    if OWN_FIGURES.problem is None:
        office_pin.draw(say)
        log.draw(say)
