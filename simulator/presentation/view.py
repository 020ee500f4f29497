"""What is shown of a scenario: figures of the engine, computed once and shared by all sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from simulator import library
from simulator.baseline import Baseline, Unit
from simulator.contributions import Contribution, contributions
from simulator.errors import ScenarioError
from simulator.levers import LeverRange, lever_range
from simulator.outlook import Outlook
from simulator.peers_mode import PeersMode
from simulator.project import Projection, project
from simulator.rank import Peers, peers_of
from simulator.rank_ahead import Question, RankAhead, rank_ahead
from simulator.reach import Reachable, reachable
from simulator.response import Curve, response_curves
from simulator.rules import Edition, Lever, Reach
from simulator.scenario import Scenario, assumed_unit, outlook_of
from simulator.stops import lever_stops


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
        return {
            lever.code: lever_range(self.edition, self.unit, lever, self.outlook)
            for lever in self.edition.levers
        }

    @property
    def outlook(self) -> Outlook | None:
        return self.projection.outlook

    @property
    def levers(self) -> list[Lever]:
        """The levers that are offered: some only make sense for the rest of a period."""
        return [lever for lever in self.edition.levers if lever.whole or self.outlook is not None]

    @property
    def reach(self) -> Reachable | None:
        """Floor, do-nothing line and ceiling at the end of the period, also where the scenario
        looks at the whole; None if nothing can come any more."""
        flagged = tuple(
            (code, change)
            for code, change in self.scenario.settings
            if self.outlook and self.edition.lever_by_code[code].reach is Reach.FLAGGED
        )
        return _reach_of(replace(self.scenario, settings=flagged, locks=()))

    @property
    def rank_ahead(self) -> RankAhead | None:
        """How sure the rank is on the day looked at, or at the end of the period; None if the
        peers are not listed."""
        return rank_ahead(self._question)

    @property
    def peers_ahead(self) -> RankAhead | None:
        """The peers on that day as such: where the unit itself moves too, its place is told by
        their distance from it, not by their totals."""
        return rank_ahead(replace(self._question, own=False))

    @property
    def peers_held(self) -> RankAhead | None:
        """The peers as they stand."""
        return rank_ahead(replace(self._question, mode=PeersMode.FIXED))

    @property
    def _question(self) -> Question:
        asked = self.scenario
        return Question(
            asked.baseline, asked.unit, asked.peers, asked.until,
            seed=asked.seed, own=asked.own_moves,
        )  # fmt: skip

    def projected(self, settings: Mapping[str, float]) -> Projection:
        """Another what-if on the same unit and period, without its rank."""
        return project(self.edition, self.unit, settings, None, self.outlook)

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


@library.remembered(maxsize=512)
def evaluate(scenario: Scenario) -> View:
    """Evaluate a scenario; shared by all sessions, everything in it is immutable."""
    baseline = library.load(scenario.baseline)
    unit = assumed_unit(baseline.edition, baseline.unit(scenario.unit), scenario)
    peers = peers_for(scenario.baseline, scenario.unit)
    ahead = outlook_of(baseline, unit, scenario)
    projection = project(baseline.edition, unit, dict(scenario.settings), peers, ahead)
    return View(scenario, baseline, unit, peers, projection)


@library.remembered(maxsize=512)
def contributions_of(scenario: Scenario) -> tuple[Contribution, ...]:
    return contributions(evaluate(scenario).projection)


# One set of curves holds about a megabyte; within a run they are asked for several times.
@library.remembered(maxsize=16)
def curves_of(scenario: Scenario) -> dict[str, Curve]:
    """Response curves of the usable levers, the others as they stand."""
    view = evaluate(scenario)
    stops = {
        code: lever_stops(bounds, scenario.change(code))
        for code, bounds in view.ranges.items()
        if bounds.usable
    }
    return response_curves(
        view.edition, view.unit, view.projection.settings, stops, view.peers, view.outlook
    )


# A move changes neither: only what is still to come and the wrong records repaired count.
@library.remembered(maxsize=128)
def _reach_of(scenario: Scenario) -> Reachable | None:
    view = evaluate(scenario)
    if view.outlook is None:
        try:
            period = view.baseline.whole_period()
        except ScenarioError:
            return None
        if period.is_over:
            return None
        # What was typed for the days to come is not seen there, so it must not count there.
        scenario = replace(scenario, until=period.last.isoformat(), inflow=(), pace="")
    ahead = outlook_of(view.baseline, view.unit, scenario)
    if ahead is None or ahead.period.is_over:
        return None
    found = reachable(view.edition, view.unit, ahead, view.projection.settings, view.peers)
    # Where no indicator is published a range would only repeat the present.
    return None if len(found.held) == len(view.edition.groups) else found


@library.remembered(maxsize=512)
def peers_for(baseline_id: str, unit_code: str) -> Peers | None:
    baseline = library.load(baseline_id)
    return peers_of(baseline, baseline.unit(unit_code), library.load)
