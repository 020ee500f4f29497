"""As if for the whole period while it still runs: that it is not what can be done any more."""

from __future__ import annotations

import streamlit as st

from pages.ui import state
from simulator.errors import ScenarioError
from simulator.numbers import format_date
from simulator.period import Period
from simulator.presentation.speech import Speech
from simulator.presentation.view import View


def still_running(view: View) -> Period | None:
    """The period of the figures; None where it is over, or not known when they were read."""
    try:
        period = view.baseline.whole_period()
    except ScenarioError:
        return None
    return None if period.is_over else period


def draw(view: View, say: Speech) -> None:
    """The warning and the way to what is left; nothing once the period is over."""
    period = still_running(view)
    if view.outlook is not None or period is None:
        return
    last = period.last.isoformat()
    with st.container(horizontal=True, vertical_alignment="center", key="goal-as-if-row"):
        st.warning(say("goal.as_if"))
        st.button(say("goal.as_if_go", last=format_date(last)), key="goal-as-if",
                  on_click=state.look, args=(last,))  # fmt: skip
