"""Speed of plans, and what generic optimisers find in their place."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from scipy.optimize import Bounds, NonlinearConstraint, differential_evolution, minimize

from simulator.baseline_files import load_baseline
from simulator.effort import default_effort, hours
from simulator.frontier import frontier
from simulator.outlook import outlook
from simulator.plan_goals import Goal
from simulator.plan_solver import Planner
from simulator.project import project_many
from tests.bench.measure import Result, median, p95, seconds

FIGURES, UNIT, GAIN = "vn-2026-10-10", "H44", 300
SEED = 1
WAY = (0.2, 0.5, 0.8, 0.95)
WAY_SHOWN = [f"{share:.0%}" for share in WAY]


def run() -> list[Result]:
    figures = load_baseline(FIGURES)
    edition, unit = figures.edition, figures.unit(UNIT)
    ahead = outlook(edition, unit, figures.whole_period())
    effort = default_effort(edition.code)

    def planner() -> Planner:
        return Planner(edition, unit, ahead, effort)

    of = planner()
    assert of.line.after.total is not None
    goal = Goal(of.line.after.total + GAIN)
    plan = of.cheapest(goal)
    times = seconds(lambda: planner().cheapest(goal), 15)
    points = frontier(edition, unit, ahead, effort)
    front = seconds(lambda: frontier(edition, unit, ahead, effort), 3, warm_up=0)
    spread, gap = _spread()
    return [
        _within(f"one plan of least effort, {GAIN / 100:g} points, to the year's end", times, 0.3),
        _within(f"frontier of {len(points)} points, from nothing to the best possible", front, 3),
        Result(
            f"{len(spread)} plans of all provinces with counts, at {', '.join(WAY_SHOWN)} of the "
            f"way to the best possible (largest gap {gap:.4%} of the hours)",
            f"{1e3 * median(spread):.0f} ms",
            f"{1e3 * p95(spread):.0f} ms",
        ),
        _generic("differential evolution", of, goal, plan.total_hours, times, evolved),
        _generic("SLSQP", of, goal, plan.total_hours, times, sloped),
    ]


def _spread() -> tuple[list[float], float]:
    """Seconds of plans from easy to nearly impossible; the largest gap as a part of the hours."""
    figures = load_baseline(FIGURES)
    times, gaps = [], []
    for unit in figures.units.values():
        ahead = outlook(figures.edition, unit, figures.whole_period())
        effort = default_effort(figures.edition.code)
        known = Planner(figures.edition, unit, ahead, effort)
        first, last = known.line.after.total, known.ceiling.after.total
        if first is None or last is None or last == first:
            continue
        for share in WAY:
            of = Planner(figures.edition, unit, ahead, effort)
            goal = Goal(first + round(share * (last - first)))
            started = perf_counter()
            plan = of.cheapest(goal)
            times.append(perf_counter() - started)
            gaps.append(plan.gap / max(plan.total_hours, 1.0))
    return times, max(gaps)


def _within(what: str, samples: list[float], limit: float) -> Result:
    middle = median(samples)
    return Result(
        what, f"{1e3 * middle:.0f} ms", f"{1e3 * p95(samples):.0f} ms",
        f"median ≤ {1e3 * limit:g} ms", middle <= limit,
    )  # fmt: skip


class Costs:
    """Hours and totals of many settings at once, as a generic optimiser asks for them."""

    def __init__(self, of: Planner) -> None:
        self.of, self.choices = of, of.left.choices
        self.high = np.array([choice.top for choice in self.choices])

    def totals(self, columns: np.ndarray) -> np.ndarray:
        settings = {choice.code: row for choice, row in zip(self.choices, columns, strict=True)}
        scores = project_many(self.of.edition, self.of.unit, settings, self.of.outlook)
        assert scores.total is not None
        return scores.total

    def hours(self, column: np.ndarray) -> float:
        return sum(
            hours(choice.bounds, self.of.effort.levers[choice.code], float(change))
            for choice, change in zip(self.choices, column, strict=True)
        )


def evolved(costs: Costs, goal: Goal) -> np.ndarray:
    reached = NonlinearConstraint(
        lambda x: costs.totals(np.round(x).reshape(len(costs.high), -1)), goal.total, np.inf
    )
    found = differential_evolution(
        costs.hours, Bounds(np.zeros_like(costs.high), costs.high), constraints=reached,
        integrality=np.ones_like(costs.high), seed=SEED, maxiter=100, popsize=8, polish=False,
    )  # fmt: skip
    return np.round(found.x)


def sloped(costs: Costs, goal: Goal) -> np.ndarray:
    """In shares of each lever, from the middle; steps too small for a hundredth have no slope."""
    found = minimize(
        lambda x: costs.hours(x * costs.high), np.full(len(costs.high), 0.5), method="SLSQP",
        bounds=[(0, 1)] * len(costs.high), options={"eps": 0.01, "maxiter": 200},
        constraints={
            "type": "ineq",
            "fun": lambda x: costs.totals((x * costs.high)[:, None])[0] - (goal.total or 0),
        },
    )  # fmt: skip
    return np.clip(found.x, 0, 1) * costs.high


def _generic(
    name: str, of: Planner, goal: Goal, best: float, ours: list[float], search: object
) -> Result:
    costs = Costs(of)
    answers: list[np.ndarray] = []
    took = seconds(lambda: answers.append(search(costs, goal)), 1, warm_up=0)  # type: ignore[operator]
    spent, total = costs.hours(answers[0]), costs.totals(answers[0][:, None])[0]
    times, more = took[0] / median(ours), spent / best
    outcome = "reaches the goal" if total >= (goal.total or 0) else "misses the goal"
    return Result(
        f"for comparison: {name} ({times:.0f} times as long, {more:.2f} times the effort, "
        f"{outcome})",
        f"{1e3 * took[0]:.0f} ms", "—",
    )  # fmt: skip
