"""Lever rows: slider, exact entry, marks and reset, made from the lever definitions."""

from __future__ import annotations

import streamlit as st

from pages.ui import assumptions, headline, state
from pages.ui.lever_stops import marks, stop_text
from pages.ui.view import Speech, View, contributions_of, current
from simulator.errors import ScenarioError
from simulator.levers import LeverRange, lever_range, parse_setting
from simulator.rules import Lever
from simulator.stops import lever_stops, nice_step
from simulator.text import explain


def draw(view: View, lever: Lever, say: Speech) -> None:
    """Name, slider with its marks, exact entry and reset of one lever."""
    bounds = lever_range(view.edition, view.unit, lever)
    with st.container(key=f"lever-{lever.code}"):
        if not bounds.usable:
            _unusable(view, lever, bounds, say)
            return
        change = view.scenario.change(lever.code)
        problem = _problem(lever)
        slider, entry, reset = st.columns([10, 6, 2.2], vertical_alignment="bottom")
        with slider:
            _slider(view, lever, bounds, change, say)
        with entry:
            _entry(view, lever, bounds, change, say)
        with reset:
            _gain(view, lever, say)
            st.button(
                say("levers.reset"), key=f"reset-{lever.code}", on_click=_reset, args=(lever,),
                disabled=not (change or problem), help=say("levers.reset_help"),
                type="tertiary",
            )  # fmt: skip
        if problem:
            st.error(explain(problem, say.language, view.edition))


def _gain(view: View, lever: Lever, say: Speech) -> None:
    """Points this lever brings among all that are moved."""
    for part in contributions_of(view.scenario):
        if part.lever == lever.code:
            tone = headline.tone(part.hundredths)
            st.markdown(f":{tone}[**{say.points(part.hundredths, sign=True)}**]")


def _problem(lever: Lever) -> ScenarioError | None:
    """What was wrong with the last entry, as long as that entry still stands in its field."""
    key = f"problem-{lever.code}"
    if f"exact-{lever.code}" not in st.session_state:
        st.session_state.pop(key, None)
    problem: ScenarioError | None = st.session_state.get(key)
    return problem


def slider_key(view: View, lever: Lever, language: str) -> str:
    """Identity of a slider: everything its stops' labels depend on.

    The browser sends the *label* of a stop. A label that is no longer among the options would
    be taken for the first one, and the lever would jump: so labels never change under a key.
    """
    held = "-held" if _is_held_down(view, lever) else ""
    return f"slider-{lever.code}-{language}-{view.baseline.id}-{view.unit.code}{held}"


def _slider(view: View, lever: Lever, bounds: LeverRange, change: float, say: Speech) -> None:
    key = slider_key(view, lever, say.language)
    # For the same reason a typed value, once offered as a stop, stays one.
    typed: set[float] = st.session_state.setdefault(f"stops-{key}", set())
    typed.add(change)
    stops = lever_stops(bounds, *typed)
    saturates, alone = not _is_held_down(view, lever), not _shares_count(view, lever)
    # Written only when it differs: an echo of the same value could overtake a faster hand.
    if st.session_state.get(key) != change:
        st.session_state[key] = change
    st.select_slider(
        _title(view, lever, bounds, say), stops, key=key, help=_help(lever, say),
        format_func=lambda stop: stop_text(bounds, stop, say, alone, saturates),
        on_change=_moved, args=(lever, key),
    )  # fmt: skip
    st.html(marks(bounds, stops, say))


def _title(view: View, lever: Lever, bounds: LeverRange, say: Speech) -> str:
    """The lever's name; the main lever of a count that others move too says where all lead."""
    name = say.name(lever.name)
    if lever.code != lever.indicator or not _shares_count(view, lever):
        return name
    k = view.edition.position[lever.indicator]
    counts = view.projection.counts
    title = say(
        "levers.together", name=name, count=say.count(counts.numerators[k]),
        unit=say(f"unit.{bounds.count_unit}"), rate=say.percent(counts.rate_percent(k)),
    )  # fmt: skip
    full = view.projection.is_saturated(k)
    return f"{title} · {say('levers.saturated')}" if full else title


def _is_held_down(view: View, lever: Lever) -> bool:
    """True if the rate of another indicator multiplies this one and is below 100 %."""
    partner = view.edition.multiplier.get(view.edition.position[lever.indicator])
    if partner is None:
        return False
    counts = view.projection.counts
    return bool(counts.numerators[partner] < counts.denominators[partner])


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
    if f"problem-{lever.code}" not in st.session_state:
        text = say.count(change, sign=True) if change else ""
        if st.session_state.get(key) != text:
            st.session_state[key] = text
    rate = bounds.moves_own_numerator and bounds.denominator
    example = say.count(max(nice_step(bounds.high, 1) * 10, 1), sign=True)
    # A form: leaving the field commits nothing, only Enter or the button does. (A commit on
    # leaving would race with the click that caused it, and could lose the page.)
    with st.form(f"entry-{lever.code}", border=False):
        field, button = st.columns([5, 2], vertical_alignment="bottom", gap="xxsmall")
        field.text_input(
            say("levers.exact", unit=say(f"unit.short_{bounds.count_unit}")), key=key, max_chars=40,
            placeholder=say(
                "levers.exact_rate" if rate else "levers.exact_count", count=example
            ),
        )  # fmt: skip
        button.form_submit_button(
            say("levers.set"), on_click=_typed, args=(lever,), width="stretch"
        )


def _help(lever: Lever, say: Speech) -> str:
    responsible = say("levers.responsible", who=say.name(lever.responsible))
    return f"{say.name(lever.help)}\n\n{responsible}"


def _unusable(view: View, lever: Lever, bounds: LeverRange, say: Speech) -> None:
    """The lever's name and why it cannot be used, or the form that makes it usable."""
    st.markdown(f"**{say.name(lever.name)}**", help=_help(lever, say))
    if assumptions.is_asked_at(view, lever):
        assumptions.form(view, view.edition.indicator(lever.indicator), say)
        return
    reason = say(f"reasons.{bounds.reason}")
    full = view.projection.before.indicators[view.edition.position[lever.indicator]]
    if full == 100 * view.edition.indicator(lever.indicator).maximum:
        reason = f"{say('levers.full_without_cases')} {reason}"
    st.caption(reason)


def _moved(lever: Lever, key: str) -> None:
    change = st.session_state.get(key)
    if change is not None:
        _commit(lever, change)


def _typed(lever: Lever) -> None:
    view = current()
    text = st.session_state.get(f"exact-{lever.code}")
    if text is None:
        return
    bounds = lever_range(view.edition, view.unit, lever)
    try:
        change = parse_setting(text, bounds, state.language()) if text.strip() else 0.0
    except ScenarioError as problem:
        st.session_state[f"problem-{lever.code}"] = problem
        return
    _commit(lever, change)


def _reset(lever: Lever) -> None:
    _commit(lever, 0.0)


def _commit(lever: Lever, change: float) -> None:
    """Write the canonical scenario; the widgets are filled from it."""
    st.session_state.pop(f"problem-{lever.code}", None)
    state.forget_link_problems()
    state.set_scenario(state.scenario().with_change(lever.code, change))
