"""The state of a session as the address of the page, and back."""

from __future__ import annotations

import time
from collections.abc import Mapping

import streamlit as st

from pages.ui import banner, kept, state
from pages.ui.comparing import choice
from pages.ui.dividing import by_hand
from pages.ui.reports import ordered
from simulator.allocation_links import MOST_IN_LINK
from simulator.errors import ScenarioError, SimulatorError
from simulator.links import BASELINE, INPUTS, LANGUAGE, SHAPE
from simulator.month_plan import Shape
from simulator.plan_target import Target
from simulator.scenario_opening import open_link
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
    default = state.default_scenario()
    opened = open_link(params, default)
    found: list[SimulatorError] = list(opened.problems)
    if opened.scenario is not None:
        scenario, target = opened.scenario, opened.target
    else:
        # Its figures or unit are not here: what opens the app, without the levers of another unit.
        # Where figures are offered in their place, that says already which are not here.
        scenario, target = default, Target()
        found = [] if opened.newer else [*found, ScenarioError("link_not_applied")]
    state.set_scenario(scenario, is_opened=True)
    state.set_target(target)
    state.set_language(_choice(params, LANGUAGE, LANGUAGES, found))
    state.set_inputs(_choice(params, INPUTS, (state.BOARD, state.PLAIN), found))
    state.set_shape(Shape(_choice(params, SHAPE, tuple(Shape), found)))
    found += by_hand.read_link(params, scenario)
    kept.read_link(params, scenario)
    found += choice.read_link(params)
    ordered.read_address(params)
    state.set_link_problems(found)
    state.forget_entry_problems()
    if BASELINE in params or opened.scenario is None:
        banner.show_link(opened, kept.opened())


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
    current = params() | ordered.address_params()
    written = st.session_state.get(_WRITTEN)
    if written is not None and written != current:
        recent = st.session_state.get(_REPLACED, ())[-REMEMBERED:]
        st.session_state[_REPLACED] = (*recent, (written, time.monotonic()))
    st.session_state[_WRITTEN] = current
    if st.query_params.to_dict() != current:
        st.query_params.from_dict(current)


def params() -> dict[str, str]:
    """The state as the query of a link."""
    return kept.params_of_now(MOST_IN_LINK) | kept.link_params() | readers_own()


def readers_own() -> dict[str, str]:
    """What a link says of how its reader looks: language, kind of inputs, what is compared."""
    found = choice.link_params()
    if state.language() != LANGUAGES[0]:
        found[LANGUAGE] = state.language()
    if state.inputs() == state.PLAIN:
        found[INPUTS] = state.PLAIN
    return found
