"""What a screen shows of a scenario: figures from the engine, computed once per scenario."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from pages.ui import state
from simulator.baseline import Baseline, Unit
from simulator.baseline_files import load_baseline
from simulator.contributions import Contribution, contributions
from simulator.levers import LeverRange, lever_range
from simulator.numbers import format_count, format_percent, format_points
from simulator.project import Projection, project
from simulator.rank import Peers, peers_of
from simulator.response import Curve, response_curves
from simulator.rules import Edition, Lever, Text
from simulator.scenario import Scenario, assumed_unit
from simulator.stops import lever_stops
from simulator.text import catalogue, say


@dataclass(frozen=True)
class View:
    """One scenario, evaluated."""

    scenario: Scenario
    baseline: Baseline
    unit: Unit
    peers: Peers | None
    projection: Projection

    @property
    def edition(self) -> Edition:
        return self.baseline.edition

    @cached_property
    def ranges(self) -> dict[str, LeverRange]:
        """Bounds of every lever on this unit."""
        levers = self.edition.levers
        return {lever.code: lever_range(self.edition, self.unit, lever) for lever in levers}

    def is_held_down(self, lever: Lever) -> bool:
        """True if the rate of another indicator multiplies the lever's and is below 100 %."""
        partner = self.edition.multiplier.get(self.edition.position[lever.indicator])
        if partner is None:
            return False
        counts = self.projection.counts
        return bool(counts.numerators[partner] < counts.denominators[partner])

    @property
    def changed(self) -> bool:
        return bool(self.scenario.settings)


@lru_cache(maxsize=512)
def evaluate(scenario: Scenario) -> View:
    """Evaluate a scenario; shared by all sessions, everything in it is immutable."""
    baseline = load_baseline(scenario.baseline)
    unit = assumed_unit(baseline.edition, baseline.unit(scenario.unit), scenario)
    peers = peers_for(scenario.baseline, scenario.unit)
    projection = project(baseline.edition, unit, dict(scenario.settings), peers)
    return View(scenario, baseline, unit, peers, projection)


@lru_cache(maxsize=512)
def contributions_of(scenario: Scenario) -> tuple[Contribution, ...]:
    return contributions(evaluate(scenario).projection)


# One set of curves holds about a megabyte; within a run they are asked for several times.
@lru_cache(maxsize=16)
def curves_of(scenario: Scenario) -> dict[str, Curve]:
    """Response curves of the usable levers, the others as they stand."""
    view = evaluate(scenario)
    stops = {
        code: lever_stops(bounds, scenario.change(code))
        for code, bounds in view.ranges.items()
        if bounds.usable
    }
    return response_curves(view.edition, view.unit, view.projection.settings, stops, view.peers)


@lru_cache(maxsize=512)
def peers_for(baseline_id: str, unit_code: str) -> Peers | None:
    baseline = load_baseline(baseline_id)
    return peers_of(baseline, baseline.unit(unit_code), load_baseline)


def current() -> View:
    return evaluate(state.scenario())


@dataclass(frozen=True)
class Speech:
    """Sentences and numbers in the language of the session."""

    language: str
    decimals: int = 2
    group_names: frozenset[str] = frozenset()

    def __call__(self, key: str, /, **fields: object) -> str:
        return say(self.language, key, **fields)

    def template(self, key: str) -> str:
        """The sentence with its placeholders, to be filled in the page."""
        return catalogue(self.language)[key]

    def name(self, text: Text) -> str:
        return text[self.language]

    def points(self, hundredths: int | None, *, sign: bool = False) -> str:
        """Points with the decimals the edition can claim; a dash if not published."""
        if hundredths is None:
            return self("unit.unknown")
        return format_points(hundredths, self.decimals, self.language, sign=sign)

    def count(self, value: float, *, sign: bool = False) -> str:
        return format_count(value, self.language, sign=sign)

    def percent(self, value: float | None) -> str:
        return self("unit.unknown") if value is None else format_percent(value, self.language)

    def cap(self, percent: float) -> str:
        """A cap of the rules: 80%, without decimals it does not have."""
        return format_percent(percent, self.language, 0 if percent.is_integer() else 1)


def speech(view: View | None = None) -> Speech:
    if view is None:
        return Speech(state.language())
    names = frozenset(group.name[state.language()] for group in view.edition.groups)
    return Speech(state.language(), view.edition.decimals, names)
