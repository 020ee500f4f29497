"""The index of one unit as a mixed-integer model: levers in, whole hundredths of points out.

Counts are those of :mod:`simulator.plan_counts`. A score is a whole number under the steps
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
from simulator.mixed_model import MixedModel, Solution, Sum
from simulator.outlook import Outlook
from simulator.plan_choices import NEAR, Choice
from simulator.plan_counts import PlanCounts, constant
from simulator.plan_steps import EARLY, Corner, corners, edges, margin, next_count
from simulator.project import Projection
from simulator.rank import group_scores, unit_total
from simulator.rules import Edition
from simulator.score import score_unit

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
        counts = PlanCounts(self.mixed, edition, unit, outlook, choices, fixed)
        self.counts, self.levers, self.hours = counts, counts.levers, counts.hours
        self._products: dict[int, Product] = {}
        self._splits: dict[int, list[float]] = {}
        self.scores = self._add_scores()
        self.groups, self.total = self._add_groups()

    def settings(self, solution: Solution) -> dict[str, float]:
        """The changes a solution stands for, each as the engine takes it.

        Between two steps the upper one: a relaxed solution may stop there.
        """
        found = {}
        for choice in self.choices:
            value = solution.value(self.levers[choice.code])
            change = round(math.ceil(value / choice.step - NEAR) * choice.step, 6)
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

    def _add_scores(self) -> list[Sum | None]:
        edition, whole = self.edition, self.counts.denominators
        lowest = score_unit(edition, [count.low for count in self.counts.numerators], whole)
        highest = score_unit(edition, [count.high for count in self.counts.numerators], whole)
        found: list[Sum | None] = []
        for k, (low, high) in enumerate(zip(lowest, highest, strict=True)):
            if not self.unit.knows(k):
                found.append(None)
            elif low == high or not whole[k]:
                found.append(constant(float(low)))
            else:
                found.append(self._add_score(k, low, high))
        return found

    def _add_score(self, k: int, low: int, high: int) -> Sum:
        item, count = self.edition.indicators[k], self.counts.numerators[k]
        score = self.mixed.column(low, high, whole=True)
        per_case = 100 * item.maximum * 100 / (item.cap_percent * self.counts.denominators[k])
        partner = self.edition.multiplier.get(k)
        if partner is not None and self.counts.denominators[partner]:
            rate, whole = self.counts.numerators[partner], self.counts.denominators[partner]
            if not rate.is_constant:
                self._products[k] = Product(count, rate, per_case, whole)
                self._splits[k] = []
                self._add_product(score, self._products[k])
                return score
            per_case *= rate.constant / whole
        rests, levels = self.counts.rests_of(count), np.arange(low + 1, high + 1)
        step = self.counts.step(count)
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
            self._from_level(score, promised, [(self.counts.numerators[k], count)])
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
            rests, step = self.counts.rests_of(count), self.counts.step(count)
            least = next_count(value, count.low, rests, step)
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
            most = constant(100.0 * edition.group_by_code[code].maximum)
            moved = self.mixed.smallest([self.mixed.total(known, level - was), most])
            groups[code] = self.mixed.not_below_zero(moved)
            changes.append((1.0, self.mixed.total([(1.0, groups[code])], -level)))
        start = unit_total(edition, self.unit)
        return groups, None if start is None else self.mixed.total(changes, start)
