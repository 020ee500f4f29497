"""Plans of least effort that reach a goal, and the best score for an effort, scored exactly.

The model (:mod:`simulator.plan_model`) never promises too little, so its effort cannot be
undercut; every solution is scored by the exact engine, and where that gives less than promised
the step is cut off and the model solved again. What is returned is reached by the engine to the
hundredth, and proved to be the cheapest but for :attr:`Plan.gap`: 0 nearly always, some parts of a
thousand for a few goals close to the best possible, where the solver's nodes run out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from simulator.baseline import Unit
from simulator.effort import Effort, hours
from simulator.errors import ScenarioError
from simulator.levers import Settings
from simulator.mixed_model import Sum
from simulator.outlook import Outlook
from simulator.plan_found import SAME, Plan, Status
from simulator.plan_goals import Goal, Limits, check_goal, levers_left
from simulator.plan_limits import bindings, reachable_until
from simulator.plan_model import PlanModel
from simulator.plan_trim import trimmed
from simulator.project import FULL_TOTAL, Projection, project
from simulator.rank import Peers
from simulator.rules import Edition

# Rounds of cutting off what doubles do not give; a few are usual, and none of the real ones.
MOST_ROUNDS = 500
# Hundredths by which a goal is raised so that what rounding takes off still reaches it.
MOST_RAISED = 9
# Names of rows besides those of the groups.
TOTAL, HOURS = "total", "hours"


@dataclass(frozen=True)
class Rounded:
    """``settings`` with what the exact engine makes of them; ``bound``: hours of the choices that
    no plan for the goal can undercut."""

    settings: dict[str, float]
    projection: Projection
    bound: float


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
        musts = self._spent(self._at("least"))
        if not musts <= budget * (1 + SAME):
            raise ScenarioError("plan_budget_below_musts", budget=budget, hours=musts)
        self._check_known(Goal(total=0))
        return self.cheapest(Goal(total=self._highest(budget - self.fixed_hours)))

    @property
    def fixed_hours(self) -> float:
        """Effort of the levers that stand where the limits put them."""
        return self._spent(self.left.fixed)

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
        settings = self.trimmed(settings)
        spent = self.hours_of(settings)
        return Plan(
            status=Status.REACHED, goal=goal, limits=self.limits, settings=settings, hours=spent,
            projection=self.scored(settings), line=self.line, ceiling=self.ceiling,
            bound=math.fsum(spent.values()) if bound is None else bound + self.fixed_hours,
        )  # fmt: skip

    def trimmed(self, settings: Settings) -> dict[str, float]:
        """Without units that change no score: where a unit costs nothing, the model has many."""
        ordered = self._ordered(settings)
        return self._ordered(
            trimmed(ordered, self.left.choices, lambda changes: self.scored(changes).after)
        )

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

    def rounded(self, goal: Goal) -> Rounded | None:
        """Settings near the goal, at once: the relaxed model's, in whole steps that count.

        None where even the relaxed model has no solution.
        """
        model = self.ask(goal)
        solution = model.mixed.relaxed(model.hours)
        if solution is None:
            return None
        settings = self.trimmed({**self.left.fixed, **model.settings(solution)})
        return Rounded(settings, self.scored(settings), solution.bound)

    def _solved(self, goal: Goal) -> tuple[dict[str, float], float]:
        """Settings that reach ``goal``, and the effort of the choices that cannot be undercut."""
        found = self.search(self.ask(goal), goal)
        if found is None:
            raise RuntimeError("the model does not reach what its own ceiling reaches")
        settings, bound = found
        if self._spent(settings) - self.fixed_hours <= bound + SAME * (1 + bound):
            return found
        # Not proved: a plan from rounding is sometimes nearer to the bound.
        settings = self.trimmed(settings)
        for step in range(MOST_RAISED):
            near = self.rounded(goal.raised(step))
            if near is not None and goal.is_met(near.projection):
                settings = min(settings, near.settings, key=self._spent)
        return settings, bound

    def _spent(self, settings: Settings) -> float:
        return math.fsum(self.hours_of(settings).values())

    def search(
        self, model: PlanModel, goal: Goal, least: Sum | None = None
    ) -> tuple[dict[str, float], float] | None:
        """The cheapest solution of ``model`` that the engine finds to reach ``goal`` too, or that
        with the ``least`` of something else.

        Settings and what the solution cannot undercut; None if there is none.
        """
        for _ in range(MOST_ROUNDS):
            solution = model.mixed.solve(least or model.hours)
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
        if self._spent(self._at("top")) - self.fixed_hours <= budget:
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
