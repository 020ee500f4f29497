"""The counts of one unit as sums of a mixed-integer model: levers in, numerators out.

Counts move as in :mod:`simulator.counts`: of several limits the smallest counts, and as a plan
only gains from more, an upper bound stands for each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from simulator.baseline import Unit
from simulator.counts import comparable
from simulator.mixed_model import MixedModel, Sum
from simulator.outlook import Outlook
from simulator.plan_choices import Choice
from simulator.plan_steps import Rest
from simulator.rules import CouplingKind, Edition, Reach

# Combinations of parts of cases, of which each has its own corners.
MOST_RESTS = 16


class PlanCounts:
    """Levers and counts of one unit.

    ``levers``: change of each lever; ``hours``: effort of the choices; ``numerators`` (sums) and
    ``denominators`` (numbers): of each indicator, all cohorts together.
    """

    def __init__(
        self, mixed: MixedModel, edition: Edition, unit: Unit, outlook: Outlook | None,
        choices: Sequence[Choice], fixed: Mapping[str, float],
    ) -> None:  # fmt: skip
        self.mixed, self.edition, self.unit = mixed, edition, unit
        self._rests: dict[int, tuple[Rest, ...]] = {}
        self._steps: dict[int, float] = {}
        self.levers = {code: constant(change) for code, change in fixed.items()}
        self.hours = constant(0.0)
        for choice in choices:
            self._add_choice(choice)
        self.numerators, self.denominators = self._all(outlook)

    def _add_choice(self, choice: Choice) -> None:
        first = choice.first_step
        last = round(choice.last_step / choice.step)
        steps = self.mixed.column(min(first, last), last, whole=choice.is_counted)
        self._note(steps, (Rest(0.0, 0.0),), choice.step)
        parts = [(choice.step, steps)]
        if choice.odd_end:
            end = self.mixed.column(0, 1, whole=True)
            rise = (last - first) * choice.step + choice.odd_end
            self._note(end, (Rest(0.0, 0.0), Rest(choice.odd_end, rise)), choice.step)
            parts.append((choice.odd_end, end))
            # The end of the range comes on top of its last whole step.
            self.mixed.row(self.mixed.total([(1.0, steps), (-float(last), end)]), low=0.0)
        change = self.mixed.total(parts)
        self.levers[choice.code] = change
        priced = [self.mixed.column(0.0, width) for width, _ in choice.prices]
        filled = self.mixed.total([(-1.0, change), *((1.0, part) for part in priced)])
        self.mixed.row(filled, low=0.0)
        costs = [(hours, part) for (_, hours), part in zip(choice.prices, priced, strict=True)]
        self.hours = self.mixed.total([(1.0, self.hours), *costs])

    def _note(self, column: Sum, rests: tuple[Rest, ...], step: float) -> None:
        """Remember which values a column brings besides multiples of ``step``."""
        (k,) = column.factors
        self._rests[k], self._steps[k] = rests, step

    def _all(self, outlook: Outlook | None) -> tuple[list[Sum], list[float]]:
        if outlook is None:
            return self._counts(self.unit, self.levers)
        by_code = self.edition.lever_by_code
        coming = {c: x for c, x in self.levers.items() if by_code[c].reach is Reach.COMING}
        past = {c: x for c, x in self.levers.items() if c not in coming}
        parts = [self._counts(self.unit, past), self._counts(outlook.to_come, coming)]
        numerators = [
            self.mixed.total([(1.0, first), (1.0, second)])
            for first, second in zip(parts[0][0], parts[1][0], strict=True)
        ]
        return numerators, [first + second for first, second in
                            zip(parts[0][1], parts[1][1], strict=True)]  # fmt: skip

    def _counts(self, unit: Unit, levers: Mapping[str, Sum]) -> tuple[list[Sum], list[float]]:
        """Counts of one cohort after its levers, clamped and coupled."""
        edition, before = self.edition, unit.numerators
        denominators = list(unit.denominators)
        moved: list[list[tuple[float, Sum]]] = [[] for _ in before]
        for code, change in levers.items():
            for move in edition.lever_by_code[code].moves:
                k = edition.position[move.indicator]
                if not unit.knows(k):
                    continue
                if move.part == "denominator":
                    denominators[k] += move.by * change.constant
                else:
                    moved[k].append((float(move.by), change))
        found = [
            self._clamped(self.mixed.total(parts, start), whole)
            for parts, start, whole in zip(moved, before, denominators, strict=True)
        ]
        for kind, k, partner in edition.count_couplings:
            if not comparable(unit, k, partner):
                continue
            if kind is CouplingKind.FOLLOW:
                follows = [(1.0, found[k]), (1.0, found[partner])]
                found[k] = self._clamped(
                    self.mixed.total(follows, -before[partner]), denominators[k]
                )
            else:
                excess = max(before[k] - before[partner], 0.0)
                limit = self.mixed.total([(1.0, found[partner])], excess)
                found[k] = self._least([found[k], limit])
        return found, denominators

    def _clamped(self, wanted: Sum, whole: float) -> Sum:
        least = self._least([wanted, constant(whole)])
        found = self.mixed.not_below_zero(least)
        if found is not least and not found.is_constant:
            self._note(found, (Rest(0.0, 0.0), *self._rises(least, found)), self.step(least))
        return found

    def _least(self, parts: Sequence[Sum]) -> Sum:
        found = self.mixed.smallest(parts)
        if all(found is not part for part in parts):
            rests = tuple(rest for part in parts for rest in self._rises(part, found))
            self._note(found, rests, min(self.step(part) for part in parts))
        return found

    def _rises(self, part: Sum, whole: Sum) -> list[Rest]:
        """The rests of ``part``, above the lowest value of ``whole``."""
        return [Rest(rest.value, max(part.low + rest.rise - whole.low, 0.0))
                for rest in self.rests_of(part)]  # fmt: skip

    def step(self, what: Sum) -> float:
        """The distance between two values of ``what``, besides its rests."""
        return min((self._steps[k] for k in what.factors), default=1.0)

    def rests_of(self, what: Sum) -> tuple[Rest, ...]:
        """Every value of ``what`` is one of these and a multiple of the step; none: any value."""
        step = self.step(what)
        found = {0.0: Rest(what.constant % step, 0.0)}
        for k, factor in what.factors.items():
            sums = [
                Rest((one.value + math.copysign(other.value, factor)) % step, one.rise + other.rise)
                for one in found.values()
                for other in self._rests[k]
            ]
            found = {}
            for rest in sorted(sums, key=lambda rest: -rest.rise):
                found[round(rest.value, 7) % step] = rest
        return tuple(found.values()) if len(found) <= MOST_RESTS else ()


def constant(value: float) -> Sum:
    """A sum without any column."""
    return Sum(value, {}, value, value)
