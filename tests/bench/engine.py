"""Speed of the engine alone, on one core."""

from __future__ import annotations

import math
import os
from functools import partial

import numpy as np
import pandas as pd

from simulator.baseline import Unit
from simulator.baseline_files import baseline_ids, load_baseline
from simulator.contributions import contributions
from simulator.levers import lever_range
from simulator.month_plan import Shape, month_plan
from simulator.outlook import outlook
from simulator.project import project
from simulator.rank import Peers, peers_of
from simulator.reach import ceilings, reachable
from simulator.response import response_curves
from simulator.rules import Edition
from simulator.score import Floats, at_zero_hundredths, totals_many
from simulator.stops import lever_stops
from tests.bench.measure import Result, below, median, p95, seconds

PROVINCES = 34
TARGET_PER_SECOND = 10e6
CURVES_MS = 30
AHEAD_MS = 30
SEED = 766


def run() -> list[Result]:
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        edition, unit, peers = best_documented_province()
        return [
            *_scalar(edition, unit, peers),
            *_curves(edition, unit, peers),
            *_ahead(),
            *_vectorised(edition),
        ]
    finally:
        os.sched_setaffinity(0, before)


def best_documented_province() -> tuple[Edition, Unit, Peers]:
    """The province with the most known indicators among those ranked with 33 others."""
    found: list[tuple[int, Edition, Unit, Peers]] = []
    for baseline in map(load_baseline, baseline_ids()):
        for unit in baseline.units.values():
            peers = peers_of(baseline, unit, load_baseline)
            if peers is not None and len(peers.totals) == PROVINCES - 1:
                known = sum(map(unit.knows, range(len(baseline.edition.indicators))))
                found.append((known, baseline.edition, unit, peers))
    return max(found, key=lambda entry: entry[0])[1:]


def half_way(edition: Edition, unit: Unit) -> dict[str, float]:
    """Every usable lever pulled half of the way up."""
    ranges = [lever_range(edition, unit, lever) for lever in edition.levers]
    settings = {item.lever.code: math.floor(item.high / 2) for item in ranges if item.usable}
    return {code: float(change) for code, change in settings.items() if change}


def _curves(edition: Edition, unit: Unit, peers: Peers) -> list[Result]:
    """Response curves of all levers at all their stops, half of the levers moved."""
    settings = half_way(edition, unit)
    ranges = [lever_range(edition, unit, lever) for lever in edition.levers]
    stops = {
        item.lever.code: lever_stops(item, settings.get(item.lever.code, 0.0))
        for item in ranges
        if item.usable
    }
    call = partial(response_curves, edition, unit, settings, stops, peers)
    what = f"response curves of {len(stops)} levers at {sum(map(len, stops.values()))} stops"
    return [below(what, [1e3 * t for t in seconds(call, 200)], CURVES_MS, "ms", 1)]


def _ahead() -> list[Result]:
    """Looking to the end of the year, half of the levers moved."""
    baseline = load_baseline("phutho-2026-ytd")
    edition, unit = baseline.edition, baseline.unit("H44")
    peers = peers_of(baseline, unit, load_baseline)
    ahead = outlook(edition, unit, baseline.whole_period())
    bounds = [lever_range(edition, unit, lever, ahead) for lever in edition.levers]
    settings = {item.lever.code: float(math.floor(item.high / 2)) for item in bounds if item.usable}
    moved = project(edition, unit, settings, peers, ahead)
    calls = {
        f"to the end of the year: what-if, {len(moved.settings)} levers moved": partial(
            project, edition, unit, settings, peers, ahead
        ),
        "the same: floor, line and ceiling": partial(reachable, edition, unit, ahead, {}, peers),
        "the same: ceilings of all 365 days": partial(ceilings, edition, unit, ahead),
        "the same: plan of the months left": partial(month_plan, moved, Shape.LEVEL, peers),
    }
    return [
        below(what, [1e3 * t for t in seconds(call, 200)], AHEAD_MS, "ms", 2)
        for what, call in calls.items()
    ]


