"""Rows of one unit of a divided plan: to be read and printed; no Streamlit."""

from __future__ import annotations

import pandas as pd

from simulator.allocation import Allocation
from simulator.allocation_scores import UnitPlan
from simulator.baseline import Unit
from simulator.presentation.dividing import words
from simulator.presentation.dividing.rows import end_key, lever_name, named, rate
from simulator.presentation.speech import Speech
from simulator.presentation.view import View


def unit_groups(view: View, own: UnitPlan, say: Speech) -> pd.DataFrame:
    """Groups, total and place of one unit: now, without its shares, with them."""
    states = [own.projection.before, own.projection.after]
    names = [say("dividing.now"), say("dividing.with_shares")]
    if view.outlook is not None:
        states.insert(1, own.line.after)
        names.insert(1, say("dividing.without_shares"))
    rows = [
        {
            say("dividing.group"): say.name(group.name),
            **{
                name: say.points(one.groups[group.code])
                for name, one in zip(names, states, strict=True)
            },
            say("dividing.maximum"): str(group.maximum),
        }
        for group in view.edition.groups
    ]
    rows.append(
        {
            say("dividing.group"): say("tables.total"),
            **{name: say.points(one.total) for name, one in zip(names, states, strict=True)},
            say("dividing.maximum"): "100",
        }
    )
    return pd.DataFrame(rows)


def unit_shares(view: View, found: Allocation, unit: Unit, say: Speech) -> pd.DataFrame:
    """All shares of one unit: to be read and printed."""
    rows: list[dict[str, object]] = []
    ahead = view.outlook is not None
    for row in found.rows:
        cell = next((one for one in row.cells if one.unit == unit.code), None)
        if cell is None:
            continue
        rows.append(
            {
                "dividing.lever": lever_name(view, row.lever, say),
                "dividing.now_counts": _stand(cell.now, say),
                **({"dividing.line_rate": say.percent(cell.line_percent)} if ahead else {}),
                "dividing.share": say.count(cell.share),
                end_key("counts", ahead): _stand(cell.target, say),
                "dividing.room": say.count(cell.room),
                "dividing.hours": words.hours(cell.hours, say),
                "dividing.how": say("dividing.by_hand") if cell.is_fixed else "",
            }
        )
    return named(rows, say)


def _stand(pair: tuple[float, float], say: Speech) -> str:
    if not pair[1]:
        return say("unit.unknown")
    return f"{words.counts(pair, say)} ({rate(pair, say)})"
