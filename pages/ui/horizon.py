"""As if for the whole period, or until its end: the switch, and what is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from pages.ui import state
from pages.ui.view import Speech, View, current
from simulator.errors import ScenarioError
from simulator.numbers import format_date
from simulator.outlook import COUNTED_BY, Outlook, parse_inflow
from simulator.period import Period
from simulator.scenario import outlook_of
from simulator.text import explain

WHOLE, AHEAD = "whole", "ahead"
_PROBLEM = "horizon"


def draw(view: View, say: Speech) -> None:
    """The switch; looking ahead also the last day and the inflow, with where it comes from."""
    try:
        period = view.baseline.whole_period()
    except ScenarioError as problem:
        st.caption(explain(problem, say.language))
        return
    if period.is_over:
        st.caption(say("horizon.over", last=format_date(period.last.isoformat())))
        return
    key = f"horizon-{say.language}"
    chosen = AHEAD if view.outlook else WHOLE
    if st.session_state.get(key) != chosen:
        st.session_state[key] = chosen
    last = format_date(period.last.isoformat())
    st.segmented_control(
        say("horizon.label"), (WHOLE, AHEAD), key=key, on_change=_switched, args=(key, period),
        format_func=lambda way: say(f"horizon.{way}", last=last), required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    if view.outlook:
        _inflow(view, view.outlook, say)


def _switched(key: str, period: Period) -> None:
    ahead = st.session_state[key] == AHEAD
    state.look(period.last.isoformat() if ahead else "")


def _inflow(view: View, ahead: Outlook, say: Speech) -> None:
    """How many cases are still to come, and the form to say otherwise."""
    parts = [
        say(
            "horizon.coming",
            count=say.count(item.coming), flow=say(f"horizon.flow_{flow.value}"),
            source=say(f"horizon.source_{item.source}"),
        )
        for flow, item in ahead.inflows.items()
        if item.coming is not None
    ]  # fmt: skip
    last = format_date(ahead.period.last.isoformat())
    days = say.count(round(float(ahead.period.remaining_days)))
    st.caption(say("horizon.summary", last=last, days=days, parts="; ".join(parts)))
    box = st.expander(say("horizon.box"), key="inflow-box", on_change="rerun")
    if box.open:
        with box:
            _form(view, ahead, say)


def _form(view: View, ahead: Outlook, say: Speech) -> None:
    typed = dict(view.scenario.inflow)
    # Keys name unit and day: what was typed for one never stands in the form of another.
    place = _place(view)
    with st.form(f"inflow-{place}", border=False):
        columns = st.columns([3, 3, 3, 3, 2], vertical_alignment="bottom")
        columns[0].text_input(
            say("horizon.last"), key=f"inflow-until-{place}", max_chars=10,
            value=format_date(ahead.period.last.isoformat()),
        )  # fmt: skip
        for column, flow in zip(columns[1:], COUNTED_BY, strict=False):
            item = ahead.inflows[flow]
            column.text_input(
                say(f"horizon.ask_{flow.value}"), key=f"inflow-{flow.value}-{place}", max_chars=30,
                value=say.count(typed[flow.value]) if flow.value in typed else "",
                placeholder="" if item.coming is None else say.count(item.coming),
                disabled=not item.so_far,
            )  # fmt: skip
        columns[-1].form_submit_button(say("horizon.use"), on_click=_use)
    problem = state.entry_problems().get(_PROBLEM)
    if problem:
        st.error(explain(problem.error, say.language, view.edition))


def _use() -> None:
    """Take day and inflow together, or neither."""
    view, language = current(), state.language()
    place = _place(view)
    day = st.session_state.get(f"inflow-until-{place}", "")
    try:
        until = typed_day(day)
        period = view.baseline.whole_period().until(date.fromisoformat(until))
        scenario = replace(state.scenario(), until=until)
        for flow in COUNTED_BY:
            text = st.session_state.get(f"inflow-{flow.value}-{place}", "").strip()
            coming = parse_inflow(text, period, language)[1] if text else None
            scenario = scenario.with_inflow(flow.value, coming)
        outlook_of(view.baseline, view.unit, scenario)
    except ScenarioError as error:
        state.set_entry_problem(_PROBLEM, state.EntryProblem(day, error))
        return
    state.set_entry_problem(_PROBLEM, None)
    state.adopt(scenario)


def _place(view: View) -> str:
    return f"{view.baseline.id}-{view.unit.code}-{view.scenario.until}"


def typed_day(text: str) -> str:
    """A day as an office writes it (31/12/2026) or as a link does, as an ISO day."""
    parts = text.strip().split("/")
    try:
        if len(parts) == 3:
            return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ScenarioError("not_a_day", value=text[:40]) from None
