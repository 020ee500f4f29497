"""The portal's arithmetic, to the last bit: one unit at a time, and many at once.

For an indicator with ``n`` cases out of ``d`` the portal computes in double precision,
in this order: ``ratio = n / d * 100``; ``points = maximum * ratio / cap_percent``;
``min(points, maximum)``; then rounds half up to two decimals with
``floor(points * 100 + 0.5)``. The order matters: 1/48 of 6 points prints 0.12 because
the double is just below 0.125. Groups and totals are sums of the rounded indicators.

Scores are therefore kept as **hundredths of a point** (whole numbers), so sums are
exact and the scalar and the numpy path agree bit for bit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from simulator.errors import ScenarioError
from simulator.rules import AtZero, Edition

Floats = npt.NDArray[np.float64]

# Units scored per pass: one row of numerators and the scratch row stay in the cache.
CHUNK = 8192
# Beyond this, counts are no longer exact in a double.
LARGEST_COUNT = 2.0**53


def to_hundredths(points: float) -> int:
    """Published points (at most two decimals) as whole hundredths."""
    return round(points * 100)


def to_points(hundredths: int | None) -> float | None:
    """Whole hundredths as points: the double closest to the printed decimal."""
    return None if hundredths is None else hundredths / 100


def check_counts(numerator: float, denominator: float, indicator: str) -> None:
    """Refuse what is not a pair of counts: NaN, infinite, negative, above 100 %."""
    for value in (numerator, denominator):
        if not 0 <= value < LARGEST_COUNT:
            raise ScenarioError("count_out_of_range", indicator=indicator, value=value)
    if numerator > denominator:
        raise ScenarioError(
            "numerator_above_denominator",
            indicator=indicator, numerator=numerator, denominator=denominator,
        )  # fmt: skip


def at_zero_hundredths(edition: Edition) -> list[int]:
    """Score of each indicator when it has no cases, in hundredths."""
    return [100 * item.maximum if item.at_zero is AtZero.FULL else 0 for item in edition.indicators]


def indicator_hundredths(
    numerator: float, denominator: float, maximum: float, cap_percent: float,
    at_zero: int = 0, factor: float = 1.0,
) -> int:  # fmt: skip
    """Score of one indicator; ``factor`` multiplies the ratio (1.0 changes no bit)."""
    if denominator == 0:
        return at_zero
    ratio = numerator / denominator * 100 * factor
    points = min(maximum * ratio / cap_percent, maximum)
    return math.floor(points * 100 + 0.5)


def score_unit(
    edition: Edition, numerators: Sequence[float], denominators: Sequence[float]
) -> list[int]:
    """Score every indicator of one unit.

    ``numerators`` and ``denominators`` follow ``edition.indicators``; both are checked
    counts. Returns hundredths of a point per indicator.
    """
    zero = at_zero_hundredths(edition)
    scores = []
    for k, item in enumerate(edition.indicators):
        factor = 1.0
        partner = edition.multiplier.get(k)
        if partner is not None and denominators[partner] > 0:
            factor = numerators[partner] / denominators[partner]
        scores.append(
            indicator_hundredths(
                numerators[k], denominators[k], item.maximum, item.cap_percent, zero[k], factor
            )
        )
    return scores


def score_many(edition: Edition, numerators: Floats, denominators: Floats) -> Floats:
    """Score ``units`` columns at once.

    ``numerators``: shape (indicators, units); ``denominators``: the same, or
    (indicators, 1) when all columns share it. Returns hundredths of a point as whole
    doubles, shape (indicators, units), equal to :func:`score_unit` bit for bit.
    """
    scores = np.empty(numerators.shape)
    for part in _chunks(numerators.shape[1]):
        for k in range(len(edition.indicators)):
            _score_row(edition, k, numerators, denominators, part, scores[k, part])
    return scores


def totals_many(
    edition: Edition, numerators: Floats, denominators: Floats
) -> tuple[Floats, Floats]:
    """Group scores (groups, units) and totals (units,), in hundredths.

    Same input as :func:`score_many`; indicator scores are summed while they are still
    in the cache and never stored.
    """
    units = numerators.shape[1]
    groups = np.zeros((len(edition.groups), units))
    totals = np.zeros(units)
    scratch = np.empty(min(CHUNK, units))
    positions = list(edition.group_positions.values())
    for part in _chunks(units):
        row = scratch[: part.stop - part.start]
        for group, members in zip(groups, positions, strict=True):
            for k in members:
                _score_row(edition, k, numerators, denominators, part, row)
                group[part] += row
            totals[part] += group[part]
    return groups, totals


def _chunks(units: int) -> list[slice]:
    return [slice(start, min(start + CHUNK, units)) for start in range(0, units, CHUNK)]


def _part(row: Floats, part: slice) -> Floats:
    return row if row.shape == (1,) else row[part]


def _rate_or_one(numerator: Floats, denominator: Floats) -> Floats:
    positive = denominator > 0
    return np.where(positive, numerator / np.where(positive, denominator, 1.0), 1.0)


def _score_row(
    edition: Edition, k: int, numerators: Floats, denominators: Floats, part: slice, out: Floats
) -> None:
    """The operations of :func:`indicator_hundredths`, in the same order, into ``out``."""
    item = edition.indicators[k]
    denominator = _part(denominators[k], part)
    empty = None
    if not denominator.all():
        empty = np.broadcast_to(denominator == 0, out.shape)
        denominator = np.where(denominator == 0, 1.0, denominator)
    np.divide(numerators[k, part], denominator, out=out)
    np.multiply(out, 100.0, out=out)
    partner = edition.multiplier.get(k)
    if partner is not None:
        factor = _rate_or_one(numerators[partner, part], _part(denominators[partner], part))
        np.multiply(out, factor, out=out)
    np.multiply(out, item.maximum, out=out)
    np.divide(out, item.cap_percent, out=out)
    np.minimum(out, item.maximum, out=out)
    np.multiply(out, 100.0, out=out)
    np.add(out, 0.5, out=out)
    np.floor(out, out=out)
    if empty is not None:
        out[empty] = 100.0 * item.maximum if item.at_zero is AtZero.FULL else 0.0
