"""Marks on a lever: now, where full marks begin, and how far it can still go.

The board draws them itself; below a native slider they are a strip of markup.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.levers import LeverRange
from simulator.numbers import format_date
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.response import Curve
from simulator.rules import Group, Reach

# Marks nearer than this part of the slider stand on two lines.
LEGIBLE = 0.34


@dataclass(frozen=True)
class Mark:
    """A line at a stop of a lever: ``now``, ``cap`` or ``reach``, with its words."""

    kind: str
    at: int
    text: str


def group_reach(view: View, group: Group, say: Speech) -> str:
    """The most a group can still have at the end of the period; empty if nobody knows."""
    reach = view.reach
    best = None if reach is None else reach.ceiling.after.groups[group.code]
    if reach is None or best is None or group.code in reach.held:
        return ""
    last = format_date(reach.outlook.period.last.isoformat())
    return say("board.group_reach", last=last[:5], points=say.points(best))


def marks(view: View, bounds: LeverRange, curve: Curve, say: Speech) -> list[Mark]:
    """Where now and the cap are, as stops; the cap as the other levers let it be reached."""
    line = say("board.line" if view.outlook else "levers.now")
    found = [Mark("now", curve.position(0.0), line)]
    if bounds.moves_own_numerator and not view.is_held_down(bounds.lever):
        full = np.flatnonzero(100 * curve.counts >= bounds.cap_percent * curve.wholes)
        # At the first stop already: the cap lies below what the lever offers.
        if len(full) and full[0] > 0:
            text = say("levers.cap", rate=say.cap(bounds.cap_percent))
            found.append(Mark("cap", int(full[0]), text))
        # Where a partner holds the count before its cap.
        held = np.flatnonzero(curve.counts >= curve.counts[-1])
        if not len(full) and 0 < held[0] < len(curve.changes) - 1:
            found.append(Mark("cap", int(held[0]), say("board.limit")))
    return found + _up_to(view, bounds, curve, say)


def _up_to(view: View, bounds: LeverRange, curve: Curve, say: Speech) -> list[Mark]:
    """From where to where the rate can still come until the end of the period."""
    if not bounds.moves_own_numerator:
        return []
    if view.reach is None or bounds.lever.reach is not Reach.COMING:
        return []
    worst, best = (
        state.counts.rate_percent(view.edition.position[bounds.lever.indicator]) or 0.0
        for state in (view.reach.floor, view.reach.ceiling)
    )
    rates = 100 * curve.counts / curve.wholes
    if bounds.coming:
        # With the other levers as they stand, the slider itself ends there.
        best, high = float(rates[-1]), len(rates) - 1
    elif view.outlook or rates[-1] <= best:
        return []
    else:
        high = max(int(np.flatnonzero(rates > best)[0]) - 1, 0)
    last = format_date(view.reach.outlook.period.last.isoformat())
    text = say("board.reach", last=last[:5], low=say.percent(worst), high=say.percent(best))
    found = [Mark("reach", high, text)]
    # One sentence says both ends; the lower one is only a line, where the slider goes so far.
    if rates[0] <= worst:
        found.append(Mark("reach", int(np.flatnonzero(rates >= worst)[0]), ""))
    return found


def strip(marks: Sequence[Mark], curve: Curve, stops: Sequence[float]) -> str:
    """The marks under a native slider with ``stops``. Only numbers and own words."""
    last = max(len(stops) - 1, 1)
    spots = [bisect_left(stops, float(curve.changes[mark.at])) / last for mark in marks]
    below = _second_line([(spot, mark.text) for spot, mark in zip(spots, marks, strict=True)])
    ticks = "".join(
        f'<span class="lever-mark lever-mark-{mark.kind}{" lever-mark-right" * (spot > 0.5)}'
        f'{" lever-mark-below" * (k in below)}" '
        f'style="left:{spot * 100:.2f}%">{mark.text}</span>'
        for k, (spot, mark) in enumerate(zip(spots, marks, strict=True))
    )
    return f'<div class="lever-marks{" lever-marks-tall" * bool(below)}">{ticks}</div>'


def _second_line(spots: Sequence[tuple[float, str]]) -> set[int]:
    """Which of the marks stand a line lower: those near a mark of the first line."""
    below: set[int] = set()
    before: int | None = None
    for k in sorted((k for k, (_, text) in enumerate(spots) if text), key=lambda k: spots[k][0]):
        near = before is not None and spots[k][0] - spots[before][0] < LEGIBLE
        if near and before not in below:
            below.add(k)
        before = k
    return below
