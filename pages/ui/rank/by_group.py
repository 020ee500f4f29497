"""The place in each of the six groups."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, written
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rank import Peers, Standing
from simulator.summary import group_standings


def draw_by_group(view: View, peers: Peers, say: Speech) -> None:
    """Place in each group before and after."""
    st.subheader(say("ranking.by_group"), anchor=False)
    standings = group_standings(view.projection, peers)
    rows = []
    for group in view.edition.groups:
        now = view.projection.before.groups[group.code]
        after = view.projection.after.groups[group.code]
        place_now, place_after = standings[group.code]
        rows.append(
            {
                say("tables.group"): say.name(group.name),
                say("tables.now"): None if now is None else now / 100,
                say("tables.after"): None if after is None else after / 100,
                say("ranking.before"): _place(place_now, say),
                say("ranking.after"): _place(place_after, say),
            }
        )
    table = pd.DataFrame(rows)
    written.show(table, say)
    st.caption(say("ranking.peers_fixed_words"))
    draw.download(table, say, "rank-by-group", view, say("tables.peers_fixed"))


def _place(place: Standing | None, say: Speech) -> str:
    if place is None:
        return say("unit.unknown")
    text = say("headline.rank_value", rank=place.rank, of=place.of)
    return f"{text} {say('headline.tied')}" if place.tied else text
