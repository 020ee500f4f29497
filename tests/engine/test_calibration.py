"""Whether the intervals of the model of movement held, and whether the check could tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from simulator.calibration import (
    FORWARD,
    LEVELS,
    Check,
    Coverage,
    Kind,
    calibration,
    checked,
    checked_forward,
    checked_without,
    known_on,
    places,
    pooled,
)
from simulator.captures import Capture, shipped_captures
from simulator.movement import Basis, Movement, default_movement
from simulator.numbers import VIETNAM
from simulator.uncertainty import LEVELS as UNREST_LEVELS
from simulator.uncertainty import draw_totals, drawn
from tests.paths import PROJECT

START, TARGET = "2026-10-05", "2026-10-10"
DOCUMENT = PROJECT / "docs" / "rank.md"


def figures(coverages: Sequence[Coverage]) -> dict[tuple[str, int], tuple[int, float, int, int]]:
    """``(kind, level in percent)`` -> hits, expected, fewest and most that are no surprise."""
    return {
        (one.kind.value, round(one.level * 100)): (
            one.hits, round(one.expected, 1), one.low, one.high,
        )
        for one in coverages
    }  # fmt: skip


def required() -> Check:
    return next(one for one in calibration().forward if (one.start, one.target) == (START, TARGET))


def capture(day: int, totals: dict[str, int]) -> Capture:
    return Capture(datetime(2026, 3, day, tzinfo=VIETNAM), totals, "synthetic")


def still_moving(drift: float) -> Movement:
    """A model in which nothing is left to chance."""
    return Movement(
        basis=Basis.OWN, days=(), own_days=(), units=9, span=20.0, interval=2.0, drift=drift,
        shift=0.0, freedom=9, noise=0.0, unrest=0.0, jump_rate=0.0, jumps=(),
    )  # fmt: skip


TOTALS = {f"u{k}": 6000 + 30 * k for k in range(9)}


def test_where_nothing_is_left_to_chance_every_interval_holds_and_all_of_them_must():
    after = capture(6, {code: total + 50 for code, total in TOTALS.items()})
    for one in checked(capture(1, TOTALS), after, still_moving(10.0)).coverages:
        assert (one.hits, one.expected, one.low, one.high, one.cases) == (9, 9.0, 9, 9, 9)
        assert one.holds
        assert one.surprise == 0.0


def test_a_unit_that_passes_another_leaves_its_interval_and_the_check_tells():
    """u3 ends one hundredth above u4: two places change, one total is not as predicted."""
    later = {code: total + 50 for code, total in TOTALS.items()} | {"u3": TOTALS["u4"] + 51}
    found = figures(checked(capture(1, TOTALS), capture(6, later), still_moving(10.0)).coverages)
    for level in (50, 90):
        assert found["total", level][0] == 8
        assert found["place", level][0] == 7
        # u3 knows its own total and gets the place it has; u4 does not know that u3 moved.
        assert found["place_known", level][0] == 8


def test_equal_totals_share_the_better_place():
    totals = np.array([[50, 70, 50, 10], [1, 2, 3, 4]], dtype=np.int32)
    assert places(totals).tolist() == [[2, 1, 2, 4], [4, 3, 2, 1]]


def test_the_range_of_a_coverage_holds_nine_tenths_of_its_worlds():
    """Hits by chance: 0 and 4 each one time in 50, 1 one in 25, 2 one in 5, 3 else."""
    one = Coverage(Kind.TOTAL, 0.5, 4, 1, (0.02, 0.04, 0.2, 0.72, 0.02))
    assert (one.low, one.high) == (1, 3)
    assert one.expected == pytest.approx(2.68)
    assert one.surprise == pytest.approx(0.04)
    assert one.holds
    assert not replace(one, hits=0).holds
    assert not replace(one, hits=4).holds


def test_pooled_hits_are_as_far_apart_as_those_of_independent_intervals():
    coin = Coverage(Kind.TOTAL, 0.5, 1, 1, (0.5, 0.5))
    parts = tuple(replace(coin, kind=kind, level=level) for kind in Kind for level in LEVELS)
    check = Check("", "", 1.0, still_moving(0.0), parts)
    both = pooled([check, check])[0]
    assert (both.cases, both.hits, both.chances) == (2, 2, (0.25, 0.5, 0.25))


def test_the_required_forecast_from_5_to_10_october():
    check = required()
    assert check.days == 5
    assert check.movement.days == ("2026-09-17", "2026-09-26", "2026-09-30", "2026-10-05")
    assert {one.cases for one in check.coverages} == {34}
    assert figures(check.coverages) == {
        ("total", 50): (14, 17.6, 0, 33),
        ("total", 90): (31, 30.9, 19, 34),
        ("place", 50): (17, 25.3, 12, 34),
        ("place", 90): (27, 31.6, 24, 34),
        ("place_known", 50): (17, 24.9, 6, 34),
        ("place_known", 90): (30, 32.0, 18, 34),
    }


def test_every_interval_left_out_in_turn_gives_238_cases():
    found = calibration()
    assert [check.start for check in found.left_out] == [one.day for one in shipped_captures()[:-1]]
    assert {one.cases for one in found.pooled} == {7 * 34}
    assert figures(found.pooled) == {
        ("total", 50): (127, 122.8, 84, 160),
        ("total", 90): (206, 214.3, 187, 232),
        ("place", 50): (173, 186.5, 163, 207),
        ("place", 90): (220, 225.4, 213, 234),
        ("place_known", 50): (191, 191.4, 162, 216),
        ("place_known", 90): (223, 228.9, 211, 238),
    }


def test_what_is_said_of_the_provinces_holds_in_the_table_but_not_in_each_interval():
    found = calibration()
    assert all(one.holds for check in found.forward for one in check.coverages)
    assert all(one.holds for one in found.pooled)
    every = [one for check in found.left_out for one in check.coverages]
    assert len(every) == 42
    assert sum(not one.holds for one in every) == 6
    assert sum(one.surprise for one in every) == pytest.approx(2.1, abs=0.05)


def test_totals_are_expected_as_often_as_their_level_says_and_places_more_often():
    for check in calibration().left_out:
        for one in check.coverages:
            share = one.expected / one.cases
            if one.kind is Kind.TOTAL:
                assert share == pytest.approx(one.level, abs=0.03)
            else:
                assert share >= one.level


def test_a_place_with_the_own_total_known_is_the_one_the_app_tells():
    """Hits of the required row again, unit by unit, from peers drawn without the unit."""
    before, after = (
        next(one for one in shipped_captures() if one.day == day).totals for day in (START, TARGET)
    )
    hits = 0
    for code, score in after.items():
        others = {other: total for other, total in before.items() if other != code}
        outcomes = drawn(others, required().movement, 5.0, draws=4000, seed=3)
        best, worst = outcomes.interval(score, 0.9)
        place = 1 + sum(total > score for total in after.values())
        hits += best <= place <= worst
    # Other draws: an interval that ends one place away is possible.
    assert abs(hits - required().coverage(Kind.PLACE_KNOWN, 0.9).hits) <= 1


@pytest.mark.parametrize("start", sorted({start for start, _ in FORWARD}))
def test_a_forecast_knows_nothing_of_what_came_after_its_first_day(start):
    captures = shipped_captures()
    other = [
        one if one.day <= start
        else replace(one, totals={code: 9999 - total for code, total in one.totals.items()})
        for one in captures
    ]  # fmt: skip
    assert known_on(other, start) == known_on(captures, start)
    assert known_on(captures, start).days[-1] == start
    as_is, changed = (checked_forward(each, start, TARGET) for each in (captures, other))
    assert [one.chances for one in as_is.coverages] == [one.chances for one in changed.coverages]
    assert as_is.coverages != changed.coverages


@pytest.mark.parametrize("k", range(7))
def test_an_interval_that_is_left_out_does_not_count(k):
    """What came in it is changed, what came before and after is not."""
    captures = shipped_captures()
    steps = {code: 40 * (j % 5) for j, code in enumerate(captures[0].totals)}
    other = [
        replace(one, totals={code: total + steps[code] for code, total in one.totals.items()})
        if j > k
        else one
        for j, one in enumerate(captures)
    ]
    assert checked_without(other, k).movement == checked_without(captures, k).movement
    kept = {pair for j in range(7) if j != k for pair in (captures[j].day, captures[j + 1].day)}
    assert set(checked_without(captures, k).movement.days) == kept


def simulated(seed: int) -> list[Capture]:
    """12 readings of 40 units, 3 days apart, that move exactly as the model says."""
    movement = replace(default_movement(), span=1e6, freedom=30, jump_rate=0.002)
    chance = np.random.PCG64(np.random.SeedSequence(seed))
    totals = {f"u{k:02d}": 5000 + int(chance.random_raw()) % 3000 for k in range(40)}
    found = []
    for k in range(12):
        found.append(Capture(datetime(2026, 1, 2, tzinfo=VIETNAM) + timedelta(3 * k), totals, ""))
        # One of the levels of unrest, as it comes.
        final = draw_totals(totals, movement, 3.0, UNREST_LEVELS, 1000 * seed + k)
        row = final[int(chance.random_raw()) % UNREST_LEVELS]
        totals = {code: round(float(total)) for code, total in zip(totals, row, strict=True)}
    return found


def scaled(captures: Sequence[Capture], factor: float) -> tuple[Coverage, ...]:
    """All intervals left out in turn, predicted with ``factor`` times the noise that was fitted."""
    checks = []
    for k, (before, after) in enumerate(pairwise(captures)):
        movement = checked_without(captures, k).movement
        checks.append(checked(before, after, replace(movement, noise=factor * movement.noise)))
    return pooled(checks)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_list_that_moves_as_the_model_says_is_covered_and_half_its_noise_is_not(seed):
    captures = simulated(seed)
    found = pooled([checked_without(captures, k) for k in range(11)])
    assert {one.cases for one in found} == {11 * 40}
    assert all(one.holds for one in found)
    halved = {(one.kind, one.level): one for one in scaled(captures, 0.5)}
    for level in LEVELS:
        one = halved[Kind.PLACE, level]
        assert not one.holds
        assert one.hits < one.low


def test_on_the_provinces_the_check_rejects_half_and_twice_the_noise_and_nothing_finer():
    """What *Phương pháp* and docs/rank.md say of how coarse it is."""
    failing = {
        factor: {one.kind for one in scaled(shipped_captures(), factor) if not one.holds}
        for factor in (0.5, 0.75, 1.5, 2.0)
    }
    assert failing == {0.5: {Kind.PLACE}, 0.75: set(), 1.5: set(), 2.0: {Kind.TOTAL}}


@pytest.mark.parametrize("days", [5, 82])
def test_two_units_are_correlated_as_their_draws_are(days):
    movement = default_movement()
    totals = {f"u{k}": 5000 for k in range(12)}
    table = np.corrcoef(draw_totals(totals, movement, days, 40_000, 5).astype(float).T)
    among = (table.sum() - 12) / (12 * 11)
    assert movement.correlation(days) == pytest.approx(among, rel=0.12)


def test_two_units_are_the_more_correlated_the_further_one_looks():
    movement = default_movement()
    assert movement.correlation(5) == pytest.approx(0.099, abs=0.0005)
    assert movement.correlation(82) == pytest.approx(0.292, abs=0.0005)


def told(coverages: Sequence[Coverage], level: float) -> str:
    cells = [
        f"{one.hits}/{one.cases} ({one.expected:.1f}; {one.low}–{one.high})"
        + ("" if one.holds else " out")
        for one in coverages
        if one.level == level
    ]
    return " | ".join([f"{level:.0%}", *cells])


def table_of_coverage() -> list[str]:
    """The lines of the table in docs/rank.md."""
    found = calibration()
    rows = [
        (f"{one.start} → {one.target}, fitted on {len(one.movement.days) - 1}", one.coverages)
        for one in found.forward
    ]
    rows.append((f"each of {len(found.left_out)} left out, all together", found.pooled))
    rows += [(f"{one.start} → {one.target}, left out", one.coverages) for one in found.left_out]
    return [f"| {name} | {told(parts, level)} |" for name, parts in rows for level in LEVELS]


def table_of_the_fit() -> list[str]:
    """The fitted figures in docs/rank.md."""
    found = default_movement()
    return [
        f"| readings, updates, units, days | {len(found.days)}, {len(found.days) - 1}, "
        f"{found.units}, {found.span:.0f} ({found.days[0]} to {found.days[-1]}) |",
        f"| `drift` | {found.drift / 100:.4f} points a day |",
        f"| `shift`, degrees of freedom | {found.shift / 100:.4f} points per √day, "
        f"{found.freedom} |",
        f"| `noise` | {found.noise / 100:.4f} points per √day |",
        f"| `unrest` | {found.unrest:.3f} |",
        f"| `jump_rate` | {found.jump_rate:.5f} per unit and day |",
        f"| `jumps` | {', '.join(f'{size / 100:+.2f}' for size in found.jumps)} |",
        f"| correlation of two units | {found.correlation(5):.2f} over 5 days, "
        f"{found.correlation(82):.2f} over 82 days |",
    ]


@pytest.mark.parametrize("lines", [table_of_coverage, table_of_the_fit])
def test_the_tables_of_the_document_are_the_computed_ones(lines):
    expected = lines()
    written = DOCUMENT.read_text(encoding="utf-8").splitlines()
    first = written.index(expected[0])
    assert written[first : first + len(expected)] == expected
