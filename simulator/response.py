"""Response curves: what every lever is worth at each of its stops, the others as they stand.

One vectorised call answers all stops of all levers, so a screen can look up what a hand on a
lever brings instead of computing it. Every point equals :func:`simulator.project.project`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from simulator.baseline import Unit
from simulator.levers import Settings
from simulator.outlook import Outlook
from simulator.project import Projections, project_many
from simulator.rank import Peers, classes_many, standings_many
from simulator.rules import Edition
from simulator.score import Floats

Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Curve:
    """One lever from its lowest to its highest stop; arrays have one entry per stop.

    ``changes``: the stops, in the lever's own unit. ``counts`` and ``wholes``: numerator and
    denominator of the lever's indicator that the stop leads to. Scores are whole hundredths:
    ``groups`` and ``total`` are levels (None if unknown), the other two are changes against
    the baseline. ``classes`` are positions in ``edition.classes``; ``ranks`` None without peers.
    """

    lever: str
    changes: Floats
    counts: Floats
    wholes: Floats
    groups: Mapping[str, Floats | None]
    group_change: Mapping[str, Floats]
    total: Floats | None
    total_change: Floats
    classes: Whole | None
    ranks: Whole | None
    tied: npt.NDArray[np.bool_] | None

    @cached_property
    def gains(self) -> Floats:
        """Change of the total against this lever left at 0, in hundredths."""
        gains: Floats = self.total_change - self.total_change[self.position(0.0)]
        return gains

    @cached_property
    def best(self) -> int:
        """The most this lever can add to the total, in hundredths."""
        return int(self.gains.max())

    @cached_property
    def flat_from(self) -> int:
        """Position from which pulling further changes nothing any more."""
        differs = np.flatnonzero(self.total_change != self.total_change[-1])
        return int(differs[-1]) + 1 if len(differs) else 0

    def position(self, change: float) -> int:
        """Position of the stop ``change``; :class:`ValueError` if it is not one."""
        found = int(np.searchsorted(self.changes, change))
        if found == len(self.changes) or self.changes[found] != change:
            raise ValueError(f"{change} is not a stop of {self.lever}")
        return found


def response_curves(
    edition: Edition,
    unit: Unit,
    settings: Settings,
    stops: Mapping[str, Sequence[float]],
    peers: Peers | None = None,
    outlook: Outlook | None = None,
) -> dict[str, Curve]:
    """Curves of the levers in ``stops`` (code -> ascending changes), peers fixed.

    ``settings`` are checked settings, as :class:`simulator.project.Projection` holds them.
    """
    if not stops:
        return {}
    sizes = [len(values) for values in stops.values()]
    ends = np.cumsum(sizes)
    length = int(ends[-1])
    moved: dict[str, Floats] = {
        code: np.full(length, change) for code, change in settings.items() if change
    }
    parts: dict[str, slice] = {}
    for (code, values), size, end in zip(stops.items(), sizes, ends, strict=True):
        parts[code] = slice(int(end) - size, int(end))
        moved.setdefault(code, np.zeros(length))[parts[code]] = values
    outcome = project_many(edition, unit, moved, outlook)
    total = outcome.total
    classes = None if total is None else classes_many(edition, total)
    ranks, tied = (
        (None, None) if total is None or peers is None else standings_many(total, peers.totals)
    )
    return {
        code: Curve(
            lever=code,
            changes=moved[code][part],
            counts=_own(outcome, edition, code, part, "numerators"),
            wholes=_own(outcome, edition, code, part, "denominators"),
            groups={
                group: None if level is None else level[part]
                for group, level in outcome.groups.items()
            },
            group_change={group: row[part] for group, row in outcome.group_change.items()},
            total=None if total is None else total[part],
            total_change=outcome.total_change[part],
            classes=None if classes is None else classes[part],
            ranks=None if ranks is None else ranks[part],
            tied=None if tied is None else tied[part],
        )
        for code, part in parts.items()
    }


def _own(outcome: Projections, edition: Edition, code: str, part: slice, side: str) -> Floats:
    """Counts of the lever's own indicator; a count no lever moves is a single number."""
    position = edition.position[edition.lever_by_code[code].indicator]
    row = getattr(outcome.counts, side)[position]
    whole: Floats = np.broadcast_to(row, outcome.total_change.shape)[part]
    return whole
