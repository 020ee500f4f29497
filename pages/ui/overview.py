"""Content of *Tổng quan*: groups, lost points with reason and lever, saturation, flags."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from pages.ui import draw, figures, tables
from pages.ui.view import Speech, View
from simulator.rules import Indicator
from simulator.score import to_points

LARGEST = 8


def draw_overview(view: View, say: Speech) -> None:
    """The whole screen."""
    left, right = st.columns([10, 11], gap="medium")
    with left:
        st.subheader(say("overview.groups"), anchor=False)
        st.caption(say("results.groups_legend" if view.changed else "overview.groups_legend"))
        groups = figures.groups_table(view, say)
        draw.chart("groups", groups, say, say("unit.points_axis"), say("overview.groups"))
        _saturated(view, say)
        _flags(view, say)
    with right:
        st.subheader(say("overview.losses"), anchor=False)
        _losses(view, say)
    with st.expander(say("overview.all_indicators")):
        table = tables.indicators(view, say)
        st.dataframe(tables.shown(table, say), hide_index=True)
        draw.download(table, say, "indicators")
    _facts(view, say)


def _losses(view: View, say: Speech) -> None:
    """Where the points are lost, largest first, with why and which lever."""
    table = figures.indicators_table(view, say)
    lost = table[table["lost"].fillna(0) > 0].sort_values("lost", ascending=False)
    if lost.empty:
        st.info(say("overview.no_components"))
        _group_losses(view, say)
        return
    top = lost.head(LARGEST)
    chart = pd.DataFrame(
        {
            "name": top["name"],
            "lost": [(to_points(int(value)) or 0.0) for value in top["lost"]],
            "colour": top["colour"],
            "label": [f"−{say.points(int(value))}" for value in top["lost"]],
        }
    )
    draw.chart("losses", chart, say, say("overview.lost_axis"), say("overview.losses"))
    reasons = pd.DataFrame(
        [
            {
                say("tables.indicator"): say.name(item.name),
                say("tables.lost"): to_points(int(lost)),
                say("overview.why"): _why(view, item, say),
                say("overview.with"): _helpful_levers(view, item, say),
            }
            for item, lost in (
                (view.edition.indicators[row.position], row.lost) for row in top.itertuples()
            )
        ]
    )
    st.dataframe(tables.shown(reasons, say), hide_index=True)
    draw.download(tables.indicators(view, say), say, "indicators-lost")


def _why(view: View, item: Indicator, say: Speech) -> str:
    """Counts and rate against the cap."""
    position = view.edition.position[item.code]
    return say(
        "overview.because", counts=figures.counts_text(view, position, say),
        rate=say.percent(view.unit.evidence[position].rate_percent),
        cap=say.cap(item.cap_percent),
    )  # fmt: skip


def _helpful_levers(view: View, item: Indicator, say: Speech) -> str:
    return ", ".join(
        say.name(lever.name)
        for lever in view.edition.levers
        if lever.indicator == item.code and lever.direction == "helpful" and lever.moves
    )


def _group_losses(view: View, say: Speech) -> None:
    """Without components the loss is known per group only."""
    rows = []
    for group in view.edition.groups:
        score = view.projection.before.groups[group.code]
        if score is not None:
            rows.append((100 * group.maximum - score, group))
    for lost, group in sorted(rows, key=lambda row: -row[0]):
        st.markdown(f"**{say.name(group.name)}** · −{say.points(lost)}")


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
        notes.append(f"{group}: {note}")
    for k, evidence in enumerate(view.unit.evidence):
        if evidence.flag or evidence.note:
            name = say.name(view.edition.indicators[k].name)
            reason = evidence.note or ""
            if evidence.flag:
                reason = say(f"flags.{evidence.flag}")
            notes.append(f"{name}: {reason}")
    if view.unit.has_no_dossiers(view.edition):
        notes.append(say("overview.no_dossiers"))
    notes.extend(say.name(note) for note in view.baseline.notes)
    st.markdown(f"**{say('overview.flags')}**")
    st.text("\n".join(f"• {note}" for note in notes) or say("overview.no_flags"))
    st.caption(say("overview.source", source=view.baseline.source))


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
        st.dataframe(tables.shown(table, say), hide_index=True)
        draw.download(table, say, "facts")
