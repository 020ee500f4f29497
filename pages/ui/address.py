"""The state of a session as the address of the page, and back."""

from __future__ import annotations

import time
from collections.abc import Mapping

import streamlit as st

from pages.ui import state
from pages.ui.dividing import by_hand
from simulator import library, plan_target
from simulator.errors import ScenarioError, SimulatorError
from simulator.links import INPUTS, LANGUAGE, SHAPE, from_params, to_params
from simulator.month_plan import Shape
from simulator.text import LANGUAGES

_WRITTEN = "written-params"
_REPLACED = "replaced-params"
# A browser on a slow line can send an address we have replaced in the meantime.
LATE_S = 2.0
REMEMBERED = 20


def read() -> None:
    """Take the state from the link on the first run of a session, or when the link changed."""
    params = st.query_params.to_dict()
    is_known = state.is_started() and (
        not params or params == st.session_state.get(_WRITTEN) or _is_late(params)
    )
    if not is_known:
        take(params)


def take(params: Mapping[str, str]) -> None:
    """Put the session into the state of a link; what could not be taken is told."""
    scenario, problems = from_params(params, state.default_scenario(), library.load)
    found: list[SimulatorError] = list(problems)
    state.set_scenario(scenario)
    state.set_language(_choice(params, LANGUAGE, LANGUAGES, found))
    state.set_inputs(_choice(params, INPUTS, (state.BOARD, state.PLAIN), found))
    state.set_shape(Shape(_choice(params, SHAPE, tuple(Shape), found)))
    target, wrong = plan_target.from_params(params, library.load(scenario.baseline).edition)
    state.set_target(target)
    found += [*wrong, *by_hand.read_link(params, scenario)]
    state.set_link_problems(found)
    state.forget_entry_problems()


def _choice(
    params: Mapping[str, str], name: str, allowed: tuple[str, ...], problems: list[SimulatorError]
) -> str:
    """One of ``allowed``, by default the first."""
    text = params.get(name, allowed[0])
    if text in allowed:
        return text
    problems.append(ScenarioError("unknown_parameter", name=f"{name}={text[:40]}"))
    return allowed[0]


def _is_late(params: dict[str, str]) -> bool:
    """True for an address of our own that the browser sent before it had the newer one."""
    replaced = st.session_state.get(_REPLACED, ())
    return any(old == params and time.monotonic() - at < LATE_S for old, at in replaced)


def write() -> None:
    """Make the address bar carry the state (only if it does not already)."""
    current = params()
    written = st.session_state.get(_WRITTEN)
    if written is not None and written != current:
        recent = st.session_state.get(_REPLACED, ())[-REMEMBERED:]
        st.session_state[_REPLACED] = (*recent, (written, time.monotonic()))
    st.session_state[_WRITTEN] = current
    if st.query_params.to_dict() != current:
        st.query_params.from_dict(current)


def params() -> dict[str, str]:
    """The state as the query of a link."""
    scenario = state.scenario()
    found = to_params(scenario, library.load(scenario.baseline).edition)
    if state.language() != LANGUAGES[0]:
        found[LANGUAGE] = state.language()
    if state.inputs() == state.PLAIN:
        found[INPUTS] = state.PLAIN
    if state.shape() is not Shape.LEVEL:
        found[SHAPE] = state.shape().value
    return found | plan_target.to_params(state.target()) | by_hand.link_params(scenario)
