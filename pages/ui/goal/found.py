"""What the solver finds for a scenario, computed once and shared by all sessions.

A planner keeps a model that changes while it answers, so every answer builds its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator import library
from simulator.frontier import FrontierPoint, frontier
from simulator.peers_mode import SEED, PeersMode
from simulator.plan_alternatives import Alternative, alternatives
from simulator.plan_choices import is_offered
from simulator.plan_found import Plan
from simulator.plan_prices import Price, prices
from simulator.plan_solver import Planner
from simulator.plan_target import Target
from simulator.planning import Answer, answer, limits_of, question_for
from simulator.presentation.effort import effort_of
from simulator.presentation.view import View, evaluate
from simulator.project import Projection
from simulator.rank_ahead import Question, RankAhead, rank_ahead
from simulator.scenario import Scenario

# Points of the curve of effort and score.
POINTS = 30


@dataclass(frozen=True)
class Range:
    """What no plan can fall below or go beyond: nothing done, and all that the limits allow.

    ``has_levers``: False where a plan has no lever at all on this unit, locked or not.
    """

    line: Projection
    ceiling: Projection
    has_levers: bool


def planned_from(scenario: Scenario, target: Target | None = None) -> Scenario:
    """The scenario without what changes no plan: levers that it sets itself, the peers' mode."""
    levers = library.load(scenario.baseline).edition.lever_by_code
    given = tuple(
        sorted(
            (code, change)
            for code, change in scenario.settings
            if code in scenario.locks or not is_offered(levers[code])
        )
    )
    seed = scenario.seed if target is not None and target.certainty is not None else SEED
    return replace(
        scenario, settings=given, locks=tuple(sorted(scenario.locks)), seed=seed,
        peers=PeersMode.UNCERTAIN, own_moves=False,
    )  # fmt: skip


def with_plan(scenario: Scenario, plan: Plan) -> Scenario:
    """The scenario with the levers of ``plan``, and no other that a plan may pull."""
    scenario = replace(planned_from(scenario), peers=scenario.peers, seed=scenario.seed,
                       own_moves=scenario.own_moves)  # fmt: skip
    for lever, change in plan.settings.items():
        scenario = scenario.with_change(lever, change)
    return scenario


def range_of(scenario: Scenario) -> Range:
    return _range(planned_from(scenario))


def answer_of(scenario: Scenario, target: Target) -> Answer:
    return _answer(planned_from(scenario, target), target)


def prices_of(scenario: Scenario, target: Target) -> tuple[Price, ...]:
    return _prices(planned_from(scenario, target), target)


def alternatives_of(scenario: Scenario, target: Target) -> tuple[Alternative, ...]:
    return _alternatives(planned_from(scenario, target), target)


def frontier_of(scenario: Scenario, highest: int | None = None) -> tuple[FrontierPoint, ...]:
    return _frontier(planned_from(scenario), highest)


def moving(view: View) -> RankAhead | None:
    """The peers where they move; None where they cannot, or the reader holds them fixed."""
    if view.scenario.peers is PeersMode.FIXED:
        return None
    found = moving_peers(view.scenario)
    return found if found is not None and found.mode is PeersMode.UNCERTAIN else None


def moving_peers(scenario: Scenario) -> RankAhead | None:
    """The peers as a certainty takes them, or why they cannot move; None without a list."""
    return rank_ahead(question_for(Target(certainty=1.0), _question(scenario)))


def _question(scenario: Scenario) -> Question:
    return Question(scenario.baseline, scenario.unit, until=scenario.until, seed=scenario.seed)


def _planner(scenario: Scenario) -> Planner:
    view = evaluate(scenario)
    limits = limits_of(
        view.edition, view.outlook, dict(scenario.settings), scenario.locks, dict(scenario.floors)
    )
    return Planner(view.edition, view.unit, view.outlook, effort_of(view), limits, view.peers)


@library.remembered(maxsize=64)
def _range(scenario: Scenario) -> Range:
    planner = _planner(scenario)
    has_levers = any(
        is_offered(bounds.lever) and bounds.usable and bounds.high > 0
        for bounds in planner.left.ranges.values()
    )
    return Range(planner.line, planner.ceiling, has_levers)


@library.remembered(maxsize=64)
def _answer(scenario: Scenario, target: Target) -> Answer:
    ahead = None
    if target.rank is not None:
        ahead = rank_ahead(question_for(target, _question(scenario)))
    return answer(_planner(scenario), target, ahead)


@library.remembered(maxsize=64)
def _prices(scenario: Scenario, target: Target) -> tuple[Price, ...]:
    return prices(_planner(scenario), _answer(scenario, target).plan)


@library.remembered(maxsize=64)
def _alternatives(scenario: Scenario, target: Target) -> tuple[Alternative, ...]:
    return alternatives(_planner(scenario), _answer(scenario, target).plan)


@library.remembered(maxsize=64)
def _frontier(scenario: Scenario, highest: int | None) -> tuple[FrontierPoint, ...]:
    planner = _planner(scenario)
    if planner.line.before.total is None:
        return ()
    return frontier(
        planner.edition, planner.unit, planner.outlook, planner.effort, planner.limits, POINTS,
        highest,
    )  # fmt: skip
