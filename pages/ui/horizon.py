"""As if for the whole period, or until its end: the switch, and what is still to come."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import streamlit as st

from pages.ui import state
from pages.ui.following import follow
from pages.ui.view import current
from simulator.errors import ScenarioError
from simulator.history import Stretch, history_of
from simulator.numbers import VIETNAM, format_date
from simulator.outlook import COUNTED_BY, Outlook, parse_inflow
from simulator.period import Period, months_left
from simulator.presentation import figures
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.scenario import MONTHS, outlook_of
from simulator.text import explain

WHOLE, AHEAD = "whole", "ahead"
_PROBLEM = "horizon"
# Older figures leave days out of sight in which cases came already.
STALE_DAYS = 10


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
    end = view.outlook.period.last if view.outlook else period.last
    # The key names what the labels show.
    key = f"horizon-{say.language}-{end}"
    chosen = AHEAD if view.outlook else WHOLE
    last = format_date(end.isoformat())
    ahead = "ahead" if end == period.last else "ahead_day"
    labels = {WHOLE: say("horizon.whole"), AHEAD: say(f"horizon.{ahead}", last=last)}
    st.segmented_control(
        say("horizon.label"), (WHOLE, AHEAD), key=follow(key, chosen), default=chosen,
        on_change=_switched, args=(key, period), format_func=labels.__getitem__, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    if view.outlook:
        _inflow(view, view.outlook, say)


def _switched(key: str, period: Period) -> None:
    way = st.session_state[key]
    # A browser that draws the page anew meanwhile can send no choice at all, which is none.
    if way is not None:
        state.look(period.last.isoformat() if way == AHEAD else "")


def _inflow(view: View, ahead: Outlook, say: Speech) -> None:
    """How many cases are still to come, and the form to say otherwise."""
    last = format_date(ahead.period.last.isoformat())
    days = say.count(round(float(ahead.period.remaining_days)))
    parts = figures.inflow_words(ahead, say)
    doubts = [explain(notice, say.language, view.edition) for notice in ahead.notices]
    captured = ahead.period.captured_day
    age = (today() - captured).days
    if age >= STALE_DAYS:
        shown = format_date(captured.isoformat())
        doubts.append(say("horizon.stale", captured=shown, days=say.count(age)))
    key = "summary" if parts else "summary_unknown"
    summary = say(f"horizon.{key}", last=last, days=days, parts=parts)
    st.caption("  \n".join([summary, *(f":orange[{doubt}]" for doubt in doubts)]))
    box = st.expander(say("horizon.box"), key="inflow-box", on_change="rerun")
    if box.open:
        with box:
            _form(view, ahead, say)


def today() -> date:
    """The day it is in Vietnam."""
    return datetime.now(VIETNAM).date()


def _form(view: View, ahead: Outlook, say: Speech) -> None:
    typed = dict(view.scenario.inflow)
    # Keys name unit and day: what was typed for one never stands in the form of another.
    place = _place(view)
    with st.form(f"inflow-{place}", border=False):
        _ask_pace(view, say)
        columns = st.columns([5, 3, 3, 3, 2], vertical_alignment="bottom")
        days = last_days(view.baseline.whole_period(), ahead.period.last, say)
        columns[0].selectbox(
            say("horizon.last"), list(days), key=f"inflow-until-{place}-{say.language}",
            index=list(days.values()).index(ahead.period.last), accept_new_options=True,
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


def _ask_pace(view: View, say: Speech) -> None:
    """Whether cases come as in the period so far or as in recent months, where these are known."""
    known = history_of(view.baseline.id, view.unit.code)
    if not known.daily:
        st.caption(say("horizon.no_months"))
        return
    months = ", ".join(_stretch_name(stretch) for stretch in known.recent)
    ways = {"": say("horizon.by_pace"), MONTHS: say("horizon.by_months", months=months)}
    st.radio(
        say("horizon.pace"), list(ways), format_func=ways.__getitem__, horizontal=True,
        index=list(ways).index(view.scenario.pace),
        key=f"inflow-pace-{_place(view)}-{say.language}",
    )  # fmt: skip


def _stretch_name(stretch: Stretch) -> str:
    """``8/2026`` of a whole month, else both days."""
    first, last = stretch.starts.date(), stretch.last_day
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day >= 28:
        return f"{first.month}/{first.year}"
    return f"{first.day}/{first.month}–{last.day}/{last.month}"


def last_days(whole: Period, chosen: date, say: Speech) -> dict[str, date]:
    """Days one may look ahead to: ends of months and quarters, the period's last, the chosen."""
    days = {}
    for _, last in months_left(whole):
        kind = "period" if last == whole.last else "quarter" if last.month % 3 == 0 else "month"
        name = say(
            f"horizon.end_{kind}", number=last.month // 3 if kind == "quarter" else last.month
        )
        days[f"{format_date(last.isoformat())} – {name}"] = last
    if chosen not in days.values():
        days = {format_date(chosen.isoformat()): chosen, **days}
    return days


def _use() -> None:
    """Take day, pace and inflow together, or none of them."""
    view, language = current(), state.language()
    place = _place(view)
    day = st.session_state.get(f"inflow-until-{place}-{language}") or ""
    try:
        until = typed_day(day.partition(" ")[0])
        period = view.baseline.whole_period().until(date.fromisoformat(until))
        pace = st.session_state.get(f"inflow-pace-{place}-{language}", "")
        scenario = replace(state.scenario(), until=until, pace=pace)
        for flow in COUNTED_BY:
            text = st.session_state.get(f"inflow-{flow.value}-{place}", "").strip()
            coming = parse_inflow(f"{flow.value}={text}", period, language)[1] if text else None
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
