"""Small random planning problems, and their answers by trying every combination."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, prod

import numpy as np

from simulator.baseline import Unit
from simulator.effort import Effort, LeverEffort, hours
from simulator.outlook import Outlook, outlook
from simulator.period import period_of
from simulator.plan_choices import Choice
from simulator.plan_goals import Limits
from simulator.plan_solver import Planner
from simulator.project import Projections, project_many
from tests.engine.units import EDITION, counts, make_unit, rate

# Indicators that are coupled, and some that stand alone.
TOGETHER = (
    ("ON_TIME", "DOSSIER_RECEIVING_SATISFACTION"),
    ("ORIGINAL_RESULT_AVAILABLE", "SO_HOA_GIAY_TO_GIAI_QUYET"),
    ("PETITION_PROCESSING_ON_TIME", "PETITION_HANDLING_SATISFACTION"),
    ("DOSSIER_SYNC", "ONLINE_SUBMISSION"),
    ("PUBLISH_ON_TIME",),
    ("PAY_PROCEDURE",),
    ("REUSED_DIGITIZED_DATA",),
    ("ONLINE_SUPPLY", "PAY_DOSSIER"),
)
STEPS = ((), ((0.5, 2.0), (0.9, 5.0)), ((0.9, 2.0), (0.98, 4.0)))
MOST_COMBINATIONS = 60_000


@dataclass(frozen=True)
class Problem:
    """A planner, and all that it could do: one column per combination."""

    planner: Planner

    @cached_property
    def domains(self) -> list[list[float]]:
        return [domain(choice) for choice in self.planner.left.choices]

    @cached_property
    def settings(self) -> dict[str, np.ndarray]:
        grids = np.meshgrid(*self.domains, indexing="ij")
        codes = [choice.code for choice in self.planner.left.choices]
        found = {code: grid.ravel() for code, grid in zip(codes, grids, strict=True)}
        fixed = self.planner.left.fixed.items()
        return found | {code: np.full(self.size, value) for code, value in fixed}

    @property
    def size(self) -> int:
        return prod(len(values) for values in self.domains)

    @cached_property
    def scores(self) -> Projections:
        planner = self.planner
        return project_many(planner.edition, planner.unit, self.settings, planner.outlook)

    @cached_property
    def totals(self) -> np.ndarray:
        return np.broadcast_to(self.scores.total, (self.size,))

    @cached_property
    def hours(self) -> np.ndarray:
        spent = np.full(self.size, self.planner.fixed_hours)
        for choice, values in zip(self.planner.left.choices, self.domains, strict=True):
            effort = self.planner.effort.levers[choice.code]
            price = {value: hours(choice.bounds, effort, value) for value in values}
            spent += np.array([price[value] for value in self.settings[choice.code]])
        return spent


def domain(choice: Choice) -> list[float]:
    """Every change a plan may give the lever."""
    first = ceil(round(choice.least / choice.step, 4))
    last = int(round(choice.most / choice.step, 4))
    values = [round(k * choice.step, 6) for k in range(first, last + 1)]
    if choice.most == choice.bounds.high > values[-1] + 1e-5:
        values.append(choice.bounds.high)
    return values


def problem(seed: int) -> Problem:
    """A random problem with few combinations, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    while True:
        unit = random_unit(chance)
        ahead = None
        if chance.random() < 0.5:
            ahead = outlook(EDITION, unit, period_of("2026-ytd", "2026-10-10"))
        found = Problem(limited(chance, unit, ahead, random_effort(chance)))
        if found.planner.left.choices and found.size <= MOST_COMBINATIONS:
            return found


def random_unit(chance: random.Random) -> Unit:
    chosen = chance.sample(TOGETHER, chance.choice([1, 2, 2]))
    evidence = {}
    for codes in chosen:
        whole = chance.choice([chance.randint(1, 12), chance.randint(1, 30), 48, 16])
        for code in codes:
            if chance.random() < 0.2:
                whole = chance.randint(1, 20)
            evidence[code] = counts(float(chance.randint(0, whole)), float(whole))
    if "ONLINE_SUPPLY" in evidence and chance.random() < 0.3:
        evidence["ONLINE_SUPPLY"] = rate(97.0)
    groups = {
        group.code: chance.randint(0, 100 * group.maximum)
        for group in EDITION.groups
        if chance.random() < 0.8
    }
    return replace(make_unit(evidence), groups=groups, total=chance.randint(0, 9000))


def random_effort(chance: random.Random) -> Effort:
    def one() -> LeverEffort:
        price = chance.choice([0.1, 0.5, 1.0, 2.5, 3.0, 7.0])
        return LeverEffort(price, chance.choice(STEPS), chance.choice([None, None, 2.0]))

    return Effort({lever.code: one() for lever in EDITION.levers}, {})


def limited(chance: random.Random, unit: Unit, ahead: Outlook | None, effort: Effort) -> Planner:
    """Sometimes with capacities, a locked lever (it may be lowered) and a floor."""
    limits = Limits(months=chance.choice([None, 1.5]))

    def planner() -> Planner:
        return Planner(EDITION, unit, ahead, effort, limits)

    for kind in ("locked", "floors"):
        choices = planner().left.choices
        if choices and chance.random() < 0.3:
            choice = chance.choice(choices)
            limits = replace(limits, **{kind: {choice.code: _within(chance, choice, kind)}})
    return planner()


def _within(chance: random.Random, choice: Choice, kind: str) -> float:
    if kind == "floors":
        return float(int(choice.top / 2))
    low = ceil(max(choice.bounds.low, -5))
    return float(chance.randint(low, max(int(choice.top), low)))


def at(settings: Mapping[str, np.ndarray], k: int) -> dict[str, float]:
    return {code: float(values[k]) for code, values in settings.items() if values[k]}
