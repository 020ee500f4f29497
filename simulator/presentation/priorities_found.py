"""What the engine finds for a scenario, computed once and shared by all sessions."""

from __future__ import annotations

from dataclasses import replace

from simulator import library
from simulator.combinations import Pair, coupled_pairs
from simulator.effective_weights import EffectiveWeights, effective_weights
from simulator.first_steps import FirstSteps, what_to_do_first
from simulator.peers_mode import PeersMode
from simulator.presentation.effort import effort_of
from simulator.presentation.view import View, evaluate
from simulator.priorities import Priority, priorities
from simulator.rank_ahead import RankAhead
from simulator.scenario import Scenario


def moving(view: View) -> RankAhead | None:
    """The peers where they move and nobody knows how; else a chance says nothing.

    Nor does it as if for the whole period: what that would have brought cannot be reached by the
    day the peers move to.
    """
    ahead = None if view.outlook is None else view.rank_ahead
    return ahead if ahead is not None and ahead.mode is PeersMode.UNCERTAIN else None


@library.remembered(maxsize=64)
def priorities_of(scenario: Scenario) -> tuple[Priority, ...]:
    view = evaluate(scenario)
    ahead = moving(view)
    return priorities(
        view.projection, effort_of(view), view.peers, ahead.outcomes if ahead else None,
        scenario.locks,
    )  # fmt: skip


def steps_of(scenario: Scenario, wanted: int) -> FirstSteps:
    # What the peers do changes no step.
    return _steps(replace(scenario, peers=PeersMode.FIXED), wanted)


@library.remembered(maxsize=64)
def _steps(scenario: Scenario, wanted: int) -> FirstSteps:
    view = evaluate(scenario)
    return what_to_do_first(view.projection, effort_of(view), wanted, view.peers, scenario.locks)


@library.remembered(maxsize=64)
def pairs_of(scenario: Scenario) -> tuple[Pair, ...]:
    return coupled_pairs(evaluate(scenario).projection, scenario.locks)


@library.remembered(maxsize=64)
def weights_of(scenario: Scenario) -> EffectiveWeights | None:
    """Weights in the list as published; settings change nothing."""
    view = evaluate(scenario)
    if view.peers is None:
        return None
    return effective_weights(view.edition, view.unit, view.peers)
