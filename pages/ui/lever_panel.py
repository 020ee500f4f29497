"""The left side of *Mô phỏng*: the lever board, or Streamlit's own widgets in its place."""

from __future__ import annotations

import streamlit as st

from pages.ui import assumptions, horizon, lever_groups, state
from pages.ui.board import component
from simulator.presentation.speech import Speech
from simulator.presentation.view import View


def draw(view: View, say: Speech) -> None:
    """All levers in the way that was chosen, and the switch to the other way."""
    horizon.draw(view, say)
    plain = state.is_plain()
    if plain:
        if state.board_failed():
            st.info(say("board.failed"))
        lever_groups.draw(view, say)
    else:
        component.draw(view, say)
        _starting_values(view, say)
    other = state.BOARD if plain else state.PLAIN
    st.button(
        say(f"board.use_{other}"), key=f"use-{other}", on_click=state.set_inputs, args=(other,),
        help=None if plain else say("board.plain_help"), type="tertiary",
    )  # fmt: skip


def _starting_values(view: View, say: Speech) -> None:
    """What unpublished indicators start from: asked for, or given and to be taken back."""
    asked = [lever for lever in view.edition.levers if assumptions.is_asked_at(view, lever)]
    if asked:
        box = st.expander(say("board.starting"), key="starting-values", on_change="rerun")
        if box.open:
            with box:
                for lever in asked:
                    assumptions.form(view, view.edition.indicator(lever.indicator), say)
    for group in view.edition.groups:
        assumptions.draw_given(view, group, say)