def _scalar(edition: Edition, unit: Unit, peers: Peers) -> list[Result]:
    every = half_way(edition, unit)
    three = dict(list(every.items())[:3])
    results = []
    for settings in (three, every):
        samples = seconds(partial(project, edition, unit, settings, peers), 2000, 200)
        what = f"one what-if with its rank among {PROVINCES}, {len(settings)} levers moved"
        results.append(below(what, [1e3 * s for s in samples], 1, "ms", 3))
    for settings in (three, every):
        projection = project(edition, unit, settings, peers)
        samples = [1e3 * s for s in seconds(partial(contributions, projection), 200, 10)]
        results.append(
            Result(
                f"contributions of {len(settings)} levers",
                f"{median(samples):.2f} ms",
                f"{p95(samples):.2f} ms",
            )
        )
    return results


def _vectorised(edition: Edition) -> list[Result]:
    results = []
    for units in (20_000, 200_000):
        for own in (False, True):
            numerators, denominators = random_counts(edition, units, own)
            _check_equal(edition, numerators, denominators)
            engine = seconds(partial(totals_many, edition, numerators, denominators), 25)
            frames = _frames(edition, numerators, denominators)
            plain = seconds(partial(totals_in_pandas, edition, *frames), 10, 2)
            kind = "own" if own else "shared"
            results.append(_per_second(f"{units:,} units, {kind} denominators", units, engine))
            results.append(_compared(f"the same in plain pandas, {kind}", units, plain, engine))
    return results


def _per_second(what: str, units: int, samples: list[float]) -> Result:
    rate = units / median(samples)
    return Result(
        f"totals of {what}",
        f"{rate / 1e6:.1f} million/s",
        f"{units / p95(samples) / 1e6:.1f} million/s",
        f"median ≥ {TARGET_PER_SECOND / 1e6:g} million/s",
        rate >= TARGET_PER_SECOND,
    )


def _compared(what: str, units: int, samples: list[float], engine: list[float]) -> Result:
    slower = median(samples) / median(engine)
    return Result(
        f"{what} denominators ({slower:.0f} times slower)",
        f"{units / median(samples) / 1e6:.2f} million/s",
        f"{units / p95(samples) / 1e6:.2f} million/s",
    )


def random_counts(edition: Edition, units: int, own: bool) -> tuple[Floats, Floats]:
    """Counts of made-up units; ``own`` gives each unit its own denominators."""
    random = np.random.default_rng(SEED)
    rows = len(edition.indicators)
    denominators = random.integers(1, 50_000, (rows, units if own else 1)).astype(float)
    numerators = np.floor(random.random((rows, units)) * (denominators + 1))
    return numerators, denominators


def _frames(
    edition: Edition, numerators: Floats, denominators: Floats
) -> tuple[pd.DataFrame, pd.DataFrame]:
    codes = [item.code for item in edition.indicators]
    wide = np.ascontiguousarray(np.broadcast_to(denominators, numerators.shape).T)
    return (
        pd.DataFrame(np.ascontiguousarray(numerators.T), columns=codes),
        pd.DataFrame(wide, columns=codes),
    )


def totals_in_pandas(
    edition: Edition, numerators: pd.DataFrame, denominators: pd.DataFrame
) -> tuple[pd.DataFrame, pd.Series]:
    """The same arithmetic as one would write it with tables: one row per unit."""
    codes = list(numerators.columns)
    maximum = pd.Series([item.maximum for item in edition.indicators], index=codes, dtype=float)
    cap = pd.Series([item.cap_percent for item in edition.indicators], index=codes)
    zero = pd.Series(at_zero_hundredths(edition), index=codes, dtype=float)
    group = {item.code: item.group for item in edition.indicators}
    percent = numerators / denominators * 100
    for position, partner in edition.multiplier.items():
        percent[codes[position]] *= (
            numerators[codes[partner]] / denominators[codes[partner]]
        ).fillna(1.0)
    points = (percent * maximum / cap).clip(upper=maximum, axis="columns")
    rounded = (points * 100 + 0.5).apply(np.floor).where(denominators != 0, zero, axis="columns")
    groups = rounded.T.groupby(group, sort=False).sum().T
    return groups, groups.sum(axis="columns")


def _check_equal(edition: Edition, numerators: Floats, denominators: Floats) -> None:
    """A comparison is only fair if both compute the same."""
    _, totals = totals_many(edition, numerators, denominators)
    _, plain = totals_in_pandas(edition, *_frames(edition, numerators, denominators))
    np.testing.assert_array_equal(totals, plain.to_numpy())
