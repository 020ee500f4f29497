"""Total, class and rank, always in the same place, with the change beside them."""

from __future__ import annotations

import time

import streamlit as st

from pages.ui.view import Speech, View
from simulator.baseline_files import load_baseline
from simulator.caveats import caveats, sums
from simulator.rank import to_next_class
from simulator.text import explain

GAIN, LOSS, NEUTRAL = "green", "red", "gray"


# Streamlit's page draws together whatever arrives within 10 ms. This pause lets it draw the
# figures alone, before the charts come: the total is there in two thirds of the time.
SETTLE_S = 0.04


def settle() -> None:
    """Give the browser a moment to draw the headline before anything else is sent."""
    time.sleep(SETTLE_S)


def draw(view: View, say: Speech) -> None:
    """The headline of every screen."""
    with st.container(key="headline", horizontal=True):
        _total(view, say)
        _class(view, say)
        _rank(view, say)
        _mode(view, say)


def tone(change: int) -> str:
    return GAIN if change > 0 else LOSS if change < 0 else NEUTRAL


def _total(view: View, say: Speech) -> None:
    projection = view.projection
    change = projection.total_change
    delta = say("headline.points_change", change=say.points(change, sign=True))
    was = say("headline.was", value=say.points(projection.before.total))
    label = say("headline.total_estimate" if view.edition.estimate else "headline.total")
    with st.container(key="total"):
        st.metric(
            label,
            say("headline.total_value", value=say.points(projection.after.total)),
            delta=f"{delta} · {was}" if view.changed else was,
            delta_color=tone(change), delta_arrow="auto" if change else "off",
        )  # fmt: skip


def _class(view: View, say: Speech) -> None:
    projection = view.projection
    after = projection.after
    value = say("unit.unknown") if after.score_class is None else say.name(after.score_class.name)
    note = say("headline.class_unknown")
    if after.total is not None and projection.before.score_class is not None:
        above = to_next_class(view.edition, after.total)
        note = (
            say("headline.class_next", points=say.points(above[1]), name=say.name(above[0].name))
            if above
            else say("headline.class_highest")
        )
        if after.score_class != projection.before.score_class:
            note = say("headline.class_was", name=say.name(projection.before.score_class.name))
    with st.container(key="class"):
        st.metric(say("headline.class"), value, delta=note, delta_color=NEUTRAL, delta_arrow="off")


def _rank(view: View, say: Speech) -> None:
    before, after = view.projection.before.standing, view.projection.after.standing
    if before is None or after is None:
        value, note, change = say("unit.unknown"), rank_reason(view, say), 0
        if view.unit.published_rank:
            of = view.unit.published_pool_size or say("unit.unknown")
            value = say("headline.rank_value", rank=view.unit.published_rank, of=of)
    else:
        change = before.rank - after.rank
        value = say("headline.rank_value", rank=after.rank, of=after.of)
        if after.tied:
            value += " " + say("headline.tied")
        key = "rank_up" if change > 0 else "rank_down" if change < 0 else "rank_same"
        note = say(f"headline.{key}", places=abs(change), was=before.rank)
    with st.container(key="rank"):
        st.metric(
            say("headline.rank"), value, delta=note,
            delta_color=tone(change), delta_arrow="auto" if change else "off",
        )  # fmt: skip


def rank_reason(view: View, say: Speech) -> str:
    """Why no rank can be projected for this unit."""
    notices = caveats(view.baseline, view.projection, view.peers)
    reasons = [item for item in notices if item.code.startswith("no_rank")]
    return explain(reasons[0], say.language) if reasons else ""


def _mode(view: View, say: Speech) -> None:
    """How to read the figures: as if the whole period, peers held fixed."""
    with st.container(key="mode"):
        st.text(say("headline.mode"))
        if view.projection.after.standing is not None:
            st.text(say("headline.peers_fixed"))
        if view.edition.estimate:
            st.text(say("headline.estimate"))
        if view.peers is not None and view.peers.borrowed:
            title = load_baseline(view.peers.baseline_id).title
            st.text(say("headline.peers_borrowed", baseline=say.name(title)))
        for notice in sums(view.projection):
            st.text(explain(notice, say.language))
