"""Plans of least effort that reach a goal, and the best score for an effort, scored exactly.

The model (:mod:`simulator.plan_model`) never promises too little, so its effort cannot be
undercut; every solution is scored by the exact engine, and where that gives less than promised
the step is cut off and the model solved again. What is returned is reached by the engine to the
hundredth, and nothing undercuts it by more than :attr:`Plan.gap`: 0 for small plans, an hour or two
where levers with many thousand cases are left to lie between whole ones, more where the solver's
nodes run out or its ways do not agree.
"""

from __future__ import annotations

import math
from dataclasses import replace

from simulator.baseline import Unit
from simulator.effort import Effort, hours
from simulator.errors import ScenarioError
from simulator.levers import Settings
from simulator.mixed_model import Sum
from simulator.outlook import Outlook
from simulator.plan_choices import levers_left
from simulator.plan_found import SAME, Plan, Rounded, Status
from simulator.plan_goals import Goal, Limits, check_goal
from simulator.plan_limits import bindings, reachable_until
from simulator.plan_model import PlanModel
from simulator.plan_trim import trimmed
from simulator.project import FULL_TOTAL, Projection, project
from simulator.rank import Peers
from simulator.rules import Edition

# Rounds of cutting off what doubles do not give; mostly none, some where two rates are multiplied.
MOST_ROUNDS = 30
# Hundredths: what the solver's own sums may be off.
SLIGHTLY = 1e-3
# Hundredths by which a goal is raised so that what rounding takes off still reaches it.
MOST_RAISED = 9
# Names of rows besides those of the groups.
TOTAL, HOURS = "total", "hours"


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
        enough = budget * (1 + SAME)
        if not musts <= enough:
            raise ScenarioError("plan_budget_below_musts", budget=budget, hours=musts)
        self._check_known(Goal(total=0))
        lowest, ceiling = self.least.after.total, self.ceiling.after.total
        assert lowest is not None and ceiling is not None
        not_excluded = None
        for total in range(min(self._most_within(enough), ceiling), lowest, -1):
            plan = self.cheapest(Goal(total))
            if not_excluded is None and plan.bound <= enough:
                not_excluded = total
            if plan.total_hours <= enough:
                return replace(plan, most_total=not_excluded)
        plan = self.plan(Goal(lowest), self._at("least"), None)
        return replace(plan, most_total=not_excluded or lowest)

    def _most_within(self, budget: float) -> int:
        """A total that no plan within ``budget`` hours goes beyond."""
        model = self.ask(Goal(), budget - self.fixed_hours)
        assert model.total is not None
        found = model.mixed.relaxed(model.total, maximise=True)
        return FULL_TOTAL if found is None else math.floor(found.bound + SLIGHTLY)

    @property
    def fixed_hours(self) -> float:
        """Effort of the levers that stand where the limits put them."""
        return self._spent(self.left.fixed)

    @property
    def rounding(self) -> float:
        """Hours that whole cases cost at most, where the solver may stop between two of them."""
        return math.fsum(
            max(price for _, price in choice.prices) * choice.step
            for choice in self.left.choices
            if not choice.is_counted
        )

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
            # A total is never below 0, that of the model may be.
            least = None if name == TOTAL and least is not None and least <= 0 else least
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
        settings, bound = found or (self._at("top"), 0.0)
        if self._spent(settings) - self.fixed_hours <= bound + SAME * (1 + bound):
            return settings, bound
        # Not proved to the last hour: a plan from rounding is sometimes nearer to the bound.
        settings = self.trimmed(settings)
        for step in range(MOST_RAISED):
            near = self.rounded(goal.raised(step))
            if near is not None and step == 0:
                bound = max(bound, near.bound)
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

        Settings and what no solution can undercut; None if none is found.
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
        return None
