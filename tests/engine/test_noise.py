"""Tables of chance against what is known exactly of their distributions."""

from __future__ import annotations

from math import exp, pi, sqrt, tan

import numpy as np
import pytest

from simulator.noise import ROWS, Chance, jump_table, normal_table, student, unrest_levels

DRAWS = 200_000
# The sizes that were seen among the provinces in autumn 2026.
SEEN = (-186.0, -180.0, 176.0, 177.0, 181.0, 199.0, 200.0, 272.0, 324.0, 817.0)


def test_rows_are_equally_likely_and_independent():
    rows = Chance(1).rows(DRAWS, 4)
    assert (rows.shape, rows.dtype, rows.min() >= 0, rows.max() < ROWS) == (
        (DRAWS, 4), np.uint16, True, True,
    )  # fmt: skip
    counts = np.bincount(rows.ravel() // 4096, minlength=16)
    expected = rows.size / 16
    # Chi-squared with 15 degrees of freedom: one value in a thousand is above 37.7.
    assert np.square(counts - expected).sum() / expected < 37.7
    apart = np.corrcoef(rows.astype(float), rowvar=False) - np.eye(4)
    assert np.abs(apart).max() < 4 / sqrt(DRAWS)
    following = np.corrcoef(rows.ravel()[:-1].astype(float), rows.ravel()[1:].astype(float))
    assert abs(following[0, 1]) < 4 / sqrt(rows.size)


def test_equal_seeds_give_equal_rows_and_others_do_not():
    first, again, other = (Chance(seed).rows(1000) for seed in (7, 7, 8))
    assert np.array_equal(first, again)
    assert np.mean(first == other) < 0.01


def test_a_stream_goes_on_and_any_number_of_rows_can_be_asked_for():
    chance = Chance(3)
    assert [len(chance.rows(size)) for size in (0, 1, 3, 5)] == [0, 1, 3, 5]
    assert chance.rows(20, 0).shape == (20, 0)
    assert not np.array_equal(chance.rows(100), chance.rows(100))


def test_the_first_rows_of_a_seed_are_the_same_on_every_machine():
    first = [58623, 31010, 48627, 33542, 43110, 49490, 38587, 62289]
    assert Chance(1).rows(8).tolist() == first


def test_the_table_of_normal_values_has_the_moments_of_the_distribution():
    table = normal_table().astype(float)
    assert len(table) == ROWS
    assert np.array_equal(table, -table[::-1])
    assert np.all(np.diff(table) > 0)
    assert table.var() == pytest.approx(1, abs=2e-4)
    assert np.mean(table**4) == pytest.approx(3, abs=1e-2)
    assert np.mean(table <= 1.959964) == pytest.approx(0.975, abs=2 / ROWS)


def quantile_of_student(freedom: int, share: float) -> float:
    """Exact for 1 and 2 degrees of freedom; for 6 from the tables of statistics."""
    if freedom == 1:
        return tan(pi * (share - 0.5))
    if freedom == 2:
        return (2 * share - 1) * sqrt(2 / (4 * share * (1 - share)))
    return {0.75: 0.718, 0.9: 1.440, 0.95: 1.943, 0.975: 2.447, 0.995: 3.707}[share]


@pytest.mark.parametrize("share", [0.75, 0.9, 0.95, 0.975, 0.995])
@pytest.mark.parametrize("freedom", [1, 2, 6])
def test_values_of_student_s_distribution_have_its_quantiles(freedom, share):
    values = student(Chance(11), freedom, DRAWS)
    quantile = quantile_of_student(freedom, share)
    error = sqrt(share * (1 - share) / DRAWS)
    assert np.mean(values <= quantile) == pytest.approx(share, abs=4 * error)
    assert np.mean(values >= -quantile) == pytest.approx(share, abs=4 * error)


def test_values_of_student_s_distribution_are_finite():
    assert np.isfinite(student(Chance(5), 1, 1_000_000)).all()


@pytest.mark.parametrize(
    ("expected", "sizes"),
    [
        (0.01, SEEN),
        (0.5, SEEN),
        (3.0, SEEN),
        (40.0, SEEN),
        (2.0, (-100.0, 100.0)),
        (1.5, (7.0,)),
        (0.3, (9000.0, -9000.0)),
        (200.0, (1.0, -2.0)),
    ],
)
def test_sums_of_jumps_have_the_moments_of_a_compound_poisson_distribution(expected, sizes):
    """Mean: expected number times mean size; variance: expected number times mean square."""
    table = jump_table(expected, sizes).astype(float)
    mean, variance = expected * np.mean(sizes), expected * np.mean(np.square(sizes))
    assert len(table) == ROWS
    assert table.mean() == pytest.approx(mean, abs=5e-3 * sqrt(variance))
    # Each size comes in a whole number of rows.
    row = np.square(sizes).sum() / ROWS
    assert table.var() == pytest.approx(variance, abs=2e-3 * variance + row)


@pytest.mark.parametrize("expected", [1e-6, 0.01, 0.5, 3.0])
def test_no_jump_comes_as_often_as_the_poisson_distribution_says(expected):
    assert np.mean(jump_table(expected, (150.0, 817.0)) == 0) == pytest.approx(
        exp(-expected), abs=1 / ROWS
    )
    # A jump up and one down come to nothing together: I_0(expected) times as often.
    there_and_back = exp(-expected) * np.i0(expected)
    assert np.mean(jump_table(expected, (300.0, -300.0)) == 0) == pytest.approx(
        there_and_back, abs=1 / ROWS
    )


def test_one_size_gives_multiples_with_the_chances_of_their_number():
    table = jump_table(2.0, (-150.0,))
    chances = [exp(-2), 2 * exp(-2), 2 * exp(-2), 4 / 3 * exp(-2), 2 / 3 * exp(-2)]
    for number, chance in enumerate(chances):
        assert np.mean(table == -150 * number) == pytest.approx(chance, abs=1 / ROWS)
    assert table.max() == 0


def test_without_jumps_or_without_time_nothing_jumps():
    for expected, sizes in ((0.0, SEEN), (-1.0, SEEN), (5.0, ()), (5.0, (0.0,))):
        table = jump_table(expected, sizes)
        assert (len(table), np.abs(table).max()) == (ROWS, 0)


@pytest.mark.parametrize(
    ("expected", "sizes"), [(100.0, (1000.0,)), (100.0, (-1000.0,)), (50.0, (3000.0, -100.0))]
)
def test_sums_far_beyond_the_scale_do_not_come_back_at_its_other_end(expected, sizes):
    table = jump_table(expected, sizes).astype(float)
    assert table.mean() == pytest.approx(expected * np.mean(sizes), rel=2e-3)
    assert np.all(np.sign(table) == np.sign(np.mean(sizes)))


@pytest.mark.parametrize("spread", [0.05, 0.55, 1.0, 2.0])
@pytest.mark.parametrize("count", [20, 2000])
def test_levels_of_unrest_are_one_on_average_and_differ_as_they_should(spread, count):
    levels = unrest_levels(spread, count)
    assert np.mean(levels) == pytest.approx(1, abs=1e-12)
    assert min(levels) > 0
    assert np.all(np.diff(levels) > 0)
    # Few levels lack the long tail of the distribution.
    lost = 0.45 if count == 20 else 0.15
    assert (1 - lost) * spread < np.var(levels) < spread


def test_without_unrest_all_levels_are_one():
    assert unrest_levels(0.0, 20) == pytest.approx([1.0] * 20, abs=1e-12)
