"""How plans are divided in this session, and what was set by hand: kept, and put into links.

Figures, unit, way of looking and list of units keep their own figures set by hand. The
address of the page (:mod:`pages.ui.address`) reads and writes links here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import inf
from typing import Any

import streamlit as st

from pages.ui import state
from simulator import allocation_links, library
from simulator.allocation_links import Division
from simulator.errors import ScenarioError, SimulatorError
from simulator.scenario import Scenario

_CHOICES, _FIGURES = state.DIVISION_CHOICES, state.DIVISION_FIGURES
Place = tuple[str, str, bool]


def place_of(scenario: Scenario) -> Place:
    """Figures, unit, and whether one looks ahead: levers mean something else there."""
    return scenario.baseline, scenario.unit, bool(scenario.until)


def division(scenario: Scenario) -> Division:
    """How the plan of ``scenario`` is divided."""
    choices: dict[tuple[str, str], Division] = st.session_state.get(_CHOICES, {})
    return _with_figures(scenario, choices.get(place_of(scenario)[:2], Division()))


def _with_figures(scenario: Scenario, choice: Division) -> Division:
    kept: dict[tuple[Place, str], Division] = st.session_state.get(_FIGURES, {})
    own = kept.get((place_of(scenario), choice.listed), Division())
    return replace(choice, fixed=own.fixed, floors=own.floors)


def keep(scenario: Scenario, value: Division) -> None:
    """Divide so from now on."""
    place = place_of(scenario)
    choices = st.session_state.get(_CHOICES, {})
    st.session_state[_CHOICES] = choices | {place[:2]: value}
    figures = st.session_state.get(_FIGURES, {})
    st.session_state[_FIGURES] = figures | {(place, value.listed): value}


def choose(scenario: Scenario, **choice: Any) -> None:
    """Divide otherwise; what was set by hand for another list is kept for the way back."""
    changed = replace(division(scenario), **choice)
    keep(scenario, _with_figures(scenario, changed))


def read_link(params: Mapping[str, str], scenario: Scenario) -> list[SimulatorError]:
    """Take what a link says for the place of ``scenario``; what could not be taken.

    Figures set by hand that were too many for the link stay as the session has them.
    """
    baseline = library.load(scenario.baseline)
    found, more, problems = allocation_links.from_params(
        params, baseline.edition, allocation_links.levels_below(baseline, scenario.unit)
    )
    if more:
        found = _with_figures(scenario, found)
        if not found.count:
            problems.append(ScenarioError("shares_not_in_link", count=more))
    keep(scenario, found)
    return [*problems]


def link_params(scenario: Scenario, most: float = inf) -> dict[str, str]:
    """The part of a link that says how the plan is divided; ``most`` as in
    :func:`simulator.allocation_links.to_params`."""
    return allocation_links.to_params(division(scenario), most)
