"""Content of *Tổng quan*: groups, lost points with reason and lever, saturation, flags."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, written
from simulator.presentation import figures, tables
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rules import Indicator
from simulator.summary import Loss, losses
from simulator.text import catalogue

LARGEST = 8
# The axis goes this far beyond the longest bar, for its label.
ROOM = 1.18


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
    top = losses(view.projection)[:LARGEST]
    if not top:
        st.info(say("overview.nothing_lost"))
        return
    chart = pd.DataFrame(
        {
            "name": [figures.loss_name(loss, say) for loss in top],
            "lost": [loss.lost / 100 for loss in top],
            "room": [loss.lost / 100 * ROOM for loss in top],
            "colour": [loss.group.colour for loss in top],
            "label": [say.points(-loss.lost) for loss in top],
            "tip": [f"{figures.loss_name(loss, say)}: {say.points(-loss.lost)}" for loss in top],
        }
    )
    draw.chart("losses", chart, say, say("overview.lost_axis"), say("overview.losses"))
    reasons = pd.DataFrame(
        [
            {
                say("tables.indicator"): figures.loss_name(loss, say),
                say("tables.lost"): loss.lost / 100,
                say("overview.why"): _why(view, loss.indicator, say),
                say("overview.with"): _helpful_levers(view, loss, say),
            }
            for loss in top
        ]
    )
    st.table(written.shown(reasons, say), hide_index=True, border="horizontal")
    draw.download(reasons, say, "points-lost", view)


def _why(view: View, item: Indicator | None, say: Speech) -> str:
    """Counts and rate against the cap."""
    if item is None:
        return say("overview.group_reason")
    position = view.edition.position[item.code]
    if view.unit.evidence[position].denominator == 0:
        return say("overview.no_cases")
    return say(
        "overview.because", counts=figures.counts_text(view, position, say),
        rate=say.percent(view.unit.evidence[position].rate_percent),
        cap=say.cap(item.cap_percent),
    )  # fmt: skip


def _helpful_levers(view: View, loss: Loss, say: Speech) -> str:
    """Names of the levers that can win these points; none where there were no cases."""
    item = loss.indicator
    if item and view.unit.evidence[view.edition.position[item.code]].denominator == 0:
        return say("unit.unknown")
    wanted = (
        {loss.indicator.code}
        if loss.indicator
        else {item.code for item in view.edition.indicators if item.group == loss.group.code}
    )
    return "; ".join(
        say.name(lever.name)
        for lever in view.levers
        if lever.indicator in wanted and lever.direction == "helpful" and lever.moves
    )


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
    notes = [say.name(note) for note in view.baseline.unit_notes.get(view.unit.code, ())]
    for group, note in view.unit.score_notes.items():
        known = view.edition.group_by_code.get(group)
        notes.append(f"{say.name(known.name) if known else say('tables.total')}: {note}")
    for k, evidence in enumerate(view.unit.evidence):
        if evidence.flag or evidence.note:
            name = say.name(view.edition.indicators[k].name)
            reason = evidence.note or ""
            if evidence.flag:
                # A file may carry flags of its own.
                key = f"flags.{evidence.flag}"
                reason = say(key) if key in catalogue(say.language) else evidence.flag
            notes.append(f"{name}: {reason}")
    notes.extend(say.name(note) for note in view.baseline.notes)
    st.markdown(f"**{say('overview.flags')}**")
    st.text("\n".join(f"• {note}" for note in notes) or say("overview.no_flags"))
    st.caption(
        say("overview.source", source=literal(view.baseline.source), mark=view.baseline.fingerprint)
    )


def _facts(view: View, say: Speech) -> None:
    if not view.unit.facts:
        return
    with st.expander(say("overview.facts")):
        table = pd.DataFrame(
            [
                {
                    say("tables.fact"): say(f"facts.{fact.code}"),
                    say("tables.value"): fact.value,
                    say("tables.unit"): say(f"unit.{fact.value_unit}") if fact.value_unit else "",
                    say("tables.raw"): fact.raw,
                    say("tables.note"): fact.note,
                }
                for fact in view.unit.facts
            ]
        )
        written.show(table, say)
        draw.download(table, say, "facts", view)
