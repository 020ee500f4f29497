"""Marks on a lever of the board: now, where full marks begin, up to where it can still go."""

from __future__ import annotations

from typing import Any

import numpy as np

from pages.ui.view import Speech, View
from simulator.levers import LeverRange
from simulator.numbers import format_date
from simulator.response import Curve
from simulator.rules import Group, Reach


def group_reach(view: View, group: Group, say: Speech) -> str:
    """The most a group can still have at the end of the period; empty if nobody knows."""
    reach = view.reach
    best = None if reach is None else reach.ceiling.after.groups[group.code]
    if reach is None or best is None:
        return ""
    last = format_date(reach.outlook.period.last.isoformat())
    return say("board.group_reach", last=last[:5], points=say.points(best))


def marks(view: View, bounds: LeverRange, curve: Curve, say: Speech) -> list[dict[str, Any]]:
    """Where now and the cap are, as stops; the cap as the other levers let it be reached."""
    line = say("board.line" if view.outlook else "levers.now")
    found = [{"kind": "now", "at": curve.position(0.0), "text": line}]
    if bounds.moves_own_numerator and not view.is_held_down(bounds.lever):
        full = np.flatnonzero(100 * curve.counts >= bounds.cap_percent * curve.wholes)
        # At the first stop already: the cap lies below what the lever offers.
        if len(full) and full[0] > 0:
            text = say("levers.cap", rate=say.cap(bounds.cap_percent))
            found.append({"kind": "cap", "at": int(full[0]), "text": text})
        # Where a partner holds the count before its cap.
        held = np.flatnonzero(curve.counts >= curve.counts[-1])
        if not len(full) and 0 < held[0] < len(curve.changes) - 1:
            found.append({"kind": "cap", "at": int(held[0]), "text": say("board.limit")})
    return found + _up_to(view, bounds, curve, say)


def _up_to(view: View, bounds: LeverRange, curve: Curve, say: Speech) -> list[dict[str, Any]]:
    """Up to where the rate can still come until the end of the period."""
    if bounds.coming and bounds.moves_own_numerator:
        rate = say.percent(100 * float(curve.counts[-1] / curve.wholes[-1]))
        return [
            {"kind": "reach", "at": len(curve.changes) - 1, "text": say("board.most", rate=rate)}
        ]
    if view.outlook or view.reach is None:
        return []
    position = view.edition.position[bounds.lever.indicator]
    counts = view.reach.ceiling.counts
    if bounds.lever.reach is not Reach.COMING or not bounds.moves_own_numerator:
        return []
    best = counts.numerators[position] / counts.denominators[position]
    beyond = np.flatnonzero(curve.counts > best * curve.wholes)
    if not len(beyond):
        return []
    last = format_date(view.reach.outlook.period.last.isoformat())
    text = say("board.reach", last=last[:5], rate=say.percent(100 * best))
    return [{"kind": "reach", "at": max(int(beyond[0]) - 1, 0), "text": text}]
