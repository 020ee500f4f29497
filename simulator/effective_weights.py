"""How much a group or an indicator really decides in a list, beside the weight it was given.

A part on which all units score alike decides nothing, however many points it has. Its effective
weight is its share of the variation of the totals: ``cov(part, total) / var(total)``; the shares
of all parts of a total add up to 1, and one is negative where a part runs against the total. The
correlation of part and total tells how well the order by the part agrees with the whole.

Reference: OECD/JRC, Handbook on Constructing Composite Indicators (2008),
doi:10.1787/9789264043466-en; W. Becker et al., Weights and importance in composite indicators,
Ecological Indicators 80 (2017), doi:10.1016/j.ecolind.2017.03.056.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from simulator.baseline import Unit, model_scores
from simulator.rank import Peers, group_scores
from simulator.rules import Edition

# Fewer units do not show a variation.
LEAST_UNITS = 3


@dataclass(frozen=True)
class PartWeight:
    """A group or an indicator; scores in hundredths.

    ``nominal``: its part of all points; ``share``: of the variation of the totals; ``correlation``
    with the totals; ``mean`` and ``spread`` (standard deviation) of the scores. All are those of
    the ``units`` of which the part is known; None where these are too few or do not vary.
    """

    code: str
    maximum: int
    nominal: float
    share: float | None
    correlation: float | None
    mean: float | None
    spread: float | None
    units: int


@dataclass(frozen=True)
class EffectiveWeights:
    """Weights of groups and indicators in the order of the rules.

    ``units``: how many were compared; ``left_out``: codes of those of which a group is not known.
    """

    groups: tuple[PartWeight, ...]
    indicators: tuple[PartWeight, ...]
    units: int
    left_out: tuple[str, ...]


def effective_weights(edition: Edition, unit: Unit, peers: Peers) -> EffectiveWeights | None:
    """Of the list as published, the unit in its place; None for fewer than three units."""
    everyone = (unit, *peers.units)
    groups = {**peers.groups, unit.code: group_scores(edition, unit)}
    left_out = tuple(code for code, scores in groups.items() if None in scores.values())
    listed = [other for other in everyone if other.code not in left_out]
    if len(listed) < LEAST_UNITS:
        return None
    columns = {
        group.code: [groups[other.code][group.code] for other in listed] for group in edition.groups
    }
    totals = [sum(score or 0 for score in row) for row in zip(*columns.values(), strict=True)]
    models = [model_scores(edition, other) for other in listed]
    most = sum(group.maximum for group in edition.groups)
    return EffectiveWeights(
        groups=tuple(
            part_weight(group.code, 100 * group.maximum, 100 * most, columns[group.code], totals)
            for group in edition.groups
        ),
        indicators=tuple(
            part_weight(
                item.code, 100 * item.maximum, 100 * most, [model[k] for model in models], totals
            )
            for k, item in enumerate(edition.indicators)
        ),
        units=len(listed),
        left_out=left_out,
    )  # fmt: skip


def part_weight(
    code: str, maximum: int, most: int, scores: Sequence[int | None], totals: Sequence[int]
) -> PartWeight:
    """The weight of one part; ``scores`` and ``totals`` of the same units, in hundredths."""
    pairs = [
        (score, total) for score, total in zip(scores, totals, strict=True) if score is not None
    ]
    count = len(pairs)
    if count < LEAST_UNITS:
        return PartWeight(code, maximum, maximum / most, None, None, None, None, count)
    known, wholes = [score for score, _ in pairs], [total for _, total in pairs]
    own, whole, both = _spread(known, known), _spread(wholes, wholes), _spread(known, wholes)
    return PartWeight(
        code, maximum, maximum / most,
        share=both / whole if whole else None,
        correlation=both / sqrt(own * whole) if own and whole else None,
        mean=sum(known) / count,
        spread=sqrt(own) / count,
        units=count,
    )  # fmt: skip


def _spread(one: Sequence[int], other: Sequence[int]) -> int:
    """Covariance times the squared number of units: whole, so that no order of units matters."""
    products = sum(a * b for a, b in zip(one, other, strict=True))
    return len(one) * products - sum(one) * sum(other)
