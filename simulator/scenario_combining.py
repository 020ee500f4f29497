"""Two scenarios of one unit made into one: per lever the change that goes further.

Where both say something that cannot be kept together a lock holds, else the first, and it is told.
"""

from __future__ import annotations

from collections.abc import Callable

from simulator import library
from simulator.baseline import Baseline
from simulator.errors import Place, ScenarioError
from simulator.links import from_params, to_params
from simulator.scenario import Scenario

_MODES = ("until", "pace", "peers", "seed", "own_moves")


def combined(
    first: Scenario, second: Scenario, load: Callable[[str], Baseline] = library.load
) -> tuple[Scenario, list[ScenarioError]]:
    """Both in one, on the figures and in the mode of ``first``, and what could not be kept.

    Locked levers stay where they were locked; own values, assumptions and locks of both hold, of
    two floors the higher one. What is impossible together is left out and named. Raises
    :class:`ScenarioError` for two units, or figures that are gone.
    """
    if first.unit != second.unit:
        raise ScenarioError("combine_units_differ", unit=first.unit, other=second.unit)
    baseline = load(first.baseline)
    problems: list[ScenarioError] = []
    if first.baseline != second.baseline:
        fields = {"baseline": first.baseline, "other": second.baseline}
        problems.append(ScenarioError("combine_figures_differ", **fields))
    problems += [
        ScenarioError("combine_modes_differ", part=Place(f"combine_{name}"))
        for name in _MODES
        if getattr(first, name) != getattr(second, name)
    ]
    found = _with_own_values(first, second, problems)
    for lever in dict.fromkeys(code for code, _ in (*first.settings, *second.settings)):
        found = found.with_change(lever, _change(lever, first, second, problems))
    for lever in dict.fromkeys((*first.locks, *second.locks)):
        found = found.with_lock(lever, True)
    found = _with_floors(found, first, second, problems)
    # Read like a link: each part is checked on the figures, with the assumptions of both.
    fitting, unfit = from_params(to_params(found, baseline.edition), first, load)
    return fitting, problems + unfit


def _change(
    lever: str, first: Scenario, second: Scenario, problems: list[ScenarioError]
) -> float:  # fmt: skip
    """The change of a lever that two scenarios set or lock."""
    one, other = first.change(lever), second.change(lever)
    is_locked = lever in first.locks, lever in second.locks
    if any(is_locked):
        held, wanted = (one, other) if is_locked[0] else (other, one)
        # Where it was neither moved nor locked nothing contradicts the lock.
        if wanted != held and (wanted or all(is_locked)):
            fields = {"lever": lever, "held": held, "wanted": wanted}
            problems.append(ScenarioError("combine_lever_locked", **fields))
        return held
    if one * other < 0:
        fields = {"lever": lever, "held": one, "wanted": other}
        problems.append(ScenarioError("combine_lever_against", **fields))
        return one
    return max(one, other, key=abs)


def _with_own_values(first: Scenario, second: Scenario, problems: list[ScenarioError]) -> Scenario:
    """``first`` with what only ``second`` assumes or puts in."""
    found = first
    for flow, coming in second.inflow:
        if dict(first.inflow).get(flow, coming) != coming:
            problems.append(ScenarioError("combine_inflow", flow=flow))
        else:
            found = found.with_inflow(flow, coming)
    for lever, value in second.hours:
        if dict(first.hours).get(lever, value) != value:
            problems.append(ScenarioError("combine_hours", lever=lever))
        else:
            found = found.with_hours(lever, value)
    for lever, value in second.per_month:
        if dict(first.per_month).get(lever, value) != value:
            problems.append(ScenarioError("combine_per_month", lever=lever))
        else:
            found = found.with_per_month(lever, value)
    for code, numerator, denominator in second.assumptions:
        one = next((item for item in first.assumptions if item[0] == code), None)
        if one is None:
            found = found.with_assumption(code, numerator, denominator)
        elif one != (code, numerator, denominator):
            problems.append(ScenarioError("combine_assumption", indicator=code))
    return found


def _with_floors(
    found: Scenario, first: Scenario, second: Scenario, problems: list[ScenarioError]
) -> Scenario:
    for lever, least in (*first.floors, *second.floors):
        least = max(least, dict(found.floors).get(lever, 0.0))
        if lever in found.locks and least > found.change(lever):
            problems.append(ScenarioError("combine_floor_locked", lever=lever, least=least))
            least = 0.0
        found = found.with_floor(lever, least)
    return found
