"""Mô phỏng: levers on the left, what they bring on the right."""

import streamlit as st

from pages.ui import address, headline, lever_panel, problems, results, state
from pages.ui.view import current, speech


@st.fragment
def simulate() -> None:
    """Everything that a move can change, and nothing else; the figures come first.

    All of it is one fragment: a move is then answered by a single run. Rerunning other
    fragments from a callback costs the browser a second one (see tests/bench).
    """
    view = current()
    say = speech(view)
    problems.draw(view)
    headline.draw(view, say)
    if state.is_plain():
        headline.settle()
    levers, effects = st.columns([11, 10], gap="medium")
    with levers:
        lever_panel.draw(view, say)
    with effects, st.container(key="results"):
        results.draw_results(view, say)
    address.write()


# Pressed by the lever board where an answer does not come (board/web/board.js), never seen.
st.button("-", key="board-wake")
simulate()
