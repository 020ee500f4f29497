"""The one canonical scenario of a session.

Widgets never hold state of their own that matters: callbacks write the scenario here,
checked by the engine, and widgets are filled from it. The address bar follows
(:mod:`pages.ui.address`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from simulator import library
from simulator.errors import ScenarioError, SimulatorError
from simulator.month_plan import Shape
from simulator.peers_mode import PeersMode
from simulator.plan_target import Target
from simulator.scenario import Scenario, fitted
from simulator.text import LANGUAGES

_SCENARIO = "scenario"
_LANGUAGE = "language"
_PROBLEMS = "link-problems"
_KEPT = "kept-scenarios"
_INPUTS = "inputs"
_SHAPE = "shape"
_TARGET = "target"
_ENTRIES = "entry-problems"
_BOARD_FAILED = "board-failed"
_PAST, _UNDONE = "past-scenarios", "undone-scenarios"
# The saved version the session works on, and how plans are divided (of other modules).
OPENED, DIVISION_CHOICES, DIVISION_FIGURES = (
    "opened-version", "division-choices", "division-figures",
)  # fmt: skip
# What is replaced together with the scenario where a link or a saved version is opened.
_REST = (_TARGET, _SHAPE, OPENED, DIVISION_CHOICES, DIVISION_FIGURES)
MOST_STEPS = 100
# How levers are moved: on the board that answers under the hand, or with Streamlit's widgets.
BOARD, PLAIN = "board", "plain"


def default_scenario() -> Scenario:
    """What a person sees who opens the app without a link."""
    first = library.opening()
    return Scenario(first, library.load(first).default_unit)


def shape() -> Shape:
    """How the monthly plan spreads its effort."""
    current: Shape = st.session_state.get(_SHAPE, Shape.LEVEL)
    return current


def set_shape(value: Shape) -> None:
    st.session_state[_SHAPE] = value


def target() -> Target:
    """What is asked of the plan."""
    current: Target = st.session_state.get(_TARGET, Target())
    return current


def set_target(value: Target) -> None:
    st.session_state[_TARGET] = value


def is_started() -> bool:
    """False until the session has a scenario."""
    return _SCENARIO in st.session_state


def scenario() -> Scenario:
    current: Scenario = st.session_state[_SCENARIO]
    return current


@dataclass(frozen=True)
class _Step:
    """What a change left: the scenario, and all that was replaced with it, if anything was."""

    scenario: Scenario
    rest: Mapping[str, Any] | None = None


def set_scenario(value: Scenario, *, is_opened: bool = False) -> None:
    """Every change goes through here, so that it can be undone while one stays with the unit.

    ``is_opened``: a link or a saved version, which brings a target and more with it.
    """
    left: Scenario | None = st.session_state.get(_SCENARIO)
    if left is not None and (is_opened or left != value):
        is_same_place = (left.baseline, left.unit) == (value.baseline, value.unit)
        step = _Step(left, _rest() if is_opened else None)
        past = (*st.session_state.get(_PAST, ()), step)[-MOST_STEPS:] if is_same_place else ()
        st.session_state[_PAST], st.session_state[_UNDONE] = past, ()
    st.session_state[_SCENARIO] = value


def _rest() -> dict[str, Any]:
    return {key: st.session_state[key] for key in _REST if key in st.session_state}


def undo() -> bool:
    """Back to the scenario before the last change; False if there is none."""
    return _step(_PAST, _UNDONE)


def redo() -> bool:
    """Forward again to what was undone; False if nothing was."""
    return _step(_UNDONE, _PAST)


def _step(source: str, target: str) -> bool:
    steps: tuple[_Step, ...] = st.session_state.get(source, ())
    if not steps:
        return False
    step = steps[-1]
    left = _Step(scenario(), None if step.rest is None else _rest())
    st.session_state[target] = (*st.session_state.get(target, ()), left)
    st.session_state[source] = steps[:-1]
    st.session_state[_SCENARIO] = step.scenario
    if step.rest is not None:
        for key in _REST:
            st.session_state.pop(key, None)
        for key, value in step.rest.items():
            st.session_state[key] = value
    forget_link_problems()
    forget_entry_problems()
    return True


def language() -> str:
    current: str = st.session_state.get(_LANGUAGE, LANGUAGES[0])
    return current


def set_language(value: str) -> None:
    st.session_state[_LANGUAGE] = value


def is_plain() -> bool:
    """True if levers are moved with Streamlit's widgets: chosen, or the board cannot load."""
    return st.session_state.get(_INPUTS) == PLAIN or board_failed()


