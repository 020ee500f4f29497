"""Scenarios with everything a person can set, drawn by Hypothesis."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from simulator.baseline import Baseline, Unit
from simulator.baseline_files import load_baseline
from simulator.effort import MOST_HOURS, MOST_UNITS
from simulator.errors import ScenarioError
from simulator.levers import LeverRange, lever_range
from simulator.outlook import COUNTED_BY
from simulator.peers_mode import MOST_SEED, PeersMode
from simulator.plan_target import Target
from simulator.rules import Edition
from simulator.scenario import MONTHS, Scenario, assumed_unit, outlook_of
from tests.engine.units import changes, shipped_units


def amounts(highest: float) -> st.SearchStrategy[float]:
    """Values as a link keeps them: six decimals."""
    return st.integers(0, int(highest)).map(float) | st.floats(0, highest).map(
        lambda value: round(value, 6)
    )


def set_changes(bounds: LeverRange) -> st.SearchStrategy[float]:
    """Changes the lever can take; the ends of what is still to come need not be whole."""
    if bounds.basis == "rate":
        return changes(bounds)
    whole = st.integers(-int(-bounds.low), int(bounds.high)).map(float)
    return whole | st.sampled_from([bounds.low, bounds.high])


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """A scenario on any shipped unit: assumptions, days, inflow, peers, levers, own values."""
    key, code = draw(st.sampled_from(shipped_units()))
    baseline = load_baseline(key)
    edition, unit = baseline.edition, baseline.unit(code)
    scenario = Scenario(key, code)
    for position, item in enumerate(edition.indicators):
        if not unit.knows(position) and draw(st.integers(0, 3)) == 0:
            cases = draw(st.integers(1, 10**6))
            good = draw(st.integers(0, cases))
            scenario = scenario.with_assumption(item.code, float(good), float(cases))
    scenario = draw(_looking_ahead(baseline, scenario))
    mode = draw(st.sampled_from(PeersMode))
    moves = mode is PeersMode.UNCERTAIN and draw(st.booleans())
    seed = draw(st.integers(0, MOST_SEED))
    scenario = replace(scenario, peers=mode, seed=seed, own_moves=moves)
    unit = assumed_unit(edition, unit, scenario)
    return draw(_with_levers(baseline, unit, scenario))


@st.composite
def _looking_ahead(draw: st.DrawFn, baseline: Baseline, scenario: Scenario) -> Scenario:
    for flow in COUNTED_BY:
        if draw(st.booleans()):
            scenario = scenario.with_inflow(flow.value, draw(st.integers(0, 10**6)))
    if draw(st.booleans()):
        scenario = replace(scenario, pace=MONTHS)
    try:
        period = baseline.whole_period()
    except ScenarioError:
        return scenario
    if period.is_over or draw(st.booleans()):
        return scenario
    left = (period.last - period.captured_day).days
    until = period.last - timedelta(days=draw(st.integers(0, left)))
    return replace(scenario, until=until.isoformat())


@st.composite
def _with_levers(draw: st.DrawFn, baseline: Baseline, unit: Unit, scenario: Scenario) -> Scenario:
    ahead = outlook_of(baseline, unit, scenario)
    for lever in baseline.edition.levers:
        what = draw(st.sets(st.sampled_from(["set", "lock", "hours", "month", "floor"])))
        bounds = lever_range(baseline.edition, unit, lever, ahead)
        if "lock" in what:
            scenario = scenario.with_lock(lever.code, True)
        if "hours" in what:
            scenario = scenario.with_hours(lever.code, draw(amounts(MOST_HOURS)))
        if "month" in what:
            scenario = scenario.with_per_month(lever.code, draw(amounts(MOST_UNITS)))
        if "set" in what and bounds.usable:
            scenario = scenario.with_change(lever.code, draw(set_changes(bounds)))
        if "floor" in what and bounds.usable:
            scenario = scenario.with_floor(lever.code, max(draw(set_changes(bounds)), 0.0))
    return scenario


@st.composite
def targets(draw: st.DrawFn, edition: Edition) -> Target:
    """What can be asked of a plan."""
    groups = {
        group.code: draw(st.integers(0, 100 * group.maximum))
        for group in edition.groups
        if draw(st.booleans())
    }
    return Target(
        total=draw(st.none() | st.integers(0, 10_000)),
        score_class=draw(st.none() | st.sampled_from([item.code for item in edition.classes])),
        rank=draw(st.none() | st.integers(1, 200)),
        certainty=draw(st.none() | st.integers(1, 99).map(lambda share: share / 100)),
        groups=tuple(sorted(groups.items())),
        hours=draw(st.none() | amounts(1e8)),
    )
