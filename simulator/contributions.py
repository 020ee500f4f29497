"""Which lever brought how much: Shapley values that add up exactly to the total change.

A lever's contribution is its average marginal gain over all orders in which the changed
levers could have been pulled, so it does not depend on any order. Computed exactly in
whole numbers, group by group (a lever is worth nothing in a group it cannot move), then
rounded to hundredths by largest remainder so that the printed parts add up too.

Reference: L. S. Shapley, A Value for n-Person Games (1953), doi:10.1515/9781400881970-018.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import factorial

import numpy as np

from simulator.project import Projection, project_many

# Part of the change that no lever owns: the total was held at 0 or 100.
TOTAL_LIMIT = "TOTAL_LIMIT"
# Part of the change that comes by itself until the end of the period, at present rates.
PRESENT_RATES = "PRESENT_RATES"


@dataclass(frozen=True)
class Contribution:
    """What one lever brought, in hundredths of a point; ``by_group`` adds up to it."""

    lever: str
    hundredths: int
    by_group: Mapping[str, int]


def contributions(projection: Projection) -> tuple[Contribution, ...]:
    """Contributions of all changed levers, in the order of the levers' definition.

    They add up to ``projection.total_change`` to the hundredth.
    """
    edition = projection.edition
    by_lever: dict[str, dict[str, int]] = {
        lever.code: {} for lever in edition.levers if lever.code in projection.settings
    }
    for group in edition.group_positions:
        players = [code for code in by_lever if group in edition.lever_groups[code]]
        if players:
            _spread(projection, group, players, by_lever)
    result = [Contribution(code, sum(parts.values()), parts) for code, parts in by_lever.items()]
    if projection.outlook is not None:
        line = project_many(edition, projection.unit, {}, projection.outlook)
        drift = {group: int(row[0]) for group, row in line.group_change.items() if row[0]}
        if drift:
            result.insert(0, Contribution(PRESENT_RATES, sum(drift.values()), drift))
    limit = projection.total_change - sum(item.hundredths for item in result)
    if limit:
        result.append(Contribution(TOTAL_LIMIT, limit, {}))
    return tuple(result)


def _spread(
    projection: Projection,
    group: str,
    players: list[str],
    by_lever: dict[str, dict[str, int]],
) -> None:
    """Share the change of one group among ``players``."""
    shares = _shapley(_coalition_values(projection, group, players), len(players))
    for code, points in zip(players, _round_to_sum(shares), strict=True):
        if points:
            by_lever[code][group] = points


def _coalition_values(projection: Projection, group: str, players: list[str]) -> list[int]:
    """Change of one group for every subset of ``players``; bit k of the index = player k."""
    subsets = np.arange(2 ** len(players))
    settings = {
        code: np.where(subsets >> k & 1, projection.settings[code], 0.0)
        for k, code in enumerate(players)
    }
    outcome = project_many(projection.edition, projection.unit, settings, projection.outlook)
    return [int(value) for value in outcome.group_change[group]]


def _shapley(values: list[int], players: int) -> list[Fraction]:
    """Exact Shapley values of a game given by the value of every coalition."""
    weights = [
        Fraction(factorial(size) * factorial(players - size - 1), factorial(players))
        for size in range(players)
    ]
    shares = []
    for k in range(players):
        by_size = [0] * players
        for subset, value in enumerate(values):
            if not subset >> k & 1:
                by_size[subset.bit_count()] += values[subset | 1 << k] - value
        shares.append(
            sum((w * total for w, total in zip(weights, by_size, strict=True)), Fraction())
        )
    return shares


def _round_to_sum(shares: list[Fraction]) -> list[int]:
    """Round to whole numbers with the same sum; the largest remainders are rounded up."""
    floors = [share.numerator // share.denominator for share in shares]
    missing = round(sum(shares, Fraction())) - sum(floors)
    by_remainder = sorted(range(len(shares)), key=lambda k: (floors[k] - shares[k], k))
    for k in by_remainder[:missing]:
        floors[k] += 1
    return floors
