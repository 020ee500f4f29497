"""The place in each of the six groups."""

from __future__ import annotations

import streamlit as st

from pages.ui import draw, written
from simulator.presentation import rank_tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import Peers


def draw_by_group(view: View, peers: Peers, say: Speech) -> None:
    """Place in each group before and after."""
    st.subheader(say("ranking.by_group"), anchor=False)
    table = rank_tables.by_group(view, peers, say)
    written.show(table, say)
    st.caption(say("ranking.peers_fixed_words"))
    draw.download(table, say, "rank-by-group", view, say("tables.peers_fixed"))
