"""The parts of the screen; only the chosen one is run."""

from __future__ import annotations

import streamlit as st

from pages.ui.headline_figures import rank_reason
from pages.ui.rank import chances, history, listing, peers, sensitivity
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

PARTS = {
    "chances": chances.draw_chances,
    "list": listing.draw_list,
    "history": history.draw_history,
    "sensitivity": sensitivity.draw_sensitivity,
}
PART = "rank-part"
# Streamlit forgets a control while another screen is shown.
KEPT = "kept-rank-part"


def draw_rank(view: View, say: Speech) -> None:
    """The whole screen; without peers, the reason and what was printed."""
    if view.peers is None or view.projection.after.standing is None:
        st.info(rank_reason(view, say))
        if view.unit.published_rank:
            st.markdown(
                say(
                    "ranking.published", rank=view.unit.published_rank,
                    of=view.unit.published_pool_size or say("unit.unknown"),
                )
            )  # fmt: skip
        return
    left, right = st.columns([9, 10], vertical_alignment="bottom")
    with left:
        part = st.segmented_control(
            say("ranking.part"), list(PARTS), key=PART, required=True,
            default=st.session_state.get(KEPT, "chances"),
            format_func=lambda key: say(f"ranking.part_{key}"), label_visibility="collapsed",
        )  # fmt: skip
    with right:
        peers.ask(view, say)
    peers.doubts(view, say)
    st.session_state[KEPT] = part or "chances"
    PARTS[part or "chances"](view, say)
