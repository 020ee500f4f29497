"""Content of *Tổng quan*: groups, lost points with reason and lever, saturation, flags."""

from __future__ import annotations

import streamlit as st

from pages.ui import draw, written
from simulator.presentation import figures, loss_tables, tables
from simulator.presentation.data_notes import data_notes
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View


def draw_overview(view: View, say: Speech) -> None:
    """The whole screen."""
    left, right = st.columns([10, 11], gap="medium")
    with left:
        st.subheader(say("overview.groups"), anchor=False)
        st.caption(say("results.groups_legend" if view.changed else "overview.groups_legend"))
        groups = figures.groups_table(view, say)
        draw.chart("groups", groups, say, say("unit.points_axis"), say("overview.groups"))
        draw.download(tables.groups(view, say), say, "groups", view)
        _saturated(view, say)
        _flags(view, say)
    with right:
        st.subheader(say("overview.losses"), anchor=False)
        _losses(view, say)
    with st.expander(say("overview.all_indicators")):
        table = tables.indicators(view, say)
        written.show(table, say)
        draw.download(table, say, "indicators", view)
    _facts(view, say)


def _losses(view: View, say: Speech) -> None:
    """Where the points are lost, largest first, with why and which lever."""
    top = loss_tables.largest(view)
    if not top:
        st.info(say("overview.nothing_lost"))
        return
    chart = loss_tables.chart_rows(top, say)
    draw.chart("losses", chart, say, say("overview.lost_axis"), say("overview.losses"))
    reasons = loss_tables.reasons(view, top, say)
    st.table(written.shown(reasons, say), hide_index=True, border="horizontal")
    draw.download(reasons, say, "points-lost", view)


def _saturated(view: View, say: Speech) -> None:
    names = [
        say.name(item.name)
        for item, score in zip(
            view.edition.indicators, view.projection.before.indicators, strict=True
        )
        if score == 100 * item.maximum
    ]
    if names:
        st.markdown(f"**{say('overview.saturated')}**")
        st.text("\n".join(f"• {name}" for name in names))


def _flags(view: View, say: Speech) -> None:
    """Data quality: flags of the portal, notes of the publication, own notes."""
    notes = data_notes(view, say)
    st.markdown(f"**{say('overview.flags')}**")
    st.text("\n".join(f"• {note}" for note in notes) or say("overview.no_flags"))
    st.caption(
        say("overview.source", source=literal(view.baseline.source), mark=view.baseline.fingerprint)
    )


def _facts(view: View, say: Speech) -> None:
    if not view.unit.facts:
        return
    with st.expander(say("overview.facts")):
        table = tables.facts(view, say)
        written.show(table, say)
        draw.download(table, say, "facts", view)