def set_inputs(value: str) -> None:
    st.session_state[_INPUTS] = value
    st.session_state.pop(_BOARD_FAILED, None)


def board_failed() -> bool:
    return bool(st.session_state.get(_BOARD_FAILED))


def note_board_failed() -> None:
    """Go on with Streamlit's widgets; a link shared from here still offers the board."""
    st.session_state[_BOARD_FAILED] = True


def inputs() -> str:
    """How levers are moved, as it was chosen."""
    chosen: str = st.session_state.get(_INPUTS, BOARD)
    return chosen


def set_link_problems(problems: Sequence[SimulatorError]) -> None:
    st.session_state[_PROBLEMS] = list(problems)


def link_problems() -> list[SimulatorError]:
    """What the link asked for that could not be kept; told until the scenario changes."""
    problems: list[SimulatorError] = st.session_state.get(_PROBLEMS, [])
    return problems


def forget_link_problems() -> None:
    st.session_state.pop(_PROBLEMS, None)


@dataclass(frozen=True)
class EntryProblem:
    """What was typed for a lever, and why it could not be taken."""

    text: str
    error: ScenarioError


def entry_problems() -> dict[str, EntryProblem]:
    """Entries that were refused, by lever (or ``assume-`` and indicator)."""
    return dict(st.session_state.get(_ENTRIES, {}))


def set_entry_problem(place: str, problem: EntryProblem | None) -> None:
    others = {key: value for key, value in entry_problems().items() if key != place}
    st.session_state[_ENTRIES] = others | ({place: problem} if problem else {})


def forget_entry_problems() -> None:
    """Drop what was said beside entry fields; the fields are filled from the scenario again."""
    st.session_state.pop(_ENTRIES, None)


def adopt(value: Scenario) -> None:
    """Take a scenario with other assumptions; levers that no longer fit are let go and named."""
    scenario, problems = fitted(library.load(value.baseline), value)
    set_scenario(scenario)
    st.session_state[_PROBLEMS] = problems
    forget_entry_problems()


def set_peers(
    mode: PeersMode | None = None, seed: int | None = None, own_moves: bool | None = None
) -> None:
    """What the peers do until the day looked at; what is not given stays."""
    given = {"peers": mode, "seed": seed, "own_moves": own_moves}
    changed = {name: value for name, value in given.items() if value is not None}
    set_scenario(replace(scenario(), **changed))


def _with_peers_of(left: Scenario, there: Scenario) -> Scenario:
    """``there``, thought of the peers as on ``left``: that is a way of looking, not of a unit."""
    return replace(there, peers=left.peers, seed=left.seed, own_moves=left.own_moves)


def look(until: str) -> None:
    """Look ahead, to ``until`` at first, or as if for the whole period where it is empty.

    Levers mean something else there, so each way of looking keeps its own settings and day.
    """
    left = scenario()
    there = _kept_at((left.baseline, left.unit, bool(until)))
    there = there or replace(left, settings=(), until=until)
    there = replace(
        there, assumptions=left.assumptions, locks=left.locks, hours=left.hours,
        per_month=left.per_month,
    )  # fmt: skip
    set_scenario(_with_peers_of(left, there))
    forget_link_problems()
    forget_entry_problems()


def switch_to(baseline_id: str, unit_code: str) -> None:
    """Go to another unit; what was set on the one left is kept for the way back.

    Within the same figures one goes on looking the same way.
    """
    left = scenario()
    way = replace(Scenario(baseline_id, unit_code), until=left.until, pace=left.pace)
    if baseline_id != left.baseline:
        way = Scenario(baseline_id, unit_code)
    there = _kept_at((baseline_id, unit_code, bool(way.until))) or way
    set_scenario(_with_peers_of(left, there))
    forget_link_problems()
    forget_entry_problems()


def leave(why: SimulatorError | None = None) -> None:
    """Go to what opens the app: the present figures are gone."""
    set_scenario(default_scenario())
    st.session_state[_PROBLEMS] = [why] if why else []
    forget_entry_problems()


def _kept_at(place: tuple[str, str, bool]) -> Scenario | None:
    """Keep the present scenario for the way back; what was kept at ``place``, if anything.

    A place is figures, unit, and whether one looks ahead there.
    """
    kept: dict[tuple[str, str, bool], Scenario] = st.session_state.setdefault(_KEPT, {})
    left = scenario()
    kept[left.baseline, left.unit, bool(left.until)] = left
    return kept.get(place)
