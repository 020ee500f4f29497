"""The parts of the screen; a box is computed when it is opened."""

from __future__ import annotations

import streamlit as st

from pages.ui import effort_editor, horizon
from pages.ui.headline_figures import rank_reason
from pages.ui.priorities import background, first, value
from simulator.baseline import Basis
from simulator.presentation.literal import literal
from simulator.presentation.priorities_found import priorities_of
from simulator.presentation.speech import Speech
from simulator.presentation.view import View

BOXES = {
    "weights": background.draw_weights,
    "pairs": background.draw_pairs,
    "effort": effort_editor.draw_effort,
    "skipped": background.draw_skipped,
}


def draw_priorities(view: View, say: Speech) -> None:
    """The whole screen; without a usable lever, why."""
    horizon.draw(view, say)
    found = priorities_of(view.scenario)
    gaining = [row for row in found if row.gain]
    if not found:
        unit = literal(view.unit.short_name)
        st.info(say("priorities.no_levers", unit=unit, reason=reason_words(view, say)))
    elif not gaining:
        st.info(say("priorities.no_gain", unit=literal(view.unit.short_name)))
    else:
        for doubt in _doubts(view, say):
            st.caption(doubt)
        first.draw_first(view, say)
        value.draw_value(view, gaining, say)
    for name, content in BOXES.items():
        box = st.expander(
            say(f"priorities.{name}"), expanded=False, key=f"priorities-{name}", on_change="rerun"
        )
        if box.open:
            with box:
                content(view, say)


def _doubts(view: View, say: Speech) -> list[str]:
    """What the reader must know of all figures below."""
    doubts = []
    if view.edition.estimate:
        doubts.append(say("priorities.estimate"))
    if any(row.bounds.basis is Basis.RATE for row in priorities_of(view.scenario)):
        doubts.append(say("priorities.rough"))
    if view.projection.after.standing is None:
        doubts.append(rank_reason(view, say))
    return [doubt for doubt in doubts if doubt]


def reason_words(view: View, say: Speech) -> str:
    """Why most of the levers cannot be used."""
    reasons = [
        view.ranges[lever.code].reason
        for lever in view.levers
        if lever.direction == "helpful" and lever.moves
    ]
    known = [reason for reason in reasons if reason]
    if not known:
        return say("priorities.reason_unknown")
    return say(f"reasons.{max(sorted(set(known)), key=known.count)}")
