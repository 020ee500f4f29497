"""Lever rows: slider, exact entry, marks and reset, made from the lever definitions."""

from __future__ import annotations

import streamlit as st

from pages.ui import assumptions, lever_marks, moves, state
from pages.ui.following import follow
from pages.ui.headline_figures import GAIN, LOSS, SAME, tone
from pages.ui.lever_stops import stop_text
from pages.ui.lever_words import entry_example, unusable_reason
from simulator.levers import LeverRange
from simulator.presentation.speech import Speech
from simulator.presentation.view import View, curves_of
from simulator.rules import Lever
from simulator.stops import lever_stops
from simulator.text import explain


def draw(view: View, lever: Lever, say: Speech) -> None:
    """Name, slider with its marks, exact entry, reset and lock of one lever."""
    bounds = view.ranges[lever.code]
    with st.container(key=f"lever-{lever.code}"):
        if not bounds.usable:
            _unusable(view, lever, say)
            return
        change = view.scenario.change(lever.code)
        locked = lever.code in view.scenario.locks
        problem = state.entry_problems().get(lever.code)
        slider, entry, buttons = st.columns([10, 6, 2.2], vertical_alignment="bottom")
        with slider:
            _slider(view, lever, bounds, change, say)
        with entry:
            _entry(view, lever, bounds, change, say)
        with buttons:
            _gain(view, lever, say)
            st.button(
                say("levers.reset"), key=f"reset-{lever.code}", on_click=moves.reset,
                args=(lever.code,), disabled=locked or not (change or problem),
                help=say("levers.reset_help"), type="tertiary",
            )  # fmt: skip
            st.button(
                say("levers.unlock" if locked else "levers.lock"), key=f"lock-{lever.code}",
                on_click=moves.lock, args=(lever.code, not locked), help=say("levers.lock_help"),
                type="tertiary",
            )  # fmt: skip
        if problem:
            st.error(explain(problem.error, say.language, view.edition))


def _gain(view: View, lever: Lever, say: Speech) -> None:
    """Points this lever brings, the others as they stand."""
    change = view.scenario.change(lever.code)
    if change:
        curve = curves_of(view.scenario)[lever.code]
        gain = int(curve.gains[curve.position(change)])
        colour = {GAIN: "green", LOSS: "red", SAME: "gray"}[tone(gain)]
        st.markdown(f":{colour}[**{say.points(gain, sign=True)}**]")


def slider_key(view: View, lever: Lever, language: str) -> str:
    """Identity of a slider: everything its stops' labels depend on.

    The browser sends the *label* of a stop. A label that is no longer among the options would
    be taken for the first one, and the lever would jump: so labels never change under a key.
    """
    held = "held" if view.is_held_down(lever) else ""
    inflow = (f"{flow}={count}" for flow, count in view.scenario.inflow)
    ahead = (view.scenario.until, view.scenario.pace, *inflow)
    place = (lever.code, language, view.baseline.id, view.unit.code, held, *ahead)
    return "-".join(("slider", *filter(None, place)))


def _slider(view: View, lever: Lever, bounds: LeverRange, change: float, say: Speech) -> None:
    key = slider_key(view, lever, say.language)
    # For the same reason a typed value, once offered as a stop, stays one.
    typed: set[float] = st.session_state.setdefault(f"stops-{key}", set())
    typed.add(change)
    stops = lever_stops(bounds, *typed)
    saturates, alone = not view.is_held_down(lever), not _shares_count(view, lever)
    st.select_slider(
        _title(view, lever, bounds, say), stops, change, key=follow(key, change),
        help=_help(lever, say),
        format_func=lambda stop: stop_text(bounds, stop, say, alone, saturates),
        on_change=_moved, args=(lever, key), disabled=lever.code in view.scenario.locks,
    )  # fmt: skip
    curve = curves_of(view.scenario)[lever.code]
    st.html(lever_marks.strip(lever_marks.marks(view, bounds, curve, say), curve, stops))


def _title(view: View, lever: Lever, bounds: LeverRange, say: Speech) -> str:
    """The lever's name; the main lever of a count that others move too says where all lead."""
    name = say.name(lever.name)
    if lever.code != lever.indicator or not _shares_count(view, lever):
        return name
    k = view.edition.position[lever.indicator]
    counts = view.projection.counts
    title = say(
        "levers.together", name=name, count=say.count(round(counts.numerators[k])),
        unit=say(f"unit.{bounds.count_unit}"), rate=say.percent(counts.rate_percent(k)),
    )  # fmt: skip
    full = view.projection.is_saturated(k)
    return f"{title} · {say('levers.saturated')}" if full else title


def _shares_count(view: View, lever: Lever) -> bool:
    """True if another lever moves the same count."""
    return any(
        move.indicator == lever.indicator and move.part == "numerator"
        for other in view.edition.levers
        if other.code != lever.code
        for move in other.moves
    )


def _entry(view: View, lever: Lever, bounds: LeverRange, change: float, say: Speech) -> None:
    key = f"exact-{lever.code}"
    problem = state.entry_problems().get(lever.code)
    text = problem.text if problem else say.change(change, bounds.basis) if change else ""
    # A form: leaving the field commits nothing, only Enter or the button does. (A commit on
    # leaving would race with the click that caused it, and could lose the page.)
    with st.form(f"entry-{lever.code}", border=False):
        field, button = st.columns([5, 2], vertical_alignment="bottom", gap="xxsmall")
        field.text_input(
            say("levers.exact", unit=say(f"unit.short_{bounds.count_unit}")), text,
            key=follow(key, text), max_chars=40, placeholder=entry_example(bounds, say),
        )  # fmt: skip
        button.form_submit_button(
            say("levers.set"), on_click=_typed, args=(lever,), width="stretch"
        )


def _help(lever: Lever, say: Speech) -> str:
    responsible = say("levers.responsible", who=say.name(lever.responsible))
    return f"{say.name(lever.help)}\n\n{responsible}"


def _unusable(view: View, lever: Lever, say: Speech) -> None:
    """The lever's name and why it cannot be used, or the form that makes it usable."""
    st.markdown(f"**{say.name(lever.name)}**", help=_help(lever, say))
    if assumptions.is_asked_at(view, lever):
        assumptions.form(view, view.edition.indicator(lever.indicator), say)
        return
    st.caption(unusable_reason(view, lever, say))


def _moved(lever: Lever, key: str) -> None:
    change = st.session_state.get(key)
    if change is not None:
        moves.set_change(lever.code, change)


def _typed(lever: Lever) -> None:
    text = st.session_state.get(f"exact-{lever.code}")
    if text is not None:
        moves.type_in(lever.code, text)
