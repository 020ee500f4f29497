"""How far each lever can go, as formulas of the counts: the rules of ``simulator.levers``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.baseline import Basis
from simulator.counts import comparable
from simulator.levers import open_dossiers
from simulator.presentation.view import View
from simulator.reports.workbook.inputs_sheet import Inputs
from simulator.reports.workbook.live import Live, choose, highest, live, lowest, some, whole
from simulator.rules import CouplingKind, Lever, Reach

Pair = tuple[Live, Live]
LEAST_RISK = 10


@dataclass(frozen=True)
class Bounds:
    """Lowest and highest change of a lever.

    ``is_broken``: the highest may carry more than six decimals; ``reasons``: when the lever cannot
    be used at all, the first that holds.
    """

    low: Live
    high: Live
    is_broken: bool = False
    reasons: Mapping[str, Live] = field(default_factory=dict)


@dataclass(frozen=True)
class Situation:
    """Cells the bounds depend on; ``coming``: good and all cases still to come, by position."""

    view: View
    inputs: Inputs
    coming: Mapping[int, Pair]


def bounds_of(here: Situation, lever: Lever) -> Bounds:
    """Bounds of ``lever``, one that is not closed for good."""
    view = here.view
    position = view.edition.position[lever.indicator]
    known = here.inputs.known(position)
    assert known is not None
    _, cases = known
    if lever.upper == "half_again":
        all_cases = cases + here.coming[position][1] if position in here.coming else cases
        return Bounds(live(0), highest(LEAST_RISK, whole((all_cases + 1) / 2)))
    found = _whole(here, lever, position) if view.outlook is None else _ahead(here, lever, position)
    reasons = {"lever_without_cases": cases.same(0), **found.reasons}
    closed = some(*reasons.values())
    return Bounds(
        choose(closed, 0, found.low), choose(closed, 0, found.high), found.is_broken, reasons
    )


def _whole(here: Situation, lever: Lever, position: int) -> Bounds:
    """As if for the whole period."""
    known = here.inputs.known(position)
    assert known is not None
    good, cases = known
    pairs = {k: pair for k in range(len(here.inputs.numerators)) if (pair := here.inputs.known(k))}
    high = _held(here, lever, position, pairs, cases - good)
    is_rate = here.view.unit.evidence[position].basis is Basis.RATE
    return Bounds(-good if lever.lower == "zero" else live(0), high, is_rate)


def _ahead(here: Situation, lever: Lever, position: int) -> Bounds:
    """Until the end of the period: what is still to come, or can still be repaired."""
    known = here.inputs.known(position)
    assert known is not None
    good, cases = known
    low, high, reasons = live(0), cases - good, {}
    if lever.reach is Reach.COMING:
        better, more = here.coming[position]
        low, high = -better, _held(here, lever, position, here.coming, more - better)
        reasons["lever_no_inflow"] = more.same(0)
    elif lever.reach is Reach.ANY:
        low = -good
    elif lever.reach in (Reach.OPEN, Reach.NONE):
        still_open = _open(here)
        high = good if lever.reach is Reach.OPEN else high
        if still_open is not None:
            high = lowest(high, still_open)
        elif lever.reach is Reach.OPEN:
            high = live(0)
    return Bounds(low if lever.lower == "zero" else live(0), high, True, reasons)


def _open(here: Situation) -> Live | None:
    """Dossiers that came and are not finished; None if that was not published."""
    known = here.inputs.known(here.view.edition.position["ON_TIME"])
    finished = here.inputs.completed
    if open_dossiers(here.view.edition, here.view.unit) is None or not known or finished is None:
        return None
    return highest(known[1] - finished, 0)


def _held(
    here: Situation, lever: Lever, position: int, pairs: Mapping[int, Pair], high: Live
) -> Live:
    """``high``, but not beyond the count that limits the lever's."""
    if lever.upper != "partner":
        return high
    edition, unit = here.view.edition, here.view.unit
    for kind, limited, partner in edition.count_couplings:
        if (
            kind is CouplingKind.LIMIT and limited == position
            and comparable(unit, position, partner)
        ):  # fmt: skip
            room = highest(pairs[partner][0] - pairs[position][0], 0)
            high = lowest(high, room)
    return high
