"""Whole parts of an amount: sums, bounds, and what each rule says by its definition."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from simulator.allocation_table import Way
from simulator.largest_remainder import (
    EqualRate,
    LeastEffort,
    Proportion,
    Rule,
    divide,
    whole_blocks,
)

WAYS = list(Way)


@st.composite
def divisions(draw: st.DrawFn) -> tuple[int, list[int], list[int], list[int], dict, dict]:
    """``(amount, rooms, good, cases, floors, fixed)`` of units that can be divided among."""
    size = draw(st.integers(1, 7))
    cases = [draw(st.integers(1, 12) | st.integers(1, 300_000)) for _ in range(size)]
    good = [draw(st.integers(0, all_)) for all_ in cases]
    rooms = [draw(st.integers(0, all_ - n)) for all_, n in zip(cases, good, strict=True)]
    by_hand = st.dictionaries(st.integers(0, size - 1), st.floats(0, 1), max_size=2)
    fixed = {k: int(share * rooms[k]) for k, share in draw(by_hand).items()}
    floors = {k: int(share * rooms[k]) for k, share in draw(by_hand).items() if k not in fixed}
    least = sum(fixed.values()) + sum(floors.values())
    amount = least + draw(st.integers(0, sum(rooms) + 5))
    return amount, rooms, good, cases, floors, fixed


def rule_of(way: Way, rooms: list[int], good: list[int], cases: list[int]) -> Rule:
    if way is Way.GAP:
        return Proportion([all_ - n for all_, n in zip(cases, good, strict=True)])
    if way is Way.CAPACITY:
        return Proportion(cases)
    if way is Way.EQUAL_RATE:
        return EqualRate([float(n) for n in good], cases)
    return LeastEffort([blocks_of(*unit) for unit in zip(good, cases, strict=True)])


def blocks_of(good: int, cases: int) -> list[tuple[int, float]]:
    """Up to 90 % an hour a case, up to 98 % two, above four."""
    ends = [0.9 * cases - good, 0.98 * cases - good, float(cases - good)]
    starts = [0.0, *(max(0.0, end) for end in ends)]
    widths = [max(0.0, end - start) for start, end in zip(starts, ends, strict=False)]
    return whole_blocks([pair for pair in zip(widths, (1.0, 2.0, 4.0), strict=True) if pair[0]])


def known_to(way: Way, room: int, good: int, cases: int) -> tuple:
    """All that the rule knows of a unit: of two that are the same to it, either may get more."""
    known = {
        Way.GAP: (cases - good,), Way.CAPACITY: (cases,), Way.EQUAL_RATE: (good, cases),
        Way.LEAST_EFFORT: (blocks_of(good, cases),),
    }  # fmt: skip
    return room, *known[way]


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=250)
@given(case=divisions())
def test_parts_add_up_to_the_case_within_rooms_floors_and_what_is_fixed(way, case):
    amount, rooms, good, cases, floors, fixed = case
    parts = divide(amount, rooms, rule_of(way, rooms, good, cases), floors, fixed)
    most = sum(fixed.get(k, room) for k, room in enumerate(rooms))
    assert sum(parts) == min(amount, most)
    for k, part in enumerate(parts):
        assert isinstance(part, int)
        assert fixed.get(k, floors.get(k, 0)) <= part <= fixed.get(k, rooms[k])


@pytest.mark.parametrize("way", WAYS)
@given(case=divisions(), seed=st.randoms(use_true_random=False))
@example(case=(1, [1, 1, 0], [0, 0, 0], [2, 3, 1], {}, {}), seed=Random(4))  # noqa: S311
def test_another_order_of_units_changes_the_order_of_parts_only(way, case, seed):
    amount, rooms, good, cases, _, fixed = case
    order = list(range(len(rooms)))
    seed.shuffle(order)
    straight = divide(amount, rooms, rule_of(way, rooms, good, cases), {}, fixed)
    mixed_units = [[row[k] for k in order] for row in (rooms, good, cases)]
    moved = {at: fixed[k] for at, k in enumerate(order) if k in fixed}
    mixed = divide(amount, mixed_units[0], rule_of(way, *mixed_units), {}, moved)
    told = [known_to(way, *unit) for unit in zip(rooms, good, cases, strict=True)]
    told_mixed = [known_to(way, *unit) for unit in zip(*mixed_units, strict=True)]
    assert sorted(zip(told, straight, strict=True)) == sorted(zip(told_mixed, mixed, strict=True))


@pytest.mark.parametrize("way", WAYS)
@given(case=divisions(), copies=st.integers(2, 4))
def test_equal_units_get_equal_parts_up_to_one(way, case, copies):
    amount, rooms, good, cases, _, _ = case
    rooms, good, cases = ([row[0]] * copies + row for row in (rooms, good, cases))
    parts = divide(amount, rooms, rule_of(way, rooms, good, cases))
    assert max(parts[: copies + 1]) - min(parts[: copies + 1]) <= 1


def level_by_halves(
    amount: int, good: list[int], cases: list[int], lows: list[int], highs: list[int]
) -> list[Fraction]:
    """Exact parts when everybody is filled up to one level, found by halving intervals."""

    def parts(level: Fraction) -> list[Fraction]:
        return [
            min(max(level * slope - start, Fraction(low)), Fraction(high))
            for start, slope, low, high in zip(good, cases, lows, highs, strict=True)
        ]

    low, high = Fraction(0), Fraction(2 * max(map(sum, zip(good, highs, strict=True))) + 2)
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (low, middle) if sum(parts(middle)) >= amount else (middle, high)
    return parts(high)


@given(case=divisions())
def test_filling_to_an_equal_rate_is_what_its_definition_says(case):
    amount, rooms, good, cases, floors, fixed = case
    parts = divide(amount, rooms, rule_of(Way.EQUAL_RATE, rooms, good, cases), floors, fixed)
    lows = [fixed.get(k, floors.get(k, 0)) for k in range(len(rooms))]
    highs = [fixed.get(k, room) for k, room in enumerate(rooms)]
    exact = level_by_halves(min(amount, sum(highs)), good, cases, lows, highs)
    assert all(abs(part - one) < 1.000001 for part, one in zip(parts, exact, strict=True))
    # Nobody who could take more ends lower than another does without its last case.
    for i, j in product(range(len(rooms)), repeat=2):
        if parts[i] < highs[i] and parts[j] > lows[j]:
            without = Fraction(good[j] + parts[j] - 1, cases[j])
            assert without <= Fraction(good[i] + parts[i] + 1, cases[i])


@given(case=divisions())
def test_proportions_are_what_their_definition_says(case):
    """One factor for all; only then those without weight."""
    amount, rooms, _, weights, floors, _ = case
    parts = divide(amount, rooms, Proportion(weights), floors)
    lows = [floors.get(k, 0) for k in range(len(rooms))]
    exact = level_by_halves(min(amount, sum(rooms)), [0] * len(rooms), weights, lows, rooms)
    assert all(abs(part - one) < 1.000001 for part, one in zip(parts, exact, strict=True))


def test_ten_cases_by_three_equal_weights_are_four_and_twice_three():
    assert sorted(divide(10, [9, 9, 9], Proportion([1, 1, 1]))) == [3, 3, 4]


def test_what_a_full_unit_cannot_take_goes_to_the_others_in_proportion():
    """100 by 5:3:2 are 50, 30, 20; with room for 20 the first leaves 80 to be shared 3:2."""
    assert divide(100, [90, 90, 90], Proportion([5, 3, 2])) == (50, 30, 20)
    assert divide(100, [20, 90, 90], Proportion([5, 3, 2])) == (20, 48, 32)


def test_units_without_weight_come_last():
    # 12.5 and 37.5: the case between goes to the larger weight.
    assert divide(50, [30, 40, 40], Proportion([1, 0, 3])) == (12, 0, 38)
    assert divide(90, [30, 40, 80], Proportion([1, 0, 0])) == (30, 20, 40)


def test_units_above_the_common_rate_get_none():
    """50 and 80 of 100 with 30 more both end at 80; 90 of 100 stays."""
    rule = EqualRate([50.0, 80.0, 90.0], [100, 100, 100])
    assert divide(30, [50, 20, 10], rule) == (30, 0, 0)
    # 40 more: (50 + 80 + 40) / 200 = 85 %.
    assert divide(40, [50, 20, 10], rule) == (35, 5, 0)


def test_a_large_and_a_small_unit_end_at_the_same_rate():
    """(100 + 20 + 330) / 1,500 = 30 %: 300 of 1,000 and 150 of 500."""
    assert divide(330, [900, 480], EqualRate([100.0, 20.0], [1000, 500])) == (200, 130)


def test_the_cheapest_cases_come_first_and_equal_prices_are_shared():
    blocks = [[(10, 1.0), (10, 3.0)], [(5, 2.0), (5, 3.0)]]
    rooms = [20, 10]
    assert divide(10, rooms, LeastEffort(blocks)) == (10, 0)
    assert divide(15, rooms, LeastEffort(blocks)) == (10, 5)
    # Three at 3 hours, of which the first has ten and the second five.
    assert divide(18, rooms, LeastEffort(blocks)) == (12, 6)


def test_a_case_between_two_prices_costs_its_parts():
    """2.4 at 1 hour, 1.3 at 2, 0.5 at 4: two whole ones, 0.4 + 0.6 x 2, 0.7 x 2 + 0.3 x 4."""
    blocks = whole_blocks([(2.4, 1.0), (1.3, 2.0), (0.5, 4.0)])
    assert [count for count, _ in blocks] == [2, 1, 1]
    assert [price for _, price in blocks] == pytest.approx([1.0, 1.6, 2.6])
    # A case may lie in three of them.
    assert whole_blocks([(0.5, 1.0), (0.25, 2.0), (1.25, 4.0)]) == [(1, 2.0), (1, 4.0)]


def price_of(unit: tuple[int, int], change: int) -> float:
    left, total = change, 0.0
    for count, price in blocks_of(*unit):
        total += min(left, count) * price
        left -= min(left, count)
    return total


@settings(max_examples=80)
@given(data=st.data())
def test_least_effort_is_the_least_of_all_ways_to_divide(data):
    size = data.draw(st.integers(1, 3))
    cases = [data.draw(st.integers(1, 25)) for _ in range(size)]
    good = [data.draw(st.integers(0, all_)) for all_ in cases]
    rooms = [data.draw(st.integers(0, all_ - n)) for all_, n in zip(cases, good, strict=True)]
    floors = {0: data.draw(st.integers(0, rooms[0]))}
    amount = data.draw(st.integers(floors[0], sum(rooms)))
    units = list(zip(good, cases, strict=True))
    parts = divide(amount, rooms, rule_of(Way.LEAST_EFFORT, rooms, good, cases), floors)
    spent = sum(price_of(unit, part) for unit, part in zip(units, parts, strict=True))
    every = product(*(range(floors.get(k, 0), room + 1) for k, room in enumerate(rooms)))
    least = min(
        sum(price_of(unit, part) for unit, part in zip(units, choice, strict=True))
        for choice in every
        if sum(choice) == amount
    )
    assert spent == pytest.approx(least)


def test_more_set_by_hand_than_there_is_is_refused():
    with pytest.raises(ValueError, match="cannot be divided"):
        divide(5, [9, 9], Proportion([1, 1]), {0: 3}, {1: 3})
    with pytest.raises(ValueError, match="cannot be divided"):
        divide(9, [2, 9], Proportion([1, 1]), {0: 3})
