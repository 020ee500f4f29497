"""The left side of *Mô phỏng*: six groups of levers, open or closed."""

from __future__ import annotations

import streamlit as st

from pages.ui import assumptions, lever_marks, lever_rows, moves
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rules import Group, Lever

# Timeliness: its lever "handle on time instead of late" is what most offices try first.
OPEN_AT_FIRST = "TDGQ"


def draw(view: View, say: Speech) -> None:
    """All groups; one is open at first, the others run only when opened."""
    title, reset = st.columns([10, 4], vertical_alignment="bottom")
    title.subheader(say("levers.title"), anchor=False)
    reset.button(
        say("levers.reset_all"), on_click=moves.reset_all, disabled=not moves.can_reset_all(),
        key="reset-all", width="stretch",
    )  # fmt: skip
    for group in view.edition.groups:
        with st.container(key=f"group-{group.code}"):
            _head(view, group, say)
            expander = st.expander(
                f"**{say.name(group.name)}**", expanded=group.code == OPEN_AT_FIRST,
                key=f"open-{group.code}", on_change="rerun",
            )  # fmt: skip
            if expander.open:
                with expander:
                    for lever in _levers(view, group):
                        lever_rows.draw(view, lever, say)
                    assumptions.draw_given(view, group, say)


def _levers(view: View, group: Group) -> list[Lever]:
    edition = view.edition
    return [
        lever for lever in view.levers if edition.indicator(lever.indicator).group == group.code
    ]


def _head(view: View, group: Group, say: Speech) -> None:
    """Points and gain of a group, at the right end of its bar."""
    change = view.projection.group_change[group.code]
    after = view.projection.after.groups[group.code]
    text = say("charts.of_max", points=say.points(after), maximum=str(group.maximum))
    reach = lever_marks.group_reach(view, group, say)
    if reach:
        text = f":gray[{reach}] · {text}"
    if change:
        colour = "green" if change > 0 else "red"
        text += f" :{colour}[**{say.points(change, sign=True)}**]"
    with st.container(key=f"head-{group.code}"):
        st.markdown(text)
