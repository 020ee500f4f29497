"""The places of all units of a list at every reading of it, and the place on a day ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from simulator import library
from simulator.captures import Capture, captures_of
from simulator.errors import SimulatorError
from simulator.peers_mode import PeersMode
from simulator.rank import Peers
from simulator.rank_ahead import RankAhead

LIKELY, NEARLY_SURE = 0.5, 0.9


@dataclass(frozen=True)
class PlacesRead:
    """One reading of a list: totals in hundredths and places, by code of the units listed then.

    A unit that is missing there has neither; ``of`` counts those that are ranked.
    """

    moment: datetime
    day: str
    totals: Mapping[str, int]
    places: Mapping[str, int]

    @property
    def of(self) -> int:
        return len(self.totals)


@dataclass(frozen=True)
class RankHistory:
    """Readings of a list, oldest first, and the short names of the units that were ever in it.

    A unit that no set of figures names goes by its code.
    """

    readings: tuple[PlacesRead, ...]
    names: Mapping[str, str]

    @property
    def latest(self) -> PlacesRead:
        return self.readings[-1]

    def nearest(self, unit: str, each_side: int) -> tuple[str, ...]:
        """The ``each_side`` units just above ``unit`` now and as many just below, best first.

        Equal totals stand in the order of their codes; empty where ``unit`` is not listed now.
        """
        totals = self.latest.totals
        if unit not in totals:
            return ()
        ordered = sorted(totals, key=lambda code: (-totals[code], code))
        own = ordered.index(unit)
        above, below = ordered[max(own - each_side, 0) : own], ordered[own + 1 :]
        return (*above, *below[:each_side])


@dataclass(frozen=True)
class PlaceAhead:
    """Where a score stands on a day: the middle place, and best and worst place of an interval.

    ``likely`` holds half of all draws, ``nearly_sure`` nine of ten; both are the middle place
    itself where the peers are certain.
    """

    last: date
    mode: PeersMode
    of: int
    middle: int
    likely: tuple[int, int]
    nearly_sure: tuple[int, int]


def rank_history(peers: Peers, pool: str) -> RankHistory | None:
    """Every reading of ``pool`` up to the figures of ``peers``; None if it is not known when
    these were read.

    Peers that are borrowed bring the history of the list they are borrowed from.
    """
    return _history(peers.baseline_id, pool)


@library.remembered(maxsize=32)
def _history(baseline_id: str, pool: str) -> RankHistory | None:
    captures = captures_of(baseline_id, pool)
    if not captures:
        return None
    readings = tuple(
        PlacesRead(one.moment, one.day, one.totals, places_of(one.totals)) for one in captures
    )
    return RankHistory(readings, _names(captures, baseline_id))


def places_of(totals: Mapping[str, int]) -> dict[str, int]:
    """Competition ranking (1, 2, 2, 4) of every unit of a list, highest total first."""
    ascending = np.sort(np.fromiter(totals.values(), dtype=np.int64))
    return {
        code: 1 + len(ascending) - int(np.searchsorted(ascending, total, side="right"))
        for code, total in totals.items()
    }


def place_ahead(ahead: RankAhead | None, score: int | None) -> PlaceAhead | None:
    """The place of ``score`` on the day looked at; None where no day is left or known."""
    if ahead is None or ahead.last is None or not ahead.days or score is None:
        return None
    outcomes = ahead.outcomes
    return PlaceAhead(
        last=ahead.last, mode=ahead.mode, of=outcomes.count, middle=outcomes.place(score, 0.5),
        likely=outcomes.interval(score, LIKELY),
        nearly_sure=outcomes.interval(score, NEARLY_SURE),
    )  # fmt: skip


def _names(captures: tuple[Capture, ...], baseline_id: str) -> dict[str, str]:
    """Short names, as the latest figures that name a unit have it."""
    names = {code: code for one in captures for code in one.totals}
    kept = {entry.id for entry in library.listed()}
    earlier = [one.source for one in captures if one.source in kept - {baseline_id}]
    for source in (*earlier, baseline_id):
        try:
            units = library.load(source).units
        except SimulatorError:  # deleted or damaged a moment ago: what the others say stays
            continue
        names |= {code: units[code].short_name for code in names if code in units}
    return names
