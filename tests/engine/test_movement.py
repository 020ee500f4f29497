"""What is fitted from the history of a list, against histories whose movement is known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from math import log1p, sqrt

import numpy as np
import pytest

from simulator.captures import Capture, renewed, shipped_captures
from simulator.movement import (
    FEWEST_UNITS,
    UNSEEN_JUMPS,
    Basis,
    Movement,
    default_movement,
    fit,
    intervals_of,
    movement_of,
)
from simulator.numbers import VIETNAM
from simulator.uncertainty import draw_totals, drawn

START = datetime(2026, 3, 1, tzinfo=VIETNAM)
GAPS = (1, 2, 4)
SIZES = (-300.0, 250.0, 400.0)


def captures(rows: Sequence[Sequence[float]], gaps: Sequence[float] = (1,)) -> list[Capture]:
    """Readings of units A00, A01, ... with these totals, ``gaps`` days apart in turn."""
    moment, found = START, []
    for k, row in enumerate(rows):
        totals = {f"A{unit:02d}": round(total) for unit, total in enumerate(row)}
        found.append(Capture(moment, totals, "test"))
        moment += timedelta(days=gaps[k % len(gaps)])
    return found


def history(
    seed: int = 1, units: int = 40, intervals: int = 40, drift: float = 2.0, shift: float = 10.0,
    noise: float = 12.0, unrest: float = 0.0, rate: float = 0.0, own: Sequence[float] = (),
) -> list[Capture]:  # fmt: skip
    """Readings of a list that moves by the model with these parameters."""
    chance = np.random.default_rng(seed)
    rows, width = [np.full(units, 5000.0)], sqrt(log1p(unrest))
    for k in range(intervals):
        days = GAPS[k % len(GAPS)]
        level = np.exp(width * chance.standard_normal() - width**2 / 2)
        move = drift * days + shift * sqrt(days) * chance.standard_normal()
        row = rows[-1] + move + (np.array(own) * days if len(own) else 0.0)
        row += noise * sqrt(days * level) * chance.standard_normal(units)
        for unit, jumps in enumerate(chance.poisson(rate * days * level, units)):
            row[unit] += chance.choice(SIZES, jumps).sum()
        rows.append(row)
    return captures(rows, GAPS)


def fitted(readings: Sequence[Capture]) -> Movement:
    return fit(intervals_of(readings), tuple(one.day for one in readings))


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_parameters_of_a_simulated_history_are_found_again(seed):
    """40 units, 40 intervals, 92 days: each within four of its sampling errors."""
    found = fitted(history(seed, rate=0.01))
    assert found.span == 92
    assert found.interval == pytest.approx(92 / 40)
    assert (found.units, found.freedom) == (40, 39)
    assert found.drift == pytest.approx(2, abs=4 * 10 / sqrt(92))
    # The median of 40 units moves a little by their own noise: 1.57 / 40 of its variance.
    assert found.shift**2 == pytest.approx(100 + 1.57 / 40 * 144, rel=4 * sqrt(2 / 39))
    assert found.noise**2 == pytest.approx(144, rel=4 * sqrt(2 / (40 * 39)) + 0.02)
    jumps = 0.01 * 92 * 40
    assert found.jump_rate == pytest.approx(0.01, abs=4 * sqrt(jumps) / (92 * 40))
    nearest = np.abs(np.subtract.outer(found.jumps, SIZES)).min(axis=1)
    # All but those of two jumps in one interval.
    assert np.mean(nearest < 4 * 12 * 2) > 0.9
    assert found.unrest < 0.06


def test_unrest_is_found_on_average():
    """A single history tells it badly (give or take 0.25): the mean of 60."""
    found = [fitted(history(seed, unrest=0.5)).unrest for seed in range(60)]
    assert np.mean(found) == pytest.approx(0.5, abs=4 * 0.25 / sqrt(60))
    calm = [fitted(history(seed)).unrest for seed in range(30)]
    assert np.mean(calm) < 0.02


def test_own_drift_that_is_only_noise_is_shrunk():
    """Without own drifts half of all histories show none, the others little."""
    found = [fitted(history(seed)) for seed in range(20)]
    raw = 12 / sqrt(92)
    left = [sqrt(np.mean(np.square(list(one.own.values())))) for one in found]
    assert sum(not any(one.own.values()) for one in found) >= 6
    assert np.mean(left) < raw / 4
    for one in found:
        assert one.own_doubt <= raw
        assert (one.own_doubt == 0) == (not any(one.own.values()))


def test_a_large_own_drift_is_kept():
    drifts = np.linspace(-12, 12, 40)
    found = fitted(history(2, own=drifts))
    kept = np.array([found.own[f"A{unit:02d}"] for unit in range(40)])
    noise = 12 / sqrt(92)
    assert np.corrcoef(kept, drifts)[0, 1] > 0.97
    assert np.polyfit(drifts, kept, 1)[0] == pytest.approx(0.93, abs=0.07)
    assert 0 < found.own_doubt < 2.5 * noise


def test_a_shared_move_is_shift_and_nothing_else():
    found = fitted(captures([[5000 + 7 * day + unit for unit in range(12)] for day in range(9)]))
    assert (found.drift, found.shift, found.noise, found.unrest) == (7, 0, 0, 0)
    assert (found.jumps, found.own_doubt, set(found.own.values())) == ((), 0, {0.0})
    assert found.jump_rate == pytest.approx(UNSEEN_JUMPS / (12 * 8))


def test_one_jump_among_units_that_stand_still_is_a_jump():
    rows = [[5000.0] * 12 for _ in range(6)]
    for row in rows[3:]:
        row[4] = 5200.0
    found = fitted(captures(rows))
    assert (found.jumps, found.noise, found.drift) == ((200.0,), 0, 0)
    assert found.jump_rate == pytest.approx(1.5 / (12 * 5))
    assert found.own == dict.fromkeys(found.own, 0.0)


def test_readings_at_which_nothing_was_new_do_not_count():
    readings = history(3, intervals=12)
    frozen = [replace(one, moment=one.moment + timedelta(hours=13)) for one in readings[:-1]]
    assert movement_of(renewed([*readings, *frozen])) == movement_of(readings)


def test_units_in_another_order_give_the_same():
    readings, mixed = history(4, intervals=12, rate=0.01), []
    for seed, one in enumerate(readings):
        codes = list(one.totals)
        random.Random(seed).shuffle(codes)  # noqa: S311 - an order, not a secret
        mixed.append(replace(one, totals={code: one.totals[code] for code in codes}))
    first, second = fitted(readings), fitted(mixed)
    assert first.jumps == pytest.approx(second.jumps)
    for name in ("drift", "shift", "noise", "unrest", "jump_rate", "own_doubt"):
        assert getattr(first, name) == pytest.approx(getattr(second, name), rel=1e-9)
    assert second.own == pytest.approx(first.own)


@pytest.mark.parametrize(
    ("readings", "basis"),
    [
        (0, Basis.DEFAULT),
        (1, Basis.DEFAULT),
        (2, Basis.PARTLY),
        (3, Basis.PARTLY),
        (4, Basis.PARTLY),
        (5, Basis.OWN),
        (9, Basis.OWN),
    ],
)
def test_how_much_is_the_list_s_own_depends_on_how_often_it_was_read(readings, basis):
    listed = history(5, intervals=8, noise=40.0)[:readings]
    found, usual = movement_of(listed), default_movement()
    assert found.basis is basis
    assert found.own_days == tuple(one.day for one in listed)
    if basis is Basis.DEFAULT:
        assert replace(found, own_days=usual.own_days) == usual
        return
    assert found.days == found.own_days
    known = fit(intervals_of(listed), found.days)
    lasted = sum(GAPS[k % 3] for k in range(readings - 1))
    assert known.span == lasted
    assert found.span == (lasted if basis is Basis.OWN else usual.span)
    share = min(len(listed) - 1, 4) / 4
    by_days = 1 if basis is Basis.OWN else lasted / (lasted + usual.span)
    for name, weight in (("drift", by_days), ("jump_rate", share)):
        own, default = getattr(known, name), getattr(usual, name)
        assert getattr(found, name) == pytest.approx(weight * own + (1 - weight) * default)
    variance = share * known.noise**2 + (1 - share) * usual.noise**2
    assert found.noise**2 == pytest.approx(variance)
    assert 15 < found.noise < 60
    shared = (found.shift, found.freedom, found.unrest, found.interval)
    usual_shared = (usual.shift, usual.freedom, usual.unrest, usual.interval)
    assert (shared == usual_shared) == (basis is Basis.PARTLY)
    assert bool(found.own) == (basis is Basis.OWN)
    # None jumped here, but others have.
    assert found.jumps == usual.jumps
    assert found.jump_rate < usual.jump_rate


def test_the_default_is_that_of_the_provinces():
    usual = default_movement()
    days = tuple(one.day for one in shipped_captures())
    assert (usual.basis, usual.units, usual.span, usual.freedom) == (Basis.DEFAULT, 34, 23, 6)
    assert usual.days == usual.own_days == days
    assert len(days) == 8
    assert (usual.own, usual.own_doubt) == ({}, 0.0)
    assert usual.noise == pytest.approx(11.94, abs=0.01)
    assert usual.shift == pytest.approx(9.82, abs=0.01)
    assert usual.drift == pytest.approx(47 / 23)
    assert len(usual.jumps) == 10
    assert usual.jump_rate == pytest.approx(10.5 / (34 * 23))


def test_units_that_are_missing_in_some_readings_count_where_they_are_there():
    readings = history(6, intervals=20)
    holed = [
        replace(one, totals={code: v for code, v in one.totals.items() if code != f"A{k % 40:02d}"})
        for k, one in enumerate(readings)
    ]
    intervals = intervals_of(holed)
    assert {len(one.codes) for one in intervals} == {38}
    whole, found = fitted(readings), fitted(holed)
    assert found.noise == pytest.approx(whole.noise, rel=0.1)
    assert found.drift == pytest.approx(whole.drift, abs=1)
    assert set(found.own) == set(whole.own)


def test_a_unit_that_was_there_once_only_has_no_drift_of_its_own():
    readings = history(7, intervals=6)
    readings[2] = replace(readings[2], totals={**readings[2].totals, "NEW": 4000})
    assert "NEW" not in fitted(readings).own


def test_readings_of_other_units_are_no_intervals():
    first, second, third = history(8, intervals=2)
    other = replace(second, totals={f"B{code}": v for code, v in second.totals.items()})
    assert intervals_of([first, other, third]) == ()
    assert movement_of([first, other, third]).basis is Basis.DEFAULT


@pytest.mark.parametrize(("units", "basis"), [(1, "default"), (7, "default"), (8, "own")])
def test_fewer_than_eight_units_tell_nothing_of_noise(units, basis):
    assert FEWEST_UNITS == 8
    found = movement_of(history(9, units=units, intervals=6))
    assert found.basis == basis
    assert np.isfinite([found.noise, found.shift, found.unrest, found.jump_rate]).all()


def test_intervals_are_the_changes_of_the_units_in_hundredths_and_days():
    rows = [[5000.0 + unit for unit in range(8)], [5010.0 + 3 * unit for unit in range(8)]]
    (found,) = intervals_of(captures(rows, (3,)))
    assert found.days == 3
    assert found.changes.tolist() == [10 + 2 * unit for unit in range(8)]
    assert found.shared == 17
    assert found.rest.sum() == 0
    assert found.spread == pytest.approx(1.4826 * 4)


@pytest.mark.parametrize(("hours", "days"), [(12, 0.5), (23, 0.5), (24, 1), (36, 1), (60, 2)])
def test_intervals_are_calendar_days_and_never_without_time(hours, days):
    """The first figures reach into 1 March."""
    first, second = captures([[5000.0] * 8, [5001.0] * 8])
    later = replace(second, moment=START + timedelta(hours=hours + 1))
    (found,) = intervals_of([replace(first, moment=START + timedelta(hours=1)), later])
    assert found.days == days


@pytest.mark.parametrize("days", [3.0, 30.0])
def test_the_correlation_of_two_units_is_that_of_what_is_drawn(days):
    movement = replace(
        default_movement(), shift=10.0, freedom=8, noise=12.0, unrest=0.5, jump_rate=0.01,
        jumps=(-200.0, 300.0), own_doubt=1.5,
    )  # fmt: skip
    totals = draw_totals({"A": 5000, "B": 6000}, movement, days, 200_000, 1)
    seen = np.corrcoef(totals, rowvar=False)[0, 1]
    assert movement.correlation(days) == pytest.approx(seen, abs=0.015)


def test_units_that_only_share_move_as_one_and_those_that_share_nothing_do_not():
    usual = default_movement()
    alone = replace(usual, shift=0.0)
    together = replace(usual, noise=0.0, jump_rate=0.0)
    assert (alone.correlation(30), together.correlation(30)) == (0, 1)
    assert usual.correlation(5) < usual.correlation(80)


@pytest.mark.parametrize(("unrest", "rate"), [(0.0, 0.0), (0.5, 0.013)])
def test_what_a_short_history_tells_holds_about_nine_of_ten_times(unrest, rate):
    """79 days ahead from 8 readings in 15 days, in 60 worlds of which all parameters are known.

    A world's units share one shift: the mean of 60 worlds is known to 3 % only.
    """
    held = []
    for seed in range(60):
        intervals = 7 + 34
        world = history(seed, units=34, intervals=intervals, unrest=unrest, rate=rate)
        now, end = world[7], world[-1]
        days = float((end.moment - now.moment).days)
        outcomes = drawn(now.totals, movement_of(world[:8]), days, 1000, seed)
        low, high = outcomes.totals(0.05), outcomes.totals(0.95)
        held.append(np.mean([low[code] <= end.totals[code] <= high[code] for code in low]))
    assert (movement_of(world[:8]).span, days) == (15, 79)
    assert 0.82 < np.mean(held) < 0.98


def test_a_list_most_of_which_stands_still_has_noise_and_no_jumps():
    """Small communes read often: seven of ten unchanged, the others by at most 0.12 points."""
    chance = np.random.default_rng(5)
    totals, listed = dict.fromkeys((f"U{k:03d}" for k in range(100)), 6000), []
    for day in range(1, 8):
        listed.append(Capture(datetime(2026, 3, day, tzinfo=VIETNAM), dict(totals), "made"))
        for code in chance.choice(list(totals), 30, replace=False):
            totals[code] += int(chance.choice([-12, 12]))
    found = movement_of(listed)
    assert found.basis is Basis.OWN
    assert found.jumps_seen == 0
    assert found.noise == pytest.approx(12 * sqrt(0.3), rel=0.1)


def test_one_jump_of_a_list_read_twice_does_not_make_all_jumps_as_large():
    listed = history(5, intervals=1, noise=40.0)
    jumped = dict(listed[1].totals)
    code = next(iter(jumped))
    jumped[code] += 900
    found = movement_of([listed[0], replace(listed[1], totals=jumped)])
    assert found.jumps == default_movement().jumps
