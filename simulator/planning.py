"""The plan for what is asked of a unit: limits from a scenario, peers as the target takes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from simulator.effort import Effort, default_effort
from simulator.errors import ScenarioError
from simulator.outlook import Outlook
from simulator.peers_mode import PeersMode
from simulator.period import MONTH_DAYS
from simulator.plan_choices import is_offered
from simulator.plan_found import Plan
from simulator.plan_goals import Goal, Limits
from simulator.plan_solver import Planner
from simulator.plan_target import Target
from simulator.rank_ahead import Question, RankAhead
from simulator.rules import Edition


@dataclass(frozen=True)
class Answer:
    """The plan for a target, and the peers it was asked among (None where no rank was)."""

    target: Target
    goal: Goal
    plan: Plan
    ahead: RankAhead | None


def limits_of(
    edition: Edition, ahead: Outlook | None, settings: Mapping[str, float],
    locks: Collection[str] = (), floors: Mapping[str, float] | None = None,
) -> Limits:  # fmt: skip
    """What a plan may not do, as a scenario has it.

    Locked levers stay where they were set. So do those a plan does not pull by itself: a risk that
    was assumed, cases of which nobody publishes how many there are.
    """
    given = {
        code: change
        for code, change in settings.items()
        if not is_offered(edition.lever_by_code[code])
    }
    locked = {code: settings.get(code, 0.0) for code in locks}
    months = None if ahead is None else float(ahead.period.remaining_days) / MONTH_DAYS
    return Limits({**given, **locked}, dict(floors or {}), months)


def own_effort(
    edition: Edition, hours: Mapping[str, float], per_month: Mapping[str, float]
) -> Effort:
    """The shipped values of the edition with those of the office."""
    return default_effort(edition.code).with_own(hours, per_month)


def question_for(target: Target, question: Question) -> Question:
    """How the peers are taken for ``target``: held, or moving, so that a certainty means something.

    A certainty is that of the score reaching the place, so the unit itself does not move.
    """
    mode = PeersMode.FIXED if target.certainty is None else PeersMode.UNCERTAIN
    return replace(question, mode=mode, own=False)


def answer(planner: Planner, target: Target, ahead: RankAhead | None) -> Answer:
    """The plan of least effort for ``target``, or the best for its hours.

    ``ahead``: the peers as :func:`question_for` asks for them, None where the unit is not ranked.
    Raises :class:`ScenarioError` for a target that makes no sense on the unit.
    """
    if target.hours is not None:
        if not replace(target, hours=None).is_empty:
            raise ScenarioError("plan_goal_and_hours")
        plan = planner.best_for(target.hours)
        return Answer(target, plan.goal, plan, ahead)
    goal = target.goal(planner.edition, ahead.outcomes if ahead else None)
    return Answer(target, goal, planner.cheapest(goal), ahead)
