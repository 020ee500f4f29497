"""What stands behind a plan: what other goals and limits would cost, and plans nearly as good."""

from __future__ import annotations

import streamlit as st

from pages.ui import draw
from pages.ui.goal import barriers, rows, take
from pages.ui.goal.found import alternatives_of, answer_of, prices_of
from simulator.plan_alternatives import WITHIN
from simulator.plan_found import Status
from simulator.plan_target import Target
from simulator.presentation.literal import literal
from simulator.presentation.speech import Speech
from simulator.presentation.view import View


def draw_prices(view: View, target: Target, say: Speech) -> None:
    """What a little more or less of the goal, and other limits, would cost or save."""
    with st.spinner(say("goal.wait")):
        found = prices_of(view.scenario, target)
    if not found:
        st.info(say("goal.no_prices"))
        return
    st.caption(say("goal.prices_how"))
    st.markdown("\n".join(f"* {barriers.price_words(view, price, say)}" for price in found))


def draw_alternatives(view: View, target: Target, say: Speech) -> None:
    """Plans for nearly the same effort, side by side, each with the way to take it."""
    plan = answer_of(view.scenario, target).plan
    percent = say.cap(100 * WITHIN)
    with st.spinner(say("goal.wait")):
        found = alternatives_of(view.scenario, target)
    if not found:
        key = "no_others_best" if plan.status is Status.IMPOSSIBLE else "no_others"
        st.info(say(f"goal.{key}", percent=percent))
        return
    plans = [plan, *(one.plan for one in found)]
    names = rows.plan_names(view, [one.lever for one in found], say)
    st.caption(say("goal.others_how", percent=percent))
    table = rows.alternatives_table(view, plans, names, say)
    with st.container(key="goal-others-table"):
        st.table(table, hide_index=True, border="horizontal")
    for number, (name, one) in enumerate(zip(names[1:], found, strict=True), start=1):
        if st.button(say("goal.take_other", name=literal(name)), key=f"goal-take-{number}"):
            take.take(view, one.plan, take.SIMULATE)
    draw.download(table, say, "goal-alternatives", view)
