"""Amounts shared among months: by weights and room, and in whole cases that add up."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.outlook import half_up

# Less than this of a unit is rounding.
TINY = 1e-9


def shared(amount: float, weights: Sequence[float], room: Sequence[float]) -> list[float]:
    """``amount`` shared by ``weights``; what a month cannot take goes to the others."""
    shares = [0.0] * len(weights)
    open_ = list(range(len(weights)))
    left = amount
    while left > TINY and open_:
        whole = sum(weights[k] for k in open_)
        for k in open_:
            shares[k] = min(shares[k] + left * weights[k] / whole, room[k])
        left = amount - sum(shares)
        open_ = [k for k in open_ if shares[k] < room[k]]
    return shares


def month_counts(cumulative: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Good and all cases of each month in whole cases: never more good ones than cases.

    Sums are those of the last month; the good ones stay as near to their exact numbers as the
    cases of the months let them.
    """
    cases = [half_up(all_) for _, all_ in cumulative]
    final = min(half_up(cumulative[-1][0]), cases[-1])
    found, good_before, cases_before = [], 0, 0
    for (good, _), all_ in zip(cumulative, cases, strict=True):
        # What is left must fit into the cases of the months after.
        lowest = max(good_before, final - (cases[-1] - all_))
        highest = min(good_before + all_ - cases_before, final)
        now = max(min(half_up(good), highest), lowest)
        found.append((now - good_before, all_ - cases_before))
        good_before, cases_before = now, all_
    return found


def differences(cumulative: Sequence[float]) -> list[float]:
    return [
        max(now - before, 0.0) for before, now in zip([0.0, *cumulative], cumulative, strict=False)
    ]


def split_whole(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to ``weights`` that add up to ``total`` (largest remainder)."""
    whole = sum(weights)
    if not whole:
        return [total, *[0] * (len(weights) - 1)]
    exact = [total * weight / whole for weight in weights]
    floors = [int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda k: (floors[k] - exact[k], k))
    for k in by_remainder[: total - sum(floors)]:
        floors[k] += 1
    return floors
