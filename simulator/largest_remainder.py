"""Dividing whole cases among takers that can each take only so many.

Every rule finds exact parts first, in fractions: up to which level is everybody filled? Largest
remainders then make them whole, so that parts add up, and equal takers differ by one at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

# Good cases until the end of a period are known to a millionth.
MILLION = 10**6
_SLIGHT = 1e-9
Block = tuple[int, float]  # whole cases, and what each of them costs


class Rule(Protocol):
    """How an amount is divided; takers are counted in the order of the rule's own sequences."""

    def parts(self, amount: int, lows: Sequence[int], highs: Sequence[int]) -> list[int]:
        """Whole parts between ``lows`` and ``highs`` that add up to ``amount``, which lies
        between the sums of both."""


def divide(
    amount: int,
    rooms: Sequence[int],
    rule: Rule,
    floors: Mapping[int, int] | None = None,
    fixed: Mapping[int, int] | None = None,
) -> tuple[int, ...]:
    """Whole parts, none above its room, that add up to ``amount``, or to all rooms if less.

    ``floors``: position -> the least it takes; ``fixed``: position -> what it takes, whatever its
    room. The others share what is left. Raises :class:`ValueError` if floors and fixed parts
    exceed ``amount``, or a floor its room.
    """
    lows = [(floors or {}).get(k, 0) for k in range(len(rooms))]
    highs = list(rooms)
    for k, part in (fixed or {}).items():
        lows[k] = highs[k] = part
    if sum(lows) > amount or any(low > high for low, high in zip(lows, highs, strict=True)):
        raise ValueError(f"{amount} cannot be divided between {lows} and {highs}")
    return tuple(rule.parts(min(amount, sum(highs)), lows, highs))


@dataclass(frozen=True)
class Proportion:
    """In proportion to ``weights``; what does not fit goes to the others in the same proportion.

    Takers without weight get something only when all others are full, in proportion to their room.
    """

    weights: Sequence[int]

    def parts(self, amount: int, lows: Sequence[int], highs: Sequence[int]) -> list[int]:
        """See :class:`Rule`."""
        first = [
            high if weight else low
            for weight, low, high in zip(self.weights, lows, highs, strict=True)
        ]
        none = [0] * len(first)
        if amount <= sum(first):
            return _levelled(amount, none, self.weights, lows, first)
        rooms = [high - full for high, full in zip(highs, first, strict=True)]
        rest = _levelled(amount - sum(first), none, rooms, none, rooms)
        return [full + more for full, more in zip(first, rest, strict=True)]


@dataclass(frozen=True)
class EqualRate:
    """All end at the same rate, as far as each can go; who is above it already gets nothing.

    ``good``: good cases to start from; ``cases``: all cases, 0 only where there is no room.
    """

    good: Sequence[float]
    cases: Sequence[int]

    def parts(self, amount: int, lows: Sequence[int], highs: Sequence[int]) -> list[int]:
        """See :class:`Rule`."""
        return _levelled(amount, [round(n * MILLION) for n in self.good], self.cases, lows, highs)


@dataclass(frozen=True)
class LeastEffort:
    """The cheapest cases first: exact, as every taker's own cases become dearer and dearer.

    ``blocks``: per taker its whole cases with their prices, ascending, at least as many as its
    room. Cases of one price are shared in proportion to how many of them each has.
    """

    blocks: Sequence[Sequence[Block]]

    def parts(self, amount: int, lows: Sequence[int], highs: Sequence[int]) -> list[int]:
        """See :class:`Rule`."""
        parts, left = list(lows), amount - sum(lows)
        offers: dict[float, dict[int, int]] = {}
        for k, (low, high) in enumerate(zip(lows, highs, strict=True)):
            for count, price in _between(self.blocks[k], low, high):
                at = offers.setdefault(price, {})
                at[k] = at.get(k, 0) + count
        for price in sorted(offers):
            at = offers[price]
            # Ties go by what the takers are, before by where they stand.
            takers = sorted(at, key=lambda k: (self.blocks[k], lows[k], highs[k]))
            counts = [at[k] for k in takers]
            none = [0] * len(counts)
            taken = _levelled(min(left, sum(counts)), none, counts, none, counts)
            for k, count in zip(takers, taken, strict=True):
                parts[k] += count
            left -= sum(taken)
        return parts


def whole_blocks(segments: Iterable[tuple[float, float]]) -> list[Block]:
    """``segments`` (width, price of one) as whole cases, each at what it costs altogether.

    A case that begins in one segment and ends in another has a price between both; what is left
    over of a case at the end is dropped.
    """
    blocks: list[Block] = []
    begun = cost = 0.0
    for width, price in segments:
        if begun:
            more = min(width, 1 - begun)
            begun, cost, width = begun + more, cost + more * price, width - more
            if begun < 1 - _SLIGHT:
                continue
            blocks.append((1, cost))
        whole = int(width + _SLIGHT)
        if whole:
            blocks.append((whole, price))
        begun = width - whole if width - whole > _SLIGHT else 0.0
        cost = begun * price
    return blocks


def _between(blocks: Sequence[Block], low: int, high: int) -> list[Block]:
    """The cases after the first ``low`` and up to ``high``."""
    found, position = [], 0
    for count, price in blocks:
        inside = min(position + count, high) - max(position, low)
        if inside > 0:
            found.append((inside, price))
        position += count
    return found


def _levelled(
    amount: int,
    starts: Sequence[int],
    slopes: Sequence[int],
    lows: Sequence[int],
    highs: Sequence[int],
) -> list[int]:
    """Whole parts that add up to ``amount``, each near ``level * slope - start`` in its bounds.

    ``starts`` in millionths. A taker of slope 0 stays at its lower bound.
    """
    level = _level(amount, starts, slopes, lows, highs)
    wholes, remainders = [], []
    for start, slope, low, high in zip(starts, slopes, lows, highs, strict=True):
        scaled = level.numerator * slope - level.denominator * start
        whole, remainder = divmod(scaled, level.denominator * MILLION)
        if not slope or whole < low:
            whole, remainder = low, 0
        elif whole >= high:
            whole, remainder = high, 0
        wholes.append(whole)
        remainders.append(remainder)
    # Ties go by what the takers are, before by where they stand.
    order = sorted(
        range(len(wholes)),
        key=lambda k: (-remainders[k], -slopes[k], starts[k], lows[k], highs[k], k),
    )
    for k in order[: amount - sum(wholes)]:
        wholes[k] += 1
    return wholes


def _level(
    amount: int,
    starts: Sequence[int],
    slopes: Sequence[int],
    lows: Sequence[int],
    highs: Sequence[int],
) -> Fraction:
    """The lowest level, in millionths, at which the exact parts add up to ``amount``."""
    turns: list[tuple[Fraction, int]] = []
    for start, slope, low, high in zip(starts, slopes, lows, highs, strict=True):
        if slope and high > low:
            turns.append((Fraction(MILLION * low + start, slope), slope))
            turns.append((Fraction(MILLION * high + start, slope), -slope))
    turns.sort()
    steep, at, missing = 0, Fraction(0), Fraction(MILLION * (amount - sum(lows)))
    for turn, change in turns:
        more = steep * (turn - at)
        if steep and more >= missing:
            break
        missing, at, steep = missing - more, turn, steep + change
    return at + missing / steep if steep else at
