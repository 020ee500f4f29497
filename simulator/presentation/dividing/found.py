"""What the engine finds for a plan that is divided, computed once and shared by all sessions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from simulator import library
from simulator.allocation import Allocation, allocate
from simulator.allocation_ahead import outlooks_below
from simulator.allocation_links import Division, Kind
from simulator.allocation_table import Terms
from simulator.allocation_units import (
    REST,
    Below,
    list_above,
    lists_below,
    units_below,
)
from simulator.baseline import Baseline
from simulator.errors import ScenarioError
from simulator.peers_mode import SEED, PeersMode
from simulator.planning import own_effort
from simulator.presentation.view import View, evaluate
from simulator.scenario import Scenario
from simulator.search import folded

# The order of an annex: departments first.
LEVELS = ("department", "district", "commune")
Edits = Mapping[tuple[Kind, str, str], int | None]  # (what, lever, unit) -> cases


@dataclass(frozen=True)
class Divided:
    """A plan as it is divided.

    ``refused``: why figures set by hand could not be kept to; ``idle``: how many stand for levers
    or units that get nothing now.
    """

    allocation: Allocation
    refused: tuple[ScenarioError, ...]
    idle: int


@library.remembered(maxsize=64)
def lists_of(baseline_id: str, unit: str) -> tuple[Baseline, ...]:
    """Figures that hold units of ``unit``, the nearest first."""
    return lists_below(library.load(baseline_id), unit)


@library.remembered(maxsize=64)
def province_of(baseline_id: str, unit: str) -> tuple[str, str] | None:
    """Figures and code of the province that ``unit`` is a department or commune of."""
    return list_above(library.load(baseline_id), unit)


def listed_of(view: View, division: Division) -> Baseline:
    """The figures of the units; where those chosen are gone, the nearest."""
    lists = lists_of(view.baseline.id, view.unit.code)
    return next((one for one in lists if one.id == division.listed), lists[0])


@library.remembered(maxsize=32)
def below_of(scenario: Scenario, listed: str) -> Below:
    """The units in the order of an annex."""
    view, found = evaluate(scenario), library.load(listed)
    units = sorted(
        units_below(found, view.unit.code),
        key=lambda unit: (
            LEVELS.index(unit.level) if unit.level in LEVELS else len(LEVELS),
            folded(unit.short_name), unit.code,
        ),
    )  # fmt: skip
    outlooks = {} if view.outlook is None else outlooks_below(found, units, view.outlook)
    return Below(tuple(units), outlooks, found)


@library.remembered(maxsize=32)
def _allocation_of(scenario: Scenario, division: Division) -> Allocation:
    view, below = evaluate(scenario), below_of(scenario, division.listed)
    fixed, floors = (
        {(unit, lever): cases for lever, unit, cases in division.by_hand(kind)} for kind in Kind
    )
    effort = own_effort(view.edition, dict(scenario.hours), dict(scenario.per_month))
    return allocate(
        view.edition, view.unit, dict(scenario.settings), view.outlook,
        replace(below, units=[unit for unit in below.units if _takes_part(unit.level, division)]),
        Terms(division.way, effort, fixed, floors, division.with_rest),
    )  # fmt: skip


def _takes_part(level: str, division: Division) -> bool:
    return division.level in ("", level)


def dividing(view: View, division: Division) -> Divided:
    """The plan of ``view`` divided; figures set by hand that cannot be are told, not kept to.

    Raises :class:`ScenarioError` for what has nothing to do with those.
    """
    scenario, division = _plain(view.scenario), _effective(view, division)
    active = _active(scenario, division)
    settled, refused = _settled(scenario, active)
    return Divided(_allocation_of(scenario, settled), refused, division.count - active.count)


def taken(
    view: View, division: Division, edits: Edits
) -> tuple[Division, tuple[ScenarioError, ...]]:
    """``division`` with what was typed, but for what cannot be, and why it cannot."""
    before = {(kind, *item[:2]): item[2] for kind in Kind for item in division.by_hand(kind)}
    new = {place: cases for place, cases in edits.items() if before.get(place) != cases}
    wanted = division
    for place, cases in new.items():
        wanted = wanted.with_figure(*place, cases)
    scenario = _plain(view.scenario)
    settled, errors = _settled(scenario, _active(scenario, _effective(view, wanted)))
    undone = [
        (kind, lever, unit)
        for (kind, lever, unit), cases in new.items()
        if cases is not None and (lever, unit, cases) not in settled.by_hand(kind)
    ]
    for place in undone:
        wanted = wanted.with_figure(*place, before.get(place))
    mine = [error for error in errors if any(_is_about(error, *place[1:]) for place in undone)]
    return wanted, tuple(mine)


def _is_about(error: ScenarioError, lever: str, unit: str) -> bool:
    one, of = (error.fields.get(name) for name in ("lever", "unit"))
    return lever == one and of in (None, unit)


def _is_not_about(error: ScenarioError, lever: str, unit: str) -> bool:
    return not _is_about(error, lever, unit)


def _settled(scenario: Scenario, division: Division) -> tuple[Division, tuple[ScenarioError, ...]]:
    """``division`` without the figures set by hand that cannot be, and why they cannot."""
    refused: list[ScenarioError] = []
    while True:
        try:
            _allocation_of(scenario, division)
        except ScenarioError as error:
            smaller = division.only(partial(_is_not_about, error))
            if smaller == division:
                raise
            refused.append(error)
            division = smaller
        else:
            return division, tuple(refused)


def _active(scenario: Scenario, division: Division) -> Division:
    """Only what was set by hand for levers of the plan and units that take part."""
    units = {
        unit.code
        for unit in below_of(scenario, division.listed).units
        if _takes_part(unit.level, division)
    }
    if division.with_rest:
        units.add(REST)
    levers = {lever for lever, change in scenario.settings if change > 0}
    return division.only(lambda lever, unit: lever in levers and unit in units)


def _effective(view: View, division: Division) -> Division:
    return replace(division, listed=listed_of(view, division).id)


def _plain(scenario: Scenario) -> Scenario:
    """Without what does not matter to a division, so that it is remembered together."""
    return replace(scenario, peers=PeersMode.FIXED, seed=SEED, own_moves=False, locks=(), floors=())
