"""Plans of least effort that reach a goal, and the best score for an effort, scored exactly.

The model (:mod:`simulator.plan_model`) never promises too little, so its effort cannot be
undercut; every solution is scored by the exact engine, and where that gives less than promised
the step is cut off and the model solved again. What is returned is reached by the engine to the
hundredth, and proved to be the cheapest but for :attr:`Plan.gap`: 0 nearly always, some parts of a
thousand for a few goals close to the best possible, where the solver's nodes run out.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import partial

from simulator.baseline import Unit
from simulator.effort import Effort, hours
from simulator.errors import ScenarioError
from simulator.levers import Settings
from simulator.mixed_model import Sum
from simulator.outlook import Outlook
from simulator.plan_goals import Choice, Goal, Limits, check_goal, levers_left
from simulator.plan_limits import Binding, bindings, reachable_until
from simulator.plan_model import PlanModel
from simulator.project import FULL_TOTAL, Projection, State, project
from simulator.rank import Peers
from simulator.rules import Edition

# Rounds of cutting off what doubles do not give; a few are usual, and none of the real ones.
MOST_ROUNDS = 500
# Efforts that differ by less than this part are equal.
SAME = 1e-6
# Names of rows besides those of the groups.
TOTAL, HOURS = "total", "hours"


class Status(StrEnum):
    REACHED = "reached"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class Plan:
    """Changes of levers that reach a goal, or come as near to it as possible.

    ``settings``: lever -> change, without those left at 0; ``hours``: effort of each, and
    ``total_hours`` of all; ``projection``: what the exact engine makes of it, ``line``: without
    any, ``ceiling``: with all that the limits allow; ``bound``: effort that no plan can undercut;
    ``binding``: what keeps the ceiling down, and ``reachable_until``: the last day on which the
    goal could be reached (both only where it is impossible).
    """

    status: Status
    goal: Goal
    limits: Limits
    settings: Mapping[str, float]
    hours: Mapping[str, float]
    projection: Projection
    line: Projection
    ceiling: Projection
    bound: float
    binding: tuple[Binding, ...] = ()
    reachable_until: date | None = None

    @property
    def total_hours(self) -> float:
        return math.fsum(self.hours.values())

    @property
    def gap(self) -> float:
        """Hours by which a cheaper plan is not excluded; 0 where the plan is proved."""
        gap = self.total_hours - self.bound
        return 0.0 if gap <= SAME * (1 + self.total_hours) else gap


class Planner:
    """One unit with its levers, efforts and limits; answers any number of goals.

    ``line``: no lever moved; ``least``: only what the limits ask for; ``ceiling``: all they allow.
    """

    def __init__(
        self, edition: Edition, unit: Unit, outlook: Outlook | None, effort: Effort,
        limits: Limits | None = None, peers: Peers | None = None,
    ) -> None:  # fmt: skip
        self.edition, self.unit, self.outlook, self.effort = edition, unit, outlook, effort
        self.limits, self.peers = limits or Limits(), peers
        self.left = levers_left(edition, unit, outlook, effort, self.limits)
        self.line = self.scored({})
        self.least = self.scored(self._at("least"))
        self.ceiling = self.scored(self._at("top"))
        self._model: PlanModel | None = None
        self._rows: dict[str, tuple[int, float]] = {}

    def scored(self, settings: Settings) -> Projection:
        """What the exact engine makes of ``settings``."""
        return project(self.edition, self.unit, settings, self.peers, self.outlook)

    def hours_of(self, settings: Settings) -> dict[str, float]:
        """Person-hours of each lever that is moved up."""
        return {
            code: hours(self.left.ranges[code], self.effort.levers[code], change)
            for code, change in settings.items()
            if change > 0
        }

    def cheapest(self, goal: Goal) -> Plan:
        """The plan of least effort that reaches ``goal``; the best possible where none does."""
        check_goal(self.edition, goal)
        self._check_known(goal)
        if not goal.is_met(self.ceiling):
            return self._impossible(goal)
        if goal.is_met(self.least):
            return self.plan(goal, self._at("least"), None)
        settings, bound = self._solved(goal)
        return self.plan(goal, settings, bound)

    def best_for(self, budget: float) -> Plan:
        """The highest total that ``budget`` hours bring, with the least effort for that total."""
        musts = math.fsum(self.hours_of(self._at("least")).values())
        if not musts <= budget * (1 + SAME):
            raise ScenarioError("plan_budget_below_musts", budget=budget, hours=musts)
        self._check_known(Goal(total=0))
        return self.cheapest(Goal(total=self._highest(budget - self.fixed_hours)))

    @property
    def fixed_hours(self) -> float:
        """Effort of the levers that stand where the limits put them."""
        return math.fsum(self.hours_of(self.left.fixed).values())

    def _at(self, end: str) -> dict[str, float]:
        """Every lever at the ``least`` or ``top`` of what the limits allow."""
        chosen = {choice.code: getattr(choice, end) for choice in self.left.choices}
        return self._ordered({**self.left.fixed, **chosen})

    def _ordered(self, settings: Settings) -> dict[str, float]:
        codes = self.edition.lever_by_code
        return {code: settings[code] for code in codes if settings.get(code)}

    def _check_known(self, goal: Goal) -> None:
        """Refuse a goal for a score of which the level is not known."""
        if goal.total is not None and self.line.after.total is None:
            raise ScenarioError("plan_total_unknown", unit=self.unit.code)
        for group in goal.groups:
            if self.line.after.groups[group] is None:
                raise ScenarioError("plan_group_unknown", group=group)

    def _impossible(self, goal: Goal) -> Plan:
        """As near as possible to each part of the goal, with the least effort."""
        best = self.ceiling.after
        near = Goal(
            None if goal.total is None or best.total is None else min(goal.total, best.total),
            {group: min(score, best.groups[group] or 0) for group, score in goal.groups.items()},
        )
        return replace(
            self.cheapest(near), status=Status.IMPOSSIBLE, goal=goal,
            binding=bindings(self.edition, goal, self.left, self.limits, self.ceiling),
            reachable_until=reachable_until(
                self.edition, self.unit, self.outlook, goal, self.left.fixed
            ),
        )  # fmt: skip

    def plan(self, goal: Goal, settings: Settings, bound: float | None) -> Plan:
        """The plan of ``settings``; ``bound``: effort of the choices that cannot be undercut."""
        settings = self._trimmed(self._ordered(settings))
        spent = self.hours_of(settings)
        return Plan(
            status=Status.REACHED, goal=goal, limits=self.limits, settings=settings, hours=spent,
            projection=self.scored(settings), line=self.line, ceiling=self.ceiling,
            bound=math.fsum(spent.values()) if bound is None else bound + self.fixed_hours,
        )  # fmt: skip

    def model(self) -> PlanModel:
        """The model, with a row for each score a goal can name and one for the effort."""
        if self._model is None:
            self._model = PlanModel(
                self.edition, self.unit, self.outlook, self.left.choices, self.left.fixed
            )
            named: dict[str, Sum | None] = {
                **self._model.groups, TOTAL: self._model.total, HOURS: self._model.hours,
            }  # fmt: skip
            self._rows = {
                name: (self._model.mixed.row(what), what.constant)
                for name, what in named.items()
                if what is not None
            }
        return self._model

    def ask(self, goal: Goal, most_hours: float = math.inf) -> PlanModel:
        """The model with the bounds of a goal and an effort (without that of fixed levers)."""
        model = self.model()
        wanted: dict[str, int | None] = {**goal.groups, TOTAL: goal.total}
        for name, (row, constant) in self._rows.items():
            least = wanted.get(name)
            most = most_hours if name == HOURS else math.inf
            model.mixed.move_row(row, constant, -math.inf if least is None else least, most)
        return model

    def _solved(self, goal: Goal) -> tuple[dict[str, float], float]:
        """Settings that reach ``goal``, and the effort of the choices that cannot be undercut."""
        found = self.search(self.ask(goal), goal)
        if found is None:
            raise RuntimeError("the model does not reach what its own ceiling reaches")
        return found

    def search(self, model: PlanModel, goal: Goal) -> tuple[dict[str, float], float] | None:
        """The cheapest solution of ``model`` that the engine finds to reach ``goal`` too.

        Settings and the effort of the choices that cannot be undercut; None if there is none.
        """
        for _ in range(MOST_ROUNDS):
            solution = model.mixed.solve(model.hours)
            if solution is None:
                return None
            settings = self._ordered({**self.left.fixed, **model.settings(solution)})
            projection = self.scored(settings)
            if goal.is_met(projection):
                return settings, solution.bound
            if not model.correct(solution, projection):
                break
        raise RuntimeError("the model and the engine do not agree")

    def _highest(self, budget: float) -> int:
        """The highest total that the choices reach within ``budget`` hours."""
        model, total = self.ask(Goal(), budget * (1 + SAME / 2)), self.ceiling.after.total
        assert model.total is not None and total is not None
        spent = self.hours_of(self._at("top"))
        if math.fsum(spent.values()) - self.fixed_hours <= budget:
            return total
        for _ in range(MOST_ROUNDS):
            solution = model.mixed.solve(model.total, maximise=True)
            assert solution is not None
            projection = self.scored(self._ordered({**self.left.fixed, **model.settings(solution)}))
            promised = min(round(solution.value(model.total)), FULL_TOTAL)
            reached = projection.after.total
            assert reached is not None
            if reached >= promised:
                return reached
            if not model.correct(solution, projection):
                break
        raise RuntimeError("the model and the engine do not agree")

    def _trimmed(self, settings: dict[str, float]) -> dict[str, float]:
        """Without units that change no score: where a unit costs nothing, the model has many."""
        for choice in self.left.choices:
            first = math.ceil(round(choice.least / choice.step, 4))
            last = math.ceil(round(settings.get(choice.code, 0.0) / choice.step, 4))
            same = partial(self._same, settings, self.scored(settings).after, choice)
            if first < last and same(last - 1):
                fewer = range(first, last)
                settings = self._with_steps(
                    settings, choice, fewer[bisect_left(fewer, True, key=same)]
                )
        return settings

    def _with_steps(self, settings: Settings, choice: Choice, steps: int) -> dict[str, float]:
        change = max(round(steps * choice.step, 6), choice.least)
        return self._ordered({**settings, choice.code: change})

    def _same(self, settings: Settings, after: State, choice: Choice, steps: int) -> bool:
        return self.scored(self._with_steps(settings, choice, steps)).after == after


def cheapest(
    edition: Edition, unit: Unit, outlook: Outlook | None, effort: Effort, goal: Goal,
    limits: Limits | None = None, peers: Peers | None = None,
) -> Plan:  # fmt: skip
    """The plan of least effort that reaches ``goal``, with proof; else the best possible.

    Raises :class:`ScenarioError` for a goal or limits that make no sense on the unit.
    """
    return Planner(edition, unit, outlook, effort, limits, peers).cheapest(goal)


def best_for(
    edition: Edition, unit: Unit, outlook: Outlook | None, effort: Effort, budget_hours: float,
    limits: Limits | None = None, peers: Peers | None = None,
) -> Plan:  # fmt: skip
    """The highest total for ``budget_hours``, and the least effort that brings it."""
    return Planner(edition, unit, outlook, effort, limits, peers).best_for(budget_hours)
