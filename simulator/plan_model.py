"""The index of one unit as a mixed-integer model: levers in, whole hundredths of points out.

Counts move as in :mod:`simulator.counts`: of several limits the smallest counts, and as a plan
only gains from more, an upper bound stands for each. A score is a whole number under the steps
``floor(points * 100 + 0.5)``, described by the hull of their corners, so that little is left to
search. Corners are set a trifle early: the model never promises less than the portal's doubles
give, and where it promises more, :meth:`PlanModel.correct` cuts that step off.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from simulator.baseline import Unit, model_scores
from simulator.counts import comparable
from simulator.mixed_model import MixedModel, Solution, Sum
from simulator.outlook import Outlook
from simulator.plan_goals import Choice
from simulator.plan_steps import EARLY, Corner, Rest, corners, edges, margin, next_count
from simulator.project import Projection
from simulator.rank import group_scores, unit_total
from simulator.rules import CouplingKind, Edition, Reach
from simulator.score import score_unit

# Combinations of parts of cases, of which each has its own corners.
MOST_RESTS = 16
# Hundredths the model may be generous by; less than between two counts of a small indicator.
SPARE = 1e-4


@dataclass(frozen=True)
class Product:
    """An indicator whose rate is multiplied by that of another."""

    own: Sum
    partner: Sum
    per_case: float  # hundredths per case of its own at a partner's rate of 1
    whole: float  # denominator of the partner


class PlanModel:
    """Levers, counts, scores, groups and total of one unit; all scores in hundredths.

    ``levers``: change of each lever; ``scores``: of each indicator (None if unknown);
    ``groups``: level of each group, its change where the level is unknown; ``total``: None where
    it is unknown; ``hours``: effort of the choices.
    """

    def __init__(
        self, edition: Edition, unit: Unit, outlook: Outlook | None,
        choices: Sequence[Choice], fixed: Mapping[str, float],
    ) -> None:  # fmt: skip
        self.edition, self.unit, self.choices = edition, unit, tuple(choices)
        self.mixed = MixedModel()
        self._rests: dict[int, tuple[Rest, ...]] = {}
        self._steps: dict[int, float] = {}
        self.levers = {code: _constant(change) for code, change in fixed.items()}
        self.hours = _constant(0.0)
        for choice in choices:
            self._add_choice(choice)
        self._numerators, self._denominators = self._all_counts(outlook)
        self._products: dict[int, Product] = {}
        self._splits: dict[int, list[float]] = {}
        self.scores = self._add_scores()
        self.groups, self.total = self._add_groups()

    def settings(self, solution: Solution) -> dict[str, float]:
        """The changes a solution stands for, each as the engine takes it."""
        found = {}
        for choice in self.choices:
            value = solution.value(self.levers[choice.code])
            change = round(round(value / choice.step) * choice.step, 6)
            if choice.odd_end and value > choice.last_step + choice.odd_end / 2:
                change = choice.bounds.high
            found[choice.code] = min(max(change, choice.least), choice.top)
        return found

    def correct(self, solution: Solution, projection: Projection) -> bool:
        """Cut off every step the model promised and the exact engine did not give.

        False if there was none.
        """
        wrong = False
        for k, score in enumerate(self.scores):
            found = projection.after.indicators[k]
            if score is None or found is None or score.is_constant:
                continue
            promised = round(solution.value(score))
            if promised > found:
                wrong = True
                self._cut(k, promised, found, solution, projection)
        return wrong

    def _add_choice(self, choice: Choice) -> None:
        first = math.ceil(round(choice.least / choice.step, 4))
        last = round(choice.last_step / choice.step)
        steps = self.mixed.column(min(first, last), last, whole=True)
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

    def _all_counts(self, outlook: Outlook | None) -> tuple[list[Sum], list[float]]:
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
        least = self._least([wanted, _constant(whole)])
        found = self.mixed.not_below_zero(least)
        if found is not least and not found.is_constant:
            self._note(found, (Rest(0.0, 0.0), *self._rises(least, found)), self._step(least))
        return found

    def _least(self, parts: Sequence[Sum]) -> Sum:
        found = self.mixed.smallest(parts)
        if all(found is not part for part in parts):
            rests = tuple(rest for part in parts for rest in self._rises(part, found))
            self._note(found, rests, min(self._step(part) for part in parts))
        return found

    def _rises(self, part: Sum, whole: Sum) -> list[Rest]:
        """The rests of ``part``, above the lowest value of ``whole``."""
        return [Rest(rest.value, max(part.low + rest.rise - whole.low, 0.0))
                for rest in self._rests_of(part)]  # fmt: skip

    def _step(self, what: Sum) -> float:
        return min((self._steps[k] for k in what.factors), default=1.0)

    def _rests_of(self, what: Sum) -> tuple[Rest, ...]:
        """Every value of ``what`` is one of these and a multiple of the step; none: any value."""
        step = self._step(what)
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

    def _add_scores(self) -> list[Sum | None]:
        edition, whole = self.edition, self._denominators
        lowest = score_unit(edition, [count.low for count in self._numerators], whole)
        highest = score_unit(edition, [count.high for count in self._numerators], whole)
        found: list[Sum | None] = []
        for k, (low, high) in enumerate(zip(lowest, highest, strict=True)):
            if not self.unit.knows(k):
                found.append(None)
            elif low == high or not whole[k]:
                found.append(_constant(float(low)))
            else:
                found.append(self._add_score(k, low, high))
        return found

    def _add_score(self, k: int, low: int, high: int) -> Sum:
        item, count = self.edition.indicators[k], self._numerators[k]
        score = self.mixed.column(low, high, whole=True)
        per_case = 100 * item.maximum * 100 / (item.cap_percent * self._denominators[k])
        partner = self.edition.multiplier.get(k)
        if partner is not None and self._denominators[partner]:
            rate, whole = self._numerators[partner], self._denominators[partner]
            if not rate.is_constant:
                self._products[k] = Product(count, rate, per_case, whole)
                self._splits[k] = []
                self._add_product(score, self._products[k])
                return score
            per_case *= rate.constant / whole
        rests, levels = self._rests_of(count), np.arange(low + 1, high + 1)
        step = self._step(count)
        firsts = corners(levels, per_case, count.low, rests, step)
        # Where a case is worth little, half a case on either side: nothing then hangs on the last
        # bits of the solver's sums.
        half = margin(rests, step)
        for corner, slope in edges(Corner(count.low, low), firsts, levels.astype(np.float64)):
            edge = self.mixed.total([(1.0, score), (-slope, count)])
            spare = min(slope * half, SPARE)
            self.mixed.row(edge, high=corner.score - slope * corner.count + spare)
        return score

    def _add_product(self, score: Sum, product: Product, splits: Sequence[float] = ()) -> None:
        """Keep a score under its two rates' product, exactly so where the partner is at a split.

        Over each piece of the partner's range the product is under the planes through its
        corners (McCormick 1976, doi:10.1007/BF01580665).
        """
        own, partner, mixed = product.own, product.partner, self.mixed
        ends = [partner.low, *sorted(splits), partner.high]
        flags, owns, partners, rates = [], [], [], []
        for low, high in pairwise(ends):
            flag = mixed.column(0, 1, whole=True)
            one, other = mixed.column(0.0, own.high), mixed.column(0.0, high)
            rate = mixed.column(0.0, own.high * high / product.whole)
            for column, least, most in ((one, own.low, own.high), (other, low, high)):
                mixed.row(mixed.total([(1.0, column), (-least, flag)]), low=0.0)
                mixed.row(mixed.total([(1.0, column), (-most, flag)]), high=0.0)
            for first, second in ((own.high, low), (own.low, high)):
                plane = [(-first / product.whole, other), (-second / product.whole, one),
                         (first * second / product.whole, flag)]  # fmt: skip
                mixed.row(mixed.total([(1.0, rate), *plane]), high=0.0)
            flags.append((1.0, flag))
            owns.append((1.0, one))
            partners.append((1.0, other))
            rates.append((-product.per_case, rate))
        mixed.row(mixed.total(flags), low=1.0, high=1.0)
        mixed.row(mixed.total([*owns, (-1.0, own)]), low=0.0, high=0.0)
        mixed.row(mixed.total([*partners, (-1.0, partner)]), low=0.0, high=0.0)
        mixed.row(mixed.total([(1.0, score), *rates]), high=0.5 + EARLY * product.per_case)

    def _cut(
        self, k: int, promised: int, found: int, solution: Solution, projection: Projection
    ) -> None:
        """No ``promised`` hundredths of an indicator with the counts that gave ``found``."""
        score, count = self.scores[k], projection.counts.numerators[k]
        assert score is not None
        product = self._products.get(k)
        if product is None:
            self._from_level(score, promised, [(self._numerators[k], count)])
            return
        at = projection.counts.numerators[self.edition.multiplier[k]]
        inside = product.partner.low < at < product.partner.high
        if promised > found + 1 and inside and at not in self._splits[k]:
            self._splits[k].append(at)
            self._add_product(score, product, self._splits[k])
            return
        rate = at / product.whole
        wanted = (promised - 0.5) / product.per_case
        if count * rate < wanted - EARLY:
            self._add_tangent(score, promised, product, rate, wanted)
        else:
            self._from_level(score, promised, [(product.own, count), (product.partner, at)])

    def _flag(self, score: Sum, level: int) -> Sum:
        """A flag that is 1 wherever ``score`` is at least ``level``."""
        flag = self.mixed.column(0, 1, whole=True)
        below = self.mixed.total([(1.0, score), (level - 1 - score.high, flag)])
        self.mixed.row(below, high=level - 1)
        return flag

    def _from_level(self, score: Sum, level: int, counts: Sequence[tuple[Sum, float]]) -> None:
        """From ``level`` on at least one of ``counts`` has to be above its value."""
        flags = [(-1.0, self._flag(score, level))]
        for count, value in counts:
            above = self.mixed.column(0, 1, whole=True)
            least = next_count(value, count.low, self._rests_of(count), self._step(count))
            risen = self.mixed.total([(1.0, count), (count.low - least, above)])
            self.mixed.row(risen, low=count.low)
            flags.append((1.0, above))
        self.mixed.row(self.mixed.total(flags), low=0.0)

    def _add_tangent(
        self, score: Sum, level: int, product: Product, rate: float, wanted: float
    ) -> None:
        """From ``level`` on the product is at least ``wanted``: above the tangent at ``rate``."""
        flag, mixed = self._flag(score, level), self.mixed
        parts = [(rate, product.own), (wanted / rate / product.whole, product.partner)]
        plane = mixed.total(parts)
        least = 2 * wanted - EARLY
        mixed.row(mixed.total([(1.0, plane), (plane.low - least, flag)]), low=plane.low)

    def _add_groups(self) -> tuple[dict[str, Sum], Sum | None]:
        edition, before = self.edition, model_scores(self.edition, self.unit)
        levels, groups, changes = group_scores(edition, self.unit), {}, []
        for code, positions in edition.group_positions.items():
            known = [(1.0, score) for k in positions if (score := self.scores[k]) is not None]
            was = sum(before[k] or 0 for k in positions)
            level = levels[code]
            if level is None:
                groups[code] = self.mixed.total(known, -was)
                changes.append((1.0, groups[code]))
                continue
            most = _constant(100.0 * edition.group_by_code[code].maximum)
            moved = self.mixed.smallest([self.mixed.total(known, level - was), most])
            groups[code] = self.mixed.not_below_zero(moved)
            changes.append((1.0, self.mixed.total([(1.0, groups[code])], -level)))
        start = unit_total(edition, self.unit)
        return groups, None if start is None else self.mixed.total(changes, start)


def _constant(value: float) -> Sum:
    return Sum(value, {}, value, value)
