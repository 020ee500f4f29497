"""Results of a what-if beside the levers: groups, contributions, place, tables."""

from __future__ import annotations

import streamlit as st

from pages.ui import draw, written
from pages.ui.headline_figures import rank_reason
from simulator.caveats import starting_values, unexplained
from simulator.presentation import figures, peers_told, tables
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.text import explain

TABS = ("levers", "ladder", "table")


def draw_results(view: View, say: Speech) -> None:
    """At most two charts at a time; the second is chosen by tab, hidden ones do not run."""
    draw_cuts(view, say)
    for notice in (*starting_values(view.projection), *unexplained(view.projection)):
        st.caption(explain(notice, say.language, view.edition))
    groups = figures.groups_table(view, say)
    st.subheader(say("results.groups"), anchor=False)
    st.caption(say("results.groups_legend"))
    draw.chart("groups", groups, say, say("unit.points_axis"), say("results.groups"))
    tabs = st.tabs(
        [say(f"results.tab_{name}") for name in TABS], key="results-tabs", on_change="rerun"
    )
    for tab, content in zip(tabs, (_levers, _ladder, _table), strict=True):
        if tab.open:
            with tab:
                content(view, say)


def draw_cuts(view: View, say: Speech) -> None:
    """What levers asked for and counts could not take.

    What there is to say of the days to come stands beside the switch (horizon).
    """
    for notice in view.projection.counts.notices:
        st.warning(explain(notice, say.language, view.edition))


def _levers(view: View, say: Speech) -> None:
    if not view.changed:
        st.info(say("results.nothing_moved"))
        return
    table = figures.waterfall_table(view, say)
    if len(table) == 2:
        st.info(say("results.nothing_changed"))
        return
    draw.chart("waterfall", table, say, say("unit.points_axis"), say("results.tab_levers"))
    st.caption(say("results.shapley"))


def _ladder(view: View, say: Speech) -> None:
    table = figures.ladder_table(view, say)
    if table.empty:
        st.info(rank_reason(view, say))
        return
    draw.chart("ladder", table, say, say("unit.points_axis"), say("results.tab_ladder"))
    st.caption(peers_told.words(view, say))


def _table(view: View, say: Speech) -> None:
    groups = tables.groups(view, say)
    written.show(groups, say)
    draw.download(groups, say, "groups", view)
    if view.changed:
        levers = tables.levers(view, say)
        written.show(levers, say)
        draw.download(levers, say, "levers", view)
    ladder = tables.ranking(view, say)
    if not ladder.empty:
        draw.download(ladder, say, "ranking", view, tables.peers_words(view.rank_ahead, say))
