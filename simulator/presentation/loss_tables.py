"""Where points are lost, largest first, with why and which lever wins them; numbers inside."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from simulator.presentation import figures
from simulator.presentation.speech import Speech
from simulator.presentation.view import View
from simulator.rules import Indicator
from simulator.summary import Loss, losses

LARGEST = 8
# The axis goes this far beyond the longest bar, for its label.
ROOM = 1.18


def largest(view: View) -> list[Loss]:
    """The largest losses as published; empty where nothing is lost, or known."""
    return list(losses(view.projection)[:LARGEST])


def chart_rows(top: Sequence[Loss], say: Speech) -> pd.DataFrame:
    """Rows for ``losses_chart``."""
    names = [figures.loss_name(loss, say) for loss in top]
    labels = [say.points(-loss.lost) for loss in top]
    return pd.DataFrame(
        {
            "name": names,
            "lost": [loss.lost / 100 for loss in top],
            "room": [loss.lost / 100 * ROOM for loss in top],
            "colour": [loss.group.colour for loss in top],
            "label": labels,
            "tip": [f"{name}: {label}" for name, label in zip(names, labels, strict=True)],
        }
    )


def reasons(view: View, top: Sequence[Loss], say: Speech) -> pd.DataFrame:
    """One row per loss with its counts, its rate against the cap, and the levers."""
    return pd.DataFrame(
        [
            {
                say("tables.indicator"): figures.loss_name(loss, say),
                say("tables.lost"): loss.lost / 100,
                say("overview.why"): _why(view, loss.indicator, say),
                say("overview.with"): _helpful_levers(view, loss, say),
            }
            for loss in top
        ]
    )


def _why(view: View, item: Indicator | None, say: Speech) -> str:
    """Counts and rate against the cap."""
    if item is None:
        return say("overview.group_reason")
    position = view.edition.position[item.code]
    if view.unit.evidence[position].denominator == 0:
        return say("overview.no_cases")
    return say(
        "overview.because", counts=figures.counts_text(view, position, say),
        rate=say.percent(view.unit.evidence[position].rate_percent),
        cap=say.cap(item.cap_percent),
    )  # fmt: skip


def _helpful_levers(view: View, loss: Loss, say: Speech) -> str:
    """Names of the levers that can win these points; none where there were no cases."""
    item = loss.indicator
    if item and view.unit.evidence[view.edition.position[item.code]].denominator == 0:
        return say("unit.unknown")
    wanted = (
        {loss.indicator.code}
        if loss.indicator
        else {item.code for item in view.edition.indicators if item.group == loss.group.code}
    )
    return "; ".join(
        say.name(lever.name)
        for lever in view.levers
        if lever.indicator in wanted and lever.direction == "helpful" and lever.moves
    )
